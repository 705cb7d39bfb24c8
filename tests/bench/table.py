"""The results as a table to read and as JSON to keep."""

from __future__ import annotations

import os
import platform
import sqlite3
import unicodedata
from typing import TYPE_CHECKING, Any

from inspector.base.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.growth import Growth
    from tests.bench.measuring import Row


def text(rows: Sequence[Row], growths: Sequence[Growth]) -> str:
    """Return everything measured as lines of text."""
    lines: list[str] = []
    if rows:
        lines += _columns([["work", "ours", "floor", "ratio", "target", ""], *map(_cells, rows)])
        lines += [line for row in rows for line in _checks(row)]
    if growths:
        sizes = [f"{size:,}" for size in growths[0].sizes]
        lines += ["", "growth with the number of findings"]
        lines += _columns([["work", *sizes, ""], *map(_growth_cells, growths)])
    return "\n".join(lines)


def as_json(rows: Sequence[Row], growths: Sequence[Growth]) -> dict[str, Any]:
    """Return everything measured as plain data; times in seconds."""
    return {
        "version": VERSION,
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "cores": os.cpu_count(),
        },
        "rows": [_row_data(row) for row in rows],
        "growth": [
            {
                "work": growth.work,
                "findings": list(growth.sizes),
                "seconds": list(growth.taken),
                "met": growth.met,
            }
            for growth in growths
        ],
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "work": row.work,
        "floor": row.floor_work,
        "ours_seconds": row.ours,
        "floor_seconds": row.floor,
        "ratio": row.ratio,
        "target": row.target,
        "met": row.met,
        "checks": [
            {"name": c.name, "value": c.value, "unit": c.unit, "limit": c.limit, "met": c.met}
            for c in row.checks
        ],
    }


def _cells(row: Row) -> list[str]:
    return [
        row.work,
        duration(row.ours),
        duration(row.floor),
        _ratio(row.ratio),
        f"≤ {_ratio(row.target)}",
        _verdict(row.met),
    ]


def _checks(row: Row) -> list[str]:
    lines = ["", f"{row.name}: floor is {row.floor_work}"]
    for check in row.checks:
        limit = "" if check.limit is None else f" (at most {check.limit:g}: {_verdict(check.met)})"
        lines.append(f"  {check.name}: {check.value:.4g} {check.unit}".rstrip() + limit)
    return lines


def _growth_cells(growth: Growth) -> list[str]:
    return [growth.work, *map(duration, growth.taken), _verdict(growth.met)]


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def _ratio(value: float) -> str:
    """Return a ratio; far below one it is told the other way round."""
    return f"{value:.2f}×" if value >= 0.2 else f"1/{1 / value:.0f}"


def duration(seconds: float) -> str:
    """Return a time with three digits that mean something."""
    if seconds >= 1:
        return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:.0f} s"
    return f"{seconds * 1000:.3g} ms"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Line the cells up: the first column to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [row[0] + " " * (widths[0] - _width(row[0]))]
        cells += [
            " " * (width - _width(cell)) + cell
            for cell, width in zip(row[1:], widths[1:], strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
