//! Options that have no kind of their own: deprecation, HTTP rules, and what belongs to other tools.

use super::super::file_option::FILE_OPTIONS;
use super::super::tree::{Choice, Constant, word};
use super::Diff;
use crate::{Subject, place};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Options that are compared as what they mean, elsewhere.
const ELSEWHERE: &str = "allow_alias ctype default deprecated idempotency_level java_string_check_utf8 json_name jstype \
    message_set_wire_format no_standard_descriptor_accessor packed";

/// The values of one option, each with the name of its leaf.
type Leaves<'s, 'a> = Vec<(&'s str, &'s Constant<'a>)>;

impl Diff<'_, '_> {
    /// Compares the options of a part; the spans are those of the whole part.
    pub fn options(
        &mut self,
        subject: &Subject,
        (old, old_at): (&[Choice<'_>], Span),
        (new, new_at): (&[Choice<'_>], Span),
    ) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        let truth = |options: &[Choice<'_>], name: &str| word(options, name) == Some("true");
        let places = [place(old_at, ""), place(new_at, "")];
        if truth(old, "deprecated") != truth(new, "deprecated") {
            let more = if truth(new, "deprecated") { "now" } else { "no longer" };
            let message = format!("`{}` is {more} deprecated", subject.path);
            self.tell(("protobuf/deprecation-changed", &[]), subject, places.clone(), message);
        }
        if truth(old, "message_set_wire_format") != truth(new, "message_set_wire_format") {
            let message = format!("`{}` is written in another way, that of message sets", subject.path);
            self.tell(("protobuf/message-set-format-changed", &[]), subject, places, message);
        }
        let (before, after) = (grouped(old), grouped(new));
        for root in before.keys().chain(after.keys()).copied().collect::<BTreeSet<_>>() {
            let none = Leaves::new();
            let (was, is) = (before.get(root).unwrap_or(&none), after.get(root).unwrap_or(&none));
            if was != is {
                let at = |options: &[Choice<'_>], whole: Span| {
                    options
                        .iter()
                        .find(|option| root_of(&option.name) == root)
                        .map_or(whole, |option| option.at)
                };
                let places = [place(at(old, old_at), show(was)), place(at(new, new_at), show(is))];
                let message = format!("option `{root}` of `{}` changed", subject.path);
                self.tell((chosen(root, was, is), &[]), subject, places, message);
            }
        }
    }
}

/// The kind of a changed option: rules of transcoding to HTTP may only be added to.
fn chosen(root: &str, was: &Leaves<'_, '_>, is: &Leaves<'_, '_>) -> &'static str {
    let bare = |name: &str| name.replace(".additional_bindings", "");
    let kept = |(name, value): &(&str, &Constant<'_>)| {
        is.iter().any(|(other, now)| bare(other) == bare(name) && now == value)
    };
    if root == "(google.api.http)" && !was.iter().all(kept) {
        "protobuf/http-rule-changed"
    } else {
        "protobuf/option-changed"
    }
}

fn grouped<'s, 'a>(options: &'s [Choice<'a>]) -> BTreeMap<&'s str, Leaves<'s, 'a>> {
    let mut out: BTreeMap<&str, Leaves<'_, '_>> = BTreeMap::new();
    for option in options {
        let root = root_of(&option.name);
        if root != "features"
            && !FILE_OPTIONS.iter().any(|option| option.name == root)
            && !ELSEWHERE.split(' ').any(|it| it == root)
        {
            out.entry(root).or_default().push((&option.name, &option.value));
        }
    }
    out
}

/// The option a leaf belongs to: `(google.api.http)` of `(google.api.http).get`.
fn root_of(name: &str) -> &str {
    let end = match name.strip_prefix('(').and_then(|rest| rest.find(')')) {
        Some(close) => close + 2,
        None => name.find('.').unwrap_or(name.len()),
    };
    &name[..end]
}

fn show(leaves: &Leaves<'_, '_>) -> String {
    leaves.iter().map(|(_, value)| value.show()).collect::<Vec<_>>().join(", ")
}
