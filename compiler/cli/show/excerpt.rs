//! The few lines of a text a finding points at, cut and cleaned for a terminal.
//!
//! The renderer of the frames would scan and print whole lines of the whole text. It is given excerpts instead:
//! found by the line index, with long lines cut around the marks and control characters made visible.

use bastide_report::finding::Label;
use bastide_report::source::{Source, Sources};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// A mark over more lines than this is drawn on its first line only.
const TALLEST: usize = 8;
/// A line of more bytes than this is cut.
const LONGEST: usize = 300;
/// Characters kept before the first mark and after the first mark's start of a line that is cut.
const BEFORE: usize = 40;
const AFTER: usize = 120;

/// Neighbouring lines of one text with their marks.
#[derive(Debug)]
pub struct Excerpt {
    name: String,
    text: String,
    /// Line and column, both from 0, for the head of the frame.
    at: (usize, usize),
    first: usize,
    count: usize,
    /// Places in `text`, drawn by the renderer.
    pub marks: Vec<LabeledSpan>,
}

/// A label with its lines (from 0, both included) and bytes, never past the end of the last line.
struct Mark<'a> {
    lines: (usize, usize),
    bytes: (usize, usize),
    label: &'a Label,
}

impl Excerpt {
    /// Columns the line numbers need.
    pub fn number_width(&self) -> usize {
        (self.first + self.count).to_string().len()
    }
}

/// The excerpts of one text in the order of its lines; `labels` all lie in it, the first gives the place in the head.
pub fn excerpts(labels: &[&Label], sources: &Sources) -> Vec<Excerpt> {
    let Some(main) = labels.first() else { return vec![] };
    let source = sources.get(main.span.file);
    let (line, column) = source.line_column(main.span.start);
    let at = (line as usize - 1, column as usize - 1);
    let mut marks: Vec<Mark> = labels.iter().map(|label| mark(source, label)).collect();
    marks.sort_by_key(|mark| mark.bytes);
    let mut groups: Vec<Vec<Mark>> = vec![];
    let mut last = 0;
    for mark in marks {
        // One line between two marks costs as much as saying that it was left out.
        match groups.last_mut() {
            Some(group) if mark.lines.0 <= last + 2 => {
                last = last.max(mark.lines.1);
                group.push(mark);
            }
            _ => {
                last = mark.lines.1;
                groups.push(vec![mark]);
            }
        }
    }
    groups.iter().map(|group| excerpt(source, at, group)).collect()
}

fn mark<'a>(source: &Source, label: &'a Label) -> Mark<'a> {
    let floor = |at: u32| source.text.floor_char_boundary(at as usize);
    let (start, end) = (floor(label.span.start), floor(label.span.end.max(label.span.start)));
    let line_of = |at: usize| source.lines().partition_point(|&line| line as usize <= at) - 1;
    let first = line_of(start);
    // An end right behind a line break belongs to the line before.
    let last = line_of(end.saturating_sub(1).max(start));
    let last = if last - first >= TALLEST { first } else { last };
    let (_, line_end) = bounds(source, last);
    Mark { lines: (first, last), bytes: (start, end.min(line_end.max(start))), label }
}

/// First byte of a line and the byte behind its last character.
fn bounds(source: &Source, line: usize) -> (usize, usize) {
    let start = source.lines()[line] as usize;
    let end = source.lines().get(line + 1).map_or(source.text.len(), |&next| next as usize - 1);
    let end = if source.text[start..end].ends_with('\r') { end - 1 } else { end };
    (start, end)
}

fn excerpt(source: &Source, at: (usize, usize), marks: &[Mark]) -> Excerpt {
    let first = marks[0].lines.0;
    let last = marks.iter().map(|mark| mark.lines.1).max().unwrap_or(first);
    let mut text = String::new();
    let mut ends = vec![(0, 0); marks.len()];
    for line in first..=last {
        let (start, end) = bounds(source, line);
        let (from, to) = window(source, (start, end), marks);
        if from > start {
            text.push('…');
        }
        for (mark, place) in marks.iter().zip(&mut ends) {
            // A mark outside the window is drawn at its edge.
            let shown = |at: usize| text.len() + clean(&source.text[from..at.clamp(from, to)]).len();
            if mark.lines.0 == line {
                place.0 = shown(mark.bytes.0);
            }
            if mark.lines.1 == line {
                place.1 = shown(mark.bytes.1);
            }
        }
        text += &clean(&source.text[from..to]);
        text += if to < end { "…\n" } else { "\n" };
    }
    // The renderer draws nothing for an excerpt without a character.
    if text.trim_end_matches('\n').is_empty() {
        text.insert(0, ' ');
    }
    let marks = marks.iter().zip(ends).map(|(mark, (start, end))| {
        let words = Some(clean(&mark.label.text).replace('\n', " ")).filter(|words| !words.is_empty());
        LabeledSpan::new(words, start, end - start)
    });
    let marks = marks.collect();
    Excerpt { name: clean(&source.path), text, at, first, count: last - first + 1, marks }
}

/// The part of a line that is shown: all of it, or a piece around the first mark on it.
fn window(source: &Source, (start, end): (usize, usize), marks: &[Mark]) -> (usize, usize) {
    if end - start <= LONGEST {
        return (start, end);
    }
    let inside = |mark: &&Mark| (start..=end).contains(&mark.bytes.0);
    let focus = marks.iter().find(inside).map_or(start, |mark| mark.bytes.0);
    let back = source.text[start..focus].char_indices().rev().nth(BEFORE - 1);
    let from = back.map_or(start, |(at, _)| start + at);
    let on = source.text[focus..end].char_indices().nth(AFTER);
    (from, on.map_or(end, |(at, _)| focus + at))
}

/// Text that cannot drive the terminal: control characters become visible, reordering marks are replaced.
/// Line breaks and tabs stay.
pub fn clean(text: &str) -> String {
    let show = |c: char| match c {
        '\n' | '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('�'),
        '\x7f'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '�',
        _ => c,
    };
    text.chars().map(show).collect()
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Asked without lines around, the renderer wants the place for the head.
        let (line, column) = if before == 0 { self.at } else { (self.first, 0) };
        let whole = SourceSpan::new(0.into(), self.text.len());
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            whole,
            line,
            column,
            self.count,
        )))
    }
}
