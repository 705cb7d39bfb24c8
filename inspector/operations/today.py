"""What is next on this laptop: the running visit, what is prepared, due and unfinished.

The cost depends on what is shown, not on how many visits and findings there are.
"""

from __future__ import annotations

import importlib
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from inspector.base.clock import to_datetime
from inspector.base.values import frozen
from inspector.domain.entities import Entity, Evidence, Finding, Hall, Person, Trip, Visit
from inspector.domain.phases import current_phase
from inspector.domain.vocabulary import Phase
from inspector.operations.discretion import covert_now
from inspector.operations.overview import count_facts, count_of, phase_events

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.operations.session import Session

E = TypeVar("E", bound=Entity)

_TASKS = "inspector.operations.tasks"
#: Phases in which a visit is going on.
RUNNING = (Phase.COVERT, Phase.OVERT, Phase.FEEDBACK)
#: Open visits looked at, and finished ones shown: the newest.
OPEN_SHOWN = 50
FINISHED_SHOWN = 5
#: An authority that ends within so many days is due.
DUE_DAYS = 14

_OPEN = (
    "void IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM seal WHERE seal.visit = visit.id AND seal.void IS NULL)"
)


@frozen
class Stop:
    """A visit as the page of today shows it. began: when its phase or sealing was (ms), if ever.

    due: the last day on which its authority holds (ISO), if that is near or past. overdue: it is
    past. loose_findings: findings without a window; loose_files: files not placed anywhere.
    """

    visit: Visit
    hall: Hall
    phase: Phase
    answers: int
    findings: int
    files: int
    began: int | None = None
    due: str = ""
    overdue: bool = False
    loose_findings: int = 0
    loose_files: int = 0


@frozen
class Storage:
    """Where the record stands: free bytes on its disk, and the day of the last backup (ISO)."""

    free: int
    backup_day: str


@frozen
class Returned:
    """A visit that was returned to its team: why, by whom; supplement: the open one, "" if none."""

    visit: Visit
    reasons: tuple[str, ...]
    by: tuple[str, ...]
    supplement: str


@frozen
class Tasks:
    """What is expected here. to_review: visits that wait for a decision of whoever is typing."""

    returned: tuple[Returned, ...] = ()
    conflicts: int = 0
    to_review: int = 0


#: Nobody expects anything.
NOTHING = Tasks()


@frozen
class Today:
    """Visits by what is to be done with them, newest first; who is typing; the storage.

    now: this device's time (ms) and zone when it was read. covert: a covert part is going on, so
    that places are shown by code only. tasks: what others expect of whoever works here.
    """

    running: tuple[Stop, ...]
    prepared: tuple[Stop, ...]
    finished: tuple[Stop, ...]
    storage: Storage
    user: str
    now: int
    zone: int
    covert: bool
    tasks: Tasks = NOTHING

    @property
    def unfinished(self) -> tuple[Stop, ...]:
        """The open visits that lack something that can be put right now."""
        return tuple(
            stop
            for stop in (*self.running, *self.prepared)
            if stop.loose_findings or stop.loose_files
        )


def today(session: Session) -> Today:
    """Return what is next on this laptop."""
    store, reading = session.store, session.store.clock.read()
    day = to_datetime(reading.ms, reading.zone).date()
    stops = list(_stops(session, _newest(session, _OPEN, OPEN_SHOWN), day))
    user = store.get(Person, store.user) if store.user else None
    return Today(
        running=tuple(stop for stop in stops if stop.phase in RUNNING),
        prepared=tuple(stop for stop in stops if stop.phase is Phase.PREPARED),
        finished=tuple(_finished(session)),
        storage=Storage(
            free=store.place.free(),
            backup_day=store.local("backup_day") or "",
        ),
        user=user.name if user else "",
        now=reading.ms,
        zone=reading.zone,
        covert=_covert(session, stops),
        tasks=_tasks(session),
    )


