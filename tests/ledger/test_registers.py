"""Registers against a model that knows the true causal history."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.base.clock import Reading
from inspector.ledger.operation import Change, Operation
from inspector.ledger.registers import EntityState
from tests.support.records import make

FIELDS = ("text", "severity")


@dataclass
class Device:
    """A device as the model sees it: what it holds, and its registers."""

    log: str
    state: EntityState
    seen: set[str]
    n: int = 0
    counter: int = 0
    prev: str = "0" * 64


@dataclass(frozen=True)
class History:
    """Operations, and for each the operations its author knew (by short id)."""

    operations: list[Operation]
    past: dict[str, frozenset[str]]


@st.composite
def histories(draw) -> History:
    """Several devices write, and pass operations on in any order, one by one."""
    devices = [Device(letter * 26, EntityState(), set()) for letter in "abcd"]
    operations: list[Operation] = []
    past: dict[str, frozenset[str]] = {}
    for _ in range(draw(st.integers(1, 14))):
        device = devices[draw(st.integers(0, 3))]
        if operations and draw(st.booleans()):
            take = draw(st.lists(st.sampled_from(operations), max_size=4))
            for operation in take:
                # A device only passes on what follows from what the other one holds already.
                if operation.short not in device.seen and past[operation.short] <= device.seen:
                    deliver(device, operation)
        fields = {
            name: draw(st.integers(0, 2) | st.none())
            for name in draw(st.lists(st.sampled_from(FIELDS), min_size=1, unique=True))
        }
        # The clock says anything: nothing may depend on it.
        reading = Reading(draw(st.integers(-(10**12), 10**13)), 480, "0" * 32, 0)
        operation = make(
            Change("finding", "f", fields, device.state.over(fields)),
            n=device.n + 1,
            prev=device.prev,
            lc=device.counter + 1,
            log=device.log,
            reading=reading,
        )
        operations.append(operation)
        past[operation.short] = frozenset(device.seen)
        device.n, device.prev = device.n + 1, operation.id
        deliver(device, operation)
    return History(operations, past)


def deliver(device: Device, operation: Operation) -> None:
    arrive(device.state, operation, device.seen)
    device.counter = max(device.counter, operation.header.lc)


def arrive(state: EntityState, operation: Operation, seen: set[str]) -> None:
    state.apply(operation.header, operation.short, operation.changes[0], seen.__contains__)
    seen.add(operation.short)


def maximal(history: History, name: str, held: set[str]) -> set[str]:
    """Return the writes of `name` that nobody who knew them has written over."""
    writes = [
        each.short
        for each in history.operations
        if each.short in held and name in each.changes[0].fields
    ]
    return {one for one in writes if not any(one in history.past[other] for other in writes)}


@settings(max_examples=250, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_candidates_are_the_causally_newest_writes_in_any_order(history, shuffle):
    orders = [history.operations, history.operations[::-1]]
    orders += [shuffle.sample(history.operations, len(history.operations)) for _ in range(3)]
    results = []
    for order in orders:
        state, seen = EntityState(), set()
        gone: dict[str, set[str]] = {name: set() for name in FIELDS}
        for operation in order:
            before = {n: {c[1] for c in state.registers.get(n, ())} for n in FIELDS}
            arrive(state, operation, seen)
            for name in FIELDS:
                shown = {item[1] for item in state.registers.get(name, ())}
                assert not shown & gone[name], "a replaced value came back"
                gone[name] |= before[name] - shown
        assert state.dead == {}
        for name in FIELDS:
            found = {item[1] for item in state.registers.get(name, ())}
            assert found == maximal(history, name, seen)
        results.append((state.registers, state.creator, state.entered))
    assert all(result == results[0] for result in results)


@settings(max_examples=100, deadline=None)
@given(histories())
def test_causal_delivery_never_waits_for_anything(history):
    state, seen = EntityState(), set()
    for operation in history.operations:
        arrive(state, operation, seen)
        assert state.dead == {}
        for name in FIELDS:
            assert {c[1] for c in state.registers.get(name, ())} == maximal(history, name, seen)


@settings(max_examples=100, deadline=None)
@given(histories())
def test_writing_over_all_candidates_ends_every_conflict(history):
    state, seen = EntityState(), set()
    for operation in history.operations:
        arrive(state, operation, seen)
    fields = dict.fromkeys(state.registers, 9)
    last = make(Change("finding", "f", fields, state.over(fields)), n=1, lc=10**6, log="e" * 26)
    arrive(state, last, seen)
    assert state.conflicts() == {}
    assert state.shown() == fields


def written(value: object, log: str, lc: int = 1, **over: list[str]) -> Operation:
    return make(Change("finding", "f", {"text": value}, over), log=log * 26, lc=lc)


def test_equal_values_are_no_conflict_and_different_ones_are():
    for one, other, conflict in (("x", "x", False), ("x", "y", True), (1, True, True)):
        state, seen = EntityState(), set()
        arrive(state, written(one, "a"), seen)
        arrive(state, written(other, "b"), seen)
        assert len(state.registers["text"]) == 2
        assert bool(state.conflicts()) is conflict


def test_the_counter_chooses_what_is_shown_and_ids_break_ties():
    low, high = written("low", "a", 1), written("high", "b", 2)
    for order in itertools.permutations((low, high)):
        state, seen = EntityState(), set()
        for operation in order:
            arrive(state, operation, seen)
        assert state.shown() == {"text": "high"}
    one, other = written("one", "a", 5), written("other", "b", 5)
    state, seen = EntityState(), set()
    arrive(state, one, seen)
    arrive(state, other, seen)
    assert state.shown()["text"] == max((one.short, "one"), (other.short, "other"))[1]


def test_an_awaited_operation_is_forgotten_when_it_arrives_without_the_write():
    first = make(Change("finding", "f", {"severity": 1}))
    late = written("new", "b", 2, text=[first.short])
    state, seen = EntityState(), set()
    arrive(state, late, seen)
    assert state.dead == {"text": frozenset({first.short})}
    state.bury(first.short)
    assert state.dead == {}


def test_a_null_is_a_value_and_absent_is_not():
    state, seen = EntityState(), set()
    arrive(state, written(None, "a"), seen)
    assert state.shown() == {"text": None}
    assert "severity" not in state.shown()


def test_batches_of_any_size_give_the_same(entropy):
    source = random.Random(int.from_bytes(entropy(8), "big"))
    chain: list[Operation] = []
    for n in range(1, 30):
        over = {"text": [chain[-1].short]} if chain else {}
        chain.append(make(Change("finding", "f", {"text": n}, over), n=n, lc=n))
    for _ in range(20):
        state, seen = EntityState(), set()
        for operation in source.sample(chain, len(chain)):
            arrive(state, operation, seen)
        assert [item[2] for item in state.registers["text"]] == [29]
        assert state.dead == {}
