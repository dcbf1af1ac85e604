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

/// What is to be done, and where.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    /// The way there: a key of a map; in a list an item's `name`, another key of it as `key=value`, its text, or its number
    /// from 0; `*` for all.
    pub steps: &'a [String],
    /// What to do there.
    pub act: Act<'a>,
    /// Its number, for lines it makes.
    pub number: usize,
}

/// What is to be done with what stands at the end of the way.
#[derive(Clone, Copy)]
pub(super) enum Act<'a> {
    Set(&'a Value),
    /// An item of a list, at a place of it or at its end.
    Add(Option<usize>, &'a Value),
    Remove,
}

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// What it is about is not there.
    Missing(String),
    /// Something else stands in the way.
    Fault(String),
}

impl From<String> for Why {
    fn from(text: String) -> Why {
        Why::Fault(text)
    }
}

impl Why {
    /// In words.
    pub fn text(&self) -> &str {
        let (Why::Missing(text) | Why::Fault(text)) = self;
        text
    }
}

type Done = Result<(), Why>;

fn missing<T>(text: String) -> Result<T, Why> {
    Err(Why::Missing(text))
}

/// The value of a key at the top of a document, or in a map at the top.
pub(super) fn find<'l>(lines: &'l [Line], path: &[&str]) -> Option<&'l str> {
    let (first, rest) = path.split_first()?;
    let block = Block::of(lines)?;
    let (at, end) = block.entry(lines, first)?;
    let inline = value(lines[at].text.trim_start())?;
    if rest.is_empty() { Some(bare(inline)) } else { find(&lines[at + 1..end], rest) }
}

/// The key that a line begins with.
pub(super) fn key_of(line: &Line) -> Option<&str> {
    key(line.text.trim_start()).map(bare)
}

/// What stands behind the key of a line.
pub(super) fn value_of(line: &Line) -> Option<&str> {
    value(line.text.trim_start())
}

/// Makes a change, or says why it cannot be made.
pub(super) fn edit(lines: &mut Vec<Line>, change: Change<'_>) -> Done {
    let Some(block) = Block::of(lines) else { return missing("nothing stands there".into()) };
    if change.steps.first().is_some_and(|step| step == "*") {
        return each(lines, block, change);
    }
    if block.list { in_list(lines, block, change) } else { in_map(lines, block, change) }
}

/// Makes a change in every entry that has what it is about, from the last to the first, so that numbers stay.
fn each(lines: &mut Vec<Line>, block: Block, change: Change<'_>) -> Done {
    let entries = block.entries(lines);
    let name = |(at, (start, _)): (usize, &(usize, usize))| match block.list {
        true => Some(at.to_string()),
        false => key(lines[*start].text.trim_start()).map(|key| bare(key).to_string()),
    };
    let names: Vec<String> = entries.iter().enumerate().filter_map(name).collect();
    let mut last = missing("nothing stands there".into());
    for name in names.into_iter().rev() {
        let steps: Vec<String> = std::iter::once(name).chain(change.steps[1..].iter().cloned()).collect();
        match edit(lines, Change { steps: &steps, ..change }) {
            Err(why @ Why::Missing(_)) => last = last.or(Err(why)),
            done => last = Ok(done?),
        }
    }
    last
}

/// A map or list whose entries stand in one column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    column: usize,
    /// It is a list.
    pub list: bool,
}

impl Block {
    /// The block that lines hold; none if there is nothing in them.
    pub fn of(lines: &[Line]) -> Option<Block> {
        let first = lines.iter().find(|line| !idle(&line.text))?;
        Some(Block { column: indent(&first.text), list: dash(&first.text) })
    }

    /// How many spaces stand before its entries.
    pub fn column(self) -> usize {
        self.column
    }

    /// Whether an entry begins with this line.
    fn begins(self, line: &str) -> bool {
        !idle(line) && indent(line) == self.column && dash(line) == self.list
    }

