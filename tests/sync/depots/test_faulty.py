"""The faulty depot keeps the contract while nothing is set, and fails as told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.sync import names
from inspector.sync.depots import marker
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError, Missing
from tests.support.faulty_depot import Crashed, Fault, FaultyDepot
from tests.sync.depots.contract import LOG, MOST, ONE, SPACE, TWO, Contract, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.ids import Entropy

FOLDER = names.segment_folder(SPACE, LOG)


@pytest.fixture
def depot(tmp_path: Path, entropy: Entropy) -> FaultyDepot:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        found.append(FolderDepot(tmp_path / name, entropy))
        marker.init(found[-1], entropy)
    return FaultyDepot(found[0], seed=7, other=found[1])


class TestFaultyWithoutFaults(Contract):
    """The contract, as long as nothing is set."""


@pytest.mark.parametrize(
    ("fault", "raised", "left"),
    [
        (Fault.CRASH_BEFORE, Crashed, None),
        (Fault.CRASH_AFTER, Crashed, ONE),
        (Fault.TORN, DepotError, ONE[: len(ONE) // 2]),
        (Fault.EMPTY, DepotError, b""),
        (Fault.LIED, None, ONE[: len(ONE) // 2]),
        (Fault.LOST_ANSWER, DepotError, ONE),
        (Fault.FULL, DepotError, None),
        (Fault.DENIED, DepotError, None),
        (Fault.AWAY, DepotError, None),
    ],
)
def test_a_write_suffers_what_was_set(
    depot: FaultyDepot, fault: Fault, raised: type[BaseException] | None, left: bytes | None
):
    depot.next_fault(fault)
    if raised is None:
        depot.write(name_of(ONE), ONE)
    else:
        with pytest.raises(raised):
            depot.write(name_of(ONE), ONE)
    assert depot.happened == [(fault, name_of(ONE))]
    depot.plug_in()
    if left is None:
        with pytest.raises(Missing):
            depot.read(name_of(ONE), MOST)
    else:
        assert depot.read(name_of(ONE), MOST) == left
    depot.write(name_of(ONE), ONE)
    assert depot.read(name_of(ONE), MOST) == ONE


def test_what_went_away_stays_away_until_it_is_plugged_in(depot: FaultyDepot):
    depot.next_fault(Fault.AWAY)
    for _ in range(2):
        with pytest.raises(DepotError):
            list(depot.entries(FOLDER))
    depot.plug_in()
    assert list(depot.entries(FOLDER)) == []


def test_another_depot_is_told_by_its_marker(depot: FaultyDepot):
    known = marker.read(depot).depot
    depot.write(name_of(ONE), ONE)
    depot.next_fault(Fault.OTHER)
    with pytest.raises(MingchaError, match="depot_other"):
        marker.require(depot, known)
    assert list(depot.entries(FOLDER)) == []
    depot.plug_in()
    marker.require(depot, known)
    assert depot.read(name_of(ONE), MOST) == ONE


def test_listings_are_stale_reordered_or_break_off(depot: FaultyDepot):
    for each in range(8):
        depot.write(name_of(bytes([each])), bytes([each]))
    first = list(depot.entries(FOLDER))
    depot.write(name_of(TWO), TWO)
    depot.next_fault(Fault.STALE, Fault.REORDERED, Fault.SHORT)
    assert list(depot.entries(FOLDER)) == first
    reordered = list(depot.entries(FOLDER))
    assert sorted(reordered) == sorted(FolderDepot.entries(depot.inner, FOLDER))
    seen = []
    with pytest.raises(DepotError):
        seen.extend(entry for entry in depot.entries(FOLDER))
    assert len(list(depot.entries(FOLDER))) == 9


def test_a_bit_turns_over_where_the_seed_says(depot: FaultyDepot):
    depot.write(name_of(ONE), ONE)
    depot.next_fault(Fault.ROT)
    rotten = depot.read(name_of(ONE), MOST)
    assert sum((a ^ b).bit_count() for a, b in zip(rotten, ONE, strict=True)) == 1
    assert depot.rot_any(lambda name: name != names.MARKER) == name_of(ONE)


def test_the_same_seed_fails_in_the_same_way(tmp_path: Path, entropy: Entropy):
    told = []
    for run in ("a", "b"):
        (tmp_path / run).mkdir()
        depot = FaultyDepot(FolderDepot(tmp_path / run, entropy), seed=3)
        marker.init(depot, entropy)
        depot.chance = 0.4
        for each in range(40):
            data = bytes([each])
            try:
                depot.write(name_of(data), data)
                list(depot.entries(FOLDER))
            except (DepotError, Crashed):
                depot.plug_in()
        told.append(depot.happened)
    assert told[0] == told[1]
    assert len({fault for fault, _ in told[0]}) > 5
