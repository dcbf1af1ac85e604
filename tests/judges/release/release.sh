#!/usr/bin/env bash
# release.sh : what a release hands out, built here for this machine's platform. The archive is unpacked into an empty root
# and used there; the crates are built of their packaged form; the minimal image is built of the archive, and checks and
# builds an example. RELEASE_TWICE=no leaves out the second build, in another folder, which must give the same bytes.
# The daemon is that of $DOCKER_HOST; without one there is no image.
set -euo pipefail
cd "$(dirname "$0")/../../.."
work=$(mktemp -d) image=bastide-judge/minimal
trap 'docker image rm --force "$image" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
target=$(rustc -vV | sed -n 's/^host: //p')
target=${target/-gnu/-musl}
name=bastide-$target

bash release/archive.sh "$target"
(cd release/out && sha256sum --quiet --check "$name.tar.xz.sha256") || fail "the checksum"
mkdir "$work/root" && tar -x -f "release/out/$name.tar.xz" -C "$work/root"
here=$work/root/$name
for file in bastide CHANGELOG.md LICENSE-APACHE LICENSE-MIT README.md completions/_bastide completions/bastide.bash completions/bastide.fish man/bastide.1 man/bastide-check.1; do
  [ -s "$here/$file" ] || fail "no $file in the archive"
done
ldd "$here/bastide" 2>&1 | grep -Eq 'not a dynamic|statically linked' || fail "it is not static"
said=$("$here/bastide" --version)
[ "$said" = "bastide $(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -1) ($(git rev-parse HEAD | cut -c1-10))" ] || fail "--version says: $said"
bash -c '. "$1" && complete -p bastide >/dev/null' - "$here/completions/bastide.bash" || fail "completions"
grep -q '^\.TH bastide-check 1' "$here/man/bastide-check.1" || fail "the manual"
grep -rqaF "$PWD" "$here" && fail "this folder stands in the archive"

cp -r examples/hello "$work/root/repo" && rm -rf "$work/root/repo/deploy"
# alone PROGRAM…: with nothing around it, where somebody may change the root
alone() { if [ "$(id -u)" = 0 ]; then env -i "$(command -v chroot)" "$work/root" "$@"; else (cd "$work/root" && env -i ".$1" "${@:2}"); fi; }
alone "/$name/bastide" check --quiet repo || fail "check in an empty root"
alone "/$name/bastide" build --quiet repo || fail "build in an empty root"
diff -r --exclude bastide.lock tests/golden/hello/deploy "$work/root/repo/deploy" || fail "what it built"
echo "archive: $said, $(du -h "release/out/$name.tar.xz" | cut -f1), $(tar -t -f "release/out/$name.tar.xz" | wc -l) entries"

if ! git diff --quiet HEAD; then dirty=--allow-dirty; fi
if [ "${RELEASE_TWICE:-yes}" != yes ] || [ -n "${dirty-}" ]; then
  echo "skipped: a second build (RELEASE_TWICE=no, or edits that are not committed)"
else
  git clone --quiet --shared . "$work/elsewhere"
  (cd "$work/elsewhere" && env -u CARGO_TARGET_DIR bash release/archive.sh "$target" >/dev/null)
  cmp "release/out/$name.tar.xz" "$work/elsewhere/release/out/$name.tar.xz" || fail "another folder gives other bytes"
  echo "built twice, in two folders: the same bytes"
fi

cargo package --workspace --locked --quiet ${dirty:+"$dirty"} 2>"$work/package.log" || { cat "$work/package.log"; fail "the crates"; }
grep '^warning' "$work/package.log" | grep -v 'not included in the published package\|profile package spec' && fail "cargo warns of the crates"
echo "crates: $(find "${CARGO_TARGET_DIR:-target}/package" -maxdepth 1 -name '*.crate' | wc -l) packaged, each built of its package"

if docker version >/dev/null 2>&1; then
  DOCKER_BUILDKIT=0 docker build --quiet --build-arg TARGET="$target" --file release/Dockerfile --tag "$image" release/out >/dev/null
  chmod -R a+rX "$work" && rm -rf "$work/root/repo/deploy" && mkdir -m 777 "$work/out"
  run() { docker run --rm --network none --read-only --cap-drop ALL --volume "$work/root/repo:/repo:ro" --volume "$work/out:/out" "$image" "$@"; }
  run check --quiet || fail "check in the image"
  run build --quiet --out /out || fail "build in the image"
  [ "$(stat -c %u "$work/out/deploy")" = 65532 ] || fail "somebody else wrote in the image"
  echo "image: $(docker image inspect --format '{{.Config.User}} {{.Size}} bytes' "$image")"
else
  echo "skipped: docker engine not found"
  [ "${CI:-}" != true ]
fi
