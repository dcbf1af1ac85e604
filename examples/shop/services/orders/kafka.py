"""A small Kafka client: produce and consume, plain or over TLS, no compression; standard library only.

A consumer reads every partition of its topic and keeps its place in the group's offsets. It does not join the group's rebalancing:
two replicas would each see every event, which a consumer that is idempotent by event id endures.
"""
import json, os, socket, ssl, struct, time, zlib
from urllib.parse import urlparse

TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
    TABLE.append(byte)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


def text(value):
    return struct.pack("!h", -1) if value is None else struct.pack("!h", len(value.encode())) + value.encode()


def varint(number):
    number, out = (number << 1) ^ (number >> 63), b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


class Reader:
    """Reads the fields of an answer one after the other."""
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size):
        return int.from_bytes(self.take(size), "big", signed=True)

    def text(self):
        size = self.number(2)
        return None if size < 0 else self.take(size).decode()

    def array(self, read):
        return [read() for _ in range(self.number(4))]

    def varint(self):
        number = shift = 0
        while True:
            byte = self.take(1)[0]
            number, shift = number | (byte & 127) << shift, shift + 7
            if byte < 128:
                return number >> 1 ^ -(number & 1)


def batch(key, value):
    """One record in one record batch, format 2."""
    record = b"\0" + varint(0) + varint(0) + varint(len(key)) + key + varint(len(value)) + value + varint(0)
    now = int(time.time() * 1000)
    tail = struct.pack("!hiqqqhii", 0, 0, now, now, -1, -1, -1, 1) + varint(len(record)) + record
    return struct.pack("!qiibI", 0, len(tail) + 9, -1, 2, crc32c(tail)) + tail


def records(data):
    """(offset, key, value) of each record; the broker may cut the last batch short."""
    while len(data) >= 61:
        base, size = struct.unpack("!qi", data[:12])
        if len(data) < 12 + size:
            return
        reader = Reader(data[57:12 + size])
        control = struct.unpack("!h", data[21:23])[0] & 32
        for _ in range(reader.number(4)):
            reader.varint(), reader.take(1), reader.varint()
            offset = base + reader.varint()
            key = reader.take(max(reader.varint(), 0))
            value = reader.take(max(reader.varint(), 0))
            for _ in range(reader.varint()):
                reader.take(reader.varint()), reader.take(max(reader.varint(), 0))
            if not control:
                yield offset, key, value
        data = data[12 + size:]


class Broker:
    """One connection to one broker."""
    def __init__(self, host, port, tls):
        self.socket = socket.create_connection((host, port), 5)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname=host)
        self.file = self.socket.makefile("rwb")

    def ask(self, api, version, body):
        message = struct.pack("!hhi", api, version, 1) + text("bastide-example") + body
        self.file.write(struct.pack("!i", len(message)) + message)
        self.file.flush()
        head = self.file.read(4)
        if len(head) < 4:
            raise OSError("the broker closed the connection")
        reader = Reader(self.file.read(struct.unpack("!i", head)[0]))
        reader.number(4)
        return reader

    def close(self):
        self.file.close()
        self.socket.close()


def certificates():
    """What the broker's certificate is held against, and the one this client shows; the files are renewed while it runs."""
    context = ssl.create_default_context(cafile=os.environ["EVENTS_CA_FILE"])
    # The brokers' certificates do not name their authority's key (Strimzi issue 11375), which Python 3.13 asks for by default.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.load_cert_chain(os.environ["EVENTS_CERT_FILE"], os.environ["EVENTS_KEY_FILE"])
    return context


