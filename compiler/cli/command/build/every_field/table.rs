//! What was seen, as a table of `docs/targets.md`: a row a field, a column a context.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs};

/// What is seen of a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// A file is another, and no target says that it is only so to speak.
    Exact,
    /// It is told: in another way.
    Approximated(String),
    /// It is told: not at all, and why.
    Refused(String),
    /// It is told: no target says it.
    NotWritten,
    /// A rule says something else.
    Rule,
    /// Nothing at all.
    Nothing,
}

/// The contexts: an environment of the ground, and what stands over its column.
const CONTEXTS: [(&str, &str); 4] = [
    ("dev", "Compose"),
    ("plain", "Kubernetes"),
    ("operators", "operators"),
    ("without-gateway", "no gateway"),
];

/// The page, and where the table begins in it.
const PAGE: &str = "docs/targets.md";
const HEADING: &str = "\n## Field by field\n";

const INTRO: &str = "
A test changes every field of the language in a spec that has every kind of node (`tests/fields`), builds it in four contexts, and looks at what becomes of each change:
*Compose* with Envoy; *Kubernetes* with containers and Envoy Gateway; *operators*: CloudNativePG, Strimzi and Argo Rollouts; *no gateway*: `gateway=\"none\"`.

`yes`: the output follows. `≈`: it follows in another way, `no`: it cannot, each with its note below. `–`: no target says it, which `build` and `check` tell. `rule`: only a rule goes by it. A cell may hold several, for nodes that differ: a topic of Kafka and one of RabbitMQ. Empty: it cannot be said there.

Another test does the same with each value of each option of a target, with the meshes, and with each place of versions: it demands that nothing is lost there without a word, and adds nothing to this table.

";

/// What was seen of each field in each context.
#[derive(Debug, Default)]
pub struct Table(BTreeMap<String, BTreeMap<String, BTreeSet<Seen>>>);

impl Table {
    /// Adds what was seen of a change.
    pub fn add(&mut self, field: &str, seen: &BTreeMap<&str, Seen>) {
        let row = self.0.entry(field.into()).or_default();
        for (context, seen) in seen {
            row.entry(context.to_string()).or_default().insert(seen.clone());
        }
    }

    /// How many cells hold each of them.
    pub fn counts(&self) -> String {
        let cells = || self.0.values().flat_map(BTreeMap::values).flatten();
        let count = |is: fn(&Seen) -> bool| cells().filter(|it| is(it)).count();
        format!(
            "{} cells: {} exact, {} approximated, {} refused, {} not written, {} by a rule alone",
            cells().count(),
            count(|it| *it == Seen::Exact),
            count(|it| matches!(it, Seen::Approximated(_))),
            count(|it| matches!(it, Seen::Refused(_))),
            count(|it| *it == Seen::NotWritten),
            count(|it| *it == Seen::Rule),
        )
    }

    fn text(&self) -> String {
        let mut notes: Vec<&str> = vec![];
        let heads: Vec<&str> = CONTEXTS.iter().map(|(_, head)| *head).collect();
        let mut out = format!("| field | {} |\n|---|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
        for (field, row) in &self.0 {
            let cells = CONTEXTS.iter().map(|(context, _)| {
                let all = row.get(*context).into_iter().flatten();
                all.map(|seen| cell(seen, &mut notes)).collect::<Vec<_>>().join(", ")
            });
            let cells: Vec<String> = cells.collect();
            let _ = writeln!(out, "| `{field}` | {} |", cells.join(" | "));
        }
        out.push('\n');
        for (at, note) in notes.iter().enumerate() {
            let _ = writeln!(out, "{}. {note}", at + 1);
        }
        out
    }

    /// Holds the page against what was seen; with `BLESS=1` writes it anew.
    pub fn hold(&self) {
        let page = fs::read_to_string(PAGE).expect("the page is there");
        let (head, _) = page.split_once(HEADING).unwrap_or((&page, ""));
        let fresh = format!("{head}{HEADING}{INTRO}{}", self.text());
        if env::var_os("BLESS").is_some() {
            fs::write(PAGE, &fresh).expect("the page can be written");
        }
        let stale = || fresh.lines().find(|line| !page.lines().any(|it| it == *line));
        assert!(
            page == fresh || env::var_os("BLESS").is_some(),
            "{PAGE} is stale: run `BLESS=1 BASTIDE_EVERY_FIELD=all cargo test every_field`; {:?} is new",
            stale()
        );
    }
}

fn cell<'s>(seen: &'s Seen, notes: &mut Vec<&'s str>) -> String {
    let mut note = |text: &'s str| {
        let known = notes.iter().position(|it| *it == text);
        known.unwrap_or_else(|| {
            notes.push(text);
            notes.len() - 1
        }) + 1
    };
    match seen {
        Seen::Exact => "yes".into(),
        Seen::Approximated(how) => format!("≈ {}", note(how)),
        Seen::Refused(because) => format!("no {}", note(because)),
        Seen::NotWritten => "–".into(),
        Seen::Rule => "rule".into(),
        Seen::Nothing => "lost".into(),
    }
}
