//! Bytes of a file as text. What is not UTF-8 is a finding at its place, never replaced in silence.

use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Role, Sources, Span};

/// So many places of one file are shown.
const SHOWN: usize = 5;

/// A text, and where its bytes were none.
#[derive(Debug, PartialEq, Eq)]
pub struct Text {
    /// The text; what was not UTF-8 stands there as U+FFFD.
    pub text: String,
    /// Where in `text`, in bytes, something stands for bytes that are not UTF-8, and the first of these bytes.
    pub bad: Vec<(usize, u8)>,
    /// It begins as UTF-16 does.
    wide: bool,
    /// What it was, if not all of it was UTF-8.
    bytes: Vec<u8>,
}

impl Text {
    /// Bytes as text.
    pub fn of(bytes: Vec<u8>) -> Text {
        let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Text { text, bad: vec![], wide, bytes: vec![] },
            Err(error) => error.into_bytes(),
        };
        let mut text = String::with_capacity(bytes.len() + 16);
        let mut bad = vec![];
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if let Some(first) = chunk.invalid().first() {
                bad.push((text.len(), *first));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Text { text, bad, wide, bytes }
    }

    /// The bytes it was made of.
    pub fn into_bytes(self) -> Vec<u8> {
        if self.bad.is_empty() { self.text.into_bytes() } else { self.bytes }
    }
}

impl Text {
    /// Adds the text to the sources; what is no text of it is told in one finding.
    pub fn add(self, path: String, role: Role, sources: &mut Sources, report: &mut Report) -> FileId {
        let file = sources.add(path.as_str(), self.text, role);
        if self.bad.is_empty() {
            return file;
        }
        let message = match self.bad.len().saturating_sub(SHOWN) {
            0 => format!("`{path}` is not UTF-8"),
            more => format!("`{path}` is not UTF-8 at these and {more} more places"),
        };
        let mut finding = Finding::new("not-utf8", message);
        for (at, byte) in self.bad.iter().take(SHOWN) {
            let span = Span::new(file, *at, at + char::REPLACEMENT_CHARACTER.len_utf8());
            finding = finding.label(span, format!("the byte 0x{byte:02x}"));
        }
        let wide = "it looks like UTF-16: save it as UTF-8";
        report.push(finding.help(if self.wide { wide } else { "save the file as UTF-8" }));
        file
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn bad_bytes_keep_their_place() {
        let text = Text::of(b"a\xffb\xc3\n\xe2\x82".to_vec());
        assert_eq!(text.text, "a\u{fffd}b\u{fffd}\n\u{fffd}");
        assert_eq!(text.bad, [(1, 0xff), (5, 0xc3), (9, 0xe2)]);
        assert!(Text::of("\u{fffd}é".into()).bad.is_empty());
    }
}
