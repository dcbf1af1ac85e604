//! Rules believe only what is carried out: of each rule that is content because of a field, a plan that says the field is told
//! where no target carries it out; and a machine writes no promise that nothing keeps.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

use super::example::{Example, fixed, shown};
use super::page::{examples, unformed};
use bastide_core::check::{RULES, Rule};
use bastide_core::target::{Pack, manifest};
use bastide_report::finding::{Finding, Report, Spot};
use bastide_report::source::{Role, Sources};
use bastide_template::Templates;
use std::collections::BTreeSet;

/// Everything a target may carry out.
const ALL: &str = "covers \"app\" \"environment\" \"delivery\" \"resource\" \"topic\" \"queue\" \"external\" \"service\" \"function\" \"gateway\" \"saga\" \"calls\" \"route\" \"job\" \"api\"";
/// Little more than nothing.
const NOTHING: &str = "covers \"service.image\"";
/// A way in, for examples of routes.
const WAY_IN: &str =
    "gateway \"public\" { host \"api.shop.example\"; body-limit \"1Mi\"; tls issuer=\"le\"; ";
const PROD: &str = "environment \"prod\" platform=\"kubernetes\"\n";
const TOKEN: &str = "auth \"jwt\" issuer=\"https://id.shop.example/\" audience=\"shop\" jwks=\"https://id.shop.example/jwks.json\"";

/// Plans that say a field of which no good example of the rule's page speaks.
fn own(rule: &str, field: &str) -> Option<String> {
    let routed = |gateway: &str, route: &str| {
        format!("{WAY_IN}{gateway} route \"/a\" to=\"a\" {{ {route} }} }}\nservice \"a\" {{ build \"a\" }}\n")
    };
    let service = |inner: &str| format!("{PROD}service \"a\" {{ build \"a\"; {inner} }}\n");
    let limit = "limit \"100/s\";";
    Some(match (rule, field) {
        ("public-route-without-auth", "route.auth") => routed(limit, TOKEN),
        ("user-limit-without-user", "gateway.auth") => {
            routed(&format!("{limit} {TOKEN};"), "limit \"5/s\" by=\"user\"")
        }
        ("user-limit-without-user", "route.auth") => {
            routed(limit, &format!("{TOKEN}; limit \"5/s\" by=\"user\""))
        }
        ("no-rate-limit-public", "gateway.limit") => PROD.to_string() + &routed(limit, "public"),
        ("no-rate-limit-public", "route.limit") => {
            PROD.to_string() + &routed("", &format!("public; {limit}"))
        }
        ("body-limit-missing", "route.body-limit") => {
            routed(limit, "public; body-limit \"1Mi\"").replace("body-limit \"1Mi\"; tls", "tls")
        }
        ("missing-timeout", "route.timeout") => routed(limit, "public; timeout \"4s\""),
        ("missing-timeout", "gateway.timeout") => routed(&format!("{limit} timeout \"4s\";"), "public"),
        ("debug-port-public", _) => {
            routed(&format!("{limit} {TOKEN};"), "require claim=\"role\" value=\"operator\"")
                .replace("\"/a\"", "\"/debug\"")
        }
        ("closed-port", "service.port.expose") => service("port \"a\" number=8080 expose=\"cluster\""),
        ("closed-port", "api.from") => service("api \"a\" port=8080 from=\"cluster\""),
        ("job-without-volume", _) => service(
            "scale min=1 max=3; volume \"/data\" temporary=#true; job \"tidy\" schedule=\"0 3 * * *\" command=\"tidy\"",
        ),
        ("local-state", _) => service("scale min=2 max=2; volume \"/data\" temporary=#true"),
        ("scale-from-zero", _) => format!(
            "resource \"events\" type=\"kafka\"\ntopic \"placed\" on=\"events\" {{ partitions 3; dead-letter after=5; outside }}\n{}",
            service("scale min=0 max=3 lag=100; subscribes \"placed\" idempotent-by=\"id\"")
        ),
        ("db-connections", _) => format!(
            "resource \"db\" type=\"postgres\" {{ max-connections 400; backup schedule=\"0 3 * * *\" }}\n{}",
            service("uses \"db\"; scale min=2 max=20 pool=10")
        ),
        ("slo-above-replicas", "service.scale.min") => service("slo availability=\"99.9%\"; scale min=2"),
        ("no-slo-on-public-route", _) => {
            PROD.to_string()
                + &routed(limit, "public").replace("build \"a\"", "build \"a\"; slo availability=\"99.5%\"")
        }
        ("non-idempotent-consumer", _) => format!(
            "resource \"events\" type=\"kafka\"\ntopic \"placed\" on=\"events\" {{ partitions 3; delivery \"at-most-once\"; dead-letter after=5; outside }}\n{}",
            service("subscribes \"placed\"")
        ),
        ("missing-dlq", "queue.dead-letter.after") => queue("dead-letter after=5", ""),
        ("retention-below-rto", "queue.retention") => {
            let store = "resource \"db\" type=\"postgres\" { backup schedule=\"0 3 * * *\" rto=\"4h\" }\n";
            store.to_string() + &queue("retention \"1d\"; dead-letter after=5", "uses \"db\"")
        }
        _ => return None,
    })
}

