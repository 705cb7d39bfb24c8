"""A full disk, here or there, keeps back only what does not fit: facts leave before files are
fetched, and a file that is too large hides no smaller one."""

from __future__ import annotations

import os
import resource
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from inspector.storage.store import Edit
from inspector.sync.depots.protocol import DepotError
from inspector.sync.depots.room import RESERVE
from inspector.sync.outcome import Limits
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE, SMALL = 4 << 20, 10_000


def photograph(laptop: Laptop, name: str, size: int) -> str:
    stored = laptop.blobs.add_bytes(os.urandom(size))
    laptop.store.commit([Edit("evidence", name, {"sha256": stored.sha256, "size": stored.size})])
    return stored.sha256


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may become larger, as on some disks; the system itself refuses."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="the system knows no such limit")
def test_a_file_that_cannot_be_stored_keeps_nothing_else_back(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        large, small = photograph(li, "e", LARGE), photograph(li, "g", SMALL)
        li.sync(depot)
        wang.store.commit([edit("finding", "f", text="eigenes")])
        with largest_file(LARGE - 1):
            done = wang.sync(depot)
        assert done.waiting == {"not_stored_here": 1}
        assert (done.received.blobs, done.files_left) == (1, 1)
        assert (wang.blobs.size(large), wang.blobs.size(small)) == (None, SMALL)
        assert zhao.sync(depot).received.operations >= 3
        assert zhao.store.state("finding", "f").shown() == {"text": "eigenes"}
        done = wang.sync(depot)
        assert (done.received.blobs, done.waiting, done.quarantined) == (1, {}, [])


def test_no_file_is_begun_that_the_disk_has_no_room_for(tmp_path, monkeypatch):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        large, small = photograph(li, "e", LARGE), photograph(li, "g", SMALL)
        li.sync(depot)
        monkeypatch.setattr(wang.store.place, "free", lambda: RESERVE + LARGE - 1)
        done = wang.sync(depot)
        assert done.waiting == {"no_room_here": 1}
        assert done.received.bytes < LARGE
        assert (wang.blobs.size(large), wang.blobs.size(small)) == (None, SMALL)


def test_facts_leave_a_computer_that_has_no_room_for_those_of_others(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        for number in range(40):
            li.store.commit([edit("finding", f"f{number}", text="长" * 4000)])
        li.sync(depot)
        wang.store.commit([edit("finding", "own", text="eigenes")])
        db = wang.store.db
        [pages] = db.execute("PRAGMA page_count").fetchone()
        # SQLite itself says that the disk is full from here on.
        db.execute(f"PRAGMA max_page_count = {pages + 10}")
        done = wang.sync(depot)
        assert done.waiting["no_room_here"] >= 1
        assert done.received.operations == 0
        assert zhao.sync(depot).received.operations == 41
        assert zhao.store.state("finding", "own").shown() == {"text": "eigenes"}
        db.execute("PRAGMA max_page_count = 1000000")
        done = wang.sync(depot)
        assert done.received.operations >= 40
        assert done.waiting == {}


def test_limits_leave_a_large_file_and_take_the_smaller_ones_after_it(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        photograph(li, "e", LARGE)
        photograph(li, "g", SMALL)
        limits = Limits(max_bytes=LARGE)
        done = li.sync(depot, limits)
        assert (done.sent.blobs, done.files_left) == (1, 1)
        assert li.sync(depot).sent.blobs == 1
        done = wang.sync(depot, limits)
        assert (done.received.blobs, done.files_left) == (1, 1)


@pytest.mark.parametrize("tells", [True, False])
def test_a_full_depot_gets_what_still_fits_and_no_half_files(tmp_path, monkeypatch, tells):
    """Some places say how much room there is; others only when it is too late."""
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        large, small = photograph(li, "e", LARGE * 3), photograph(li, "g", SMALL)
        room = LARGE * 2 + SMALL * 2 + 50_000
        before = depot.write

        def write(name: str, data: bytes) -> None:
            used = sum(path.stat().st_size for path in (root / "sp").rglob("*") if path.is_file())
            if used + len(data) > room:
                raise DepotError("full", depot.place, "no space left")
            before(name, data)

        monkeypatch.setattr(depot, "write", write)
        monkeypatch.setattr(depot, "free", lambda: RESERVE + room if tells else None)
        done = li.sync(depot)
        assert (done.sent.blobs, done.files_left, done.waiting) == (1, 1, {"no_room": 1})
        assert not done.safe
        parts = [path for path in (root / "sp").glob("*/b/*/*") if path.stat().st_size > SMALL * 2]
        assert parts == []
        assert wang.sync(depot).received.blobs == 1
        assert (wang.blobs.size(large), wang.blobs.size(small)) == (None, SMALL)


def test_a_medium_that_can_only_be_read_gives_everything_that_is_on_it(tmp_path, monkeypatch):
    depot = new_depot(tmp_path / "disc")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        sha256 = photograph(li, "e", SMALL)
        li.sync(depot)
        for number in range(10):
            wang.store.commit([edit("finding", f"f{number}", text="eigenes")])

        def write(_name: str, _data: bytes) -> None:
            raise DepotError("denied", depot.place, "read-only file system")

        monkeypatch.setattr(depot, "write", write)
        done = wang.sync(depot)
        assert (done.received.operations, done.received.blobs) == (1, 1)
        assert wang.blobs.size(sha256) == SMALL
        assert done.read_only
        assert "not_written" not in done.waiting
        assert not done.safe
