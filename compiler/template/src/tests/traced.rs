//! What is traced is what is rendered: marks and wrapped values change no letter.

use super::*;

const YAML: &str = "\
# {{ v }}
name: {{ v }}
text: {{ 'x' ~ v ~ 'y' }}
{% if v %}
some: {{ w }}
{% elif w is none %}
none: true
{% else %}
  {{ v }}
{% endif %}
list:
  {{ l }}
  - {{ w }}
maybe: {{ v | optional }}
inline: [{{ w }}, {{ v }}]
part: {{ part('_p.yaml.j2', v, w=w) }}
alone:
  {{ part('_p.yaml.j2', w, w=l) }}
foreign: {{ part('_q.promql.j2', v) }}
{% set twice = part('_p.yaml.j2', l, w=v) %}
one: {{ twice }}
two:
  - {{ twice }}
  - deep:
      {{ twice | optional }}
each:
{% for item in [v, w, l] if item != 1 %}
  - {{ loop.index }}: {{ item }}
    last: {{ loop.last }}
{% else %}
  []
{% endfor %}
length: {{ l | length }}
hash: {{ twice | sha10 }}
said: {{ twice ~ '' }}
";

const PARTS: [(&str, &str); 2] = [
    ("_p.yaml.j2", "a: {{ it }}\n{% if w %}\nb:\n  c: {{ w }}\n{% endif %}\n"),
    ("_q.promql.j2", "sum(\n  x{a={{ it }}}\n) by ({{ it | length | word }})\n"),
];

const KEYS: &str = "{{ v }}: {{ w }}\nb:\n  {{ v }}:\n    {{ l }}\n";
const PROSE: &str =
    "# {{ v }}\n\n| {{ w }} |\n\n```yaml\n{{ part('_p.yaml.j2', v, w=w) }}\n```\n\n`{{ v }}`\n";
const SHELL: &str = "#!/bin/sh\n# {{ v }}\na={{ v }}\necho {{ l }} \"{{ w | word }}\"\n";
const PLAIN: &str = "{{ v | word }} {{ part('_r.txt.j2', v) }}\n  {{ part('_r.txt.j2', w) }}\nend\n";

fn values() -> Vec<Value> {
    let texts = [
        "a",
        "b",
        "",
        " ",
        " x",
        "x ",
        "x:",
        "- a",
        "-",
        "# c",
        "a\nb",
        "a\n",
        "\n",
        "```",
        "~~~x",
        "true",
        "1",
        "k: v",
        "[x]",
        "é",
        "x #y",
        "one\n  two\nthree",
        "{{ v }}",
        "|",
        "a\tb",
        "\u{4}1\u{5}",
        "\u{1}",
        "'q\"",
        "$x",
    ];
    let mut values: Vec<Value> = texts.iter().map(|text| Value::from(*text)).collect();
    values.extend([Value::from(1), Value::from(1.0), Value::from(1.5), Value::from(true), Value::from(())]);
    values.extend([Value::from(Vec::<i32>::new()), Value::from(vec!["a"]), Value::from(vec!["a", "b: c"])]);
    values.extend([context! {}, context! { a => "b" }, context! { a => "x:", b => context! { c => 1 } }]);
    values
}

#[test]
fn a_traced_text_is_the_plain_one() {
    let templates = [
        ("a.yaml.j2", YAML),
        ("b.yaml.j2", KEYS),
        ("c.md.j2", PROSE),
        ("d.sh.j2", SHELL),
        ("e.txt.j2", PLAIN),
    ];
    let files: Vec<(&str, &str)> =
        templates.into_iter().chain(PARTS).chain([("_r.txt.j2", "{{ it | word }}")]).collect();
    let (pack, sources) = pack(&files);
    let values = values();
    let mut done = 0;
    for (name, _) in templates {
        for (at, v) in values.iter().enumerate() {
            for w in &values {
                let l = &values[(at * 7 + 3) % values.len()];
                let context = context! { v, w, l };
                let text = pack.render(name, context.clone(), &sources, &mut Report::default());
                let traced = pack.traced(name, context, &sources, &mut Report::default());
                assert_eq!(traced.map(|it| it.text), text, "{name} {v:?} {w:?} {l:?}");
                done += usize::from(text.is_some());
            }
        }
    }
    assert!(done > 2_000, "{done} texts");
}

#[test]
fn the_hash_of_a_partial_is_that_of_its_text() {
    let files =
        [("a.yaml.j2", "part: {{ part('_p.yaml.j2', v, w=w) | sha10 }}\ntext: {{ t | sha10 }}\n"), PARTS[0]];
    let text = rendered(&files, context! { v => 1, w => vec!["x"], t => "a: 1\nb:\n  c:\n  - x\n" });
    let hashes: Vec<&str> = text.lines().filter_map(|line| line.split(": ").nth(1)).collect();
    assert!(hashes.len() == 2 && hashes[0].trim_matches('"') == hashes[1].trim_matches('"'), "{text}");
}
