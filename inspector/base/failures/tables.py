"""Failures of tables that are read in, which the room `operations` raises."""

from __future__ import annotations

from inspector.base.failures.spec import ErrorSpec
from inspector.base.i18n import N_

ENTRIES: dict[str, ErrorSpec] = {
    "table_too_large": ErrorSpec(
        "user",
        N_(
            "The file is larger than can be read safely ({limit_mb} MB). Nothing was imported. "
            "Split it into several files."
        ),
    ),
    "table_too_many_rows": ErrorSpec(
        "user",
        N_(
            "The table has more than {limit} rows. Nothing was imported. Split it, and delete "
            "empty rows at its end."
        ),
    ),
    "table_too_many_columns": ErrorSpec(
        "user",
        N_(
            "The table has more than {limit} columns. Nothing was imported. Keep the columns "
            "that are needed and delete the others."
        ),
    ),
    "table_legacy": ErrorSpec(
        "user",
        N_(
            "This is a workbook of the old kind (.xls), which is not read. Nothing was "
            "imported. Save it as .xlsx or .csv."
        ),
    ),
    "table_encoding": ErrorSpec(
        "user",
        N_(
            "The characters of this file cannot be read. Nothing was imported. Save it as "
            ".xlsx, or as CSV in UTF-8."
        ),
    ),
    "table_unreadable": ErrorSpec(
        "user",
        N_(
            "This file is not a table that can be read; it may be damaged. Nothing was "
            "imported. Open it in a spreadsheet program and save it again as .xlsx or .csv."
        ),
    ),
    "table_empty": ErrorSpec(
        "user",
        N_("The file has no rows. Nothing was imported. Check whether it is the right file."),
    ),
    "cell_without_value": ErrorSpec(
        "user",
        N_(
            "The cell {cell} holds a formula without a value. Nothing was imported. Open the file "
            "in a spreadsheet program and save it, then import it again."
        ),
    ),
}
