"""A real Envoy on one gateway's file, with echo servers in the place of every service and external."""
import base64, hashlib, hmac, http.client, json, os, re, socket, ssl, struct, subprocess, threading, time, urllib.parse

KEY = b"a key of this test only, long enough"

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
    """A server that says what it was asked. `?fault=reset|503|sleep&times=N&id=X` misbehaves for the first N requests of X;
    `trouble`, a pair of such a fault (or `text`, or `large`) and seconds, holds for every request."""

    def __init__(self, name, context=None):
        self.name, self.hits, self.lock, self.trouble = name, [], threading.Lock(), None
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port, self.context, self.peers = self.socket.getsockname()[1], context, []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            peer = self.socket.accept()[0]
            self.peers.append(peer)
            threading.Thread(target=self.guard, args=(peer,), daemon=True).start()

    def guard(self, peer):
        try:
            if self.context:
                peer = self.context.wrap_socket(peer, server_side=True)
                self.peers.append(peer)
            self.serve(peer)
            peer.close()
        except (OSError, ValueError):
            pass  # the other side gave up, as it may

    def present(self, context):
        """From now on another certificate; open connections end."""
        self.context = context
        for peer in self.peers:
            try:
                peer.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it has ended
        time.sleep(0.3)

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
            fault, wait = self.trouble or (fault, query.get("for"))
            if fault == "reset":
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if headers.get("upgrade", "").lower() == "websocket":
                peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n")
                while data := peer.recv(4096):
                    peer.sendall(data)
                return
            if fault == "sleep":
                time.sleep(float(wait))
            answer = {"who": self.name, "method": method, "path": path, "headers": headers, "pad": "x" * (200_000 if fault == "large" else 2000)}
            text = b"" if method == "HEAD" else json.dumps(answer).encode()
            status = "503 Service Unavailable" if fault == "503" else "200 OK"
            kind = "text/plain" if fault == "text" else "application/json; charset=utf-8"
            head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(text)}\r\n\r\n"
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

    def __init__(self, gateway, table, text, folder):
        self.gateway, self.table, self.folder, self.echoes, self.name = gateway, table, folder, {}, gateway["name"]
        os.makedirs(folder + "/secrets")
        self.hosts = gateway["hosts"] or ["any.example"]
        lines = sorted({rule["subdomain"] for rule in table["rules"] if rule["subdomain"]})
        self.crt, _ = certificate(folder + "/secrets", self.name, self.hosts + [f"{line}.{host}" for line in lines for host in self.hosts])
        jwk = {"kty": "oct", "alg": "HS256", "kid": "k", "k": b64(KEY)}
        with open(f"{folder}/secrets/{self.name}.jwks", "w") as file:
            json.dump({"keys": [jwk]}, file)
        crt, key = certificate(folder, "outside", [exit["host"] for exit in table["exits"]] or ["none.invalid"])
        context, self.wrong = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(crt, key)
        strange, key = certificate(folder, "strange", ["strange.example"])
        self.wrong.load_cert_chain(strange, key)
        with open(folder + "/authorities", "w") as file:  # both authorities are known, so only the name can be wrong
            file.write(open(crt).read() + open(strange).read())
        text = text.replace("/etc/ssl/certs/ca-certificates.crt", folder + "/authorities")
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
        if rule["any_header"]:
            self.headers[rule["any_header"]] = "999"  # a version that nobody knows
        if rule["accept"]:
            plain = rule["accept"].replace("[a-z0-9.-]+", "acme").replace("[0-9]+", "999").replace("\\", "")
            self.headers["accept"] = f"text/html, {plain};q=0.9"

    def path(self, mark, **query):
        tail = "" if self.rule["exact"] else "/" + mark
        pairs = dict(self.rule["query"]) | ({self.rule["any_query"]: "999"} if self.rule["any_query"] else {}) | {"id": mark} | query
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
