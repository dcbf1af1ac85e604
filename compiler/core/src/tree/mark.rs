//! What tells two nodes of one kind and argument apart.

use super::{Item, Scalar};
use crate::schema::{Mark, Repeat};
use bastide_report::units::Duration;
use std::collections::BTreeSet;

impl Item {
    /// What of a mark this node says, in one spelling for each meaning.
    fn said_of(&self, mark: Mark) -> Option<String> {
        match mark {
            Mark::Prop(name, _) => self.text(name),
            Mark::Words(name) => self.text(name).map(|text| words(&text)),
            Mark::Pair(name, sign) => self.text(name).map(|text| pair(&text, sign)),
            Mark::Value(name) => self.text(name).or_else(|| self.value_text()),
            Mark::Window => self.value_rate().map(|at| Duration(at.value.per).to_string()),
        }
    }

    /// The marks that tell this node from those of the same argument: what it says, else what nobody need say.
    pub fn marks(&self) -> Vec<Option<String>> {
        let usual = |mark: &Mark| match mark {
            Mark::Prop(_, usual) => Some((*usual).to_string()),
            _ => None,
        };
        self.schema_marks().iter().map(|mark| self.said_of(*mark).or_else(|| usual(mark))).collect()
    }

    /// Whether this `#null` means the node: what it does not say may be anything.
    pub fn takes(&self, other: &Item) -> bool {
        let key = self.key.is_empty() || self.is_namesake(other);
        let same = |(mark, theirs): (&Mark, Option<String>)| {
            let own = self.said_of(*mark);
            own.is_none() || own == theirs
        };
        self.schema.node == other.schema.node
            && key
            && self.schema_marks().iter().zip(other.marks()).all(same)
    }

    /// The marks in a path, but for those that say what is usual: `[method=GET]`.
    pub(super) fn push_marks(&self, path: &mut String) {
        for mark in self.schema_marks() {
            let usual = match mark {
                Mark::Prop(_, usual) => usual,
                Mark::Window => "1s",
                _ => "",
            };
            let Some(said) = self.said_of(*mark).filter(|said| said != usual) else { continue };
            for text in ["[", mark.prop().unwrap_or("per"), "=", &said, "]"] {
                path.push_str(text);
            }
        }
    }

    /// The same, of this node alone.
    pub fn marks_in_path(&self) -> String {
        let mut marks = String::new();
        self.push_marks(&mut marks);
        marks
    }

    fn schema_marks(&self) -> &'static [Mark] {
        match self.schema.repeat {
            Repeat::Many(marks) => marks,
            _ => &[],
        }
    }

    /// Whether the property or part is said, and no `#null` or `#false`; the empty name is the node's own value.
    pub fn says(&self, name: &str) -> bool {
        let no = |value: Option<&Scalar>| matches!(value, Some(Scalar::Bool(false)));
        if name.is_empty() {
            return !self.values.is_empty();
        }
        let yes = |part: &Item| !part.removed && !no(part.value().map(|at| &at.value));
        self.field(name).is_some_and(|at| !no(Some(&at.value))) || self.all(name).any(yes)
    }
}

fn words(text: &str) -> String {
    let words: BTreeSet<String> = text.split_whitespace().map(str::to_ascii_uppercase).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn pair(text: &str, sign: char) -> String {
    match text.split_once(sign) {
        Some((name, value)) if sign == ':' => {
            format!("{}: {}", name.trim().to_ascii_lowercase(), value.trim())
        }
        Some((name, value)) => format!("{}{sign}{}", name.trim(), value.trim()),
        None => text.trim().into(),
    }
}
