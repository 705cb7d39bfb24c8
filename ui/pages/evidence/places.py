"""Where a photograph belongs, and what it seems to belong to; a person confirms each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.operations.album import Item, Placed, State
from inspector.operations.placing import Suggestion, place_name, place_text
from ui.pages.evidence.strip import state_words
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import Badge, cleared, column, row
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton

    from inspector.domain.record import VisitRecord
    from ui.desk import Desk


class Places(QWidget):
    """The part of the facts that says where a photograph belongs."""

    #: A suggestion was confirmed: `Target`.
    picked = Signal(object)
    #: A placing is to be taken out: `Placed`.
    removed = Signal(object)
    #: The list of everything is asked for.
    listed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.suggested: tuple[Suggestion, ...] = ()
        #: The buttons of the suggestions, and those that take out of a place.
        self.offers: list[QPushButton] = []
        self.outs: list[QToolButton] = []
        self.state = Badge(desk.look, "")
        self.more = button(
            desk.look, desk.tr("Place at … (G)"), self.listed.emit, icon="link", extent="touch"
        )
        self._now = column(spacing=tokens.XS)
        self._offered = column(spacing=tokens.XS)
        head = row(label(desk.tr("Belongs to"), Type.SECTION), None, self.state)
        self.setLayout(column(head, self._now, self._offered, self.more, spacing=tokens.S))

    def show_item(
        self, record: VisitRecord, item: Item, suggested: Sequence[Suggestion], *, changeable: bool
    ) -> None:
        """Show where a photograph is placed; if that can be changed also what is suggested."""
        cleared(self._now)
        cleared(self._offered)
        self.offers, self.outs = [], []
        self.state.say(*state_words(item, self._desk.tr))
        for place in item.places:
            self._show_place(record, place, changeable=changeable)
        for use in item.used_for:
            self._now.addWidget(label(self._use(use), wrap=True))
        usable = changeable and item.state is not State.SET_ASIDE
        taken = {(each.kind, each.target) for each in item.places}
        self.suggested = tuple(
            each for each in suggested if usable and (each.target.kind, each.target.id) not in taken
        )
        if self.suggested:
            self._offered.addWidget(label(self._desk.tr("Seems to belong to"), Type.CAPTION))
        for number, each in enumerate(self.suggested, 1):
            self._offer(record, number, each, is_first=number == 1 and item.state is State.UNPLACED)
        if usable and not self.suggested and item.state is State.UNPLACED:
            self._offered.addWidget(label(self._why_none(item), Type.CAPTION, wrap=True))
        self.more.setVisible(usable)

    def _show_place(self, record: VisitRecord, place: Placed, *, changeable: bool) -> None:
        tr = self._desk.tr
        name = place_name(record, place.kind, place.target, tr)
        line: QHBoxLayout = row(label(name, Type.STRONG), None, spacing=tokens.XS)
        if changeable:
            out = icon_button(
                self._desk.look,
                "close",
                tr("Take out of {place}", place=name),
                partial(self.removed.emit, place),
            )
            out.setFixedSize(tokens.TOUCH, tokens.TOUCH)
            self.outs.append(out)
            line.addWidget(out)
        text = place_text(record, place.kind, place.target, tr)
        self._now.addLayout(line)
        if text:
            self._now.addWidget(Elided(text, Type.CAPTION))

    def _offer(self, record: VisitRecord, number: int, each: Suggestion, *, is_first: bool) -> None:
        tr, target = self._desk.tr, each.target
        name = place_name(record, target.kind, target.id, tr)
        reason, text = each.reason(tr), place_text(record, target.kind, target.id, tr)
        key = str(number) if self._desk.settings.single_keys else ""
        keys = " ".join(part for part in (key, "⏎" if is_first else "") if part)
        made = button(
            self._desk.look,
            f"{keys}   {name}" if keys else name,
            partial(self.picked.emit, target),
            extent="touch",
            name=tr("Place at {place}, {reason}", place=name, reason=reason),
        )
        self.offers.append(made)
        self._offered.addWidget(made)
        self._offered.addWidget(label(reason, Type.CAPTION, tone=Tone.INFO, wrap=True))
        if text:
            self._offered.addWidget(Elided(text, Type.CAPTION))

    def _use(self, noun: str) -> str:
        tr = self._desk.tr
        return {
            "clock_check": tr("Clock card: its camera's clock was measured by it"),
            "feedback": tr("Signed sheet of the feedback"),
            "confirmation": tr("Paper of a second person's confirmation"),
        }[noun]

    def _why_none(self, item: Item) -> str:
        tr = self._desk.tr
        if item.at is None:
            return tr("Nothing is suggested: when it was taken is not known.")
        return tr("Nothing was seen within five minutes of it. Choose from the list.")
