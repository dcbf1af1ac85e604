#!/usr/bin/env python3
"""orders 2: takes orders and follows them until they are paid.

`orders` serves, `orders migrate` brings the schema up to date, `orders expire` cancels what nobody paid for.
State and event are written in one transaction; the relay publishes what stands in the outbox.
"""
import json, sys, time, uuid
sys.path.insert(0, "/app")
import grpc, kafka, kit, pg
from kit import Refused, setting

SCHEMA = [
    "CREATE TABLE IF NOT EXISTS orders (id uuid PRIMARY KEY, customer text NOT NULL, lines jsonb NOT NULL, total_cents bigint NOT NULL, status text NOT NULL, placed_at timestamptz NOT NULL DEFAULT now())",
    "CREATE INDEX IF NOT EXISTS orders_by_customer ON orders (customer, placed_at DESC)",
    "CREATE TABLE IF NOT EXISTS outbox (id bigserial PRIMARY KEY, topic text NOT NULL, key text NOT NULL, value text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS seen (event_id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())",
]
COLUMNS = "SELECT id, customer, lines, total_cents, status FROM orders"


def database():
    return pg.Database(setting("DATABASE_URL"))


def migrate():
    with database() as db:
        db.query("SELECT pg_advisory_xact_lock(1)")
        for statement in SCHEMA:
            db.query(statement)
    kit.log("the schema is up to date")


def expire():
    with database() as db:
        late = db.query("UPDATE orders SET status = 'cancelled' WHERE status = 'placed' AND placed_at < now() - interval '1 hour' RETURNING id")
        for (order,) in late:
            announce(db, "order-cancelled", order, reason="EXPIRED")
    kit.log("cancelled", orders=len(late))


def announce(db, topic, order, **fields):
    event = {"eventId": str(uuid.uuid4()), "occurredAt": int(time.time() * 1000), "orderId": order, **fields}
    name = setting(topic.upper().replace("-", "_") + "_TOPIC", topic)
    db.query("INSERT INTO outbox (topic, key, value) VALUES ($1, $2, $3)", name, order, json.dumps(event))


def relay():
    """Publishes the outbox in its order. An event may be published twice, never lost."""
    cluster = kafka.Kafka(setting("EVENTS_URL"))
    try:
        while True:
            with database() as db:
                for row, topic, key, value in db.query("SELECT id, topic, key, value FROM outbox ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED"):
                    cluster.produce(topic, key, value.encode())
                    db.query("DELETE FROM outbox WHERE id = $1", row)
            time.sleep(0.5)
    finally:
        cluster.close()


def order(row):
    return {"id": row[0], "customerId": row[1], "lines": json.loads(row[2]), "totalCents": int(row[3]), "status": row[4].upper()}


def price(lines, country):
    """What pricing and shipping ask for it. pricing may be asked again: a quote changes nothing."""
    message = grpc.encode([(1, grpc.encode([(1, line["sku"]), (2, int(line["quantity"])), (3, int(line["unitCents"]))])) for line in lines])
    for attempt in range(int(setting("PRICING_RETRIES", "1")), -1, -1):
        try:
            total = grpc.decode(grpc.call(setting("PRICING_URL"), "/shop.pricing.v2.PricingService/Quote", message, kit.seconds("PRICING_TIMEOUT", "100ms")))
            break
        except Exception as error:
            if not attempt:
                raise Refused(503, f"pricing does not answer: {error}")
    try:
        weight = sum(int(line["quantity"]) for line in lines) * 400
        freight = grpc.decode(grpc.call(setting("SHIPPING_URL"), "/shop.shipping.v1.ShippingService/Rate", grpc.encode([(1, country), (2, weight)]), kit.seconds("SHIPPING_TIMEOUT", "150ms")))
    except Exception as error:
        raise Refused(503, f"shipping does not answer: {error}")
    return total[1][0] + freight[1][0]


def place(request):
    body = request.body()
    try:
        lines, country = [{"sku": str(l["sku"]), "quantity": int(l["quantity"]), "unitCents": int(l["unitCents"])} for l in body["lines"]], str(body.get("country", "DE"))
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(422, f"an order has lines of sku, quantity and unitCents: {error}")
    if not lines or any(not 0 < l["quantity"] < 1000 or not 0 <= l["unitCents"] < 10**8 for l in lines):
        raise Refused(422, "a quantity is 1 to 999, a price is not negative")
    user = request.user()
    # the same key gives the same order: a client may repeat itself
    key = request.header("idempotency-key")
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{user}/{key}") if key else uuid.uuid4())
    total = price(lines, country)
    with database() as db:
        if db.query("INSERT INTO orders (id, customer, lines, total_cents, status) VALUES ($1, $2, $3, $4, 'placed') ON CONFLICT DO NOTHING RETURNING id", identity, user, json.dumps(lines), total):
            announce(db, "order-placed", identity, customerId=user, totalCents=total, currency="EUR", lines=lines, channel="WEB")
        row = db.query(COLUMNS + " WHERE id = $1", identity)[0]
    return 201, order(row)


def orders_of(request):
    with database() as db:
        return {"items": [order(row) for row in db.query(COLUMNS + " WHERE customer = $1 ORDER BY placed_at DESC LIMIT 50", request.user())]}


def one(request):
    with database() as db:
        rows = db.query(COLUMNS + " WHERE id = $1 AND customer = $2", request.parts[0], request.user())
    if not rows:
        raise Refused(404, "no such order")
    return order(rows[0])


def cancel(request):
    with database() as db:
        if db.query("UPDATE orders SET status = 'cancelled' WHERE id = $1 AND customer = $2 AND status IN ('placed', 'paid') RETURNING id", request.parts[0], request.user()):
            announce(db, "order-cancelled", request.parts[0], reason="CUSTOMER")
    return one(request)


def follow(event, before, after, announces=None):
    """Moves an order once for each event, however often the event comes."""
    with database() as db:
        if not db.query("INSERT INTO seen (event_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING event_id", event["eventId"]):
            return
        rows = db.query("UPDATE orders SET status = $2 WHERE id = $1 AND status = $3 RETURNING customer", event["orderId"], after, before)
        if rows and announces:
            announce(db, announces, event["orderId"], customerId=rows[0][0], paymentId=event["paymentId"])


def settled(event):
    follow(event, "placed", "paid", "order-confirmed")


def refunded(event):
    follow(event, "cancelled", "refunded")


def ready():
    with database() as db:
        db.query("SELECT 1 FROM orders, outbox, seen LIMIT 1")


COMMANDS = {"migrate": migrate, "expire": expire}
UUID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(COMMANDS[sys.argv[1]]())
    ready()
    kit.background(relay)
    kit.background(kafka.consume, "payment-settled", settled)
    kit.background(kafka.consume, "payment-refunded", refunded)
    kit.serve([("GET", "/orders", orders_of), ("GET", "/orders/recent", orders_of), ("POST", "/orders", place), ("GET", f"/orders/{UUID}", one), ("DELETE", f"/orders/{UUID}", cancel)], ready)
