"""Large records, made quickly through the store's own writing: operations, chain, rows, index."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from inspector.domain.entities import Finding, Hall, Visit
from inspector.domain.schema import to_fields
from inspector.domain.vocabulary import FindingOutcome
from inspector.operations import people, places
from inspector.operations.catalogues import DEFAULT_CHECKLIST
from inspector.operations.visits import members_for
from inspector.storage.store import Edit
from tests.bench import samples
from tests.bench.measuring import say

if TYPE_CHECKING:
    from inspector.operations.session import Session

#: Findings of one visit.
PER_VISIT = 50
_TRANSACTION = 100


class Grower:
    """Adds visits with findings to a workspace until there are as many findings as wanted.

    Nothing is promised to anybody meanwhile, so many actions share one transaction.
    """

    def __init__(self, session: Session, per_visit: int = PER_VISIT) -> None:
        self._session = session
        self._per_visit = per_visit
        self._random = Random(2)
        self._person = people.add_person(session, "王建国").id
        people.use_person(session, self._person)
        windows = places.numbered_windows(36, ["一楼", "二楼"])
        hall = Hall(id="", code="HD-01", name="河东市市民服务中心")
        self._hall = places.add_hall(session, hall, windows).id
        self._windows = [window.id for window in places.windows_of(session, self._hall)]
        self.findings = 0
        self.visit = ""

    def grow(self, findings: int, *, one_by_one: bool = False) -> None:
        """Go on to `findings` in all, an operation for each visit's or for every single one."""
        say(f"  … a record of {findings:,} findings")
        while self.findings < findings:
            with self._session.store.transaction():
                for _ in range(_TRANSACTION):
                    if self.findings < findings:
                        self._add_visit(one_by_one)

    def _add_visit(self, one_by_one: bool) -> None:
        store = self._session.store
        number = self.findings // self._per_visit + 1
        visit = Visit(
            id=store.new_id(),
            hall=self._hall,
            number=number,
            device=store.device,
            checklist=DEFAULT_CHECKLIST,
        )
        members = members_for(self._session, visit.id, [self._person])
        store.save(visit, *members, visit=visit.id)
        made = [self._finding(visit.id, at + 1) for at in range(self._per_visit)]
        edits = [Edit("finding", finding.id, to_fields(finding)) for finding in made]
        # Every tenth is judged later: operations that change an existing row.
        outcome = {"outcome": FindingOutcome.ESTABLISHED.value}
        judged = [Edit("finding", finding.id, outcome) for finding in made[::10]]
        groups = [[edit] for edit in (*edits, *judged)] if one_by_one else [edits, judged]
        for group in groups:
            store.commit(group, visit=visit.id)
        self.findings += self._per_visit
        self.visit = visit.id

    def _finding(self, visit: str, number: int) -> Finding:
        seen = self._session.now(self._person)
        return Finding(
            id=self._session.store.new_id(),
            visit=visit,
            number=number,
            device=self._session.store.device,
            severity=1 + number % 4,
            window=self._random.choice(self._windows),
            basis="《河东市政务服务窗口管理办法》第十二条",
            text=samples.finding_text(self._random),
            **seen.fields(),
        )
