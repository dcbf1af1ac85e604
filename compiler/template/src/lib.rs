//! Templates of a target pack: compiled once, rendered for each artifact, every value written by its format's writer.

pub mod bound;
mod code;
mod doubles;
mod expression;
mod fault;
pub mod filters;
pub mod format;
pub mod held;
mod layout;
mod lex;
mod part;
mod place;
mod prepare;
pub mod trace;
mod write;
mod write_value;
mod yaml;

use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Sources, Span};
pub use expression::{Expression, PathTemplate};
use format::Format;
pub use format::Sign;
use lex::{Delimiters, Piece};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, State, UndefinedBehavior, Value};
use prepare::{Prepared, Spot};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use trace::{Notes, Traced};

/// Instructions one rendering may take.
const FUEL: u64 = if cfg!(test) { 1_000_000 } else { 50_000_000 };
/// Bytes one text may have.
const LARGEST: usize = 64 << 20;
/// Room for most texts: nineteen of twenty are partials of some hundred bytes.
const SMALL: usize = 1_000;
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
pub struct TextOptions {
    /// Signs around an interpolation, for files in which `{{` means something else.
    pub delimiters: Option<(String, String)>,
    /// A sign that the reader of its YAML takes for its own.
    pub doubles: Option<Sign>,
    /// The reader does so in values at these places alone: the keys that lead there, `containers.args`.
    pub doubles_at: Vec<String>,
    /// Somebody else than bastide wrote it: what its expressions make and walk over is counted.
    pub counted: bool,
}

/// The compiled templates of one pack.
#[derive(Debug)]
pub struct Templates {
    env: Environment<'static>,
    pack: Arc<Pack>,
    delimiters: Delimiters,
    doubles_at: Vec<String>,
    counted: bool,
    tracing: OnceLock<(Environment<'static>, Vec<Spot>)>,
}

/// What the writers must know of a pack's templates.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    templates: BTreeMap<String, Template>,
    /// What the reader of its YAML takes for its own.
    sign: Option<Sign>,
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
    pub fn load(
        files: &[PackFile],
        sources: &Sources,
        options: &TextOptions,
        report: &mut Report,
    ) -> Templates {
        let signs = options.delimiters.clone();
        let delimiters = signs.map_or_else(Delimiters::default, |(open, close)| Delimiters { open, close });
        let delimiters = usable(delimiters, files, report);
        let mut pack = Pack { sign: options.doubles, ..Pack::default() };
        let doubles_at = options.doubles.map(|_| options.doubles_at.clone()).unwrap_or_default();
        let mut unsafe_ones: Vec<&str> = vec![];
        for file in files {
            let format = Format::of(&file.name);
            let whole = options.doubles.filter(|_| options.doubles_at.is_empty());
            let format = whole.map_or(format, |sign| format.filling(sign));
            let source = &sources.get(file.file).text;
            let before = report.findings.len();
            let (pieces, places) = prepare::check(format, source, &delimiters, file.file, report);
            let found = &report.findings[before..];
            unsafe_ones.extend(found.iter().any(|it| it.rule == "template-unsafe").then_some(&*file.name));
            let doubled = doubles::doubled(format, source, &pieces, &doubles_at);
            if let Some((piece, why)) = bound::excess(source, &pieces) {
                unsafe_ones.push(&file.name);
                report.push(
                    Finding::new("template-error", format!("the template is too much to be read: {why}"))
                        .label(Span::new(file.file, piece.whole.start, piece.whole.end), "too much")
                        .help("divide it: `{% set %}` names a part of an expression, `part(…)` holds a part of a text"),
                );
                continue;
            }
            let counted = options.counted;
            let prepared = prepare::write(&file.name, source, &pieces, (&places, &doubled), counted, None);
            pack.templates.insert(file.name.clone(), Template { format, file: file.file, prepared });
        }
        let pack = Arc::new(pack);
        let mut env = environment(&pack, &delimiters, options.counted);
        let texts = pack.clone();
        env.set_loader(move |name| Ok(texts.templates.get(name).map(|it| it.prepared.text.clone())));
        // A tag that was refused is none that minijinja would understand: it would be told twice.
        for name in pack.templates.keys().filter(|name| !unsafe_ones.contains(&name.as_str())) {
            if let Err(error) = env.get_template(name) {
                report.push(fault::finding(&pack, name, &error, &Value::from(()), sources));
            }
        }
        let counted = options.counted;
        Templates { env, pack, delimiters, doubles_at, counted, tracing: OnceLock::new() }
    }

