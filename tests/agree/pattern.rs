//! Regular expressions of both engines: both match all of a text.

use regex_automata::meta::Regex;
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    static KNOWN: RefCell<HashMap<String, Regex>> = RefCell::default();
}

fn with<T>(pattern: &str, ask: impl FnOnce(&Regex) -> T) -> T {
    KNOWN.with_borrow_mut(|known| {
        let made = || Regex::new(pattern).unwrap_or_else(|error| panic!("`{pattern}`: {error}"));
        ask(known.entry(pattern.into()).or_insert_with(made))
    })
}

/// Whether a pattern matches all of a text.
pub fn matches(pattern: &str, text: &str) -> bool {
    with(&format!("^(?:{pattern})$"), |it| it.is_match(text))
}

/// A text with each match replaced.
pub fn replaced(pattern: &str, text: &str, by: &str) -> String {
    with(pattern, |it| {
        let (mut out, mut last) = (String::new(), 0);
        for found in it.find_iter(text) {
            out += &text[last..found.start()];
            out += by;
            last = found.end();
        }
        out + &text[last..]
    })
}
