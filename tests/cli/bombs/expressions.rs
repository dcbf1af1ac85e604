//! Templates, expressions of manifests and policies: what grows, what is long, what is deep.

use super::{Bomb, defused};

const SPEC: &str = "app \"shop\" version=\"1.0.0\" { images \"registry.example.com/shop\" }\nenvironment \"prod\" platform=\"kubernetes\" { target \"plain\" }\nservice \"a\" { image \"registry.example.com/a:1\" }\n";

fn again(times: usize, text: &str) -> String {
    text.repeat(times)
}

/// Forty lines, each made from the number of the line before and its own.
fn steps(first: &str, line: &str) -> String {
    let step = |at: usize| line.replace("NEW", &format!("v{at}")).replace("OLD", &format!("v{}", at - 1));
    format!("{{% set v0 = {first} %}}{}", (1..=40).map(step).collect::<String>())
}

/// Templates, and a word of the finding that must end them; none where they may end well.
fn templates() -> Vec<(&'static str, String, &'static str)> {
    let doubled = |first: &str, expression: &str| steps(first, &format!("{{% set NEW = {expression} %}}"));
    let looped = |body: &str| {
        format!("{{% for a in range(9999) %}}{{% for b in range(9999) %}}{body}{{% endfor %}}{{% endfor %}}")
    };
    let long = "\"0123456789abcdef\"";
    vec![
        ("texts joined", doubled(long, "OLD ~ OLD"), "64 MiB"),
        ("texts added", doubled(long, "OLD + OLD"), "64 MiB"),
        ("texts replaced", doubled(long, "OLD | replace(\"0\", OLD)"), "64 MiB"),
        ("texts replaced at nothing", doubled(long, "OLD | replace(\"\", OLD)"), "64 MiB"),
        ("items joined by a text", doubled(long, "[OLD, OLD] | join(OLD)"), "64 MiB"),
        ("letters joined", doubled(long, "OLD | list | join(OLD)"), "64 MiB"),
        ("a text times a number", "{{ \"x\" * 100000000 }}".into(), "only numbers"),
        ("a number times a text", "{{ 100000000 * \"x\" }}".into(), "only numbers"),
        (
            "a list times a number",
            "{% set v = [1] * 100000000 %}{{ v | list | length }}".into(),
            "only numbers",
        ),
        ("a number to a power", "{{ 2 ** 2 ** 2 ** 2 ** 2 ** 2 }}".into(), ""),
        ("lists in lists", doubled("[1]", "[OLD, OLD]") + "{{ v40 | sha10 }}", "64 MiB"),
        ("maps in maps", doubled("{\"a\": 1}", "{\"a\": OLD, \"b\": OLD}") + "{{ v40 }}", "64 MiB"),
        ("lists added", doubled("[1]", "(OLD + OLD) | list"), "64 MiB"),
        ("lists compared", doubled("[1]", "[OLD, OLD]") + "{{ v40 == v40 }}", "64 MiB"),
        ("lists of a filter", looped("{% set v = range(9999) | list %}"), "items"),
        ("texts of a loop", looped("{% set v = a ~ \"-\" ~ b %}"), "64 MiB"),
        ("a long range", "{{ range(100000) | length }}".into(), "a range may have"),
        ("texts in upper case", doubled(long, "(OLD ~ OLD) | upper"), "64 MiB"),
        ("texts searched", looped("{% if a in range(9999) %}{% endif %}"), "come to an end"),
        ("a deep list", again(2_000, "{% set v = [v | default(1)] %}"), ""),
        ("20,000 elif", format!("{{% if a %}}{}{{% endif %}}", again(20_000, "{% elif a %}x")), "elif"),
        ("60,000 or", format!("{{{{ 1{} }}}}", again(60_000, " or 1")), "words and signs"),
        ("60,000 not", format!("{{{{ {}1 }}}}", again(60_000, "not ")), "words and signs"),
        ("60,000 signs", format!("{{{{ {}1 }}}}", again(60_000, "- ")), "words and signs"),
        ("60,000 filters", format!("{{{{ \"a\"{} }}}}", again(60_000, "|upper")), "words and signs"),
        ("60,000 attributes", format!("{{{{ app{} }}}}", again(60_000, ".a")), "words and signs"),
        ("60,000 calls", format!("{{{{ range{} }}}}", again(60_000, "(1)")), "words and signs"),
        (
            "60,000 parentheses",
            format!("{{{{ {}1{} }}}}", again(60_000, "("), again(60_000, ")")),
            "words and signs",
        ),
        ("300 parentheses", format!("{{{{ {}1{} }}}}", again(300, "("), again(300, ")")), "nest"),
        ("60,000 else", format!("{{{{ 1{} }}}}", again(60_000, " if a else 1")), "words and signs"),
        ("60,000 tags", again(60_000, "{% if app %}"), "nest"),
        ("60,000 loops", again(60_000, "{% for a in [1] %}"), "nest"),
        ("60,000 sums", format!("{{% set v = 1{} %}}", again(60_000, " + 1")), "words and signs"),
        ("the longest that may be", format!("{{% set v = 1{} %}}", again(390, " ~ 1")), ""),
        ("a partial of itself", "{{ part(\"_it.txt.j2\", 1) }}".into(), "nest deeper"),
    ]
}

