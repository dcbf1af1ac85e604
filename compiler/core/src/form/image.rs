//! Names of images, after the grammar of the OCI distribution specification and of `docker`.

use super::{BASE, Form, Wrong, at_most, letters};

/// An image; `${tag}` may stand in it where a type is described.
pub const IMAGE: Form = Form {
    looks_like: "an image such as `\"registry.example.com/shop/orders:2.1.0\"`",
    part: image,
    meant: |text| Some(text.trim().trim_start_matches("https://").trim_start_matches("http://").into()),
    good: &[
        "orders:2.1.0",
        "registry.example.com:5000/a/b__c.d-e:V1_x",
        "a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "docker.io/library/redis:${tag}",
    ],
    ..BASE
};

/// What stands before the names of images.
pub const REGISTRY: Form = Form {
    looks_like: "a registry and a path, such as `\"registry.example.com/shop\"`",
    part: repository,
    meant: |text| {
        let bare = text.trim_start_matches("https://").trim_start_matches("http://");
        Some(bare.trim_end_matches('/').to_ascii_lowercase())
    },
    good: &["registry.example.com/shop", "localhost:5000", "shop"],
    ..BASE
};

/// The tag of an image.
pub const TAG: Form = Form {
    looks_like: "the tag of an image, such as `\"16.10-trixie\"`",
    part: tag,
    good: &["16.10-trixie", "v1", "_x"],
    ..BASE
};

/// What is filled in later counts as a letter, so that places stay as they are.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((at, end)) = rest.find("${").and_then(|at| Some((at, at + rest[at..].find('}')? + 1))) {
        out += &rest[..at];
        out += &"x".repeat(end - at);
        rest = &rest[end..];
    }
    out + rest
}

fn image(text: &str) -> Result<(), Wrong> {
    let text = filled(text);
    let (name, digest) = match text.find('@') {
        Some(at) => (&text[..at], Some(at + 1)),
        None => (text.as_str(), None),
    };
    if let Some(from) = digest {
        let hex = text[from..].strip_prefix("sha256:").unwrap_or_default();
        if hex.len() != 64 || !hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(Wrong {
                at: from - 1..text.len(),
                why: "this is no digest: `sha256:` and 64 digits of base 16".into(),
            });
        }
    }
    let last = name.rfind('/').map_or(0, |at| at + 1);
    let (name, label) = match name[last..].find(':') {
        Some(at) => (&name[..last + at], Some(last + at + 1)),
        None => (name, None),
    };
    if let Some(from) = label {
        let end = digest.map_or(text.len(), |at| at - 1);
        tag(&text[from..end]).map_err(|wrong| wrong.after(from))?;
    }
    repository(name)
}

fn tag(text: &str) -> Result<(), Wrong> {
    if text.starts_with(['.', '-']) {
        return Err(Wrong { at: 0..1, why: "a tag begins with a letter or digit".into() });
    }
    letters(text, |c| c.is_ascii_alphanumeric() || "_.-".contains(c), "letters, digits, `_`, `.` and `-`")?;
    at_most(text, 128)
}

fn repository(text: &str) -> Result<(), Wrong> {
    at_most(text, 255)?;
    let mut from = 0;
    for (at, part) in text.split('/').enumerate() {
        let registry = at == 0 && (part.contains(['.', ':']) || part == "localhost");
        let found = if registry { host(part) } else { step(part) };
        found.map_err(|wrong| wrong.after(from))?;
        from += part.len() + 1;
    }
    Ok(())
}

/// A registry: a host, perhaps with a port.
fn host(text: &str) -> Result<(), Wrong> {
    super::address::url(&format!("x://{text}")).map_err(|wrong| Wrong {
        at: wrong.at.start.saturating_sub(4)..wrong.at.end.saturating_sub(4),
        ..wrong
    })
}

fn step(text: &str) -> Result<(), Wrong> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    letters(text, good, "small letters, digits, `.`, `_` and `-`")?;
    let end = |byte: u8| byte.is_ascii_alphanumeric();
    match end(text.as_bytes()[0]) && end(text.as_bytes()[text.len() - 1]) && !text.contains("..") {
        true => Ok(()),
        false => Err(Wrong::whole(text, "a sign at an end, or two dots")),
    }
}
