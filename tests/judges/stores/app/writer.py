"""Writes one message to each topic and queue, each by the protocol of its broker."""

import asyncio
import os

import kafka
import kit
import nats
import paho.mqtt.client
import pika


def events():
    client = kafka.KafkaProducer(bootstrap_servers=kit.url("EVENTS").netloc)
    client.send(os.environ["ORDERS_TOPIC"], b"hello").get(20)
    for word in (b"old", b"new"):
        client.send(os.environ["PRICES_TOPIC"], word, key=b"tea").get(20)
    try:
        kafka.KafkaProducer(bootstrap_servers=kit.url("EVENTS").netloc, max_block_ms=3000).send("nobody-declared-it", b"x").get(5)
        raise AssertionError("a topic that is not declared exists")
    except kafka.errors.KafkaError:
        pass
    yield "events: orders, prices"


def jobs():
    at = kit.url("JOBS")
    channel = pika.BlockingConnection(pika.URLParameters(at.geturl())).channel()
    channel.confirm_delivery()
    kept = pika.BasicProperties(delivery_mode=2)
    channel.basic_publish(os.environ["PAYMENTS_TOPIC"], "any.key", b"hello", kept, mandatory=True)
    for name in ("EMAILS_QUEUE", "ALARMS_QUEUE"):
        channel.basic_publish("", os.environ[name], b"hello", kept, mandatory=True)
    yield "jobs: payments, emails, alarms"


def bus():
    return asyncio.run(jetstream())


async def jetstream():
    at = kit.url("BUS")
    try:
        await nats.connect(f"nats://{at.hostname}:{at.port}", allow_reconnect=False)
        raise AssertionError("lets in without the password")
    except nats.errors.Error:
        pass
    client = await nats.connect(at.geturl())
    stream = client.jetstream()
    await stream.publish(os.environ["SHIPMENTS_TOPIC"], b"hello")
    for word in (b"old", b"new"):
        await stream.publish(os.environ["POSITIONS_TOPIC"] + ".van", word)
    await stream.publish(os.environ["LABELS_QUEUE"], b"hello")
    await client.close()
    return ["bus: shipments, positions, labels"]


def devices():
    at = kit.url("DEVICES")
    codes = []
    for user, password in ((None, None), (at.username, "wrong"), (at.username, at.password)):
        client = paho.mqtt.client.Client(paho.mqtt.client.CallbackAPIVersion.VERSION2)
        client.on_connect = lambda client, data, flags, code, properties: codes.append(str(code))
        if user:
            client.username_pw_set(user, password)
        client.connect(at.hostname, at.port)
        client.loop_start()
        kit.until("an answer", lambda: codes)
        right = user and password == at.password
        kit.same(f"{user or 'anybody'} by {'the' if right else 'another'} password", codes[0], "Success" if right else "Not authorized")
        if right:
            client.publish(os.environ["READINGS_TOPIC"], b"hello", qos=1, retain=True).wait_for_publish(10)
        client.loop_stop()
        codes.clear()
    yield "devices: readings"


kit.run(events, jobs, bus, devices)
