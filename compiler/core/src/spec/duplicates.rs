//! Names that stand twice.

use super::Spec;
use crate::schema::Repeat;
use crate::tree::Item;
use bastide_report::finding::{Finding, Report};

/// Finds names that stand twice among all files.
pub fn find(spec: &Spec, report: &mut Report) {
    among(&spec.items, report);
}

/// The same, among these nodes.
pub(super) fn among(items: &[Item], report: &mut Report) {
    if all_differ(items) {
        return;
    }
    let mut seen = std::collections::BTreeMap::new();
    for item in items {
        let (word, key, act) = match item.schema.repeat {
            Repeat::Once => ("stands twice", "", "keep one of them"),
            Repeat::ByKey => ("is declared twice", &*item.key, "rename one of them, or merge the two"),
            Repeat::Many(_) => continue,
        };
        if let Some(first) = seen.insert((item.schema.node, key), item.origin) {
            let name = if key.is_empty() { String::new() } else { format!(" `{key}`") };
            report.push(
                Finding::new("repeated-name", format!("{}{name} {word}", item.schema.node))
                    .label(item.origin.span, "again here")
                    .label(first.span, "first here")
                    .help(act),
            );
        }
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
