"""What is to be reviewed, asked in SQL: the newest sealed editions and their grave findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from inspector.domain.reviews import ONE_BY_ONE_FROM
from inspector.domain.vocabulary import FindingOutcome, ReviewDecision
from inspector.ledger.operation import MAX_CHANGES
from inspector.storage.holding import COUNTS, stands
from inspector.storage.kinds import KIND_SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


#: Decisions on a seal that stand in the chain of somebody who may decide, of one kind; not those
#: that others wrote over.
_DECIDED = (
    "FROM review JOIN op ON op.seq = review._seq / {slots} WHERE review.visit = seal.visit "
    "AND review.seal = seal.id AND review.void IS NULL AND review.decision = '{decision}' "
    "AND op.log IN (SELECT value FROM json_each(:logs)) "
    "AND review.id NOT IN (SELECT value FROM json_each(:doubted))"
)
_RETURNED, _APPROVED = (
    _DECIDED.format(slots=MAX_CHANGES * KIND_SLOTS, decision=each.value)
    for each in (ReviewDecision.RETURNED, ReviewDecision.APPROVED)
)
#: A supplement may lack the approval of a finding of an edition before: that is not asked here.
_UNDECIDED = (
    f"SELECT seal.visit FROM seal WHERE {NEWEST} AND NOT EXISTS (SELECT 1 {_RETURNED}) "
    "AND NOT EXISTS (SELECT 1 FROM visit_member WHERE visit_member.visit = seal.visit "
    "AND visit_member.void IS NULL AND visit_member.person = :person) "
    f"AND ((SELECT count(DISTINCT reviewer) {_APPROVED} AND coalesce(finding, '') = '') < :needed "
    "OR EXISTS (SELECT 1 FROM visit WHERE visit.id = seal.visit "
    "AND visit.supplement_of IS NOT NULL) "
    f"OR EXISTS (SELECT 1 FROM finding WHERE finding.visit = seal.visit AND {_AS_SEALED} "
    "AND coalesce(severity, 1) >= :grave AND coalesce(outcome, '') <> :not_established "
    f"AND (SELECT count(DISTINCT reviewer) {_APPROVED} AND review.finding = finding.id) "
    "< :needed)) ORDER BY seal._seq DESC"
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


def undecided(
    db: Database, logs: Iterable[str], needed: int, person: str, doubted: Iterable[str]
) -> list[str]:
    """Return the visits that may wait for `person` to decide, the newest seal first.

    logs: the chains of those who may decide; needed: how many must approve each thing; doubted: ids
    of the decisions that others wrote over, which decide nothing here. None that waits is left out.
    Of what is returned some may be decided: by what was written over (`operations.reviews` looks
    past that).
    """
    rows = db.execute(_UNDECIDED, {
        "logs": json.dumps(sorted(logs)), "needed": needed, "person": person,
        "doubted": json.dumps(sorted(doubted)),
        "grave": ONE_BY_ONE_FROM, "not_established": FindingOutcome.NOT_ESTABLISHED.value,
    })  # fmt: skip
    return [row[0] for row in rows.fetchall()]


#: The condition that somebody wrote more than once in a decision.
WRITTEN_OVER = "_fc IS NOT NULL OR _conflict <> 0"


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
