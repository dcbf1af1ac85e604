#!/usr/bin/env bash
# envoy-validate.sh FOLDER TOOLS: Envoy loads every gateway of the folder. Keys and certificates are made first, as a user would.
set -euo pipefail
folder="$1" tools="$2"
compose="$folder/../compose"
[ -x "$compose/dev.sh" ] && (cd "$compose" && ./dev.sh init >/dev/null)
[ -d "$compose/secrets" ] && ln -sfn "../compose/secrets" "$folder/secrets"
bash "$tools/judge-gateway.sh" "$folder"
