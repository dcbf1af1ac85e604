//! One verdict: what breaks, the number and the exit code never contradict each other, in whatever format it is printed.

use crate::support::{Folder, bastide, commit, git};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Whether a text of a format tells of a break.
type Tells = fn(&str) -> bool;

/// All formats, and whether what they print says that something breaks.
const FORMATS: [(&str, Tells); 7] = [
    ("text", |said| {
        said.contains("required major") && said.contains("✗ breaks") && said.contains("  MAJOR ")
    }),
    ("json", |said| {
        let json: Value = serde_json::from_str(said).expect("it is JSON");
        let majors =
            json["changes"].as_array().expect("a list").iter().filter(|it| it["bump"] == "major").count();
        let breaking = json["breaking"] == true;
        assert_eq!((breaking, breaking), (json["required"] == "major", majors > 0), "{said}");
        breaking
    }),
    ("markdown", |said| {
        let breaks = said.contains("❌ breaks");
        assert_eq!((breaks, breaks), (said.contains("**major**"), said.contains("| Breaks |")), "{said}");
        breaks
    }),
    ("sarif", |said| {
        let json: Value = serde_json::from_str(said).expect("it is JSON");
        let results = json["runs"][0]["results"].as_array().expect("a list");
        results.iter().any(|result| result["level"] == "error")
    }),
    ("github", |said| said.lines().any(|line| line.starts_with("::error"))),
    ("gitlab", |said| {
        let json: Value = serde_json::from_str(said).expect("it is JSON");
        json.as_array().expect("a list").iter().any(|it| it["severity"] == "major")
    }),
    ("junit", |said| {
        let failed = said.contains("<failure");
        assert_eq!(failed, !said.contains("failures=\"0\""), "{said}");
        failed
    }),
];

/// The text of a side, and what its file is called.
fn side(case: &Path, stem: &str) -> (String, String) {
    let found = fs::read_dir(case).expect("the case is there").flatten().map(|entry| entry.path());
    let path = found.into_iter().find(|path| path.file_stem().is_some_and(|it| it == stem)).expect("a side");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    (name, fs::read_to_string(&path).expect("it is text"))
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("compiler/contract/tests/pairs");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(root).expect("there are pairs").flatten().map(|entry| entry.path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_format_says_the_same() {
    let mut seen = [false; 2];
    for case in cases() {
        let (old, new) = (side(&case, "old"), side(&case, "new"));
        let expect: Value = serde_json::from_str(&side(&case, "expect").1).expect("the verdict is JSON");
        let breaks = expect["breaking"].as_bool().expect("a verdict");
        seen[usize::from(breaks)] = true;
        let folder = Folder::with(&[(&old.0, &old.1), (&new.0, &new.1)]);
        let kind = expect["kind"].as_str().expect("a kind");
        for (format, says) in FORMATS {
            let args = ["contract", "diff", &old.0, &new.0, "--kind", kind, "--format", format];
            let said = bastide(&folder, &args).exits(i32::from(breaks));
            assert_eq!(says(&said.out), breaks, "{} as {format}:\n{}", case.display(), said.out);
        }
    }
    assert_eq!(seen, [true, true], "there are pairs of both verdicts");
}

/// A contract whose answer has this optional property, and headers.
fn answering(properties: &str, headers: &str) -> String {
    let schema = format!("{{type: object, properties: {{{properties}}}}}");
    let answer = format!("{{headers: {{{headers}}}, content: {{application/json: {{schema: {schema}}}}}}}");
    format!("openapi: 3.1.0\npaths: {{/a: {{get: {{responses: {{'200': {answer}}}}}}}}}\n")
}

#[test]
fn fields_of_answers_are_kept_by_whoever_promises_it() {
    let (old, new) = (answering("note: {type: string}", ""), answering("remark: {type: string}", ""));
    let folder = Folder::with(&[("old.openapi.yaml", &old), ("new.openapi.yaml", &new)]);
    let diff = ["contract", "diff", "old.openapi.yaml", "new.openapi.yaml"];
    bastide(&folder, &diff).exits(0).says("MINOR openapi/response-optional-property-removed");
    bastide(&folder, &[&diff[..], &["--keep-fields"]].concat())
        .exits(1)
        .says("MAJOR openapi/response-optional-property-removed");
}

#[test]
fn a_field_that_goes_is_major_where_it_is_promised_or_read() {
    let (header, note) = ("X-Left: {schema: {type: integer}}", "note: {type: string}, id: {type: string}");
    let old = answering(note, header);
    let fieldless = answering("id: {type: string}", header);
    let headerless = answering(note, "");
    let spec = |version: &str, more: &str, reads: &str| {
        format!(
            "app \"a\" version=\"1.0.0\"\nenvironment \"dev\" platform=\"compose\"\n\
             service \"s\" {{ image \"example.com/s:1\"; api \"s\" contract=\"s.openapi.yaml\" {more} {{ version \"{version}\" }} }}\n\
             service \"c\" {{ image \"example.com/c:1\"; calls \"s\" version=\"^1.0\" timeout=\"1s\" {{ {reads} }} }}\n"
        )
    };
    let major = "breaking-without-major";
    for (more, reads, new, says) in [
        ("", "", &fieldless, None),
        ("keep-fields=#true", "", &fieldless, Some(major)),
        ("keep-fields=#true", "", &headerless, Some(major)),
        ("", "reads \"GET /a#note\"", &fieldless, Some(major)),
        ("", "reads \"GET /a#id\"", &fieldless, None),
    ] {
        let folder = Folder::with(&[
            ("bastide.kdl", spec("1.0.0", more, reads).as_str()),
            ("s.openapi.yaml", old.as_str()),
        ]);
        git(&folder.0, &["init", "--quiet", "--initial-branch=main"]);
        commit(&folder.0);
        folder.put("s.openapi.yaml", new);
        folder.put("bastide.kdl", spec("1.1.0", more, reads));
        let case = format!("{more} {reads}");
        let said = bastide(&folder, &["check", "--against", "main"]);
        let printed = said.out + &said.err;
        assert_eq!(printed.contains(major), says.is_some(), "{case}: {printed}");
        let said = bastide(&folder, &["diff", "--against", "main", "--format", "json"]);
        let required = if says.is_some() { "\"required\": \"major\"" } else { "\"required\": \"minor\"" };
        assert!(said.out.contains(required), "{case}: {}", said.out);
    }
}
