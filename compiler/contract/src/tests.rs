//! What the tests of all formats share.

use super::{Bump, Comparison, ContractFormat, Options, Side, side::File};
use bastide_report::source::{Role, Sources};
use std::collections::BTreeSet;

/// Two texts compared, each a side of its own.
pub(crate) fn compare(format: &ContractFormat, old: (&str, &str), new: (&str, &str)) -> Comparison {
    compare_with(format, old, new, &Options::default())
}

/// The same, with options.
pub(crate) fn compare_with(
    format: &ContractFormat,
    old: (&str, &str),
    new: (&str, &str),
    options: &Options,
) -> Comparison {
    let mut sources = Sources::default();
    let (old, new) = (side(old, &mut sources), side(new, &mut sources));
    (format.compare)(&old, &new, &sources, options)
}

/// A side of a text; lines `// file: PATH` part it into files.
pub(crate) fn side((path, text): (&str, &str), sources: &mut Sources) -> Side {
    let parts: Vec<(&str, &str)> = match text.starts_with("// file: ") {
        true => text.split("// file: ").skip(1).filter_map(|part| part.split_once('\n')).collect(),
        false => vec![(path, text)],
    };
    let file = |(path, text): (&str, &str)| File {
        path: path.into(),
        id: sources.add(path, text, Role::Spec),
        asked: true,
    };
    Side { files: parts.into_iter().map(file).collect() }
}

/// Asserts that the kinds of change of a format have examples that show them, with their bump and nothing greater, and
/// that a text compared with itself has no changes.
pub(crate) fn examples(format: &ContractFormat) {
    let path = format!("orders{}", format.endings[0]);
    let options = Options { today: Some("2026-11-21".into()), ..Options::default() };
    let compare = |old: &str, new: &str| compare_with(format, (&path, old), (&path, new), &options);
    let mut names = BTreeSet::new();
    for kind in format.kinds.iter() {
        assert!(
            names.insert(kind.name) && kind.name.starts_with(&format!("{}/", format.name)),
            "{}",
            kind.name
        );
        assert!(kind.summary().ends_with('.') && !kind.docs.contains("\n\n"), "{}: {}", kind.name, kind.docs);
        let found = compare(kind.old, kind.new);
        assert!(found.findings.is_empty(), "{}: {:#?}", kind.name, found.findings);
        let shown = found.changes.iter().filter(|change| change.kind.name == kind.name);
        let all: Vec<_> = found.changes.iter().map(|change| (change.kind.name, &change.message)).collect();
        assert_eq!(shown.map(|change| change.bump).max(), Some(kind.bump), "{}: {all:#?}", kind.name);
        assert_eq!(found.required(), kind.bump, "{}: {all:#?}", kind.name);
        assert!(found.compared > 0, "{}", kind.name);
        for text in [kind.old, kind.new] {
            let same = compare(text, text);
            // Only OpenAPI has texts in which there is nothing to compare: those without an operation.
            assert!(same.compared > 0 || format.name == "openapi", "{}", kind.name);
            assert!(same.changes.is_empty(), "{}: {:?}", kind.name, same.changes);
            assert!(same.categories.iter().all(|(_, breaks)| !breaks), "{}", kind.name);
            assert_eq!(same.required(), Bump::None);
        }
    }
}
