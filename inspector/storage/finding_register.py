"""The register of findings: which hold, in which order, and one stretch of them at a time.

The order is a list of places in the record (`_seq`), which is small for a hundred thousand rows;
what stands in a row is read for the rows that are looked at. Every name and condition here is
written by this program, only values come from people.
"""

from __future__ import annotations

from array import array
from contextlib import nullcontext
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.entities import Event, Finding
from inspector.domain.phases import ORDER
from inspector.domain.vocabulary import EventKind, Phase
from inspector.storage.holding import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.storage.connection import Database

#: What writes the search index; loaded where somebody searches.
_LATER = "inspector.storage.later"

_RANK = {phase: rank for rank, phase in enumerate(ORDER)}
_SEALED = "EXISTS (SELECT 1 FROM seal WHERE seal.visit = visit.id AND seal.void IS NULL)"
_TEAM = " ".join(
    f"WHEN '{phase.value}' THEN {_RANK[phase]}"
    for phase in ORDER
    if phase not in (Phase.PREPARED, Phase.SEALED)
)
#: `domain.phases.current_phase` of the visit at hand, as its rank in the order of phases.
_PHASE = (
    f"CASE WHEN {_SEALED} THEN {_RANK[Phase.SEALED]} ELSE coalesce(("
    f"SELECT max(CASE event.phase {_TEAM} ELSE 0 END) FROM event WHERE event.visit = visit.id "
    f"AND event.kind = '{EventKind.PHASE.value}' AND {holds(Event)}), 0) END"
)
_BEGAN_COVERT = (
    "EXISTS (SELECT 1 FROM event WHERE event.visit = visit.id "
    f"AND event.phase = '{Phase.COVERT.value}')"
)
_PHOTOS = (
    "(SELECT count(DISTINCT placement.evidence) FROM placement "
    "WHERE placement.target = finding.id AND placement.void IS NULL)"
)
_PERSONS = (
    "(SELECT count(*) FROM finding_person WHERE finding_person.visit = finding.visit "
    "AND finding_person.finding = finding.id AND finding_person.void IS NULL)"
)
_SUBUNITS = (
    "WITH RECURSIVE below(id) AS (SELECT ? UNION "
    "SELECT unit.id FROM unit JOIN below ON unit.parent = below.id WHERE unit.void IS NULL) "
    "SELECT id FROM below"
)
#: A day in milliseconds, and a minute.
_DAY_MS, _MINUTE_MS = 86_400_000, 60_000


class FindingColumn(StrEnum):
    """What a register of findings can be ordered by."""

    NUMBER = "number"
    SEEN = "seen"
    HALL = "hall"
    WINDOW = "window"
    SITUATION = "situation"
    SEVERITY = "severity"
    TEXT = "text"
    VISIT = "visit"
    PHASE = "phase"
    OUTCOME = "outcome"
    OBSERVER = "observer"
    PHOTOS = "photos"
    PERSONS = "persons"
    ENTERED = "entered"


def _of_visit(what: str) -> str:
    return f"(SELECT {what} FROM visit WHERE visit.id = finding.visit)"


def _of_hall(what: str) -> str:
    return (
        f"(SELECT {what} FROM hall JOIN visit ON visit.hall = hall.id "
        "WHERE visit.id = finding.visit)"
    )


def _of_window(what: str) -> str:
    return f'(SELECT {what} FROM "window" AS w WHERE w.id = finding."window")'


_ORDERS: dict[FindingColumn, tuple[str, ...]] = {
    FindingColumn.NUMBER: (
        _of_visit("visit._seq"),
        "CAST(coalesce(nullif(finding.official_number, ''), finding.number) AS INTEGER)",
    ),
    FindingColumn.SEEN: ("finding.observed_from",),
    FindingColumn.HALL: (_of_hall("coalesce(hall.code, '')"), _of_hall("hall.name")),
    FindingColumn.WINDOW: (
        _of_hall("coalesce(hall.code, '')"),
        _of_window("coalesce(w.position, 0)"),
        _of_window("w.number"),
    ),
    FindingColumn.SITUATION: ("coalesce(finding.situations, '')",),
    FindingColumn.SEVERITY: ("coalesce(finding.severity, 1)",),
    FindingColumn.TEXT: ("finding.text",),
    FindingColumn.VISIT: (_of_visit("visit._seq"),),
    FindingColumn.PHASE: (_of_visit(_PHASE),),
    FindingColumn.OUTCOME: ("coalesce(finding.outcome, '')",),
    FindingColumn.OBSERVER: ("(SELECT name FROM person WHERE person.id = finding.observer)",),
    FindingColumn.PHOTOS: (_PHOTOS,),
    FindingColumn.PERSONS: (_PERSONS,),
    FindingColumn.ENTERED: (),
}


@frozen
class WantedFindings:
    """Which findings, and in which order. What is left empty narrows nothing.

    since, until: first and last day on which it was seen, in days since 1970 at the place.
    unit: with the units below it. situations: any of these codes; `unnamed`: those without any.
    phrase: a query of the search index (`storage.words`).
    """

    since: int | None = None
    until: int | None = None
    hall: str = ""
    unit: str = ""
    visit: str = ""
    situations: tuple[str, ...] = ()
    unnamed: bool = False
    severity: int | None = None
    phase: Phase | None = None
    windowless: bool = False
    phrase: str = ""
    order: FindingColumn = FindingColumn.ENTERED
    descending: bool = True


@frozen
class FindingPlace:
    """What stands beside a finding in the register: the phase of its visit, what belongs to it."""

    seq: int
    id: str
    phase: Phase
    photos: int
    persons: int


