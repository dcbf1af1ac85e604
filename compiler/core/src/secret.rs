//! Whether a value looks like a secret, by its name or by itself: then nobody should read it in the spec or in a report.

use crate::resolve::wiring::opening;

/// Names that end so hold secrets.
const NAMES: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "PWD",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "API_KEY",
    "ACCESS_KEY",
    "SECRET_KEY",
    "PRIVATE_KEY",
    "SIGNING_KEY",
    "ENCRYPTION_KEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "CLIENT_SECRET",
];

/// Texts that begin so are secrets of well-known systems.
const PREFIXES: &[&str] = &[
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "xoxb-",
    "xoxp-",
    "SG.",
    "AIza",
    "npm_",
    "dop_v1_",
];

/// Why a value looks like a secret; nothing if it does not.
pub fn looks_secret(name: &str, value: &str) -> Option<&'static str> {
    if opening(value).is_some() || value.trim().is_empty() {
        return None;
    }
    let plain = matches!(value, "true" | "false")
        || value.bytes().all(|byte| byte.is_ascii_digit())
        || value.starts_with('/');
    if !plain && NAMES.iter().any(|end| ends(name, end)) {
        return Some("a secret by its name");
    }
    // The shortest of them has three letters.
    if value.len() >= 15
        && PREFIXES.iter().any(|prefix| value.strip_prefix(prefix).is_some_and(|rest| rest.len() >= 12))
    {
        return Some("begins like a secret of a well-known system");
    }
    if value.contains('-') && value.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    if value.starts_with("eyJ") && value.matches('.').count() == 2 && value.len() > 40 {
        return Some("a signed token");
    }
    if password_in_url(value) {
        return Some("a password in a URL");
    }
    mixed(value).then_some("as random as a secret")
}

/// Whether a name ends with these words, in letters of any size and with `-` for `_`.
fn ends(name: &str, words: &str) -> bool {
    let (name, words) = (name.as_bytes(), words.as_bytes());
    let Some(start) = name.len().checked_sub(words.len()) else { return false };
    let same = |(own, word): (&u8, &u8)| own.eq_ignore_ascii_case(word) || (*own, *word) == (b'-', b'_');
    (start == 0 || matches!(name[start - 1], b'_' | b'-')) && name[start..].iter().zip(words).all(same)
}

/// `scheme://user:password@host`.
fn password_in_url(value: &str) -> bool {
    if !value.contains('@') {
        return false;
    }
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let login = authority.rsplit_once('@').map_or("", |(login, _)| login);
    login.split_once(':').is_some_and(|(_, password)| !password.is_empty())
}

/// 24 or more letters of both cases and digits, well mixed, in one piece: no word, path, host or hash looks so.
fn mixed(value: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-');
    if value.len() < 24 || !value.bytes().all(good) {
        return false;
    }
    let count = |kind: fn(&u8) -> bool| value.bytes().filter(kind).count();
    let changes = value.as_bytes().windows(2).filter(|pair| class(pair[0]) != class(pair[1])).count();
    let (upper, lower, digits) =
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase), count(u8::is_ascii_digit));
    upper >= 3 && lower >= 3 && digits >= 2 && changes * 3 >= value.len()
}

fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => 0,
        b'A'..=b'Z' => 1,
        b'a'..=b'z' => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_and_settings_are_not() {
        for (name, value) in [
            ("STRIPE_API_KEY", "x"),
            ("password", "hunter2"),
            ("PAYMENT", "sk_live_abcdefghijkl"),
            ("URL", "postgres://app:s3cret@db/app"),
            ("BLOB", "aG9wZTRUaGVCZXN0MTIzNDU2Nzg5"),
        ] {
            assert!(looks_secret(name, value).is_some(), "{name}");
        }
        for (name, value) in [
            ("TOKEN_TTL", "3600"),
            ("DATABASE_URL", "${db.url}"),
            ("PASSWORD_FILE", "/run/secrets/x"),
            ("LOG_LEVEL", "info"),
            ("URL", "https://shop.example/a:b@c"),
            ("DIGEST", "0123456789abcdef0123456789abcdef0123456789abcdef"),
            ("CLASS", "com-example-ShopCheckoutServiceFactory"),
            ("REQUIRE_TOKEN", "true"),
        ] {
            assert!(looks_secret(name, value).is_none(), "{name}");
        }
    }
}
