#!/usr/bin/env python3
"""notifications: tells a customer's open pages that an order is confirmed, over a websocket.

One replica consumes the event and publishes it on the channel "live" of the store; every replica listens there and pushes it to its own pages.
"""
import base64, hashlib, json, struct, sys, threading
sys.path.insert(0, "/app")
import kafka, kit
from kit import Refused, setting
from valkey import Valkey

PAGES, LOCK = {}, threading.Lock()


def frame(kind, payload):
    """RFC 6455: a server's frames are whole and not masked."""
    size = bytes([len(payload)]) if len(payload) < 126 else b"\x7e" + struct.pack("!H", len(payload))
    return bytes([0x80 | kind]) + size + payload


def exactly(file, size):
    data = file.read(size)
    if len(data) < size:
        raise OSError("the page has left")
    return data


def listen(file, answer):
    """Reads what the page sends: pings are answered, the rest is ignored, a close ends it."""
    while True:
        kind, size = exactly(file, 2)
        masked, size = size & 128, size & 127
        size = {126: lambda: struct.unpack("!H", exactly(file, 2))[0], 127: lambda: struct.unpack("!Q", exactly(file, 8))[0]}.get(size, lambda: size)()
        if not masked or size > 4096:
            return answer(frame(8, struct.pack("!H", 1009 if masked else 1002)))
        mask = exactly(file, 4)
        payload = bytes(byte ^ mask[n & 3] for n, byte in enumerate(exactly(file, size)))
        if kind & 15 == 8:
            return answer(frame(8, payload[:2]))
        if kind & 15 == 9:
            answer(frame(10, payload))


def live(request):
    key = request.header("sec-websocket-key")
    if "websocket" not in (request.header("upgrade") or "").lower() or not key:
        raise Refused(426, "this is a websocket")
    user, handler, lock = request.user(), request.handler, threading.Lock()
    handler.send_response(101)
    handler.send_header("upgrade", "websocket")
    handler.send_header("connection", "Upgrade")
    handler.send_header("sec-websocket-accept", base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode())
    handler.end_headers()
    handler.close_connection = True
    request.stream()

    def answer(data):
        with lock:
            handler.wfile.write(data)
            handler.wfile.flush()
    with LOCK:
        PAGES.setdefault(user, set()).add(answer)
    try:
        listen(handler.rfile, answer)
    except OSError:
        pass
    finally:
        with LOCK:
            PAGES[user].discard(answer)


def confirmed(event):
    with Valkey(setting("LIVE_URL")) as store:
        # an event that comes twice is told once
        if store("SET", f"seen:{event['eventId']}", 1, "NX", "EX", 86400):
            store("PUBLISH", "live", json.dumps({"type": "order-confirmed", "orderId": event["orderId"], "customerId": event["customerId"]}))


def push():
    with Valkey(setting("LIVE_URL")) as store:
        for message in store.messages("live"):
            with LOCK:
                pages = list(PAGES.get(json.loads(message)["customerId"], ()))
            for page in pages:
                try:
                    page(frame(1, message.encode()))
                except OSError:
                    pass


def ready():
    with Valkey(setting("LIVE_URL")) as store:
        store("GET", "seen:")


if __name__ == "__main__":
    kit.background(push)
    kit.background(kafka.consume, "order-confirmed", confirmed)
    kit.serve([("GET", "/live", live)], ready)
