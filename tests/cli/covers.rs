//! Honesty: what the spec says and no target writes is told, once for each environment.

use crate::support::{Folder, PACK, SPEC, bastide, project};

/// The small project with a pack that leaves something out.
fn lossy() -> Folder {
    let folder = project();
    let covers = "    covers \"app\" \"api.from\" \"calls.timeout\"\n    refuses \"api.version\" because=\"nobody reads it\"\n    approximates \"service.image\" how=\"in words\"\n";
    folder.put(
        "bastide/targets/plain/target.kdl",
        PACK.replace("    covers \"app\" \"service\" \"api\" \"calls\"\n", covers),
    );
    folder
}

#[test]
fn each_loss_is_a_note_with_its_places() {
    for command in ["build", "check"] {
        let said = bastide(&lossy(), &[command, "--format", "json"]).exits(0);
        let json = said.json();
        let messages: Vec<&str> = json["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter_map(|it| it["message"].as_str())
            .collect();
        assert_eq!(
            messages,
            [
                "`service.image` is approximated: in words",
                "`api.port` is not written: no target says it",
                "`api.version` is refused: nobody reads it",
                "`service.env` is not written: no target says it",
            ],
            "{command}"
        );
    }
}

#[test]
fn people_read_a_line_for_each_what_is_lost_first() {
    let said = bastide(&lossy(), &["build"]).exits(0);
    let said = said.says("3 fields not carried out\n");
    let said = said.says("  nobody reads it\n    api.version: bastide.kdl:11 orders api orders, :17");
    let said = said.says("  no target says it\n    api.port: bastide.kdl:11 orders api orders, :17");
    let said = said.says("1 field approximated\n  in words\n    service.image: bastide.kdl:");
    let at = |text: &str| said.out.find(text).expect(text);
    assert!(at("service.env") < at("service.image"), "{}", said.out);
    assert_eq!(bastide(&lossy(), &["build", "--quiet"]).exits(0).out, "");
    assert!(!bastide(&project(), &["build"]).exits(0).out.contains("not carried out"));
}

#[test]
fn with_strict_each_is_an_error() {
    let folder = lossy();
    for command in ["check", "build"] {
        let said = bastide(&folder, &[command, "--strict", "--format", "json"]).exits(1);
        assert_eq!(said.json()["summary"]["deny"], 4, "{command}");
    }
    assert!(folder.tree("deploy").is_empty());
}

#[test]
fn what_a_condition_makes_true_of_a_node_wins() {
    let folder = lossy();
    let pack = folder.get("bastide/targets/plain/target.kdl");
    let refuses = "    covers \"service\" \"api\" \"calls\"\n    refuses \"service.env\" for=\"service\" when=\"service.name == 'orders'\" because=\"it has none\"\n";
    folder.put(
        "bastide/targets/plain/target.kdl",
        pack.replace(
            "    covers \"app\" \"api.from\" \"calls.timeout\"\n",
            &format!("    covers \"app\" \"api.from\" \"calls.timeout\"\n{refuses}"),
        ),
    );
    let said = bastide(&folder, &["build"]).exits(0);
    let said = said.says("  it has none\n    service.env: bastide.kdl:");
    assert_eq!(said.out.matches("service.env").count(), 1, "{}", said.out);
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

#[test]
fn a_rule_does_not_believe_what_a_target_refuses() {
    let folder = lossy();
    let pack = folder.get("bastide/targets/plain/target.kdl");
    folder.put(
        "bastide/targets/plain/target.kdl",
        pack.replace("\"calls.timeout\"", "").replace("\"api.version\"", "\"calls.timeout\""),
    );
    for command in [["check", "--format"], ["build", "--format"]] {
        let said = bastide(&folder, &[command[0], command[1], "json"]).exits(0);
        assert_eq!(said.rules(), ["missing-timeout"]);
        said.says("`timeout` of `orders` is written, but `plain` does not carry it out: nobody reads it; so `orders` may wait for `payments` for ever");
    }
    bastide(&folder, &["check", "--fix"]).exits(0);
    assert_eq!(folder.get("bastide.kdl"), SPEC);
}
