"""A dialog that Esc or its frame closes loses nothing that was typed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton

from tests.ui.hands import click, escape, gone, pasting, press, record, the_open
from tests.ui.next_dialog import in_next_dialog
from ui.messages import asked_text
from ui.pages.visit.entering import RevealDialog
from ui.pages.visit.entries import EntryForm
from ui.pages.visit.notes import NotesDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.messages import Message
    from ui.pages.visit.page import VisitPage

LINES = "1038 05 U 3"


def frame(bench: Bench, dialog: QDialog) -> None:
    dialog.close()
    gone(bench, dialog)


def cancel(bench: Bench, dialog: QDialog) -> None:
    [button] = [each for each in dialog.findChildren(QPushButton) if each.text() == "取消"]
    click(bench, button)
    gone(bench, dialog)


@pytest.mark.parametrize("closing", [escape, frame])
def test_pasted_notes_stand_there_again(
    opened: Bench,
    page: VisitPage,
    office: Office,
    closing: Callable[[Bench, QDialog], None],
) -> None:
    dialog = pasting(opened, page)
    press(opened, LINES, at=dialog.text)
    closing(opened, dialog)
    opened.go("visit", office.prepared)
    other = pasting(opened, page)
    assert other.text.toPlainText() == "", "notes of one visit are not those of another"
    escape(opened, other)
    opened.go("visit", office.covert)
    again = pasting(opened, page)
    assert again.text.toPlainText() == LINES
    opened.qtbot.waitUntil(again.save.isEnabled, timeout=10_000)
    before = len(record(opened, page).record.sightings)
    click(opened, again.save)
    opened.qtbot.waitUntil(
        lambda: len(page.keeper.board.record.sightings) == before + 1, timeout=10_000
    )
    assert pasting(opened, page).text.toPlainText() == "", "what was saved is not begun again"
    escape(opened, the_open(page, NotesDialog))


def test_what_is_given_up_by_its_button_is_given_up(opened: Bench, page: VisitPage) -> None:
    dialog = pasting(opened, page)
    press(opened, LINES, at=dialog.text)
    escape(opened, dialog)
    cancel(opened, pasting(opened, page))
    again = pasting(opened, page)
    assert again.text.toPlainText() == ""
    escape(opened, again)


def test_an_entry_keeps_its_kind_and_all_its_fields(opened: Bench, page: VisitPage) -> None:
    page.timeline.add()
    form = the_open(page, EntryForm)
    form.kind.setCurrentIndex(form.kind.count() - 1)
    fields = [*form.findChildren(QLineEdit), *form.findChildren(QPlainTextEdit)]
    for number, field in enumerate(each for each in fields if each.isVisible()):
        press(opened, f"1{number}", at=field)
    typed = [each.text() for each in form.findChildren(QLineEdit)], form.text.toPlainText()
    chosen = [each.currentData() for each in form.findChildren(QComboBox)]
    assert form.text.toPlainText()
    escape(opened, form)
    page.timeline.add()
    again = the_open(page, EntryForm)
    assert ([each.text() for each in again.findChildren(QLineEdit)], again.text.toPlainText()) == (
        typed
    )
    assert [each.currentData() for each in again.findChildren(QComboBox)] == chosen
    escape(opened, again)


def test_to_whom_identity_was_shown_is_typed_once(opened: Bench, page: VisitPage) -> None:
    from_board = page.keeper.board
    assert from_board is not None

    def ask() -> RevealDialog:
        page._asking._ask(RevealDialog(opened.desk, page.acting, from_board))
        return the_open(page, RevealDialog)

    dialog = ask()
    press(opened, "Wang", at=dialog.to_whom)
    press(opened, "card 7", at=dialog.documents[from_board.me])
    escape(opened, dialog)
    again = ask()
    assert (again.to_whom.text(), again.documents[from_board.me].text()) == ("Wang", "card 7")
    escape(opened, again)


def test_a_reason_stands_there_again_for_the_same_thing_only(opened: Bench) -> None:
    found: list[str] = []

    def typing(text: str) -> Callable[[Message], None]:
        def act(dialog: Message) -> None:
            [field] = dialog.findChildren(QLineEdit)
            found.append(field.text())
            opened.qtbot.keyClicks(field, text)
            opened.qtbot.keyClick(field, Qt.Key.Key_Escape)

        return act

    for about, hidden, text in (
        ("first", False, "typed twice"),
        ("second", False, ""),
        ("first", False, ""),
        ("third", True, "secret"),
        ("third", True, ""),
    ):
        in_next_dialog(typing(text))
        window = opened.window
        assert (
            asked_text(opened.desk, window, "Why?", "So.", "Go", hidden=hidden, about=about) is None
        )
    assert found == ["", "", "typed twice", "", ""]
    assert not any("secret" in str(each) for each in opened.desk.drafts.values())
