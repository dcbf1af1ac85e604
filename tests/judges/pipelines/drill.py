"""drill.py: the restore drill of a pipeline, run for real against a kube-apiserver with the operator's own definitions. A stand-in
of kubelet and operator ends the pod that reads the data: at once, badly, or too late. BASTIDE: the program. KUBECONFIG: the
apiserver, with its controllers."""
import json, os, signal, subprocess, sys, tempfile, threading, time

NAMESPACE, tried = f"drill-judge-{os.getpid()}", 0
SPEC = f"""app "drill-judge" version="1.0.0" {{ owner "core" contact="#core"; images "registry.example.com/drill" }}
environment "prod" platform="kubernetes" namespace="{NAMESPACE}" {{ target "kubernetes" postgres="cloudnative-pg" }}
resource "ledger" type="postgres" {{ backup schedule="0 3 * * *" keep="14d" rto="30s" }}
resource "stock" type="postgres" {{ backup schedule="0 4 * * *" keep="14d" }}
service "web" {{ build "src"; api "web" port=8080; uses "ledger" "stock" }}
delivery {{ ci "github"; gate "scan"; schedule "restore-drill" cron="0 5 * * 0" }}
"""


def kubectl(*words, check=True):
    done = subprocess.run(["kubectl", "--namespace", NAMESPACE, *words], capture_output=True, text=True)
    if check and done.returncode:
        sys.exit(f"FAILED: kubectl {' '.join(words)}\n{done.stderr}")
    return done.stdout


def hold(fact, what, said=""):
    global tried
    tried += 1
    if not fact:
        sys.exit(f"{said[-4000:]}\nFAILED: {what}")


def left():
    return kubectl("get", "clusters.postgresql.cnpg.io,jobs,networkpolicies", "--output", "name").split()


class Ends(threading.Thread):
    """Ends each pod of a drill: `phase` after so many seconds, by the store it reads."""

    def __init__(self, how):
        super().__init__(daemon=True)
        self.how, self.over = how, threading.Event()

    def run(self):
        first = {}
        while not self.over.wait(0.5):
            pods = json.loads(kubectl("get", "pods", "--output", "json", check=False) or '{"items": []}')["items"]
            for pod in pods:
                name, store = pod["metadata"]["name"], pod["metadata"]["labels"]["app.kubernetes.io/name"].removesuffix("-drill")
                phase, after = self.how[store]
                if pod["status"].get("phase") == "Pending" and time.monotonic() - first.setdefault(name, time.monotonic()) >= after:
                    kubectl("patch", "pod", name, "--subresource", "status", "--patch", json.dumps({"status": {"phase": phase}}), check=False)


def script(place):
    summary = os.path.join(place, "summary")
    open(summary, "w").close()
    given = {**os.environ, "DRILL_EVERY": "1", "GITHUB_STEP_SUMMARY": summary}
    given.pop("CI", None)
    return subprocess.Popen(["bash", "ci/restore-drill.sh", "prod"], cwd=place, env=given, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def drill(place, what, how, verdicts):
    ends = Ends(how)
    ends.start()
    run = script(place)
    said = run.communicate(timeout=300)[0]
    ends.over.set()
    ends.join()
    told = os.path.join(place, "out/restore-drill.json")
    hold(os.path.exists(told), f"{what}: it tells what came of it", said)
    found = json.load(open(told))
    hold({it["store"]: it["restored"] for it in found} == verdicts, f"{what}: {found}", said)
    hold((run.returncode == 0) == (set(verdicts.values()) == {"yes"}), f"{what}: it ends with {run.returncode}", said)
    hold({it["store"]: it["promised"] for it in found} == {"ledger": 30, "stock": None}, f"{what}: what is promised", said)
    hold(f"| ledger | {verdicts['ledger']} |" in open(os.path.join(place, "summary")).read(), f"{what}: the summary tells", said)
    hold(not left(), f"{what}: all of it is gone: {left()}", said)
    print(f"ok      {what}", flush=True)


with tempfile.TemporaryDirectory() as place:
    os.makedirs(os.path.join(place, "src"))
    open(os.path.join(place, "src/Dockerfile"), "w").write("FROM scratch\n")
    open(os.path.join(place, "bastide.kdl"), "w").write(SPEC)
    subprocess.run([os.environ["BASTIDE"], "build", "--quiet"], cwd=place, check=True, capture_output=True)
    kubectl("create", "namespace", NAMESPACE)
    try:
        at_once = ("Succeeded", 0)
        drill(place, "both come back", {"ledger": at_once, "stock": at_once}, {"ledger": "yes", "stock": "yes"})
        drill(place, "one cannot be read", {"ledger": at_once, "stock": ("Failed", 0)}, {"ledger": "yes", "stock": "no"})
        drill(place, "one comes back too late", {"ledger": ("Succeeded", 33), "stock": at_once}, {"ledger": "too late", "stock": "yes"})
        run = script(place)
        while not kubectl("get", "job", "ledger-drill", "--ignore-not-found", "--output", "name") and run.poll() is None:
            time.sleep(0.5)
        run.send_signal(signal.SIGTERM)
        said = run.communicate(timeout=120)[0]
        hold(run.returncode and not left(), f"cut off: all of it is gone: {left()}", said)
        print("ok      one that is cut off leaves nothing", flush=True)
    finally:
        kubectl("delete", "namespace", NAMESPACE, "--wait=false", check=False)
print(f"{tried} passed, 0 failed")
