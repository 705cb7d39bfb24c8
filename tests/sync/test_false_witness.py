"""What strangers and faulty media put in the way of sound objects hides none of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from inspector.storage import aside, exchange
from inspector.storage.store import Edit
from inspector.sync import files, names, parts, sealed
from inspector.sync.outcome import Limits
from inspector.sync.parts import Part, Parts
from inspector.sync.sealed import HEAD, INDEX, PART
from tests.support.fixed import CountingEntropy
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.sync.sealed import Kind


def seal(laptop: Laptop, kind: Kind, payload: bytes, seed: str = "") -> bytes:
    """Seal something with the keys of a member."""
    keys = laptop.store.membership.epoch_keys()
    newest = laptop.store.membership.roster().newest_epoch
    assert newest is not None
    epoch = newest.epoch
    return sealed.seal(kind, laptop.store.space, epoch, keys[epoch], payload, CountingEntropy(seed))


def lay(root: Path, name: str, data: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def photograph(laptop: Laptop, name: str, data: bytes) -> str:
    stored = laptop.blobs.add_bytes(data)
    laptop.store.commit([Edit("evidence", name, {"sha256": stored.sha256, "size": stored.size})])
    return stored.sha256


def false_index(root: Path, laptop: Laptop, sha256: str, size: int, before: str) -> str:
    """Lay an index that names other bytes as the file's, listed before the object `before`."""
    other = seal(laptop, PART, os.urandom(size), "part")
    part = Part(names.hash_of(other), len(other))
    lay(root, names.part(laptop.store.space, part.name), other)
    payload = parts.build({sha256: Parts(size, (part,))})
    for seed in range(1000):
        data = seal(laptop, INDEX, payload, f"index {seed}")
        name = names.index(laptop.store.space, names.hash_of(data))
        if name < before:
            lay(root, name, data)
            return name
    raise AssertionError("no such name")


def test_a_false_index_hides_no_good_one(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        sha256 = photograph(li, "e", b"photo")
        li.sync(depot)
        [good] = (root / names.folder(li.store.space, "i")).iterdir()
        false_index(root, li, sha256, 5, f"{names.folder(li.store.space, 'i')}/{good.name}")
        done = wang.sync(depot)
        assert done.received.blobs == 1
        assert wang.blobs.read(sha256) == b"photo"
        assert done.quarantined == []
        # It is known for what it is, and never read again.
        claims = exchange.files(wang.store.db, done.depot)[sha256]
        assert [each.named_by.rpartition("/")[2] for each in claims] == [good.name]


def test_a_false_index_that_came_first_hides_no_later_one(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        sha256 = photograph(li, "e", b"photo")
        li.sync(depot, Limits(files=False))
        false_index(root, li, sha256, 5, "t")
        assert wang.sync(depot).received.blobs == 0
        done = li.sync(depot)
        assert (done.sent.blobs, done.safe) == (1, True)
        assert wang.sync(depot).received.blobs == 1
        assert wang.blobs.read(sha256) == b"photo"
        assert aside.quarantined(wang.store.db) == []


def heads_of(root: Path, laptop: Laptop) -> list[str]:
    folder = root / names.folder(laptop.store.space, names.HEADS)
    return sorted(each.name for each in folder.iterdir() if each.name.startswith(laptop.key.log))


@pytest.mark.parametrize("generation", [5000, names.MAX_GENERATION])
def test_a_head_that_a_stranger_laid_blinds_nobody(tmp_path, generation):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        false = names.head(li.store.space, li.key.log, generation)
        lay(root, false, os.urandom(400))
        # A member's object, but nobody's head.
        lay(root, names.head(li.store.space, li.key.log, 4000), seal(zhao, HEAD, b"no head"))
        wang.sync(depot)
        known = exchange.held(wang.store.db, depot_id(wang), exchange.HEAD)
        assert names.head(li.store.space, li.key.log, 1) in known
        # What is false is read once.
        wang.sync(depot)
        assert wang.sync(depot).received.bytes == 0
        # Its owner takes it away and goes on counting where it was.
        li.store.commit([edit("finding", "g", text="x")])
        li.sync(depot)
        assert not (root / false).exists()
        assert heads_of(root, li) == [f"{li.key.log}.{n:010}" for n in (1, 2)]
        wang.sync(depot)
        known = exchange.held(wang.store.db, depot_id(wang), exchange.HEAD)
        assert names.head(li.store.space, li.key.log, 2) in known


def depot_id(laptop: Laptop) -> str:
    [row] = exchange.depots(laptop.store.db)
    return row.id


@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_in_the_place_of_the_next_head_stops_no_visit(tmp_path, inside):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        for n in (2, 3, 4):
            folder = root / names.head(li.store.space, li.key.log, n)
            folder.mkdir()
            if inside:
                (folder / "x").write_text("x")
        li.store.commit([edit("finding", "g", text="x")])
        assert li.sync(depot).safe
        assert wang.sync(depot).received.operations == 2
        assert li.sync(depot).safe


@pytest.mark.parametrize("kind", ["segment", "part", "statement", "index"])
def test_a_folder_in_the_place_of_an_object_stops_no_visit(tmp_path, kind):
    """Who can write there may put it in the way; what was there goes again, under another name."""
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        photograph(li, "e", b"photo")
        li.sync(depot)
        pattern = {"segment": "s/*/*", "part": "b/*/*", "statement": "m/*", "index": "i/*"}[kind]
        for path in list((root / "sp").glob(f"*/{pattern}")):
            path.unlink()
            path.mkdir()
            (path / "x").write_text("x")
        li.store.commit([edit("finding", "g", text="x")])
        done = li.sync(depot)
        assert (done.safe, done.rolled_back) == (True, True)
        done = li.sync(depot, Limits(verify=True))
        assert done.safe
        assert wang.sync(depot).received.operations == 3
        assert wang.store.state("finding", "g").shown() == {"text": "x"}


def test_a_file_in_the_place_of_a_folder_keeps_only_that_back(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        wang.store.commit([edit("finding", "w", text="x")])
        other = new_depot(tmp_path / "other")
        wang.sync(other)
        li.sync(other)
        lay(root, names.segment_folder(li.store.space, wang.key.log), b"in the way")
        li.store.commit([edit("finding", "f", text="x")])
        done = li.sync(depot)
        assert not done.safe
        assert done.waiting["not_written"] >= 1
        zhao.sync(depot)
        assert zhao.store.state("finding", "f").shown() == {"text": "x"}


def test_files_are_only_asked_for_by_what_names_them(tmp_path):
    """An index of before schema 6 names nothing any more; nothing is sent twice for it."""
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li") as (_, [li]):
        photograph(li, "e", b"photo")
        assert li.sync(depot).sent.blobs == 1
        db = li.store.db
        with li.store.transaction():
            db.execute("DELETE FROM depot_file")
            db.execute("DELETE FROM held WHERE kind = 'index'")
        done = li.sync(depot)
        assert (done.sent.blobs, done.safe) == (0, True)
        assert files.parts_of(exchange.files(db, done.depot)[next(iter(li.wanted()))][0])
