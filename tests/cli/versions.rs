//! Which number a change takes, by the number before it, the stability and the strategy: tables over the whole program.

use crate::support::{Folder, Said, bastide};

const BASE: &str = "type Query { order: Order }\ntype Order { id: ID! email: String! }\n";
const BROKEN: &str = "type Query { order: Order }\ntype Order { id: ID! }\n";
const MORE: &str = "type Query { order: Order }\ntype Order { id: ID! email: String! note: String }\n";
const WORDS: &str = "\"All there is.\" type Query { order: Order }\ntype Order { id: ID! email: String! }\n";

/// A plan with one api, some of its properties and its versions.
fn plan(props: &str, versions: &str) -> String {
    format!(
        "app \"shop\" version=\"1.0.0\" {{ owner \"team\" contact=\"#team\"; images \"registry.example.com/shop\" }}\n\
         environment \"dev\" platform=\"compose\"\n\
         service \"billing\" {{ build \"b\"; calls \"orders\" timeout=\"300ms\" }}\n\
         service \"orders\" {{\n    build \"o\"\n    api \"orders\" contract=\"orders.graphql\" {props} {{ {versions} }}\n}}\n"
    )
}

/// The rules that speak when the one plan follows the other, and their levels.
fn says(old: (&str, &str, &str), new: (&str, &str, &str), today: Option<&str>) -> (Vec<String>, Said) {
    let folder = Folder::new();
    for (side, (props, versions, contract)) in [("old", old), ("new", new)] {
        folder.put(&format!("{side}/bastide.kdl"), plan(props, versions));
        folder.put(&format!("{side}/orders.graphql"), contract);
        folder.put(&format!("{side}/orders-v1.graphql"), BASE);
        folder.put(&format!("{side}/b/x"), "");
        folder.put(&format!("{side}/o/x"), "");
    }
    let mut args = vec!["check", "new", "--baseline", "old", "--format", "json"];
    args.extend(today.iter().flat_map(|day| ["--today", day]));
    let said = bastide(&folder, &args);
    let json = said.json();
    let gate = |it: &&serde_json::Value| GATE.contains(&it["rule"].as_str().unwrap_or_default());
    let found = json["findings"].as_array().expect("a list").iter().filter(gate).map(|it| {
        let text = |name: &str| it[name].as_str().unwrap_or_default().to_string();
        let next = it["labels"][0]["text"].as_str().and_then(|it| it.strip_prefix("takes ")).unwrap_or("-");
        format!("{} {} {next}", text("level"), text("rule"))
    });
    let mut found: Vec<String> = found.collect();
    found.sort();
    (found, said)
}

const GATE: [&str; 9] = [
    "breaking-without-major",
    "contract-not-compared",
    "nothing-compared",
    "removed-before-sunset",
    "required-version-unsatisfied",
    "stability-lowered",
    "sunset-moved-earlier",
    "version-too-low",
    "version-went-down",
];

#[track_caller]
fn one(old: &str, new: &str, contract: &str, expected: &[&str]) {
    let version = |text: &str| format!("version \"{text}\"");
    let (found, said) = says(("", &version(old), BASE), ("", &version(new), contract), None);
    assert_eq!(found, expected, "{old} → {new}\n{}{}", said.out, said.err);
}

#[test]
fn the_number_follows_from_the_change() {
    let (breaks, low) = ("deny breaking-without-major", "deny version-too-low");
    let (breaks, low) = (|next| format!("{breaks} {next}"), |next| format!("{low} {next}"));
    for (old, new, contract, expected) in [
        ("1.4.2", "1.4.2", BASE, None),
        ("1.4.2", "1.9.0", BASE, None),
        ("1.4.2", "1.4.2", BROKEN, Some(breaks("2.0.0"))),
        ("1.4.2", "1.5.0", BROKEN, Some(breaks("2.0.0"))),
        ("1.4.2", "1.4.2", MORE, Some(low("1.5.0"))),
        ("1.4.2", "1.4.3", MORE, Some(low("1.5.0"))),
        ("1.4.2", "1.5.0", MORE, None),
        ("1.4.2", "1.4.2", WORDS, Some(low("1.4.3"))),
        ("1.4.2", "1.4.3", WORDS, None),
        // Before 1.0.0 the second number is the major one, and in 0.0.z every number is.
        ("0.4.2", "0.4.3", BROKEN, Some(breaks("0.5.0"))),
        ("0.4.2", "0.4.3", MORE, None),
        ("0.4.2", "0.4.2", MORE, Some(low("0.4.3"))),
        ("0.0.2", "0.0.2", MORE, Some(low("0.0.3"))),
        ("0.0.2", "0.0.3", BROKEN, None),
        // Before a release nothing is promised, and still one number is one contract.
        ("2.0.0-beta.1", "2.0.0-beta.2", BROKEN, Some("info breaking-without-major -".into())),
        ("2.0.0-beta.1", "2.0.0-beta.1", BROKEN, Some(low("2.0.0-beta.2"))),
        ("2.0.0-beta.1", "2.0.0-beta.1", MORE, Some(low("2.0.0-beta.2"))),
        ("2.0.0-beta.1", "2.0.0", MORE, None),
        ("2.0.0-beta.1", "2.0.0", BROKEN, Some("info breaking-without-major -".into())),
    ] {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        one(old, new, contract, &expected);
    }
    one("1.4.2", "1.3.0", BASE, &["deny version-went-down -"]);
    one("1.4.2", "2.0.0", BROKEN, &["deny removed-before-sunset -"]);
}

