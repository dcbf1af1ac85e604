//! OpenAPI as the diff sees it: operations with everything inherited and every `$ref` outside schemas followed.

use crate::schema::{Dialect, Kinds, Wire};
use crate::value::Value;
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// A description of a service.
#[derive(Debug)]
pub struct Contract<'s, 'a> {
    /// The whole text.
    pub root: &'s Value<'a>,
    /// What its schemas' words mean.
    pub dialect: Dialect,
    /// What clients call, by route.
    pub operations: BTreeMap<Route, Operation<'s, 'a>>,
    /// What clients are called with, by name and method.
    pub webhooks: BTreeMap<Route, Operation<'s, 'a>>,
    /// Security schemes by name: what each is on the wire, one text for each way to its token.
    pub schemes: BTreeMap<&'s str, Vec<String>>,
    /// What is offered to others, if there are no operations.
    pub shared: Shared<'s, 'a>,
}

/// Parts of `components` that texts without operations offer, each by its name.
#[derive(Debug, Default)]
pub struct Shared<'s, 'a> {
    /// With where each is to be sent.
    pub parameters: BTreeMap<&'s str, (&'s str, Parameter<'s, 'a>)>,
    /// Of answers.
    pub headers: BTreeMap<&'s str, Parameter<'s, 'a>>,
    pub bodies: BTreeMap<&'s str, Body<'s, 'a>>,
    pub answers: BTreeMap<&'s str, Answer<'s, 'a>>,
    /// Of path items, as clients call them.
    pub operations: BTreeMap<Route, Operation<'s, 'a>>,
    pub callbacks: BTreeMap<Route, Operation<'s, 'a>>,
}

/// What makes two operations one: parameters of a path are known by their position, not by their names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Path with empty braces, name of a webhook, or name and expression of a callback.
    pub path: String,
    /// Method, lower case.
    pub method: String,
}

/// One method of one path, with what it has from the path and from the whole.
#[derive(Debug)]
pub struct Operation<'s, 'a> {
    /// For people: `GET /orders/{id}`.
    pub name: String,
    /// Its key.
    pub at: Span,
    /// The key of its path.
    pub path_at: Span,
    /// The operation itself.
    pub value: &'s Value<'a>,
    /// By place and name; those of the path are among them.
    pub parameters: BTreeMap<ParameterKey, Parameter<'s, 'a>>,
    /// What is sent with it.
    pub body: Option<Body<'s, 'a>>,
    /// What comes back.
    pub answers: BTreeMap<Status, Answer<'s, 'a>>,
    /// What the service calls in turn.
    pub callbacks: BTreeMap<Route, Operation<'s, 'a>>,
    /// Who may: one of these is enough.
    pub security: Security<'s>,
    /// Where it is served.
    pub servers: Vec<Server<'s>>,
}

/// What makes two parameters one. Names of headers are lower case, of paths the position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ParameterKey {
    /// `query`, `path`, `header`, `cookie`, `querystring`.
    pub place: String,
    pub name: String,
}

/// A parameter, or a header of an answer.
#[derive(Debug)]
pub struct Parameter<'s, 'a> {
    /// As written.
    pub name: String,
    /// Where it is declared.
    pub at: Span,
    /// The declaration.
    pub value: &'s Value<'a>,
    /// It is always there.
    pub required: bool,
    /// How lists and maps are written out.
    pub style: Style,
    /// What it may be.
    pub schema: Option<&'s Value<'a>>,
}

/// How the value of a parameter is written out.
#[derive(Clone, Debug)]
pub struct Style {
    /// `form`, `simple`, `label`, `matrix`, `deepObject`, or a media type for `content`.
    pub word: String,
    /// Each item stands for itself.
    pub explode: bool,
}

impl Style {
    /// Whether the two write everything alike that both sides can be (OpenAPI 3.0.3, 4.7.12.3).
    pub fn same(&self, other: &Style, both: Kinds) -> bool {
        let alike = |of: fn(&Style) -> (&str, bool)| of(self) == of(other);
        (!both.single || alike(Style::single))
            && (!both.lists || alike(Style::lists))
            && (!both.maps || alike(Style::maps))
    }