fn queue(says: &str, reader: &str) -> String {
    format!(
        "resource \"jobs\" type=\"rabbitmq\"\nqueue \"mails\" on=\"jobs\" {{ max-length 100000; {says} }}\nservice \"a\" {{ build \"a\"; sends \"mails\" }}\nservice \"b\" {{ build \"b\"; receives \"mails\" idempotent-by=\"id\"; {reader} }}\n"
    )
}

/// A pack that says this and nothing else.
fn pack(claims: &str) -> Pack {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let text = format!("target \"nobody\" {{\n    about \"A test.\"\n    {claims}\n}}\n");
    let file = sources.add("target.kdl", text, Role::Pack);
    let manifest = manifest::read(file, &sources, &mut report).expect("a manifest");
    let templates = Templates::load(&[], &sources, &manifest.text_options, &mut report);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    Pack { manifest: manifest.into(), templates, rules: Default::default() }
}

/// The plans in which a rule may be content because of a field.
fn plans(rule: &Rule, field: &str) -> Vec<Example> {
    let of_page = examples(rule.page).into_iter().filter(|(bad, _)| !bad).map(|(_, plan)| plan);
    let own = own(rule.name, field).map(|spec| Example { spec, ..Example::default() });
    own.into_iter().chain(of_page).collect()
}

/// What is wrong with what a rule says of a plan whose field is lost.
fn untold(rule: &Rule, plan: &Example, claims: &str, why: &str) -> Option<String> {
    let (sources, found) = plan.run_on(Some(&pack(claims)));
    let told = |it: &&Finding| it.rule == rule.name && it.message.contains(" is written, but ");
    let Some(told) = found.iter().find(told) else { return Some(shown(&sources, &found)) };
    let mut wrong = unformed(&sources, std::slice::from_ref(told));
    wrong.extend((!told.message.contains(why)).then(|| format!("does not say {why}")));
    wrong.extend((!told.edits.is_empty()).then(|| "has an act".into()));
    (!wrong.is_empty()).then(|| format!("{wrong:?}\n{}", shown(&sources, &found)))
}

#[test]
fn no_rule_believes_what_nobody_carries_out() {
    let (mut faults, mut tried) = (vec![], 0);
    for rule in RULES {
        for belief in rule.beliefs.iter().filter(|it| !SILENCES.contains(&(rule.name, it.field))) {
            let field = belief.field;
            let refusing = format!("{ALL}\n    refuses \"{field}\" because=\"it cannot\"");
            let (mut last, mut seen) = ("no plan says it".to_string(), false);
            for plan in plans(rule, field) {
                let whole = plan.run_on(Some(&pack(ALL)));
                if whole.1.iter().any(|it| it.rule == rule.name) {
                    continue;
                }
                let refused = untold(rule, &plan, &refusing, "`nobody` does not carry it out: it cannot");
                let alone = SILENCES.iter().any(|(name, _)| *name == rule.name);
                let unwritten = || untold(rule, &plan, if alone { &refusing } else { NOTHING }, " carr");
                match refused.or_else(unwritten) {
                    Some(fault) => last = fault,
                    None => seen = true,
                }
            }
            tried += 1;
            if !seen {
                faults.push(format!("{} of `{field}`: {last}", rule.name));
            }
        }
    }
    println!("{tried} beliefs of {} rules tried", RULES.iter().filter(|it| !it.beliefs.is_empty()).count());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried >= 40);
}

