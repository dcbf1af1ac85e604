//! Packs whose reader takes a dollar for its own.

use crate::{PackFile, Templates, TextOptions};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use minijinja::context;

#[test]
fn a_dollar_of_a_value_is_doubled_where_the_reader_would_take_it() {
    let files = [
        (
            "a.yaml.j2",
            "v: {{ x }}\nl: [{{ x }}, {{ m }}]\n{{ x }}: {{ m }}\nb: {{ t }}\nf: {{ x | filled }}\np: {{ part(\"_p.yaml.j2\", x) }}\ns: {{ part(\"_s.sh.j2\", x) }} # {{ x }}\ni: \"$${NAME}\"\n",
        ),
        ("_p.yaml.j2", "v: {{ it }}\n"),
        ("_s.sh.j2", "echo \"$@\" {{ it }}"),
    ];
    let mut sources = Sources::default();
    let add = |(name, text): &(&str, &str)| PackFile {
        name: name.to_string(),
        file: sources.add(*name, *text, Role::Pack),
    };
    let files: Vec<PackFile> = files.iter().map(add).collect();
    let mut report = Report::default();
    let options = TextOptions { doubles: true, ..TextOptions::default() };
    let templates = Templates::load(&files, &sources, &options, &mut report);
    assert!(report.findings.is_empty(), "{report:#?}");
    let context = context! { x => "$A", m => context! { k => "$B" }, t => "one $C\ntwo $\n" };
    let text = "v: $$A\nl: [$$A, {\"k\": \"$$B\"}]\n$A:\n  k: $$B\nb: |\n  one $$C\n  two $$\nf: $A\np:\n  v: $$A\ns: \"echo \\\"$$@\\\" '$$A'\" # $A\ni: \"$${NAME}\"\n";
    let out = templates.render("a.yaml.j2", context.clone(), &sources, &mut report);
    assert_eq!(out.as_deref(), Some(text), "{report:#?}");
    let traced = templates.traced("a.yaml.j2", context, &sources, &mut report).expect("fine");
    assert_eq!(traced.text, text);
}
