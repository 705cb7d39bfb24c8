"""Reading a list of holidays and swapped working days, as offices keep it in a spreadsheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.operations.spreadsheets import read_tables

if TYPE_CHECKING:
    from inspector.domain.tables import Table

_DATE = ("date", "日期")
_KIND = ("day", "kind", "类型", "安排")
_WORDS = {
    **dict.fromkeys(("work", "上班", "工作日", "补班", "调休上班", "班"), "work"),
    **dict.fromkeys(("rest", "休息", "放假", "节假日", "休", "假"), "rest"),
}


def read_calendar(data: bytes) -> dict[int, dict[str, str]]:
    """Return by year what an XLSX or CSV list says: ISO date to "work" or "rest".

    Raises the errors of `spreadsheets.read_tables`, MingchaError `catalogue_column_missing`,
    `cell_without_value`, or `catalogue_value_unknown` for a cell that is no date or neither work
    nor rest.
    """
    table = read_tables(data)[0]
    dates, kinds = _column(table, _DATE), _column(table, _KIND)
    years: dict[int, dict[str, str]] = {}
    for row in table.rows:
        text, word = row.text(dates), row.text(kinds)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise _unknown(row.number, dates, text) from None
        if word.casefold() not in _WORDS:
            raise _unknown(row.number, kinds, word)
        years.setdefault(day.year, {})[day.isoformat()] = _WORDS[word.casefold()]
    return years


def _column(table: Table, names: tuple[str, ...]) -> str:
    for header in table.header:
        if header.casefold() in names:
            return header
    needed = ", ".join((_DATE[0], _KIND[0]))
    raise MingchaError("catalogue_column_missing", column="/".join(names), columns=needed)


def _unknown(row: int, column: str, value: str) -> MingchaError:
    return MingchaError("catalogue_value_unknown", row=row, column=column, value=value)
