"""An office with one hall and an open visit, and photographs to bring along."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from inspector.base.clock import to_ms
from inspector.domain.entities import Finding, Hall, Visit
from inspector.domain.times import DEFAULT_PRECISION, Seen
from inspector.domain.vocabulary import Phase, TimeSource
from inspector.operations.findings import add_finding
from inspector.operations.people import add_person, use_person
from inspector.operations.places import add_hall, numbered_windows
from inspector.operations.recording import find_window
from inspector.operations.visits import accept_rules, begin_overt, change_phase, new_visit
from inspector.operations.workspaces import create_workspace
from tests.support.exchanging import Exchanging, begin
from tests.support.fixed import START
from tests.support.organisation import laptop, office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from inspector.domain.entities import Window
    from inspector.operations.session import Session
    from tests.support.fixed import CountingEntropy, FixedClock
    from tests.support.organisation import Office

WEEK = {"week": {str(day): ["09:00-12:00", "13:30-17:00"] for day in range(1, 6)}}


@dataclass(frozen=True)
class Field:
    """A visit under way: its session and the ids that matter."""

    session: Session
    hall: str
    li: str
    wang: str
    visit: str

    def seen(
        self, at: str = "", to: str = "", who: str = "", source: TimeSource = TimeSource.NOTE
    ) -> Seen:
        """Return “seen on the day of the fixed clock” by Li unless `who` says otherwise."""
        start, end = (
            to_ms(START.replace(hour=int(t[:2]), minute=int(t[3:]))) if t else None
            for t in (at, to)
        )
        return Seen(who or self.li, start, end, 480, source, DEFAULT_PRECISION[source])

    def window(self, number: str) -> Window:
        """Return a window of the hall."""
        return find_window(self.session, self.hall, number)

    def go_in(self) -> None:
        """Let both accept the rules and begin the covert part."""
        for who in (self.li, self.wang):
            accept_rules(self.session, self.visit, self.seen("09:00", who=who))
        change_phase(self.session, self.visit, Phase.COVERT, self.seen("09:30"))

    def show_identity(self, at: str = "10:50") -> None:
        """Let both show identity and the whole team be overt."""
        documents = {self.li: "督查证", self.wang: "督查证"}
        begin_overt(self.session, self.visit, self.seen(at), documents, to_whom="值班主任")

    def finding(self, text: str, at: str = "10:00", **more: object) -> Finding:
        """Record a finding."""
        values = {"id": "", "visit": self.visit, "text": text} | more
        return add_finding(self.session, Finding(**values), self.seen(at))  # type: ignore[arg-type]


@pytest.fixture
def field(tmp_path: Path, clock: FixedClock, entropy: CountingEntropy) -> Iterator[Field]:
    """A workspace with two members, a hall with six windows on two floors, and a new visit.

    It is evening, and what was seen during the day is entered.
    """
    clock.advance(minutes=9 * 60)
    with create_workspace(tmp_path / "office", clock, entropy) as session:
        li, wang = (add_person(session, name) for name in ("李娜", "王强"))
        use_person(session, li.id)
        hall = Hall(id="", code="H1", name="云溪县政务服务中心", hours=WEEK)
        hall = add_hall(session, hall, numbered_windows(6, ["1", "2"]))
        visit: Visit = new_visit(session, hall.id, [li.id, wang.id])
        yield Field(session, hall.id, li.id, wang.id, visit.id)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as held:
        yield held


@pytest.fixture
def at(tmp_path: Path, stack: ExitStack) -> Office:
    made = office(tmp_path)
    stack.enter_context(made.session)
    return made


@pytest.fixture
def new(tmp_path: Path, stack: ExitStack) -> Callable[..., Session]:
    def opened(name: str, folder: str = "", **more: bool) -> Session:
        session = laptop(tmp_path / (folder or name), name, **more)
        stack.enter_context(session)
        return session

    return opened


@pytest.fixture
def other(field: Field, tmp_path: Path) -> Exchanging:
    """The workspace of the field is the office machine; a colleague has another laptop."""
    return begin(field.session, tmp_path / "exchange")
