//! Changes one field of a YAML document as our templates write them, in block style, line by line: what the change
//! does not touch keeps its bytes.

use serde_json::Value;

/// A line and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its text without the line break.
    pub text: String,
    /// Line of the rendered text, from 0, or number of the change that made it.
    pub from: Result<usize, usize>,
}

/// A step of a path: a key of a map; in a list the `name` of an item, or its number from 0.
pub(super) type Step = String;

/// What is to be done.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    /// The way there.
    pub steps: &'a [Step],
    /// What to put there; nothing takes away what is there.
    pub value: Option<&'a Value>,
    /// Its number, for lines it makes.
    pub number: usize,
}

/// The steps of `spec.containers.orders.image`. A key with dots stands in brackets:
/// `metadata.annotations[prometheus.io/scrape]`.
pub(super) fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = vec![];
    let mut rest = path;
    loop {
        let (step, left) = match rest.strip_prefix('[') {
            Some(inner) => inner.split_once(']')?,
            None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
        };
        if step.is_empty() {
            return None;
        }
        steps.push(step.to_string());
        rest = match left.strip_prefix('.') {
            Some("") => return None,
            Some(more) if more.starts_with('[') => return None,
            Some(more) => more,
            None if left.is_empty() => return Some(steps),
            None if left.starts_with('[') => left,
            None => return None,
        };
    }
}

/// The value of a key at the top of a document, or in a map at the top.
pub(super) fn find<'l>(lines: &'l [Line], path: &[&str]) -> Option<&'l str> {
    let (first, rest) = path.split_first()?;
    let block = Block::of(lines)?;
    let (at, end) = block.entry(lines, first)?;
    let inline = value(lines[at].text.trim_start())?;
    if rest.is_empty() { Some(bare(inline)) } else { find(&lines[at + 1..end], rest) }
}

/// Makes a change, or says why it cannot be made.
pub(super) fn edit(lines: &mut Vec<Line>, change: Change<'_>) -> Result<(), String> {
    let Some(block) = Block::of(lines) else { return Err("the document is empty".into()) };
    if block.list { in_list(lines, block, change) } else { in_map(lines, block, change) }
}

/// A map or list whose entries stand in one column.
#[derive(Clone, Copy, Debug)]
struct Block {
    column: usize,
    list: bool,
}

impl Block {
    /// The block that lines hold; none if there is nothing in them.
    fn of(lines: &[Line]) -> Option<Block> {
        let first = lines.iter().find(|line| !idle(&line.text))?;
        Some(Block { column: indent(&first.text), list: dash(&first.text) })
    }

    /// Whether an entry begins with this line.
    fn begins(self, line: &str) -> bool {
        !idle(line) && indent(line) == self.column && dash(line) == self.list
    }

    /// Where each entry begins, and one past the last line of it.
    fn entries(self, lines: &[Line]) -> Vec<(usize, usize)> {
        let starts: Vec<usize> = (0..lines.len()).filter(|at| self.begins(&lines[*at].text)).collect();
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        starts
            .iter()
            .copied()
            .zip(ends)
            .map(|(start, end)| (start, self.trimmed(lines, start, end)))
            .collect()
    }

    /// Comments and empty lines before the next entry belong to it, not to the one before.
    fn trimmed(self, lines: &[Line], start: usize, end: usize) -> usize {
        let own = |line: &str| !idle(line) || !line.trim().is_empty() && indent(line) > self.column;
        (start + 1..end).rev().find(|at| own(&lines[*at].text)).map_or(start + 1, |last| last + 1)
    }

    fn entry(self, lines: &[Line], key: &str) -> Option<(usize, usize)> {
        let is = |at: usize| self::key(lines[at].text.trim_start()).is_some_and(|own| bare(own) == key);
        self.entries(lines).into_iter().find(|(start, _)| is(*start))
    }

    /// The item of a list that a step means: by its `name`, else by its number.
    fn item(self, lines: &[Line], step: &str) -> Option<(usize, usize)> {
        let entries = self.entries(lines);
        let named = |(start, end): &&(usize, usize)| {
            let mut item = lines[*start..*end].to_vec();
            undash(&mut item[0].text);
            Block::of(&item).is_some_and(|block| !block.list) && find(&item, &["name"]) == Some(step)
        };
        entries.iter().find(named).or_else(|| entries.get(step.parse::<usize>().ok()?)).copied()
    }
}

