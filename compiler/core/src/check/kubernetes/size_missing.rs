//! `size-missing`: the cluster asks for a size that nobody says.

use crate::check::query::listed;
use crate::check::query::sizes::{Container, containers, written};
use crate::check::{Context, Found, Rule};
use crate::view::total::SILENT;
use bastide_report::units::Size;

pub const RULE: Rule = Rule::deny("size-missing", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let environment = &ctx.model.environment;
    let (quota, range) = (written(environment, "quota"), written(environment, "limit-range"));
    for container in containers(ctx.model) {
        let missing = container.missing();
        if quota && !range && !missing.is_empty() {
            found.push(refused_by_quota(&container, &missing));
        } else if range {
            found.extend(refused_by_range(&container));
        } else if missing.contains(&"cpu") && scaled_by_cpu(ctx, &container) {
            let message =
                format!("{} is scaled by its use of processor time, and reserves none", container.name);
            found.push(told(&container, message, &["cpu"], "the use is a share of this"));
        }
    }
}

/// The quota counts each of them, so a pod that does not say them is none.
fn refused_by_quota(container: &Container<'_>, missing: &[&str]) -> Found {
    let message =
        format!("the quota of the namespace refuses {} without {}", container.name, listed(missing));
    told(container, message, missing, "a ResourceQuota is written, and no LimitRange that would give it")
}

/// The limit that the LimitRange gives is below what is reserved.
fn refused_by_range(container: &Container<'_>) -> Option<Found> {
    let reserved = container.size.memory.filter(|at| at.value.0 > SILENT.memory_limit)?;
    if container.size.memory_limit.is_some() {
        return None;
    }
    let limit = Size(SILENT.memory_limit);
    let message = format!(
        "{} reserves {} of memory, and the namespace gives it a limit of {limit}",
        container.name, reserved.value
    );
    Some(told(container, message, &["memory-limit"], "a LimitRange is written, which gives what is not said"))
}

fn scaled_by_cpu(ctx: &Context<'_>, container: &Container<'_>) -> bool {
    let workload = container.service.and_then(|name| ctx.views.workload(name));
    workload.is_some_and(|it| it.scaled_by == "cpu")
}

fn told(container: &Container<'_>, message: String, names: &[&str], label: &str) -> Found {
    let found = RULE.found(container.at, message);
    let found = found.labels(container.taken(names).into_iter().map(|span| (span, label)));
    found.help(format!("say `{}=` in its `resources`", names.join("=` and `")))
}
