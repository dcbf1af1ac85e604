#!/usr/bin/env python3
"""gateway.py PROJECT [-e ENV] [--built DIR] [--model FILE]: is what a gateway's configuration says what a real Envoy does?

Builds PROJECT into a scratch folder, puts echo servers in the place of every service and external, starts Envoy on each
gateway's file, and asks it about every rule of the route table (`bastide model`). The files are used as they are, except that
addresses and ports move to loopback. --built and --model use a build and a model that are there already.
Needs `envoy` and `openssl` on the PATH, and `bastide` (or the program that $BASTIDE names)."""
import argparse, http.client, json, os, shutil, socket, ssl, subprocess, sys, tempfile, time, urllib.parse, warnings
from gateway_engine import Question, Running

ELSEWHERE = "https://elsewhere.invalid"
PACE = 1.05  # seconds after which a bucket that fills in a second is full again


class Score:
    """Counts what held and what did not."""

    def __init__(self):
        self.good = self.bad = 0

    def __call__(self, what, held, got=""):
        if held:
            self.good += 1
            print("ok   ", what)
        else:
            self.bad += 1
            print("FAIL ", what, "--", got)


check = Score()


def destination(question, name):
    rule, at = question.rule, question.at
    if rule["protocol"] == "grpc":
        question.ask()
        echo = next(it for it in at.echoes.values() if it.name == rule["cluster"])
        return check(f"{name}: the upstream is spoken to in HTTP/2", any(hit.get("proto") == "h2" for hit in echo.hits), echo.hits)
    expected = {part[0] for part in rule["split"]} or {rule["cluster"]}
    status, found, answer, hits, _, mark = question.ask()
    check(f"{name}: reaches {' or '.join(sorted(expected))}", status == 200 and answer.get("who") in expected, (status, found, answer.get("who")))
    sent = question.path(mark)
    if rule["rewrite"]:
        sent = rule["rewrite"].rstrip("/") + sent.removeprefix(rule["path"].rstrip("/"))
        sent = "/" + sent.lstrip("/")
    check(f"{name}: as {sent.split('?')[0].replace(mark, '…')}", answer.get("path") == sent, answer.get("path"))
    line = at.logged(mark) if not rule["exact"] else None
    check(f"{name}: this rule, and none before it", line is None or line.get("route") == rule["name"], line)
    told = rule["deprecation"] or {}
    wanted = {key: told.get(key) for key in ("deprecation", "sunset", "link")}
    check(f"{name}: {'says that it is old' if any(wanted.values()) else 'says nothing of age'}", wanted == {key: found.get(key) for key in wanted}, found)
    if rule["vary"]:
        check(f"{name}: varies by {rule['vary']}", rule["vary"].lower() in found.get("vary", "").lower(), found)
    if not rule["exact"] and rule["path"] != "/":
        other = at.ask(question.method, rule["path"] + "x" + mark, question.headers, host=question.host)[0]
        line = at.logged("x" + mark)
        check(f"{name}: only whole segments", line.get("route") != rule["name"], (other, line))
    if rule["exact"]:
        deeper = at.ask(question.method, rule["path"] + "/" + mark, question.headers, host=question.host)
        check(f"{name}: nothing below", at.logged(mark).get("route") != rule["name"], deeper[0])


def access(question, name):
    rule, at = question.rule, question.at
    if rule["public"] or not at.gateway["auth"]:
        status, _, answer, *_ = question.ask(token=None, headers={"x-user-id": "mallory"})
        return check(f"{name}: open, and nobody names themselves", status == 200 and "x-user-id" not in answer.get("headers", {}), (status, answer))
    claim = at.gateway["auth"]["claim"]
    for what, token in (("no token", None), ("an old token", at.token(exp=1)), ("another issuer", at.token(iss="x")), ("another key", at.token()[:-4] + "AAAA")):
        status, found, *_, hits, _, _ = question.ask(token=token)
        check(f"{name}: {what} is refused", status in (401, 403) and not hits, (status, hits))
    status, _, answer, *_ = question.ask(token=at.token(**question.claims(), **{claim: "anna"}), headers={"x-user-id": "mallory"})
    check(f"{name}: the service hears who it is", answer.get("headers", {}).get("x-user-id") == "anna", (status, answer))
    for claim, value in rule["require"]:
        claims = question.claims()
        for what, other in (("without", None), ("with another", "other")) if value else (("without", None),):
            token = at.token(**{key: kept for key, kept in claims.items() if key != claim} | ({claim: other} if other else {}))
            status, *_, hits, _, _ = question.ask(token=token)
            check(f"{name}: a token {what} `{claim}` is refused", status == 403 and not hits, status)
        if value:
            status = question.ask(token=at.token(**claims | {claim: ["other", value]}))[0]
            check(f"{name}: `{claim}` may be a list", status == 200, status)


