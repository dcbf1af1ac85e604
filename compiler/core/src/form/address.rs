//! Addresses: hosts, URLs, paths of URLs, origins of web pages.

use super::{BASE, Form, Shape, Wrong, at_most, letters, without_commas};

/// A host name, perhaps with a leading `*.`.
pub const HOST: Form = Form {
    looks_like: "a host name such as `\"api.shop.example\"`",
    part: host,
    meant: |text| {
        let host = text.split_once("://").map_or(text, |(_, rest)| rest);
        host.split(['/', ':']).next().map(str::to_ascii_lowercase)
    },
    good: &["api.shop.example", "*.shop.example", "localhost", "10.0.0.1"],
    ..BASE
};

/// An absolute URL.
pub const URL: Form = Form {
    looks_like: "a URL such as `\"https://api.stripe.com\"`",
    part: url,
    meant: |text| (!text.contains("://")).then(|| format!("https://{text}")),
    good: &[
        "https://api.stripe.com",
        "http://[::1]:8080/a?b=c#d",
        "tcp://10.0.0.1:99",
        "https://a.example:1",
    ],
    ..BASE
};

/// A path of a URL.
pub const URL_PATH: Form = Form {
    looks_like: "a path such as `\"/orders\"`",
    part: url_path,
    meant: |text| {
        (!text.contains(':')).then(|| format!("/{}", text.replace('\\', "/").trim_start_matches('/')))
    },
    good: &["/orders", "/", "/a/b-c/%20d/", "/~x/:y"],
    ..BASE
};

/// Where a redirect leads.
pub const REDIRECT: Form = Form {
    looks_like: "a URL or a path, such as `\"https://shop.example\"` or `\"/new\"`",
    part: |text| {
        let (bare, query) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
        match text.starts_with('/') {
            true => url_path(bare).and_then(|()| url_letters(query).map_err(|it| it.after(bare.len()))),
            false => url(text).and_then(|()| web(text)),
        }
    },
    meant: |text| (!text.contains("://")).then(|| format!("/{}", text.trim_start_matches('/'))),
    good: &["/new", "https://shop.example/a?b=c", "/a?b=c#d"],
    ..BASE
};

/// Origins of web pages.
pub const ORIGINS: Form = Form {
    looks_like: "origins separated by spaces, such as `\"https://shop.example https://*.shop.example\"`, or `\"*\"`",
    shape: Shape::List,
    part: origin,
    whole: super::http::alone,
    meant: |text| {
        let bare = |word: &str| {
            let word = word.trim_end_matches('/').to_ascii_lowercase();
            word.strip_prefix("https://")
                .and_then(|it| it.strip_suffix(":443"))
                .map(|it| format!("https://{it}"))
                .unwrap_or(word)
        };
        Some(without_commas(text)?.split(' ').map(bare).collect::<Vec<_>>().join(" "))
    },
    good: &["*", "https://shop.example", "https://*.shop.example http://localhost:3000"],
};

/// A host name: labels between dots, small letters.
pub fn host(text: &str) -> Result<(), Wrong> {
    let from = if text.starts_with("*.") { 2 } else { 0 };
    plain_host(&text[from..]).map_err(|wrong| wrong.after(from))
}

fn plain_host(text: &str) -> Result<(), Wrong> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    letters(text, good, "small letters, digits, `-` and `.`")?;
    at_most(text, 253)?;
    let mut from = 0;
    for label in text.split('.') {
        let why = match label {
            "" => "two dots, or one at an end",
            _ if label.len() > 63 => "longer than 63 characters between two dots",
            _ if label.starts_with('-') || label.ends_with('-') => "`-` at an end",
            _ => {
                from += label.len() + 1;
                continue;
            }
        };
        return Err(Wrong { at: from..(from + label.len().max(1)).min(text.len()), why: why.into() });
    }
    Ok(())
}

