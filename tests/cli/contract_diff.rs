//! `bastide contract diff` as its users and their scripts meet it: what it prints, and how it ends.

use crate::support::{Folder, Said, bastide, noise};

const OLD: &str = "type Query { order: Order }\ntype Order { id: ID! email: String! }\n";
const NEW: &str = "type Query { order: Order }\ntype Order { id: ID! }\n";

fn diff(folder: &Folder, args: &[&str]) -> Said {
    bastide(folder, &[&["contract", "diff"], args].concat())
}

#[test]
fn the_json_is_as_documented() {
    let folder = Folder::with(&[("old.graphql", OLD), ("new.graphql", NEW)]);
    let json = diff(&folder, &["old.graphql", "new.graphql", "--format", "json"]).exits(1).json();
    assert_eq!(json["schema_version"], 1);
    assert_eq!((json["kind"].as_str(), json["breaking"].as_bool()), (Some("graphql"), Some(true)));
    assert_eq!(json["required"], "major");
    assert!(json["compared"].as_u64() > Some(0));
    assert_eq!(json["skipped"].as_array().map(Vec::len), Some(0));
    let change = &json["changes"][0];
    assert_eq!(
        (change["rule"].as_str(), change["bump"].as_str()),
        (Some("graphql/field-removed"), Some("major"))
    );
    assert_eq!(
        (change["path"].as_str(), change["element"].as_str()),
        (Some("Order.email"), Some("Order.email"))
    );
    let place = &change["places"]["old"];
    assert_eq!((place["file"].as_str(), place["line"].as_u64()), (Some("old.graphql"), Some(2)));
    assert!(change["places"]["new"].is_null());
    for field in ["direction", "message"] {
        assert!(change[field].is_string(), "{field}: {change}");
    }
    // The other way round nothing breaks.
    let json = diff(&folder, &["new.graphql", "old.graphql", "--format", "json"]).exits(0).json();
    assert_eq!((json["breaking"].as_bool(), json["required"].as_str()), (Some(false), Some("minor")));
    let json = diff(&folder, &["old.graphql", "old.graphql", "--format", "json"]).exits(0).json();
    assert_eq!(
        (json["required"].as_str(), json["changes"].as_array().map(Vec::len)),
        (Some("none"), Some(0))
    );
}

#[test]
fn the_text_has_the_place_the_reason_and_the_count() {
    let folder = Folder::with(&[("old.graphql", OLD), ("new.graphql", NEW)]);
    let said = diff(&folder, &["old.graphql", "new.graphql"]).exits(1);
    let words = [
        "required major",
        "MAJOR graphql/field-removed",
        "(removed; was old.graphql:2:",
        "why",
        "comparisons, 0 skipped",
    ];
    words.into_iter().fold(said, Said::says);
    diff(&folder, &["old.graphql", "new.graphql", "--format", "markdown"])
        .exits(1)
        .says("<br>`graphql/field-removed` | Documents that ask for it are refused.");
    let sarif = diff(&folder, &["old.graphql", "new.graphql", "--format", "sarif"]).exits(1).json();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "graphql/field-removed");
}

