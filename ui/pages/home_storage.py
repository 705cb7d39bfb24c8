"""What Home says of backup, disk and exchange."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel

from ui.opening import operation
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.surfaces import Card, cleared, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.today import Storage
    from ui.desk import Desk
    from ui.exchange import Stand
    from ui.theme.look import Look

#: Below this many free bytes the disk is called nearly full: room for some 300 photographs.
_LOW_BYTES = 1 << 30
#: Depots that are named, those that were visited last.
_MOST = 3
#: Loaded for those who exchange only: how depots are told.
_DEPOTS = "ui.models.depots"


def state_line(look: Look, icon: str, tone: Tone, words: str) -> QHBoxLayout:
    """Return a sentence behind a picture of how things stand."""
    picture = QLabel()
    picture.setPixmap(look.pixmap(icon, 18, tone))
    return row(picture, label(words, wrap=True), stretch=1)


class StorageCard(Card):
    """Backup and disk; for those who exchange also what is only here, and when depots were seen."""

    def __init__(self, desk: Desk, storage: Storage, *, covert: bool) -> None:
        super().__init__(desk.tr("Backup and storage"))
        self._desk, self._covert = desk, covert
        tr, look = desk.tr, desk.look
        backup = storage.backup_day
        said = tr("Backed up on {day}", day=backup) if backup else tr("Not backed up yet")
        self.body.addLayout(state_line(look, "shield", Tone.OK if backup else Tone.WARN, said))
        free = tr("{size} GB free", size=storage.free >> 30)
        low = storage.free < _LOW_BYTES
        self.body.addLayout(state_line(look, "drive", Tone.DANGER if low else Tone.OK, free))
        self._exchanged = column(spacing=tokens.S)
        self.body.addLayout(self._exchanged)
        # It stays whatever is counted: the keys may be on it.
        self.sync = button(look, tr("Sync …"), lambda: desk.go("sync"), icon="sync")
        self.sync.hide()
        self.body.addWidget(self.sync)
        desk.exchange.counted.connect(self._show)
        self._show()

    def _show(self) -> None:
        cleared(self._exchanged)
        stand = self._desk.exchange.stand
        self.sync.setVisible(stand is not None)
        if stand is None:
            words = self._desk.tr("Offline. Everything is saved here.")
            self._exchanged.addLayout(state_line(self._desk.look, "offline", Tone.NEUTRAL, words))
            return
        self.title.setText(self._desk.tr("Sync and backup"))
        self._add_stand(stand)

    def _add_stand(self, stand: Stand) -> None:
        tr, look = self._desk.tr, self._desk.look
        only: str = operation("exchange_text").waiting_text(stand.lacking, tr)
        waits = bool(stand.lacking.operations or stand.lacking.blobs)
        tone = Tone.WARN if waits else Tone.OK
        self._exchanged.addLayout(state_line(look, "sync", tone, only))
        visited = importlib.import_module(_DEPOTS).visited
        # What somebody calls a medium may name a place.
        known = () if self._covert else stand.depots
        newest = sorted(known, key=lambda each: -each.seen)[:_MOST]
        for each in newest:
            words = tr("{name}: {visited}", name=each.name, visited=visited(each, stand.zone, tr))
            self._exchanged.addLayout(state_line(look, "link", Tone.NEUTRAL, words))