/// Fields whose loss takes away what the rule looks for: they are lost together with what makes it content.
const SILENCES: &[(&str, &str)] = &[("rf-exceeds-brokers", "topic.replicas")];

#[test]
fn a_breaker_that_nobody_writes_breaks_nothing() {
    let plan = |out: &str| Example {
        spec: format!(
            "{PROD}external \"pay\" url=\"https://pay.example\"\n{out}service \"web\" {{ build \"web\"; calls \"pay\" timeout=\"1s\" }}\n"
        ),
        ..Example::default()
    };
    let way_out = "gateway \"out\" direction=\"out\" { allow \"pay\" }\n";
    let refused = format!("{ALL}\n    refuses \"calls.breaker\" because=\"it cannot\"");
    for (claims, out, told) in [(ALL, "", false), (ALL, way_out, false), (refused.as_str(), "", true)] {
        let (sources, found) = plan(out).run_on(Some(&pack(claims)));
        let said = found.iter().any(|it| it.rule == "no-circuit-breaker");
        assert_eq!(said, told, "{claims} {out} {}", shown(&sources, &found));
    }
}

/// Where nobody carries out anything, no act of a machine writes more than facts.
#[test]
fn no_act_writes_what_nobody_carries_out() {
    let (mut acts, mut kept) = (0, 0);
    for rule in RULES {
        for (_, plan) in examples(rule.page).into_iter().filter(|(bad, _)| *bad) {
            let edits = |found: &[Finding]| -> BTreeSet<(String, String)> {
                let own = found.iter().filter(|it| it.rule == rule.name).flat_map(|it| it.edits.iter());
                let new = own.filter(|it| matches!(it.spot, Spot::Child(..) | Spot::Property(_)));
                new.map(|it| (format!("{:?}", it.spot), it.text.clone())).collect()
            };
            let before = edits(&plan.run_on(Some(&pack(ALL))).1);
            let (sources, found) = plan.run_on(Some(&pack(NOTHING)));
            let after = edits(&found);
            acts += before.len();
            kept += after.len();
            let facts = |spot: &str| FACTS.iter().any(|fact| spot.contains(fact));
            assert!(
                after.iter().all(|(spot, _)| facts(spot)),
                "{}: {after:?}\n{}",
                rule.name,
                shown(&sources, &found)
            );
            assert!(fixed(rule.name, &sources, &found).is_none_or(|text| !text.is_empty()));
        }
    }
    println!("{acts} acts that write something new, {kept} of them facts");
    assert!(acts >= 5 && kept < acts);
}

/// Facts that only rules read.
const FACTS: &[&str] = &["\"budget\""];

/// Every rule is asked: it believes something, or it is said here why there is nothing to believe.
#[test]
fn every_rule_is_asked_what_it_believes() {
    let asked = RULES.iter().filter(|it| !it.beliefs.is_empty()).map(|it| it.name);
    let excused = REASONS.iter().flat_map(|(_, rules)| rules.iter().copied());
    let mut all: Vec<&str> = asked.chain(excused).collect();
    all.sort_unstable();
    let rules: Vec<&str> = RULES.iter().map(|it| it.name).collect();
    assert_eq!(all, rules, "a rule neither believes nor has a reason, or both");
    println!(
        "{} rules: {} of them believe",
        rules.len(),
        rules.len() - REASONS.iter().map(|it| it.1.len()).sum::<usize>()
    );
}

