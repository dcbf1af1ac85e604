//! Property tests: what is written is read back as it was, and no bytes make the renderer panic.

mod formats;

use crate::{PackFile, Templates, TextOptions};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use minijinja::{Value, context};
use proptest::prelude::*;
use serde_yaml::Value as Yaml;

fn render(name: &str, template: &str, context: Value) -> Option<String> {
    let mut sources = Sources::default();
    let file = PackFile { name: name.into(), file: sources.add(name, template, Role::Pack) };
    let mut report = Report::default();
    let templates = Templates::load(&[file], &sources, &TextOptions::default(), &mut report);
    let text = templates.render(name, context.clone(), &sources, &mut report);
    let traced = templates.traced(name, context, &sources, &mut report);
    assert_eq!(text, traced.map(|traced| traced.text), "tracing changes the text of {template:?}");
    text
}

#[test]
fn no_value_begins_a_cell_or_a_line_of_plain_text() {
    let table = |value: &str| render("table.tsv.txt.j2", "tool\t{{ image }}\n", context! { image => value });
    assert_eq!(table("example.com/a b:1").as_deref(), Some("tool\texample.com/a b:1\n"));
    assert_eq!([table("a\tb"), table("a\nb")], [None, None]);
}

/// Strings that readers have misread, and pieces to build more of them.
const NASTY: &[&str] = &[
    "no",
    "Yes",
    "on",
    "y",
    "N",
    "~",
    "null",
    "NULL",
    "true",
    "1",
    "-1",
    "+1",
    "0x1f",
    "0o7",
    "017",
    "0b1",
    "1_000",
    "1e3",
    "e10",
    "1e+300",
    ".5",
    ".inf",
    "-.inf",
    ".nan",
    "12:30:00",
    "2001-12-14",
    "2001-12-14t21:59:43.10-05:00",
    "2.1.0",
    "10.0.0.1",
    "1.2.3-4",
    "7d",
    "300ms",
    "10Gi",
    "a:b",
    "a: b",
    "a #b",
    "a#b",
    "#a",
    "- a",
    "--a",
    "-",
    "---",
    "...",
    "[a",
    "{a",
    "a]",
    "a,b",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "'a'",
    "\"a\"",
    "=",
    "<<",
    "?",
    "? a",
    ": a",
    "a:",
    "",
    " ",
    " a",
    "a ",
    "\n",
    "\na",
    "a\n",
    "a\n\n",
    "a\nb",
    "a\n b",
    " a\nb",
    "a\n\tb",
    "\ta\nb",
    "a\n \nb",
    "a\r\nb",
    "é",
    "日本",
    "\u{85}",
    "\u{2028}",
    "\u{feff}a",
    "\u{fffe}",
    "\u{1}",
    "\u{3}",
    "\u{4}1\u{5}",
    "\u{7f}",
    "\u{a0}a",
    "🦀",
    "\\",
    "\\n",
    "${a}",
    "{{ a }}",
    "a: |",
    "key: value\nother: 1",
    "- a\n- b",
    "0e7bf43df6",
    "--- a",
    "!!str a",
    "a\u{85}b",
    "a\u{2028}\nb",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![proptest::sample::select(NASTY).prop_map(str::to_string), any::<String>()];
    prop_oneof![
        proptest::sample::select(NASTY).prop_map(str::to_string),
        any::<String>(),
        proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat()),
        "[-+0-9a-fxoeE_.:]{0,8}",
        "[ \\n\\ta:#'\"-]{0,12}",
    ]
}

const PLACES: &str = "v: {{ x }}\nl:\n- {{ x }}\n- name: {{ x }}\n  o: {{ m }}\nm: {{ m }}\nlist: {{ [m, x, [x]] }}\nf: [{{ x }}, {{ x }}]\nk:\n  {{ x }}: {{ x }}\nlone:\n  {{ x }}\nc: {{ x }} # {{ x }}\n# {{ x }}\nend: 1\n";

