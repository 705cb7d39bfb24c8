"""In which spaces operations count.

A workspace of one person has one space. A laptop that joined an organisation goes on in the
organisation's; what it had recorded keeps its former space, which counts for its own chains only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.storage.membership import Membership
from inspector.storage.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.connection import Database

#: Chains and spaces with how many operations each has. A header is canonical, and nothing before
#: its space can hold these letters; a space has 80 characters at most.
_SPACES = """
    SELECT log, space, count(*), min(seq) FROM (
        SELECT seq, log, CAST(substr(rest, 1, instr(rest, x'22') - 1) AS TEXT) AS space FROM (
            SELECT seq, log, substr(raw, instr(raw, CAST('"sp":"' AS BLOB)) + 6, 81) AS rest
            FROM op))
    GROUP BY log, space ORDER BY min(seq)"""


class Spaces:
    """In which spaces operations count; asked for every operation, so remembered by chain."""

    def __init__(self, db: Database) -> None:
        self._membership = Membership(db)
        self._by_log: dict[str, frozenset[str]] = {}

    def hold(self, log: str, space: str) -> bool:
        """Tell whether an operation of the chain `log` in `space` counts."""
        found = self._by_log.get(log)
        if found is None:
            found = self._by_log[log] = self._membership.spaces_of(log)
        return space in found


def foreign_operations(db: Database) -> Iterator[Problem]:
    """Yield a problem for each chain that has operations in a space in which they do not count."""
    spaces = Spaces(db)
    for log, space, count, first in db.execute(_SPACES).fetchall():
        if not spaces.hold(log, space):
            yield Problem("operation_space", f"op {first} {log} {space} ({count})")


def damaged_statements(db: Database) -> Iterator[Problem]:
    """Yield a problem for each statement of the organisation that its signature does not prove."""
    for name in Membership(db).damaged():
        yield Problem("statement_damaged", name)
