"""Fills a GitLab component in, as GitLab does it: inputs into the text, before anything is read as YAML."""
import re, yaml


class Refused(Exception):
    """An input that the component does not take."""


def filled(file, inputs):
    """The jobs as a `.gitlab-ci.yml`."""
    head, jobs = re.split(r"(?m)^---\s*$", open(file).read(), maxsplit=1)
    known = yaml.safe_load(head)["spec"]["inputs"]
    if set(inputs) - set(known):
        raise Refused(f"unknown: {set(inputs) - set(known)}")
    values = {}
    for name, it in known.items():
        value = inputs.get(name, it.get("default"))
        wanted = {"boolean": bool, "number": int}.get(it.get("type"), str)
        if not isinstance(value, wanted):
            raise Refused(f"{name}: {value!r}")
        # Ruby's ^ and $ are those of a line; GitLab matches with RE2, where they are those of the text.
        if "regex" in it and not re.fullmatch(it["regex"].removeprefix("^").removesuffix("$"), value):
            raise Refused(f"{name}: {value!r}")
        values[name] = str(value).lower() if wanted is bool else str(value)
    return re.sub(r"\$\[\[ *inputs\.(\w+) *\]\]", lambda it: values[it[1]], jobs)
