"""A small PostgreSQL client: one login with SCRAM-SHA-256, queries with parameters, transactions; standard library only."""
import base64, hashlib, hmac, os, socket, struct
from urllib.parse import unquote, urlparse


class Database:
    """`with Database(url) as db:` is one connection and one transaction; it commits unless the block raises."""

    def __init__(self, url, timeout=3):
        self.url, self.timeout = urlparse(url), timeout

    def __enter__(self):
        url = self.url
        self.socket = socket.create_connection((url.hostname, url.port or 5432), self.timeout)
        self.file = self.socket.makefile("rwb")
        try:
            words = ["user", unquote(url.username), "database", url.path.lstrip("/"), ""]
            self.send(b"", struct.pack("!I", 196608) + b"".join(w.encode() + b"\0" for w in words))
            self.login(unquote(url.password).encode())
            self.query("BEGIN")
        except BaseException:
            self.socket.close()
            raise
        return self

    def __exit__(self, kind, *_):
        try:
            self.query("ROLLBACK" if kind else "COMMIT")
        finally:
            self.file.close()
            self.socket.close()

    def query(self, sql, *values):
        """The rows of one statement as lists of text; values stand for $1, $2 …"""
        texts = [None if v is None else str(v).encode() for v in values]
        bind = b"\0\0" + struct.pack("!HH", 0, len(texts))
        bind += b"".join(struct.pack("!i", -1) if t is None else struct.pack("!i", len(t)) + t for t in texts) + struct.pack("!H", 0)
        self.send(b"P", b"\0" + sql.encode() + b"\0" + struct.pack("!H", 0))
        self.send(b"B", bind)
        self.send(b"E", b"\0" + struct.pack("!I", 0))
        self.send(b"S", b"")
        rows, failure = [], None
        while True:
            kind, body = self.receive()
            if kind == b"D":
                rows.append(self.row(body))
            elif kind == b"E":
                failure = body.replace(b"\0", b" ").decode(errors="replace")
            elif kind == b"Z":
                if failure:
                    raise RuntimeError(failure)
                return rows

    @staticmethod
    def row(body):
        row, at = [], 2
        for _ in range(struct.unpack("!H", body[:2])[0]):
            size = struct.unpack("!i", body[at:at + 4])[0]
            at += 4
            row.append(None if size < 0 else body[at:at + size].decode())
            at += max(size, 0)
        return row

    def send(self, kind, body):
        self.file.write(kind + struct.pack("!I", len(body) + 4) + body)
        self.file.flush()

    def receive(self):
        head = self.file.read(5)
        if len(head) < 5:
            raise OSError("the database closed the connection")
        return head[:1], self.file.read(struct.unpack("!I", head[1:])[0] - 4)

    def login(self, password):
        """RFC 5802 and RFC 7677; the server proves that it knows the password too."""
        mac = lambda key, message: hmac.new(key, message, hashlib.sha256).digest()
        bare = key = auth = b""
        while True:
            kind, body = self.receive()
            if kind == b"E":
                raise RuntimeError(body.replace(b"\0", b" ").decode(errors="replace"))
            if kind == b"Z":
                return
            step = struct.unpack("!I", body[:4])[0] if kind == b"R" else None
            if step == 10:
                bare = b"n=,r=" + base64.b64encode(os.urandom(18))
                first = b"n,," + bare
                self.send(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", len(first)) + first)
            elif step == 11:
                nonce, salt, count = (part[2:] for part in body[4:].split(b","))
                key = hashlib.pbkdf2_hmac("sha256", password, base64.b64decode(salt), int(count))
                last = b"c=biws,r=" + nonce
                auth = bare + b"," + body[4:] + b"," + last
                client = mac(key, b"Client Key")
                proof = bytes(a ^ b for a, b in zip(client, mac(hashlib.sha256(client).digest(), auth)))
                self.send(b"p", last + b",p=" + base64.b64encode(proof))
            elif step == 12 and base64.b64decode(body[6:]) != mac(mac(key, b"Server Key"), auth):
                raise RuntimeError("the server does not know the password")