    /// Where each entry begins, and one past the last line of it.
    pub fn entries(self, lines: &[Line]) -> Vec<(usize, usize)> {
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

    /// The entry of a key.
    pub fn entry(self, lines: &[Line], key: &str) -> Option<(usize, usize)> {
        let is = |at: usize| self::key(lines[at].text.trim_start()).is_some_and(|own| bare(own) == key);
        self.entries(lines).into_iter().find(|(start, _)| is(*start))
    }

    /// The item of a list that a step means: by a key of it, by its `name`, by its text, else by its number.
    fn item(self, lines: &[Line], step: &str) -> Option<(usize, usize)> {
        let entries = self.entries(lines);
        let has = |(start, end): &(usize, usize), key: &str, value: &str| {
            let item = unfolded(&lines[*start..*end]);
            Block::of(&item).is_some_and(|block| !block.list) && find(&item, &[key]) == Some(value)
        };
        let is = |(start, _): &(usize, usize)| {
            bare(scalar(lines[*start].text.trim_start_matches([' ', '-']))) == step
        };
        let by_key =
            step.split_once('=').and_then(|(key, value)| entries.iter().find(|it| has(it, key, value)));
        let named = by_key.or_else(|| entries.iter().find(|it| has(it, "name", step)));
        let found = named.or_else(|| entries.iter().find(|it| is(it)));
        found.or_else(|| entries.get(step.parse::<usize>().ok()?)).copied()
    }
}

fn in_map(lines: &mut Vec<Line>, block: Block, change: Change<'_>) -> Done {
    let Some((step, rest)) = change.steps.split_first() else {
        return Err(Why::Fault("it is no list: fields stand there".into()));
    };
    let Some((start, end)) = block.entry(lines, step) else {
        let (steps, value) = first(change.steps, change.act, &format!("there is no `{step}`"))?;
        let last = block.entries(lines).last().map_or(lines.len(), |(_, end)| *end);
        lines.splice(last..last, written(&steps, false, value, block.column, change.number)?);
        return Ok(());
    };
    let inline = value(lines[start].text.trim_start()).unwrap_or_default().to_string();
    let mut inner: Vec<Line> = lines[start + 1..end].to_vec();
    if rest.is_empty() && !matches!(change.act, Act::Add(..)) {
        let made = match change.act {
            Act::Set(_) if inline.is_empty() && Block::of(&inner).is_some() => {
                return Err(Why::Fault(format!("`{step}` holds fields of its own: set one of them")));
            }
            Act::Set(value) => written(change.steps, false, value, block.column, change.number)?,
            _ => vec![],
        };
        lines.splice(start..end, made);
        return Ok(());
    }
    if !matches!(inline.as_str(), "" | "{}" | "[]" | "null" | "~") {
        let Some(open) = opened(&inline, block.column + 2, &lines[start]) else {
            let what = if rest.is_empty() { "list" } else { "map" };
            return Err(Why::Fault(format!("`{step}` is not a {what}: `{inline}` stands there")));
        };
        inner = open;
    }
    if Block::of(&inner).is_none() {
        let (steps, value) = first(rest, change.act, &format!("there is nothing in `{step}`"))?;
        inner = fresh(&steps, &inline, value, block.column, change.number)?;
    } else {
        edit(&mut inner, Change { steps: rest, ..change })?;
    }
    let tail = match Block::of(&lines[start + 1..end]) {
        _ if Block::of(&inner).is_some() => "",
        Some(Block { list: true, .. }) => " []",
        None if inline.starts_with('[') => " []",
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

/// What to write where nothing is yet: an item begins a list.
fn first<'a>(steps: &[String], act: Act<'a>, without: &str) -> Result<(Vec<String>, &'a Value), Why> {
    match act {
        Act::Remove => missing(format!("{without} to take away")),
        _ if steps.iter().any(|step| step == "*") => missing(without.into()),
        Act::Set(value) => Ok((steps.to_vec(), value)),
        Act::Add(Some(at), _) if at > 0 => {
            missing(format!("the list is empty: its first place is 0, not {at}"))
        }
        Act::Add(_, value) => Ok((steps.iter().cloned().chain(["0".into()]).collect(), value)),
    }
}

/// The lines below a key that held nothing.
fn fresh(
    steps: &[String],
    inline: &str,
    value: &Value,
    column: usize,
    number: usize,
) -> Result<Vec<Line>, Why> {
    let item = inline != "{}" && steps.first().is_some_and(|step| step == "0");
    if inline == "[]" && !item {
        return missing("the list is empty: only its first item `0` can be set".into());
    }
    Ok(written(steps, item, value, if item { column } else { column + 2 }, number)?)
}

fn in_list(lines: &mut Vec<Line>, block: Block, change: Change<'_>) -> Done {
    let entries = block.entries(lines);
    let Some((step, rest)) = change.steps.split_first() else {
        let Act::Add(at, value) = change.act else { return Err(Why::Fault("the path is empty".into())) };
        let place = match at.unwrap_or(entries.len()) {
            at if at < entries.len() => entries[at].0,
            at if at == entries.len() => entries.last().map_or(lines.len(), |(_, end)| *end),
            at => return missing(format!("the list has no place {at}: it has {} items", entries.len())),
        };
        lines.splice(place..place, item(value, block.column, change.number)?);
        return Ok(());
    };
    let Some((start, end)) = block.item(lines, step) else {
        if matches!(change.act, Act::Set(_) | Act::Add(..)) && *step == entries.len().to_string() {
            let last = entries.last().map_or(lines.len(), |(_, end)| *end);
            let steps: Vec<String> = std::iter::once("0".into()).chain(rest.iter().cloned()).collect();
            let (steps, value) = first(&steps, change.act, "nothing stands there")?;
            lines.splice(last..last, written(&steps, true, value, block.column, change.number)?);
            return Ok(());
        }
        return missing(format!("the list has no item `{step}`: {} stand there", told(lines, &entries)));
    };
    if rest.is_empty() && !matches!(change.act, Act::Add(..)) {
        let made = match change.act {
            Act::Set(value) => item(value, block.column, change.number)?,
            _ => vec![],
        };
        lines.splice(start..end, made);
        return Ok(());
    }
    let mut inner = unfolded(&lines[start..end]);
    if key(inner[0].text.trim_start()).is_none() && !dash(&inner[0].text) {
        return Err(Why::Fault(format!("`{step}` is not a map: `{}` stands there", inner[0].text.trim())));
    }
    edit(&mut inner, Change { steps: rest, ..change })?;
    redash(&mut inner, block.column, change.number);
    lines.splice(start..end, inner);
    Ok(())
}

/// The lines of an item without its dash, and as a block if it is written in one line.
fn unfolded(lines: &[Line]) -> Vec<Line> {
    let mut item = lines.to_vec();
    undash(&mut item[0].text);
    let column = indent(&item[0].text);
    opened(scalar(item[0].text.trim_start()), column, &item[0]).unwrap_or(item)
}

/// A map or list that is written in one line as a block of the same texts: one level of it. None if it is something else.
fn opened(text: &str, column: usize, line: &Line) -> Option<Vec<Line>> {
    let list = text.starts_with('[');
    let inner = match list {
        true => text.strip_prefix('[')?.strip_suffix(']')?,
        false => text.strip_prefix('{')?.strip_suffix('}')?,
    };
    let (mut depth, mut quote, mut escaped, mut from, mut parts) = (0usize, None, false, 0, vec![]);
    for (at, letter) in inner.char_indices() {
        match (quote, letter) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), letter) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.checked_sub(1)?,
            (None, ',') if depth == 0 => {
                parts.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[from..]);
    if quote.is_some() || depth > 0 || parts.iter().any(|part| !list && key(part.trim()).is_none()) {
        return None;
    }
    let dash = if list { "- " } else { "" };
    let text = |part: &&str| format!("{}{dash}{}", " ".repeat(column), part.trim());
    Some(parts.iter().map(|part| Line { text: text(part), from: line.from }).collect())
}

/// Names of the items, or how many there are.
fn told(lines: &[Line], entries: &[(usize, usize)]) -> String {
    let name = |(start, end): &(usize, usize)| {
        find(&unfolded(&lines[*start..*end]), &["name"]).map(|name| format!("`{name}`"))
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
    steps: &[String],
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
    Some(scalar(entry[key(entry)?.len()..].trim_start().strip_prefix(':')?))
}

/// A text without the comment behind it.
fn scalar(text: &str) -> &str {
    let text = text.trim();
    let quoted = text.starts_with(['"', '\'']);
    let end = if text.starts_with('#') { Some(0) } else { text.find(" #").filter(|_| !quoted) };
    text[..end.unwrap_or(text.len())].trim_end()
}

/// A scalar without its quotes. Names and kinds hold nothing that is escaped.
fn bare(scalar: &str) -> &str {
    let within = |quote: char| scalar.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(scalar)
}
