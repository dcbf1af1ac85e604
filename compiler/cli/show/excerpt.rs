//! The few lines a finding points at, cut and cleaned for a terminal.
//!
//! Miette would look for the lines of a mark by reading the whole text, and print them whole. It is given the lines
//! instead: found by the line index, with long ones cut around the marks and control characters made visible.

use bastide_report::finding::Label;
use bastide_report::source::{FileId, Source, Sources};
use bastide_report::visible::{clean, line};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// A mark over more lines than this is drawn on its first line only.
const TALLEST: usize = 8;
/// A line of more bytes than this is cut.
const LONGEST: usize = 300;
/// Characters kept before the first mark and after the first mark's start of a line that is cut.
const BEFORE: usize = 40;
const AFTER: usize = 120;

/// The lines that the labels of a finding lie in, one text to miette: the excerpts stand in it one behind the other, that of
/// the main label first, then the others of its file. Each is drawn in a frame of its own, because no span leads from one into the next.
#[derive(Debug, Default)]
pub struct Excerpts {
    excerpts: Vec<Excerpt>,
    shown: Vec<Shown>,
    /// Where the next excerpt begins.
    end: usize,
}

/// Neighbouring lines of one text.
#[derive(Debug)]
struct Excerpt {
    path: String,
    text: String,
    start: usize,
    /// The first line, from 0, and how many there are.
    lines: (usize, usize),
}

/// A label, its place in the one text, and the line and column, from 0, of where it really is.
#[derive(Debug)]
struct Shown {
    words: Option<String>,
    main: bool,
    span: SourceSpan,
    at: (usize, usize),
}

/// A label with its lines (from 0, both included) and bytes, never past the end of the last line.
struct Mark<'a> {
    lines: (usize, usize),
    bytes: (usize, usize),
    label: &'a Label,
    main: bool,
}

impl Excerpts {
    /// The excerpts for these labels, the first of which is the main one. A label in an empty text has none.
    pub fn of(labels: &[Label], sources: &Sources) -> Excerpts {
        let mut excerpts = Excerpts::default();
        let mut files: Vec<FileId> = vec![];
        for label in labels {
            if !files.contains(&label.span.file) && !sources.get(label.span.file).text.is_empty() {
                files.push(label.span.file);
            }
        }
        for file in files {
            let source = sources.get(file);
            let here = labels.iter().enumerate().filter(|(_, label)| label.span.file == file);
            let mut marks: Vec<Mark> = here.map(|(at, label)| mark(source, label, at == 0)).collect();
            marks.sort_by_key(|mark| mark.bytes);
            let mut groups = groups(marks);
            groups.sort_by_key(|group| !group.iter().any(|mark| mark.main));
            groups.iter().for_each(|group| excerpts.push(source, group));
        }
        excerpts
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.excerpts.is_empty()
    }

    /// The labels at their places in the one text.
    pub fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.shown.iter().map(|it| match it.main {
            true => LabeledSpan::new_primary_with_span(it.words.clone(), it.span),
            false => LabeledSpan::new_with_span(it.words.clone(), it.span),
        })
    }

    fn push(&mut self, source: &Source, marks: &[Mark]) {
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
        // Nothing is drawn for an excerpt without a character.
        if text.trim_end_matches('\n').is_empty() {
            text.insert(0, ' ');
        }
        for (mark, (start, end)) in marks.iter().zip(ends) {
            let (line, column) = source.line_column(mark.label.span.start);
            self.shown.push(Shown {
                words: Some(clean(&mark.label.text).replace('\n', " ")).filter(|words| !words.is_empty()),
                main: mark.main,
                span: SourceSpan::new((self.end + start).into(), end - start),
                at: (line as usize - 1, column as usize - 1),
            });
        }
        let (start, lines) = (self.end, (first, last - first + 1));
        // A mark at the very end does not touch the next excerpt.
        self.end += text.len() + 1;
        self.excerpts.push(Excerpt { path: line(&source.path).into_owned(), text, start, lines });
    }
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let inside = |it: &&Excerpt| it.start <= start && end <= it.start + it.text.len();
        let excerpt = self.excerpts.iter().find(inside).ok_or(MietteError::OutOfBounds)?;
        // A label without lines around it is asked for to say in the head of the frame where it is.
        let label = self.shown.iter().find(|it| before == 0 && it.span == *span);
        let (line, column) = label.map_or((excerpt.lines.0, 0), |it| it.at);
        Ok(Box::new(MietteSpanContents::new_named(
            excerpt.path.clone(),
            excerpt.text.as_bytes(),
            SourceSpan::new(excerpt.start.into(), excerpt.text.len()),
            line,
            column,
            excerpt.lines.1,
        )))
    }
}

/// The marks of a text whose lines are neighbours. One line between two costs as much as another frame.
fn groups(marks: Vec<Mark>) -> Vec<Vec<Mark>> {
    let mut groups: Vec<Vec<Mark>> = vec![];
    let mut last = 0;
    for mark in marks {
        match groups.last_mut().filter(|_| mark.lines.0 <= last + 2) {
            Some(group) => {
                last = last.max(mark.lines.1);
                group.push(mark);
            }
            None => {
                last = mark.lines.1;
                groups.push(vec![mark]);
            }
        }
    }
    groups
}

fn mark<'a>(source: &Source, label: &'a Label, main: bool) -> Mark<'a> {
    let floor = |at: u32| source.text.floor_char_boundary(at as usize);
    let (start, end) = (floor(label.span.start), floor(label.span.end.max(label.span.start)));
    let line_of = |at: usize| source.lines().partition_point(|&line| line as usize <= at) - 1;
    let first = line_of(start);
    // An end right behind a line break belongs to the line before.
    let last = line_of(end.saturating_sub(1).max(start));
    let last = if last - first >= TALLEST { first } else { last };
    let (_, line_end) = bounds(source, last);
    Mark { lines: (first, last), bytes: (start, end.min(line_end.max(start))), label, main }
}

/// First byte of a line and the byte behind its last character.
fn bounds(source: &Source, line: usize) -> (usize, usize) {
    let start = source.lines()[line] as usize;
    let end = source.lines().get(line + 1).map_or(source.text.len(), |&next| next as usize - 1);
    let end = if source.text[start..end].ends_with('\r') { end - 1 } else { end };
    (start, end)
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
