//! What platforms take: facts that they count together, names that they cut, and what is refused before anything is
//! written. `check` and `build` say the same.

use crate::support::{Folder, bastide};

const HEAD: &str = r#"
app "x" version="1.0.0" { owner "core" contact="x"; images "r.example.com/x" }
environment "dev" platform="compose"
environment "prod" platform="kubernetes" namespace="xx"
lint "no-backup" level="allow" because="a test"
"#;
const COMPOSE: &str = "deploy/dev/compose/compose.yaml";
const CLUSTER: &str = "deploy/prod/kubernetes";

/// A spec, and for files of its output what stands in each: lines, one below the other.
type Written<'t> = (&'t str, &'t [(&'t str, &'t str)]);

const WRITTEN: [Written<'_>; 10] = [
    // The platform counts the wait before the signal and the time after it together; a job does not wait.
    (
        r#"service "a" { build "."; shutdown grace="5s"; job "b" schedule="0 1 * * *" command="b" }"#,
        &[
            ("a/deployment.yaml", "terminationGracePeriodSeconds: 15"),
            ("a/cronjob-b.yaml", "terminationGracePeriodSeconds: 5"),
            ("compose.yaml", "stop_grace_period: 5s"),
        ],
    ),
    (
        r#"service "a" { build "."; shutdown delay="30s" grace="30s" }"#,
        &[("a/deployment.yaml", "terminationGracePeriodSeconds: 60"), ("a/deployment.yaml", "seconds: 30")],
    ),
    // The kubelet fills in variables, and so does compose; what is no variable there stays as it is.
    (
        r#"service "l" { build "."; env { A "pa$$word"; B "$(A)" }; command "run" "$(A)"; health command="echo $(A)"
            job "m" run="before-release" command="m --pass pa$$word"; sidecar "s" { image "r/s:1.0.0"; command "$(A)"; env { C "$$" } } }"#,
        &[
            ("l/job-m.yaml", "value: pa$$$$word"),
            ("l/job-m.yaml", "value: $$(A)"),
            ("l/job-m.yaml", "- pa$$$$word"),
            ("l/deployment.yaml", "args:\n        - run\n        - $$(A)"),
            ("l/deployment.yaml", "args:\n        - $$(A)"),
            ("l/deployment.yaml", "value: $$$$"),
            ("l/deployment.yaml", "command:\n            - echo\n            - $(A)"),
            ("l/configmap.yaml", "A: pa$$word\n  APP_VERSION: 1.0.0\n  B: $(A)"),
            ("compose.yaml", "A: pa$$$$word"),
        ],
    ),
    (
        r#"service "a" { build "."; volume "/cache" temporary=#true size="2Gi"; resources memory="128Mi" }"#,
        &[("a/deployment.yaml", "ephemeral-storage: 2304Mi"), ("compose.yaml", "mem_limit: 2176M")],
    ),
    (
        r#"service "a" { build "."; uses "rd" }
        resource "rd" type="redis" { option "memory" value="1gb" }"#,
        &[
            ("resources/rd/deployment.yaml", "limits:\n            memory: 1320Mi"),
            ("compose.yaml", "mem_limit: 1336M"),
        ],
    ),
    (
        r#"service "w" like="built" { image "r/w:1.0.0"; sidecar "agent" { image "r/agent:1.0.0"; port "agent" number=9000
            resources cpu="333m" memory="32Mi" cpu-limit="2" } }"#,
        &[
            ("w/deployment.yaml", "ports:\n        - name: agent\n          containerPort: 9000"),
            ("w/deployment.yaml", "cpu: 333m\n            memory: 32Mi"),
            ("w/deployment.yaml", "cpu: 2000m\n            memory: 32Mi"),
            ("compose.yaml", "mem_limit: 32M"),
            ("compose.yaml", "cpus: \"2.0\""),
        ],
    ),
    (
        r#"service "turn" like="built" { image "r/turn:1.0.0"; port "stun" number=3478 }
        service "api" like="built" { image "r/api:1.0.0"; api "api" port=8080 { version "1.0.0" }; calls "turn"; env { T "${turn.address}" } }"#,
        &[
            ("api/configmap.yaml", "T: turn:3478\n  TURN_TIMEOUT: 1s\n  TURN_URL: tcp://turn:3478"),
            ("api/networkpolicy.yaml", "port: 3478"),
            ("turn/networkpolicy.yaml", "port: 3478"),
            ("turn/deployment.yaml", "startupProbe:\n          tcpSocket:\n            port: stun"),
        ],
    ),
    // Who says by which path it is asked speaks HTTP, whatever else is spoken there.
    (
        r#"service "a" like="built" { image "r/a:1.0.0"; port "web" number=80; health live="/up" ready="/ok" }"#,
        &[("a/deployment.yaml", "startupProbe:\n          httpGet:\n            path: /up")],
    ),
    (
        r#"service "a" { build "."; file "/etc/x.conf" text="dot"; file "/etc/x-conf" text="dash"; file "/z" text="z" }"#,
        &[
            ("a/configmap-files.yaml", ": dot\n"),
            ("a/configmap-files.yaml", ": dash\n"),
            ("a/configmap-files.yaml", "  z: z\n"),
        ],
    ),
    // What the spec writes takes the place of what follows from an edge, on both platforms.
    (
        r#"service "a" { build "."; uses "db"; env { DB_URL_FILE "/mine" } }
        resource "db" type="postgres""#,
        &[("a/configmap.yaml", "DB_URL_FILE: /mine"), ("compose.yaml", "DB_URL_FILE: /mine")],
    ),
];

