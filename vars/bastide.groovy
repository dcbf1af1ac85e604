/**
 * Checks an app spec and its contracts, holds the generated files against it, and keeps what a change means.
 * A step of a shared library: `@Library('bastide@REV') _`, then `bastide(path: 'apps/shop')` in the steps of a stage,
 * on an agent with bastide and git, after a checkout with the whole history.
 *
 * path     the folder of bastide.kdl
 * bin      the program, by its name or path
 * against  the commit or branch whose contracts are the old ones; 'none' compares with nothing; empty is the branch that
 *          a change request goes to
 * drift    whether stale generated files fail; false where they are rendered in CI
 */
def call(Map given = [:]) {
    def options = [path: '.', bin: 'bastide', against: '', drift: true]
    def unknown = given.keySet() - options.keySet()
    if (unknown) {
        error "bastide: there is no ${unknown.join(', ')}; there are ${options.keySet().join(', ')}"
    }
    options += given
    // Values reach the shell by its environment: the script below is one text, and nothing is put into it.
    def values = ["BASTIDE=${options.bin}", "SPEC=${options.path}", "AGAINST=${options.against}", "DRIFT=${options.drift}"]
    def status = 0
    withEnv(values.collect { it.toString() }) {
        status = sh(label: 'bastide', returnStatus: true, script: '''#!/bin/sh
            set -e
            old=${AGAINST:-${CHANGE_TARGET:+origin/$CHANGE_TARGET...}}
            old=${old:-none}
            set --
            if [ "$old" = none ]; then
              echo 'Contracts are compared with nothing: this is no change request, and `against` names no commit.'
            else
              set -- "--against=$old"
            fi
            rm -f bastide-junit.xml bastide-diff.md
            "$BASTIDE" --version
            status=0
            "$BASTIDE" check "$@" -- "$SPEC" || status=$?
            [ "$status" -lt 2 ] || exit "$status"
            "$BASTIDE" check --quiet --format junit "$@" -- "$SPEC" > bastide-junit.xml || [ $? -eq 1 ]
            if [ "$DRIFT" = true ]; then
              "$BASTIDE" build --check --quiet -- "$SPEC" || status=$?
            fi
            if [ "$old" != none ]; then
              # 1: something breaks, which the check says
              "$BASTIDE" diff --format markdown "$@" -- "$SPEC" > bastide-diff.md || [ $? -eq 1 ]
              cat bastide-diff.md
            fi
            exit "$status"
        ''')
    }
    // A warning is no failure: the exit code judges.
    junit testResults: 'bastide-junit.xml', allowEmptyResults: true, skipMarkingBuildUnstable: true
    archiveArtifacts artifacts: 'bastide-diff.md', allowEmptyArchive: true
    if (status != 0) {
        error "bastide: exit code ${status}, see the log above"
    }
}
