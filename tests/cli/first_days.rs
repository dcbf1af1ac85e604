//! What somebody meets in the first days with a plan of their own: findings that say too much, too little or the wrong
//! thing cost more trust than those that are missing.

use crate::support::{Folder, bastide};

const HEAD: &str = "app \"shop\"\nenvironment \"dev\" platform=\"compose\"\n";

/// The rules that find something in a spec, and what was printed.
fn told(spec: &str) -> (Vec<String>, serde_json::Value) {
    let folder = Folder::with(&[("bastide.kdl", spec)]);
    let findings = bastide(&folder, &["check", "--format", "json"]).findings();
    let rules = findings.iter().map(|it| it["rule"].as_str().expect("a name").to_string()).collect();
    (rules, serde_json::json!({ "findings": findings }))
}

/// The same of a spec with `app` and `environment` in front of it.
fn found(spec: &str) -> (Vec<String>, serde_json::Value) {
    told(&format!("{HEAD}{spec}"))
}

#[test]
fn a_command_of_the_pipeline_is_no_weight_of_a_rule() {
    let (rules, _) = found(
        "service \"a\" like=\"built\" { image \"a:1\"; ci { lint \"cargo clippy\"; test \"cargo test\" } }",
    );
    assert!(rules.is_empty(), "{rules:?}");
    let (rules, _) = found(
        "archetype \"rust\" { ci { lint \"cargo clippy\" } }\nservice \"a\" like=\"rust\" { image \"a:1\" }",
    );
    assert!(rules.is_empty(), "{rules:?}");
}

#[test]
fn four_weeks_are_a_window_like_any_other() {
    let (rules, _) =
        found("service \"a\" like=\"built\" { image \"a:1\"; slo availability=\"99.9%\" window=\"28d\" }");
    assert!(!rules.contains(&"window-factor-mismatch".to_string()), "{rules:?}");
    let (rules, _) =
        found("service \"a\" like=\"built\" { image \"a:1\"; slo availability=\"99.9%\" window=\"1d\" }");
    assert!(rules.contains(&"window-factor-mismatch".to_string()), "{rules:?}");
}

#[test]
fn a_finding_says_where_it_holds_unless_it_holds_everywhere() {
    let spec = "environment \"prod\" platform=\"compose\"\nservice \"a\" like=\"built\" { image \"a\"; slo availability=\"100%\" }\nenvironment \"test\" platform=\"compose\" { service \"a\" { slo availability=\"99%\" } }";
    let (rules, json) = found(spec);
    let at = rules.iter().position(|rule| rule == "hundred-percent").expect("it is found");
    assert_eq!(json["findings"][at]["environments"], serde_json::json!(["dev", "prod"]));
    let everywhere = rules.iter().position(|rule| rule == "image-mutable").expect("it is found");
    assert!(json["findings"][everywhere]["environments"].is_null());
}

#[test]
fn a_finding_in_an_empty_file_names_the_file() {
    let folder = Folder::with(&[("bastide.kdl", "")]);
    let said = bastide(&folder, &["check"]);
    assert!(said.out.contains("bastide.kdl: what is described here has no name"), "{}", said.out);
}

/// The one finding of a spec: its rule and its act.
fn only(spec: &str) -> (String, String) {
    let (rules, json) = found(spec);
    assert_eq!(rules.len(), 1, "{spec}: {json:#}");
    (rules[0].clone(), json["findings"][0]["help"].as_str().expect("an act").to_string())
}

