//! `bastide why`: where a value, or a line of a generated file, comes from.

use super::build::{Plan, prepare};
use super::finish;
use crate::args::Spec;
use crate::fault::IoFault;
use crate::load::slashes;
use crate::terminal;
use bastide_core::target::{context::Shared, trace};
use bastide_core::tree::Item;
use bastide_core::why::{Answer, answers};
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::Sources;
use bastide_report::suggest::did_you_mean;
use bastide_report::visible::line;
use bastide_template::trace::Traced;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Say where a value, or a line of a generated file, comes from.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A path such as `service.orders.scale.min`, or a line such as `deploy/prod/kubernetes/orders/deployment.yaml:42`.
    pub question: String,
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// Only this environment; all by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
}

impl Args {
    /// The spec it asks about.
    pub fn spec(&self) -> Spec {
        Spec::of(&self.path, &self.environment)
    }
}

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let mut plan = prepare(&args.spec(), false, true, None)?;
    let question =
        &asked(&args.question, &plan.project.root, plan.repository.as_ref().map(|it| it.root.as_path()));
    let mut out = String::new();
    let found =
        match question.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?))) {
            Some((file, line)) => line_of_file(&plan, file, line, &mut out),
            None => value(&plan, question, &mut out),
        };
    terminal::say(&out);
    if found {
        return Ok(ExitCode::SUCCESS);
    }
    // What else is wrong with the spec is for `check`, unless it is why there is no answer.
    plan.project.report.findings.retain(|finding| finding.level == Level::Deny);
    let (finding, near) = nothing(&plan, question);
    if near {
        plan.project.report.findings.clear();
    }
    plan.project.report.push(finding);
    Ok(finish(&args.spec(), &mut plan.project))
}

/// The question with the path of a file from the project's root, from wherever it was asked.
fn asked(question: &str, root: &Path, repository: Option<&Path>) -> String {
    let (file, line) = match question.rsplit_once(':') {
        Some((file, line)) if line.parse::<usize>().is_ok() => (file, line),
        _ => return question.into(),
    };
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inside = |root: Option<&Path>| {
        let (file, root) = (real(Path::new(file))?, real(root?)?);
        Some(slashes(file.strip_prefix(root).ok()?))
    };
    // What a forge reads stands at the root of the repository.
    let own = inside(Some(root)).or_else(|| inside(repository));
    format!("{}:{line}", own.as_deref().unwrap_or(file.trim_start_matches("./")))
}

/// What to ask instead, and whether that is near what was asked.
fn nothing(plan: &Plan, question: &str) -> (Finding, bool) {
    let usual = "ask for a path such as `service.orders.scale.min`, or for a line: `deploy/prod/kubernetes/orders/deployment.yaml:42`";
    let finding = Finding::new("unknown-path", format!("nothing is known of `{question}`"));
    let file = question.rsplit_once(':').filter(|(_, line)| line.parse::<usize>().is_ok());
    let near = match file {
        Some((file, _)) => traced(plan, file).map(|it| format!("`{file}` has {} lines", it.2.lines.len())),
        None => near(plan, question),
    };
    let is_near = near.is_some();
    (finding.help(near.unwrap_or_else(|| usual.into())), is_near)
}

/// The paths one step beyond the part of the question that leads somewhere.
fn near(plan: &Plan, question: &str) -> Option<String> {
    let mut paths = BTreeSet::new();
    for (shared, _) in &plan.environments {
        shared.model.tree.iter().for_each(|item| all(item, "", &mut paths));
    }
    let ends = question.match_indices('.').map(|(at, _)| at).chain([question.len()]).rev();
    for end in ends.filter(|end| *end > 0) {
        let stem = format!("{}.", &question[..end]);
        let mut last = String::new();
        let mut next: Vec<&str> = vec![];
        for path in paths.range(stem.clone()..).take_while(|path| path.starts_with(&stem)) {
            if last.is_empty() || !path.starts_with(&last) {
                next.push(path);
                last = format!("{path}.");
            }
        }
        if !next.is_empty() {
            return did_you_mean(question, next);
        }
    }
    None
}

/// The paths of a node, its properties and its parts. The kinds of stdlib are nobody's question.
fn all(item: &Item, parent: &str, paths: &mut BTreeSet<String>) {
    if matches!(item.schema.node, "resource-type" | "archetype") {
        return;
    }
    let path = item.path_in(parent);
    paths.extend(item.fields.iter().map(|field| format!("{path}.{}", field.name)));
    item.parts.iter().for_each(|part| all(part, &path, paths));
    paths.insert(path);
}

