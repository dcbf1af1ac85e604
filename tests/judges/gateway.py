#!/usr/bin/env python3
"""gateway.py PROJECT [-e ENV] [--built DIR] [--model FILE]: is what a gateway's configuration says what a real Envoy does?

Builds PROJECT into a scratch folder, puts echo servers in the place of every service and external, starts Envoy on each
gateway's file, and asks it about every rule of the route table (`bastide model`). The files are used as they are, except that
addresses and ports move to loopback. --built and --model use a build and a model that are there already.
Needs `envoy` and `openssl` on the PATH, and `bastide` (or the program that $BASTIDE names)."""
import argparse, base64, hashlib, hmac, http.client, json, os, re, shutil, socket, ssl, struct, subprocess, sys, tempfile, threading, time
import urllib.parse

CORS_ELSEWHERE = "https://elsewhere.invalid"
PACE = 1.05  # seconds after which a bucket that fills in a second is full again
KEY = b"a key of this test only, long enough"


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
free_taken = set()


def free():
    """A port nobody listens on, each time another."""
    while True:
        with socket.socket() as it:
            it.bind(("127.0.0.1", 0))
            port = it.getsockname()[1]
        if port not in free_taken:
            free_taken.add(port)
            return port


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Echo:
    """A server that says what it was asked. `?fault=reset|503|sleep&times=N&id=X` misbehaves for the first N requests of X."""

    def __init__(self, name, context=None):
        self.name, self.hits, self.lock = name, [], threading.Lock()
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port, self.context = self.socket.getsockname()[1], context
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            peer = self.socket.accept()[0]
            threading.Thread(target=self.guard, args=(peer,), daemon=True).start()

    def guard(self, peer):
        try:
            with self.context.wrap_socket(peer, server_side=True) if self.context else peer as peer:
                self.serve(peer)
        except (OSError, ValueError):
            pass  # the other side gave up, as it may

    def serve(self, peer):
        stream = peer.makefile("rb")
        while line := stream.readline().decode():
            if line.startswith("PRI * HTTP/2.0"):
                self.hits.append({"path": "", "proto": "h2"})
                return
            method, path, _ = line.split()
            headers = {}
            while (line := stream.readline().decode().strip()):
                key, value = line.split(":", 1)
                headers[key.lower()] = value.strip()
            body = self.body(stream, headers)
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query))
            with self.lock:
                self.hits.append({"path": path, "method": method, "headers": headers, "id": query.get("id"), "body": len(body)})
                nth = sum(hit.get("id") == query.get("id") for hit in self.hits)
            fault = query.get("fault") if nth <= int(query.get("times", "0")) else None
            if fault == "reset":
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if headers.get("upgrade", "").lower() == "websocket":
                peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n")
                while data := peer.recv(4096):
                    peer.sendall(data)
                return
            if fault == "sleep":
                time.sleep(float(query["for"]))
            answer = {"who": self.name, "method": method, "path": path, "headers": headers, "pad": "x" * 2000}
            text = b"" if method == "HEAD" else json.dumps(answer).encode()
            status = "503 Service Unavailable" if fault == "503" else "200 OK"
            head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
            peer.sendall(head.encode() + text)

    @staticmethod
    def body(stream, headers):
        if headers.get("transfer-encoding") == "chunked":
            whole = b""
            while size := int(stream.readline(), 16):
                whole += stream.read(size)
                stream.readline()
            stream.readline()
            return whole
        return stream.read(int(headers.get("content-length") or 0))


def certificate(folder, name, hosts):
    """A certificate for these hosts that is its own authority."""
    crt, key = f"{folder}/{name}.tls.crt", f"{folder}/{name}.tls.key"
    names = ",".join("DNS:" + host for host in hosts)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", crt,
                    "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=" + names], check=True, capture_output=True)
    return crt, key