    /// How a single value is written: signs between items do not count.
    fn single(&self) -> (&str, bool) {
        match self.word.as_str() {
            "spaceDelimited" | "pipeDelimited" | "deepObject" => ("form", false),
            word => (word, false),
        }
    }

    /// How a list is: where each item has the name of the parameter, nothing stands between them.
    fn lists(&self) -> (&str, bool) {
        match self.word.as_str() {
            "spaceDelimited" | "pipeDelimited" | "deepObject" if self.explode => ("form", true),
            "simple" => ("simple", false),
            word => (word, self.explode),
        }
    }

    fn maps(&self) -> (&str, bool) {
        match self.word.as_str() {
            "deepObject" => ("deepObject", true),
            word => (word, self.explode),
        }
    }

    /// What validators do not tell apart where it is written so.
    pub fn wire(&self) -> Wire {
        match self.word.as_str() {
            word if word.contains('/') => Wire::Json,
            "simple" | "label" => Wire::Joined,
            "deepObject" => Wire::Repeated,
            _ if self.explode => Wire::Repeated,
            _ => Wire::Joined,
        }
    }
}

/// What is sent with a request.
#[derive(Debug)]
pub struct Body<'s, 'a> {
    /// Where it is declared.
    pub at: Span,
    /// The declaration.
    pub value: &'s Value<'a>,
    /// It is always there.
    pub required: bool,
    /// What it may be.
    pub media: Vec<Media<'s, 'a>>,
}

/// One kind of content.
#[derive(Debug)]
pub struct Media<'s, 'a> {
    /// Its type.
    pub kind: MediaType,
    /// Its key.
    pub at: Span,
    /// The declaration.
    pub value: &'s Value<'a>,
    /// What it may be; anything, if absent.
    pub schema: Option<&'s Value<'a>>,
    /// Headers of the parts of a `multipart` type, by part and lower case name; `content-type` says nothing here.
    pub parts: BTreeMap<&'s str, Headers<'s, 'a>>,
}

/// Headers by lower case name.
pub type Headers<'s, 'a> = BTreeMap<String, Parameter<'s, 'a>>;

/// A media type or range of such (RFC 9110, 8.3.1 and 12.5.1), lower case, without `charset`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MediaType {
    /// `application/json`, `text/*`, `*/*`.
    pub name: String,
    /// `version=1`, sorted.
    pub parameters: Vec<String>,
}

/// Status codes an answer stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// This one.
    Code(u16),
    /// All of a hundred: `2XX`.
    Class(u16),
    /// All others.
    Default,
}

#[derive(Debug)]
pub struct Answer<'s, 'a> {
    /// Its key.
    pub at: Span,
    /// The declaration.
    pub value: &'s Value<'a>,
    /// By lower case name; `content-type` says nothing here.
    pub headers: Headers<'s, 'a>,
    /// What it may carry.
    pub media: Vec<Media<'s, 'a>>,
}

/// What a caller must show: one of the alternatives is enough; none means that anybody may call.
#[derive(Clone, Debug)]
pub struct Security<'s> {
    /// Where it is said.
    pub at: Span,
    pub alternatives: Vec<Alternative<'s>>,
}

/// What must be shown together.
#[derive(Clone, Debug)]
pub struct Alternative<'s> {
    /// Where it stands.
    pub at: Span,
    /// Schemes, each of another name or another way to its token.
    pub schemes: Vec<Scheme<'s>>,
}

/// A scheme as it is asked for.
#[derive(Clone, Debug)]
pub struct Scheme<'s> {
    /// Its name in this text.
    pub name: &'s str,
    /// What it is on the wire.
    pub wire: String,
    /// What the token must allow, sorted.
    pub scopes: Vec<&'s str>,
}

/// Where a service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server<'s> {
    /// As written.
    pub url: &'s str,
    /// Where it stands.
    pub at: Span,
    /// Scheme and host, lower case; empty if it is relative.
    pub origin: String,
    /// The path all routes stand below, without a slash at its end.
    pub base: String,
}

impl<'s, 'a> Contract<'s, 'a> {
    /// A contract of nothing.
    pub fn nothing(root: &'s Value<'a>) -> Contract<'s, 'a> {
        let (operations, webhooks, schemes, shared) = Default::default();
        Contract { root, dialect: Dialect::New, operations, webhooks, schemes, shared }
    }
}