/// Rules that believe nothing, by their reason.
pub const REASONS: &[(&str, &[&str])] = &[
    ("it asks the ledger itself: what it relies on is on by default", &["no-circuit-breaker"]),
    (
        "it tells by itself of what its platform does not carry out",
        &[
            "broker-guarantee-mismatch",
            "broker-lacks-field",
            "feature-not-expressible",
            "field-above-profile",
            "gate-without-command",
            "gate-without-stack",
            "gate-without-work",
            "gateway-not-written",
            "replicas-not-run",
            "rollout-not-written",
        ],
    ),
    (
        "versions, dates and compatibility of contracts are facts between teams",
        &[
            "ambiguous-api",
            "ambiguous-version",
            "breaking-without-major",
            "contract-missing",
            "contract-not-compared",
            "dependency-on-deprecated",
            "dependency-on-prerelease",
            "deprecated-without-sunset",
            "mixed-version-location",
            "needless-major",
            "pinned-version",
            "removed-before-sunset",
            "required-version-unsatisfied",
            "routed-past-sunset",
            "schema-compat-none",
            "schema-incompatible",
            "several-versions-in-knot",
            "stability-lowered",
            "stable-on-alpha",
            "style-mismatch",
            "sunset-moved-earlier",
            "sunset-too-soon",
            "too-many-versions",
            "unknown-element",
            "unversioned-public-api",
            "version-gap",
            "version-too-low",
            "version-went-down",
        ],
    ),
    (
        "what silences it is a fact about a program, a store or a cluster, which only rules read",
        &[
            "cap-mismatch",
            "dual-write",
            "stand-in-in-cluster",
            "event-loop",
            "hard-dep-without-fallback",
            "load-margin",
            "namespace-twice",
            "no-retry-budget",
            "non-idempotent-retry",
            "pii-plaintext",
            "quota-exceeded",
            "retry-owner-conflict",
            "rto-not-met",
            "saga-step-uncompensated",
            "sticky-without-store",
            "undeclared-egress",
        ],
    ),
    (
        "it looks for something that is written; where that is lost there is nothing to find",
        &[
            "beyond-own-objects",
            "body-limit-above-memory",
            "cache-as-truth",
            "canary-too-short",
            "clear-text-refused",
            "host-refused",
            "value-left-out",
            "waits-for-nothing",
            "command-in-one-word",
            "contract-with-rolling",
            "host-in-two-environments",
            "image-of-nobody",
            "stage-missing",
            "open-egress",
            "port-range-too-long",
            "published-to-all",
            "too-many-networks",
            "resource-of-nobody",
            "way-out-twice",
            "wildcard-in-route",
            "cors-wildcard-credentials",
            "double-autoscaler",
            "env-parity",
            "even-quorum",
            "image-mutable",
            "image-per-environment",
            "internal-exposed",
            "keepalive-race",
            "label-refused",
            "local-limit-times-replicas",
            "log-to-file",
            "migration-in-initcontainer",
            "min-above-max",
            "min-insync-equals-rf",
            "no-graceful-shutdown",
            "no-resources",
            "size-missing",
            "variable-replaced",
            "patch-breaks-selector",
            "pdb-blocks-drain",
            "privileged-or-root",
            "probe-missing",
            "readiness-cascade",
            "reserved-label",
            "retry-amplification",
            "retry-does-not-fit",
            "retry-hides-errors",
            "rollback-blocked",
            "rwo-with-rolling",
            "secret-fanout",
            "secret-literal",
            "split-above-whole",
            "streaming-with-timeout",
            "timeout-too-long",
        ],
    ),
    (
        "it compares times or promises with each other: `missing-timeout` and `no-slo-on-public-route` tell of those that are lost",
        &[
            "bucket-misses-threshold",
            "fan-out-tail",
            "hundred-percent",
            "latency-budget-exceeded",
            "latency-slo-above-timeout",
            "low-traffic-burn",
            "slo-contradiction",
            "slo-infeasible-independent",
            "timeout-inversion",
            "unreachable-burn-alert",
            "window-factor-mismatch",
        ],
    ),
    (
        "it is about who needs whom and what is called how: without these edges and names there is no plan",
        &[
            "call-chain-too-deep",
            "derived-name-taken",
            "direct-datastore-access",
            "egress-contradiction",
            "god-service",
            "host-twice",
            "layer-violation",
            "least-topic-acl",
            "no-port-binding",
            "node-port-twice",
            "orphan-service",
            "partial-capture",
            "port-range-mismatch",
            "port-twice",
            "published-twice",
            "route-conflict",
            "route-shadowed",
            "shared-database",
            "start-order-cycle",
            "sync-between-contexts",
            "sync-call-in-saga",
            "sync-cycle",
            "topic-moved",
            "topic-without-broker",
            "topic-without-consumer",
            "topic-without-producer",
            "host-access",
            "reference-without-edge",
            "udp-only",
            "variable-twice",
            "volume-name-clash",
            "volume-not-shared",
        ],
    ),
];
