#!/usr/bin/env bash
# pages.sh PROGRAM: completions and manual pages as archives carry them, written to release/pages/.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
rm -rf pages && mkdir -p pages/completions pages/man
"$program" completions bash >pages/completions/bastide.bash
"$program" completions zsh >pages/completions/_bastide
"$program" completions fish >pages/completions/bastide.fish
"$program" completions powershell >pages/completions/_bastide.ps1
"$program" completions elvish >pages/completions/bastide.elv
# One page a command, as the first names them: bastide-check(1).
page() {
  "$program" man "$@" >"pages/man/$(IFS=-; echo "bastide${*:+-$*}").1"
}
page
sed -n 's/^bastide\\-\([a-z-]*\)(1)$/\1/p' pages/man/bastide.1 | grep -vx help | while read -r command; do page "$command"; done