fn in_map(lines: &mut Vec<Line>, block: Block, change: Change<'_>) -> Result<(), String> {
    let Some((step, rest)) = change.steps.split_first() else { return Err("the path is empty".into()) };
    let Some((start, end)) = block.entry(lines, step) else {
        let Some(value) = change.value else { return Err(format!("there is no `{step}` to take away")) };
        let last = block.entries(lines).last().map_or(lines.len(), |(_, end)| *end);
        let made = written(change.steps, false, value, block.column, change.number)?;
        lines.splice(last..last, made);
        return Ok(());
    };
    let inline = value(lines[start].text.trim_start()).unwrap_or_default();
    let mut inner: Vec<Line> = lines[start + 1..end].to_vec();
    if rest.is_empty() {
        if change.value.is_some() && inline.is_empty() && Block::of(&inner).is_some() {
            return Err(format!("`{step}` holds fields of its own: set one of them"));
        }
        let made = change
            .value
            .map(|value| written(change.steps, false, value, block.column, change.number))
            .transpose()?;
        lines.splice(start..end, made.unwrap_or_default());
        return Ok(());
    }
    if !matches!(inline, "" | "{}" | "[]" | "null" | "~") {
        return Err(format!("`{step}` is not a map: `{inline}` stands there"));
    }
    if Block::of(&inner).is_none() {
        let Some(value) = change.value else {
            return Err(format!("`{step}` is empty: nothing to take away"));
        };
        inner = fresh(rest, inline, value, block.column, change.number)?;
    } else {
        edit(&mut inner, Change { steps: rest, ..change })?;
    }
    let tail = match Block::of(&lines[start + 1..end]) {
        _ if Block::of(&inner).is_some() => "",
        Some(Block { list: true, .. }) => " []",
        _ => " {}",
    };
    if !tail.is_empty() || !inline.is_empty() {
        let key = key(lines[start].text.trim_start()).unwrap_or_default();
        let text = format!("{}{key}:{tail}", " ".repeat(block.column));
        lines[start] = Line { text, from: Err(change.number) };
    }
    lines.splice(start + 1..end, inner);
    Ok(())
}

/// The lines below a key that held nothing.
fn fresh(
    steps: &[Step],
    inline: &str,
    value: &Value,
    column: usize,
    number: usize,
) -> Result<Vec<Line>, String> {
    let item = inline != "{}" && steps.first().is_some_and(|step| step == "0");
    if inline == "[]" && !item {
        return Err("the list is empty: only its first item `0` can be set".into());
    }
    written(steps, item, value, if item { column } else { column + 2 }, number)
}

fn in_list(lines: &mut Vec<Line>, block: Block, change: Change<'_>) -> Result<(), String> {
    let Some((step, rest)) = change.steps.split_first() else { return Err("the path is empty".into()) };
    let Some((start, end)) = block.item(lines, step) else {
        let entries = block.entries(lines);
        if let (Some(value), true) = (change.value, *step == entries.len().to_string()) {
            let last = entries.last().map_or(lines.len(), |(_, end)| *end);
            let steps: Vec<Step> = std::iter::once("0".into()).chain(rest.iter().cloned()).collect();
            lines.splice(last..last, written(&steps, true, value, block.column, change.number)?);
            return Ok(());
        }
        return Err(format!("the list has no item `{step}`: {} stand there", told(lines, &entries)));
    };
    if rest.is_empty() {
        let made = change.value.map(|value| item(value, block.column, change.number)).transpose()?;
        lines.splice(start..end, made.unwrap_or_default());
        return Ok(());
    }
    let mut inner: Vec<Line> = lines[start..end].to_vec();
    undash(&mut inner[0].text);
    if key(inner[0].text.trim_start()).is_none() && !dash(&inner[0].text) {
        return Err(format!("`{step}` is not a map: `{}` stands there", inner[0].text.trim()));
    }
    edit(&mut inner, Change { steps: rest, ..change })?;
    redash(&mut inner, block.column, change.number);
    lines.splice(start..end, inner);
    Ok(())
}

