#!/usr/bin/env python3
"""stations: takes what a weather station has measured and publishes it. It keeps nothing."""
import json, sys, time, uuid
sys.path.insert(0, "/app")
import kafka, kit
from kit import Refused, setting

STATIONS = {"bern-1": "Bern", "lima-1": "Lima", "oslo-1": "Oslo"}


def stations(_):
    return {"items": [{"id": identity, "place": place} for identity, place in STATIONS.items()]}


def reading(request):
    station, body = request.parts[0], request.body()
    if station not in STATIONS:
        raise Refused(404, "no such station")
    try:
        celsius = float(body["celsius"])
    except (KeyError, TypeError, ValueError):
        raise Refused(422, "a reading has celsius")
    event = {"eventId": str(uuid.uuid4()), "occurredAt": int(time.time() * 1000), "stationId": station, "celsius": celsius, "humidity": None}
    cluster = kafka.Kafka(setting("EVENTS_URL"))
    try:
        cluster.produce(setting("READING_TAKEN_TOPIC", "reading-taken"), station, json.dumps(event).encode())
    finally:
        cluster.close()
    return 202, {"eventId": event["eventId"]}


def ready():
    cluster = kafka.Kafka(setting("EVENTS_URL"))
    try:
        cluster.leaders(setting("READING_TAKEN_TOPIC", "reading-taken"))
    finally:
        cluster.close()


if __name__ == "__main__":
    kit.serve([("GET", "/stations", stations), ("POST", "/stations/([a-z0-9-]+)/readings", reading)], ready)
