//! Subjects: the headings differences stand under, from the kind of node they are in.

/// Heading of a kind of node, in the order in which headings are shown. The deepest node of a path that stands here
/// decides; a kind that does not is its own heading.
const SUBJECTS: &[(&str, &[&str])] = &[
    ("environments", &["environment"]),
    ("services", &["service", "function"]),
    ("apis", &["api"]),
    ("routes", &["route", "gateway"]),
    ("topics", &["topic"]),
    ("queues", &["queue"]),
    ("resources", &["resource"]),
    ("edges", &["calls", "uses", "publishes", "subscribes", "sends", "receives"]),
    ("scale", &["scale"]),
    ("slos", &["slo"]),
    ("secrets", &["secret"]),
    ("jobs", &["job"]),
    ("files", &["file"]),
];

/// The heading of a path of nodes, from the top down.
pub fn of(nodes: &[&'static str]) -> &'static str {
    let known = |node: &&'static str| {
        SUBJECTS.iter().find(|(_, kinds)| kinds.contains(node)).map(|(subject, _)| *subject)
    };
    // What an environment says of itself is about the environment, whatever the node is called.
    let first = nodes.first().copied().unwrap_or_default();
    if first == "environment" {
        return "environments";
    }
    nodes.iter().rev().find_map(known).unwrap_or(first)
}

/// The place of a heading: those of the table in its order, all others behind it by name.
pub fn rank(subject: &'static str) -> (usize, &'static str) {
    let at = SUBJECTS.iter().position(|(known, _)| *known == subject);
    (at.unwrap_or(SUBJECTS.len()), subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_known_node_decides() {
        assert_eq!(of(&["service", "api", "version"]), "apis");
        assert_eq!(of(&["service", "labels"]), "services");
        assert_eq!(of(&["delivery", "gate"]), "delivery");
        assert!(rank("services") < rank("delivery"));
    }
}
