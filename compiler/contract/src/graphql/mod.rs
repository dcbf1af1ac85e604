//! GraphQL: the schema definition language (September 2025).
//!
//! What breaks is what graphql-js `findBreakingChanges` calls breaking, and besides what it passes over and a server
//! refuses: a lost default of something that must be given, another root type, `@oneOf` where it was not.

mod defaults;
mod diff;
mod read;
mod schema;
#[cfg(test)]
mod tests;

use super::{Comparison, ContractFormat, Options, Side, change_kind};
use bastide_report::source::Sources;
use std::sync::LazyLock;

/// How files of GraphQL are known, read and compared.
pub static FORMAT: ContractFormat = ContractFormat {
    name: "graphql",
    fence: "graphql",
    endings: &[".graphql", ".graphqls", ".gql"],
    sniff: |text| text.lines().any(|line| line.starts_with("type Query")),
    references: |_, _| vec![],
    compare,
    kinds: LazyLock::new(|| {
        change_kind::read(&[
            include_str!("changes/directives.md"),
            include_str!("changes/fields.md"),
            include_str!("changes/inputs.md"),
            include_str!("changes/types.md"),
            include_str!("changes/words.md"),
        ])
    }),
};

fn compare(old: &Side, new: &Side, sources: &Sources, options: &Options) -> Comparison {
    let mut comparison = Comparison::default();
    let old = read::read(old, sources, &mut comparison.findings);
    let new = read::read(new, sources, &mut comparison.findings);
    if !comparison.unreadable() {
        (comparison.changes, comparison.compared) = diff::diff(&old, &new, options);
    }
    comparison.finished()
}

/// All types, and their fields and values: `Order`, `Order.email`. Nothing if the schema cannot be read.
pub fn elements(side: &Side, sources: &Sources) -> Vec<String> {
    let mut findings = vec![];
    let schema = read::read(side, sources, &mut findings);
    let names = schema.types.values().flat_map(|it| {
        let members = it.members.iter().map(|member| format!("{}.{}", it.name.text, member.name.text));
        std::iter::once(it.name.text.to_string()).chain(members)
    });
    names.collect()
}
