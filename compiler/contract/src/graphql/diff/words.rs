//! Words for people, deprecations, and directives where they are used.

use super::super::schema::{Description, Kind, Literal, Member, Usage};
use super::Diff;
use crate::{Changes, Direction, Subject, place};
use std::collections::BTreeMap;

/// The reason that stands for none (GraphQL September 2025, section 3.13.3).
const NO_REASON: &str = "No longer supported";

impl Diff<'_, '_> {
    /// Compares what is said about something.
    pub(super) fn description(&mut self, subject: &Subject, [old, new]: [&Option<Description<'_>>; 2]) {
        let text =
            |side: &Option<Description<'_>>| side.as_ref().map_or("".into(), |side| side.text.to_string());
        let (was, is) = (text(old), text(new));
        if was == is {
            return;
        }
        let side = |side: &Option<Description<'_>>| side.as_ref().and_then(|side| place(side.span, ""));
        let what = match (was.is_empty(), is.is_empty()) {
            (true, _) => "has a description, which it had not",
            (_, true) => "has no description any more",
            _ => "is described in other words",
        };
        let message = format!("`{}` {what}", subject.path);
        self.note("graphql/description-changed", subject, (side(old), side(new)), message);
    }

    /// Compares the description and the deprecation of a field, argument or value.
    pub(super) fn documented(&mut self, subject: &Subject, old: &Member<'_>, new: &Member<'_>) {
        self.description(subject, [&old.description, &new.description]);
        let (was, is) = (deprecation(old), deprecation(new));
        let side = |found: &Option<(&Usage<'_>, String)>| {
            found.as_ref().and_then(|(usage, reason)| place(usage.span, reason))
        };
        let sides = (side(&was), side(&is));
        let (kind, message) = match (was, is) {
            (None, Some((_, reason))) => {
                ("graphql/deprecated", format!("`{}` is deprecated: {reason}", subject.path))
            }
            (Some(_), None) => {
                ("graphql/deprecation-removed", format!("`{}` is deprecated no more", subject.path))
            }
            (Some((_, was)), Some((_, is))) if was != is => (
                "graphql/deprecation-reason-changed",
                format!("`{}` is deprecated for another reason: {is}", subject.path),
            ),
            _ => return,
        };
        self.note(kind, subject, sides, message);
    }

    /// Compares the directives used at one place. Of repeated ones, the first is compared with the first.
    pub(super) fn usages(&mut self, subject: &Subject, kind: Option<Kind>, [old, new]: [&[Usage<'_>]; 2]) {
        let (old, new) = (grouped(old), grouped(new));
        let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
        let none = vec![];
        for name in names {
            let [was, is] = [&old, &new].map(|side| side.get(name).unwrap_or(&none));
            for nth in 0..was.len().max(is.len()) {
                self.usage(subject, kind, name, [was, is].map(|all| all.get(nth).copied()));
            }
        }
    }

    fn usage(
        &mut self,
        subject: &Subject,
        kind: Option<Kind>,
        name: &str,
        [old, new]: [Option<&Usage<'_>>; 2],
    ) {
        let side = |usage: Option<&Usage<'_>>| usage.and_then(|usage| place(usage.span, shown(usage)));
        let sides = (side(old), side(new));
        let path = &subject.path;
        let part = subject.part(format!("@{name}"));
        let (change, part, message) = match (name, old, new) {
            ("oneOf", None, Some(_)) if kind == Some(Kind::Input) => {
                let message = format!("exactly one field of `{path}` must be given");
                ("graphql/input-became-one-of", part.towards(Direction::Request), message)
            }
            ("oneOf", Some(_), None) if kind == Some(Kind::Input) => {
                let message = format!("any number of fields of `{path}` may be given, not exactly one");
                ("graphql/input-no-longer-one-of", part.towards(Direction::Request), message)
            }
            (_, None, _) => (
                "graphql/directive-usage-added",
                part,
                format!("`@{name}` stands at `{path}`, where it did not"),
            ),
            (_, _, None) => {
                ("graphql/directive-usage-removed", part, format!("`@{name}` stands at `{path}` no more"))
            }
            (_, Some(old), Some(new)) if old.arguments == new.arguments => return,
            _ => (
                "graphql/directive-usage-changed",
                part,
                format!("`@{name}` of `{path}` is given other arguments"),
            ),
        };
        self.note(change, &part, sides, message);
    }
}

fn deprecation<'u, 'a>(member: &'u Member<'a>) -> Option<(&'u Usage<'a>, String)> {
    let usage = member.directives.iter().find(|usage| usage.name.text == "deprecated")?;
    let reason = match usage.arguments.get("reason") {
        Some(Literal::Text(reason)) => reason.to_string(),
        _ => NO_REASON.into(),
    };
    Some((usage, reason))
}

/// By name, without deprecations, which have kinds of their own.
fn grouped<'u, 'a>(usages: &'u [Usage<'a>]) -> BTreeMap<&'a str, Vec<&'u Usage<'a>>> {
    let mut groups: BTreeMap<&'a str, Vec<&'u Usage<'a>>> = BTreeMap::new();
    for usage in usages.iter().filter(|usage| usage.name.text != "deprecated") {
        groups.entry(usage.name.text).or_default().push(usage);
    }
    groups
}

fn shown(usage: &Usage<'_>) -> String {
    let arguments: Vec<String> =
        usage.arguments.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    match arguments.is_empty() {
        true => format!("@{}", usage.name.text),
        false => format!("@{}({})", usage.name.text, arguments.join(", ")),
    }
}
