//! Expressions of a manifest, compiled once and asked for every node: `when=`, and the `{{ }}` of `to=`.

use super::bound;
use super::lex::{self, Delimiters};
use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Value};
use std::borrow::Cow;

/// An expression, as in `when=`.
#[derive(Debug)]
pub struct Expression<'t> {
    text: &'t str,
    code: minijinja::Expression<'t, 't>,
}

impl<'t> Expression<'t> {
    pub(super) fn new(env: &'t Environment<'static>, text: &'t str, counted: bool) -> Result<Self, String> {
        if let Some(why) = bound::too_large(text) {
            return Err(format!("an expression is too much to be read: {why}"));
        }
        let code = match counted {
            // Constants are computed when it is compiled, so what counts must stand in it by then.
            true => env.compile_expression_owned(bound::guarded(text)),
            false => env.compile_expression(text),
        };
        let code = code.map_err(|error| say(text, &error))?;
        Ok(Expression { text, code })
    }

    /// Whether it may ask for a name of its context.
    pub fn asks(&self, name: &str) -> bool {
        self.text.contains(name) && self.code.undeclared_variables(false).contains(name)
    }

    /// Its value here. A missing field is an error.
    pub fn value(&self, context: &Value) -> Result<Value, String> {
        match self.code.eval(context.clone()) {
            Ok(value) if value.is_undefined() => {
                Err(say(&self.missing(context), &ErrorKind::UndefinedError.into()))
            }
            Ok(value) => Ok(value),
            Err(error) if error.kind() == ErrorKind::UndefinedError => {
                Err(say(&self.missing(context), &error))
            }
            Err(error) => Err(say(self.text, &error)),
        }
    }

    /// The first path in it that leads to nothing; all of it if none does.
    fn missing(&self, context: &Value) -> String {
        let nothing = |path: &String| {
            let step = |value: Value, name: &str| value.get_attr(name).ok();
            path.split('.').try_fold(context.clone(), step).is_none_or(|value| value.is_undefined())
        };
        let mut paths: Vec<String> = self.code.undeclared_variables(true).into_iter().collect();
        paths.sort();
        paths.into_iter().find(nothing).unwrap_or_else(|| self.text.into())
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
pub struct PathTemplate<'t> {
    steps: Vec<Step<'t>>,
}

#[derive(Debug)]
enum Step<'t> {
    Text(&'t str),
    Interpolation(Expression<'t>),
}

impl<'t> PathTemplate<'t> {
    pub(super) fn new(
        env: &'t Environment<'static>,
        template: &'t str,
        counted: bool,
    ) -> Result<Self, String> {
        let mut steps = vec![];
        for piece in lex::pieces(template, &Delimiters::default()) {
            let inner = &template[piece.inner.clone()];
            steps.push(match piece.kind {
                lex::Kind::Text => Step::Text(inner),
                lex::Kind::Interpolation => Step::Interpolation(Expression::new(env, inner, counted)?),
                _ => return Err(format!("a path holds text and `{{{{ }}}}` only, not `{}`", inner.trim())),
            });
        }
        Ok(PathTemplate { steps })
    }

    /// Whether one of its expressions asks for a name of its context.
    pub fn asks(&self, name: &str) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Interpolation(code) if code.asks(name)))
    }

    /// The path here. Every value must be made of letters, digits and `._/-`, and no step of the path may be empty, `.`
    /// or `..`.
    pub fn path(&self, context: &Value) -> Result<String, String> {
        let mut path = String::new();
        for step in &self.steps {
            match step {
                Step::Text(text) => path.push_str(text),
                Step::Interpolation(code) => word(code.text.trim(), &code.value(context)?, &mut path)?,
            }
        }
        match path.split('/').find(|step| matches!(*step, "" | "." | "..")) {
            Some(step) => {
                Err(format!("`{path}` is no path below the output folder: it has the step `{step}`"))
            }
            None => Ok(path),
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
