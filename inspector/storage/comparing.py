"""Comparing the rows of a table in two databases, a few at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.schema import KINDS
from inspector.storage.connection import DATABASE_ERRORS
from inspector.storage.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.storage.connection import Database

#: Tables besides the nouns that follow from the operations.
AUXILIARY = ("candidate", "dead")
#: All tables that follow from the operations, besides the search index.
PROJECTED = (*KINDS, *AUXILIARY)

#: Rows compared at a time: a few milliseconds.
_PIECE = 200

_Key = tuple[bytes, ...]
_Keyed = tuple[_Key, bytes]


def compare_table(table: str, db: Database, other: Database) -> Iterator[list[Problem]]:
    """Yield the differences of `table` in `db` from `other`, piece by piece in order of the key.

    Each piece reads both sides as they stand when it is asked for.
    """
    try:
        columns = [row[1] for row in other.execute(f'PRAGMA table_info("{table}")')]
        after: _Key | None = None
        while True:
            here = _rows(db, table, columns, after)
            there = _rows(other, table, columns, after)
            # What lies behind the last row of a full piece belongs to the next one.
            ends = [side[-1][0] for side in (here, there) if len(side) == _PIECE]
            after = min(ends, default=None)
            yield _differences(table, _until(here, after), _until(there, after))
            if after is None:
                return
    except DATABASE_ERRORS as error:
        yield [Problem("table_unreadable", f"{table}: {error}")]


def key_columns(table: str) -> tuple[str, ...]:
    """Return what tells the rows of a projected table apart."""
    return ("e", "id", "field", "op") if table in AUXILIARY else ("id",)


def row_bytes(columns: Sequence[str]) -> str:
    """Return the SQL for a row as bytes, which even broken text can be read as."""
    quoted = ", ".join(f'"{name}"' for name in columns)
    return f"CAST(json_array({quoted}) AS BLOB)"


def _rows(db: Database, table: str, columns: Sequence[str], after: _Key | None) -> list[_Keyed]:
    keys = key_columns(table)
    # Also a table that was made anew by somebody else, with other rules, is read to its end.
    listed = ", ".join(f"{key} COLLATE BINARY" for key in keys)
    bytewise = [f"CAST(coalesce({key}, '') AS BLOB)" for key in keys]
    wanted = ", ".join([*bytewise, row_bytes(columns)])
    slots = ", ".join(["CAST(? AS TEXT)"] * len(keys))
    where = "" if after is None else f"WHERE ({listed}) > ({slots})"
    found = db.execute(
        f'SELECT {wanted} FROM "{table}" {where} ORDER BY {listed} LIMIT {_PIECE}', after or ()
    )
    return [(row[:-1], row[-1]) for row in found]


def _until(rows: Sequence[_Keyed], last: _Key | None) -> dict[_Key, bytes]:
    return {key: content for key, content in rows if last is None or key <= last}


def _differences(table: str, here: dict[_Key, bytes], there: dict[_Key, bytes]) -> list[Problem]:
    problems = []
    for key in sorted(here.keys() | there.keys()):
        if here.get(key) == there.get(key):
            continue
        code = "row_missing" if key not in here else "row_changed"
        code = "row_added" if key not in there else code
        where = b" ".join(key).decode(errors="replace")
        problems.append(Problem(code, f"{table} {where}"))
    return problems
