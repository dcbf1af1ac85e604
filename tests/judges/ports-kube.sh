#!/usr/bin/env bash
# ports-kube.sh FOLDER TOOLS PORT : what is written of an application of third-party images for a cluster is what its API takes.
#
# Builds a copy below FOLDER with $BASTIDE; an application that has no cluster so far gets one.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
own="$here/tests/ports/$3"
[ -f "$own/bastide.kdl" ] || own="$here/examples/$3"
rm -rf "$1"; cp -R "$own" "$1"
grep -q 'platform="kubernetes"' "$1/bastide.kdl" || echo 'environment "prod" platform="kubernetes"' >>"$1/bastide.kdl"
"${BASTIDE:-bastide}" build --quiet -e prod "$1" >"$1.log" 2>&1 || { cat "$1.log"; exit 1; }
exec bash "$2/judge-kube.sh" "$1/deploy/prod/kubernetes" --strict
