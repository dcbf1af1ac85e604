//! Gateways as the targets write them: what a line of the spec becomes, and what it must not become.

use crate::support::{Folder, bastide};

const APP: &str = r##"app "x" version="1.0.0" { owner "t" contact="#t"; images "r.example" }
environment "dev" platform="compose"
environment "prod" platform="kubernetes"
service "w" { image "r.example/w:1"; api "w" style="rest" port=8080 { version "1.0.0" } }
lint "contract-missing" level="allow" because="a test"
"##;
const ENVOY: &str = "deploy/dev/gateway-envoy/public.yaml";
const KUBE: &str = "deploy/prod/kubernetes/gateway/public";
const AUTH: &str = r#"auth "jwt" issuer="https://id.example/" audience="x" jwks="https://id.example/k""#;

/// What is written of a gateway with these words.
fn built(gateway: &str) -> Folder {
    let hosts = "gateway \"public\" { host \"x.example\"; tls min=\"1.2\" issuer=\"le\"; ";
    let text = match gateway.strip_prefix(';') {
        Some(whole) => format!("{APP}{whole}"),
        None => format!("{APP}{hosts}{gateway} }}"),
    };
    let folder = Folder::with(&[("bastide.kdl", &text)]);
    bastide(&folder, &["build", "--quiet"]).exits(0);
    folder
}

/// What a gateway says, a file, a text in it, and whether it is there.
type Row<'a> = (&'a str, &'a str, &'a str, bool);

