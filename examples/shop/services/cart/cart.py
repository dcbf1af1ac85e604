#!/usr/bin/env python3
"""cart: what a visitor has picked. A cart is a session: losing it costs a few clicks, so it lives in the session store."""
import json, sys, urllib.request
sys.path.insert(0, "/app")
import grpc, kit
from kit import Refused, setting
from valkey import Valkey

KEPT = 7 * 24 * 3600


def read(user):
    with Valkey(setting("SESSIONS_URL")) as store:
        return json.loads(store("GET", f"cart:{user}") or "[]")


def write(user, lines):
    with Valkey(setting("SESSIONS_URL")) as store:
        store("SET", f"cart:{user}", json.dumps(lines), "EX", KEPT)


def name_of(sku):
    """The product's name; without the catalog the cart still works and shows the sku."""
    try:
        with urllib.request.urlopen(f"{setting('CATALOG_URL')}/catalog/{sku}", timeout=kit.seconds("CATALOG_TIMEOUT", "300ms")) as answer:
            return json.load(answer)["name"]
    except Exception as error:
        kit.log("no name", sku=sku, why=str(error))
        return sku


def total(lines):
    message = grpc.encode([(1, grpc.encode([(1, l["sku"]), (2, l["quantity"]), (3, l["unitCents"])])) for l in lines])
    try:
        return grpc.decode(grpc.call(setting("PRICING_URL"), "/shop.pricing.v2.PricingService/Quote", message, kit.seconds("PRICING_TIMEOUT", "100ms"))).get(1, [0])[0]
    except Exception as error:
        raise Refused(503, f"pricing does not answer: {error}")


def show(request):
    lines = read(request.user())
    return {"lines": lines, "totalCents": total(lines) if lines else 0}


def put(request):
    body, user = request.body(), request.user()
    try:
        line = {"sku": request.parts[0], "quantity": int(body["quantity"]), "unitCents": int(body["unitCents"])}
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(422, f"a line has a quantity and unitCents: {error}")
    line["name"] = name_of(line["sku"])
    lines = [other for other in read(user) if other["sku"] != line["sku"]] + ([line] if line["quantity"] > 0 else [])
    write(user, lines)
    return {"lines": lines, "totalCents": total(lines) if lines else 0}


def ready():
    with Valkey(setting("SESSIONS_URL")) as store:
        store("GET", "cart:")


if __name__ == "__main__":
    kit.serve([("GET", "/cart", show), ("PUT", "/cart/(sku-[0-9]+)", put)], ready)
