//! Every template of the targets is sound, and every one is used.

#![allow(clippy::disallowed_methods, reason = "a test reads the targets")]
use bastide_core::target::{manifest, part, rules};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use bastide_template::{PackFile, Templates, TextOptions};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The files below a folder, with their paths from there.
fn files(folder: &Path, path: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder.join(path)).expect("a folder").map(|entry| entry.expect("a file")) {
        let name = format!("{path}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => files(folder, &format!("{name}/"), found),
            false => found.push(name),
        }
    }
}

/// What the `target.kdl` of a pack says.
fn manifest_of(targets: &Path, pack: &str) -> manifest::Manifest {
    let text = fs::read_to_string(targets.join(pack).join("target.kdl")).expect("a manifest");
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let file = sources.add(pack, text, Role::Pack);
    manifest::read(file, &sources, &mut report).expect("a manifest")
}

/// What packs over this one emit: its templates are theirs.
fn emitted_above(targets: &Path, pack: &str) -> BTreeSet<String> {
    let names = fs::read_dir(targets).expect("targets").map(|it| it.expect("a folder").file_name());
    let all = names.map(|name| manifest_of(targets, &name.to_string_lossy()));
    let above = all.filter(|it| it.extends.as_ref().is_some_and(|(base, _)| base == pack));
    above.flat_map(|it| it.emits).map(|emit| emit.template).collect()
}

#[test]
fn every_template_compiles_and_is_used() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../targets");
    let mut count = 0;
    for target in fs::read_dir(&targets).expect("targets") {
        let target = target.expect("a folder");
        let above = emitted_above(&targets, &target.file_name().to_string_lossy());
        let target = target.path();
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let mut names = vec![];
        files(&target, "", &mut names);
        let mut add = |name: &str| {
            let text = fs::read_to_string(target.join(name)).expect("a text");
            sources.add(name, text, Role::Pack)
        };
        let files: Vec<PackFile> =
            names.into_iter().map(|name| PackFile { file: add(&name), name }).collect();
        let (templates, manifests): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|file| file.name.ends_with(".j2"));
        let (mut emitted, mut text_options) = (above, TextOptions::default());
        for PackFile { name, file } in manifests {
            if name == rules::FILE {
                assert!(!rules::read(file, &sources, &mut report).is_empty(), "{}", target.display());
                continue;
            }
            let emits = match name.strip_suffix("/part.kdl") {
                Some(folder) => part::read(folder, file, &sources, &mut report).expect("a part").emits,
                None => {
                    let manifest = manifest::read(file, &sources, &mut report).expect("a manifest");
                    let base = manifest.extends.as_ref().map(|(base, _)| manifest_of(&targets, base));
                    let delimiters = base.and_then(|base| base.text_options.delimiters);
                    text_options = manifest.text_options;
                    text_options.delimiters = text_options.delimiters.or(delimiters);
                    manifest.emits
                }
            };
            emitted.extend(emits.into_iter().map(|emit| emit.template));
        }
        Templates::load(&templates, &sources, &text_options, &mut report);
        assert!(report.findings.is_empty(), "{report:#?}");
        for PackFile { name, .. } in &templates {
            let called = || templates.iter().any(|file| sources.get(file.file).text.contains(name.as_str()));
            assert!(emitted.contains(name) || called(), "nothing uses `{name}` of {}", target.display());
        }
        count += templates.len();
    }
    assert!(count > 100, "{count} templates");
}