#[test]
fn what_platforms_count_together_is_written_so() {
    let mut tried = 0;
    for (spec, files) in WRITTEN {
        let folder = Folder::with(&[("bastide.kdl", &format!("{HEAD}{spec}"))]);
        bastide(&folder, &["build", "--quiet"]).exits(0);
        for (file, text) in files {
            let path = if *file == "compose.yaml" { COMPOSE.into() } else { format!("{CLUSTER}/{file}") };
            let found = folder.get(&path);
            assert!(found.contains(text), "{spec}\n{file} lacks\n{text}\n{found}");
            tried += 1;
        }
    }
    let both = Folder::with(&[("bastide.kdl", &format!("{HEAD}{}", WRITTEN[9].0))]);
    bastide(&both, &["build", "--quiet"]).exits(0);
    assert_eq!(both.get(COMPOSE).matches("DB_URL_FILE").count(), 1);
    assert!(!both.get(&format!("{CLUSTER}/a/deployment.yaml")).contains("DB_URL_FILE"));
    println!("{} specs, {tried} texts", WRITTEN.len());
}

/// A spec, the rule that refuses it, and a text of the message.
const REFUSED: [(&str, &str, &str); 16] = [
    (
        r#"service "a" { build "."; job "b-c" schedule="0 1 * * *" command="b" }
        service "a-b" { build "."; job "c" schedule="0 2 * * *" command="c" }"#,
        "derived-name-taken",
        "`a-b-c` is the name of two things",
    ),
    (
        r#"service "shop" { build "."; api "a" port=8080 { version "2.0.0"; version "1.0.0" } }
        service "shop-v1" { build "." }"#,
        "derived-name-taken",
        "`shop-v1`",
    ),
    (
        r#"service "a" { build "."; volume "/d" }
        service "a-volumes" { build "." }"#,
        "derived-name-taken",
        "`a-volumes`",
    ),
    (
        r#"service "a" { build "."; sidecar "s" { image "r/s:1.0.0" } }
        service "a-s" { build "." }"#,
        "derived-name-taken",
        "`a-s`",
    ),
    (
        r#"service "a" { build "."; publishes "t" }
        resource "k" type="kafka"
        topic "t" on="k"
        service "k-topics" { build "." }"#,
        "derived-name-taken",
        "`k-topics`",
    ),
    (
        r#"gateway "a" { host "a.example"; route "/b/c" to="s" }
        gateway "a-b" { host "b.example"; route "/c" to="s" }
        service "s" { build "."; api "s" port=8080 { version "1.0.0" } }"#,
        "derived-name-taken",
        "`a-b-c`",
    ),
    (
        r#"service "a" { build "."; secret "TOKEN" from="a/b#c"; env { TOKEN_FILE "/mine" } }"#,
        "variable-twice",
        "`TOKEN_FILE` is set twice",
    ),
    (
        r#"service "a" { build "."; secret "TOKEN" from="a/b#c" as="env"; env { TOKEN "mine" } }"#,
        "variable-twice",
        "`TOKEN` is set twice",
    ),
    (
        r#"service "a" { build "."; uses "db"; secret "TOKEN" from="a/b#c"; env { TOKEN_FILE "${db.password}" } }
        resource "db" type="postgres""#,
        "variable-twice",
        "`TOKEN_FILE` is set twice",
    ),
    (
        r#"service "a" { build "."; api "g" port=8080 { version "1.0.0" }; scale min=0 max=3 }"#,
        "scale-from-zero",
        "nothing wakes it",
    ),
    (
        r#"gateway "public" { host "a.example"; tls issuer="le"; route "/" to="a" }
        service "a" { build "."; api "a" port=8080 { version "1.0.0" } }
        service "public-tls" { build "."; secret "T" from="a/b#c" }"#,
        "derived-name-taken",
        "`public-tls`",
    ),
    (
        r#"gateway "public" { host "a.example"; limit "5000000000/s"; route "/" to="a" }
        service "a" { build "."; api "a" port=8080 { version "1.0.0" } }"#,
        "platform-limit",
        "counts requests in 32 bits",
    ),
    (
        r#"gateway "public" { host "a0.x" "a1.x" "a2.x" "a3.x" "a4.x" "a5.x" "a6.x" "a7.x" "a8.x" "a9.x" "b0.x" "b1.x" "b2.x" "b3.x" "b4.x" "b5.x" "b6.x"; route "/" to="a" }
        service "a" { build "."; api "a" port=8080 { version "1.0.0" } }"#,
        "platform-limit",
        "has 17 hosts",
    ),
    (
        r#"service "a" { build "."; file "/big" from="big.txt" }"#,
        "platform-limit",
        "a ConfigMap holds 1048576",
    ),
    (
        r#"service "a" { build "."; uses "rd" }
        resource "rd" type="redis" { option "memory" value="1gb"; resources memory="256Mi" }"#,
        "wrong-type",
        "may hold 1gb of data",
    ),
    (
        r#"service "a" { build "."; uses "rd" }
        resource "rd" type="valkey" { option "memory" value="1Gi" }"#,
        "wrong-type",
        "no amount of memory",
    ),
];

