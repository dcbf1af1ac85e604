"""Runs a pipeline of GitLab by gitlab-ci-local, which reads the jobs and runs their scripts in a shell."""
import os, subprocess


def run(place, event, environment, variables, job=None):
    """Whether all jobs of an event passed, and the log. `job`: that one alone, with nothing before it."""
    given = dict(variables)
    if event == "change":
        base = subprocess.run(["git", "merge-base", "origin/main", "HEAD"], cwd=place, check=True, capture_output=True, text=True).stdout.strip()
        given |= {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "5", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "BASE": base}
    pairs = [part for name, value in given.items() for part in ("--variable", f"{name}={value}")]
    command = ["gitlab-ci-local", "--force-shell-executor", "--no-color", *pairs, *([job] if job else [])]
    done = subprocess.run(command, cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr
