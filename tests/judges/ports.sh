#!/usr/bin/env bash
# ports.sh [PORT...] : applications of third-party images (tests/ports) really come up, on the Docker of $DOCKER_HOST.
#
# See ports/ports.py: what stands in for each image takes what the original takes, and writes down what it got.
# Needs docker, docker compose, openssl and python3.11. Without docker: skipped on a desk, a failure in CI.
set -euo pipefail
if ! docker version >/dev/null 2>&1; then
  echo "skipped: docker not found"
  [ "${CI:-}" != true ]
  exit
fi
exec python3 "$(dirname "$0")/ports/ports.py" "$@"
