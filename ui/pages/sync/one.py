"""One depot at the right: whether it can be used, the visit, what it came to, looking after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from inspector.operations.exchange_text import amount_text
from ui.exchange import Kind
from ui.models.depots import KINDS, visited
from ui.pages.sync.result import Result, told
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.surfaces import Badge, Card, column, row, scrolled
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from inspector.operations.exchange_desk import KnownDepot
    from ui.desk import Desk
    from ui.exchange import Running
    from ui.models.depots import DepotLine


class OneDepot(QWidget):
    """The depot one stands on."""

    #: What was put aside is to be seen.
    aside = Signal()
    #: A repair was asked for.
    repair_wanted = Signal()
    #: A receipt that could not be left there is to be saved: `Receipt`.
    receipt_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr, look = desk.tr, desk.look
        self._desk, self._exchange = desk, desk.exchange
        self._line: DepotLine | None = None
        self._zone = 0
        self.name = Elided(role=Type.TITLE)
        self.badge = Badge(look, " ")
        self.about = label("", Type.CAPTION, wrap=True)
        self.waits = label("", wrap=True)
        self.trouble = label("", wrap=True, selectable=True)
        self.go = button(
            look, tr("Sync now"), self.sync, kind="primary", icon="sync", extent="field"
        )
        self.entries = CheckBox(tr("Entries and thumbnails only; originals another time"))
        self.working = _Working(desk)
        self.result = Result(desk, self.aside.emit, self.receipt_wanted.emit)
        first = Card()
        first.body.setSpacing(tokens.M)
        first.body.addLayout(row(self.name, self.badge, stretch=0))
        first.body.addWidget(self.about)
        first.body.addWidget(self.waits)
        first.body.addWidget(self.trouble)
        first.body.addLayout(row(self.go, self.entries, None, spacing=tokens.L))
        first.body.addWidget(self.working)
        first.body.addWidget(self.result)
        inside = QWidget()
        inside.setLayout(column(first, self._care(), None, spacing=tokens.L, margins=tokens.XL))
        self.setLayout(column(scrolled(inside)))
        self._exchange.moved.connect(self._show_work)
        self._exchange.ended.connect(lambda _ended: self._show_work())

    def _care(self) -> Card:
        tr, look = self._desk.tr, self._desk.look
        card = Card(tr("Look after it"))
        card.body.addWidget(
            label(
                tr(
                    "A check reads a hundredth of the depot, every day another, or everything. "
                    "What is damaged is mended from what this computer holds. Files count as "
                    "proved to be there once they were read back in another visit."
                ),
                Type.CAPTION,
                wrap=True,
            )
        )
        self.part = button(look, tr("Check a part"), lambda: self._check(everything=False),
                           icon="check")  # fmt: skip
        self.whole = button(look, tr("Check everything there"),
                            lambda: self._check(everything=True), icon="shield")  # fmt: skip
        self.mend = button(look, tr("Repair"), self.repair_wanted.emit, icon="refresh")
        self.back = button(look, tr("Read back"), self._read_back, icon="drive")
        card.body.addLayout(row(self.part, self.whole, self.mend, self.back, None))
        self.begins = label(
            tr("New computers begin with the snapshot of a depot, faster than entry by entry."),
            Type.CAPTION,
            wrap=True,
        )
        self.snap = button(look, tr("Sync and write a snapshot"), self._snapshot, icon="export")
        card.body.addWidget(self.begins)
        card.body.addLayout(row(self.snap, None))
        return card

    @property
    def depot(self) -> KnownDepot | None:
        """The depot that is shown."""
        return self._line.depot if self._line is not None else None

    # -- showing -----------------------------------------------------------------------------------

    def allow_snapshots(self, allowed: bool) -> None:
        """Offer to write snapshots only where others would take them."""
        for each in (self.begins, self.snap):
            each.setVisible(allowed)

    def show_line(self, line: DepotLine, zone: int) -> None:
        """Show a depot."""
        tr = self._desk.tr
        self._line, self._zone = line, zone
        depot = line.depot
        self.name.setText(depot.name)
        self.badge.say(*line.state(tr))
        where = depot.place if depot.place != depot.name else ""
        said = (tr(KINDS[depot.kind]), where, visited(depot, zone, tr))
        self.about.setText(" · ".join(filter(None, said)))
        self.waits.setText(self._waiting(line))
        trouble = line.reached.trouble if line.reached is not None else None
        self.trouble.setText(told(trouble, depot, tr) if trouble is not None else "")
        self._show_work()

    def _waiting(self, line: DepotLine) -> str:
        tr, waiting = self._desk.tr, line.waiting
        if waiting is None:
            return tr("Counting what is not there yet …")
        if not waiting.operations and not waiting.blobs:
            return tr("Everything that is here is there as well.")
        return tr(
            "Not there yet: {operations} entries, {blobs} files ({amount}).",
            operations=waiting.operations,
            blobs=waiting.blobs,
            amount=amount_text(waiting.bytes),
        )

    def _show_work(self) -> None:
        depot, running = self.depot, self._exchange.running
        if depot is None:
            return
        here = running if running is not None and running.depot.id == depot.id else None
        self.working.show_running(here)
        acts = (self.go, self.entries, self.part, self.whole, self.mend, self.back, self.snap)
        for each in acts:
            each.setEnabled(running is None)
        ended = self._exchange.last.get(depot.id)
        self.result.show_ended(None if here is not None else ended, depot)
        # What a visit just met is told by its result.
        met = ended is not None and ended.error is not None and not ended.aged
        self.trouble.setVisible(bool(self.trouble.text()) and here is None and not met)

    # -- doing -------------------------------------------------------------------------------------

    def sync(self) -> None:
        """Visit the depot that is shown."""
        if self.depot is not None and self.go.isEnabled():
            self._exchange.sync(self.depot, files=not self.entries.isChecked())

    def _snapshot(self) -> None:
        if self.depot is not None:
            self._exchange.snapshot(self.depot)

    def _read_back(self) -> None:
        if self.depot is not None:
            self._exchange.sync(self.depot, verify=True)

    def _check(self, *, everything: bool) -> None:
        if self.depot is not None:
            self._exchange.check(self.depot, everything=everything)


class _Working(QWidget):
    """What is being done, how far it is in items and bytes, and a way to stop it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.words, self.amounts = label("", wrap=True), label("", Type.CAPTION, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(desk.tr("Progress"))
        self.stop = button(desk.look, desk.tr("Stop"), desk.exchange.stop, icon="stop")
        line = row(self.bar, self.stop, spacing=tokens.L, stretch=0)
        self.setLayout(column(self.words, line, self.amounts))
        self.hide()

    def show_running(self, running: Running | None) -> None:
        """Show how far it is; hide where nothing is being done."""
        self.setVisible(running is not None)
        if running is None:
            return
        tr = self._desk.tr
        stage = tr(running.stage) if running.stage else tr("Reading what is there")
        counted = f"{stage} {running.done} / {running.total}" if running.total else stage
        self.words.setText(tr("Stopping after this step") if running.stopping else counted)
        self.bar.setRange(0, running.total)
        self.bar.setValue(running.done)
        self.stop.setEnabled(not running.stopping)
        self.amounts.setVisible(running.kind is Kind.SYNC)
        self.amounts.setText(
            tr(
                "{count} items so far: {sent} sent, {received} received. Pulled out, nothing is "
                "lost: the next visit goes on.",
                count=running.moved.items,
                sent=amount_text(running.moved.sent),
                received=amount_text(running.moved.received),
            )
        )
