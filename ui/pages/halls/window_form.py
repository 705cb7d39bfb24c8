"""One window of a place: what its sign says, where it stands, what it does, who covers it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from inspector.base.errors import MingchaError
from inspector.domain.hours_text import parse_text, to_text
from inspector.domain.schedules import parse, to_json
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.showing import Showing
from ui.widgets.surfaces import Card, row
from ui.widgets.text import label
from ui.widgets.typed import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.entities import Window
    from ui.desk import Desk

_BETWEEN = re.compile(r"[;；、\n]")


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in the form when it was to be saved.

    window: its id, "" for a new one; values: the fields as they were typed; turn: which showing of
    a window in the form it was.
    """

    window: str
    fields: dict[str, Any]
    values: tuple[str, ...]
    turn: int


class WindowForm(Card):
    """A window to be changed, or a new one."""

    #: What was typed is to be saved: `Draft`.
    wanted = Signal(object)
    #: What was typed is not wanted any more; the form is as it was before.
    discarded = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("New window"))
        self._desk = desk
        self._window: Window | None = None
        tr = desk.tr
        self.number, self.label, self.floor, self.zone = (QLineEdit() for _ in range(4))
        self.matters, self.hours = QLineEdit(), QLineEdit()
        self.covered = Choice(tr("Covered by"))
        self.numbered = Labelled(tr("Number"), self.number)
        self.timed = Labelled(tr("Own hours"), self.hours, tr("Empty: as the place."))
        self.save = button(desk.look, tr("Save"), self._save, kind="primary", icon="check")
        self.discard = button(desk.look, tr("Discard"), self._discard, kind="text")
        #: Asks, where one would go on to another window.
        self.asked = label("", Type.CAPTION, tone=Tone.WARN, wrap=True)
        self._others: Sequence[Window] = ()
        self._showing = Showing(self._values)
        for field in (self.number, self.label, self.floor, self.zone, self.matters, self.hours):
            field.returnPressed.connect(self._save)
        lines = (
            row(self.numbered, Labelled(tr("Label"), self.label), stretch=1),
            row(Labelled(tr("Floor"), self.floor), Labelled(tr("Zone"), self.zone)),
            row(Labelled(tr("Covered by"), self.covered)),
            row(Labelled(tr("Matters"), self.matters, tr("Separated by semicolons."))),
            row(self.timed),
        )
        self.number.setMaximumWidth(round(110 * desk.look.scale))
        for line in lines:
            self.body.addLayout(line)
        self.body.setSpacing(tokens.M)
        self.body.addWidget(self.asked)
        self.body.addLayout(row(None, self.discard, self.save))
        self._settle()

    @property
    def shown(self) -> Window | None:
        """The window as it was when the form was filled, None for a new one."""
        return self._window

    @property
    def is_changed(self) -> bool:
        """Whether something was typed or chosen that is not saved."""
        return self._showing.is_changed

    def keep(self, saved: Window, draft: Draft) -> bool:
        """Take what stood here as `draft` for saved, as `saved`; what was typed since stays.

        False where it was discarded meanwhile: another showing stands here, which nothing changes.
        """
        if not self._showing.is_at(draft.turn):
            return False
        if self._window is None:
            self._name(saved)
        self._window = saved
        # The number of a window that exists cannot be typed.
        self._showing.take((self.number.text(), *draft.values[1:]))
        if not self.is_changed:
            settle(self)
        self._calm()
        return True

    def _settle(self) -> None:
        """Take what stands here for what is recorded."""
        self._showing.begin()
        settle(self)
        self._calm()

    def ask(self) -> None:
        """Ask whether what stands here is to be saved before one goes on."""
        tr, name = self._desk.tr, self.title.text()
        self.asked.setText(tr("{title}: save or discard what is typed, then go on.", title=name))
        self.asked.show()
        self.discard.show()
        self.save.setFocus()

    def _values(self) -> tuple[str, ...]:
        fields = (self.number, self.label, self.floor, self.zone, self.matters, self.hours)
        return (*(field.text() for field in fields), self.covered.currentData() or "")

    def _discard(self) -> None:
        if self._window is None:
            self.begin()
        else:
            self.fill(self._window, self._others)
        self.discarded.emit()

    def begin(self) -> None:
        """Offer an empty form for a new window."""
        self._window = None
        self.title.setText(self._desk.tr("New window"))
        for field in (self.number, self.label, self.zone, self.matters, self.hours):
            field.clear()
        self._offer((), "")
        self.number.setEnabled(True)
        self._settle()

    def fill(self, window: Window, others: Sequence[Window]) -> None:
        """Offer a window to be changed; it may be covered by one of the others."""
        self._window, self._others = window, others
        self._name(window)
        self.label.setText(window.label)
        self.floor.setText(window.floor)
        self.zone.setText(window.zone)
        self.matters.setText("；".join(window.matters))
        self.hours.setText(to_text(parse(window.hours), self._desk.lang))
        self._offer(others, window.covered_by or "")
        self._settle()

    def _name(self, window: Window) -> None:
        """Say which window it is. A table, and visits on other laptops, know it by its number."""
        self.title.setText(self._desk.tr("Window {number}", number=window.number or window.label))
        self.number.setText(window.number)
        self.number.setEnabled(False)

    def _offer(self, others: Sequence[Window], chosen: str) -> None:
        self.covered.clear()
        self.covered.addItem(self._desk.tr("Nobody"), "")
        for each in others:
            if self._window is None or each.id != self._window.id:
                words = " ".join(part for part in (each.number, each.label) if part)
                self.covered.addItem(words, each.id)
        self.covered.setCurrentIndex(max(0, self.covered.findData(chosen)))

    def _calm(self) -> None:
        self.numbered.say("")
        self.timed.say(self._desk.tr("Empty: as the place."))
        self.asked.hide()
        self.discard.hide()

    def say(self, error: MingchaError) -> None:
        """Say at its field why it was not saved."""
        at = self.timed if error.code.startswith("hours") else self.numbered
        at.say(error.text(self._desk.tr), wrong=True)

    def _save(self) -> None:
        self._calm()
        try:
            hours = to_json(parse_text(self.hours.text()))
        except MingchaError as error:
            self.say(error)
            return
        parts = (part.strip() for part in _BETWEEN.split(self.matters.text()))
        fields: dict[str, Any] = {
            "label": self.label.text(),
            "floor": self.floor.text(),
            "zone": self.zone.text(),
            "matters": tuple(dict.fromkeys(part for part in parts if part)),
            "covered_by": self.covered.currentData() or None,
            "hours": hours,
        }
        if self._window is None:
            fields["number"] = self.number.text()
        window = self._window.id if self._window else ""
        self.wanted.emit(Draft(window, fields, self._showing.typed, self._showing.turn))
