//! Where in the YAML of a pack a dollar of a value is written twice: at the places that the pack names.

use super::format::Format;
use super::lex::{Kind, Piece};

/// Of each interpolation whether it stands at one of the places: the keys that lead to it end as one of them does.
pub(crate) fn doubled(format: Format, source: &str, pieces: &[Piece], places: &[String]) -> Vec<bool> {
    let interpolations = pieces.iter().filter(|piece| piece.kind == Kind::Interpolation);
    if places.is_empty() || format != Format::Yaml {
        return interpolations.map(|_| false).collect();
    }
    let at = |start: usize| {
        let keys = keys(&source[..start]);
        let leads = |place: &String| {
            place.rsplit('.').enumerate().all(|(back, key)| keys.get(back).is_some_and(|own| *own == key))
        };
        places.iter().any(leads)
    };
    interpolations.map(|piece| at(piece.whole.start)).collect()
}

/// A line of a template: the column of its dash, and its key with the column of that.
struct Line<'s> {
    dash: Option<usize>,
    column: usize,
    key: Option<&'s str>,
}

impl Line<'_> {
    fn of(text: &str) -> Option<Line<'_>> {
        let rest = text.trim_start();
        if rest.is_empty() || rest.starts_with('#') || rest.starts_with("{%") || rest.starts_with("{#") {
            return None;
        }
        let (mut rest, mut column, mut dash) = (rest, text.len() - rest.len(), None);
        while let Some(inner) = rest.strip_prefix("- ") {
            dash = Some(column);
            column += rest.len() - inner.trim_start().len();
            rest = inner.trim_start();
        }
        let word = |key: &&str| {
            !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'))
        };
        Some(Line { dash, column, key: rest.split_once(':').map(|(key, _)| key).filter(word) })
    }
}

/// The keys that lead to the end of a text, the innermost first; text and interpolations of a line are one value.
fn keys(text: &str) -> Vec<&str> {
    let mut lines = text.rsplit('\n').filter_map(Line::of);
    let mut keys = vec![];
    let Some(own) = text.rsplit('\n').next().and_then(Line::of) else { return keys };
    lines.next();
    keys.extend(own.key);
    // Up to here a line is of the same node; a list may stand in the column of its key.
    let mut dash = own.dash;
    let mut column = own.column;
    for line in lines {
        if let Some(own) = dash {
            if line.dash.is_none_or(|it| it < own) && line.column <= own {
                keys.extend(line.key);
                (dash, column) = (line.dash, line.column);
            }
        } else if line.column < column {
            keys.extend(line.key);
            (dash, column) = (line.dash, line.column);
        } else if line.column == column && line.dash.is_some() {
            dash = line.dash;
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn the_keys_that_lead_to_a_place() {
        let cases = [
            ("spec:\n  containers:\n  - name: a\n{% if x %}\n    args: ", "args containers spec"),
            (
                "spec:\n  containers:\n  - name: a\n    command:\n    - sh\n    - -c\n    - ",
                "command containers spec",
            ),
            ("containers:\n  - name: a\n    env:\n    - name: b\n      value: ", "value env containers"),
            ("containers:\n  - env:\n      - value: ", "value env containers"),
            ("a_configs:\n- b_url: c\n  d_path: ", "d_path a_configs"),
            ("startupProbe:\n  exec:\n    command: ", "command exec startupProbe"),
            ("a:\n  # b:\n  c: 1\nd:\n  e: ", "e d"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(keys(text).join(" "), expected, "{text}");
        }
    }
}
