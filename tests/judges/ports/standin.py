#!/usr/bin/python3
"""Stands in for the program of an image that is not at hand: it takes what the original takes, and refuses what the original refuses.

Its row of images.toml is /standin.json. It checks its variables, files, folders, limits and capabilities, signs in to what it opens, listens
where the original listens, and writes down what it got as one line of its log that begins with STANDIN.
"""

import base64
import glob
import hashlib
import http.server
import json
import os
import re
import resource
import signal
import socket
import socketserver
import sys
import threading
import time

import clients

ROW = json.load(open("/standin.json", encoding="utf-8"))
CAPABILITIES = ["CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE",
    "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE",
    "AUDIT_CONTROL", "SETFCAP"]
faults = []


def fault(text):
    faults.append(text)
    print(f"fault: {text}", flush=True)


def effective():
    """Capabilities that it has."""
    status = open("/proc/self/status", encoding="ascii").read()
    bits = int(re.search(r"CapEff:\s+(\w+)", status)[1], 16)
    return [name for at, name in enumerate(CAPABILITIES) if bits >> at & 1]


def has_form(text, form):
    """Whether a variable is as the original wants it: `64` bytes at least, `base64:32`, `url`, `text`, or one of some words."""
    if form.isdigit():
        return len(text.encode()) >= int(form)
    kind, _, rest = form.partition(":")
    if kind == "base64":
        try:
            return len(base64.b64decode(text, validate=True)) == int(rest)
        except ValueError:
            return False
    if kind == "url":
        return bool(re.fullmatch(r"(jdbc:)?[a-z]+://[^/\s]+(/\S*)?", text))
    return text != "" if form == "text" else text in form.split("|")


def needs():
    for name, form in ROW.get("needs", {}).items():
        text = os.environ.get(name)
        if text is None:
            fault(f"{name} is not set")
        elif not has_form(text, form):
            fault(f"{name} has {len(text)} letters and is no {form}")


def limits():
    kinds = {"nofile": resource.RLIMIT_NOFILE, "memlock": resource.RLIMIT_MEMLOCK}
    for name, least in ROW.get("limits", {}).items():
        soft = resource.getrlimit(kinds[name])[0]
        if soft != -1 and (least == -1 or soft < least):
            fault(f"limit {name} is {soft}, not {least}")
    missing = set(ROW.get("capabilities", [])) - set(effective())
    if missing:
        fault(f"capabilities are missing: {' '.join(sorted(missing))}")


def become():
    """Takes its folders and steps down, as an image does that begins as root."""
    to = ROW.get("becomes")
    if not to or os.getuid() != 0:
        return
    user, group = map(int, to.split(":"))
    for folder in ROW.get("folders", []):
        os.makedirs(folder, exist_ok=True)
        os.chown(folder, user, group)
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)


def write():
    """Writes each folder of the original; whether an earlier start did."""
    kept = {}
    for folder in ROW.get("folders", []):
        mark = os.path.join(folder, ".standin-" + ROW.get("id", "x"))
        kept[folder] = os.path.exists(mark)
        try:
            os.makedirs(folder, exist_ok=True)
            open(mark, "a", encoding="ascii").close()
        except OSError as error:
            fault(f"{folder}: {error.strerror}")
    return kept


def read():
    """Files that the original reads, with a hash of each."""
    found = {}
    for pattern in ROW.get("reads", []):
        paths = sorted(glob.glob(pattern))
        if not paths:
            fault(f"{pattern} is not there")
        for path in paths:
            found[path] = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return found


def filled(text):
    return re.sub(r"\$(\w+)|\$\{(\w+)\}", lambda it: os.environ.get(it[1] or it[2], ""), text)


def opens():
    """Signs in to what the original opens; how often that was done before, where it keeps data."""
    told = {}
    for kind, *words in ROW.get("opens", []):
        words = [filled(word) for word in words]
        end = time.monotonic() + 40
        while True:
            try:
                told[f"{kind} {words[0].rpartition('@')[2]}"] = getattr(clients, kind)(*words)
                break
            except Exception as error:  # whatever it is, the other one may not be there yet
                if time.monotonic() > end:
                    fault(f"{kind} {words[0].rpartition('@')[2]}: {error!r}")
                    break
                time.sleep(0.5)
    return told


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers as the original does: what is healthy, what is there at all, and nothing else."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        status = 200 if f"{self.server.server_address[1]}{path}" in ROW.get("answers", []) else ROW.get("otherwise", 404)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(b"standin\n")

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        if isinstance(self.request, tuple):
            self.request[1].sendto(self.request[0], self.client_address)


def listen():
    for it in ROW.get("listens", []):
        number, _, kind = it.partition("/")
        server = {"http": (http.server.ThreadingHTTPServer, Answer), "udp": (socketserver.ThreadingUDPServer, Echo)}
        make, handler = server.get(kind, (socketserver.ThreadingTCPServer, Echo))
        make.allow_reuse_address = True
        threading.Thread(target=make(("0.0.0.0", int(number)), handler).serve_forever, daemon=True).start()


def main():
    invoked, words = sys.argv[0], sys.argv[1:]
    if "STANDIN_ARGV" not in os.environ:
        os.environ["STANDIN_ARGV"] = json.dumps(sys.argv)
        os.environ["STANDIN_START"] = json.dumps({"pid": os.getpid(), "uid": os.getuid(), "gid": os.getgid(), "capabilities": effective()})
        if ROW.get("first") and os.getpid() != 1:
            sys.exit("fatal: can only run as pid 1")
    # an entry point hands on what is no word of its own
    if invoked in ROW.get("passes", []):
        words = words[words.index("--") + 1 :] if "--" in words[:2] else words
        if words and words[0] not in ROW.get("words", []):
            os.execvp(words[0], words)
    if invoked in ROW.get("quiet", []):
        ROW.update(needs={}, opens=[], listens=[])
    needs()
    limits()
    if faults:
        sys.exit(1)
    become()
    kept, files = write(), read()
    told = opens()
    if words and words[0] in ROW.get("once", []):
        sys.exit(1 if faults else 0)
    if not faults:
        listen()
    environment = {name: text for name, text in os.environ.items() if not name.startswith("STANDIN_")}
    record = {"argv": json.loads(os.environ["STANDIN_ARGV"]), "env": environment, "kept": kept, "files": files, "opened": told, "faults": faults,
        "mounts": [line.split()[4] for line in open("/proc/self/mountinfo", encoding="utf-8")], **json.loads(os.environ["STANDIN_START"])}
    print("STANDIN " + json.dumps(record), flush=True)
    if faults:
        sys.exit(1)
    ended = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(one, lambda *_: ended.set())
    ended.wait()


# what `ps` shows of the original
title = ROW.get("titles", {}).get(" ".join(sys.argv[1:]))
if title and not os.environ.get("STANDIN_TITLE"):
    os.environ["STANDIN_TITLE"] = "1"
    os.environ.setdefault("STANDIN_ARGV", json.dumps(sys.argv))
    os.environ.setdefault("STANDIN_START", json.dumps({"pid": os.getpid(), "uid": os.getuid(), "gid": os.getgid(), "capabilities": effective()}))
    os.execv("/usr/bin/python3", [title, *sys.argv])
main()
