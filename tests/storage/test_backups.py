"""Backups, and taking one back without losing what came after it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.domain.entities import Remark
from inspector.storage import backup
from inspector.storage.backup import (
    KEEP,
    back_up,
    finish_restore,
    in_pieces,
    newest,
    restore,
)
from inspector.storage.integrity import audit_projection
from inspector.storage.migrations import SCHEMA_VERSION
from inspector.storage.store import Store
from tests.rigs.small_disk import cannot_mount, small_disk
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.records import edit, opened

if TYPE_CHECKING:
    from collections.abc import Iterator


def fill(store: Store, first: int, count: int) -> None:
    for number in range(first, first + count):
        store.save(Remark(id=f"r{number}", text=f"第{number}条 空岗"))


def remarks(root) -> set[str]:
    with opened(root) as store:
        assert audit_projection(store.db, root.parent, SILENT) == []
        return {remark.id for remark in store.select(Remark)}


def named(count: int) -> set[str]:
    return {f"r{number}" for number in range(count)}


@pytest.fixture
def root(tmp_path):
    """A workspace with ten remarks, a backup, and ten more."""
    root = tmp_path / "w"
    with opened(root) as store:
        fill(store, 0, 10)
        back_up(store.db, store.workspace)
        fill(store, 10, 10)
    return root


def take_back(root, source=None, seed="new"):
    workspace = Workspace(root)
    return restore(workspace, source or newest(workspace), CountingEntropy(seed), SILENT)


def test_what_came_after_the_backup_is_added(root):
    done = take_back(root)
    assert (done.operations, done.added) == (10, 10)
    assert remarks(root) == named(20)
    assert remarks(root) == named(20)
    with closing(sqlite3.connect(done.set_aside)) as aside:
        assert aside.execute("SELECT count(*) FROM op").fetchone()[0] == 20


def test_the_device_begins_a_new_chain(root):
    with opened(root) as store:
        before = store.local("log")
    take_back(root)
    with opened(root) as store:
        assert store.local("log") != before
        fill(store, 20, 1)
        assert len(store.log.frontier()) == 2
    assert remarks(root) == named(21)


def test_entries_that_only_the_write_ahead_log_holds_are_added(tmp_path):
    """The program was killed: the file next to its log, as it lay on the disk."""
    with opened(tmp_path / "live") as store:
        fill(store, 0, 3)
        back_up(store.db, store.workspace, tmp_path / "copy.db")
        fill(store, 3, 3)
        killed = tmp_path / "killed"
        killed.mkdir()
        for name in ("mingcha.db", "mingcha.db-wal"):
            shutil.copyfile(tmp_path / "live" / name, killed / name)
    before = (killed / "mingcha.db-wal").read_bytes()
    assert before
    done = take_back(killed, tmp_path / "copy.db")
    assert done.added == 3
    # The replaced file stays as it was found, with its log beside it.
    assert done.set_aside.with_name("replaced-1.db-wal").read_bytes() == before
    assert remarks(killed) == named(6)


def test_garbage_in_any_page_costs_only_what_was_in_it(root, tmp_path):
    source = random.Random(5)
    good = (root / "mingcha.db").read_bytes()
    copy = newest(Workspace(root))
    added, whole = [], 0
    for number in range(25):
        page = number if number < 3 else source.randrange(len(good) // 4096)
        broken = bytearray(good)
        broken[page * 4096 : page * 4096 + 4096] = source.randbytes(4096)
        damaged = tmp_path / f"damaged-{number}"
        damaged.mkdir()
        (damaged / "mingcha.db").write_bytes(broken)
        done = take_back(damaged, copy, seed=str(number))
        assert done.operations == 10
        # Where the list of tables is hurt nothing proves that the last operation was read.
        assert done.added == 10 or not done.whole, "what cannot be read is told"
        added.append(done.added)
        whole += done.whole
        found = {path.name for path in damaged.iterdir()}
        assert found == {"mingcha.db", "mingcha.lock", "replaced-1.db"}
        assert (damaged / "replaced-1.db").read_bytes() == broken
        with opened(damaged) as store:
            held = {remark.id for remark in store.select(Remark)}
            assert named(10) <= held
            assert len(held) == 10 + done.added
    assert added[0] == 0, "without the first page there are no tables"
    assert sum(count == 10 for count in added) > 15
    assert whole > 12


def test_a_cut_between_the_renames_is_finished_at_the_next_start(root, monkeypatch):
    for fails_at in range(4):
        real, calls = os.replace, []

        def cut(source, target, fails_at=fails_at, real=real, calls=calls):
            calls.append(target)
            if len(calls) == fails_at + 1:
                raise KeyboardInterrupt
            real(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(backup.os, "replace", cut)
            with suppress(KeyboardInterrupt):
                take_back(root, seed=str(fails_at))
        assert remarks(root) == named(20)
        assert not Workspace(root).restored.exists()


def test_a_workspace_that_waits_for_its_restore_is_not_empty(root):
    workspace = Workspace(root)
    workspace.database.rename(workspace.restored)
    with pytest.raises(MingchaError) as caught:
        Store.create(workspace, None, CountingEntropy())
    assert caught.value.code == "workspace_exists"
    assert finish_restore(workspace) is None
    assert remarks(root) == named(20)


def test_a_restore_into_an_empty_folder(root, tmp_path):
    done = take_back(tmp_path / "new" / "w", newest(Workspace(root)))
    assert (done.operations, done.added, done.set_aside) == (10, 0, None)
    assert remarks(tmp_path / "new" / "w") == named(10)


def test_unusable_backups_are_refused_before_anything_is_touched(root, tmp_path):
    before = {path.name: path.stat().st_mtime_ns for path in root.iterdir()}
    good = newest(Workspace(root)).read_bytes()
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE a(b)")
    (tmp_path / "text.db").write_bytes(b"hello" * 1000)
    (tmp_path / "short.db").write_bytes(good[: len(good) // 2])
    for name in ("missing.db", "other.db", "text.db", "short.db", ""):
        with pytest.raises(MingchaError) as caught:
            take_back(root, tmp_path / name)
        missing = name in ("missing.db", "")
        assert caught.value.code == ("backup_missing" if missing else "backup_unusable")
    assert {path.name: path.stat().st_mtime_ns for path in root.iterdir()} == before
    assert remarks(root) == named(20)


def test_a_workspace_of_a_newer_version_is_not_replaced(root):
    with closing(sqlite3.connect(root / "mingcha.db")) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = (root / "mingcha.db").read_bytes()
    with pytest.raises(MingchaError) as caught:
        take_back(root)
    assert caught.value.code == "workspace_newer"
    assert (root / "mingcha.db").read_bytes() == before
    assert not list(root.glob("replaced-*"))


def test_a_workspace_without_backups_says_so(tmp_path):
    with pytest.raises(MingchaError) as caught:
        newest(Workspace(tmp_path))
    assert caught.value.code == "backup_none"


def test_a_restore_is_refused_while_the_workspace_is_open(root):
    with opened(root), pytest.raises(MingchaError) as caught:
        take_back(root)
    assert caught.value.code == "workspace_in_use"
    assert remarks(root) == named(20)


def test_a_backup_is_one_file_and_may_have_any_name(root, tmp_path):
    folder = tmp_path / "备份 #1?&%20"
    with opened(root) as store:
        target = back_up(store.db, store.workspace, folder / "a b.db")
    assert [path.name for path in folder.iterdir()] == ["a b.db"]
    folder.chmod(0o500)
    before = target.read_bytes()
    done = take_back(tmp_path / "other", target)
    folder.chmod(0o700)
    assert done.operations == 20
    assert [path.name for path in folder.iterdir()] == ["a b.db"]
    assert target.read_bytes() == before


def test_a_backup_does_not_overwrite_a_file_the_user_named(root, tmp_path):
    target = tmp_path / "kept.db"
    target.write_bytes(b"precious")
    with opened(root) as store, pytest.raises(MingchaError) as caught:
        back_up(store.db, store.workspace, target)
    assert caught.value.code == "backup_exists"
    assert target.read_bytes() == b"precious"


def test_automatic_backups_rotate_and_never_run_backwards(root):
    workspace = Workspace(root)
    with opened(root) as store:
        for number in range(KEEP + 3):
            store.commit([edit("remark", "n", text=str(number))])
            made = back_up(store.db, store.workspace)
            assert back_up(store.db, store.workspace) == made == newest(workspace)
        found = sorted(workspace.backups.iterdir())
        assert len(found) == KEEP
    # Back to an old one, with nothing to add: what is recorded now is newer than every old copy.
    oldest = found[0]
    for name in ("mingcha.db", "mingcha.db-wal"):
        (root / name).unlink(missing_ok=True)
    take_back(root, oldest)
    with opened(root) as store:
        store.commit([edit("remark", "n", text="after")])
        made = back_up(store.db, store.workspace)
        assert made == newest(workspace)
        assert made not in found
    with closing(sqlite3.connect(made)) as copy:
        newest_operation = copy.execute("SELECT raw FROM op ORDER BY seq DESC").fetchone()[0]
    assert '"text":"after"' in newest_operation.decode()


def test_an_automatic_backup_put_in_place_by_hand_says_how_to_go_on(root):
    """It holds the record only; a file manager knows nothing of that."""
    shutil.copyfile(newest(Workspace(root)), root / "mingcha.db")
    with pytest.raises(MingchaError) as refused, opened(root):
        pass
    assert refused.value.code == "tables_altered"
    workspace = Workspace(root)
    store = Store.open(workspace, FixedClock(), CountingEntropy("by hand"), altered=True)
    with closing(store):
        assert store.rebuild(SILENT) == []
    assert remarks(root) == named(10)


def test_a_backup_made_piece_by_piece_holds_what_was_there_when_it_began(tmp_path):
    root = tmp_path / "w"
    with opened(root) as store:
        fill(store, 0, 120)
        for number, _ in enumerate(in_pieces(store.db, store.workspace)):
            fill(store, 120 + number, 1)
        assert number == 2
        made = newest(store.workspace)
    (root / "mingcha.db").unlink()
    assert take_back(root, made).operations == 120
    assert remarks(root) == named(120)


def test_a_backup_that_is_broken_off_leaves_nothing(root):
    with opened(root) as store:
        before = sorted(store.workspace.backups.iterdir())
        pieces = in_pieces(store.db, store.workspace)
        next(pieces)
        assert len(list(store.workspace.backups.iterdir())) == len(before) + 1
        pieces.close()
        assert sorted(store.workspace.backups.iterdir()) == before
        fill(store, 20, 1)


def test_a_backup_that_cannot_be_written_is_a_clear_error(root, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with opened(root) as store:
        with pytest.raises(MingchaError) as caught:
            back_up(store.db, store.workspace, tmp_path / "file" / "copy.db")
        assert caught.value.code == "backup_not_written"
        fill(store, 20, 1)


def test_another_offices_backup_is_refused(root, tmp_path):
    with opened(tmp_path / "other", "other office") as other:
        fill(other, 0, 2)
        foreign = back_up(other.db, other.workspace, tmp_path / "foreign.db")
    before = remarks(root)
    with pytest.raises(MingchaError) as refused:
        take_back(root, foreign)
    assert refused.value.code == "backup_of_other_space"
    assert remarks(root) == before


def test_copies_left_by_a_cut_vanish_at_the_next_start(root):
    leftovers = [root / "salvage-x", root / "cache" / "check-y"]
    for leftover in leftovers:
        leftover.mkdir(parents=True)
        (leftover / "copy.db").write_bytes(b"names of people")
    with opened(root):
        pass
    assert not any(leftover.exists() for leftover in leftovers)


@contextmanager
def suppress_codes(*codes: str) -> Iterator[None]:
    """Let only these refusals pass."""
    try:
        yield
    except MingchaError as refused:
        if refused.code not in codes:
            raise


@pytest.mark.skipif(cannot_mount() is not None, reason=str(cannot_mount()))
@pytest.mark.parametrize("spare", [64, 128, 192, 256, 384, 512])
def test_a_full_disk_never_makes_a_restore_drop_entries(tmp_path, spare):
    with opened(tmp_path / "source") as store:
        fill(store, 0, 5)
        backup_file = back_up(store.db, store.workspace, tmp_path / "early.db")
        fill(store, 5, 40)
    (tmp_path / "source" / "reserve.bin").unlink()
    used = sum(f.stat().st_size for f in (tmp_path / "source").rglob("*") if f.is_file())
    with small_disk(tmp_path / "disk", used + spare * 1024) as disk:
        root = disk / "office"
        shutil.copytree(tmp_path / "source", root)
        with suppress_codes("disk_full", "disk_error"):
            take_back(root, backup_file)
        shutil.copytree(root, tmp_path / "after")
    assert remarks(tmp_path / "after") == named(45)


def test_a_database_cut_to_nothing_is_damage_and_can_be_restored(root):
    (root / "mingcha.db").write_bytes(b"")
    with pytest.raises(MingchaError) as refused, opened(root):
        pass
    assert refused.value.code == "workspace_damaged"
    assert take_back(root).operations == 10
    assert remarks(root) == named(10)
