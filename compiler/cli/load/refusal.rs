//! Why a file of a project is not read, and how that is told.

use bastide_report::finding::{Finding, Report};
use bastide_report::source::{Role, Sources, Span};

/// Largest contract that is read, in bytes; the largest public ones have some 10 MB.
const LARGEST_CONTRACT: u64 = 64 << 20;
/// Largest other file: ten thousand services take a tenth of it.
const LARGEST: u64 = 16 << 20;
/// What all files of one project together may hold, in bytes.
pub const ALL: u64 = 256 << 20;

/// Largest file of a role that is read, in bytes.
pub fn limit(role: Role) -> u64 {
    if role == Role::Contract { LARGEST_CONTRACT } else { LARGEST }
}

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is there: a link leads nowhere.
    Missing,
    /// A link leads out of the project.
    Outside,
    /// A folder, pipe, socket or device.
    NotAFile,
    /// It holds more bytes than this.
    TooLarge(u64),
    /// With it, all that was read holds more bytes than this.
    TooMuch(u64),
}

impl Refusal {
    /// Reports it where the file was asked for, else at the file.
    pub fn tell(self, shown: &str, asked: Option<Span>, sources: &mut Sources, report: &mut Report) {
        let mebibytes = |bytes: u64| format!("{} MiB", bytes >> 20);
        let (rule, message, help) = match self {
            Refusal::Missing => (
                "missing-file",
                format!("`{shown}` is a link that leads nowhere"),
                "put the file in its place, or take the link away",
            ),
            Refusal::Outside => (
                "include-outside",
                format!("`{shown}` leads out of the project"),
                "move the file into the project",
            ),
            Refusal::NotAFile => (
                "unreadable-file",
                format!("`{shown}` is not a file"),
                "put a text in its place; folders, pipes, sockets and devices are not read",
            ),
            Refusal::TooLarge(limit) => (
                "unreadable-file",
                format!("`{shown}` is larger than {}", mebibytes(limit)),
                "name a text that people read, or split it",
            ),
            Refusal::TooMuch(limit) => (
                "unreadable-file",
                format!("with `{shown}` the files of the project are more than {}", mebibytes(limit)),
                "split the project, or take away what is no part of the plan",
            ),
        };
        let span = asked.unwrap_or_else(|| Span::new(sources.add(shown, "", Role::Output), 0, 0));
        let label = match self {
            Refusal::Outside => "the project ends at the folder of `bastide.kdl`",
            _ => "is not read",
        };
        report.push(Finding::new(rule, message).label(span, label).help(help));
    }
}
