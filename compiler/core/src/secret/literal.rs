//! The secrets that stand in a spec: every text of its tree, and of the files it takes, is asked.

use super::{Spot, find};
use crate::schema::Arg;
use crate::tree::{At, Field, Item, Scalar};
use bastide_report::source::{FileId, Span};

/// A secret that stands in a spec, or in a file it takes.
#[derive(Clone, Debug)]
pub struct Literal {
    /// Path of the value in the merged tree: `service.orders.env.SMTP_PASSWORD`.
    pub path: String,
    /// The environment whose overlay says it; none if all have it.
    pub environment: Option<String>,
    /// The value, or the name of the file.
    pub span: Span,
    /// What it is.
    pub what: &'static str,
    /// The secret itself.
    pub text: Box<str>,
    /// In which text.
    pub stands: Stands,
}

/// In which text a secret stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the spec.
    Spec,
    /// In a file whose text becomes part of the output.
    File,
    /// In a contract: an example as often as a secret.
    Contract,
}

/// The secrets of a spec as it is written, but for texts that are `built_in`, where nobody writes any; `text` gives the text
/// of a project file, or those of a folder.
pub fn literals<'t>(
    items: &'t [Item],
    built_in: impl Fn(FileId) -> bool,
    text: impl Fn(&str) -> Vec<&'t str>,
) -> Vec<Literal> {
    let mut walk = Walk { above: vec![], found: vec![], built_in: &built_in, text: &text };
    items.iter().for_each(|item| walk.item(item));
    walk.found
}

/// The way down to the node that is asked.
struct Walk<'t, 'w> {
    above: Vec<&'t Item>,
    found: Vec<Literal>,
    built_in: &'w dyn Fn(FileId) -> bool,
    text: &'w dyn Fn(&str) -> Vec<&'t str>,
}

impl<'t> Walk<'t, '_> {
    fn item(&mut self, item: &'t Item) {
        self.above.push(item);
        let value = |scalar: &Scalar| matches!(scalar, Scalar::Text(_));
        if !item.is_free() {
            self.ask("", "", &item.key, item.origin.span);
        }
        // `--password` says what the word behind it is.
        let mut before = "";
        for field in item.values.iter().filter(|field| value(&field.at.value)) {
            let name = if item.is_free() { &item.key } else { before };
            before = self.scalar("", name, &field.at);
            self.hidden("", if item.is_free() { &item.key } else { "" }, field);
        }
        for field in item.fields.iter().filter(|field| value(&field.at.value)) {
            let named = matches!(item.schema.node, "option" | "set") && field.name == "value";
            let name = if named { &item.key } else { "" };
            self.scalar(field.name, name, &field.at);
            self.hidden(field.name, name, field);
            if (item.schema.node, field.name) == ("file", "from") {
                self.file(&field.at);
            }
        }
        item.parts.iter().for_each(|part| self.item(part));
        self.above.pop();
    }

    /// Asks a value; gives the name it is for the next one, if it is an option of a command.
    fn scalar(&mut self, field: &str, name: &str, at: &'t At<Scalar>) -> &'t str {
        let Scalar::Text(text) = &at.value else { return "" };
        self.ask(field, name, text, at.span());
        if text.starts_with('-') { text.trim_start_matches('-') } else { "" }
    }

    /// What a later layer hides stands in the spec all the same.
    fn hidden(&mut self, field: &str, name: &str, of: &'t Field) {
        for at in &of.hidden {
            self.scalar(field, name, at);
        }
    }

    fn ask(&mut self, field: &str, name: &str, text: &str, span: Span) {
        if (self.built_in)(span.file) {
            return;
        }
        for spot in find(name, text) {
            let literal = self.literal(field, text, span, &spot, Stands::Spec);
            self.found.push(literal);
        }
    }

    fn file(&mut self, at: &'t At<Scalar>) {
        for text in (self.text)(&at.value.words()) {
            for spot in find("", text) {
                let literal = self.literal("from", text, at.span(), &spot, Stands::File);
                self.found.push(literal);
            }
        }
    }

    fn literal(&self, field: &str, text: &str, span: Span, spot: &Spot, stands: Stands) -> Literal {
        // What an environment says of a node with a name is about that one.
        let environment =
            self.above.first().filter(|item| item.schema.node == "environment" && self.above.len() > 1);
        let named = |item: &Item| matches!(item.schema.arg, Arg::Name);
        let skip = usize::from(environment.is_some() && named(self.above[1]));
        let environment = environment.map(|item| item.key_text());
        let mut path = String::new();
        self.above[skip..].iter().for_each(|item| item.push_path(&mut path));
        if !field.is_empty() {
            path = format!("{path}.{field}");
        }
        let text = text[spot.at.clone()].into();
        Literal { path, environment, span, what: spot.what, text, stands }
    }
}
