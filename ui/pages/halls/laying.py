"""Many windows at once: which numbers stand on which floor, in which zone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.domain.floor_text import floor_name
from inspector.operations.window_plan import MOST_WINDOWS, Span, next_floor, spans_of
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.fields import NumberField
from ui.widgets.surfaces import Card, cleared, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.entities import Window
    from ui.desk import Desk

#: Ranges that can be laid out together.
_MOST_LINES = 6
#: Room of a number, at 100 % text.
_NUMBER = 62


@dataclass(slots=True)
class _Line:
    """The fields of one range."""

    first: NumberField
    last: NumberField
    floor: QLineEdit
    zone: QLineEdit

    @property
    def span(self) -> Span:
        """What stands in the fields."""
        return Span(self.first.value(), self.last.value(), self.floor.text(), self.zone.text())


class Laying(Card):
    """Ranges of numbers, each with its floor and zone; all of them are one action."""

    #: The ranges are to be laid out: `tuple[Span, ...]`.
    wanted = Signal(tuple)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Many at once"))
        self._desk = desk
        tr, look = desk.tr, desk.look
        self.lines: list[_Line] = []
        self._offered: tuple[Span, ...] = ()
        self._ranges = column(spacing=tokens.S)
        self.more = button(look, tr("Another range"), self.add_line, kind="text", icon="plus")
        self.go = button(look, tr("Lay out"), self._go, kind="primary", icon="check")
        self._said = label("", Type.CAPTION, wrap=True)
        self.body.addWidget(label(tr("Windows from – to, floor, zone"), Type.CAPTION))
        self.body.addLayout(self._ranges)
        self.body.addWidget(self._said)
        self.body.addLayout(row(self.more, None, self.go))
        self.begin(())

    def begin(self, windows: Sequence[Window], typed: Sequence[Span] = ()) -> None:
        """Offer the ranges as they are laid out; one press changes nothing by accident.

        Where they are too many for the lines, one empty range is offered. `typed` are ranges that
        were typed here before and not laid out: they stand here again.
        """
        spans = spans_of(windows)
        self._put(spans if len(spans) <= _MOST_LINES else ())
        self._offered = self.spans
        if typed:
            self._put(typed)

    @property
    def is_changed(self) -> bool:
        """Whether ranges were typed that are not laid out."""
        return self.spans != self._offered

    def keep(self, laid_out: tuple[Span, ...]) -> None:
        """Take these ranges for what is recorded; what was typed since stays."""
        self._offered = laid_out

    def _put(self, spans: Sequence[Span]) -> None:
        cleared(self._ranges)
        self.lines.clear()
        for span in spans:
            self.add_line()
            line = self.lines[-1]
            line.first.setValue(span.first)
            line.last.setValue(span.last)
            line.floor.setText(span.floor)
            line.zone.setText(span.zone)
        if not self.lines:
            self.add_line()

    def add_line(self) -> None:
        """Offer another range, behind the last one."""
        if len(self.lines) == _MOST_LINES:
            return
        number = len(self.lines) + 1
        last = self.lines[-1].span if self.lines else None
        before = last.last if last else 0
        floor = next_floor(last.floor, last.zone) if last else "1"
        first = min(before + 1, MOST_WINDOWS)
        line = self._line(number)
        for spin in (line.first, line.last):
            spin.setValue(first)
            spin.valueChanged.connect(self._tell)
        line.floor.setText(floor)
        for field in (line.floor, line.zone):
            field.textChanged.connect(self._tell)
            field.returnPressed.connect(self._go)
        self.lines.append(line)
        self._ranges.addWidget(self._shown(line))
        self.more.setEnabled(len(self.lines) < _MOST_LINES)
        self._order_fields()
        self._tell()
        if number > 1:
            line.last.setFocus()
            line.last.selectAll()

    def _order_fields(self) -> None:
        """Let Tab go through the ranges first, then to the buttons that were made before them."""
        fields = [
            field for line in self.lines for field in (line.first, line.last, line.floor, line.zone)
        ]
        for before, after in pairwise((*fields, self.more, self.go)):
            QWidget.setTabOrder(before, after)

    def _line(self, number: int) -> _Line:
        tr = self._desk.tr
        line = _Line(NumberField(), NumberField(), QLineEdit(), QLineEdit())
        names = (
            tr("First window of range {number}", number=number),
            tr("Last window of range {number}", number=number),
            tr("Floor of range {number}", number=number),
            tr("Zone of range {number}", number=number),
        )
        fields = (line.first, line.last, line.floor, line.zone)
        for field, name in zip(fields, names, strict=True):
            field.setAccessibleName(name)
        for spin in (line.first, line.last):
            spin.setRange(1, MOST_WINDOWS)
            spin.setProperty("plain", "true")
            spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
            spin.setFixedWidth(round(_NUMBER * self._desk.look.scale))
        line.floor.setPlaceholderText(tr("Floor"))
        line.zone.setPlaceholderText(tr("Zone"))
        return line

    def _shown(self, line: _Line) -> QWidget:
        made = QWidget()
        layout = row(line.first, label("–"), line.last, line.floor, line.zone)
        layout.setStretch(3, 1)
        layout.setStretch(4, 1)
        made.setLayout(layout)
        return made

    @property
    def spans(self) -> tuple[Span, ...]:
        """The ranges as they stand."""
        return tuple(line.span for line in self.lines)

    def _tell(self) -> None:
        """Say what will be laid out."""
        tr = self._desk.tr
        parts = []
        for span in self.spans:
            places = (
                floor_name(span.floor, tr),
                tr("zone {name}", name=span.zone.strip()) if span.zone.strip() else "",
            )
            words = tr(
                "Windows {first} to {last} ({count})",
                first=span.first,
                last=span.last,
                count=max(0, span.last - span.first + 1),
            )
            parts.append(" · ".join(part for part in (words, *places) if part))
        self._said.setText("\n".join(parts))

    def _go(self) -> None:
        for line in self.lines:
            for spin in (line.first, line.last):
                spin.interpretText()
        self.wanted.emit(self.spans)
