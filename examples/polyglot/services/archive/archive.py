#!/usr/bin/env python3
"""archive: keeps the last reading of each station, in memory and in its log; an example has no more need."""
import json, sys, urllib.request
sys.path.insert(0, "/app")
import kafka, kit
from kit import setting

LAST, SEEN, PLACES = {}, set(), {}


def place(station):
    """Where a station stands; nothing when stations does not answer."""
    if station not in PLACES:
        try:
            with urllib.request.urlopen(setting("STATIONS_URL") + "/stations", timeout=kit.seconds("STATIONS_TIMEOUT", "1s")) as reply:
                PLACES.update((it["id"], it["place"]) for it in json.load(reply)["items"])
        except Exception as error:
            kit.log("no stations", station=station, why=str(error))
    return PLACES.get(station)


def taken(event):
    if event["eventId"] in SEEN:
        return
    SEEN.add(event["eventId"])
    LAST[event["stationId"]] = event
    kit.log("reading", station=event["stationId"], place=place(event["stationId"]), celsius=event["celsius"])


if __name__ == "__main__":
    kit.background(kafka.consume, "reading-taken", taken)
    kit.serve([("GET", "/last", lambda _: LAST)])
