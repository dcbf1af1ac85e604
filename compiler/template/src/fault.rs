//! Turns what minijinja says into findings, with labels in the template's source.

use super::Pack;
use bastide_report::finding::Finding;
use bastide_report::source::{Sources, Span};
use bastide_report::suggest::nearest;
use minijinja::{Error, ErrorKind, Value};

/// The finding for an error raised while template `name` was compiled or rendered.
pub(crate) fn finding(pack: &Pack, name: &str, error: &Error, context: &Value, sources: &Sources) -> Finding {
    let place = error.name().filter(|name| pack.templates.contains_key(*name)).unwrap_or(name);
    let Some(template) = pack.templates.get(place) else {
        return Finding::new("template-error", format!("there is no template `{name}`"));
    };
    let source = &sources.get(template.file).text;
    let range = error.range().map(|range| template.prepared.source(range)).unwrap_or(0..0);
    let range = range.start.min(source.len())..range.end.min(source.len());
    let span = Span::new(template.file, range.start, range.end);
    let expression = source.get(range).unwrap_or("").trim();
    match error.kind() {
        ErrorKind::UndefinedError => undefined(expression, context, span),
        ErrorKind::OutOfFuel => endless(Some(span)),
        kind => {
            let message = error.detail().map_or_else(|| kind.to_string(), str::to_string);
            Finding::new("template-error", message).label(span, "in this expression")
        }
    }
}

/// The finding for a template that runs on.
pub(crate) fn endless(span: Option<Span>) -> Finding {
    let finding = Finding::new("template-error", "the template does not come to an end")
        .help("loop over a list of the model");
    match span {
        Some(span) => finding.label(span, "stopped here"),
        None => finding,
    }
}

fn undefined(expression: &str, context: &Value, span: Span) -> Finding {
    let finding = Finding::new("template-error", format!("`{expression}` is not defined"));
    let finding = finding.label(span, "no such field");
    match near(expression, context) {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding.help("a field that may be missing: `value | default(…)` or `value | optional`"),
    }
}

/// The name closest to the first step of a dotted path that the context does not have.
fn near(expression: &str, context: &Value) -> Option<String> {
    let end = expression.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '.'));
    let mut value = context.clone();
    for step in expression[..end.unwrap_or(expression.len())].split('.') {
        let next = value.get_attr(step).ok()?;
        if !next.is_undefined() {
            value = next;
            continue;
        }
        let keys: Vec<String> = value.try_iter().ok()?.take(500).map(|key| key.to_string()).collect();
        return nearest(step, keys.iter().map(String::as_str)).map(str::to_string);
    }
    None
}
