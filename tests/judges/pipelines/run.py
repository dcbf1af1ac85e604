"""run.py: the pipelines that bastide writes, run for real: each provider's own file says which scripts run, when and in which
order, in clones of a repository with a remote; a registry on this machine takes the images where an engine and one are
there, and what cannot be had is said by name. All three must run the same, and that must be what `bastide pipeline` says."""
import glob, http.server, json, os, re, shutil, socket, subprocess, sys, tempfile, threading

sys.dont_write_bytecode = True
import asked, github, gitlab

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.realpath(os.path.join(HERE, "../../.."))
BASTIDE = os.path.realpath(os.environ["BASTIDE"])
WORK = tempfile.mkdtemp()
WHO = ["-c", "user.name=a", "-c", "user.email=a@localhost"]
PROVIDERS = ["github", "gitlab", "jenkins"]
skipped = set()
tried = 0


def command(*words, at=None, env=None, check=True):
    done = subprocess.run(words, cwd=at, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if check and done.returncode:
        sys.exit(f"FAILED: {' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def git(*words, at):
    return command("git", *WHO, *words, at=at)


def hold(fact, what, said=""):
    global tried
    tried += 1
    if not fact:
        print(said[-8000:])
        sys.exit(f"FAILED: {what}")


def free():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


class Argo(http.server.BaseHTTPRequestHandler):
    """Argo CD, read only: the application follows the branch, and its health is what the test says."""

    origin, health = "", ["Healthy"]

    def do_GET(self):
        if self.headers.get("Authorization") != "Bearer read-only":
            return self.send_error(401)
        name = self.path.rsplit("-", 1)[1]
        revision = command("git", "-C", Argo.origin, "rev-parse", f"env/{name}", check=False)
        health = Argo.health.pop(0) if len(Argo.health) > 1 else Argo.health[0]
        text = json.dumps({"status": {"sync": {"revision": revision, "status": "Synced"}, "health": {"status": health}, "operationState": {"phase": "Succeeded"}}}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


argo = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Argo)
threading.Thread(target=argo.serve_forever, daemon=True).start()


def engine():
    """Where images go: a registry on this machine, if there are one and an engine."""
    docker, compose = shutil.which("docker"), shutil.which("docker-compose")
    host = os.environ.get("DOCKER_HOST", "")
    there = docker and subprocess.run([docker, "image", "inspect", "python:3.13.5-slim-trixie"], capture_output=True).returncode == 0
    # PIPELINES_ENGINE=none: the order of things alone, in a minute
    if os.environ.get("PIPELINES_ENGINE") == "none" or not (there and shutil.which("docker-registry")):
        skipped.add("images: no engine with the base images, or no registry: builds and pushes are noted only")
        return "registry.example.com", {"ENGINE": "none"}
    port = free()
    config = os.path.join(WORK, "registry.yaml")
    open(config, "w").write(f"version: 0.1\nstorage: {{filesystem: {{rootdirectory: {WORK}/registry}}}}\nhttp: {{addr: 127.0.0.1:{port}}}\n")
    server = subprocess.Popen(["docker-registry", "serve", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    import atexit

    atexit.register(server.terminate)
    real = {"ENGINE": "real", "REAL_DOCKER": docker, "REAL_COMPOSE": compose or "", "REAL_DOCKER_HOST": host}
    if not compose:
        skipped.add("integration: docker-compose not found")
    if shutil.which("k6"):
        real["REAL_K6"] = shutil.which("k6")
    else:
        skipped.add("load: k6 not found")
    return f"127.0.0.1:{port}", real


REGISTRY, ENGINE = engine()
TOOLS = os.path.join(WORK, "bin")
os.makedirs(TOOLS)
shutil.copy(BASTIDE, os.path.join(TOOLS, "bastide"))
BASTIDE = os.path.join(TOOLS, "bastide")
shutil.copy(os.path.join(HERE, "docker.py"), os.path.join(TOOLS, "docker"))
os.chmod(os.path.join(TOOLS, "docker"), 0o755)
# every script of a pipeline says that it ran, and with what; routes are asked where the system really runs
TRACE = os.path.join(WORK, "trace.sh")
open(TRACE, "w").write("""case "$0" in *ci/*.sh) [ -z "${TRACE-}" ] || printf "%s\\n" "ci/${0##*/} $*" >> "$TRACE" ;; esac
case "$0" in *ci/integration.sh) [ "${COMPOSE-}" = real ] || exit 0 ;; esac
""")
skipped |= {"scan: the image of Trivy cannot be had", "sign: the image of Cosign and Sigstore cannot be had"}


class Project:
    """An example under one provider, in a repository with a remote."""

    def __init__(self, example, provider, promotion="commit"):
        self.example, self.provider, self.promotion = example, provider, promotion
        self.place = os.path.join(WORK, f"{example}-{provider}-{promotion}")
        self.origin, self.stand_in = self.place + ".git", self.place + "-stand-in"
        os.makedirs(self.stand_in)
        for file in command("git", "ls-files", at=os.path.join(ROOT, "examples", example)).splitlines():
            target = os.path.join(self.place, file)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(os.path.join(ROOT, "examples", example, file), target)
        self.spec()
        open(os.path.join(self.place, ".gitignore"), "w").write("out/\n.cache/\n.gitlab-ci-local/\n")
        git("init", "--quiet", "--initial-branch", "main", at=self.place)
        self.build()
        self.commit("first")
        git("clone", "--quiet", "--bare", self.place, self.origin, at=WORK)
        self.forge = asked.Forge(self.origin)
        git("remote", "add", "origin", self.origin, at=self.place)
        git("fetch", "--quiet", "origin", at=self.place)
        self.images = json.loads(command(BASTIDE, "pipeline", "--format", "json", at=self.place))["images"]

    def spec(self):
        path = os.path.join(self.place, "bastide.kdl")
        text = open(path).read()
        app = re.search(r'images "([^"]*)"', text)[1]
        text = text.replace(f'images "{app}"', f'images "{REGISTRY}/{app.split("/")[-1]}"')
        gates = f'promotion "{self.promotion}"; gate "lint" "test" "contract" "scan" "integration" "load"'
        if "\ndelivery" in text:
            text = re.sub(r'ci "github"; gate [^;}]*', f'ci "{self.provider}"; {gates} ', text)
        else:
            text += f'delivery {{ ci "{self.provider}"; {gates} }}\n'
            text = text.replace('build "services/hello"', 'build "services/hello"; ci { lint "python3 -m py_compile hello.py"; test "test -s hello.py" }', 1)
        # the engine is on this machine, and so are the base images
        text = re.sub(r'(environment "prod"[^\n{]*)(\{?)', lambda it: it[1].rstrip() + (' { target "gitlab" docker="host" ' + ("" if it[2] else "}") if self.provider == "gitlab" else " " + it[2]), text, count=1)
        open(path, "w").write(text)

    def build(self):
        command(BASTIDE, "build", "--quiet", at=self.place)

    def commit(self, message):
        git("add", "--all", at=self.place)
        git("commit", "--quiet", "--allow-empty", "--message", message, at=self.place)

    def push(self, branch="main"):
        git("push", "--quiet", "--force", "origin", f"HEAD:{branch}", at=self.place)
        git("fetch", "--quiet", "origin", at=self.place)

    def touch(self, path, text="\n"):
        open(os.path.join(self.place, path), "a").write(text)

    def environment(self, compose):
        Argo.origin = self.origin
        path = f"{TOOLS}:{os.environ['PATH']}"
        given = {"PATH": path, "HOME": WORK, "TMPDIR": WORK, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@localhost", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@localhost", "CI": "true"}
        given |= {"GITOPS_URL": self.origin, "ARGOCD_URL": f"http://127.0.0.1:{argo.server_port}", "WATCH_EVERY": "0", "WATCH_LIMIT": "3", "REQUEST_LIMIT": "0", "GITHUB_API_URL": self.forge.address, "DURATION": "10s", "BASH_ENV": TRACE, "TRACE": os.path.join(self.stand_in, "trace"), "STAND_IN": self.stand_in}
        return given | ENGINE | ({"COMPOSE": "real", **PORTS} if compose else {})

    def clone(self):
        place = tempfile.mkdtemp(dir=WORK)
        git("clone", "--quiet", self.origin, place, at=WORK)
        git("checkout", "--quiet", git("rev-parse", "HEAD", at=self.place), at=place)
        return place

    def run(self, event, compose=False, rollback=None):
        """Whether the pipeline was good, which scripts ran with what, and the log."""
        for file in ("trace", "docker.log"):
            open(os.path.join(self.stand_in, file), "w").close()
        environment = self.environment(compose)
        good, said = getattr(self, self.provider)(event, environment, rollback)
        lines = open(os.path.join(self.stand_in, "trace")).read().splitlines()
        return good, steps(lines), said

    def github(self, event, environment, rollback):
        # what runs by the clock has workflows of its own, whose names begin with that of this one
        file = min(glob.glob(os.path.join(self.place, ".github/workflows/*.yaml")), key=len)
        name = {"change": "pull_request", "queue": "merge_group", "release": "push", "rollback": "workflow_dispatch"}[event]
        run = github.Run(file, name, self.clone, {**environment, "COSIGN_PRIVATE_KEY": "", "GITOPS_TOKEN": "t"}, "main" if event == "change" else "", git("rev-parse", "origin/main", at=self.place) if event == "queue" else "", {"environment": rollback} if rollback else {})
        results = run.run()
        said = "\n".join(f"== {job} {cell} {code}\n{text}" for job, cell, _, code, text in run.log) + f"\n{results}"
        return "failure" not in results.values(), said

    def gitlab(self, event, environment, rollback):
        place = self.clone()
        git("branch", "--quiet", "--force", "main" if event != "change" else "change", "HEAD", at=place)
        git("checkout", "--quiet", "main" if event != "change" else "change", at=place)
        git("remote", "set-url", "origin", "git@gitlab.example:acme/shop.git", at=place)
        variables = {key: environment[key] for key in ("GITOPS_URL", "ARGOCD_URL", "WATCH_EVERY", "WATCH_LIMIT", "REQUEST_LIMIT", "DURATION", "CI")}
        variables |= {"ARGOCD_TOKEN": "read-only", "REGISTRY_USER": "u", "REGISTRY_PASSWORD": "p", "GITOPS_TOKEN": "t", "SIGSTORE_ID_TOKEN": "t"}
        job = f"rollback-{rollback}-now" if rollback else None
        code, said = gitlab.run(place, event, environment, variables, job)
        return code == 0, said

    def jenkins(self, event, environment, rollback):
        groovy = ["java", "-cp", os.path.join(os.environ["JUDGES"], "jenkins/libs/*"), "groovy.ui.GroovyMain", os.path.join(HERE, "jenkins.groovy")]
        commit = git("rev-parse", "HEAD", at=self.place)
        what = f"rollback:{rollback}" if rollback else event
        done = subprocess.run([*groovy, os.path.join(self.place, "Jenkinsfile"), what, self.origin, commit, tempfile.mkdtemp(dir=WORK)], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.returncode == 0, done.stdout + done.stderr

    def expected(self, event):
        """The steps of the model that run for an event, each for the images that are reached."""
        base = ["--changed-since", "origin/main" if event == "change" else self.released()] if event == "change" or self.released() else []
        model = json.loads(command(BASTIDE, "pipeline", "--format", "json", *base, at=self.place))
        whens = {"change": ("always", "change"), "release": ("always", "release")}[event]
        found = set()
        for job in model["jobs"]:
            if job["when"] not in whens or (job["id"] == "integration" and not model["affected"]):
                continue
            for step in job["steps"]:
                if step["name"] == "load" and event == "change":
                    continue
                for image in model["affected"] if job["each"] else [""]:
                    found.add(plain(step["run"].replace("IMAGE", image).replace("ENVIRONMENT", job["environment"] or "")))
        return found, model["affected"]

    def released(self):
        said = command("git", "-C", self.origin, "log", "-1", "--no-merges", "--format=%B", "env/prod", check=False)
        return "".join(re.findall("^Source-Commit: (.*)", said, re.M)[-1:])

    def digests(self):
        return command("git", "-C", self.origin, "show", "env/prod:deploy/prod/digests.tsv", check=False)

    def docker(self):
        return open(os.path.join(self.stand_in, "docker.log")).read()


def plain(step):
    """A step without what differs by its nature: commits, and the format of findings."""
    words = step.split()
    keep = {"ci/affected.sh": 1, "ci/check.sh": 1, "ci/watch.sh": 2, "ci/rollback.sh": 2}
    return " ".join(words[: keep.get(words[0], len(words))])


def steps(lines):
    aside = ("ci/affected.sh --has", "ci/login.sh", "ci/lib.sh", "ci/request.sh")
    return {plain(line) for line in lines if not line.startswith(aside)}


PORTS = {f"{name}_PORT": str(free()) for name in ("PUBLIC_HTTP", "PUBLIC_HTTPS")}


def the_same(example, event, projects, what, good=True, compose=False, health=("Healthy",)):
    """Runs an event under each provider: it ends as it must, all run the same, and the same as the model says."""
    ran, wanted = {}, {}
    for provider, project in projects.items():
        Argo.health = list(health)
        wanted[provider], reached = project.expected(event)
        fine, ran[provider], said = project.run(event, compose=compose)
        if not reached:
            # a job of GitLab that ends at once cleans up all the same
            ran[provider].discard("ci/stack.sh down")
        hold(fine == good, f"{example}, {provider}, {what}: it is {'good' if fine else 'bad'}", said)
        if good:
            hold(ran[provider] == wanted[provider], f"{example}, {provider}, {what}: it ran and did not run\n{sorted(ran[provider] ^ wanted[provider])}", said)
        for line in said.splitlines():
            if line.startswith("skipped: "):
                skipped.add(line.removeprefix("skipped: "))
    hold(all(it == ran["github"] for it in ran.values()) or not good, f"{example}, {what}: the three run the same")
    print(f"ok      {example}: {what}: {len(ran['github'])} steps, images {' '.join(reached) or '-'}", flush=True)
    return ran


def play(example):
    projects = {provider: Project(example, provider) for provider in PROVIDERS}
    every = list(projects.values())

    def change(path, branch="main"):
        for project in every:
            project.touch(path)
            project.commit(f"change of {path}")
            project.push(branch)

    def trees():
        return [command("git", "-C", it.origin, "rev-parse", "env/prod^{tree}") for it in every]

    compose = ENGINE["ENGINE"] == "real" and bool(ENGINE["REAL_COMPOSE"])
    the_same(example, "release", projects, "the first release", compose=compose)
    for project in every:
        git("fetch", "--quiet", "origin", at=project.place)
        hold(len(project.digests().splitlines()) == len(project.images), f"{example}, {project.provider}: every image has a digest", project.digests())
        manifests = command("git", "-C", project.origin, "grep", "-h", "image: ", "env/prod", "--", "deploy/prod")
        ours = [line for line in manifests.splitlines() if f" {REGISTRY}/" in line]
        hold(ours and all("@sha256:" in line for line in ours), f"{example}, {project.provider}: each is named by it", manifests)
        hold("cosign sign" in project.docker() or "sign --yes" in project.docker(), f"{example}, {project.provider}: it is signed")
    first, before = trees(), [it.digests() for it in every]

    service = "services/payments" if example == "shop" else "services/hello"
    file = f"{service}/{os.path.basename(service)}.py"
    for project in every:
        git("switch", "--quiet", "--create", "change", at=project.place)
    change(file, "change")
    ran = the_same(example, "change", projects, f"a change of {service}")
    hold(not any("promote" in step or "sign.sh" in step for step in ran["github"]), "a change releases nothing")
    fine, queued, said = projects["github"].run("queue", compose=compose)
    hold(fine and queued == ran["github"], f"{example}, github: the same runs in a merge queue\n{sorted(queued ^ ran['github'])}", said)
    for project in every:
        noted = project.docker()
        hold("push=true" not in noted and "cosign" not in noted and "docker login" not in noted, f"{example}, {project.provider}: nothing is pushed, nothing signed, nobody signs in", noted)

    for project in every:
        contract = "contracts/catalog.openapi.yaml" if example == "shop" else "contracts/hello.openapi.yaml"
        path = os.path.join(project.place, contract)
        import yaml

        text = yaml.safe_load(open(path))
        text["paths"].pop(next(iter(text["paths"])))
        yaml.safe_dump(text, open(path, "w"), sort_keys=False)
        project.commit("breaks a promise")
        project.push("change")
    ran = the_same(example, "change", projects, "a breaking contract stops at its gate", good=False)
    for provider, own in ran.items():
        hold("ci/check.sh" in own and not any("integration" in step or "stack.sh up" in step for step in own), f"{example}, {provider}: nothing behind the gate runs", str(own))

    for project in every:
        git("switch", "--quiet", "main", at=project.place)
    change(file)
    the_same(example, "release", projects, f"a release of {service}", health=("Progressing", "Healthy"))
    for project, old in zip(every, before):
        git("fetch", "--quiet", "origin", at=project.place)
        moved = set(project.digests().splitlines()) - set(old.splitlines())
        hold({it.split("\t")[0].rsplit("/", 1)[1].split(":")[0] for it in moved} == {os.path.basename(service)}, f"{example}, {project.provider}: one digest moves", str(moved))
    second = trees()

    change(file)
    the_same(example, "release", projects, "a release that degrades is taken back", good=False, health=("Progressing", "Degraded"))
    hold(trees() == second, f"{example}: the release before stands, to the byte")
    for project in every:
        git("fetch", "--quiet", "origin", at=project.place)

    the_same(example, "release", projects, "one that waits for a person is not taken back", good=False, health=("Suspended",))
    waiting = trees()
    hold(waiting != second, f"{example}: it waits where it is")
    for project in every:
        git("fetch", "--quiet", "origin", at=project.place)
        fine, ran_back, said = project.run("rollback", rollback="prod")
        hold(fine and ran_back == {"ci/rollback.sh prod"}, f"{example}, {project.provider}: by hand it is, and nothing else runs: {ran_back}", said)
    hold(trees() == second and second != first, f"{example}: one release back")
    print(f"ok      {example}: rolled back by hand", flush=True)


for example in sys.argv[1:] or ["hello"]:
    play(example)
    asked.play(example, {provider: Project(example, provider, "request") for provider in PROVIDERS}, hold, the_same)
for what in sorted(skipped):
    print(f"skipped {what}")
print(f"{tried} passed, 0 failed")
shutil.rmtree(WORK, ignore_errors=True)
