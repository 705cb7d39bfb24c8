"""Slow and greedy clients while a visit is sealed: the seal waits for none, and the page stops."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Seal
from inspector.operations.sealing import seal
from inspector.operations.upload_http import UploadPage
from inspector.operations.uploading import Closed, Door, Interrupted, Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.operations.uploading import Told
    from tests.operations.conftest import Field
    from tests.support.fixed import CountingEntropy

#: As many as come at once, and how many of them are in the middle of a file.
LINES, IN_A_FILE = 50, 4
#: What nobody needs who does not wait for a client. A client is given up after longer. Seconds.
SOON = 5.0
RULES = Rules(kept_free=0, head=60.0, stall=60.0)


@pytest.fixture
def told() -> list[Told]:
    return []


@pytest.fixture
def page(
    field: Field, loopback: str, entropy: CountingEntropy, told: list[Told]
) -> Iterator[tuple[UploadPage, Door]]:
    door = Door(field.session.store.workspace.incoming, told.append, RULES, entropy)
    opened = UploadPage(loopback, door, "zh")
    yield opened, door
    opened.close()


def begin(page: UploadPage, door: Door, number: int) -> bytes:
    """Return how a request begins that never ends: in a file, in its head, or before anything."""
    host = page.url.split("/")[2]
    if number < IN_A_FILE:
        return (
            f"POST /{door.path}/file HTTP/1.1\r\nHost: {host}\r\nX-Code: {page.code}\r\n"
            f"X-Name: a.jpg\r\nContent-Length: 900000\r\n\r\n"
        ).encode() + b"\xff\xd8\xff\xe0"
    return b"GET / HTTP/1.1\r\nHost: " if number % 2 else b""


def send(line: socket.socket, data: bytes) -> None:
    try:
        line.sendall(data)
    except OSError:
        return  # cut by the page: more lines came than fit


def drip(lines: list[socket.socket], stop: threading.Event) -> None:
    """Send a byte on every line again and again: nobody is silent, nobody comes to an end."""
    while not stop.wait(0.05):
        for line in lines:
            send(line, b"x")


def test_the_seal_waits_for_no_client_and_the_page_stops_cleanly(
    field: Field, page: tuple[UploadPage, Door], told: list[Told]
) -> None:
    field.go_in()
    opened, door = page
    ip, port = opened.url.split("/")[2].split(":")
    incoming, stop = field.session.store.workspace.incoming, threading.Event()
    with ExitStack() as all_lines:
        lines: list[socket.socket] = []
        for number in range(LINES):
            line = all_lines.enter_context(socket.socket())
            line.settimeout(10)
            line.connect((ip, int(port)))
            send(line, begin(opened, door, number))
            lines.append(line)
            if number == IN_A_FILE - 1:
                wait_until(lambda: len(list(incoming.rglob("half"))) == IN_A_FILE)
        dripping = threading.Thread(target=drip, args=(lines, stop))
        dripping.start()
        try:
            begun = time.monotonic()
            seal(field.session, field.visit)
            sealed = time.monotonic()
            assert field.session.store.select(Seal)
            assert opened.ended is None, "they were all still there"
            assert len(list(incoming.rglob("half"))) == IN_A_FILE
            opened.close()
            closed = time.monotonic()
        finally:
            stop.set()
            dripping.join()
    assert sealed - begun < SOON
    assert closed - sealed < SOON
    assert [each for each in incoming.rglob("*") if each.is_file()] == []
    assert told.count(Interrupted("a.jpg")) == IN_A_FILE
    assert told.count(Closed("asked")) == 1
    assert not [each for each in threading.enumerate() if each.name.startswith("upload")]
    with socket.socket() as late:
        assert late.connect_ex((ip, int(port))) != 0, "nobody listens there any more"


def wait_until(happened) -> None:
    deadline = time.monotonic() + 10
    while not happened() and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert happened()
