//! Files of the project whose text becomes part of the output. What stands in them is not shown: it may be anything.

use super::{ChangeKind, Difference, Effect};
use crate::contract::Place;
use crate::model::Model;
use bastide_contract::Place;
use bastide_report::source::Span;

/// Compares the texts of the files that services of both models mount.
pub fn compare(old: &Model, new: &Model, found: &mut Vec<Difference>) {
    for service in &new.services {
        let Some(before) = old.service(&service.name.value) else { continue };
        for file in &service.run.files {
            let Some(from) = &file.from else { continue };
            let was = before.run.files.iter().find(|it| it.path.value == file.path.value);
            let Some(was) = was.and_then(|it| it.from.as_ref()) else { continue };
            let (text, other) = (new.texts.get(&from.value), old.texts.get(&was.value));
            if was.value == from.value && text != other && text.is_some() && other.is_some() {
                let place = |span: Span| Some(Place { span, text: "its text".into() });
                found.push(Difference {
                    subject: "files",
                    node: service.at.clone(),
                    path: format!("{}.file.{}", service.at, file.path.value),
                    change: ChangeKind::Changed,
                    old: place(was.span()),
                    new: place(from.span()),
                    effect: Effect::Safe,
                    why: String::new(),
                    inside: false,
                    environments: vec![],
                });
            }
        }
    }
}
