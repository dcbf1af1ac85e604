//! The field that an act of a finding writes.

use crate::kind::KINDS;
use crate::schema::Schema;
use crate::tree::places::NAMED;
use bastide_report::finding::Spot;

/// A field that would be written in a node.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Act<'n> {
    /// Kind of the node at the top.
    pub kind: &'n str,
    /// Its name.
    pub name: &'n str,
    /// The field: `service.scale.min`.
    pub field: String,
}

impl<'n> Act<'n> {
    /// What is written at a spot of the node at a path (`service.orders.calls.pricing`), or of one around it; none if the spot
    /// writes nothing new, or a fact that only rules read.
    pub fn of(node: &'n str, spot: Spot) -> Option<Act<'n>> {
        let mut steps = node.split('.');
        let kind = steps.next()?;
        let top = KINDS.iter().copied().find(|it| it.node == kind)?;
        let mut chain: Vec<(&Schema, String)> = vec![(top, kind.into())];
        for step in steps.clone() {
            let (schema, path) = chain.last()?;
            if let Some(part) = schema.part(step) {
                let path = below(path, part);
                chain.push((part, path));
            }
        }
        let field = chain.iter().rev().find_map(|(schema, path)| written(schema, path, spot))?;
        Some(Act { kind, name: steps.next().unwrap_or_default(), field: field? })
    }

    /// The field without the kind of its node.
    pub fn shown(&self) -> &str {
        self.field.split_once('.').map_or(&self.field, |(_, rest)| rest)
    }
}

fn below(path: &str, part: &Schema) -> String {
    if NAMED.contains(&part.node) { part.node.into() } else { format!("{path}.{}", part.node) }
}

/// The field that a spot is in a node of this kind: none if it is of another node, and nothing if it is no promise.
fn written(schema: &Schema, path: &str, spot: Spot) -> Option<Option<String>> {
    match spot {
        Spot::Child(node, prop) => {
            let part = schema.part(node)?;
            let own = part.prop(prop);
            let fact = part.check_only || own.is_some_and(|it| it.check_only);
            let step = own.map(|it| format!(".{}", it.name)).unwrap_or_default();
            Some((!fact).then(|| below(path, part) + &step))
        }
        Spot::Property(prop) => {
            let own = schema.prop(prop).map(|it| (it, path.to_string()));
            let inner = || schema.parts.iter().find_map(|part| Some((part.prop(prop)?, below(path, part))));
            let (prop, path) = own.or_else(inner)?;
            Some((!prop.check_only).then(|| format!("{path}.{}", prop.name)))
        }
        Spot::Here | Spot::Without(_) | Spot::Node => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_fields() {
        let field = |node, spot| Act::of(node, spot).map(|it| format!("{} {}", it.name, it.field));
        let all = [
            ("service.web.slo", Spot::Child("scale", "min"), Some("web service.scale.min")),
            ("service.web.calls.pay", Spot::Property("timeout"), Some("web calls.timeout")),
            ("service.web.calls.pay", Spot::Property("budget"), None),
            ("topic.placed", Spot::Child("dead-letter", "after"), Some("placed topic.dead-letter.after")),
            ("topic.placed", Spot::Property("retention"), Some("placed topic.dead-letter.retention")),
            ("gateway.public.route./v1.0/a", Spot::Child("retries", ""), Some("public route.retries")),
            ("resource.db", Spot::Child("backup", "schedule"), Some("db resource.backup.schedule")),
            ("service.web", Spot::Node, None),
        ];
        for (node, spot, wanted) in all {
            assert_eq!(field(node, spot).as_deref(), wanted, "{node} {spot:?}");
        }
    }
}
