//! Honesty: what the spec says and no target writes is told, once for each environment.

use crate::support::{Folder, PACK, SPEC, bastide, project};

/// The small project with a pack that leaves something out.
fn lossy() -> Folder {
    let folder = project();
    let covers = "    covers \"app\" \"api.from\"\n    refuses \"calls.timeout\" because=\"nobody reads it\"\n    approximates \"service.image\" how=\"in words\"\n";
    folder.put(
        "bastide/targets/plain/target.kdl",
        PACK.replace("    covers \"app\" \"service\" \"api\" \"calls\"\n", covers),
    );
    folder
}

#[test]
fn losses_are_one_note_for_each_environment() {
    let said = bastide(&lossy(), &["build", "--format", "json"]).exits(0);
    let json = said.json();
    assert_eq!(said.rules(), ["not-covered"]);
    let finding = &json["findings"][0];
    assert_eq!((&json["summary"]["info"], &finding["level"]), (&1.into(), &"info".into()));
    let message = finding["message"].as_str().unwrap_or_default();
    assert!(message.contains("`api.port`, `api.version`, `calls.timeout`, `service.env`"), "{message}");
    assert!(!message.contains("service.image"), "{message}");
    let labels = finding["labels"].as_array().expect("labels");
    assert!(labels.len() <= 5);
    assert_eq!(labels[0]["text"], "`calls.timeout`, said here: nobody reads it");
}

#[test]
fn the_summary_counts_them() {
    bastide(&lossy(), &["build"]).exits(0).says("; 4 fields of the spec are not covered");
    bastide(&project(), &["build"]).exits(0).says("unchanged\n");
}

#[test]
fn with_strict_each_is_an_error() {
    let folder = lossy();
    let said = bastide(&folder, &["build", "--strict", "--format", "json"]).exits(1);
    assert_eq!(said.json()["summary"]["deny"], 5);
    said.says("only approximated").says("cannot be said").says("no target of `prod` writes it");
    assert!(folder.tree("deploy").is_empty());
}

#[test]
fn a_loss_can_be_allowed() {
    let folder = lossy();
    let lint = "lint \"not-covered\" level=\"allow\" because=\"a test\"\n";
    folder.put("bastide.kdl", format!("{SPEC}{lint}"));
    assert!(bastide(&folder, &["build", "--strict", "--format", "json"]).exits(0).rules().is_empty());
    folder.put("bastide.kdl", SPEC.replace("    env { LOG", &format!("    {lint}    env {{ LOG")));
    let said = bastide(&folder, &["build", "--format", "json"]).exits(0);
    assert!(!said.out.contains("service.env") && said.out.contains("api.port"), "{}", said.out);
}