class Running:
    """One gateway's file, served by a real Envoy on loopback."""

    def __init__(self, gateway, table, text, folder, externals):
        self.gateway, self.table, self.folder, self.echoes, self.name = gateway, table, folder, {}, gateway["name"]
        os.makedirs(folder + "/secrets")
        self.hosts = gateway["hosts"] or ["any.example"]
        lines = sorted({rule["subdomain"] for rule in table["rules"] if rule["subdomain"]})
        self.crt, _ = certificate(folder + "/secrets", self.name, self.hosts + [f"{line}.{host}" for line in lines for host in self.hosts])
        jwk = {"kty": "oct", "alg": "HS256", "kid": "k", "k": b64(KEY)}
        with open(f"{folder}/secrets/{self.name}.jwks", "w") as file:
            json.dump({"keys": [jwk]}, file)
        outside = [exit["host"] for exit in table["exits"]]
        context = None
        if outside:
            crt, key = certificate(folder, "outside", outside[:-1] or outside)  # the last external shows a wrong certificate
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(crt, key)
            text = text.replace("/etc/ssl/certs/ca-certificates.crt", crt)
        self.ports = {}
        tls = {(exit["host"], exit["port"]) for exit in table["exits"] if exit["tls"]}

        def move(found):
            address, port = found[1], int(found[2])
            if address in ("0.0.0.0", "127.0.0.1"):
                self.ports[port] = self.ports.get(port) or free()
                return f"address: 127.0.0.1, port_value: {self.ports[port]}"
            at = (address, port)
            if at not in self.echoes:
                self.echoes[at] = Echo(address, context if at in tls else None)
            return f"address: 127.0.0.1, port_value: {self.echoes[at].port}"

        text = re.sub(r"address: ([\w.-]+), port_value: (\d+)", move, text)
        with open(folder + "/envoy.yaml", "w") as file:
            file.write(text)
        self.log = open(folder + "/access.log", "w+")
        options = ["-l", "error", "--disable-hot-restart", "--concurrency", "2", "--file-flush-interval-msec", "50", "--log-path", folder + "/envoy.log"]
        self.engine = subprocess.Popen(["envoy", "-c", "envoy.yaml", *options], cwd=folder, stdout=self.log, stderr=subprocess.DEVNULL)
        self.port = self.ports.get(8443) or self.ports[8080]
        self.tls = ssl.create_default_context(cafile=self.crt) if gateway["tls"] else None
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("envoy did not start: " + open(folder + "/envoy.log").read()[-2000:])

    def stop(self):
        self.engine.terminate()
        self.engine.wait(20)

    def connect(self, host):
        """A connection to the engine, whatever the host is called; it opens again when the engine closed it."""

        class Link(http.client.HTTPConnection):
            def connect(link):
                link.sock = socket.create_connection(("127.0.0.1", self.port), 8)
                link.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if self.tls:
                    link.sock = self.tls.wrap_socket(link.sock, server_hostname=host)

        link = Link(host, 443, timeout=8)
        link.connect()
        return link

    def ask(self, method, path, headers=None, body=None, host=None, patient=True, connection=None):
        """Status, headers, answer. A 429 is waited out: the limits have tests of their own."""
        for _ in range(8):
            http_client = connection or self.connect(host or self.hosts[0])
            http_client.request(method, path, body=body, headers=headers or {})
            answer = http_client.getresponse()
            text, found = answer.read(), {}
            for key, value in answer.getheaders():
                found[key.lower()] = found[key.lower()] + ", " + value if key.lower() in found else value
            if answer.status != 429 or not patient:
                break
            time.sleep(0.4)
        try:
            return answer.status, found, json.loads(text)
        except ValueError:
            return answer.status, found, {}

    def token(self, **claims):
        auth = self.gateway["auth"]
        base = {"exp": int(time.time()) + 600, auth["claim"]: "user-" + os.urandom(4).hex()}
        base |= {"iss": auth["issuer"]} if auth["issuer"] else {}
        base |= {"aud": auth["audience"]} if auth["audience"] else {}
        head = b64(json.dumps({"alg": "HS256", "kid": "k"}).encode()) + "." + b64(json.dumps(base | claims).encode())
        return "Bearer " + head + "." + b64(hmac.new(KEY, head.encode(), hashlib.sha256).digest())

    def hits(self, mark):
        """Who was asked with this mark, once for each time."""
        return [echo.name for echo in self.echoes.values() for hit in echo.hits if hit.get("id") == mark]

    def logged(self, mark):
        """The line of the access log about a path with this mark."""
        for _ in range(40):
            with open(self.folder + "/access.log") as file:
                lines = [line for line in file if mark in line]
            if lines:
                return json.loads(lines[-1])
            time.sleep(0.05)
        return {}


