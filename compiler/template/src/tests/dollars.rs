//! Packs whose reader takes a dollar for its own.

use crate::{PackFile, Sign, Templates, TextOptions};
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
    let options = TextOptions { doubles: Some(Sign::Dollar), ..TextOptions::default() };
    let templates = Templates::load(&files, &sources, &options, &mut report);
    assert!(report.findings.is_empty(), "{report:#?}");
    let context = context! { x => "$A", m => context! { k => "$B" }, t => "one $C\ntwo $\n" };
    let text = "v: $$A\nl: [$$A, {\"k\": \"$$B\"}]\n$A:\n  k: $$B\nb: |\n  one $$C\n  two $$\nf: $A\np:\n  v: $$A\ns: \"echo \\\"$$@\\\" '$$A'\" # $A\ni: \"$${NAME}\"\n";
    let out = templates.render("a.yaml.j2", context.clone(), &sources, &mut report);
    assert_eq!(out.as_deref(), Some(text), "{report:#?}");
    let traced = templates.traced("a.yaml.j2", context, &sources, &mut report).expect("fine");
    assert_eq!(traced.text, text);
}

#[test]
fn an_expression_of_a_value_is_a_text_where_the_reader_would_evaluate_it() {
    let text = "v: {{ x }}\nl: [{{ x }}, {{ m }}]\n{{ x }}: {{ m }}\nb: {{ t }}\nf: {{ x | filled }}\ns: {{ part(\"_s.sh.j2\", x) }} # {{ x }}\n";
    let mut sources = Sources::default();
    let add = |(name, text): &(&str, &str)| PackFile {
        name: name.to_string(),
        file: sources.add(*name, *text, Role::Pack),
    };
    let files: Vec<PackFile> = [("a.yaml.j2", text), ("_s.sh.j2", "echo {{ it }}")].iter().map(add).collect();
    let mut report = Report::default();
    let options = TextOptions { doubles: Some(Sign::Expression), ..TextOptions::default() };
    let templates = Templates::load(&files, &sources, &options, &mut report);
    let context =
        context! { x => "${{ a }}", m => context! { k => "${{ b }}" }, t => "${{ c }}\n$x $${y}\n" };
    let out = templates.render("a.yaml.j2", context, &sources, &mut report).expect("it renders");
    let read: serde_yaml::Value = serde_yaml::from_str(&out).expect("YAML");
    let said = |a: &str| format!("${{{{ '${{{{' }}}} {a} }}}}");
    assert_eq!(read["v"], said("a"), "{out}");
    assert_eq!(read["l"][1]["k"], said("b"), "{out}");
    assert_eq!(read[said("a").as_str()]["k"], said("b"), "{out}");
    assert_eq!(read["b"], format!("{}\n$x $${{y}}\n", said("c")), "{out}");
    assert_eq!(
        (&read["f"], &read["s"]),
        (&"${{ a }}".into(), &format!("echo '{}'", said("a")).into()),
        "{out}"
    );
}
