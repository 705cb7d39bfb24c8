"""The wire of the upload page: plain HTTP of the standard library, read with distrust.

One request for each connection, a bounded number at once, a deadline for every head and every
body. There is one page, one question (is the code right?) and one way in for files; everything
else gets the same bare refusal. Nothing is ever listed or read back.

It is not encrypted: a certificate that no telephone knows would only teach people to ignore
warnings. Whoever can listen on the network can see the photographs, so the windows say to use it
on the telephone's own hotspot alone.
"""

from __future__ import annotations

import hmac
import io
import json
import logging
import re
import socket
import socketserver
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.operations.upload_page import language_of, page
from inspector.operations.uploading import Door, Ending, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Lang

logger = logging.getLogger(__name__)

_CHUNK = 256 << 10
#: What is read of a refused file so that the refusal is heard before the line is cut. Bytes.
_LINGER = 1 << 20
_STATUS = {
    "wrong_code": 403,
    "closed": 410,
    "too_large": 413,
    "no_room": 507,
    "no_picture": 415,
    "too_many": 429,
}
_SIZE = re.compile(r"[0-9]{1,15}")


class _Patient(io.RawIOBase):
    """A socket read until a deadline, with no silence longer than `stall` seconds."""

    def __init__(self, sock: socket.socket, seconds: float, stall: float) -> None:
        self._sock, self._stall = sock, stall
        self._deadline = time.monotonic() + seconds

    def allow(self, seconds: float) -> None:
        """Set another deadline, from now."""
        self._deadline = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(left, self._stall))
        return self._sock.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        self.connection = self.request
        rules = self.server.door.rules
        self._patient = _Patient(self.connection, rules.head, rules.stall)
        self.rfile = io.BufferedReader(self._patient)
        self.wfile = _Writer(self.connection)

    def handle(self) -> None:
        self.close_connection = True
        try:
            self.handle_one_request()
        except (OSError, EOFError):
            return  # the other side is gone or too slow: there is nobody to answer

    def do_GET(self) -> None:
        """Show the page to whoever knows its path."""
        if not self._is_meant(""):
            self._bare(404)
            return
        self.server.door.touch()
        lang = language_of(self.headers.get("Accept-Language", ""), self.server.lang)
        made = page(self.server.door, lang)
        self._answer(200, made.html, "text/html; charset=utf-8", made.policy)

    def do_POST(self) -> None:
        """Check a code, or take a file."""
        try:
            if self._is_meant("/code"):
                self._check()
            elif self._is_meant("/file"):
                self._take()
            else:
                self._bare(404)
        except Refused as refused:
            self._refuse(refused)

    # -- what is asked -------------------------------------------------------------------------

    def _is_meant(self, below: str) -> bool:
        """Tell whether the path is ours and the request comes from our own page at our address."""
        path = f"/{self.server.door.path}{below}".encode()
        same = hmac.compare_digest(self.path.encode("latin-1", "replace"), path)
        host = self.headers.get_all("Host") or []
        origin = self.headers.get("Origin")
        own = origin in (None, "null", f"http://{self.server.host}")
        # Another host name means that a foreign page had its name lead here.
        return same and host == [self.server.host] and own

    def _check(self) -> None:
        self.server.door.touch()
        self.server.door.require_code(self._code())
        self._answer(204)

    def _take(self) -> None:
        door = self.server.door
        door.touch()
        door.require_code(self._code())
        sizes = self.headers.get_all("Content-Length") or []
        if "Transfer-Encoding" in self.headers or len(sizes) != 1:
            self._bare(411)
            return
        if not _SIZE.fullmatch(sizes[0]):
            self._bare(400)
            return
        size, name = int(sizes[0]), unquote(self.headers.get("X-Name", ""), errors="replace")
        self._patient.allow(30 + size / door.rules.slowest)
        received = door.receive(name, size, self._parts(size))
        self._json(200, {"size": received.size})

    def _code(self) -> str:
        return self.headers.get("X-Code", "")[:32]

    def _parts(self, size: int) -> Iterator[bytes]:
        left = size
        while left:
            part = self.rfile.read1(min(left, _CHUNK))
            if not part:
                return
            left -= len(part)
            yield part

    # -- what is answered ----------------------------------------------------------------------

    def _refuse(self, refused: Refused) -> None:
        self._json(_STATUS[refused.why], {"why": refused.why})
        self._linger()

    def _linger(self) -> None:
        """Read on for a moment: a line that is cut while sending loses the answer."""
        self._patient.allow(2.0)
        try:
            self.connection.shutdown(socket.SHUT_WR)
            left = _LINGER
            while left > 0 and (part := self.rfile.read1(_CHUNK)):
                left -= len(part)
        except OSError:
            return  # it was only for the other side's sake

    def _json(self, status: int, content: dict[str, Any]) -> None:
        self._answer(status, json.dumps(content).encode(), "application/json")

    def _bare(self, status: int) -> None:
        self._answer(status)
        self._linger()

    def _answer(self, status: int, body: bytes = b"", kind: str = "", policy: str = "") -> None:
        self.send_response_only(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Security-Policy", policy or "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Connection", "close"),
        ):
            if value:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Say as little as possible of what was wrong with a request."""
        del message, explain
        self._answer(code)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep no log: addresses and names of files are nobody's business."""


