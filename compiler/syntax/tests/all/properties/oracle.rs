//! The `kdl` crate as the oracle: what it accepts, and what it reads.

use super::read;
use bastide_report::finding::Finding;
use bastide_syntax::{Nodes, Value};
use kdl::{KdlDocument, KdlValue};

/// Both accept a text or both refuse it, and both read the same; but see [`is_known`] and [`is_known_refusal`].
pub fn compare(text: &str) {
    let (document, report) = read(text);
    match (report.findings.is_empty(), KdlDocument::parse_v2(text)) {
        (true, Ok(theirs)) => assert_eq!(own_values(document.nodes(text)), their_values(&theirs), "{text:?}"),
        (true, Err(error)) => assert!(is_known_refusal(text), "only kdl refuses {text:?}: {error:?}"),
        (false, Ok(_)) => {
            // What is glued to a slashdashed node, kdl reads on as the next one: further findings follow from that.
            let glued = text.contains("/-")
                && report
                    .findings
                    .iter()
                    .any(|it| it.message.starts_with("a node goes on after its children"));
            let known = glued || report.findings.iter().all(|finding| is_known(finding, text));
            assert!(known, "only kdl accepts {text:?}: {:?}", report.findings);
        }
        (false, Err(_)) => {}
    }
}

/// Where `kdl` 6.7.1 accepts what the grammar or the official suite refuses.
fn is_known(finding: &Finding, text: &str) -> bool {
    let is = |message: &str| finding.message.starts_with(message);
    // The grammar wants `node-space+` before a block.
    is("no space stands before `{`")
        // "Any amount of whitespace (other than other slashdashes)" may follow a slashdash.
        || is("`/-` stands twice")
        // Forbidden "anywhere in the document": kdl lets them stand in comments, and takes U+007F for a letter
        // (`unicode_delete_fail.kdl`).
        || is("the code point U+") || text.contains('\u{7f}')
        // "The bare identifiers `inf`, `-inf`, and `nan` are illegal" (`floating_point_keyword_…_fail.kdl`).
        || is("`-inf` cannot")
        // kdl takes `#"""` on one line for a raw string that starts with two quotes
        // (`multiline_raw_string_single_line_err_fail.kdl`).
        || text.contains("#\"\"\"") && (is("text stands on the line of the opening") || is("a string over several"))
        // After a slashdashed node kdl wants no terminator: what is glued to it is the next node. And it lets entries
        // follow a slashdashed block.
        || text.contains("/-")
            && (is("a node goes on after its children")
                || is("an entry follows a block")
                || is("no space stands before")
                || finding.message.ends_with("is not a keyword")
                || finding.message.ends_with("cannot stand in a word without quotes"))
}

/// Where `kdl` 6.7.1 refuses what the grammar accepts: a slashdashed node that ends with `;`.
fn is_known_refusal(text: &str) -> bool {
    text.contains("/-") && text.contains(';')
}

fn own_values(nodes: Nodes) -> String {
    let mut out = String::new();
    for node in nodes {
        out += &format!("({:?}){:?}", node.ty(), node.name());
        for entry in node.entries() {
            let value = match entry.value() {
                Value::Str(value) => format!("{value:?}"),
                Value::Bool(value) => value.to_string(),
                Value::Null => "null".to_string(),
                Value::Number(number) if number.is_integer() => integer(number.as_i64()),
                Value::Number(number) => format!("{:?}", number.as_f64()),
            };
            out += &format!(" {:?}=({:?}){value}", entry.name(), entry.ty());
        }
        out += &format!("{{{}}}", own_values(node.children()));
    }
    out
}

fn their_values(document: &KdlDocument) -> String {
    let mut out = String::new();
    for node in document.nodes() {
        out += &format!("({:?}){:?}", node.ty().map(|ty| ty.value()), node.name().value());
        for entry in node.entries() {
            let value = match entry.value() {
                KdlValue::String(value) => format!("{value:?}"),
                KdlValue::Bool(value) => value.to_string(),
                KdlValue::Null => "null".to_string(),
                KdlValue::Integer(value) => integer(i64::try_from(*value).ok()),
                KdlValue::Float(value) => format!("{value:?}"),
            };
            let name = entry.name().map(|name| name.value());
            out += &format!(" {name:?}=({:?}){value}", entry.ty().map(|ty| ty.value()));
        }
        out += &format!("{{{}}}", node.children().map(their_values).unwrap_or_default());
    }
    out
}

fn integer(value: Option<i64>) -> String {
    value.map_or("beyond 64 bits".to_string(), |value| value.to_string())
}
