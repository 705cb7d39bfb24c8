"""Holidays and swapped working days: which are known, and a list of them taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector.operations.calendars import calendars, read_calendar
from inspector.operations.importing import read_bytes
from inspector.operations.places import set_calendar
from ui.choosing import chosen_file
from ui.messages import confirmed
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.entities import DayCalendar
    from inspector.operations.session import Session
    from ui.desk import Desk

#: Days by year: ISO date to "work" or "rest".
Years = dict[int, dict[str, str]]


class Swaps(QWidget):
    """They hold for every place: on a swapped day it is open or closed against its weekday."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.tr
        self.known = label("", Type.CAPTION, wrap=True)
        self.bring = button(
            desk.look, tr("Import a calendar"), self._choose, icon="calendar", extent="dense"
        )
        name = label(tr("Holidays and swapped working days"), Type.STRONG, wrap=True)
        self.setLayout(column(name, self.known, row(self.bring, None), spacing=tokens.XS))

    def show_known(self) -> None:
        """Read which days are known."""
        self._desk.read(self, calendars, self._show)

    def _show(self, found: list[DayCalendar]) -> None:
        retone(self.known, None)
        years = {each.year: each.days for each in found}
        self.known.setText(self._told(years) or self._desk.tr("None are known."))

    def _told(self, years: Mapping[int, Mapping[str, str]]) -> str:
        tr = self._desk.tr
        return "\n".join(
            tr(
                "{year}: {rest} days off, {work} swapped working days",
                year=year,
                rest=sum(word == "rest" for word in days.values()),
                work=sum(word == "work" for word in days.values()),
            )
            for year, days in sorted(years.items())
        )

    def _choose(self) -> None:
        path = chosen_file(
            self, self._desk.tr("Import a calendar"), Path.home(), "XLSX, CSV (*.xlsx *.csv)"
        )
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a list away from the record."""
        self._desk.papers.run(
            self,
            lambda _progress: read_calendar(read_bytes(path)),
            partial(self._offer, path),
            failed=self._refused,
        )

    def _offer(self, path: Path, years: Years) -> None:
        """Say what the list holds, and store it if that is wanted."""
        tr = self._desk.tr
        text = tr("It replaces what is recorded of these years:") + "\n" + self._told(years)
        if years and confirmed(self._desk, self, path.name, text, tr("Import")):
            self._desk.act(self, partial(_stored, years=years), self._done, self._refused)

    def _done(self, _none: None) -> None:
        self._desk.say(self._desk.tr("The calendar is imported."))
        self.show_known()

    def _refused(self, error: Exception) -> None:
        """Say why the list cannot be used."""
        if not self._desk.foresaw(error):
            return
        self.known.setText(error.text(self._desk.tr))
        retone(self.known, Tone.DANGER)


def _stored(session: Session, years: Years) -> None:
    for year, days in sorted(years.items()):
        set_calendar(session, "", year, days, "")
