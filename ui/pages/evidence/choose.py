"""Which visit's photographs: asked where none is named and not exactly one is going on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector.domain.numbers import bare_number
from inspector.domain.terms import term
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import Elided, Line

if TYPE_CHECKING:
    from inspector.operations.today import Stop, Today
    from ui.desk import Desk


class Choose(QWidget):
    """A plain list: visits that go on, are prepared, or were finished lately."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines = column(spacing=tokens.S)
        card = Card(desk.tr("Photographs of which visit?"))
        every = button(desk.look, desk.tr("All visits"), lambda: desk.go("visits"), kind="text")
        card.head.addStretch(1)
        card.head.addWidget(every)
        card.body.addLayout(self._lines)
        inside = QWidget()
        inside.setLayout(column(card, None, margins=tokens.XL))
        self.setLayout(column(scrolled(inside)))

    def show_today(self, found: Today) -> None:
        """Show the visits that may be meant."""
        cleared(self._lines)
        tr = self._desk.tr
        stops = (*found.running, *found.prepared, *found.finished)
        for stop in stops:
            self._lines.addWidget(self._line(stop))
            self._lines.addWidget(Line())
        if not stops:
            self._lines.addWidget(
                Nothing(
                    self._desk.look,
                    "evidence",
                    tr("No visit has photographs yet"),
                    tr("Prepare a visit, then bring its photographs in here."),
                    tr("New visit"),
                    lambda: self._desk.go("new_visit"),
                )
            )

    def _line(self, stop: Stop) -> QWidget:
        desk, tr = self._desk, self._desk.tr
        number = bare_number(stop.visit)
        name = " · ".join(part for part in (number, stop.hall.code) if part)
        counted = tr("{count} files", count=stop.files)
        about = Elided(f"{term(stop.phase, desk.lang)} · {counted}", Type.CAPTION)
        words = column(Elided(name, Type.STRONG), about, spacing=2)
        go = button(
            desk.look,
            tr("Open"),
            partial(desk.go, "evidence", stop.visit.id),
            name=f"{tr('Open')} {number}",
        )
        layout = row(spacing=tokens.L)
        layout.addLayout(words, 1)
        layout.addWidget(go)
        line = QWidget()
        line.setLayout(layout)
        return line