class _Writer(io.BufferedIOBase):
    """Writes to a socket; whoever does not read in time is gone."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._sock.settimeout(10.0)
        self._sock.sendall(data)
        return len(data)


class _Server(socketserver.TCPServer):
    """Hands each connection to one of a few threads; what does not fit is turned away at once."""

    allow_reuse_address = False
    request_queue_size = 16

    def __init__(self, ip: str, door: Door, lang: Lang) -> None:
        super().__init__((ip, 0), _Handler)
        self.door, self.lang = door, lang
        self.timeout = 0.25
        self.host = f"{ip}:{self.server_address[1]}"
        self._threads = ThreadPoolExecutor(door.rules.at_once, thread_name_prefix="upload")
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            full = len(self._open) >= 2 * self.door.rules.at_once
            if not full:
                self._open.add(request)
        if full:
            self.shutdown_request(request)
        else:
            self._threads.submit(self._serve, request, client_address)

    def _serve(self, request: socket.socket, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except Exception as error:  # noqa: BLE001 - one request must not end the page
            logger.error("an upload request failed: %s", type(error).__name__)
        finally:
            with self._lock:
                self._open.discard(request)
            self.shutdown_request(request)

    def end(self) -> None:
        """Cut every line and wait for the threads."""
        with self._lock:
            lines = tuple(self._open)
        for each in lines:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it ended by itself
        self._threads.shutdown(wait=True, cancel_futures=False)
        self.server_close()


class UploadPage:
    """A page that is open. `stop` and `close` may be called from any thread, more than once."""

    def __init__(self, ip: str, door: Door, lang: Lang) -> None:
        """Open it at an address of this computer, on a port of its own.

        Raises MingchaError `upload_not_opened`.
        """
        try:
            self._server = _Server(ip, door, lang)
        except OSError as error:
            detail = reason_of(error)
            raise MingchaError("upload_not_opened", address=ip, detail=detail) from error
        self._door = door
        self.url = f"http://{self._server.host}/{door.path}"
        self.code = door.code
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upload", daemon=True)
        self._thread.start()

    @property
    def ended(self) -> Ending | None:
        """Why it is closed; None while it is open."""
        return self._door.ended

    def stop(self) -> None:
        """Let nothing in any more; its threads end by themselves. Never takes long."""
        self._door.end("asked")
        self._stop.set()

    def close(self) -> None:
        """Stop, and wait until nothing of it runs any more."""
        self.stop()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.is_set() and self._door.ended is None:
                self._server.handle_request()
                if self._door.is_idle():
                    self._door.end("idle")
        finally:
            self._server.end()
