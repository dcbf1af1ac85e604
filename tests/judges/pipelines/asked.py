"""Releases that somebody merges: the pipeline asks by one request, waits for it, knows it again however it was merged, and asks
to go back the same way. A forge on this machine stands in: GitHub's API, and GitLab's push options as a hook notes them."""
import http.server, json, os, subprocess, threading

HOOK = """#!/bin/sh
[ -n "${GIT_PUSH_OPTION_COUNT-}" ] || exit 0
at=0
while [ "$at" -lt "$GIT_PUSH_OPTION_COUNT" ]; do
  printenv "GIT_PUSH_OPTION_$at"
  at=$((at + 1))
done >> push-options
echo >> push-options
"""
HOSTILE = """say "it's" `touch owned` $(touch owned) ${HOME} ${{ github.token }} %s \\n * merge_request.target=main"""


class Forge:
    """The requests of one repository."""

    def __init__(self, origin):
        self.origin, self.open, self.asked = origin, None, []
        hook = os.path.join(origin, "hooks/pre-receive")
        open(hook, "w").write(HOOK)
        os.chmod(hook, 0o755)
        self.git("config", "receive.advertisePushOptions", "true")
        forge = self

        class Api(http.server.BaseHTTPRequestHandler):
            def answer(self, value, code=200):
                self.send_response(code)
                self.end_headers()
                self.wfile.write(json.dumps(value).encode())

            def heard(self):
                if self.headers["Authorization"] != "Bearer t":
                    self.send_error(401)
                    return None
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                forge.asked.append((self.command, self.path, json.loads(body) if body else None))
                return forge.asked[-1]

            def do_GET(self):
                if self.heard():
                    self.answer([{"number": 7}] if forge.open else [])

            def do_POST(self):
                if said := self.heard():
                    if forge.open:
                        return self.answer({"message": "a pull request already exists"}, 422)
                    forge.open = said[2]
                    self.answer({"number": 7, "html_url": "https://forge.example/pull/7"}, 201)

            def do_PATCH(self):
                if said := self.heard():
                    forge.open |= said[2]
                    self.answer({"number": 7, "html_url": "https://forge.example/pull/7"})

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{server.server_port}"

    def git(self, *words, text=None):
        who = {"GIT_AUTHOR_NAME": "b", "GIT_AUTHOR_EMAIL": "b@localhost", "GIT_COMMITTER_NAME": "b", "GIT_COMMITTER_EMAIL": "b@localhost"}
        done = subprocess.run(["git", "-C", self.origin, *words], env={**os.environ, **who}, input=text or "", capture_output=True, text=True)
        return done.stdout.strip()

    def merge(self, how):
        """As forges do it: a commit of another name each time, but for `forward`."""
        base, head = self.git("rev-parse", "env/prod"), self.git("rev-parse", "promote/prod")
        said = self.git("log", "-1", "--format=%B", head)
        message = {"squash": f"{said}\n\nCo-authored-by: c <c@localhost>\n", "merge": "Merge branch 'promote/prod' into 'env/prod'\n", "forward": ""}[how]
        parents = {"squash": ["-p", base], "merge": ["-p", base, "-p", head], "forward": []}[how]
        new = self.git("commit-tree", f"{head}^{{tree}}", *parents, text=message) if parents else head
        self.git("update-ref", "refs/heads/env/prod", new)
        self.open = None
        return head

    def request(self, provider):
        """Title, source and target of the request that is open, as this provider asked for it; under Jenkins what was pushed."""
        if provider == "github":
            return self.open["title"], self.open["head"], self.open["base"]
        if provider == "gitlab":
            options = dict(line.split("=", 1) for line in open(os.path.join(self.origin, "push-options")).read().strip().split("\n\n")[-1].splitlines() if "=" in line)
            return options["merge_request.title"], "promote/prod", options["merge_request.target"]
        return self.git("log", "-1", "--format=%s", "promote/prod"), "promote/prod", "env/prod"


HOW = {"github": ("squash", "merge"), "gitlab": ("merge", "forward"), "jenkins": ("forward", "squash")}


def play(example, projects, hold, the_same):
    tree = lambda project, branch="env/prod": project.forge.git("rev-parse", "--verify", f"{branch}^{{tree}}")
    trees = []

    def step(project, *words):
        """A script of the pipeline by itself, as a job that is started again."""
        environment = project.environment(False) | {"GITOPS_TOKEN": "t", "ARGOCD_TOKEN": "read-only"}
        return subprocess.run(["bash", *words], cwd=project.clone(), env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    for turn in (0, 1):
        before = {provider: tree(project) for provider, project in projects.items()}
        for project in projects.values():
            if turn:
                project.touch("services/hello/hello.py" if example == "hello" else "services/payments/payments.py")
                project.commit(HOSTILE)
                project.push()
        ran = the_same(example, "release", projects, f"release {turn + 1} is asked for, and waited for", good=False)
        for provider, project in projects.items():
            name = f"{example}, {provider}, request {turn + 1}"
            hold(not any("rollback" in it for it in ran[provider]), f"{name}: nothing is taken back", str(ran[provider]))
            hold(tree(project) == (before[provider] or project.forge.git("hash-object", "-t", "tree", "/dev/null")), f"{name}: what is live stays")
            hold(not os.path.exists(os.path.join(project.place, "owned")), f"{name}: no text is run")
            subject = f"{example}: {HOSTILE if turn else 'first'}"
            if not turn:
                # a second time: the request that is open is brought up to date, and there is one
                again, _, said = project.run("release")
                hold(not again and (provider != "jenkins" or f"open a request of it for env/prod ({subject})" in said), f"{name}: asked for again", said)
            found = project.forge.request(provider)
            hold(found == (subject, "promote/prod", "env/prod"), f"{name}: one, with title and branches", str(found))
            posts = [it for it in project.forge.asked if it[0] == "POST"]
            hold(len(posts) == (turn + 1 if provider == "github" else 0), f"{name}: opened once", str(project.forge.asked))
            asked = project.forge.merge(HOW[provider][turn])
            hold("deploy/prod/digests.tsv" in project.forge.git("ls-tree", "-r", "--name-only", "env/prod"), f"{name}: merged")
            done = step(project, "ci/watch.sh", "prod", asked)
            hold(done.returncode == 0 and "Healthy" in done.stdout, f"{name}: known again after a {HOW[provider][turn]}", done.stdout + done.stderr)
        trees.append([tree(project) for project in projects.values()])
    the_same(example, "release", projects, "the same commit again has nothing to ask for")
    for provider, project in projects.items():
        name = f"{example}, {provider}, back"
        fine, ran, said = project.run("rollback", rollback="prod")
        hold(fine and ran == {"ci/rollback.sh prod"}, f"{name}: it is asked for", said)
        hold(project.forge.request(provider)[0] == f"{example}: back to {example}: first", f"{name}: by name", said)
        project.forge.merge(HOW[provider][0])
    hold([tree(project) for project in projects.values()] == trees[0] != trees[1], f"{example}: one release back, once it is merged")
    print(f"ok      {example}: asked for, merged in three ways, and asked back", flush=True)
