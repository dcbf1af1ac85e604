#!/usr/bin/env python3
"""archive: keeps the last reading of each station, in memory and in its log; an example has no more need."""
import sys
sys.path.insert(0, "/app")
import kafka, kit

LAST, SEEN = {}, set()


def taken(event):
    if event["eventId"] in SEEN:
        return
    SEEN.add(event["eventId"])
    LAST[event["stationId"]] = event
    kit.log("reading", station=event["stationId"], celsius=event["celsius"])


if __name__ == "__main__":
    kit.background(kafka.consume, "reading-taken", taken)
    kit.serve([("GET", "/last", lambda _: LAST)])
