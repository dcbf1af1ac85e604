//! Findings for people: source frames drawn by miette over [`Excerpt`]s, then one summary line.

use super::excerpt::{Excerpt, clean, excerpts};
use super::{Count, Options};
use bastide_report::finding::{Finding, Label, Level};
use bastide_report::source::{FileId, Sources};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use std::collections::BTreeSet;
use std::fmt;

/// So many findings are drawn; nobody reads more in one go.
const MOST: usize = 50;

/// The findings with their frames and the summary.
pub fn render(findings: &[&Finding], sources: &Sources, options: &Options) -> String {
    let theme = if options.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(options.width.max(40))
        .without_syntax_highlighting();
    let chosen = chosen(findings);
    let mut out = String::new();
    for finding in &chosen {
        out += &drawn(finding, sources, &handler);
        out.push('\n');
    }
    if findings.len() > chosen.len() {
        out += &format!("… and {} more\n\n", findings.len() - chosen.len());
    }
    if !findings.is_empty() {
        out += &summary(findings);
    } else if !options.quiet {
        out += "no findings\n";
    }
    out
}

/// The findings to draw, in their order; when there are too many the lightest are left out.
fn chosen<'a>(findings: &[&'a Finding]) -> Vec<&'a Finding> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(findings[at].level));
    order.truncate(MOST);
    order.sort_unstable();
    order.into_iter().map(|at| findings[at]).collect()
}

/// One finding: name, message, the frames of each file (the main file first), help.
fn drawn(finding: &Finding, sources: &Sources, handler: &GraphicalReportHandler) -> String {
    let help = finding.help.as_deref().map(clean);
    let mut out = part(finding, &clean(&finding.told()), None, None, handler);
    // Wrapping the message is half the work, and frames and help do not depend on it: they are cut from behind none.
    let bare = part(finding, "", None, None, handler);
    let files = by_file(finding, sources);
    let frames: Vec<Vec<Excerpt>> = files.iter().map(|labels| excerpts(labels, sources)).collect();
    let width = frames.iter().flatten().map(Excerpt::number_width).max().unwrap_or(0);
    for file in &frames {
        out += &frame(finding, file, (width, &bare), handler);
    }
    if let Some(label) = finding.labels.first().filter(|_| frames.is_empty()) {
        out += &format!("    {}: {}\n", sources.get(label.span.file).path, clean(&label.text));
    }
    if help.is_some() {
        let whole = part(finding, "", None, help, handler);
        out += whole.strip_prefix(&bare).unwrap_or(&whole);
    }
    out
}

/// The labels of each file; a label in an empty text has nothing to show.
fn by_file<'a>(finding: &'a Finding, sources: &Sources) -> Vec<Vec<&'a Label>> {
    let mut files: Vec<(FileId, Vec<&Label>)> = vec![];
    for label in finding.labels.iter().filter(|label| !sources.get(label.span.file).text.is_empty()) {
        match files.iter_mut().find(|(file, _)| *file == label.span.file) {
            Some((_, labels)) => labels.push(label),
            None => files.push((label.span.file, vec![label])),
        }
    }
    files.into_iter().map(|(_, labels)| labels).collect()
}

/// One frame for the excerpts of one file: miette's frame of each, joined where lines are left out. `bare` is what it
/// draws without any.
fn frame(
    finding: &Finding,
    excerpts: &[Excerpt],
    (width, bare): (usize, &str),
    handler: &GraphicalReportHandler,
) -> String {
    let mut out = String::new();
    for (at, excerpt) in excerpts.iter().enumerate() {
        let pad = " ".repeat(width - excerpt.number_width());
        let whole = part(finding, "", Some(excerpt), None, handler);
        let lines: Vec<&str> = whole.strip_prefix(bare).unwrap_or(&whole).lines().collect();
        let first = usize::from(at > 0);
        let last = lines.len() - usize::from(at + 1 < excerpts.len());
        for line in &lines[first..last] {
            out += &format!("{pad}{}\n", line.trim_end());
        }
        if last < lines.len() {
            out += &format!("{}⋮\n", " ".repeat(width + 2));
        }
    }
    out
}

fn part(
    finding: &Finding,
    message: &str,
    excerpt: Option<&Excerpt>,
    help: Option<String>,
    handler: &GraphicalReportHandler,
) -> String {
    let mut out = String::new();
    let part = Part { finding, message, excerpt, help };
    handler.render_report(&mut out, &part).expect("writing to a string succeeds");
    out
}

/// `2 errors, 1 warning in 3 files`.
fn summary(findings: &[&Finding]) -> String {
    let count = Count::of(findings);
    let words = [(count.deny, "error"), (count.warn, "warning"), (count.info, "note")];
    let parts: Vec<String> =
        words.iter().filter(|(number, _)| *number > 0).map(|(number, word)| plural(*number, word)).collect();
    let main = findings.iter().filter_map(|finding| finding.labels.first());
    let files = main.map(|label| label.span.file).collect::<BTreeSet<_>>().len();
    match files {
        0 => format!("{}\n", parts.join(", ")),
        _ => format!("{} in {}\n", parts.join(", "), plural(files, "file")),
    }
}

fn plural(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// What miette draws in one go.
struct Part<'a> {
    finding: &'a Finding,
    message: &'a str,
    excerpt: Option<&'a Excerpt>,
    help: Option<String>,
}

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl std::error::Error for Part<'_> {}

impl Diagnostic for Part<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        Some(Box::new(&self.finding.rule))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.finding.level {
            Level::Deny => Severity::Error,
            Level::Warn => Severity::Warning,
            Level::Info | Level::Allow => Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.map(|excerpt| Box::new(excerpt.marks.iter().cloned()) as Box<dyn Iterator<Item = _>>)
    }
}
