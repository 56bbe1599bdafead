"""A web server on this machine that misbehaves as it is told, and remembers what it was asked."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handler = BaseHTTPRequestHandler
Play = Callable[["Asked"], object]
MODIFIED = "Wed, 01 Feb 2023 08:00:00 GMT"


def pdf(text: str = "a decree", size: int = 3_000) -> bytes:
    """Bytes that pass for a PDF."""
    body = f"%PDF-1.7\n% {text}\n".encode()
    return body + b"x" * max(0, size - len(body) - 7) + b"\n%%EOF\n"


class Asked:
    """One request, with what is needed to answer it, well or badly."""

    def __init__(self, handler: Handler, number: int) -> None:
        self.handler = handler
        self.number = number  # how often the path was asked before
        self.headers = handler.headers

    def send(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        """An answer with a body; ``length`` is what is said of its length, -1 to say nothing."""
        self.handler.send_response(status)
        if length != -1:
            self.handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)
        self.handler.close_connection = True

    def reset(self) -> None:
        """Breaks the connection at once (RST)."""
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.handler.connection.detach())


class BadServer:
    """The server: what it plays by path, and what it was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.plays: dict[str, Play] = {}
        self.log: list[tuple[str, Mapping[str, str]]] = []
        self.stopping = threading.Event()
        self.cut = 0  # answers that were cut off so far

    def url(self, path: str) -> str:
        return self.address + path

    def asked(self, path: str) -> int:
        return sum(p == path for p, _ in self.log)

    def headers(self, path: str) -> list[Mapping[str, str]]:
        return [headers for p, headers in self.log if p == path]

    def play(self, path: str, play: Play) -> str:
        self.plays[path] = play
        return self.url(path)

    def file(self, path: str, body: bytes, **headers: str) -> str:
        """A file that is always there."""
        return self.play(path, lambda asked: asked.send(body, 200, None, **headers))

    def good_file(self, path: str, body: bytes) -> str:
        """A file of a good server: ETag, conditional requests, ranges."""
        return self.play(path, lambda asked: serve_well(asked, body))

    def feed(self, *entries: Mapping[str, object], path: str = "/integrasi") -> str:
        return self.file(path, json.dumps(entries).encode(), Content_Type="application/json")


def serve_well(asked: Asked, body: bytes, cut_at: int | None = None, ranges: bool = True) -> None:
    """As a good server answers; ``cut_at`` breaks the connection after so many bytes of the file."""
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    if asked.headers.get("If-None-Match") == etag:
        asked.send(b"", 304, ETag=etag)
        return
    start, status, more = 0, 200, {"ETag": etag}
    wanted = asked.headers.get("Range")
    if ranges and wanted and asked.headers.get("If-Range") == etag:
        start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if start >= len(body):
            asked.send(b"", 416, Content_Range=f"bytes */{len(body)}")
            return
        status, more = 206, {**more, "Content_Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
    end = len(body) if cut_at is None else max(cut_at, start)
    asked.send(body[start:end], status, len(body) - start, **more)


def gzipped(asked: Asked, body: bytes) -> None:
    asked.send(gzip.compress(body), Content_Encoding="gzip")


@contextmanager
def bad_server() -> Iterator[BadServer]:
    """A server for the time of the context."""

    class Here(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = server.asked(self.path)
            server.log.append((self.path, dict(self.headers)))
            play = server.plays.get(self.path)
            if play is None:
                Asked(self, number).send(b"<html><title>404</title></html>", 404)
                return
            try:
                play(Asked(self, number))
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """Nothing: broken connections are what this is for."""

    http = Quiet(("127.0.0.1", 0), Here)
    server = BadServer(f"http://127.0.0.1:{http.server_address[1]}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        http.shutdown()
        http.server_close()
        thread.join()
