//! What is rendered by what is known of a template is what the template makes.

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

/// Every template, for all pairs of values, several times: known, as it is, and by minijinja.
#[test]
fn what_is_known_of_a_template_makes_its_text() {
    let templates = [
        ("a.yaml.j2", YAML),
        ("b.yaml.j2", KEYS),
        ("c.md.j2", PROSE),
        ("d.sh.j2", SHELL),
        ("e.txt.j2", PLAIN),
    ];
    let files: Vec<(&str, &str)> =
        templates.into_iter().chain(PARTS).chain([("_r.txt.j2", "{{ it | word }}")]).collect();
    let values = values();
    let (mut done, mut known) = (0, 0);
    for (name, _) in templates {
        for (at, v) in values.iter().enumerate() {
            // A pack of its own: no more is learnt than a template may keep.
            let (templates, sources) = pack(&files);
            for w in &values {
                let l = &values[(at * 7 + 3) % values.len()];
                let context = context! { v, w, l };
                let expected = run(&templates.env, name, context.clone()).ok();
                let text = templates.render(name, context, &sources, &mut Report::default());
                assert_eq!(text, expected, "{name} {v:?} {w:?} {l:?}");
                done += usize::from(text.is_some());
            }
            known += templates.programs.replays();
        }
    }
    assert!(done > 2_000 && known > done / 2, "{done} texts, {known} of them known");
}

/// The hash of a partial is that of its text, also while it is learnt, when marks and columns stand in it.
#[test]
fn the_hash_of_a_partial_is_learnt() {
    let (templates, sources) =
        pack(&[("a.yaml.j2", "a: {{ part('_p.yaml.j2', v, w=w) | sha10 }}\n"), PARTS[0]]);
    let mut texts = vec![];
    for at in 0..9 {
        let context = context! { v => at, w => vec!["x", "y"] };
        texts.extend(templates.render("a.yaml.j2", context, &sources, &mut Report::default()));
    }
    texts.dedup();
    assert!(
        texts.len() == 9 && templates.programs.replays() > 5,
        "{texts:?}, {}",
        templates.programs.replays()
    );
}

/// A partial of a text that is too long to be learnt is learnt alone; what it is given may be a partial.
#[test]
fn a_partial_that_is_handed_over_is_not_learnt_as_it_was() {
    let files = [
        (
            "a.yaml.j2",
            "{% for at in range(2000) %}\n- {{ part('_w.yaml.j2', part('_p.yaml.j2', at, w=at % 3)) }}\n{% endfor %}\n",
        ),
        ("_w.yaml.j2", "in:\n  {{ it }}\nagain: {{ it | optional }}\n"),
        PARTS[0],
    ];
    let (templates, sources) = pack(&files);
    for _ in 0..2 {
        let expected = run(&templates.env, "a.yaml.j2", context! {}).ok();
        let text = templates.render("a.yaml.j2", context! {}, &sources, &mut Report::default());
        assert!(text.is_some() && text == expected);
    }
    assert!(templates.programs.replays() > 1_000);
}
