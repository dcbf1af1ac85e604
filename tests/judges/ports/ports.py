"""ports.py [PORT...] : brings applications of third-party images up, and compares what their programs got with what their original says.

For each folder of tests/ports (all by default): builds its spec with $BASTIDE, makes the stand-ins of images.toml for its images, fills the
files that are ignored as a user does (`dev.sh init`), and proves
- `up --wait` ends well, and so does a second one after a `down` that keeps volumes;
- each program got its original's command, user, capabilities, variables, files and folders, and signed in to what it opens;
- what it writes to a volume of the original is there at the second start, and what it opens still knows the first one;
- each port that the original publishes answers;
- `down --volumes` leaves nothing.
Ports of this machine are free ones in place of the original's, which are compared as text elsewhere. Uses the Docker of $DOCKER_HOST.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BASE = "python:3.13.5-slim-trixie"
# Docker's own, for a container that nobody says anything about
USUAL = set("CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE".split())
# Variables that a container has by itself, or from the image that stand-ins are made of
OWN = {"PATH", "HOSTNAME", "HOME", "LC_CTYPE", "PWD", "SHLVL", "OLDPWD", "_", "TERM"}
HTTP = ["java", "org.springframework.boot.loader.launch.JarLauncher"]
counts = {"ok": 0, "FAIL": 0}


def say(good, text):
    counts["ok" if good else "FAIL"] += 1
    if not good or os.environ.get("VERBOSE"):
        print(("ok    " if good else "FAIL  ") + text, flush=True)


def docker(*words, **options):
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=False, **options)


def compose(*words, **options):
    both = ["docker", "compose"] if docker("compose", "version").returncode == 0 else ["docker-compose"]
    return subprocess.run([*both, *words], capture_output=True, text=True, check=False, **options)


def rows():
    """The table, with what several rows share."""
    table = tomllib.loads((HERE / "images.toml").read_text(encoding="utf-8"))
    for row in table.values():
        if port := row.get("spring"):
            row |= {"entrypoint": HTTP, "folders": ["/tmp"], "listens": [f"{port}/http"], "answers": [f"{port}/actuator/health"],
                "opens": [["http", "http://config-server:8888/actuator/health"], ["http", "http://discovery-server:8761/"]]}
        if row.get("entrypoint", [""])[0] == "java":
            row["programs"] = ["/usr/bin/java"]
    return table


def image(name, row):
    """Makes what stands in for an image."""
    if like := row.get("like"):
        if docker("image", "inspect", name).returncode:
            docker("tag", like, name, timeout=60).check_returncode()
        return
    there = docker("image", "inspect", "--format", '{{index .Config.Labels "dev.bastide.stand-in"}}', name)
    if there.returncode == 0 and there.stdout.strip() != "true":
        sys.exit(f"{name} is here itself: nothing may stand in for it")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for file in ("standin.py", "clients.py"):
            shutil.copy(HERE / file, folder / file)
        (folder / "standin.json").write_text(json.dumps(row), encoding="utf-8")
        paths = [path for path in [*row.get("entrypoint", [])[:1], *row.get("programs", []), *row.get("passes", []), *row.get("quiet", [])] if path.startswith("/")]
        owned = [f"mkdir -p {path} && chown -R {row.get('user', row.get('becomes', '0:0'))} {path}" for path in row.get("owned", [])]
        links = [f"mkdir -p {os.path.dirname(path)} && ln -sf /standin/standin.py {path}" for path in dict.fromkeys(paths)]
        # `ps` is not in the base
        steps = [*links, *owned, "ln -sf /standin/busybox /bin/ps"]
        lines = [f"FROM {BASE}", "COPY --from=busybox:1.37.0-musl /bin/busybox /standin/busybox", "COPY standin.py clients.py /standin/",
            "COPY standin.json /standin.json", f"RUN chmod 755 /standin/*.py && {' && '.join(steps)}", "ENV PYTHONPATH=/standin PYTHONDONTWRITEBYTECODE=1"]
        if "user" in row:
            lines.append(f"USER {row['user']}")
        if "workdir" in row:
            lines.append(f"WORKDIR {row['workdir']}")
        lines += [f"ENTRYPOINT {json.dumps(row['entrypoint'])}", f"CMD {json.dumps(row.get('command', []))}", "LABEL dev.bastide.stand-in=true"]
        (folder / "Dockerfile").write_text("\n".join(lines) + "\n", encoding="utf-8")
        made = docker("build", "-q", "-t", name, str(folder), env={**os.environ, "DOCKER_BUILDKIT": "0"})
        if made.returncode:
            sys.exit(f"{name}: {made.stderr}")


def settable(limits):
    """Whether the engine may raise limits so far: one that runs in a container itself may not."""
    words = [f"--ulimit={name}={it if isinstance(it, int) else '%s:%s' % (it['soft'], it['hard'])}" for name, it in limits.items()]
    return docker("run", "--rm", "--network=none", *words, "busybox:1.37.0-musl", "true").returncode == 0


def free(kind):
    """A port of this machine that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM) as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def answers(port, kind, http):
    """Whether a port answers: HTTP with any page, UDP with what was sent, TCP with a connection."""
    try:
        if kind == "udp":
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as it:
                it.settimeout(2)
                for _ in range(5):
                    it.sendto(b"standin", ("127.0.0.1", port))
                    try:
                        return it.recv(64) == b"standin"
                    except TimeoutError:
                        continue
            return False
        if http:
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).status < 500
            except urllib.error.HTTPError as error:
                return error.code < 500
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        return False


