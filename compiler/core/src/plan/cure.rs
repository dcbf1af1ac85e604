//! The one act that opens a circle.

use super::Tie;
use super::draft::Draft;
use crate::model::service::Api;

/// What to do about a circle of constraints.
pub fn cure(draft: &Draft<'_>, circle: &[usize]) -> String {
    let ties: Vec<&Tie> = circle.iter().map(|at| &draft.orders[*at].tie).collect();
    let event = ties.iter().find_map(|tie| if let Tie::Event(topic) = tie { Some(topic) } else { None });
    let thing = ties.iter().find_map(|tie| if let Tie::Thing(name) = tie { Some(name) } else { None });
    let call = ties.iter().find_map(|tie| match tie {
        Tie::Call { callee, api, version } => Some((callee, api, version)),
        _ => None,
    });
    match (call, event, thing) {
        (Some((callee, api, version)), ..) => keep(draft, callee, api, version),
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
fn keep(draft: &Draft<'_>, callee: &str, api: &str, version: &str) -> String {
    let after = draft.new.0.service(callee);
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
