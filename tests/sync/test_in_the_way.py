"""One false or unreadable object hides no other for good, and stops nothing that is to leave."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyrage
import pytest

from inspector.ledger.statements import Revoked
from inspector.storage import aside as aside_table
from inspector.storage import exchange
from inspector.storage.aside import Quarantined
from inspector.storage.store import Edit
from inspector.sync import envelopes, judging, names, quarantine
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from inspector.sync.outcome import Limits
from inspector.sync.standing import Standing
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit
from tests.support.statements import administrator, signer, stated, stood_down
from tests.sync.test_attacks import lay
from tests.sync.test_false_witness import false_index, heads_of, photograph

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.sync.depots.protocol import Trouble

EVE = signer("eve")


def wrapped(key: bytes, recipient: str) -> bytes:
    return pyrage.encrypt(key, [pyrage.x25519.Recipient.from_str(recipient)])


class Failing(FolderDepot):
    """A folder in which chosen objects cannot be read."""

    trouble: Trouble = "denied"
    failing: frozenset[str] = frozenset()

    def read(self, name: str, limit: int) -> bytes:
        if name in self.failing:
            raise DepotError(self.trouble, self.place, "cannot be read")
        return super().read(name, limit)


def failing(root: Path, trouble: Trouble, chosen: set[str]) -> Failing:
    depot = Failing(root)
    depot.trouble, depot.failing = trouble, frozenset(chosen)
    return depot


def reasons(laptop: Laptop) -> list[str]:
    return [row.reason for row in aside_table.quarantined(laptop.store.db)]


def test_a_wrong_key_hides_no_statement_and_makes_room_for_the_right_one(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        office.new_epoch()
        office.tell(li)
        newest = list(office.keys)[-1]
        name = names.envelope(wang.store.space, wang.key.recipient, newest)
        lay(root, name, wrapped(b"z" * 32, wang.key.recipient))
        zhao = Laptop("zhao", tmp_path / "zhao")
        office.admit(zhao)
        office.tell(li)
        zhao.store.commit([edit("finding", "f", text="von Zhao")])
        li.sync(depot)
        zhao.sync(depot)
        wang.sync(depot)
        assert not (root / name).exists()
        assert reasons(wang) == ["name"]
        # One reader's folder is looked into in each visit.
        li.sync(depot)
        li.sync(depot)
        wang.sync(depot)
        assert newest in wang.store.membership.epoch_keys()
        wang.sync(depot)
        assert wang.store.state("finding", "f").shown() == {"text": "von Zhao"}
        assert reasons(wang) == []
        zhao.store.close()


def test_a_wrong_key_that_was_taken_along_is_not_the_one_that_is_handed_out(tmp_path):
    one, root = new_depot(tmp_path / "one"), tmp_path / "one"
    two = new_depot(tmp_path / "two")
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        office.new_epoch()
        newest = list(office.keys)[-1]
        kept = office.recipients.pop(wang.store.chain)
        office.tell(li)
        office.recipients[wang.store.chain] = kept
        name = names.envelope(wang.store.space, wang.key.recipient, newest)
        lay(root, name, wrapped(b"z" * 32, wang.key.recipient))
        li.sync(one)
        li.sync(two)
        # The wrong key came along to the other depot; its reader finds out, and it goes no more.
        assert (tmp_path / "two" / name).exists()
        wang.sync(two)
        li.sync(two)
        assert not (tmp_path / "two" / name).exists()
        office.tell(zhao)
        zhao.sync(two)
        wang.sync(two)
        assert newest in wang.store.membership.epoch_keys()


def test_an_envelope_that_rots_after_it_was_written_is_written_again(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        office.new_epoch()
        office.tell(li)
        newest = list(office.keys)[-1]
        li.sync(depot)
        path = root / names.envelope(wang.store.space, wang.key.recipient, newest)
        path.write_bytes(b"age-encryption.org/v1\n".ljust(path.stat().st_size, b"x"))
        wang.sync(depot)
        li.sync(depot)
        wang.sync(depot)
        assert newest in wang.store.membership.epoch_keys()
        # One that was cut off is written over before its reader comes.
        path.write_bytes(path.read_bytes()[:30])
        li.sync(depot)
        assert path.stat().st_size > 30


@pytest.mark.parametrize("limit", ["MOST_ASIDE", "MOST_BYTES_ASIDE"])
def test_what_is_held_back_of_a_segment_waits_also_in_a_full_quarantine(
    tmp_path, monkeypatch, limit
):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "a", text="davor")])
        last = li.store.log.head(li.store.chain)
        li.store.commit([edit("finding", "b", text="danach")])
        li.sync(depot)
        office.revoke(last.log, last.n, last.id)
        office.tell(wang)
        monkeypatch.setattr(quarantine, limit, 0)
        [row] = wang.sync(depot).quarantined
        assert (row.reason, row.detail) == ("revoked", "2-2")
        assert wang.store.state("finding", "a").shown() == {"text": "davor"}
        assert [each.header.n for each in judging.entries(wang.store, row)] == [2]
        assert judging.accept(wang.store, row.number).operations == 1
        assert wang.store.state("finding", "b").shown() == {"text": "danach"}
        assert wang.sync(depot).quarantined == []


@pytest.mark.parametrize("dismissed", [True, False])
def test_entries_count_once_a_revocation_does_not(tmp_path, dismissed):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "a", text="davor")])
        last = li.store.log.head(li.store.chain)
        li.store.commit([edit("finding", "b", text="danach")])
        li.sync(depot)
        revoked = stated(Revoked(last.log, last.n, last.id, "böswillig"), EVE)
        office.statements += [administrator("eve"), revoked]
        office.tell(wang)
        [row] = wang.sync(depot).quarantined
        if dismissed:
            judging.dismiss(wang.store, row.number)
        # The root stands her down and keeps nothing of what she stated.
        office.statements.append(stood_down("eve"))
        office.tell(wang)
        done = wang.sync(depot)
        assert done.received.operations == (0 if dismissed else 1)
        assert (wang.store.state("finding", "b").creator is None) == dismissed
        assert aside_table.quarantined(wang.store.db) == []


def test_one_file_that_cannot_be_read_back_keeps_no_other_back(tmp_path):
    depot, other = new_depot(tmp_path / "stick"), new_depot(tmp_path / "other")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        photograph(li, "e", os.urandom(5000))
        li.sync(depot)
        li.sync(other)
        wang.sync(other)
        photograph(wang, "z", os.urandom(5000))
        folder = names.folder(li.store.space, names.PARTS)
        chosen = {entry.name for entry in depot.entries(folder, below=True)}
        for trouble in ("denied", "broken"):
            done = wang.sync(failing(tmp_path / "stick", trouble, chosen))
        assert done.safe
        held = exchange.held(wang.store.db, done.depot, exchange.FILE)
        assert held.keys() == wang.wanted().keys()


@pytest.mark.parametrize(("trouble", "fails"), [("denied", False), ("broken", True)])
def test_what_was_recorded_here_leaves_past_any_number_of_unreadable_objects(
    tmp_path, trouble, fails
):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        li.sync(depot)
        chosen = set()
        for _ in range(9):
            data = os.urandom(100)
            name = names.segment(li.store.space, li.store.chain, names.hash_of(data))
            lay(root, name, data)
            chosen.add(name)
        wang.store.commit([edit("finding", "w", text="eigenes")])
        sha256 = photograph(wang, "z", b"eigene Datei")
        flawed = failing(root, trouble, chosen)
        if fails:
            with pytest.raises(DepotError):
                wang.sync(flawed)
        else:
            assert wang.sync(flawed).waiting["unreadable"] == 9
        zhao.sync(depot)
        assert zhao.store.state("finding", "w").shown() == {"text": "eigenes"}
        assert zhao.blobs.size(sha256) is not None


def test_a_false_size_hides_no_file(tmp_path, monkeypatch):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        stored = li.blobs.add_bytes(b"Siegel")
        li.store.commit([Edit("evidence", "e", {"sha256": stored.sha256, "size": 6})])
        li.sync(depot)
        [good] = (root / names.folder(li.store.space, "i")).iterdir()
        before = f"{names.folder(li.store.space, 'i')}/{good.name}"
        false_index(root, li, stored.sha256, 200_000, before)
        monkeypatch.setattr(wang, "wanted", lambda: {stored.sha256: None})
        done = wang.sync(depot, Limits(max_bytes=100_000))
        assert (done.received.blobs, done.files_left) == (1, 0)
        assert wang.blobs.read(stored.sha256) == b"Siegel"


def test_a_former_chain_of_ones_own_receives_nothing(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        wang.store.commit([edit("finding", "b", text="B")], visit="v")
        wang.sync(depot)
        li.sync(depot)
        li.store.commit([edit("finding", "a", text="A")], visit="v")
        with li.store.transaction():
            li.store.own.begin()
        received = Standing(li.store, li.blobs).of_visit("v", []).received
        assert li.store.chain not in {each.log for each in received}
        assert received == ()


def test_verifying_after_an_update_tells_of_no_loss(tmp_path):
    """An update to schema 6 forgets the indexes; they are read again before files are judged."""
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li") as (_, [li]):
        photograph(li, "e", b"photo")
        li.sync(depot)
        with li.store.transaction():
            li.store.db.execute("DELETE FROM depot_file")
            li.store.db.execute("DELETE FROM held WHERE kind = 'index'")
        done = li.sync(depot, Limits(verify=True))
        assert (done.lost, done.rolled_back, done.sent.blobs, done.safe) == (0, False, 0, True)


def test_a_file_that_no_index_names_is_unproved_and_not_lost(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li") as (_, [li]):
        photograph(li, "e", b"photo")
        li.sync(depot)
        [index] = (root / names.folder(li.store.space, "i")).iterdir()
        index.unlink()
        with li.store.transaction():
            li.store.db.execute("DELETE FROM depot_file")
            li.store.db.execute("DELETE FROM held WHERE kind = 'index'")
        done = li.sync(depot, Limits(verify=True))
        assert (done.lost, done.rolled_back, done.sent.blobs, done.safe) == (0, False, 1, True)


def test_a_stricter_revocation_is_told_as_well(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        heads = []
        for text in ("1", "2", "3", "4"):
            li.store.commit([edit("finding", "f", text=text)])
            heads.append(li.store.log.head(li.store.chain))
        li.sync(depot)
        wang.sync(depot)
        told = []
        for head in (heads[2], heads[0]):
            office.revoke(head.log, head.n, head.id)
            office.tell(wang)
            told += [(row.reason, row.detail) for row in wang.sync(depot).quarantined]
        assert told == [("revoked_here", "4-4"), ("revoked_here", "2-3")]
        assert wang.sync(depot).quarantined == []


def test_where_each_folder_takes_a_request_every_envelope_is_looked_at_in_turn(
    tmp_path, monkeypatch
):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    monkeypatch.setattr(FolderDepot, "lists_at_once", False)
    monkeypatch.setattr(envelopes, "_FOLDERS_LISTED", 1)
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        office.new_epoch()
        office.tell(li)
        newest = list(office.keys)[-1]
        li.sync(depot)
        paths = [
            root / names.envelope(each.store.space, each.key.recipient, newest)
            for each in (wang, zhao)
        ]
        for path in paths:
            path.unlink()
        for _ in range(5):
            li.sync(depot)
        assert all(path.exists() for path in paths)
        zhao.sync(depot)
        assert newest in zhao.store.membership.epoch_keys()


def test_unreadable_statements_keep_no_entries_back_and_heads_count_on(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for number in range(3):
            wang.store.commit([edit("finding", f"f{number}", text="x")])
            wang.sync(depot)
        heads = heads_of(root, wang)
        chosen = set()
        for _ in range(9):
            data = os.urandom(100)
            name = names.statement(li.store.space, names.hash_of(data))
            lay(root, name, data)
            chosen.add(name)
        wang.store.commit([edit("finding", "w", text="eigenes")])
        with pytest.raises(DepotError):
            wang.sync(failing(root, "broken", chosen))
        assert heads_of(root, wang) == heads
        li.sync(depot)
        assert li.store.state("finding", "w").shown() == {"text": "eigenes"}
        assert wang.sync(depot).safe
        assert max(heads_of(root, wang)) > max(heads)


def test_what_a_wrong_key_had_put_aside_is_judged_again_when_keys_come(tmp_path):
    """As earlier versions did: they took the wrong key for the right one."""
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        done = wang.sync(depot)
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        folder = names.segment_folder(li.store.space, li.store.chain)
        [path] = (root / folder).iterdir()
        name = f"{folder}/{path.name}"
        row = Quarantined(0, 1, done.depot, name, li.store.chain, "cipher", "", "")
        with wang.store.transaction():
            aside_table.put_aside(wang.store.db, row, None)
        wang.sync(depot)
        wang.sync(depot)
        office.new_epoch()
        office.tell(wang)
        wang.sync(depot)
        assert wang.store.state("finding", "f").shown() == {"text": "x"}
        assert reasons(wang) == []
