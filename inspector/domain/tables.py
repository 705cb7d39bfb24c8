"""Tables as they come out of a spreadsheet: text cells under the names of a header row."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.values import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class TableRow:
    """One row below the header. `number` is the row number people see (the header is row 1).

    unvalued: by header, the names (“C4”) of cells with a formula whose value was never computed.
    """

    number: int
    cells: Mapping[str, str]
    unvalued: Mapping[str, str] = field(default_factory=dict)

    def text(self, header: str) -> str:
        """Return the cell below `header`, "" if there is none.

        Raises MingchaError `cell_without_value`: nobody knows what the cell is meant to say.
        """
        if header in self.unvalued:
            raise MingchaError("cell_without_value", cell=self.unvalued[header])
        return self.cells.get(header, "")


@frozen
class Table:
    """One sheet: its name ("" for CSV), its header and its rows; blank rows are left out."""

    sheet: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
