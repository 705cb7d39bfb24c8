"""The page for a telephone: off until it is started here, for this visit only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector.base.paths import Workspace
from ui.opening import operation
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.choice import Choice
from ui.widgets.qr import QrCode
from ui.widgets.surfaces import Banner, Card, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.upload_http import UploadPage
    from inspector.operations.uploading import Address, Told
    from ui.desk import Desk


class _Relay(QObject):
    """Brings what the page tells from its threads to the windows'; outlives whoever listens."""

    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._page: UploadPage | None = None
        self._ended = False

    def hold(self, page: UploadPage) -> UploadPage:
        """Keep a page that was opened on another thread; it may not be wanted any more."""
        self._page = page
        if self._ended:
            page.stop()
        return page

    def end(self) -> None:
        """Stop the page, also if it is only being opened."""
        self._ended = True
        if self._page is not None:
            self._page.stop()


class UploadPanel(Card):
    """Address, code and what arrived; closed it says why."""

    #: A file arrived and waits to be offered: `Path`.
    received = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Telephone's hotspot"))
        self._desk = desk
        self._page: UploadPage | None = None
        self._relay: _Relay | None = None
        self._opening = False
        self.count = self._broken = self._knocked = 0
        tr, look = desk.tr, desk.look
        warning = tr(
            "The connection is not encrypted. Only use it on the telephone's own hotspot, with "
            "nobody else in it."
        )
        self.warning = Banner(look, warning, Tone.WARN, "warning")
        self.body.addWidget(self.warning)
        self.halt = button(look, tr("Stop"), self.stop, icon="stop", extent="touch")
        self.head.addStretch(1)
        self.head.addWidget(self.halt)
        self._resting = self._make_resting()
        self._running = self._make_running()
        self.body.addWidget(self._resting)
        self.body.addWidget(self._running)
        self._show()
        desk.closing.connect(self.stop)

    def _make_resting(self) -> QWidget:
        tr, look = self._desk.tr, self._desk.look
        self.said = label(
            tr(
                "Off. Turn on the hotspot of the telephone, connect this computer to it, choose "
                "the address it gave, then start. The telephone shows a page where photographs are "
                "chosen; they are offered here."
            ),
            wrap=True,
        )
        self.address = Choice(tr("Address of this computer"))
        self.start = button(
            look, tr("Start for this visit"), self.open, kind="primary", extent="touch"
        )
        self.start.setEnabled(False)
        made = QWidget()
        made.setLayout(column(self.said, row(self.address, self.start, stretch=0)))
        return made

    def _make_running(self) -> QWidget:
        tr = self._desk.tr
        self.qr = QrCode(tr("Address as a QR code"))
        self.url = label("", Type.SECTION, selectable=True)
        self.code = label("", Type.FIGURE, selectable=True)
        self.arrived = label("", wrap=True)
        words = column(
            label(tr("Open on the telephone:"), Type.CAPTION),
            self.url,
            row(label(tr("Code:"), Type.CAPTION), self.code, None),
            self.arrived,
            None,
            spacing=tokens.S,
        )
        made = QWidget()
        layout = row(spacing=tokens.L)
        layout.addLayout(words, 1)
        layout.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made

    # -- addresses -----------------------------------------------------------------------------

    def look_again(self) -> None:
        """Read the addresses of this computer."""
        if self._page is None:
            self._desk.worker.apart(
                self, lambda _progress: operation("uploading").addresses(), self.show_addresses
            )

    def show_addresses(self, found: tuple[Address, ...]) -> None:
        """Offer addresses; one that looks like a hotspot's is named so."""
        tr = self._desk.tr
        self.address.clear()
        for each in found:
            hint = tr("looks like a telephone's hotspot") if each.hotspot else each.name
            self.address.addItem(f"{each.ip} · {hint}", each.ip)
        self.start.setEnabled(bool(found))
        if not found:
            self.said.setText(
                tr("This computer is in no network. Connect it to the hotspot first.")
            )

    # -- open and closed -----------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether a telephone can send."""
        return self._page is not None

    def open(self) -> None:
        """Open the page at the chosen address."""
        root, ip, lang = self._desk.root, self.address.currentData(), self._desk.lang
        if root is None or not ip or self._page is not None or self._opening:
            return
        self._opening = True
        self.start.setEnabled(False)
        relay = _Relay()
        relay.told.connect(self.tell, Qt.ConnectionType.QueuedConnection)
        self._relay = relay

        def begin(_progress: object) -> Any:
            door = operation("uploading").Door(Workspace(root).incoming, relay.told.emit)
            return relay.hold(operation("upload_http").UploadPage(ip, door, lang))

        self._desk.worker.apart(self, begin, self.show_open, failed=self._failed)

    def show_open(self, page: UploadPage) -> None:
        """Show where a page can be reached, unless it was stopped while it was being opened."""
        self._opening = False
        if page.ended is not None:
            self.start.setEnabled(self.address.count() > 0)
            return
        self._page = page
        self.count = self._broken = self._knocked = 0
        self.url.setText(page.url)
        self.code.setText(f"{page.code[:3]} {page.code[3:]}")
        self.qr.show_squares(())
        url = page.url
        self._desk.papers.run(
            self, lambda _progress: operation("qr_codes").qr_squares(url), self.qr.show_squares
        )
        self._show()
        self.halt.setFocus()

    def _failed(self, error: Exception) -> None:
        self._opening = False
        if not self._desk.foresaw(error):
            return
        self.said.setText(error.text(self._desk.tr))
        self.start.setEnabled(True)

    def stop(self) -> None:
        """Let nothing in any more."""
        if self._relay is not None:
            self._relay.end()

    def tell(self, told: Told) -> None:
        """Take what the page tells."""
        uploading = operation("uploading")
        if isinstance(told, uploading.Received):
            self.count += 1
            self.received.emit(told.path)
        elif isinstance(told, uploading.Interrupted):
            self._broken += 1
        elif isinstance(told, uploading.Knocked):
            self._knocked += 1
        elif isinstance(told, uploading.Closed):
            self._closed(told.why)
        self._show()

    def _closed(self, why: str) -> None:
        tr = self._desk.tr
        words = {
            "asked": tr("Stopped. Address and code are of no use any more."),
            "idle": tr("Stopped by itself, because nothing came for ten minutes."),
            "wrong_code": tr(
                "Stopped: a wrong code was given five times. Somebody else may be in the network."
            ),
        }
        self.said.setText(words[why])
        self._page = None
        self.start.setEnabled(self.address.count() > 0)

    def _show(self) -> None:
        tr = self._desk.tr
        self._resting.setVisible(self._page is None)
        self._running.setVisible(self._page is not None)
        self.halt.setVisible(self._page is not None)
        parts = [tr("arrived: {count}", count=self.count)]
        if self._broken:
            parts.append(tr("broken off, still on the telephone: {count}", count=self._broken))
        if self._knocked:
            parts.append(tr("wrong code: {count}", count=self._knocked))
        parts.append(tr("It goes on while the view is hidden."))
        self.arrived.setText(" · ".join(parts))
