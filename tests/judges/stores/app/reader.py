"""Reads each topic and queue, fails as often as the spec allows, and finds the message where it was set aside."""

import asyncio
import json
import os

import kafka
import kafka.admin
import kit
import nats
import nats.js.api
import paho.mqtt.client
import pika

DAY = 86_400_000
env = os.environ


def configured(admin, name):
    """The configuration of a topic, whatever shape this client gives it."""
    found = admin.describe_configs([kafka.admin.ConfigResource(kafka.admin.ConfigResourceType.TOPIC, name)])
    if isinstance(found, dict):
        entry = found["topic"][name]
        return {key: value["value"] if isinstance(value, dict) else value for key, value in entry.items()}
    return {entry[0]: entry[1] for answer in found for resource in answer.resources for entry in resource[4]}


def events():
    where = kit.url("EVENTS").netloc
    admin = kafka.KafkaAdminClient(bootstrap_servers=where)
    topic, aside = env["ORDERS_TOPIC"], env["ORDERS_DEAD_LETTER_TOPIC"]
    for name, partitions, policy, kept in (
        (topic, 3, "delete", 2 * DAY), (aside, 3, "delete", 5 * DAY), (env["PRICES_TOPIC"], 2, "compact", None)
    ):
        kit.same(f"partitions of {name}", len(kafka.KafkaConsumer(bootstrap_servers=where).partitions_for_topic(name)), partitions)
        settings = configured(admin, name)
        kit.same(f"policy of {name}", settings["cleanup.policy"], policy)
        if kept:
            kit.same(f"retention of {name}", int(settings["retention.ms"]), kept)
    reader = kafka.KafkaConsumer(topic, bootstrap_servers=where, group_id=env["ORDERS_GROUP"], auto_offset_reset="earliest", enable_auto_commit=False)
    message = kit.until("a message", lambda: next((it for list in reader.poll(500).values() for it in list), None))
    kit.same("message", message.value, b"hello")
    # Kafka knows no failed delivery: the handler sets aside.
    kafka.KafkaProducer(bootstrap_servers=where).send(aside, message.value).get(20)
    reader.commit()
    reader.close()
    partitions = [kafka.TopicPartition(aside, number) for number in range(3)]
    yield f"{aside}: {sum(kafka.KafkaConsumer(bootstrap_servers=where).end_offsets(partitions).values())}"


def declared(kind, after, more):
    """The arguments of a queue and of where it sets aside, as the spec says them."""
    own = {"x-queue-type": kind, "x-dead-letter-exchange": ""}
    if kind == "quorum":
        own["x-delivery-limit"] = after - 1
    return own | more


def jobs():
    connection = pika.BlockingConnection(pika.URLParameters(kit.url("JOBS").geturl()))
    channel = connection.channel()
    topic = env["PAYMENTS_TOPIC"]
    channel.exchange_declare(topic, "topic", durable=True)
    queues = {
        f"{topic}.{env['PAYMENTS_GROUP']}": ("PAYMENTS_DEAD_LETTER_TOPIC", "quorum", 2 * DAY, 5 * DAY, {}),
        env["EMAILS_QUEUE"]: ("EMAILS_DEAD_LETTER_QUEUE", "quorum", 2 * DAY, 4 * DAY, {"x-max-length": 3, "x-overflow": "reject-publish"}),
        env["ALARMS_QUEUE"]: ("ALARMS_DEAD_LETTER_QUEUE", "classic", 7 * DAY, 14 * DAY, {"x-max-priority": 5, "x-max-length": 3, "x-overflow": "reject-publish"}),
    }
    for queue, (name, kind, kept, longer, more) in queues.items():
        aside = env[name]
        after = int(env[name[: name.rindex("_")] + "_AFTER"])
        # A declaration that differs from what is there is refused.
        meant = declared(kind, after, more) | {"x-dead-letter-routing-key": aside, "x-message-ttl": kept}
        channel.queue_declare(queue, durable=True, arguments=meant)
        before = channel.queue_declare(aside, durable=True, arguments={"x-queue-type": "quorum", "x-message-ttl": longer}).method.message_count
        for delivery in range(1, after + 1):
            method, _, body = kit.until(f"delivery {delivery} of {queue}", lambda: (it := channel.basic_get(queue))[0] and it)
            kit.same("message", body, b"hello")
            # A queue with priorities counts no deliveries: its handler says when it is enough.
            channel.basic_nack(method.delivery_tag, requeue=kind == "quorum" or delivery < after)
        kit.until(aside, lambda: channel.queue_declare(aside, passive=True).method.message_count > before)
        kit.same(f"left in {queue}", channel.basic_get(queue)[0], None)
        yield f"{aside}: {before + 1}"
    connection.close()


