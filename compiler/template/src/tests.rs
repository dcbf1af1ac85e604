//! Tests of rendering over small packs.

mod dollars;
mod placed;
mod traced;

use super::*;
use bastide_report::source::Role;
use minijinja::context;
use std::collections::BTreeSet;

/// A pack of (name, text), loaded without findings.
fn pack(files: &[(&str, &str)]) -> (Templates, Sources) {
    let (templates, sources, report) = load(files);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    (templates, sources)
}

fn load(files: &[(&str, &str)]) -> (Templates, Sources, Report) {
    let mut sources = Sources::default();
    let files: Vec<PackFile> = files
        .iter()
        .map(|(name, text)| PackFile { name: name.to_string(), file: sources.add(*name, *text, Role::Pack) })
        .collect();
    let mut report = Report::default();
    let templates = Templates::load(&files, &sources, &TextOptions::default(), &mut report);
    (templates, sources, report)
}

/// Renders the first file of a pack, plain and traced, and compares the two.
fn rendered(files: &[(&str, &str)], context: Value) -> String {
    let (templates, sources) = pack(files);
    let mut report = Report::default();
    let text = templates.render(files[0].0, context.clone(), &sources, &mut report);
    let text = text.unwrap_or_else(|| panic!("{:#?}", report.findings));
    let traced =
        templates.traced(files[0].0, context, &sources, &mut report).expect("plain rendering worked");
    assert_eq!(traced.text, text);
    assert_eq!(traced.lines.len(), text.split_inclusive('\n').count());
    text
}

fn yaml(template: &str, context: Value) -> String {
    rendered(&[("a.yaml.j2", template)], context)
}

/// What the rendering of one template complains about: message and the text under the label.
fn complaint(name: &str, template: &str, context: Value) -> (String, String) {
    let (templates, sources, mut report) = load(&[(name, template)]);
    if report.findings.is_empty() {
        let text = templates.render(name, context, &sources, &mut report);
        assert!(text.is_none(), "{text:?}");
    }
    let finding = report.findings.first().expect("a finding");
    let under = sources.text(finding.labels[0].span).to_string();
    (format!("{}: {}", finding.rule, finding.message), under)
}

#[test]
fn what_could_become_syntax_is_refused() {
    let bad = [
        "{% autoescape false %}{{ x }}{% endautoescape %}",
        "{% macro m() %}{% endmacro %}",
        "{% filter upper %}a{% endfilter %}",
        "{% set a %}b{% endset %}",
        "{% set a | default(b=1) %}b{% endset %}",
        "{% include 'a' %}",
        "{% import 'a' as b %}",
        "{% from 'a' import b %}",
        "{% extends 'a' %}",
        "{% block a %}{% endblock %}",
        "{% call a() %}{% endcall %}",
        "a\u{1}b",
    ];
    for template in bad {
        let (_, _, report) = load(&[("a.yaml.j2", template)]);
        let rules: Vec<&str> = report.findings.iter().map(|finding| &*finding.rule).collect();
        assert!(
            !rules.is_empty() && rules.iter().all(|rule| *rule == "template-unsafe"),
            "{template} {rules:?}"
        );
    }
    for filter in ["safe", "e", "escape", "indent", "tojson"] {
        let (rule, under) =
            complaint("a.yaml.j2", &format!("a: {{{{ x | {filter} }}}}\n"), context! { x => 1 });
        assert!(rule.contains("template-error: unknown filter") || rule.contains(filter), "{rule}");
        assert!(under.contains(filter), "{under}");
    }
}

#[test]
fn a_missing_field_is_named_with_the_nearest() {
    let (templates, sources, _) = load(&[("a.yaml.j2", "é: 1\n# {{ x.name }}\na: {{ x.nmae }}\n")]);
    let mut report = Report::default();
    templates.render(
        "a.yaml.j2",
        context! { x => context! { name => "n", scale => 1 } },
        &sources,
        &mut report,
    );
    let finding = &report.findings[0];
    assert_eq!(finding.message, "`x.nmae` is not defined");
    assert_eq!(sources.text(finding.labels[0].span), "x.nmae");
    assert_eq!(finding.help.as_deref(), Some("did you mean `name`?"));
}

