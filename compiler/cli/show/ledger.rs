//! What is not carried out as it is said, for people: a line for each field and way.

use super::excerpt::clean;
use super::plural;
use bastide_report::finding::Finding;
use bastide_report::source::Sources;

/// The lines, what is lost before what is only approximated; empty if nothing is.
pub fn render(losses: &[&Finding], sources: &Sources) -> String {
    if losses.is_empty() {
        return String::new();
    }
    let mut lines: Vec<(bool, String)> = losses.iter().map(|loss| line(loss, sources)).collect();
    lines.sort();
    let lost = lines.iter().filter(|(approximated, _)| !approximated).count();
    let counts = [(lost, "not carried out"), (lines.len() - lost, "approximated")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let head: Vec<String> = counts.map(|(count, how)| format!("{} {how}", plural(*count, "field"))).collect();
    let lines: String = lines.into_iter().map(|(_, line)| line).collect();
    format!("\n{}\n{lines}", head.join(", "))
}

fn line(loss: &Finding, sources: &Sources) -> (bool, String) {
    let place = loss.labels.first().map(|label| sources.place(label.span));
    let place = place.map(|it| format!("  {}:{}", it.file, it.line)).unwrap_or_default();
    let more = match loss.labels.len() {
        0 | 1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let environments: Vec<&str> = loss.environments.iter().map(|name| &**name).collect();
    let within =
        if environments.is_empty() { String::new() } else { format!(" ({})", environments.join(", ")) };
    let approximated = loss.message.contains("` is approximated: ");
    (approximated, format!("  {}{within}{place}{more}\n", clean(&loss.message)))
}
