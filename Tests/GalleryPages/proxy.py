"""A way to a gallery on which things go wrong on demand: requests that are late, refused or cut, and a server that is another one."""
import http.client, json, socket, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# What stands for one connection alone (RFC 9110, 7.6.1); the body's length is told anew.
HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer"}


class FaultyWay:
    """Passes all on to the gallery at `base` until it is told to fail."""
    def __init__(self, base):
        self.target, self.faults, self.streams, self.lock = urlsplit(base).netloc, [], set(), threading.Lock()
        way = self
        class Handler(_Handler): pass
        Handler.way = way
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def fail(self, path, status=None, delay=0, cut=False):
        """What is asked for below this path fails from now on, whoever asks."""
        with self.lock: self.faults.append((path, status, delay, cut))

    def heal(self):
        with self.lock: self.faults = []

    def drop_events(self):
        """Cuts the event streams that are open."""
        with self.lock: streams, self.streams = self.streams, set()
        for stream in streams:
            try: stream.shutdown(socket.SHUT_RDWR)
            except OSError: pass  # It is gone already.
        return len(streams)

    def fault_of(self, path):
        with self.lock: return next((fault for fault in reversed(self.faults) if urlsplit(path).path.endswith(fault[0])), None)

    def close(self):
        self.drop_events()
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    way = None

    def log_message(self, *values): pass

    def answer(self):
        fault = self.way.fault_of(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if fault:
            _, status, delay, cut = fault
            time.sleep(delay)
            if cut:
                self.close_connection = True
                return
            if status: return self.refuse(status)
        try: self.pass_on(body)
        except (OSError, http.client.HTTPException): self.close_connection = True  # One side is gone: so is the other.

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def refuse(self, status):
        said = json.dumps({"type": "about:blank", "title": "A fault", "status": status, "label": "fault", "detail": "A fault on demand.", "hint": "It was asked for."}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def pass_on(self, body):
        # `Host` stays: the gallery compares it with `Origin`, which names this way.
        there = http.client.HTTPConnection(self.way.target, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            there.request(self.command, self.path, body or None, headers)
            said = there.getresponse()
            length = said.headers.get("Content-Length")
            has_body = self.command != "HEAD" and said.status not in (204, 304)
            self.send_response_only(said.status)
            for name, value in said.headers.items():
                if name.lower() not in HOP: self.send_header(name, value)
            if has_body and length is None:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            if not has_body: return
            is_stream = said.headers.get("Content-Type", "").startswith("text/event-stream")
            if is_stream:
                with self.way.lock: self.way.streams.add(self.connection)
            try:
                # One piece as it comes: news are not waited for until there are enough of them.
                while piece := said.read1(65536):
                    self.wfile.write(piece)
                    self.wfile.flush()
            finally:
                with self.way.lock: self.way.streams.discard(self.connection)
        finally: there.close()