#[test]
fn runaway_templates_end_in_a_finding() {
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}";
    assert_eq!(
        complaint("a.sh.j2", endless, context! {}).0,
        "template-error: the template does not come to an end"
    );
    let (rule, _) = complaint("a.yaml.j2", "a: {{ part(\"a.yaml.j2\", 1) }}\n", context! {});
    assert_eq!(rule, "template-error: partials nest deeper than 16");
}

#[test]
fn a_text_without_an_end_is_stopped() {
    let text = "{% for at in range(9999) %}{% for more in range(9) %}{{ x }}{% endfor %}{% endfor %}";
    let (rule, _) = complaint("a.txt.j2", text, context! { x => "x".repeat(1_000) });
    assert_eq!(rule, "template-error: I/O error during rendering");
}

#[test]
fn values_in_quotes_and_comments_of_code_cannot_escape() {
    let evil = context! { x => "a\n$(rm -rf /)\"'" };
    let text = rendered(&[("a.sh.j2", "# for {{ x }}\nrun {{ x }}\n")], evil.clone());
    assert_eq!(text, "# for a $(rm -rf /)\"'\nrun 'a\n$(rm -rf /)\"'\\'''\n");
    for (name, template) in [
        ("a.sh.j2", "run \"{{ x }}\"\n"),
        ("a.sh.j2", "cat <<EOF\n{{ x }}\nEOF\n"),
        ("a.conf.j2", "set \"{{ x }}\";\n"),
        ("Jenkinsfile.j2", "echo \"${ {{ x }} }\"\n"),
        ("a.tf.j2", "a = \"{{ x }}\"\n"),
        ("a.txt.j2", "{{ x }}\n"),
    ] {
        let (rule, _) = complaint(name, template, evil.clone());
        assert!(rule.starts_with("template-error"), "{template} {rule}");
    }
    assert_eq!(
        rendered(&[("a.sh.j2", "run \"{{ x }}-{{ n }}\"\n")], context! { x => "a-b", n => 2 }),
        "run \"a-b-2\"\n"
    );
    assert_eq!(
        rendered(&[("a.conf.j2", "u http://{{ x | word }}:80;\n")], context! { x => "a-b" }),
        "u http://a-b:80;\n"
    );
}

#[test]
fn each_format_has_its_writer() {
    let cases: &[(&str, &str, Value, &str)] = &[
        ("a.json.j2", "{{ x }}", Value::from("a\"\u{7f}\n"), "\"a\\\"\\u007f\\n\""),
        (
            "a.json.j2",
            "  \"a\": {{ x }},",
            context! { k => [1, 2], e => context! {} },
            "  \"a\": {\n    \"k\": [\n      1,\n      2\n    ],\n    \"e\": {}\n  },",
        ),
        ("a.toml.j2", "a = {{ x }}", Value::from(vec!["a", "b\\"]), "a = [\"a\", \"b\\\\\"]"),
        ("a.kdl.j2", "a {{ x }}", Value::from("a\u{202e}b"), "a \"a\\u{202e}b\""),
        ("a.kdl.j2", "a {{ x }}", Value::from(true), "a #true"),
        ("a.sh.j2", "{{ x }}", Value::from(vec!["a", "it's"]), "a 'it'\\''s'"),
        ("Jenkinsfile.j2", "{{ x }}", Value::from("it's $x"), "'it\\'s $x'"),
        ("a.tf.j2", "{{ x }}", Value::from("${a} $${b}"), "\"$${a} $\\u0024{b}\""),
        ("a.conf.j2", "{{ x }}", Value::from("a \"b\""), "\"a \\\"b\\\"\""),
        ("a.promql.j2", "{{ x }}", Value::from("a\"\n"), "\"a\\\"\\n\""),
        ("a.md.j2", "{{ x }}", Value::from("a|b*c\nd_e"), "a\\|b\\*c d\\_e"),
        ("a.md.j2", "`{{ x }}`", Value::from("a_b"), "`a_b`"),
        ("a.html.j2", "<a b=\"{{ x }}\">", Value::from("<\"&"), "<a b=\"&lt;&quot;&amp;\">"),
        ("a.env.j2", "A={{ x }}", Value::from("a b$c"), "A='a b$c'"),
        ("a.txt.j2", "{{ x }}", Value::from("<a b>"), "<a b>"),
        ("a.yaml.j2", "a: {{ x }}", Value::from(1e300), "a: 1.0e+300"),
        ("a.yaml.j2", "a: {{ x }}", Value::from(0.5), "a: 0.5"),
        ("a.yaml.j2", "a: {{ x }}", Value::from(()), "a: null"),
    ];
    for (name, template, value, expected) in cases {
        assert_eq!(rendered(&[(name, template)], context! { x => value }), *expected, "{name} {template}");
    }
    for (name, value) in [
        ("a.conf.j2", Value::from("$host x")),
        ("a.yaml.j2", Value::from(f64::NAN)),
        ("a.toml.j2", Value::from(())),
        ("a.env.j2", Value::from("it's $x")),
        ("a.promql.j2", Value::from(true)),
    ] {
        complaint(name, if name == "a.toml.j2" { "a = {{ x }}" } else { "{{ x }}" }, context! { x => value });
    }
    complaint("a.yaml.j2", "{{ x }}: 1\n", context! { x => "k".repeat(1001) });
    assert!(load(&[("a.html.j2", "<script>{{ x }}</script>")]).2.denied());
}

