//! Files of the project that are laid beside the generated ones.

use bastide_report::source::FileId;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// The patterns of a spec, and the files of each.
pub type Raws = BTreeMap<Pattern, Vec<Raw>>;

/// Which files, and whether they are for compose.
pub type Pattern = (String, bool);

/// A file, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Raw {
    /// Its path from the project's root.
    pub path: String,
    /// Where its text is.
    #[serde(skip)]
    pub file: FileId,
    /// Its text.
    #[serde(skip)]
    pub text: String,
    /// Its documents, none of them empty.
    #[serde(skip)]
    pub documents: Vec<Range<usize>>,
}
