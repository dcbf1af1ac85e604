//! The one act that opens a cycle.

use super::Cause;
use super::builder::Builder;
use crate::model::service::Api;

/// What to do about a cycle of constraints.
pub fn remedy(builder: &Builder<'_>, cycle: &[usize]) -> String {
    let causes: Vec<&Cause> = cycle.iter().map(|at| &builder.constraints[*at].cause).collect();
    let event =
        causes.iter().find_map(|cause| if let Cause::Event(topic) = cause { Some(topic) } else { None });
    let dependency =
        causes.iter().find_map(|cause| if let Cause::Dependency(name) = cause { Some(name) } else { None });
    let call = causes.iter().find_map(|cause| match cause {
        Cause::Call { callee, api, version } => Some((callee, api, version)),
        _ => None,
    });
    match (call, event, dependency) {
        (Some((callee, api, version)), ..) => keep(builder, callee, api, version),
        (_, Some(topic), _) => format!(
            "release the new messages of `{topic}` on a topic of their own, or change them in two releases that are each `full`"
        ),
        (.., Some(name)) => format!(
            "give the new `{name}` a name of its own, move its users in one release, and remove the old one in the next"
        ),
        _ => "release the change of the routes and that of the services one after the other".into(),
    }
}

/// Keep the version that goes away running beside the new one.
fn keep(builder: &Builder<'_>, callee: &str, api: &str, version: &str) -> String {
    let after = builder.new.0.service(callee);
    let Some(after) = after else {
        return format!("keep `{callee}` in the spec until the release after its callers have moved");
    };
    let it = |own: &&Api| own.name.value == api || api.is_empty();
    let knot = after.apis.iter().find(it).is_some_and(|own| own.strategy == "knot");
    let strategy = if knot { " and let its strategy be `compatible` instead of `knot`" } else { "" };
    if version.is_empty() {
        return format!("release `{callee}` first, and its callers in the next release");
    }
    let listed = after.apis.iter().flat_map(|own| &own.versions).any(|own| own.version.value == version);
    if listed && !knot {
        return format!("release `{callee}` and its callers one after the other");
    }
    format!(
        "keep both versions of `{callee}` running: write `version \"{version}\"` in `api \"{api}\"`{strategy} until its callers have moved"
    )
}
