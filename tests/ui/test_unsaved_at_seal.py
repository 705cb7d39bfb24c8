"""What was typed in a visit and not saved is named before the seal, and can be copied after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from inspector.operations.sealing import seal
from tests.ui.hands import click, escape, pasting, press, words
from tests.ui.mini_steps import shrunk

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.closing.page import ClosingPage
    from ui.pages.closing.seal import SealStep
    from ui.pages.visit.page import VisitPage

LINES = "1038 05 U 3"
TITLE = "已输入但未保存"


def type_at(bench: Bench, page: VisitPage, code: str, text: str) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of(code)))
    press(bench, Qt.Key.Key_Return, text)


def seal_step(bench: Bench, office: Office) -> SealStep:
    page = cast("ClosingPage", bench.go("closing", office.covert, step="seal"))
    bench.qtbot.waitUntil(lambda: "seal" in page.steps and page.is_whole, timeout=10_000)
    bench.settle()
    return cast("SealStep", page.steps["seal"])


def test_the_seal_step_names_what_is_typed_and_not_saved(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    assert TITLE not in words(seal_step(opened, office))
    opened.go("visit", office.covert)
    type_at(opened, page, "S02-01", "317")
    dialog = pasting(opened, page)
    press(opened, LINES, at=dialog.text)
    escape(opened, dialog)
    press(opened, "half a finding", at=page.finding.text)
    step = seal_step(opened, office)
    shown = words(step)
    assert TITLE in shown
    assert all(text in shown for text in ("S02-01 317", LINES, "half a finding"))
    [go] = [each for each in step.findChildren(QPushButton) if each.text() == "前往保存"]
    click(opened, go)
    assert opened.window.page is page
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-01")))
    press(opened, Qt.Key.Key_Return, at=card.answering.field)
    shown = words(seal_step(opened, office))
    assert "317" not in shown, "it is saved"
    assert "half a finding" in shown


def test_the_seal_step_names_what_stands_half_typed_in_the_mini_window(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    mini = shrunk(opened, office)
    mini.answers.go_to("S02-01")
    press(opened, "317", at=mini.answers.field)
    mini.answers.go_to("S02-02")
    press(opened, "half a sentence", at=mini.finding.text)
    press(opened, Qt.Key.Key_F10, at=mini)
    shown = words(seal_step(opened, office))
    assert TITLE in shown
    assert all(text in shown for text in ("S02-01 317", "half a sentence"))
    assert not [text for text in shown if text.startswith("S02-02")]


def test_the_seal_step_names_it_also_where_the_page_was_made_anew(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    type_at(opened, page, "S02-01", "317")
    step = seal_step(opened, office)
    assert "S02-01 317" in words(step)
    opened.window.rebuild()
    opened.settle()
    assert "S02-01 317" in words(seal_step(opened, office))


def test_what_was_not_saved_before_the_seal_can_be_copied(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    type_at(opened, page, "S02-01", "317")
    press(opened, "x" * 120, at=page.finding.text)
    opened.ask(lambda session: seal(session, office.covert))
    opened.settle()
    said = f"封存前输入但未保存，不在记录中：S02-01 317；{'x' * 80}…"
    opened.qtbot.waitUntil(lambda: said in words(page), timeout=5000)
    [copy] = [each for each in page.findChildren(QPushButton) if each.text() == "复制"]
    click(opened, copy)
    assert QGuiApplication.clipboard().text() == "S02-01 317\n" + "x" * 120