#[test]
fn what_platforms_refuse_is_refused_by_check_and_by_build() {
    let big = "a".repeat(1_200_000);
    for (spec, rule, text) in REFUSED {
        let folder = Folder::with(&[("bastide.kdl", &format!("{HEAD}{spec}")), ("big.txt", &big)]);
        for command in ["check", "build"] {
            let said = bastide(&folder, &[command, "--format", "json"]).exits(1).json();
            let found = said["findings"].as_array().expect("findings");
            let of = |it: &&serde_json::Value| it["rule"] == rule && it["level"] == "deny";
            let finding = found.iter().find(of).unwrap_or_else(|| panic!("{spec}\n{command}: {said:#}"));
            assert!(finding["message"].as_str().is_some_and(|it| it.contains(text)), "{spec}\n{finding:#}");
            assert!(!finding["help"].is_null() && !finding["labels"].is_null(), "{finding:#}");
        }
        assert!(folder.tree("deploy").is_empty(), "{spec}");
    }
    println!("{} specs refused", REFUSED.len());
}

/// The longest names that the language takes, and longer paths: every name and label of every object fits.
#[test]
fn names_that_are_made_from_others_fit() {
    let long = "customer-notification-preference-service";
    let path = "/customer-notification-preferences/settings/by-tenant/and-by-region";
    let spec = format!(
        r#"service "{long}" {{ image "r/w:1.0.0"; api "{long}" port=8080 {{ version "2.0.0"; version "1.0.0" }}
            job "recalculate" schedule="0 1 * * *" command="x"; port "stun" number=1234
            file "{path}{path}{path}{path}.toml" text="x" }}
        gateway "public" {{ host "x.example"; tls min="1.2" issuer="le"; limit "10/s"; versions in="path"
            route "{path}" to="{long}" {{ public }}; route "{path}x" to="{long}" {{ public; retries 1 }}
            route "/a-b" to="{long}" {{ public; timeout "2s" }}; route "/a/b" to="{long}" {{ public; timeout "3s" }} }}"#
    );
    let folder = Folder::with(&[("bastide.kdl", &format!("{HEAD}{spec}"))]);
    bastide(&folder, &["build", "--quiet"]).exits(0);
    let mut tried = 0;
    for (file, text) in folder.tree(CLUSTER) {
        for line in String::from_utf8_lossy(&text).lines() {
            let line = line.trim_start().trim_start_matches("- ");
            let label = line.strip_prefix("app.kubernetes.io/").and_then(|it| it.split_once(": "));
            let name = line.strip_prefix("name: ").map(|it| ("name", it));
            let most = if label.is_some() { 63 } else { 253 };
            if let Some((key, value)) = label.or(name) {
                assert!(value.len() <= most, "{file}: {key}: {value} has {}", value.len());
                tried += 1;
            }
        }
    }
    println!("{tried} names and labels");
}

