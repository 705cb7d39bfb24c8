"""What is to be reviewed, asked in SQL: the newest sealed editions and their grave findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector.domain.reviews import ONE_BY_ONE_FROM
from inspector.domain.vocabulary import FindingOutcome
from inspector.storage.holding import COUNTS, stands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.storage.connection import Database

_SEALED = "SELECT visit FROM seal WHERE void IS NULL"
#: The condition that a seal is that of the newest sealed edition of its visit.
NEWEST = (
    f"{COUNTS} AND visit NOT IN (SELECT supplement_of FROM visit WHERE supplement_of IS NOT NULL "
    f"AND id IN ({_SEALED}))"
)
#: Findings as sealed editions have them: what an open supplement says does not count yet.
_AS_SEALED = (
    f"{stands('finding')} AND coalesce(withdrawn, '') = '' AND finding.visit IN ({_SEALED}) "
    "AND NOT EXISTS (SELECT 1 FROM finding AS newer WHERE newer.replaces = finding.id "
    f"AND {stands('newer')} AND newer.visit IN ({_SEALED}))"
)


class Arrival(NamedTuple):
    """What came in of a visit lately: operations, and when the last was written (ms, its zone)."""

    visit: str
    operations: int
    ms: int


def _of(visits: Sequence[str]) -> str:
    return f"{_AS_SEALED} AND finding.visit IN ({', '.join('?' * len(visits))})"


def grave_findings(db: Database, visits: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return visit and id of the findings that are decided on one by one, in order of entry.

    Of these `visits`, of all if none are named.
    """
    where = _of(visits) if visits else _AS_SEALED
    return [
        (row[0], row[1])
        for row in db.execute(
            f"SELECT finding.visit, finding.id FROM finding WHERE {where} "
            "AND coalesce(severity, 1) >= ? AND coalesce(outcome, '') <> ? ORDER BY finding._seq",
            (*visits, ONE_BY_ONE_FROM, FindingOutcome.NOT_ESTABLISHED.value),
        )
    ]


def sealed_counts(db: Database, visits: Sequence[str] = ()) -> dict[str, int]:
    """Return how many findings each sealed visit has, corrected ones counted in the supplement."""
    where = _of(visits) if visits else _AS_SEALED
    rows = db.execute(
        f"SELECT visit, count(*) FROM finding WHERE {where} GROUP BY visit", tuple(visits)
    )
    return dict(rows.fetchall())


def count_undecided(db: Database) -> int:
    """Return how many newest sealed editions nobody has approved or returned as a whole."""
    row = db.execute(
        f"SELECT count(*) FROM seal WHERE {NEWEST} AND NOT EXISTS (SELECT 1 FROM review "
        "WHERE review.visit = seal.visit AND review.seal = seal.id AND review.void IS NULL "
        "AND coalesce(review.finding, '') = '' AND review.decision IN ('approved', 'returned'))"
    ).fetchone()
    return int(row[0])


def last_written(db: Database) -> dict[str, int]:
    """Return when something was written last in each visit, by the clock there (ms)."""
    return dict(db.execute("SELECT vis, max(t) FROM op WHERE vis <> '' GROUP BY vis").fetchall())


def arrivals(db: Database, own: str, limit: int) -> list[Arrival]:
    """Return what chains other than `own` brought lately, the newest arrivals first."""
    rows = db.execute(
        "SELECT vis, count(*), max(t) FROM (SELECT seq, vis, t FROM op WHERE vis <> '' "
        "AND log <> ? ORDER BY seq DESC LIMIT 5000) GROUP BY vis ORDER BY max(seq) DESC LIMIT ?",
        (own, limit),
    )
    return [Arrival(*row) for row in rows.fetchall()]
