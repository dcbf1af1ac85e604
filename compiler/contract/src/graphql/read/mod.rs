//! SDL texts as one schema. Faults that leave the meaning clear are warnings; a text that cannot be read is denied.

mod definition;
mod lexer;
mod merge;
mod reader;
mod text;

use super::schema::Schema;
use crate::Side;
use bastide_report::finding::{Finding, Level};
use bastide_report::source::{FileId, Sources, Span};
use definition::Definition;
use reader::Reader;

/// Faults told of one text; after so many it is no SDL.
const FAULTS: usize = 10;

/// All texts of a side as one schema.
pub(super) fn read<'a>(side: &Side, sources: &'a Sources, findings: &mut Vec<Finding>) -> Schema<'a> {
    let mut definitions = vec![];
    for file in side.asked() {
        let before = definitions.len();
        let fine = findings.len();
        definitions_of(file.id, &sources.get(file.id).text, &mut definitions, findings);
        let denied = findings[fine..].iter().any(|finding| finding.level == Level::Deny);
        if definitions.len() == before && !denied {
            findings.push(empty(file.id));
        }
    }
    merge::merge(definitions, findings)
}

fn definitions_of<'a>(
    file: FileId,
    text: &'a str,
    definitions: &mut Vec<Definition<'a>>,
    findings: &mut Vec<Finding>,
) {
    let mut reader = match Reader::new(file, text) {
        Ok(reader) => reader,
        Err(finding) => return findings.push(*finding),
    };
    let mut faults = 0;
    while !reader.at_end() && faults < FAULTS {
        match reader.definition(findings) {
            Ok(definition) => definitions.extend(definition),
            Err(finding) => {
                findings.push(*finding);
                faults += 1;
                reader.recover();
            }
        }
    }
}

fn empty(file: FileId) -> Finding {
    Finding::new("contract-syntax", "no type is defined")
        .label(Span::new(file, 0, 0), "this text is compared as a schema")
        .help("write the types, or name another file")
}
