"""Which visit's photographs: asked where none is named and not exactly one is going on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector.domain.numbers import bare_number
from inspector.domain.terms import term
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.surfaces import Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import label

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
        card.body.addLayout(self._lines)
        every = button(desk.look, desk.tr("All visits"), lambda: desk.go("visits"), kind="text")
        card.body.addLayout(row(every, None))
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
        tr = self._desk.tr
        number = bare_number(stop.visit)
        name = " · ".join(
            part for part in (number, stop.hall.code, term(stop.phase, self._desk.lang)) if part
        )
        go = button(
            self._desk.look,
            name,
            partial(self._desk.go, "evidence", stop.visit.id),
            icon="evidence",
            extent="touch",
        )
        line = QWidget()
        counted = tr("{count} files", count=stop.files)
        line.setLayout(row(go, label(counted), None, spacing=tokens.L))
        return line
