//! Makes the text minijinja compiles out of a template: refuses what would let a value become syntax, and tells
//! each interpolation where it stands.

use super::bound;
use super::format::Format;
use super::lex::{self, Delimiters, Kind, Piece};
use super::place::{self, Place};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Span};
use std::fmt::Write as _;
use std::ops::Range;

/// A template made ready.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prepared {
    /// What minijinja compiles.
    pub text: String,
    /// Where text was put in: offset in `text` and how many bytes were added before that point.
    shifts: Vec<(usize, usize)>,
}

impl Prepared {
    /// The range of the template's source that a range of the prepared text stands for.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let back = |at: usize| {
            let shift = self.shifts.partition_point(|(from, _)| *from <= at).checked_sub(1);
            at.saturating_sub(shift.map_or(0, |shift| self.shifts[shift].1))
        };
        let start = back(range.start);
        start..back(range.end).max(start)
    }
}

/// A line of a template, for tracing: its template and its number from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Name of the template.
    pub template: String,
    /// Line in it, from 1.
    pub line: u32,
}

/// Opens a mark of tracing mode in the output; `MARK_END` closes it.
pub(crate) const MARK: char = '\u{4}';
/// Closes a mark.
pub(crate) const MARK_END: char = '\u{5}';

/// Tags that would put written text, or another file's text, where a value is expected.
const REFUSED: &[(&str, &str)] = &[
    ("autoescape", "values are always written by the format's own writer"),
    ("macro", "use `part(\"_name.yaml.j2\", value)` instead"),
    ("call", "use `part(\"_name.yaml.j2\", value)` instead"),
    ("filter", "apply the filter to a value: `{{ value | upper }}`"),
    ("include", "use `part(\"_name.yaml.j2\", value)` instead"),
    ("import", "use `part(\"_name.yaml.j2\", value)` instead"),
    ("from", "use `part(\"_name.yaml.j2\", value)` instead"),
    ("extends", "use `part(\"_name.yaml.j2\", value)` instead"),
    ("block", "use `part(\"_name.yaml.j2\", value)` instead"),
];

/// Checks a template and reports what it may not do; the pieces and places are what [`write`] needs.
pub(crate) fn check(
    format: Format,
    source: &str,
    delimiters: &Delimiters,
    file: FileId,
    report: &mut Report,
) -> (Vec<Piece>, Vec<Place>) {
    let pieces = lex::pieces(source, delimiters);
    let found = place::places(format, source, &pieces);
    let interpolations: Vec<&Piece> =
        pieces.iter().filter(|piece| piece.kind == Kind::Interpolation).collect();
    for glue in &found.glued {
        if let Some(interpolation) = interpolations.get(glue.interpolation) {
            let span = Span::new(file, interpolation.whole.start, interpolation.whole.end);
            report.push(glued(glue.why, source[interpolation.inner.clone()].trim(), delimiters, span));
        }
    }
    for (interpolation, place) in interpolations.iter().zip(&found.places) {
        if *place == Place::Script {
            let span = Span::new(file, interpolation.whole.start, interpolation.whole.end);
            Finding::new("template-unsafe", "a value stands inside a script or a style sheet")
                .label(span, "nothing written here is safe")
                .help("put the value into an attribute: `<body data-name=\"{{ value }}\">`")
                .add_to(report);
        }
    }
    tags(source, &pieces, file, report);
    letters(source, file, report);
    (pieces, found.places)
}

fn glued(why: &str, expression: &str, delimiters: &Delimiters, span: Span) -> Finding {
    let Delimiters { open, close } = delimiters;
    Finding::new("template-glue", format!("`{expression}` is only a part of the value it stands in"))
        .label(span, why)
        .help(format!("write the whole value as one interpolation: `{open} \"svc-\" ~ {expression} {close}`"))
}

fn tags(source: &str, pieces: &[Piece], file: FileId, report: &mut Report) {
    for piece in pieces.iter().filter(|piece| piece.kind == Kind::Tag) {
        let inner = &source[piece.inner.clone()];
        let word = place::keyword(inner);
        let help = match word {
            "set" if !assigns(inner) => Some("set one value: `{% set name = value %}`"),
            "for" if inner.trim_end().ends_with(" recursive") => {
                Some("let a partial call itself: `part(\"_name.yaml.j2\", value)`")
            }
            _ => REFUSED.iter().find(|(refused, _)| *refused == word).map(|(_, help)| *help),
        };
        if let Some(help) = help {
            let span = Span::new(file, piece.whole.start, piece.whole.end);
            Finding::new("template-unsafe", format!("`{word}` could let a value become syntax"))
                .label(span, "not for targets")
                .help(help)
                .add_to(report);
        }
    }
}

