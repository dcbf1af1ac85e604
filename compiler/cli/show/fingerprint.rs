//! A name for a finding that survives edits elsewhere in the file: forges track findings by it.

use bastide_report::finding::Finding;
use bastide_report::source::{Sources, Span};
use std::collections::BTreeMap;

/// Gives out fingerprints; equal findings get different ones by a counter.
#[derive(Default)]
pub struct Fingerprints {
    seen: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// 16 hexadecimal digits over rule, file, text of the line, message and how often this was seen before.
    pub fn of(&mut self, finding: &Finding, sources: &Sources) -> String {
        let (file, line) = match finding.labels.first() {
            Some(label) => (sources.get(label.span.file).path.as_str(), line_text(label.span, sources)),
            None => ("", ""),
        };
        let key = [&finding.rule, file, line, &finding.message].join("\0");
        let times = self.seen.entry(key.clone()).or_default();
        *times += 1;
        let hash = blake3::hash(format!("{key}\0{times}").as_bytes()).to_hex();
        hash[..16].to_owned()
    }
}

fn line_text(span: Span, sources: &Sources) -> &str {
    let source = sources.get(span.file);
    let line = source.line_column(span.start).0 as usize;
    let start = source.lines()[line - 1] as usize;
    let end = source.lines().get(line).map_or(source.text.len(), |&next| next as usize);
    source.text[start..end].trim()
}
