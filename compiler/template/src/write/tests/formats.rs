//! Every format reads back every text as it was, or its writer refuses it.

use super::{NASTY, render};
use minijinja::context;

/// Texts that some format takes for more than a text, beside those that YAML does.
const HOSTILE: &[&str] = &[
    "'",
    "\"",
    "a'b",
    "a\"b",
    "a\\",
    "\\'",
    "a\\\"b'c`d",
    "$(id)",
    "`id`",
    "$HOME",
    "$${HOME}",
    "${HOME:-x}",
    "$",
    "$$${a}",
    "%{ if a }",
    "%%{a}",
    "a; id",
    "a && b | c > d",
    "-rf",
    "a b",
    "* ?",
    "~/a",
    "!a",
    "\\u0041",
    "\\x41",
    "'''",
    "\"\"\"",
    "'''a\"\"\"",
    "a*/b",
    "a//b",
    "<b>&amp;</b>",
    "&lt;",
    "a=\"b\"",
    "a;}",
    "a{",
    "#{a}",
    "a\\nb",
    "\\$(id)",
    "[s]\na = b",
];

/// A template, and how its format is read: what a text means there, if it is one.
type Reader = (&'static str, &'static str, fn(&str) -> Option<String>);

const READERS: &[Reader] = &[
    ("a.yaml.j2", "{{ x }}\n", |text| serde_yaml::from_str(text).ok()),
    ("a.json.j2", "{{ x }}\n", |text| serde_json::from_str(text).ok()),
    ("a.kdl.j2", "a {{ x }}\n", |text| {
        let document = kdl::KdlDocument::parse_v2(text).ok()?;
        document.nodes()[0].entries()[0].value().as_string().map(str::to_string)
    }),
    ("a.toml.j2", "a = {{ x }}\n", |text| string(text.strip_prefix("a = ")?, '"', "btnfr\"\\")),
    ("Jenkinsfile.j2", "{{ x }}\n", |text| string(text, '\'', "btnfr\"'\\$")),
    ("a.promql.j2", "{{ x }}\n", |text| string(text, '"', "abfnrtv\"\\")),
    ("a.tf.j2", "a = {{ x }}\n", |text| {
        // A doubled sign is one that begins no template.
        let text = text.strip_prefix("a = ")?.replace("$${", "\u{e000}").replace("%%{", "\u{e001}");
        let plain = !text.contains("${") && !text.contains("%{");
        Some(string(&text, '"', "nrt\"\\")?.replace('\u{e000}', "${").replace('\u{e001}', "%{"))
            .filter(|_| plain)
    }),
    ("a.conf.j2", "a {{ x }};\n", |text| {
        let text = text.strip_prefix("a ")?.strip_suffix(";\n")?;
        let bare =
            !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || ";{}\"'\\$#".contains(c));
        if bare { Some(text.into()) } else { string(text, '"', "\"\\").filter(|it| !it.contains('$')) }
    }),
    ("a.env.j2", "A={{ x }}\n", |text| {
        let text = text.strip_prefix("A=")?.strip_suffix('\n')?;
        let bare = !text.contains(|c: char| c.is_whitespace() || "'\"\\$`#".contains(c));
        let raw = || {
            text.strip_prefix('\'')?.strip_suffix('\'').filter(|it| !it.contains('\'')).map(str::to_string)
        };
        if bare {
            Some(text.into())
        } else {
            raw().or_else(|| string(text, '"', "n\"\\").filter(|_| !text.contains(['$', '`'])))
        }
    }),
    ("a.html.j2", "{{ x }}", |text| {
        let plain = !text.contains(['<', '>', '"', '\'']);
        let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        Some(signs.iter().fold(text.to_string(), |text, (sign, means)| text.replace(sign, means)))
            .filter(|_| plain)
    }),
    ("a.sh.j2", "printf %s {{ x }}; printf x", |text| {
        let out = std::process::Command::new("sh").args(["-c", text]).output().expect("there is a shell");
        String::from_utf8(out.stdout)
            .ok()?
            .strip_suffix('x')
            .map(str::to_string)
            .filter(|_| out.stderr.is_empty())
    }),
];

/// The text of a string in quotes, with these letters as escapes beside `\u`.
fn string(text: &str, quote: char, escapes: &str) -> Option<String> {
    let mut signs = text.trim_end_matches('\n').strip_prefix(quote)?.strip_suffix(quote)?.chars();
    let mut out = String::new();
    while let Some(sign) = signs.next() {
        out.push(match sign {
            '\\' => match signs.next()? {
                'u' => char::from_u32(
                    u32::from_str_radix(&signs.by_ref().take(4).collect::<String>(), 16).ok()?,
                )?,
                'n' if escapes.contains('n') => '\n',
                'r' if escapes.contains('r') => '\r',
                't' if escapes.contains('t') => '\t',
                other if escapes.contains(other) && !other.is_ascii_alphanumeric() => other,
                _ => return None,
            },
            sign if sign == quote || sign == '\n' => return None,
            sign => sign,
        });
    }
    Some(out)
}

#[test]
#[allow(clippy::print_stdout, reason = "it says how much it tried")]
fn every_format_reads_back_every_text() {
    let (mut back, mut refused) = (0, 0);
    for (name, template, read) in READERS {
        for text in NASTY.iter().chain(HOSTILE) {
            let Some(written) = render(name, template, context! { x => *text }) else {
                refused += 1;
                continue;
            };
            assert_eq!(read(&written).as_deref(), Some(*text), "{name}: {written:?}");
            back += 1;
        }
    }
    println!(
        "{} texts in {} formats: {back} read back, {refused} refused",
        NASTY.len() + HOSTILE.len(),
        READERS.len()
    );
    assert!(refused < back / 10, "{refused} are refused");
}
