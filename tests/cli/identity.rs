//! Identity: what is told apart is carried apart on every target, environments take everything of those they are like,
//! and what is taken away is gone, and `why` says so.

use crate::support::{Folder, bastide};

const HEAD: &str =
    "app \"x\" version=\"1.0.0\" { owner \"core\" contact=\"#core\"; images \"r.example.com/x\" }\n";
const ENVIRONMENTS: &str =
    "environment \"dev\" platform=\"compose\"\nenvironment \"prod\" platform=\"kubernetes\"\n";
const SERVICE: &str = "service \"a\" like=\"built\" { image \"r.example.com/x/a:1.0.0\"; api \"a\" port=8080; slo availability=\"99%\" }\n";

/// A project with a gateway that holds these parts.
fn gateway(parts: &str) -> Folder {
    let auth = "auth \"jwt\" issuer=\"https://id.x.example/\" audience=\"x\" jwks=\"https://id.x.example/jwks.json\"";
    let spec = format!(
        "{HEAD}{ENVIRONMENTS}{SERVICE}gateway \"public\" {{\n    host \"api.x.example\"\n    tls issuer=\"le\"\n    body-limit \"1Mi\"\n    {auth}\n    {parts}\n}}\n"
    );
    Folder::with(&[("bastide.kdl", &spec)])
}

