//! Pages of the findings that are made outside `check/`: by the reader, the resolver, the renderer and the shell.
//! The words of the findings live where they are made; here stands what `explain` says of them.

mod contract;
mod difference;
mod language;
mod output;

use bastide_report::finding::Level;

/// What `explain` says of a finding that is no rule.
#[derive(Debug)]
pub struct Note {
    /// Its name.
    pub name: &'static str,
    /// `contract`, `difference`, `language`, `waiver`, `target` or `output`.
    pub group: &'static str,
    /// Its weight.
    pub level: Level,
    /// What it finds.
    pub finds: &'static str,
    /// What to do.
    pub act: &'static str,
}

impl Note {
    /// The page, Markdown.
    pub fn page(&self) -> String {
        format!("## What it finds\n\n{}\n\n## What to do\n\n{}", self.finds, self.act)
    }
}

const fn note(name: &'static str, group: &'static str, finds: &'static str, act: &'static str) -> Note {
    Note { name, group, level: Level::Deny, finds, act }
}

/// All notes.
pub fn all() -> impl Iterator<Item = &'static Note> {
    contract::NOTES.iter().chain(difference::NOTES).chain(language::NOTES).chain(output::NOTES)
}

/// The note with this name.
pub fn find(name: &str) -> Option<&'static Note> {
    all().find(|note| note.name == name)
}
