#!/usr/bin/env python3
"""hello: one service, one answer; standard library only."""
import json, os, signal, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urlparse(self.path)
        if url.path in ("/livez", "/readyz"):
            return self.answer(200, {"ok": True})
        if url.path != "/hello":
            return self.answer(404, {"status": 404, "title": "no such resource"})
        self.answer(200, {"text": f"{os.environ.get('GREETING', 'Hello')}, {parse_qs(url.query).get('name', ['world'])[0]}!"})

    do_HEAD = do_GET

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/problem+json" if status >= 400 else "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Handler)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