#[test]
fn stability_and_strategy_have_their_rules() {
    let version = "version \"1.4.2\"";
    let (found, _) = says(
        ("stability=\"alpha\"", version, BASE),
        ("stability=\"alpha\"", "version \"1.5.0\"", BROKEN),
        None,
    );
    assert_eq!(found, ["info breaking-without-major -"]);
    let alpha = "stability=\"alpha\"";
    let (found, _) = says((alpha, version, BASE), (alpha, version, BROKEN), None);
    assert_eq!(found, ["deny version-too-low 1.4.3"]);
    let (found, _) = says(("", version, BASE), ("stability=\"beta\"", version, BASE), None);
    assert_eq!(found, ["deny stability-lowered -"]);
    let (found, _) = says(("stability=\"beta\"", version, BASE), ("", version, BASE), None);
    assert!(found.is_empty(), "{found:?}");
    // In a knot everybody moves in the same change, so the old major need not live on.
    let knot = "strategy=\"knot\"";
    let (found, said) = says((knot, version, BASE), (knot, "version \"2.0.0\"", BROKEN), None);
    assert!(found.is_empty(), "{found:?}\n{}", said.err);
    let (found, _) = says((knot, version, BASE), (knot, "version \"1.5.0\"", BROKEN), None);
    assert_eq!(found, ["deny breaking-without-major 2.0.0"]);
    // Point to point every version is for somebody.
    let each = "strategy=\"point-to-point\"";
    let (found, _) = says((each, version, BASE), (each, "version \"1.5.0\"", MORE), None);
    assert_eq!(found, ["deny removed-before-sunset -"]);
    let both = "version \"1.5.0\"; version \"1.4.2\" contract=\"orders-v1.graphql\"";
    let (found, said) = says((each, version, BASE), (each, both, MORE), None);
    assert!(found.is_empty(), "{found:?}\n{}", said.err);
}

#[test]
fn a_number_that_is_taken_is_not_proposed() {
    let old = "version \"2.1.0\"; version \"1.4.2\" contract=\"orders-v1.graphql\"";
    let new = "version \"2.1.0\"; version \"1.4.3\"";
    let (found, said) = says(("", old, BROKEN), ("", new, BROKEN), None);
    assert_eq!(found, ["deny breaking-without-major 3.0.0"], "{}", said.out);
}

