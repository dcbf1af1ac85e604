//! Templates of a target pack: compiled once, rendered for each artifact, every value written by its format's writer.

mod code;
mod condition;
mod expression;
mod fault;
pub mod filters;
pub mod format;
mod lex;
mod part;
mod place;
mod prepare;
mod program;
mod put;
mod settle;
pub mod trace;
mod write;
mod yaml;

use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Sources, Span};
pub use condition::{Answers, Condition, Conditions};
pub use expression::{Code, PathCode};
use format::Format;
use lex::{Delimiters, Piece};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, State, UndefinedBehavior, Value};
use prepare::{Prepared, Spot};
use program::{Halt, Programs};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use trace::{Notes, Traced};

/// Instructions one rendering may take.
const FUEL: u64 = if cfg!(test) { 1_000_000 } else { 50_000_000 };
/// Deepest nesting of loops, conditions and calls while rendering.
const NESTING: usize = 200;

/// A template of a pack.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Its name relative to the pack, `/` as separator.
    pub name: String,
    /// Its text.
    pub file: FileId,
}

/// How the texts of a pack are meant, beside what the names of its files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Signs around an interpolation, for files in which `{{` means something else.
    pub delimiters: Option<(String, String)>,
    /// The reader of its YAML takes `$NAME` for a variable: in values a dollar is written twice.
    pub doubles: bool,
}

/// The compiled templates of one pack.
#[derive(Debug)]
pub struct Templates {
    env: Environment<'static>,
    pack: Arc<Pack>,
    delimiters: Delimiters,
    programs: Programs,
    tracing: OnceLock<(Environment<'static>, Vec<Spot>)>,
}

/// What the writers must know of a pack's templates.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    templates: BTreeMap<String, Template>,
}

#[derive(Debug)]
struct Template {
    format: Format,
    file: FileId,
    prepared: Prepared,
}

impl Pack {
    /// The format of a template; text for what is none of the pack.
    pub(crate) fn format(&self, name: &str) -> Format {
        self.templates.get(name).map_or(Format::Text, |template| template.format)
    }
}

impl Templates {
    /// Compiles the templates of a pack. What is wrong with one is reported, and that template left out.
    pub fn load(files: &[PackFile], sources: &Sources, manner: &Manner, report: &mut Report) -> Templates {
        let signs = manner.delimiters.clone();
        let delimiters = signs.map_or_else(Delimiters::default, |(open, close)| Delimiters { open, close });
        let delimiters = usable(delimiters, files, report);
        let mut pack = Pack::default();
        for file in files {
            let format = Format::of(&file.name);
            let format = if manner.doubles { format.doubling() } else { format };
            let source = &sources.get(file.file).text;
            let (pieces, places) = prepare::check(format, source, &delimiters, file.file, report);
            let prepared = prepare::write(&file.name, source, &pieces, &places, None);
            pack.templates.insert(file.name.clone(), Template { format, file: file.file, prepared });
        }
        let pack = Arc::new(pack);
        let mut env = environment(&pack, &delimiters);
        let texts = pack.clone();
        env.set_loader(move |name| Ok(texts.templates.get(name).map(|it| it.prepared.text.clone())));
        let mut programs = Programs::default();
        let syntax = syntax(&delimiters).unwrap_or_default();
        for (name, template) in &pack.templates {
            programs.add(name, template.format, &template.prepared.text, &syntax);
            // What is a program has been parsed: minijinja compiles it when it must see to it, which is seldom.
            if programs.knows(name) {
                continue;
            }
            if let Err(error) = env.get_template(name) {
                report.push(fault::finding(&pack, name, &error, &Value::from(()), sources));
            }
        }
        Templates { env, pack, delimiters, programs, tracing: OnceLock::new() }
    }

    /// Renders a template; `None` if that failed, with the finding in the report.
    pub fn render(
        &self,
        name: &str,
        context: Value,
        sources: &Sources,
        report: &mut Report,
    ) -> Option<String> {
        self.render_with(name, context, sources, report, None)
    }

