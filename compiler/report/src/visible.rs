//! Texts of the user for people: what would drive a terminal, turn a line around or hide in it is made visible.

use std::borrow::Cow;

/// The text with every sign that is not seen, or that turns others around, in a form that is. Line breaks and tabs stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// The same, for what must stay on its line.
pub fn line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        text if !text.contains(['\n', '\t']) => text,
        text => {
            Cow::Owned(text.chars().map(|c| if matches!(c, '\n' | '\t') { picture(c) } else { c }).collect())
        }
    }
}

/// `a, b and c`.
pub fn in_a_row(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// Whether a sign hides, turns others around, or means something to a terminal: control characters (but for line breaks
/// and tabs), marks of direction, signs without a width, ends of lines and paragraphs, tags, and what is no character.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' => true,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

fn shown(c: char) -> char {
    match c {
        '\0'..='\x1f' if is_hidden(c) => picture(c),
        c if is_hidden(c) => '\u{fffd}',
        c => c,
    }
}

/// The picture of a control character: `␛`.
fn picture(c: char) -> char {
    char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::{clean, line};

    #[test]
    fn nothing_hides() {
        assert_eq!(clean("a\x1b[31m\u{202e}b\u{200b}c\n\td\r"), "a␛[31m�b�c\n\td␍");
        assert_eq!(line("a\nb\tc\u{2028}\u{feff}"), "a␊b␉c��");
        assert!(matches!(clean("plain ä 日本 🦀"), std::borrow::Cow::Borrowed(_)));
    }
}