/// The texts of a file as words, so that no layout counts.
fn words(folder: &Folder, path: &str) -> String {
    folder.get(path).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn limits_of_different_windows_hold_together() {
    let folder = gateway(
        "limit \"10/s\" burst=20; limit \"5000/d\" burst=100; route \"/a\" to=\"a\" { limit \"3/s\" by=\"user\"; limit \"1000/h\" by=\"user\" burst=50 }",
    );
    bastide(&folder, &["build"]).exits(0);
    let envoy = words(&folder, "deploy/dev/gateway-envoy/public.yaml");
    for part in [
        "entries: [{key: remote_address}] token_bucket: {max_tokens: 20,",
        "entries: [{key: window, value: 1d}, {key: remote_address}] token_bucket: {max_tokens: 100,",
        "- generic_key: {descriptor_key: window, descriptor_value: 1d}",
        "entries: [{key: route, value: /a}, {key: user}] token_bucket: {max_tokens: 3,",
        "entries: [{key: window, value: 1h}, {key: route, value: /a}, {key: user}] token_bucket: {max_tokens: 50,",
        "- generic_key: {descriptor_key: window, descriptor_value: 1h}",
    ] {
        assert!(envoy.contains(part), "{part}\n{envoy}");
    }
    let policy = words(&folder, "deploy/prod/kubernetes/gateway/public-backendtrafficpolicy.yaml");
    for part in [
        "requests: 10 unit: Second",
        "requests: 5000 unit: Day",
        "requests: 3 unit: Second",
        "requests: 1000 unit: Hour",
    ] {
        assert!(policy.contains(part), "{part}\n{policy}");
    }
}

#[test]
fn two_values_of_one_claim_are_both_asked_for() {
    let folder = gateway(
        "limit \"10/s\"; route \"/a\" to=\"a\" { require claim=\"roles\" value=\"admin\"; require claim=\"roles\" value=\"audited\" }",
    );
    bastide(&folder, &["build"]).exits(0);
    let envoy = words(&folder, "deploy/dev/gateway-envoy/public.yaml");
    let policy = words(&folder, "deploy/prod/kubernetes/gateway/public-route-policies.yaml");
    for value in ["admin", "audited"] {
        assert!(envoy.contains(&format!("string_match: {{exact: {value}}}")), "{envoy}");
        assert!(policy.contains(&format!("['roles'] == '{value}' || '{value}' in ")), "{policy}");
    }
}

#[test]
fn an_environment_takes_everything_of_the_one_it_is_like() {
    let base = "environment \"base\" platform=\"kubernetes\" namespace=\"shared\" {\n    registry \"eu.example\"\n    target \"kubernetes\" argocd=#false rollout=\"rolling\"\n    target \"prometheus\" #null\n    patch \"Deployment/a\" { set \"spec.revisionHistoryLimit\" value=7 }\n}\n";
    let like = "environment \"eu\" like=\"base\" platform=\"kubernetes\" {\n    target \"kubernetes\" rollout=#null\n    registry \"us.example\"\n}\n";
    let folder = Folder::with(&[("bastide.kdl", &format!("{HEAD}{base}{like}{SERVICE}"))]);
    bastide(&folder, &["build"]).exits(0);
    assert!(
        folder.tree("deploy/eu/prometheus").is_empty() && folder.tree("deploy/base/prometheus").is_empty()
    );
    let deployment = folder.get("deploy/eu/kubernetes/a/deployment.yaml");
    assert!(
        deployment.contains("revisionHistoryLimit: 7") && deployment.contains("namespace: shared"),
        "{deployment}"
    );
    let asked = |path: &str| bastide(&folder, &["why", path, "-e", "eu"]).exits(0).out;
    let kept = asked("environment.eu.target.kubernetes");
    assert!(kept.contains("argocd") && !kept.contains("rolling"), "{kept}");
    assert!(asked("environment.eu.registry").contains("over eu.example"));
}

#[test]
fn what_is_taken_away_is_told_by_why() {
    let spec = format!(
        "{HEAD}environment \"dev\" platform=\"compose\" {{\n    service \"a\" {{ scale max=#null; env {{ LOG #null }} }}\n    service \"b\" #null\n}}\n{}service \"b\" like=\"built\" {{ image \"r.example.com/x/b:1.0.0\"; api \"b\" port=8080 }}\n",
        SERVICE.replace("slo", "scale min=2 max=9; env { LOG \"debug\" }; health live=#null; slo"),
    );
    let folder = Folder::with(&[("bastide.kdl", &spec)]);
    bastide(&folder, &["check"]).exits(0);
    for (path, last, before) in [
        ("service.a.scale.max", "#null (overlay, ", "over 9 (spec, "),
        ("service.a.env.LOG", "#null (overlay, ", "over (spec, "),
        ("service.a.health.live", "#null (spec, ", "over /livez (default, "),
        ("service.b", "#null (overlay, ", "over (spec, "),
    ] {
        bastide(&folder, &["why", path]).exits(0).says(last).says(before);
    }
    let model = bastide(&folder, &["model"]).exits(0).json();
    let services = model["model"]["services"].as_array().expect("services");
    assert_eq!(
        (services.len(), services[0]["run"]["env"].as_object().map(serde_json::Map::len)),
        (1, Some(0))
    );
}

#[test]
fn an_overlay_of_nothing_is_told_with_what_it_may_mean() {
    let overlay = |text: &str| {
        let spec = format!(
            "{HEAD}environment \"dev\" platform=\"compose\" {{ {text} }}\n{}gateway \"public\" {{ host \"api.x.example\"; tls issuer=\"le\"; limit \"10/s\"; body-limit \"1Mi\"; route \"/a\" to=\"a\" method=\"POST GET\" {{ public }} }}\n",
            SERVICE.replace("slo", "job \"migrate\" run=\"before-release\" command=\"migrate\"; slo"),
        );
        bastide(&Folder::with(&[("bastide.kdl", &spec)]), &["check", "--format", "json"])
    };
    for (text, help) in [
        ("service \"checkout\" { scale min=1 }", "`build`, `image` or `like=`"),
        ("service \"a\" { job \"migrat\" timeout=\"20m\" }", "did you mean `migrate`?"),
        ("gateway \"publik\" { tls min=\"1.3\" }", "did you mean `public`?"),
        ("gateway \"public\" { route \"/a\" { timeout \"2s\" } }", "[method=GET POST]"),
        ("topic \"t\" { partitions 2 }", "`on=`"),
    ] {
        let said = overlay(text).exits(1);
        assert_eq!(said.rules(), ["overlay-of-nothing"], "{text}");
        said.says(help);
    }
    for text in [
        "service \"a\" { job \"seed\" run=\"before-release\" command=\"seed\" }",
        "gateway \"public\" { route \"/a\" method=\"GET POST\" { timeout \"2s\" }; limit \"9/m\" }",
        "gateway \"public\" { limit #null; limit \"9/m\" }",
        "service \"c\" like=\"built\" { image \"r.example.com/x/c:1.0.0\"; scale min=1 max=1 }",
    ] {
        let rules = overlay(text).rules();
        assert!(
            !rules.iter().any(|rule| rule.contains("nothing") || rule.contains("repeated")),
            "{text}: {rules:?}"
        );
    }
}

#[test]
fn routes_of_one_path_are_guarded_each_for_itself() {
    let folder = gateway(
        "limit \"10/s\"; route \"/a\" to=\"a\" method=\"GET\" { public }; route \"/a\" to=\"a\" method=\"POST\" { require claim=\"role\" value=\"staff\" }",
    );
    bastide(&folder, &["build"]).exits(0);
    let policies = folder.get("deploy/prod/kubernetes/gateway/public-route-policies.yaml");
    let own = |name: &str| {
        let target = format!("    name: {name}\n");
        policies
            .split("---\n")
            .find(|it| it.contains("kind: SecurityPolicy") && it.contains(&target))
            .map(str::to_string)
    };
    let (open, closed) =
        (own("public-a").expect("a policy"), own("public-a-2").expect("a policy of its own"));
    assert!(!open.contains("jwt:") && closed.contains("jwt:") && closed.contains("== 'staff'"), "{policies}");
}
