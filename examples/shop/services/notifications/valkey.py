"""A small Valkey client: a command, or a subscription to a channel; standard library only."""
import socket
from urllib.parse import unquote, urlparse


class Valkey:
    """`with Valkey(url) as store:` is one connection. The URL is redis://user:password@host:port/0."""

    def __init__(self, url, timeout=1):
        self.url, self.timeout = urlparse(url), timeout

    def __enter__(self):
        self.socket = socket.create_connection((self.url.hostname, self.url.port or 6379), self.timeout)
        self.file = self.socket.makefile("rwb")
        if self.url.password:
            self("AUTH", unquote(self.url.username or "default"), unquote(self.url.password))
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def __call__(self, *words):
        """The answer to one command."""
        words = [str(word).encode() for word in words]
        self.file.write(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words))
        self.file.flush()
        return self.read()

    def messages(self, channel):
        """What is published on a channel, for ever."""
        self.socket.settimeout(None)
        self("SUBSCRIBE", channel)
        while True:
            yield self.read()[2]

    def read(self):
        line = self.file.readline().decode().strip()
        kind, rest = line[:1], line[1:]
        if kind == "+":
            return rest
        if kind == ":":
            return int(rest)
        if kind == "$":
            return None if int(rest) < 0 else self.file.read(int(rest) + 2)[:-2].decode()
        if kind == "*":
            return [self.read() for _ in range(int(rest))]
        raise RuntimeError(rest or "the store closed the connection")