def told(folder):
    """What differs from the original, and names of services that do."""
    path = folder / "differs.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")] if path.is_file() else []
    names = dict(line.removeprefix("name ").split(": ") for line in lines if line.startswith("name "))
    return names, {line.partition(": ")[0] for line in lines if not line.startswith("name ")}


class Port:
    """One application while it is judged."""

    def __init__(self, name, scratch, table):
        self.name, self.table = name, table
        self.folder = ROOT / "tests/ports" / name
        self.names, self.differs = told(self.folder)
        self.app = pathlib.Path(scratch) / name
        own = self.folder if (self.folder / "bastide.kdl").is_file() else ROOT / "examples" / name
        shutil.copytree(own, self.app)
        shutil.copytree(self.folder, self.app / "original", ignore=shutil.ignore_patterns("bastide.kdl"))
        self.project = f"bastide-port-{name}-{os.getpid()}"
        built = subprocess.run([os.environ.get("BASTIDE", "bastide"), "build", "--quiet", "-e", "dev", str(self.app)], capture_output=True, text=True)
        if built.returncode:
            sys.exit(f"{name}: {built.stdout}{built.stderr}")
        self.place = self.app / "deploy/dev/compose"
        subprocess.run(["sh", "dev.sh", "init"], cwd=self.place, check=True, capture_output=True)
        self.ours = self.read(self.place / "compose.yaml")
        self.original = self.read(self.app / "original/compose.yaml")
        self.ports = self.published()

    def read(self, file):
        # a variable of the desk stays itself, so that its value is seen to be a secret
        names = re.findall(r"(?<!\$)\$\{(\w+)\}", file.read_text(encoding="utf-8"))
        own = {**os.environ, **{name: f"${{{name}}}" for name in names}}
        done = compose("-p", self.project, "-f", str(file), "--profile", "*", "config", "--format", "json", env=own)
        if done.returncode:
            sys.exit(f"{self.name}: {done.stderr}")
        return json.loads(done.stdout)["services"]

    def published(self):
        """Free ports in place of those that are published."""
        ports, lines = {}, ["services:"]
        for service, it in self.ours.items():
            if it.get("ports"):
                lines.append(f"  {service}:")
            if it.get("ulimits") and not settable(it["ulimits"]):
                lines += [line for line in [f"  {service}:"] if not it.get("ports")] + ["    ulimits: !reset {}"]
                self.table[it["image"]].pop("limits", None)
                print(f"--    {self.name} {service}: this machine sets no such limits: {', '.join(it['ulimits'])}", flush=True)
            if it.get("ports"):
                lines.append("    ports: !override")
            for port in it.get("ports", []):
                key = (service, int(port["target"]), port.get("protocol", "tcp"))
                ports[key] = free(key[2])
                lines.append(f"    - \"127.0.0.1:{ports[key]}:{key[1]}/{key[2]}\"")
        (self.place / "ports.yaml").write_text("\n".join(lines if len(lines) > 1 else ["services: {}"]) + "\n", encoding="utf-8")
        return ports

    def run(self, *words):
        return compose("-p", self.project, "-f", "compose.yaml", "-f", "ports.yaml", *words, cwd=self.place, stdin=subprocess.DEVNULL)

    def containers(self):
        listed = docker("ps", "--all", "--quiet", "--filter", f"label=com.docker.compose.project={self.project}").stdout.split()
        boxes = json.loads(docker("inspect", *listed).stdout) if listed else []
        return {box["Config"]["Labels"]["com.docker.compose.service"]: box for box in boxes}

    def up(self, what):
        began = time.monotonic()
        done = self.run("up", "--detach", "--wait", "--wait-timeout", os.environ.get("WAIT", "180"), "--pull", "never")
        print(f"{'ok   ' if done.returncode == 0 else 'FAIL '} {self.name}: {what} ({time.monotonic() - began:.0f} s)", flush=True)
        counts["ok" if done.returncode == 0 else "FAIL"] += 1
        if done.returncode:
            print(done.stderr[-1500:])
            for service, box in self.containers().items():
                state = box["State"]
                if state["Status"] == "running" and state.get("Health", {}).get("Status", "healthy") == "healthy" or state["ExitCode"] == 0 and state["Status"] == "exited":
                    continue
                logs = docker("logs", "--tail", "12", box["Id"])
                print(f"      {service}: {state['Status']} {state['ExitCode']}\n{(logs.stdout + logs.stderr)[-1500:]}")
        return done.returncode == 0

    def records(self):
        """What each program wrote down at its last start; one that nobody asks for its health may not be so far."""
        for _ in range(30):
            found = self.written()
            if None not in found.values():
                break
            time.sleep(1)
        return found

    def written(self):
        found = {}
        for service, box in self.containers().items():
            row = self.table.get(box["Config"]["Image"], {})
            if "entrypoint" in row:
                log = docker("logs", box["Id"]).stdout.splitlines()
                lines = [line for line in log if line.startswith("STANDIN ")]
                found[service] = json.loads(lines[-1][8:]) if lines else None
        return found

    def compare(self, records, first):
        say(bool(records), f"{self.name}: a program wrote something down")
        originals = {self.names.get(name, name): it for name, it in self.original.items()}
        for service, record in records.items():
            if record is None:
                say(False, f"{self.name} {service}: wrote nothing down")
                continue
            row, original = self.table[self.ours[service]["image"]], originals.get(service, {})
            check = lambda good, text: say(good, f"{self.name} {service}: {text}")
            check(not record["faults"], f"faults {record['faults']}")
            self.program(service, record, row, original, check)
            self.variables(service, record, original, check)
            self.folders(service, record, original, first, check)
            for what, count in record["opened"].items():
                before = first and first[service]["opened"].get(what)
                kept = what.startswith(("postgres", "mysql"))
                check(not kept or count >= (before or 0) + 1, f"{what}: sign-in {count}, before {before}")
        for service, original in originals.items():
            for port in original.get("ports", []):
                self.answers(service, int(port["target"]), port.get("protocol", "tcp"))

    def program(self, service, record, row, original, check):
        entry = original.get("entrypoint") or row["entrypoint"]
        words = [*entry, *(original.get("command") or ([] if original.get("entrypoint") else row.get("command", [])))]
        seen = [os.path.basename(record["argv"][0]), *record["argv"][1:]]
        words = [os.path.basename(words[0]), *[word.replace("$$", "$") for word in words[1:]]]
        check(seen == words, f"started as {seen}, not {words}")
        if f"{service} user" not in self.differs:
            user = row.get("user", "0:0")
            check(f"{record['uid']}:{record['gid']}" == user, f"user {record['uid']}:{record['gid']}, not {user}")
        check(record["pid"] == 1, f"process {record['pid']}")
        wanted = (USUAL if record["uid"] == 0 else set()) | (set(original.get("cap_add", [])) if record["uid"] == 0 else set())
        check(wanted <= set(record["capabilities"]), f"lacks {sorted(wanted - set(record['capabilities']))}")

    def variables(self, service, record, original, check):
        wanted = {name: str(value) for name, value in (original.get("environment") or {}).items()}
        for old, new in self.names.items():
            wanted = {name: value.replace(old, new) for name, value in wanted.items()}
        for name, value in wanted.items():
            if f"{service} env {name}" in self.differs:
                continue
            seen = record["env"].get(name)
            for old, new in self.names.items():
                seen = seen and seen.replace(old, new)
            secret = "${" in value or "@" in value or "pass" in name.lower()
            check(seen is not None and (seen == value or secret and len(seen) >= 8), f"{name} is {seen!r}, not {value!r}")
        more = {name for name in record["env"] if name not in wanted and name not in OWN and not name.startswith("PYTHON")}
        more = {name for name in more if f"{service} env {name}" not in self.differs}
        check(not more, f"is told more: {sorted(more)}")

    def folders(self, service, record, original, first, check):
        for mount in original.get("volumes", []):
            target, source = mount["target"].rstrip("/"), pathlib.Path(mount.get("source", ""))
            machine = mount["type"] == "bind" and not source.is_relative_to(self.app)
            if machine:
                continue
            if mount.get("read_only"):
                files = [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]
                if source.is_relative_to(self.app / "original"):  # of an example, the files stand beside its spec
                    own = self.app / source.relative_to(self.app / "original")
                    files = files or ([own] if own.is_file() else [path for path in own.rglob("*") if path.is_file()])
                    source = source if source.exists() else own
                check(bool(files), f"{source} of the original is there")
                for path in files:
                    inner = target if path == source else f"{target}/{path.relative_to(source)}"
                    check(record["files"].get(inner) == hashlib.sha256(path.read_bytes()).hexdigest(), f"file {inner} is the original's")
                continue
            told = f"{service} volume {target}" in self.differs
            check(told or target in record["mounts"], f"volume {target}")
            for folder, kept in record["kept"].items():
                if folder == target or folder.startswith(target + "/"):
                    check(not first or kept, f"what was written to {folder} is there")

    def answers(self, service, number, kind):
        port = self.ports.get((service, number, kind))
        row = self.table.get(self.ours[service]["image"], {})
        good = port and answers(port, kind, f"{number}/http" in row.get("listens", []))
        say(bool(good), f"{self.name} {service}: port {number}/{kind} answers")

    def judge(self):
        for name in {it["image"] for it in self.ours.values() if it["image"] in self.table}:
            image(name, self.table[name])
        try:
            if self.up("up --wait"):
                first = self.records()
                self.compare(first, None)
                down = self.run("down", "--timeout", "10")
                say(down.returncode == 0, f"{self.name}: down {down.stderr[-300:]}")
                if self.up("up --wait, again"):
                    self.compare(self.records(), first)
        finally:
            self.run("--profile", "*", "down", "--volumes", "--timeout", "3", "--remove-orphans")
        label = f"label=com.docker.compose.project={self.project}"
        left = [docker(*what, "--quiet", "--filter", label).stdout for what in (("ps", "--all"), ("network", "ls"), ("volume", "ls"))]
        say(not any(left), f"{self.name}: nothing is left {left}")


def main():
    table = rows()
    known = sorted(path.parent.name for path in (ROOT / "tests/ports").glob("*/compose.yaml"))
    judged = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name in sys.argv[1:] or known:
            port = Port(name, scratch, table)
            unknown = [it["image"] for it in port.ours.values() if it["image"] not in table and docker("image", "inspect", it["image"]).returncode]
            if unknown:
                print(f"--    {name}: nothing stands in for {', '.join(sorted(set(unknown)))}", flush=True)
                continue
            port.judge()
            judged += 1
    print(f"{judged} applications came up twice, {counts['ok']} facts hold, {counts['FAIL']} do not")
    sys.exit(counts["FAIL"] > 0 or judged == 0)


main()
