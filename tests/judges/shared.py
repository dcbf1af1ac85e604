"""shared.py: apps in a namespace that others share, applied to a real kube-apiserver beside objects of others.

Asks of every selector that is written: does the apiserver select anything of others by it, and does it select what it is for?
Then whether anything of others was changed, limited or closed, and whether one release removes what another has.
BASTIDE: the program. KUBECONFIG: the apiserver, by the context `j`.
"""
import functools, json, os, pathlib, subprocess, sys, tempfile

import yaml

HERE = pathlib.Path(__file__).parent / "shared"
TEAM, OTHER = "judge-team", "judge-team-us"
failed = asked = 0


def run(*command, text=None, fails=False):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if (done.returncode != 0) != fails:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + (done.stderr if fails else "")


def kubectl(*arguments, **more):
    return run("kubectl", *arguments, **more)


def items(kind, namespace=TEAM, selector=None):
    by = ["--selector", selector] if selector else []
    return json.loads(kubectl("get", kind, "--namespace", namespace, "--output", "json", *by))["items"]


@functools.cache
def met(kind, selector):
    """Names of what others have that the apiserver finds by a selector."""
    return [it["metadata"]["name"] for it in items(kind, TEAM, selector + ",foreign=yes")]


def expect(held, fact):
    global asked, failed
    asked += 1
    if not held:
        failed += 1
        print("FAIL ", fact)


def build(app, out, edit=lambda spec: spec):
    spec = out / f"{app}.spec"
    spec.mkdir(exist_ok=True)
    (spec / "bastide.kdl").write_text(edit((HERE / app / "bastide.kdl").read_text()))
    run(os.environ["BASTIDE"], "build", "--quiet", spec, "--out", out / app)
    return {it.name: it / "kubernetes" for it in (out / app / "deploy").iterdir() if it.is_dir()}


def documents(folder):
    for file in sorted(folder.rglob("*.yaml")):
        if file.name != "kustomization.yaml" and "argocd" not in file.parts:
            yield from (it for it in yaml.safe_load_all(file.read_text()) if it)


def pods(documents):
    """The labels of every pod that is written."""
    for it in documents:
        spec = it.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template and "containers" in template.get("spec", {}):
            yield template["metadata"]["labels"]