def tries(question, name):
    rule = question.rule
    retries, safe = rule["retries"], rule["safe"]
    status, _, _, hits, *_ = question.ask(fault="reset", times=1)
    if retries and safe:
        check(f"{name}: a reset is tried again", status == 200 and len(hits) == 2, (status, hits))
        status, _, _, hits, *_ = question.ask(fault="503", times=retries)
        check(f"{name}: {retries} x 503 are tried again", status == 200 and len(hits) == retries + 1, (status, hits))
        if rule["per_try_ms"] and rule["per_try_ms"] < 3000:
            status, _, _, hits, took, _ = question.ask(fault="sleep", times=1, **{"for": rule["per_try_ms"] / 1000 + 0.4})
            check(f"{name}: a slow try is given up", status == 200 and len(hits) == 2 and took * 1000 < rule["timeout_ms"] + 300, (status, hits, took))
    else:
        check(f"{name}: a reset is not tried again", status in (502, 503) and len(hits) == 1, (status, hits))
        question.ask()
        status, _, _, hits, *_ = question.ask(fault="503", times=1)
        check(f"{name}: nor is a 503", status == 503 and len(hits) == 1, (status, hits))
    question.ask()
    if 0 < rule["timeout_ms"] <= 3000:
        status, found, _, _, took, _ = question.ask(fault="sleep", times=9, **{"for": rule["timeout_ms"] / 1000 + 1})
        check(f"{name}: 504 after {rule['timeout_ms']} ms", status == 504 and abs(took * 1000 - rule["timeout_ms"]) < 500, (status, took))
        check(f"{name}: said as application/problem+json", found.get("content-type") == "application/problem+json", found)
        question.ask()


def extras(question, name):
    rule, at = question.rule, question.at
    if rule["cache_s"]:
        whose = "public" if rule["public"] else "private"
        found = question.ask()[1]
        check(f"{name}: may be kept", found.get("cache-control") == f"{whose}, max-age={rule['cache_s']}", found)
        found = question.ask(fault="503", times=9)[1]
        check(f"{name}: an error may not", found.get("cache-control") == "no-store", found)
        question.ask()
    packed = question.ask(headers={"accept-encoding": "gzip"})[1].get("content-encoding") == "gzip"
    check(f"{name}: {'packed' if rule['compress'] else 'not packed'}", packed == rule["compress"])
    if rule["body_limit"]:
        method = question.method if rule["methods"] else ("PUT" if rule["safe"] else "POST")
        status, *_, hits, _, _ = question.ask(method=method, body="x" * (rule["body_limit"] + 1))
        check(f"{name}: too large a body is 413", status == 413 and not hits, status)
        status = question.ask(method=method, body="x" * (rule["body_limit"] - 100))[0]
        check(f"{name}: one that fits is taken", status == 200, status)
    if rule["mirror"]:
        *_, mark = question.ask()
        time.sleep(0.3)
        check(f"{name}: {rule['mirror'][0]} gets a copy", rule["mirror"][0] in at.hits(mark), at.hits(mark))
    if rule["split"]:
        seen = [question.ask()[2].get("who") for _ in range(80)]
        shares = {part[0]: seen.count(part[0]) / 0.8 for part in rule["split"]}
        check(f"{name}: shares are near {rule['split']}", all(abs(shares[part[0]] - part[2]) < 20 for part in rule["split"]), shares)
    cors = rule["cors"]
    if cors:
        origin = cors["origins"][0] if cors["origins"][0] != "*" else "https://anywhere.example"
        asked = {"origin": origin, "access-control-request-method": question.method}
        status, found, _, hits, *_ = question.ask(token=None, method="OPTIONS", headers=asked)
        check(f"{name}: a page of {origin} may ask", status == 200 and found.get("access-control-allow-origin") == origin and not hits, (status, found))
        check(f"{name}: cookies {'may' if cors['credentials'] else 'may not'} come along", (found.get("access-control-allow-credentials") == "true") == cors["credentials"], found)
        if "*" not in cors["origins"]:
            found = question.ask(token=None, method="OPTIONS", headers=asked | {"origin": ELSEWHERE})[1]
            check(f"{name}: a page from elsewhere may not", "access-control-allow-origin" not in found, found)


