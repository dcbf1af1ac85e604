//! What somebody meant who wrote a word of compose, of Kubernetes or of a cloud: which word says it here.

use crate::kind::{KINDS, ROOT};
use crate::schema::Schema;

/// Words of other tools, the node they stand in (empty: the top of a spec), and what is written instead. Words of a line
/// mean the same.
const WORDS: &[(&str, &str, &str)] = &[
    // at the top
    (
        "postgres postgresql mysql mariadb redis valkey kafka rabbitmq nats minio mosquitto",
        "",
        "write `resource \"…\" type=\"{}\"`: backing services are resources",
    ),
    (
        "database db cache broker store bucket storage datastore",
        "",
        "write `resource \"…\" type=\"…\"`, such as `resource \"orders-db\" type=\"postgres\"`",
    ),
    (
        "ingress gateways loadbalancer load-balancer proxy",
        "",
        "write `gateway \"public\" { host \"…\"; route \"/\" to=\"…\" }`",
    ),
    ("services", "", "write a `service \"…\" { … }` for each"),
    ("namespace", "", "write `namespace=\"…\"` on the line of the `environment`"),
    (
        "deployment statefulset daemonset pod container worker",
        "",
        "write `service \"…\" { … }`: its fields decide how it runs",
    ),
    (
        "cronjob cron schedule lambda",
        "",
        "write a `job` in a service, or `function \"…\" { on schedule=\"…\" }`",
    ),
    (
        "configmap config configs",
        "",
        "write `env { … }` or `file \"/path\" from=\"…\"` in the service that reads it",
    ),
    ("secret secrets", "", "write `secret \"NAME\" from=\"path#key\"` in the service that reads it"),
    ("volumes", "", "write `volume \"/path\"` in the service that keeps data there"),
    ("networks network", "", "take it out: who may reach whom follows from `calls`, `uses` and routes"),
    ("name version", "", "write `app \"name\" version=\"1.0.0\"`"),
    (
        "env environments profile profiles stage stages",
        "",
        "write `environment \"dev\" platform=\"compose\"`",
    ),
    ("pipeline workflow ci deploy", "", "write `delivery { ci \"github\" }`"),
    // in a service
    (
        "ports expose",
        "service",
        "write `api \"http\" port=8080` for what is called, or `port \"name\" number=9000`, each with `publish=\"127.0.0.1:8080\"` if this machine is to reach it; a `gateway` lets clients in",
    ),
    ("replicas replica instances count deploy autoscaling hpa", "service", "write `scale min=2 max=4`"),
    (
        "depends_on depends-on dependsOn links link needs requires",
        "service",
        "write `uses \"…\"` for a resource, `calls \"…\"` for a service: the order of starts follows",
    ),
    (
        "environment environments variables vars envFrom env_file env-file",
        "service",
        "write `env { NAME \"value\" }`",
    ),
    (
        "healthcheck livenessProbe readinessProbe startupProbe liveness readiness probe probes",
        "service",
        "write `health live=\"/livez\" ready=\"/readyz\"`, or `health command=\"…\"`",
    ),
    (
        "args cmd run exec",
        "service",
        "write `command \"program\" \"--option\"`: it follows the image's entry point",
    ),
    (
        "networks network_mode hostname container_name dns",
        "service",
        "take it out: a service is reached by its name, from who `calls` it",
    ),
    (
        "restart restartPolicy restart_policy",
        "service",
        "take it out: what stops is started again everywhere",
    ),
    ("volumes mount mounts volumeMounts persistence pvc", "service", "write `volume \"/path\" size=\"1Gi\"`"),
    ("secrets", "service", "write `secret \"NAME\" from=\"path#key\"`"),
    ("configs config configmap files", "service", "write `file \"/path\" from=\"…\"`"),
    (
        "limits requests cpu memory mem_limit cpus",
        "service",
        "write `resources cpu=\"100m\" memory=\"128Mi\"`",
    ),
    ("labels annotations", "service", "write `label { name \"value\" }`"),
    (
        "securityContext read-only read_only readOnly readOnlyRootFilesystem",
        "service",
        "write `writable #false`, which is so by default for what is built here; `writable` and `user 1000` say otherwise",
    ),
    ("stop_grace_period terminationGracePeriodSeconds grace", "service", "write `shutdown grace=\"30s\"`"),
    (
        "initContainers init migrate migration",
        "service",
        "write `job \"migrate\" run=\"before-release\" command=\"…\"`",
    ),
    ("cron cronjob", "service", "write `job \"…\" schedule=\"0 3 * * *\" command=\"…\"`"),
    ("containers sidecars", "service", "write `sidecar \"…\" { image \"…\" }`"),
    (
        "host hosts domain ingress routes path",
        "service",
        "write `gateway \"public\" { host \"…\"; route \"/\" to=\"…\" }` at the top",
    ),
    ("dockerfile", "service", "write `build \"folder\" dockerfile=\"…\"`"),
    // in other nodes
    ("requests request", "resources", "write `cpu=` and `memory=`: what is reserved"),
    ("limits limit", "resources", "write `cpu-limit=` and `memory-limit=`"),
    ("path url endpoint httpGet http", "health", "write `live=\"/livez\"` and `ready=\"/readyz\"`"),
    ("periodSeconds period", "health", "write `interval=\"10s\"`"),
    ("timeoutSeconds", "health", "write `timeout=\"2s\"`"),
    ("failureThreshold", "health", "write `retries=3`"),
    ("headers httpHeaders", "health", "write `header=\"Name: value\"`"),
    ("working_dir workingDir", "service", "write `workdir \"/path\"`"),
    ("stop_signal stopSignal", "service", "write `shutdown signal=\"SIGINT\"`"),
    ("test cmd exec", "health", "write `command=\"…\"`"),
    (
        "initialDelaySeconds start_period start_interval delay start",
        "health",
        "write `startup=\"30s\"` for a slow start",
    ),
    (
        "value secretKeyRef valueFrom",
        "secret",
        "write `from=\"path#key\"`: the value itself stands in the secret store, never in the spec",
    ),
    ("ssl https cert certificate certificates", "gateway", "write `tls issuer=\"…\"`"),
    ("rate-limit ratelimit rate_limit", "gateway", "write `limit \"100/s\" by=\"client\"`"),
    ("routes paths rules", "gateway", "write a `route \"/path\" to=\"service\"` for each"),
    ("service backend upstream target", "route", "write `to=\"service\"` behind the path"),
    ("instances copies", "resource", "write `replicas 3`"),
    ("size volume disk", "resource", "write `storage \"10Gi\"`"),
    ("image tag", "resource", "write `version=\"…\"` on its line: the type knows the image"),
];