#[test]
fn a_history_is_joined_over_all_versions() {
    let record = |fields: &str| format!("{{\"type\": \"record\", \"name\": \"R\", \"fields\": [{fields}]}}");
    let id = "{\"name\": \"id\", \"type\": \"string\"}";
    let bare = "{\"name\": \"n\", \"type\": \"int\"}";
    let folder = Folder::new();
    // What was written by the first version lacks `n`; the second always has it.
    folder.put("history/v1.avsc", record(id));
    folder.put("history/v2.avsc", record(&format!("{id}, {bare}")));
    folder.put("new.avsc", record(&format!("{id}, {bare}")));
    let json = diff(&folder, &["history", "new.avsc", "--format", "json"]).exits(0).json();
    let modes = &json["modes"];
    assert_eq!(
        (modes["BACKWARD"].as_bool(), modes["BACKWARD_TRANSITIVE"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!((modes["FORWARD"].as_bool(), modes["FORWARD_TRANSITIVE"].as_bool()), (Some(true), Some(true)));
    assert_eq!((modes["FULL"].as_bool(), modes["FULL_TRANSITIVE"].as_bool()), (Some(true), Some(false)));
    diff(&folder, &["history", "new.avsc"]).exits(0).says("mode reached: FULL").says("v1.avsc");
    diff(&folder, &["history/v1.avsc", "new.avsc"]).exits(1).says("avro/");
}

#[test]
fn folders_and_imports_are_followed_and_nothing_outside() {
    let imports = "syntax = \"proto3\";\npackage a.v1;\nimport \"a/v1/money.proto\";\nmessage Order { Money total = 1; }\n";
    let money =
        |ty: &str| format!("syntax = \"proto3\";\npackage a.v1;\nmessage Money {{ {ty} units = 1; }}\n");
    let folder = Folder::new();
    for (side, ty) in [("old", "int64"), ("new", "string")] {
        folder.put(&format!("{side}/a/v1/order.proto"), imports);
        folder.put(&format!("{side}/a/v1/money.proto"), money(ty));
    }
    let json = diff(&folder, &["old", "new", "--format", "json"]).exits(1).json();
    assert_eq!(
        (json["kind"].as_str(), json["by_category"]["WIRE"].as_bool()),
        (Some("protobuf"), Some(true))
    );
    let one = ["old/a/v1/order.proto", "old/a/v1/order.proto", "--format", "json"];
    assert_eq!(diff(&folder, &one).exits(0).json()["breaking"], false);
    // A reference out of the repository is not followed, wherever it leads.
    let out = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {/a: {$ref: '../../secret.yaml#/a'}}\n";
    let folder = Folder::with(&[
        ("secret.yaml", "a: {get: {responses: {}}}\n"),
        ("here/.git/x", ""),
        ("here/api/a.yaml", out),
    ]);
    diff(&folder, &["here/api/a.yaml", "here/api/a.yaml"]).exits(2).says("contract-reference");
    folder.put("here/common.yaml", "a: {get: {responses: {}}}\n");
    folder.put("here/api/b.yaml", out.replace("../../secret", "../common"));
    diff(&folder, &["here/api/b.yaml", "here/api/b.yaml"]).exits(0);
}

#[test]
fn what_is_no_contract_is_a_finding() {
    let doubled = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\npaths: {}\n";
    let bomb: String =
        ('b'..'m').zip('a'..'m').fold("openapi: 3.1.0\na: &a [1,1]\n".into(), |text, (name, of)| {
            let all = vec![format!("*{of}"); 9].join(",");
            format!("{text}{name}: &{name} [{all}]\n")
        });
    let folder = Folder::with(&[
        ("old.graphql", OLD),
        ("ok.yaml", "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {/a: {get: {responses: {}}}}\n"),
        ("doubled.yaml", doubled),
        ("bomb.yaml", &bomb),
        ("empty.yaml", ""),
        ("missing.proto", "syntax = \"proto3\";\nimport \"no/where.proto\";\nmessage A { B b = 1; }\n"),
        ("deep.json", &"[".repeat(100_000)),
        ("deep.yaml", &format!("openapi: {}", "[".repeat(100_000))),
    ]);
    folder.put("noise.yaml", noise(7, 4_096));
    for (file, rule) in [
        ("doubled.yaml", "contract-syntax"),
        ("bomb.yaml", "contract-syntax"),
        ("deep.yaml", "contract-syntax"),
        ("missing.proto", "contract-reference"),
        ("empty.yaml", "contract-unsupported"),
        ("deep.json", "contract-unsupported"),
        ("noise.yaml", "not-utf8"),
    ] {
        let said = diff(&folder, &[file, file, "--format", "json"]).exits(2);
        assert!(said.rules().contains(&rule.to_string()), "{file}: {}", said.out);
        assert!(said.places().iter().all(|it| it.1 == file), "{file}: {}", said.out);
        diff(&folder, &[file, file]).exits(2);
        for kind in ["openapi", "protobuf", "graphql", "avro", "json-schema", "asyncapi"] {
            let said = diff(&folder, &[file, file, "--kind", kind]);
            assert!(said.code == 2 || said.code == 0, "{file} as {kind}: {}", said.out);
        }
    }
    diff(&folder, &["ok.yaml", "doubled.yaml"]).exits(2);
    diff(&folder, &["ok.yaml", "nothing.yaml"]).exits(2);
    diff(&folder, &["ok.yaml", "old.graphql", "--kind", "json"]).exits(2);
    diff(&folder, &["ok.yaml", "ok.yaml", "--today", "tomorrow"]).exits(2);
}
