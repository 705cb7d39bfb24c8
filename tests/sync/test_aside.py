"""What was put aside: bounded, told with its contents, and read once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.operations.aside import Judged, accept, contents_of, dismiss, put_aside
from inspector.operations.aside_text import accepted_text, dismissed_text, settled_text
from inspector.storage import aside as aside_table
from inspector.sync import judging, names, quarantine
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.outcome import Limits
from tests.operations.test_depots import session_of
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def lay(root: Path, name: str, data: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def garbage(root: Path, laptop: Laptop, count: int) -> list[str]:
    """Lay objects that are nothing, each sound as to its name."""
    made = []
    for _ in range(count):
        data = os.urandom(100)
        made.append(names.segment(laptop.store.space, laptop.store.chain, names.hash_of(data)))
        lay(root, made[-1], data)
    return made


def test_what_waits_for_a_person_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    monkeypatch.setattr(quarantine, "MOST_ASIDE", 5)
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        garbage(root, li, 9)
        done = wang.sync(depot)
        assert (len(done.quarantined), done.waiting) == (5, {"too_many_aside": 4})
        assert wang.store.state("finding", "f").shown() == {"text": "x"}
        assert len(aside_table.quarantined(wang.store.db)) == 5


def test_what_is_gone_from_its_depot_waits_no_more(tmp_path: Path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    other = new_depot(tmp_path / "other")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.sync(depot)
        li.sync(other)
        made = garbage(root, li, 2)
        wang.sync(depot)
        # That it does not lie in another depot says nothing.
        wang.sync(other)
        assert {row.name for row in aside_table.quarantined(wang.store.db)} == set(made)
        (root / made[0]).unlink()
        wang.sync(depot)
        assert [row.name for row in aside_table.quarantined(wang.store.db)] == [made[1]]
        told = {
            row.name: row.settled
            for row in aside_table.quarantined(wang.store.db, all_of_them=True)
        }
        assert told == {made[0]: "gone", made[1]: ""}


def test_entries_whose_bytes_were_too_many_to_keep_are_let_in_where_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    depot = new_depot(tmp_path / "stick")
    monkeypatch.setattr(quarantine, "MOST_BYTES_ASIDE", 10)
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f", text="später")])
        li.sync(depot)
        office.revoke(li.store.chain)
        office.tell(wang)
        [row] = wang.sync(depot).quarantined
        assert aside_table.quarantined_bytes(wang.store.db, row.number) is None
        assert judging.accept(wang.store, row.number).operations == 0
        assert wang.sync(depot).received.operations == 1
        assert wang.store.state("finding", "f").shown() == {"text": "später"}
        done = wang.sync(depot)
        assert (done.received.bytes, done.quarantined) == (0, [])


class Counting(FolderDepot):
    """A folder that notes what is read."""

    def read(self, name: str, limit: int) -> bytes:
        self.names.append(name)
        return super().read(name, limit)


def counting(root: Path) -> Counting:
    depot = Counting(root)
    depot.names = []
    return depot


def test_what_cannot_be_read_yet_is_read_again_only_when_more_is_known(tmp_path: Path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        zhao = Laptop("zhao", tmp_path / "zhao")
        office.admit(zhao)
        zhao.store.commit([edit("finding", "f", text="von Zhao")])
        # Wang has not heard of Zhao: neither the statement nor, of course, what stands in it.
        statements = root / names.folder(li.store.space, names.STATEMENTS)
        zhao.sync(depot)
        for path in statements.iterdir():
            path.rename(tmp_path / path.name)
        done = wang.sync(depot)
        assert done.waiting["unknown_device"] >= 2
        seen = counting(root)
        done = wang.sync(seen)
        assert done.waiting["unknown_device"] >= 2
        assert [name for name in seen.names if zhao.store.chain in name] == []
        zhao.sync(depot)
        assert wang.sync(depot).received.operations == 1
        assert wang.sync(depot).waiting == {}
        zhao.store.close()


def test_what_is_sealed_under_a_key_that_has_not_come_is_not_read_at_each_visit(tmp_path: Path):
    depot, root = new_depot(tmp_path / "stick"), tmp_path / "stick"
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        office.new_epoch()
        office.tell(li)
        wang_folder = root / names.recipient_folder(li.store.space, wang.key.recipient)
        li.store.commit([edit("finding", "f", text="unter neuem Schlüssel")])
        li.sync(depot)
        for path in wang_folder.iterdir():
            path.unlink()
        done = wang.sync(depot)
        assert done.waiting["no_key"] >= 1
        seen = counting(root)
        again = wang.sync(seen)
        assert again.waiting["no_key"] == done.waiting["no_key"]
        assert [name for name in seen.names if "/s/" in name] == []
        li.sync(depot, Limits(verify=True))
        assert wang.sync(depot).received.operations == 1
        assert wang.store.state("finding", "f").shown() == {"text": "unter neuem Schlüssel"}


def test_the_list_says_whose_when_where_and_what(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f", text="davor")])
        li.sync(depot)
        wang.sync(depot)
        last = li.store.log.head(li.store.chain)
        for number in range(3):
            li.store.commit([edit("finding", f"g{number}", text=f"danach {number}")])
        li.sync(depot)
        office.revoke(last.log, last.n, last.id)
        office.tell(wang)
        wang.sync(depot)
        session = session_of(wang)
        [row] = put_aside(session, "zh")
        assert (row.name, row.depot, row.first, row.last) == ("li", str(tmp_path / "stick"), 2, 4)
        assert row.at > 0
        assert len(row.contents) == 3
        assert all(f"danach {n}" in line for n, line in enumerate(row.contents))
        assert contents_of(session, row.row, "zh") == row.contents
        [untold] = put_aside(session, "zh", told=False)
        assert untold.contents == ()


def test_what_was_taken_in_before_the_revocation_was_known_stays_in_the_record(tmp_path: Path):
    depot = new_depot(tmp_path / "stick")
    zh = translator("zh")
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        li.store.commit([edit("finding", "f", text="davor")])
        li.sync(depot)
        last = li.store.log.head(li.store.chain)
        li.store.commit([edit("finding", "g", text="danach")])
        li.sync(depot)
        for other in (wang, zhao):
            other.sync(depot)
        office.revoke(last.log, last.n, last.id)
        for other, decide, said in (
            (wang, dismiss, dismissed_text),
            (zhao, accept, accepted_text),
        ):
            office.tell(other)
            other.sync(depot)
            session = session_of(other)
            [aside] = put_aside(session, "zh")
            assert aside.in_record
            judged = decide(session, aside.row.number)
            assert judged.operations == 0
            words = said(judged, zh)
            assert "不采用" not in words
            assert "0" not in words
            assert other.store.state("finding", "g").shown() == {"text": "danach"}
            [decided] = put_aside(session, "zh", all_of_them=True)
            assert settled_text(decided.row, zh) in ("在记录中", "已采用")
        row = aside.row._replace(reason="name")
        assert dismissed_text(Judged(row), zh) != dismissed_text(Judged(aside.row), zh)
        assert settled_text(row._replace(settled="gone"), zh) == "已从交换站消失"