#[test]
fn templates_end() {
    let pack = "target \"plain\" {\n    about \"Plain.\"\n    emit \"it.txt.j2\" for=\"environment\"\n}\n";
    let all = templates();
    for (name, text, finding) in &all {
        let files = [
            ("bastide.kdl", SPEC.into()),
            ("bastide/targets/plain/target.kdl", pack.into()),
            ("bastide/targets/plain/it.txt.j2", text.clone()),
            (
                "bastide/targets/plain/_it.txt.j2",
                "{{ part(\"_it.txt.j2\", 1) }}{{ part(\"_it.txt.j2\", 2) }}".into(),
            ),
        ];
        let files = files.map(|(path, text)| (path.to_string(), text));
        let said = defused(&Bomb::new(name, files.into(), &["build"]));
        assert!(said.contains(finding), "{name}: no `{finding}` in\n{}", &said[..said.len().min(2_000)]);
    }
    println!("{} templates", all.len());
}

/// Expressions of policies and of manifests.
fn expressions() -> Vec<(&'static str, String, &'static str)> {
    let long = "service.image ~ service.image";
    let wide = again(7, "(XX ~ XX) ~ ").replace("XX", &format!("({long} ~ {long})"));
    vec![
        ("texts joined", format!("{wide}\"\" == 1"), ""),
        ("a text times a number", "(\"x\" * 90000000) ~ (\"x\" * 90000000) == 1".into(), "only numbers"),
        ("a number times a text", "90000000 * \"x\" == 1".into(), "only numbers"),
        ("a list times a number", "1 in [1] * 90000000".into(), "only numbers"),
        ("60,000 or", format!("false{}", again(60_000, " or false")), "words and signs"),
        ("60,000 not", format!("{}false", again(60_000, "not ")), "words and signs"),
        (
            "60,000 parentheses",
            format!("{}false{}", again(60_000, "("), again(60_000, ")")),
            "words and signs",
        ),
        ("60,000 attributes", format!("service{}", again(60_000, ".name")), "words and signs"),
        ("60,000 filters", format!("service.name{}", again(60_000, "|lower")), "words and signs"),
        ("60,000 tests", format!("service.name{}", again(60_000, " is none")), "words and signs"),
        ("60,000 items", format!("1 in [{}1]", again(60_000, "1, ")), "words and signs"),
        ("300 lists", format!("{}1{} == 1", again(300, "["), again(300, "]")), "nest"),
    ]
}

#[test]
fn expressions_end() {
    let all = expressions();
    for (name, text, finding) in &all {
        let quoted = format!("{text:?}");
        let policy = format!("{SPEC}policy \"p\" over=\"service\" {{ deny {quoted} }}\n")
            .replace("target \"plain\"", "");
        let said =
            defused(&Bomb::new(&format!("policy: {name}"), vec![("bastide.kdl".into(), policy)], &["check"]));
        assert!(said.contains(finding), "{name}: no `{finding}` in\n{}", &said[..said.len().min(2_000)]);
        let pack = format!(
            "target \"plain\" {{\n    about \"Plain.\"\n    emit \"it.txt.j2\" for=\"service\" to=\"{{{{ service.name }}}}\" when={quoted}\n}}\n"
        );
        let files = [
            ("bastide.kdl", SPEC.into()),
            ("bastide/targets/plain/target.kdl", pack),
            ("bastide/targets/plain/it.txt.j2", "x".into()),
        ];
        let files = files.map(|(path, text): (&str, String)| (path.to_string(), text));
        let said = defused(&Bomb::new(&format!("manifest: {name}"), files.into(), &["build"]));
        assert!(said.contains(finding), "{name}: no `{finding}` in\n{}", &said[..said.len().min(2_000)]);
    }
    println!("{} expressions", 2 * all.len());
}
