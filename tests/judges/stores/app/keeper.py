"""Writes all stores by the protocol of each, and reads what an earlier start wrote: databases and files keep it, caches do not."""

import base64
import io
import json
import os
import smtplib
import socket
import urllib.request

import kit
import minio
import pg8000.dbapi
import pymysql
import redis


def sql(database, mark):
    """A row for each start."""
    cursor = database.cursor()
    cursor.execute("create table if not exists starts (at timestamp default current_timestamp, word varchar(20))")
    cursor.execute(f"insert into starts (word) values ({mark})", ("hello",))
    database.commit()
    cursor.execute("select count(*) from starts")
    return cursor.fetchone()[0]


def postgres():
    at = kit.url("LEDGER")
    database = pg8000.dbapi.connect(user=at.username, password=at.password, host=at.hostname, port=at.port, database=at.path[1:])
    cursor = database.cursor()
    cursor.execute("select current_user, current_database(), pg_get_userbyid(datdba) from pg_database where datname = current_database()")
    kit.same("user, database, owner", tuple(cursor.fetchone()), ("ledger", "ledger", "ledger"))
    yield f"ledger: start {sql(database, '%s')}"


def mysql(name="CATALOG", who=("clerk@%", "wares")):
    at = kit.url(name)
    options = {"host": at.hostname, "port": at.port, "user": at.username}
    database = pymysql.connect(password=at.password, database=at.path[1:], ssl={"check_hostname": False}, **options)
    cursor = database.cursor()
    cursor.execute("select current_user(), database()")
    kit.same("user, database", cursor.fetchone(), who)
    for password in ("", "wrong"):
        try:
            pymysql.connect(password=password, ssl={"check_hostname": False}, **options)
            raise AssertionError("lets in without the password")
        except pymysql.err.OperationalError as error:
            kit.same("without the password", error.args[0], 1045)
    cursor.execute("set sort_buffer_size = 32768")
    cursor.execute("show variables like 'max_connections'")
    yield f"{name.lower()}: max_connections {cursor.fetchone()[1]}"
    yield f"{name.lower()}: start {sql(database, '%s')}"


def mariadb():
    at = kit.url("PARTS")
    cursor = pymysql.connect(password=at.password, database=at.path[1:], host=at.hostname, port=at.port, user=at.username).cursor()
    cursor.execute("select @@transaction_isolation")
    kit.same("what follows the type's arguments", cursor.fetchone(), ("READ-COMMITTED",))
    return mysql("PARTS", ("parts@%", "parts"))


def queue(name):
    """A store of jobs: nothing is thrown away, and a start finds what an earlier one wrote."""
    at = kit.url(name)
    client = redis.Redis(host=at.hostname, port=at.port, username=at.username, password=at.password, db=int(at.path[1:]))
    kit.same("policy", client.info("memory")["maxmemory_policy"], "noeviction")
    kit.same("written to disk", client.info("persistence")["aof_enabled"], 1)
    count = client.rpush("jobs", "hello")
    open(f"/data/{name}", "a", encoding="ascii").write("x")
    kit.same("jobs", count, os.path.getsize(f"/data/{name}"))
    yield f"{name.lower()}: start {count}"


def works():
    return queue("WORKS")


def chores():
    return queue("CHORES")


def memcached():
    at = kit.url("PAGES")
    line = socket.create_connection((at.hostname, at.port), timeout=5).makefile("rwb")
    for said, answer in ((b"set word 0 60 5\r\nhello\r\n", [b"STORED"]), (b"get word\r\n", [b"VALUE word 0 5", b"hello", b"END"])):
        line.write(said)
        line.flush()
        kit.same("answer", [line.readline().strip() for _ in answer], answer)
    yield "pages: stored"


def ask(url, body=None, headers=None):
    request = urllib.request.Request(url, data=body, headers=headers or {})
    return json.load(urllib.request.urlopen(request, timeout=20))


def etcd():
    at = kit.url("SETTINGS").geturl()
    key = base64.b64encode(b"starts").decode()
    found = ask(f"{at}/v3/kv/range", json.dumps({"key": key}).encode()).get("kvs", [])
    count = int(base64.b64decode(found[0]["value"])) + 1 if found else 1
    ask(f"{at}/v3/kv/put", json.dumps({"key": key, "value": base64.b64encode(str(count).encode()).decode()}).encode())
    yield f"settings: start {count}"


def smtp():
    at = kit.url("MAILS")
    with smtplib.SMTP(at.hostname, at.port, timeout=10) as line:
        line.login(at.username, at.password)
        line.sendmail("app@localhost", ["someone@example.com"], "Subject: hello\r\n\r\nhello")
    kit.until("the mail", lambda: ask(f"{os.environ['MAILS_WEB']}/api/v1/messages")["total"] >= 1)
    yield "mails: sent and seen"


def cache(name):
    at = kit.url(name)
    client = redis.Redis(host=at.hostname, port=at.port, username=at.username, password=at.password, db=int(at.path[1:]))
    client.set("word", "hello", ex=60)
    kit.same("word", client.get("word"), b"hello")
    anyone = redis.Redis(host=at.hostname, port=at.port)
    kit.same("anybody's ping", anyone.ping(), True)
    for what in (lambda: anyone.get("word"), lambda: client.config_get("requirepass"), lambda: client.config_set("maxmemory", "1"), client.shutdown):
        try:
            what()
            raise AssertionError("does what it must refuse")
        except redis.exceptions.NoPermissionError:
            pass
    count = client.incr("starts")
    kit.same("starts", count, 1)  # nothing is kept
    yield f"{name.lower()}: maxmemory {client.info('memory')['maxmemory_human']}, {client.info('memory')['maxmemory_policy']}"


def valkey():
    return cache("VISITS")


def redis_():
    return cache("SCORES")


def files():
    at, bucket = kit.url("FILES"), os.environ["FILES_BUCKET"]
    client = minio.Minio(endpoint=at.netloc.rpartition("@")[2], access_key=at.username, secret_key=at.password, secure=False)
    kit.same("buckets", [it.name for it in client.list_buckets()], [bucket])
    count = len(list(client.list_objects(bucket))) + 1
    client.put_object(bucket_name=bucket, object_name=f"start-{count}", data=io.BytesIO(b"hello"), length=5)
    kit.same("object", client.get_object(bucket_name=bucket, object_name=f"start-{count}").data, b"hello")
    try:
        minio.Minio(endpoint=at.netloc.rpartition("@")[2], access_key=at.username, secret_key="wrong-password", secure=False).list_buckets()
        raise AssertionError("lets in without the password")
    except minio.error.S3Error as error:
        kit.same("without the password", error.code, "SignatureDoesNotMatch")
    yield f"files: start {count}"


kit.run(postgres, mysql, mariadb, redis_, valkey, works, chores, memcached, etcd, smtp, files)
