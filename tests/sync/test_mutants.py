"""Without one of its protections the exchange fails its trials, each for the right reason.

One scenario for each, of the same steps and with the same judge as the random trials, which must
hold with the protection and fail without it. `make endurance` lets the random trials find them.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from inspector.storage import preparing
from inspector.sync import names
from inspector.sync.outcome import Limits
from tests.support.faulty_depot import Fault, FaultyDepot
from tests.support.team_template import Template
from tests.sync import oracle
from tests.sync.machine import Exchange
from tests.sync.mutants import MUTANTS, without_clone_detection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module", autouse=True)
def _template() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preparing, "RESERVE_BYTES", 4096)
        Exchange.template = Template()
        yield
        shutil.rmtree(Exchange.template.root)


@contextmanager
def exchange_of(count: int) -> Iterator[Exchange]:
    """Give laptops that have all visited both depots; in the end everything is checked."""
    machine = Exchange()
    machine.start(seed=1, count=count, met=True)
    try:
        yield machine
        machine.settle()
        machine.check()
    finally:
        machine.close()


def visit(machine: Exchange, who: int, where: int, *faults: Fault, verify: bool = False) -> None:
    depot = FaultyDepot(machine.depot(where))
    depot.next_fault(*faults)
    machine.visit(who, where, depot, Limits(verify=verify))


def edit(machine: Exchange, who: int, value: int, entity: int = 0) -> None:
    machine.edit(who, entity, "text", value)


def segments_of(machine: Exchange, who: int, where: int) -> list[Path]:
    store = machine.laptop(who).store
    folder = machine.folder / f"d{where}" / names.segment_folder(store.space, store.chain)
    return sorted(folder.iterdir())


def two_write_apart() -> None:
    with exchange_of(3) as machine:
        edit(machine, 0, 1)
        edit(machine, 1, 2)
        machine.everybody_visits(0)
        machine.everybody_visits(0)
        oracle.require_registers(machine.laptop(1))


def a_depot_is_taken_back() -> None:
    with exchange_of(3) as machine:
        machine.snapshot("d0")
        edit(machine, 0, 1)
        visit(machine, 0, 0)
        machine.take_back("d0")
        visit(machine, 0, 0)


def an_object_is_torn() -> None:
    with exchange_of(3) as machine:
        edit(machine, 0, 1)
        visit(machine, 0, 0, Fault.TORN)
        visit(machine, 0, 0)


def bits_rot() -> None:
    with exchange_of(3) as machine:
        edit(machine, 0, 1)
        visit(machine, 0, 0)
        [path] = segments_of(machine, 0, 0)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        visit(machine, 0, 0, verify=True)


def only_a_colleague_has_it() -> None:
    """The author's disk and the depot were taken back to before: one reader has the entry."""
    with exchange_of(3) as machine:
        machine.remember_laptop(0)
        machine.snapshot("d0")
        edit(machine, 0, 1)
        visit(machine, 0, 0)
        visit(machine, 1, 0)
        machine.take_back("d0")
        machine.roll_laptop_back(0)


def a_disk_is_copied() -> None:
    """Both copies write at the same place of one chain."""
    with exchange_of(3) as machine:
        edit(machine, 0, 1)
        machine.clone(0)
        edit(machine, 0, 2)
        edit(machine, 3, 3)
        visit(machine, 0, 0)
        visit(machine, 1, 0)
        visit(machine, 3, 0)
        visit(machine, 1, 0)


def the_replaced_value_comes_last() -> None:
    """Of two segments in the depot the earlier one cannot be read at first."""
    with exchange_of(3) as machine:
        edit(machine, 0, 1)
        visit(machine, 0, 1)
        visit(machine, 1, 1)
        edit(machine, 1, 2)
        visit(machine, 1, 0)
        [path] = segments_of(machine, 0, 0)
        path.unlink()
        visit(machine, 2, 0)
        visit(machine, 2, 1)
        oracle.require_registers(machine.laptop(2))


def a_lost_laptop_writes_on() -> None:
    with exchange_of(3) as machine:
        edit(machine, 2, 1)
        machine.everybody_visits(0)
        machine.revoke(2)
        edit(machine, 2, 2)
        visit(machine, 2, 0)
        visit(machine, 0, 0)
        visit(machine, 1, 0)


SCENARIOS: dict[str, Callable[[], None]] = {
    "the last writer wins": two_write_apart,
    "what was sent once is never looked for again": a_depot_is_taken_back,
    "what is listed is there": an_object_is_torn,
    "bytes are not compared with their name": bits_rot,
    "only own entries are sent": only_a_colleague_has_it,
    "a place in a chain names an entry": a_disk_is_copied,
    "a value replaced before it came returns": the_replaced_value_comes_last,
    "entries of a revoked laptop count": a_lost_laptop_writes_on,
}


def test_every_mutant_has_its_scenario():
    assert SCENARIOS.keys() == MUTANTS.keys()


@pytest.mark.parametrize("name", SCENARIOS)
def test_with_all_its_protections_the_exchange_holds(name):
    SCENARIOS[name]()


@pytest.mark.parametrize("name", SCENARIOS)
def test_without_this_protection_it_fails_for_the_right_reason(name, monkeypatch):
    MUTANTS[name].apply(monkeypatch)
    with pytest.raises(AssertionError, match=MUTANTS[name].says):
        SCENARIOS[name]()


def test_nothing_is_lost_where_no_copy_of_a_disk_is_noticed(monkeypatch):
    without_clone_detection(monkeypatch)
    a_disk_is_copied()
    only_a_colleague_has_it()
