"""今日: the running visit first, then what is prepared, finished, and the state of the storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.domain.terms import term
from inspector.operations.today import Today, short_number, today
from ui.page import Page
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Bones, Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import Elided, Line, label

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from inspector.operations.overview import VisitRow
    from ui.desk import Desk, Place


class HomePage(Page):
    """Home."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Today")
        self._left = column(Bones(), spacing=tokens.L)
        self._right = column(spacing=tokens.L)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.XL)
        columns.setSpacing(tokens.XL)
        columns.addLayout(self._left, 7)
        columns.addLayout(self._right, 3)
        self.setLayout(column(scrolled(inside)))

    def show_place(self, place: Place) -> None:
        """Read what is next."""
        del place
        self.desk.read(self, today, self._show)

    def refresh(self, changes: Changes) -> None:
        """Read again after any change: everything here counts facts."""
        del changes
        self.desk.read(self, today, self._show)

    def _show(self, found: Today) -> None:
        cleared(self._left)
        cleared(self._right)
        for visit in found.running:
            self._left.addWidget(self._running(visit, named=not found.covert))
        self._left.addWidget(self._list(self.tr("Prepared visits"), found.prepared, found))
        self._left.addWidget(self._list(self.tr("Finished lately"), found.finished, found))
        self._left.addStretch(1)
        self._right.addWidget(self._storage(found))
        self._right.addStretch(1)

    def _name(self, visit: VisitRow, *, named: bool) -> str:
        number = short_number(visit.visit)
        return f"{number} · {visit.hall}" if named else number

    def _running(self, visit: VisitRow, *, named: bool) -> Card:
        tr = self.tr
        card = Card()
        phase = Badge(self.look, term(visit.phase, self.desk.lang), Tone.ACCENT)
        counts = tr(
            "{answers} answers · {findings} findings · {photos} photographs",
            answers=visit.answers,
            findings=visit.findings,
            photos=visit.photos,
        )
        words = column(row(phase, None), label(self._name(visit, named=named), Type.TITLE))
        words.addWidget(label(counts, Type.CAPTION))
        go = button(
            self.look,
            tr("Continue the visit"),
            lambda: self.desk.go("visit", visit.visit.id),
            kind="primary",
            icon="play",
            size="field",
        )
        line = row(None)
        line.insertLayout(0, words, 1)
        line.addWidget(go)
        card.body.addLayout(line)
        return card

    def _list(self, title: str, visits: tuple[VisitRow, ...], found: Today) -> Card:
        card = Card(title)
        card.head.addWidget(Badge(self.look, str(len(visits))))
        card.head.addStretch(1)
        for number, visit in enumerate(visits):
            if number:
                card.body.addWidget(Line())
            card.body.addLayout(self._line(visit, named=not found.covert))
        if not visits:
            card.body.addWidget(Nothing(self.look, "inbox", self.tr("Nothing here")))
        return card

    def _line(self, visit: VisitRow, *, named: bool) -> QHBoxLayout:
        words = QVBoxLayout()
        words.addWidget(Elided(self._name(visit, named=named), Type.STRONG))
        words.addWidget(label(term(visit.phase, self.desk.lang), Type.CAPTION))
        line = QHBoxLayout()
        line.addLayout(words, 1)
        line.addWidget(
            button(
                self.look,
                self.tr("Open"),
                lambda: self.desk.go("visit", visit.visit.id),
                name=f"{self.tr('Open')} {short_number(visit.visit)}",
            )
        )
        return line

    def _storage(self, found: Today) -> Card:
        tr = self.tr
        card = Card(tr("Backup and storage"))
        backup = found.storage.backup_day
        said = tr("Backed up on {day}", day=backup) if backup else tr("Not backed up yet")
        for icon, text in (
            ("shield", said),
            ("drive", tr("{size} GB free", size=found.storage.free >> 30)),
        ):
            picture = QLabel()
            picture.setPixmap(self.look.pixmap(icon, 18, Tone.OK if backup else Tone.WARN))
            card.body.addLayout(row(picture, label(text, wrap=True), stretch=1))
        return card
