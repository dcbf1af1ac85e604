#!/usr/bin/env bash
# gitops.sh TREE APP: runs ci/affected.sh, promote.sh and rollback.sh of a built example against a repository of their own.
set -euo pipefail
tree=$1 app=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
unset GITOPS_URL CI
git init --quiet --bare "$work/remote"
git -C "$work/remote" config receive.advertisePushOptions true
cp -r "$tree" "$work/repo"
cd "$work/repo"
rm -rf .git out
printf 'out/\n' > .gitignore
git init --quiet --initial-branch main .
git remote add origin "$work/remote"

fail() {
  echo "FAILED: $*" >&2
  exit 1
}
commit() { git add --all && git commit --quiet --message "$1" && git push --quiet origin main && git fetch --quiet; }
remote() { git -C "$work/remote" "$@"; }
# merge: what the pipeline asks for by a request is merged, as somebody does it in the forge
merge() {
  remote rev-parse --quiet --verify promote/prod > /dev/null || return 0
  remote update-ref refs/heads/env/prod promote/prod && remote update-ref -d refs/heads/promote/prod
}
promote() { ci/promote.sh prod && merge; }
rollback() { ci/rollback.sh prod "$@" && merge; }
# built RELEASE: what image.sh leaves behind
built() {
  mkdir -p out
  # shellcheck disable=SC1091,SC2153
  (. ci/lib.sh && for name in "${IMAGES[@]}"; do
    image "$name"
    printf '{"name":"%s","reference":"%s","digest":"sha256:%s-%s"}\n' "$NAME" "$REPOSITORY:$VERSION" "$NAME" "$1" > "out/$NAME.json"
  done)
}

commit first
all=$(ci/affected.sh 2>/dev/null)
[ "$all" != '[]' ] || fail "before the first release everything is affected"

built 1
one=$(promote)
if remote grep --quiet -E "image: [^@]*/$app/[^@]*\$" env/prod; then fail "an image of ours has no digest"; fi
git fetch --quiet
[ "$(ci/affected.sh 2>/dev/null)" = '[]' ] || fail "a released commit affects nothing"
[ "$(promote 2>/dev/null)" = "$one" ] || fail "a second promotion of one commit is none"

echo '// a remark' >> bastide.kdl
commit second
[ "$(ci/affected.sh 2>/dev/null)" = "$all" ] || fail "a changed plan affects everything"
built 2
two=$(promote)
[ "$two" != "$one" ] || fail "a new digest is a new release"

git checkout --quiet HEAD~1
if promote 2>/dev/null; then fail "an older commit came back"; fi
git checkout --quiet main

[ -z "$(rollback "$one" 2>/dev/null)" ] || fail "what is not live cannot be rolled back"
rollback "$two" > /dev/null
remote diff --quiet "$one" env/prod || fail "a rollback restores the whole tree"
if rollback 2>/dev/null; then fail "there is nothing before the first release"; fi
built 3
promote > /dev/null
rollback > /dev/null
remote diff --quiet "$one" env/prod || fail "a rollback skips what was rolled back before"
echo "1 passed, 0 failed"
