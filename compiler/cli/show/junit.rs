//! Findings as JUnit XML: one suite, a case for each finding, and one that passed when there is none.
//! There is no standard; these are the elements and attributes that Jenkins, GitLab and `surefire-report` 3.0 have in common.

use super::Count;
use bastide_report::finding::{Finding, Level};
use bastide_report::source::Sources;
use bastide_report::visible::is_hidden;

/// The findings as one suite. What is denied or warned of failed; what is only worth knowing passed, and is printed.
pub fn render(findings: &[&Finding], sources: &Sources) -> String {
    let count = Count::of(findings);
    let (cases, failures) = (findings.len().max(1), count.deny + count.warn);
    let counts = format!("tests=\"{cases}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\"");
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bastide\" {counts}>\n  <testsuite name=\"bastide check\" {counts}>\n"
    );
    findings.iter().for_each(|finding| out += &case(finding, sources));
    if findings.is_empty() {
        out += "    <testcase name=\"no findings\" classname=\"bastide\" time=\"0\"/>\n";
    }
    out += "  </testsuite>\n</testsuites>\n";
    out
}

fn case(finding: &Finding, sources: &Sources) -> String {
    let mut at = String::new();
    let mut text = String::new();
    for (index, label) in finding.labels.iter().enumerate() {
        let place = sources.place(label.span);
        if index == 0 {
            at = format!(" file=\"{}\" line=\"{}\"", escaped(&place.file), place.line);
        }
        text += &format!("{place}: {}\n", label.text);
    }
    if let Some(help) = &finding.help {
        text += &format!("help: {help}\n");
    }
    let (rule, message) = (escaped(&finding.rule), escaped(&finding.told()));
    let open =
        format!("    <testcase name=\"{rule}: {message}\" classname=\"bastide.{rule}\"{at} time=\"0\">\n");
    let text = escaped(&text);
    let body = match finding.level {
        Level::Deny | Level::Warn => format!(
            "      <failure message=\"{message}\" type=\"{}\">{text}</failure>\n",
            finding.level.as_str()
        ),
        Level::Info | Level::Allow => format!("      <system-out>{message}\n{text}</system-out>\n"),
    };
    open + &body + "    </testcase>\n"
}

/// Text of XML 1.0, in an element as in an attribute: what the language cannot hold, not even as a reference (§2.2), is
/// shown as U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&apos;",
            '\n' => out.push('\n'),
            '\t' => out += "&#9;",
            '\r' => out += "&#13;",
            other if is_hidden(other) => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
