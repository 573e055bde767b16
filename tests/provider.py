"""A provider of text messages on this machine, as OVH or Brevo would be over there.

Used in a test's own process, or by `python -m tests.provider PORT_FILE SENT_FILE KIND`, which
outlives workers that are killed. SENT holds a line for each message that truly left.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

Answer = Callable[["Provider", str, str, dict], tuple[int, object]]


class Provider:
    """`answer` says what a request gets; `requests` are those that came: method, path, body."""

    def __init__(self, answer: Answer, *, sent: Path | None = None):
        self.answer, self.sent = answer, sent
        self.requests: list[tuple[str, str, dict, dict]] = []
        self.messages: dict[str, int] = {}  # by tag
        self.lock = threading.Lock()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                provider.take(self, "POST")

            def do_GET(self):
                provider.take(self, "GET")

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def start(self) -> "Provider":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def take(self, handler: BaseHTTPRequestHandler, method: str) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length) if length else b"{}"
        self.requests.append((method, handler.path, json.loads(body), dict(handler.headers)))
        try:
            status, found = self.answer(self, method, handler.path, json.loads(body))
            content = found if isinstance(found, bytes) else json.dumps(found).encode()
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)
        except OSError:
            pass  # whoever asked is gone

    def deliver(self, tag: str, *, once: bool) -> int:
        """A message leaves; the same tag leaves once where the provider deduplicates."""
        with self.lock:
            if once and tag in self.messages:
                return self.messages[tag]
            self.messages[tag] = len(self.messages) + 1
            if self.sent:
                with self.sent.open("a") as file:
                    file.write(f"{tag}\n")
            return self.messages[tag]


def ovh(provider: Provider, method: str, path: str, body: dict) -> tuple[int, object]:
    """Deduplicates by our tag, and can be asked."""
    if method == "POST":
        number = provider.deliver(body["tag"], once=True)
        time.sleep(0.02)
        return 200, {"ids": [number], "invalidReceivers": [], "validReceivers": body["receivers"]}
    tag = parse_qs(urlsplit(path).query)["tag"][0]
    return 200, [provider.messages[tag]] if tag in provider.messages and "outgoing" in path else []


def ovh_mute(provider: Provider, method: str, path: str, body: dict) -> tuple[int, object]:
    """Neither deduplicates nor can be asked."""
    if method == "POST":
        time.sleep(0.02)
        number = provider.deliver(body["tag"], once=False)
        time.sleep(0.02)
        return 200, {"ids": [number], "invalidReceivers": []}
    return 500, b"<html>"


def brevo(provider: Provider, method: str, path: str, body: dict) -> tuple[int, object]:
    if method == "POST":
        number = provider.deliver(body["tag"], once=False)
        return 201, {"reference": f"r{number}", "messageId": 1000 + number}
    (tag,) = json.loads(parse_qs(urlsplit(path).query)["tags"][0])
    number = provider.messages.get(tag)
    return 200, {"events": [{"tag": tag, "messageId": 1000 + number}] if number else []}


KINDS = {"ovh": ovh, "ovh_mute": ovh_mute, "brevo": brevo}


if __name__ == "__main__":
    port_file, sent_file, kind = sys.argv[1:]
    standing = Provider(KINDS[kind], sent=Path(sent_file))
    unfinished = Path(f"{port_file}.part")
    unfinished.write_text(standing.url)
    unfinished.rename(port_file)
    standing.server.serve_forever()