/// What is written here instead of a word that a node does not know; none if nobody knows it.
pub fn meant(word: &str, parent: &Schema) -> Option<String> {
    let place = if parent.node == ROOT.node { "" } else { parent.node };
    let place = if matches!(place, "function" | "archetype") { "service" } else { place };
    let said = WORDS.iter().find(|(words, node, _)| *node == place && words.split(' ').any(|it| it == word));
    let act = said.map(|(.., act)| act.replace("{}", &kept(word)));
    act.or_else(|| home(word, parent))
}

/// The name by which the standard library knows a product.
fn kept(word: &str) -> String {
    match word {
        "postgresql" => "postgres",
        "mariadb" => "mysql",
        other => other,
    }
    .into()
}

/// Where a word stands that is known, but not here.
fn home(word: &str, parent: &Schema) -> Option<String> {
    if KINDS.iter().any(|kind| kind.node == word) {
        return Some(format!("`{word}` stands at the top of a file: move it out of `{}`", parent.node));
    }
    let homes: Vec<String> = KINDS
        .iter()
        .filter(|kind| !["archetype", "defaults", "resource-type"].contains(&kind.node))
        .filter(|kind| kind.part(word).is_some())
        .map(|kind| format!("`{}`", kind.node))
        .collect();
    (!homes.is_empty() && homes.len() < 4)
        .then(|| format!("`{word}` stands in {}: move it there", homes.join(" or ")))
}

#[cfg(test)]
mod tests {
    use super::{WORDS, meant};
    use crate::kind::{KINDS, ROOT};
    use crate::schema::Schema;

    fn node(name: &str) -> &'static Schema {
        fn within(schema: &'static Schema, name: &str) -> Option<&'static Schema> {
            let found = schema.parts.iter().find(|part| part.node == name);
            found.copied().or_else(|| schema.parts.iter().find_map(|part| within(part, name)))
        }
        let kind = || KINDS.iter().find(|kind| kind.node == name).copied();
        if name.is_empty() {
            &ROOT
        } else {
            kind().or_else(|| within(&ROOT, name)).expect("the node is known")
        }
    }

    /// A word of the language needs no translation, and no word is translated twice.
    #[test]
    #[allow(clippy::print_stdout, reason = "it says how much it tried")]
    fn foreign_words_are_foreign() {
        let mut count = 0;
        for (words, place, _) in WORDS {
            for word in words.split(' ') {
                count += 1;
                let parent = node(place);
                let known = parent.part(word).is_some() || parent.prop(word).is_some();
                assert!(!known, "`{word}` is known in `{place}`");
                assert!(meant(word, parent).is_some_and(|act| !act.is_empty()));
                let same = |(others, other, _): &&(&str, &str, &str)| {
                    other == place && others.split(' ').any(|it| it == word)
                };
                assert_eq!(WORDS.iter().filter(same).count(), 1, "`{word}` in `{place}` twice");
            }
        }
        println!("{count} words");
    }
}
