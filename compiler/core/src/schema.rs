//! The shape of the language as data: which nodes there are, what each may hold, and what it means.
//! The reader, the reference page, "did you mean", hover and completion all come from these tables.

use crate::form::{self, Form};

/// One node of the language.
#[derive(Debug)]
pub struct Schema {
    /// Its name in the spec.
    pub node: &'static str,
    /// What it means: the first sentence is the summary.
    pub docs: &'static str,
    /// What its arguments mean.
    pub arg: Arg,
    /// Its properties.
    pub props: &'static [Prop],
    /// Its children.
    pub parts: &'static [&'static Schema],
    /// How often it may stand, and what tells two of them apart.
    pub repeat: Repeat,
    /// Children with names of the user's own: `env { LOG_LEVEL "info" }`.
    pub free: Option<Prop>,
    /// Only checks, or the compiler, read it: a fact that no target could write.
    pub check_only: bool,
    /// What it must say to mean anything.
    pub needs: &'static [Need],
    /// What it may not say together.
    pub clashes: &'static [Clash],
    /// What shows in an overlay that a node is meant to be new: one of these properties and parts, separated by spaces.
    /// Empty: every node is whole by itself.
    pub new_by: &'static str,
    /// The value that it has where nobody says one.
    pub usual: Option<&'static str>,
}

/// What a node must say, once all layers are merged.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Where it must: `style=orchestration`, of the node's own value `=store`, of a part or property that is there its
    /// name, everywhere if empty.
    pub when: &'static str,
    /// One of these properties and parts at least, separated by spaces.
    pub one_of: &'static str,
    /// What it is without.
    pub without: &'static str,
}

/// What a node may not say together: the one leaves the other without a meaning.
#[derive(Clone, Copy, Debug)]
pub struct Clash {
    /// As in [`Need`]; `direction!=out` where it is something else, or not said.
    pub when: &'static str,
    /// Properties and parts that mean nothing then, separated by spaces.
    pub never: &'static str,
    /// Why.
    pub because: &'static str,
}

/// What the arguments of a node mean.
#[derive(Clone, Copy, Debug)]
pub enum Arg {
    /// No argument.
    None,
    /// Its name: a DNS label that others refer to.
    Name,
    /// Any text that tells it apart from its siblings (`route "/orders"`, `version "2.1.0"`).
    Key(Type),
    /// Names of other things; `calls "a" "b"` means one node for each.
    Names(Type),
    /// One value, which is the node's own: `timeout "2s"`.
    Value(Type),
    /// Like `Value`, but may be missing.
    Maybe(Type),
    /// Any number of values: `gate "lint" "test"`.
    Values(Type),
}

/// A property of a node.
#[derive(Clone, Copy, Debug)]
pub struct Prop {
    /// Its name.
    pub name: &'static str,
    /// What may stand in it.
    pub ty: Type,
    /// What it means.
    pub docs: &'static str,
    /// Whether it must be there once all layers are merged.
    pub required: bool,
    /// Only checks, or the compiler, read it: a fact that no target could write.
    pub check_only: bool,
    /// The property of the node that it is as, if nobody says it: a `#null` takes that away.
    pub follows: Option<&'static str>,
    /// What it is where nobody says it.
    pub usual: Option<&'static str>,
}

/// How often a node may stand among its siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Once.
    Once,
    /// Once per argument: a second one of the same name is a finding.
    ByKey,
    /// Any number; two are the same if their argument and all of these agree. An overlay changes the same one.
    Many(&'static [Mark]),
    /// Any number, each for itself: no two are the same, and an overlay adds one.
    Each,
}

