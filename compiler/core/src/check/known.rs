//! Which other tool is known to look for the same fault, and which faults of the catalogue are no rules here.

/// Rules that another tool has too, by name. Read from the tools' own lists of rules in August 2026; a rule that is not
/// here was found in none of them, which is no proof that nobody has it.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("affected-set-hole", "Nx, Bazel"),
    ("breaking-without-major", "oasdiff, buf"),
    ("consumers-exceed-partitions", "KEDA's webhook"),
    ("contract-with-rolling", "Atlas, Squawk"),
    ("cors-wildcard-credentials", "Spectral rulesets"),
    ("debug-port-public", "krakend-audit"),
    ("dependency-on-deprecated", "EventCatalog linter"),
    ("deprecated-without-sunset", "oasdiff"),
    ("direct-datastore-access", "Threagile, MSANose"),
    ("double-autoscaler", "KEDA's webhook"),
    ("excess-permissions", "zizmor, Trivy or Checkov"),
    ("field-above-profile", "kubeconform"),
    ("host-not-on-listener", "istioctl analyze"),
    ("hundred-percent", "OpenSLO"),
    ("image-mutable", "kube-score, kube-linter, Polaris, Trivy or Checkov, hadolint, compose linters"),
    ("internal-exposed", "Threagile"),
    ("layer-violation", "FINOS CALM, Threagile"),
    ("mtls-gap", "Threagile, istioctl analyze"),
    ("no-backup", "Trivy or Checkov"),
    ("no-circuit-breaker", "krakend-audit"),
    ("no-rate-limit-public", "krakend-audit"),
    ("no-resources", "kube-score, kube-linter, Polaris, Trivy or Checkov"),
    ("no-slo-on-public-route", "NthLayer"),
    ("orphan-service", "Threagile"),
    ("pdb-blocks-drain", "kube-linter, Polaris"),
    ("pii-plaintext", "Threagile"),
    ("plaintext-public-listener", "krakend-audit, Polaris, Threagile"),
    ("privileged-or-root", "kube-score, kube-linter, Polaris, Trivy or Checkov, Threagile"),
    ("probe-missing", "kube-score, kube-linter, Polaris, Trivy or Checkov"),
    ("public-route-without-auth", "krakend-audit, Threagile"),
    ("required-version-unsatisfied", "EventCatalog linter"),
    ("route-conflict", "istioctl analyze, Spectral rulesets"),
    ("route-shadowed", "istioctl analyze"),
    ("schema-compat-none", "schema registries"),
    ("secret-literal", "Polaris, Trivy or Checkov, kube-linter, Threagile"),
    ("shared-database", "MSANose"),
    ("single-replica", "kube-score, kube-linter, Polaris"),
    ("slo-contradiction", "NthLayer"),
    ("slo-infeasible-independent", "NthLayer"),
    ("start-order-cycle", "docker compose"),
    ("sync-cycle", "MSANose"),
    ("timeout-too-long", "krakend-audit"),
    ("topic-without-consumer", "EventCatalog linter"),
    ("topic-without-producer", "EventCatalog linter"),
    ("undeclared-egress", "Threagile"),
    (
        "unknown-reference",
        "kube-score, kube-linter, istioctl analyze, krakend-audit, Threagile, EventCatalog linter",
    ),
    ("unpinned-action", "zizmor, Trivy or Checkov"),
    ("unversioned-public-api", "Spectral rulesets, MSANose"),
];

/// Faults that cannot be said in a spec, or are judged elsewhere than by a rule, and why.
pub const NO_RULE: &[(&str, &str)] = &[
    (
        "affected-set-hole",
        "The affected sets of a pipeline are computed from the same edges as the plan (contracts, schemas, migrations, shared folders), so none can be missing; the pipeline is tested for it.",
    ),
    (
        "aggregate-key-collision",
        "Each part of an aggregate has a name of its own and stands under it in the answer; two of one name are a `repeated-name`.",
    ),
    ("drift", "Judged by `bastide build --check`: `stale-output` and `edited-output`."),
    (
        "excess-permissions",
        "A spec has no word for the rights of a pipeline: the pack writes none at the top and each job the least it needs, which zizmor proves for the examples.",
    ),
    (
        "host-not-on-listener",
        "Routes have no hosts of their own: each stands in the gateway that answers for it, and versions by subdomain add their names to its listeners and certificate.",
    ),
    (
        "no-telemetry",
        "Cannot be said: every service serves metrics, on a port and under names of `stdlib/defaults.kdl`, and no word takes them away.",
    ),
    (
        "release-order",
        "Needs the plan that runs now: `bastide plan REF` finds the order, or proves that there is none.",
    ),
    (
        "resource-parameter-cycle",
        "Cannot be said: options of a resource are values, and outputs of others (`${…}`) stand in `env` and `file` of services only.",
    ),
    (
        "schema-deploy-order",
        "Needs the plan that runs now: `bastide plan REF` lets readers or writers go first, as the compatibility mode asks.",
    ),
    (
        "unpinned-action",
        "A spec names no actions: the pack pins each by its full hash, which zizmor proves for the examples.",
    ),
];
