"""The tray of evidence: how many there are, and which have no place yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector.domain.clocktext import clock
from inspector.operations.board import photo_named
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Card, cleared, column
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from inspector.domain.entities import Evidence
    from inspector.operations.board import Board
    from ui.desk import Desk

#: As many names as are shown; the page of the evidence has all.
SHOWN = 6


class TrayCard(Card):
    """Counts and the newest names; everything else is done on the page of the evidence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Evidence"), spacing=tokens.XS)
        self._desk = desk
        self._visit = ""
        self._total = Badge(desk.look, "")
        self._free = Badge(desk.look, "", Tone.WARN)
        self.head.addWidget(self._total)
        self.head.addWidget(self._free)
        self.head.addStretch(1)
        self._names = column(spacing=0)
        holder = QWidget()
        holder.setLayout(self._names)
        self.body.addWidget(holder)
        self.open = button(
            desk.look,
            desk.tr("Open evidence"),
            lambda: desk.go("evidence", self._visit),
            icon="evidence",
            extent="touch",
        )
        self.body.addWidget(self.open)

    def show_board(self, board: Board) -> None:
        """Show the counts."""
        self._visit = board.visit
        self._total.say(str(board.photos.total))
        free = board.photos.unplaced
        self._free.say(self._desk.tr("{count} without a place", count=free) if free else "")

    def show_photos(self, found: list[Evidence]) -> None:
        """Show the newest that have no place."""
        cleared(self._names)
        for photo in found[:SHOWN]:
            at = photo.observed_from
            time = clock(at, photo.observed_zone) if at is not None else "–"
            self._names.addWidget(Elided(f"{time}  {photo_named(photo)}", Type.CAPTION))
