//! `no-resources`: nothing reserved.

use crate::check::query::listed;
use crate::check::query::sizes::{containers, written};
use crate::check::{Context, Found, Rule};
use crate::view::total::SILENT;
use bastide_report::finding::Level;
use bastide_report::units::{Cpu, Size};

pub const RULE: Rule = Rule::warn("no-resources", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    by_patch(ctx, found);
    for container in containers(ctx.model) {
        let missing = container.missing();
        let without = match missing.as_slice() {
            [] => continue,
            names => format!("{} runs without {}", container.name, listed(names)),
        };
        let told = RULE.found(container.at, without);
        let told = if missing == ["memory-limit"] { told.level(Level::Info) } else { told };
        let given = match written(&ctx.model.environment, "limit-range") {
            true => format!("the namespace gives what is missing: {}", given(&missing)),
            false => "not in the output".into(),
        };
        told.labels(container.taken(&missing).into_iter().map(|span| (span, given.clone())))
            .help("say what it needs: `resources cpu=\"250m\" memory=\"256Mi\"`")
            .add_to(found);
    }
}

/// What the LimitRange gives in place of what is missing.
fn given(missing: &[&str]) -> String {
    let amount = |name: &&str| match *name {
        "cpu" => format!("cpu {}", Cpu(SILENT.cpu)),
        "memory" => format!("memory {}", Size(SILENT.memory)),
        _ => format!("a limit of {}", Size(SILENT.memory_limit)),
    };
    missing.iter().map(amount).collect::<Vec<_>>().join(", ")
}

fn by_patch(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["Deployment", "StatefulSet", "Rollout", "Job", "CronJob"]) {
        let gone = it.value.is_none()
            && (it.path.ends_with(".resources")
                || it.path.contains(".resources.requests")
                || it.path.ends_with(".resources.limits.memory"));
        if gone {
            let message = format!("the patch of `{}` takes away what it reserves", it.patch.object);
            RULE.found(&ctx.model.environment.at, message)
                .label(it.change.origin.span, "nothing reserved")
                .help("say what it needs in the service: `resources cpu=\"250m\" memory=\"256Mi\"`")
                .add_to(found);
        }
    }
}
