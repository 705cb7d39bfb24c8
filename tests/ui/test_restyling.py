"""The system's colours change while somebody works: they wait, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from ui.behind import Restyling

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage


@pytest.fixture
def restyling(opened: Bench, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Restyling:
    monkeypatch.setattr(Restyling, "WAIT_MS", 10)
    return Restyling(qapp, opened.desk, opened.window)


def turn_dark(bench: Bench, qapp: QApplication) -> None:
    """Let the system be dark from now on."""
    bench.desk.settings = replace(bench.desk.settings, theme="dark")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    bench.settle()


def test_a_typed_sentence_stays_until_it_is_saved(
    opened: Bench, qapp: QApplication, restyling: Restyling, page: VisitPage
) -> None:
    del restyling
    page.finding.keys[0].click()
    page.finding.text.setFocus()
    opened.qtbot.keyClicks(page.finding.text, "A032")
    turn_dark(opened, qapp)
    assert opened.window.page is page
    assert page.finding.text.text() == "A032"
    page.finding.save()
    opened.qtbot.waitUntil(lambda: opened.window.page is not page)
    opened.settle()


def test_an_open_form_is_saved_and_then_the_colours_follow(
    opened: Bench, qapp: QApplication, restyling: Restyling, page: VisitPage
) -> None:
    del restyling
    page.timeline.add()
    form = page.timeline.form
    assert form is not None
    form.text.setPlainText("队伍排到门外")
    turn_dark(opened, qapp)
    opened.qtbot.keyClick(form.seen.at, Qt.Key.Key_Return)
    opened.settle()
    opened.qtbot.waitUntil(lambda: opened.window.page is not page)
    opened.settle()
    board = opened.window.page.keeper.board  # type: ignore[union-attr]
    assert "队伍排到门外" in [getattr(row.fact, "note", "") for row in board.timeline]
