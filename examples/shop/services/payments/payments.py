#!/usr/bin/env python3
"""payments: charges what was ordered, and gives it back when the order is cancelled.

It keeps nothing: the id of the event is the idempotency key at stripe, so an event that comes twice charges once.
With PRETEND=yes it calls nobody and settles every order.
"""
import json, sys, time, urllib.parse, urllib.request, uuid
sys.path.insert(0, "/app")
import kafka, kit
from kit import setting


def stripe(path, event, **fields):
    if setting("PRETEND") == "yes":
        return "pretended"
    request = urllib.request.Request(setting("STRIPE_URL") + path, urllib.parse.urlencode(fields).encode(), {"authorization": f"Bearer {setting('STRIPE_KEY')}", "idempotency-key": event["eventId"]})
    for attempt in range(int(setting("STRIPE_RETRIES", "1")), -1, -1):
        try:
            with urllib.request.urlopen(request, timeout=kit.seconds("STRIPE_TIMEOUT", "2s")) as answer:
                return json.load(answer)["id"]
        except Exception:
            if not attempt:
                raise


def answer(topic, event, **fields):
    # the same event gives the same answer, under the same id
    value = {"eventId": str(uuid.uuid5(uuid.NAMESPACE_URL, event["eventId"])), "occurredAt": int(time.time() * 1000), "orderId": event["orderId"], **fields}
    cluster = kafka.Kafka(setting("EVENTS_URL"))
    try:
        cluster.produce(setting(topic.upper().replace("-", "_") + "_TOPIC", topic), event["orderId"], json.dumps(value).encode())
    finally:
        cluster.close()
    kit.log(topic, order=event["orderId"])


def placed(event):
    payment = stripe("/v1/payment_intents", event, amount=event["totalCents"], currency=event["currency"].lower(), confirm="true", **{"metadata[order]": event["orderId"]})
    answer("payment-settled", event, paymentId=payment, amountCents=event["totalCents"], currency=event["currency"])


def cancelled(event):
    refund = stripe("/v1/refunds", event, **{"metadata[order]": event["orderId"]})
    answer("payment-refunded", event, refundId=refund)


def ready():
    cluster = kafka.Kafka(setting("EVENTS_URL"))
    try:
        cluster.leaders(setting("ORDER_PLACED_TOPIC", "order-placed"))
    finally:
        cluster.close()


if __name__ == "__main__":
    kit.background(kafka.consume, "order-placed", placed)
    kit.background(kafka.consume, "order-cancelled", cancelled)
    kit.serve(ready=ready)
