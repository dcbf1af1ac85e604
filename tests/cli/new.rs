//! `bastide new`: what it writes is taken without a finding.

use crate::support::{Folder, bastide};

const SPEC: &str = r##"app "shop" version="1.0.0" {
    owner "team" contact="#team"
    images "registry.example.com/shop"
}
environment "dev" platform="compose" { target "notes" }
service "orders" {
    build "services/orders"
    resources cpu="250m" memory="256Mi"
    uses "box"
}
resource "box" type="tin" { backup schedule="0 3 * * *" keep="14d" }
"##;

#[test]
fn a_new_target_and_a_new_resource_type_work_as_they_are() {
    let folder = Folder::with(&[("bastide.kdl", SPEC), ("services/orders/Dockerfile", "FROM scratch\n")]);
    bastide(&folder, &["check", "--format", "json"]).exits(1);
    bastide(&folder, &["new", "target", "notes"]).exits(0).says("notes");
    bastide(&folder, &["new", "resource", "tin"]).exits(0).says("tin.kdl");
    let found = bastide(&folder, &["check", "--format", "json"]).exits(0);
    let about: Vec<_> =
        found.places().into_iter().filter(|(_, file, ..)| file.starts_with("bastide/")).collect();
    assert_eq!(about, [], "{}", found.out);
    bastide(&folder, &["build", "--quiet"]).exits(0);
    assert!(folder.get("deploy/dev/notes/services.md").contains("- orders"));
    let compose = folder.get("deploy/dev/compose/compose.yaml");
    assert!(compose.contains("registry.example.com/tin:1.0.0"), "{compose}");
    // Never over what is there.
    bastide(&folder, &["new", "target", "notes"]).exits(2);
    bastide(&folder, &["new", "resource", "tin"]).exits(2);
}

#[test]
fn a_new_rule_stands_where_rules_stand() {
    let list = "compiler/core/src/check/twelve_factor/mod.rs";
    let modules = "//! About.\n\npub mod early_lunch;\npub mod no_lunch;\n";
    let folder = Folder::with(&[("compiler/core/src/check/mod.rs", ""), (list, modules)]);
    let new = |name, group| bastide(&folder, &["new", "rule", name, "--group", group]);
    new("late-lunch", "twelve-factor").exits(0).says("twelve_factor/mod.rs");
    let text = folder.get("compiler/core/src/check/twelve_factor/late_lunch.rs");
    assert!(text.contains("\"late-lunch\"") && !text.contains("NAME"), "{text}");
    let page = folder.get("compiler/core/src/check/twelve_factor/late_lunch.md");
    assert!(page.starts_with("## What it finds\n"), "{page}");
    let line = "pub mod late_lunch;\n";
    assert_eq!(folder.get(list), modules.replace("pub mod no", &format!("{line}pub mod no")));
    new("late-lunch", "twelve-factor").exits(2);
    new("late-dinner", "meals").exits(2).says("no group");
    new("No Name", "twelve-factor").exits(2);
    bastide(&folder, &["new", "rule", "late-dinner"]).exits(2).says("--group");
}
