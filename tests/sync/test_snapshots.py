"""Snapshots: a new laptop starts from one, and ends with what the segments would have given it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from inspector.base.progress import SILENT
from inspector.storage import aside, exchange
from inspector.storage.integrity import audit_projection
from inspector.sync import names, packing, segment, unpacking
from inspector.sync.outcome import Limits
from tests.support.laptops import Laptop, Office, new_depot, team
from tests.support.records import edit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.sync.depots.folder import FolderDepot

SNAPSHOT = Limits(snapshot=True)
BATCHES = 12


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    """Each entry is a segment of its own, and five of them are worth a snapshot."""
    monkeypatch.setattr(segment, "MAX_OPERATIONS", 1)
    monkeypatch.setattr(unpacking, "WORTH_IT", 5)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def depot(root: Path) -> FolderDepot:
    return new_depot(root)


def appoint(office: Office, laptop: Laptop, *told: Laptop) -> None:
    """Let a laptop make snapshots, and tell the others."""
    office._admit(laptop, laptop.key, ("reporter", "snapshotter"), ())
    for each in (laptop, *told):
        office.hand_over(each)


def record(laptop: Laptop, depot: FolderDepot, count: int = BATCHES, name: str = "f") -> None:
    for number in range(count):
        laptop.store.commit([edit("finding", f"{name}{number}", text=f"窗口{number}无人")])
    laptop.sync(depot)


@contextmanager
def newcomer(office: Office, folder: Path, name: str, *told: Laptop) -> Iterator[Laptop]:
    """Give a laptop that was admitted just now and has nothing yet."""
    laptop = Laptop(name, folder / name)
    try:
        office.admit(laptop)
        for each in told:
            office.hand_over(each)
        yield laptop
    finally:
        laptop.store.close()


def lying(root: Path, kind: str) -> list[Path]:
    return sorted(root.glob(f"sp/*/{kind}/*"))


def test_a_newcomer_has_from_a_snapshot_what_segments_would_have_given(tmp_path, root, depot):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        appoint(office, li, wang)
        record(li, depot)
        record(wang, depot, 4, "w")
        done = li.sync(depot, SNAPSHOT)
        assert done.packed == len(lying(root, "s/*"))
        assert (len(lying(root, "n")), len(lying(root, "p"))) == (1, 1)
        with newcomer(office, tmp_path, "fast", li) as fast:
            before = depot.requests
            done = fast.sync(depot)
            asked = depot.requests - before
            assert done.unpacked == len(lying(root, "s/*")) - (done.receipts > 0)
            assert done.received.operations == li.store.log.count()
            assert (done.quarantined, done.waiting, done.differs) == ([], {}, [])
            assert done.safe
            for path in (*lying(root, "n"), *lying(root, "p")):
                path.unlink()
            with newcomer(office, tmp_path, "slow", li) as slow:
                before = depot.requests
                assert slow.sync(depot).unpacked == 0
                assert asked + BATCHES <= depot.requests - before
                fast.sync(depot)
                slow.sync(depot)
                assert fast.store.digest() == slow.store.digest()
                assert audit_projection(fast.store.db, tmp_path, SILENT) == []
            # What came in a snapshot is handed on as it came.
            other = new_depot(tmp_path / "other")
            assert fast.sync(other).safe
            wang.sync(other)
            assert wang.store.state("finding", "f3").shown()["text"] == "窗口3无人"


def test_what_came_after_the_snapshot_comes_in_segments(tmp_path, depot):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        appoint(office, li, wang)
        record(li, depot)
        li.sync(depot, SNAPSHOT)
        record(li, depot, 3, "late")
        done = wang.sync(depot)
        assert (done.unpacked, done.received.operations) == (BATCHES, BATCHES + 3)
        assert wang.store.digest() != ""
        li.sync(depot)
        wang.sync(depot)
        assert li.store.digest() == wang.store.digest()


def test_who_has_most_already_reads_segments(tmp_path, depot):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        appoint(office, li, wang)
        record(li, depot, 20)
        wang.sync(depot)
        record(li, depot, 6, "g")
        li.sync(depot, SNAPSHOT)
        assert wang.sync(depot).unpacked == 0
        assert wang.store.state("finding", "g5").shown()["text"] == "窗口5无人"


def test_only_what_came_since_is_packed_and_what_is_outdated_goes(
    tmp_path, root, depot, monkeypatch
):
    monkeypatch.setattr(packing, "PART_BYTES", 8000)
    monkeypatch.setattr(packing, "_FULL", 4000)
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        appoint(office, li, wang, zhao)
        appoint(office, wang, li, zhao)
        record(li, depot)
        li.sync(depot, SNAPSHOT)
        first = {path.name for path in lying(root, "p")}
        assert len(first) >= 2
        before = depot.requests
        done = li.sync(depot, SNAPSHOT)
        assert (done.packed, done.sent.bytes) == (BATCHES, 0)
        assert depot.requests - before <= 16
        wang.sync(depot, SNAPSHOT)
        foreign = {path.name for path in lying(root, "n")} | {p.name for p in lying(root, "p")}
        for number in range(4):
            record(li, depot, 2, f"more{number}")
            li.sync(depot, SNAPSHOT)
        packs = {path.name for path in lying(root, "p")}
        assert len(first & packs) >= 1
        # Two of its own, one of another's; packs that none of them names are gone.
        assert len(lying(root, "n")) == 3
        assert len(packs) <= len(first) * 2 + 6
        assert wang.sync(depot).quarantined == []
        assert foreign & {path.name for path in (*lying(root, "n"), *lying(root, "p"))}
        done = zhao.sync(depot)
        assert done.unpacked >= BATCHES
        assert zhao.store.state("finding", "more31").shown()["text"] == "窗口1无人"


def test_a_stopped_snapshot_leaves_nothing_behind_for_good(tmp_path, root, depot, monkeypatch):
    with team(tmp_path, "li") as (office, [li]):
        appoint(office, li)
        record(li, depot)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(packing, "_ends", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                li.sync(depot, SNAPSHOT)
        assert (len(lying(root, "n")), len(lying(root, "p"))) == (0, 1)
        [orphan] = lying(root, "p")
        li.sync(depot, SNAPSHOT)
        assert orphan not in lying(root, "p")
        assert len(lying(root, "p")) == 1


def test_a_snapshot_on_a_stick_tells_a_finder_nothing(tmp_path, root, depot):
    with team(tmp_path, "liming") as (office, [li]):
        appoint(office, li)
        li.store.commit([edit("hall", "h", name="zhongxin-hall")])
        record(li, depot)
        li.sync(depot, SNAPSHOT)
        seen = b"".join(
            path.as_posix().encode() + path.read_bytes()
            for path in (*lying(root, "n"), *lying(root, "p"))
        )
        assert len(seen) > 1000
        hidden = ["无人", "zhongxin-hall", "liming", li.store.chain, "finding", "reporter"]
        hidden += [row.name for row in exchange.segments(li.store.db)]
        for canary in hidden:
            assert canary.encode() not in seen


def test_a_snapshot_of_before_a_revocation_serves_whoever_has_its_key(tmp_path, depot):
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        appoint(office, li, wang, zhao)
        record(zhao, depot, 6, "z")
        record(li, depot)
        li.sync(depot, SNAPSHOT)
        last = zhao.store.log.head(zhao.store.chain)
        office.revoke(zhao.store.chain, 3)
        assert last.n > 3
        office.tell(wang)
        done = wang.sync(depot)
        # The epoch is another since, and of the revoked chain it is told one by one what counts.
        assert done.unpacked == BATCHES + 1
        assert wang.store.state("finding", "z5").creator is None
        assert wang.store.state("finding", "f5").creator is not None


def test_who_was_revoked_or_never_appointed_makes_no_snapshots(tmp_path, depot, root):
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        appoint(office, li, wang, zhao)
        record(li, depot)
        wang.sync(depot)
        wang.sync(depot, SNAPSHOT)
        done = zhao.sync(depot)
        assert [each.reason for each in done.quarantined] == ["role"]
        assert (done.unpacked, done.received.operations) == (0, BATCHES + 1)
        # An administrator may appoint later.
        appoint(office, wang, zhao)
        with newcomer(office, tmp_path, "neu", zhao, wang) as neu:
            assert neu.sync(depot).unpacked >= BATCHES
        last = wang.store.log.head(wang.store.chain)
        office.revoke(wang.store.chain, last.n, last.id)
        with newcomer(office, tmp_path, "later") as later:
            done = later.sync(depot)
            assert [each.reason for each in done.quarantined] == ["role"]
            assert done.unpacked == 0
            assert later.store.state("finding", "f5").creator is not None
        for path in lying(root, "n"):
            path.unlink()
        zhao.sync(depot)
        assert aside.quarantined(zhao.store.db) == []


def test_tables_that_differ_from_those_of_the_snapshot_are_told(tmp_path, depot):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        appoint(office, li, wang)
        record(li, depot)
        with li.store.transaction():
            li.store.db.execute("UPDATE finding SET text = 'verfälscht' WHERE id = 'f0'")
        li.sync(depot, SNAPSHOT)
        for name in depot.entries(names.folder(li.store.space, names.HEADS)):
            depot.remove(name.name)
        assert wang.sync(depot).differs == [li.store.chain]
