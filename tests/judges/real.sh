#!/usr/bin/env bash
# real.sh : an application nobody here has written really runs, its own program in an image as upstream's.
#
# See real/real.py. Needs docker with the stand-ins for busybox and PostgreSQL, docker compose, go and python3.11.
# Without docker or go: skipped on a desk, a failure in CI.
set -euo pipefail
for tool in docker go; do
  if ! command -v "$tool" >/dev/null || { [ "$tool" = docker ] && ! docker version >/dev/null 2>&1; }; then
    echo "skipped: $tool not found"
    [ "${CI:-}" != true ]
    exit
  fi
done
here=$(cd "$(dirname "$0")" && pwd)
bash "$here/../stand-ins/dendrite.sh"
exec python3 "$here/real/real.py"