/// Whether a `set` tag has an equals sign outside brackets and strings.
fn assigns(tag: &str) -> bool {
    let bytes = tag.as_bytes();
    let (mut at, mut depth) = (0, 0i32);
    while at < bytes.len() {
        match bytes[at] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            quote @ (b'"' | b'\'') => at = lex::string_end(bytes, at, quote),
            b'=' if depth == 0 => return true,
            _ => {}
        }
        at += 1;
    }
    false
}

/// Control characters carry the renderer's own marks.
fn letters(source: &str, file: FileId, report: &mut Report) {
    if let Some(at) = source.find(|letter| matches!(letter, '\u{1}'..='\u{5}')) {
        Finding::new("template-unsafe", "a template holds a control character")
            .label(Span::new(file, at, at + 1), "this byte")
            .help("remove the character")
            .add_to(report);
    }
}

/// The text to compile; of each interpolation its place, and whether dollars are doubled there. With `spots`, interpolations and lines are numbered for tracing mode.
pub(crate) fn write(
    name: &str,
    source: &str,
    pieces: &[Piece],
    (places, doubled): (&[Place], &[bool]),
    counted: bool,
    spots: Option<&mut Vec<Spot>>,
) -> Prepared {
    let mut writer =
        Writer { name, source, out: Prepared::default(), copied: 0, line: 1, numbered: 0, counted, spots };
    let mut places = places.iter().zip(doubled);
    for piece in pieces {
        match piece.kind {
            Kind::Text => writer.text(piece),
            Kind::Interpolation => {
                let (place, doubled) =
                    places.next().map_or((Place::Block, false), |(it, twice)| (*it, *twice));
                writer.interpolation(piece, place, doubled)
            }
            Kind::Tag => writer.inside(piece),
            Kind::Comment => {}
        }
    }
    writer.copy(source.len());
    writer.out
}

struct Writer<'a> {
    name: &'a str,
    source: &'a str,
    out: Prepared,
    copied: usize,
    line: u32,
    numbered: usize,
    counted: bool,
    spots: Option<&'a mut Vec<Spot>>,
}

impl Writer<'_> {
    fn copy(&mut self, to: usize) {
        self.out.text.push_str(&self.source[self.copied..to]);
        self.copied = to;
    }

    fn insert(&mut self, text: &str) {
        self.out.text.push_str(text);
        self.out.shifts.push((self.out.text.len(), self.out.text.len() - self.copied));
    }

    /// Number of the spot at a byte of the source.
    fn spot(&mut self, at: usize) -> Option<usize> {
        let spots = self.spots.as_deref_mut()?;
        self.line += self.source[self.numbered..at].matches('\n').count() as u32;
        self.numbered = at;
        spots.push(Spot { template: self.name.to_string(), line: self.line });
        Some(spots.len() - 1)
    }

    /// Marks each line of static text before its first letter, where no trimming reaches.
    fn text(&mut self, piece: &Piece) {
        if self.spots.is_none() {
            return;
        }
        let text = &self.source[piece.inner.clone()];
        let mut at = piece.inner.start;
        for line in text.split_inclusive('\n') {
            let blank = line.len() - line.trim_start().len();
            if blank < line.len() {
                self.copy(at + blank);
                if let Some(spot) = self.spot(at + blank) {
                    self.insert(&format!("{MARK}{spot}{MARK_END}"));
                }
            }
            at += line.len();
        }
    }

    fn interpolation(&mut self, piece: &Piece, place: Place, doubled: bool) {
        let filter = match place {
            Place::Block if doubled => "_doubled",
            Place::Inline if doubled => "_doubled|_inline",
            Place::Block => "",
            Place::Inline => "_inline",
            Place::Key => "_key",
            Place::Comment => "_comment",
            Place::Quoted | Place::Script => "_word",
            Place::Code => "_code",
        };
        let spot = self.spot(piece.whole.start);
        let empty = self.source[piece.inner.clone()].trim().is_empty();
        if empty || filter.is_empty() && spot.is_none() {
            return self.inside(piece);
        }
        let mut before = String::from(" ");
        if let Some(spot) = spot {
            // The first argument is evaluated first: it sets aside what was read before this interpolation.
            let _ = write!(before, "_trace(_begin(), {spot}, ");
        }
        before.push('(');
        let pipe = if filter.is_empty() { "" } else { "|" };
        let after = format!("){pipe}{filter}{} ", if spot.is_some() { ")" } else { "" });
        self.copy(piece.inner.start);
        self.insert(&before);
        self.inside(piece);
        self.copy(piece.inner.end);
        self.insert(&after);
    }

    /// Puts in the filters that count what an expression makes.
    fn inside(&mut self, piece: &Piece) {
        if self.counted {
            for (at, filter) in bound::filters(&self.source[piece.inner.clone()]) {
                self.copy(piece.inner.start + at);
                self.insert(filter);
            }
        }
    }
}
