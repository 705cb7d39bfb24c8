"""Taking in operations of others: any order, any batching, any number of times, the same record."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.base.progress import SILENT
from inspector.ledger.operation import Change
from inspector.storage import indexing
from inspector.storage.integrity import audit_projection
from inspector.storage.log_state import forked_logs, waiting_for_newer_version
from inspector.storage.receiving import FARTHEST_AHEAD, MANY, NoChain, NotYet, take
from tests.storage.test_projection import ACT
from tests.support.records import edit, make, opened, operations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector.ledger.operation import Operation
    from inspector.storage.store import Store


def receive(store: Store, operations: Sequence[Operation]) -> int:
    with store.transaction():
        return take(store, operations).operations


def chains(operations: Iterable[Operation]) -> list[list[Operation]]:
    """Return the operations chain by chain, each in order."""
    found: dict[str, list[Operation]] = {}
    for operation in sorted(operations, key=lambda each: each.header.n):
        found.setdefault(operation.header.log, []).append(operation)
    return list(found.values())


def deliver(store: Store, runs: list[list[Operation]]) -> None:
    """Deliver runs in their order; those that come too early are tried again, as a sync does."""
    while runs:
        later = []
        for run in runs:
            try:
                receive(store, run)
            except NotYet:
                later.append(run)
        assert len(later) < len(runs)
        runs = later


def written_by(stores: Sequence[Store], acts: list) -> list[Operation]:
    for who, entity, fields, hear in acts:
        if hear:
            for other in stores:
                if other is not stores[who]:
                    for chain in chains(operations_of(other)):
                        receive(stores[who], chain)
        stores[who].commit([edit("finding", entity, **fields)], visit="v")
    return list({op.id: op for store in stores for op in operations_of(store)}.values())


@settings(max_examples=15)
@given(st.lists(ACT, min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_any_order_and_batching_and_repetition_give_the_same_record(acts, source):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(folder / "a") as a, opened(folder / "b") as b, opened(folder / "c") as c:
            operations = written_by([a, b, c], acts)
            for store in (a, b, c):
                for chain in chains(operations):
                    receive(store, chain)
            digests = {store.digest() for store in (a, b, c)}
            found = {frozenset(h.id for h in store.search("无人").hits) for store in (a, b, c)}
            assert audit_projection(a.db, folder, SILENT) == []
        for number in range(2):
            runs = []
            for chain in chains(operations):
                while chain:
                    cut = source.randint(1, len(chain))
                    runs.append(chain[:cut])
                    chain = chain[cut:]
            source.shuffle(runs)
            with opened(folder / f"d{number}") as store:
                deliver(store, [*runs, *source.sample(runs, len(runs))])
                assert store.log.count() == len(operations)
                digests.add(store.digest())
                found.add(frozenset(hit.id for hit in store.search("无人").hits))
                assert store.db.execute("SELECT count(*) FROM dead").fetchone()[0] == 0
                assert audit_projection(store.db, folder, SILENT) == []
                assert store.rebuild(SILENT) == []
                digests.add(store.digest())
        assert len(digests) == 1
        assert len(found) == 1


def test_the_second_time_changes_nothing_and_says_so(tmp_path):
    with opened(tmp_path / "a") as a, opened(tmp_path / "b") as b:
        a.commit([edit("finding", "f", text="x")])
        a.commit([edit("finding", "f", text="y")])
        assert receive(b, operations_of(a)) == 2
        before = b.digest()
        assert receive(b, operations_of(a)) == 0
        assert b.log.count() == 2
        assert b.digest() == before
        # What is partly known adds the rest.
        a.commit([edit("finding", "f", text="z")])
        assert receive(b, operations_of(a)) == 1


def test_what_comes_before_is_waited_for(tmp_path):
    with opened(tmp_path / "a") as a, opened(tmp_path / "b") as b:
        for number in range(3):
            a.commit([edit("finding", "f", severity=number)])
        with pytest.raises(NotYet):
            receive(b, operations_of(a)[1:])
        assert b.log.count() == 0


def test_what_does_not_follow_is_no_chain(tmp_path):
    first = make(Change("finding", "f", {"text": "a"}))
    second = make(Change("finding", "f", {"text": "b"}), n=2, prev=first.id)
    stray = make(Change("finding", "f", {"text": "c"}), n=3, prev=first.id)
    falling = make(Change("finding", "f", {"text": "c"}), n=2, prev=first.id, lc=1)
    foreign = make(Change("finding", "f", {"text": "c"}), n=2, prev=first.id, log="b" * 26)
    far = make(Change("finding", "f", {"text": "c"}), lc=FARTHEST_AHEAD + 1)
    with opened(tmp_path / "a") as store:
        for wrong in ([first, stray], [second, first], [first, falling], [first, foreign]):
            with pytest.raises(NoChain):
                receive(store, wrong)
        with pytest.raises(NotYet):
            receive(store, [far])
        receive(store, [first])
        for wrong in ([stray], [falling], [foreign]):
            with pytest.raises(NoChain):
                receive(store, wrong)
        assert store.log.count() == 1


def test_both_branches_of_a_chain_are_kept_and_told_and_sealing_goes_on(tmp_path):
    first = make(Change("finding", "f", {"text": "a"}))
    left = make(Change("finding", "f", {"text": "b"}, {"text": [first.short]}), n=2, prev=first.id)
    right = make(Change("finding", "f", {"text": "c"}, {"text": [first.short]}), n=2, prev=first.id)
    more = make(Change("finding", "g", {"text": "d"}), n=3, prev=right.id)
    digests = set()
    for number, runs in enumerate(([[first, left], [right, more]], [[first, right, more], [left]])):
        with opened(tmp_path / f"{number}") as store:
            for run in runs:
                receive(store, run)
            assert forked_logs(store.db) == [first.header.log]
            assert len(store.state("finding", "f").registers["text"]) == 2
            problems = audit_projection(store.db, tmp_path, SILENT)
            assert {each.code for each in problems} == {"chain_fork"}
            digests.add(store.digest())
    assert len(digests) == 1


def test_a_chain_that_others_go_on_with_is_left_to_them(tmp_path):
    with opened(tmp_path / "a") as a:
        a.commit([edit("finding", "f", text="x")])
        [mine] = operations_of(a)
        log = a.chain
    theirs = make(Change("finding", "f", {"text": "y"}), n=2, prev=mine.id, log=log, lc=5)
    with opened(tmp_path / "a") as a:
        receive(a, [mine, theirs])
        assert a.chain != log
        a.commit([edit("finding", "f", text="z")])
    with opened(tmp_path / "a") as a:
        a.commit([edit("finding", "f", text="zz")])
        assert [(op.header.log == log, op.header.n) for op in operations_of(a)] == [
            (True, 1),
            (True, 2),
            (False, 1),
            (False, 2),
        ]
        assert audit_projection(a.db, tmp_path, SILENT) == []


def test_what_a_newer_version_wrote_is_kept_and_counted(tmp_path):
    kind = make(Change("finding", "f", {"text": "x"}), kind="witness")
    noun = make(Change("drone", "d", {"x": 1}), n=2, prev=kind.id)
    field = make(Change("finding", "f", {"spectrum": 1}), n=3, prev=noun.id)
    plain = make(Change("finding", "f", {"text": "x"}), n=4, prev=field.id)
    with opened(tmp_path / "a") as store:
        receive(store, [kind, noun, field, plain])
        assert waiting_for_newer_version(store.db) == 3
        receive(store, [kind, noun, field, plain])
        assert waiting_for_newer_version(store.db) == 3
        assert [op.raw for op in operations_of(store)] == [
            op.raw for op in (kind, noun, field, plain)
        ]


def test_own_operations_count_on_from_what_was_received(tmp_path):
    far = make(Change("finding", "f", {"text": "x"}), lc=900)
    with opened(tmp_path / "a") as store:
        receive(store, [far])
        store.commit([edit("finding", "f", text="y")])
        assert operations_of(store)[-1].header.lc == 901
        assert store.state("finding", "f").shown()["text"] == "y"


def test_nothing_remains_of_a_transaction_that_fails(tmp_path):
    with opened(tmp_path / "a") as a, opened(tmp_path / "b") as b:
        a.commit([edit("finding", "f", text="窗口无人")])
        before, chain = b.digest(), b.chain

        def fail() -> None:
            with b.transaction():
                take(b, operations_of(a))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert (b.digest(), b.log.count(), b.chain) == (before, 0, chain)
        assert receive(b, operations_of(a)) == 1
        assert [hit.id for hit in b.search("无人").hits] == ["f"]


def test_a_fact_that_was_replaced_before_it_came_is_not_found(tmp_path):
    old = make(Change("remark", "old", {"text": "原文"}))
    new = make(Change("remark", "new", {"text": "更正", "replaces": "old"}), log="b" * 26)
    with opened(tmp_path / "a") as store:
        receive(store, [new])
        receive(store, [old])
        assert store.search("原文").total == 0
        assert audit_projection(store.db, tmp_path, SILENT) == []


def index_settings(store: Store) -> list[tuple[str, int]]:
    """Return the settings of the search index that say how its pieces are made."""
    found = store.db.execute(
        "SELECT k, v FROM search_index_config WHERE k IN ('hashsize', 'automerge') ORDER BY k"
    )
    return found.fetchall()


def receive_in_vain(store: Store, operations: Sequence[Operation]) -> None:
    with store.transaction():
        take(store, operations)
        raise ZeroDivisionError


def test_the_texts_of_a_run_are_written_at_once(tmp_path, monkeypatch):
    """And whatever comes next is written as always, also after a run that failed."""
    monkeypatch.setattr(indexing, "_WORDS_USUALLY", 400)
    with opened(tmp_path / "sender") as sender:
        for number in range(2 * MANY):
            sender.commit([edit("finding", f"f{number}", text=f"窗口{number}无人")])
        [run] = chains(operations_of(sender))
    with opened(tmp_path / "w") as store:
        receive(store, run[:MANY])
        usual = [("automerge", 4), ("hashsize", 400)]
        assert index_settings(store) == usual

        with pytest.raises(ZeroDivisionError):
            receive_in_vain(store, run[MANY:])
        assert index_settings(store) == usual

        pieces = "SELECT count(DISTINCT segid) FROM search_index_idx"
        [before] = store.db.execute(pieces).fetchone()
        receive(store, run[MANY:])
        assert store.db.execute(pieces).fetchone() == (before + 1,)
        assert store.search("窗口99无人").total == 1
        assert audit_projection(store.db, tmp_path, SILENT) == []
