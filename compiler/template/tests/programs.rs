//! Every template of the targets runs as a program, not only by minijinja, which is some four times slower.

#![allow(clippy::disallowed_methods, reason = "a test reads the targets")]
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use bastide_template::{Manner, PackFile, Templates};
use std::fs;
use std::path::{Path, PathBuf};

/// The delimiters that a manifest names.
fn delimiters(manifest: &str) -> Option<(String, String)> {
    let words = manifest.lines().find_map(|line| line.trim().strip_prefix("delimiters "))?;
    let mut words = words.split(' ').map(|word| word.trim_matches('"').to_string());
    Some((words.next()?, words.next()?))
}

/// How the texts of a pack are meant, by its manifest.
fn manner(manifest: &str) -> Manner {
    let doubles = manifest.lines().any(|line| line.trim().starts_with("doubles "));
    Manner { delimiters: delimiters(manifest), doubles }
}

/// The files of a pack and of its parts.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    entries.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

#[test]
fn every_template_is_a_program() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../targets");
    let mut count = 0;
    for target in fs::read_dir(targets).expect("targets") {
        let target = target.expect("a folder").path();
        let manifest = fs::read_to_string(target.join("target.kdl")).expect("a manifest");
        let mut sources = Sources::default();
        let mut files = vec![];
        for path in below(&target) {
            let name = path.strip_prefix(&target).expect("below").to_string_lossy().into_owned();
            if name.ends_with(".j2") {
                let text = fs::read_to_string(&path).expect("a text");
                files.push(PackFile { file: sources.add(&name, &text, Role::Pack), name });
            }
        }
        let mut report = Report::default();
        let templates = Templates::load(&files, &sources, &manner(&manifest), &mut report);
        assert!(report.findings.is_empty(), "{report:#?}");
        assert_eq!(templates.slow(), Vec::<&str>::new(), "{}", target.display());
        count += files.len();
    }
    assert!(count > 100, "{count} templates");
}
