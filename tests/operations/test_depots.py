"""Mending depots from what a member holds, and how servers are entered."""

from __future__ import annotations

import errno
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.media.cache import Cache
from inspector.operations import connecting
from inspector.operations.depots import check_depot, init_depot, mirror_depots, repair_depot
from inspector.storage.store import Edit
from inspector.sync import names
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from inspector.sync.inventory import Inventory
from inspector.sync.outcome import Limits
from inspector.sync.scrub import Problem
from tests.support import servers
from tests.support.depot_reader import everything_in
from tests.support.faulty_depot import FaultyDepot
from tests.support.fixed import FixedClock
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.base.ids import Entropy

PHOTOGRAPH = b"x" * 100_000


def record(laptop: Laptop) -> str:
    """Record a finding and a photograph; return the photograph's hash."""
    laptop.store.commit([edit("finding", "f", text="窗口无人", severity=2)], visit="v")
    stored = laptop.blobs.add_bytes(PHOTOGRAPH)
    fields = {"sha256": stored.sha256, "size": stored.size, "visit": "v"}
    laptop.store.commit([Edit("evidence", "e", fields)], visit="v")
    return stored.sha256


def session_of(laptop: Laptop) -> Any:
    workspace = laptop.store.workspace
    cache = Cache(workspace.cache, lasting=workspace.small)
    return SimpleNamespace(store=laptop.store, blobs=laptop.blobs, cache=cache)


def objects(depot: FolderDepot, *kinds: str) -> list[str]:
    listed = [entry.name for entry in depot.entries("sp", below=True)]
    return [name for name in listed if name.split("/")[2] in kinds]


def rot(depot: FolderDepot, name: str) -> None:
    assert FaultyDepot(depot, seed=len(name)).rot(name)


def checked(depot: FolderDepot) -> set[str]:
    done = check_depot(depot, FixedClock(), everything=True)
    return {problem.where for problem in done.problems}


def missed(laptop: Laptop, depot: FolderDepot) -> set[str]:
    """What a member's computer finds missing in a depot whose every object is sound."""
    done = check_depot(depot, FixedClock(), everything=True, session=session_of(laptop))
    assert done.compared
    assert {problem.code for problem in done.problems} <= {"missing"}
    return {problem.where for problem in done.problems}


@pytest.mark.parametrize("who", ["its author", "a reader", "who never came"])
@pytest.mark.parametrize("kind", [names.SEGMENTS, names.PARTS])
def test_a_member_sees_what_is_missing(tmp_path: Path, kind: str, who: str):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        record(li)
        li.sync(depot)
        wang.sync(depot)
        li.sync(depot)
        laptop = {"its author": li, "a reader": wang, "who never came": zhao}[who]
        assert missed(laptop, depot) == set()
        gone = set(objects(depot, kind))
        for name in gone:
            depot.remove(name)
        assert missed(laptop, depot) == gone
        # Nothing is missing any more once it lies there again, also under another name.
        li.sync(depot)
        assert missed(laptop, depot) == set()


def test_an_index_that_is_gone_is_missed_until_its_files_are_named_again(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot)
        wang.sync(depot)
        [gone] = objects(depot, names.INDEXES)
        depot.remove(gone)
        assert missed(wang, depot) == {gone}
        li.sync(depot)
        assert missed(wang, depot) == set()


def test_mending_brings_back_what_is_missing(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot)
        wang.sync(depot)
        gone = objects(depot, names.SEGMENTS, names.PARTS, names.INDEXES)
        for name in gone:
            depot.remove(name)
        done = repair_depot(session_of(wang), depot)
        assert {problem.where for problem in done.damaged} >= set(objects(depot, names.SEGMENTS))
        assert done.left == []
        assert missed(wang, depot) == set()
        operations, files = everything_in(tmp_path / "stick", li)
        assert len(files) == 1
        assert len(operations) >= 2


