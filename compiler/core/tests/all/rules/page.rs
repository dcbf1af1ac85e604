//! The examples of a page, and what can be wrong with them.

use super::example::{Example, fixed, shown, whole};
use bastide_report::finding::{Finding, Label, Level};
use bastide_report::source::Sources;

/// What short examples leave out when it is not their subject: these rules may speak beside the one an example is for.
const AMBIENT: [&str; 8] = [
    "body-limit-missing",
    "contract-missing",
    "no-backup",
    "no-retry-budget",
    "no-slo-on-public-route",
    "orphan-service",
    "plaintext-public-listener",
    "unversioned-public-api",
];

/// The fenced blocks of a page: what stands behind the fence, and the text.
pub fn blocks(docs: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = vec![];
    let mut open = false;
    for line in docs.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(fence) => {
                open = true;
                blocks.push((fence, String::new()));
            }
            None if open => {
                let (_, text) = blocks.last_mut().unwrap();
                *text += line;
                *text += "\n";
            }
            None => {}
        }
    }
    blocks
}

/// The plans of a page: whether each is bad, and what it holds. A block `LANGUAGE PATH` is a contract, `before` in front
/// of the path what it was; the good plan has the bad one's past and contracts, unless it has its own.
pub fn examples(docs: &str) -> Vec<(bool, Example)> {
    let (mut plans, mut last): (Vec<(bool, Example)>, _) = (vec![], Example::default());
    for section in docs.split("\n## ").filter(|it| it.starts_with("Example") || it.starts_with("Instead")) {
        let bad = section.starts_with("Example");
        let mut specs = vec![];
        for (fence, text) in blocks(section) {
            let words: Vec<&str> = fence.split(' ').collect();
            match words.as_slice() {
                ["kdl", "before"] => last.before = Some(text),
                ["kdl", kind] => {
                    assert_eq!(*kind, if bad { "bad" } else { "good" }, "{fence}");
                    specs.push(text);
                }
                [_, "before", path] => drop(last.files_before.insert(path.to_string(), text)),
                [_, path] => drop(last.files.insert(path.to_string(), text)),
                _ => panic!("a block that is no part of an example: {fence}"),
            }
        }
        plans.extend(specs.into_iter().map(|spec| (bad, Example { spec, ..last.clone() })));
    }
    plans
}

/// A bad example raises its rule and no other, a good one nothing that matters.
pub fn untrue(rule: &str, bad: bool, found: &[Finding]) -> Vec<String> {
    let raised = found.iter().any(|it| it.rule == rule);
    let others = found.iter().filter(|it| it.rule != rule && !AMBIENT.contains(&&*it.rule));
    let mut wrong: Vec<String> =
        others.filter(|it| bad || it.level >= Level::Warn).map(|it| format!("raises {}", it.rule)).collect();
    if raised != bad {
        wrong.push(format!("raises its rule: {raised}"));
    }
    wrong
}

/// A finding says where in the spec and what to do, in a sentence that is no whole one.
pub fn unformed(sources: &Sources, found: &[Finding]) -> Vec<String> {
    let file = |it: &Label| sources.place(it.span).file;
    let own = |it: &Label| file(it).starts_with("bastide.kdl") || file(it).starts_with("contracts/");
    let right = |it: &&Finding| {
        it.help.is_some()
            && it.labels.first().is_some_and(|first| file(first) == "bastide.kdl")
            && it.labels.iter().all(|label| !label.text.is_empty() && own(label))
            && !it.message.ends_with('.')
            && it.message.starts_with(|c: char| !c.is_uppercase())
            && it.edits.iter().all(|edit| sources.place(edit.span).file == "bastide.kdl")
    };
    let wrong = found.iter().filter(|it| !right(it));
    wrong.map(|it| format!("the form of {}", shown(sources, std::slice::from_ref(it)))).collect()
}

/// Acts of a machine are right: `spec`, the bad example after them, is read, and their findings are gone.
pub fn unfixed(rule: &str, example: &Example, found: &[Finding], mut spec: String) -> Option<String> {
    let own = |it: &&Finding| it.rule == rule;
    let acted: Vec<&str> = found.iter().filter(own).map(|it| it.message.as_str()).collect();
    for _ in 0..16 {
        let next = Example { spec: spec.clone(), ..example.clone() };
        let (sources, after) = next.run();
        let Some(better) = fixed(rule, &sources, &after) else {
            let left = |it: &Finding| acted.contains(&it.message.as_str()) || !it.edits.is_empty();
            let unread = after.iter().any(|it| it.rule.starts_with("kdl") || it.rule.starts_with("unknown-"));
            let wrong = unread || after.iter().filter(own).any(left);
            return wrong.then(|| format!("is not fixed by\n{spec}\n{}", shown(&sources, &after)));
        };
        spec = better;
    }
    Some(format!("is never fixed:\n{spec}"))
}

/// Letters outside the edits stay: comments, blanks and line ends, on every line that no act is about.
pub fn deformed(rule: &str, example: &Example) -> Option<String> {
    let spec: String = whole(&example.spec).lines().map(|line| format!("{line}  // said\r\n")).collect();
    let marked = Example { spec: spec.clone(), ..example.clone() };
    let (sources, found) = marked.run();
    let Some(new) = fixed(rule, &sources, &found) else { return Some("loses its act".into()) };
    let said = |text: &str| text.matches("  // said\r\n").count();
    let (mut old, mut kept) = (spec.lines(), 0);
    for line in new.lines() {
        let at = old.clone().position(|it| it == line);
        kept += usize::from(at.is_some());
        at.map(|at| old.nth(at));
    }
    let edits: usize = found.iter().filter(|it| it.rule == rule).map(|it| it.edits.len()).sum();
    let kept_all = said(&new) == said(&spec) && kept + edits >= spec.lines().count();
    (!kept_all).then(|| format!("loses its form:\n{new}"))
}
