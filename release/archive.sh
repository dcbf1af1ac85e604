#!/usr/bin/env bash
# archive.sh [TARGET]: builds bastide for this machine's platform as a release does, static on Linux, and writes
# release/out/bastide-TARGET.tar.xz with its checksum: program, completions, manual pages, licences. The same commit and
# the same Rust give the same bytes, in whatever folder.
set -euo pipefail
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
target=${1:-${host/-gnu/-musl}}
rustc --print target-libdir --target "$target" | xargs test -d || rustup target add "$target"
. release/flags.sh
cargo build --quiet --locked --profile dist --target "$target"
program=${CARGO_TARGET_DIR:-target}/$target/dist/bastide
bash release/pages.sh "$program"

name=bastide-$target
rm -rf "release/out/$name" && mkdir -p "release/out/$name"
cp -r "$program" CHANGELOG.md LICENSE-APACHE LICENSE-MIT README.md release/pages/completions release/pages/man "release/out/$name"
cd release/out
tar --create --sort=name --owner=0 --group=0 --numeric-owner --mode=go=rX --mtime="@$(git log -1 --format=%ct)" "$name" | xz -6 >"$name.tar.xz"
rm -rf "$name"
sha256sum "$name.tar.xz" >"$name.tar.xz.sha256"
cat "$name.tar.xz.sha256"
