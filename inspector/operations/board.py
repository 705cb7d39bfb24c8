"""Everything that one works with during a visit, read at once and kept up to date cheaply.

`board` reads the visit, `renewed` brings a board that was read before up to date with what an
action touched: the touched entries are read, and only what depends on them is computed anew. The
photographs are counted, not read: there may be thousands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.values import frozen
from inspector.domain import board as parts
from inspector.domain.codes import DOT, fact_code
from inspector.domain.entities import (
    ClockCheck,
    Confirmation,
    Event,
    Evidence,
    Feedback,
    Finding,
    Visit,
)
from inspector.domain.facts import effective
from inspector.domain.phases import ON_SITE
from inspector.domain.record import PARTS, VisitRecord
from inspector.domain.schema import KIND_OF, KINDS
from inspector.domain.vocabulary import EventKind
from inspector.operations.links import linked
from inspector.operations.records import load_record, named_situations
from inspector.operations.undo import last_action
from inspector.report.telling import tell
from inspector.report.wording import Words
from inspector.storage.holding import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspector.base.i18n import Translator
    from inspector.domain.board import Asked, Row, Standing, Tile
    from inspector.domain.entities import Entity, HeadCount, Round, Wait
    from inspector.operations.session import Session
    from inspector.operations.undo import LastAction

Touched = frozenset[tuple[str, str]]

#: Read as a count only.
COUNTED = frozenset({"evidence", "placements"})
#: Nouns whose entries are taken into the record one by one, with their place in it; anything else
#: is read anew.
SPLICED: dict[str, str] = {
    KIND_OF[cls]: name
    for name, cls in PARTS.items()
    if name not in COUNTED and name not in ("members", "seals", "erasures")
}
_PHOTOS = frozenset({"evidence", "placement", "clock_check", "feedback", "confirmation"})


@frozen
class Photos:
    """How many photographs and files there are, and how many nothing refers to."""

    total: int
    unplaced: int


@frozen
class Board:
    """A visit as one works on it.

    record: everything of the visit but its photographs, which are only counted (`photos`).
    me: id of the person who is typing, "" if nobody said who that is. tiles: every window in the
    round that is going on. waits: who is still waiting; served: who was called and is at a window.
    now: the moment at which this was read, by the device's clock. saved: when something was last
    saved in this visit (milliseconds), None if never. undo: what taking back would take back, None
    if the last action was not in this visit. same: visits that are said to be the same.
    """

    record: VisitRecord
    me: str
    standing: Standing
    round: Round | None
    tiles: tuple[Tile, ...]
    asked: tuple[Asked, ...]
    waits: tuple[Wait, ...]
    served: tuple[Wait, ...]
    head_counts: tuple[HeadCount, ...]
    findings: tuple[Finding, ...]
    timeline: tuple[Row, ...]
    photos: Photos
    now: int
    saved: int | None
    undo: LastAction | None
    same: tuple[Visit, ...] = ()

    @property
    def visit(self) -> str:
        """The id of the visit."""
        return self.record.visit.id

    @property
    def zone(self) -> int:
        """The zone of the visited place, in minutes east of UTC."""
        return self.record.hall.zone_minutes

    @property
    def begun(self) -> int | None:
        """When the visit began at the place (milliseconds), None before that."""
        known = [
            event.observed_from
            for event in effective(self.record.events)
            if event.kind in ON_SITE and event.observed_from is not None
        ]
        return min(known, default=None)

    @property
    def sealed(self) -> bool:
        """Whether it can only be looked at."""
        return self.record.seal is not None


#: The photographs that something of a visit refers to.
_USED = " UNION ".join(
    f'SELECT {column} FROM "{noun}" WHERE visit = ? AND {column} IS NOT NULL AND {condition}'
    for noun, column, condition in (
        ("placement", "evidence", "void IS NULL"),
        ("clock_check", "evidence", holds(ClockCheck)),
        ("feedback", "sheet", holds(Feedback)),
        ("confirmation", "evidence", holds(Confirmation)),
    )
)

_MAKERS: dict[str, Callable[[VisitRecord], Any]] = {
    "standing": parts.standing,
    "round": parts.current_round,
    "tiles": parts.tiles,
    "asked": parts.asked,
    "waits": parts.running_waits,
    "served": parts.served_waits,
    "head_counts": parts.head_counts,
    "findings": parts.findings,
    "timeline": parts.timeline,
}


def board(session: Session, visit: str) -> Board:
    """Return a visit as one works on it. Raises MingchaError `not_found`."""
    record = load_record(session, visit, without=COUNTED)
    made: dict[str, Any] = {name: make(record) for name, make in _MAKERS.items()}
    made["same"] = linked(session, Visit, visit)
    return Board(record=record, photos=_photos(session, visit), **made, **_always(session, visit))


def renewed(session: Session, old: Board, touched: Touched) -> Board:
    """Return `old` as it stands after actions that touched the entities `touched` (noun, id)."""
    nouns = {noun for noun, _id in touched}
    if _unknown(old, nouns):
        return board(session, old.visit)
    record = old.record
    for noun, name in SPLICED.items():
        ids = {entity for each, entity in touched if each == noun}
        if ids:
            part: dict[str, Any] = {name: _spliced(session, record, noun, name, ids)}
            record = replace(record, **part)
    if "finding" in nouns:
        known = named_situations(session, old.visit, record.findings)
        record = replace(record, situations=known)
    changed: dict[str, Any] = {
        name: make(record) for name, make in _MAKERS.items() if parts.PART_NOUNS[name] & nouns
    }
    if nouns & _PHOTOS:
        changed["photos"] = _photos(session, old.visit)
    return replace(old, record=record, **changed, **_always(session, old.visit))


def _unknown(old: Board, nouns: set[str]) -> bool:
    """Tell whether something changed that many parts rest on: places, people, the seal."""
    return old.sealed or not nouns <= {*SPLICED, "evidence", "placement", "audit_entry"}


def _spliced(
    session: Session, record: VisitRecord, noun: str, name: str, ids: Iterable[str]
) -> tuple[Entity, ...]:
    """Return a part of the record with some of its entries as they are now; new ones at its end."""
    held: dict[str, Entity] = {each.id: each for each in getattr(record, name)}
    for entity in sorted(ids):
        found = session.store.get(KINDS[noun].cls, entity)
        if found is not None and getattr(found, "visit", "") == record.visit.id:
            held[entity] = found
    return tuple(held.values())


def _always(session: Session, visit: str) -> dict[str, Any]:
    last = last_action(session)
    return {
        "me": session.store.user,
        "now": session.store.clock.read().ms,
        "saved": session.store.log.saved_at(visit),
        "undo": last if last is not None and last.visit == visit else None,
    }


def unplaced(session: Session, visit: str, most: int) -> list[Evidence]:
    """Return the photographs and files that nothing refers to, at most so many, newest first."""
    where = f"visit = ? AND {holds(Evidence)} AND replaces IS NULL AND id NOT IN ({_USED}) "
    ids = session.store.db.execute(
        f'SELECT id FROM "evidence" WHERE {where} ORDER BY _seq DESC LIMIT ?',
        (visit, *[visit] * _USED.count("?"), most),
    ).fetchall()
    found = (session.store.get(Evidence, row[0]) for row in ids)
    return [each for each in found if each is not None]


def _photos(session: Session, visit: str) -> Photos:
    """Count what `domain.completeness` lists one by one."""
    total, free = session.store.db.execute(
        f"SELECT count(*), coalesce(sum(replaces IS NULL AND id NOT IN ({_USED})), 0) "
        f'FROM "evidence" WHERE visit = ? AND {holds(Evidence)}',
        [visit] * (_USED.count("?") + 1),
    ).fetchone()
    return Photos(total, free)


# -- in words ----------------------------------------------------------------------------------


def told(record: VisitRecord, fact: Entity, tr: Translator) -> str:
    """Return a fact in one line, as the papers tell it; a finding names its window first."""
    words = Words(record, tr)
    said = tell(fact, words)
    if isinstance(fact, Finding) and fact.window:
        return f"{words.window(fact.window)} · {said}"
    return said


#: Events that are told with the name of who saw them.
_NAMED = frozenset({EventKind.REVEAL, EventKind.PHOTOS_COUNTED})


def tells_who(fact: Entity) -> bool:
    """Tell whether `told` says of a fact who saw it."""
    return isinstance(fact, Confirmation) or (isinstance(fact, Event) and fact.kind in _NAMED)


def undo_code(shown: Board) -> str:
    """Return the same where no word may be shown; "" if there is nothing."""
    if shown.undo is None:
        return ""
    items = {each.item.code: number for number, each in enumerate(shown.asked, 1)}
    codes: list[str] = []
    for noun, entity in shown.undo.touched:
        held = getattr(shown.record, SPLICED.get(noun, ""), ())
        fact = next((each for each in held if each.id == entity), None)
        codes.append(fact_code(shown.record, fact, items) if fact else DOT)
    first, *more = dict.fromkeys(codes)
    return f"{first} +{len(more)}" if more else first


def photo_named(evidence: Evidence) -> str:
    """Return how a photograph is called in a list."""
    return evidence.caption or evidence.original_name or evidence.sha256[:12]
