"""What is kept of a closed dialog is not doubled, not another's, and not put over newer values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton

from inspector.base.errors import MingchaError
from inspector.operations.findings import amend_finding
from inspector.operations.people import use_person
from inspector.operations.registers import finding_detail
from inspector.operations.sealing import seal
from inspector.storage.store import Store
from tests.ui.hands import click, escape, pasting, press, record, the_open, words
from tests.ui.next_dialog import in_next_dialog
from ui.pages.findings.amend import AmendDialog
from ui.pages.sync.server import ServerDialog
from ui.pages.visit.entries import EntryForm
from ui.pages.visit.happened import HappenedModel
from ui.widgets.drafts import unsaved

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from PySide6.QtWidgets import QWidget

    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.messages import Message
    from ui.pages.visit.page import VisitPage

LINES = "1038 05 U 3"
WORDS = "told me in confidence"


def named(widget: QWidget, text: str) -> QPushButton:
    [found] = [each for each in widget.findChildren(QPushButton) if each.text() == text]
    return found


def new_entry(page: VisitPage) -> EntryForm:
    page.timeline.add()
    return the_open(page, EntryForm)


def a_finding(bench: Bench, page: VisitPage) -> str:
    click(bench, page.finding.keys[0])
    page.finding.text.setText("thing")
    page.finding.save()
    bench.settle()
    assert page.keeper.board is not None
    return page.keeper.board.record.findings[-1].id


def amending(bench: Bench, finding: str) -> AmendDialog:
    detail = bench.ask(lambda session: finding_detail(session, finding))
    dialog = AmendDialog(bench.desk, detail, bench.window)
    dialog.open()
    return dialog


def entries(bench: Bench, page: VisitPage) -> int:
    return str(record(bench, page).record).count(WORDS)


def save_and_escape(bench: Bench, save: QPushButton, field: QWidget) -> None:
    """Press Esc before the answer to “Save” comes."""
    bench.qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    bench.qtbot.keyClick(field, Qt.Key.Key_Escape)
    bench.settle()


def save_on_a_full_disk(bench: Bench, form: EntryForm, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise MingchaError("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save", full)
        patch.setattr(Store, "commit", full)
        click(bench, named(form, "保存"))


def test_pasted_notes_are_saved_once_though_escape_was_faster(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    dialog = pasting(opened, page)
    press(opened, LINES, at=dialog.text)
    opened.qtbot.waitUntil(dialog.save.isEnabled, timeout=10_000)
    before = len(record(opened, page).record.sightings)
    save_and_escape(opened, dialog.save, dialog.text)
    assert len(record(opened, page).record.sightings) == before + 1
    assert unsaved(opened.desk, office.covert) == ()
    again = pasting(opened, page)
    assert again.text.toPlainText() == ""
    escape(opened, again)


def test_an_entry_is_saved_once_though_escape_was_faster(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    form = new_entry(page)
    press(opened, WORDS, at=form.text)
    save_and_escape(opened, named(form, "保存"), form.text)
    assert entries(opened, page) == 1
    assert unsaved(opened.desk, office.covert) == ()


def refused_and_left(opened: Bench, page: VisitPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Type an entry that the full disk refuses, and leave its dialog."""
    form = new_entry(page)
    press(opened, WORDS, at=form.text)
    save_on_a_full_disk(opened, form, monkeypatch)
    escape(opened, form)


