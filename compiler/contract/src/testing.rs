//! Comparing texts in tests.

use super::{Bump, Comparison, Format, Options, Side, side::File};
use bastide_report::source::{Role, Sources};

/// Two texts compared, each a side of its own.
pub(crate) fn compare(format: &Format, old: (&str, &str), new: (&str, &str)) -> Comparison {
    compare_with(format, old, new, &Options::default())
}

/// The same, with options.
pub(crate) fn compare_with(
    format: &Format,
    old: (&str, &str),
    new: (&str, &str),
    options: &Options,
) -> Comparison {
    let mut sources = Sources::default();
    let mut side = |(path, text): (&str, &str)| {
        let id = sources.add(path, text, Role::Spec);
        Side { files: vec![File { path: path.into(), id, asked: true }] }
    };
    let (old, new) = (side(old), side(new));
    (format.compare)(&old, &new, &sources, options)
}

/// Asserts that the rows of a format have examples that show them with their bump and nothing greater, that a text
/// compared with itself has no changes, and that tables are sorted.
pub(crate) fn examples(format: &Format) {
    for table in format.rows {
        assert!(table.is_sorted_by(|left, right| left.name < right.name), "rows by name");
    }
    let ending = format.endings[0];
    for row in format.rows.iter().flat_map(|table| table.iter()) {
        let path = format!("orders{ending}");
        let comparison = compare(format, (&path, row.old), (&path, row.new));
        assert!(!comparison.unreadable(), "{}: {:#?}", row.name, comparison.findings);
        let found = comparison.changes.iter().filter(|change| change.row.name == row.name);
        let bump = found.map(|change| change.bump).max();
        let all: Vec<_> =
            comparison.changes.iter().map(|change| (change.row.name, &change.message)).collect();
        assert_eq!(bump, Some(row.bump), "{}: {all:#?}", row.name);
        assert_eq!(comparison.required(), row.bump, "{}: {all:#?}", row.name);
        for text in [row.old, row.new] {
            let same = compare(format, (&path, text), (&path, text));
            assert_eq!(same.required(), Bump::None, "{}", row.name);
            assert!(same.compared > 0, "{}", row.name);
        }
    }
}
