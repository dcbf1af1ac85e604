//! Which paths an output may have, and their parts.

/// Why no output may have this path on any system, as in "`path` …", or `None`.
pub fn refusal(path: &str) -> Option<&'static str> {
    match path {
        "" => Some("is empty"),
        _ if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') => Some("is absolute"),
        _ if path.contains('\\') => Some("holds a backslash"),
        _ if path.chars().any(char::is_control) => Some("holds a control character"),
        _ => path.split('/').find_map(part_refusal),
    }
}

fn part_refusal(part: &str) -> Option<&'static str> {
    match part {
        "" => Some("has an empty part"),
        "." => Some("has the part `.`"),
        ".." => Some("leaves the output folder"),
        _ if part.len() > 255 => Some("has a part of more than 255 bytes"),
        // Windows drops them; two spaces separate the columns of the lock.
        _ if part.ends_with(['.', ' ']) || part.starts_with(' ') => {
            Some("has a part with a space or dot at its end")
        }
        _ if part.contains("  ") => Some("holds two spaces in a row"),
        _ if is_git(part) => Some("reaches into a `.git` folder"),
        // Temporary files, and what earlier releases kept while they built.
        _ if part.get(..9).is_some_and(|head| head.eq_ignore_ascii_case(".bastide-")) => {
            Some("is bastide's own")
        }
        _ => None,
    }
}

/// Whether a system may take a name for `.git`, as git itself has it: a file in there can run a program at the next commit.
/// Windows knows short names and streams, and file systems of macOS pass over some characters.
fn is_git(part: &str) -> bool {
    let passed = |c: &char| !matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    let name: String = part.split(':').next().unwrap_or_default().chars().filter(passed).collect();
    let name = name.trim_end_matches(['.', ' ']).to_ascii_lowercase();
    name == ".git" || name.strip_prefix("git~").is_some_and(|rest| rest.bytes().all(|c| c.is_ascii_digit()))
}

/// The same of a path that a lock names: it may lead up out of the root, to where forges read.
pub fn refusal_of_known(path: &str) -> Option<&'static str> {
    refusal(path.trim_start_matches("../"))
}

/// The folder of an output path, empty for the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The name of the file in its folder.
pub fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// All folders above an output path, the nearest first, without the root and those above it.
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    let folders = std::iter::successors(Some(parent(path)), |folder| Some(parent(folder)));
    folders.take_while(|it| !it.is_empty() && *it != ".." && !it.ends_with("/.."))
}
