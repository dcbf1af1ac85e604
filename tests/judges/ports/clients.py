"""Just enough of some protocols to sign in, and to count how often that was done where data is kept."""

import base64
import hashlib
import hmac
import os
import socket
import struct
import urllib.error
import urllib.request
from urllib.parse import unquote, urlsplit


def connect(address, port):
    host, _, number = address.partition(":")
    return socket.create_connection((host, int(number or port)), timeout=5)


def exactly(line, count):
    data = b""
    while len(data) < count:
        more = line.recv(count - len(data))
        if not more:
            raise ConnectionError("it hung up")
        data += more
    return data


def tcp(address):
    connect(address, 80).close()


def http(url):
    """An answer that is no fault of the server."""
    try:
        return urllib.request.urlopen(url, timeout=5).status
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise
        return error.code


def redis(address, user="", password=""):
    at = urlsplit(address if "://" in address else f"redis://{address}")
    user, password = user or unquote(at.username or ""), password or unquote(at.password or "")
    line = connect(f"{at.hostname}:{at.port or 6379}", 6379)
    file = line.makefile("rwb")

    def ask(*words):
        file.write(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words))
        file.flush()
        answer = file.readline().strip()
        if answer[:1] not in (b"+", b":"):
            raise PermissionError(answer.decode())
        return answer[1:].decode()

    if password:
        ask(b"AUTH", *([user.encode()] if user else []), password.encode())
    return int(ask(b"INCR", b"standin"))


def postgres(address, user="", password="", database=""):
    """SCRAM-SHA-256 (RFC 7677), and a row for each start."""
    at = urlsplit(address.removeprefix("jdbc:") if "://" in address else f"postgres://{address}")
    user, password = user or unquote(at.username or ""), password or unquote(at.password or "")
    database = database or at.path.lstrip("/")
    line = connect(f"{at.hostname}:{at.port or 5432}", 5432)

    def say(kind, body):
        line.sendall(kind + struct.pack("!I", len(body) + 4) + body)

    def hear():
        kind, size = exactly(line, 1), struct.unpack("!I", exactly(line, 4))[0]
        body = exactly(line, size - 4)
        if kind == b"E":
            raise PermissionError(body.replace(b"\0", b" ").decode())
        return kind, body

    say(b"", struct.pack("!I", 196608) + b"\0".join([b"user", user.encode(), b"database", database.encode(), b"", b""]))
    kind, body = hear()
    if kind != b"R" or body[:4] != b"\0\0\0\x0a":
        raise PermissionError("it does not ask for a password by SCRAM")
    nonce = base64.b64encode(os.urandom(18)).decode()
    bare = f"n=,r={nonce}"
    first = f"n,,{bare}".encode()
    say(b"p", b"SCRAM-SHA-256\0" + struct.pack("!I", len(first)) + first)
    server = hear()[1][4:].decode()
    given = dict(part.split("=", 1) for part in server.split(","))
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(given["s"]), int(given["i"]))
    key = hmac.digest(salted, b"Client Key", "sha256")
    final = f"c=biws,r={given['r']}"
    proof = hmac.digest(hashlib.sha256(key).digest(), f"{bare},{server},{final}".encode(), "sha256")
    say(b"p", f"{final},p={base64.b64encode(bytes(a ^ b for a, b in zip(key, proof))).decode()}".encode())
    while hear()[0] != b"Z":
        pass
    say(b"Q", b"create table if not exists standin (at timestamp default now()); insert into standin default values; select count(*) from standin\0")
    count, kind = None, b""
    while kind != b"Z":
        kind, body = hear()
        count = int(body[6:]) if kind == b"D" else count
    return count


def mysql(address, user, password, database):
    """mysql_native_password, and a row for each start."""
    line = connect(address, 3306)

    def hear():
        size = exactly(line, 4)
        body = exactly(line, int.from_bytes(size[:3], "little"))
        if body[:1] == b"\xff":
            raise PermissionError(body[3:].decode(errors="replace"))
        return size[3], body

    def say(number, body):
        line.sendall(len(body).to_bytes(3, "little") + bytes([number]) + body)

    number, hello = hear()
    rest = hello[hello.index(b"\0", 1) + 5:]
    salt = rest[:8] + rest[27:39]
    once = hashlib.sha1(password.encode()).digest()
    mixed = hashlib.sha1(salt + hashlib.sha1(once).digest()).digest()
    scramble = bytes(a ^ b for a, b in zip(once, mixed))
    flags = 0x1 | 0x8 | 0x200 | 0x8000 | 0x80000
    say(number + 1, struct.pack("<IIB23x", flags, 1 << 24, 45) + user.encode() + b"\0" + bytes([20]) + scramble + database.encode() + b"\0mysql_native_password\0")
    if hear()[1][:1] != b"\0":
        raise PermissionError("it asks for another way to sign in")
    for query in (b"create table if not exists standin (n int)", b"insert into standin values (1)"):
        say(0, b"\x03" + query)
        hear()
    say(0, b"\x03select count(*) from standin")
    rows = [hear()[1] for _ in range(5)]
    return int(rows[3][1:])
