//! What is not carried out as it is said, for people: by environment, what becomes of it, and below that which fields of
//! which nodes it is, each with its place.

use super::plural;
use bastide_report::finding::Finding;
use bastide_report::loss::{Loss, Outcome};
use bastide_report::source::Sources;
use bastide_report::visible;
use std::collections::{BTreeMap, BTreeSet};

/// A node that says something: file, lines and name.
type Place<'a> = (&'a str, BTreeSet<u32>, &'a str);

/// Fields, and all nodes that say exactly these.
type Entry<'a> = (Vec<&'a str>, Vec<Place<'a>>);

/// What becomes of some fields, and who says which of them.
struct Way<'a> {
    how: &'a str,
    entries: Vec<Entry<'a>>,
}

/// A heading for each outcome and environment, what is lost before what is only approximated; empty if nothing is.
pub fn render(losses: &[&Finding], sources: &Sources, width: usize) -> String {
    let mut sections: BTreeMap<(bool, Vec<&str>), Vec<&Loss>> = BTreeMap::new();
    for (finding, loss) in losses.iter().filter_map(|it| Some((it, it.loss.as_deref()?))) {
        let environments = finding.environments.iter().map(|name| &**name).collect();
        sections.entry((loss.outcome == Outcome::Approximated, environments)).or_default().push(loss);
    }
    let mut text = String::new();
    for ((close, environments), losses) in &sections {
        let fields: BTreeSet<&str> = losses.iter().map(|loss| &*loss.field).collect();
        let head = if *close { "approximated" } else { "not carried out" };
        let within = match environments.is_empty() {
            true => String::new(),
            false => format!(" in {}", environments.join(", ")),
        };
        text += &format!("\n{} {head}{within}\n", plural(fields.len(), "field"));
        ways(losses, sources).iter().for_each(|way| text += &way.lines(width));
    }
    if !text.is_empty() {
        text += "\nWhat you accept: `lint \"not-covered\" level=\"allow\" because=\"…\"` in its node. `--strict` makes each an error.\n";
    }
    text
}

/// The losses of a section, those together that go the same way.
fn ways<'a>(losses: &[&'a Loss], sources: &'a Sources) -> Vec<Way<'a>> {
    let mut found: BTreeMap<(Outcome, &str), Vec<&Loss>> = BTreeMap::new();
    losses.iter().for_each(|loss| found.entry((loss.outcome, &loss.how)).or_default().push(loss));
    let way = |((outcome, how), losses): ((Outcome, &'a str), Vec<&'a Loss>)| {
        let how = if outcome == Outcome::NotWritten { "no target says it" } else { how };
        Way { how, entries: entries(&losses, sources) }
    };
    let mut ways: Vec<Way<'_>> = found.into_iter().map(way).collect();
    ways.sort_by(|left, right| left.entries.cmp(&right.entries));
    ways
}

/// Who says which of these fields; nodes that say the same stand together.
fn entries<'a>(losses: &[&'a Loss], sources: &'a Sources) -> Vec<Entry<'a>> {
    let mut nodes: BTreeMap<&str, Saying<'_>> = BTreeMap::new();
    let places = |loss: &'a Loss| loss.places.iter().map(move |(node, at)| (&*loss.field, &**node, *at));
    for (field, node, at) in losses.iter().flat_map(|loss| places(loss)) {
        let saying = nodes.entry(node).or_default();
        if saying.fields.last() != Some(&field) {
            saying.fields.push(field);
        }
        let path = sources.get(at.file).path.as_str();
        saying.lines.entry(path).or_default().insert(sources.place(at).line);
    }
    let mut entries: BTreeMap<Vec<&str>, Vec<Place<'_>>> = BTreeMap::new();
    for (node, saying) in nodes {
        let places = saying.lines.into_iter().map(|(path, lines)| (path, lines, node));
        entries.entry(saying.fields).or_default().extend(places);
    }
    entries.values_mut().for_each(|nodes| nodes.sort_unstable());
    entries.into_iter().collect()
}

/// What a node says: fields, and the lines of each file.
#[derive(Default)]
struct Saying<'a> {
    fields: Vec<&'a str>,
    lines: BTreeMap<&'a str, BTreeSet<u32>>,
}

impl Way<'_> {
    /// What becomes of it, then a line for the nodes that say the same fields of it.
    fn lines(&self, width: usize) -> String {
        let mut text = wrapped(["  ", "  "], visible::line(self.how).split(' '), width);
        for (fields, nodes) in &self.entries {
            let names = places(nodes);
            let said = short(fields);
            let words = said.iter().chain(&names).map(String::as_str);
            text += &wrapped(["    ", "      "], words, width);
        }
        text
    }
}

/// `bastide.kdl:12 cart, :20+22 orders` and so on: a file is named once.
fn places(nodes: &[Place<'_>]) -> Vec<String> {
    let before = std::iter::once("").chain(nodes.iter().map(|(path, ..)| *path));
    let one = |(at, ((path, lines, node), before)): (usize, (&Place<'_>, &str))| {
        let shown = if before == *path { "" } else { path };
        let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
        let end = if at + 1 == nodes.len() { "" } else { "," };
        visible::line(&format!("{shown}:{} {node}{end}", lines.join("+"))).into_owned()
    };
    nodes.iter().zip(before).enumerate().map(one).collect()
}

/// `service.scale.min .max:`, a field beside another of the same part by its last step.
fn short(fields: &[&str]) -> Vec<String> {
    let part = |field: &str| field.rfind('.').unwrap_or(0);
    let before = std::iter::once("").chain(fields.iter().copied());
    let one = |(at, (field, before)): (usize, (&&str, &str))| {
        let same = part(field) > 0 && before.get(..part(before)) == field.get(..part(field));
        let shown = if same { &field[part(field)..] } else { field };
        let end = if at + 1 == fields.len() { ":" } else { "" };
        format!("{shown}{end}")
    };
    fields.iter().zip(before).enumerate().map(one).collect()
}

/// Words in lines of `width` at most, none of them broken; what stands before the first line and before the others.
fn wrapped<'a>([first, rest]: [&str; 2], words: impl Iterator<Item = &'a str>, width: usize) -> String {
    let mut lines = vec![first.to_string()];
    let mut begun = false;
    for word in words {
        let line = lines.last_mut().expect("there is a first one");
        if begun && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(format!("{rest}{word}"));
            continue;
        }
        line.push_str(if begun { " " } else { "" });
        line.push_str(word);
        begun = true;
    }
    lines.join("\n") + "\n"
}
