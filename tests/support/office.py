"""An office as it looks on a working day: a sealed visit, one in its covert part, one prepared.

Made once and copied for each test: making it takes seconds, copying it none.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.entities import Hall, Visit, Wait
from inspector.domain.vocabulary import AnswerType, EventKind, Phase, WindowState
from inspector.operations.demo import run_demo
from inspector.operations.local_catalogues import checklist_of
from inspector.operations.observing import record_answer, record_wait, sight, start_round
from inspector.operations.people import people, use_person
from inspector.operations.places import add_hall, halls, numbered_windows, windows_of
from inspector.operations.recording import get
from inspector.operations.visits import change_phase, new_visit, note_event
from inspector.operations.workspaces import open_workspace
from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session

WEEK = {"week": {str(day): ["09:00-12:00", "13:30-17:00"] for day in range(1, 6)}}


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace and the ids of its visits; each has the person `me` typing."""

    root: Path
    sealed: str
    covert: str
    prepared: str
    me: str
    other: str
    hall: str

    def copied_to(self, root: Path) -> Office:
        """Return the same office in a folder of its own."""
        shutil.copytree(self.root, root)
        return Office(root, self.sealed, self.covert, self.prepared, self.me, self.other, self.hall)


def make_office(root: Path) -> Office:
    """Make the office. Two days lie between its sealed visit and the one that is going on."""
    clock, entropy = FixedClock(step_ms=7), CountingEntropy("office")
    clock.advance(minutes=9 * 60)
    done = run_demo(root, clock=clock, entropy=entropy)
    clock.advance(minutes=24 * 60)
    with open_workspace(done.workspace, clock, entropy) as session:
        me, other = (person.id for person in people(session)[:2])
        use_person(session, me)
        hall = halls(session)[0].id
        prepared = _prepare_second(session, [me, other])
        clock.advance(minutes=15 * 60)
        covert = new_visit(session, hall, [me, other]).id
        _go_in(session, covert, (me, other))
        _look_around(session, clock, covert, hall)
        return Office(done.workspace, done.visit, covert, prepared, me, other, hall)


def _prepare_second(session: Session, members: list[str]) -> str:
    hall = Hall(id="", code="B-02", name="开发区便民服务中心", hours=WEEK)
    hall = add_hall(session, hall, numbered_windows(6, ["1"]))
    return new_visit(session, hall.id, members).id


def _go_in(session: Session, visit: str, members: tuple[str, str]) -> None:
    now = session.now()
    change_phase(session, visit, Phase.COVERT, now, accepted_by=members)
    note_event(session, visit, EventKind.ARRIVED, now)


def _look_around(session: Session, clock: FixedClock, visit: str, hall: str) -> None:
    first = start_round(session, visit, session.now())
    states = {4: WindowState.UNATTENDED, 5: WindowState.UNATTENDED, 7: WindowState.PAUSED}
    for number, window in enumerate(windows_of(session, hall)[:12], 1):
        clock.advance(seconds=4)
        state = states.get(number, WindowState.SERVING)
        waiting = number % 5 or None
        sight(
            session,
            visit,
            window,
            state,
            session.now(),
            in_round=first.id,
            people_waiting=waiting,
        )
    checklist = checklist_of(session, get(session, Visit, visit).checklist)
    plain = [item for item in checklist.items if item.answer_type is AnswerType.YES_NO]
    for item in plain[:12]:
        record_answer(session, visit, item.code, "yes", session.now())
    joined = session.now()
    wait = Wait(id="", visit=visit, ticket="A032", joined=joined.start, promised_minutes=30)
    record_wait(session, wait, joined)
