"""After a workspace is opened it is checked and backed up behind everything people do."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from inspector.base.paths import Workspace
from tests.support.records import altered_from_outside
from ui.messages import Message
from ui.upkeep import Upkeep
from ui.work import sharing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office
    from tests.ui.conftest import Bench


@pytest.fixture
def kept(bench: Bench) -> list[None]:
    """Grows by one whenever the upkeep of an opened workspace has ended."""
    Upkeep(bench.desk, bench.window)
    ended: list[None] = []
    bench.desk.kept.connect(lambda: ended.append(None))
    return ended


def test_opening_checks_the_record_and_makes_the_backup_of_the_day(
    bench: Bench, kept: list[None], made_office: Office, tmp_path: Path
) -> None:
    root = made_office.copied_to(tmp_path / "w").root
    before = len(list(Workspace(root).backups.glob("*.db")))
    home = bench.go("start", open=str(root))
    bench.qtbot.waitUntil(lambda: bool(kept))
    home = bench.go("home")
    assert len(list(Workspace(root).backups.glob("*.db"))) == before + 1
    assert bench.ask(lambda session: session.store.audited)
    shown = [each.text() for each in home.findChildren(QLabel)]
    assert any(each.startswith("已于 20") for each in shown), shown
    assert bench.window.findChildren(Message) == []


def test_tables_that_were_changed_by_others_are_told_once_and_keep_nobody_from_recording(
    bench: Bench, kept: list[None], made_office: Office, tmp_path: Path
) -> None:
    root = made_office.copied_to(tmp_path / "w").root
    altered_from_outside(root, "UPDATE hall SET name = 'changed'")
    bench.go("start", open=str(root))
    bench.qtbot.waitUntil(lambda: bool(kept))
    [told] = bench.window.findChildren(Message)
    words = "\n".join(each.text() for each in told.findChildren(QLabel))
    assert "重建" in words
    assert "存储与备份" in words
    told.accept()


def test_what_the_start_made_is_not_looked_through_for_garbage() -> None:
    before, turn = gc.get_freeze_count(), sys.getswitchinterval()
    try:
        gc.disable()
        sharing.take_short_turns()
        sharing.collect_garbage()
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
        assert sys.getswitchinterval() == pytest.approx(sharing.TURN)
        gc.unfreeze()
        sharing.collect_garbage()
        assert gc.get_freeze_count() == 0, "only what was made while nothing was collected"
    finally:
        gc.enable()
        gc.unfreeze()
        sys.setswitchinterval(turn)
