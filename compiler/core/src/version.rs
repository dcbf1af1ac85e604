//! Versions and ranges after Semantic Versioning 2.0.0; ranges in the `^1.4`, `~1.2`, `>=1, <2`, `1.x` notation.

use semver::{Version, VersionReq};

/// Parses a version; one or two numbers are filled up (`16` is 16.0.0).
pub fn parse(text: &str) -> Option<Version> {
    let dots = text.split(['-', '+']).next()?.matches('.').count();
    let full = match dots {
        2 => return Version::parse(text).ok(),
        1 if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => format!("{text}.0"),
        0 if text.bytes().all(|byte| byte.is_ascii_digit()) => format!("{text}.0.0"),
        _ => return None,
    };
    Version::parse(&full).ok()
}

/// Parses a range.
pub fn range(text: &str) -> Option<VersionReq> {
    VersionReq::parse(text).ok()
}

/// The part of a version that promises compatibility: the major, or `0.y` before 1.0.0 (SemVer 2.0.0, item 4).
pub fn line(version: &Version) -> (u64, u64) {
    if version.major > 0 { (version.major, 0) } else { (0, version.minor) }
}

/// A short name of that part: `v2`, or `v0-3` before 1.0.0.
pub fn line_name(version: &Version) -> String {
    if version.major > 0 { format!("v{}", version.major) } else { format!("v0-{}", version.minor) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_versions_are_filled_up() {
        assert_eq!(parse("16"), parse("16.0.0"));
        assert_eq!(parse("4.1"), parse("4.1.0"));
        assert_eq!(parse("latest"), None);
        assert!(range("^1.4").expect("a range").matches(&parse("1.4.2").expect("a version")));
    }
}