impl std::fmt::Display for Style {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.word)?;
        to.write_str(if self.explode { ", each for itself" } else { "" })
    }
}

impl std::fmt::Display for MediaType {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.name)?;
        self.parameters.iter().try_for_each(|parameter| write!(to, "; {parameter}"))
    }
}

impl MediaType {
    /// Reads `Application/JSON; charset=utf-8`.
    pub fn read(text: &str) -> MediaType {
        let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
        let name = parts.next().unwrap_or_default();
        let mut parameters: Vec<String> =
            parts.filter(|part| !part.is_empty() && !part.starts_with("charset")).collect();
        parameters.sort();
        MediaType { name, parameters }
    }

    /// How its values are written.
    pub fn wire(&self) -> Wire {
        match self.name.as_str() {
            "application/x-www-form-urlencoded" => Wire::Form,
            _ if self.has_parts() => Wire::Form,
            "application/xml" | "text/xml" => Wire::Xml,
            name if name.ends_with("+xml") => Wire::Xml,
            _ => Wire::Json,
        }
    }

    /// Whether it is of parts that each have headers.
    pub fn has_parts(&self) -> bool {
        self.name.starts_with("multipart/")
    }

    /// Whether everything of the other type is of this one too.
    pub fn covers(&self, other: &MediaType) -> bool {
        let name = match self.name.strip_suffix('*') {
            Some("*/" | "") => true,
            Some(start) => other.name.starts_with(start),
            None => self.name == other.name,
        };
        name && self.parameters.iter().all(|parameter| other.parameters.contains(parameter))
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Status::Code(code) => write!(to, "{code}"),
            Status::Class(hundred) => write!(to, "{hundred}XX"),
            Status::Default => to.write_str("default"),
        }
    }
}

impl Status {
    /// Reads `200`, `2XX`, `default`.
    pub fn read(text: &str) -> Option<Status> {
        let hundred = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx"));
        match (hundred, text) {
            (Some(hundred), _) => hundred.parse().ok().filter(|hundred| *hundred < 10).map(Status::Class),
            (_, "default") => Some(Status::Default),
            _ => text.parse().ok().map(Status::Code),
        }
    }

    /// Whether it says that the call failed: only 4xx and 5xx do (RFC 9110, 15); `default` stands for failures beside
    /// anything that is none.
    pub fn fails(self, beside: impl IntoIterator<Item = Status>) -> bool {
        match self {
            Status::Code(code) => (400..600).contains(&code),
            Status::Class(hundred) => matches!(hundred, 4 | 5),
            Status::Default => beside.into_iter().any(|it| it != Status::Default && !it.fails([])),
        }
    }

    /// Whether an answer of this status never has content (RFC 9110, 6.4.1, 15.2, 15.3.5, 15.3.6, 15.4.5).
    pub fn is_bare(self) -> bool {
        matches!(self, Status::Code(100..200 | 204 | 205 | 304) | Status::Class(1))
    }

    /// What speaks for it where it is not declared itself: its hundred, else `default` (OpenAPI 3.0.3, 4.7.16).
    pub fn wider(self) -> impl Iterator<Item = Status> {
        let class = match self {
            Status::Code(code) => Some(Status::Class(code / 100)),
            _ => None,
        };
        class.into_iter().chain((self != Status::Default).then_some(Status::Default))
    }
}

#[cfg(test)]
mod tests {
    use super::{MediaType, Status};

    #[test]
    fn ranges_cover_types() {
        let covers = |range: &str, kind: &str| MediaType::read(range).covers(&MediaType::read(kind));
        assert!(covers("*/*", "application/json") && covers("text/*", "Text/Plain"));
        assert!(covers("application/json", "application/JSON; charset=utf-8; profile=a"));
        assert!(!covers("application/json; profile=a", "application/json"));
        assert!(!covers("application/json", "application/*"));
    }

    #[test]
    fn statuses() {
        assert_eq!(Status::read("2XX"), Some(Status::Class(2)));
        assert_eq!(Status::read("404"), Some(Status::Code(404)));
        assert_eq!(Status::read("x-note"), None);
    }
}