    /// Renders a template; `None` if that failed, with the finding in the report.
    pub fn render(
        &self,
        name: &str,
        context: Value,
        sources: &Sources,
        report: &mut Report,
    ) -> Option<String> {
        match run(&self.env, name, context.clone()) {
            Ok(text) => Some(text),
            Err(error) => {
                report.push(fault::finding(&self.pack, name, &error, &context, sources));
                None
            }
        }
    }

    /// Whether a template may ask for a name of its context.
    pub fn asks(&self, template: &str, name: &str) -> bool {
        // Most templates do not hold the word at all and need not be parsed once more.
        let known = self.pack.templates.get(template).filter(|known| known.prepared.text.contains(name));
        let template = known.and_then(|_| self.env.get_template(template).ok());
        template.is_some_and(|template| template.undeclared_variables(false).contains(name))
    }

    /// Whether they are a project's own, which are held to more than those that are built in.
    pub fn are_counted(&self) -> bool {
        self.counted
    }

    /// Compiles an expression, as in `when=` of a manifest.
    pub fn expression<'t>(&'t self, text: &'t str) -> Result<Expression<'t>, String> {
        Expression::new(&self.env, text, self.counted)
    }

    /// Compiles an output path with `{{ }}`.
    pub fn path<'t>(&'t self, template: &'t str) -> Result<PathTemplate<'t>, String> {
        PathTemplate::new(&self.env, template, self.counted)
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
        let mut env = environment(&self.pack, &self.delimiters, self.counted);
        trace::install(&mut env);
        let mut spots = vec![];
        for (name, template) in &self.pack.templates {
            let source = &sources.get(template.file).text;
            let pieces: Vec<Piece> = lex::pieces(source, &self.delimiters);
            let places = place::places(template.format, source, &pieces).places;
            let doubled = doubles::doubled(template.format, source, &pieces, &self.doubles_at);
            let counted = self.counted;
            let prepared =
                prepare::write(name, source, &pieces, (&places, &doubled), counted, Some(&mut spots));
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
    written.map(|()| layout::layout(text)).map_err(|error| error.to_string())
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

fn environment(pack: &Arc<Pack>, delimiters: &Delimiters, counted: bool) -> Environment<'static> {
    let mut env = Environment::empty();
    env.set_syntax(syntax(delimiters).unwrap_or_default());
    env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_debug(false);
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(NESTING);
    filters::install(&mut env, "");
    if let Some(sign) = pack.sign {
        env.add_filter("_doubled", move |value: &Value| filters::doubled(sign, value));
    }
    if counted {
        filters::install(&mut env, held::NATIVE);
        let names: Vec<&str> = filters::FILTERS.split(' ').collect();
        held::install(&mut env, &names);
    }
    env.add_function("range", held::range);
    let formatter = pack.clone();
    env.set_formatter(move |out, state, value| write_value::formatter(&formatter, out, state, value));
    let pack = pack.clone();
    env.add_function("part", move |state: &mut State, name: &str, value: Value, kwargs: Kwargs| {
        let made = part::part(&pack, state, name, value, kwargs)?;
        if counted {
            held::part(state, &made)?;
        }
        Ok::<_, Error>(made)
    });
    env
}

/// Renders a template and lays its text out.
pub(crate) fn run(env: &Environment, name: &str, context: Value) -> Result<String, Error> {
    let mut out = Limited(Vec::with_capacity(SMALL));
    env.get_template(name)?.render_captured_to(context, &mut out)?;
    let text = String::from_utf8(out.0).map_err(|_| write::refuse("the text is not UTF-8"))?;
    Ok(layout::layout(text))
}

/// A text that grows to a limit, so that a template that writes without an end ends in a finding.
struct Limited(Vec<u8>);

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(std::io::Error::other("the text grows beyond 64 MiB"));
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
