//! Features of editions: what each part of a file resolves to, from the defaults of its dialect and what is set on
//! the file, the messages round it and itself.

use super::tree::{Choice, Constant, Syntax};
use bastide_report::finding::{Finding, Report};
use bastide_report::suggest;

/// Whether a single field knows that it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It does.
    Explicit,
    /// Zero and absent are one.
    Implicit,
    /// It must be set.
    Required,
}

/// How C++ holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CppString {
    /// `std::string`.
    String,
    /// `absl::string_view`.
    View,
    /// `absl::Cord`.
    Cord,
}

/// What the features of a part resolve to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// `field_presence`.
    pub presence: Presence,
    /// `enum_type` is `CLOSED`.
    pub closed: bool,
    /// `repeated_field_encoding` is `PACKED`.
    pub packed: bool,
    /// `utf8_validation` is `VERIFY`.
    pub utf8: bool,
    /// `message_encoding` is `DELIMITED`.
    pub delimited: bool,
    /// `json_format` is `ALLOW`.
    pub json: bool,
    /// `(pb.cpp).string_type`.
    pub cpp_string: CppString,
    /// `(pb.java).utf8_validation` is `VERIFY`.
    pub java_utf8: bool,
}

/// The features of the language and the words each takes.
const KNOWN: &[(&str, &[&str])] = &[
    ("field_presence", &["EXPLICIT", "IMPLICIT", "LEGACY_REQUIRED"]),
    ("enum_type", &["OPEN", "CLOSED"]),
    ("repeated_field_encoding", &["PACKED", "EXPANDED"]),
    ("utf8_validation", &["VERIFY", "NONE"]),
    ("message_encoding", &["LENGTH_PREFIXED", "DELIMITED"]),
    ("json_format", &["ALLOW", "LEGACY_BEST_EFFORT"]),
    ("enforce_naming_style", &["STYLE2024", "STYLE_LEGACY"]),
    ("default_symbol_visibility", &["EXPORT_ALL", "EXPORT_TOP_LEVEL", "LOCAL_ALL", "STRICT"]),
];

impl Default for Features {
    fn default() -> Features {
        Features::PROTO2
    }
}

impl Features {
    /// What `proto2` means.
    pub const PROTO2: Features = Features {
        presence: Presence::Explicit,
        closed: true,
        packed: false,
        utf8: false,
        delimited: false,
        json: false,
        cpp_string: CppString::String,
        java_utf8: false,
    };

    /// What a dialect means before anything is set.
    pub fn of(syntax: Syntax) -> Features {
        let modern = Features { closed: false, packed: true, utf8: true, json: true, ..Features::PROTO2 };
        match syntax {
            Syntax::Proto2 => Features::PROTO2,
            Syntax::Proto3 => Features { presence: Presence::Implicit, ..modern },
            Syntax::Edition(..2024) => modern,
            Syntax::Edition(_) => Features { cpp_string: CppString::View, ..modern },
        }
    }

    /// These, changed by the options of a part. A feature or value not known is a finding.
    pub fn with(mut self, options: &[Choice<'_>], report: &mut Report) -> Features {
        for option in options {
            let Some(name) = option.name.strip_prefix("features.") else { continue };
            match &option.value {
                Constant::Word(word) => self.set(name, word, option, report),
                Constant::Empty => {}
                _ => unknown(format!("feature `{name}` is not set to a word"), option, None, report),
            }
        }
        self
    }

    fn set(&mut self, name: &str, word: &str, option: &Choice<'_>, report: &mut Report) {
        match (name, word) {
            ("field_presence", "EXPLICIT") => self.presence = Presence::Explicit,
            ("field_presence", "IMPLICIT") => self.presence = Presence::Implicit,
            ("field_presence", "LEGACY_REQUIRED") => self.presence = Presence::Required,
            ("enum_type", _) => self.closed = word == "CLOSED",
            ("repeated_field_encoding", _) => self.packed = word == "PACKED",
            ("utf8_validation", _) => self.utf8 = word == "VERIFY",
            ("message_encoding", _) => self.delimited = word == "DELIMITED",
            ("json_format", _) => self.json = word == "ALLOW",
            ("(pb.cpp).string_type", "CORD") => self.cpp_string = CppString::Cord,
            ("(pb.cpp).string_type", "VIEW") => self.cpp_string = CppString::View,
            ("(pb.cpp).string_type", _) => self.cpp_string = CppString::String,
            ("(pb.java).utf8_validation", _) => self.java_utf8 = word == "VERIFY",
            _ => {}
        }
        // What belongs to one language's generator does not reach the wire; new ones appear often.
        if name.starts_with('(') {
            return;
        }
        match KNOWN.iter().find(|(known, _)| *known == name) {
            None => {
                let help = suggest::did_you_mean(name, KNOWN.iter().map(|(known, _)| *known));
                unknown(format!("`{name}` is not a feature known here"), option, help, report);
            }
            Some((_, words)) if !words.contains(&word) => {
                let help = suggest::did_you_mean(word, words.iter().copied());
                unknown(
                    format!("`{word}` is not a value of feature `{name}` known here"),
                    option,
                    help,
                    report,
                );
            }
            Some(_) => {}
        }
    }
}

fn unknown(message: String, option: &Choice<'_>, help: Option<String>, report: &mut Report) {
    let finding = Finding::new("contract-unsupported", message)
        .label(option.at, "its meaning is not known, so nothing is compared")
        .help(help.unwrap_or_else(|| "set it to one of its words".into()));
    report.push(finding);
}
