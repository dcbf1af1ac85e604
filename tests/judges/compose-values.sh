#!/usr/bin/env bash
# compose-values.sh FOLDER... : what docker compose reads out of compose.yaml is what the model says.
# The specs of tests/judges/values hold what would mean something to compose, YAML or a shell.
# Builds a copy of each FOLDER with $BASTIDE (default: bastide). Needs docker compose and python3.
set -euo pipefail
bastide=${BASTIDE:-bastide}
failed=0
for folder; do
  scratch=$(mktemp -d)
  cp -R "$folder" "$scratch/app"
  "$bastide" build "$scratch/app" --out "$scratch/app" -e dev >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log"; exit 2; }
  "$bastide" model "$scratch/app" -e dev >"$scratch/model.json"
  cd "$scratch/app/deploy/dev/compose"
  : >empty.env
  mkdir -p secrets
  for name in $(sed -n 's#.*path: ./secrets/\([a-z0-9-]*\.env\),.*#\1#p' compose.yaml); do : >"secrets/$name"; done
  compose() { if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi; }
  HOME_NOT_SET='' compose --env-file empty.env --profile '*' config --format json >"$scratch/read.json" 2>"$scratch/read.log" || true
  [ ! -s "$scratch/read.log" ] || { echo "FAIL  $folder: compose says"; cat "$scratch/read.log"; failed=$((failed + 1)); }
  python3 - "$scratch/model.json" "$scratch/read.json" "$folder" <<'P' || failed=$((failed + 1))
import json, sys
both, read = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
views = both["views"]
failed = seen = 0
def plain(value):
    """`config` prints every dollar twice."""
    if isinstance(value, str):
        return value.replace("$$", "$")
    if isinstance(value, list):
        return [plain(it) for it in value]
    return {plain(key): plain(it) for key, it in value.items()} if isinstance(value, dict) else value
def same(place, wanted, got):
    global failed, seen
    seen += 1
    if plain(got) != wanted:
        failed += 1
        print(f"FAIL  {place}: {wanted!r} is read as {plain(got)!r}")
services = read["services"]
for workload in views["workloads"] + [job["workload"] for job in views["jobs"]]:
    name, service = workload["name"], services[workload["name"]]
    for key, value in workload["env"].items():
        same(f"{name} {key}", value, service["environment"].get(key))
    for use in workload["secret_files"]:
        if use["env"]:
            same(f"{name} {use['env']}", "/run/secrets/" + use["file"], service["environment"].get(use["env"]))
    same(f"{name} command", workload["command"] or None, service.get("command"))
    same(f"{name} labels", workload["labels"], service.get("labels") or {})
    same(f"{name} user", f"{workload['user']}:{workload['group']}", service["user"])
    same(f"{name} networks", sorted(workload["networks"]), sorted(service.get("networks") or {}))
    same(f"{name} memory", str(int(workload["memory_limit"]) + int(workload["scratch"])), str(service["mem_limit"]))
    if not workload["build"]:
        same(f"{name} image", workload["image"], service["image"])
    if workload["health"]["kind"] == "command" and workload["component"] != "job":
        same(f"{name} health", ["CMD", *workload["health"]["command"]], service["healthcheck"]["test"])
    targets = {it["target"]: it["source"] for it in service.get("configs") or []}
    for file in workload["files"]:
        source = targets.get(file["path"].replace("$", "$$"), targets.get(file["path"]))
        same(f"{name} {file['path']}", file["text"], read["configs"].get(source, {}).get("content"))
    if workload["component"] != "job":
        for sidecar in workload["sidecars"]:
            beside = services[f"{name}-{sidecar['name']}"]
            same(f"{name}-{sidecar['name']} command", sidecar["command"] or None, beside.get("command"))
            same(f"{name}-{sidecar['name']} environment", dict(sidecar["env"]) or None, beside.get("environment"))
for channel in views["channels"]:
    one = services.get(channel["broker"] + "-topics")
    if one and "DEFINITIONS" in one.get("environment", {}):
        made = json.loads(plain(one["environment"]["DEFINITIONS"]))
        same(f"{channel['broker']} {channel['name']}", True, channel["name"] in [it["name"] for it in made["queues"] + made["exchanges"]])
    elif one and channel["role"] != "group":
        same(f"{channel['broker']} {channel['name']}", True, channel["name"] in plain(one["command"][0]))
print(f"{'FAIL' if failed else 'ok  '}  {sys.argv[3]}: {seen} values, {failed} read otherwise")
sys.exit(failed > 0)
P
  cd "$OLDPWD"
  rm -rf "$scratch"
done
[ "$failed" -eq 0 ]
