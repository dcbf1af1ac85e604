//! What a comparison says: changes, each with its kind, and what they sum up to.

use super::{ChangeKind, Mode, change_kind};
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use bastide_report::version::Bump;

/// Which way the changed data travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// From the client to the service.
    Request,
    /// From the service to the client.
    Response,
    /// Both, or neither: an operation, a type, a service.
    Both,
    /// New readers meet old data: what `BACKWARD` asks about.
    Backward,
    /// Old readers meet new data: what `FORWARD` asks about.
    Forward,
}

impl Direction {
    /// As JSON and texts say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Request => "request",
            Direction::Response => "response",
            Direction::Both => "both",
            Direction::Backward => "backward",
            Direction::Forward => "forward",
        }
    }
}

/// One side of a change: where it stands and what stood there, in few words: `string`, `required`, `maxLength 20`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The place in the text of this side.
    pub span: Span,
    /// What stands there; empty where only the place matters.
    pub text: String,
}

/// A place, and what stands there.
pub fn place(span: Span, text: impl ToString) -> Option<Place> {
    Some(Place { span, text: text.to_string() })
}

/// The places of a change, old and new, as far as there are such.
pub type Places = [Option<Place>; 2];

/// What a change is about.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Where in the meaning of the contract, for people: `GET /orders/{id} 200 application/json $.customer.email`.
    pub path: String,
    /// What a consumer would name to say that it depends on this (`reads` of a call): `GET /orders/{id}#customer.email`,
    /// `Order.email`, `acme.Orders/Get`.
    pub element: String,
    /// Which way its data travels.
    pub direction: Direction,
}

impl Subject {
    /// A subject of which consumers speak as people do.
    pub fn new(path: impl Into<String>, direction: Direction) -> Subject {
        let path = path.into();
        Subject { element: path.clone(), path, direction }
    }

    /// A part of it, by what is added to its path: consumers name the whole.
    pub fn part(&self, more: impl std::fmt::Display) -> Subject {
        Subject { path: format!("{}{more}", self.path), ..self.clone() }
    }

    /// A member that consumers name too: `Order.email` of `Order`.
    pub fn member(&self, name: &str) -> Subject {
        let below = |outer: &str| format!("{outer}.{name}");
        Subject { path: below(&self.path), element: below(&self.element), direction: self.direction }
    }

    /// The same, its data travelling so.
    pub fn towards(&self, direction: Direction) -> Subject {
        Subject { direction, ..self.clone() }
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind of change it is.
    pub kind: &'static ChangeKind,
    /// What it takes: that of its kind unless an option or the place says otherwise.
    pub bump: Bump,
    /// Which way the data travels.
    pub direction: Direction,
    /// See [`Subject::path`].
    pub path: String,
    /// See [`Subject::element`].
    pub element: String,
    /// The old side; absent for what is new.
    pub old: Option<Place>,
    /// The new side; absent for what is gone.
    pub new: Option<Place>,
    /// The fact, lower case, names in backticks, no full stop.
    pub message: String,
    /// Further paths at which the same places take part: a shared schema that many operations use is one change.
    pub also: Vec<String>,
    /// An optional field or header of what is sent went. Who kept to the contract did without it; who reads it misses it.
    pub missed: bool,
}

/// The kinds of OpenAPI by which fields and headers are missed.
const MISSED: [&str; 2] =
    ["openapi/response-optional-header-removed", "openapi/response-optional-property-removed"];

impl Change {
    /// A change of the kind with this name, with the bump of the kind, without places.
    pub fn new(kind: &str, subject: Subject, message: String) -> Change {
        let (kind, Subject { path, element, direction }) = (change_kind::named(kind), subject);
        Change {
            kind,
            bump: kind.bump,
            direction,
            path,
            element,
            old: None,
            new: None,
            message,
            also: vec![],
            missed: MISSED.contains(&kind.name),
        }
    }

    /// Says both places.
    pub fn between(self, places: impl Into<Places>) -> Change {
        let [old, new] = places.into();
        Change { old, new, ..self }
    }

    /// Gives it another bump than that of its kind.
    pub fn at(self, bump: Bump) -> Change {
        Change { bump, ..self }
    }
}

impl From<&Subject> for Subject {
    fn from(subject: &Subject) -> Subject {
        subject.clone()
    }
}

impl From<(&str, Direction)> for Subject {
    fn from((path, direction): (&str, Direction)) -> Subject {
        Subject::new(path, direction)
    }
}

/// What gathers the changes of a comparison.
pub trait Changes {
    /// Takes a change.
    fn push(&mut self, change: Change);

