//! Parameters and headers: what stands beside the body, either way.

use super::{Diff, Way};
use crate::openapi::model::{Headers, Operation, Parameter, ParameterKey};
use crate::schema::{Kinds, Reading, Wire};
use crate::value::Value;
use crate::{Changes, place};

/// What parameters and headers are to kinds of change.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// A parameter of a request.
    Parameter,
    /// A header of an answer.
    Header,
    /// A parameter of a webhook or callback, which the service sends.
    CallbackParameter,
}

impl Kind {
    /// The name of what became of one. Whether it must be there counts where clients must send it, and where they miss
    /// it.
    fn change(self, required: bool, change: &str) -> String {
        let (way, thing) = match self {
            Kind::Parameter => ("request", "parameter"),
            Kind::Header => ("response", "header"),
            Kind::CallbackParameter => ("callback", "parameter"),
        };
        match (required, change) {
            (true, "added") if way == "request" => format!("openapi/{way}-{thing}-added-required"),
            (false, "removed") if way != "request" => format!("openapi/{way}-optional-{thing}-removed"),
            _ => format!("openapi/{way}-{thing}-{change}"),
        }
    }
}

/// Where some fields stand, and how they travel.
pub(super) struct At<'p> {
    /// What their paths begin with.
    pub(super) path: &'p str,
    /// Where the new side lists them; what is gone is missed there.
    pub(super) place: bastide_report::source::Span,
    /// The same of the old side.
    pub(super) old_place: bastide_report::source::Span,
    /// How they travel.
    pub(super) reading: Reading,
}

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All parameters of an operation.
    pub(super) fn parameters(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        let reading = way.sent();
        let at = At { path: &new.name, place: new.at, old_place: old.at, reading };
        let kind = if way == Way::Call { Kind::Parameter } else { Kind::CallbackParameter };
        for (key, one) in &old.parameters {
            let path = format!("{} {} {}", new.name, key.place, one.name);
            match new.parameters.get(key) {
                Some(other) => self.field([one, other], &path, kind, reading),
                None if self.moved(key, one, old, new, &at) => {}
                None => self.field_removed(one, &path, kind, &at),
            }
        }
        for (key, one) in &new.parameters {
            if !old.parameters.contains_key(key) && !came(key, old, new) {
                let path = format!("{} {} {}", new.name, key.place, one.name);
                self.field_added(one, &path, kind, &at);
            }
        }
    }

    /// All headers of an answer, or of a part of a body.
    pub(super) fn headers(&mut self, old: &Headers<'s, 'a>, new: &Headers<'s, 'a>, at: &At) {
        let kind = if at.reading == Reading::Response { Kind::Header } else { Kind::Parameter };
        for (key, one) in old {
            let path = format!("{} header {}", at.path, one.name);
            match new.get(key) {
                Some(other) => self.field([one, other], &path, kind, at.reading),
                None => self.field_removed(one, &path, kind, at),
            }
        }
        for (_, one) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            self.field_added(one, &format!("{} header {}", at.path, one.name), kind, at);
        }
    }

    /// A parameter that went from one place of the request to another.
    fn moved(
        &mut self,
        key: &ParameterKey,
        was: &Parameter<'s, 'a>,
        old: &Operation<'s, 'a>,
        new: &Operation<'s, 'a>,
        at: &At,
    ) -> bool {
        let Some((to, is)) = elsewhere(key, was, old, new) else { return false };
        let message = format!("`{}` moved from {} to {}", was.name, key.place, to.place);
        let path = format!("{} {} {}", new.name, to.place, is.name);
        let places = (place(was.at, &key.place), place(is.at, &to.place));
        self.note("openapi/request-parameter-moved", (&*path, at.reading.direction()), places, message);
        true
    }

    /// Parameters of requests that texts offer under one name. In a path, the name is that of the brace.
    pub(super) fn shared_parameter(
        &mut self,
        (from, old): &(&str, Parameter<'s, 'a>),
        (to, new): &(&str, Parameter<'s, 'a>),
        path: &str,
    ) {
        let at = At { path, place: new.at, old_place: old.at, reading: Reading::Request };
        let same = match *to {
            "path" => true,
            "header" => old.name.eq_ignore_ascii_case(&new.name),
            _ => old.name == new.name,
        };
        if from != to && old.name.eq_ignore_ascii_case(&new.name) {
            let message = format!("`{}` moved from {from} to {to}", old.name);
            let on = (path, at.reading.direction());
            self.note(
                "openapi/request-parameter-moved",
                on,
                (place(old.at, from), place(new.at, to)),
                message,
            );
        } else if from == to && same {
            self.field([old, new], path, Kind::Parameter, at.reading);
        } else {
            self.field_removed(old, path, Kind::Parameter, &at);
            self.field_added(new, path, Kind::Parameter, &at);
        }
    }

    /// Headers of answers that texts offer under one name.
    pub(super) fn shared_header(&mut self, old: &Parameter<'s, 'a>, new: &Parameter<'s, 'a>, path: &str) {
        self.field([old, new], path, Kind::Header, Reading::Response);
    }

    fn field(&mut self, [old, new]: [&Parameter<'s, 'a>; 2], path: &str, kind: Kind, reading: Reading) {
        self.compared += 1;
        let (name, on) = (&new.name, (path, reading.direction()));
        let change = |change: &str| kind.change(new.required, change);
        if old.required != new.required {
            let places = (place(old.at, need(old)), place(new.at, need(new)));
            let message = format!("`{name}` became {}", need(new));
            self.note(&change(&format!("became-{}", need(new))), on, places, message);
        }
        if !old.style.same(&new.style, self.gathers([old.schema, new.schema], reading)) {
            let message = format!("`{name}` was written as {} and is as {}", old.style, new.style);
            let places = (place(old.at, &old.style), place(new.at, &new.style));
            self.note(&change("style-changed"), on, places, message);
        }
        self.empty(old, new, path, reading);
        self.parameter_words(old, new, path);
        let wire = self.wire([old, new], reading);
        self.schema((old.schema, old.at), (new.schema, new.at), path, (reading, wire));
    }

    /// How both sides are written: as whoever has lists writes them, the new one before the old.
    fn wire(&mut self, [old, new]: [&Parameter<'s, 'a>; 2], reading: Reading) -> Wire {
        let [was, is] = [old, new].map(|side| side.style.wire());
        let (Some(left), Some(right)) = (old.schema, new.schema) else { return Wire::Json };
        match self.judge.kinds(left, right, reading) {
            _ if was == Wire::Json || is == Wire::Json => Wire::Json,
            [_, new] if new.lists => is,
            _ => was,
        }
    }

    /// What both sides of a parameter can be.
    fn gathers(&mut self, sides: [Option<&'s Value<'a>>; 2], reading: Reading) -> Kinds {
        let [Some(old), Some(new)] = sides else { return Kinds { single: true, lists: true, maps: true } };
        let kinds = self.judge.kinds(old, new, reading);
        let both = |kind: fn(&Kinds) -> bool| kinds.iter().all(kind);
        Kinds { single: both(|it| it.single), lists: both(|it| it.lists), maps: both(|it| it.maps) }
    }

    /// `allowEmptyValue` of a query parameter.
    fn empty(&mut self, old: &Parameter, new: &Parameter, path: &str, reading: Reading) {
        let allowed = |one: &Parameter| one.value.get("allowEmptyValue").is_some_and(|value| value.is(true));
        let (kind, message) = match (allowed(old), allowed(new)) {
            (true, false) => {
                ("openapi/request-parameter-empty-refused", format!("`{}` must have a value", new.name))
            }
            (false, true) => {
                ("openapi/request-parameter-empty-allowed", format!("`{}` may be without a value", new.name))
            }
            _ => return,
        };
        self.note(kind, (path, reading.direction()), (place(old.at, ""), place(new.at, "")), message);
    }

    fn field_removed(&mut self, old: &Parameter, path: &str, kind: Kind, at: &At) {
        let places = (place(old.at, need(old)), place(at.place, ""));
        let name = kind.change(old.required, "removed");
        let (on, message) = ((path, at.reading.direction()), format!("`{}` is gone", old.name));
        self.note(&name, on, places, message);
    }

    fn field_added(&mut self, new: &Parameter, path: &str, kind: Kind, at: &At) {
        let places = (place(at.old_place, ""), place(new.at, need(new)));
        let kind = kind.change(new.required, "added");
        let message = format!("{} `{}` is new", need(new), new.name);
        self.note(&kind, (path, at.reading.direction()), places, message);
    }
}

fn need(parameter: &Parameter) -> &'static str {
    if parameter.required { "required" } else { "optional" }
}

/// The parameter of the same name that stands in another place, and only in the new text.
fn elsewhere<'o, 's, 'a>(
    key: &ParameterKey,
    was: &Parameter,
    old: &Operation,
    new: &'o Operation<'s, 'a>,
) -> Option<(&'o ParameterKey, &'o Parameter<'s, 'a>)> {
    let same = |(other, is): &(&ParameterKey, &Parameter)| {
        is.name.eq_ignore_ascii_case(&was.name)
            && other.place != key.place
            && !old.parameters.contains_key(other)
    };
    new.parameters.iter().find(same)
}

/// Whether a parameter only of the new text is one that moved.
fn came(key: &ParameterKey, old: &Operation, new: &Operation) -> bool {
    old.parameters
        .iter()
        .filter(|(key, _)| !new.parameters.contains_key(*key))
        .any(|(gone, was)| elsewhere(gone, was, old, new).is_some_and(|(place, _)| place == key))
}