#[test]
fn filters_do_what_their_row_says() {
    let cases = [
        ("'orders-db' | env_name", "ORDERS_DB"),
        ("800 | duration", "800ms"),
        ("2000 | duration", "2s"),
        ("90000 | duration", "1m30s"),
        ("3600000 | duration", "1h"),
        ("1500 | seconds", "1.5"),
        ("2000 | seconds", "2"),
        ("268435456 | quantity", "256Mi"),
        ("1000 | quantity", "1000"),
        ("999000 | percent", "99.9%"),
        ("1000000 | percent", "100%"),
        ("({'a': 1} | sha10) | length", "10"),
        ("('a=1 b/c=' | labels)['a']", "1"),
    ];
    for (expression, expected) in cases {
        assert_eq!(
            rendered(&[("a.txt.j2", &format!("{{{{ {expression} }}}}"))], context! {}),
            expected,
            "{expression}"
        );
    }
    let env = {
        let mut env = Environment::empty();
        filters::install(&mut env, "");
        env
    };
    let docs = include_str!("../../../docs/contributing.md")
        .split("### Filters of templates")
        .nth(1)
        .expect("a table");
    let rows = docs.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let names: BTreeSet<&str> = rows.filter(|(_, doc)| doc.len() > 2).map(|(name, _)| name).collect();
    for name in &names {
        let known = env.render_str(&format!("{{{{ 1 | {name} }}}}"), ());
        let unknown = known.is_err_and(|error| error.kind() == minijinja::ErrorKind::UnknownFilter);
        assert!(!unknown, "{name}");
    }
    assert_eq!(
        filters::FILTERS.split(' ').collect::<BTreeSet<_>>(),
        names,
        "what is there, and what the docs name"
    );
}

#[test]
fn paths_hold_safe_words_only() {
    let (templates, _) = pack(&[]);
    let context = context! { name => "orders", evil => "../x", odd => "a b" };
    let path = |template: &str| templates.path(template).and_then(|path| path.path(&context));
    assert_eq!(path("{{ name }}/deployment.yaml"), Ok("orders/deployment.yaml".into()));
    for bad in ["{{ evil }}/a", "{{ odd }}", "{{ none }}", "/{{ name }}", "{% if name %}", "a//b", ""] {
        assert!(path(bad).is_err(), "{bad}");
    }
}

#[test]
fn expressions_of_a_manifest_have_values_or_say_why_not() {
    let (templates, _) = pack(&[]);
    let context = context! { node => context! { kind => "a", list => ["a"], none => () }, on => true };
    let value = |text: &str| templates.expression(text).and_then(|it| it.value(&context));
    for holds in [
        "node.kind == 'a'",
        "not node.kind != 'a' and node.list",
        "node.none is none or node.missing",
        "on and node.list | length == 1",
        "'a' in node.list",
    ] {
        assert!(value(holds).is_ok_and(|value| value.is_true()), "{holds}");
    }
    assert!(value("node.list | reject('eq', 'a') | list").is_ok_and(|value| !value.is_true()));
    assert_eq!(value("nmae").err().as_deref(), Some("`nmae` is not defined"));
    assert_eq!(value("on and node.missing == 'a'").err().as_deref(), Some("`node.missing` is not defined"));
    assert!(value("node.kind =").is_err_and(|why| why.contains("in `node.kind =`")));
}