/// What only the rules beside the templates know: an object that is patched.
#[test]
fn what_is_rendered_is_held_against_the_rules_of_its_platform() {
    let cases = [
        (
            "set \"spec.replicas\" value=99999999999",
            "99999999999 at `spec.replicas` of Deployment `a`: it is a number of 32 bits",
        ),
        (
            "set \"metadata.labels.team\" value=\"a b\"",
            "`a b` (3 letters) at `metadata.labels.team` of Deployment `a`",
        ),
        ("set \"spec.template.metadata.labels.A_\" value=\"a\"", "`A_` (2 letters)"),
    ];
    for (set, text) in cases {
        let spec = HEAD.replace(
            "namespace=\"xx\"",
            &format!("namespace=\"xx\" {{ patch \"Deployment/a\" {{ {set} }} }}"),
        );
        let folder = Folder::with(&[(
            "bastide.kdl",
            &format!("{spec}service \"a\" {{ build \".\"; port \"p\" number=1 }}"),
        )]);
        let said = bastide(&folder, &["build", "--format", "json"]).exits(1).json();
        let found = said["findings"].as_array().expect("findings");
        let finding =
            found.iter().find(|it| it["rule"] == "platform-limit").unwrap_or_else(|| panic!("{said:#}"));
        assert!(finding["message"].as_str().is_some_and(|it| it.contains(text)), "{finding:#}");
        assert_eq!(finding["labels"][0]["line"], 6, "{finding:#}");
        assert!(folder.tree("deploy").is_empty());
    }
}

/// Objects beside those of routes, and routes that are called like them.
#[test]
fn what_a_gateway_makes_meets_no_route() {
    let spec = r#"service "s" { build "."; api "s" port=8080 { version "1.0.0" } }
        gateway "public" { host "x.example"; tls min="1.2" issuer="le"; limit "10/s"
            route "/redirect" to="s" { public }; route "/a" to="s" { public; retries 1 }; route "/a/unsafe" to="s" { public; retries 1 } }"#;
    let folder = Folder::with(&[("bastide.kdl", &format!("{HEAD}{spec}"))]);
    bastide(&folder, &["build", "--quiet"]).exits(0);
}
