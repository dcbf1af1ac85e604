#!/usr/bin/env bash
# prom.sh FOLDER TOOLS: promtool and amtool over the rules, their tests and the configuration. Where the rules are objects
# of the operator, the file that the tests read is made of them by the very command that the tests name.
set -euo pipefail
tools=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$1/." "$work"
cd "$work"
if [ -f rules.test.yaml ] && [ ! -f rules.yaml ]; then
  command=$(sed -n 's/^# \((echo groups:.*> rules\.yaml\)$/\1/p' rules.test.yaml)
  [ -n "$command" ] || { echo "rules.test.yaml does not say how rules.yaml is made" >&2; exit 1; }
  bash -c "$command"
fi
bash "$tools/judge-prom.sh" "$work"
