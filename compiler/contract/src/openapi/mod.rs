//! OpenAPI 3.0, 3.1 and 3.2.

mod diff;
mod kinds;
mod model;
mod read;
pub mod requests;
#[cfg(test)]
mod tests;

use super::library::Library;
use super::schema::Judge;
use super::value::{Data, Value};
use super::{Comparison, ContractFormat, Options, Side, change_kind};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Sources, Span};
use model::Contract;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// How files of OpenAPI are known, read and compared.
pub static FORMAT: ContractFormat = ContractFormat {
    name: "openapi",
    fence: "yaml",
    endings: &[".openapi.yaml", ".openapi.yml", ".openapi.json"],
    sniff,
    references: super::library::references,
    compare,
    kinds: LazyLock::new(|| {
        let mut kinds = change_kind::read(&[
            include_str!("changes/operation.md"),
            include_str!("changes/life.md"),
            include_str!("changes/security.md"),
            include_str!("changes/parameter.md"),
            include_str!("changes/body.md"),
            include_str!("changes/answer.md"),
            include_str!("changes/callback.md"),
            include_str!("changes/property.md"),
            include_str!("changes/shared.md"),
            include_str!("changes/words.md"),
        ]);
        kinds.extend(kinds::of_schemas());
        kinds
    }),
};

/// The methods a path may have.
pub const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The version is the first key as a rule, but tools that sort keys put it anywhere.
fn sniff(text: &str) -> bool {
    let first = |line: &str| line.trim_start_matches(['"', '{', ' ']).starts_with("openapi");
    text.lines().any(first) || text.contains("\"openapi\":")
}

/// What a consumer would name to say that it reads what stands at a path of a change: fields of answers are told apart,
/// all else is the operation. `GET /orders/{id} 200 application/json $.customer.email` is
/// `GET /orders/{id}#customer.email`.
pub fn element(path: &str) -> String {
    let mut words = path.split(' ');
    let hook = if words.clone().next() == Some("webhook") { 3 } else { 2 };
    let operation: Vec<&str> = words.by_ref().take(hook).collect();
    let answer = words.next().is_some_and(|word| model::Status::read(word).is_some());
    let field = path.rsplit_once(" $").filter(|_| answer).map(|(_, field)| field.trim_start_matches('.'));
    match field {
        Some(field) if !field.is_empty() => format!("{}#{field}", operation.join(" ")),
        _ => operation.join(" "),
    }
}

fn compare(old: &Side, new: &Side, sources: &Sources, options: &Options) -> Comparison {
    let mut report = Report::default();
    let libraries = (Library::read(old, sources, &mut report), Library::read(new, sources, &mut report));
    let mut comparison = Comparison::default();
    if !report.denied() {
        for (was, is) in pairs(roots(old, &libraries.0), roots(new, &libraries.1)) {
            let old = contract(&libraries.0, was, &mut report);
            let new = contract(&libraries.1, is, &mut report);
            let Some((old, new)) = old.zip(new) else { continue };
            let judge = Judge::new((&libraries.0, old.dialect), (&libraries.1, new.dialect));
            diff::contracts(&old, &new, judge, options, &mut comparison);
        }
    }
    comparison.findings.extend(report.findings);
    comparison
}

/// What stands on the side that lacks a text of the other.
static NOTHING: Value<'static> =
    Value { span: Span { file: FileId(0), start: 0, end: 0 }, data: Data::Map(vec![]) };

fn contract<'s, 'a>(
    library: &'s Library<'a>,
    root: Option<&'s Value<'a>>,
    report: &mut Report,
) -> Option<Contract<'s, 'a>> {
    match root {
        Some(root) => read::contract(library, root, report),
        None => Some(Contract::nothing(&NOTHING)),
    }
}

/// The texts that are contracts, by path; where none says that it is one, all that were asked for, to be refused.
fn roots<'s, 'a>(side: &'s Side, library: &'s Library<'a>) -> BTreeMap<&'s str, &'s Value<'a>> {
    let all: BTreeMap<&str, &Value> =
        side.asked().filter_map(|file| Some((file.path.as_str(), library.root(file.id)?))).collect();
    let claims = |root: &&Value| read::claims(root);
    if !all.values().any(claims) {
        return all;
    }
    all.into_iter().filter(|(_, root)| read::claims(root)).collect()
}

type Pair<'s, 'a> = (Option<&'s Value<'a>>, Option<&'s Value<'a>>);

/// Texts of one path belong together; so do the only ones of either side.
fn pairs<'s, 'a>(
    old: BTreeMap<&str, &'s Value<'a>>,
    new: BTreeMap<&str, &'s Value<'a>>,
) -> Vec<Pair<'s, 'a>> {
    if old.len() == 1 && new.len() == 1 {
        return vec![(old.into_values().next(), new.into_values().next())];
    }
    let paths: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    paths.into_iter().map(|path| (old.get(path).copied(), new.get(path).copied())).collect()
}
