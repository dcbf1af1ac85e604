"""Settings from the environment, an HTTP server with health, a clean stop; standard library only. The same file in every Python service."""
import base64, json, os, re, signal, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlparse

VERSION = os.environ.get("APP_VERSION", "dev")


def setting(name, default=""):
    """NAME, or the content of the file that NAME_FILE names: a secret comes as a file."""
    path = os.environ.get(name + "_FILE")
    if path:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    return os.environ.get(name) or default


def seconds(name, default):
    """A duration such as 800ms, 2s or 1m, in seconds."""
    number, unit = re.fullmatch(r"([0-9.]+)(ms|s|m)", setting(name, default)).groups()
    return float(number) * {"ms": 0.001, "s": 1, "m": 60}[unit]


def log(message, **fields):
    """One line of JSON on the standard output."""
    print(json.dumps({"msg": message, **fields}, default=str), flush=True)


def background(work, *arguments):
    """Runs work for ever in a thread; a failure is logged and tried again after a second."""
    def loop():
        while True:
            try:
                work(*arguments)
            except Exception as error:
                log("trying again", work=work.__name__, why=str(error))
                time.sleep(1)
    threading.Thread(target=loop, daemon=True).start()


class Refused(Exception):
    """An answer that is not a success: a status and a reason (RFC 9457)."""
    def __init__(self, status, title):
        super().__init__(title)
        self.status, self.title = status, title


class Request:
    """What a route is given."""
    def __init__(self, handler, match):
        self.handler, self.parts = handler, match.groups()
        self.query = dict(parse_qsl(urlparse(handler.path).query))
        self.header = handler.headers.get

    def body(self):
        """The JSON of the request."""
        try:
            return json.loads(self.handler.rfile.read(int(self.header("content-length") or 0)) or b"{}")
        except ValueError:
            raise Refused(400, "the body is not JSON")

    def stream(self):
        """The request has become a stream: a stop does not wait for its end."""
        self.handler.busy.discard(self.handler)

    def user(self):
        """Who asks. The gateway has checked the token; only it can be reached from outside."""
        token = (self.header("authorization") or "").removeprefix("Bearer ").split(".")
        if self.header("x-user-id"):
            return self.header("x-user-id")
        if len(token) != 3:
            raise Refused(401, "no user")
        return json.loads(base64.urlsafe_b64decode(token[1] + "=="))["sub"]


def serve(routes=(), ready=lambda: None, port="8080"):
    """Serves [(method, pattern, function(Request) -> object)] and health until SIGTERM. `ready` raises when the service cannot work."""
    def health(path):
        if path == "/livez":
            return 200, {"live": True}
        try:
            ready()
            return 200, {"ready": True, "version": VERSION}
        except Exception as error:
            return 503, {"ready": False, "why": str(error)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        busy = set()

        def answer(self):
            self.busy.add(self)
            try:
                self.route()
            finally:
                self.busy.discard(self)

        def route(self):
            path = urlparse(self.path).path
            if path in ("/livez", "/readyz"):
                return self.send(*health(path))
            for method, pattern, work in routes:
                match = re.fullmatch(pattern, path)
                if match and method == ("GET" if self.command == "HEAD" else self.command):
                    try:
                        result = work(Request(self, match))
                        return None if result is None else self.send(*(result if isinstance(result, tuple) else (200, result)))
                    except Refused as error:
                        return self.send(error.status, {"status": error.status, "title": error.title})
                    except Exception as error:
                        log("failed", path=path, why=repr(error))
                        return self.send(500, {"status": 500, "title": "internal error"})
            self.send(404, {"status": 404, "title": "no such resource"})

        def send(self, status, value):
            body = json.dumps(value, default=str).encode()
            self.send_response(status)
            self.send_header("content-type", "application/problem+json" if status >= 400 else "application/json")
            self.send_header("content-length", str(len(body)))
            if status >= 400:
                # what was not read of the request must not be taken for the next one
                self.send_header("connection", "close")
                self.close_connection = True
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_):
            pass

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    server = ThreadingHTTPServer(("", int(setting("PORT", port))), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    log("serving", version=VERSION, port=server.server_port)
    server.serve_forever()
    # what was begun is finished; whoever stops us waits longer than this
    last = time.monotonic() + 15
    while Handler.busy and time.monotonic() < last:
        time.sleep(0.05)
    sys.exit(0)
