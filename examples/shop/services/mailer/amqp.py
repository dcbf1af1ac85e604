"""A small AMQP 0-9-1 client: publish with confirms, get and acknowledge, look at a queue; standard library only."""
import socket, struct
from urllib.parse import unquote, urlparse


def short(value):
    return bytes([len(value.encode())]) + value.encode()


def long(value):
    return struct.pack("!I", len(value)) + value


class Amqp:
    """`with Amqp(url) as broker:` is one connection with one channel. The URL is amqp://user:password@host:port/vhost."""

    def __init__(self, url):
        self.url = urlparse(url)

    def __enter__(self):
        url = self.url
        self.socket = socket.create_connection((url.hostname, url.port or 5672), 5)
        self.file = self.socket.makefile("rwb")
        try:
            self.file.write(b"AMQP\0\0\x09\x01")
            self.file.flush()
            self.expect(10, 10)
            self.call(0, 10, 11, long(b"") + short("PLAIN") + long(f"\0{unquote(url.username)}\0{unquote(url.password)}".encode()) + short("en_US"))
            tune = self.expect(10, 30)
            # no heartbeat: a connection lives for one piece of work
            self.call(0, 10, 31, tune[:6] + b"\0\0")
            self.call(0, 10, 40, short(unquote(url.path[1:]) or "/") + b"\0\0")
            self.expect(10, 41)
            self.call(1, 20, 10, b"\0")
            self.expect(20, 11)
        except BaseException:
            self.socket.close()
            raise
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def publish(self, queue, body, identity, exchange=""):
        """Puts a message on a queue and waits until the broker has it safe."""
        self.call(1, 85, 10, b"\0")
        self.expect(85, 11)
        self.call(1, 60, 40, b"\0\0" + short(exchange) + short(queue) + b"\0")
        # content type, delivery mode 2 (kept on disk), message id
        self.frame(2, 1, struct.pack("!HHQH", 60, 0, len(body), 0x9080) + short("application/json") + b"\x02" + short(identity))
        self.frame(3, 1, body)
        self.expect(60, 80)

    def get(self, queue):
        """(tag, body) of the next message, or None."""
        self.call(1, 60, 70, b"\0\0" + short(queue) + b"\0")
        method, arguments = self.method()
        if method == (60, 72):
            return None
        if method != (60, 71):
            raise RuntimeError(f"unexpected answer {method}")
        size, body = struct.unpack("!Q", self.receive()[1][4:12])[0], b""
        while len(body) < size:
            body += self.receive()[1]
        return struct.unpack("!Q", arguments[:8])[0], body

    def done(self, tag):
        """The message was handled."""
        self.call(1, 60, 80, struct.pack("!Q", tag) + b"\0")

    def again(self, tag):
        """The message goes back; the broker counts, and puts it aside when it came back too often."""
        self.call(1, 60, 120, struct.pack("!Q", tag) + b"\x02")

    def look(self, queue):
        """How many messages wait; raises when the queue does not exist."""
        self.call(1, 50, 10, b"\0\0" + short(queue) + b"\x01" + long(b""))
        arguments = self.expect(50, 11)
        return struct.unpack("!I", arguments[1 + arguments[0]:][:4])[0]

    def call(self, channel, group, number, arguments):
        self.frame(1, channel, struct.pack("!HH", group, number) + arguments)

    def frame(self, kind, channel, payload):
        self.file.write(struct.pack("!BHI", kind, channel, len(payload)) + payload + b"\xce")
        self.file.flush()

    def receive(self):
        head = self.file.read(7)
        if len(head) < 7:
            raise OSError("the broker closed the connection")
        kind, _, size = struct.unpack("!BHI", head)
        return kind, self.file.read(size + 1)[:-1]

    def method(self):
        kind, payload = self.receive()
        method = struct.unpack("!HH", payload[:4])
        if method in ((10, 50), (20, 40)):
            raise RuntimeError(payload[7:7 + payload[6]].decode(errors="replace"))
        return method, payload[4:]

    def expect(self, *wanted):
        method, arguments = self.method()
        if method != wanted:
            raise RuntimeError(f"expected {wanted}, got {method}")
        return arguments
