//! Nodes that stand twice in one layer: by what the tables say makes two of them the same.

use super::Spec;
use crate::schema::{Mark, Repeat};
use crate::tree::{Item, Layer};
use bastide_report::finding::{Finding, Report};

/// Finds nodes that stand twice among all files.
pub fn find(spec: &Spec, report: &mut Report) {
    among(&spec.items, report);
    // A spec may write `defaults` in several files; together they are one layer.
    let own = |item: &&Item| item.schema.node == "defaults" && item.origin.layer == Layer::Spec;
    let defaults: Vec<&Item> = spec.items.iter().filter(own).collect();
    if defaults.len() > 1 {
        let parts: Vec<Item> = defaults.iter().flat_map(|item| &item.parts).cloned().collect();
        among(&parts, report);
    }
}

/// The same, among these nodes.
pub(super) fn among(items: &[Item], report: &mut Report) {
    if all_differ(items) {
        return;
    }
    let mut seen = std::collections::BTreeMap::new();
    for item in items {
        let (node, key, marks) = item.identity();
        let key = match item.schema.repeat {
            Repeat::Once => "",
            Repeat::ByKey | Repeat::Many(_) => key,
            Repeat::Each => continue,
        };
        if let Some(first) = seen.insert((node, key, marks), item.origin) {
            let name = if key.is_empty() { String::new() } else { format!(" `{key}`") };
            let node = if node.is_empty() { "" } else { node };
            let word = if key.is_empty() { "stands twice" } else { "is declared twice" };
            Finding::new("repeated-name", format!("{node}{name} {word}").trim_start())
                .label(item.origin.span, "again here")
                .label(first.span, "first here")
                .help(act(item))
                .add_to(report);
        }
    }
}

fn act(item: &Item) -> String {
    let apart = |mark: &Mark| match mark.prop() {
        Some(name) => format!("`{name}=`"),
        None => "the window of the rate".into(),
    };
    match item.schema.repeat {
        Repeat::Many(marks) => {
            let marks: Vec<String> = marks.iter().map(apart).collect();
            format!("keep one of them, or tell them apart by {}", marks.join(" or "))
        }
        Repeat::ByKey => "rename one of them, or merge the two".into(),
        Repeat::Once | Repeat::Each => "keep one of them".into(),
    }
}

/// Up to so many nodes are compared each with each: most nodes have a few parts.
const FEW: usize = 12;

/// Whether no two nodes have kind and name in common, or only the kind where there may be one.
fn all_differ(items: &[Item]) -> bool {
    let named_once = |item: &&Item| matches!(item.schema.repeat, Repeat::Once) && !item.key.is_empty();
    let mut once: Vec<&str> = items.iter().filter(named_once).map(|item| item.schema.node).collect();
    once.sort_unstable();
    if once.windows(2).any(|pair| pair[0] == pair[1]) {
        return false;
    }
    if items.len() <= FEW {
        let same = |(at, item): (usize, &Item)| items[..at].iter().any(|other| other.is_namesake(item));
        return !items.iter().enumerate().any(same);
    }
    let mut sorted: Vec<&Item> = items.iter().collect();
    sorted.sort_unstable_by(|left, right| left.by_name(right));
    sorted.windows(2).all(|pair| !pair[0].is_namesake(pair[1]))
}
