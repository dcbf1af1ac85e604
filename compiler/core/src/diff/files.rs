//! Files of the project whose text becomes part of the output. What stands in them is not shown: it may be anything.

use super::{Difference, DifferenceKind};
use crate::model::Model;
use bastide_contract::Place;
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// Compares the texts of the files that services of both models mount.
pub fn compare(old: &Model, new: &Model, found: &mut Vec<Difference>) {
    for service in &new.services {
        let Some(before) = old.service(&service.name.value) else { continue };
        let before: BTreeMap<&str, _> =
            before.run.files.iter().rev().map(|it| (it.path.value.as_str(), it)).collect();
        for file in &service.run.files {
            let Some(from) = &file.from else { continue };
            let was = before.get(file.path.value.as_str());
            let Some(was) = was.and_then(|it| it.from.as_ref()) else { continue };
            let (text, other) = (new.texts.get(&from.value), old.texts.get(&was.value));
            if was.value == from.value && text != other && text.is_some() && other.is_some() {
                let place = |span: Span| Some(Place { span, text: "its text".into() });
                let path = format!("{}.file.{}", service.at, file.path.value);
                let whole = Difference::new("files", &service.at, path, DifferenceKind::Changed);
                found.push(Difference { old: place(was.span()), new: place(from.span()), ..whole });
            }
        }
    }
}
