//! Definitions and their extensions as one schema. Of two with one name the later counts, as it does in graphql-js.

use super::definition::Definition;
use crate::graphql::schema::{BUILT_IN, Kind, Member, Name, OPERATIONS, Schema, Type};
use bastide_report::finding::{Finding, Level};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The schema the definitions make together.
pub(super) fn merge<'a>(definitions: Vec<Definition<'a>>, findings: &mut Vec<Finding>) -> Schema<'a> {
    let mut schema = Schema::default();
    let mut extensions = vec![];
    let mut named: Option<Span> = None;
    for definition in definitions {
        match definition {
            Definition::Type { extends: false, it } => {
                let (name, span) = (it.name.text, it.name.span);
                if let Some(other) = schema.types.insert(name, it) {
                    findings.push(twice(&format!("the type `{name}`"), other.name.span, span));
                }
            }
            Definition::Type { it, .. } => extensions.push(it),
            Definition::Directive(it) => {
                let (name, span) = (it.name.text, it.name.span);
                if let Some(other) = schema.directives.insert(name, it) {
                    findings.push(twice(&format!("the directive `@{name}`"), other.name.span, span));
                }
            }
            Definition::Schema { extends, description, roots, usages, span } => {
                if let Some(other) = named.filter(|_| !extends) {
                    findings.push(twice("the schema", other, span));
                }
                named = named.or(Some(span).filter(|_| !extends));
                schema.description = description.or(schema.description);
                schema.usages.extend(usages);
                roots
                    .into_iter()
                    .for_each(|(operation, name)| set_root(&mut schema, operation, name, findings));
            }
        }
    }
    extensions.into_iter().for_each(|it| extend(&mut schema, it, findings));
    finish(&mut schema, named.is_some(), findings);
    schema
}

fn set_root<'a>(schema: &mut Schema<'a>, operation: Name<'a>, name: Name<'a>, findings: &mut Vec<Finding>) {
    match OPERATIONS.iter().position(|known| *known == operation.text) {
        Some(at) => schema.roots[at] = Some(name),
        None => findings.push(
            Finding::new("contract-syntax", format!("`{}` is no kind of operation", operation.text))
                .level(Level::Warn)
                .label(operation.span, "passed over")
                .help("write `query`, `mutation` or `subscription`"),
        ),
    }
}

/// An extension of a type that is defined elsewhere stands for that type: so subgraphs of a federation are written.
fn extend<'a>(schema: &mut Schema<'a>, it: Type<'a>, findings: &mut Vec<Finding>) {
    let Some(base) = schema.types.get_mut(it.name.text) else {
        schema.types.insert(it.name.text, it);
        return;
    };
    if base.kind != it.kind {
        let message = format!(
            "`{}` is extended as `{}`, but is `{}`",
            it.name.text,
            it.kind.as_str(),
            base.kind.as_str()
        );
        findings.push(
            Finding::new("contract-syntax", message)
                .level(Level::Warn)
                .label(it.name.span, "passed over")
                .label(base.name.span, "defined here")
                .help(format!("write `extend {}`", base.kind.as_str())),
        );
        return;
    }
    base.names.extend(it.names);
    base.members.extend(it.members);
    base.directives.extend(it.directives);
}

fn finish<'a>(schema: &mut Schema<'a>, named: bool, findings: &mut Vec<Finding>) {
    schema.types.retain(|name, _| !BUILT_IN.contains(name) && !name.starts_with("__"));
    for typ in schema.types.values_mut() {
        let owner = typ.name.text;
        unique_by_name(&mut typ.members, owner, findings);
        for member in &mut typ.members {
            unique_by_name(&mut member.arguments, owner, findings);
        }
        unique(&mut typ.names);
    }
    for directive in schema.directives.values_mut() {
        unique_by_name(&mut directive.arguments, directive.name.text, findings);
        unique(&mut directive.locations);
    }
    if !named {
        let defaults = ["Query", "Mutation", "Subscription"];
        for (root, name) in schema.roots.iter_mut().zip(defaults) {
            *root =
                schema.types.get(name).filter(|typ| typ.kind == Kind::Object).map(|typ| typ.name).or(*root);
        }
    }
    unknown(schema, findings);
}

/// Sorts members by name and keeps the last of each; values of enums count as members.
fn unique_by_name<'a>(members: &mut Vec<Member<'a>>, owner: &str, findings: &mut Vec<Finding>) {
    members.sort_by(|left, right| left.name.text.cmp(right.name.text));
    let mut kept: Vec<Member<'a>> = Vec::with_capacity(members.len());
    for member in members.drain(..) {
        match kept.last_mut().filter(|last| last.name.text == member.name.text) {
            Some(last) => {
                let what = format!("`{}` of `{owner}`", member.name.text);
                findings.push(twice(&what, last.name.span, member.name.span));
                *last = member;
            }
            None => kept.push(member),
        }
    }
    *members = kept;
}

fn unique(names: &mut Vec<Name<'_>>) {
    names.sort_by(|left, right| left.text.cmp(right.text));
    names.dedup_by(|left, right| left.text == right.text);
}

fn twice(what: &str, first: Span, second: Span) -> Finding {
    Finding::new("contract-syntax", format!("{what} is defined twice"))
        .level(Level::Warn)
        .label(second, "this one counts")
        .label(first, "the other one")
        .help("remove one of them")
}

/// Types that are named and nowhere defined; each is told once. Names with `_` come from a federation.
fn unknown<'a>(schema: &Schema<'a>, findings: &mut Vec<Finding>) {
    let mut lost: BTreeMap<&'a str, Span> = BTreeMap::new();
    let mut look = |name: &'a str, span: Span| {
        if !BUILT_IN.contains(&name) && !name.contains('_') && !schema.types.contains_key(name) {
            lost.entry(name).or_insert(span);
        }
    };
    for typ in schema.types.values() {
        typ.names.iter().for_each(|name| look(name.text, name.span));
        for member in &typ.members {
            look(member.shape.named(), member.shape_at);
            member.arguments.iter().for_each(|argument| look(argument.shape.named(), argument.shape_at));
        }
    }
    schema.roots.iter().flatten().for_each(|name| look(name.text, name.span));
    findings.extend(lost.into_iter().map(|(name, span)| {
        Finding::new("contract-reference", format!("the type `{name}` is not defined"))
            .level(Level::Warn)
            .label(span, "named here, compared by its name only")
            .help(format!("define `{name}`, or correct the name"))
    }));
}
