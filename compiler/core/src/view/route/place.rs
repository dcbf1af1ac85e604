//! Where clients find a version of an api, and what those of an old one are told.

use crate::model::gateway::{Gateway, Route};
use crate::model::service::{Api, ApiVersion};
use bastide_report::units::Date;
use bastide_report::version;
use serde::Serialize;

/// What clients of an old version are told.
#[derive(Clone, Debug, Serialize)]
pub struct Deprecation {
    /// `Deprecation` header (RFC 9745).
    pub deprecation: Option<String>,
    /// `Sunset` header (RFC 8594).
    pub sunset: Option<String>,
    /// `Link` header to the successor, for versions in the path.
    pub link: Option<String>,
    /// The days of both headers, deprecation and sunset, as the spec writes them.
    #[serde(skip)]
    pub days: [Option<Date>; 2],
    /// Where the successor of the link is found.
    #[serde(skip)]
    pub successor: Option<String>,
}

/// Where a version of an api is found.
pub(super) struct Location {
    pub path: String,
    pub rewrite: Option<String>,
    pub header: Option<(String, String)>,
    pub accept: Option<String>,
    pub query: Option<(String, String)>,
    pub subdomain: Option<String>,
}

pub(super) fn unversioned(route: &Route) -> Location {
    let rewrite = route.rewrite.as_ref().map(|at| at.value.clone());
    Location {
        path: route.path.value.clone(),
        rewrite,
        header: None,
        accept: None,
        query: None,
        subdomain: None,
    }
}

pub(super) fn locate(gateway: &Gateway, route: &Route, it: &ApiVersion) -> Location {
    let mut located = unversioned(route);
    let name = version::line_name(&it.semver);
    let number = name.trim_start_matches('v').to_string();
    match gateway.versions.location.as_str() {
        "header" => located.header = Some((gateway.versions.name.clone(), number)),
        "query" => located.query = Some((gateway.versions.name.clone(), number)),
        "subdomain" => located.subdomain = Some(name),
        "media-type" => located.accept = Some(media_type(&number)),
        _ => {
            let tail = if route.path.value == "/" { "" } else { route.path.value.as_str() };
            located.path = format!("/{name}{tail}");
            located.rewrite = located.rewrite.or_else(|| Some(route.path.value.clone()));
        }
    }
    located
}

/// The pattern of the media types of a version.
pub(super) fn media_type(number: &str) -> String {
    format!("application/vnd\\.[a-z0-9.-]+\\.v{number}\\+json")
}

pub(super) fn vary(gateway: &Gateway) -> Option<String> {
    match gateway.versions.location.as_str() {
        "header" if gateway.versions.declared => Some(gateway.versions.name.clone()),
        "media-type" if gateway.versions.declared => Some("Accept".into()),
        _ => None,
    }
}

pub(super) fn deprecation(
    gateway: &Gateway,
    route: &Route,
    api: &Api,
    it: &ApiVersion,
) -> Option<Deprecation> {
    if it.deprecated.is_none() && it.sunset.is_none() {
        return None;
    }
    let successor = api.versions.first().filter(|first| first.version.value != it.version.value);
    let in_path = gateway.versions.declared && gateway.versions.location == "path";
    let successor = successor
        .filter(|_| in_path)
        .map(|first| format!("/{}{}", version::line_name(&first.semver), route.path.value));
    Some(Deprecation {
        deprecation: it.deprecated.map(|at| format!("@{}", at.value.unix())),
        sunset: it.sunset.map(|at| at.value.http()),
        link: successor.as_ref().map(|path| format!("<{path}>; rel=\"successor-version\"")),
        days: [it.deprecated, it.sunset].map(|day| day.map(|at| at.value)),
        successor,
    })
}
