#!/usr/bin/env bash
# image.sh : the last stage of the Dockerfile, on a stand-in for its base (Debian, with what `apk add` asks for), around the
# program in $BASTIDE: nobody is root in it, and it checks and compares a repository of somebody else. The daemon is that of $DOCKER_HOST.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck disable=SC1091
. "$here/../../stand-ins/tree.sh"
base=bastide-judge/alpine:3.22 image=bastide-judge/bastide work=$(mktemp -d)
trap 'docker image rm --force "$image" >/dev/null 2>&1; rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
mapfile -t asked < <(sed -n '/^FROM .*alpine:[0-9.]*$/,$ s/^RUN apk add --no-cache \([a-z ]*\).*/\1/p' "$here/../../../Dockerfile" | tr ' ' '\n' | sed '/^$/d')
[ "${#asked[@]}" -gt 0 ]
if wanted "$base"; then
  packages alpine "${asked[@]}"
  printf '#!/bin/sh\necho "apk $*: there already"\n' >"$TREE/usr/local/bin/apk" && chmod 755 "$TREE/usr/local/bin/apk"
  seal "$base" 'CMD ["/bin/sh"]'
fi
mkdir "$work/context" && cp "$BASTIDE" "$work/context/bastide"
sed -n '/^FROM .*alpine:[0-9.]*$/,$ p' "$here/../../../Dockerfile" |
  sed "s#^FROM .*#FROM $base#; s#^COPY --from=build /out/bastide#COPY bastide#" >"$work/context/Dockerfile"
DOCKER_BUILDKIT=0 docker build --quiet --tag "$image" "$work/context" >/dev/null

cp -r "$here/../../../examples/hello" "$work/repo" && cd "$work/repo"
rm -rf deploy .github ci
git init --quiet --initial-branch main . && git add --all && git commit --quiet --message first
chmod -R a+rX "$work"
run() { docker run --rm --network none --read-only --cap-drop ALL --volume "$work/repo:/repo:ro" "$@"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
[ "$(run --entrypoint id "$image" -u)" = 65532 ] || fail "somebody is root"
run "$image" check --quiet --against=main || fail "check"
run "$image" diff main --format markdown | grep --quiet 'nothing differs' || fail "diff"
for tool in "${asked[@]}" sh; do run --entrypoint "$tool" "$image" -c : >/dev/null 2>&1 || run --entrypoint "$tool" "$image" --version >/dev/null || fail "$tool"; done
if run "$image" build --quiet 2>/dev/null; then fail "it wrote where nothing can be written"; fi
echo "image: $(docker image inspect --format '{{.Config.User}} {{json .Config.Entrypoint}}' "$image")"