class Question:
    """A request that one rule of the table answers."""

    def __init__(self, running, rule):
        self.at, self.rule = running, rule
        default = "POST" if not rule["safe"] else "GET"
        self.method = (rule["methods"] or [default])[0]
        self.host = (rule["subdomain"] + "." if rule["subdomain"] else "") + running.hosts[0]
        self.headers = {name: value for name, value in rule["headers"]}
        if rule["accept"]:
            plain = rule["accept"].replace("[a-z0-9.-]+", "acme").replace("\\", "")
            self.headers["accept"] = f"text/html, {plain};q=0.9"

    def path(self, mark, **query):
        tail = "" if self.rule["exact"] else "/" + mark
        pairs = dict(self.rule["query"]) | {"id": mark} | query
        return self.rule["path"].rstrip("/") + tail + "?" + urllib.parse.urlencode(pairs)

    def claims(self):
        return {claim: value if value is not None else "any" for claim, value in self.rule["require"]}

    def ask(self, token=True, body=None, method=None, headers=None, mark=None, patient=True, connection=None, **query):
        mark = mark or "m" + os.urandom(5).hex()
        sent = self.headers | (headers or {})
        if token is True and self.at.gateway["auth"] and not self.rule["public"]:
            token = self.at.token(**self.claims())
        if isinstance(token, str):
            sent["authorization"] = token
        body = body if body is not None else ("{}" if (method or self.method) in ("POST", "PUT", "PATCH") else None)
        begun = time.time()
        status, found, answer = self.at.ask(method or self.method, self.path(mark, **query), sent, body, self.host, patient, connection)
        copies = self.rule["mirror"][:1] if self.rule["mirror"] else []
        return status, found, answer, [who for who in self.at.hits(mark) if who not in copies], time.time() - begun, mark


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
    if not at.gateway["auth"]:
        return
    claim = at.gateway["auth"]["claim"]
    if rule["public"]:
        status, _, answer, *_ = question.ask(token=None, headers={"x-user-id": "mallory"})
        return check(f"{name}: open, and nobody names themselves", status == 200 and "x-user-id" not in answer.get("headers", {}), (status, answer))
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
            found = question.ask(token=None, method="OPTIONS", headers=asked | {"origin": CORS_ELSEWHERE})[1]
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


def answers(question, name):
    """Rules that lead to no service."""
    rule, at = question.rule, question.at
    status, found, *_ = question.ask()
    if rule["reject"]:
        return check(f"{name}: 404, the version must be named", status == 404, status)
    if rule["aggregate"]:
        return check(f"{name}: 501, aggregates are refused", status == 501, status)
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
    import warnings
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
    smallest = min((it["tokens"] for it in at.table["limits"]), default=0)
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
        held = passed <= most * 1.1 + 2 and (slow or passed >= bucket["tokens"] * 0.9) and passed < len(seen)
        check(f"{name}: {bucket['tokens']} at once, then {bucket['fill_tokens']} each {bucket['fill_ms']} ms, for {len(rules)} rules together", held, (passed, most, took, {status for status, _ in seen}))
        refused = [found for status, found in seen if status == 429]
        check(f"{name}: 429 says when to come again", refused and all("retry-after" in found for found in refused), refused[:1])
        if by == "user" and auth:
            time.sleep(0.2)  # what all users share flows faster than what one has
            status = Question(at, rules[0]).ask(patient=False)[0]
            check(f"{name}: another user is not held up", status == 200, status)
    return smallest


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
        if exit["tls"] and exit is at.table["exits"][-1] and len(at.table["exits"]) > 1:
            check(f"{name}: a wrong certificate is refused", status == 503 and not at.hits(mark), (status, answer))
            continue
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
            return 0
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
                running = Running(gateway, tables[gateway["name"]], file.read(), f"{scratch}/{gateway['name']}", model["model"]["externals"])
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
