//! Ranges of numbers: reserved ones, and those left to extensions.

use super::super::tree::{Range, Reserved};

/// The numbers of some ranges that no range of the other side holds.
pub fn missing(ranges: &[Range], others: &[Range]) -> Vec<(i64, i64)> {
    let mut sorted: Vec<(i64, i64)> = others.iter().map(|other| (other.first, other.last)).collect();
    sorted.sort_unstable();
    // What overlaps is one range.
    sorted.dedup_by(|next, kept| {
        let overlaps = next.0 <= kept.1;
        kept.1 = if overlaps { kept.1.max(next.1) } else { kept.1 };
        overlaps
    });
    ranges.iter().flat_map(|range| holes(range, &sorted)).collect()
}

fn holes(range: &Range, sorted: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut left = range.first;
    let mut out = vec![];
    let start = sorted.partition_point(|(_, last)| *last < left);
    for (first, last) in sorted[start..].iter().take_while(|(first, _)| *first <= range.last) {
        if *first > left {
            out.push((left, first - 1));
        }
        left = last + 1;
    }
    if left <= range.last {
        out.push((left, range.last));
    }
    out
}

/// Ranges as people write them.
pub fn show(ranges: &[(i64, i64)]) -> String {
    let one = |(first, last): &(i64, i64)| {
        if first == last { first.to_string() } else { format!("{first} to {last}") }
    };
    ranges.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What is reserved on one side and not on the other, as people write it.
pub fn lost(old: &Reserved<'_>, new: &Reserved<'_>) -> Option<String> {
    let ranges = missing(&old.ranges, &new.ranges);
    let names =
        old.names.iter().filter(|name| !new.name(&name.text)).map(|name| format!("\"{}\"", name.text));
    let all: Vec<String> = (!ranges.is_empty()).then(|| show(&ranges)).into_iter().chain(names).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
