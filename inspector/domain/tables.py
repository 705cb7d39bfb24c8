"""Tables as they come out of a spreadsheet: text cells under the names of a header row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the header. `number` is the row number people see (the header is row 1)."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name ("" for CSV), its header and its rows; blank rows are left out."""

    sheet: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
