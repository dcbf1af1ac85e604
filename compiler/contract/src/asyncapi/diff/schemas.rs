//! Payloads, headers and parameters by the kinds of change of JSON Schema and Avro. What they weigh depends on who reads: what the
//! application receives must not be narrowed, what it sends must not be widened; what nobody says the way of is judged
//! as received.

use super::Diff;
use crate::json_schema::element;
use crate::json_schema::kinds::name;
use crate::schema::{Dialect, Fact, FactKind, Judge, Reading};
use crate::value::Value;
use crate::{Bump, Change, Direction, Options, Subject, avro};

/// The language of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// JSON Schema in one of its forms.
    Schema(Dialect),
    Avro,
    /// A language that is not read here.
    Other,
}

impl Family {
    /// The language a `schemaFormat` means.
    pub(super) fn of(format: Option<&str>) -> Family {
        let Some(format) = format.map(str::to_ascii_lowercase) else { return Family::Schema(Dialect::New) };
        match format.as_str() {
            one if one.contains("avro") => Family::Avro,
            one if one.contains("oai.openapi") && one.contains("version=3.0") => {
                Family::Schema(Dialect::OpenApi30)
            }
            one if one.contains("schema+") && one.contains("draft-0") => Family::Schema(Dialect::Old),
            one if ["asyncapi", "schema+", "oai.openapi"].iter().any(|known| one.contains(known)) => {
                Family::Schema(Dialect::New)
            }
            _ => Family::Other,
        }
    }
}

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares two schemas of the document's own language; `ways` is whether it is sent, and whether it is received.
    pub(super) fn schema(&mut self, subject: &Subject, ways: (bool, bool), sides: [&'s Value<'a>; 2]) {
        self.schema_in(subject, ways, sides, [Dialect::New; 2]);
    }

    /// Compares two schemas, each in its own dialect.
    pub(super) fn schema_in(
        &mut self,
        subject: &Subject,
        ways: (bool, bool),
        [old, new]: [&'s Value<'a>; 2],
        dialects: [Dialect; 2],
    ) {
        let facts = self.judge(dialects).compare(old, new, Reading::Data);
        for fact in facts.iter() {
            let path = if fact.path.is_empty() { String::new() } else { format!(" ${}", fact.path) };
            let part = inner(&subject.part(path), &element(&fact.path));
            let change = Change::new(&name(fact), part, fact.message.clone());
            let places = [fact.old.clone(), fact.new.clone()];
            let missed = ways.0 && fact.kind == FactKind::PropertyRemovedOptional;
            let change = change.between(places).at(weight(fact, ways, self.options));
            self.changes.push(Change { missed, ..change });
        }
    }

    fn judge(&mut self, [old, new]: [Dialect; 2]) -> &mut Judge<'s, 'a> {
        let known = self.judges.iter().position(|(dialects, _)| *dialects == [old, new]);
        let at = known.unwrap_or_else(|| {
            self.judges.push(([old, new], Judge::new((self.old.1, old), (self.new.1, new))));
            self.judges.len() - 1
        });
        &mut self.judges[at].1
    }

    /// Compares two Avro schemas.
    pub(super) fn avro(&mut self, subject: &Subject, ways: (bool, bool), [old, new]: [&'s Value<'a>; 2]) {
        let found = avro::compare_values(old, new);
        self.compared += found.compared;
        self.skipped.extend(found.skipped);
        self.findings.extend(found.findings);
        let (sent, received) = ways;
        for mut change in found.changes {
            let breaks = match change.direction {
                Direction::Backward => Some(received || !sent),
                Direction::Forward => Some(sent),
                _ => None,
            };
            change.bump = breaks.map_or(change.bump, |breaks| if breaks { Bump::Major } else { Bump::Minor });
            change.element = inner(subject, &change.element).element;
            change.path = format!("{} {}", subject.path, change.path);
            self.changes.push(change);
        }
    }
}

/// A subject, of which consumers read a field.
fn inner(subject: &Subject, field: &str) -> Subject {
    let element = format!("{}#{field}", subject.element).trim_end_matches('#').into();
    Subject { element, ..subject.clone() }
}

/// What a fact takes where its data travels so.
fn weight(fact: &Fact, (sent, received): (bool, bool), options: &Options) -> Bump {
    let ours = (received || !sent).then(|| weight_received(fact));
    ours.max(sent.then(|| weight_sent(fact, options))).unwrap_or_default()
}

fn weight_received(fact: &Fact) -> Bump {
    match fact.kind {
        FactKind::Words | FactKind::Deprecated | FactKind::Undeprecated | FactKind::Access => Bump::Patch,
        FactKind::Default | FactKind::PropertyAddedOptional => Bump::Minor,
        _ => fact.bump(false),
    }
}

fn weight_sent(fact: &Fact, options: &Options) -> Bump {
    use FactKind::*;
    match fact.kind {
        Words | Deprecated | Undeprecated | Access | Default => Bump::Patch,
        PropertyAddedOptional | PropertyAddedRequired if options.strict && fact.widens => Bump::Major,
        PropertyAddedOptional | PropertyAddedRequired | PropertyRemovedOptional => Bump::Minor,
        PropertyRemovedRequired => Bump::Major,
        _ => fact.bump(true),
    }
}
