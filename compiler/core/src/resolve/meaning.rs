//! What a node must say, and what it may not say together, by the tables.

use super::overlay::spelled;
use crate::schema::{Clash, Need, words};
use crate::tree::{Item, Layer, Origin};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;

/// Reports what a merged node lacks, and whether it can do without.
pub fn whole(item: &Item, report: &mut Report) -> bool {
    let lacks = |need: &&Need| holds(item, need.when) && !words(need.one_of).any(|name| item.says(name));
    let Some(need) = item.schema.needs.iter().find(lacks) else { return true };
    Finding::new("incomplete-node", format!("{} {}", called(item), need.without))
        .label(item.origin.span, "there must be more to it")
        .help(format!("write {}", spelled(item.schema, &words(need.one_of).collect::<Vec<_>>(), "or")))
        .add_to(report);
    false
}

/// Reports what the user wrote into a node that leaves something else in it without a meaning.
pub fn clashes(item: &Item, report: &mut Report) {
    for clash in item.schema.clashes.iter().filter(|clash| holds(item, clash.when)) {
        let vain: Vec<(&str, Span)> =
            words(clash.never).filter_map(|name| Some((name, by_hand(item, name)?))).collect();
        if !vain.is_empty() {
            report.push(finding(item, clash, &vain));
        }
    }
}

/// One cause, one finding: with the place of everything that means nothing.
fn finding(item: &Item, clash: &Clash, vain: &[(&str, Span)]) -> Finding {
    let names: Vec<&str> = vain.iter().map(|(name, _)| *name).collect();
    let own = spelled(item.schema, &names, "and");
    let mut finding = Finding::new("contradiction", format!("{} says {own} in vain", called(item)));
    for (_, span) in vain {
        finding = finding.label(*span, "means nothing here");
    }
    let subject = clash.when.split(['=', '!']).next().unwrap_or_default();
    let other = place(item, subject).filter(|other| vain.iter().all(|(_, span)| span != other));
    let act = match other {
        None => format!("remove {own}"),
        Some(_) => format!("remove {own}, or {}", spelled(item.schema, &[subject], "or")),
    };
    if let Some(other) = other {
        finding = finding.label(other, "because of this");
    }
    finding.help(format!("{act}: {}", clash.because))
}

/// Whether a condition of the tables holds: `public`, `style=orchestration`, `=store`, `direction!=out`.
fn holds(item: &Item, when: &str) -> bool {
    let said = |name: &str| if name.is_empty() { item.value_text() } else { item.text(name) };
    if let Some((name, word)) = when.split_once("!=") {
        return said(name).is_none_or(|text| text != word);
    }
    match when.split_once('=') {
        Some((name, word)) => said(name).is_some_and(|text| text == word),
        None => when.is_empty() || item.says(when),
    }
}

/// Where a user says a property or part, if one does.
fn by_hand(item: &Item, name: &str) -> Option<Span> {
    let own = |origin: &Origin| matches!(origin.layer, Layer::Spec | Layer::Overlay);
    if !item.says(name) {
        return None;
    }
    let value = if name.is_empty() { item.value() } else { item.field(name) };
    let part = item.all(name).flat_map(Item::said).filter(|origin| own(origin)).last();
    value.map(|at| &at.origin).filter(|origin| own(origin)).or(part).map(|origin| origin.span)
}

fn place(item: &Item, name: &str) -> Option<Span> {
    let value = if name.is_empty() { item.value() } else { item.field(name) };
    value.map(|at| at.span()).or_else(|| item.part(name).map(|part| part.origin.span))
}

/// The node as findings call it: "route `/orders`".
fn called(item: &Item) -> String {
    match item.key.is_empty() {
        true => format!("`{}`", item.schema.node),
        false => format!("{} `{}`", item.schema.node, item.key),
    }
}
