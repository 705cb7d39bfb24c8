"""The tray of evidence: how many there are, and which have no place yet.

While somebody is inside unrecognised no photograph is shown, only its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector.domain.clocktext import clock
from inspector.domain.vocabulary import Phase
from inspector.operations.board import photo_named
from ui.pages.evidence.fresh import fresh_button
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Card, cleared, column
from ui.widgets.text import Elided
from ui.widgets.thumbs import Thumb, ThumbView

if TYPE_CHECKING:
    from inspector.domain.entities import Evidence
    from inspector.operations.board import Board
    from ui.desk import Desk

#: As many names as are shown; the page of the evidence has all.
SHOWN = 6
#: A line of thumbnails with its scroll bar. Logical pixels.
_STRIP = 108


class TrayCard(Card):
    """Counts and the newest; everything else is done on the page of the evidence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Evidence"), spacing=tokens.XS)
        self._desk = desk
        self._visit, self._sealed = "", True
        self._found: list[Evidence] = []
        self._discreet = True
        self._total = Badge(desk.look, "")
        self._free = Badge(desk.look, "", Tone.WARN)
        self.head.addWidget(self._total)
        self.head.addWidget(self._free)
        self.head.addStretch(1)
        self._names = column(spacing=0)
        self._holder = QWidget()
        self._holder.setLayout(self._names)
        self.strip = self._make_strip()
        self.body.addWidget(self._holder)
        self.body.addWidget(self.strip)
        self.open = button(
            desk.look,
            desk.tr("Open evidence"),
            self._open,
            icon="evidence",
            extent="touch",
        )
        self.fresh = fresh_button(desk, self, lambda: "" if self._sealed else self._visit)
        self.body.addWidget(self.fresh)
        self.body.addWidget(self.open)

    def _make_strip(self) -> ThumbView:
        """Return a line of thumbnails that is moved sideways."""
        desk = self._desk
        name = desk.tr("Photographs without a place")
        strip = ThumbView(desk.look, desk.pictures, name, grid=True)
        strip.setWrapping(False)
        strip.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip.setFixedHeight(_STRIP)
        strip.activated.connect(self._open)
        strip.hide()
        return strip

    def _open(self) -> None:
        self._desk.go("evidence", self._visit)

    def show_board(self, board: Board) -> None:
        """Show the counts."""
        self._visit, self._sealed = board.visit, board.sealed
        discreet = bool(board.standing.covert) or board.standing.team is Phase.PREPARED
        if discreet is not self._discreet:
            self._discreet = discreet
            self._fill()
        self._total.say(str(board.photos.total))
        free = board.photos.unplaced
        self._free.say(self._desk.tr("{count} without a place", count=free) if free else "")

    def show_photos(self, found: list[Evidence]) -> None:
        """Show the newest that have no place."""
        self._found = found
        self._fill()

    def _fill(self) -> None:
        cleared(self._names)
        newest = self._found[:SHOWN] if self._discreet else []
        for photo in newest:
            self._names.addWidget(Elided(f"{_time(photo)}  {photo_named(photo)}", Type.CAPTION))
        self._holder.setVisible(bool(newest))
        shown = [] if self._discreet else self._found
        self.strip.thumbs.show(
            [Thumb(each.id, each.sha256, photo_named(each), _time(each)) for each in shown]
        )
        self.strip.setVisible(bool(shown))


def _time(photo: Evidence) -> str:
    at = photo.observed_from
    return clock(at, photo.observed_zone) if at is not None else "–"
