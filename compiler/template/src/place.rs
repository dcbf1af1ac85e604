//! Where each interpolation of a template stands: a whole value, a key, in a comment, inside quotes. Found once, at load.

use super::format::Format;
use super::lex::{Kind, Piece};
use super::{code, yaml};

/// Where an interpolation stands, which decides how its value may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A whole value; lists and maps may become a block.
    Block,
    /// A whole value that must stay on its line: in a flow collection, or with a comment behind it.
    Inline,
    /// A mapping key.
    Key,
    /// In a comment, which ends with the line.
    Comment,
    /// Inside static quotes of a code-like format: only a plain word is safe there.
    Quoted,
    /// In a code span or code block of Markdown.
    Code,
    /// In `<script>` or `<style>`, where nothing written is safe.
    Script,
}

/// What the scan of a template says about its interpolations.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// One place for each interpolation, in order.
    pub places: Vec<Place>,
    /// Holes that have text glued to them.
    pub glued: Vec<Glue>,
}

/// An interpolation that is only a part of a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glue {
    /// Number of the interpolation.
    pub interpolation: usize,
    /// What is wrong with its place.
    pub why: &'static str,
}

/// A scanner that walks over the text of a template and says where its interpolations stand.
pub(crate) trait Walk: Clone {
    /// Static text, and the character that may be taken to follow it.
    fn text(&mut self, text: &str, after: char, found: &mut Places);
    /// The next interpolation; adds its place.
    fn interpolation(&mut self, found: &mut Places);
    /// How much a state matters when two branches meet: the one in the middle of something wins.
    fn weight(&self) -> u8;
}

/// The places of all interpolations of a template.
pub(crate) fn places(format: Format, source: &str, pieces: &[Piece]) -> Places {
    let json = format == Format::Json;
    if json || format.is_yaml() {
        walk(yaml::Yaml::new(json), source, pieces)
    } else {
        walk(code::Code::new(format), source, pieces)
    }
}

/// A tag that is open, with the states its branches begin and end with.
struct Open<W> {
    before: W,
    ends: Vec<W>,
    total: bool,
    /// For a loop: the interpolation its body begins with, if nothing stands before it.
    leads: Option<usize>,
}

fn walk<W: Walk>(mut state: W, source: &str, pieces: &[Piece]) -> Places {
    let mut found = Places::default();
    let mut open: Vec<Open<W>> = vec![];
    let mut fresh = false;
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Kind::Text => {
                let joined = pieces.get(at + 1).is_some_and(|next| next.kind == Kind::Interpolation);
                state.text(&source[piece.inner.clone()], if joined { '\0' } else { '\n' }, &mut found);
            }
            Kind::Interpolation => {
                if let (true, Some(frame)) = (fresh, open.last_mut()) {
                    frame.leads = Some(found.places.len());
                }
                state.interpolation(&mut found);
            }
            Kind::Tag => {
                fresh = false;
                fresh |= branch(&mut state, &mut open, keyword(&source[piece.inner.clone()]), &mut found);
                continue;
            }
            Kind::Comment => continue,
        }
        fresh = false;
    }
    state.text("\n", '\n', &mut found);
    found
}

/// Follows a tag; true if it opens a loop.
fn branch<W: Walk>(state: &mut W, open: &mut Vec<Open<W>>, word: &str, found: &mut Places) -> bool {
    match word {
        "if" | "for" => {
            open.push(Open { before: state.clone(), ends: vec![], total: false, leads: None });
            return word == "for";
        }
        "elif" | "else" => {
            if let Some(frame) = open.last_mut() {
                frame.ends.push(std::mem::replace(state, frame.before.clone()));
                frame.total |= word == "else";
            }
        }
        "endif" | "endfor" => {
            if let Some(frame) = open.pop() {
                close(state, frame, word == "endfor", found);
            }
        }
        _ => {}
    }
    false
}

fn close<W: Walk>(state: &mut W, mut frame: Open<W>, looped: bool, found: &mut Places) {
    if let (true, Some(interpolation)) = (looped, frame.leads) {
        let known = found.places.len();
        let mut again = state.clone();
        let mut second = Places { places: found.places.clone(), glued: vec![] };
        again.interpolation(&mut second);
        found.places.truncate(known);
        found.glued.extend(second.glued.into_iter().map(|glue| Glue { interpolation, ..glue }));
    }
    if !frame.total {
        frame.ends.push(frame.before);
    }
    for end in frame.ends {
        if end.weight() > state.weight() {
            *state = end;
        }
    }
}

/// The first word of a tag.
pub(crate) fn keyword(tag: &str) -> &str {
    let tag = tag.trim_start();
    &tag[..tag.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_').unwrap_or(tag.len())]
}
