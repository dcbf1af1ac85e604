"""Runs the steps of a composite action in order, as a runner would: expressions, `if`, outputs. For the steps with `run`;
one with `uses` is a fault, since nobody could fetch it here."""
import os, re, subprocess, tempfile, yaml

TOKEN = re.compile(r"\s*(?:(\d+)|'((?:[^']|'')*)'|(&&|\|\||==|!=|[!(),])|([A-Za-z_][\w.-]*))")


class Expression:
    """`a && b || format('{0}', c)` over a context of nested dictionaries."""

    def __init__(self, text, context):
        self.tokens, at = [], 0
        while at < len(text.rstrip()):
            found = TOKEN.match(text, at)
            if not found:
                raise ValueError(f"no expression: {text}")
            kind = next(i for i in (1, 2, 3, 4) if found.group(i) is not None)
            self.tokens.append((kind, found.group(kind)))
            at = found.end()
        self.context = context

    def value(self):
        result = self.either()
        assert not self.tokens, self.tokens
        return result

    def takes(self, sign):
        if self.tokens and self.tokens[0] == (3, sign):
            return self.tokens.pop(0)

    def either(self):
        left = self.both()
        while self.takes("||"):
            right = self.both()
            left = left or right
        return left

    def both(self):
        left = self.same()
        while self.takes("&&"):
            right = self.same()
            left = left and right
        return left

    def same(self):
        left = self.one()
        if self.takes("=="):
            return left == self.one()
        if self.takes("!="):
            return left != self.one()
        return left

    def one(self):
        if self.takes("!"):
            return not self.one()
        if self.takes("("):
            inner = self.either()
            self.takes(")")
            return inner
        kind, text = self.tokens.pop(0)
        if kind == 1:
            return int(text)
        if kind == 2:
            return text.replace("''", "'")
        if self.takes("("):
            given = []
            while not self.takes(")"):
                given.append(self.either())
                self.takes(",")
            return self.call(text, given)
        found = self.context
        for part in text.split("."):
            found = found.get(part, "") if isinstance(found, dict) else ""
        return found

    def call(self, name, given):
        if name == "format":
            return re.sub(r"\{(\d+)\}", lambda it: str(given[1 + int(it[1])]), given[0])
        return {"cancelled": False, "always": True, "success": not self.context["failed"], "failure": self.context["failed"]}[name]


def word(value):
    return {True: "true", False: "false", None: ""}.get(value, str(value)) if not isinstance(value, str) else value


def filled(text, context):
    """A text with its `${{ }}` filled in, once: what comes out is not looked at again."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda it: word(Expression(it[1], context).value()), word(text), flags=re.S)


def run(file, folder, inputs, github, environment):
    """The exit code, everything that was printed, the outputs, and the summary of the job."""
    action = yaml.safe_load(open(file))
    temporary = tempfile.mkdtemp(dir=environment["TMPDIR"])
    context = {"github": github, "runner": {"os": "Linux", "arch": "X64"}, "steps": {}, "failed": False}
    unknown = set(inputs) - set(action["inputs"])
    assert not unknown, unknown
    context["inputs"] = {name: filled(it.get("default", ""), context) for name, it in action["inputs"].items()} | inputs
    summary, said, code = os.path.join(temporary, "summary"), "", 0
    open(summary, "w").close()
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash" and "${{" not in step["run"], step["name"]
        wanted = step.get("if", "success()")
        if not re.search(r"\b(always|cancelled|success|failure)\(", wanted):
            wanted = f"success() && ({wanted})"
        outcome = {"outcome": "skipped", "outputs": {}}
        if Expression(wanted, context).value():
            output = os.path.join(temporary, "output")
            open(output, "w").close()
            script = os.path.join(temporary, "step.sh")
            open(script, "w").write(step["run"])
            own = {name: filled(value, context) for name, value in step.get("env", {}).items()}
            defaults = {"GITHUB_OUTPUT": output, "GITHUB_STEP_SUMMARY": summary, "RUNNER_TEMP": temporary, "GITHUB_ACTION_PATH": os.path.dirname(file), "CI": "true"}
            done = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script], cwd=folder, env={**environment, **defaults, **own}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            said += f"== {step['name']}: {done.returncode}\n{done.stdout}"
            outcome = {"outcome": "failure" if done.returncode else "success", "outputs": dict(line.split("=", 1) for line in open(output).read().splitlines())}
            context["failed"] |= done.returncode != 0
            code = code or done.returncode
        if "id" in step:
            context["steps"][step["id"]] = outcome
    outputs = {name: filled(it["value"], context) for name, it in action["outputs"].items()}
    return code, said, outputs, open(summary).read()
