"""What a member, a thief or a stranger may put into a depot: it changes nothing but the quarantine,
and everything else goes on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector.base.progress import SILENT
from inspector.ledger.operation import NO_OPERATION, RECEIPT, Change
from inspector.media.cache import Cache
from inspector.media.worker import Workers
from inspector.operations.erasing import erasures, finish_erasures
from inspector.operations.session import Session
from inspector.storage import aside
from inspector.storage.integrity import audit_projection
from inspector.storage.receiving import FARTHEST_AHEAD
from inspector.storage.store import Edit
from inspector.sync import names, sealed, segment, session
from inspector.sync.receipts import acknowledged
from inspector.sync.sealed import SEGMENT, STATEMENT
from inspector.sync.standing import Standing
from tests.support.fixed import CountingEntropy
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit, operations_of
from tests.support.statements import member, signer

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.ledger.operation import Operation
    from inspector.sync.sealed import Kind


def put(root: Path, laptop: Laptop, kind: Kind, payload: bytes, log: str = "") -> str:
    """Seal something with the keys of a member and lay it into the depot; return its name."""
    keys = laptop.store.membership.epoch_keys()
    newest = laptop.store.membership.roster().newest_epoch
    assert newest is not None
    data = sealed.seal(
        kind, laptop.store.space, newest.epoch, keys[newest.epoch], payload, CountingEntropy(log)
    )
    digest, space = names.hash_of(data), laptop.store.space
    name = {
        SEGMENT: lambda: names.segment(space, log, digest),
        STATEMENT: lambda: names.statement(space, digest),
    }[kind]()
    lay(root, name, data)
    return name


def lay(root: Path, name: str, data: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def forged(laptop: Laptop, count: int = 1, **header: object) -> list[Operation]:
    """Return operations in the chain of a laptop that it never wrote."""
    from tests.support import records

    found, prev, first = [], NO_OPERATION, 1
    own = operations_of(laptop.store)
    mine = [each for each in own if each.header.log == laptop.store.chain]
    if mine:
        prev, first = mine[-1].id, mine[-1].header.n + 1
    lc = max((each.header.lc for each in own), default=0)
    for n in range(first, first + count):
        made = records.make(
            Change("finding", "f", {"text": "gefälscht"}),
            n=n, prev=prev, log=laptop.store.chain, lc=header.get("lc", lc + n),  # type: ignore[arg-type]
        )  # fmt: skip
        found.append(made)
        prev = made.id
    return found


def test_nobody_writes_in_the_name_of_another(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        li.store.commit([edit("finding", "f", text="echt")])
        li.sync(depot)
        raw = [each.raw for each in forged(li)]
        payload = segment.build(wang.store.space, raw, wang.key.public, wang.key.sign)
        name = put(root, wang, SEGMENT, payload, li.store.chain)
        done = zhao.sync(depot)
        assert [(each.name, each.reason) for each in done.quarantined] == [(name, "signature")]
        assert zhao.store.state("finding", "f").shown() == {"text": "echt"}
        # Once is enough, also for the person who looks at the list.
        assert zhao.sync(depot).quarantined == []


def test_operations_of_another_space_and_far_counters_are_put_aside(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        # The operations that tests make stand in another space than this organisation's.
        raw = [each.raw for each in forged(li)]
        payload = segment.build(li.store.space, raw, li.key.public, li.key.sign)
        put(root, li, SEGMENT, payload, li.store.chain)
        assert [each.reason for each in wang.sync(depot).quarantined] == ["space"]
        li.store.own.counter = FARTHEST_AHEAD + 1000
        li.store.commit([edit("finding", "g", text="x")])
        li.sync(depot)
        assert wang.sync(depot).waiting == {"before": 1}
        wang.store.commit([edit("finding", "k", text="x")])
        assert wang.store.own.counter < 1000
        assert wang.sync(depot).sent.operations == 1


def test_values_that_nobody_writes_stop_nothing(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("evidence", "e", sha256="../../etc", size=1)])
        li.store.commit([edit("seal", "s", visit="v", frontier=["a", None, "b:c:d"])], visit="v")
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        wang.store.commit([edit("finding", "k", text="y")])
        done = wang.sync(depot)
        assert done.received.operations >= 3
        assert done.sent.operations >= 1
        assert done.quarantined == []


def test_nobody_removes_originals_that_others_recorded(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        kept, gone = (wang.blobs.add_bytes(data).sha256 for data in (b"kept", b"gone"))
        for name, sha256 in (("e", kept), ("g", gone)):
            wang.store.commit([edit("evidence", name, sha256=sha256, size=4)])
        wang.sync(depot)
        li.sync(depot)
        li.store.commit([edit("erasure", "x", sha256=kept, second_person="p")])
        wang.store.commit([edit("erasure", "y", sha256=gone, second_person="p")])
        li.sync(depot)
        wang.sync(depot)
        with Workers() as workers:
            at = Session(wang.store, wang.blobs, Cache(tmp_path / "cache", 1 << 20), workers)
            assert set(erasures(at)) == {gone}
            finish_erasures(at)
        assert wang.blobs.size(kept) == 4
        assert wang.blobs.size(gone) is None


def test_a_receipt_that_a_stopped_visit_left_out_is_made_up_for(tmp_path, monkeypatch):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        with monkeypatch.context() as pulled:
            pulled.setattr(session, "acknowledge", stopped)
            with pytest.raises(KeyboardInterrupt):
                wang.sync(depot)
        wang.sync(depot)
        li.sync(depot)
        own = li.store.chain
        assert acknowledged(li.store).chains[own][wang.store.chain] >= 1


def stopped(_work: object) -> None:
    raise KeyboardInterrupt


def test_what_was_recorded_before_joining_counts_once_the_office_says_so(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "wang") as (office, [wang]):
        li = Laptop("li", tmp_path / "li")
        before = li.store.space
        li.store.commit([edit("finding", "f", text="davor")])
        office.admit(li)
        office.tell(wang)
        li.sync(depot)
        assert [each.reason for each in wang.sync(depot).quarantined] == ["space"]
        assert wang.sync(depot).received.operations == 0
        del office.recipients[li.store.chain]
        office.admit(li, earlier=(before,))
        office.tell(wang)
        done = wang.sync(depot)
        li.store.close()
        assert wang.store.state("finding", "f").shown() == {"text": "davor"}
        assert done.quarantined == []
        assert aside.quarantined(wang.store.db) == []


def test_a_member_admits_nobody(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        stated = member("stranger", signer("device li"), "administrator")
        put(root, li, STATEMENT, stated.raw)
        assert [each.reason for each in wang.sync(depot).quarantined] == ["signer"]
        roster = wang.store.membership.roster()
        assert {each.name for each in roster.devices()} == {"li", "wang"}


def test_a_receipt_counts_for_the_chain_it_stands_in_only(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang", "zhao") as (_, [li, wang, zhao]):
        li.store.commit([edit("finding", "f", text="x")], visit="v")
        head = li.store.log.head(li.store.chain)
        li.sync(depot)
        wang.sync(depot)
        [receipt] = [each for each in operations_of(wang.store) if each.header.kind == RECEIPT]
        entity = receipt.changes[0].id
        zhao.sync(depot)
        # In the name of another, over the receipt of another, for what nobody recorded.
        zhao.store.set_local("user", "person-wang")
        zhao.store.commit([Edit("receipt", entity, {"n": 99, "op": "f" * 64})], kind=RECEIPT)
        zhao.store.commit([Edit("receipt", entity, {"log": wang.store.chain})])
        zhao.store.commit(
            [Edit("receipt", "r", {"log": li.store.chain, "n": 7, "op": head.id})], kind=RECEIPT
        )
        zhao.sync(depot)
        li.sync(depot)
        found = Standing(li.store, li.blobs).receipts.chains[li.store.chain]
        assert found == {wang.store.chain: 1, zhao.store.chain: 1}
        # What a laptop says about itself is no receipt.
        fields = {"log": li.store.chain, "n": 1, "op": head.id}
        li.store.commit([Edit("receipt", "self", fields)], kind=RECEIPT)
        assert li.store.chain not in Standing(li.store, li.blobs).receipts.chains[li.store.chain]


def test_a_thief_writes_no_other_past(tmp_path):
    """With the key of the lost laptop a branch can be made that lies before the revocation."""
    one, two = new_depot(tmp_path / "one"), new_depot(tmp_path / "two")
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        li.store.commit([edit("finding", "f", text="1")])
        li.sync(one)
        li.store.close()
        shutil.copytree(tmp_path / "li", tmp_path / "thief")
        li.start()
        for text in ("2", "3"):
            li.store.commit([edit("finding", "f", text=text)])
        li.sync(one)
        wang.sync(one)
        last = wang.store.log.head(li.store.chain)
        office.revoke(li.store.chain, last.n, last.id)
        office.tell(wang)
        wang.sync(one)
        thief = Laptop("thief", tmp_path / "thief")
        thief.store.entropy = CountingEntropy("thief")
        for text in ("böse", "böser"):
            thief.store.commit([edit("finding", "f", text=text)])
        assert thief.store.chain == li.store.chain
        thief.sync(two)
        thief.store.close()
        office.tell(zhao)
        done = zhao.sync(two)
        assert zhao.store.state("finding", "f").creator is None
        assert sum(done.waiting.values()) > 0
        zhao.sync(one)
        assert zhao.store.state("finding", "f").shown() == {"text": "3"}
        done = zhao.sync(two)
        assert {each.reason for each in done.quarantined} == {"revoked"}
        assert zhao.store.state("finding", "f").shown() == {"text": "3"}
        assert zhao.store.state("finding", "f").conflicts() == {}


def test_garbage_of_every_sort_stops_nothing(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        space = li.store.space
        for number, data in enumerate((b"", b"\0" * 100, b"MCOBJ1\n\xff\xff\xff\xff", b"MCOBJ2\n")):
            digest = names.hash_of(data)
            lay(root, names.segment(space, li.store.chain, digest), data)
            lay(root, names.statement(space, digest), data)
            lay(root, names.index(space, digest), data)
            lay(root, names.head(space, li.store.chain, 50 + number), data)
        lay(root, names.envelope(space, wang.key.recipient, "junk"), b"x" * 100_000)
        lay(root, f"{names.folder(space, 'h')}/zz", b"x")
        lay(root, names.head(space, wang.key.log, names.MAX_GENERATION), b"x")
        done = wang.sync(depot)
        assert wang.store.state("finding", "f").shown() == {"text": "x"}
        assert {each.reason for each in done.quarantined} <= {"form", "too_large", "name"}
        assert len(done.quarantined) >= 9
        assert done.waiting["newer"] == 3
        assert audit_projection(wang.store.db, tmp_path, SILENT) == []
        assert wang.sync(depot).quarantined == []


def test_a_lying_index_is_found_out_before_anybody_relies_on_it(tmp_path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        stored = li.blobs.add_bytes(b"photo")
        fields = {"sha256": stored.sha256, "size": stored.size}
        li.store.commit([Edit("evidence", "e", fields)])
        li.sync(depot)
        [index] = list((root / names.folder(li.store.space, "i")).iterdir())
        for path in list((root / names.folder(li.store.space, "b")).rglob("*")):
            if path.is_file():
                path.unlink()
        assert index.exists()
        wang.blobs.add_bytes(b"photo")
        wang.store.commit([Edit("evidence", "e2", fields)])
        done = wang.sync(depot)
        assert done.safe
        assert done.sent.blobs == 1


@pytest.mark.parametrize("older", [1, 2])
def test_an_old_head_played_again_changes_nothing(tmp_path, older):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for number in range(older):
            li.store.commit([edit("finding", f"f{number}", text="x")])
            li.sync(depot)
        heads = root / names.folder(li.store.space, "h")
        kept = {path.name: path.read_bytes() for path in heads.iterdir()}
        li.store.commit([edit("finding", "last", text="x")])
        li.sync(depot)
        for path in heads.iterdir():
            path.unlink()
        for name, data in kept.items():
            (heads / name).write_bytes(data)
        wang.sync(depot)
        assert wang.store.state("finding", "last").shown() == {"text": "x"}
        assert li.sync(depot).safe


def test_what_was_taken_in_before_the_revocation_is_listed_once(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        for text in ("1", "2"):
            li.store.commit([edit("finding", "f", text=text)])
        li.sync(depot)
        wang.sync(depot)
        first = operations_of(li.store)[0]
        office.revoke(li.store.chain, 1, first.id)
        office.tell(wang)
        done = wang.sync(depot)
        assert [(each.reason, each.detail) for each in done.quarantined] == [
            ("revoked_here", "2-2")
        ]
        assert wang.sync(depot).quarantined == []
        assert len(aside.quarantined(wang.store.db)) == 1
