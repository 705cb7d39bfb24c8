"""Chains, whatever order their operations arrive in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import chain
from inspector.ledger.chain import Break, Chains, Head
from inspector.ledger.operation import Change, Operation
from tests.support.records import LOG, make


def chained(count: int, log: str = LOG) -> list[Operation]:
    result: list[Operation] = []
    for n in range(1, count + 1):
        prev = {"prev": result[-1].id} if result else {}
        result.append(make(Change("finding", f"f{n}", {}), n=n, log=log, **prev))
    return result


def breaks(operations: list[Operation]) -> list[Break]:
    chains = Chains()
    found = [each for operation in operations for each in chains.add(operation)]
    return [*found, *chains.end()]


@given(st.permutations(chained(6) + chained(4, "b" * 26)))
def test_whole_chains_hold_in_any_order(operations):
    chains = Chains()
    assert [each for operation in operations for each in chains.add(operation)] == []
    assert chains.end() == []
    last = chained(6)[-1]
    assert chains.heads[LOG] == Head(LOG, 6, last.id, 6)


def test_a_missing_operation_is_a_gap_and_the_rest_is_still_followed():
    whole = chained(8)
    assert breaks(whole[:2] + whole[3:]) == [Break("gap", LOG, 4)]
    assert breaks(whole[1:]) == [Break("gap", LOG, 2)]
    assert breaks(whole[:1] + whole[2:4] + whole[6:]) == [
        Break("gap", LOG, 3),
        Break("gap", LOG, 7),
    ]


def test_another_operation_before_is_reported():
    whole = chained(3)
    other = make(Change("finding", "else", {}), n=2, prev=whole[0].id)
    assert breaks([whole[0], other, whole[2]]) == [Break("prev", LOG, 3)]


def test_a_counter_that_stands_still_is_reported():
    first = make(Change("finding", "a", {}), n=1, lc=5)
    assert breaks([first, make(Change("finding", "b", {}), n=2, lc=5, prev=first.id)]) == [
        Break("counter", LOG, 2)
    ]


def test_two_operations_in_one_place_are_a_fork():
    whole = chained(3)
    other = make(Change("finding", "else", {}), n=2, prev=whole[0].id)
    assert breaks([*whole, other]) == [Break("fork", LOG, 2)]
    assert breaks([whole[1], other, whole[0], whole[2]]) == [Break("fork", LOG, 2)]


def test_waiting_operations_are_bounded(monkeypatch):
    monkeypatch.setattr(chain, "MAX_EARLY", 5)
    assert breaks(chained(30)[1:]) == [Break("gap", LOG, 2)]
