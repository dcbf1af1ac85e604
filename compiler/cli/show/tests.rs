use super::{Options, OutputFormat, render};
use bastide_core::check::explain;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{FileId, Role, Sources, Span};
use serde_json::Value;

const CART: &str = "service \"cart\" {\n    image \"cart:1\"\n    scale min=1\n    calls \"orders\"\n}\n\n\n\nservice \"é\" { calls \"cart\" }\n";

fn at(sources: &Sources, file: FileId, word: &str) -> Span {
    let start = sources.get(file).text.find(word).expect("the word stands in the text");
    Span::new(file, start, start + word.len())
}

fn sample() -> (Report, Sources) {
    let mut sources = Sources::default();
    let cart = sources.add("shop/cart list.kdl", CART, Role::Spec);
    let orders = sources.add("shop/orders.kdl", "service \"orders\" {\n\tcalls \"cart\"\n}\n", Role::Spec);
    let mut report = Report::default();
    report.push(
        Finding::new("sync-cycle", "`cart` needs itself through `orders`")
            .label(at(&sources, cart, "\"orders\""), "cart → orders")
            .label(at(&sources, cart, "\"cart\" }"), "é → cart")
            .label(at(&sources, orders, "\"cart\""), "orders → cart")
            .help("make one of the two asynchronous: publish a topic in `orders`"),
    );
    report.push(Finding::new("single-replica", "100% of `cart`, [x](1)").level(Level::Warn));
    report.push(Finding::new("waived", "never shown").level(Level::Allow));
    (report, sources)
}

fn options(quiet: bool) -> Options {
    Options { color: false, width: 100, quiet, within: String::new() }
}

fn show(format: OutputFormat) -> String {
    let (report, sources) = sample();
    render(format, &report, &sources, &options(false))
}

