//! Names that speak of secrets, and what under such a name is one.

/// Names that end so hold secrets.
const NAMES: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "DB_PASS",
    "SMTP_PASS",
    "MAIL_PASS",
    "USER_PASS",
    "ADMIN_PASS",
    "REDIS_PASS",
    "PASSPHRASE",
    "PWD",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "API_KEY",
    "APP_KEY",
    "AUTH_KEY",
    "ACCESS_KEY",
    "SECRET_KEY",
    "SECRET_KEY_BASE",
    "MASTER_KEY",
    "VAULT_KEY",
    "ENCRYPTION_PRIMARY_KEY",
    "ENCRYPTION_DETERMINISTIC_KEY",
    "KEY_DERIVATION_SALT",
    "PRIVATE_KEY",
    "SIGNING_KEY",
    "ENCRYPTION_KEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "CLIENT_SECRET",
];

/// Whether a name speaks of a secret.
pub fn is_secret(name: &str) -> bool {
    !name.is_empty() && NAMES.iter().any(|end| ends(name, end))
}

/// Whether a value under such a name is the secret: no switch, no number, no path of a file.
pub fn is_value(value: &str) -> bool {
    let number = value.bytes().all(|byte| byte.is_ascii_digit());
    !value.trim().is_empty() && !matches!(value, "true" | "false") && !number && !value.starts_with('/')
}

/// Whether a name ends with these words, in letters of any size and with any sign for `_`.
fn ends(name: &str, words: &str) -> bool {
    let (name, words) = (name.as_bytes(), words.as_bytes());
    let Some(start) = name.len().checked_sub(words.len()) else { return false };
    let parts = |byte: u8| matches!(byte, b'_' | b'-' | b'.' | b'/' | b' ');
    let same = |(own, word): (&u8, &u8)| own.eq_ignore_ascii_case(word) || (parts(*own) && *word == b'_');
    let begins = start == 0
        || parts(name[start - 1])
        || (name[start - 1].is_ascii_lowercase() && name[start].is_ascii_uppercase());
    begins && name[start..].iter().zip(words).all(same)
}
