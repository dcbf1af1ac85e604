//! Ways out: what becomes of a request to an external through the egress gateway of either target.

use crate::ask::Request;
use crate::project::Built;
use crate::{envoy, kube};

/// Externals as the generator calls them.
const EXTERNALS: [&str; 3] = ["partner", "search", "plain"];

/// What both say differently of an external.
pub fn unlike(built: &Built) -> Vec<String> {
    if built.text("deploy/dev/gateway-envoy/out.yaml").is_none() {
        return vec![];
    }
    let (envoy, kube) = (envoy::Gateway::of(built, "out"), kube::Gateway::of(built, "out"));
    let mut wrong = vec![];
    for (external, path) in EXTERNALS.iter().flat_map(|it| ["/", "/leads", "/a/b"].map(|path| (it, path))) {
        let request =
            Request { host: (*external).into(), method: "GET", path: path.into(), ..Request::default() };
        let left = envoy.answer(&request);
        let Some((right, tls)) = kube.exit(external, path) else {
            if left.sent() {
                wrong.push(format!("{external}: only Envoy lets it out"));
            }
            continue;
        };
        let pairs = [
            (left.told(), right.told()),
            (vec![envoy.encrypted(external).to_string()], vec![tls.to_string()]),
        ];
        for (left, right) in pairs
            .iter()
            .flat_map(|(left, right)| left.iter().zip(right))
            .filter(|(left, right)| left != right)
        {
            wrong.push(format!("{external}{path}\n  envoy {left}\n  kube  {right}"));
        }
    }
    wrong
}
