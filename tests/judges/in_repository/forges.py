"""forges.py TOOLS: the action's, the component's and the step's scripts, run in order from a temporary repository against the
program in $BASTIDE, and held against each other: what one of them refuses all refuse. The comment is written to a server
on this machine that keeps issues as GitHub and GitLab do."""
import http.server, json, os, re, shlex, shutil, subprocess, sys, tempfile, threading, urllib.parse, yaml

sys.dont_write_bytecode = True
import action, component

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../.."))
BASTIDE = os.path.realpath(os.environ["BASTIDE"])
WORK = tempfile.mkdtemp()
PLAIN = {"PATH": os.environ["PATH"], "HOME": WORK, "TMPDIR": WORK, "GIT_CONFIG_GLOBAL": "/dev/null", "JUDGES": os.environ.get("JUDGES", "")}
WHO = ["-c", "user.name=a", "-c", "user.email=a@localhost"]
APP = "apps/shop"
tried = 0


def git(*command, at):
    return subprocess.run(["git", *WHO, *command], cwd=at, env=PLAIN, check=True, capture_output=True, text=True).stdout.strip()


def hold(fact, what, said=""):
    global tried
    tried += 1
    if not fact:
        print(said)
        sys.exit(f"FAILED: {what}")


class Forge(http.server.BaseHTTPRequestHandler):
    """Comments of one issue or merge request, in pages, by whoever has the token."""

    comments, asked, allowed = [], [], True
    names = {"github-token": ("Bot", 7), "gitlab-token": ("user", 7)}

    def answer(self, code, value):
        text = json.dumps(value).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do(self):
        token = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization", "").removeprefix("Bearer ")
        Forge.asked.append((self.command, self.path))
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "null")
        kind, own = self.names.get(token, (None, None))
        if not kind or (not Forge.allowed and self.command != "GET"):
            return self.answer(403 if kind else 401, {})
        path, _, query = self.path.partition("?")
        if path.endswith("/user"):
            return self.answer(200, {"id": own})
        if self.command == "GET":
            query = dict(urllib.parse.parse_qsl(query))
            size, page = int(query["per_page"]), int(query["page"])
            return self.answer(200, Forge.comments[(page - 1) * size : page * size])
        if self.command == "POST":
            Forge.comments.append({"id": len(Forge.comments) + 1, "user": {"type": kind}, "author": {"id": own}, "body": body["body"]})
            return self.answer(201, Forge.comments[-1])
        one = Forge.comments[int(path.rsplit("/", 1)[1]) - 1]
        one["body"] = body["body"]
        self.answer(200, one)

    do_GET = do_POST = do_PATCH = do_PUT = do

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forge)
threading.Thread(target=server.serve_forever, daemon=True).start()
API = f"http://127.0.0.1:{server.server_port}"


def repository(name):
    """The shop in a folder of a repository, built and committed, with a remote; on a branch of its own."""
    place = os.path.join(WORK, name)
    os.makedirs(os.path.join(place, APP))
    git("init", "--quiet", "--initial-branch", "main", at=place)
    files = git("ls-files", at=os.path.join(ROOT, "examples/shop")).splitlines()
    for file in files:
        os.makedirs(os.path.dirname(os.path.join(place, APP, file)), exist_ok=True)
        shutil.copy(os.path.join(ROOT, "examples/shop", file), os.path.join(place, APP, file))
    subprocess.run([BASTIDE, "build", "--quiet", APP], cwd=place, check=True, capture_output=True)
    git("add", "--all", at=place)
    git("commit", "--quiet", "--message", "first", at=place)
    git("clone", "--quiet", "--bare", place, place + ".git", at=WORK)
    git("remote", "add", "origin", place + ".git", at=place)
    git("fetch", "--quiet", "origin", at=place)
    git("switch", "--quiet", "--create", "change", at=place)
    return place


def edit(place, file, old, new):
    path = os.path.join(place, APP, file)
    text = open(path).read()
    assert old in text, old
    open(path, "w").write(text.replace(old, new, 1))


def build(place):
    subprocess.run([BASTIDE, "build", "--quiet", APP], cwd=place, check=True, capture_output=True)


