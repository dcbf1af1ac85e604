//! Expressions of a manifest, compiled once and asked for every node: `when=`, and the `{{ }}` of `to=`.

use super::condition::Way;
use super::lex::{self, Delimiters};
use super::program::{Formula, Programs};
use minijinja::machinery::parse_expr;
use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Expression, Value};
use std::borrow::Cow;

/// An expression, as in `when=`.
#[derive(Debug)]
pub struct Code<'t> {
    text: &'t str,
    code: Expression<'t, 't>,
    formula: Option<Formula>,
    /// Most paths ask for a field and for nothing else.
    way: Option<Way>,
    env: &'t Environment<'static>,
    programs: &'t Programs,
}

impl<'t> Code<'t> {
    pub(super) fn new(
        env: &'t Environment<'static>,
        programs: &'t Programs,
        text: &'t str,
    ) -> Result<Self, String> {
        let code = env.compile_expression(text).map_err(|error| say(text, &error))?;
        let way = parse_expr(text).ok().and_then(|expr| Way::of(&expr));
        Ok(Code { text, code, formula: Formula::new(text), way, env, programs })
    }

    /// Whether it asks for a name of its context.
    pub fn asks(&self, name: &str) -> bool {
        self.formula.as_ref().is_none_or(|formula| formula.asks(name))
    }

    /// Its value here. A missing field is an error.
    pub fn value(&self, context: &Value) -> Result<Value, String> {
        if let Some(value) = self.way.as_ref().and_then(|way| way.value(context)) {
            return Ok(value);
        }
        let formula = self.formula.as_ref();
        if let Some(value) = formula.and_then(|formula| formula.value(self.programs, self.env, context)) {
            return Ok(value);
        }
        match self.code.eval(context.clone()) {
            Ok(value) if value.is_undefined() => Err(format!("`{}` is not defined", self.text.trim())),
            Ok(value) => Ok(value),
            Err(error) => Err(say(self.text, &error)),
        }
    }
}

fn say(text: &str, error: &Error) -> String {
    match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, _) => format!("`{}` is not defined", text.trim()),
        (_, Some(detail)) => format!("{detail} in `{}`", text.trim()),
        (kind, None) => format!("{kind} in `{}`", text.trim()),
    }
}

/// An output path: text, and expressions in `{{ }}`.
#[derive(Debug)]
pub struct PathCode<'t> {
    steps: Vec<Step<'t>>,
}

#[derive(Debug)]
enum Step<'t> {
    Text(&'t str),
    Hole(Box<Code<'t>>),
}

impl<'t> PathCode<'t> {
    pub(super) fn new(
        env: &'t Environment<'static>,
        programs: &'t Programs,
        template: &'t str,
    ) -> Result<Self, String> {
        let mut steps = vec![];
        for piece in lex::pieces(template, &Delimiters::default()) {
            let inner = &template[piece.inner.clone()];
            steps.push(match piece.kind {
                lex::Kind::Text => Step::Text(inner),
                lex::Kind::Hole => Step::Hole(Box::new(Code::new(env, programs, inner)?)),
                _ => return Err(format!("a path holds text and `{{{{ }}}}` only, not `{}`", inner.trim())),
            });
        }
        Ok(PathCode { steps })
    }

    /// Whether one of its expressions asks for a name of its context.
    pub fn asks(&self, name: &str) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Hole(code) if code.asks(name)))
    }

    /// Writes the path here. Every value must be made of letters, digits and `._/-`, and no step of the path may be
    /// empty, `.` or `..`.
    pub fn write(&self, context: &Value, out: &mut String) -> Result<(), String> {
        let start = out.len();
        for step in &self.steps {
            match step {
                Step::Text(text) => out.push_str(text),
                Step::Hole(code) => word(code.text.trim(), &code.value(context)?, out)?,
            }
        }
        let path = &out[start..];
        match path.split('/').find(|step| matches!(*step, "" | "." | "..")) {
            Some(step) => {
                Err(format!("`{path}` is no path below the output folder: it has the step `{step}`"))
            }
            None => Ok(()),
        }
    }
}

/// Writes a value as a part of a path.
fn word(expression: &str, value: &Value, out: &mut String) -> Result<(), String> {
    let text: Cow<'_, str> = match (value.as_str(), value.kind()) {
        (Some(text), _) => text.into(),
        (None, ValueKind::Number) => value.to_string().into(),
        (None, kind) => return Err(format!("`{expression}` is a {kind} and cannot be a part of a path")),
    };
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'-');
    if text.is_empty() || !text.bytes().all(safe) {
        return Err(format!("`{expression}` is `{}`, which cannot be a part of a path", text.escape_debug()));
    }
    out.push_str(&text);
    Ok(())
}
