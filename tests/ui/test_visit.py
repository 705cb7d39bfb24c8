"""The page of a visit: by key and by mouse, and what of it reached the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QMenu, QWidget

from inspector.domain.vocabulary import Conformity, Phase, TimeSource, WaitOutcome, WindowState
from inspector.operations.board import board
from ui.pages.visit.entering import CovertDialog, RevealDialog
from ui.pages.visit.entries import EntryForm
from ui.pages.visit.notes import NotesDialog
from ui.pages.visit.page import VisitPage

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.board import Asked, Tile
    from inspector.operations.board import Board
    from tests.support.office import Office
    from tests.ui.conftest import Bench

Key = Qt.Key


@pytest.fixture
def page(opened: Bench, office: Office) -> VisitPage:
    """The covert visit of the office."""
    shown = opened.go("visit", office.covert)
    assert isinstance(shown, VisitPage)
    return shown


def press(bench: Bench, *keys: Qt.Key | str, at: QWidget | None = None) -> None:
    """Press keys where the focus is, or at a widget, and wait until they are saved."""
    for key in keys:
        target = at or QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str) and not key.isascii():
            # An input method hands over what no key of the test's keyboard can type.
            assert isinstance(target, QLineEdit)
            target.insert(key)
        elif isinstance(key, str):
            bench.qtbot.keyClicks(target, key)
        else:
            bench.qtbot.keyClick(target, key)
        bench.settle()


def click(bench: Bench, widget: QWidget) -> None:
    bench.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    bench.settle()


def record(bench: Bench, page: VisitPage) -> Board:
    """Return the visit as the store has it, and see that the page shows the same."""
    assert page.keeper.board is not None
    visit = page.keeper.board.visit
    stored = bench.ask(lambda session: board(session, visit))
    shown = page.keeper.board
    assert (shown.asked, shown.tiles, shown.waits) == (stored.asked, stored.tiles, stored.waits)
    return stored


def asked(stored: Board, code: str) -> Asked:
    return next(each for each in stored.asked if each.item.code == code)


def tile(stored: Board, number: str) -> Tile:
    return next(each for each in stored.tiles if each.window.number == number)


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


# -- checklist -------------------------------------------------------------------------------------


def test_a_digit_answers_and_the_next_open_item_follows(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    assert card.list.hasFocus()
    row = card.model.row_of("S02-06")
    card.list.setCurrentIndex(card.model.index(row))
    press(opened, Key.Key_2)
    answer = asked(record(opened, page), "S02-06").latest
    assert answer is not None
    assert (answer.conformity, answer.time_source) == (
        Conformity.DOES_NOT_CONFORM,
        TimeSource.LIVE,
    )
    assert card.model.asked(card.list.currentIndex().row()).answers == ()
    assert card.list.hasFocus()


def test_an_answer_by_mouse(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-06")))
    option, made = card.answering._options[3]
    assert made.accessibleName() == "不适用"
    click(opened, made)
    answer = asked(record(opened, page), "S02-06").latest
    assert answer is not None
    assert answer.conformity is option.conformity is Conformity.NOT_APPLICABLE


def test_a_count_is_typed_and_digits_stay_text_there(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-01")))
    press(opened, Key.Key_Return)
    assert card.answering.field.hasFocus()
    press(opened, "31", Key.Key_Return)
    answer = asked(record(opened, page), "S02-01").latest
    assert answer is not None
    assert answer.value == {"count": 31}


@pytest.mark.parametrize("text", ["=1+1", "<b>9</b>", "🙂"])
def test_what_is_no_count_is_told_and_stays_to_be_mended(
    opened: Bench, page: VisitPage, text: str
) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-01")))
    press(opened, Key.Key_Return)
    refused = []
    opened.desk.worker.refused.disconnect()
    opened.desk.worker.refused.connect(refused.append)
    press(opened, text, Key.Key_Return)
    assert [error.code for error in refused] == ["answer_not_whole"]
    assert card.answering.field.text() == text
    assert asked(record(opened, page), "S02-01").answers == ()


def test_only_unanswered_hides_what_is_answered(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    everything = card.model.rowCount()
    done = sum(bool(each.answers) for each in record(opened, page).asked)
    click(opened, card.only_open)
    assert card.model.rowCount() == everything - done
    card.take_focus()
    press(opened, Key.Key_3)
    assert card.model.rowCount() == everything - done - 1


def test_a_section_can_be_shown_alone(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    card.section.setCurrentIndex(card.section.findData("S03"))
    sections = {card.model.asked(n).item.section for n in range(card.model.rowCount())}
    assert sections == {"S03"}


def test_the_models_keep_the_rules_of_models(opened: Bench, page: VisitPage) -> None:
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (page.checklist.model, page.timeline.model)
    ]
    page.checklist.take_focus()
    press(opened, Key.Key_3)
    page.undo()
    opened.settle()
    assert len(testers) == 2


def test_single_keys_can_be_switched_off(opened: Bench, page: VisitPage) -> None:
    before = record(opened, page).asked
    object.__setattr__(opened.desk.settings, "single_keys", False)
    page.checklist.take_focus()
    press(opened, Key.Key_1)
    press(opened, Key.Key_U, at=page.windows.tiles[0])
    stored = record(opened, page)
    assert stored.asked == before
    assert tile(stored, "01").state is WindowState.SERVING


# -- windows ---------------------------------------------------------------------------------------


def test_letters_set_the_state_of_a_window_and_digits_its_people(
    opened: Bench, page: VisitPage
) -> None:
    press(opened, Key.Key_F4, at=page)
    made = page.windows.tiles[12]
    assert made.hasFocus()
    press(opened, "6", "U")
    seen = tile(record(opened, page), "13")
    assert (seen.state, seen.people_waiting) == (WindowState.UNATTENDED, 6)
    press(opened, Key.Key_Right, "P")
    assert tile(record(opened, page), "14").state is WindowState.PAUSED


def test_people_typed_later_leave_the_time_of_the_look(opened: Bench, page: VisitPage) -> None:
    before = tile(record(opened, page), "04")
    opened.clock.advance(minutes=7)
    press(opened, "1", "2", at=page.windows.tiles[3])
    opened.qtbot.waitUntil(lambda: not page.windows._digits, timeout=5000)
    opened.settle()
    after = tile(record(opened, page), "04")
    assert (after.people_waiting, after.since) == (12, before.since)


def test_the_rest_of_a_floor_is_one_key(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_R, at=page.windows.tiles[0])
    stored = record(opened, page)
    first, second = page.windows._sheets
    assert tile(stored, "18").state is WindowState.SERVING
    assert tile(stored, "04").state is WindowState.UNATTENDED
    assert {each.state for each in second.tiles} == {WindowState.NOT_LOOKED_AT}
    assert WindowState.NOT_LOOKED_AT not in {each.state for each in first.tiles}


def test_a_new_round_begins_with_nothing_looked_at(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F5, at=page)
    stored = record(opened, page)
    assert stored.round is not None
    assert stored.round.number == 2
    assert {each.state for each in stored.tiles} == {WindowState.NOT_LOOKED_AT}


def test_the_menu_sets_a_state_directly(opened: Bench, page: VisitPage) -> None:
    made = page.windows.tiles[14]
    click(opened, made)
    [menu] = [each for each in made.findChildren(QMenu) if each.isVisible()]
    [action] = [each for each in menu.actions() if each.text().startswith("关闭")]
    action.trigger()
    menu.close()
    opened.settle()
    assert tile(record(opened, page), "15").state is WindowState.CLOSED


def test_watching_gives_an_interval(opened: Bench, page: VisitPage) -> None:
    made = page.windows.tiles[3]
    press(opened, "W", at=made)
    assert "观察中" in made.accessibleName()
    opened.clock.advance(minutes=14, seconds=30)
    page.keeper.show(page.keeper.board.visit)
    opened.settle()
    press(opened, "W", at=made)
    [watched] = [each for each in record(opened, page).record.sightings if each.continuous]
    assert watched.observed_from is not None
    assert watched.observed_to is not None
    assert (watched.observed_to - watched.observed_from) // 60_000 == 14
    assert watched.state is WindowState.UNATTENDED


def test_tiles_are_buttons_with_names(page: VisitPage) -> None:
    assert page.windows.tiles[3].accessibleName().startswith("04号窗口, 空岗, 4人等候")


# -- waiting ---------------------------------------------------------------------------------------


def test_a_wait_is_started_called_and_ended(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F7, at=page)
    assert page.waits.promised.text() == "30"
    press(opened, "B7", Key.Key_Return)
    assert [each.ticket for each in record(opened, page).waits] == ["A032", "B7"]
    opened.clock.advance(minutes=12)
    click(opened, page.waits.steps["called"])
    opened.clock.advance(minutes=3)
    click(opened, page.waits.steps["done"])
    [wait] = [each for each in record(opened, page).record.waits if each.ticket == "B7"]
    assert wait.joined is not None
    assert wait.called is not None
    assert wait.ended is not None
    assert (wait.called - wait.joined, wait.ended - wait.called) == (12 * 60_000, 3 * 60_000)
    assert wait.outcome is WaitOutcome.DONE


def test_one_without_a_ticket_gives_up(opened: Bench, page: VisitPage) -> None:
    page.waits.begin()
    press(opened, Key.Key_Return, at=page.waits.ticket)
    opened.clock.advance(minutes=20)
    click(opened, page.waits.steps["gave_up"])
    [wait] = [each for each in record(opened, page).record.waits if not each.ticket]
    assert wait.outcome is WaitOutcome.GAVE_UP


# -- findings --------------------------------------------------------------------------------------


def test_a_finding_takes_three_keys(opened: Bench, page: VisitPage) -> None:
    page.windows.tiles[3].setFocus()
    press(opened, Key.Key_F2, Key.Key_1, Key.Key_Return)
    [finding] = record(opened, page).findings
    assert (finding.situations, finding.severity, finding.people_waiting) == (("FZ-P-Z1",), 2, 4)
    assert finding.window == page.windows.tiles[3].tile.window.id
    assert "空岗" in finding.text


def test_a_finding_by_mouse_with_words_that_look_like_markup(
    opened: Bench, page: VisitPage
) -> None:
    click(opened, page.finding.keys[3])
    page.finding.text.setText("<b>等了</b> =1+1 🙂")
    click(opened, page.finding.put)
    [finding] = record(opened, page).findings
    assert finding.text == "<b>等了</b> =1+1 🙂"
    assert page.finding.text.text() == ""
    assert not page.finding.put.isEnabled()


def test_a_text_that_is_too_long_is_told_and_stays(opened: Bench, page: VisitPage) -> None:
    refused = []
    opened.desk.worker.refused.disconnect()
    opened.desk.worker.refused.connect(refused.append)
    click(opened, page.finding.keys[0])
    page.finding.text.setText("长" * 20_001)
    click(opened, page.finding.put)
    assert [error.code for error in refused] == ["text_too_long"]
    assert len(page.finding.text.text()) == 20_001
    assert record(opened, page).findings == ()


def test_good_practice_has_a_key_of_its_own(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F3)
    press(opened, "主动引导老人", Key.Key_Return)
    [remark] = record(opened, page).record.remarks
    assert (remark.kind.value, remark.text) == ("good_practice", "主动引导老人")


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
    from inspector.base.errors import MingchaError
    from inspector.storage.store import Store

    def full(*_args: object, **_more: object) -> None:
        raise MingchaError("disk_full")

    click(opened, page.finding.keys[0])
    page.finding.text.setText("无人")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "save", full)
        click(opened, page.finding.put)
    assert page.finding.text.text() == "无人"
    assert record(opened, page).findings == ()
    banner = page._banners.itemAt(0).widget()
    assert banner.action is not None
    opened.clock.advance(minutes=5)
    click(opened, banner.action)
    [finding] = record(opened, page).findings
    assert finding.text == "无人"
    assert finding.entered.ms - finding.observed_from >= 5 * 60_000
    assert page._banners.count() == 0


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
    monkeypatch.setattr("ui.pages.visit.timeline.asked_text", lambda *_: "记错")
    press(opened, Key.Key_Delete, at=page.timeline.list)
    assert record(opened, page).timeline[0].void


# -- notes -----------------------------------------------------------------------------------------


def test_notes_are_read_before_they_are_saved(opened: Bench, page: VisitPage) -> None:
    before = record(opened, page)
    click(opened, page.timeline.paste)
    [dialog] = page.window().findChildren(NotesDialog)
    dialog.text.setPlainText("1038 05 空岗 6人\n<b>门口很乱</b>\n1050 在岗 9/12")
    opened.qtbot.waitUntil(dialog.save.isEnabled, timeout=10_000)
    shown = dialog.read.stringList()
    assert "10:38" in shown[0]
    assert "05号窗口：空岗" in shown[0]
    assert shown[1].startswith("⚠ <b>门口很乱</b>")
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
    monkeypatch.setattr(
        "ui.pages.visit.page.QFileDialog.getSaveFileName", lambda *_: (str(target), "")
    )
    monkeypatch.setattr(
        "ui.pages.visit.page.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile())
    )
    click(opened, page.timeline.sheet)
    assert target.read_bytes().startswith(b"%PDF")
    assert shown == [str(target)]


# -- phases and states -----------------------------------------------------------------------------


def test_the_covert_part_needs_everybody(opened: Bench, office: Office) -> None:
    page = opened.go("visit", office.prepared)
    assert isinstance(page, VisitPage)
    click(opened, page.heading.steps[1])
    [dialog] = page.window().findChildren(CovertDialog)
    boxes = dialog.findChildren(QCheckBox)
    assert not dialog.go.isEnabled()
    for box in boxes:
        box.setChecked(True)
    click(opened, dialog.go)
    stored = record(opened, page)
    assert stored.standing.team is Phase.COVERT
    assert stored.standing.missing == ()


def test_one_inspector_shows_identity_alone(opened: Bench, page: VisitPage, office: Office) -> None:
    click(opened, page.heading.steps[2])
    [dialog] = page.window().findChildren(RevealDialog)
    assert not dialog.go.isEnabled()
    dialog.to_whom.setText("值班长 何某")
    dialog.document.setText("督查证")
    dialog.whole.setChecked(False)
    dialog.boxes[office.other].setChecked(False)
    click(opened, dialog.go)
    standing = record(opened, page).standing
    assert (standing.of(office.me), standing.of(office.other)) == (Phase.OVERT, Phase.COVERT)


def test_the_whole_team_becomes_overt(opened: Bench, page: VisitPage) -> None:
    click(opened, page.heading.steps[2])
    [dialog] = page.window().findChildren(RevealDialog)
    dialog.to_whom.setText("值班长")
    dialog.document.setText("督查证")
    click(opened, dialog.go)
    assert record(opened, page).standing.team is Phase.OVERT


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
    assert record(opened, page).record == before.record


def test_an_unknown_visit_is_told_in_its_place(opened: Bench) -> None:
    page = opened.go("visit", "nothing")
    assert "这次走访打不开" in words(page)