    /// Notes a change with the bump of its kind.
    fn note(&mut self, kind: &str, on: impl Into<Subject>, places: impl Into<Places>, message: String) {
        self.push(Change::new(kind, on.into(), message).between(places));
    }

    /// Notes a change that takes a major number if it breaks somebody, and a minor one if not.
    fn note_if(
        &mut self,
        breaks: bool,
        kind: &str,
        on: impl Into<Subject>,
        places: impl Into<Places>,
        message: String,
    ) {
        let bump = if breaks { Bump::Major } else { Bump::Minor };
        self.push(Change::new(kind, on.into(), message).between(places).at(bump));
    }

    /// Notes what stands on one side only: `KIND-removed` and that it is gone, or `KIND-added` and that it is new.
    fn alone(&mut self, kind: &str, on: impl Into<Subject>, places: impl Into<Places>, name: &str) {
        let places = places.into();
        let (end, word) = if places[1].is_none() { ("removed", "gone") } else { ("added", "new") };
        self.note(&format!("{kind}-{end}"), on, places, format!("{name} is {word}"));
    }
}

/// What was not compared, and why. Nothing is passed over in silence.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// What.
    pub what: String,
    /// Why, lower case.
    pub why: String,
    /// Where it stands.
    pub span: Option<Span>,
}

/// Two versions of a contract, compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// All changes, in the order of their paths.
    pub changes: Vec<Change>,
    /// How many things were looked at on both sides: operations, types, fields, schemas.
    pub compared: usize,
    /// What was not looked at.
    pub skipped: Vec<Skipped>,
    /// Verdicts by category, for formats that have such (protobuf: `FILE`, `PACKAGE`, `WIRE_JSON`, `WIRE`): breaking?
    pub categories: Vec<(&'static str, bool)>,
    /// For schemas of data at rest: whether each compatibility mode holds. Transitive modes are the caller's to join.
    pub modes: Vec<(Mode, bool)>,
    /// What is wrong with either text. A side with a finding at `Deny` could not be read and nothing is compared.
    pub findings: Vec<Finding>,
}

impl Comparison {
    /// The same with its changes in the order of their paths; of a side that could not be read, the findings alone.
    pub fn finished(mut self) -> Comparison {
        if self.unreadable() {
            return Comparison { findings: self.findings, ..Comparison::default() };
        }
        self.changes.sort_by(|left, right| (&left.path, left.kind.name).cmp(&(&right.path, right.kind.name)));
        self
    }

    /// Gives a major number to each field that is missed by somebody.
    pub fn keep_fields(&mut self, by: impl Fn(&Change) -> bool) {
        let missed = self.changes.iter_mut().filter(|it| it.missed && by(it));
        missed.for_each(|it| it.bump = Bump::Major);
    }

    /// Whether each mode holds, if new readers read old data, and old readers new data.
    pub fn modes_of(backward: bool, forward: bool) -> Vec<(Mode, bool)> {
        vec![(Mode::Backward, backward), (Mode::Forward, forward), (Mode::Full, backward && forward)]
    }

    /// Whether messages may go from the one to the other in a mode; formats without modes are judged by what breaks.
    pub fn holds(&self, mode: Mode) -> bool {
        let said = self.modes.iter().find(|(it, _)| *it == mode).map(|(_, holds)| *holds);
        let wire = self.categories.iter().find(|(name, _)| *name == "WIRE").map(|(_, breaks)| !breaks);
        said.or(wire).unwrap_or(self.required() < Bump::Major)
    }

    /// Whether anything was looked at.
    pub fn looked(&self) -> bool {
        (self.compared > 0 || !self.changes.is_empty()) && !self.unreadable()
    }

    /// The number that must rise.
    pub fn required(&self) -> Bump {
        self.changes.iter().map(|change| change.bump).max().unwrap_or_default()
    }

    /// Whether somebody who kept to the old contract can break: a change takes a major number. Modes and categories are
    /// answers to questions of registries and of buf, not a second verdict.
    pub fn breaking(&self) -> bool {
        self.required() == Bump::Major
    }

    /// Whether a side could not be read.
    pub fn unreadable(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == bastide_report::finding::Level::Deny)
    }
}
