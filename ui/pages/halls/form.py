"""The form of a place: a new one with its windows, or what is recorded of one."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.domain.entities import Hall, Unit
from inspector.domain.hours import open_spans, timetable
from inspector.domain.hours_text import parse_text, to_text
from inspector.domain.schedules import clock_of, parse, to_json
from inspector.domain.terms import TERMS, title_of
from inspector.domain.vocabulary import HallLevel, PlaceKind
from inspector.operations.places import add_hall, add_unit, numbered_windows
from inspector.operations.recording import get, void
from inspector.operations.withdrawing import edit_hall
from ui.messages import asked_text
from ui.pages.halls.swaps import Swaps
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.choice import Choice
from ui.widgets.fields import NumberField
from ui.widgets.labelled import Labelled
from ui.widgets.showing import Showing
from ui.widgets.surfaces import Banner, Card, cleared, column, row, scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import StrEnum

    from inspector.domain.schedules import Spans
    from inspector.operations.session import Session
    from ui.desk import Desk

_HOURS_HINT = N_("One entry on a line, as people write them: Mon-Fri 9:00-12:00 13:30-17:00")
_HOURS_HEIGHT = 92
#: What people put between floors.
_BETWEEN = "[,，、;；]"
#: What can be put into the field of the hours, in Chinese and English.
_EXAMPLES: tuple[tuple[str, str, str], ...] = (
    (
        N_("Weekdays with a noon break"),
        "周一至周五 9:00-12:00 13:30-17:00",
        "Mon-Fri 9:00-12:00 13:30-17:00",
    ),
    (
        N_("Other hours in a season"),
        "夏季(05-01..09-30) 周一至周五 9:00-12:00 14:30-17:30",
        "Summer(05-01..09-30) Mon-Fri 9:00-12:00 14:30-17:30",
    ),
    (N_("Saturday morning"), "周六 9:00-12:00", "Sat 9:00-12:00"),
    (N_("Market days"), "集日 逢2、5、8日 8:00-13:00", "market days ending 2,5,8 8:00-13:00"),
    (N_("Extended hours"), "延时 周三 17:00-19:00", "extended Wed 17:00-19:00"),
    (N_("Closed on one day"), "{day} 休息", "{day} closed"),
)
_HALL_FIELDS = ("name", "kind", "level", "unit", "address", "hours")


def spans_text(spans: Spans | None, closed: str) -> str:
    """Return hours of a day as 09:00–12:00 13:30–17:00."""
    parts = [f"{clock_of(span.start)}–{clock_of(span.end)}" for span in spans or ()]
    return " ".join(parts) or closed


class HallForm(Card):
    """What was typed stays until it is saved."""

    #: A place was saved (its id), or withdrawn (""), or nobody wants the form any more.
    saved = Signal(str)
    cancelled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("New place"))
        self._desk = desk
        self._hall: Hall | None = None
        self._showing = Showing(self._typed)
        self._day = date(1970, 1, 1)
        tr, look = desk.tr, desk.look
        self.name, self.code, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.floors = QLineEdit()
        self.hours = QPlainTextEdit()
        self.hours.setTabChangesFocus(True)
        self.hours.setFixedHeight(round(_HOURS_HEIGHT * look.scale))
        self.hours.textChanged.connect(self._tell_hours)
        self.windows = NumberField()
        self.windows.setRange(0, 500)
        self.windows.setProperty("plain", "true")
        self.windows.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.kind = self._terms(tr("Kind"), PlaceKind)
        self.level = self._terms(tr("Level"), HallLevel)
        self.unit = Choice(tr("Organisation"))
        words = tr("Add an organisation")
        self.new_unit = button(look, words, self._add_unit, icon="plus", extent="dense")
        self.swaps = Swaps(desk)
        self._notes = column(spacing=tokens.S)
        self.save = button(look, tr("Save"), self._save, kind="primary", icon="check")
        self.withdraw = button(look, tr("Withdraw"), self._withdraw, kind="danger")
        for field in (self.name, self.code, self.floors, self.address):
            field.returnPressed.connect(self.save.click)
        cancel = button(look, tr("Cancel"), self.cancelled.emit)
        self.body.addWidget(self._fields(), 1)
        self.body.addLayout(self._notes)
        self.body.addLayout(row(self.withdraw, None, cancel, self.save))

    # -- parts ---------------------------------------------------------------------------------

    def _terms(self, name: str, vocabulary: type[StrEnum]) -> Choice:
        made = Choice(name)
        for member in TERMS[vocabulary]:
            made.addItem(title_of(member, self._desk.lang), member)
        return made

    def _fields(self) -> QWidget:
        tr = self._desk.tr
        self.named = Labelled(tr("Name"), self.name)
        self.timed = Labelled(tr("Opening hours"), self.hours, tr(_HOURS_HINT))
        self.counted = Labelled(
            tr("How many windows"),
            self.windows,
            tr("Numbered 01, 02 … and spread over the floors."),
        )
        self.storeys = Labelled(tr("Floors"), self.floors, tr("Separated by commas: 1, 2"))
        parts = (
            self.named,
            Labelled(tr("Code"), self.code, tr("Shown instead of the name inside a hall.")),
            self.counted,
            self.storeys,
            Labelled(tr("Kind"), self.kind),
            Labelled(tr("Level"), self.level),
            Labelled(tr("Organisation"), self.unit),
            row(self.new_unit, None),
            Labelled(tr("Address"), self.address),
            self.timed,
            row(self._examples(), None),
            self.swaps,
        )
        inside = QWidget()
        fields = column(*parts, None, spacing=tokens.M)
        fields.setContentsMargins(0, 0, tokens.M, 0)
        inside.setLayout(fields)
        area = scrolled(inside)
        inside.setObjectName("panel")
        return area

    def _examples(self) -> QPushButton:
        look, tr, lang = self._desk.look, self._desk.tr, self._desk.lang
        made = button(look, tr("Add hours"), kind="secondary", icon="plus", extent="dense")
        menu = QMenu(made)
        for words, zh, en in _EXAMPLES:
            menu.addAction(tr(words), partial(self._insert, zh if lang == "zh" else en))
        made.setMenu(menu)
        return made

    def _insert(self, text: str) -> None:
        """Put an example on a line of its own, to be changed to what holds here."""
        before = self.hours.toPlainText().rstrip()
        line = text.format(day=self._day.isoformat())
        self.hours.setPlainText(f"{before}\n{line}" if before else line)
        self.hours.setFocus()

    # -- what is shown -------------------------------------------------------------------------

    def offer(self, units: Sequence[Unit], day: date) -> None:
        """Offer organisations; `day`: today."""
        self._day = day
        chosen = self.unit.currentData()
        self.unit.clear()
        self.unit.addItem(self._desk.tr("None"), None)
        for each in units:
            self.unit.addItem(each.name, each.id)
        self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))

    def _add_unit(self) -> None:
        """Ask for the name of an organisation that is not in the list, and choose it."""
        tr = self._desk.tr
        name = asked_text(
            self._desk,
            self,
            tr("Add an organisation"),
            tr("Its name as papers print it: the unit that runs the place."),
            tr("Save"),
        )
        if name:
            unit = Unit(id="", name=name)
            self._desk.act(self, lambda s: add_unit(s, unit), self._choose_unit, same="unit")

    def _choose_unit(self, unit: Unit) -> None:
        if self.unit.findData(unit.id) < 0:
            self.unit.addItem(unit.name, unit.id)
        self.unit.setCurrentIndex(self.unit.findData(unit.id))

    def begin(self) -> None:
        """Offer an empty form."""
        self._hall = None
        self.title.setText(self._desk.tr("New place"))
        for field in (self.name, self.code, self.address):
            field.clear()
        self.hours.clear()
        for box in (self.kind, self.level, self.unit):
            box.setCurrentIndex(0)
        self.windows.setValue(0)
        self.floors.setText("1")
        self._show_kind(new=True)
        self._showing.begin()
        self.name.setFocus()

    def fill(self, hall: Hall) -> None:
        """Offer a place to be changed."""
        self._name(hall)
        self.name.setText(hall.name)
        for box, value in ((self.kind, hall.kind), (self.level, hall.level)):
            box.setCurrentIndex(box.findData(value))
        self.unit.setCurrentIndex(max(0, self.unit.findData(hall.unit)))
        self.address.setText(hall.address)
        text = to_text(parse(hall.hours), self._desk.lang)
        self.hours.setPlainText(text.replace("；", "\n").replace("; ", "\n"))
        self._show_kind(new=False)
        self._showing.begin()
        self.name.setFocus()

    def _name(self, hall: Hall) -> None:
        """Say which place it is. A table recognises it by its code."""
        self._hall = hall
        self.title.setText(self._desk.tr("Edit the place"))
        self.code.setText(hall.code)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._showing.is_changed

    def _typed(self) -> dict[str, Any]:
        """What stands in the fields; the code and the windows are those of a new place only."""
        typed = {
            "name": self.name.text(),
            "address": self.address.text(),
            "hours": self.hours.toPlainText(),
            "kind": self.kind.currentData(),
            "level": self.level.currentData(),
            "unit": self.unit.currentData(),
        }
        if self._hall is None:
            typed |= {
                "code": self.code.text(),
                "floors": self.floors.text(),
                "windows": self.windows.value(),
            }
        return typed

    def _show_kind(self, *, new: bool) -> None:
        cleared(self._notes)
        self.named.say("")
        self.swaps.show_known()
        self._tell_hours()
        for part in (self.counted, self.storeys):
            part.setVisible(new)
        self.withdraw.setVisible(not new)
        self._allow(new=new)

    def _allow(self, *, new: bool) -> None:
        """Let be typed what is said of a new place alone, and once: not while it is being saved."""
        for field in (self.code, self.windows, self.floors):
            field.setEnabled(new)

    def _tell_hours(self) -> None:
        """Say what the hours mean today as long as they can be read."""
        tr = self._desk.tr
        text = self.hours.toPlainText()
        hint = tr(_HOURS_HINT)
        if text.strip():
            try:
                hours = to_json(parse_text(text))
            except MingchaError:
                self.timed.say(hint)
                return
            spans = open_spans(timetable(hours, {}, (), 0), self._day)
            hint = tr("Read as: today {hours}.", hours=spans_text(spans, tr("closed")))
        self.timed.say(hint)

    # -- saving --------------------------------------------------------------------------------

    def _save(self) -> None:
        """Save the place, and the windows of a new one."""
        self.named.say("")
        try:
            hours = to_json(parse_text(self.hours.toPlainText()))
        except MingchaError as error:
            self.timed.say(error.text(self._desk.tr), wrong=True)
            self.hours.setFocus()
            return
        hall = Hall(
            id=self._hall.id if self._hall else "",
            name=self.name.text(),
            code=self.code.text(),
            kind=self.kind.currentData(),
            level=self.level.currentData(),
            unit=self.unit.currentData(),
            address=self.address.text(),
            hours=hours,
        )
        floors = [each for each in re.split(_BETWEEN, self.floors.text()) if each.strip()]
        work = partial(_saved, hall=hall, count=self.windows.value(), floors=floors)
        turn = self._showing.turn
        told = partial(self._told, self._showing.typed, turn)
        failed = partial(self._failed, turn)
        self._allow(new=False)
        self._desk.act(self, work, told, failed, same=("save", turn))

    def _told(self, typed: dict[str, Any], turn: int, hall: Hall) -> None:
        """Close what was saved; what was typed since stays, of a place that now exists."""
        self._desk.say(self._desk.tr("The place is saved."))
        if not self._showing.is_at(turn):
            return  # the form was opened for another since
        if self._showing.typed == typed:
            self._showing.take(typed)
            self.saved.emit(hall.id)
            return
        self._name(hall)
        self._show_kind(new=False)
        self._showing.take({field: typed[field] for field in self._showing.typed})

    def _failed(self, turn: int, error: Exception) -> None:
        """Say why it was not saved; what is said once can be typed again."""
        if self._showing.is_at(turn):
            self._allow(new=self._hall is None)
        self._refused(error)

    def _refused(self, error: Exception) -> None:
        tr = self._desk.tr
        if not self._desk.foresaw(error):
            return
        if error.code == "name_missing":
            self.named.say(error.text(tr), wrong=True)
            self.name.setFocus()
        else:
            cleared(self._notes)
            banner = Banner(self._desk.look, error.text(tr), Tone.DANGER, "warning")
            self._notes.addWidget(banner)

    @property
    def refusals(self) -> int:
        """How many refusals stand below the fields."""
        return self._notes.count()

    def _withdraw(self) -> None:
        """Withdraw the place, with the reason."""
        tr, hall = self._desk.tr, self._hall
        if hall is None:
            return
        reason = asked_text(
            self._desk,
            self,
            tr("Withdraw the place"),
            tr("It can no longer be chosen. Its visits stay as they are. Why?"),
            tr("Withdraw"),
            about=hall.id,
        )
        if reason:
            self._desk.act(
                self,
                lambda session: void(session, Hall, hall.id, reason),
                lambda _done: self.saved.emit(""),
                self._refused,
            )


def _saved(session: Session, hall: Hall, count: int, floors: list[str]) -> Hall:
    """Add or change a place."""
    windows = numbered_windows(count, [floor.strip() for floor in floors])
    if not hall.id:
        return add_hall(session, hall, windows)
    edit_hall(session, hall.id, {name: getattr(hall, name) for name in _HALL_FIELDS})
    return get(session, Hall, hall.id)
