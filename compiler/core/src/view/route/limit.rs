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
    /// The rate as written.
    pub rate: Rate,
    /// Most tokens it holds.
    pub tokens: u64,
    /// Tokens that come with a fill.
    pub fill_tokens: u64,
    /// Time from fill to fill in ms.
    pub fill_ms: u64,
}

/// The buckets of a gateway: its own, then those of its routes. Two that would count the same become the smaller one,
/// unless they do so over different windows: then a request needs a token of both.
pub fn buckets(gateway: &Gateway, names: &[String]) -> Vec<Bucket> {
    let everybody = gateway.routes.iter().all(|route| open(gateway, route));
    let own = gateway.limits.iter().map(|limit| bucket(limit, None, everybody));
    let routes = gateway.routes.iter().zip(names).flat_map(|(route, name)| {
        route.limits.iter().map(|limit| bucket(limit, Some(name.clone()), open(gateway, route)))
    });
    let mut all: Vec<Bucket> = vec![];
    // Of what counts the same, the windows and where their buckets are.
    let mut beside: BTreeMap<(Option<String>, String), BTreeMap<u64, usize>> = BTreeMap::new();
    for (per, mut bucket) in own.chain(routes) {
        let windows = beside.entry((bucket.route.clone(), bucket.by.clone())).or_default();
        match windows.get(&per) {
            Some(at) if slower(&bucket, &all[*at]) => {
                bucket.window = all[*at].window.take();
                all[*at] = bucket;
            }
            Some(_) => {}
            None => {
                bucket.window = (!windows.is_empty()).then(|| Duration(per).to_string());
                windows.insert(per, all.len());
                all.push(bucket);
            }
        }
    }
    all
}

/// What requests of a route are counted under: `limit_by_user` → the route. `limit_by_any` is for limits of the
/// gateway that count by route; `key` is what the route is counted as.
pub fn counted(gateway: &Gateway, route: &Route, key: &str) -> BTreeMap<String, String> {
    let own = route.limits.iter().map(|limit| format!("limit_by_{}", who(&limit.by, open(gateway, route))));
    let any = gateway.limits.iter().filter(|limit| limit.by == "route").map(|_| "limit_by_any".to_string());
    own.chain(any).map(|by| (by, key.to_string())).collect()
}

/// What each route is counted as: its path, with what tells it from others of the same path.
pub fn names(gateway: &Gateway) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    gateway.routes.iter().for_each(|route| *times.entry(&route.path.value).or_default() += 1);
    let name = |route: &Route| match times[route.path.value.as_str()] {
        1 => route.path.value.clone(),
        _ => apart(route),
    };
    gateway.routes.iter().map(name).collect()
}

fn apart(route: &Route) -> String {
    let pairs = route.header.iter().chain(&route.query).map(|(key, value)| format!("{key}={value}"));
    let exact = route.exact.then(|| "exact".to_string());
    let parts = route.methods.iter().cloned().chain(pairs).chain(exact);
    parts.fold(route.path.value.clone(), |name, part| format!("{name} {part}"))
}

/// Whether nobody says who the caller is: then `user` counts clients.
pub fn open(gateway: &Gateway, route: &Route) -> bool {
    gateway.auth_of(route).is_none()
}

fn who(by: &str, open: bool) -> &str {
    if open && by == "user" { "client" } else { by }
}

/// The bucket of a limit, and its window in ms.
fn bucket(limit: &Limit, route: Option<String>, open: bool) -> (u64, Bucket) {
    let tokens = limit.burst.value.max(1).unsigned_abs();
    let rate = limit.rate.value;
    let (fill_tokens, fill_ms) = fill(rate);
    let by = who(&limit.by, open).into();
    let bucket = Bucket { at: limit.at.clone(), route, by, window: None, rate, tokens, fill_tokens, fill_ms };
    (rate.per, bucket)
}

fn slower(left: &Bucket, right: &Bucket) -> bool {
    left.fill_tokens * right.fill_ms < right.fill_tokens * left.fill_ms
}

/// Tokens and ms of a fill: the rate in lowest terms, in steps that engines allow. They fill continuously, whatever the
/// bucket holds, so that the step loses nothing.
fn fill(rate: Rate) -> (u64, u64) {
    let (count, per) = (rate.count.max(1), rate.per.max(1));
    let shared = gcd(count, per);
    let (tokens, ms) = (count / shared, per / shared);
    let times = STEP.div_ceil(ms);
    (tokens * times, ms * times)
}

fn gcd(left: u64, right: u64) -> u64 {
    if right == 0 { left } else { gcd(right, left % right) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_fill_at_the_rate_that_is_written() {
        let of = |count, per| fill(Rate { count, per });
        assert_eq!(of(19, 1_000), (19, 1_000));
        assert_eq!(of(7, 3_600_000), (7, 3_600_000));
        assert_eq!(of(10_000, 1_000), (1_000, 100));
        for per in [1_000, 60_000, 3_600_000, 86_400_000] {
            for count in (1..=1_000).chain([4_999, 10_000, 99_991, 1_000_000]) {
                let (tokens, ms) = of(count, per);
                assert_eq!(tokens * per, count * ms, "{count} in {per} ms");
                assert!(ms >= STEP, "{count} in {per} ms");
            }
        }
    }
}
