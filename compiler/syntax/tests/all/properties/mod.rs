//! What holds for every text: the reader agrees with the `kdl` crate, and survives anything.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs, reason = "a test reads its data")]

mod generate;
mod mutate;
mod oracle;

use crate::canonical::canonical;
use bastide_report::finding::Report;
use bastide_report::source::FileId;
use bastide_syntax::{Document, Nodes, SYNTAX, TOO_DEEP, parse};
use proptest::prelude::*;

fn read(text: &str) -> (Document, Report) {
    let mut report = Report::default();
    let document = parse(FileId(0), text, &mut report);
    (document, report)
}

/// Looks at everything a document holds: places lie in the text and in each other, and the canonical form is read
/// as itself when nothing is wrong.
fn look_at(text: &str) {
    let (document, report) = read(text);
    let mut open: Vec<(Nodes, usize, usize)> = vec![(document.nodes(text), 0, text.len())];
    let mut seen = 0;
    while let Some((mut nodes, from, to)) = open.pop() {
        let Some(node) = nodes.next() else { continue };
        seen += 1;
        open.push((nodes, node.span().end as usize, to));
        let (start, end) = (node.span().start as usize, node.span().end as usize);
        assert!(from <= start && start <= end && end <= to, "{text:?}: {:?} in {from}..{to}", node.span());
        assert!(text.get(start..end).is_some(), "{text:?}: {start}..{end}");
        let mut last = start;
        for entry in node.entries() {
            let span = entry.span();
            assert!(last <= span.start as usize && span.end as usize <= end, "{text:?}: {span:?}");
            assert!(entry.value_span().end == span.end && entry.value_span().start >= span.start);
            last = span.end as usize;
            std::hint::black_box((entry.name(), entry.value(), entry.ty()));
        }
        std::hint::black_box((node.name(), node.ty(), node.name_span()));
        let block = node.block_span();
        assert_eq!(block.is_some(), node.has_children_block());
        if let Some(block) = block {
            open.push((node.children(), block.start as usize, block.end as usize));
        } else {
            assert_eq!(node.children().count(), 0, "{text:?}");
        }
    }
    assert_eq!(seen, document.len_nodes(), "{text:?}");
    for finding in &report.findings {
        for label in &finding.labels {
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            assert!(text.get(start..end).is_some(), "{text:?}: {finding:?}");
        }
        assert!(finding.help.is_some(), "{finding:?}");
    }
    let printed = canonical(&document, text);
    let (again, report) = read(&printed);
    assert!(report.findings.is_empty(), "{text:?} prints as {printed:?}: {:?}", report.findings);
    assert_eq!(canonical(&again, &printed), printed, "{text:?}");
}

#[test]
fn agrees_with_kdl_over_mutations_of_the_suite() {
    let texts = mutate::suite();
    let mut random = mutate::Random(88_172_645_463_325_252);
    for text in &texts {
        oracle::compare(text);
    }
    for _ in 0..4_000 {
        oracle::compare(&mutate::mutate(&texts[random.below(texts.len())], &mut random));
    }
}

#[test]
fn survives_ten_million_bytes_of_mutations() {
    let texts = mutate::suite();
    let mut random = mutate::Random(2_463_534_242);
    let mut bytes = 0;
    while bytes < 10_000_000 {
        let mut text = String::new();
        for _ in 0..=random.below(40) {
            text += &mutate::mutate(&texts[random.below(texts.len())], &mut random);
        }
        bytes += text.len();
        look_at(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn agrees_with_kdl_over_documents(text in generate::document()) {
        let (_, report) = read(&text);
        prop_assert!(report.findings.is_empty(), "{:?}", report.findings);
        oracle::compare(&text);
        look_at(&text);
    }

    #[test]
    fn agrees_with_kdl_over_broken_documents(text in generate::document(), cut in any::<prop::sample::Index>()) {
        let chars: Vec<char> = text.chars().collect();
        if !chars.is_empty() {
            let cut = cut.index(chars.len());
            let text: String = chars.iter().enumerate().filter(|&(at, _)| at != cut).map(|(_, char)| char).collect();
            oracle::compare(&text);
        }
    }

    #[test]
    fn survives_any_text(text in ".{0,200}") {
        look_at(&text);
    }

    #[test]
    fn survives_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        look_at(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn survives_any_signs(text in r#"([{}()\[\]"=;/*\\#\n +.a1,-]|"""|/-|/\*|\*/|true|r"){0,80}"#) {
        look_at(&text);
    }
}

/// A million levels, in every way to nest: one finding, no recursion.
#[test]
fn survives_a_million_levels() {
    const MANY: usize = 1_000_000;
    let one = |text: String, rule: Option<&str>| {
        let (document, report) = read(&text);
        let rules: Vec<_> = report.findings.iter().map(|finding| finding.rule.as_ref()).collect();
        assert_eq!(rules, rule.into_iter().collect::<Vec<_>>(), "{}", &text[..40]);
        canonical(&document, &text);
    };
    one("a {".repeat(MANY), Some(TOO_DEEP));
    one("a {\n".repeat(MANY), Some(TOO_DEEP));
    one("a {".repeat(MANY) + &"}".repeat(MANY), Some(TOO_DEEP));
    one("/- a {".repeat(MANY) + &"}".repeat(MANY), Some(TOO_DEEP));
    one("a /- {".repeat(MANY), Some(TOO_DEEP));
    one("/*".repeat(MANY) + &"*/".repeat(MANY), None);
    one("/*".repeat(MANY), Some(SYNTAX));
    read(&("a {".repeat(129) + &"} {".repeat(MANY)));
    read(&"(".repeat(MANY));
}

/// Texts made to be slow: each must be read in time that grows with its length only.
#[test]
fn reads_hostile_texts_at_once() {
    const MANY: usize = 200_000;
    let lines = |line: &str| line.repeat(MANY);
    for text in [
        lines("a \"\n"),
        lines("a \"\"\"\n \\\"\"\"\n"),
        lines("a #\"\n"),
        lines("\\\"\"\" "),
        lines("/* "),
        lines("a (b "),
        lines("a [b "),
        lines("a b= "),
        lines("a{"),
        lines("} a{ "),
        lines("{"),
        lines("}"),
        lines("a {} b "),
        lines("a {} 1 "),
        lines("\\ "),
        lines("/-"),
        lines("#"),
        lines("\"\" "),
        lines("r\""),
        lines("a=\n"),
        lines("=") + "}",
        "a {".repeat(100) + &lines("b;") + "{",
    ] {
        let (document, report) = read(&text);
        assert!(report.findings.len() <= 10_001);
        std::hint::black_box(document.len_nodes());
    }
}
