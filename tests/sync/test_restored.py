"""After a backup was put back: what follows from the record alone is known again, and the exchange
goes on as before."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from inspector.base.ids import system_entropy
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.storage import backup, exchange
from inspector.storage.log_state import forked_logs, waiting_for_newer_version
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit, operations_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.laptops import Office


def forked_at(folder: Path, office: Office, li: Laptop) -> None:
    """Let two copies of one disk go on with one chain, and both visit the depot `folder`."""
    depot = new_depot(folder)
    li.store.commit([edit("finding", "f", text="von beiden")])
    li.store.close()
    shutil.copytree(li.root, li.root.with_name("copy"))
    li.start()
    copy = Laptop("copy", li.root.with_name("copy"))
    copy.store.entropy.seed = "other"
    for laptop, entity in ((li, "g"), (copy, "h")):
        for number in range(3):
            laptop.store.commit([edit("finding", entity, text=f"{entity}{number}")])
    assert copy.store.chain == li.store.chain
    li.sync(depot)
    copy.sync(depot)
    office.admit(copy)
    copy.sync(depot)
    li.sync(depot)
    office.admit(li)
    li.sync(depot)
    copy.store.close()


def restored(laptop: Laptop, *, without: bool = False) -> None:
    """Put the newest automatic backup back; `without`: what it replaces is gone."""
    workspace = Workspace(laptop.root)
    backup.back_up(laptop.store.db, workspace)
    laptop.store.close()
    if without:
        for suffix in ("", "-wal"):
            workspace.database.with_name(workspace.database.name + suffix).unlink(missing_ok=True)
    backup.restore(workspace, backup.newest(workspace), system_entropy, SILENT)
    laptop.start()


def test_a_chain_with_branches_is_sent_on_after_a_backup_was_put_back(tmp_path):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        forked_at(tmp_path / "stick", office, li)
        former, forks = li.store.chain, forked_logs(li.store.db)
        assert len(forks) == 1
        restored(li, without=True)
        assert forked_logs(li.store.db) == forks
        assert li.store.chain != former
        office.admit(li)
        office.hand_over(wang)
        new = new_depot(tmp_path / "new")
        assert li.sync(new).safe
        wang.sync(new)
        assert {each.id for each in operations_of(li.store)} <= {
            each.id for each in operations_of(wang.store)
        }


def test_entries_of_a_newer_version_are_still_counted_after_a_backup_was_put_back(tmp_path):
    depot = new_depot(tmp_path / "stick")
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f", text="x", mood="gut")])
        li.store.commit([edit("finding", "g", text="x")])
        li.sync(depot)
        wang.sync(depot)
        assert waiting_for_newer_version(wang.store.db) == 1
        restored(wang)
        assert waiting_for_newer_version(wang.store.db) == 1
        wang.store.rebuild(SILENT)
        assert waiting_for_newer_version(wang.store.db) == 1


def test_what_others_signed_is_still_handed_on_after_a_backup_was_put_back(tmp_path):
    with team(tmp_path, "li", "wang", "zhao") as (office, [li, wang, zhao]):
        depot = new_depot(tmp_path / "stick")
        li.store.commit([edit("finding", "f", text="x")])
        li.sync(depot)
        wang.sync(depot)
        restored(wang)
        office.admit(wang)
        office.hand_over(zhao)
        other = new_depot(tmp_path / "other")
        assert wang.sync(other).safe
        assert zhao.sync(other).received.operations >= 1
        assert zhao.store.state("finding", "f").shown() == {"text": "x"}


def test_a_kept_segment_counts_only_with_its_entries_and_its_own_bytes(tmp_path):
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        depot = new_depot(tmp_path / "stick")
        for text in ("x", "y"):
            li.store.commit([edit("finding", "f", text=text)])
            li.sync(depot)
            wang.sync(depot)
        one, other = exchange.segments(wang.store.db, li.store.chain)
        db = wang.store.db
        db.execute("UPDATE segment SET bytes = CAST(bytes || 'x' AS BLOB) WHERE id = ?", (one.id,))
        restored(wang)
        assert exchange.segments(wang.store.db, li.store.chain) == [other]
