"""A small gRPC client: one unary call over HTTP/2 without TLS, and the little of protobuf that it needs; standard library only.

Headers are sent as literals and the answer's are not decoded: an answer with a message is a success, one without is a failure.
"""
import socket, struct
from urllib.parse import urlparse


def varint(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def encode(fields):
    """[(number, int | str | bytes)] as a protobuf message."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            value = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(value)) + value
    return out


def decode(data):
    """{number: [int | bytes]} of a protobuf message of varints and lengths."""
    fields, at = {}, 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value
    while at < len(data):
        key = number()
        value = number()
        if key & 7 == 2:
            value, at = data[at:at + value], at + value
        fields.setdefault(key >> 3, []).append(value)
    return fields


def call(url, method, message, timeout):
    """The bytes of the answer to /package.Service/Method."""
    url = urlparse(url)
    with socket.create_connection((url.hostname, url.port), timeout) as connection, connection.makefile("rwb") as file:
        connection.settimeout(timeout)

        def send(kind, flags, stream, payload):
            file.write(struct.pack("!I", len(payload))[1:] + bytes([kind, flags]) + struct.pack("!I", stream) + payload)
        headers = {":method": "POST", ":scheme": "http", ":path": method, ":authority": url.netloc, "content-type": "application/grpc", "te": "trailers", "grpc-timeout": f"{int(timeout * 1000)}m"}
        block = b"".join(b"\0" + bytes([len(k)]) + k.encode() + bytes([len(v)]) + v.encode() for k, v in headers.items())
        file.write(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        send(4, 0, 0, b"")
        send(1, 4, 1, block)
        send(0, 1, 1, b"\0" + struct.pack("!I", len(message)) + message)
        file.flush()
        answer = b""
        while True:
            head = file.read(9)
            if len(head) < 9:
                raise OSError("the connection was closed")
            payload = file.read(int.from_bytes(head[:3], "big"))
            kind, flags, stream = head[3], head[4], int.from_bytes(head[5:], "big")
            if kind == 4 and not flags & 1:
                send(4, 1, 0, b"")
                file.flush()
            if kind == 0:
                answer += payload
            if kind in (3, 7):
                raise RuntimeError(f"{method} was refused")
            if stream == 1 and kind in (0, 1) and flags & 1:
                if len(answer) < 5:
                    raise RuntimeError(f"{method} failed")
                return answer[5:5 + int.from_bytes(answer[1:5], "big")]