def websocket(question, name):
    connection = question.at.connect(question.host)
    sent = question.headers | {"connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13", "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    if question.at.gateway["auth"] and not question.rule["public"]:
        status = question.at.ask("GET", question.path("none"), sent, host=question.host)[0]
        check(f"{name}: no websocket without a token", status == 401, status)
        sent["authorization"] = question.at.token(**question.claims())
    lines = [f"GET {question.path('ws')} HTTP/1.1", f"host: {question.host}"] + [f"{key}: {value}" for key, value in sent.items()]
    connection.sock.sendall("\r\n".join(lines + ["", ""]).encode())
    head = b""
    while b"\r\n\r\n" not in head and (data := connection.sock.recv(4096)):
        head += data
    connection.sock.sendall(b"hello")
    back = connection.sock.recv(5) if b" 101 " in head else b""
    check(f"{name}: a websocket opens and carries both ways", back == b"hello", head)


def joined(question, name):
    """One answer of several: all parts, a part that fails in each way, and who may ask."""
    rule, at = question.rule, question.at
    parts, partial = rule["aggregate"]["parts"], rule["aggregate"]["partial"]
    closed = bool(at.gateway["auth"]) and not rule["public"]
    places = {cluster["id"]: (cluster["name"], cluster["port"]) for cluster in at.table["clusters"]}
    echo = {piece["from"]: at.echoes[places[piece["upstream"]]] for piece in parts}
    trace = "00-" + os.urandom(16).hex() + "-" + os.urandom(8).hex() + "-01"
    for fault in (None, ("large", 0)):
        for it in echo.values():
            it.trouble = fault
        status, found, answer, *_ = question.ask(headers={"x-user-id": "mallory", "traceparent": trace, "cookie": "a=b"})
        what = f"{name}: {'large parts' if fault else 'all parts'} in one answer"
        check(what, status == 200 and list(answer) == [piece["name"] for piece in parts], (status, found, str(answer)[:300]))
    for it in echo.values():
        it.trouble = None
    check(f"{name}: it is JSON, and whole", found.get("content-type") == "application/json" and "x-partial" not in found, found)
    if rule["cache_s"]:
        check(f"{name}: may be kept", f"max-age={rule['cache_s']}" in found.get("cache-control", ""), found)
    for piece in parts:
        part = answer.get(piece["name"]) or {}
        got = part.get("headers", {})
        asked = (part.get("who"), part.get("method"), part.get("path"))
        check(f"{name}: {piece['name']} is what {piece['from']} says", asked == (piece["from"], "GET", piece["path"]), asked)
        held = got.get("traceparent") == trace and got.get("x-request-id") and "cookie" not in got and got.get("host") == question.host
        check(f"{name}: {piece['from']} hears of the trace, and no more than it should", held, got)
        check(f"{name}: nobody names themselves to {piece['from']}", got.get("x-user-id") != "mallory" and (not closed or ("x-user-id" in got and "authorization" in got)), got)
    for piece in parts:
        wait = piece["timeout_ms"] / 1000
        for fault in ("503", "reset", "text") + (("sleep",) if wait <= 3 else ()):
            echo[piece["from"]].trouble = (fault, wait + 0.5)
            status, found, answer, _, took, _ = question.ask()
            echo[piece["from"]].trouble = None
            what = f"{name}: {piece['name']} fails ({fault})"
            if partial:
                lost = [other["name"] for other in parts if other["from"] == piece["from"]]
                held = status == 200 and [key for key, value in answer.items() if value is None] == lost and len(answer) == len(parts)
                check(f"{what}: null, and said to be partial", held and found.get("x-partial") == "true", (status, found, str(answer)[:300]))
                check(f"{what}: not to be kept", found.get("cache-control") == "no-store", found)
            else:
                check(f"{what}: 502 as application/problem+json", status == 502 and found.get("content-type") == "application/problem+json" and answer.get("status") == 502, (status, found, answer))
            if fault == "sleep":
                check(f"{what}: given up after {piece['timeout_ms']} ms", abs(took - wait) < 0.4, took)
            time.sleep(0.1)
    if rule["timeout_ms"] <= 3000:
        for it in echo.values():
            it.trouble = ("sleep", rule["timeout_ms"] / 1000 + 0.5)
        status, _, _, _, took, _ = question.ask()
        most = min(rule["timeout_ms"], sum(piece["timeout_ms"] for piece in parts)) / 1000
        for it in echo.values():
            it.trouble = None
        check(f"{name}: the whole ends in time", status == (200 if partial else 502) and took < most + 0.4, (status, took))
    status, found, *_ = question.ask(method="HEAD")
    check(f"{name}: HEAD is answered", status == 200 and found.get("content-type") == "application/json", (status, found))
    for method in ("POST", "DELETE"):
        status, found, *_ = question.ask(method=method)
        check(f"{name}: {method} is 405", status == 405 and found.get("allow") == "GET, HEAD", (status, found))
    if closed:
        count = {key: len(it.hits) for key, it in echo.items()}
        for what, token in (("no token", None), ("an old token", at.token(exp=1))):
            status = question.ask(token=token)[0]
            check(f"{name}: {what} is refused, and nobody is asked", status == 401 and count == {key: len(it.hits) for key, it in echo.items()}, status)
    packed = question.ask(headers={"accept-encoding": "gzip"})[1].get("content-encoding") == "gzip"
    check(f"{name}: {'packed' if rule['compress'] else 'not packed'}", packed == rule["compress"])


def answers(question, name):
    """Rules that lead to no service."""
    rule, at = question.rule, question.at
    status, found, *_ = question.ask()
    if rule["reject"]:
        return check(f"{name}: {rule['status']}, no version that is known was named", status == rule["status"], status)
    if rule["aggregate"]:
        return joined(question, name)
    if rule["redirect"]:
        target, code = rule["redirect"]
        to = urllib.parse.urlsplit(found.get("location", ""))
        wanted = urllib.parse.urlsplit(target)
        held = status == code and to.path == wanted.path and (not wanted.netloc or (to.scheme, to.netloc) == (wanted.scheme, wanted.netloc))
        return check(f"{name}: {code} to {target}", held, (status, found.get("location")))
    check(f"{name}: 404", status == 404, status)


def edge(at):
    """What holds for every gateway that lets clients in."""
    name, root = at.name, any(rule["path"] == "/" for rule in at.table["rules"])
    if not root:
        status, found, _ = at.ask("GET", "/nowhere/at/all")
        check(f"{name}: an unknown path is 404, also without a token", status == 404 and found.get("content-type") == "application/problem+json", (status, found))
    if at.gateway["hosts"]:
        status = at.ask("GET", "/", {"host": "other.invalid"})[0]
        check(f"{name}: an unknown host is 404", status == 404, status)
        status = at.ask("GET", "/nowhere", {"host": "localhost"})[0]
        check(f"{name}: localhost is known in this environment", root or status == 404, status)
    rule = next((rule for rule in at.table["rules"] if rule["upstream"]), at.table["rules"][0])
    for what, path, headers in (("an escaped slash", rule["path"].rstrip("/") + "/a%2Fb", {}), ("a header with an underscore", rule["path"], {"x_y": "1"})):
        status = at.ask(rule["methods"][0] if rule["methods"] else "GET", path, headers)[0]
        check(f"{name}: {what} is refused", status == 400, status)
    if at.gateway["tls"]:
        plain = http.client.HTTPConnection("127.0.0.1", at.ports[8080], timeout=5)
        plain.request("GET", "/a?b=c", headers={"host": at.hosts[0]})
        answer = plain.getresponse()
        check(f"{name}: plain HTTP is sent to HTTPS", (answer.status, answer.getheader("location")) == (308, f"https://{at.hosts[0]}:8443/a?b=c"), answer.getheader("location"))
        oldest = {"1.2": ssl.TLSVersion.TLSv1_1, "1.3": ssl.TLSVersion.TLSv1_2}[at.gateway["tls"]["min"]]
        check(f"{name}: a TLS version before {at.gateway['tls']['min']} is refused", not handshake(at, oldest))
        check(f"{name}: TLS 1.3 is spoken", handshake(at, ssl.TLSVersion.TLSv1_3))


def handshake(at, version):
    warnings.simplefilter("ignore")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        context.wrap_socket(socket.create_connection(("127.0.0.1", at.port), 5), server_hostname=at.hosts[0]).close()
        return True
    except (OSError, ValueError):
        return False


def burst(questions, count, **kwargs):
    """Statuses of many quick requests, in turn to each question, and the time they took."""
    connections = [question.at.connect(question.host) for question in questions]
    begun, seen = time.time(), []
    for number in range(count):
        at = number % len(questions)
        seen.append(questions[at].ask(patient=False, connection=connections[at], **kwargs)[:2])
    return seen, time.time() - begun


def limits(at):
    """Each bucket lets through what it holds and what flows in, and no more; all rules of a route share it."""
    for bucket in at.table["limits"]:
        by, route = bucket["by"], bucket["route"]
        rules = [rule for rule in at.table["rules"] if rule["upstream"] and rule["protocol"] == "http" and route in (None, rule["route"])]
        rules = [rule for rule in rules if by != "user" or not rule["public"]]
        if route is None:  # rules that nothing else limits
            other = {it["route"] for it in at.table["limits"] if it["route"]}
            rules = [rule for rule in rules if rule["route"] not in other][: 1 if by == "route" else None]
        narrower = [it for it in at.table["limits"] if it is not bucket and it["tokens"] <= bucket["tokens"] and it["route"] in (None, route)]
        name = f"{at.name}: limit of {route or 'all routes'} by {by}"
        if not rules or narrower:
            print("     ", name, "is hidden behind a smaller one here")
            continue
        questions = [Question(at, rule) for rule in rules]
        time.sleep(min(PACE + bucket["tokens"] * bucket["fill_ms"] / bucket["fill_tokens"] / 1000, 3))
        auth = at.gateway["auth"]
        claims = {claim: value for rule in rules for claim, value in rule["require"]}
        token = at.token(**claims) if auth else None
        seen, took = burst(questions, bucket["tokens"] * 2 + 20, token=token)
        passed = sum(status == 200 for status, _ in seen)
        most = bucket["tokens"] + took * 1000 / bucket["fill_ms"] * bucket["fill_tokens"]
        slow = bucket["fill_ms"] > 1000  # what was used before is not there again
        if most > len(seen) and not slow:
            print("     ", name, "flows faster than one client asks")
            continue
        held = passed <= most * 1.1 + 2 and (slow or passed >= bucket["tokens"] * 0.9) and passed < len(seen)
        check(f"{name}: {bucket['tokens']} at once, then {bucket['fill_tokens']} each {bucket['fill_ms']} ms, for {len(rules)} rules together", held, (passed, most, took, {status for status, _ in seen}))
        refused = [found for status, found in seen if status == 429]
        check(f"{name}: 429 says when to come again", refused and all("retry-after" in found for found in refused), refused[:1])
        if by == "user" and auth:
            time.sleep(0.2)  # what all users share flows faster than what one has
            status = Question(at, rules[0]).ask(patient=False)[0]
            check(f"{name}: another user is not held up", status == 200, status)


def inward(at):
    for rule in at.table["rules"]:
        question, name = Question(at, rule), f"{at.name}/{rule['name']}"
        if not rule["upstream"]:
            answers(question, name)
            continue
        if rule["protocol"] == "websocket":
            websocket(question, name)
            continue
        destination(question, name)
        if rule["protocol"] == "grpc" or any(it["by"] == "route" and it["route"] == rule["route"] for it in at.table["limits"]):
            continue  # too few requests are allowed to ask more
        access(question, name)
        tries(question, name)
        extras(question, name)
    edge(at)
    limits(at)


def outward(at):
    """The way out: only what is declared, encrypted and verified, and nothing of the inside in it."""
    inside = ("x-forwarded-for", "x-forwarded-proto", "x-request-id", "x-envoy-original-host", "x-envoy-expected-rq-timeout-ms", "x-envoy-attempt-count")
    for exit in at.table["exits"]:
        name, mark = f"{at.name}/{exit['name']}", "m" + os.urandom(5).hex()
        status, _, answer = at.ask("GET", f"/pay?id={mark}", {"host": exit["name"] + ":8080"})
        host = exit["host"] if exit["port"] in (80, 443) else f"{exit['host']}:{exit['port']}"
        got = answer.get("headers", {})
        check(f"{name}: reaches {host}", status == 200 and got.get("host") == host, (status, answer))
        check(f"{name}: below {exit['path'] or '/'}", answer.get("path") == f"{exit['path'] or ''}/pay?id={mark}", answer.get("path"))
        check(f"{name}: nothing of the inside leaves", not any(key in got for key in inside), got)
        for method in ("GET", "POST"):
            mark = "m" + os.urandom(5).hex()
            status = at.ask(method, f"/pay?id={mark}&fault=503&times=1", {"host": exit["name"]}, "{}" if method == "POST" else None)[0]
            check(f"{name}: a {method} that was answered is not sent twice", status == 503 and len(at.hits(mark)) == 1, (status, at.hits(mark)))
            at.ask("GET", "/", {"host": exit["name"]})
        if exit["timeout_ms"] <= 3000:
            begun, wait = time.time(), exit["timeout_ms"] / 1000
            status = at.ask("GET", f"/pay?id={mark}t&fault=sleep&times=9&for={wait + 1}", {"host": exit["name"]})[0]
            check(f"{name}: 504 after {exit['timeout_ms']} ms", status == 504 and abs(time.time() - begun - wait) < 0.5, status)
        if exit["tls"]:
            echo, mark = at.echoes[(exit["host"], exit["port"])], "m" + os.urandom(5).hex()
            echo.present(at.wrong)
            status = at.ask("GET", f"/?id={mark}", {"host": exit["name"]})[0]
            check(f"{name}: the certificate of another is refused", status == 503 and not at.hits(mark), status)
    status = at.ask("GET", "/", {"host": "elsewhere.example"})[0]
    check(f"{at.name}: what is not declared is 403", status == 403, status)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("project")
    options.add_argument("-e", "--env", default="dev")
    options.add_argument("--built")
    options.add_argument("--model")
    given = options.parse_args()
    bastide = os.environ.get("BASTIDE", "bastide")
    for tool in ["envoy", "openssl"] + ([] if given.built and given.model else [bastide]):
        if not shutil.which(tool):
            print(f"skipped: {tool} not found")
            return int(os.environ.get("CI") == "true")
    scratch = tempfile.mkdtemp()
    try:
        built = given.built
        if not built:
            subprocess.run([bastide, "build", given.project, "-e", given.env, "--out", scratch + "/out"], check=True)
            built = f"{scratch}/out/deploy/{given.env}/gateway-envoy"
        if given.model:
            model = json.load(open(given.model))
        else:
            model = json.loads(subprocess.run([bastide, "model", "-e", given.env, given.project], check=True, capture_output=True, text=True).stdout)
        tables = {table["gateway"]: table for table in model["views"]["tables"]}
        for gateway in model["model"]["gateways"]:
            with open(f"{built}/{gateway['name']}.yaml") as file:
                running = Running(gateway, tables[gateway["name"]], file.read(), f"{scratch}/{gateway['name']}")
            try:
                (outward if gateway["out"] else inward)(running)
            finally:
                running.stop()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{check.good} passed, {check.bad} failed")
    return int(check.bad > 0 or check.good == 0)


if __name__ == "__main__":
    sys.exit(main())