/// Names of the items, or how many there are.
fn told(lines: &[Line], entries: &[(usize, usize)]) -> String {
    let name = |(start, end): &(usize, usize)| {
        let mut item = lines[*start..*end].to_vec();
        undash(&mut item[0].text);
        find(&item, &["name"]).map(|name| format!("`{name}`"))
    };
    let names: Vec<String> = entries.iter().filter_map(name).collect();
    if names.is_empty() { format!("`0` to `{}`", entries.len().saturating_sub(1)) } else { names.join(", ") }
}

/// Puts the dash of an item back, or an empty map if nothing is left of it.
fn redash(item: &mut Vec<Line>, column: usize, number: usize) {
    match item.iter().position(|line| !idle(&line.text)) {
        Some(first) => item[first].text.replace_range(column..=column, "-"),
        None => *item = vec![Line { text: format!("{}- {{}}", " ".repeat(column)), from: Err(number) }],
    }
}

fn undash(line: &mut String) {
    let column = indent(line);
    if dash(line) {
        line.replace_range(column..=column, " ");
    }
}

/// A key, the maps and lists that lead on to it, and its value. A number behind a key is the first item of a new list; at
/// the beginning it is one only in a `list`.
fn written(
    steps: &[Step],
    list: bool,
    value: &Value,
    column: usize,
    number: usize,
) -> Result<Vec<Line>, String> {
    let (mut text, mut at) = (" ".repeat(column), column);
    let mut before = if list { Some(false) } else { None };
    for (depth, step) in steps.iter().enumerate() {
        let is_item = before.is_some() && step.bytes().all(|digit| digit.is_ascii_digit());
        if is_item && step != "0" {
            return Err(format!("there is no list yet: its first item is `0`, not `{step}`"));
        }
        // An item begins a line, in the column of the key it is under; what is in an item begins on its line.
        if before == Some(true) {
            at += if is_item { 0 } else { 2 };
            text += &format!("\n{}", " ".repeat(at));
        } else if depth > 0 {
            at += 2;
        }
        text += &if is_item { "- ".to_string() } else { format!("{}:", bastide_template::yaml_key(step)?) };
        before = Some(!is_item);
    }
    text.push_str(if before == Some(true) { " " } else { "" });
    Ok(split(&bastide_template::yaml_value(&text, value)?, number))
}

fn item(value: &Value, column: usize, number: usize) -> Result<Vec<Line>, String> {
    Ok(split(&bastide_template::yaml_value(&format!("{}- ", " ".repeat(column)), value)?, number))
}

fn split(text: &str, number: usize) -> Vec<Line> {
    text.split('\n').map(|line| Line { text: line.into(), from: Err(number) }).collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line says nothing: empty, or a comment.
fn idle(line: &str) -> bool {
    let line = line.trim_start();
    line.trim_end().is_empty() || line.starts_with('#')
}

fn dash(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    line == "-" || line.starts_with("- ")
}

/// The key of an entry as it is written, quotes included.
fn key(entry: &str) -> Option<&str> {
    let quote = entry.chars().next().filter(|letter| matches!(letter, '"' | '\''));
    let from = quote.map_or(Some(0), |quote| entry[1..].find(quote).map(|end| end + 2))?;
    let colon = from
        + entry[from..].match_indices(':').map(|(at, _)| at).find(|at| {
            let after = entry[from + at + 1..].chars().next();
            after.is_none_or(|letter| letter == ' ')
        })?;
    Some(entry[..colon].trim_end())
}

/// What stands behind the key on its line, without a comment.
fn value(entry: &str) -> Option<&str> {
    let rest = entry[key(entry)?.len()..].trim_start().strip_prefix(':')?.trim();
    let quoted = rest.starts_with(['"', '\'']);
    let end = if rest.starts_with('#') { Some(0) } else { rest.find(" #").filter(|_| !quoted) };
    Some(rest[..end.unwrap_or(rest.len())].trim_end())
}

/// A scalar without its quotes. Names and kinds hold nothing that is escaped.
fn bare(scalar: &str) -> &str {
    let within = |quote: char| scalar.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(scalar)
}
