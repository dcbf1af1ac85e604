//! What is known already, how much rules weigh, and how advice is shown.

use crate::support::{Folder, bastide};

/// A plan with an error, a warning and advice.
const SPEC: &str = r#"app "shop" version="1.0.0" { owner "me" }
environment "prod" platform="kubernetes" namespace="shop"
resource "db" type="postgres"
service "one" like="built" { image "r.example/one:1"; api "http" port=8080; uses "db" }
service "two" like="built" { image "r.example/two:1"; api "http" port=8080 }
service "three" like="built" { image "r.example/three:1"; api "http" port=8080; scale min=3 max=2 }
"#;

#[test]
fn only_what_is_new_fails() {
    let folder = Folder::with(&[("bastide.kdl", SPEC)]);
    assert_eq!(bastide(&folder, &["check", "--format", "json"]).exits(1).rules(), RULES);
    bastide(&folder, &["check", "--write-baseline"]).exits(0).says("5 known findings in bastide.baseline");
    bastide(&folder, &["check"]).exits(0).says("5 known findings of the baseline not shown");
    bastide(&folder, &["build"]).exits(0);
    // Moved lines and another layout change nothing.
    let moved = format!("// first\n\n{}", SPEC.replace("resource \"db\"", "\n\n  resource   \"db\""));
    folder.put("bastide.kdl", &moved);
    assert!(bastide(&folder, &["check", "--format", "json"]).exits(0).findings().is_empty());
    // What is new is told, also where it is of a rule that is known.
    folder.put(
        "bastide.kdl",
        moved + "service \"four\" like=\"built\" { image \"r.example/four:1\"; scale min=4 max=2 }\n",
    );
    assert_eq!(bastide(&folder, &["check", "--format", "json"]).exits(1).rules(), ["min-above-max"]);
    bastide(&folder, &["build"]).exits(1);
    // What is gone is told at its line.
    folder.put("bastide.kdl", SPEC.replace("; scale min=3 max=2", ""));
    let said = bastide(&folder, &["check", "--format", "json"]).exits(0);
    assert_eq!(said.rules(), ["stale-baseline"]);
    assert_eq!(said.findings()[0]["labels"][0]["file"], "bastide.baseline");
    bastide(&folder, &["check", "-e", "prod", "--format", "json"]).exits(0);
    bastide(&folder, &["check", "--write-baseline"]).exits(0).says("4 known findings");
    assert!(bastide(&folder, &["check", "--format", "json"]).exits(0).findings().is_empty());
    // A fault of the text is never known.
    folder.put("bastide.kdl", format!("{SPEC}servce \"five\"\n"));
    bastide(&folder, &["check", "--write-baseline"]).exits(1);
    bastide(&folder, &["check"]).exits(1);
}

/// What is found in [`SPEC`].
const RULES: [&str; 3] = ["closed-port", "min-above-max", "no-backup"];

#[test]
fn a_baseline_that_is_no_text_of_the_project_is_refused() {
    for bytes in [&b"\xff\xfe"[..], b"a\0b", b"no-backup\tbastide.kdl\n", b"\t\t\t\n", b""] {
        let folder = Folder::with(&[("bastide.kdl", SPEC)]);
        folder.put("bastide.baseline", bytes);
        bastide(&folder, &["check"]).exits(1);
    }
}

#[test]
fn a_strict_profile_weighs_everything_a_step_more() {
    let strict = SPEC.replace("owner \"me\"", "owner \"me\"; profile \"strict\"");
    let levels = |spec: &str| {
        let folder = Folder::with(&[("bastide.kdl", spec)]);
        let found = bastide(&folder, &["check", "--format", "json"]).findings();
        found.iter().map(|it| it["level"].as_str().unwrap_or_default().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(levels(SPEC), ["warn", "info", "info", "info", "deny"]);
    assert_eq!(levels(&strict), ["deny", "warn", "warn", "warn", "deny"]);
    // A `lint` wins.
    let weighed = strict.clone() + "lint \"closed-port\" level=\"info\"\n";
    assert_eq!(levels(&weighed), ["deny", "info", "info", "info", "deny"]);
    let folder = Folder::with(&[("bastide.kdl", &strict.replace("strict", "sharp"))]);
    bastide(&folder, &["check"]).exits(1).says("standard");
}

#[test]
fn advice_is_a_line_for_each_rule() {
    let folder = Folder::with(&[("bastide.kdl", SPEC)]);
    bastide(&folder, &["check"]).exits(1).says(
        "advice closed-port 3 times: nobody may reach port `http` of `one` (bastide.kdl:4 bastide.kdl:5 bastide.kdl:6)\n",
    );
}

/// What nobody wrote is nobody's fault, and a development machine is not asked for a cluster's virtues.
#[test]
fn an_ordinary_plan_for_one_machine_has_no_faults() {
    let stores = ["postgres", "mariadb", "mongodb", "redis", "s3", "smtp", "opensearch"];
    let resources: String = stores.iter().map(|ty| format!("resource \"{ty}-1\" type=\"{ty}\"\n")).collect();
    let uses: String = stores.iter().map(|ty| format!(" \"{ty}-1\"")).collect();
    let spec = format!(
        "app \"shop\" version=\"1.0.0\"\nenvironment \"dev\" platform=\"compose\"\n{resources}\
         service \"web\" like=\"built\" {{ image \"r.example/web:1\"; api \"http\" port=3000; calls \"api\"; volume \"/data\"; uses{uses} }}\n\
         service \"api\" like=\"built\" {{ image \"r.example/web:1\"; api \"http\" port=3000; volume \"/logs\"; uses{uses}\n\
         env {{ MAIL_FROM \"a@example.com\" }} }}\n\
         gateway \"public\" {{ route \"/\" to=\"web\" {{ public }} }}\n"
    );
    let folder = Folder::with(&[("bastide.kdl", &spec)]);
    let found = bastide(&folder, &["check", "--format", "json"]).exits(0).findings();
    let heavy: Vec<_> = found.iter().filter(|it| it["level"] != "info").collect();
    assert!(heavy.is_empty(), "{heavy:#?}");
}

/// A number is somebody's fault only if somebody wrote it.
#[test]
fn a_default_is_nobodys_fault() {
    let rules = |scale: &str| {
        let spec = format!(
            "app \"shop\" version=\"1.0.0\"\nenvironment \"prod\" platform=\"kubernetes\"\n\
             service \"web\" like=\"built\" {{ image \"r.example/web:1\"; api \"http\" port=3000; volume \"/data\"; {scale}\n\
             job \"tidy\" schedule=\"0 3 * * *\" command=\"tidy\" }}\n\
             gateway \"public\" {{ host \"shop.example.com\"; tls issuer=\"le\"; route \"/\" to=\"web\" {{ public }} }}\n"
        );
        bastide(&Folder::with(&[("bastide.kdl", &spec)]), &["check", "--format", "json"]).rules()
    };
    let told = ["single-replica", "stateful-autoscale", "job-without-volume", "local-state"];
    let of =
        |scale: &str| rules(scale).into_iter().filter(|it| told.contains(&it.as_str())).collect::<Vec<_>>();
    assert_eq!(of(""), [""; 0]);
    assert_eq!(of("scale min=1 max=1"), ["single-replica"]);
    assert_eq!(of("scale min=2 max=4"), ["job-without-volume", "stateful-autoscale"]);
}
