//! Where values and partials stand in a text, and what is glued to them.

use super::{load, rendered, yaml};
use minijinja::context;

#[test]
fn blocks_stand_at_their_column() {
    let value = context! {
        labels => context! { app => "shop", tier => "web", on => "no" },
        args => ["--port=80", "a b", "yes"],
        deep => context! { list => [context! { a => 1, b => [1, 2] }, context! { c => () }], text => "x\ny\n" },
        empty => Vec::<i32>::new(),
    };
    let text = yaml(
        "meta:\n  labels: {{ labels }}\n  args: {{ args }}\n  empty: {{ empty }}\nlist:\n- {{ labels }}\n- name: {{ deep }}\nlone:\n  {{ labels }}\nflow: [{{ args }}, {{ labels }}]\n",
        value,
    );
    let expected = "meta:\n  labels:\n    app: shop\n    tier: web\n    \"on\": \"no\"\n  args:\n  - --port=80\n  - a b\n  - \"yes\"\n  empty: []\nlist:\n- app: shop\n  tier: web\n  \"on\": \"no\"\n- name:\n    list:\n    - a: 1\n      b:\n      - 1\n      - 2\n    - c: null\n    text: |\n      x\n      y\nlone:\n  app: shop\n  tier: web\n  \"on\": \"no\"\nflow: [[\"--port=80\", \"a b\", \"yes\"], {\"app\": \"shop\", \"tier\": \"web\", \"on\": \"no\"}]\n";
    assert_eq!(text, expected);
}

#[test]
fn texts_of_several_lines_become_literal_blocks() {
    let text = yaml(
        "a: {{ x }}\nb:\n- {{ x }}\n- c: {{ y }}\nd: {{ x }} # why\ne: {{ z }}\n",
        context! { x => "one\n\n  two", y => " lead\n", z => "\ttab\nb" },
    );
    let expected = "a: |-\n  one\n\n    two\nb:\n- |-\n  one\n\n    two\n- c: |2\n     lead\nd: \"one\\n\\n  two\" # why\ne: \"\\ttab\\nb\"\n";
    assert_eq!(text, expected);
}

#[test]
fn optional_removes_the_line() {
    let text = yaml(
        "a: {{ x | optional }}\nb: {{ y | optional }}\nc: {{ it.nothing | optional }}\nd: {{ m | optional }}\n",
        context! { x => "", y => 1, it => context! {}, m => context! {} },
    );
    assert_eq!(text, "b: 1\n");
}

#[test]
fn partials_stand_at_their_column() {
    let files = [
        (
            "a.yaml.j2",
            "spec:\n  probes: {{ part(\"_p.yaml.j2\", service, path=\"/ready\") }}\n  items:\n  - {{ part(\"_p.yaml.j2\", service, path=\"/x\") }}\n  {{ part(\"_l.yaml.j2\", service) }}\n  conf: {{ part(\"_c.conf.j2\", service) }}\n  list: {{ part(\"_l2.yaml.j2\", service) }}\n",
        ),
        ("_p.yaml.j2", "# probe\nname: {{ it.name }}\nhttp:\n  path: {{ path }}\n"),
        ("_l.yaml.j2", "{% for n in [1, 2] %}\nn{% if false %}{% endif %}x: {{ app.name }}\n{% endfor %}\n"),
        ("_c.conf.j2", "port {{ it.port }};\nname {{ it.name }};\n"),
        ("_l2.yaml.j2", "{% for n in [1, 2] %}\n- {{ n }}\n{% endfor %}\n"),
    ];
    let text = rendered(
        &files,
        context! { service => context! { name => "or\"ders", port => 80 }, app => context! { name => "shop" } },
    );
    let expected = "spec:\n  probes:\n    # probe\n    name: or\"ders\n    http:\n      path: /ready\n  items:\n  - # probe\n    name: or\"ders\n    http:\n      path: /x\n  nx: shop\n  nx: shop\n  conf: |\n    port 80;\n    name \"or\\\"ders\";\n  list:\n  - 1\n  - 2\n";
    assert_eq!(text, expected);
}

#[test]
fn glue_is_found_at_load() {
    let bad = [
        "name: svc-{{ x }}\n",
        "name: {{ x }}-svc\n",
        "name: \"{{ x }}\"\n",
        "name: 'a {{ x }}'\n",
        "name: {{ x }}{{ x }}\n",
        "name: {{ x }} {{ x }}\n",
        "text: |\n  a\n  {{ x }}\n",
        "- run: |-\n    echo {{ x }}\n",
        "{{ x }}-a: 1\n",
        "a:{{ x }}\n",
        "-{{ x }}\n",
        "a: [b{{ x }}]\n",
        "a: {{ x }}{% if x %}-b{% endif %}\n",
        "a: {% for n in x %}{{ n }}{% endfor %}\n",
    ];
    for template in bad {
        let (_, _, report) = load(&[("a.yaml.j2", template)]);
        assert!(!report.findings.is_empty(), "{template}");
        assert!(
            report.findings.iter().all(|finding| finding.rule == "template-glue"),
            "{template} {report:#?}"
        );
    }
    let help = load(&[("a.yaml.j2", bad[0])]).2.findings[0].help.clone();
    assert_eq!(help.as_deref(), Some("write the whole value as one interpolation: `{{ \"svc-\" ~ x }}`"));
}

#[test]
fn whole_scalars_are_not_glue() {
    let good = [
        "name: {{ x }}\n# a comment {{ x }} it's\nb: 'it''s' # {{ x }}\n",
        "{{ x }}: {{ x }}\n- {{ x }}\n- {{ x }}: 1\n- - {{ x }}\n",
        "a: [{{ x }}, {{ x }}]\nb: {c: {{ x }}, {{ x }}: d}\n",
        "a: !Ref {{ x }}\nb: &anchor {{ x }}\n",
        "a: {% if x %}{{ x }}{% else %}null{% endif %}\n",
        "text: |\n  it's \"a\n\n  b: {\nname: {{ x }}\n",
        "- run: |\n    a\n  name: {{ x }}\n- {{ x }}\n",
        "a: {{ x }} # why\n---\nb: {{ x }}\n",
        "{% if x %}\na: {{ x }}\n{% endif %}\n{% for n in [1] %}\n- {{ n }}\n{% endfor %}\n",
        "a: \"b\"\n{{ x }}:\n  c: {{ x }}\r\nd: {{ x }}",
        "labels:\n  {{ x }}\nurl: http://a:80/#x\nb: {{ x }}\n",
        "key: it's fine\nb: {{ x }}\n",
    ];
    for template in good {
        let (_, _, report) = load(&[("a.yaml.j2", template)]);
        assert!(report.findings.is_empty(), "{template} {report:#?}");
    }
}
