//! Long texts, handed on in parts.

use super::*;

const LONG: &str = "\
items:
{% for at in range(9000) %}
  - name: {{ 'item-' ~ at }}
    empty: {{ at % 3 == 0 | optional }}
    list:
      {{ range(at % 4) | list }}
    part: {{ part('_part.yaml.j2', at, number=at) }}

{% endfor %}
end: true
";

#[test]
fn the_parts_of_a_text_are_the_text() {
    let part = "a: {{ number }}\nb:\n  - {{ [number, 'x'] }}\n";
    let (templates, sources) = pack(&[("a.yaml.j2", LONG), ("_part.yaml.j2", part)]);
    let mut report = Report::default();
    let whole = templates.render("a.yaml.j2", context! {}, &sources, &mut report);
    let whole = whole.unwrap_or_else(|| panic!("{:#?}", report.findings));
    let (mut parts, mut largest) = (String::new(), 0);
    let take = &mut |text: &str| {
        largest = largest.max(text.len());
        parts.push_str(text);
    };
    let last = templates.render_in_parts("a.yaml.j2", context! {}, &sources, &mut report, take);
    let last = last.expect("renders");
    assert!(largest > 0 && largest.max(last.len()) < whole.len() / 2, "{largest} {}", whole.len());
    assert!(parts + &last == whole, "the parts are not the whole");
}

#[test]
fn a_short_text_has_no_parts() {
    let (templates, sources) = pack(&[("a.yaml.j2", "a: {{ 1 }}\n")]);
    let none = &mut |text: &str| panic!("{text}");
    let text = templates.render_in_parts("a.yaml.j2", context! {}, &sources, &mut Report::default(), none);
    assert_eq!(text.as_deref(), Some("a: 1\n"));
}
