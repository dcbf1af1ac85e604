//! What an AsyncAPI document declares, versions 2 and 3 in one shape: channels, what travels on them, who sends it.

use crate::value::Value;
use bastide_report::source::Span;

/// What the application does on a channel. In version 2 `subscribe` means that it sends, `publish` that it receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It sends: others read what it writes.
    Send,
    /// It receives: it reads what others write.
    Receive,
}

impl Action {
    /// As version 3 writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Send => "send",
            Action::Receive => "receive",
        }
    }
}

/// A named part, references followed.
#[derive(Clone, Copy, Debug)]
pub struct Part<'s, 'a> {
    /// Its name.
    pub key: &'s str,
    /// Where the name stands.
    pub at: Span,
    /// What it is.
    pub value: &'s Value<'a>,
}

/// A message on a channel.
#[derive(Clone, Debug)]
pub struct Message<'s, 'a> {
    /// What the channel calls it.
    pub key: &'s str,
    /// Where it stands.
    pub at: Span,
    /// All that is written of it.
    pub value: &'s Value<'a>,
    /// Its name for programs.
    pub name: Option<&'s str>,
    /// How its payload is encoded.
    pub content: Option<&'s str>,
    /// In what language its payload is described.
    pub format: Option<&'s str>,
    pub payload: Option<&'s Value<'a>>,
    pub headers: Option<&'s Value<'a>>,
    /// Where the id stands that ties it to others.
    pub correlation: Option<&'s str>,
    /// What it says to brokers.
    pub bindings: Option<&'s Value<'a>>,
    /// The application sends it.
    pub sent: bool,
    /// The application receives it.
    pub received: bool,
}

#[derive(Clone, Debug)]
pub struct Channel<'s, 'a> {
    /// Its name in the document; in version 2 its address.
    pub key: &'s str,
    /// Where it stands.
    pub at: Span,
    /// Where messages go; absent if it is known at run time only.
    pub address: Option<&'s str>,
    /// All that is written of it.
    pub value: &'s Value<'a>,
    /// Names of the servers it is on; none means all.
    pub servers: Vec<&'s str>,
    /// Parameters of the address.
    pub parameters: Vec<Part<'s, 'a>>,
    /// What travels on it, by name.
    pub messages: Vec<Message<'s, 'a>>,
}

#[derive(Clone, Debug)]
pub struct Operation<'s, 'a> {
    /// Its id; in version 2 empty if it has none.
    pub key: &'s str,
    /// Where it stands.
    pub at: Span,
    /// What the application does.
    pub action: Action,
    /// The channel, by its place in [`Api::channels`].
    pub channel: usize,
    /// All that is written of it.
    pub value: &'s Value<'a>,
    /// Names of the messages, as the channel calls them.
    pub messages: Vec<&'s str>,
    /// Address and channel of the answer, as text; absent if none is given.
    pub reply: Option<(Span, String)>,
    /// Ways to be let in, each as text; none means that none is needed.
    pub security: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Server<'s, 'a> {
    /// Its name.
    pub key: &'s str,
    /// Where it stands.
    pub at: Span,
    /// Host and path, without the protocol.
    pub address: String,
    /// The protocol and its version.
    pub protocol: String,
    /// All that is written of it.
    pub value: &'s Value<'a>,
    /// Variables of the address.
    pub variables: Vec<Part<'s, 'a>>,
    /// Ways to be let in, each as text; none means that none is needed.
    pub security: Vec<String>,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Api<'s, 'a> {
    /// All of it.
    pub root: &'s Value<'a>,
    pub servers: Vec<Server<'s, 'a>>,
    pub channels: Vec<Channel<'s, 'a>>,
    pub operations: Vec<Operation<'s, 'a>>,
}