def test_what_is_saved_again_after_a_full_disk_is_begun_no_more(
    opened: Bench, page: VisitPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused_and_left(opened, page, monkeypatch)
    assert unsaved(opened.desk, office.covert) == (WORDS,), "not saved yet, and not lost"
    click(opened, named(page, "再存一次"))
    assert entries(opened, page) == 1
    assert unsaved(opened.desk, office.covert) == ()


def test_what_was_typed_on_after_saving_is_kept(
    opened: Bench, page: VisitPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused_and_left(opened, page, monkeypatch)
    again = new_entry(page)
    press(opened, "x", at=again.text)
    escape(opened, again)
    click(opened, named(page, "再存一次"))
    [left] = unsaved(opened.desk, office.covert)
    assert "x" in left


def test_another_person_is_not_shown_it_and_the_first_one_finds_it_again(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    def at_the_keys(person: str) -> None:
        opened.ask(lambda session: use_person(session, person))
        opened.go("home")
        opened.go("visit", office.covert)
        opened.settle()
        assert page.keeper.board is not None
        assert page.keeper.board.me == person
        assert page.seen.typed.observer == person

    assert page.keeper.board is not None
    first = page.keeper.board.me
    form = new_entry(page)
    press(opened, WORDS, at=form.text)
    escape(opened, form)
    at_the_keys(office.other)
    form = new_entry(page)
    assert form.text.toPlainText() == ""
    assert form.seen.observer.currentData() == office.other
    escape(opened, form)
    assert unsaved(opened.desk, office.covert) == (WORDS,), "it is of the visit all the same"
    at_the_keys(first)
    form = new_entry(page)
    assert form.text.toPlainText() == WORDS
    escape(opened, form)


def test_nothing_is_put_over_what_changed_meanwhile(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    finding = a_finding(opened, page)

    dialog = amending(opened, finding)
    press(opened, "mine ", at=dialog.text)
    escape(opened, dialog)
    again = amending(opened, finding)
    assert again.text.toPlainText() == "mine 空岗离岗：thing"
    assert set(again._fields()) == {"text"}
    escape(opened, again)
    later = {"severity": 3, "text": "words of the leader"}
    opened.ask(lambda session: amend_finding(session, finding, later))
    opened.settle()
    anew = amending(opened, finding)
    assert anew._fields() == {}, "it says what the finding says now"
    escape(opened, anew)
    assert "mine 空岗离岗：thing" in str(opened.desk.drafts), "what was typed before is not lost"


def test_an_amended_finding_is_not_begun_again_though_escape_was_faster(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    finding = a_finding(opened, page)
    dialog = amending(opened, finding)
    press(opened, "mine ", at=dialog.text)
    save_and_escape(opened, dialog.save, dialog.text)
    assert opened.desk.drafts == {}
    found = opened.ask(lambda session: finding_detail(session, finding))
    assert found.row.finding.text == "mine 空岗离岗：thing"


def test_what_is_typed_in_any_dialog_of_a_visit_is_named_before_the_seal(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    finding = a_finding(opened, page)
    form = new_entry(page)
    press(opened, WORDS, at=form.text)
    click(opened, named(form, "保存"))
    mended = mend_entry(page)
    press(opened, "mended ", at=mended.text)
    escape(opened, mended)
    dialog = amending(opened, finding)
    press(opened, "amended ", at=dialog.text)
    escape(opened, dialog)
    in_next_dialog(give_a_reason_and_escape(opened))
    page.timeline.withdraw()
    found = unsaved(opened.desk, office.covert)
    assert [text.split()[0] for text in found] == ["mended", "amended", "withdrawn"]
    assert unsaved(opened.desk, office.prepared) == ()


def mend_entry(page: VisitPage) -> EntryForm:
    """Open what mends the entry that says WORDS."""
    card = page.timeline
    facts = [card.model.index(row).data(HappenedModel.ROW) for row in range(card.model.rowCount())]
    [row] = [at for at, each in enumerate(facts) if each and WORDS in str(each.fact)]
    card.list.setCurrentIndex(card.model.index(row))
    card.mend()
    return the_open(page, EntryForm)


def give_a_reason_and_escape(bench: Bench) -> Callable[[Message], None]:
    def act(dialog: Message) -> None:
        [field] = dialog.findChildren(QLineEdit)
        bench.qtbot.keyClicks(field, "withdrawn because")
        bench.qtbot.keyClick(field, Qt.Key.Key_Escape)

    return act


def test_a_server_is_kept_with_its_kind(opened: Bench) -> None:
    form = ServerDialog(opened.desk, opened.window)
    form.open()
    click(opened, form.chips["s3"])
    press(opened, "bucket/team", at=form.place)
    press(opened, "https://s3.example", at=form.endpoint)
    press(opened, "secret", at=form.password)
    escape(opened, form)
    again = ServerDialog(opened.desk, opened.window)
    again.open()
    assert again.chips["s3"].isChecked()
    assert again.endpoint.isVisible()
    assert (again.place.text(), again.endpoint.text()) == ("bucket/team", "https://s3.example")
    assert again.password.text() == ""
    again.reject()


def test_what_was_copied_after_the_seal_is_named_no_more(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    form = new_entry(page)
    press(opened, WORDS, at=form.text)
    escape(opened, form)
    press(opened, "half a finding", at=page.finding.text)
    opened.ask(lambda session: seal(session, office.covert))
    opened.qtbot.waitUntil(lambda: WORDS in words(page._banner), timeout=5000)
    click(opened, named(page._banner, "复制"))
    copied = QGuiApplication.clipboard().text()
    assert {WORDS, "half a finding"} <= set(copied.split("\n"))
    opened.go("home")
    opened.go("visit", office.covert)
    opened.settle()
    said = words(page._banner)
    assert "已封存" in said
    assert WORDS not in said
    assert "half a finding" not in said
    assert opened.desk.drafts == {}
