//! Whether there is a result for a node, and where it goes: `when=` and `to=` of an `emit`.

use super::{Pack, Ready, context};
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use bastide_template::{Answers, Condition, Conditions};
use minijinja::Value;

/// The `when` of a group, and what they said of the present node.
pub(super) struct Gates<'p> {
    conditions: Conditions<'p>,
    answers: Answers,
    folder: &'p str,
    /// The path in the making.
    path: String,
}

impl<'p> Gates<'p> {
    /// Without any yet; `kind` is what the group is for, `folder` what all its paths begin with.
    pub fn new(pack: &'p Pack, kind: &'p str, folder: &'p str) -> Self {
        let conditions = pack.templates.conditions([kind, context::TABLE]);
        Gates { conditions, answers: Answers::default(), folder, path: String::new() }
    }

    /// Adds the `when` of an `emit`; none if it has none, or one that only minijinja understands.
    pub fn add(&mut self, ready: &Ready<'_>) -> Option<Condition> {
        self.conditions.add(&ready.emit.when.as_ref()?.0)
    }

    /// Goes on to another node.
    pub fn forget(&mut self) {
        self.conditions.forget(&mut self.answers);
    }

    /// The path of a result in this context; none if there is to be no result.
    pub fn path(
        &mut self,
        ready: &Ready<'_>,
        gate: Option<&Condition>,
        context: &Value,
    ) -> Result<Option<String>, Finding> {
        let known = gate.and_then(|gate| self.conditions.holds(gate, context, &mut self.answers));
        let holds = match (known, &ready.when) {
            (Some(holds), _) => holds,
            (None, None) => true,
            (None, Some((code, span))) => {
                let value = code.as_ref().map_err(String::clone).and_then(|code| code.value(context));
                value.map_err(|why| broken(*span, &why))?.is_true()
            }
        };
        if !holds {
            return Ok(None);
        }
        self.path.clear();
        self.path.push_str(self.folder);
        let to = ready.to.as_ref().map_err(String::clone);
        let written = to.and_then(|to| to.write(context, &mut self.path));
        // A copy takes no more room than it needs: paths are kept to the end.
        written.map(|()| Some(self.path.clone())).map_err(|why| broken(ready.emit.to.1, &why))
    }
}

/// A `when` of a part or a group, compiled once; `when` is its text and where it is written.
pub(super) fn question<'p>(
    pack: &'p Pack,
    (text, span): &'p (String, Span),
) -> impl Fn(&Value) -> Result<bool, Finding> + use<'p> {
    let code = pack.templates.code(text);
    move |context| {
        let value = code.as_ref().map_err(String::clone).and_then(|code| code.value(context));
        value.map(|value| value.is_true()).map_err(|why| broken(*span, &why))
    }
}

fn broken(span: Span, why: &str) -> Finding {
    Finding::new("template-error", why.to_string())
        .label(span, "in this expression")
        .help("`bastide model` prints what there is")
}