fn hold(rows: &[Row<'_>]) {
    for (said, file, text, there) in rows {
        let found = built(said).get(file);
        assert_eq!(found.contains(text), *there, "`{said}`: `{text}` in {file}\n{found}");
    }
}

#[test]
fn rates_are_those_of_the_spec() {
    let bucket = |rate: &str| format!("route \"/o\" to=\"w\" {{ public; limit \"{rate} }}");
    let rows = [
        ("19/s\" burst=5", "{max_tokens: 5, tokens_per_fill: 19, fill_interval: 1s}"),
        ("7/h\" burst=1", "{max_tokens: 1, tokens_per_fill: 7, fill_interval: 3600s}"),
        ("101/s\" burst=50", "{max_tokens: 50, tokens_per_fill: 101, fill_interval: 1s}"),
        ("199/s\" burst=1000", "{max_tokens: 1000, tokens_per_fill: 199, fill_interval: 1s}"),
    ];
    for (rate, text) in rows {
        hold(&[(&bucket(rate), ENVOY, text, true)]);
    }
}

#[test]
fn paths_keep_one_slash_at_the_seam() {
    let said = "route \"/service/\" to=\"w\" { public; rewrite \"/api/service/\" }";
    let root = "route \"/\" to=\"w\" { public; rewrite \"/api/\" }";
    hold(&[
        (said, ENVOY, "prefix_rewrite: /api/service\n", true),
        (said, &format!("{KUBE}-routes.yaml"), "replacePrefixMatch: /api/service\n", true),
        (root, ENVOY, "prefix_rewrite: /api/\n", true),
        (root, &format!("{KUBE}-routes.yaml"), "substitution: /api/\n", true),
    ]);
}

#[test]
fn tokens_are_asked_where_clients_come_in_by_tls() {
    let claims = "metadata.filter_metadata['envoy.filters.http.jwt_authn']['public']";
    let said = format!("{AUTH}; route \"/w\" to=\"w\" {{ require claim=\"role\" }}");
    let policies = format!("{KUBE}-route-policies.yaml");
    let section = "    name: public\n    sectionName: https\n";
    hold(&[
        (&said, &format!("{KUBE}-securitypolicy.yaml"), section, true),
        (&said, &policies, &format!("cel: \"'role' in {claims}\"\n"), true),
        (&said, ENVOY, "value: {present_match: true}", true),
    ]);
}

#[test]
fn a_route_trusts_its_own_issuer_alone() {
    let own = r#"auth "jwt" issuer="https://corp.example/" audience="adm" jwks="https://corp.example/k" claim="email""#;
    let said = format!("{AUTH}; route \"/adm\" to=\"w\" {{ {own} }}; route \"/w\" to=\"w\"");
    let policies = format!("{KUBE}-route-policies.yaml");
    hold(&[
        (&said, ENVOY, "requirement_name: public-adm", true),
        (&said, &policies, "issuer: https://corp.example/", true),
        (&said, &policies, "issuer: https://id.example/", false),
        (
            &said,
            "deploy/dev/compose/compose.yaml",
            "public-adm.jwks: {file: ./secrets/public-adm.jwks}",
            true,
        ),
    ]);
}

#[test]
fn a_limit_counts_its_own_route() {
    let said = "route \"/w\" to=\"w\" { public; limit \"5/m\" by=\"client\" }; route \"/w/free\" to=\"w\" { public }";
    let file = format!("{KUBE}-backendtrafficpolicy.yaml");
    hold(&[(said, &file, "value: (/w/free)([/?].*)?\n            invert: true\n", true)]);
}

#[test]
fn bodies_without_an_end_are_not_waited_for() {
    let said = ";service \"push\" { image \"r.example/p:1\"; api \"push\" style=\"websocket\" port=8085 { version \"1.0.0\" } }\nservice \"geo\" { image \"r.example/g:1\"; api \"geo\" style=\"grpc\" port=50051 { version \"1.0.0\" } }\ngateway \"public\" { host \"x.example\"; tls min=\"1.2\" issuer=\"le\"; body-limit \"1Mi\"; timeout \"4s\"; route \"/ws\" to=\"push\" { public }; route \"/geo.Geo\" to=\"geo\" protocol=\"grpc\" { public } }";
    hold(&[
        (said, &format!("{KUBE}-route-policies.yaml"), "requestBuffer", false),
        (said, ENVOY, "max_request_bytes", false),
    ]);
}

#[test]
fn routes_have_what_their_gateway_says() {
    let said = "timeout \"5s\"; retries 2; compress; route \"/a\" to=\"w\" { public }; route \"/b\" to=\"w\" { public; timeout \"3s\"; retries 0; compress #false }";
    let policies = format!("{KUBE}-route-policies.yaml");
    hold(&[
        (said, ENVOY, "timeout: 5s\n", true),
        (said, ENVOY, "timeout: 3s\n", true),
        (said, ENVOY, "num_retries: 2", true),
        (said, ENVOY, "CompressorPerRoute", true),
        (said, &format!("{KUBE}-routes.yaml"), "request: 5s", true),
        (said, &policies, "numRetries: 2", true),
        (said, &policies, "compressor:", true),
        (said, &policies, "name: public-b\n", false),
    ]);
}

#[test]
fn externals_keep_their_path_and_may_have_no_breaker() {
    let with = |more: &str| {
        format!(
            ";external \"crm\" url=\"https://api.partner.example/rest/v2\"\ngateway \"out\" direction=\"out\" {{ allow \"crm\" }}\nservice \"a\" {{ image \"r.example/a:1\"; calls \"crm\" timeout=\"1s\"{more} }}\nlint \"no-circuit-breaker\" level=\"allow\" because=\"a test\""
        )
    };
    let (envoy, kube) =
        ("deploy/dev/gateway-envoy/out.yaml", "deploy/prod/kubernetes/gateway/crm-external.yaml");
    let (on, off) = (with(""), with(" breaker=#false"));
    hold(&[
        (&on, envoy, "prefix_rewrite: /rest/v2/\n", true),
        (&on, kube, "substitution: /rest/v2/\n", true),
        (&on, kube, "passive:", true),
        (&on, envoy, "outlier_detection:", true),
        (&off, kube, "passive:", false),
        (&off, envoy, "outlier_detection:", false),
    ]);
}

#[test]
fn versions_nobody_knows_are_answered_by_nobody() {
    let said = |place: &str| format!("versions in=\"{place}\"; route \"/w\" to=\"w\" {{ public }}");
    let (header, media) = (said("header"), said("media-type"));
    hold(&[
        (&header, ENVOY, "{name: x-api-version, present_match: true}", true),
        (
            &header,
            &format!("{KUBE}-routes.yaml"),
            "name: X-API-Version\n        type: RegularExpression\n        value: \".*\"",
            true,
        ),
        (&media, ENVOY, "direct_response: {status: 406", true),
        (&media, &format!("{KUBE}-routes.yaml"), "statusCode: 406", true),
    ]);
}

#[test]
fn older_versions_are_shared_with_those_that_have_them() {
    let said = ";service \"old\" { image \"r.example/o:1\"; api \"old\" port=8080 { version \"2.0.0\"; version \"1.0.0\" } }\ngateway \"public\" { host \"x.example\"; versions in=\"path\"; limit \"1/s\"; route \"/o\" to=\"old\" { public; split \"other\" share=\"25%\"; mirror \"other\" } }\nservice \"other\" { image \"r.example/p:1\"; api \"other\" port=8080 { version \"2.1.0\" } }\nlint \"plaintext-public-listener\" level=\"allow\" because=\"a test\"";
    let found = built(said).get(ENVOY);
    let old = found
        .split("- name: o-v1\n")
        .nth(1)
        .and_then(|it| it.split("- name: ").next())
        .expect("a rule of version 1");
    assert!(old.contains("cluster: old-v1") && !old.contains("other"), "{old}");
    assert!(found.contains("{name: other, weight: 25}"), "{found}");
}

#[test]
fn the_pods_of_somebody_elses_gateway_are_let_in() {
    let text = APP.replace(
        "environment \"prod\" platform=\"kubernetes\"",
        "environment \"prod\" platform=\"kubernetes\" { target \"kubernetes\" gateway=\"none\" gateway-namespace=\"edge\" gateway-labels=\"app.kubernetes.io/name=traefik tier=front\" }",
    ) + "gateway \"public\" { host \"x.example\"; tls min=\"1.2\"; limit \"10/s\"; route \"/\" to=\"w\" { public } }\n";
    let folder = Folder::with(&[("bastide.kdl", &text)]);
    let said = bastide(&folder, &["build", "--format", "json"]).exits(0);
    assert!(said.rules().contains(&"gateway-not-written".into()), "{}", said.out);
    let policy = folder.get("deploy/prod/kubernetes/w/networkpolicy.yaml");
    let peer = "kubernetes.io/metadata.name: edge\n      podSelector:\n        matchLabels:\n          app.kubernetes.io/name: traefik\n          tier: front\n";
    assert!(policy.contains(peer), "{policy}");
    folder.put("bastide.kdl", text.replace("tier=front", "tier"));
    assert!(bastide(&folder, &["check", "--format", "json"]).exits(1).rules().contains(&"wrong-type".into()));
}

#[test]
fn a_canary_of_grpc_moves_a_route_of_grpc() {
    let text = APP.replace(
        "platform=\"kubernetes\"",
        "platform=\"kubernetes\" { target \"kubernetes\" rollout=\"argo\" }",
    ) + "delivery { rollout \"canary\" steps=\"5% 50%\" pause=\"2m\" }\nservice \"g\" { image \"r.example/g:1\"; api \"g\" style=\"grpc\" port=9090 { version \"1.0.0\" } }\ngateway \"public\" { host \"x.example\"; tls min=\"1.2\" issuer=\"le\"; limit \"1/s\"; route \"/w\" to=\"w\" { public }; route \"/g.G\" to=\"g\" protocol=\"grpc\" { public } }\n";
    let folder = Folder::with(&[("bastide.kdl", &text)]);
    bastide(&folder, &["build", "--quiet"]).exits(0);
    let rollout = |name: &str| folder.get(&format!("deploy/prod/kubernetes/{name}/rollout.yaml"));
    assert!(
        rollout("g").contains("grpcRoutes:\n            - name: public-g-g\n")
            && !rollout("g").contains("httpRoutes")
    );
    assert!(
        rollout("w").contains("httpRoutes:\n            - name: public-w\n")
            && !rollout("w").contains("grpcRoutes")
    );
}
