"""Files of several parts: others may work between these, and what was sent before a stop stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from inspector.base.progress import SILENT, Cancelled
from inspector.storage import exchange
from inspector.sync import files, names, parts, sending, session
from inspector.sync.depots.protocol import DepotError
from inspector.sync.outcome import Limits
from tests.support.laptops import Laptop, new_depot, team
from tests.sync.test_false_witness import photograph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inspector.sync.depots.folder import FolderDepot

PART = 1024


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sending, files, parts):
        monkeypatch.setattr(module, "PART_BYTES", PART)


class Stopping:
    """Progress of a user who stops after so many bytes of files."""

    def __init__(self, kilobytes: int) -> None:
        self.left = kilobytes
        self.counts = False

    def start(self, label: str, total: int) -> None:
        self.counts = "kilobytes" in label

    def step(self, count: int = 1) -> None:
        if self.counts:
            self.left -= count
            if self.left <= 0:
                raise Cancelled


def stopped(laptop: Laptop, depot: FolderDepot, kilobytes: int) -> None:
    steps = session.visit(
        laptop.store, laptop.blobs, depot, laptop.wanted, Limits(), Stopping(kilobytes)
    )
    with pytest.raises(Cancelled):
        for _ in steps:
            pass


def lying(root: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in root.glob("sp/*/b/*/*")}


def every_file_below(root: Path) -> set[Path]:
    """Return the parts of files in a depot, also those that were cut off."""
    return {path for path in root.glob("sp/*/b/*/*") if path.is_file()}


def test_a_file_whose_sending_is_stopped_goes_on_where_it_was(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        sha256 = photograph(li, "e", os.urandom(6 * PART + 1))
        stopped(li, depot, 3)
        before = lying(root)
        assert len(before) == 3
        done = li.sync(depot)
        assert (done.sent.blobs, done.safe) == (1, True)
        after = lying(root)
        assert len(after) == 7
        assert before.items() <= after.items()
        assert exchange.sent_parts(li.store.db, done.depot, sha256) == {}
        assert wang.sync(depot).received.blobs == 1
        assert wang.blobs.size(sha256) == 6 * PART + 1


def test_a_part_that_went_away_is_sent_again(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        photograph(li, "e", os.urandom(4 * PART))
        stopped(li, depot, 2)
        next(iter(root.glob("sp/*/b/*/*"))).unlink()
        assert li.sync(depot).safe
        assert len(lying(root)) == 4
        assert wang.sync(depot).received.blobs == 1


def kept(laptop: Laptop) -> dict[str, bytes]:
    folder = laptop.store.workspace.arriving
    return {path.name: path.read_bytes() for path in folder.glob("*/*")}


def test_receiving_stops_inside_a_file_and_goes_on_where_it_was(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        data = os.urandom(6 * PART)
        sha256 = photograph(li, "e", data)
        li.sync(depot)
        stopped(wang, depot, 3)
        assert wang.blobs.size(sha256) is None
        assert [path for path in wang.store.workspace.media.glob(".incoming/*")] == []
        assert len(kept(wang)) == 4
        # Whoever finds them reads nothing: they are as they lie in the depot.
        assert all(data[:64] not in each for each in kept(wang).values())
        done = wang.sync(depot)
        assert done.received.blobs == 1
        assert done.received.bytes < 4 * PART
        assert wang.blobs.read(sha256) == data
        assert kept(wang) == {}


def test_a_kept_part_that_is_not_whole_is_read_again(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        sha256 = photograph(li, "e", os.urandom(6 * PART))
        li.sync(depot)
        stopped(wang, depot, 3)
        for number, path in enumerate(wang.store.workspace.arriving.glob("*/*")):
            path.write_bytes(path.read_bytes()[:-1] + b"\0" * number)
        assert wang.sync(depot).received.blobs == 1
        assert wang.blobs.verify(sha256) == "ok"
        assert kept(wang) == {}


def test_parts_of_what_is_not_wanted_any_more_go(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        data = os.urandom(6 * PART)
        photograph(li, "e", data)
        li.sync(depot)
        stopped(wang, depot, 3)
        assert kept(wang)
        wang.blobs.add_bytes(data)  # it came another way
        photograph(li, "f", os.urandom(10))
        li.sync(depot)
        wang.sync(depot)
        assert kept(wang) == {}


def test_others_may_work_between_the_parts_of_a_file(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.sync(depot)
        wang.sync(depot)
        photograph(li, "e", os.urandom(20 * PART))
        for laptop in (li, wang):
            visit = session.visit(
                laptop.store, laptop.blobs, depot, laptop.wanted, Limits(), SILENT
            )
            assert sum(1 for _ in visit) > 20


def test_what_cannot_get_there_whole_leaves_no_parts(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li") as (_, [li]):
        sha256 = photograph(li, "e", os.urandom(4 * PART))
        stopped(li, depot, 2)
        path = next(li.store.workspace.media.glob(f"*/{sha256}"))
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] + b"\0x")
        assert li.sync(depot).waiting == {"file_damaged_here": 1}
        assert lying(root) == {}


def test_what_a_power_cut_left_of_a_batch_is_taken_away(tmp_path, monkeypatch):
    root = tmp_path / "stick"
    depot = new_depot(root)
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for name in "abc":
            photograph(li, name, os.urandom(500))
        photograph(wang, "d", os.urandom(500))
        photograph(wang, "e", os.urandom(500))

        together = depot.write_all

        def cut(objects: Sequence[tuple[str, bytes]]) -> None:
            """The power goes when the first of them has its name and another is half written."""
            if len(objects) == 1:
                together(objects)
                return
            together(objects[:1])
            name, data = objects[1]
            half = root / f"{name}.0123456789ab.part"
            half.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(data[:100])
            raise KeyboardInterrupt

        for laptop in (wang, li):
            with monkeypatch.context() as going:
                going.setattr(depot, "write_all", cut)
                with pytest.raises(KeyboardInterrupt):
                    laptop.sync(depot)
        of_both = every_file_below(root)
        assert len(of_both) == 4
        # Each takes away its own only.
        li.sync(depot)
        left = every_file_below(root) & of_both
        assert len(left) == 2
        assert len(every_file_below(root)) == len(left) + 3
        wang.sync(depot)
        assert every_file_below(root).isdisjoint(of_both)
        assert len(every_file_below(root)) == 5


def test_a_batch_that_ended_after_all_is_left_alone(tmp_path):
    """The disk of the computer is one of before its end: others count on what an index names."""
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        hashes = [photograph(li, name, os.urandom(500)) for name in "ab"]
        li.sync(depot)
        parts_there = {path.name for path in every_file_below(tmp_path / "stick")}
        with li.store.transaction():
            exchange.note_laying(li.store.db, exchange.depots(li.store.db)[0].id, parts_there)
        li.sync(depot)
        wang.sync(depot)
        assert all(wang.blobs.size(each) == 500 for each in hashes)


def test_where_nothing_may_be_taken_away_files_go_all_the_same(tmp_path, monkeypatch):
    """A share may let one write and not delete: what lies there wastes room and is no fault."""
    depot, asked = new_depot(tmp_path / "stick"), []
    with team(tmp_path, "li") as (_, [li]):
        li.sync(depot)
        [row] = exchange.depots(li.store.db)
        laid = {names.hash_of(b"%d" % number) for number in range(9)}
        with li.store.transaction():
            exchange.note_laying(li.store.db, row.id, laid)
        files_of_li = [photograph(li, name, os.urandom(500)) for name in "ab"]

        def denied(name: str) -> None:
            asked.append(name)
            raise DepotError("denied", depot.place, name)

        with monkeypatch.context() as refusing:
            refusing.setattr(depot, "remove", denied)
            done = li.sync(depot)
        assert (done.sent.blobs, done.waiting, done.safe) == (len(files_of_li), {}, True)
        assert len(asked) == 1
        assert exchange.laying(li.store.db, row.id) == laid
        li.sync(depot)
        assert exchange.laying(li.store.db, row.id) == set()


def test_parts_that_are_on_their_way_count_as_nothing_that_is_there(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li") as (_, [li]):
        li.sync(depot)
        before = exchange.held_state(li.store.db)
        [row] = exchange.depots(li.store.db)
        with li.store.transaction():
            exchange.note_laying(li.store.db, row.id, {names.hash_of(b"part")})
        assert exchange.held_state(li.store.db) == before


def test_parts_that_cannot_be_taken_away_now_are_later(tmp_path, monkeypatch):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li") as (_, [li]):
        sha256 = photograph(li, "e", os.urandom(4 * PART))
        stopped(li, depot, 2)
        path = next(li.store.workspace.media.glob(f"*/{sha256}"))
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] + b"\0")

        def denied(name: str) -> None:
            raise DepotError("denied", str(root), name)

        monkeypatch.setattr(depot, "remove", denied)
        assert li.sync(depot).waiting == {"file_damaged_here": 1, "not_written": 4}
        assert len(lying(root)) == 4
        monkeypatch.undo()
        monkeypatch.setattr(sending, "PART_BYTES", PART)
        assert li.sync(depot).waiting == {"file_damaged_here": 1}
        assert lying(root) == {}
