#!/usr/bin/env python3
"""orders 1: the API as it was, over the tables of today. It reads and takes orders; it follows no events."""
import json, sys, time, uuid
sys.path.insert(0, "/app")
import grpc, kit, pg
from kit import Refused, setting


def database():
    return pg.Database(setting("DATABASE_URL"))


def order(row):
    """Version 1 has the total in euros and no lines."""
    return {"id": row[0], "total": f"{int(row[1]) / 100:.2f}", "state": row[2]}


def orders_of(request):
    with database() as db:
        return [order(row) for row in db.query("SELECT id, total_cents, status FROM orders WHERE customer = $1 ORDER BY placed_at DESC LIMIT 50", request.user())]


def place(request):
    body = request.body()
    try:
        line = {"sku": str(body["sku"]), "quantity": int(body.get("quantity", 1)), "unitCents": round(float(body["price"]) * 100)}
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(422, f"an order has a sku, a quantity and a price: {error}")
    message = grpc.encode([(1, grpc.encode([(1, line["sku"]), (2, line["quantity"]), (3, line["unitCents"])]))])
    try:
        total = grpc.decode(grpc.call(setting("PRICING_URL"), "/shop.pricing.v2.PricingService/Quote", message, kit.seconds("PRICING_TIMEOUT", "100ms")))[1][0]
    except Exception as error:
        raise Refused(503, f"pricing does not answer: {error}")
    identity, user = str(uuid.uuid4()), request.user()
    event = {"eventId": str(uuid.uuid4()), "occurredAt": int(time.time() * 1000), "orderId": identity, "customerId": user, "totalCents": total, "currency": "EUR", "lines": [line], "channel": "UNKNOWN"}
    with database() as db:
        db.query("INSERT INTO orders (id, customer, lines, total_cents, status) VALUES ($1, $2, $3, $4, 'placed')", identity, user, json.dumps([line]), total)
        # the relay of version 2 publishes it
        db.query("INSERT INTO outbox (topic, key, value) VALUES ($1, $2, $3)", setting("ORDER_PLACED_TOPIC", "order-placed"), identity, json.dumps(event))
        return 201, order(db.query("SELECT id, total_cents, status FROM orders WHERE id = $1", identity)[0])


def ready():
    with database() as db:
        db.query("SELECT 1 FROM orders, outbox LIMIT 1")


if __name__ == "__main__":
    ready()
    kit.serve([("GET", "/orders", orders_of), ("POST", "/orders", place)], ready)