class Kafka:
    """The cluster behind a URL such as kafka://events:9092; kafka+ssl:// if both sides show certificates."""
    def __init__(self, url):
        self.url, self.open = urlparse(url), {}

    def broker(self, host, port):
        if (host, port) not in self.open:
            self.open[host, port] = Broker(host, port, certificates() if self.url.scheme == "kafka+ssl" else None)
        return self.open[host, port]

    def first(self):
        return self.broker(self.url.hostname, self.url.port or 9092)

    def close(self):
        for broker in self.open.values():
            broker.close()
        self.open = {}

    def leaders(self, topic):
        """{partition: broker}; raises when the topic does not exist."""
        answer = self.first().ask(3, 1, struct.pack("!i", 1) + text(topic))
        nodes = {node: (host, port) for node, host, port, _ in answer.array(lambda: (answer.number(4), answer.text(), answer.number(4), answer.text()))}
        answer.number(4), answer.number(4)
        error = answer.number(2)
        if error:
            raise RuntimeError(f"topic {topic}: error {error}")
        answer.text(), answer.number(1)
        number = lambda: answer.number(4)
        rows = answer.array(lambda: (answer.number(2), number(), number(), answer.array(number), answer.array(number)))
        return {row[1]: self.broker(*nodes[row[2]]) for row in rows}

    def produce(self, topic, key, value, partition=None):
        """Writes one event and waits for every replica that is in sync."""
        leaders = self.leaders(topic)
        partition = zlib.crc32(key.encode()) % len(leaders) if partition is None else partition
        data = batch(key.encode(), value)
        body = text(None) + struct.pack("!hii", -1, 5000, 1) + text(topic) + struct.pack("!iii", 1, partition, len(data)) + data
        answer = leaders[partition].ask(0, 3, body)
        error = answer.array(lambda: (answer.text(), answer.array(lambda: (answer.number(4), answer.number(2), answer.number(8), answer.number(8)))))[0][1][0][1]
        if error:
            raise RuntimeError(f"produce {topic}: error {error}")

    def coordinator(self, group):
        answer = self.first().ask(10, 0, text(group))
        error, _, host, port = answer.number(2), answer.number(4), answer.text(), answer.number(4)
        if error:
            raise RuntimeError(f"group {group}: error {error}")
        return self.broker(host, port)

    def places(self, group, topic, leaders):
        """{partition: next offset}: where the group stopped, or the oldest event when it never was there or that is gone."""
        body = text(group) + struct.pack("!i", 1) + text(topic) + struct.pack("!i", len(leaders)) + b"".join(struct.pack("!i", p) for p in leaders)
        answer = self.coordinator(group).ask(9, 1, body)
        rows = answer.array(lambda: (answer.text(), answer.array(lambda: (answer.number(4), answer.number(8), answer.text(), answer.number(2)))))
        return {partition: max(offset, self.beginning(topic, partition, leaders)) for partition, offset, _, _ in rows[0][1]}

    def beginning(self, topic, partition, leaders):
        body = struct.pack("!ii", -1, 1) + text(topic) + struct.pack("!iiq", 1, partition, -2)
        answer = leaders[partition].ask(2, 1, body)
        return answer.array(lambda: (answer.text(), answer.array(lambda: (answer.number(4), answer.number(2), answer.number(8), answer.number(8)))))[0][1][0][3]

    def fetch(self, topic, broker, places):
        """[(partition, offset, key, value)] of what one broker has after the places."""
        body = struct.pack("!iiiibi", -1, 250, 1, 1 << 20, 0, 1) + text(topic) + struct.pack("!i", len(places))
        answer = broker.ask(1, 4, body + b"".join(struct.pack("!iqi", p, offset, 1 << 18) for p, offset in places.items()))
        answer.number(4)
        found = []

        def part():
            partition, error = answer.number(4), answer.number(2)
            answer.number(8), answer.number(8)
            answer.array(lambda: answer.take(16))
            data = answer.take(max(answer.number(4), 0))
            if error:
                raise RuntimeError(f"fetch {topic}/{partition}: error {error}")
            found.extend((partition, o, k, v) for o, k, v in records(data) if o >= places[partition])
        answer.array(lambda: (answer.text(), answer.array(part)))
        return found

    def commit(self, group, topic, partition, offset):
        body = text(group) + struct.pack("!i", -1) + text("") + struct.pack("!qi", -1, 1) + text(topic) + struct.pack("!iiq", 1, partition, offset) + text(None)
        answer = self.coordinator(group).ask(8, 2, body)
        error = answer.array(lambda: (answer.text(), answer.array(lambda: (answer.number(4), answer.number(2)))))[0][1][0][1]
        if error:
            raise RuntimeError(f"commit {group}: error {error}")


def consume(topic, work):
    """Gives each event of a topic, as JSON, to work(event). The names come from the environment: for `order-placed`
    ORDER_PLACED_TOPIC, _GROUP, _DEAD_LETTER_TOPIC and _DEAD_LETTER_AFTER. An event that fails that often goes aside."""
    name = topic.upper().replace("-", "_")
    topic, group = os.environ.get(name + "_TOPIC", topic), os.environ[name + "_GROUP"]
    aside, most = os.environ.get(name + "_DEAD_LETTER_TOPIC"), int(os.environ.get(name + "_DEAD_LETTER_AFTER", "5"))
    cluster = Kafka(os.environ["EVENTS_URL"])
    try:
        leaders = cluster.leaders(topic)
        places = cluster.places(group, topic, leaders)
        while True:
            for broker in set(leaders.values()):
                for partition, offset, key, value in cluster.fetch(topic, broker, {p: o for p, o in places.items() if leaders[p] is broker}):
                    for attempt in range(1, most + 1):
                        try:
                            work(json.loads(value))
                            break
                        except Exception as error:
                            print(json.dumps({"msg": "event failed", "topic": topic, "attempt": attempt, "why": str(error)}), flush=True)
                            time.sleep(min(0.1 * 2 ** attempt, 5))
                    else:
                        if not aside:
                            raise RuntimeError(f"an event of {topic} cannot be handled, and there is no dead letter topic")
                        cluster.produce(aside, key.decode(errors="replace"), value, partition)
                    cluster.commit(group, topic, partition, offset + 1)
                    places[partition] = offset + 1
    finally:
        cluster.close()