def _tasks(session: Session) -> Tasks:
    """Ask for tasks only where others work with the same record: reading them loads a lot."""
    store = session.store
    exchanged = store.db.execute(
        "SELECT EXISTS (SELECT 1 FROM review) OR EXISTS (SELECT 1 FROM candidate)"
    ).fetchone()[0]
    if not exchanged and not store.local("organisation"):
        return NOTHING
    found: Tasks = importlib.import_module(_TASKS).tasks(session)
    return found


def _covert(session: Session, stops: list[Stop]) -> bool:
    """Return `covert_now`; where these are all the open visits there are, nobody else is asked."""
    known = any(stop.phase is Phase.COVERT for stop in stops)
    return known or (len(stops) == OPEN_SHOWN and covert_now(session))


def _newest(session: Session, condition: str, limit: int) -> list[Visit]:
    places = f"SELECT _seq FROM visit WHERE {condition} ORDER BY _seq DESC LIMIT {limit}"
    return list(reversed(session.store.select(Visit, f"_seq IN ({places})")))


def _stops(session: Session, visits: list[Visit], day: date) -> Iterable[Stop]:
    """Yield these open visits; what is shown of them is asked for all of them at once."""
    ids = [visit.id for visit in visits]
    answers, findings, files = count_facts(session, ids)
    loose_findings = count_of(session, Finding, ids, '"window" IS NULL')
    loose_files = count_of(session, Evidence, ids, _UNPLACED)
    events = phase_events(session, ids)
    halls = _by_id(session, Hall, [visit.hall for visit in visits])
    trips = _by_id(session, Trip, [visit.trip for visit in visits if visit.trip])
    for visit in visits:
        reached = current_phase(events.get(visit.id, ()), sealed=False)
        times = [
            event.observed_from
            for event in events.get(visit.id, ())
            if event.phase == reached.value and event.observed_from is not None
        ]
        due = trips[visit.trip].valid_to if visit.trip in trips else ""
        near = bool(due) and (date.fromisoformat(due) - day).days <= DUE_DAYS
        yield Stop(
            visit=visit,
            hall=halls.get(visit.hall) or _unknown(visit),
            phase=reached,
            answers=answers[visit.id],
            findings=findings[visit.id],
            files=files[visit.id],
            began=max(times, default=None),
            due=due if near else "",
            overdue=near and date.fromisoformat(due) < day,
            loose_findings=loose_findings[visit.id],
            loose_files=loose_files[visit.id],
        )


_UNPLACED = (
    "NOT EXISTS (SELECT 1 FROM placement WHERE placement.evidence = evidence.id "
    "AND placement.void IS NULL)"
)


def _by_id(session: Session, cls: type[E], ids: list[str]) -> dict[str, E]:
    """Return the entities of a noun that are here, by id."""
    known = tuple(dict.fromkeys(ids))
    marks = ", ".join("?" * len(known))
    return {each.id: each for each in session.store.select(cls, f"id IN ({marks})", *known)}


def _finished(session: Session) -> Iterable[Stop]:
    sealed = session.store.db.execute(
        "SELECT visit, max(_t) FROM seal WHERE void IS NULL GROUP BY visit "
        "ORDER BY max(_seq) DESC LIMIT ?",
        (FINISHED_SHOWN,),
    ).fetchall()
    answers, findings, files = count_facts(session, [row[0] for row in sealed])
    for visit_id, ms in sealed:
        visit = session.store.get(Visit, visit_id)
        if visit is not None:
            counts = (answers[visit_id], findings[visit_id], files[visit_id])
            hall = session.store.get(Hall, visit.hall) or _unknown(visit)
            yield Stop(visit, hall, Phase.SEALED, *counts, began=ms)


def _unknown(visit: Visit) -> Hall:
    """Return the visited place where it has not arrived from another laptop: named by its id."""
    return Hall(id=visit.hall, name=visit.hall)
