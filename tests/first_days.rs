//! What somebody meets in the first days with a plan of their own: findings that say too much, too little or the wrong
//! thing cost more trust than those that are missing.

mod support;

use support::{Folder, bastide};

const HEAD: &str = "app \"shop\"\nenvironment \"dev\" platform=\"compose\"\n";

/// The rules that find something in a spec, with `app` and `environment` in front of it, and what was printed.
fn found(spec: &str) -> (Vec<String>, serde_json::Value) {
    let folder = Folder::with(&[("bastide.kdl", &format!("{HEAD}{spec}"))]);
    let json = bastide(&folder, &["check", "--format", "json"]).json();
    let findings = json["findings"].as_array().expect("findings");
    (findings.iter().map(|it| it["rule"].as_str().expect("a name").to_string()).collect(), json)
}

#[test]
fn a_command_of_the_pipeline_is_no_weight_of_a_rule() {
    let (rules, _) = found("service \"a\" { image \"a:1\"; ci { lint \"cargo clippy\"; test \"cargo test\" } }");
    assert!(rules.is_empty(), "{rules:?}");
    let (rules, _) = found(
        "archetype \"rust\" { ci { lint \"cargo clippy\" } }\nservice \"a\" like=\"rust\" { image \"a:1\" }",
    );
    assert!(rules.is_empty(), "{rules:?}");
}

#[test]
fn four_weeks_are_a_window_like_any_other() {
    let (rules, _) = found("service \"a\" { image \"a:1\"; slo availability=\"99.9%\" window=\"28d\" }");
    assert!(!rules.contains(&"window-factor-mismatch".to_string()), "{rules:?}");
    let (rules, _) = found("service \"a\" { image \"a:1\"; slo availability=\"99.9%\" window=\"1d\" }");
    assert!(rules.contains(&"window-factor-mismatch".to_string()), "{rules:?}");
}

#[test]
fn a_finding_says_where_it_holds_unless_it_holds_everywhere() {
    let spec = "environment \"prod\" platform=\"compose\"\nservice \"a\" { image \"a\"; slo availability=\"100%\" }\nenvironment \"test\" platform=\"compose\" { service \"a\" { slo availability=\"99%\" } }";
    let (rules, json) = found(spec);
    let at = rules.iter().position(|rule| rule == "hundred-percent").expect("it is found");
    assert_eq!(json["findings"][at]["environments"], serde_json::json!(["dev", "prod"]));
    let everywhere = rules.iter().position(|rule| rule == "image-mutable").expect("it is found");
    assert!(json["findings"][everywhere]["environments"].is_null());
}

#[test]
fn a_finding_in_an_empty_file_names_the_file() {
    let folder = Folder::with(&[("bastide.kdl", "")]);
    let said = bastide(&folder, &["check"]);
    assert!(said.out.contains("bastide.kdl: what is described here has no name"), "{}", said.out);
}
