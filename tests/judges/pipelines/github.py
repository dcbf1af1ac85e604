"""A small interpreter of the workflows that bastide writes: conditions, needs, matrices, outputs and artifacts as GitHub reads
them, and each `run:` for real. What it does not know is a fault, not a guess."""
import json, os, re, shutil, subprocess, tempfile, yaml

PASSED_OVER = ("actions/checkout@", "docker/login-action@", "actions/create-github-app-token@")


class Empty(str):
    """What is not there, and whatever would be in it."""

    def __getattr__(self, key):
        return Empty()


class Box(dict):
    """What is not there is empty, as in an expression of GitHub."""

    def __getattr__(self, key):
        return self.get(key, Empty())


def box(value):
    return Box({key: box(it) for key, it in value.items()}) if isinstance(value, dict) else value


def evaluate(text, names):
    """`github.event_name == 'push' && !failure()`: names with dashes are one word, and `a && b || c` is what Python makes of it."""
    kept = []
    text = re.sub(r"'[^']*'", lambda it: kept.append(it[0]) or f"\0{len(kept) - 1}\0", text.strip())
    text = re.sub(r"(?<=[a-z_.])-(?=[a-z])", "_", text).replace("&&", " and ").replace("||", " or ").replace("true", "True")
    text = re.sub(r"!(?!=)", " not ", text)
    return eval(re.sub(r"\0(\d+)\0", lambda it: kept[int(it[1])], text), {"__builtins__": {}}, names)


def filled(value, names):
    value = str(value).lower() if isinstance(value, bool) else str(value)
    whole = re.fullmatch(r"\$\{\{((?:(?!\}\}).)*)\}\}", value, re.S)
    if whole:
        return evaluate(whole[1], names)
    return re.sub(r"\$\{\{(.*?)\}\}", lambda it: str(evaluate(it[1], names)), value)


def names_of(text):
    """Keys of a mapping as the expressions here spell them."""
    return re.sub(r"-", "_", text)


class Run:
    def __init__(self, file, event, clone, environment, base="", queued="", inputs=None):
        self.flow, self.event, self.clone, self.environment = yaml.safe_load(open(file)), event, clone, environment
        self.context = box({"event_name": event, "base_ref": base, "event": {"before": "", "merge_group": {"base_sha": queued}}, "ref": "refs/heads/main", "workflow": "w", "server_url": "https://forge.example", "workflow_ref": "a/b/.github/workflows/w.yaml@refs/heads/main", "actor": "somebody", "token": "t"})
        self.inputs, self.results, self.artifacts, self.log = box(inputs or {}), {}, tempfile.mkdtemp(), []

    def above(self, job):
        needs = self.flow["jobs"][job].get("needs") or []
        return {it for need in needs for it in (need, *self.above(need))}

    def names(self, job):
        failed = any(self.results[it]["result"] == "failure" for it in self.above(job))
        needs = {names_of(it): self.results[it] for it in self.flow["jobs"][job].get("needs") or []}
        functions = {"failure": lambda: failed, "cancelled": lambda: False, "always": lambda: True, "fromJSON": json.loads, "toJSON": lambda value: json.dumps(value)}
        functions["format"] = lambda text, *parts: re.sub(r"\{(\d)\}", lambda it: str(parts[int(it[1])]), text)
        variables = {"ARGOCD_URL": self.environment.get("ARGOCD_URL", "")}
        return {"github": self.context, "needs": box(needs), "inputs": self.inputs, "secrets": box({"ARGOCD_TOKEN": "read-only"}), "vars": box(variables), **functions}

    def run(self):
        for name, job in self.flow["jobs"].items():
            names = self.names(name)
            text = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", str(job.get("if", "true")).strip(), flags=re.S)
            stands = re.search(r"(always|failure|cancelled)\(\)", text) or all(it["result"] == "success" for it in names["needs"].values())
            if not stands or not evaluate(text, names):
                self.results[name] = box({"result": "skipped", "outputs": {}})
                continue
            cells = [{}]
            if "strategy" in job:
                (key, values), = job["strategy"]["matrix"].items()
                cells = [{key: value} for value in filled(values, names)]
            done = [self.job(name, job, {**names, "matrix": box(cell)}) for cell in cells]
            outputs = {key: value for _, cell in done for key, value in cell.items()}
            self.results[name] = box({"result": "success" if all(ok for ok, _ in done) else "failure", "outputs": outputs})
        return {name: it["result"] for name, it in self.results.items()}

    def job(self, name, job, names):
        place, steps, good = self.clone(), {}, True
        for step in job["steps"]:
            always = "always()" in str(step.get("if", ""))
            text = str(step.get("if", "true"))
            if not (good or always) or not evaluate(text, {**names, "steps": box(steps)}):
                continue
            if "uses" in step:
                self.action(step, place, names)
                continue
            good &= self.step(name, step, job, place, {**names, "steps": box(steps)}, steps)
        outputs = {key: filled(value, {**names, "steps": box(steps)}) for key, value in (job.get("outputs") or {}).items()}
        return good, outputs

    def step(self, name, step, job, place, names, steps):
        given = {**(job.get("env") or {}), **(step.get("env") or {})}
        environment = {**self.environment, **{key: str(filled(value, names)) for key, value in given.items()}}
        output = tempfile.mktemp()
        environment |= {"GITHUB_OUTPUT": output, "GITHUB_ACTIONS": "true"}
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        cell = names.get("matrix") or {}
        self.log.append((name, next(iter(cell.values()), ""), step["run"], done.returncode, done.stdout + done.stderr))
        if "id" in step:
            lines = open(output).read().splitlines() if os.path.exists(output) else []
            steps[step["id"]] = {"outputs": dict(line.split("=", 1) for line in lines)}
        return done.returncode == 0

    def action(self, step, place, names):
        uses, given = step["uses"], {key: filled(value, names) for key, value in (step.get("with") or {}).items()}
        if uses.startswith("actions/upload-artifact@"):
            for path in given["path"].split():
                full = os.path.join(place, path)
                if os.path.exists(full):
                    shutil.copy(full, self.artifacts)
        elif uses.startswith("actions/download-artifact@"):
            target = os.path.join(place, given["path"])
            os.makedirs(target, exist_ok=True)
            for file in os.listdir(self.artifacts):
                shutil.copy(os.path.join(self.artifacts, file), target)
        elif not uses.startswith(PASSED_OVER):
            raise SystemExit(f"an action nobody here knows: {uses}")
