"""Visits to depots with real workspaces and folders: what one records, the others have."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT
from inspector.storage.identity import key_file
from inspector.storage.integrity import audit_projection
from inspector.storage.store import Edit
from inspector.sync.depots.room import RESERVE
from inspector.sync.outcome import Limits
from inspector.sync.standing import Standing
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit


def photograph(laptop: Laptop, name: str, data: bytes) -> str:
    """Store a file and record it."""
    stored = laptop.blobs.add_bytes(data)
    fields = {"sha256": stored.sha256, "size": stored.size, "visit": "v"}
    laptop.store.commit([Edit("evidence", name, fields)], visit="v")
    return stored.sha256


def test_what_one_records_the_other_has_and_acknowledges(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="窗口无人", severity=2)], visit="v")
        sha256 = photograph(li, "e", b"x" * 100_000)
        done = li.sync(depot)
        assert (done.sent.operations, done.sent.blobs) == (2, 1)
        assert done.safe
        assert Standing(li.store, li.blobs).lacking(li.wanted()) == (0, 0, 0)
        assert Standing(li.store, li.blobs).of_visit("v", [sha256]).received == ()
        done = wang.sync(depot)
        assert (done.received.operations, done.received.blobs) == (2, 1)
        assert done.receipts == 2
        assert wang.blobs.read(sha256) == b"x" * 100_000
        assert wang.store.search("无人").total == 1
        done = li.sync(depot)
        assert done.received.operations == 1
        assert not done.quarantined
        standing = Standing(li.store, li.blobs).of_visit("v", [sha256])
        assert [(each.log, each.files_lacking) for each in standing.received] == [
            (wang.store.chain, 0)
        ]
        assert [(each.complete, each.depot.name) for each in standing.depots] == [
            (True, str(tmp_path / "stick"))
        ]
        # A receipt for a receipt would never end.
        assert done.receipts == 0
        assert li.store.digest() == wang.store.digest()
        assert audit_projection(wang.store.db, tmp_path, SILENT) == []


def test_nothing_new_needs_hardly_any_requests(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for number in range(20):
            li.store.commit([edit("finding", f"f{number}", text="x")])
        li.sync(depot)
        wang.sync(depot)
        li.sync(depot)
        wang.sync(depot)
        before = depot.requests
        for laptop in (li, wang):
            done = laptop.sync(depot)
            assert (done.sent.bytes, done.received.bytes) == (0, 0)
            assert done.safe
        assert (depot.requests - before) / 2 <= 10


def test_entries_of_a_third_travel_on_through_others(tmp_path):
    """Two sticks that never meet: who visits both carries everything."""
    one, other = new_depot(tmp_path / "one"), new_depot(tmp_path / "other")
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        li.store.commit([edit("finding", "f", text="x")])
        sha256 = photograph(li, "e", b"photo")
        li.sync(one)
        wang.sync(one)
        wang.sync(other)
        zhao.sync(other)
        assert zhao.blobs.read(sha256) == b"photo"
        assert zhao.store.state("finding", "f").shown()["text"] == "x"
        wang.sync(other)
        wang.sync(one)
        li.sync(one)
        received = Standing(li.store, li.blobs).of_visit("v", [sha256]).received
        assert {each.log for each in received} == {wang.store.chain, zhao.store.chain}


def test_what_vanished_from_the_depot_is_sent_again(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        sha256 = photograph(li, "e", b"photo")
        li.sync(depot)
        for path in sorted((tmp_path / "stick" / "sp").rglob("*"), reverse=True):
            if path.is_file():
                path.unlink()
        done = li.sync(depot)
        assert done.rolled_back
        assert done.safe
        wang.sync(depot)
        assert wang.blobs.read(sha256) == b"photo"
        assert wang.store.state("finding", "f").shown()["text"] == "x"


def test_damage_on_the_medium_is_put_aside_and_mended_by_who_has_it(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        photograph(li, "e", b"photo")
        li.sync(depot)
        for path in (tmp_path / "stick" / "sp").rglob("*"):
            if path.is_file() and path.stat().st_size > 100:
                data = bytearray(path.read_bytes())
                data[-1] ^= 1
                path.write_bytes(data)
        done = wang.sync(depot)
        assert {each.reason for each in done.quarantined} == {"name"}
        assert done.received.operations == 0
        li.sync(depot, Limits(verify=True))
        done = wang.sync(depot)
        assert (done.received.operations, done.received.blobs) == (2, 1)
        assert not done.quarantined
        assert (
            wang.store.db.execute(
                "SELECT count(*) FROM quarantine WHERE settled IS NULL"
            ).fetchone()[0]
            == 0
        )


def test_what_has_no_room_is_left_and_the_rest_goes(tmp_path, monkeypatch):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="窗口无人")], visit="v")
        photograph(li, "e", b"x" * 100_000)
        monkeypatch.setattr(depot, "free", lambda: RESERVE + 99_999)
        done = li.sync(depot)
        assert (done.sent.operations, done.sent.blobs, done.files_left) == (2, 0, 1)
        assert (done.waiting, done.safe) == ({"no_room": 1}, False)
        # Facts went, with a head that tells of them.
        assert wang.sync(depot).received.operations == 2
        monkeypatch.setattr(depot, "free", lambda: RESERVE + 100_000)
        done = li.sync(depot)
        assert (done.sent.blobs, done.waiting, done.safe) == (1, {}, True)


def test_limits_keep_files_back_and_never_facts(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        photograph(li, "e", b"photo")
        done = li.sync(depot, Limits(files=False))
        assert (done.sent.operations, done.sent.blobs, done.files_left) == (1, 0, 1)
        assert not done.safe
        assert Standing(li.store, li.blobs).lacking(li.wanted()) == (0, 1, 5)
        assert li.sync(depot, Limits(max_bytes=4)).files_left == 1
        assert li.sync(depot).safe
        done = wang.sync(depot, Limits(files=False))
        assert (done.received.operations, done.received.blobs, done.files_left) == (1, 0, 1)
        assert wang.sync(depot).received.blobs == 1


@pytest.mark.parametrize("noticed", [True, False])
def test_a_cloned_disk_gets_a_chain_of_its_own_and_nothing_is_lost(tmp_path, noticed):
    """It shows when the copy is opened, or, if the profile was copied along, by the depot."""
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f", text="to be replaced")])
        li.reopen()
        li.store.commit([edit("finding", "f", text="x")])
        li.store.close()
        shutil.copytree(tmp_path / "li", tmp_path / "copy")
        li.start()
        copy = Laptop("copy", tmp_path / "copy", own_profile=not noticed)
        copy.store.entropy.seed = "other"
        li.store.commit([edit("finding", "g", text="von hier")])
        copy.store.commit([edit("finding", "h", text="von dort")])
        assert (copy.store.chain != li.store.chain) == noticed
        li.sync(depot)
        done = copy.sync(depot)
        assert done.new_chain != noticed
        office.admit(copy)
        copy.sync(depot)
        office.hand_over(wang)
        wang.sync(depot)
        li.sync(depot)
        office.admit(li)
        li.sync(depot)
        copy.sync(depot)
        for laptop in (li, copy, wang):
            assert {laptop.store.state("finding", each).shown()["text"] for each in "fgh"} == {
                "x",
                "von hier",
                "von dort",
            }
        copy.store.close()


def test_what_was_recorded_two_chains_ago_is_passed_on_with_the_present_key(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        chains = [li.store.chain]
        for _ in range(2):
            key_file(li.store.workspace, li.store.chain).unlink()
            li.reopen()
            chains.append(li.store.chain)
            office.succeed(li, chains[-2])
        assert len(set(chains)) == 3
        office.tell(li)
        office.tell(wang)
        li.sync(depot)
        assert wang.sync(depot).quarantined == []
        assert wang.store.state("finding", "f").shown() == {"text": "x"}


def test_whoever_learns_that_the_chain_goes_on_elsewhere_begins_another(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        copy = Laptop("copy", tmp_path / "copy")
        former = li.store.chain
        office.succeed(copy, former)
        office.tell(wang)
        wang.sync(depot)
        done = li.sync(depot)
        assert done.new_chain
        assert li.store.chain != former
        li.store.commit([edit("finding", "g", text="y")])
        office.succeed(li, former)
        office.tell(wang)
        wang.sync(depot)
        assert not li.sync(depot).new_chain
        wang.sync(depot)
        assert wang.store.state("finding", "g").shown() == {"text": "y"}
        copy.store.close()


def test_a_revoked_laptop_counts_up_to_its_last_accepted_entry(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        wang.sync(depot)
        last = li.store.log.head(li.store.chain)
        li.store.commit([edit("finding", "g", text="nach dem Verlust")])
        li.sync(depot)
        office.revoke(li.store.chain, last.n, last.id)
        office.tell(wang)
        done = wang.sync(depot)
        assert [each.reason for each in done.quarantined] == ["revoked"]
        assert wang.store.state("finding", "g").creator is None
        # The other meets the later entries in the same visit as the revocation.
        done = zhao.sync(depot)
        assert [each.reason for each in done.quarantined] == ["revoked"]
        assert zhao.store.state("finding", "f").shown()["text"] == "x"
        assert zhao.store.state("finding", "g").creator is None
        # What is recorded from now on, the lost laptop cannot read.
        wang.store.commit([edit("finding", "k", text="geheim")])
        wang.sync(depot)
        li.sync(depot)
        assert li.store.state("finding", "k").creator is None
        zhao.sync(depot)
        assert zhao.store.state("finding", "k").shown()["text"] == "geheim"


def test_a_place_that_is_no_depot_or_another_one_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    from inspector.sync.depots.folder import FolderDepot

    with team(tmp_path, "li") as (_, [li]):
        li.store.commit([edit("finding", "f", text="x")])
        with pytest.raises(MingchaError, match="depot_unmarked"):
            li.sync(FolderDepot(tmp_path / "empty"))
        with pytest.raises(MingchaError, match="depot_other"):
            li.sync(new_depot(tmp_path / "stick"), expected="0" * 8)
        assert list((tmp_path / "empty").iterdir()) == []


def test_a_stranger_finds_nothing_to_read(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "liming") as (_, [li]):
        canaries = ["窗口无人值守", "zhongxin-hall", "liming", "市政府督查室"]
        li.store.commit([edit("hall", "h", name="zhongxin-hall")])
        li.store.commit([edit("finding", "f", text="窗口无人值守" * 20)])
        photo = hashlib.sha256(b"p").digest() * 4000
        photograph(li, "e", photo)
        li.sync(depot)
        seen = b"".join(
            path.as_posix().encode() + path.read_bytes()
            for path in (tmp_path / "stick").rglob("*")
            if path.is_file()
        )
        assert len(seen) > len(photo)
        for canary in (*canaries, li.store.space, li.store.chain[:0] or "evidence"):
            if canary != li.store.space:
                assert canary.encode() not in seen
        assert photo[:64] not in seen


def test_files_that_vanished_from_a_stick_are_sent_again_before_it_is_called_safe(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        sha256 = photograph(li, "e", b"x" * 100_000)
        assert li.sync(depot).safe
        for part in (root / "sp").glob("*/b/*/*"):
            part.unlink()
        done = li.sync(depot)
        assert (done.safe, done.rolled_back, done.sent.blobs) == (True, True, 1)
        assert wang.sync(depot).received.blobs == 1
        assert wang.blobs.read(sha256) == b"x" * 100_000
        done = li.sync(depot)
        assert (done.sent.blobs, done.rolled_back) == (0, False)


def test_what_a_depot_had_lost_is_told_as_it_is(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        sha256 = photograph(li, "e", b"photo")
        li.sync(depot)
        wang.sync(depot)
        li.sync(depot)
        wang.blobs.remove(sha256)
        for part in (root / "sp").glob("*/b/*/*"):
            part.write_bytes(b"rotten")
        done = wang.sync(depot, Limits(verify=True))
        assert (done.lost, done.still_lost) == (1, 1)
        done = li.sync(depot, Limits(verify=True))
        assert (done.lost, done.still_lost, done.sent.blobs) == (1, 0, 1)
        done = li.sync(depot, Limits(verify=True))
        assert (done.lost, done.still_lost, done.rolled_back) == (0, 0, False)


def test_where_listing_takes_a_request_for_each_folder_parts_are_missed_in_turn(
    tmp_path, monkeypatch
):
    depot, root = new_depot(tmp_path / "server"), tmp_path / "server"
    monkeypatch.setattr(depot, "lists_at_once", False)
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for number in range(10):
            photograph(li, f"e{number}", b"photo %d" % number)
        li.sync(depot)
        parts = sorted((root / "sp").glob("*/b/*/*"))
        parts[-1].unlink()
        before = depot.requests
        done = li.sync(depot)
        assert depot.requests - before <= 20
        visits = [done.lost]
        while not visits[-1] and len(visits) < 10:
            visits.append(li.sync(depot).lost)
        assert visits[-1] == 1
        assert len(visits) <= 3
        assert wang.sync(depot).received.blobs == 10
