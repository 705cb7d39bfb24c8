"""A new laptop that takes in a depot: from a snapshot, against the same segment by segment."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector.operations.workspaces import create_workspace
from inspector.sync import segment, unpacking
from inspector.sync.outcome import Limits
from tests.bench.measuring import Check, Row, alternate, median, say, seconds
from tests.bench.records import Grower
from tests.support.laptops import Laptop, Office, new_depot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.sync.depots.folder import FolderDepot
    from tests.bench.measuring import Plan

#: Operations in a segment where laptops sync several times a day.
_PER_SEGMENT = 50
_NEVER = 10**9


def run(plan: Plan) -> list[Row]:
    """Measure joining with a depot of many small segments, and visits with nothing new."""
    count = 4_000 if plan.quick else 90_000
    say(f"join: {count:,} findings, an operation each")
    office, depot = Office(), new_depot(plan.folder / "join-depot")
    sender = _sender(plan.folder / "join-sender", office, depot, count)
    operations = sender.store.log.count()
    asked: list[int] = []

    def joined(number: int, worth: int) -> float:
        before = depot.requests
        taken = _joined(plan.folder / f"join-{number}-{worth}", office, depot, worth)
        if worth != _NEVER:
            asked.append(depot.requests - before)
        return taken

    timings = alternate(
        lambda number: joined(number, unpacking.WORTH_IT),
        lambda number: joined(number, _NEVER),
        rounds=3,
    )
    idle = tuple(_idle(sender, depot))
    sender.store.close()
    return [
        Row(
            name="join",
            work=f"a new laptop takes in {operations:,} operations from a snapshot",
            floor_work="the same from segments one by one",
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=1.0,
            checks=(
                Check("requests from a snapshot", median([float(each) for each in asked]), ""),
                *idle,
            ),
        )
    ]


def _idle(laptop: Laptop, depot: FolderDepot) -> Iterator[Check]:
    """Measure visits with nothing new; of a folder, each folder in it is a request."""
    laptop.sync(depot)
    before = depot.requests
    taken = median([seconds(lambda: laptop.sync(depot)) for _ in range(5)])
    yield Check("a visit with nothing new", taken * 1000, "ms", 300)
    yield Check("requests of such a visit", (depot.requests - before) / 5, "")


def _sender(root: Path, office: Office, depot: FolderDepot, count: int) -> Laptop:
    """Return a laptop with a record, which is in the depot in small segments and a snapshot."""
    with create_workspace(root) as session:
        Grower(session).grow(count, one_by_one=True)
    laptop = Laptop("sender", root)
    office.admit(laptop, "reporter", "snapshotter", earlier=(laptop.store.space,))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "MAX_OPERATIONS", _PER_SEGMENT)
        laptop.sync(depot, Limits(snapshot=True))
    return laptop


def _joined(root: Path, office: Office, depot: FolderDepot, worth: int) -> float:
    laptop = Laptop(root.name, root)
    office.admit(laptop)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacking, "WORTH_IT", worth)
        taken = seconds(lambda: laptop.sync(depot))
    laptop.store.close()
    shutil.rmtree(root)
    return taken
