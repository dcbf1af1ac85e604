//! Regular expressions as schemas use them (ECMA 262): whether one matches a text, and whether all texts one matches are
//! matched by another. What cannot be told (look-around, references back, classes by name) is `None`.

mod automaton;
mod example;
mod syntax;

use automaton::Automaton;
pub use example::example;

/// Whether a pattern matches somewhere in a text.
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    Some(Automaton::of(pattern)?.matches(text))
}

/// Whether all texts the first pattern matches are matched by the second.
pub fn within(inner: &str, outer: &str) -> Option<bool> {
    if inner == outer {
        return Some(true);
    }
    automaton::within(&Automaton::of(inner)?, &Automaton::of(outer)?)
}

/// Whether no text is matched by both patterns.
pub fn apart(one: &str, other: &str) -> Option<bool> {
    automaton::apart(&Automaton::of(one)?, &Automaton::of(other)?)
}

/// Whether a text that it matches may have anything after it: nothing in the pattern looks at what follows.
pub fn grows(pattern: &str) -> bool {
    !pattern.contains(['$', '?']) && !pattern.contains("\\b") && !pattern.contains("\\B")
}

/// Whether it matches every text.
pub fn trivial(pattern: &str) -> bool {
    matches!(pattern, "" | ".*" | "^" | "$" | "^.*" | ".*$" | "^.*$" | "^[\\s\\S]*$")
}

#[cfg(test)]
mod tests {
    use super::{apart, example, grows, matches, within};

    #[test]
    fn a_text_for_a_pattern() {
        let made = [("^sku-[0-9]+$", "sku-0"), ("^[A-Z]{2}\\d{3}$", "AA000"), ("^(x|y)?z$", "z"), ("b", "b")];
        assert!(made.iter().all(|(pattern, text)| example(pattern).as_deref() == Some(*text)));
        assert_eq!((example("(?=a)b"), example("(")), (None, None));
        assert_eq!((example("(((a{1000}){1000}){1000}){1000}"), example("((){1000}){1000}")), (None, None));
    }

    #[test]
    fn texts() {
        let yes =
            [("^[a-z]+$", "abc"), ("b", "abc"), ("^a{2,3}$", "aa"), ("^(x|y)-\\d{2}$", "y-07"), ("^$", "")];
        let no = [
            ("^[a-z]+$", "aBc"),
            ("^b", "abc"),
            ("^a{2,3}$", "aaaa"),
            ("^(x|y)-\\d{2}$", "z-07"),
            ("[^a]", "aa"),
        ];
        assert!(yes.iter().all(|(pattern, text)| matches(pattern, text) == Some(true)));
        assert!(no.iter().all(|(pattern, text)| matches(pattern, text) == Some(false)));
        assert_eq!(matches("(?=a)b", "b"), None);
        assert_eq!(matches("(", "b"), None);
        assert_eq!(matches(&"(a{50}){50}".repeat(50), "b"), None);
    }

    #[test]
    fn one_in_the_other() {
        assert_eq!(within("^[a-f]+$", "^[a-z]+$"), Some(true));
        assert_eq!(within("^[a-z]+$", "^[a-f]+$"), Some(false));
        assert_eq!(within("^a{2}$", "a"), Some(true));
        assert_eq!(within("^(cat|dog)$", "^[a-z]{3}$"), Some(true));
        assert_eq!(within("^\\d+$", "^[0-9]+$"), Some(true));
        assert_eq!(within("^[a-z]{1,10}$", "^[a-z]{1,20}$"), Some(true));
    }

    #[test]
    fn nothing_in_both() {
        assert_eq!(apart("^[0-9]+$", "^[a-f]+$"), Some(true));
        assert_eq!(apart("^-?[0-9]+$", "^[0-9a-f]+$"), Some(false));
        assert_eq!(apart("^[0-9]*$", "^[a-f]*$"), Some(false));
        assert_eq!(apart("a", "b"), Some(false));
        assert!(grows("^a") && !grows("^a$") && !grows("a(?!b)"));
    }
}
