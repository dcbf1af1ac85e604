//! Whole documents, with everything the grammar allows.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A document without faults.
pub fn document() -> impl Strategy<Value = String> {
    let head = select(vec!["", "\u{feff}", "/- kdl-version 2\n", "// first\n\n"]);
    (head, nodes()).prop_map(|(head, nodes)| format!("{head}{nodes}"))
}

fn nodes() -> impl Strategy<Value = String> {
    let leaf = node(Just(String::new()).boxed());
    let tree = leaf.prop_recursive(4, 40, 4, |inner| {
        let block = vec(inner, 0..4).prop_map(|nodes| format!("{{{}}}", nodes.concat()));
        let dropped = (gap(), select(vec!["", "/-", "/-\n"]), block.clone(), gap());
        let blocks = (gap(), block, prop::option::of(dropped)).prop_map(|(gap, block, dropped)| {
            let dropped = dropped.filter(|(_, mark, ..)| !mark.is_empty());
            format!(
                "{gap}{block}{}",
                dropped.map_or(String::new(), |(a, mark, b, c)| format!("{a}{mark}{b}{c}"))
            )
        });
        node(blocks.boxed()).boxed()
    });
    vec(tree, 0..6).prop_map(|nodes| nodes.concat())
}

/// `blocks` with the space before it. A slashdashed node does not end with `;`, which `kdl` refuses.
fn node(blocks: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let end = select(vec!["\n", ";", " // why\n", "\r\n", "\u{85}", " \\\n\n", "; /* so */ ", "\n\n  "]);
    let parts =
        (select(vec!["", "", "", "/-", "/- \n"]), ty(), string(), vec((gap(), entry()), 0..4), blocks, end);
    let text = parts.prop_map(|(mark, ty, name, entries, blocks, end)| {
        let entries: String = entries.into_iter().map(|(gap, entry)| gap + &entry).collect();
        let end = if mark.is_empty() { end } else { "\n" };
        format!("{mark}{ty}{name}{entries}{blocks}{end}")
    });
    text.boxed()
}

fn gap() -> impl Strategy<Value = String> {
    select(vec![
        " ",
        " ",
        " ",
        "\t",
        "  ",
        " /* a /* b */ */ ",
        " \\\n  ",
        " \\ // so\n",
        "\u{3000}",
        "\u{a0}",
    ])
    .prop_map(str::to_string)
}

fn entry() -> impl Strategy<Value = String> {
    let name = (string(), select(vec!["=", "=", " = ", "= ", " ="])).prop_map(|(name, equals)| name + equals);
    (select(vec!["", "", "", "/-", "/-\n "]), prop::option::of(name), ty(), value())
        .prop_map(|(mark, name, ty, value)| format!("{mark}{}{ty}{value}", name.unwrap_or_default()))
}

fn ty() -> impl Strategy<Value = String> {
    let ty = (string(), select(vec!["({})", "( {} )", "({}) ", "({}/* a */)"]));
    prop_oneof![4 => Just(String::new()), 1 => ty.prop_map(|(name, form)| form.replace("{}", &name))]
}

fn value() -> impl Strategy<Value = String> {
    let keyword = select(vec!["#true", "#false", "#null", "#inf", "#-inf", "#nan"]).prop_map(str::to_string);
    let number = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        "[+-]?[0-9][0-9_]{0,8}",
        "[+-]?[0-9][0-9_]{0,4}\\.[0-9][0-9_]{0,4}([eE][+-]?[0-9][0-9_]?)?",
        "[+-]?0x[0-9a-fA-F][0-9a-fA-F_]{0,8}",
        "[+-]?0o[0-7][0-7_]{0,8}",
        "[+-]?0b[01][01_]{0,8}",
    ];
    prop_oneof![4 => string(), 1 => keyword, 2 => number]
}

fn string() -> impl Strategy<Value = String> {
    let bare = "[a-zé日_!$%&*:<>?@^~,|'`][a-z0-9é日_.+-]{0,6}".prop_filter("not a keyword", |word| {
        !["true", "false", "null", "inf", "nan"].contains(&word.as_str())
    });
    let signed =
        select(vec!["-", "+", "--", "-a", "+.", ".", ".a", "-.a", "...", "+inf"]).prop_map(str::to_string);
    let piece = prop_oneof![
        4 => "[ -!#-\\[\\]-~é日]{0,8}",
        1 => select(vec!["\\n", "\\\"", "\\\\", "\\s", "\\t", "\\u{e9}", "\\u{10FFFF}", "\\   ", "\\\n\t", "\\b\\f\\r"])
            .prop_map(str::to_string),
    ];
    let quoted = vec(piece.clone(), 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()));
    let raw = ("[ -!$-~é]{0,8}", 1..3_usize).prop_map(|(text, hashes)| {
        let marks = "#".repeat(hashes);
        format!("{marks}\"{text}\"{marks}")
    });
    prop_oneof![4 => bare, 1 => signed, 2 => quoted, 1 => raw, 1 => lines(piece.boxed())]
}

/// A string over several lines, escaped or raw.
fn lines(piece: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let line = prop_oneof![3 => piece, 1 => Just(String::new())];
    let escaped =
        (select(vec!["", "  ", "\t", "\u{3000} "]), vec(line, 0..4), select(vec!["\n", "\r\n", "\u{2028}"]))
            .prop_map(|(indent, lines, newline)| {
                let lines: String = lines.iter().map(|line| format!("{indent}{line}.{newline}")).collect();
                format!("\"\"\"{newline}{lines}{indent}\"\"\"")
            });
    let raw = (select(vec!["", "    "]), vec("[ -!$-~é]{0,8}", 0..4)).prop_map(|(indent, lines)| {
        let lines: String = lines.iter().map(|line| format!("{indent}{line}\n")).collect();
        format!("#\"\"\"\n{lines}{indent}\"\"\"#")
    });
    prop_oneof![escaped, raw]
}
