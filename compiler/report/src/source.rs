//! The texts of a run and places in them. Everything a finding points at is a [`Span`] into a [`Source`].

use std::borrow::Cow;

/// Index of a text in [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span { file, start: start as u32, end: end as u32 }
    }

    /// The smallest span that holds both; both must be of one file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Where a text comes from: what `why` calls the layer of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The user's own spec, or a file of it.
    Spec,
    /// The spec as it was, in a commit or another folder.
    Baseline,
    /// A contract, or a file it names; of the plan as it is or as it was.
    Contract,
    /// Built-in: `stdlib/` of the compiler.
    Stdlib,
    /// The project's own `bastide/stdlib/`.
    ProjectStdlib,
    /// A target pack: `target.kdl` or a template.
    Pack,
    /// Something generated or found on disk: the lock, an artifact.
    Output,
}

/// One text and the path it is shown under.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path as shown to the user: relative to the project root, `/` as separator.
    pub path: String,
    /// The whole text; one that is built in is not copied.
    pub text: Cow<'static, str>,
    /// What this text is to the compiler.
    pub role: Role,
    /// Bytes that are shown nowhere, whatever else says so.
    pub hidden: Vec<std::ops::Range<usize>>,
    lines: std::sync::OnceLock<Vec<u32>>,
}

/// A place as people and editors write it: lines and columns from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// Path as in [`Source::path`].
    pub file: String,
    /// First line, from 1.
    pub line: u32,
    /// First column, from 1.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column one past the end.
    pub end_column: u32,
}

/// As tools write a place that editors can open: `services/orders.kdl:4:9`.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", crate::visible::line(&self.file), self.line, self.column)
    }
}

impl Source {
    /// Whether it came with the compiler.
    pub fn is_built_in(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// Byte offset at which each line starts; computed once, on the first question.
    pub fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at as u32 + 1);
            std::iter::once(0).chain(breaks).collect()
        })
    }

    /// Line and column (both from 1, the column in characters) of a byte offset.
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let offset = (offset as usize).min(self.text.len());
        let line = self.lines().partition_point(|&start| start as usize <= offset);
        let start = self.lines()[line - 1] as usize;
        let mut end = offset;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let column = self.text[start..end.max(start)].chars().count() as u32 + 1;
        (line as u32, column)
    }
}

/// All texts of a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text and returns its number. Texts of 4 GiB and more are the shell's to refuse.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>, role: Role) -> FileId {
        self.put(path.into(), text.into().into(), role)
    }

    /// Adds a text that is built in.
    pub fn add_built_in(&mut self, path: impl Into<String>, text: &'static str, role: Role) -> FileId {
        self.put(path.into(), text.into(), role)
    }

    fn put(&mut self, path: String, text: Cow<'static, str>, role: Role) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(Source { path, text, role, hidden: vec![], lines: Default::default() });
        id
    }

    /// Keeps a place from being shown.
    pub fn hide(&mut self, span: Span) {
        self.files[span.file.0 as usize].hidden.push(span.start as usize..span.end as usize);
    }

    /// Puts signs of the same length in the place of these bytes of a text, so that every place in it stays.
    pub fn blank(&mut self, file: FileId, places: &[std::ops::Range<usize>]) {
        let source = &mut self.files[file.0 as usize];
        let mut bytes = std::mem::take(&mut source.text).into_owned().into_bytes();
        for place in places {
            let all = bytes.len();
            let stays = |byte: &u8| matches!(byte, b'\n' | b'\r' | b'"');
            bytes[place.start.min(all)..place.end.min(all)]
                .iter_mut()
                .filter(|it| !stays(it))
                .for_each(|it| *it = b'*');
        }
        source.text = String::from_utf8(bytes).unwrap_or_default().into();
    }

    /// Shows the texts that did not come with the compiler by their paths from a folder further up, in which `within`
    /// (`apps/shop/`) is the one that they are shown from.
    pub fn show_from(&mut self, within: &str) {
        for source in self.files.iter_mut().filter(|it| !it.is_built_in()) {
            let (mut folder, mut path) = (within.trim_end_matches('/'), source.path.as_str());
            while let Some(rest) = path.strip_prefix("../").filter(|_| !folder.is_empty()) {
                (folder, path) = (folder.rsplit_once('/').map_or("", |(above, _)| above), rest);
            }
            source.path = if folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") };
        }
    }

    /// The text with this number.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All texts, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(at, source)| (FileId(at as u32), source))
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The place of a span in lines and columns.
    pub fn place(&self, span: Span) -> Place {
        let source = self.get(span.file);
        let (line, column) = source.line_column(span.start);
        let (end_line, end_column) = source.line_column(span.end.max(span.start));
        Place { file: source.path.clone(), line, column, end_line, end_column }
    }
}