/// Renders a generated file again, noting what each line was made of: the pack, the node it is for, and its environment.
fn traced<'p>(plan: &'p Plan, file: &str) -> Option<(&'p str, String, Traced, &'p Arc<Shared>)> {
    let mut report = Report::default();
    for (name, pack) in &plan.packs {
        let here = plan.environments.iter().filter(|(_, names)| names.contains(name));
        let primary = plan.primary(name).map(|shared| (shared, true));
        for (shared, app) in here.map(|(shared, _)| (shared, false)).chain(primary) {
            if let Some((node, traced)) = trace(pack, shared, app, file, &plan.project.sources, &mut report) {
                return Some((name, node, traced, shared));
            }
        }
    }
    None
}

/// Prints the chain behind a path, for each environment in which it differs.
fn value(plan: &Plan, path: &str, out: &mut String) -> bool {
    let mut last = String::new();
    let mut found = false;
    for (shared, _) in &plan.environments {
        let answers = answers(&shared.model, &shared.views, path);
        let mut chain = String::new();
        for answer in answers.iter().filter(|answer| answer.rest.is_empty()) {
            let derived = answer.path != path;
            if derived {
                let _ = writeln!(chain, "  from {}", answer.path);
            }
            let (tree, sources) = (&shared.model.tree, &plan.project.sources);
            let within = answer.within();
            for one in &within {
                let _ = writeln!(chain, "  {}{}", if derived { "  " } else { "" }, one.path);
                print_chain(one, tree, sources, if derived { "      " } else { "    " }, &mut chain);
            }
            if within.is_empty() {
                print_chain(answer, tree, sources, if derived { "    " } else { "  " }, &mut chain);
            }
        }
        if chain.is_empty() {
            continue;
        }
        if chain != last {
            let _ = writeln!(out, "{path} in {}", shared.model.environment.name.value);
            out.push_str(&chain);
        } else {
            let _ = writeln!(out, "{path} in {}: the same", shared.model.environment.name.value);
        }
        last = chain;
        found = true;
    }
    found
}

fn print_chain(answer: &Answer<'_>, tree: &[Item], sources: &Sources, indent: &str, out: &mut String) {
    for (at, step) in answer.steps(tree).iter().enumerate() {
        let what = if at == 0 { "" } else { "over " };
        let value = if step.value.is_empty() { String::new() } else { format!("{} ", line(&step.value)) };
        let place = sources.place(step.origin.span);
        let _ = writeln!(out, "{indent}{what}{value}({}, {place})", step.layer);
    }
}

/// Prints what made a line of a generated file.
fn line_of_file(plan: &Plan, file: &str, line: usize, out: &mut String) -> bool {
    let Some((name, node, traced, shared)) = traced(plan, file) else { return false };
    let Some(of) = traced.lines.get(line.wrapping_sub(1)) else { return false };
    let text = traced.text.lines().nth(line - 1).unwrap_or("");
    let _ = writeln!(out, "{file}:{line}\n  {}", text.trim_end());
    let whom = if node.is_empty() { String::new() } else { format!(" for {node}") };
    let _ = match of.template.as_str() {
        "" => writeln!(out, "  set by a patch in what {name} writes{whom}"),
        file if node.is_empty() && shared.model.environment.raws.iter().any(|raw| raw.path == file) => {
            writeln!(out, "  as it stands in {file}:{}, by `raw`", of.line)
        }
        template => writeln!(out, "  written by {name}/{template}:{}{whom}", of.line),
    };
    print_reads(&of.reads, shared, &plan.project.sources, out);
    true
}

fn print_reads(reads: &[String], shared: &Arc<Shared>, sources: &Sources, out: &mut String) {
    let mut told: Vec<*const Item> = vec![];
    for answer in reads.iter().flat_map(|read| answers(&shared.model, &shared.views, read)) {
        let item: *const Item = answer.item;
        if !answer.rest.is_empty() && told.contains(&item) {
            continue;
        }
        told.push(item);
        let rest = if answer.rest.is_empty() {
            String::new()
        } else {
            format!(" ({} follows from it)", answer.rest)
        };
        let _ = writeln!(out, "  from {}{rest}", answer.path);
        print_chain(&answer, &shared.model.tree, sources, "    ", out);
    }
}