/// What tells nodes of one kind and argument apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A property, and what it is if nobody says it.
    Prop(&'static str, &'static str),
    /// A property that is a set of words: their order and case say nothing.
    Words(&'static str),
    /// A property that is a name, this sign and a value; neither spaces nor the case of the name say anything.
    Pair(&'static str, char),
    /// A property, or the node's own value in place of it.
    Value(&'static str),
    /// The window of the rate that is its value.
    Window,
}

impl Mark {
    /// The property it stands in; none for the window of a rate.
    pub fn prop(self) -> Option<&'static str> {
        match self {
            Mark::Prop(name, _) | Mark::Words(name) | Mark::Pair(name, _) | Mark::Value(name) => Some(name),
            Mark::Window => None,
        }
    }
}

/// What may stand in a property or argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Any text, for people or for a program that reads it by rules of its own.
    Text,
    /// Text with an inner form.
    Form(&'static Form),
    /// Text that may hold `${name.output}`.
    Wired,
    /// One of these words, which spaces part.
    Word(&'static str),
    /// Yes or no.
    Bool,
    /// A whole number in this range.
    Int(i64, i64),
    /// One of these numbers.
    OneOf(&'static [i64]),
    /// `800ms`, `2s`, `1m30s`, `14d`.
    Duration,
    /// A duration of something that cannot take no time: `2s`.
    Lasting,
    /// `256Mi`, `20Gi`.
    Size,
    /// A size of so many bytes at most, and at least one.
    SizeTo(u64),
    /// `250m`, `2`.
    Cpu,
    /// `100/s`.
    Rate,
    /// `99.9%`, with so many digits after the point at most.
    Share(u32),
    /// A whole percentage from 1%: `70%`.
    Percent,
    /// `2027-03-01`.
    Date,
    /// `0 3 * * *`.
    Cron,
    /// `2.1.0`.
    Version,
    /// `^1.4`.
    Range,
    /// A file or folder of the project, relative to the folder of `bastide.kdl`.
    File,
    /// An absolute URL.
    Url,
    /// A path of a URL, beginning with `/`.
    UrlPath,
    /// A host name, perhaps with a leading `*.`.
    Host,
    /// The name of something of one of these kinds.
    Ref(&'static str),
    /// Any scalar: text, number or boolean.
    Any,
    /// Text of this form, a number or a boolean; a number keeps the signs it is written with.
    Written(&'static Form),
}

impl Type {
    /// What a value of this type looks like, for findings and the reference page.
    pub fn looks_like(self) -> String {
        if let Some(form) = self.form().filter(|_| !matches!(self, Type::Text | Type::Wired | Type::Any)) {
            return form.to_string();
        }
        match self {
            Type::Text | Type::Wired | Type::Form(_) | Type::Written(_) => "text".into(),
            Type::Word(list) => {
                format!(
                    "one of {}",
                    words(list).map(|it| format!("`\"{it}\"`")).collect::<Vec<_>>().join(", ")
                )
            }
            Type::Bool => "`#true` or `#false`".into(),
            Type::Int(least, most) if most == i64::MAX => format!("a whole number from {least}"),
            Type::Int(least, most) => format!("a whole number from {least} to {most}"),
            Type::OneOf(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(|it| format!("`{it}`")).collect();
                format!("one of {}", numbers.join(", "))
            }
            Type::Duration => "a duration such as `\"800ms\"`, `\"2s\"` or `\"14d\"`".into(),
            Type::Lasting => "a duration longer than nothing, such as `\"2s\"` or `\"14d\"`".into(),
            Type::Size => "a size such as `\"256Mi\"` or `\"20Gi\"`".into(),
            Type::SizeTo(most) => format!("a size such as `\"10Mi\"`, at most {most} bytes"),
            Type::Cpu => "processor time such as `\"250m\"` or `\"2\"` (cores)".into(),
            Type::Rate => "a rate such as `\"100/s\"`".into(),
            Type::Share(4) => {
                "a percentage such as `\"5%\"` or `\"0.4%\"`, with four digits after the point at most".into()
            }
            Type::Share(_) => "a percentage such as `\"99.9%\"`".into(),
            Type::Percent => "a whole percentage such as `\"70%\"`, from 1% to 100%".into(),
            Type::Date => "a date such as `\"2027-03-01\"`".into(),
            Type::Cron => "five cron fields such as `\"0 3 * * *\"`".into(),
            Type::Version => "a version such as `\"2.1.0\"`".into(),
            Type::Range => "a version range such as `\"^1.4\"`".into(),
            Type::File => "a path in the project, such as `\"services/orders\"`".into(),
            Type::Url | Type::UrlPath | Type::Host => String::new(),
            Type::Ref(kinds) => format!("the name of a {}", kinds.replace(' ', " or ")),
            Type::Any => "text, a number or a boolean".into(),
        }
    }

    /// The form of its texts, if that is all there is to them.
    pub fn form(self) -> Option<&'static Form> {
        match self {
            Type::Form(form) | Type::Written(form) => Some(form),
            Type::Text | Type::Wired | Type::Any => Some(&form::PLAIN),
            Type::Url => Some(&form::address::URL),
            Type::UrlPath => Some(&form::address::URL_PATH),
            Type::Host => Some(&form::address::HOST),
            _ => None,
        }
    }
}

impl Schema {
    /// With this value where nobody says one.
    pub const fn usual(self, value: &'static str) -> Schema {
        Schema { usual: Some(value), ..self }
    }

    /// With these properties.
    pub const fn props(self, props: &'static [Prop]) -> Schema {
        Schema { props, ..self }
    }

    /// With these children.
    pub const fn parts(self, parts: &'static [&'static Schema]) -> Schema {
        Schema { parts, ..self }
    }

    /// With children of the user's own names, each of which has a value like this.
    pub const fn free(self, value: Prop) -> Schema {
        Schema { free: Some(value), ..self }
    }

    /// So often among its siblings.
    pub const fn repeat(self, repeat: Repeat) -> Schema {
        Schema { repeat, ..self }
    }

    /// With what it must say.
    pub const fn needs(self, needs: &'static [Need]) -> Schema {
        Schema { needs, ..self }
    }

    /// With what it may not say together.
    pub const fn clashes(self, clashes: &'static [Clash]) -> Schema {
        Schema { clashes, ..self }
    }

    /// New in an overlay if it says one of these properties and parts.
    pub const fn new_by(self, names: &'static str) -> Schema {
        Schema { new_by: names, ..self }
    }

    /// Read by rules only.
    pub const fn check_only(self) -> Schema {
        Schema { check_only: true, ..self }
    }

    /// The same under another name.
    pub const fn called(self, node: &'static str, docs: &'static str) -> Schema {
        Schema { node, docs, ..self }
    }

    /// The property with this name.
    pub fn prop(&self, name: &str) -> Option<&'static Prop> {
        self.props.iter().find(|prop| prop.name == name)
    }

    /// The child node with this name.
    pub fn part(&self, name: &str) -> Option<&'static Schema> {
        self.parts.iter().copied().find(|part| part.node == name)
    }

    /// The first sentence of the docs.
    pub fn summary(&self) -> &'static str {
        self.docs.split_once(". ").map_or(self.docs, |(first, _)| first)
    }
}