def bus():
    return asyncio.run(jetstream())


async def jetstream():
    client = await nats.connect(kit.url("BUS").geturl())
    stream, lines = client.jetstream(), []
    api = nats.js.api

    async def settings(name):
        it = (await stream.stream_info(name)).config
        return (it.subjects, it.retention, it.max_age, it.max_msgs, it.max_msgs_per_subject, it.discard, it.storage, it.num_replicas)

    def common(per_subject=-1, discard=api.DiscardPolicy.OLD):
        return (per_subject, discard, api.StorageType.FILE, 1)

    limits = api.RetentionPolicy.LIMITS
    kit.same("shipments", await settings("shipments_sent"), (["shipments.sent"], limits, 2 * DAY / 1000, -1, *common()))
    kit.same("positions", await settings("positions"), (["positions", "positions.*"], limits, 0, -1, *common(1)))
    kit.same("labels", await settings("labels"), (["labels"], api.RetentionPolicy.WORK_QUEUE, 2 * DAY / 1000, 3, *common(-1, api.DiscardPolicy.NEW)))
    told = "$JS.EVENT.ADVISORY.CONSUMER"
    for subject, group, aside, after, kept in (
        (env["SHIPMENTS_TOPIC"], env["SHIPMENTS_GROUP"], env["SHIPMENTS_DEAD_LETTER_TOPIC"], env["SHIPMENTS_DEAD_LETTER_AFTER"], 5),
        (env["LABELS_QUEUE"], env["LABELS_QUEUE"], env["LABELS_DEAD_LETTER_QUEUE"], env["LABELS_DEAD_LETTER_AFTER"], 4),
    ):
        name, place, after = subject.replace(".", "_"), aside.replace(".", "_"), int(after)
        whose = [aside] + [f"{told}.{why}.{name}.{group}" for why in ("MAX_DELIVERIES", "MSG_TERMINATED")]
        kit.same(place, await settings(place), (whose, limits, kept * DAY / 1000, -1, *common()))
        it = (await stream.consumer_info(name, group)).config
        kit.same(f"consumer of {name}", (it.max_deliver, it.ack_policy, it.deliver_policy), (after, api.AckPolicy.EXPLICIT, api.DeliverPolicy.ALL))
        before = (await stream.stream_info(place)).state.messages
        reader = await stream.pull_subscribe_bind(durable=group, stream=name)
        for _ in range(after):
            message = (await reader.fetch(1, timeout=40))[0]
            kit.same("message", message.data, b"hello")
            await message.nak()
        for _ in range(50):
            # the server sees that it was too often when it would deliver once more
            try:
                await reader.fetch(1, timeout=0.2)
                raise AssertionError("is delivered once more")
            except nats.errors.TimeoutError:
                pass
            if (await stream.stream_info(place)).state.messages > before:
                break
        last = json.loads((await stream.get_msg(place, (await stream.stream_info(place)).state.last_seq)).data)
        kit.same("set aside", (await stream.get_msg(name, last["stream_seq"])).data, b"hello")
        lines.append(f"{aside}: {before + 1}")
    reader = await stream.pull_subscribe_bind(durable=env["POSITIONS_GROUP"], stream="positions")
    words = [it.data for it in await reader.fetch(2, timeout=5)]
    kit.same("the last of the key", words[-1], b"new")
    kit.same("kept of positions", (await stream.stream_info("positions")).state.messages, 1)
    await client.close()
    return lines + ["positions: the last of each key"]


def devices():
    at, seen = kit.url("DEVICES"), []
    client = paho.mqtt.client.Client(paho.mqtt.client.CallbackAPIVersion.VERSION2)
    client.username_pw_set(at.username, at.password)
    client.on_message = lambda client, data, message: seen.append(message.payload)
    client.on_connect = lambda client, *_: client.subscribe(env["READINGS_TOPIC"], qos=1)
    client.connect(at.hostname, at.port)
    client.loop_start()
    kit.until("a message", lambda: seen)
    client.loop_stop()
    kit.same("message", seen[0], b"hello")
    yield "readings: read"


kit.run(events, jobs, bus, devices)