#[test]
fn what_a_template_asks_for_is_known() {
    let (templates, _) = pack(&[
        ("a.yaml.j2", "a: {{ files }}\n"),
        ("b.yaml.j2", "# files\n{% for files in it.files %}\nb: {{ files }}\n{% endfor %}\n"),
        ("c.yaml.j2", "{% if 'x' in files | sort %}\nc: 1\n{% endif %}\n"),
    ]);
    let asks = ["a", "b", "c"].map(|name| templates.asks(&format!("{name}.yaml.j2"), "files"));
    assert_eq!(asks, [true, false, true]);
    let expression = |text| templates.expression(text).is_ok_and(|it| it.asks("files"));
    assert!(expression("not files") && !expression("it.files"));
    assert!(templates.path("{{ files | length }}/a").is_ok_and(|path| path.asks("files")));
}

#[test]
fn tracing_names_lines_and_paths() {
    let (templates, sources) = pack(&[
        (
            "a.yaml.j2",
            "kind: X\n{% if service.scale %}\nmin: {{ service.scale.min }}\n{% endif %}\nall: {{ service.labels }}\npart: {{ part(\"_p.yaml.j2\", service) }}\n",
        ),
        ("_p.yaml.j2", "a: 1\nname: {{ it.name }}\n"),
    ]);
    let service = context! { at => "service.orders", name => "orders", scale => context! { min => 2 }, labels => context! { a => "x" } };
    let mut report = Report::default();
    let traced =
        templates.traced("a.yaml.j2", context! { service => service }, &sources, &mut report).expect("fine");
    assert_eq!(traced.text, "kind: X\nmin: 2\nall:\n  a: x\npart:\n  a: 1\n  name: orders\n");
    let lines: Vec<(String, u32, String)> =
        traced.lines.iter().map(|line| (line.template.clone(), line.line, line.reads.join(" "))).collect();
    let line = |template: &str, line: u32, reads: &str| (template.to_string(), line, reads.to_string());
    assert_eq!(
        lines,
        [
            line("a.yaml.j2", 1, ""),
            line("a.yaml.j2", 3, "service.orders.scale.min"),
            line("a.yaml.j2", 5, "service.orders.labels"),
            line("a.yaml.j2", 5, "service.orders.labels.a"),
            line("a.yaml.j2", 6, "service.orders"),
            line("_p.yaml.j2", 1, ""),
            line("_p.yaml.j2", 2, "service.orders.name"),
        ]
    );
    assert!(traced.reads.contains("service.orders.scale"));
}

#[test]
fn other_delimiters_leave_braces_alone() {
    let mut sources = Sources::default();
    let text = "run: ${{ github.ref }}\nname: [[ x ]]\n";
    let file = PackFile { name: "ci.yaml.j2".into(), file: sources.add("ci.yaml.j2", text, Role::Pack) };
    let mut report = Report::default();
    let files = [file];
    let options =
        |open: &str| TextOptions { delimiters: Some((open.into(), "]]".into())), ..TextOptions::default() };
    let templates = Templates::load(&files, &sources, &options("[["), &mut report);
    let out = templates.render("ci.yaml.j2", context! { x => "on" }, &sources, &mut report);
    assert_eq!(out.as_deref(), Some("run: ${{ github.ref }}\nname: \"on\"\n"), "{report:#?}");
    Templates::load(&files, &sources, &options(""), &mut report);
    assert!(report.denied());
}

#[test]
fn a_fault_in_a_partial_is_labelled_there() {
    let (templates, sources) = pack(&[
        ("a.yaml.j2", "a: {{ part(\"_p.yaml.j2\", x) }}\nb: {{ part(\"_q.yaml.j2\", x) }}\n"),
        ("_p.yaml.j2", "# é {{ it }}\nb: {{ it ~ nothing }}\n"),
    ]);
    let mut report = Report::default();
    assert!(templates.traced("a.yaml.j2", context! { x => "v" }, &sources, &mut report).is_none());
    let span = report.findings[0].labels[0].span;
    assert_eq!((sources.place(span).file.as_str(), sources.text(span)), ("_p.yaml.j2", "it ~ nothing"));
}
