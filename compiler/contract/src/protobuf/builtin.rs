//! The files every protobuf compiler brings along, as far as their names must resolve.

use super::tree::{Enum, File, Import, Message, Name};
use bastide_report::source::Span;
use std::borrow::Cow;
use std::rc::Rc;

/// A file is a paragraph: its path and package, then what it imports, its messages and its enums, nested ones after those
/// they are nested in.
const BUILTIN: &str = include_str!("builtin.txt");

/// The paragraph of the file at a path, and its package.
fn find(path: &str) -> Option<(&'static str, &'static str)> {
    let mut files = BUILTIN.split("\n\n").filter_map(|file| file.split_once('\n'));
    files.find_map(|(head, parts)| Some((parts, head.strip_prefix(path)?.strip_prefix(' ')?)))
}

/// The built-in file at a path, as imported at `at`.
pub fn file<'a>(path: &str, at: Span) -> Option<File<'a>> {
    let (parts, package) = find(path)?;
    let all = |kind: &'static str| parts.lines().filter_map(move |line| line.trim().strip_prefix(kind));
    let name = |text: &'static str| Name { text: Cow::Borrowed(text), at };
    let full = |nested: &str| Rc::from(format!("{package}.{nested}"));
    let own = |nested: &'static str| name(nested.rsplit_once('.').map_or(nested, |(_, own)| own));
    let message = |nested: &'static str| Message {
        name: own(nested),
        at,
        full: full(nested),
        map: nested.ends_with("Entry").then_some("fields"),
        ..Message::default()
    };
    let enumeration =
        |nested: &'static str| Enum { name: own(nested), at, full: full(nested), ..Enum::default() };
    Some(File {
        path: path.into(),
        builtin: true,
        syntax_at: at,
        package: name(package),
        imports: all("import ").map(|path| Import { path: name(path), public: false }).collect(),
        messages: all("message ").map(message).collect(),
        enums: all("enum ").map(enumeration).collect(),
        ..File::default()
    })
}

/// Whether a path is that of a built-in file.
pub fn known(path: &str) -> bool {
    find(path).is_some()
}
