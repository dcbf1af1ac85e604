//! What the tools said, as people, editors and forges read it.

use super::Args;
use super::judge::{Answer, Run, Verdict};
use crate::load::Project;
use crate::show::{self, OutputFormat, plural, pretty};
use crate::terminal::{self, Form};
use bastide_report::finding::{Finding, Level};
use bastide_report::source::{Role, Sources, Span};
use bastide_report::visible::line;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// So many lines of what a tool said are shown.
const LINES: usize = 20;

/// Prints findings and verdicts.
pub fn tell(args: &Args, root: &Path, answers: &[Answer], project: &mut Project) {
    let table = args.format == OutputFormat::Text && !args.quiet;
    for answer in answers {
        for run in answer.runs.iter().filter(|run| run.verdict > Verdict::Missing) {
            let finding = fault(answer, run, root, &mut project.sources);
            project.report.push(finding);
        }
        if answer.verdict() == Verdict::Missing && !table {
            project.report.push(missing(answer, args.strict, &mut project.sources));
        }
    }
    project.report.sort();
    let options = show::Options { color: terminal::color(), ..super::super::shown(project, args.format) };
    let text = show::render(args.format, &project.report, &project.sources, &options);
    match args.format {
        OutputFormat::Json => terminal::print(Form::Json, &with_verdicts(&text, answers)),
        format => terminal::print(format.form(), &text),
    }
    if table {
        terminal::say(&verdicts(answers));
    }
}

/// One run that was no yes: about the first file that it names, at the line that it names.
fn fault(answer: &Answer, run: &Run, root: &Path, sources: &mut Sources) -> Finding {
    let named = run.files.iter().find(|path| run.said.contains(**path)).unwrap_or(&run.files[0]);
    let others = run.files.iter().filter(|path| *path != named && run.said.contains(**path)).count();
    let tool = &answer.tool.name;
    let version = answer.asked.as_ref().map_or("", |asked| &asked.version);
    let more = if others > 0 { format!(" and {} more", plural(others, "file")) } else { String::new() };
    let (rule, level, does) = match run.verdict {
        Verdict::Refused => ("tool-refuses", Level::Deny, "refuses"),
        _ => ("tool-unable", Level::Warn, "could not judge"),
    };
    let text = fs::read_to_string(root.join(named)).unwrap_or_default();
    let place = place(&run.said, named, &text);
    let file = sources.add(*named, text, Role::Output);
    Finding::new(rule, format!("{tool} {version} {does} `{named}`{more}"))
        .level(level)
        .label(Span::new(file, place.0, place.1), "")
        .help(beginning(&run.said))
}

/// The line that a text such as `deploy/a.yaml:12:3` names, as bytes of the file.
fn place(said: &str, path: &str, text: &str) -> (usize, usize) {
    let number = |rest: &str| {
        let digits = rest.strip_prefix(':')?;
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        digits[..end].parse::<usize>().ok()
    };
    let named = said.match_indices(path).find_map(|(at, _)| number(&said[at + path.len()..]));
    let before = named.unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    (start, start + text[start..].lines().next().map_or(0, str::len))
}

fn beginning(said: &str) -> String {
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut shown = lines[..lines.len().min(LINES)].join("\n");
    if lines.len() > LINES {
        shown += &format!("\n… and {} more", plural(lines.len() - LINES, "line"));
    }
    format!("it says:\n{shown}")
}

fn missing(answer: &Answer, strict: bool, sources: &mut Sources) -> Finding {
    let message = format!("{} judged nothing: {}", answer.tool.name, not_here(answer));
    let file = sources.add(answer.files[0], "", Role::Output);
    let level = if strict { Level::Warn } else { Level::Info };
    let first = &answer.tool.programs[0].name;
    Finding::new("tool-missing", message)
        .level(level)
        .label(Span::new(file, 0, 0), "")
        .help(format!("install `{first}`; {} wait for it", plural(answer.files.len(), "file")))
}

/// `docker` or `docker-compose` is not installed.
fn not_here(answer: &Answer) -> String {
    let names: Vec<String> = answer.tool.programs.iter().map(|it| format!("`{}`", it.name)).collect();
    format!("{} not installed", names.join(" and ") + if names.len() > 1 { " are" } else { " is" })
}

/// The table: tool, version, files, verdict.
fn verdicts(answers: &[Answer]) -> String {
    let rows = answers.iter().map(|answer| {
        let version = answer.asked.as_ref().map_or("-", |asked| &asked.version);
        [answer.tool.name.clone(), version.into(), answer.files.len().to_string(), verdict(answer)]
    });
    let head = ["tool", "version", "files", "verdict"].map(String::from);
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(rows).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let [tool, version, files] = [0, 1, 2].map(width);
    let shown = |[a, b, c, d]: &[String; 4]| {
        line(&format!("{a:tool$}  {b:version$}  {c:>files$}  {d}")).to_string() + "\n"
    };
    rows.iter().map(shown).collect()
}

fn verdict(answer: &Answer) -> String {
    let refused = answer.runs.iter().filter(|run| run.verdict == Verdict::Refused).count();
    let word = match answer.verdict() {
        Verdict::Good => "good".to_string(),
        Verdict::Missing => return not_here(answer),
        Verdict::Unable => "could not judge".into(),
        Verdict::Refused if answer.runs.len() > 1 => format!("refused {refused} times"),
        Verdict::Refused => "refused".into(),
    };
    match says(answer) {
        Some(says) => format!("{word} ({says})"),
        None => word,
    }
}

/// What stands beside the verdict: a line of each run.
fn says(answer: &Answer) -> Option<String> {
    let begins = answer.tool.says.as_deref()?;
    let lines = answer.runs.iter().flat_map(|run| run.said.lines());
    let said: Vec<&str> = lines.filter_map(|line| line.strip_prefix(begins)).map(str::trim).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// The JSON of findings with the verdicts beside them.
fn with_verdicts(findings: &str, answers: &[Answer]) -> String {
    let one = |answer: &Answer| {
        json!({
            "tool": answer.tool.name,
            "program": answer.asked.as_ref().map(|asked| &asked.program.name),
            "version": answer.asked.as_ref().map(|asked| &asked.version),
            "files": answer.files,
            "verdict": answer.verdict(),
            "says": says(answer),
        })
    };
    let mut all: Value = serde_json::from_str(findings).unwrap_or_default();
    all["tools"] = answers.iter().map(one).collect();
    pretty(&all)
}
