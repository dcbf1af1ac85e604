//! Versions and ranges after Semantic Versioning 2.0.0; ranges in the `^1.4`, `~1.2`, `>=1, <2`, `1.x` notation.

use semver::{Prerelease, Version, VersionReq};

/// The part of a version number that must rise (Semantic Versioning 2.0.0, items 6 to 8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// The two mean the same.
    #[default]
    None,
    /// Words for people changed: descriptions, examples, tags.
    Patch,
    /// Old clients go on as they are.
    Minor,
    /// Somebody who kept to the old contract can break.
    Major,
}

impl Bump {
    /// The word of JSON and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

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

/// The version where `+` may not stand: in tags of images and in labels. As Helm and others do, it becomes `_`.
pub fn tag(version: &str) -> String {
    version.replace('+', "_")
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

/// Whether going from the one version to the other announces the change. Before 1.0.0 the second number announces what
/// breaks, and in 0.0.z every number does, as cargo reads them.
pub fn announces(old: &Version, new: &Version, bump: Bump) -> bool {
    bump == Bump::None || (new > old && numbers(new) >= numbers(&next(old, bump)))
}

/// The least version that announces the change; without a change the same.
pub fn next(old: &Version, bump: Bump) -> Version {
    let Version { major, minor, patch, .. } = *old;
    let (major, minor, patch) = match (bump, major, minor) {
        (Bump::None, ..) => return old.clone(),
        // Before the release any further number will do.
        _ if !old.pre.is_empty() => {
            return Version { pre: after(&old.pre), ..Version::new(major, minor, patch) };
        }
        (_, 0, 0) => (0, 0, patch + 1),
        (Bump::Major, 0, _) => (0, minor + 1, 0),
        (Bump::Major, ..) => (major + 1, 0, 0),
        (Bump::Minor, 1.., _) => (major, minor + 1, 0),
        _ => (major, minor, patch + 1),
    };
    Version::new(major, minor, patch)
}

/// `beta.1` and then `beta.2`; `beta` and then `beta.1`.
fn after(pre: &Prerelease) -> Prerelease {
    let text = pre.as_str();
    let (head, last) = text.rsplit_once('.').map_or(("", text), |(head, last)| (head, last));
    let next = match last.parse::<u64>() {
        Ok(number) if head.is_empty() => format!("{}", number.saturating_add(1)),
        Ok(number) => format!("{head}.{}", number.saturating_add(1)),
        Err(_) => format!("{text}.1"),
    };
    Prerelease::new(&next).unwrap_or_else(|_| pre.clone())
}

fn numbers(version: &Version) -> (u64, u64, u64) {
    (version.major, version.minor, version.patch)
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

    #[test]
    fn each_change_has_its_number() {
        let v = |text: &str| parse(text).expect("a version");
        let say = |old: &str, bump| next(&v(old), bump).to_string();
        assert_eq!(say("1.4.2", Bump::Major), "2.0.0");
        assert_eq!(say("1.4.2", Bump::Minor), "1.5.0");
        assert_eq!(say("1.4.2", Bump::Patch), "1.4.3");
        assert_eq!(say("0.4.2", Bump::Major), "0.5.0");
        assert_eq!(say("0.4.2", Bump::Minor), "0.4.3");
        assert_eq!(say("0.0.2", Bump::Patch), "0.0.3");
        assert_eq!(say("2.0.0-beta.1", Bump::Major), "2.0.0-beta.2");
        assert_eq!(say("2.0.0-rc", Bump::Patch), "2.0.0-rc.1");
        assert!(announces(&v("1.4.2"), &v("2.0.0"), Bump::Major));
        assert!(!announces(&v("1.4.2"), &v("1.5.0"), Bump::Major));
        assert!(!announces(&v("1.4.2"), &v("1.4.2"), Bump::Patch));
        assert!(announces(&v("1.4.2"), &v("2.0.0-rc.1"), Bump::Major));
        assert!(announces(&v("2.0.0-rc.1"), &v("2.0.0-rc.2"), Bump::Major));
        assert!(!announces(&v("2.0.0-rc.1"), &v("2.0.0-rc.1"), Bump::Patch));
    }
}