def clean(place):
    edit(place, "services/ordering.kdl", "scale min=2", "scale min=3")
    build(place)


def broken(place):
    edit(place, "services/ordering.kdl", 'uses "orders-db"', 'uses "orders-dp"')


def stale(place):
    edit(place, "services/ordering.kdl", "scale min=2", "scale min=3")


def breaking(place):
    """An operation that clients call is gone, under the old number."""
    path = os.path.join(place, APP, "contracts/catalog.openapi.yaml")
    contract = yaml.safe_load(open(path))
    contract["paths"].pop(next(iter(contract["paths"])))
    yaml.safe_dump(contract, open(path, "w"), sort_keys=False)


def unchanged(place):
    pass


# what a change is, whether it is taken, and what the log must say
CHANGES = [
    (unchanged, True, ["nothing differs"]),
    (clean, True, ["service.orders.scale.min"]),
    (broken, False, ["did you mean `orders-db`"]),
    (stale, False, ["stale-output", f"run `bastide build {APP}`"]),
    (breaking, False, ["breaking-without-major", "write `version \"3.0.0\"`"]),
]


def github(place, inputs={}, pull=True, fork=False, path=APP, base="main", **environment):
    event = {"pull_request": {"number": 5, "head": {"repo": {"full_name": "other/shop" if fork else "acme/shop"}}}} if pull else {}
    context = {"event_name": "pull_request" if pull else "push", "base_ref": base if pull else "", "repository": "acme/shop", "token": "github-token", "event": event}
    environment = {**PLAIN, "GITHUB_API_URL": API, "GITHUB_REPOSITORY": "acme/shop", **environment}
    return action.run(os.path.join(ROOT, "action.yml"), place, {"path": path, "bin": BASTIDE, **inputs}, context, environment)


