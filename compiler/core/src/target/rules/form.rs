//! Forms of texts, as platforms write them down: names, labels, variables. Where the language has the same form it is that
//! one; the others take more or less than what one may write.

use crate::form::{http, name};
use bastide_report::units::cron::is_cron;

/// A form and how it is known.
pub(super) struct Form {
    pub name: &'static str,
    pub fits: fn(&str) -> bool,
}

/// All forms that a rule may name.
pub(super) const FORMS: &[Form] = &[
    Form { name: "dns-label", fits: |text| name::LABEL_OF_DNS.check(text).is_ok() },
    Form { name: "dns-name", fits: dns_name },
    Form { name: "host", fits: |text| dns_name(text.strip_prefix("*.").unwrap_or(text)) },
    Form { name: "label-key", fits: label_key },
    Form { name: "label-value", fits: label_value },
    Form { name: "port-name", fits: |text| name::PORT.check(text).is_ok() },
    Form { name: "variable", fits: variable },
    Form { name: "config-key", fits: config_key },
    Form { name: "file-path", fits: |text| text.starts_with('/') && !text.contains(':') },
    Form { name: "image", fits: image },
    Form { name: "cron", fits: is_cron },
    Form { name: "compose-name", fits: compose_name },
    Form { name: "header", fits: |text| http::token(text).is_ok() },
];

fn small(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn ends(text: &str, fits: fn(u8) -> bool) -> bool {
    text.bytes().next().is_some_and(fits) && text.bytes().next_back().is_some_and(fits)
}

/// Labels joined by dots; as a whole, not label by label, Kubernetes counts the letters.
fn dns_name(text: &str) -> bool {
    let label = |text: &[u8]| {
        let end = |byte: Option<&u8>| byte.is_some_and(|byte| small(*byte));
        end(text.first()) && end(text.last()) && text.iter().all(|&byte| small(byte) || byte == b'-')
    };
    text.len() <= 253 && text.as_bytes().split(|&byte| byte == b'.').all(label)
}

fn label_value(text: &str) -> bool {
    name::LABEL.check(text).is_ok()
}

fn label_key(text: &str) -> bool {
    let word = |text: &str| !text.is_empty() && label_value(text);
    text.split_once('/').map_or_else(|| word(text), |(prefix, name)| dns_name(prefix) && word(name))
}

fn variable(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    text.bytes().all(inner) && text.bytes().next().is_some_and(|byte| !byte.is_ascii_digit())
}

fn config_key(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    (1..=253).contains(&text.len()) && text.bytes().all(inner) && !text.starts_with("..") && text != "."
}

/// `HOST:PORT/PATH:TAG@DIGEST`.
fn image(text: &str) -> bool {
    let (name, digest) = text.split_once('@').map_or((text, None), |(name, digest)| (name, Some(digest)));
    let (name, tag) = match name.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (name, None),
    };
    let wordy = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let tag_fits = |tag: &str| {
        (1..=128).contains(&tag.len())
            && tag.bytes().next().is_some_and(wordy)
            && tag.bytes().all(|byte| wordy(byte) || b".-".contains(&byte))
    };
    let path =
        |part: &str| ends(part, small) && part.bytes().all(|byte| small(byte) || b"._-".contains(&byte));
    let host = |part: &str| {
        let (host, port) = part.split_once(':').unwrap_or((part, "1"));
        let letters = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        letters && ends(host, |byte| byte.is_ascii_alphanumeric()) && port.parse::<u16>().is_ok()
    };
    let mut parts: Vec<&str> = name.split('/').collect();
    if parts.len() > 1 && (parts[0].contains(['.', ':']) || parts[0] == "localhost") && host(parts[0]) {
        parts.remove(0);
    }
    parts.into_iter().all(path)
        && tag.is_none_or(tag_fits)
        && digest.is_none_or(|it| {
            it.split_once(':')
                .is_some_and(|(_, hex)| hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
        })
}

fn compose_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_take_and_refuse() {
        let names: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
        assert_eq!(names.join(" "), crate::kind::platform::FORMS);
        let long = "a".repeat(64);
        let cases: [(&str, &[&str], &[&str]); 13] = [
            ("dns-label", &["a", "a-1", "1a"], &["", "-a", "a-", "A", "a.b", "a_b", &long]),
            ("dns-name", &["a", "a.b-c.1", &long], &["", ".a", "a..b", "A.b", "a_b", "a."]),
            ("host", &["*.a.b", "a"], &["*", "a.*", "*.*.a", ""]),
            (
                "label-key",
                &["a", "a.b/C_d", "app.kubernetes.io/name"],
                &["", "/a", "a/", "A/b", "a/b/c", "a b", &long],
            ),
            ("label-value", &["", "a", "1.0.0", "A_b"], &["-a", "a+b", "a b", &long]),
            (
                "port-name",
                &["http", "a-1"],
                &["", "1", "a--b", "-a", "a_b", "Http", "administration-interface"],
            ),
            ("variable", &["A", "_a", "a.b-c"], &["", "1A", "A B", "A=B"]),
            ("config-key", &["a", ".a", "A_b.c-d"], &["", ".", "..", "..a", "a/b", "a b"]),
            ("file-path", &["/", "/a b"], &["", "a", "/a:b"]),
            (
                "image",
                &[
                    "a",
                    "a:1",
                    "r.example.com:5000/x/y_z:1.0.0-rc.1",
                    "localhost/a",
                    "a@sha256:0123456789abcdef0123456789abcdef",
                ],
                &["", "A", "a:", "a:1.0.0+x", "a b", "r.example.com/", "a//b", "a@x", "a:-1"],
            ),
            ("cron", &["0 1 * * *"], &["", "60 * * * *", "@daily"]),
            ("compose-name", &["a", "A_b.c-1"], &["", "a b", "a/b", "ä"]),
            ("header", &["X-A", "a"], &["", "a b", "a:b", "ä"]),
        ];
        for (name, good, bad) in cases {
            let form = FORMS.iter().find(|form| form.name == name).expect("a form");
            good.iter().for_each(|text| assert!((form.fits)(text), "{name}: {text}"));
            bad.iter().for_each(|text| assert!(!(form.fits)(text), "{name}: {text}"));
        }
    }
}
