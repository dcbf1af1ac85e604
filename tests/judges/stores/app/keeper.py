"""Writes all stores by the protocol of each, and reads what an earlier start wrote: databases and files keep it, caches do not."""

import io
import os

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


def mysql():
    at = kit.url("CATALOG")
    options = {"host": at.hostname, "port": at.port, "user": at.username}
    database = pymysql.connect(password=at.password, database=at.path[1:], ssl={"check_hostname": False}, **options)
    cursor = database.cursor()
    cursor.execute("select current_user(), database()")
    kit.same("user, database", cursor.fetchone(), ("clerk@%", "wares"))
    for password in ("", "wrong"):
        try:
            pymysql.connect(password=password, ssl={"check_hostname": False}, **options)
            raise AssertionError("lets in without the password")
        except pymysql.err.OperationalError as error:
            kit.same("without the password", error.args[0], 1045)
    cursor.execute("set sort_buffer_size = 32768")
    cursor.execute("show variables like 'max_connections'")
    yield f"catalog: max_connections {cursor.fetchone()[1]}"
    yield f"catalog: start {sql(database, '%s')}"


def cache(name):
    at = kit.url(name)
    client = redis.Redis(host=at.hostname, port=at.port, username=at.username, password=at.password, db=int(at.path[1:]))
    client.set("word", "hello", ex=60)
    kit.same("word", client.get("word"), b"hello")
    anyone = redis.Redis(host=at.hostname, port=at.port)
    kit.same("anybody's ping", anyone.ping(), True)
    for what in (lambda: anyone.get("word"), lambda: client.config_get("requirepass"), client.flushall):
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


kit.run(postgres, mysql, redis_, valkey, files)
