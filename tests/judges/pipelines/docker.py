#!/usr/bin/env python3
"""Stands before the real `docker` for the steps of a pipeline, where buildx, the pinned tools and their registries cannot be had:
builds and pushes by the engine's own builder, tags by the registry's API, and notes what it was asked. STAND_IN is its
folder; `refuse` in it holds words of a command that fails; with `engine` = none in it nothing is run at all."""
import hashlib, json, os, subprocess, sys, urllib.request

HERE = os.environ["STAND_IN"]
REAL = {**os.environ, "DOCKER_BUILDKIT": "0", "DOCKER_HOST": os.environ.get("REAL_DOCKER_HOST", "")}
REAL.pop("DOCKER_TLS_VERIFY", None)
PRESENT = os.environ.get("ENGINE") == "real"
words = sys.argv[1:]
MANIFESTS = "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json"


def note(text):
    with open(os.path.join(HERE, "docker.log"), "a") as log:
        log.write(text + "\n")


def real(*command):
    done = subprocess.run([os.environ["REAL_DOCKER"], *command], env=REAL, stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(done.returncode)


def option(name, default=""):
    return words[words.index(name) + 1] if name in words else default


def registry(repository, reference, put=None, kind=None):
    host, name = repository.split("/", 1)
    head = {"Accept": MANIFESTS} if put is None else {"Content-Type": kind}
    request = urllib.request.Request(f"http://{host}/v2/{name}/manifests/{reference}", data=put, headers=head, method="GET" if put is None else "PUT")
    with urllib.request.urlopen(request) as answer:
        return answer.read(), answer.headers


def build():
    takes = ("--file", "--target", "--output", "--metadata-file", "--builder", "--sbom", "--provenance", "--label", "--progress")
    folder = next(word for at, word in enumerate(words[2:], 2) if not word.startswith("-") and words[at - 1] not in takes)
    target, output, name = option("--target"), option("--output"), f"judge-{hashlib.sha256(folder.encode()).hexdigest()[:12]}"
    dockerfile = option("--file", os.path.join(folder, "Dockerfile"))
    if not os.path.isfile(dockerfile):
        sys.exit(f"there is no {dockerfile}")
    stages = [line.split()[-1] for line in open(dockerfile) if line.startswith("FROM ") and " AS " in line]
    if target and target not in stages:
        sys.exit(f"target stage {target} could not be found")
    parts = dict(part.split("=", 1) for part in output.split(",") if "=" in part)
    if PRESENT:
        labels = [it for at, word in enumerate(words) if word == "--label" for it in ("--label", words[at + 1])]
        real("build", "--quiet", "--file", dockerfile, *(["--target", target] if target else []), *labels, "--tag", name, folder)
    content = b"".join(open(os.path.join(top, file), "rb").read() for top, _, files in sorted(os.walk(folder)) for file in sorted(files))
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    if parts.get("push") == "true":
        if PRESENT:
            # the engine's own builder pushes by tag alone: the name is one nobody else knows
            place = f"{parts['name']}:build-{os.getpid()}"
            real("tag", name, place)
            real("push", "--quiet", place)
            digest = registry(parts["name"], f"build-{os.getpid()}")[1]["Docker-Content-Digest"]
    elif "dest" in parts:
        if PRESENT:
            real("save", "--output", parts["dest"], name)
        else:
            open(parts["dest"], "w").close()
    if "--metadata-file" in words:
        json.dump({"containerimage.digest": digest}, open(option("--metadata-file"), "w"))


def tag():
    source = next(word for word in words[3:] if "@" in word)
    repository, digest = source.split("@")
    for at, word in enumerate(words):
        if word == "--tag" and PRESENT:
            to, name = words[at + 1].rsplit(":", 1)
            text, headers = registry(repository, digest)
            if to == repository:
                registry(to, name, text, headers["Content-Type"])


def tool():
    """The pinned tools cannot be had: what they were asked is noted, and said."""
    image = next(word for word in words if "@sha256:" in word)
    name, asked = image.split("@")[0].rsplit(":", 1)[0].rsplit("/", 1)[1], words[words.index(image) + 1 :]
    if name == "k6" and os.environ.get("REAL_K6"):
        given = {key: os.environ[key] for key in ("URL", "RATE", "DURATION", "LIMIT_MS", "QUANTILE", "FAULTS") if key in os.environ}
        network = option("--network")
        flags = [part for key, value in given.items() for part in ("--env", f"{key}={value}")]
        real("run", "--rm", "--network", network, "--user", "0", "--volume", f"{os.environ['REAL_K6']}:/k6:ro", "--volume", f"{os.getcwd()}:/repo", "--workdir", "/repo", "--entrypoint", "/k6", *flags, "python:3.13.5-slim-trixie", *asked)
        return
    print(f"skipped: {name} {' '.join(asked[:2])}: its image cannot be had here")


note("docker " + " ".join(words))
refuse = os.path.join(HERE, "refuse")
if os.path.exists(refuse) and (text := open(refuse).read().strip()) and text in " ".join(words):
    sys.exit(f"refused: {text}")
match words[:2]:
    case ["buildx", "build"]:
        build()
    case ["buildx", "imagetools"]:
        tag()
    case ["buildx", _]:
        pass
    case ["login", *_]:
        sys.stdin.read()
    case ["run", _]:
        tool()
    case ["compose", _]:
        if PRESENT and os.environ.get("COMPOSE") == "real":
            done = subprocess.run([os.environ["REAL_COMPOSE"], *words[1:]], env=REAL, stdin=subprocess.DEVNULL)
            sys.exit(done.returncode)
        for at, word in enumerate(words):
            if word == "--file" and not os.path.isfile(words[at + 1]):
                sys.exit(f"there is no {words[at + 1]}")
    case _:
        if PRESENT:
            real(*words)
