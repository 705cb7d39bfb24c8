"""The disk refuses while pages are open: what was typed stays, what was pressed waits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from inspector.base.errors import MingchaError
from inspector.domain.vocabulary import WindowState
from inspector.storage.store import Store
from tests.ui.hands import click, press, words

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage


@pytest.mark.skipif(os.name != "posix", reason="open files cannot be moved elsewhere")
def test_a_finding_waits_until_the_folder_is_back(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    away = office.root.with_name("away")
    office.root.rename(away)
    page.finding.keys[0].click()
    page.finding.text.setText("叫号机无人值守")
    page.finding.save()
    opened.settle()
    assert "已不在原处" in words(page)
    assert page.finding.text.text() == "叫号机无人值守"
    assert page.keeper.board is not None
    assert not page.keeper.board.record.findings

    away.rename(office.root)
    page.finding.save()
    opened.settle()
    assert "已不在原处" not in words(page)
    [finding] = page.keeper.board.record.findings
    assert finding.text.endswith("叫号机无人值守")


def test_what_a_full_disk_refused_waits_also_while_other_things_are_saved(
    opened: Bench, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room that is kept aside lets the next action through: the ones before must not vanish."""

    def full(*_args: object, **_more: object) -> None:
        raise MingchaError("disk_full")

    tiles = page.windows.tiles[:2]
    with monkeypatch.context() as patched:
        patched.setattr(Store, "save", full)
        patched.setattr(Store, "commit", full)
        for each in tiles:
            each.setFocus()
            press(opened, "u", at=each)
    click(opened, page.finding.keys[0])
    page.finding.save()
    opened.settle()
    assert page.keeper.board is not None
    assert "尚未保存：2" in words(page)

    again = next(each for each in page.findChildren(QPushButton) if each.text() == "再存一次")
    click(opened, again)
    states = [each.tile.state for each in tiles if each.tile is not None]
    assert states == [WindowState.UNATTENDED] * 2
    assert "尚未保存" not in words(page)
    assert not page.acting.waiting
