#!/usr/bin/env bash
# stores.sh : every type of resource of the standard library, and topics and queues on every broker, on the Docker of $DOCKER_HOST.
#
# Brings the spec of tests/judges/stores up twice by compose-up.sh. Its services speak to each store and broker by its own protocol, with nothing but
# the variables and files that Bastide gives them, and are ready only once all did what the spec says.
# The clients are kept under $STORES_CACHE (default: ~/.cache/bastide-images). Needs what compose-up.sh needs, and pip.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
clients="${STORES_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bastide-images}/clients"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wanted=$(cksum <"$here/stores/app/requirements.txt")
if [ "$(cat "$clients/.done" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$clients"; mkdir -p "$clients"
  # for the Python of the image, not for that of this machine
  platform() { printf -- '--platform %s ' manylinux2014_x86_64 manylinux_2_17_x86_64 manylinux_2_28_x86_64; }
  # shellcheck disable=SC2046
  python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$clients" --only-binary=:all: --python-version 3.13 $(platform) \
    --requirement "$here/stores/app/requirements.txt" 2>"$scratch/pip.log" || { cat "$scratch/pip.log"; exit 2; }
  echo "$wanted" >"$clients/.done"
fi
cp -R "$here/stores" "$scratch/stores"
cp -R "$clients" "$scratch/stores/app/clients"
AGAIN=1 bash "$here/compose-up.sh" "$scratch/stores"
