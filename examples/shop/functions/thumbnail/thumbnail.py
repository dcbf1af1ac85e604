#!/usr/bin/env python3
"""thumbnail: works out the size of the small picture for each picture that was uploaded. There is no picture: it is an example.

An event comes by itself from the topic, or as the body of POST / from whatever runs functions. The same event gives the same answer.
"""
import os, sys
sys.path.insert(0, "/app")
import kafka, kit

LONGEST = 160


def small(event):
    scale = min(1, LONGEST / max(event["width"], event["height"]))
    size = {"imageId": event["imageId"], "width": round(event["width"] * scale), "height": round(event["height"] * scale)}
    kit.log("thumbnail", **size)
    return size


if __name__ == "__main__":
    if os.environ.get("EVENTS_URL"):
        os.environ.setdefault("IMAGE_UPLOADED_GROUP", "thumbnail")
        kit.background(kafka.consume, "image-uploaded", small)
    kit.serve([("POST", "/", lambda request: small(request.body()))])
