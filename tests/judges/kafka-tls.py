#!/usr/bin/env python3
"""kafka-tls.py KAFKA.PY...: does the examples' client show its certificate, and refuse a broker that has none of the authority?

The broker's certificate names no key of its authority, as Strimzi's do, and strict readers (the default of Python 3.13) refuse that.
A stand-in for a broker answers one question (where a topic is) over TLS that asks for a client's certificate, as Strimzi's
listeners do. Needs openssl."""
import importlib.util, os, socket, ssl, struct, subprocess, sys, tempfile, threading


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def authority(name):
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={name}",
        "-keyout", f"{name}.key", "-out", f"{name}.crt", "-addext", "basicConstraints=critical,CA:true", "-addext", "keyUsage=critical,keyCertSign")


def certificate(name, by):
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    with open("ext", "w", encoding="utf-8") as file:
        file.write("subjectAltName=DNS:localhost\nbasicConstraints=critical,CA:false\nauthorityKeyIdentifier=none\n")
    run("openssl", "x509", "-req", "-in", f"{name}.csr", "-CA", f"{by}.crt", "-CAkey", f"{by}.key", "-set_serial", "7", "-days", "2", "-extfile", "ext", "-out", f"{name}.crt")


def serve(listener, context, port, seen):
    """Answers Metadata, version 1: one broker, one topic `t` with one partition."""
    text = lambda it: struct.pack("!h", len(it)) + it.encode()
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(plain, server_side=True) as client:
                seen.append(dict(it[0] for it in client.getpeercert()["subject"])["commonName"])
                client.recv(1024)
                body = struct.pack("!ii", 1, 1) + struct.pack("!i", 0) + text("localhost") + struct.pack("!i", port) + struct.pack("!h", -1) + struct.pack("!i", 0)
                body += struct.pack("!i", 1) + struct.pack("!h", 0) + text("t") + b"\0" + struct.pack("!i", 1)
                body += struct.pack("!hiii", 0, 0, 0, 1) + struct.pack("!i", 0) + struct.pack("!ii", 1, 0)
                client.sendall(struct.pack("!i", len(body)) + body)
        except OSError:
            plain.close()


def ask(path, port):
    spec = importlib.util.spec_from_file_location("kafka", path)
    kafka = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kafka)
    cluster = kafka.Kafka(f"kafka+ssl://localhost:{port}")
    try:
        return sorted(cluster.leaders("t"))
    finally:
        cluster.close()


def strict(*words, **named):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(named["cafile"])
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def main(paths):
    here = [os.path.abspath(path) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in ["cluster", "other"]:
            authority(name)
        for name, by in [("broker", "cluster"), ("events-orders", "cluster")]:
            certificate(name, by)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="cluster.crt")
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain("broker.crt", "broker.key")
        listener = socket.create_server(("localhost", 0))
        port, seen = listener.getsockname()[1], []
        threading.Thread(target=serve, args=(listener, context, port, seen), daemon=True).start()
        ssl.create_default_context = strict
        os.environ.update(EVENTS_CA_FILE="cluster.crt", EVENTS_CERT_FILE="events-orders.crt", EVENTS_KEY_FILE="events-orders.key")
        for path in here:
            assert ask(path, port) == [0], path
            assert seen.pop() == "events-orders", path
        os.environ["EVENTS_CA_FILE"] = "other.crt"
        for path in here:
            try:
                ask(path, port)
            except ssl.SSLCertVerificationError:
                continue
            sys.exit(f"FAIL  {path}: a broker of another authority is believed")
        listener.close()
        os.chdir("/")
    print(f"ok    {len(here)} clients show their certificate and believe one authority")


main(sys.argv[1:])