#[test]
fn what_was_promised_until_a_day_goes_on_that_day() {
    let dated = "deprecated=\"2026-12-01\" sunset=\"2027-07-01\"";
    let old = format!("version \"2.0.0\"; version \"1.4.2\" contract=\"orders-v1.graphql\" {dated}");
    for (today, expected) in [(None, 1), (Some("2027-06-30"), 1), (Some("2027-07-01"), 0)] {
        let (found, said) = says(("", &old, BROKEN), ("", "version \"2.0.0\"", BROKEN), today);
        assert_eq!(found.len(), expected, "{today:?}: {found:?}\n{}", said.out);
    }
    let earlier = old.replace("2027-07-01", "2027-06-15");
    let (found, _) = says(("", &old, BROKEN), ("", &earlier, BROKEN), None);
    assert_eq!(found, ["deny sunset-moved-earlier -"]);
    let later = old.replace("2027-07-01", "2027-12-01");
    let (found, _) = says(("", &old, BROKEN), ("", &later, BROKEN), None);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_contract_that_cannot_be_read_is_no_pass() {
    let version = "version \"1.4.2\"";
    let (found, said) = says(("", version, BASE), ("", version, "type Query {"), None);
    assert!(found.is_empty() && said.code == 1 && said.out.contains("contract-syntax"), "{}", said.out);
    // What could not be read then cannot be fixed now: somebody has to say that it may pass this once.
    let (found, said) = says(("", version, "type Query {"), ("", version, BASE), None);
    assert_eq!((found, said.code), (vec!["deny contract-not-compared -".to_string()], 1));
    // An api or a plan that is new has nothing to be compared with, and says so.
    let folder = Folder::with(&[(
        "old/bastide.kdl",
        "app \"shop\" version=\"1.0.0\" { images \"r.example/x\" }\nenvironment \"dev\" platform=\"compose\"\n",
    )]);
    folder.put("new/bastide.kdl", plan("", version));
    folder.put("new/orders.graphql", BASE);
    folder.put("new/b/x", "");
    folder.put("new/o/x", "");
    bastide(&folder, &["check", "new", "--baseline", "old"])
        .exits(0)
        .says("the api is new, so this is the first");
}

/// An event of a topic: its schema, and what is promised of it.
fn topic(events: &str) -> String {
    format!(
        "app \"shop\" version=\"1.0.0\" {{ images \"registry.example.com/shop\" }}\n\
         environment \"dev\" platform=\"compose\"\n\
         service \"orders\" {{ build \"o\"; publishes \"placed\" outbox=#true }}\n\
         service \"mail\" {{ build \"o\"; subscribes \"placed\" idempotent-by=\"id\" }}\n\
         resource \"events\" type=\"kafka\" version=\"4.0\"\n\
         topic \"placed\" on=\"events\" {{ key \"id\"; partitions 6; dead-letter after=5; {events} }}\n"
    )
}

#[test]
fn a_topic_keeps_its_mode_over_every_version_in_it() {
    let record = |fields: &str| {
        let id = "{\"name\": \"id\", \"type\": \"string\"}";
        format!("{{\"type\": \"record\", \"name\": \"Placed\", \"fields\": [{id}{fields}]}}")
    };
    let event = |version: &str, mode: &str| {
        let file = version.replace('.', "-");
        format!("event \"{version}\" schema=\"placed-{file}.avsc\" compatibility=\"{mode}\"; ")
    };
    let (bare, kept) =
        (", {\"name\": \"n\", \"type\": \"int\"}", ", {\"name\": \"n\", \"type\": \"int\", \"default\": 0}");
    let folder = Folder::with(&[("o/x", "")]);
    folder.put("placed-1-0-0.avsc", record(""));
    folder.put("placed-1-1-0.avsc", record(kept));
    folder.put("placed-1-2-0.avsc", record(bare));
    let check = |events: &str| {
        folder.put("bastide.kdl", topic(events));
        bastide(&folder, &["check"])
    };
    check(&(event("1.1.0", "full") + &event("1.0.0", "full")))
        .exits(0)
        .says("full-transitive reached (full), in any order");
    check(&(event("1.2.0", "backward") + &event("1.0.0", "backward")))
        .exits(1)
        .says("schema-incompatible")
        .says("readers of 1.2.0 cannot read messages of 1.0.0")
        .says("forward-transitive reached (backward), producers first");
    // The one right before is fine, the first of all is not.
    let all = |mode: &str| event("1.2.0", mode) + &event("1.1.0", mode) + &event("1.0.0", mode);
    check(&all("backward")).exits(0);
    check(&all("backward-transitive")).exits(1).says("cannot read messages of 1.0.0");
    // Versions the plan no longer lists still lie in the topic.
    let old = Folder::new();
    old.copy(&folder.0);
    let path = old.0.to_string_lossy().into_owned();
    folder.put("bastide.kdl", topic(&event("1.2.0", "backward-transitive")));
    bastide(&folder, &["check"]).exits(0);
    bastide(&folder, &["check", "--baseline", &path]).exits(1).says("cannot read messages of 1.0.0");
    // One number is one schema.
    folder.put("bastide.kdl", topic(&event("1.1.0", "backward")));
    old.put("bastide.kdl", topic(&event("1.1.0", "backward")));
    let more = format!("{kept}, {{\"name\": \"m\", \"type\": \"int\", \"default\": 0}}");
    folder.put("placed-1-1-0.avsc", record(&more));
    bastide(&folder, &["check", "--baseline", &path, "--fix"]).exits(0).says("fixed 1 place");
    assert!(folder.get("bastide.kdl").contains("event \"1.2.0\""));
}