def test_a_member_mends_whatever_it_holds(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        sha256 = record(li)
        li.sync(depot, Limits(snapshot=True))
        wang.sync(depot)
        damaged = objects(depot, *names.HASHED)
        assert {name.split("/")[2] for name in damaged} == names.HASHED - {names.THUMBS}
        for name in damaged:
            rot(depot, name)
        assert checked(depot) == set(damaged)
        done = repair_depot(session_of(wang), depot)
        assert {problem.where for problem in done.damaged} == set(damaged)
        # Of segments everybody has the very bytes.
        assert set(done.restored) == {name for name in damaged if "/s/" in name}
        assert done.left == []
        assert checked(depot) == set()
        operations, files = everything_in(tmp_path / "stick", li)
        assert files == {sha256}
        assert len(operations) >= 2


@pytest.mark.parametrize("kind", ["n", "p"])
def test_a_damaged_snapshot_is_taken_away_by_anybody(tmp_path: Path, kind: str):
    """What is in it lies there as well."""
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot, Limits(snapshot=True))
        [name] = objects(depot, kind)
        rot(depot, name)
        assert checked(depot) == {name}
        assert repair_depot(session_of(wang), depot).left == []
        assert objects(depot, kind) == []
        li.sync(depot, Limits(snapshot=True))
        assert objects(depot, kind) != []
        assert checked(depot) == set()


def test_a_snapshot_of_which_a_pack_went_away_is_told_and_taken_away(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot, Limits(snapshot=True))
        [pack] = objects(depot, names.PACKS)
        depot.remove(pack)
        wang.sync(depot)
        found = check_depot(depot, FixedClock(), everything=True, session=session_of(wang))
        assert found.problems == [Problem("missing", pack)]
        assert repair_depot(session_of(wang), depot).left == []
        assert objects(depot, names.SNAPSHOTS, names.PACKS) == []
        assert check_depot(depot, FixedClock(), session=session_of(wang)).problems == []
        li.sync(depot, Limits(snapshot=True))
        assert len(objects(depot, names.SNAPSHOTS, names.PACKS)) == 2


class Hiding(FolderDepot):
    """A depot of which one folder is not listed, and some objects may not be read either."""

    hidden = names.PACKS
    denied: frozenset[str] = frozenset()

    def _scanned(self, folder: Path) -> list[os.DirEntry[str]]:
        if folder.name == self.hidden:
            raise PermissionError(errno.EACCES, "not listed")
        return super()._scanned(folder)

    def read(self, name: str, limit: int) -> bytes:
        if name in self.denied:
            raise DepotError("denied", self.place, name)
        return super().read(name, limit)


@pytest.mark.parametrize("readable", [True, False])
def test_a_snapshot_whose_packs_are_only_not_listed_stays(tmp_path: Path, *, readable: bool):
    depot, hiding = new_depot(tmp_path / "stick"), Hiding(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot, Limits(snapshot=True))
        wang.sync(depot)
        before = sorted(objects(depot, names.SNAPSHOTS, names.PACKS))
        [pack] = objects(depot, names.PACKS)
        hiding.denied = frozenset() if readable else frozenset({pack})
        done = repair_depot(session_of(wang), hiding)
        assert done.damaged == [Problem("missing", pack)]
        assert done.left == ([] if readable else done.damaged)
        assert sorted(objects(depot, names.SNAPSHOTS, names.PACKS)) == before
        assert missed(wang, depot) == set()


@pytest.mark.parametrize("packs_come", [True, False])
def test_a_snapshot_that_somebody_writes_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, packs_come: bool
):
    """A listing is no moment: the folder of its packs was read before they were there."""
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot)
        wang.sync(depot)
        take, looks = Inventory.take, []

        def second_look_meanwhile(self: Inventory) -> Iterator[None]:
            looks.append(self)
            if len(looks) == 2:
                li.sync(depot, Limits(snapshot=True))
                packs = objects(depot, names.PACKS)
                there = [each for each in depot.entries("sp", below=True) if each.name not in packs]
                monkeypatch.setattr(depot, "entries", lambda *_args, **_options: iter(there))
                if not packs_come:
                    for pack in packs:
                        depot.remove(pack)
            yield from take(self)
            monkeypatch.setattr(depot, "entries", partial(FolderDepot.entries, depot))

        monkeypatch.setattr(Inventory, "take", second_look_meanwhile)
        left = repair_depot(session_of(wang), depot).left
        assert len(looks) == 2
        assert len(objects(depot, names.SNAPSHOTS)) == 1
        assert len(objects(depot, names.PACKS)) == packs_come
        assert [problem.code for problem in left] == ([] if packs_come else ["missing"])


def test_entries_that_are_only_not_listed_stay(tmp_path: Path):
    depot, hiding = new_depot(tmp_path / "stick"), Hiding(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot)
        wang.sync(depot)
        hiding.hidden = li.key.log
        before = {each for each in objects(depot, names.SEGMENTS) if li.key.log in each}
        hiding.denied = frozenset(before)
        left = repair_depot(session_of(wang), hiding).left
        assert {problem.where for problem in left} == before
        assert before <= set(objects(depot, names.SEGMENTS))
        assert missed(wang, depot) == set()


