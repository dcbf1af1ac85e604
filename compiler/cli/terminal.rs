//! The only place that prints. Nothing leaves it that is a secret, that drives a terminal, or that a CI system would take
//! for a command.

use bastide_core::secret::{self, Known};
use bastide_report::visible::clean;
use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::sync::{PoisonError, RwLock};

/// What a printed text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people, plain.
    Text,
    /// For people, perhaps with colours: whoever drew it has cleaned what it holds.
    Drawn,
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// Workflow commands of GitHub Actions, on purpose.
    Commands,
    /// A text of our own: a page, a manual, completions.
    Page,
}

/// Writes a text for people to standard output.
pub fn say(text: &str) {
    print(Form::Text, text);
}

/// Writes to standard output. A reader that went away is no error.
pub fn print(form: Form, text: &str) {
    let _ = std::io::stdout().lock().write_all(safe(form, text).as_bytes());
}

/// Writes a text for people to standard error.
pub fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(safe(Form::Text, text).as_bytes());
}

/// Whether findings may be coloured: a terminal, and nobody said `NO_COLOR` (no-color.org).
pub fn color() -> bool {
    let unset = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    unset && std::io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Secrets of the specs of this run that no format tells, but their names.
static KNOWN: RwLock<Known> = RwLock::new(Known::new());

/// From now on this secret is shown nowhere. One that is a plain word would blank that word everywhere: it is masked at
/// its place alone.
pub fn hide(secret: &str) {
    let word = secret.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    let json = serde_json::to_string(secret).unwrap_or_default();
    for form in [secret, json.trim_matches('"')].into_iter().filter(|_| !word && secret.len() >= 4) {
        known.add(form);
    }
}

/// A text without its secrets.
pub fn veil(text: &str) -> Cow<'_, str> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    let text = secret::mask(text);
    known.mask(&text).map_or(text, Cow::Owned)
}

fn safe(form: Form, text: &str) -> Cow<'_, str> {
    if form == Form::Page {
        return Cow::Borrowed(text);
    }
    let text = match (form, veil(text)) {
        (Form::Text, Cow::Borrowed(text)) => clean(text),
        (Form::Text, Cow::Owned(text)) => Cow::Owned(clean(&text).into_owned()),
        (_, text) => text,
    };
    let text = match form {
        Form::Json => unsharp(text, "#\\u0023"),
        Form::Xml => unsharp(text, "#&#35;"),
        _ => unsharp(text, "# #"),
    };
    match form {
        Form::Text | Form::Drawn => uncommanded(text, ": :"),
        Form::Xml => uncommanded(text, "&#58;:"),
        _ => text,
    }
}

/// Breaks what Azure Pipelines (`##vso[`), TeamCity (`##teamcity[`) and runners of GitHub (`##[`) take for a command
/// anywhere in a line.
fn unsharp<'t>(text: Cow<'t, str>, by: &str) -> Cow<'t, str> {
    if !text.contains("##") {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), &*text);
    while let Some(at) = rest.find("##") {
        let behind = rest[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let (by, signs) = if behind.starts_with('[') { (by, 2) } else { ("#", 1) };
        out.push_str(&rest[..at]);
        out.push_str(by);
        rest = &rest[at + signs..];
    }
    Cow::Owned(out + rest)
}

/// Breaks what runners of GitHub take for a command where a line begins.
fn uncommanded<'t>(text: Cow<'t, str>, by: &str) -> Cow<'t, str> {
    if !text.contains("::") {
        return text;
    }
    let one = |line: &str| match line.trim_start().starts_with("::") {
        true => line.replacen("::", by, 1),
        false => line.to_string(),
    };
    text.split_inclusive('\n').map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::{Form, safe};

    #[test]
    fn no_line_is_a_command() {
        let hostile = "a\n::error::b\n  ::set-output name=c::d\n##[add-mask]e ##vso[task.x]f ###[g] ##teamcity[h]\n# #i\x1b";
        let text = safe(Form::Text, hostile);
        assert_eq!(
            text,
            "a\n: :error::b\n  : :set-output name=c::d\n# #[add-mask]e # #vso[task.x]f ## #[g] # #teamcity[h]\n# #i␛"
        );
        let json = safe(Form::Json, "{\"a\": \"##[b]\"}");
        let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert!(!json.contains("##[") && read["a"] == "##[b]", "{json}");
        assert_eq!(safe(Form::Xml, "<a>##[b]</a>"), "<a>#&#35;[b]</a>");
    }
}
