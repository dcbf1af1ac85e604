"""real.py : Dendrite, a Matrix homeserver, runs from the spec of tests/ports/dendrite as it stands, and somebody uses it.

The image is real/dendrite, the program itself. Builds with $BASTIDE, hands a signing key to `dev.sh init` as a user does, and proves
- `up --wait` ends well; with the secret that was made an account is made, which signs in, says something and uploads a file;
- after a `down` that keeps volumes, a change of the configuration and another build, `init` and `up`, what was said and uploaded is
  there, and the change has arrived;
- `down --volumes` leaves nothing.
Ports of this machine are free ones. Uses the Docker of $DOCKER_HOST.
"""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
REAL, UPSTREAM = "real/dendrite:v0.13.8", "matrixdotorg/dendrite-monolith:v0.13.8"
DATABASE = "docker.io/library/postgres:15.14-trixie"
counts = {"ok": 0, "FAIL": 0}


def say(good, text):
    counts["ok" if good else "FAIL"] += 1
    print(("ok    " if good else "FAIL  ") + text, flush=True)


def run(*words, **options):
    return subprocess.run(words, capture_output=True, text=True, check=False, **options)


def free():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def signing_key():
    """A key as `generate-keys` writes it."""
    seed = base64.b64encode(secrets.token_bytes(32)).decode()
    return f"-----BEGIN MATRIX PRIVATE KEY-----\nKey-ID: ed25519:{secrets.token_hex(3)}\n\n{seed}\n-----END MATRIX PRIVATE KEY-----\n"


class Client:
    """Somebody who uses the server."""

    def __init__(self, port):
        self.base, self.token = f"http://127.0.0.1:{port}", None

    def call(self, method, path, body=None, kind="application/json"):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": kind, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        asked = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            text = answer.read()
            return json.loads(text) if "json" in answer.headers.get("Content-Type", "") else text

    def register(self, shared):
        nonce = self.call("GET", "/_synapse/admin/v1/register")["nonce"]
        words = [nonce, "alice", "wonderland1", "notadmin"]
        mac = hmac.new(shared.encode(), b"\0".join(word.encode() for word in words), hashlib.sha1).hexdigest()
        user = {"nonce": nonce, "username": "alice", "password": "wonderland1", "admin": False, "mac": mac}
        return self.call("POST", "/_synapse/admin/v1/register", user)["user_id"]

    def sign_in(self):
        who = {"type": "m.id.user", "user": "alice"}
        body = {"type": "m.login.password", "identifier": who, "password": "wonderland1"}
        self.token = self.call("POST", "/_matrix/client/v3/login", body)["access_token"]

    def said(self):
        room = self.call("GET", "/_matrix/client/v3/joined_rooms")["joined_rooms"][0]
        events = self.call("GET", f"/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=9")["chunk"]
        return [it["content"].get("body") for it in events if it["type"] == "m.room.message"]

    def there(self, path):
        try:
            return self.call("GET", path)
        except urllib.error.HTTPError as error:
            return error.code


class Stack:
    """The application as it is written, brought up and taken down."""

    def __init__(self, scratch):
        self.app = pathlib.Path(scratch) / "dendrite"
        shutil.copytree(ROOT / "tests/ports/dendrite", self.app)
        self.place, self.project, self.port = self.app / "deploy/dev/compose", f"bastide-real-{os.getpid()}", free()
        spec = self.app / "bastide.kdl"
        ports = {"8008": self.port, "8448": free()}
        text = spec.read_text(encoding="utf-8")
        for old, new in ports.items():
            text = text.replace(f'publish="{old}"', f'publish="127.0.0.1:{new}"')
        spec.write_text(text, encoding="utf-8")
        self.key = signing_key()

    def build(self):
        built = run(os.environ.get("BASTIDE", "bastide"), "build", "--quiet", "-e", "dev", str(self.app))
        say(built.returncode == 0, f"build {built.stdout}{built.stderr}")
        made = run("sh", "dev.sh", "init", cwd=self.place, env={**os.environ, "SIGNING_KEY": self.key})
        say(made.returncode == 0, f"dev.sh init {made.stderr if made.returncode else ''}")

    def compose(self, *words):
        both = ["docker", "compose"] if run("docker", "compose", "version").returncode == 0 else ["docker-compose"]
        return run(*both, "-p", self.project, *words, cwd=self.place, stdin=subprocess.DEVNULL)

    def up(self, what):
        began = time.monotonic()
        done = self.compose("up", "--detach", "--wait", "--wait-timeout", os.environ.get("WAIT", "180"), "--pull", "never")
        logs = "" if done.returncode == 0 else done.stderr[-800:] + self.compose("logs", "--tail", "20").stdout
        say(done.returncode == 0, f"{what} ({time.monotonic() - began:.0f} s) {logs}")
        return done.returncode == 0


def first(stack):
    """What is stored: the place of a file."""
    client = Client(stack.port)
    shared = (stack.place / "secrets/monolith.REGISTRATION").read_text(encoding="utf-8")
    say(client.register(shared) == "@alice:localhost", "the secret that was made lets an account be made")
    client.sign_in()
    room = client.call("POST", "/_matrix/client/v3/createRoom", {"name": "tea"})["room_id"]
    client.call("PUT", f"/_matrix/client/v3/rooms/{room}/send/m.room.message/1", {"msgtype": "m.text", "body": "hello"})
    file = client.call("POST", "/_matrix/media/v3/upload?filename=a.txt", b"some bytes", "text/plain")["content_uri"]
    say(client.there("/.well-known/matrix/client") == 404, "no other address is told")
    return file.removeprefix("mxc://")


def again(stack, file):
    client = Client(stack.port)
    client.sign_in()
    say(client.said() == ["hello"], "what was said is there")
    say(client.there(f"/_matrix/media/v3/download/{file}") == b"some bytes", "what was uploaded is there")
    told = client.there("/.well-known/matrix/client")
    say("chat.example.org" in str(told), f"the change of the configuration has arrived: {told}")


def main():
    run("docker", "tag", REAL, UPSTREAM)
    if run("docker", "image", "inspect", DATABASE).returncode:
        run("docker", "tag", "postgres:16.10-trixie", DATABASE)
    with tempfile.TemporaryDirectory() as scratch:
        stack = Stack(scratch)
        try:
            stack.build()
            if stack.up("up --wait"):
                file = first(stack)
                down = stack.compose("down", "--timeout", "10")
                say(down.returncode == 0, f"down {down.stderr[-300:] if down.returncode else ''}")
                config = stack.app / "config/dendrite.yaml"
                text = config.read_text(encoding="utf-8").replace('client_name: ""', 'client_name: "https://chat.example.org"')
                config.write_text(text, encoding="utf-8")
                stack.build()
                if stack.up("up --wait, again"):
                    again(stack, file)
        finally:
            stack.compose("down", "--volumes", "--timeout", "3", "--remove-orphans")
            run("docker", "rmi", UPSTREAM)
        label = f"label=com.docker.compose.project={stack.project}"
        left = [run("docker", *what, "--quiet", "--filter", label).stdout for what in (("ps", "--all"), ("network", "ls"), ("volume", "ls"))]
        say(not any(left), f"nothing is left {left if any(left) else ''}")
    print(f"{counts['ok']} facts hold, {counts['FAIL']} do not")
    raise SystemExit(counts["FAIL"] > 0)


main()