def test_a_snapshot_that_may_not_be_read_here_stays_for_others(tmp_path: Path):
    depot, hiding = new_depot(tmp_path / "stick"), Hiding(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot, Limits(snapshot=True))
        wang.sync(depot)
        [manifest] = objects(depot, names.SNAPSHOTS)
        hiding.denied = frozenset({manifest})
        done = repair_depot(session_of(wang), hiding)
        assert done.left == [Problem("unreadable", manifest)]
        assert objects(depot, names.SNAPSHOTS) == [manifest]


def test_a_sound_depot_is_left_as_it_is(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li") as (_, [li]):
        record(li)
        li.sync(depot)
        before = objects(depot, *names.HASHED)
        done = repair_depot(session_of(li), depot)
        assert (done.damaged, done.restored, done.left) == ([], [], [])
        assert objects(depot, *names.HASHED) == before


def test_what_nobody_here_holds_is_left_and_another_depot_has_it(tmp_path: Path):
    depot, office = new_depot(tmp_path / "stick"), new_depot(tmp_path / "office")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        record(li)
        li.sync(depot)
        mirror_depots(depot, office)
        [part] = objects(depot, names.PARTS)
        rot(depot, part)
        # Wang never saw the photograph and cannot make it.
        done = repair_depot(session_of(wang), depot)
        assert [problem.where for problem in done.left] == [part]
        assert checked(depot) == {part}
        done = repair_depot(session_of(wang), depot, office)
        assert (done.restored, done.left) == ([part], [])
        assert checked(depot) == set()
        wang.sync(depot)
        assert len(wang.wanted()) == 1
        assert all(wang.blobs.size(each) == len(PHOTOGRAPH) for each in wang.wanted())


def test_what_a_stranger_put_there_is_not_mended(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li") as (_, [li]):
        record(li)
        li.sync(depot)
        foreign = names.segment(li.store.space, "z" * 26, names.hash_of(b"x"))
        depot.write(foreign, b"y")
        done = repair_depot(session_of(li), depot)
        assert [problem.where for problem in done.left] == [foreign]


def test_a_hundredth_is_read_each_day(tmp_path: Path, clock: FixedClock):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li") as (_, [li]):
        record(li)
        li.sync(depot)
    expected = check_depot(depot, clock, everything=True).checked
    always = len(objects(depot, names.HEADS, names.ENVELOPES))
    read = 0
    for _ in range(100):
        read += check_depot(depot, clock).checked - always
        clock.advance(minutes=24 * 60)
    assert read == expected - always


def test_a_place_is_set_up_once(tmp_path: Path, entropy: Entropy):
    depot = FolderDepot(tmp_path)
    made = init_depot(depot, entropy)
    with pytest.raises(MingchaError, match="depot_exists"):
        init_depot(depot, entropy)
    assert made in (tmp_path / names.MARKER).read_text(encoding="ascii")


def test_a_server_is_entered_as_kept_or_as_the_environment_says(
    tmp_path: Path, loopback: str, monkeypatch: pytest.MonkeyPatch
):
    workspace, folder = Workspace(tmp_path / "workspace"), tmp_path / "served"
    folder.mkdir()
    with servers.webdav(folder) as serving:
        address = f"webdav+http://{loopback}:{serving.port}/"
        with pytest.raises(MingchaError) as caught:
            connecting.keep_access(workspace, address, user=servers.USER, password="wrong")
        assert caught.value.code == "depot_denied"
        connecting.keep_access(workspace, address, user=servers.USER, password=servers.PASSWORD)
        depot = connecting.open_place(workspace, address)
        assert list(depot.entries("", below=True)) == []
        depot.close()
        connecting.forget_access(workspace, address)
        assert connecting.access_for(workspace, address) == connecting.Access()
        monkeypatch.setenv("MINGCHA_DEPOT_USER", servers.USER)
        monkeypatch.setenv("MINGCHA_DEPOT_PASSWORD", servers.PASSWORD)
        assert connecting.access_for(workspace, address).password == servers.PASSWORD


def test_a_folder_asks_for_nothing(tmp_path: Path):
    with pytest.raises(MingchaError, match="depot_address"):
        connecting.keep_access(Workspace(tmp_path), str(tmp_path), password="x")


@pytest.mark.parametrize("text", ["s3://bucket", "sftp://host/x", "/media/stick", "."])
def test_an_address_is_told_from_a_name(text: str):
    assert connecting.is_address(text)
    assert not connecting.is_address("office")
