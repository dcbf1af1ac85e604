//! Overlays that meet nothing, and `#null` that takes nothing.

use super::references::COMPARED;
use crate::schema::{Arg, Schema, Type, words};
use crate::tree::{Field, Item, Layer, Origin, Scalar, Taken};
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::Span;
use bastide_report::suggest::nearest;
use std::collections::BTreeMap;

/// Takes out of an overlay what changes nothing that stands in `base`, and is nothing by itself.
pub fn meet(base: &Item, over: &mut Item, report: &mut Report) {
    let mut named: BTreeMap<_, Vec<&Item>> = BTreeMap::new();
    base.parts.iter().for_each(|own| named.entry((own.schema.node, &*own.key)).or_default().push(own));
    over.parts.retain_mut(|part| {
        let named = named.get(&(part.schema.node, &*part.key)).into_iter().flatten();
        let same = named.copied().find(|own| own.is_same(part));
        if let (Some(own), false) = (same, part.removed) {
            meet(own, part, report);
        }
        let stands = same.is_some() || part.removed || stands_alone(part);
        if !stands {
            let siblings = few(base.all(part.schema.node), report);
            report.push(of_nothing(part, siblings));
        }
        stands
    });
}

/// What a mistaken name is compared with: where there are more mistakes than this, they are no slips.
pub fn few<'t>(siblings: impl Iterator<Item = &'t Item>, report: &Report) -> Vec<&'t Item> {
    if report.findings.len() > COMPARED { vec![] } else { siblings.collect() }
}

/// Whether a node of an overlay is something even if it meets nothing.
pub fn stands_alone(item: &Item) -> bool {
    let schema = item.schema;
    let version = matches!(schema.arg, Arg::Key(Type::Version));
    let bare = version && item.fields.is_empty() && item.parts.is_empty();
    let new = schema.new_by.is_empty() || bare || words(schema.new_by).any(|name| item.says(name));
    item.broken || new && schema.props.iter().all(|prop| !prop.required || item.field(prop.name).is_some())
}

/// The finding about a node of an overlay that meets none of `siblings`.
pub fn of_nothing(item: &Item, siblings: Vec<&Item>) -> Finding {
    let node = item.schema.node;
    let name = if item.key.is_empty() { String::new() } else { format!(" `{}`", item.key) };
    let finding = Finding::new("overlay-of-nothing", format!("there is no {node}{name} to change here"))
        .label(item.origin.span, "an overlay of nothing");
    let near = nearest(&item.key, siblings.iter().map(|it| &*it.key));
    let namesake = siblings.iter().find(|it| it.is_namesake(item));
    let new = match new_by(item) {
        said if said.is_empty() => "a new one".to_string(),
        said => format!("a new one, with {said}"),
    };
    match (namesake, near) {
        (Some(other), _) => finding
            .label(other.origin.span, "this one differs in what tells it apart")
            .help(format!("say what tells `{}` apart, or write {new}", other.path())),
        (None, Some(near)) => finding.help(format!("did you mean `{near}`?")),
        (None, None) => finding.help(format!("correct the name, or write {new}")),
    }
}

/// What a new node of this kind says: `to=`, `redirect` or `aggregate`.
fn new_by(item: &Item) -> String {
    let schema = item.schema;
    let required = schema.props.iter().filter(|prop| prop.required).map(|prop| prop.name);
    let names: Vec<&str> = required.chain(words(schema.new_by)).collect();
    spelled(schema, &names, "or")
}

/// Properties and parts as one writes them: "`to=`, `redirect` or `aggregate`".
pub fn spelled(schema: &Schema, names: &[&str], join: &str) -> String {
    let one = |name: &&str| match schema.prop(name) {
        _ if name.is_empty() => "a value".to_string(),
        Some(_) => format!("`{name}=`"),
        None => format!("`{name}`"),
    };
    let all: Vec<String> = names.iter().map(one).collect();
    match all.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {join} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Settles what was taken away, and tells of each `#null` that met nothing wherever it applies.
pub fn settle(tree: &mut [Item], gone: Vec<Item>, report: &mut Report) {
    let mut nulls: BTreeMap<Span, (bool, String)> = BTreeMap::new();
    let mut note = |span: Span, met: bool, what: String| {
        nulls.entry(span).or_insert_with(|| (false, what)).0 |= met;
    };
    gone.iter().for_each(|null| note(null.origin.span, null.took(), named(null)));
    if let Some(environment) = tree.iter_mut().find(|item| item.schema.node == "environment")
        && !gone.is_empty()
    {
        environment.taken.get_or_insert_default().parts.extend(gone);
    }
    for item in tree {
        item.settle();
        if matches!(item.schema.node, "archetype" | "resource-type") {
            continue; // what they take, they take from what begins with them
        }
        item.all_taken(&mut |item, taken| {
            within(item, taken, &mut note);
            in_vain(item, taken, report);
        });
    }
    for (span, (_, what)) in nulls.into_iter().filter(|(_, (met, _))| !met) {
        Finding::new("nothing-to-remove", format!("there is no {what} to take away here"))
            .label(span, "takes nothing")
            .help("remove it, or correct what it names")
            .add_to(report);
    }
}

fn within(item: &Item, taken: &Taken, note: &mut dyn FnMut(Span, bool, String)) {
    for null in &taken.parts {
        // Targets are there without being named.
        note(null.origin.span, null.took() || null.schema.node == "target", named(null));
    }
    for field in &taken.fields {
        let follows = item.schema.prop(field.name).and_then(|prop| prop.follows);
        // A patch takes it out of an object; what is as another property is taken from that.
        let met = item.schema.node == "set"
            || follows.is_some_and(|other| item.field(other).is_some())
            || field.hidden.iter().any(|at| at.value != Scalar::Null);
        note(field.at.span(), met, format!("`{}=`", field.name));
    }
}

/// Tells of what a `#null` of the spec takes away that is the same without: it counts on, and nothing would show it.
fn in_vain(item: &Item, taken: &Taken, report: &mut Report) {
    let usual = |field: &Field| {
        let usual = item.schema.prop(field.name)?.usual?;
        let taken = field.hidden.iter().find(|at| at.value != Scalar::Null)?;
        (taken.value.print() == usual).then(|| (format!("{}=", field.name), usual, field.at.origin))
    };
    let part = |origin: &Origin| {
        let null = taken.parts.iter().find(|null| null.origin == *origin)?;
        Some((null.schema.node.to_string(), null.schema.usual?, *origin))
    };
    let all = taken.fields.iter().filter_map(usual).chain(taken.in_vain.iter().filter_map(part));
    for (name, usual, origin) in all.filter(|(.., origin)| origin.layer >= Layer::Spec) {
        Finding::new("needless-null", format!("`{name}` is `{usual}` where nothing says it, too"))
            .level(Level::Warn)
            .label(origin.span, "changes nothing")
            .help("write another value, or remove it")
            .add_to(report);
    }
}

fn named(null: &Item) -> String {
    let parts = [null.schema.node, &null.key].into_iter().filter(|it| !it.is_empty());
    format!("`{}`", parts.collect::<Vec<_>>().join(" "))
}
