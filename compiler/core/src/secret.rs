//! Secrets in texts: one function finds them, by formats of well-known systems and by names; what it finds is refused in a
//! spec and shown nowhere.

mod check;
pub mod formats;
mod known;
pub mod literal;
mod name;

#[cfg(test)]
mod tests;

use aho_corasick::{AhoCorasick, MatchKind};
use formats::FORMATS;
pub use known::Known;
use regex_automata::meta::Regex;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is.
    pub what: &'static str,
}

/// Every secret in a text that bears a name (empty if it has none): of the known formats, and all of it if the name is
/// that of a secret. What `${…}` covers comes from elsewhere, and is none. In their order; no two overlap.
pub fn find(name: &str, text: &str) -> Vec<Spot> {
    if text.len() < 3 {
        return vec![];
    }
    let mut spots = of_formats(text);
    if name::is_secret(name) {
        let pieces = pieces(text);
        let whole = pieces.len() == 1 && pieces[0] == (0..text.len());
        let told = |at: &Range<usize>| match whole {
            true => name::is_value(text),
            // Beside a reference stands what surrounds it more often than a secret.
            false => check::random(text[at.clone()].trim()),
        };
        let own = pieces.into_iter().filter(told).map(|at| Spot { at, what: "a secret by its name" });
        spots.extend(own);
    }
    apart(spots)
}

/// The text with its secrets of known formats masked.
pub fn mask(text: &str) -> Cow<'_, str> {
    masked(text, &of_formats(text))
}

/// The text with these spots masked.
pub fn masked<'t>(text: &'t str, spots: &[Spot]) -> Cow<'t, str> {
    if spots.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for spot in spots.iter().filter(|spot| spot.at.start < spot.at.end) {
        out.push_str(&text[from..spot.at.start.max(from)]);
        out.push_str(MASK);
        from = spot.at.end.max(from);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// What of a text no `${…}` covers.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let (mut pieces, mut from) = (vec![], 0);
    while let Some(at) = text[from..].find("${").map(|at| from + at) {
        let Some(end) = text[at..].find('}').map(|end| at + end + 1) else { break };
        pieces.push(from..at);
        from = end;
    }
    pieces.push(from..text.len());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Spots of the known formats, none within another.
fn of_formats(text: &str) -> Vec<Spot> {
    let mut asked = [false; 128];
    for hit in keys().find_overlapping_iter(text) {
        asked[usize::from(OWNERS.get().expect("made with the keys")[hit.pattern().as_usize()])] = true;
    }
    let mut spots = vec![];
    for (format, at) in FORMATS.iter().zip(0..).filter(|(_, at)| asked[*at]) {
        let regex = regex(at, format.pattern);
        let mut slots = regex.create_captures();
        let mut from = 0;
        while from <= text.len() {
            regex.captures(regex_automata::Input::new(text).range(from..), &mut slots);
            let Some(whole) = slots.get_match() else { break };
            let part = slots.get_group(1).map_or(whole.range(), |group| group.range());
            from = whole.end().max(from + 1);
            while !text.is_char_boundary(from) {
                from += 1;
            }
            let uncovered = pieces(&text[part.clone()]);
            for piece in uncovered.into_iter().map(|it| it.start + part.start..it.end + part.start) {
                if (format.check)(&text[piece.clone()]) {
                    spots.push(Spot { at: piece, what: format.name });
                }
            }
        }
    }
    apart(spots)
}

/// In order, and what overlaps as one, named as the first of the table.
fn apart(mut spots: Vec<Spot>) -> Vec<Spot> {
    spots.sort_by_key(|spot| (spot.at.start, std::cmp::Reverse(spot.at.end)));
    let mut all: Vec<Spot> = vec![];
    for spot in spots {
        match all.last_mut().filter(|last| spot.at.start < last.at.end) {
            Some(last) => last.at.end = last.at.end.max(spot.at.end),
            None => all.push(spot),
        }
    }
    all
}

static KEYS: OnceLock<AhoCorasick> = OnceLock::new();
/// Of each key the number of its format.
static OWNERS: OnceLock<Vec<u8>> = OnceLock::new();

/// Finds the formats that are worth asking: to look for all keys at once costs as much as for one.
fn keys() -> &'static AhoCorasick {
    KEYS.get_or_init(|| {
        let all = || FORMATS.iter().zip(0..).flat_map(|(it, at)| it.keys.iter().map(move |key| (*key, at)));
        OWNERS.get_or_init(|| all().map(|(_, at)| at).collect());
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(all().map(|(key, _)| key))
            .expect("the keys of the table are short")
    })
}

/// An expression of the table; made when it is first asked for, because most never are.
fn regex(at: usize, pattern: &str) -> &'static Regex {
    static MADE: [OnceLock<Regex>; 128] = [const { OnceLock::new() }; 128];
    MADE[at].get_or_init(|| {
        let pattern = pattern.replace(r"\b", r"(?-u:\b)");
        Regex::new(&pattern).expect("the expressions of the table are tested")
    })
}