    /// The same; what is done of a long text goes to `part`, and the last of it is returned.
    pub fn render_in_parts(
        &self,
        name: &str,
        context: Value,
        sources: &Sources,
        report: &mut Report,
        part: &mut dyn FnMut(&str),
    ) -> Option<String> {
        self.render_with(name, context, sources, report, Some(part))
    }

    fn render_with(
        &self,
        name: &str,
        context: Value,
        sources: &Sources,
        report: &mut Report,
        part: Option<settle::Part<'_>>,
    ) -> Option<String> {
        let mut parts = Parts { to: part, gone: 0, skip: 0 };
        let mut sink = parts.sink();
        let done = self.programs.run(&self.env, name, &context, sink.as_deref_mut().map(|it| it as _));
        drop(sink);
        match done {
            Ok(text) => return Some(text),
            Err(Halt::Endless) => {
                let file = self.pack.templates.get(name).map(|template| template.file);
                report.push(fault::endless(file.map(|file| Span::new(file, 0, 0))));
                return None;
            }
            Err(Halt::Left) => parts.skip = parts.gone,
        }
        let mut sink = parts.sink();
        let done = run_in_parts(&self.env, name, context.clone(), sink.as_deref_mut().map(|it| it as _));
        drop(sink);
        match done {
            Ok(text) => Some(text.get(parts.skip..).unwrap_or_default().to_string()),
            Err(error) => {
                report.push(fault::finding(&self.pack, name, &error, &context, sources));
                None
            }
        }
    }

    /// The templates that use what only minijinja knows: they are rendered rightly, and some four times as slowly.
    pub fn slow(&self) -> Vec<&str> {
        self.pack.templates.keys().map(String::as_str).filter(|name| !self.programs.knows(name)).collect()
    }

    /// Whether a template may ask for a name of its context.
    pub fn asks(&self, template: &str, name: &str) -> bool {
        self.programs.asks(template, name)
    }

    /// Compiles an expression, as in `when=` of a manifest.
    pub fn code<'t>(&'t self, expression: &'t str) -> Result<Code<'t>, String> {
        Code::new(&self.env, &self.programs, expression)
    }