def selectors(node, path=""):
    """Every selector of pods or Services of the own namespace, and where it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            here = f"{path}.{key}"
            if key in ("podSelector", "labelSelector") or key == "selector" and "matchLabels" in (value or {}):
                if "namespaceSelector" not in node:
                    yield here, value.get("matchLabels", {}), value.get("matchExpressions", [])
            elif key == "selector" and path == ".spec" and isinstance(value, dict):
                yield here, value, []
            else:
                yield from selectors(value, here)
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from selectors(value, f"{path}[{at}]")


def said(labels, expressions):
    some = [f"{it['key']} in ({','.join(it['values'])})" for it in expressions]
    return ",".join([f"{key}={value}" for key, value in labels.items()] + some)


def others(labels):
    """Pods, Services and the like of others, as like ours as they can be: by Helm, of another app, or by hand."""
    yield {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "foreign"}, "stringData": {"key": "theirs"}}
    yield {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "foreign"},
           "spec": {"podSelector": {"matchLabels": {"app": "foreign"}}, "policyTypes": ["Ingress"]}}
    yield {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "foreign"}, "spec": {"hard": {"pods": "500"}}}
    yield {"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "foreign"},
           "spec": {"limits": [{"type": "Container", "default": {"memory": "300Mi"}}]}}
    restricted = {"runAsNonRoot": True, "runAsUser": 65532, "allowPrivilegeEscalation": False,
                  "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}
    container = {"name": "c", "image": "r.example.com/foreign:1", "securityContext": restricted}
    template = {"metadata": {"labels": {"app": "foreign"}}, "spec": {"containers": [container]}}
    yield {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "foreign"},
           "spec": {"selector": {"matchLabels": {"app": "foreign"}}, "template": template}}
    part, by = "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"
    for number, own in enumerate(labels):
        for kind, change in enumerate([{by: "Helm"}, {part: "another"}, {part: None, by: None}]):
            like = {key: value for key, value in {**own, **change, "foreign": "yes"}.items() if value is not None}
            meta = {"name": f"foreign-{number}-{kind}", "labels": like}
            yield {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": {"containers": [container]}}
            yield {"apiVersion": "v1", "kind": "Service", "metadata": meta,
                   "spec": {"selector": like, "ports": [{"name": "metrics", "port": 80}]}}


def state():
    """What the others have: all of it, but for who observed it when."""
    kept = {}
    for kind in ["pods", "services", "deployments", "secrets", "networkpolicies", "resourcequotas", "limitranges"]:
        for it in items(kind):
            if it["metadata"]["name"].startswith("foreign"):
                meta = {key: it["metadata"].get(key) for key in ("name", "labels", "uid")}
                kept[kind, meta["name"]] = json.dumps([meta, it.get("spec"), it.get("data")], sort_keys=True)
    for name in (TEAM, OTHER):
        space = json.loads(kubectl("get", "namespace", name, "--output", "json"))
        kept["namespace", name] = json.dumps([space["metadata"]["labels"], space["metadata"].get("annotations")])
    return kept


def written():
    """Names of what the releases have there, by kind and namespace."""
    kinds = ["deployments", "statefulsets", "services", "networkpolicies", "persistentvolumeclaims", "horizontalpodautoscalers"]
    return {(space, kind, it["metadata"]["name"]) for space in (TEAM, OTHER) for kind in kinds for it in items(kind, space)}


def judge(out):
    orders, billing, clash = (build(app, out) for app in ("orders", "billing", "clash"))
    releases = [orders["eu"], orders["us"], billing["eu"]]
    for name in (TEAM, OTHER):
        kubectl("delete", "namespace", name, "--ignore-not-found", "--wait")
        kubectl("create", "namespace", name)
    ours = [it for folder in releases for it in documents(folder)]
    for it in others(list(pods(ours))):
        kubectl("apply", "--server-side", "--field-manager", "helm", "--namespace", TEAM, "--filename", "-", text=json.dumps(it))
    before = state()
    for folder in releases:
        run("bash", folder / "apply.sh")
    everything = written()
    expect(state() == before, "nothing of others is changed by a release")

    for it in ours:
        who = f"{it['kind']}/{it['metadata']['name']}"
        expect(it["metadata"].get("namespace") in (TEAM, OTHER), f"{who} stands in the app's namespace")
        expect(it["kind"] not in ("Namespace", "ResourceQuota", "LimitRange"), f"{who} concerns all of a namespace")
        for path, labels, expressions in selectors(it):
            if not labels and path.startswith(".spec.ingress"):
                continue  # `from="namespace"`: whoever runs there may come in, which closes nobody
            expect(labels, f"{who} {path} selects all")
            for kind in ("pods", "services"):
                names = met(kind, said(labels, expressions))
                expect(not names, f"{who} {path} selects {kind} of others: {names}")
            mine = [own for own in pods(ours) if labels.items() <= own.items()]
            expect(mine, f"{who} {path} selects nothing of ours")

    # two releases have nothing in common
    places = [{(it["kind"], it["metadata"]["namespace"], it["metadata"]["name"]) for it in documents(folder)} for folder in releases]
    for at, one in enumerate(places):
        for other in places[at + 1:]:
            expect(not one & other, f"two releases write {one & other}")
    expect(len({str(yaml.safe_load((it / 'argocd/application.yaml').read_text())['metadata']['name']) for it in releases}) == 3,
           "each release has an Application of its own")

    # one is released again with less: its own goes, of the others nothing
    less = build("orders", out, lambda spec: spec.replace("\n    metrics port=9100", "").replace('service "orders-worker"', 'service "orders-reader"'))
    run("bash", less["eu"] / "apply.sh")
    now = written()
    gone = everything - now
    expect(gone and all(space == TEAM and name.startswith("orders-worker") for space, _, name in gone), f"removed: {sorted(gone)}")
    expect(not any(kind == "persistentvolumeclaims" for _, kind, _ in gone), "what keeps data stays")
    expect(state() == before, "nothing of others is changed by what is removed")

    # a name that somebody else has is not taken over
    told = run("bash", clash["eu"] / "apply.sh", fails=True)
    expect("conflict" in told.lower(), f"a conflict is told: {told[:300]}")
    expect(state() == before, "a Deployment of others is not taken over")
    for name in (TEAM, OTHER):
        kubectl("delete", "namespace", name, "--wait=false")


with tempfile.TemporaryDirectory() as folder:
    judge(pathlib.Path(folder))
print(f"{asked - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