#[test]
fn text_reads_like_a_page() {
    insta::assert_snapshot!(show(OutputFormat::Text), @r#"
    sync-cycle

      × `cart` needs itself through `orders`
       ╭─[shop/cart list.kdl:4:11]
     4 │     calls "orders"
       ·           ────┬───
       ·               ╰── cart → orders
       ╰────
       ╭─[shop/cart list.kdl:9:21]
     9 │ service "é" { calls "cart" }
       ·                     ────┬───
       ·                         ╰── é → cart
       ╰────
       ╭─[shop/orders.kdl:2:8]
     2 │     calls "cart"
       ·           ───┬──
       ·              ╰── orders → cart
       ╰────
      help: make one of the two asynchronous: publish a topic in `orders`

    single-replica

      ⚠ 100% of `cart`, [x](1)

    1 error, 1 warning in 1 file
    "#);
}

#[test]
fn text_of_colour_has_the_same_letters() {
    let (report, sources) = sample();
    let colour = render(OutputFormat::Text, &report, &sources, &Options { color: true, ..options(false) });
    let mut plain = String::new();
    for piece in colour.split('\x1b').enumerate() {
        plain += if piece.0 == 0 { piece.1 } else { piece.1.split_once('m').map_or("", |(_, rest)| rest) };
    }
    assert!(colour.contains('\x1b'));
    assert_eq!(plain, show(OutputFormat::Text));
}

#[test]
fn a_clean_run_says_so_unless_quiet() {
    let shown = |quiet| render(OutputFormat::Text, &Report::default(), &Sources::default(), &options(quiet));
    assert_eq!((shown(false).as_str(), shown(true).as_str()), ("no findings\n", ""));
}

#[test]
fn a_huge_line_is_cut_around_the_mark() {
    let mut sources = Sources::default();
    let text = format!("{}é\"here\"{}", "a".repeat(500_000), "ü".repeat(500_000));
    let file = sources.add("big.kdl", text, Role::Spec);
    let mut report = Report::default();
    report.push(Finding::new("wide", "wide").label(at(&sources, file, "\"here\""), "it"));
    insta::assert_snapshot!(render(OutputFormat::Text, &report, &sources, &options(true)), @r#"
    wide

      × wide
       ╭─[big.kdl:1:500002]
     1 │ …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaé"here"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü…
       ·                                          ───┬──
       ·                                             ╰── it
       ╰────

    1 error in 1 file
    "#);
}

#[test]
fn a_place_in_an_empty_text_is_named() {
    let mut sources = Sources::default();
    let file = sources.add("empty.kdl", "", Role::Spec);
    let mut report = Report::default();
    report.push(Finding::new("a", "first").label(Span::new(file, 0, 0), "nothing here").help("write it"));
    report.push(Finding::new("b", "second").label(Span::new(file, 0, 0), ""));
    insta::assert_snapshot!(render(OutputFormat::Text, &report, &sources, &options(true)), @r#"
    a

      × first
      │ empty.kdl: nothing here
      help: write it

    b

      × second
      │ empty.kdl

    2 errors in 1 file
    "#);
}

#[test]
fn text_cannot_drive_the_terminal() {
    let mut sources = Sources::default();
    let file = sources.add("a\x1b.kdl", "x \"\x1b[31m\u{202e}\" y\r\n", Role::Spec);
    let mut report = Report::default();
    report.push(Finding::new("r", "m\x1b[0m").label(at(&sources, file, "y"), "l\x07").help("h\x1b"));
    let shown = render(OutputFormat::Text, &report, &sources, &options(true));
    assert!(!shown.chars().any(|c| c != '\n' && c.is_control()), "{shown:?}");
}

#[test]
fn any_span_can_be_drawn() {
    for text in ["", "\n", "a", "é\r\n\r\nb", "\n\n\n", "日本\n\tx\n", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk"] {
        for start in 0..=text.len() + 1 {
            for end in start..=text.len() + 1 {
                let mut sources = Sources::default();
                let file = sources.add("f.kdl", text, Role::Spec);
                let mut report = Report::default();
                report.push(
                    Finding::new("r", "m")
                        .label(Span::new(file, start, end), "a")
                        .label(Span::new(file, text.len() / 2, text.len()), "b"),
                );
                for format in [
                    OutputFormat::Text,
                    OutputFormat::Json,
                    OutputFormat::Sarif,
                    OutputFormat::Github,
                    OutputFormat::Gitlab,
                    OutputFormat::Junit,
                ] {
                    let shown = render(format, &report, &sources, &options(true));
                    assert!(!shown.contains("Failed to read"), "{text:?} {start}..{end}: {shown}");
                }
            }
        }
    }
}

#[test]
fn the_fifty_heaviest_are_drawn() {
    let mut report = Report::default();
    for at in 0..60 {
        report.push(Finding::new("light", format!("w{at}")).level(Level::Warn));
    }
    report.push(Finding::new("heavy", "last"));
    let shown = render(OutputFormat::Text, &report, &Sources::default(), &options(true));
    assert!(shown.contains("× last") && shown.contains("… and 11 more\n\n1 error, 60 warnings\n"), "{shown}");
}

#[test]
fn json_is_the_documented_object() {
    let value: Value = serde_json::from_str(&show(OutputFormat::Json)).expect("JSON");
    assert_eq!(value["schema_version"], 1);
    assert_eq!(value["summary"], serde_json::json!({"deny": 1, "warn": 1, "info": 0}));
    assert_eq!(value["findings"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        value["findings"][0]["labels"][1],
        serde_json::json!({"file": "shop/cart list.kdl", "line": 9, "column": 21, "end_line": 9, "end_column": 29, "text": "é → cart"})
    );
    assert_eq!(value["findings"][1]["help"], Value::Null);
    assert!(show(OutputFormat::Json).ends_with("}\n"));
}

#[test]
fn sarif_has_what_code_scanning_demands() {
    let value: Value = serde_json::from_str(&show(OutputFormat::Sarif)).expect("JSON");
    let run = &value["runs"][0];
    assert_eq!((&value["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "bastide");
    assert!(driver["informationUri"].as_str().is_some_and(|uri| uri.starts_with("https://")));
    assert_eq!(driver["rules"][1]["id"], "sync-cycle");
    let page = explain("sync-cycle").expect("a rule there is");
    assert_eq!(driver["rules"][1]["shortDescription"]["text"], page.summary);
    assert_eq!(driver["rules"][1]["help"]["markdown"], page.text);
    assert_eq!(driver["rules"][1]["properties"]["tags"][0], page.group);
    assert_eq!(driver["rules"][0]["defaultConfiguration"]["level"], "warning");
    let result = &run["results"][0];
    assert_eq!((&result["ruleId"], &result["ruleIndex"]), (&"sync-cycle".into(), &1.into()));
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "shop/cart%20list.kdl");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 19})
    );
    assert_eq!(result["relatedLocations"][1]["message"]["text"], "orders → cart");
    assert_eq!(result["partialFingerprints"]["bastide/v1"].as_str().map(str::len), Some(16));
    assert_eq!(run["results"][1]["message"]["text"], "100% of `cart`, [x] (1)");
    // Every result has a place.
    let place = &run["results"][1]["locations"][0]["physicalLocation"];
    assert_eq!(
        (&place["region"]["startLine"], &place["artifactLocation"]["uri"]),
        (&1.into(), &"shop/cart%20list.kdl".into())
    );
    for rule in driver["rules"].as_array().expect("a list") {
        let texts = [
            "/shortDescription/text",
            "/fullDescription/text",
            "/help/text",
            "/help/markdown",
            "/defaultConfiguration/level",
        ];
        assert!(
            texts.iter().all(|at| rule.pointer(at).and_then(Value::as_str).is_some_and(|it| !it.is_empty())),
            "{rule}"
        );
    }
}

#[test]
fn a_rule_without_a_page_has_the_heaviest_level_seen() {
    let mut report = Report::default();
    report.push(Finding::new("no-such-rule", "m").level(Level::Info));
    report.push(Finding::new("no-such-rule", "m").level(Level::Warn));
    let shown = render(OutputFormat::Sarif, &report, &Sources::default(), &options(true));
    let value: Value = serde_json::from_str(&shown).expect("JSON");
    let rule = &value["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["shortDescription"]["text"], "no such rule");
    assert_eq!(rule["defaultConfiguration"]["level"], "warning");
}

#[test]
fn equal_findings_differ_in_fingerprint() {
    let mut report = Report::default();
    report.push(Finding::new("r", "m"));
    report.push(Finding::new("r", "m"));
    let shown = render(OutputFormat::Gitlab, &report, &Sources::default(), &options(true));
    let value: Value = serde_json::from_str(&shown).expect("JSON");
    assert_ne!(value[0]["fingerprint"], value[1]["fingerprint"]);
}

#[test]
fn forges_get_their_form() {
    insta::assert_snapshot!(show(OutputFormat::Github), @r#"
    ::error file=shop/cart list.kdl,line=4,endLine=4,col=11,endColumn=19,title=sync-cycle::`cart` needs itself through `orders`%0Amake one of the two asynchronous: publish a topic in `orders`
    ::warning title=single-replica::100%25 of `cart`, [x](1)
    "#);
    let value: Value = serde_json::from_str(&show(OutputFormat::Gitlab)).expect("JSON");
    assert_eq!(value[0]["check_name"], "sync-cycle");
    assert_eq!(value[0]["severity"], "major");
    assert_eq!(
        value[0]["location"],
        serde_json::json!({"path": "shop/cart list.kdl", "lines": {"begin": 4, "end": 4}})
    );
    assert_eq!(value[1]["location"]["path"], "shop/cart list.kdl");
}

#[test]
fn junit_has_a_case_for_each_finding() {
    insta::assert_snapshot!(show(OutputFormat::Junit), @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="bastide" tests="2" failures="2" errors="0" skipped="0" time="0">
      <testsuite name="bastide check" tests="2" failures="2" errors="0" skipped="0" time="0">
        <testcase name="sync-cycle: `cart` needs itself through `orders`" classname="bastide.sync-cycle" file="shop/cart list.kdl" line="4" time="0">
          <failure message="`cart` needs itself through `orders`" type="deny">shop/cart list.kdl:4:11: cart → orders
    shop/cart list.kdl:9:21: é → cart
    shop/orders.kdl:2:8: orders → cart
    help: make one of the two asynchronous: publish a topic in `orders`
    </failure>
        </testcase>
        <testcase name="single-replica: 100% of `cart`, [x](1)" classname="bastide.single-replica" time="0">
          <failure message="100% of `cart`, [x](1)" type="warn"></failure>
        </testcase>
      </testsuite>
    </testsuites>
    "##);
    let clean = render(OutputFormat::Junit, &Report::default(), &Sources::default(), &options(true));
    insta::assert_snapshot!(clean, @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="bastide" tests="1" failures="0" errors="0" skipped="0" time="0">
      <testsuite name="bastide check" tests="1" failures="0" errors="0" skipped="0" time="0">
        <testcase name="no findings" classname="bastide" time="0"/>
      </testsuite>
    </testsuites>
    "##);
}

#[test]
fn junit_is_xml_whatever_is_said() {
    let mut report = Report::default();
    report.push(
        Finding::new("r", "a & b < c > \"d\" 'e' \u{1}\u{1b}[0m \u{fffe}\r")
            .level(Level::Warn)
            .help("]]>\t<x/>"),
    );
    let shown = render(OutputFormat::Junit, &report, &Sources::default(), &options(true));
    let said = "a &amp; b &lt; c &gt; &quot;d&quot; &apos;e&apos; \u{fffd}\u{fffd}[0m \u{fffd}&#13;";
    assert!(shown.contains(&format!("<failure message=\"{said}\" type=\"warn\">")), "{shown}");
    assert!(shown.contains("help: ]]&gt;&#9;&lt;x/&gt;"), "{shown}");
}

#[test]
fn gitlab_has_the_fields_it_reads() {
    let value: Value = serde_json::from_str(&show(OutputFormat::Gitlab)).expect("JSON");
    for issue in value.as_array().expect("a list") {
        for at in ["/description", "/check_name", "/fingerprint", "/severity", "/location/path"] {
            assert!(
                issue.pointer(at).and_then(Value::as_str).is_some_and(|it| !it.is_empty()),
                "{at}: {issue}"
            );
        }
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|it| it > 0));
        let known = ["info", "minor", "major", "critical", "blocker"];
        assert!(issue["severity"].as_str().is_some_and(|it| known.contains(&it)));
    }
}
