"""A place with its history: how often it was visited, what was found there, its windows."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from inspector.domain.floor_text import floor_name
from inspector.domain.hours_text import to_text
from inspector.domain.numbers import bare_number
from inspector.domain.schedules import parse
from inspector.domain.terms import term, title_of
from ui.models.halls import NONE
from ui.pages.halls.form import spans_text
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.chosen import ChosenPane
from ui.widgets.surfaces import Badge, column, row
from ui.widgets.text import Elided, Line, label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from inspector.operations.hall_history import HallHistory, HallVisit
    from ui.desk import Desk

#: Categories and visits that are listed; the register of findings and the list of visits have all.
_MOST = 6


class Overview(ChosenPane):
    """What is known of the chosen place, made anew for each."""

    edited = Signal()
    planned = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self._desk = desk
        self.shown: HallHistory | None = None
        look, tr = desk.look, desk.tr
        self.edit = button(look, tr("Edit (F2)"), self.edited.emit, icon="pencil")
        self.plan = button(look, tr("Windows (F4)"), self.planned.emit, icon="window")
        self.set_feet(row(self.plan, self.edit, stretch=0))
        self.show_nothing()

    def show_nothing(self) -> None:
        """No place is chosen."""
        self.shown = None
        tr = self._desk.tr
        words = tr("Choose a place to see its visits, windows and findings.")
        self.say_nothing("hall", tr("Nothing chosen"), words)

    def show_history(self, found: HallHistory) -> None:
        """Show a place; by its code while a covert part is going on."""
        self.shown = found
        self.begin()
        tr, lang, hall = self._desk.tr, self._desk.lang, found.hall
        title = hall.code or NONE if found.covert else hall.name
        sorts = (title_of(hall.kind, lang), title_of(hall.level, lang))
        badges = row(*(Badge(self._desk.look, words) for words in sorts), None)
        self.parts.addWidget(label(title, Type.SECTION, wrap=True, selectable=True))
        self.parts.addLayout(badges)
        self.parts.addLayout(self._visited(found))
        hours = to_text(parse(hall.hours), lang).replace("；", "\n").replace("; ", "\n")
        facts = (
            (tr("The same place as"), self._same(found)),
            (tr("Code"), "" if found.covert else hall.code),
            (tr("Organisation"), "" if found.covert else found.unit),
            (tr("Address"), "" if found.covert else hall.address),
            (tr("Opening hours"), hours or tr("not recorded")),
            (tr("Open today"), spans_text(found.today, tr("closed")) if hall.hours else ""),
            (tr("Windows"), self._windows(found)),
        )
        for name, text in facts:
            if text:
                self.add_fact(name, text)
        self._findings(found)
        self._visits(found)
        self.end()

    def _same(self, found: HallHistory) -> str:
        """Name the places that are said to be the same; by code while a covert part goes on."""
        names = (
            each.code or NONE if found.covert else " ".join(filter(None, (each.code, each.name)))
            for each in found.same
        )
        return "\n".join(names)

    def _visited(self, found: HallHistory) -> QHBoxLayout:
        """Say how often it was visited this year; a place nobody visited has no figure."""
        tr = self._desk.tr
        figure = label(str(found.this_year) if found.this_year else NONE, Type.FIGURE)
        words = tr("visits this year") if found.this_year else tr("not visited this year")
        if found.this_year == 1:
            words = tr("visit this year")
        last = tr("Last visit: {day}", day=found.last) if found.last else tr("Nobody was there yet")
        whole = row(figure, spacing=tokens.M)
        whole.addLayout(column(label(words, Type.STRONG), label(last, Type.CAPTION), spacing=0), 1)
        return whole

    def _windows(self, found: HallHistory) -> str:
        tr = self._desk.tr
        if not found.windows:
            return tr("none recorded")
        floors = Counter(window.floor for window in found.windows)
        parts = (
            tr("{floor}: {count}", floor=floor_name(floor, tr), count=count)
            for floor, count in floors.items()
            if floor
        )
        count = tr("{count} windows", count=len(found.windows))
        return " · ".join((count, *parts))

    def _findings(self, found: HallHistory) -> None:
        tr, lang = self._desk.tr, self._desk.lang
        self.parts.addWidget(Line())
        head = label(tr("Findings: {count}", count=found.findings or NONE), Type.STRONG)
        hall = found.hall.id
        every = button(
            self._desk.look,
            tr("All findings"),
            lambda: self._desk.go("findings", hall=hall),
            kind="text",
            extent="dense",
        )
        self.parts.addLayout(row(head, None, every))
        every.setVisible(bool(found.findings))
        named = [((s.zh if lang == "zh" else s.en), count) for s, count in found.categories]
        if found.unnamed:
            named.append((tr("Without a category"), found.unnamed))
        for name, count in named[:_MOST]:
            line = row(Elided(name), label(str(count), Type.STRONG), stretch=0)
            self.parts.addLayout(line)
        if len(named) > _MOST:
            more = tr("and {count} more categories", count=len(named) - _MOST)
            self.parts.addWidget(label(more, Type.CAPTION))

    def _visits(self, found: HallHistory) -> None:
        tr = self._desk.tr
        self.parts.addWidget(Line())
        self.parts.addWidget(
            label(tr("Visits: {count}", count=len(found.visits) or NONE), Type.STRONG)
        )
        for visit in found.visits[:_MOST]:
            self.parts.addLayout(self._visit(visit))
        if len(found.visits) > _MOST:
            more = tr("and {count} earlier visits", count=len(found.visits) - _MOST)
            self.parts.addWidget(label(more, Type.CAPTION))

    def _visit(self, each: HallVisit) -> QHBoxLayout:
        tr, lang = self._desk.tr, self._desk.lang
        number = bare_number(each.visit)
        opened = button(
            self._desk.look,
            number,
            partial(self._desk.go, "visit", each.visit.id),
            kind="text",
            extent="dense",
            name=tr("Open visit {number}", number=number),
        )
        when = each.day or term(each.phase, lang)
        found = tr("{count} findings", count=each.findings) if each.findings else ""
        words = Elided(" · ".join(part for part in (when, found) if part), Type.CAPTION)
        tone = Tone.OK if each.phase == "sealed" else Tone.NEUTRAL
        badge = Badge(self._desk.look, title_of(each.phase, lang), tone)
        return row(opened, words, badge, stretch=1)
