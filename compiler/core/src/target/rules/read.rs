//! `rules.kdl`, read.

use super::form::FORMS;
use super::{Path, Rule, Rules, Test};
use crate::kind::platform::ROOT;
use crate::target::manifest::top;
use crate::tree::Item;
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Sources};

/// Reads the rules of a pack.
pub fn read(file: FileId, sources: &Sources, report: &mut Report) -> Rules {
    let item = top(&ROOT, file, sources, report);
    Rules::new(item.iter().flat_map(|item| &item.parts).map(rule).collect())
}

fn rule(part: &Item) -> Rule {
    let int = |name: &str| part.int(name).map(|at| at.value);
    let size =
        |name: &str| int(name).map_or(usize::MAX, |value| usize::try_from(value).unwrap_or(usize::MAX));
    let form = part.text("form").and_then(|name| FORMS.iter().find(|form| form.name == name));
    let text = |key: bool| Test::Text { form: form.map(|form| form.fits), most: size("most"), key };
    let test = match part.schema.node {
        "text" => text(false),
        "key" => text(true),
        "number" => {
            Test::Number { least: int("least").unwrap_or(i64::MIN), most: int("most").unwrap_or(i64::MAX) }
        }
        "unique" => Test::Unique,
        "count" => Test::Count { most: size("most"), all: false },
        "total" => Test::Count { most: size("most"), all: true },
        "bytes" => Test::Bytes { most: size("most") },
        "sum" => Test::Sum { least: int("least").unwrap_or(0) },
        "below" => Test::Below,
        _ => Test::Identity,
    };
    let said = |name: &str| part.text(name).unwrap_or_default();
    let paths = part.values_text().into_iter().chain(part.text("than"));
    Rule {
        paths: paths.map(|path| Path::parse(&path)).collect(),
        of: part.part("of").map(Item::values_text).unwrap_or_default(),
        test,
        because: said("because"),
        act: said("act"),
        #[cfg(test)]
        examples: [said("bad"), said("good")],
    }
}
