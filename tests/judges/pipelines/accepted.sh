#!/usr/bin/env bash
# accepted.sh TOOLS: the pipelines of all examples that build something, under each provider, by those who know the formats:
# actionlint, zizmor, the schemas of GitHub and GitLab, GitLab's local runner, the judge of Jenkinsfiles, shellcheck.
set -euo pipefail
tools=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$tools/lib/common.sh"
for example in hello polyglot shop; do
  for provider in github gitlab jenkins; do
    name="$example-$provider"
    mkdir -p "$work/$name"
    git -C "examples/$example" ls-files -z | tar -C "examples/$example" --null -T - -c | tar -C "$work/$name" -x
    spec="$work/$name/bastide.kdl"
    gates='gate "lint" "test" "contract" "scan" "integration" "load"; schedule "load" cron="0 3 * * 1"; schedule "dependencies" cron="0 6 * * 1"'
    if grep -q '^delivery' "$spec"; then
      sed -i -E "s/^delivery \{ ci \"[a-z]+\"; gate [^;}]*/delivery { ci \"$provider\"; $gates /" "$spec"
    else
      echo "delivery { ci \"$provider\"; $gates }" >> "$spec"
      sed -i 's#build "services/hello"#build "services/hello"; ci { lint "true"; test "true" }#' "$spec"
    fi
    "$BASTIDE" build --quiet "$work/$name" || bad "$name: build"
    mkdir -p "$work/judged/$name"
    for file in .github .gitlab-ci.yml Jenkinsfile ci; do
      if [ -e "$work/$name/$file" ]; then cp -r "$work/$name/$file" "$work/judged/$name/"; fi
    done
    check "$name: $provider" env ZIZMOR_MIN=low bash "$tools/judge-ci.sh" "$work/judged/$name"
    check "$name: shellcheck" bash -c 'cd "$1/ci" && exec shellcheck -x ./*.sh' _ "$work/judged/$name"
    if [ "$provider" = gitlab ]; then check "$name: GitLab's local runner" bash "$tools/judge-gitlab-run.sh" "$work/judged/$name"; fi
  done
done
finish
