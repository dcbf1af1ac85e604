//! What strings and block strings say (GraphQL September 2025, section 2.9.4).

use std::borrow::Cow;

/// The text of `"…"`, its quotes included.
pub(super) fn quoted(token: &str) -> Cow<'_, str> {
    let inside = &token[1..token.len() - 1];
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    let mut said = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        said.push_str(&rest[..at]);
        rest = escape(&rest[at + 1..], &mut said);
    }
    said.push_str(rest);
    Cow::Owned(said)
}

/// One escape, and what follows it. Unknown ones stand for themselves.
fn escape<'t>(rest: &'t str, said: &mut String) -> &'t str {
    let mut letters = rest.chars();
    match letters.next() {
        Some('n') => said.push('\n'),
        Some('t') => said.push('\t'),
        Some('r') => said.push('\r'),
        Some('b') => said.push('\u{8}'),
        Some('f') => said.push('\u{c}'),
        Some('u') => return unicode(letters.as_str(), said),
        Some(letter) => said.push(letter),
        None => {}
    }
    letters.as_str()
}

fn unicode<'t>(rest: &'t str, said: &mut String) -> &'t str {
    if let Some((code, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        said.push(letter(u32::from_str_radix(code, 16).ok()));
        return after;
    }
    let Some((first, after)) = four(rest) else {
        said.push(char::REPLACEMENT_CHARACTER);
        return rest;
    };
    let low = after.strip_prefix("\\u").and_then(four).filter(|(low, _)| (0xdc00..0xe000).contains(low));
    match low.filter(|_| (0xd800..0xdc00).contains(&first)) {
        Some((low, after)) => {
            said.push(letter(Some(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00))));
            after
        }
        None => {
            said.push(letter(Some(first)));
            after
        }
    }
}

fn four(rest: &str) -> Option<(u32, &str)> {
    let digits = rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some((u32::from_str_radix(digits, 16).ok()?, &rest[4..]))
}

fn letter(code: Option<u32>) -> char {
    code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The text of `"""…"""`, its quotes included: common indentation and blank lines at both ends are not part of it.
pub(super) fn block(token: &str) -> Cow<'_, str> {
    let inside = &token[3..token.len() - 3];
    if !inside.contains(['\n', '\r', '\\']) && !inside.starts_with([' ', '\t']) {
        return Cow::Borrowed(inside);
    }
    let raw = inside.replace("\\\"\"\"", "\"\"\"").replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = raw.split('\n').collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let blank = |line: &&&str| line.trim_matches([' ', '\t']).is_empty();
    let common = lines.iter().skip(1).filter(|line| !blank(line)).map(indent).min().unwrap_or(0);
    let first = lines.iter().position(|line| !blank(&line));
    let last = lines.iter().rposition(|line| !blank(&line));
    let (Some(first), Some(last)) = (first, last) else { return Cow::Borrowed("") };
    let kept =
        (first..=last).map(|at| if at == 0 { lines[0] } else { lines[at].get(common..).unwrap_or("") });
    Cow::Owned(kept.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{block, quoted};

    #[test]
    fn escapes_are_undone() {
        assert_eq!(quoted(r#""a\n\"b\u0041\u{1F600}\uD83D\uDE00\q""#), "a\n\"bA😀😀q");
        assert_eq!(quoted(r#""\u12""#), "\u{fffd}12");
    }

    #[test]
    fn blocks_lose_what_is_only_layout() {
        assert_eq!(block("\"\"\"\n    Orders\n      of a shop\n\n    \"\"\""), "Orders\n  of a shop");
        assert_eq!(block("\"\"\"one\"\"\""), "one");
        assert_eq!(block("\"\"\"a \\\"\"\" b\"\"\""), "a \"\"\" b");
        assert_eq!(block("\"\"\"\n\"\"\""), "");
    }
}