/// Words of compose and Kubernetes, and things in the wrong place: one finding each, whose act names what is written here.
#[test]
fn a_word_of_another_tool_is_answered_with_the_right_one() {
    let within = [
        (
            "slo availability=\"99%\" }\ngateway \"g\" { limit \"1/s\"; body-limit \"1Mi\"; auth \"jwt\" issuer=\"https://a.example\" jwks=\"https://a.example/k\"; route \"/a/*\" to=\"a\"",
            "wildcard-in-route",
            "route \"/a\"",
        ),
        ("ports \"8080:80\"", "unknown-node", "api \"http\" port=8080"),
        ("replicas 3", "unknown-node", "scale min=2 max=4"),
        ("depends_on \"db\"", "unknown-node", "uses"),
        ("environment { LOG \"x\" }", "unknown-node", "env { NAME"),
        ("livenessProbe path=\"/healthz\"", "unknown-node", "health live="),
        ("args \"--a\"", "unknown-node", "command \"program\""),
        ("read_only #true", "unknown-node", "writable #false"),
        ("working_dir \"/x\"", "unknown-node", "workdir"),
        ("networks \"front\"", "unknown-node", "take it out"),
        ("health path=\"/healthz\"", "unknown-property", "live="),
        ("health { test \"curl\" }", "unknown-node", "command="),
        ("resources { limits memory=\"1Gi\" }", "unknown-node", "memory-limit="),
        ("label \"team=a\"", "unexpected-argument", "label { NAME"),
        ("env A=\"b\"", "unknown-property", "env { A \"…\" }"),
        ("owner \"a\" { slack \"#a\" }", "unknown-node", "`contact=`"),
        ("calls \"https://api.stripe.com/v1\"", "unknown-reference", "external \"stripe\" url="),
        ("command \"a serve --port 80\"", "command-in-one-word", "command \"a\" \"serve\" \"--port\" \"80\""),
        ("route \"/\" to=\"a\"", "unknown-node", "`gateway`: move it there"),
    ];
    let beside = [
        ("postgresql \"db\"", "unknown-node", "type=\"postgres\""),
        ("job \"clean\" command=\"x\"", "unknown-node", "`service`: move it there"),
        ("namespace \"a\"", "unknown-node", "on the line of the `environment`"),
        ("ingress \"public\"", "unknown-node", "gateway \"public\""),
        ("service \"b\"", "image-of-nobody", "build \"services/b\""),
        (
            "resource \"db\" type=\"redis\" version=\"3\"\nservice \"b\" like=\"built\" { image \"b:1\"; uses \"db\"; env { A \"${db.host}\" } }",
            "unknown-version",
            "did you mean",
        ),
    ];
    let within = within.map(|(part, rule, act)| {
        (format!("service \"a\" like=\"built\" {{ image \"a:1\"; {part} }}"), rule, act)
    });
    let beside = beside.map(|(node, rule, act)| {
        (format!("service \"a\" like=\"built\" {{ image \"a:1\" }}\n{node}"), rule, act)
    });
    let (mut count, mut wrong) = (0, vec![]);
    for (spec, rule, act) in within.into_iter().chain(beside) {
        count += 1;
        let (rules, json) = found(&spec);
        let help = json["findings"][0]["help"].as_str().unwrap_or_default();
        if rules != [rule] || !help.contains(act) {
            wrong.push(format!("{spec}\n  {rules:?} {help}"));
        }
    }
    println!("{count} mistakes");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_value_as_another_tool_takes_it_is_answered_with_the_right_one() {
    let cases = [
        ("resources memory=\"1GB\"", "1G"),
        ("resources memory=\"512 mib\"", "512Mi"),
        ("resources cpu=\"2 cores\"", "2"),
        ("shutdown grace=\"30 sec\"", "30s"),
        ("shutdown grace=\"1 minute 30 seconds\"", "1m30s"),
        ("scale cpu=70", "70%"),
        ("slo availability=\"99,5 %\"", "99.5%"),
        ("slo availability=\"99.5%\" rate=\"100 req/sec\"", "100/s"),
        ("build \"services\\\\a\"", "services/a"),
        ("job \"j\" command=\"x\" schedule=\"@daily\"", "0 0 * * *"),
    ];
    for (part, right) in cases {
        let image = if part.starts_with("build") { "" } else { "image \"a:1\"; " };
        let (rule, help) = only(&format!("service \"a\" {{ {image}{part} }}"));
        assert_eq!((rule.as_str(), help), ("wrong-type", format!("write `\"{right}\"`")), "{part}");
    }
    // A ratio is no percentage, and a time that never comes is none.
    let (_, help) = only("service \"a\" like=\"built\" { image \"a:1\"; slo availability=\"0.999\" }");
    assert!(help.contains("such as"), "{help}");
    let (rule, _) = only(
        "service \"a\" like=\"built\" { image \"a:1\"; job \"j\" command=\"x\" schedule=\"61 * * * *\" }",
    );
    assert_eq!(rule, "wrong-type");
}

#[test]
fn one_fault_is_told_once() {
    assert_eq!(only("app \"b\"").0, "repeated-name");
    assert_eq!(only("resource \"r\" type=\"postgress\"").0, "unknown-reference");
    assert_eq!(only("service \"A_b\" like=\"built\" { image \"a:1\" }").1, "write `a-b`");
    let (rules, _) = found(
        "service \"A\" like=\"built\" { image \"a:1\" }\nservice \"B\" like=\"built\" { image \"a:1\" }",
    );
    assert_eq!(rules, ["bad-name", "bad-name"]);
    let gateway = "gateway \"g\" { host \"x.example\"; route \"a\" to=\"a\" }\nservice \"a\" like=\"built\" { image \"a:1\" }";
    assert_eq!(only(gateway).1, "write `\"/a\"`");
}

#[test]
fn what_belongs_under_another_word_is_sent_there() {
    let broker = "resource \"mq\" type=\"rabbitmq\"\nqueue \"q\" on=\"mq\" { max-length 9; outside }\n";
    let case =
        |part: &str| found(&format!("{broker}service \"a\" like=\"built\" {{ image \"a:1\"; {part} }}")).1;
    for (part, act) in [
        ("calls \"mq\"", "uses \"mq\""),
        ("subscribes \"q\"", "receives \"q\""),
        ("publishes \"q\"", "sends \"q\""),
    ] {
        let json = case(part);
        let finding = json["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .find(|it| it["rule"] == "unknown-reference");
        assert_eq!(finding.expect("it is found")["help"], format!("write `{act}`"), "{part}");
    }
}

#[test]
fn what_no_target_does_is_said() {
    let rules = |spec: &str| told(&format!("app \"shop\"\n{spec}")).0;
    let gateway = "gateway \"g\" replicas=3 { host \"x.example\"; tls issuer=\"i\"; limit \"9/s\"; body-limit \"1Mi\"; route \"/a\" to=\"a\" { public } }\nservice \"a\" like=\"built\" { image \"a:1\"; slo availability=\"99%\" }";
    // Envoy Gateway counts in one place.
    assert!(rules(&format!("environment \"p\" platform=\"kubernetes\"\n{gateway}")).is_empty());
    let own = "environment \"p\" platform=\"kubernetes\" { target \"gateway-envoy\" }";
    assert_eq!(rules(&format!("{own}\n{gateway}")), ["local-limit-times-replicas"]);
}

#[test]
fn a_reader_of_queues_has_no_rules_of_topics() {
    let spec = "app \"shop\"\nenvironment \"p\" platform=\"kubernetes\"\nresource \"mq\" type=\"rabbitmq\"\nqueue \"mails\" on=\"mq\" { max-length 9; dead-letter after=3; outside }\nservice \"mailer\" like=\"worker\" { image \"m:1\"; receives \"mails\" idempotent-by=\"id\" }";
    let folder = Folder::with(&[("bastide.kdl", spec)]);
    let said = bastide(&folder, &["build", "-q"]);
    assert_eq!(said.out, "", "{}", said.err);
    let files = folder.tree("deploy");
    assert!(!files.keys().any(|path| path.ends_with("prometheusrules/topics.yaml")), "{files:?}");
}

#[test]
fn an_alert_names_a_dashboard_only_where_there_are_some() {
    let named = |option: &str| {
        let spec = format!(
            "app \"shop\"\nenvironment \"p\" platform=\"kubernetes\" {{ target \"prometheus\" {option} }}\nservice \"a\" like=\"built\" {{ image \"a:1\"; api \"a\" port=80; slo availability=\"99%\" }}\ngateway \"g\" {{ host \"x.example\"; tls issuer=\"i\"; limit \"9/s\"; body-limit \"1Mi\"; route \"/a\" to=\"a\" {{ public }} }}"
        );
        let folder = Folder::with(&[("bastide.kdl", &spec)]);
        bastide(&folder, &["build", "-q"]).exits(0);
        let rules = folder.get("deploy/p/prometheus/prometheusrules/a-availability.yaml");
        let runbook = folder.get("deploy/p/prometheus/runbooks/a-availability-burn-slow.md");
        let lines = rules.lines().filter_map(|line| line.trim().strip_prefix("dashboard_path: "));
        (lines.map(str::to_string).collect::<Vec<_>>(), runbook.contains("the dashboard's link"))
    };
    assert_eq!(named(""), (vec![], false));
    let (lines, link) = named("dashboards=\"/d/\"");
    assert!(link && lines.len() == 3 && lines.iter().all(|line| line == "/d/shop-a"), "{lines:?}");
}

#[test]
fn check_knows_the_targets_as_build_does() {
    let case = |spec: &str| {
        let folder = Folder::with(&[(
            "bastide.kdl",
            &format!("app \"shop\"\n{spec}\nservice \"a\" like=\"built\" {{ image \"a:1\" }}"),
        )]);
        ["check", "build"]
            .map(|command| bastide(&folder, &[command, "--format", "json"]).json()["findings"].clone())
    };
    for (spec, rule, help) in [
        (
            "environment \"d\" platform=\"compose\" { target \"kubernets\" }",
            "unknown-target",
            "did you mean `kubernetes`?",
        ),
        (
            "environment \"d\" platform=\"compose\" { target \"compose\" evoy=\"x\" }",
            "unknown-option",
            "did you mean `envoy`?",
        ),
        (
            "environment \"p\" platform=\"kubernetes\" { target \"kubernetes\" rollout=\"argocd\" }",
            "wrong-type",
            "did you mean `\"argo\"`?",
        ),
        (
            "environment \"p\" platform=\"kubernetes\" { target \"kubernetes\" { rollout \"canary\" } }",
            "wrong-type",
            "write one of `\"rolling\"`, `\"argo\"`",
        ),
        (
            "environment \"p\" platform=\"kubernetes\" { target \"kubernetes\" keda=\"true\" }",
            "wrong-type",
            "write `#true`",
        ),
        (
            "environment \"p\" platform=\"kubernetes\" { target \"kubernetes\" version=1.30 }",
            "wrong-type",
            "between quotes",
        ),
        (
            "environment \"d\" platform=\"compose\" { target \"compose\" pids=\"99\" }",
            "wrong-type",
            "write `99` without quotes",
        ),
        (
            "environment \"d\" platform=\"compose\" { target \"compose\" enabled=\"no\" }",
            "wrong-type",
            "write `#true` or `#false`",
        ),
        (
            "environment \"d\" platform=\"compose\"\ndelivery { ci \"circleci\" }",
            "unknown-target",
            "write `ci \"github\"`",
        ),
    ] {
        for findings in case(spec) {
            let finding = findings.as_array().expect("findings").iter().find(|it| it["rule"] == rule);
            let said =
                finding.unwrap_or_else(|| panic!("{spec}: {findings:#}"))["help"].as_str().expect("an act");
            assert!(said.contains(help), "{said}");
        }
    }
}

#[test]
fn a_wrong_option_is_told_once_at_its_value_with_what_it_takes() {
    let case = |options: &str, more: &str| {
        let spec = format!(
            "app \"shop\"\nenvironment \"p\" platform=\"kubernetes\" {{ target \"kubernetes\" {options} }}\nservice \"a\" like=\"built\" {{ image \"a:1\" }}\n{more}"
        );
        let folder = Folder::with(&[("bastide.kdl", &spec)]);
        let findings = bastide(&folder, &["build", "--format", "json"]).json()["findings"]
            .as_array()
            .expect("findings")
            .clone();
        findings.into_iter().filter(|it| it["level"] == "deny").collect::<Vec<_>>()
    };
    let said = case("kafka=\"container\" rollout=\"blue\"", "");
    assert_eq!(said.len(), 1, "{said:#?}");
    assert_eq!(said[0]["message"], "`rollout` of target `kubernetes` takes one of `\"rolling\"`, `\"argo\"`");
    assert_eq!((&said[0]["labels"][0]["line"], &said[0]["labels"][0]["column"]), (&2.into(), &87.into()));
    // The default of an option is always one of its values.
    assert!(case("rollout=\"rolling\" secret-store=\"\" cpu-limit=\"equal\" keda=#false", "").is_empty());
    // The form of a resource is judged with the resource, else here.
    let postgres = "resource \"db\" type=\"postgres\"";
    let rules = |more: &str| {
        let all = case("postgres=\"cnpg\"", more).into_iter().map(|it| it["rule"].to_string());
        all.filter(|rule| rule != "\"no-backup\"").collect::<Vec<_>>()
    };
    assert_eq!(rules(""), ["\"wrong-type\""]);
    assert_eq!(rules(postgres), ["\"unknown-provider\""]);
}

#[test]
fn a_question_that_leads_nowhere_is_answered_with_the_next_that_does() {
    let spec = "app \"shop\"\nenvironment \"d\" platform=\"compose\"\nservice \"cart\" like=\"built\" { image \"c:1\"; scale min=2 }";
    let folder = Folder::with(&[("bastide.kdl", spec)]);
    let help = |question: &str| {
        let said = bastide(&folder, &["why", question]);
        assert_eq!(said.code, 1, "{question}");
        said.out
    };
    assert!(help("service.cart.scale.mni").contains("did you mean `service.cart.scale.min`?"));
    assert!(help("service.orders").contains("known here: `service.cart`"));
    assert!(help("app").contains("`app.shop`"));
    assert!(help("deploy/d/compose/compose.yaml:9999").contains("has"));
    bastide(&folder, &["build"]).exits(0);
    let whole = folder.0.join("deploy/d/compose/compose.yaml:1");
    bastide(&folder, &["why", &whole.to_string_lossy()]).exits(0);
}

#[test]
fn contracts_of_two_formats_are_not_compared() {
    let folder = Folder::with(&[
        ("a/order.avsc", "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[]}"),
        ("a/order.proto", "syntax = \"proto3\";"),
        ("b/order.avsc", "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[]}"),
    ]);
    let one = bastide(&folder, &["contract", "diff", "a/order.avsc", "a/order.proto"]).exits(2);
    assert!(one.err.contains("the old side is avro"), "{}", one.err);
    let all = bastide(&folder, &["contract", "diff", "a", "b"]).exits(2);
    assert!(all.err.contains("say which: `--kind`"), "{}", all.err);
    bastide(&folder, &["contract", "diff", "a", "b", "--kind", "avro"]).exits(0);
}

#[test]
fn what_is_reached_over_a_network_is_declared() {
    let (rule, help) = only(
        "service \"a\" like=\"built\" { image \"a:1\"; env { MAIL \"smtp://app@mail.example.com:25/x\" } }",
    );
    assert_eq!(rule, "undeclared-egress");
    assert!(help.contains("url=\"smtp://mail.example.com:25\""), "{help}");
    assert!(
        found("service \"a\" like=\"built\" { image \"a:1\"; env { STORE \"s3://my.bucket/a\" } }")
            .0
            .is_empty()
    );
}

#[test]
fn stubs_stand_where_they_are_read_and_over_nothing() {
    let folder = Folder::with(&[("bastide.kdl", "app \"a\"\nenvironment \"d\" platform=\"compose\"")]);
    let rule = bastide(&folder, &["new", "rule", "no-fridays"]).exits(2);
    assert!(rule.err.contains("a rule of your own is a `policy`"), "{}", rule.err);
    assert!(folder.tree("compiler").is_empty());
    let init = bastide(&folder, &["init"]).exits(2);
    assert!(init.err.contains("is there already"), "{}", init.err);
}

#[test]
fn what_speaks_no_http_is_not_sent_through_a_gateway() {
    let spec = "external \"mail\" url=\"smtp://mail.example.com:25\"\ngateway \"out\" direction=\"out\" { allow \"mail\" }\nservice \"a\" like=\"built\" { image \"a:1\"; calls \"mail\" timeout=\"2s\" }";
    let (rules, json) = found(spec);
    let at = rules.iter().position(|rule| rule == "feature-not-expressible").expect("it is found");
    assert_eq!(json["findings"][at]["level"], "deny");
    assert!(!found(&spec.replace("smtp", "https")).0.contains(&rules[at]));
}
