"""What the three programs share: the environment as Bastide gives it, and an end that is seen from outside."""

import os
import signal
import sys
import time
import traceback
from urllib.parse import urlsplit


def url(name):
    """The address of a resource: `NAME_URL`, or the text of the file that `NAME_URL_FILE` names."""
    path = os.environ.get(f"{name}_URL_FILE")
    return urlsplit(open(path, encoding="utf-8").read() if path else os.environ[f"{name}_URL"])


def same(what, seen, meant):
    """Fails unless both are the same."""
    if seen != meant:
        raise AssertionError(f"{what}: {seen!r}, not {meant!r}")


def until(what, ask, seconds=40):
    """Asks until the answer is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds} s")


def run(*steps):
    """Runs the steps; ready if all did, else says what did not and stays unready."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    failed = 0
    for step in steps:
        try:
            for line in step() or []:
                print(f"ok    {line}", flush=True)
        except Exception as error:  # whatever it is, it is told and the others go on
            failed += 1
            print(f"FAIL  {step.__name__}: {error!r}\n{traceback.format_exc()}", flush=True)
    if not failed:
        open("/tmp/ready", "w", encoding="utf-8").close()
    while True:
        time.sleep(60)
