"""The model of the disk: what must survive a power cut, what may, and what cannot happen."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.rigs.disk_model import SECTOR, Disk, FileOnDisk
from tests.rigs.disk_ops import (
    ROOT,
    Ack,
    Link,
    Op,
    Recording,
    Rename,
    Resize,
    Sync,
    Unlink,
    Write,
)
from tests.rigs.disk_states import Cut, FileChoice, distinct, draw, replay, survivors, torn

SEEDS = range(300)


def states(
    ops: list[Op], recording: Recording | None = None
) -> set[tuple[tuple[str, bytes | None], ...]]:
    """Return every state found at the end of `ops`: its paths with their bytes."""
    made = recording or Recording(ops)
    (_, disk), *_ = replay(made, [Cut(len(made.ops), 0)])
    found = set()
    for seed in SEEDS:
        tree = survivors(disk, seed).tree
        found.add(tuple((p, bytes(c.data()) if c else None) for p, c in sorted(tree.items())))
    return found


def trees(ops: list[Op]) -> set[tuple[str, ...]]:
    return {tuple(path for path, _ in state) for state in states(ops)}


def new(name: str, number: int, end: int, folder: int = ROOT, is_folder: bool = False) -> Link:
    return Link(folder, name, number, is_folder, end)


def sync(target: int | None, at: int) -> Sync:
    return Sync(target, at, at)


def test_a_synced_file_without_a_synced_folder_may_be_gone_but_never_half_there() -> None:
    ops: list[Op] = [new("a", 2, 0), Write(2, 0, b"text", 1), sync(2, 2)]
    assert states(ops) == {(), (("a", b"text"),)}


def test_a_synced_folder_keeps_the_name_but_not_the_bytes() -> None:
    found = states([new("a", 2, 0), Write(2, 0, b"text", 1), sync(ROOT, 2)])
    assert (("a", b""),) in found
    assert (("a", b"text"),) in found
    assert (("a", b"\0\0\0\0"),) in found, "allocated but never written"
    assert () not in found


def test_everything_synced_leaves_one_state() -> None:
    ops: list[Op] = [new("a", 2, 0), Write(2, 0, b"text", 1), sync(2, 2), sync(ROOT, 3)]
    assert states(ops) == {(("a", b"text"),)}
    assert states([*ops[:2], sync(None, 4)]) == {(("a", b"text"),)}


def test_a_new_folder_needs_a_sync_of_the_folder_it_lies_in() -> None:
    ops: list[Op] = [
        new("d", 2, 0, is_folder=True),
        new("a", 3, 1, folder=2),
        sync(3, 2),
        sync(2, 3),
    ]
    assert trees(ops) == {(), ("d", "d/a")}
    assert trees([*ops, sync(ROOT, 4)]) == {("d", "d/a")}


def test_a_rename_replaces_whole_or_not_at_all() -> None:
    start: list[Op] = [
        *(new("a", 2, 0), Write(2, 0, b"old", 1), sync(2, 2), new("b", 3, 3)),
        *(Write(3, 0, b"new", 4), sync(3, 5), sync(ROOT, 6)),
    ]
    renamed = [*start, Rename(ROOT, "b", ROOT, "a", 7)]
    assert states(renamed) == {(("a", b"old"), ("b", b"new")), (("a", b"new"),)}
    assert states([*renamed, sync(ROOT, 8)]) == {(("a", b"new"),)}


def test_a_rename_of_unsynced_bytes_may_leave_an_empty_file() -> None:
    ops: list[Op] = [
        new("t", 2, 0),
        Write(2, 0, b"x", 1),
        Rename(ROOT, "t", ROOT, "a", 2),
        sync(ROOT, 3),
    ]
    assert {(("a", b""),), (("a", b"x"),)} <= states(ops)


def test_a_rename_into_another_folder_is_certain_by_the_new_folder_only() -> None:
    start: list[Op] = [
        *(new("in", 2, 0, is_folder=True), new("out", 3, 1, is_folder=True), sync(ROOT, 2)),
        *(new("t", 4, 3, folder=2), Rename(2, "t", 3, "a", 4)),
    ]
    assert trees([*start, sync(2, 5)]) == {("in", "in/t", "out"), ("in", "out", "out/a")}
    assert trees([*start, sync(3, 5)]) == {("in", "out", "out/a")}


def test_a_removed_name_may_come_back_until_the_folder_is_synced() -> None:
    ops: list[Op] = [new("a", 2, 0), sync(ROOT, 1), Unlink(ROOT, "a", 2)]
    assert trees(ops) == {("a",), ()}
    assert trees([*ops, sync(ROOT, 3)]) == {()}


def test_names_reach_the_disk_in_any_order_but_one_name_in_its_own() -> None:
    ops: list[Op] = [new("a", 2, 0), new("b", 3, 1), Unlink(ROOT, "a", 2), new("a", 4, 3)]
    assert trees(ops) == {(), ("a",), ("b",), ("a", "b")}
    ops = [
        new("a", 2, 0),
        Unlink(ROOT, "a", 1),
        new("a", 3, 2),
        Write(3, 0, b"3", 3),
        sync(3, 4),
    ]
    assert states(ops) == {(), (("a", b""),), (("a", b"3"),)}


def test_a_sync_covers_only_what_had_returned_before_it_was_called() -> None:
    ops: list[Op] = [new("a", 2, 0), Sync(ROOT, 1, 2), Write(2, 0, b"late", 5), Sync(2, 4, 6)]
    assert (("a", b""),) in states(ops)


def test_writes_are_torn_at_sectors_and_never_inside() -> None:
    data = b"A" * SECTOR + b"B" * SECTOR
    found = states([new("a", 2, 0), Resize(2, 2 * SECTOR, 1), sync(None, 2), Write(2, 0, data, 3)])
    halves = {state[0][1] for state in found}
    empty = bytes(SECTOR)
    assert halves == {empty * 2, data, data[:SECTOR] + empty, empty + data[SECTOR:]}


def test_the_later_of_two_writes_to_a_sector_never_comes_without_the_earlier() -> None:
    ops: list[Op] = [new("a", 2, 0), Resize(2, 4, 1), sync(None, 2)]
    ops += [Write(2, 0, b"11", 3), Write(2, 2, b"22", 4)]
    assert {s[0][1] for s in states(ops)} == {b"\0\0\0\0", b"11\0\0", b"1122"}


def test_a_cut_file_may_be_long_or_short() -> None:
    ops: list[Op] = [new("a", 2, 0), Write(2, 0, b"abcdef", 1), sync(None, 2), Resize(2, 2, 3)]
    found = {s[0][1] for s in states(ops)}
    assert {b"abcdef", b"ab"} <= found
    assert found <= {b"abcdef", b"ab", b"ab\0\0\0\0"}


def test_what_was_there_at_the_start_is_certain() -> None:
    recording = Recording([], {ROOT: {"a": 2}}, {2: b"kept"})
    assert states([], recording) == {(("a", b"kept"),)}


_changes = st.lists(
    st.one_of(
        st.builds(
            Write,
            st.just(2),
            st.integers(0, 2000),
            st.binary(min_size=1, max_size=1500),
            st.just(0),
        ),
        st.builds(Resize, st.just(2), st.integers(0, 2500), st.just(0)),
    ),
    max_size=8,
)


@given(_changes, _changes, st.integers(0, 2**30))
def test_all_kept_equals_what_the_program_sees_and_none_kept_what_was_certain(
    synced: list[Write | Resize], pending: list[Write | Resize], seed: int
) -> None:
    file = FileOnDisk()
    for change in [*synced, *pending]:
        if change is (pending[0] if pending else None):
            break
        file.add(change)
    file.sync(1)
    certain = bytes(file.durable)
    for change in pending:
        file.add(change)
    seen = FileOnDisk(bytearray(certain), list(pending))
    seen.sync(1)
    everything = tuple((unit, len(changes)) for unit, changes in sorted(file.units()[1].items()))
    assert torn(file, FileChoice(len(seen.durable), everything, seed)) == seen.durable
    assert torn(file, FileChoice(len(certain), (), 0)) == certain
    assert bytes(file.durable) == certain, "looking at a state must not change the disk"


def test_cuts_fall_into_every_stretch_between_syncs_and_promises() -> None:
    ops: list[Op] = [new("a", 2, 0), *(Write(2, i, b"x", i) for i in range(40)), sync(2, 50)]
    ops += [Ack("ack 1 {}", 51), Unlink(ROOT, "a", 52), sync(ROOT, 53)]
    indexes = [cut.index for cut in draw(Recording(ops), 4, 1)]
    assert sum(index <= 41 for index in indexes) == 1
    assert set(indexes) >= {42, len(ops)}


def test_distinct_cuts_never_repeat_a_disk() -> None:
    ops: list[Op] = [new("a", 2, 0), Write(2, 0, b"text", 1), sync(2, 2), sync(ROOT, 3)]
    recording = Recording(ops)
    cuts = distinct(recording, 1000, 7)
    assert 3 <= len(cuts) < 60
    assert cuts == distinct(recording, 1000, 7)
    shown = [
        tuple((p, bytes(c.data())) for p, c in survivors(disk, cut.seed).tree.items() if c)
        for cut, disk in replay(recording, cuts)
    ]
    assert (("a", b"text"),) in shown


def test_the_same_cut_gives_the_same_state() -> None:
    ops: list[Op] = [new("a", 2, 0), Write(2, 0, Random(1).randbytes(9000), 1), new("b", 3, 2)]
    disk = Disk(Recording(ops))
    for op in ops:
        disk.apply(op)
    for seed in SEEDS:
        first, second = survivors(disk, seed), survivors(disk, seed)
        assert first.identity() == second.identity()
