"""What work costs as the record grows: ten and a hundred times the findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.progress import SILENT
from inspector.domain.entities import Finding
from inspector.operations.findings import add_finding
from inspector.operations.overview import visit_rows
from inspector.operations.records import load_record
from inspector.operations.searching import search
from inspector.operations.workspaces import create_workspace
from inspector.storage.integrity import audit_projection
from tests.bench.measuring import median, say, seconds
from tests.bench.records import Grower

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.session import Session
    from tests.bench.measuring import Plan

#: A hundred times the findings may cost this many times a hundred times as much.
LEEWAY = 1.5
_WORDS = ("窗口无人", "去向牌", "顶岗", "村委会", "时")


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds for one kind of work at each size of the record."""

    work: str
    sizes: tuple[int, ...]
    taken: tuple[float, ...]

    @property
    def met(self) -> bool:
        """Whether the last step of the record cost no more than in proportion."""
        return self.taken[-1] / self.taken[-2] <= LEEWAY * self.sizes[-1] / self.sizes[-2]


def run(plan: Plan) -> list[Growth]:
    """Measure everyday work and upkeep in records of growing size."""
    sizes = (200, 2_000, 20_000) if plan.quick else (1_000, 10_000, 100_000)
    say(f"growth: {', '.join(f'{size:,}' for size in sizes)} findings")
    taken: dict[str, list[float]] = {}
    with create_workspace(plan.folder / "growth") as session:
        grower = Grower(session)
        for size in sizes:
            grower.grow(size, one_by_one=True)
            for work, measure in _measures(session, grower.visit).items():
                taken.setdefault(work, []).append(measure())
    return [Growth(work, sizes, tuple(values)) for work, values in taken.items()]


def _measures(session: Session, visit: str) -> dict[str, Callable[[], float]]:
    store = session.store

    def save() -> object:
        finding = Finding(id="", visit=visit, severity=2, text="窗口无人在岗，未摆放去向牌")
        return add_finding(session, finding, session.now())

    def find() -> list[object]:
        return [search(session, word) for word in _WORDS]

    return {
        "save one finding": lambda: _repeated(save, 40),
        "search (five words)": lambda: _repeated(find, 20),
        "load one visit": lambda: _repeated(lambda: load_record(session, visit), 20),
        "list all visits": lambda: _repeated(lambda: visit_rows(session), 5),
        "digest of all tables": lambda: _repeated(store.digest, 3),
        "replay and compare everything": lambda: _repeated(
            lambda: audit_projection(store.db, store.workspace.cache, SILENT), 1
        ),
        "rebuild": lambda: _repeated(lambda: store.rebuild(SILENT), 1),
    }


def _repeated(action: Callable[[], object], times: int) -> float:
    return median([seconds(action) for _ in range(times)])