def ordered(db: Database, wanted: WantedFindings) -> array[int]:
    """Return the places of all findings that are wanted, in their order."""
    conditions, values = _narrowed(wanted)
    way = "DESC" if wanted.descending else "ASC"
    order = ", ".join(f"{part} {way}" for part in (*_ORDERS[wanted.order], "finding._seq"))
    where = " AND ".join((holds(Finding), *conditions))
    # Only a phrase is looked up in the search index, which may be behind.
    with import_module(_LATER).caught_up(db) if wanted.phrase else nullcontext():
        rows = db.execute(
            f"SELECT finding._seq FROM finding WHERE {where} ORDER BY {order}", values
        ).fetchall()
    return array("q", [row[0] for row in rows])


def place_of(db: Database, finding: str) -> int | None:
    """Return the place of a finding that holds, None if there is none."""
    where = f"id = ? AND {holds(Finding)}"
    row = db.execute(f"SELECT finding._seq FROM finding WHERE {where}", (finding,)).fetchone()
    return row[0] if row else None


def beside(db: Database, places: Sequence[int]) -> Iterator[FindingPlace]:
    """Yield what stands beside the findings at these places, in no certain order."""
    marks = ", ".join("?" * len(places))
    rows = db.execute(
        f"SELECT finding._seq, finding.id, {_of_visit(_PHASE)}, {_PHOTOS}, {_PERSONS} "
        f"FROM finding WHERE finding._seq IN ({marks})",
        tuple(places),
    )
    for seq, finding, rank, photos, persons in rows.fetchall():
        yield FindingPlace(seq, finding, ORDER[rank or 0], photos, persons)


def covert_visits(db: Database) -> list[str]:
    """Return the ids of the open visits whose team is in its covert part."""
    # The phase is worked out where there can be one: that halves the time for ten thousand visits.
    rows = db.execute(
        f"SELECT visit.id FROM visit WHERE visit.void IS NULL AND NOT {_SEALED} "
        f"AND {_BEGAN_COVERT} AND {_PHASE} = {_RANK[Phase.COVERT]}"
    )
    return [row[0] for row in rows]


def named_codes(db: Database) -> list[str]:
    """Return the codes of all situations that some finding names."""
    rows = db.execute(
        "SELECT DISTINCT value FROM (SELECT DISTINCT situations FROM finding "
        "WHERE situations IS NOT NULL AND void IS NULL), json_each(situations) ORDER BY value"
    )
    return [row[0] for row in rows]


def counted_codes(db: Database, hall: str) -> list[tuple[str, int]]:
    """Return how many findings of a place name each situation, the most frequent first.

    Findings that name none are counted under "".
    """
    rows = db.execute(
        "SELECT coalesce(code.value, ''), count(*) FROM "
        f"(SELECT finding.situations AS named FROM finding WHERE {holds(Finding)} "
        "AND finding.visit IN (SELECT id FROM visit WHERE hall = ? AND visit.void IS NULL)) "
        "LEFT JOIN json_each(coalesce(named, '[]')) AS code "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
        (hall,),
    )
    return [(row[0], row[1]) for row in rows.fetchall()]


def _narrowed(wanted: WantedFindings) -> tuple[list[str], list[object]]:
    """Return the conditions and the values of their question marks."""
    visits, values = _narrowed_visits(wanted)
    # Where all visits are meant (+), going through the findings in their order is several times
    # faster than looking for those of each visit in the index and sorting them.
    all_visits = "+" if len(visits) == 1 else ""
    chosen = f"SELECT visit.id FROM visit WHERE {' AND '.join(visits)}"
    conditions = [f"{all_visits}finding.visit IN ({chosen})"]
    day = f"(finding.observed_from + coalesce(finding.observed_zone, 480) * {_MINUTE_MS})"
    if wanted.since is not None:
        conditions.append(f"{day} >= ?")
        values.append(wanted.since * _DAY_MS)
    if wanted.until is not None:
        conditions.append(f"{day} < ?")
        values.append((wanted.until + 1) * _DAY_MS)
    if wanted.situations:
        # The codes stand in a list of quoted texts.
        tests = " OR ".join("instr(finding.situations, ?)" for _code in wanted.situations)
        conditions.append(f"({tests})")
        values += (f'"{code}"' for code in wanted.situations)
    if wanted.unnamed:
        conditions.append("coalesce(finding.situations, '[]') = '[]'")
    if wanted.severity is not None:
        conditions.append("coalesce(finding.severity, 1) = ?")
        values.append(wanted.severity)
    if wanted.windowless:
        conditions.append("coalesce(finding.\"window\", '') = ''")
    if wanted.phrase:
        conditions.append(
            "finding._seq IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)"
        )
        values.append(wanted.phrase)
    return conditions, values


def _narrowed_visits(wanted: WantedFindings) -> tuple[list[str], list[object]]:
    conditions: list[str] = ["visit.void IS NULL"]
    values: list[object] = []
    if wanted.hall:
        conditions.append("visit.hall = ?")
        values.append(wanted.hall)
    if wanted.unit:
        conditions.append(f"visit.hall IN (SELECT id FROM hall WHERE unit IN ({_SUBUNITS}))")
        values.append(wanted.unit)
    if wanted.visit:
        conditions.append("visit.id = ?")
        values.append(wanted.visit)
    if wanted.phase is not None:
        conditions.append(f"{_PHASE} = {_RANK[wanted.phase]}")
    return conditions, values