/// Renders a string at every place of a document and compares what is read with what was meant.
fn round_trip(text: &str) {
    let nested = context! { a => context! { text => text, list => vec![text.to_string()] } };
    let mut map = std::collections::BTreeMap::new();
    map.insert(text.to_string(), nested);
    let context = context! { x => text, m => map };
    let yaml = render("a.yaml.j2", PLACES, context.clone()).expect("a string can be written");
    let read: Yaml = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    let x = serde_json::json!(text);
    let m = serde_json::json!({ text: { "a": { "text": text, "list": [text] } } });
    let meant = serde_json::json!({
        "v": x, "l": [x, { "name": x, "o": m }], "m": m, "list": [m, x, [x]], "f": [x, x], "k": { text: x }, "lone": x,
        "c": x, "end": 1,
    });
    let read = serde_json::to_value(read).expect("keys are strings");
    assert_eq!(read, meant, "{yaml}");
    let json =
        render("a.json.j2", "{\"x\": {{ x }}, {{ x }}: {{ m }}}", context).expect("a string can be written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
    if text != "x" {
        assert_eq!(json, serde_json::json!({ "x": x, text: m }));
    }
}

#[test]
fn nasty_strings_are_read_back() {
    NASTY.iter().for_each(|text| round_trip(text));
}

#[test]
fn common_words_stay_plain() {
    let words = "orders registry.example.com/shop/orders:2.1.0 2.1.0 300ms 10Gi 250m --config=/etc/a.yaml -Xmx1g \
        http://orders:8080 /livez 127.0.0.1 10.0.0.0/8 a,b ./run.sh app.kubernetes.io/name 99.9% $HOME n/a";
    for word in words.split_whitespace().chain(["len(result) > 0 && result[0] <= 0.0144"]) {
        assert!(super::yaml::plain(word), "{word}");
    }
}

#[test]
fn words_some_reader_takes_for_something_else_are_quoted() {
    let words = "y no ON ~ 1 1.5 1_0 0x1 0b1 1e3 e10 12:30:00 8080:80 2001-12-14 .inf .5 +1 -1 = << - -- --- a: #a *a";
    for word in words.split_whitespace() {
        assert!(!super::yaml::plain(word), "{word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_back(text in text().prop_filter("keys have a limit", |text| text.len() < 900)) {
        round_trip(&text);
    }

    #[test]
    fn kdl_strings_are_read_back(text in text()) {
        let document = render("a.kdl.j2", "a {{ x }}\n", context! { x => text.clone() }).expect("a string can be written");
        let document = kdl::KdlDocument::parse_v2(&document).expect("valid KDL");
        let read = document.nodes()[0].entries()[0].value().as_string().map(str::to_string);
        prop_assert_eq!(read, Some(text));
    }

    #[test]
    fn no_template_panics(name in proptest::sample::select(NAMES), pieces in proptest::collection::vec(piece(), 0..24)) {
        render(name, &pieces.concat(), context! { x => "a b\n", m => context! { k => ["v"] }, n => 3, e => "" });
    }
}

const NAMES: &[&str] = &[
    "a.yaml.j2",
    "a.json.j2",
    "a.toml.j2",
    "a.kdl.j2",
    "a.conf.j2",
    "Jenkinsfile.j2",
    "a.tf.j2",
    "a.sh.j2",
    "a.promql.j2",
    "a.md.j2",
    "a.html.j2",
    "a.txt.j2",
    "a.env.j2",
];

const PIECES: &[&str] = &[
    "{{ x }}",
    "{{ m }}",
    "{{ n }}",
    "{{- n -}}",
    "{{ e | optional }}",
    "{{ m.k | optional }}",
    "{{ \"}}\" }}",
    "{% if n %}",
    "{%- if e -%}",
    "{% else %}",
    "{% endif %}",
    "{%- endif %}",
    "{% for a in m.k %}",
    "{{ a }}",
    "{% endfor %}",
    "{% raw %}",
    "{% endraw %}",
    "{# c #}",
    "{#- c -#}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "\n",
    "\n  ",
    "  ",
    "- ",
    "a: ",
    ":",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    "# ",
    "|\n",
    "<<E\n",
    "E\n",
    "`",
    "```",
    "/*",
    "*/",
    "//",
    "<script",
    "\\",
    "é",
    "\r\n",
    "\t",
    "{{ part(\"a.yaml.j2\", x) }}",
    "{% set b = x %}",
    "{{ x | word }}",
    "{{ ({'a': 1}) }}",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![8 => proptest::sample::select(PIECES).prop_map(str::to_string), 1 => any::<String>()]
}
