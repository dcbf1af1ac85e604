//! What a format asks of a text beside its expression.

/// Whether a text that an expression found is a secret.
pub type Check = fn(&str) -> bool;

/// The expression says enough.
pub fn any(_: &str) -> bool {
    true
}

/// Words that stand where a secret belongs and are none.
const WORDS: &[&str] = &[
    "true",
    "false",
    "yes",
    "no",
    "none",
    "null",
    "nil",
    "string",
    "required",
    "optional",
    "password",
    "secret",
    "token",
    "undefined",
    "empty",
    "text",
];

/// Somebody wrote a value, and not where it comes from: `<password>`, `$PASSWORD`, `{{ password }}`, `/run/secrets/a`.
pub fn filled(text: &str) -> bool {
    let from = |c: char| matches!(c, '$' | '<' | '{' | '*' | '[' | '(' | '\\' | '/' | '~' | '@');
    let named = text.len() > 2 && text.starts_with('%') && text.ends_with('%');
    // `var.password` of a language.
    let path =
        text.contains('.') && text.bytes().all(|it| it.is_ascii_lowercase() || matches!(it, b'.' | b'_'));
    let same = text.chars().all(|c| text.starts_with(c));
    !text.is_empty()
        && !text.starts_with(from)
        && !named
        && !path
        && !same
        && !matches!(text, "%s" | "%v" | "%q" | "%d")
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The password of a URL, which is used as it stands: of the words `password` alone is what examples write.
pub fn password(text: &str) -> bool {
    filled(text) || WORDS.contains(&text) && text != "password"
}

/// What is filled, with letters beside digits, as no word has them.
pub fn mixed(text: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| text.bytes().any(|byte| kind(&byte));
    filled(text) && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// The same, and no letter can be guessed from others: three bits of entropy each.
pub fn random(text: &str) -> bool {
    mixed(text) && entropy(text) >= 3.0
}

/// Bits that say which letter comes next, if each stands for itself (Shannon).
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let all = text.len() as f64;
    let share = |count: &u32| f64::from(*count) / all;
    counts.iter().filter(|count| **count > 0).map(|count| -share(count) * share(count).log2()).sum()
}

/// Base64 of `name:password`.
pub fn login(text: &str) -> bool {
    let bytes = base64(text);
    let visible = |byte: &u8| (b' '..=b'~').contains(byte);
    let at = bytes.iter().position(|byte| *byte == b':');
    bytes.iter().all(visible) && at.is_some_and(|at| at > 0 && at + 1 < bytes.len())
}

/// Base64 of a private key.
pub fn key(text: &str) -> bool {
    String::from_utf8_lossy(&base64(text)).contains("PRIVATE KEY")
}

/// What base64 stands for, as far as it can be read.
fn base64(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (vec![], 0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        (bits, held) = (bits << 6 | u32::from(value), held + 6);
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes
}
