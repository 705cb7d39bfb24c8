"""Later entry, undo, the timeline, notes and phases on the page of a visit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton

from inspector.base.errors import MingchaError
from inspector.domain.clocktext import clock
from inspector.domain.paste import parse_notes
from inspector.domain.paste_lines import HeadCountLine, SightingLine, WaitLine
from inspector.domain.vocabulary import EventKind, Phase, TimeSource
from inspector.operations.people import add_person, use_person
from inspector.storage.store import Store
from tests.ui.hands import click, press, record, words
from ui.frame.footer import Footer
from ui.pages.visit.entering import CovertDialog, RevealDialog
from ui.pages.visit.entries import EntryForm
from ui.pages.visit.notes import EXAMPLES, NotesDialog
from ui.pages.visit.page import VisitPage

PATIENCE_MS = 20_000

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench

Key = Qt.Key


# -- later entry, undo, trouble --------------------------------------------------------------------


def test_later_entry_takes_time_and_source(opened: Bench, page: VisitPage, office: Office) -> None:
    press(opened, Key.Key_F6, at=page)
    assert page.seen.at.hasFocus()
    press(opened, "10:38")
    page.seen.source.setCurrentIndex(page.seen.source.findData(TimeSource.NOTE))
    page.seen.observer.setCurrentIndex(page.seen.observer.findData(office.other))
    press(opened, Key.Key_1, at=page.finding.keys[0])
    press(opened, Key.Key_Return, at=page.finding.keys[0])
    [finding] = record(opened, page).findings
    assert (finding.observer, finding.time_source) == (office.other, TimeSource.NOTE)
    assert "10:38" in words(page.finding)


def test_a_new_entry_is_of_the_time_and_observer_of_later_entry(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    press(opened, Key.Key_F6, at=page)
    press(opened, "10:38")
    page.seen.observer.setCurrentIndex(page.seen.observer.findData(office.other))
    press(opened, Key.Key_F8, at=page)
    form = page.timeline.form
    assert form is not None
    assert form.seen.typed == page.seen.typed
    assert (form.seen.typed.at, form.seen.typed.observer) == ("10:38", office.other)


def test_a_time_that_has_not_come_yet_is_named_at_once_and_not_refused(
    opened: Bench, page: VisitPage
) -> None:
    assert page.keeper.board is not None
    zone = page.keeper.board.zone
    past, later = (clock(page.keeper.now + each * 60_000, zone) for each in (-9, 9))
    press(opened, Key.Key_F6, at=page)
    press(opened, past)
    opened.qtbot.waitUntil(lambda: not page.seen._rest.isActive())
    opened.settle()
    assert not page.seen.ahead.isVisible()
    page.seen.at.selectAll()
    press(opened, later)
    opened.qtbot.waitUntil(page.seen.ahead.isVisible)
    assert page.seen.ahead.text() == "尚未到来"
    press(opened, Key.Key_1, at=page.finding.keys[0])
    press(opened, Key.Key_Return, at=page.finding.keys[0])
    assert len(record(opened, page).findings) == 1
    page._set_later(on=False)
    assert not page.seen.ahead.isVisible()


def test_a_pasted_line_says_that_its_time_has_not_come_yet(opened: Bench, page: VisitPage) -> None:
    assert page.keeper.board is not None
    later = clock(page.keeper.now + 9 * 60_000, page.keeper.board.zone)
    click(opened, page.timeline.paste)
    [dialog] = page.window().findChildren(NotesDialog)
    dialog.text.setPlainText(f"0901 05 U 3\n{later} 05 I")
    opened.qtbot.waitUntil(dialog.save.isEnabled, timeout=10_000)
    shown = dialog.read.stringList()
    assert [line.startswith("⚠") for line in shown] == [False, False, True]
    assert "尚未到来" in shown[2]
    dialog.reject()


def test_back_to_now_means_the_person_who_is_typing(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    press(opened, Key.Key_F6, at=page)
    page.seen.observer.setCurrentIndex(page.seen.observer.findData(office.other))
    press(opened, "10:38")
    page._set_later(on=False)
    press(opened, Key.Key_F2, Key.Key_1, Key.Key_Return)
    [finding] = record(opened, page).findings
    assert (finding.observer, finding.time_source) == (office.me, TimeSource.LIVE)


def test_nothing_of_one_visit_is_taken_into_another(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    page.windows.tiles[3].setFocus()
    page.checklist.answering.write_note()
    page.checklist.answering.note.setText("只属于这一次")
    press(opened, Key.Key_F6, at=page)
    press(opened, "10:38")
    assert opened.go("visit", office.prepared) is page
    assert page.checklist.answering.note.text() == ""
    assert page.seen.typed.at == ""
    press(opened, Key.Key_F2, Key.Key_1, Key.Key_Return)
    [finding] = record(opened, page).findings
    assert (finding.visit, finding.window) == (office.prepared, None)
    assert finding.time_source is TimeSource.LIVE


def test_somebody_who_takes_no_part_is_not_taken_for_a_member(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    refused = []
    opened.desk.worker.refused.disconnect()
    opened.desk.worker.refused.connect(refused.append)

    def come(session: Session) -> None:
        stranger = add_person(session, "第三人")
        use_person(session, stranger.id)

    opened.ask(come)
    opened.go("visit", office.prepared)
    opened.go("visit", office.covert)
    press(opened, Key.Key_F2, Key.Key_1, Key.Key_Return)
    assert [error.code for error in refused] == ["observer_not_member"]
    assert record(opened, page).findings == ()


def test_undo_names_what_it_takes_back(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F2, Key.Key_6, Key.Key_Return)
    assert "态度生硬" in words(page.hints)
    said = []
    opened.desk.said.connect(said.append)
    opened.qtbot.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert record(opened, page).findings == ()
    assert "态度生硬" in said[-1].text


def test_a_full_disk_keeps_the_text_and_offers_again(
    opened: Bench, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise MingchaError("disk_full")

    def lies_over_nothing() -> bool:
        over = page.troubles.geometry()
        beside = (
            QRect(each.mapTo(page, QPoint()), each.size()) for each in (page.hints, page._stack)
        )
        return page.rect().contains(over) and not any(map(over.intersects, beside))

    click(opened, page.finding.keys[0])
    page.finding.text.setText("无人")
    parts = (page.checklist, page.finding.put, page.timeline)
    places = [part.mapTo(page, QPoint()) for part in parts]
    with monkeypatch.context() as patched:
        patched.setattr(Store, "save", full)
        click(opened, page.finding.put)
    assert page.finding.text.text() == "无人"
    assert record(opened, page).findings == ()
    banner = page.troubles.banners.itemAt(0).widget()
    assert banner.action is not None
    # It lies over the foot of the page, and what may be pressed meanwhile stays where it is.
    assert [part.mapTo(page, QPoint()) for part in parts] == places
    assert page.troubles.height() >= banner.heightForWidth(page.troubles.width())
    # Once the pointer rests there is room for it, also in a window of another size.
    opened.qtbot.waitUntil(lambda: page.troubles.room.height() > 0, timeout=PATIENCE_MS)
    opened.window.resize(opened.window.width(), opened.window.height() + 40)
    opened.qtbot.waitUntil(lies_over_nothing, timeout=PATIENCE_MS)
    opened.clock.advance(minutes=5)
    click(opened, banner.action)
    [finding] = record(opened, page).findings
    assert finding.text == "空岗离岗：无人"
    assert finding.entered.ms - finding.observed_from >= 5 * 60_000
    assert page.troubles.banners.count() == 0
    opened.qtbot.waitUntil(lambda: page.troubles.room.height() == 0, timeout=PATIENCE_MS)


# -- timeline --------------------------------------------------------------------------------------


def test_an_entry_is_added_mended_and_withdrawn(
    opened: Bench, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(opened, Key.Key_F8, at=page)
    form = page.timeline.form
    assert isinstance(form, EntryForm)
    form.text.setPlainText("门口排队")
    form._send()
    opened.settle()
    texts = [row.fact for row in record(opened, page).timeline]
    assert texts[0].note == "门口排队"
    page.timeline.list.setCurrentIndex(page.timeline.model.index(0))
    page.timeline.mend()
    form = page.timeline.form
    form.text.setPlainText("门口排队二十人")
    form._send()
    opened.settle()
    assert record(opened, page).timeline[0].fact.note == "门口排队二十人"
    monkeypatch.setattr("ui.pages.visit.timeline.asked_text", lambda *_, **_about: "记错")
    press(opened, Key.Key_Delete, at=page.timeline.list)
    assert record(opened, page).timeline[0].void


# -- notes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", list(EXAMPLES))
def test_what_is_shown_as_an_example_can_be_read(opened: Bench, page: VisitPage, lang: str) -> None:
    windows = record(opened, page).record.windows
    lines = parse_notes(EXAMPLES[lang], windows, date(2026, 3, 5), 480)
    assert [type(line) for line in lines] == [
        *(SightingLine, SightingLine, SightingLine, WaitLine, HeadCountLine)
    ]


def test_notes_are_read_before_they_are_saved(opened: Bench, page: VisitPage) -> None:
    before = record(opened, page)
    click(opened, page.timeline.paste)
    [dialog] = page.window().findChildren(NotesDialog)
    dialog.text.setPlainText("1038 05 空岗 6人\n<b>门口很乱</b>\n1050 在岗 9/12")
    opened.qtbot.waitUntil(dialog.save.isEnabled, timeout=10_000)
    shown = dialog.read.stringList()
    assert "10:38" in shown[0]
    assert "05号窗口：空岗" in shown[0]
    assert shown[1:3] == ["⚠ <b>门口很乱</b>", "该行开头没有时间。"]
    click(opened, dialog.save)
    stored = record(opened, page)
    assert len(stored.record.sightings) == len(before.record.sightings) + 1
    assert (stored.head_counts[-1].staffed, stored.head_counts[-1].total) == (9, 12)
    assert stored.head_counts[-1].time_source is TimeSource.NOTE
    assert any(event.note == "<b>门口很乱</b>" for event in stored.record.events)


def test_the_pocket_sheet_is_written_from_here(
    opened: Bench, page: VisitPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "notes.pdf"
    shown: list[str] = []
    monkeypatch.setattr("ui.pages.visit.asking.asked_file_to_write", lambda *_words: target)
    monkeypatch.setattr(
        "ui.pages.visit.asking.QDesktopServices.openUrl",
        lambda url: shown.append(url.toLocalFile()),
    )
    click(opened, page.timeline.sheet)
    assert target.read_bytes().startswith(b"%PDF")
    assert shown == [str(target)]


# -- phases and states -----------------------------------------------------------------------------


def test_the_covert_part_needs_everybody(opened: Bench, office: Office) -> None:
    page = opened.go("visit", office.prepared)
    assert isinstance(page, VisitPage)
    click(opened, page.heading.steps[Phase.COVERT])
    [dialog] = page.window().findChildren(CovertDialog)
    boxes = dialog.findChildren(QCheckBox)
    assert not dialog.go.isEnabled()
    for box in boxes:
        box.setChecked(True)
    click(opened, dialog.go)
    stored = record(opened, page)
    assert stored.standing.team is Phase.COVERT
    assert stored.standing.missing == ()
    assert page.focusWidget() is page.checklist.list


def test_a_prepared_visit_says_how_it_begins(opened: Bench, office: Office) -> None:
    page = opened.go("visit", office.prepared)
    assert isinstance(page, VisitPage)
    [begin] = [each for each in page.findChildren(QPushButton) if each.text() == "开始暗访"]
    click(opened, begin)
    [dialog] = page.window().findChildren(CovertDialog)
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(True)
    click(opened, dialog.go)
    assert record(opened, page).standing.team is Phase.COVERT
    shown = [each.text() for each in page.findChildren(QPushButton) if each.isVisible()]
    assert "开始暗访" not in shown


def test_one_inspector_shows_identity_alone(opened: Bench, page: VisitPage, office: Office) -> None:
    click(opened, page.heading.steps[Phase.OVERT])
    [dialog] = page.window().findChildren(RevealDialog)
    assert not dialog.go.isEnabled()
    # As the command line says it.
    assert dialog.missing.text().startswith("还须填写：")
    dialog.to_whom.setText("值班长 何某")
    dialog.documents[office.me].setText("督查证")
    assert dialog.staying.isHidden()
    assert not dialog.go.isEnabled(), "the other one's document is asked for as well"
    dialog.boxes[office.other].setChecked(False)
    assert not dialog.documents[office.other].isEnabled()
    assert not dialog.whole.isChecked()
    assert dialog.boxes[office.other].text() in dialog.staying.text()
    press(opened, Key.Key_Return, at=dialog.documents[office.me])
    standing = record(opened, page).standing
    assert (standing.of(office.me), standing.of(office.other)) == (Phase.OVERT, Phase.COVERT)


def test_the_team_can_be_overt_by_what_one_inspector_shows(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    click(opened, page.heading.steps[Phase.OVERT])
    [dialog] = page.window().findChildren(RevealDialog)
    dialog.boxes[office.other].setChecked(False)
    dialog.whole.setChecked(True)
    assert dialog.staying.isHidden()
    dialog.boxes[office.other].setChecked(True)
    assert dialog.whole.isChecked()


def test_the_whole_team_becomes_overt_each_by_the_own_document(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    click(opened, page.heading.steps[Phase.OVERT])
    [dialog] = page.window().findChildren(RevealDialog)
    dialog.to_whom.setText("值班长")
    documents = {office.me: "督查证 031", office.other: "督查证 032"}
    for person, document in documents.items():
        dialog.documents[person].setText(document)
    click(opened, dialog.go)
    assert record(opened, page).standing.team is Phase.OVERT
    shown = record(opened, page).record.events
    assert {e.observer: e.document for e in shown if e.kind is EventKind.REVEAL} == documents


def test_no_hall_is_named_on_the_page(page: VisitPage) -> None:
    assert page.keeper.board is not None
    name = page.keeper.board.record.hall.name
    shown = [each.text() for each in page.findChildren(QLabel)]
    assert name
    assert not any(name in text for text in shown)


def test_a_sealed_visit_can_only_be_looked_at(opened: Bench, office: Office) -> None:
    page = opened.go("visit", office.sealed)
    assert isinstance(page, VisitPage)
    assert "已封存，只能看。要改请建“补充记录”。" in words(page)
    before = record(opened, page)
    page.checklist.take_focus()
    press(opened, Key.Key_1)
    page.windows.tiles[0].setFocus()
    press(opened, Key.Key_U)
    page.undo()
    opened.settle()
    assert not any(each.isVisible() for each in page.window().findChildren(QDialog))
    assert record(opened, page).record == before.record


def test_an_unknown_visit_is_told_in_its_place(opened: Bench) -> None:
    page = opened.go("visit", "nothing")
    assert "这次走访打不开" in words(page)


def test_what_was_saved_is_told_in_the_foot_that_is_there(opened: Bench, page: VisitPage) -> None:
    before = page.height()
    press(opened, Key.Key_F2, Key.Key_1, Key.Key_Return)
    assert page.hints.said.text()
    [foot] = opened.window.findChildren(Footer)
    assert not foot.isVisible()
    assert page.height() == before