def gitlab(place, inputs={}, pull=True, fork=False, **variables):
    """By gitlab-ci-local, which reads the job and runs its script in a shell."""
    jobs = component.filled(os.path.join(ROOT, "templates/bastide/template.yml"), {"image": "example/bastide:1", "bin": BASTIDE, "path": APP, **inputs})
    file = os.path.join(place, ".gitlab-ci.yml")
    open(file, "w").write(jobs)
    given = {"CI_API_V4_URL": API, **variables}
    if pull:
        given |= {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "5", "CI_MERGE_REQUEST_PROJECT_ID": "3", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "4" if fork else "3", "CI_MERGE_REQUEST_DIFF_BASE_SHA": git("merge-base", "origin/main", "HEAD", at=place)}
    pairs = [part for name, value in given.items() for part in ("--variable", f"{name}={value}")]
    done = subprocess.run(["gitlab-ci-local", "--force-shell-executor", "--no-color", "--shell-isolation=false", *pairs, "bastide"], cwd=place, env=PLAIN, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    os.remove(file)
    return done.returncode, done.stdout + done.stderr


def jenkins(place, inputs={}, pull=True):
    groovy = ["java", "-cp", os.path.join(os.environ["JUDGES"], "jenkins/libs/*"), "groovy.ui.GroovyMain", os.path.join(ROOT, "tests/judges/in_repository/step.groovy")]
    given = [f"{name}={value}" for name, value in ({"path": APP, "bin": BASTIDE} | inputs).items()]
    environment = {**PLAIN, **({"CHANGE_TARGET": "main"} if pull else {})}
    done = subprocess.run([*groovy, os.path.join(ROOT, "vars/bastide.groovy"), *given], cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def the_same_is_refused():
    for change, taken, words in CHANGES:
        place = repository(change.__name__)
        change(place)
        git("commit", "--quiet", "--allow-empty", "--all", "--message", change.__name__, at=place)
        for name, run in (("github", github), ("gitlab", gitlab), ("jenkins", jenkins)):
            # what breaks a contract may leave generated files stale as well
            off = {"drift": False if name == "gitlab" else "false"} if change is breaking else {}
            code, said, *rest = run(place, off)
            hold((code == 0) == taken, f"{name}, {change.__name__}: exit code {code}", said)
            for text in words:
                hold(text in said, f"{name}, {change.__name__}: it does not say {text}", said)
            if name == "github":
                outputs, summary = rest
                hold(not taken or summary, "the summary is written", said)
                hold(json.load(open(outputs["sarif"]))["version"] == "2.1.0", "SARIF is written", said)
                if change in (broken, stale):
                    hold(f"::error file={APP}/" in said, "annotations name files from the root", said)
            if name == "gitlab":
                quality = json.load(open(os.path.join(place, "bastide-quality.json")))
                hold(all(it["location"]["path"].startswith(APP) for it in quality) and (quality or change not in (broken, breaking)), "the quality report", said)
                hold("<testsuites" in open(os.path.join(place, "bastide-junit.xml")).read(), "the JUnit report", said)
            if name == "jenkins":
                hold("kept: [bastide-junit.xml, bastide-diff.md]" in said and os.path.exists(os.path.join(place, "bastide-junit.xml")), "reports are kept", said)
            for left in ("bastide-quality.json", "bastide-junit.xml", "bastide-diff.md"):
                if os.path.exists(os.path.join(place, left)):
                    os.remove(os.path.join(place, left))
        if change in (stale,):
            for name, run, off in (("github", github, "false"), ("gitlab", gitlab, False), ("jenkins", jenkins, "false")):
                code, said, *_ = run(place, {"drift": off})
                hold(code == 0, f"{name}: what is rendered in CI is not held against git", said)
        if change is breaking:
            for name, run in (("github", github), ("gitlab", gitlab), ("jenkins", jenkins)):
                code, said, *_ = run(place, {"against": "none"})
                hold("compared with nothing" in said, f"{name}: it says that nothing is compared", said)


def comments_are_brought_up_to_date():
    place = os.path.join(WORK, "clean")
    for name, run, switch, secret in (("github", github, {"comment": "true"}, {}), ("gitlab", gitlab, {"note": True}, {"BASTIDE_TOKEN": "gitlab-token"})):
        Forge.comments, Forge.asked, Forge.allowed = [], [], True
        code, said, *_ = run(place, {}, **secret)
        hold(code == 0 and not Forge.asked, f"{name}: no comment unless asked", said)
        # others wrote before, one of them what looks like ours
        code, said, *_ = run(place, switch, **secret)
        hold(code == 0 and len(Forge.comments) == 1, f"{name}: one comment", said)
        mark = Forge.comments[0]["body"].splitlines()[0]
        forged = {"id": 1, "user": {"type": "User"}, "author": {"id": 99}, "body": mark + "\nmine"}
        Forge.comments = [forged, *({**forged, "id": at + 2, "body": "x"} for at in range(120))]
        for _ in range(2):
            code, said, *_ = run(place, switch, **secret)
            hold(code == 0 and len(Forge.comments) == 122, f"{name}: one comment, the second time in its place", said)
        hold(Forge.comments[0]["body"].endswith("mine"), f"{name}: nobody else's is touched", said)
        hold("service.orders.scale.min" in Forge.comments[-1]["body"], f"{name}: it says what changes", said)
        hold("gitlab-token" not in said and "github-token" not in said, f"{name}: no token in the log", said)
        Forge.asked = []
        code, said, *_ = run(place, switch, fork=True, **secret)
        hold(code == 0 and not Forge.asked and "from a fork" in said, f"{name}: a fork is passed over by name", said)
        Forge.allowed = False
        code, said, *_ = run(place, switch, **secret)
        hold(code == 0 and "403" in said and len(Forge.comments) == 122, f"{name}: without the permission there is none, and it is said", said)
    code, said = gitlab(place, {"note": True})
    hold(code == 0 and "BASTIDE_TOKEN is not set" in said, "gitlab: without a token there is none, and it is said", said)


def texts_are_data():
    place = os.path.join(WORK, "clean")
    sign = os.path.join(WORK, "PWNED")
    for text in (f"$(touch {sign})", f"`touch {sign}`", f'"; touch {sign}; "', f"'; touch {sign}; '", f"x\ntouch {sign}\n", "${{ github.token }}", f"-x$(touch {sign})", f"a && touch {sign}"):
        for inputs in ({"path": text}, {"against": text}, {"bin": text}, {"version": text, "bin": ""}, {"drift": text}):
            code, said, *_ = github(place, {"path": APP, **inputs})
            hold(not os.path.exists(sign) and (code != 0 or "drift" in inputs), f"github: {inputs}", said)
        code, said, *_ = github(place, base=text)
        hold(not os.path.exists(sign) and code != 0, f"github: a branch {text!r}", said)
        for inputs in ({"path": text}, {"against": text}, {"bin": text}, {"image": text}, {"job": text}, {"stage": text}, {"drift": text}):
            try:
                component.filled(os.path.join(ROOT, "templates/bastide/template.yml"), {"image": "x", **inputs})
                hold(False, f"gitlab takes {inputs}")
            except component.Refused:
                hold(True, "")
        code, said = jenkins(place, {"path": text, "against": text})
        hold(not os.path.exists(sign) and code != 0, f"jenkins: {text!r}", said)
    code, said = jenkins(place, {"pfad": "."})
    hold(code != 0 and "there is no pfad" in said, "jenkins: an unknown name is told", said)


def shellcheck_takes_the_scripts():
    scripts = [("bash", step["run"]) for step in yaml.safe_load(open(os.path.join(ROOT, "action.yml")))["runs"]["steps"]]
    jobs = yaml.safe_load(component.filled(os.path.join(ROOT, "templates/bastide/template.yml"), {"image": "x"}))
    scripts += [("sh", text) for text in jobs["bastide"]["script"]]
    scripts += [("sh", text) for text in re.findall(r"'''(.*?)'''", open(os.path.join(ROOT, "vars/bastide.groovy")).read(), re.S)]
    hold(len(scripts) == 7, f"{len(scripts)} scripts")
    for shell, text in scripts:
        # SC2016: backticks in single quotes are told as they stand; SC2153: what the environment holds
        done = subprocess.run(["shellcheck", "--exclude", "SC2016,SC2153", "--shell", shell, "-"], input=text, capture_output=True, text=True)
        hold(done.returncode == 0, "shellcheck", done.stdout)


def where_the_program_comes_from():
    place = os.path.join(WORK, "clean")
    tools = os.path.join(WORK, "bin")
    os.makedirs(tools)
    os.symlink(BASTIDE, os.path.join(tools, "bastide"))
    code, said, outputs, _ = github(place, {"bin": ""}, PATH=f"{tools}:{PLAIN['PATH']}")
    hold(code == 0 and outputs["bin"] == f"{tools}/bastide", "github: a bastide that is there is taken", said)
    os.remove(os.path.join(tools, "bastide"))
    # in the place of cargo: it says what it was asked, and puts the program there
    open(os.path.join(tools, "cargo"), "w").write(f'#!/bin/sh\necho "cargo $*"\nwhile [ "$1" != --root ]; do shift; done\nmkdir -p "$2/bin"\ncp {shlex.quote(BASTIDE)} "$2/bin/bastide"\n')
    os.chmod(os.path.join(tools, "cargo"), 0o755)
    code, said, outputs, _ = github(place, {"bin": ""}, PATH=f"{tools}:/usr/bin:/bin")
    hold(code == 0 and f"cargo install --locked --quiet --path {ROOT} " in said, "github: else it is built from the action's source", said)
    code, said, *_ = github(place, {"bin": "", "version": "0.1.0"}, PATH="/usr/bin:/bin")
    hold(code != 0 and "there is no release 0.1.0" in said, "github: a release that is not there is told", said)
    code, said, *_ = github(place, {"bin": "no-such"})
    hold(code != 0 and "bin names no program" in said, "github: a missing program is told", said)
    shallow = os.path.join(WORK, "shallow")
    git("push", "--quiet", "origin", "change", at=place)
    git("clone", "--quiet", "--depth", "1", "--branch", "change", f"file://{place}.git", shallow, at=WORK)
    code, said, *_ = github(shallow)
    hold(code == 2 and "shallow" in said, "github: a shallow clone cannot be compared, which is told", said)


try:
    the_same_is_refused()
    comments_are_brought_up_to_date()
    texts_are_data()
    shellcheck_takes_the_scripts()
    where_the_program_comes_from()
    print(f"{tried} facts held, {len(CHANGES)} changes on three systems")
finally:
    server.shutdown()
    shutil.rmtree(WORK, ignore_errors=True)
