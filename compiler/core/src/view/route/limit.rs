//! Limits as token buckets: what is counted together, how large the bucket is and how it fills.

use crate::model::gateway::{Gateway, Limit, Route};
use bastide_report::units::{Duration, Rate};
use serde::Serialize;
use std::collections::BTreeMap;

/// Shortest time between two fills, in ms: engines do not fill more often than every 50 ms.
const STEP: u64 = 100;

/// A bucket of tokens; a request that finds none left is answered 429.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// Path of the limit in the spec.
    pub at: String,
    /// Routes that count here, as in [`super::Rule::route`]; none: all of the gateway.
    pub route: Option<String>,
    /// One bucket for each `client`, `user` or `route`. Where nobody says who the user is, `user` counts clients.
    pub by: String,
    /// Of a limit beside another one that counts the same: its window, `1d`.
    pub window: Option<String>,
    /// Most tokens it holds.
    pub tokens: u64,
    /// Tokens that come with a fill.
    pub fill_tokens: u64,
    /// Time from fill to fill in ms.
    pub fill_ms: u64,
}

/// The buckets of a gateway: its own, then those of its routes. Two that would count the same become the smaller one,
/// unless they do so over different windows: then a request needs a token of both.
pub fn buckets(gateway: &Gateway) -> Vec<Bucket> {
    let own = gateway.limits.iter().map(|limit| bucket(limit, None, gateway.auth.is_none()));
    let routes = gateway.routes.iter().flat_map(|route| {
        route.limits.iter().map(|limit| bucket(limit, Some(counted_as(gateway, route)), open(gateway, route)))
    });
    let mut all: Vec<(u64, Bucket)> = vec![];
    for (per, mut bucket) in own.chain(routes) {
        let beside = |it: &Bucket| it.route == bucket.route && it.by == bucket.by;
        match all.iter().position(|(other, it)| beside(it) && *other == per) {
            Some(at) if slower(&bucket, &all[at].1) => {
                bucket.window = all[at].1.window.take();
                all[at].1 = bucket;
            }
            Some(_) => {}
            None => {
                bucket.window = all.iter().any(|(_, it)| beside(it)).then(|| Duration(per).to_string());
                all.push((per, bucket));
            }
        }
    }
    all.into_iter().map(|(_, bucket)| bucket).collect()
}

/// What requests of a route are counted under: `limit_by_user` → the route. `limit_by_any` is for limits of the
/// gateway that count by route.
pub fn counted(gateway: &Gateway, route: &Route) -> BTreeMap<String, String> {
    let key = counted_as(gateway, route);
    let own = route.limits.iter().map(|limit| format!("limit_by_{}", who(&limit.by, open(gateway, route))));
    let any = gateway.limits.iter().filter(|limit| limit.by == "route").map(|_| "limit_by_any".to_string());
    own.chain(any).map(|by| (by, key.clone())).collect()
}

/// The path of a route, with what tells it from others of the same path.
pub fn counted_as(gateway: &Gateway, route: &Route) -> String {
    let mut name = route.path.value.clone();
    if gateway.routes.iter().filter(|it| it.path.value == name).count() > 1 {
        let pairs = route.header.iter().chain(&route.query).map(|(key, value)| format!("{key}={value}"));
        let exact = route.exact.then(|| "exact".to_string());
        for part in route.methods.iter().cloned().chain(pairs).chain(exact) {
            name = format!("{name} {part}");
        }
    }
    name
}

fn open(gateway: &Gateway, route: &Route) -> bool {
    route.public.is_some() || gateway.auth.is_none()
}

fn who(by: &str, open: bool) -> &str {
    if open && by == "user" { "client" } else { by }
}

/// The bucket of a limit, and its window in ms.
fn bucket(limit: &Limit, route: Option<String>, open: bool) -> (u64, Bucket) {
    let tokens = limit.burst.value.max(1).unsigned_abs();
    let (fill_tokens, fill_ms) = fill(limit.rate.value, tokens);
    let by = who(&limit.by, open).into();
    let bucket = Bucket { at: limit.at.clone(), route, by, window: None, tokens, fill_tokens, fill_ms };
    (limit.rate.value.per, bucket)
}

fn slower(left: &Bucket, right: &Bucket) -> bool {
    left.fill_tokens * right.fill_ms < right.fill_tokens * left.fill_ms
}

/// Tokens and ms of a fill: exact, and as often as engines allow, since what overflows a small bucket is lost.
fn fill(rate: Rate, bucket: u64) -> (u64, u64) {
    let (count, per) = (rate.count.max(1), rate.per.max(1));
    let shared = gcd(count, per);
    let (tokens, ms) = (count / shared, per / shared);
    let times = STEP.div_ceil(ms);
    let (tokens, ms) = (tokens * times, ms * times);
    let often = count * STEP / per;
    if tokens > bucket && often > 0 { (often, STEP) } else { (tokens, ms) }
}

fn gcd(left: u64, right: u64) -> u64 {
    if right == 0 { left } else { gcd(right, left % right) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_fill_often_and_exactly() {
        let of = |count, per, bucket| fill(Rate { count, per }, bucket);
        assert_eq!(of(100, 1_000, 50), (10, 100));
        assert_eq!(of(20, 1_000, 20), (2, 100));
        assert_eq!(of(3, 1_000, 3), (3, 1_000));
        assert_eq!(of(5, 60_000, 5), (1, 12_000));
        assert_eq!(of(333, 1_000, 50), (33, 100));
        assert_eq!(of(10_000, 1_000, 100), (1_000, 100));
    }
}
