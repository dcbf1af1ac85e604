//! Addresses taken apart, for engines that want host, port and path apart.

use crate::model::gateway::Auth;
use serde::Serialize;

/// A URL, or only a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Address {
    /// As written.
    pub uri: String,
    /// `https` or `http`; none for a path.
    pub scheme: Option<String>,
    /// Host; none for a path.
    pub host: Option<String>,
    /// Port, that of the scheme if none is written; none for a path.
    pub port: Option<u16>,
    /// Path with its query, if there is one and it is more than `/`.
    pub path: Option<String>,
}

/// Takes a URL or a path apart.
pub fn address(uri: &str) -> Address {
    let (scheme, rest) = match uri.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, uri),
    };
    let begins = if scheme.is_some() { rest.find(['/', '?', '#']).unwrap_or(rest.len()) } else { 0 };
    let (authority, path) = rest.split_at(begins);
    let path = path.split('#').next().filter(|path| !matches!(*path, "" | "/")).map(str::to_string);
    let usual = match scheme {
        Some("http" | "ws") => 80,
        _ => 443,
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().unwrap_or(usual)),
        _ => (authority, usual),
    };
    let known = scheme.is_some();
    Address {
        uri: uri.to_string(),
        scheme: scheme.map(str::to_string),
        host: known.then(|| host.to_string()),
        port: known.then_some(port),
        path,
    }
}

/// Where the keys of tokens are: as the spec says, else where OpenID providers keep them.
pub fn keys(auth: &Auth) -> Option<Address> {
    let usual = |issuer: &str| format!("{}/.well-known/jwks.json", issuer.trim_end_matches('/'));
    let told = auth.jwks.as_ref().map(|at| at.value.clone());
    told.or_else(|| auth.issuer.as_ref().map(|at| usual(&at.value))).map(|uri| address(&uri))
}

/// The pattern of a path that is to become `/`: the plain replacement of a prefix would leave `//rest`.
pub fn root_pattern(path: &str) -> String {
    format!("^{}/*", escaped(path))
}

/// A pattern that matches this path alone.
pub fn escaped(path: &str) -> String {
    let mut pattern = String::new();
    for letter in path.chars() {
        if !letter.is_ascii_alphanumeric() && !matches!(letter, '/' | '_' | '-') && letter.is_ascii() {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        let parts = |uri| {
            let Address { scheme, host, port, path, .. } = address(uri);
            (scheme.unwrap_or_default(), host.unwrap_or_default(), port, path.unwrap_or_default())
        };
        let text = str::to_string;
        assert_eq!(
            parts("https://a.example/k?x=1#y"),
            (text("https"), text("a.example"), Some(443), text("/k?x=1"))
        );
        assert_eq!(parts("http://a.example:81/"), (text("http"), text("a.example"), Some(81), text("")));
        assert_eq!(parts("https://[::1]"), (text("https"), text("[::1]"), Some(443), text("")));
        assert_eq!(parts("/new"), (text(""), text(""), None, text("/new")));
    }

    #[test]
    fn patterns_match_only_the_path() {
        assert_eq!(root_pattern("/v2/a.b+c"), "^/v2/a\\.b\\+c/*");
    }
}
