//! Findings and texts without their secrets, before anybody draws, escapes or wraps them.

use crate::terminal::veil;
use bastide_core::secret;
use bastide_report::finding::{Finding, Label};
use bastide_report::source::{FileId, Sources};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A finding whose words hold no secret.
pub fn finding(finding: &Finding) -> Cow<'_, Finding> {
    let labels = finding.labels.iter().map(|label| label.text.as_str());
    // Many places bear the same words.
    let texts: BTreeSet<&str> =
        labels.chain([finding.message.as_str()]).chain(finding.help.as_deref()).collect();
    if texts.into_iter().all(|text| matches!(veil(text), Cow::Borrowed(_))) {
        return Cow::Borrowed(finding);
    }
    let label = |label: &Label| Label { text: veil(&label.text).into_owned(), ..label.clone() };
    Cow::Owned(Finding {
        message: veil(&finding.message).into_owned(),
        help: finding.help.as_deref().map(|help| veil(help).into_owned()),
        labels: finding.labels.iter().map(label).collect(),
        ..finding.clone()
    })
}

/// The texts with blanks for the secrets of those that the findings point at.
pub fn sources<'s>(findings: &[&Finding], sources: &'s Sources) -> Cow<'s, Sources> {
    let labels = findings.iter().flat_map(|finding| &finding.labels);
    let files: BTreeSet<FileId> = labels.map(|label| label.span.file).collect();
    let mut veiled = Cow::Borrowed(sources);
    for file in files {
        let source = sources.get(file);
        let mut places = source.hidden.clone();
        places.extend(secret::find("", &source.text).into_iter().map(|spot| spot.at));
        if !places.is_empty() {
            veiled.to_mut().blank(file, &places);
        }
    }
    veiled
}
