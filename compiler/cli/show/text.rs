//! Findings for people: drawn by miette over [`Excerpts`], then one summary line.

use super::excerpt::Excerpts;
use super::{Count, Options, ledger, plural};
use bastide_core::tree::places::RULE;
use bastide_report::finding::{Finding, Level};
use bastide_report::source::Sources;
use bastide_report::visible::{clean, line};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// So many findings are drawn; nobody reads more in one go.
const MOST: usize = 50;
/// So many places of a piece of advice are shown.
const PLACES: usize = 3;

/// The findings with their frames and the summary.
pub fn render(findings: &[&Finding], sources: &Sources, options: &Options) -> String {
    let theme = if options.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(options.width.max(40))
        .without_syntax_highlighting();
    let (losses, findings): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|it| it.rule == RULE && it.level == Level::Info);
    let findings = findings.as_slice();
    let (advice, heavy): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|it| it.level == Level::Info);
    let chosen = chosen(&heavy);
    let mut out = String::new();
    for finding in &chosen {
        let drawn = handler.render_report(&mut out, &Drawn::of(finding, sources));
        drawn.expect("writing to a string succeeds");
        out.push('\n');
    }
    if heavy.len() > chosen.len() {
        out += &format!("… and {} more\n\n", heavy.len() - chosen.len());
    }
    out += &told_in_lines(&advice, sources);
    if !findings.is_empty() {
        out += &summary(findings);
    } else if !options.quiet {
        out += "no findings\n";
    }
    if !options.quiet {
        out += &ledger::render(&losses, sources, options.width);
    }
    out
}

/// Advice: a line for each rule, with how often and where first.
fn told_in_lines(advice: &[&Finding], sources: &Sources) -> String {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    advice.iter().for_each(|it| rules.entry(&it.rule).or_default().push(it));
    let mut out = String::new();
    for (rule, all) in &rules {
        let times = if all.len() == 1 { String::new() } else { format!(" {} times", all.len()) };
        let places: Vec<String> = all
            .iter()
            .filter_map(|it| it.labels.first())
            .take(PLACES)
            .map(|label| {
                let place = sources.place(label.span);
                format!("{}:{}", place.file, place.line)
            })
            .collect();
        let more = if all.len() > PLACES { " …" } else { "" };
        let text = format!("advice {rule}{times}: {} ({}{more})", all[0].told(), places.join(" "));
        out += line(&text).trim_end_matches(" ()");
        out.push('\n');
    }
    match rules.is_empty() {
        true => out,
        false => format!("{out}`bastide explain NAME` says more of each.\n\n"),
    }
}

/// The findings to draw, in their order; when there are too many the lightest are left out.
fn chosen<'a>(findings: &[&'a Finding]) -> Vec<&'a Finding> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(findings[at].level));
    order.truncate(MOST);
    order.sort_unstable();
    order.into_iter().map(|at| findings[at]).collect()
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

/// A finding as miette takes it, with nothing in it that drives the terminal.
#[derive(Debug)]
struct Drawn<'a> {
    finding: &'a Finding,
    message: String,
    help: Option<String>,
    excerpts: Excerpts,
}

impl<'a> Drawn<'a> {
    fn of(finding: &'a Finding, sources: &Sources) -> Drawn<'a> {
        let excerpts = Excerpts::of(&finding.labels, sources);
        let mut message = clean(&finding.told()).into_owned();
        // A place in a text without a character is named, for there is nothing to show.
        if let Some(label) = finding.labels.first().filter(|_| excerpts.is_empty()) {
            let parts = [line(&sources.get(label.span.file).path), clean(&label.text)];
            message += &format!("\n{}", parts.join(": ").trim_end_matches(": "));
        }
        Drawn {
            finding,
            message,
            help: finding.help.as_deref().map(|help| clean(help).into_owned()),
            excerpts,
        }
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl Diagnostic for Drawn<'_> {
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
        (!self.excerpts.is_empty()).then_some(&self.excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpts.labels()))
    }
}
