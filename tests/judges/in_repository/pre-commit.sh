#!/usr/bin/env bash
# pre-commit.sh TOOLS: the shipped hooks, run by the real pre-commit at real commits of a temporary repository.
# $BASTIDE is the program: pre-commit installs it by a `cargo` that puts it where it is told, since to build it takes minutes.
# RUST=1: by the real cargo, from a clone of this repository.
set -euo pipefail
bastide=${BASTIDE:-bastide} source=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck disable=SC1091
. "$1/lib/common.sh"
command -v pre-commit >/dev/null || pytool pre-commit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
export PRE_COMMIT_HOME="$work/home" PRE_COMMIT_COLOR=never
mkdir "$work/bin" "$work/cargo" && ln -s "$(command -v "$bastide")" "$work/bin/bastide"
# what git passes on to a hook of its own would lead into another repository
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
tried=0

fail() {
  echo "FAILED: $*" >&2
  cat "$work/log" >&2
  exit 1
}
# refused TEXT...: the commit is, and says each text
refused() {
  if git commit --quiet --message x >"$work/log" 2>&1; then fail "the commit went through"; fi
  for text; do grep --quiet --fixed-strings -- "$text" "$work/log" || fail "it does not say: $text"; done
  tried=$((tried + 1))
}
taken() {
  git commit --quiet --message "$1" >"$work/log" 2>&1 || fail "$1: the commit was refused"
  tried=$((tried + 1))
}

# the hooks as a repository of their own
if [ "${RUST:-0}" = 1 ]; then
  git clone --quiet "$source" "$work/hooks"
else
  git init --quiet --initial-branch main "$work/hooks"
  cp "$source/.pre-commit-hooks.yaml" "$work/hooks"
  git -C "$work/hooks" add --all && git -C "$work/hooks" commit --quiet --message hooks
  # shellcheck disable=SC2016
  printf '#!/bin/sh\nset -e\n[ "$1" != --version ] || exit 0\n[ "$1 $2" = "install --bins" ]\nwhile [ "$1" != --root ]; do shift; done\nmkdir -p "$2/bin"\ncp "%s" "$2/bin/bastide"\n' \
    "$(command -v "$bastide")" >"$work/cargo/cargo"
  chmod 755 "$work/cargo/cargo"
  export PATH="$work/cargo:$PATH"
fi
rev=$(git -C "$work/hooks" rev-parse HEAD)

for folder in . apps/shop; do
  repo="$work/of-$(basename "$folder")"
  git init --quiet --initial-branch main "$repo"
  mkdir -p "$repo/$folder"
  git -C "$source/examples/shop" ls-files -z | tar -C "$source/examples/shop" --null -T - -c | tar -C "$repo/$folder" -x
  cd "$repo"
  "$work/bin/bastide" init ci "$folder" --provider pre-commit --rev "$rev" >"$work/log"
  sed -i "s#https://github.com/bastide-dev/bastide#$work/hooks#" .pre-commit-config.yaml
  "$work/bin/bastide" build --quiet "$folder" 2>>"$work/log"
  pre-commit install >>"$work/log"
  git add --all
  taken "all is well"
  echo '# Notes' >notes.md && git add --all
  taken "nothing of the plan is touched"

  sed -i '0,/uses "orders-db"/s//uses "orders-dp"/' "$folder/services/ordering.kdl" && git add --all
  refused "bastide check" "services/ordering.kdl:" 'did you mean `orders-db`'
  git reset --quiet --hard

  sed -i '0,/scale min=2/s//scale min=3/' "$folder/services/ordering.kdl"
  git add --all
  git diff --cached --quiet && fail "nothing was changed"
  command='bastide build'
  [ "$folder" = . ] || command="bastide build $folder"
  refused "bastide build --check" "stale-output" "run \`$command"
  # what it says is what mends it
  mend=$(grep --only-matching --max-count 1 'run `bastide build[^`]*`' "$work/log" | cut -d '`' -f 2)
  PATH="$work/bin:$PATH" $mend --quiet 2>>"$work/log" && git add --all
  taken "built again"

  # a commit that only deletes names no file to a hook
  git rm --quiet "$folder/contracts/orders.openapi.yaml"
  refused "orders.openapi.yaml"
  git reset --quiet --hard
  # nor does an edit of a generated file name the spec
  echo '# by hand' >>"$folder/deploy/dev/compose/compose.yaml" && git add --all
  refused "edited-output" "deploy/dev/compose/compose.yaml"
  git reset --quiet --hard
done

# Our own time; no clock is judged.
python3 - "$work/bin/bastide" <<'P'
import resource, subprocess, sys
for command in (["check", "--quiet"], ["build", "--check", "--quiet"]):
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.argv[1], *command, "apps/shop"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"bastide {' '.join(command)} on the shop: {min(spent) * 1000:.0f} ms of processor time")
P
echo "$tried commits"
