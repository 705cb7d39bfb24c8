"""The page for a telephone in the window: started here, offered here, closed with it."""

from __future__ import annotations

import socket
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from inspector.base.paths import Workspace
from inspector.domain.entities import Visit
from inspector.domain.vocabulary import EvidenceRoute
from inspector.operations.recording import void
from inspector.operations.uploading import Address
from tests.ui.bringing_steps import LONG_MS, answered, rest, said, states, stored

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.evidence.bring import BringDialog


def send(url: str, code: str, body: bytes) -> bytes:
    host, _, path = url.removeprefix("http://").partition("/")
    ip, port = host.split(":")
    with socket.socket() as line:
        line.settimeout(10)
        line.connect((ip, int(port)))
        line.sendall(
            f"POST /{path}/file HTTP/1.1\r\nHost: {host}\r\nX-Code: {code}\r\nX-Name: a.jpg\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        return line.recv(4096)


@pytest.fixture
def sending(opened: Bench, dialog: BringDialog, loopback: str) -> BringDialog:
    """The page is open on this computer's own address."""
    opened.qtbot.mouseClick(dialog.ways.buttons["upload"], Qt.MouseButton.LeftButton)
    opened.settle()
    assert not dialog.panels.upload.is_open
    dialog.panels.upload.show_addresses((Address(loopback, "lo"),))
    opened.qtbot.mouseClick(dialog.panels.upload.start, Qt.MouseButton.LeftButton)
    opened.qtbot.waitUntil(lambda: dialog.panels.upload.is_open, timeout=LONG_MS)
    opened.qtbot.waitUntil(lambda: dialog.panels.upload.qr.isVisible(), timeout=LONG_MS)
    return dialog


def test_what_a_telephone_sends_is_offered_and_not_stored(
    opened: Bench, sending: BringDialog, office: Office, card: Path
) -> None:
    url, code = sending.panels.upload.url.text(), sending.panels.upload.code.text().replace(" ", "")
    body = (card / "in0.jpg").read_bytes()
    assert b"200" in send(url, code, body)
    opened.qtbot.waitUntil(lambda: sending.model.total == 1, timeout=LONG_MS)
    rest(opened, sending)
    assert states(sending) == {"a.jpg": "走访期间"}
    assert stored(opened, office) == {}
    sending.store()
    rest(opened, sending)
    assert stored(opened, office) == {"a.jpg": EvidenceRoute.UPLOAD}
    waits = [each for each in Workspace(office.root).incoming.rglob("*") if each.is_file()]
    assert waits == []
    opened.qtbot.mouseClick(sending.panels.upload.halt, Qt.MouseButton.LeftButton)
    opened.qtbot.waitUntil(lambda: not sending.panels.upload.is_open, timeout=LONG_MS)
    assert "已失效" in sending.panels.upload.said.text()


def test_closing_asks_about_what_was_received_and_ends_the_page(
    opened: Bench, sending: BringDialog, office: Office, card: Path
) -> None:
    url, code = sending.panels.upload.url.text(), sending.panels.upload.code.text().replace(" ", "")
    send(url, code, (card / "in0.jpg").read_bytes())
    opened.qtbot.waitUntil(lambda: sending.model.total == 1, timeout=LONG_MS)
    rest(opened, sending)
    for answer, gone in ((QDialog.DialogCode.Rejected, False), (QDialog.DialogCode.Accepted, True)):
        QTimer.singleShot(0, partial(answered, answer))
        opened.qtbot.mouseClick(sending.foot.close_button, Qt.MouseButton.LeftButton)
        opened.settle()
        assert (isValid(sending)) is not gone
    try:
        late = send(url, code, b"x")
    except OSError:  # refused or cut, as the system likes it
        late = b""
    assert b"200" not in late
    incoming = Workspace(office.root).incoming
    opened.qtbot.waitUntil(lambda: not list(incoming.rglob("*.jpg")), timeout=LONG_MS)


def test_a_visit_that_ends_closes_the_page_and_takes_nothing_more(
    opened: Bench, sending: BringDialog, office: Office, card: Path
) -> None:
    sending.offer((card,))
    rest(opened, sending)
    opened.ask(lambda session: void(session, Visit, office.covert, "wrong hall"))
    opened.qtbot.waitUntil(lambda: not sending.panels.upload.is_open, timeout=LONG_MS)
    opened.settle()
    assert not sending.foot.store.isEnabled()
    assert not sending.ways.isEnabled()
    assert "已作废" in said(sending)


def test_leaving_while_a_page_is_being_opened_leaves_none_open(
    opened: Bench, dialog: BringDialog, loopback: str
) -> None:
    dialog.panels.upload.show_addresses((Address(loopback, "lo"),))
    dialog.panels.upload.open()
    dialog.close()
    opened.settle()
    # What is left running fails the test.
    assert not isValid(dialog)
