"""Receipts say what somebody has: also after a stopped visit, and never more than is so."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from inspector.storage.store import Edit
from inspector.sync import session
from inspector.sync.receipts import acknowledged
from inspector.sync.standing import Standing
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit, operations_of

if TYPE_CHECKING:
    from pathlib import Path


def stopped(_work: object) -> None:
    raise KeyboardInterrupt


def test_a_file_that_came_in_a_stopped_visit_gets_its_receipt_in_the_next(tmp_path, monkeypatch):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        stored = li.blobs.add_bytes(b"photo")
        fields = {"sha256": stored.sha256, "size": stored.size, "visit": "v"}
        li.store.commit([Edit("evidence", "e", fields)], visit="v")
        li.sync(depot)
        with monkeypatch.context() as pulled:
            pulled.setattr(session, "acknowledge", stopped)
            with pytest.raises(KeyboardInterrupt):
                wang.sync(depot)
        assert wang.blobs.size(stored.sha256) == 5
        wang.reopen()
        assert wang.sync(depot).receipts == 2
        li.sync(depot)
        [received] = Standing(li.store, li.blobs).of_visit("v", [stored.sha256]).received
        assert (received.log, received.files_lacking) == (wang.store.chain, 0)
        assert wang.sync(depot).receipts == 0


def copied(laptop: Laptop, root: Path) -> Laptop:
    """Copy a whole disk; neither copy knows of the other."""
    laptop.store.close()
    shutil.copytree(laptop.root, root)
    laptop.start()
    copy = Laptop(root.name, root)
    copy.store.entropy.seed = root.name
    return copy


def test_a_receipt_for_one_branch_of_a_chain_says_nothing_of_the_other(tmp_path):
    one, other = new_depot(tmp_path / "one"), new_depot(tmp_path / "other")
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f", text="von beiden")])
        copy = copied(li, tmp_path / "copy")
        shared = li.store.chain
        li.store.commit([edit("finding", "g", text="von li")])
        li.store.commit([edit("finding", "h", text="von li")])
        for number in range(3):
            copy.store.commit([edit("finding", f"c{number}", text="von der Kopie")])
        # Wang has only the branch of the copy, whose end stands at a higher place.
        copy.sync(one)
        wang.sync(one)
        copy.sync(one)
        copy.sync(other)
        li.sync(other)
        assert acknowledged(li.store).chains[shared][wang.store.chain] == 1
        # As soon as the other branch has arrived as well, there is a receipt for each.
        for laptop in (li, copy):
            office.admit(laptop)
        li.sync(one)
        wang.sync(one)
        li.sync(one)
        last = li.store.log.head(shared).n
        assert acknowledged(li.store).chains[shared][wang.store.chain] == last
        for laptop in (copy, wang, li, copy, wang, li):
            laptop.sync(one)
        before = len(operations_of(wang.store))
        for laptop in (copy, wang, li, copy, wang, li):
            assert laptop.sync(one).receipts == 0
        assert len(operations_of(wang.store)) == before
        copy.store.close()
