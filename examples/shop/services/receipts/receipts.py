#!/usr/bin/env python3
"""receipts: writes the receipt of a confirmed order and queues the mail that carries it."""
import json, sys
sys.path.insert(0, "/app")
import kafka, kit
from amqp import Amqp
from kit import setting

QUEUE = setting("EMAILS_QUEUE", "emails")


def confirmed(event):
    mail = {"to": event["customerId"], "subject": f"Receipt for order {event['orderId']}", "text": f"Paid with {event['paymentId']}. Thank you."}
    with Amqp(setting("JOBS_URL")) as broker:
        # the event's id is the message's id: the mailer sends one mail for it
        broker.publish(QUEUE, json.dumps({"messageId": event["eventId"], **mail}).encode(), event["eventId"], setting("EMAILS_EXCHANGE"))
    kit.log("queued", order=event["orderId"])


def ready():
    with Amqp(setting("JOBS_URL")) as broker:
        broker.look(QUEUE)


if __name__ == "__main__":
    kit.background(kafka.consume, "order-confirmed", confirmed)
    kit.serve(ready=ready)
