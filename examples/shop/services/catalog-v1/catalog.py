#!/usr/bin/env python3
"""catalog 1: the products as version 1 shows them, a bare list with prices in euros."""
import sys
sys.path.insert(0, "/app")
import kit, pg
from kit import setting


def products(_):
    with pg.Database(setting("CATALOG_DB_URL")) as db:
        return [{"id": sku, "title": name, "price": f"{int(cents) / 100:.2f}"} for sku, name, cents in db.query("SELECT sku, name, price_cents FROM products ORDER BY sku")]


def ready():
    with pg.Database(setting("CATALOG_DB_URL")) as db:
        db.query("SELECT 1 FROM products LIMIT 1")


if __name__ == "__main__":
    ready()
    kit.serve([("GET", "/catalog", products)], ready)
