#!/usr/bin/env bash
# kubelint.sh FOLDER TOOLS: kubeconform, strict, with the schemas of the tools and those in schemas/ (the ObjectStore of the
# Barman Cloud plugin, taken from its published CRD), then kube-score: nothing critical.
set -uo pipefail
. "$2/lib/common.sh"
DIR="$1"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
schemas="$DATA/kube-schemas"
if [ ! -d "$schemas" ]; then
  schemas="$JUDGES/kube-schemas"
  [ -d "$schemas" ] || { mkdir -p "$schemas"; tar -xf "$DATA/kube-schemas.tar.xz" -C "$schemas" --strip-components=1; }
fi
mapfile -t files < <(docs_of "$DIR" | xargs -r grep -lE '^( *"?)apiVersion' | grep -vE '/kustomization\.ya?ml$')
form='{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json'
check "kubeconform $DIR" kubeconform -strict -schema-location "$schemas/$form" -schema-location "$here/schemas/$form" "${files[@]}"
# A limit of processor time is an option (`cpu-limit`); images carry tags until the pipeline adds digests.
scored=$(kube-score score --ignore-container-cpu-limit --ignore-test container-ephemeral-storage-request-and-limit \
  --ignore-test container-image-pull-policy --output-format ci --kubernetes-version v1.36 "${files[@]}" 2>&1)
if printf '%s\n' "$scored" | grep -q '^\[CRITICAL\]'; then
  bad "kube-score $DIR"; printf '%s\n' "$scored" | grep '^\[CRITICAL\]'
else
  ok "kube-score $DIR"
fi
finish