/// An empty node: what every node is made of.
const EMPTY: Schema = Schema {
    node: "",
    docs: "",
    arg: Arg::None,
    props: &[],
    parts: &[],
    repeat: Repeat::Once,
    free: None,
    check_only: false,
    needs: &[],
    clashes: &[],
    new_by: "",
    usual: None,
};

/// A property that may be left out.
pub const fn prop(name: &'static str, ty: Type, docs: &'static str) -> Prop {
    Prop { name, ty, docs, required: false, check_only: false, follows: None, usual: None }
}

impl Prop {
    /// As another property of its node, if nobody says it.
    pub const fn follows(self, other: &'static str) -> Prop {
        Prop { follows: Some(other), ..self }
    }

    /// This value, if nobody says one.
    pub const fn usual(self, value: &'static str) -> Prop {
        Prop { usual: Some(value), ..self }
    }
}

/// A property that only rules read.
pub const fn check_only(name: &'static str, ty: Type, docs: &'static str) -> Prop {
    Prop { check_only: true, ..prop(name, ty, docs) }
}

/// A property that must be there.
pub const fn required(name: &'static str, ty: Type, docs: &'static str) -> Prop {
    Prop { required: true, ..prop(name, ty, docs) }
}

/// A node without arguments, which stands once: `tls min="1.3"`.
pub const fn node(node: &'static str, docs: &'static str) -> Schema {
    Schema { node, docs, ..EMPTY }
}

/// A node with a name of its own, a DNS label: `service "orders"`.
pub const fn named(node: &'static str, docs: &'static str) -> Schema {
    Schema { node, docs, arg: Arg::Name, repeat: Repeat::ByKey, ..EMPTY }
}

/// A node that stands once for each key: `port "metrics"`.
pub const fn keyed(node: &'static str, key: Type, docs: &'static str) -> Schema {
    Schema { node, docs, arg: Arg::Key(key), repeat: Repeat::ByKey, ..EMPTY }
}

/// A node that stands once for each thing it names: `calls "orders" "stock"`.
pub const fn names(node: &'static str, of: Type, docs: &'static str) -> Schema {
    Schema { node, docs, arg: Arg::Names(of), repeat: Repeat::ByKey, ..EMPTY }
}

/// A node that is one value: `timeout "2s"`.
pub const fn value(node: &'static str, ty: Type, docs: &'static str) -> Schema {
    Schema { node, docs, arg: Arg::Value(ty), ..EMPTY }
}

/// A node that is any number of values: `gate "lint" "test"`.
pub const fn values(node: &'static str, ty: Type, docs: &'static str) -> Schema {
    Schema { node, docs, arg: Arg::Values(ty), ..EMPTY }
}

/// A node that may have a value.
pub const fn maybe(node: &'static str, ty: Type, docs: &'static str) -> Schema {
    Schema { node, docs, arg: Arg::Maybe(ty), ..EMPTY }
}

/// A node that says yes by standing there: `public`.
pub const fn flag(node: &'static str, docs: &'static str) -> Schema {
    maybe(node, Type::Bool, docs)
}

/// The names in a list with spaces between; `=` is the node's own value, which has none.
pub fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_whitespace().map(|name| if name == "=" { "" } else { name })
}

/// What a node must say: one of these properties and parts, whatever else it says.
pub const fn need(one_of: &'static str, without: &'static str) -> Need {
    Need { when: "", one_of, without }
}

/// What a node may not say, where something else is so.
pub const fn clash(when: &'static str, never: &'static str, because: &'static str) -> Clash {
    Clash { when, never, because }
}
