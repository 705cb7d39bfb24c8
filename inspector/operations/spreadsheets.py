"""Spreadsheets from outside, read as text; and the guard for cells that go out.

A file is data from strangers: its size, its rows and what it would unpack to are bounded before
anything is parsed, formulas are never computed, and a cell is only ever text.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time
from itertools import repeat
from operator import is_
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.limits import normal
from inspector.domain.tables import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 50 * 1024 * 1024
#: Rows of one sheet, blank ones included.
MAX_ROWS = 50_000
MAX_COLUMNS = 200
#: What a workbook may unpack to, and of how many parts it may consist.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 2_000

#: What openpyxl calls a cell whose formula was computed to an empty text.
_EMPTY_TEXT = "str"

_ZIP = b"PK\x03\x04"
_LEGACY = b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def neutral_cell(text: str) -> str:
    """Return `text` as a cell that no spreadsheet program takes for a formula.

    A leading apostrophe is set before = + - @ TAB CR LF and the full-width forms, also behind
    blanks (OWASP, CSV injection) and behind apostrophes, so that `plain_cell` gives `text` back.
    """
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def plain_cell(text: str) -> str:
    """Return what a cell says without the apostrophe that `neutral_cell` sets."""
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text: str) -> bool:
    return bool(_FORMULA_STARTS & set(text[:1] + text.lstrip()[:1]))


def read_tables(data: bytes) -> tuple[Table, ...]:
    """Return the sheets of an XLSX workbook, or the one table of a CSV file.

    CSV may be UTF-8, UTF-16 with mark or GB18030, separated by comma, semicolon or tab. Sheets
    without a header are left out. Raises MingchaError `table_too_large`, `table_too_many_rows`,
    `table_too_many_columns`, `table_legacy`, `table_encoding`, `table_unreadable`, `table_empty`,
    or `cell_without_value` for a header that is a formula nobody computed.
    """
    if len(data) > MAX_BYTES:
        raise MingchaError("table_too_large", limit_mb=MAX_BYTES // 2**20)
    if data.startswith(_LEGACY):
        raise MingchaError("table_legacy")
    tables = _workbook(data) if data.startswith(_ZIP) else [_table("", _csv_rows(data))]
    found = tuple(table for table in tables if table is not None)
    if not found:
        raise MingchaError("table_empty")
    return found


class _Unvalued(str):
    """An empty cell with a formula whose value was never computed, and its name (“C4”)."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> _Unvalued:
        """Return the empty text that knows its cell."""
        made = super().__new__(cls)
        made.name = name
        return made


def _table(sheet: str, rows: Iterable[list[str]]) -> Table | None:
    """Return the table below the first row that is not blank; None if all rows are blank."""
    header: list[str] | None = None
    body: list[TableRow] = []
    for number, cells in enumerate(rows, start=1):
        if number > MAX_ROWS + 1:
            raise MingchaError("table_too_many_rows", limit=MAX_ROWS)
        unvalued = [cell for cell in cells if isinstance(cell, _Unvalued)]
        if not any(cells) and not unvalued:
            continue
        if header is None:
            header = cells
            if unvalued:
                raise MingchaError("cell_without_value", cell=unvalued[0].name)
        else:
            named = {name: cell for name, cell in zip(header, cells, strict=False) if name}
            lacking = {name: c.name for name, c in named.items() if isinstance(c, _Unvalued)}
            body.append(TableRow(number, named, lacking))
    if header is None:
        return None
    if len(header) > MAX_COLUMNS:
        raise MingchaError("table_too_many_columns", limit=MAX_COLUMNS)
    return Table(sheet, tuple(name for name in header if name), tuple(body))


def _csv_rows(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_tidy(cell) for cell in row]
    except csv.Error as error:
        raise MingchaError("table_unreadable") from error


def _decoded(data: bytes) -> str:
    """Return the text of a CSV file; office programs in China still write GB18030."""
    encodings = ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise MingchaError("table_encoding")


def _workbook(data: bytes) -> list[Table | None]:
    # openpyxl takes 0.2 s to import and only this function needs it.
    import openpyxl

    try:
        _check_parts(data)
        # One sees the values that were computed, the other the formulas themselves.
        book, formulas = (
            openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values)
            for values in (True, False)
        )
        pairs = zip(book.worksheets, formulas.worksheets, strict=True)
        tables = [_table(sheet.title, _sheet_rows(sheet, other)) for sheet, other in pairs]
        book.close()
        formulas.close()
    except MingchaError:
        raise
    except Exception as error:  # a crafted workbook can make openpyxl raise anything
        raise MingchaError("table_unreadable") from error
    return tables


def _check_parts(data: bytes) -> None:
    """Refuse a workbook that would unpack to too much, or that defines XML entities.

    zipfile never reads beyond the size a part declares, so the declared sizes bound the work.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise MingchaError("table_too_large", limit_mb=MAX_BYTES // 2**20)
        for part in parts:
            with archive.open(part) as opened:
                if b"<!DOCTYPE" in opened.read(4096):
                    raise MingchaError("table_unreadable")


def _sheet_rows(sheet: Any, formulas: Any) -> Iterator[list[str]]:
    rows = (_raw_rows(each) for each in (sheet, formulas))
    blank: tuple[Any, ...] = (None, None)
    for row in zip(*rows, strict=True):
        if row[0] is blank[0] and row[1] is blank[1]:
            yield []  # the same rows of nothing, thousands of times
            continue
        end = max(_end(each) for each in row)
        if not end:
            blank = row
        pairs = zip(*(each[:end] for each in row), strict=True)
        cells = [_cell_text(cell, formula) for cell, formula in pairs]
        while cells and not cells[-1] and not isinstance(cells[-1], _Unvalued):
            cells.pop()
        yield cells


def _end(row: tuple[Any, ...]) -> int:
    """Return how many cells a row has, without those that only fill it up to the last column."""
    from openpyxl.cell.read_only import EMPTY_CELL

    end = len(row)
    if all(map(is_, row, repeat(EMPTY_CELL))):
        return 0
    while row[end - 1] is EMPTY_CELL:
        end -= 1
    return end


def _raw_rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # The dimensions a sheet declares may be wrong in either direction: read what is there.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1)
    return rows


def _cell_text(cell: Any, formula: Any) -> str:
    """Return what a person sees in the cell, as far as it matters: "05" stays "05"."""
    if formula.data_type == "f" and cell.value is None and cell.data_type != _EMPTY_TEXT:
        return _Unvalued(formula.coordinate)
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        padded = set(cell.number_format or "") == {"0"}
        return str(value).zfill(len(cell.number_format)) if padded else str(value)
    return _tidy(str(value))


def _tidy(text: str) -> str:
    return plain_cell(normal(text).strip()).strip()
