//! Operations: there or not, and what is in them.

use super::{Diff, Operations, Way, life};
use crate::openapi::model::{Operation, Route};
use crate::{Bump, Changes, Direction, place};
use bastide_report::source::Span;

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All there is to say of an operation that both have.
    pub(super) fn operation(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        self.compared += 1;
        self.out.most = life::unfinished(old).then_some(Bump::Minor);
        self.operation_words(old, new);
        self.operation_id(old, new);
        self.life(old, new);
        self.parameters(old, new, way);
        self.bodies(old, new, way);
        self.answers(old, new, way);
        if way == Way::Call {
            self.security(old, new);
            self.servers(old, new);
        }
        self.out.most = None;
        self.operations(&old.callbacks, &new.callbacks, Way::Callback);
    }

    /// An operation that is gone. Where its whole path is, that is the one cause.
    pub(super) fn operation_removed(
        &mut self,
        old: &Operation<'s, 'a>,
        new: &Operations<'s, 'a>,
        route: &Route,
        way: Way,
    ) {
        self.compared += 1;
        let (gone, late) = match way {
            Way::Call => ("openapi/operation-removed", "openapi/operation-removed-after-sunset"),
            Way::Callback => ("openapi/callback-removed", "openapi/callback-removed-after-sunset"),
        };
        let passed = life::over(old, self.options);
        let whole = !on_path(new, route);
        let at = if whole { old.path_at } else { old.at };
        let message = match (way, whole) {
            (Way::Call, true) => format!("path `{}` is gone", path(&old.name)),
            (Way::Call, false) => format!("`{}` is gone", old.name),
            (Way::Callback, _) => format!("`{}` is no longer called", old.name),
        };
        let kind = if passed { late } else { gone };
        self.out.most = life::unfinished(old).then_some(Bump::Minor);
        self.note(kind, (&*old.name, Direction::Both), (place(at, ""), None), message);
        self.out.most = None;
    }

    /// An operation that is new.
    pub(super) fn operation_added(&mut self, new: &Operation<'s, 'a>, way: Way) {
        self.compared += 1;
        let (kind, message) = match way {
            Way::Call => ("openapi/operation-added", format!("`{}` is new", new.name)),
            Way::Callback => ("openapi/callback-added", format!("`{}` is called besides", new.name)),
        };
        self.note(kind, (&*new.name, Direction::Both), (None, place(new.at, "")), message);
    }

    /// The name generated code has for an operation.
    fn operation_id(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let id = |operation: &Operation<'s, 'a>| -> Option<(Span, &'s str)> {
            let value = operation.value.get("operationId")?;
            Some((value.span, value.text()?))
        };
        let (was, is) = (id(old), id(new));
        let Some((span, name)) = was.filter(|was| is.is_none_or(|is| is.1 != was.1)) else { return };
        let message = match is {
            Some((_, is)) => format!("`operationId` was `{name}` and is `{is}`"),
            None => format!("`operationId: {name}` is gone"),
        };
        let now = is.map_or(place(new.at, ""), |(span, name)| place(span, name));
        let (on, places) = ((&*new.name, Direction::Both), (place(span, name), now));
        self.note_if(self.options.source, "openapi/operation-id-changed", on, places, message);
    }
}

/// Whether any method of the route's path is there.
fn on_path(operations: &Operations, route: &Route) -> bool {
    let first = Route { path: route.path.clone(), method: String::new() };
    operations.range(first..).next().is_some_and(|(other, _)| other.path == route.path)
}

fn path(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(_, path)| path)
}