fn url_letters(text: &str) -> Result<(), Wrong> {
    let good = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`' | '{' | '}');
    if text.is_empty() { Ok(()) } else { letters(text, good, "what a URL may hold") }
}

fn web(text: &str) -> Result<(), Wrong> {
    match text.starts_with("http://") || text.starts_with("https://") {
        true => Ok(()),
        false => Err(Wrong::whole(text, "it begins with neither `https://` nor `http://`")),
    }
}

/// Scheme, host, perhaps a port, and any path, query and fragment.
pub fn url(text: &str) -> Result<(), Wrong> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err(Wrong::whole(text, "there is no `://` in it"));
    };
    letters(scheme, |c| c.is_ascii_alphanumeric() || "+-.".contains(c), "letters of a scheme")?;
    url_letters(text)?;
    let from = scheme.len() + 3;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    authority(&rest[..end]).map_err(|wrong| wrong.after(from))
}

/// Host and perhaps port. A name and password have no place in a spec.
fn authority(text: &str) -> Result<(), Wrong> {
    if let Some(at) = text.find('@') {
        return Err(Wrong { at: 0..at + 1, why: "a name or password in a URL".into() });
    }
    let (name, port) = match text.rfind(':') {
        Some(at) if !text.ends_with(']') => (&text[..at], Some(at + 1)),
        _ => (text, None),
    };
    if let Some(from) = port {
        let good = text[from..].bytes().all(|byte| byte.is_ascii_digit())
            && text[from..].parse::<u16>().is_ok_and(|port| port > 0);
        if !good {
            return Err(Wrong { at: from - 1..text.len(), why: "this is no port".into() });
        }
    }
    match name.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) if inner.parse::<std::net::Ipv6Addr>().is_ok() => Ok(()),
        Some(_) => Err(Wrong::whole(name, "this is no address")),
        // Hosts of URLs may be written in capitals, and names of containers hold `_`.
        None => plain_host(&name.to_ascii_lowercase().replace('_', "-")),
    }
}

/// A path as every engine takes it: no empty step, no `.` or `..`, `%` with its two digits.
pub fn url_path(text: &str) -> Result<(), Wrong> {
    if !text.starts_with('/') {
        return Err(Wrong::whole(text, "it does not begin with `/`"));
    }
    let good = |c: char| c.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@%".contains(c);
    letters(text, good, "what a path may hold")?;
    for (at, _) in text.match_indices('%') {
        let code = text.as_bytes().get(at + 1..at + 3);
        if !code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit)) {
            return Err(Wrong { at: at..at + 1, why: "two digits of base 16 must follow".into() });
        }
    }
    steps(text)
}

/// No empty step, no `.` and no `..`.
pub fn steps(text: &str) -> Result<(), Wrong> {
    let (mut from, last) = (1, text.len());
    for step in text[1..].split('/') {
        let end = from + step.len();
        if matches!(step, "." | "..") || (step.is_empty() && end < last) {
            let why = if step.is_empty() { "two slashes" } else { "a step that names no folder" };
            return Err(Wrong { at: from - 1..(end + 1).min(last), why: why.into() });
        }
        from = end + 1;
    }
    Ok(())
}

/// An origin as browsers send it: no path, no port that goes without saying; or every page below a host.
fn origin(text: &str) -> Result<(), Wrong> {
    if text == "*" {
        return Ok(());
    }
    web(text)?;
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let from = scheme.len() + 3;
    if let Some(at) = rest.find(['/', '?', '#']) {
        return Err(Wrong { at: from + at..text.len(), why: "an origin has no path".into() });
    }
    let usual = if scheme == "https" { ":443" } else { ":80" };
    if rest.ends_with(usual) {
        return Err(Wrong {
            at: text.len() - usual.len()..text.len(),
            why: "browsers leave this port out".into(),
        });
    }
    let wild = if rest.starts_with("*.") { 2 } else { 0 };
    let name = rest[wild..].rsplit_once(':').map_or(&rest[wild..], |(name, _)| name);
    plain_host(name).map_err(|wrong| wrong.after(from + wild))?;
    authority(&rest[wild..]).map_err(|wrong| wrong.after(from + wild))
}
