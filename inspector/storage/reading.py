"""Entities out of the projected tables, remembered as long as nothing else is written there.

Each fact that somebody records asks the same things first: is the visit open, is the observer one
of its members, which catalogue is in force. Asking SQLite and building the entities again took
more time than writing the fact.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import from_row

if TYPE_CHECKING:
    from collections.abc import Collection

    from inspector.domain.schema import KindSpec
    from inspector.storage.connection import Database
    from inspector.storage.preparing import Guarded

#: Answers that are remembered, and entities in each of them: bounds memory.
_ANSWERS = 64
_ENTITIES = 8

_Question = tuple[str, str, tuple[Any, ...]]


@cache
def _may_change(kind: KindSpec) -> bool:
    """Tell whether entities of a noun hold a dictionary, which a caller may change."""
    return any(spec.column == "json" and spec.load is not tuple for spec in kind.fields)


class Reader:
    """Reads entities. What it remembers is dropped as soon as a row was written unannounced."""

    def __init__(self, db: Database, guarded: Guarded) -> None:
        self._db = db
        self._guarded = guarded
        self._answers: dict[_Question, list[Any]] = {}
        #: Rows that the connection had written when all answers were right.
        self._rows_written = -1

    def select(self, kind: KindSpec, where: str, values: tuple[Any, ...]) -> list[Any]:
        """Return the entities that satisfy an SQL condition, in order of entry."""
        self.check()
        question = (kind.name, where, values)
        found = self._answers.get(question)
        if found is None:
            with self._guarded:
                found = self._read(kind, where, values)
            # What asks other tables too would not be dropped when those are written.
            small = len(found) <= _ENTITIES and "SELECT" not in where
            if small and not _may_change(kind):
                self._remember(question, found)
        return list(found)

    def local(self, key: str) -> str | None:
        """Return a local setting."""
        self.check()
        question = ("local_kv", key, ())
        found = self._answers.get(question)
        if found is None:
            with self._guarded:
                found = self._db.execute("SELECT v FROM local_kv WHERE k = ?", (key,)).fetchall()
            self._remember(question, found)
        return found[0][0] if found else None

    def check(self) -> None:
        """Drop everything if rows were written that nobody announced with `wrote`."""
        written = self._db.conn.total_changes
        if written != self._rows_written:
            self._answers.clear()
            self._rows_written = written

    def wrote(self, nouns: Collection[str]) -> None:
        """Note that all rows written since the last `check` are of these nouns."""
        self._rows_written = self._db.conn.total_changes
        for question in [each for each in self._answers if each[0] in nouns]:
            del self._answers[question]

    def forget(self) -> None:
        """Drop everything, because what was written has been taken back."""
        self._answers.clear()

    def _remember(self, question: _Question, found: list[Any]) -> None:
        if len(self._answers) == _ANSWERS:
            self._answers.clear()
        self._answers[question] = found

    def _read(self, kind: KindSpec, where: str, values: tuple[Any, ...]) -> list[Any]:
        cursor = self._db.execute(
            f'SELECT * FROM "{kind.name}" WHERE {where} ORDER BY _seq', values
        )
        names = [column[0] for column in cursor.description]
        return [from_row(kind, dict(zip(names, row, strict=True))) for row in cursor]