    /// Conditions that are asked of one node after the other; `own` are the names that each node has for itself.
    pub fn conditions<'t>(&'t self, own: [&'t str; 2]) -> Conditions<'t> {
        Conditions::new(&self.env, &self.programs, own)
    }

    /// Compiles an output path with `{{ }}`.
    pub fn path<'t>(&'t self, template: &'t str) -> Result<PathCode<'t>, String> {
        PathCode::new(&self.env, &self.programs, template)
    }

    /// The value of an expression. A missing field is an error.
    pub fn expression(&self, expression: &str, context: &Value) -> Result<Value, String> {
        Code::new(&self.env, &self.programs, expression)?.value(context)
    }

    /// The output path that a template means here.
    pub fn render_path(&self, template: &str, context: &Value) -> Result<String, String> {
        let mut path = String::new();
        PathCode::new(&self.env, &self.programs, template)?.write(context, &mut path)?;
        Ok(path)
    }

    /// Renders a template in tracing mode: the same text, and where each of its lines comes from.
    pub fn traced(
        &self,
        name: &str,
        context: Value,
        sources: &Sources,
        report: &mut Report,
    ) -> Option<Traced> {
        let (env, spots) = self.tracing.get_or_init(|| self.tracing_environment(sources));
        let notes = Arc::new(Notes::default());
        match run(env, name, trace::context(context.clone(), &notes)) {
            Ok(text) => Some(trace::finish(&text, spots, &notes)),
            Err(_) => {
                // The plain rendering says it with ranges of the source.
                self.render(name, context, sources, report);
                None
            }
        }
    }

    fn tracing_environment(&self, sources: &Sources) -> (Environment<'static>, Vec<Spot>) {
        let mut env = environment(&self.pack, &self.delimiters);
        trace::install(&mut env);
        let mut spots = vec![];
        for (name, template) in &self.pack.templates {
            let source = &sources.get(template.file).text;
            let pieces: Vec<Piece> = lex::pieces(source, &self.delimiters);
            let places = place::places(template.format, source, &pieces).places;
            let prepared = prepare::write(name, source, &pieces, &places, Some(&mut spots));
            // A template that does not compile was reported by `load`.
            let _ = env.add_template_owned(name.clone(), prepared.text);
        }
        (env, spots)
    }
}

/// A key of a YAML map.
pub fn yaml_key(text: &str) -> Result<String, String> {
    let mut key = String::new();
    let written = write::value(Format::Yaml, place::Place::Key, &Value::from(text), &mut key);
    written.map(|()| key).map_err(|error| error.to_string())
}

/// A value set behind `head`, the text of its line so far: `key: ` or `- `.
pub fn yaml_value(head: &str, value: &serde_json::Value) -> Result<String, String> {
    let mut text = head.to_string();
    let value = Value::from(minijinja::value::Serde(value));
    let written = write::value(Format::Yaml, place::Place::Block, &value, &mut text);
    written.map(|()| settle::settle(text)).map_err(|error| error.to_string())
}

/// The given delimiters, or the usual ones and a finding.
fn usable(delimiters: Delimiters, files: &[PackFile], report: &mut Report) -> Delimiters {
    let Delimiters { open, close } = &delimiters;
    let taken = |mark: &str| mark.is_empty() || mark.starts_with("{%") || mark.starts_with("{#");
    let blank = |mark: &str| mark.chars().any(|letter| letter.is_whitespace() || letter.is_alphanumeric());
    if !taken(open) && !taken(close) && !blank(open) && !blank(close) && syntax(&delimiters).is_some() {
        return delimiters;
    }
    let finding = Finding::new("template-error", format!("`{open}` and `{close}` cannot be delimiters"));
    let finding = files
        .first()
        .map_or(finding.clone(), |file| finding.label(Span::new(file.file, 0, 0), "a template of the pack"));
    report.push(finding.help("write a pair of signs: `delimiters \"[[\" \"]]\"`"));
    Delimiters::default()
}

fn syntax(delimiters: &Delimiters) -> Option<SyntaxConfig> {
    SyntaxConfig::builder()
        .variable_delimiters(delimiters.open.clone(), delimiters.close.clone())
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .ok()
}

fn environment(pack: &Arc<Pack>, delimiters: &Delimiters) -> Environment<'static> {
    let mut env = Environment::empty();
    env.set_syntax(syntax(delimiters).unwrap_or_default());
    env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_debug(false);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(NESTING);
    filters::install(&mut env);
    let formatter = pack.clone();
    env.set_formatter(move |out, state, value| put::formatter(&formatter, out, state, value));
    let pack = pack.clone();
    env.add_function("part", move |state: &mut State, name: &str, value: Value, kwargs: Kwargs| {
        part::part(&pack, state, name, value, kwargs)
    });
    env
}

/// Renders and settles, with a limit on the size of the result.
pub(crate) fn run(env: &Environment, name: &str, context: Value) -> Result<String, Error> {
    run_in_parts(env, name, context, None)
}

type Sink<'s> = Box<dyn FnMut(&str) + 's>;

/// Where the parts of a long text go. If its program leaves it in the middle, minijinja begins again: the two make the
/// same bytes, so what has gone already is passed over.
struct Parts<'p> {
    to: Option<settle::Part<'p>>,
    gone: usize,
    skip: usize,
}

impl Parts<'_> {
    fn sink(&mut self) -> Option<Sink<'_>> {
        let Parts { to, gone, skip } = self;
        let to = to.as_mut()?;
        Some(Box::new(move |text: &str| {
            let known = (*skip).min(text.len());
            *skip -= known;
            *gone += text.len() - known;
            to(text.get(known..).unwrap_or_default());
        }))
    }
}

fn run_in_parts(
    env: &Environment,
    name: &str,
    context: Value,
    part: Option<settle::Part<'_>>,
) -> Result<String, Error> {
    let mut out = settle::Settler::new(part);
    env.get_template(name)?.render_captured_to(context, &mut out)?;
    out.finish().ok_or_else(|| write::refuse("the text is not UTF-8"))
}

#[cfg(test)]
mod tests;
