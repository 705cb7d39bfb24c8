"""One finding of the register: all that was recorded of it, and where to go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.clocktext import clock, iso_day, span
from inspector.domain.floor_text import floor_name
from inspector.domain.numbers import bare_number, finding_label
from inspector.domain.terms import severity_name, term, title_of
from ui.models.findings import NONE, category_in_full, entered, window_name
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.chosen import ChosenPane
from ui.widgets.surfaces import Badge, column, row
from ui.widgets.text import Line, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.domain.entities import Finding
    from inspector.operations.registers import FindingDetail
    from ui.desk import Desk


class DetailPane(ChosenPane):
    """What is known of the chosen finding, made anew for each."""

    def __init__(self, desk: Desk, amend: Callable[[], object]) -> None:
        super().__init__(desk.look)
        self._desk = desk
        self.shown: FindingDetail | None = None
        look, tr = desk.look, desk.tr
        self.visit = button(look, tr("Open visit"), self.open_visit, kind="primary", icon="visit")
        self.evidence = button(look, tr("Evidence"), self._open_evidence, icon="evidence")
        self.amend = button(look, tr("Amend (F2)"), amend, icon="pencil")
        going = row(self.visit, self.evidence, stretch=0)
        self.set_feet(column(going, self.amend, spacing=tokens.S))

    def show_nothing(self) -> None:
        """No finding is chosen."""
        self.shown = None
        tr = self._desk.tr
        words = tr("Choose a finding to see all that was recorded of it.")
        self.say_nothing("finding", tr("Nothing chosen"), words)

    def show_detail(self, found: FindingDetail, *, covert: bool) -> None:
        """Show a finding; while a covert part is going on its place is named by code."""
        self.shown = found
        self.begin()
        look, lang, tr = self._desk.look, self._desk.lang, self._desk.tr
        finding = found.row.finding
        grave = Tone.DANGER if finding.severity > 2 else Tone.NEUTRAL
        badges = row(
            Badge(look, severity_name(finding.severity, lang), grave),
            Badge(look, title_of(finding.outcome, lang)),
            None,
        )
        self.parts.addLayout(badges)
        self.parts.addWidget(label(finding_label(finding, lang), Type.SECTION, wrap=True))
        self.parts.addWidget(label(finding.text, wrap=True, selectable=True))
        self.parts.addWidget(Line())
        for name, text in self._facts(found, covert=covert):
            if text:
                self.add_fact(name, text)
        self._persons(found)
        self.amend.setVisible(found.may_amend)
        sealed = tr("Sealed, read-only. Add a supplement to correct it.")
        self.end("" if found.may_amend else sealed)

    def _facts(self, found: FindingDetail, *, covert: bool) -> tuple[tuple[str, str], ...]:
        lang, tr = self._desk.lang, self._desk.tr
        row_, finding = found.row, found.row.finding
        hall = row_.hall
        place = hall.code or NONE if covert else f"{hall.code} {hall.name}".strip()
        return (
            (tr("Place"), place),
            (tr("Window"), self._window(found)),
            (tr("Category"), category_in_full(row_, tr, lang)),
            (tr("Seen at"), self._seen(finding)),
            (tr("Seen by"), row_.observer or NONE),
            (tr("People waiting"), _number(finding.people_waiting)),
            (tr("Basis"), finding.basis),
            (tr("Rule"), finding.rule),
            (tr("Reason of the outcome"), finding.outcome_reason),
            (tr("Visit"), f"{bare_number(row_.visit)} · {term(row_.phase, lang)}"),
            (tr("Photographs"), str(row_.photos) if row_.photos else NONE),
            (tr("Entered"), self._entered(found)),
        )

    def _window(self, found: FindingDetail) -> str:
        window = found.row.window
        floor = floor_name(window.floor, self._desk.tr) if window else ""
        parts = (window.label, floor, window.zone) if window else ()
        name = window_name(found.row)
        return " · ".join((name, *(part for part in parts if part and part != name)))

    def _seen(self, finding: Finding) -> str:
        start, end, zone = finding.observed_from, finding.observed_to, finding.observed_zone
        if start is None:
            return NONE
        when = f"{iso_day(start, zone)} {clock(start, zone)}"
        if end is not None and end > start:
            when = f"{iso_day(start, zone)} {span(start, end, zone)}"
        return f"{when} · {term(finding.time_source, self._desk.lang)}"

    def _entered(self, found: FindingDetail) -> str:
        when = entered(found.row.finding)
        return " · ".join(part for part in (when, found.entered_by) if part)

    def _persons(self, found: FindingDetail) -> None:
        tr = self._desk.tr
        for person in found.persons:
            who = " ".join(part for part in (person.identity, person.identity_post) if part)
            words = tr("confirmed to be {name}", name=who) if who else tr("not identified")
            text = " · ".join(part for part in (person.description, words) if part)
            self.add_fact(tr("Person"), text)

    # -- going on ------------------------------------------------------------------------------

    def open_visit(self) -> None:
        """Go to the visit, to this finding."""
        if self.shown is not None:
            finding = self.shown.row.finding
            self._desk.go("visit", finding.visit, finding=finding.id)

    def _open_evidence(self) -> None:
        if self.shown is not None:
            finding = self.shown.row.finding
            self._desk.go("evidence", finding.visit, finding=finding.id)


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
