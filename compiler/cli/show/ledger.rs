//! What is not carried out as it is said, for people: a line for each way, with the fields that go it.

use super::plural;
use bastide_report::finding::Finding;
use bastide_report::source::Sources;
use bastide_report::visible::line;
use std::collections::BTreeMap;

/// The lines, what is lost before what is only approximated; empty if nothing is.
pub fn render(losses: &[&Finding], sources: &Sources) -> String {
    if losses.is_empty() {
        return String::new();
    }
    let mut ways: BTreeMap<Way<'_>, Vec<&Finding>> = BTreeMap::new();
    losses.iter().for_each(|loss| ways.entry(Way::of(loss)).or_default().push(loss));
    let approximated = losses.iter().filter(|loss| Way::of(loss).approximated).count();
    let counts = [(losses.len() - approximated, "not carried out"), (approximated, "approximated")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let head: Vec<String> = counts.map(|(count, how)| format!("{} {how}", plural(*count, "field"))).collect();
    let lines: String = ways.iter().map(|(way, losses)| way.line(losses, sources)).collect();
    format!("\n{}\n{lines}", head.join(", "))
}

/// What becomes of a field, and in which environments.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Way<'a> {
    approximated: bool,
    /// The message behind the field: `refused: nobody reads it`.
    how: &'a str,
    environments: Vec<&'a str>,
}

impl<'a> Way<'a> {
    fn of(loss: &'a Finding) -> Way<'a> {
        let how = loss.message.split_once(" is ").map_or(loss.message.as_str(), |(_, how)| how);
        let environments = loss.environments.iter().map(|name| &**name).collect();
        Way { approximated: how.starts_with("approximated"), how, environments }
    }

    fn line(&self, losses: &[&Finding], sources: &Sources) -> String {
        let field = |loss: &&Finding| loss.message.split_once(" is ").map(|(field, _)| field.to_string());
        let fields = losses.iter().filter_map(field).collect::<Vec<_>>().join(", ");
        let is = if losses.len() == 1 { "is" } else { "are" };
        let within = match self.environments.is_empty() {
            true => String::new(),
            false => format!(" ({})", self.environments.join(", ")),
        };
        let mut labels = losses.iter().flat_map(|loss| &loss.labels);
        let place = labels.next().map(|label| sources.place(label.span));
        let place = place.map(|it| format!("  {}:{}", line(&it.file), it.line)).unwrap_or_default();
        let more = match labels.count() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        format!("  {}{within}{place}{more}\n", line(&format!("{fields} {is} {}", self.how)))
    }
}
