#!/usr/bin/env bash
# compose-up.sh EXAMPLE [ENVIRONMENT] : starts an example and asks it, on the Docker of $DOCKER_HOST.
#
# Builds a copy of the folder EXAMPLE with $BASTIDE (default: bastide), then proves
# - `up --wait` ends well: every container is healthy, every one-shot ended with 0;
# - what must be completed before a workload starts was completed before it started;
# - with AGAIN=1: taken down and up once more with its volumes, it comes up again;
# - a request through each gateway reaches the workload behind each of its rules; without a token only where the rule is public;
# - `down --volumes` leaves no container, no network and no volume.
# Needs docker, docker compose, openssl, curl and python3. KEEP=1 leaves everything running. PULL=never for machines without a registry.
set -euo pipefail
example=$(cd "${1:?usage: compose-up.sh EXAMPLE [ENVIRONMENT]}" && pwd)
environment=${2:-dev}
bastide=${BASTIDE:-bastide}
project=bastide-up-$$
scratch=$(mktemp -d)
failed=0
ok() { echo "ok    $*"; }
bad() { echo "FAIL  $*"; failed=$((failed + 1)); }
compose() {
  if docker compose version >/dev/null 2>&1; then docker compose -p "$project" "$@"; else docker-compose -p "$project" "$@"; fi
}
finish() {
  [ -n "${KEEP:-}" ] && return
  [ ! -f compose.yaml ] || compose --profile '*' down --volumes --timeout 5 --remove-orphans >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap finish EXIT

cp -R "$example" "$scratch/app"
"$bastide" build "$scratch/app" --out "$scratch/app" -e "$environment" >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log"; exit 2; }
"$bastide" model "$scratch/app" -e "$environment" >"$scratch/model.json"
cd "$scratch/app/deploy/$environment/compose"
./dev.sh init 2>/dev/null
before=$(cat secrets/* | cksum)
./dev.sh init 2>/dev/null
[ "$before" = "$(cat secrets/* | cksum)" ] && ok "a second init changes nothing" || bad "a second init changes secrets"

# A free port for each way in, in place of the usual ones.
while read -r variable port; do export "$variable=$port"; done < <(python3 - "$scratch/model.json" <<'P'
import json, re, socket, sys
held = []
for gateway in json.load(open(sys.argv[1]))["model"]["gateways"]:
    for kind in ("HTTPS", "HTTP"):
        held.append(socket.create_server(("127.0.0.1", 0)))
        print(re.sub("[^A-Z0-9]", "_", gateway["name"].upper()) + f"_{kind}_PORT", held[-1].getsockname()[1])
P
)

# up NAME OPTION... : ends once everything is healthy; says why if it does not
up() {
  local name="$1" began one; began=$(date +%s); shift
  if compose up --detach --wait --wait-timeout "${WAIT:-300}" "$@" >"$scratch/up.log" 2>&1 </dev/null; then
    ok "$name ($(($(date +%s) - began)) s)"
  else
    bad "$name"
    tail -n 15 "$scratch/up.log"
    for one in $(docker ps --all --quiet --filter "label=com.docker.compose.project=$project"); do
      case $(docker inspect --format '{{.State.Status}} {{.State.ExitCode}} {{with .State.Health}}{{.Status}}{{end}}' "$one") in "running 0 healthy" | "running 0 " | "exited 0 "* | created*) continue ;; esac
      docker inspect --format '      {{index .Config.Labels "com.docker.compose.service"}}: {{.State.Status}} {{.State.ExitCode}}' "$one"
      docker logs --tail 60 "$one" 2>&1 | sed 's/^/        /'
    done
  fi
}
up "up --wait" --build ${PULL:+--pull "$PULL"}
if [ -n "${AGAIN:-}" ]; then
  # volumes that only an image asks for have no name, and no second start finds them
  nameless=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$project" | xargs docker inspect --format '{{range .Mounts}}{{if eq .Type "volume"}}{{println .Name}}{{end}}{{end}}' | grep -xE '[0-9a-f]{64}' | sort -u || true)
  compose down --timeout 20 >"$scratch/down.log" 2>&1 && ok "down" || { bad "down"; tail -n 5 "$scratch/down.log"; }
  # shellcheck disable=SC2086
  [ -z "$nameless" ] || docker volume rm $nameless >/dev/null
  up "up --wait, again" ${PULL:+--pull "$PULL"}
fi

mapfile -t containers < <(docker ps --all --quiet --filter "label=com.docker.compose.project=$project")
[ ${#containers[@]} -gt 0 ] || { bad "nothing runs"; exit 1; }
docker inspect "${containers[@]}" >"$scratch/containers.json"
python3 - "$scratch/model.json" "$scratch/containers.json" <<'P' || failed=$((failed + 1))
import json, sys
views = json.load(open(sys.argv[1]))["views"]
boxes = {}
for box in json.load(open(sys.argv[2])):
    boxes[box["Config"]["Labels"]["com.docker.compose.service"]] = box
failed = 0
def say(good, text):
    global failed
    failed += not good
    print(("ok    " if good else "FAIL  ") + text)
for name, box in sorted(boxes.items()):
    state = box["State"]
    health = state.get("Health", {}).get("Status")
    if state["Status"] == "exited":
        say(state["ExitCode"] == 0, f"{name}: ended with {state['ExitCode']}")
    else:
        say(state["Status"] == "running" and health in (None, "healthy"), f"{name}: {state['Status']} {health or ''}".rstrip())
for workload in views["workloads"]:
    for need in workload["depends"]:
        if need["condition"] == "completed" and need["name"] in boxes and workload["name"] in boxes:
            ended, started = boxes[need["name"]]["State"]["FinishedAt"], boxes[workload["name"]]["State"]["StartedAt"]
            say(not ended.startswith("0001") and ended < started, f"{need['name']} ended before {workload['name']} started")
sys.exit(failed > 0)
P

# Asks for each rule of each gateway. That the workload answered is read from the gateway's log.
python3 - "$scratch/model.json" "$project" <<'P' || failed=$((failed + 1))
import json, os, re, subprocess, sys, time
both = json.load(open(sys.argv[1]))
views, gateways = both["views"], {it["name"]: it for it in both["model"]["gateways"]}
failed = 0
def say(good, text):
    global failed
    failed += not good
    print(("ok    " if good else "FAIL  ") + text)
def log(gateway):
    found = subprocess.run(["docker", "ps", "-q", "--filter", f"label=com.docker.compose.project={sys.argv[2]}",
                            "--filter", f"label=com.docker.compose.service={gateway}"], capture_output=True, text=True).stdout.split()
    lines = subprocess.run(["docker", "logs", *found], capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]
for table in views["tables"]:
    gateway = gateways[table["gateway"]]
    host = (gateway["hosts"] or ["localhost"])[0]
    scheme = "https" if gateway["tls"] else "http"
    port = os.environ[re.sub("[^A-Z0-9]", "_", gateway["name"].upper()) + f"_{scheme.upper()}_PORT"]
    claims = [f"{name}={value or 'x'}" for rule in table["rules"] for name, value in rule["require"]]
    token = None
    if gateway["auth"]:
        token = subprocess.run(["./dev.sh", "token", "judge", *dict.fromkeys(claims)], capture_output=True, text=True, check=True,
                               env={**os.environ, "TOKEN_GATEWAY": gateway["name"]}).stdout.strip()
    def ask(rule, token):
        name = (rule["subdomain"] + "." if rule["subdomain"] else "") + host
        query = "&".join(f"{key}={value}" for key, value in rule["query"])
        method = (rule["methods"] or ["GET"])[0]
        command = ["curl", "--silent", "--show-error", "--max-time", "10", "--output", os.devnull, "--write-out", "%{http_code}",
                   "--request", method, "--connect-to", f"{name}:{port}:127.0.0.1:{port}", "--header", f"x-request-id: {rule['name']}"]
        command += ["--head"] if method == "HEAD" else []
        command += ["--cacert", "secrets/ca.crt"] if gateway["tls"] else []
        command += ["--http1.1", "--header", "Connection: Upgrade", "--header", "Upgrade: websocket", "--header", "Sec-WebSocket-Version: 13",
                    "--header", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="] if rule["protocol"] == "websocket" else []
        for key, value in rule["headers"]:
            command += ["--header", f"{key}: {value}"]
        command += ["--header", f"authorization: Bearer {token}"] if token else []
        done = subprocess.run(command + [f"{scheme}://{name}:{port}{rule['path']}" + (f"?{query}" if query else "")], capture_output=True, text=True)
        return done.stdout[-3:] or done.stderr.strip()
    rules = [rule for rule in table["rules"] if not rule["reject"] and not rule["redirect"]]
    for rule in rules:
        if gateway["auth"] and not rule["public"]:
            status = ask(rule, None)
            say(status == "401", f"{table['gateway']} {rule['name']}: {status} without a token")
    answers = [(rule, ask(rule, token)) for rule in rules]
    def line(rule, status):
        return next((it for it in lines if it.get("route") == rule["name"] and str(it.get("status")) == status), None)
    for _ in range(30):  # Envoy writes its log every ten seconds
        lines = log(table["gateway"])
        if all(line(rule, status) or status == "101" for rule, status in answers):
            break
        time.sleep(0.5)
    for rule, status in answers:
        why = (line(rule, status) or {}).get("why", "no line in the log")
        if rule["aggregate"]:  # the gateway's own answer; what stands in for a service may speak no JSON
            say(why == "lua_response" and status in ("200", "502"), f"{table['gateway']} {rule['name']} {rule['path']}: {status} ({why})")
            continue
        # A stream is logged at its end.
        say(status == "101" or why == "via_upstream" and not status.startswith("5"), f"{table['gateway']} {rule['name']} {rule['path']}: {status} ({why})")
sys.exit(failed > 0)
P

if [ -z "${KEEP:-}" ]; then
  mapfile -t volumes < <(python3 -c 'import json, sys
print("\n".join({mount["Name"] for box in json.load(open(sys.argv[1])) for mount in box["Mounts"] if mount["Type"] == "volume"}))' "$scratch/containers.json")
  compose --profile '*' down --volumes --timeout 5 >"$scratch/down.log" 2>&1 && ok "down --volumes" || { bad "down --volumes"; tail -n 5 "$scratch/down.log"; }
  left=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$project"; docker network ls --quiet --filter "label=com.docker.compose.project=$project"
    docker volume ls --quiet --filter "label=com.docker.compose.project=$project"; for volume in "${volumes[@]}"; do [ -z "$volume" ] || docker volume ls --quiet --filter "name=^$volume\$"; done)
  [ -z "$left" ] && ok "nothing is left" || bad "left: $left"
else
  echo "kept: $project in $scratch"
fi
echo "$failed failed"
[ "$failed" -eq 0 ]
