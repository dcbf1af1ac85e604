#!/usr/bin/env python3
"""catalog 2: the products and their pictures. `catalog` serves, `catalog migrate` brings the schema up to date."""
import json, sys, time, uuid
sys.path.insert(0, "/app")
import kafka, kit, pg
from kit import Refused, setting

SCHEMA = [
    "CREATE TABLE IF NOT EXISTS products (sku text PRIMARY KEY, name text NOT NULL, price_cents bigint NOT NULL, featured boolean NOT NULL DEFAULT false)",
    "CREATE TABLE IF NOT EXISTS images (id uuid PRIMARY KEY, sku text NOT NULL REFERENCES products, url text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS outbox (id bigserial PRIMARY KEY, topic text NOT NULL, key text NOT NULL, value text NOT NULL)",
    "INSERT INTO products SELECT 'sku-' || n, 'product ' || n, n * 100, n <= 3 FROM generate_series(1, 50) n ON CONFLICT DO NOTHING",
]
COLUMNS = "SELECT sku, name, price_cents, featured FROM products"


def database():
    return pg.Database(setting("CATALOG_DB_URL"))


def migrate():
    with database() as db:
        db.query("SELECT pg_advisory_xact_lock(1)")
        for statement in SCHEMA:
            db.query(statement)
    kit.log("the schema is up to date")


def product(row):
    return {"sku": row[0], "name": row[1], "priceCents": int(row[2]), "featured": row[3] == "t"}


def products(_):
    with database() as db:
        return {"items": [product(row) for row in db.query(COLUMNS + " ORDER BY sku")]}


def featured(_):
    with database() as db:
        return {"items": [product(row) for row in db.query(COLUMNS + " WHERE featured ORDER BY sku")]}


def one(request):
    with database() as db:
        rows = db.query(COLUMNS + " WHERE sku = $1", request.parts[0])
    if not rows:
        raise Refused(404, "no such product")
    return product(rows[0])


def upload(request):
    body, identity = request.body(), str(uuid.uuid4())
    if not {"sku", "url", "width", "height"} <= body.keys():
        raise Refused(422, "an image has a sku, a url, a width and a height")
    event = {"eventId": str(uuid.uuid4()), "occurredAt": int(time.time() * 1000), "imageId": identity, "sku": body["sku"], "url": body["url"], "width": int(body["width"]), "height": int(body["height"])}
    with database() as db:
        if not db.query("INSERT INTO images (id, sku, url) SELECT $1, sku, $3 FROM products WHERE sku = $2 RETURNING id", identity, body["sku"], body["url"]):
            raise Refused(404, "no such product")
        db.query("INSERT INTO outbox (topic, key, value) VALUES ($1, $2, $3)", setting("IMAGE_UPLOADED_TOPIC", "image-uploaded"), body["sku"], json.dumps(event))
    return 201, {"id": identity}


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


def ready():
    with database() as db:
        db.query("SELECT 1 FROM products LIMIT 1")


if __name__ == "__main__":
    if sys.argv[1:] == ["migrate"]:
        sys.exit(migrate())
    ready()
    kit.background(relay)
    kit.serve([("GET", "/catalog", products), ("GET", "/catalog/featured", featured), ("POST", "/catalog/images", upload), ("GET", "/catalog/(sku-[0-9]+)", one)], ready)
