"""What narrows the register of findings."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import QWidget

from inspector.base.i18n import N_
from inspector.domain.terms import SEVERITIES, TERMS, severity_name, title_of
from inspector.domain.vocabulary import Phase
from inspector.operations.registers import FindingFilter
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.choice import Choice
from ui.widgets.fields import DayField, filter_field
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.domain.entities import Hall
    from inspector.operations.registers import FindingChoices
    from ui.desk import Desk

#: Typing narrows once it rests this long. Milliseconds.
REST_MS = 250
#: Periods by name: days before today, None while both ends are chosen by hand.
_ANY, _BETWEEN = "", "between"
_PERIODS: tuple[tuple[str, str, int], ...] = (
    ("today", N_("Today"), 0),
    ("week", N_("Last 7 days"), 6),
    ("month", N_("Last 30 days"), 29),
)
_YEAR = "year"
_UNNAMED = "-"


class Filters(QWidget):
    """Fields in two lines. Whatever is changed narrows at once."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.tr
        self._desk = desk
        self._today = date(1970, 1, 1)
        self._visit = ""
        self.text = filter_field(tr("Filter"), tr("Words or number (Ctrl+F)"))
        self.period = Choice(tr("Period"))
        self.since, self.until = DayField(tr("From")), DayField(tr("To"))
        self.place = Choice(tr("Place or organisation"))
        self.category = Choice(tr("Category"))
        self.severity = Choice(tr("Severity"))
        self.phase = Choice(tr("State of the visit"))
        self.windowless = CheckBox(tr("No window"))
        self.clear = button(desk.look, tr("Clear"), self.reset, kind="text", icon="close")
        self._fill_fixed()
        #: What stands at the end of the first line.
        self.end = row(spacing=tokens.S)
        self._between = QWidget()
        self._lay_out()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell)
        self.text.textChanged.connect(lambda _text: self._rest.start())
        for box in (self.period, self.place, self.category, self.severity, self.phase):
            box.currentIndexChanged.connect(self._tell)
        for day in (self.since, self.until):
            day.dateChanged.connect(self._tell)
        self.windowless.toggled.connect(self._tell)
        self._arrange()

    # -- parts -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        tr = self._desk.tr
        first = row(self.text, self.period, self.place)
        for place, share in enumerate((4, 2, 3)):
            first.setStretch(place, share)
        first.addLayout(self.end)
        second = row(self.category, self.severity, self.phase, self.windowless, self.clear)
        for place, share in enumerate((4, 2, 2)):
            second.setStretch(place, share)
        self._between.setLayout(
            row(label(tr("From")), self.since, label(tr("To")), self.until, None)
        )
        self.setLayout(column(first, self._between, second, spacing=tokens.S))

    def _fill_fixed(self) -> None:
        tr, lang = self._desk.tr, self._desk.lang
        self.period.addItem(tr("Any time"), _ANY)
        for name, words, _days in _PERIODS:
            self.period.addItem(tr(words), name)
        self.period.addItem(tr("This year"), _YEAR)
        self.period.addItem(tr("Choose days"), _BETWEEN)
        self.severity.addItem(tr("Any severity"), None)
        for severity in SEVERITIES:
            self.severity.addItem(severity_name(severity, lang), severity)
        self.phase.addItem(tr("Any state"), None)
        for phase in TERMS[Phase]:
            self.phase.addItem(title_of(phase, lang), phase)
        self.place.addItem(tr("All places"), None)
        self.category.addItem(tr("All categories"), "")

    # -- what can be chosen ----------------------------------------------------------------

    def offer(self, found: FindingChoices) -> None:
        """Offer places, units and categories; what is chosen stays chosen."""
        tr, lang = self._desk.tr, self._desk.lang
        if self._today != found.today:
            self._today = found.today
            for day in (self.since, self.until):
                self._quietly(day, partial(day.setDate, _q(found.today)))
        places: list[tuple[str, object]] = [(tr("All places"), None)]
        places += ((_place_name(h, covert=found.covert), ("hall", h.id)) for h in found.halls)
        if not found.covert:
            places += (
                (tr("Organisation: {name}", name=u.name), ("unit", u.id)) for u in found.units
            )
        self._refill(self.place, places)
        categories: list[tuple[str, object]] = [(tr("All categories"), "")]
        categories.append((tr("Without a category"), _UNNAMED))
        categories += ((s.zh if lang == "zh" else s.en, s.code) for s in found.situations)
        self._refill(self.category, categories)

    def _refill(self, box: Choice, items: list[tuple[str, object]]) -> None:
        chosen = box.currentData()

        def fill() -> None:
            box.clear()
            for words, value in items:
                box.addItem(words, value)
            box.setCurrentIndex(max(0, _index(box, chosen)))

        self._quietly(box, fill)

    def _quietly(self, widget: QWidget, change: Callable[[], object]) -> None:
        widget.blockSignals(True)
        change()
        widget.blockSignals(False)

    # -- what is chosen --------------------------------------------------------------------

    @property
    def wanted(self) -> FindingFilter:
        """What is wanted."""
        since, until = self._days()
        kind, place = self.place.currentData() or ("", "")
        category = self.category.currentData() or ""
        return FindingFilter(
            text=self.text.text().strip(),
            since=since,
            until=until,
            hall=place if kind == "hall" else "",
            unit=place if kind == "unit" else "",
            visit=self._visit,
            situation="" if category == _UNNAMED else category,
            unnamed=category == _UNNAMED,
            severity=self.severity.currentData(),
            phase=self.phase.currentData(),
            windowless=self.windowless.isChecked(),
        )

    def _days(self) -> tuple[date | None, date | None]:
        chosen = self.period.currentData()
        if chosen == _BETWEEN:
            days = (self.since.date(), self.until.date())
            first, last = (date(day.year(), day.month(), day.day()) for day in days)
            return first, last
        if chosen == _YEAR:
            return date(self._today.year, 1, 1), None
        back = {name: days for name, _words, days in _PERIODS}
        if chosen not in back:
            return None, None
        return self._today - timedelta(days=back[chosen]), None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.wanted != FindingFilter()

    def want(self, only: FindingFilter) -> None:
        """Want a visit, a place or findings without a category, and nothing else."""
        self._set(only)

    def reset(self) -> None:
        """Narrow nothing any more."""
        self._set(FindingFilter())
        self.changed.emit()

    def _set(self, only: FindingFilter) -> None:
        boxes = (self.period, self.place, self.category, self.severity, self.phase)
        for widget in (*boxes, self.text, self.windowless):
            widget.blockSignals(True)
        self._visit = only.visit
        self.text.setText(only.text)
        self.period.setCurrentIndex(0)
        # A place that has not been read yet is offered by its id until it is.
        hall = ("hall", only.hall) if only.hall else None
        if hall and _index(self.place, hall) < 0:
            self.place.addItem(only.hall, hall)
        self.place.setCurrentIndex(_index(self.place, hall))
        if only.unnamed and _index(self.category, _UNNAMED) < 0:
            self.category.addItem(self._desk.tr("Without a category"), _UNNAMED)
        self.category.setCurrentIndex(_index(self.category, _UNNAMED if only.unnamed else ""))
        self.severity.setCurrentIndex(0)
        self.phase.setCurrentIndex(0)
        self.windowless.setChecked(only.windowless)
        for widget in (*boxes, self.text, self.windowless):
            widget.blockSignals(False)
        self._arrange()

    def _tell(self) -> None:
        self._rest.stop()
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        self._between.setVisible(self.period.currentData() == _BETWEEN)
        self.clear.setVisible(self.is_narrowed)


def _index(box: Choice, value: object) -> int:
    return next((n for n in range(box.count()) if box.itemData(n) == value), -1)


def _q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _place_name(hall: Hall, *, covert: bool) -> str:
    if covert:
        return hall.code or "–"
    return " ".join(part for part in (hall.code, hall.name) if part)
