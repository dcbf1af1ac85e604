#!/usr/bin/env python3
"""mailer: takes mails from the queue and hands them to the mail service.

With PRETEND=yes it writes a line instead of sending.
"""
import json, sys, time, urllib.request
sys.path.insert(0, "/app")
import kit
from amqp import Amqp
from kit import setting

QUEUE = setting("EMAILS_QUEUE", "emails")


def send(mail):
    if setting("PRETEND") == "yes":
        return kit.log("pretended to send", to=mail["to"], subject=mail["subject"])
    body = {"From": "shop@shop.example", "To": mail["to"], "Subject": mail["subject"], "TextBody": mail["text"], "Headers": [{"Name": "Message-ID", "Value": f"<{mail['messageId']}@shop.example>"}]}
    request = urllib.request.Request(setting("POSTMARK_URL") + "/email", json.dumps(body).encode(), {"content-type": "application/json", "x-postmark-server-token": setting("POSTMARK_TOKEN")})
    with urllib.request.urlopen(request, timeout=kit.seconds("POSTMARK_TIMEOUT", "2s")) as answer:
        answer.read()


def work(sent={}):
    """One message after the other; what fails goes back, and the broker puts it aside after its last attempt."""
    with Amqp(setting("JOBS_URL")) as broker:
        while True:
            message = broker.get(QUEUE)
            if message is None:
                time.sleep(0.5)
                continue
            tag, body = message
            try:
                mail = json.loads(body)
                if mail["messageId"] not in sent:
                    send(mail)
                    sent[mail["messageId"]] = None
                    if len(sent) > 10_000:
                        sent.pop(next(iter(sent)))
                broker.done(tag)
            except Exception as error:
                kit.log("not sent", why=str(error))
                broker.again(tag)
                time.sleep(0.5)


def ready():
    with Amqp(setting("JOBS_URL")) as broker:
        broker.look(QUEUE)


if __name__ == "__main__":
    kit.background(work)
    kit.serve(ready=ready)
