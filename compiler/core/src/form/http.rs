//! What HTTP names: methods, headers, query parameters, claims.

use super::{BASE, Form, Misfit, Shape, Wrong, at_most, letters, once, without_commas};

/// Methods that every engine knows.
const KNOWN: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"];

/// Methods a route is for.
pub const METHODS: Form = Form {
    looks_like: "methods separated by spaces, such as `\"GET POST\"`",
    shape: Shape::List,
    part: method,
    whole: once,
    meant: |text| Some(without_commas(text)?.to_ascii_uppercase()),
    good: &["GET", "GET POST", "PUT PATCH DELETE  OPTIONS"],
};

/// Methods web pages may use.
pub const CORS_METHODS: Form = Form {
    looks_like: "methods separated by spaces, such as `\"GET POST\"`, or `\"*\"`",
    part: |text| if text == "*" { Ok(()) } else { method(text) },
    whole: alone,
    good: &["*", "GET", "GET POST"],
    ..METHODS_BASE
};
const METHODS_BASE: Form = Form {
    shape: Shape::List,
    part: method,
    meant: |text| Some(without_commas(text)?.to_ascii_uppercase()),
    ..BASE
};

/// Names of headers web pages may send.
pub const HEADERS: Form = Form {
    looks_like: "names of headers separated by spaces, such as `\"authorization content-type\"`, or `\"*\"`",
    shape: Shape::List,
    part: token,
    whole: |parts| {
        let small: Vec<String> = parts.iter().map(|part| part.to_ascii_lowercase()).collect();
        alone(&small.iter().map(String::as_str).collect::<Vec<_>>())
    },
    meant: without_commas,
    good: &["*", "authorization", "Content-Type x-trace"],
};

/// A header that must match.
pub const HEADER: Form = Form {
    looks_like: "a header and its value, such as `\"X-Preview: yes\"`",
    shape: Shape::Pair(':', token),
    part: |text| value(text, 4_096),
    meant: |text| text.contains('=').then(|| text.replacen('=', ": ", 1)),
    good: &["X-Preview: yes", "accept:text/html; q=0.8", "A: b:c"],
    ..BASE
};

/// A query parameter that must match.
pub const QUERY: Form = Form {
    looks_like: "a query parameter and its value, such as `\"preview=yes\"`",
    shape: Shape::Pair('=', token),
    part: |text| value(text, 1_024),
    meant: |text| {
        let bare = text.trim_start_matches('?');
        Some(if bare.contains('=') { bare.to_string() } else { bare.replacen(':', "=", 1) })
    },
    good: &["preview=yes", "a=b=c", "a = b c"],
    ..BASE
};

/// The name of a header or query parameter.
pub const TOKEN: Form = Form {
    looks_like: "the name of a header or query parameter, such as `\"X-API-Version\"`",
    part: token,
    good: &["X-API-Version", "v"],
    ..BASE
};

/// A claim of a token.
pub const CLAIM: Form = Form { looks_like: "the name of a claim, such as `\"sub\"`", ..NAME };

/// A name without spaces.
pub const NAME: Form =
    Form { part: visible, good: &["sub", "https://shop.example/role", "realm_access.roles"], ..BASE };

fn method(text: &str) -> Result<(), Wrong> {
    match KNOWN.contains(&text) {
        true => Ok(()),
        false => Err(Wrong::whole(text, format!("`{text}` is none of {}", KNOWN.join(" ")))),
    }
}

/// A token of RFC 9110.
pub fn token(text: &str) -> Result<(), Wrong> {
    let good = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    letters(text, good, "letters, digits and `-`")?;
    at_most(text, 256)
}

fn value(text: &str, most: usize) -> Result<(), Wrong> {
    if text.is_empty() {
        return Err(Wrong::whole(text, "there is no value"));
    }
    letters(text, |c| !c.is_control(), "visible letters")?;
    at_most(text, most)
}

fn visible(text: &str) -> Result<(), Wrong> {
    letters(text, |c| !c.is_control() && !c.is_whitespace(), "letters without spaces")
}

/// Each once; `*` means all of them, and stands alone.
pub fn alone(parts: &[&str]) -> Result<(), Misfit> {
    match parts.iter().position(|part| *part == "*") {
        Some(at) if parts.len() > 1 => Err((at, "it means all of them, so it stands alone")),
        _ => once(parts),
    }
}
