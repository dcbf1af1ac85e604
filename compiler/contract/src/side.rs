//! One version of a contract: its texts. The core reads no disk, so it says which further files it needs.

use super::{ContractFormat, Skipped};
use bastide_report::source::{FileId, Span};

/// A text of a side.
#[derive(Clone, Debug)]
pub struct File {
    /// Path from the root of the side, `/` between parts, no `.` or `..`.
    pub path: String,
    /// Its text.
    pub id: FileId,
    /// It is the contract, or one of them; others were only named by it.
    pub asked: bool,
}

/// One version of a contract: the file or files meant, and what they name.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// All texts, by path.
    pub files: Vec<File>,
}

/// Another file that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// As written, without its fragment: `./common.yaml`, `google/type/money.proto`.
    pub path: String,
    /// It is relative to a root of imports (protobuf) rather than to the file it stands in.
    pub from_root: bool,
    /// Where it stands.
    pub span: Span,
}

impl Side {
    /// The files that are the contract itself.
    pub fn asked(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.asked)
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// A contract, read.
#[derive(Clone)]
pub struct Contract {
    /// Its format; `None` if nobody knows.
    pub format: Option<&'static ContractFormat>,
    /// Its texts.
    pub side: Side,
}

/// The files that are versions of one another: the only one of each side, else those of one path. The others are skipped.
pub fn pairs<'f>(old: &'f Side, new: &'f Side, skipped: &mut Vec<Skipped>) -> Vec<(&'f File, &'f File)> {
    let (left, right): (Vec<_>, Vec<_>) = (old.asked().collect(), new.asked().collect());
    if let ([one], [other]) = (left.as_slice(), right.as_slice()) {
        return vec![(one, other)];
    }
    let alone = |file: &File, why: &str| Skipped { what: file.path.clone(), why: why.into(), span: None };
    let mut pairs = vec![];
    for file in &right {
        match left.iter().find(|other| other.path == file.path) {
            Some(other) => pairs.push((*other, *file)),
            None => skipped.push(alone(file, "it has no older version")),
        }
    }
    let gone = left.iter().filter(|file| right.iter().all(|other| other.path != file.path));
    skipped.extend(gone.map(|file| alone(file, "it is gone")));
    pairs
}

/// A path written in `from` as a path from the root; `None` if it leads out of it.
pub fn join(from: &str, written: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn paths_stay_below_the_root() {
        assert_eq!(join("api/v1/a.yaml", "../common.yaml"), Some("api/common.yaml".into()));
        assert_eq!(join("a.yaml", "./b/c.yaml"), Some("b/c.yaml".into()));
        assert_eq!(join("a.yaml", "../b.yaml"), None);
    }
}
