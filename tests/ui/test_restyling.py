"""The look changes while somebody works, by the system or by choice: nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from inspector.domain.answer_options import is_typed
from inspector.domain.quick import QUICK
from inspector.domain.vocabulary import TimeSource
from inspector.operations.seeing import Typed
from ui.behind import Restyling
from ui.pages.visit.answering import HalfAnswer
from ui.pages.visit.page import VisitPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.support.office import Office
    from tests.ui.conftest import Bench


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


def prefer(bench: Bench, **changed: object) -> None:
    """Choose something in the settings, as their page does."""
    bench.go("settings")
    bench.desk.prefer(replace(bench.desk.settings, **changed))
    bench.settle()


@pytest.mark.parametrize("changed", [{"theme": "dark"}, {"lang": "en"}, {"scale": 130}])
def test_a_choice_in_the_settings_loses_nothing_typed_on_another_page(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office, changed: dict[str, object]
) -> None:
    del restyling
    page.windows.tiles[4].setFocus()
    page.finding.keys[1].click()
    opened.qtbot.keyClicks(page.finding.text, "A032")
    prefer(opened, **changed)
    # Changed twice: also before its card is made again.
    prefer(opened, **changed, single_keys=False)
    renewed = opened.go("visit", office.covert)
    assert renewed is not page
    assert isinstance(renewed, VisitPage)
    assert renewed.finding.text.text() == "A032"
    renewed.finding.save()
    opened.settle()
    assert renewed.keeper.board is not None
    [found] = [each for each in renewed.keeper.board.findings if each.text.endswith("A032")]
    assert found.situations == (QUICK[1].situation,)
    assert found.window == renewed.windows.tiles[4].tile.window.id


def test_a_finding_on_its_way_stays_with_its_page_and_is_saved_once(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office
) -> None:
    del restyling
    page.finding.keys[1].click()
    opened.qtbot.keyClicks(page.finding.text, "A032")
    page.finding.save()
    # Before the answer of the record is delivered.
    opened.desk.prefer(replace(opened.desk.settings, theme="dark"))
    assert opened.window.page is page
    opened.qtbot.waitUntil(lambda: opened.window.page is not page)
    opened.settle()
    renewed = opened.go("visit", office.covert)
    assert isinstance(renewed, VisitPage)
    assert not renewed.finding.put.isEnabled()
    assert renewed.keeper.board is not None
    assert [each.text for each in renewed.keeper.board.findings] == ["玩手机：A032"]


def test_a_finding_that_was_begun_goes_to_no_other_visit(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office
) -> None:
    del restyling
    page.finding.keys[1].click()
    opened.qtbot.keyClicks(page.finding.text, "A032")
    prefer(opened, lang="en")
    other = opened.go("visit", office.prepared)
    assert isinstance(other, VisitPage)
    assert other is not page
    assert (other.finding.text.text(), other.finding.put.isEnabled()) == ("", False)
    prefer(opened, lang="zh")
    again = opened.go("visit", office.covert)
    assert isinstance(again, VisitPage)
    assert (again.finding.text.text(), again.finding.put.isEnabled()) == ("A032", True)


CHANGES = [{"theme": "dark"}, {"lang": "en"}, {"scale": 130}]


def renewed(
    opened: Bench, office: Office, page: VisitPage, changed: dict[str, object]
) -> VisitPage:
    """Change the look and return the page that stands in place of `page`."""
    prefer(opened, **changed)
    again = opened.go("visit", office.covert)
    assert isinstance(again, VisitPage)
    assert again is not page
    return again


@pytest.mark.parametrize("changed", CHANGES)
def test_a_note_at_an_item_goes_along_with_the_new_look(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office, changed: dict[str, object]
) -> None:
    del restyling
    page.checklist._go(7)
    code = page.checklist._code
    page.checklist.answering.write_note()
    opened.qtbot.keyClicks(page.checklist.answering.note, "x")
    again = renewed(opened, office, page, changed)
    assert again.look == opened.desk.look
    card = again.checklist.answering
    assert (again.checklist._code, card.note.text()) == (code, "x")
    assert card.note.isVisible()
    # It is saved with the answer, as it would have been.
    card.choose(1)
    opened.settle()
    assert again.keeper.board is not None
    [answer] = next(e for e in again.keeper.board.asked if e.item.code == code).answers
    assert answer.note == "x"


def test_an_answer_that_is_typed_goes_along_with_the_new_look(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office
) -> None:
    del restyling
    assert page.keeper.board is not None
    typed = [e.item.code for e in page.keeper.board.asked if is_typed(e.item)]
    page.checklist._go(page.checklist.model.row_of(typed[-1]))
    opened.qtbot.keyClicks(page.checklist.answering.field, "12")
    again = renewed(opened, office, page, {"lang": "en"})
    assert again.checklist._code == typed[-1]
    assert again.checklist.answering.field.text() == "12"
    assert "Basis (in Chinese): " in again.checklist.answering._source.text()


def test_what_was_typed_at_several_items_waits_at_each(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office
) -> None:
    del restyling
    assert page.keeper.board is not None
    typed = [e.item.code for e in page.keeper.board.asked if is_typed(e.item)]
    first, second = typed[-2:]
    of = page.checklist
    of._go(of.model.row_of(first))
    opened.qtbot.keyClicks(of.answering.field, "12")
    of._go(of.model.row_of(second))
    assert of.answering.field.text() == ""
    opened.qtbot.keyClicks(of.answering.field, "3")
    again = renewed(opened, office, page, {"lang": "en"}).checklist
    assert (again._code, again.answering.field.text()) == (second, "3")
    again._go(again.model.row_of(first))
    assert again.answering.field.text() == "12"
    # What is saved does not come back.
    opened.qtbot.keyClick(again.answering.field, Qt.Key.Key_Return)
    opened.settle()
    again._go(again.model.row_of(second))
    assert again.answering.field.text() == "3"
    again._go(again.model.row_of(first))
    assert again.answering.field.text() == ""


def test_what_is_typed_while_an_answer_is_being_saved_stays(opened: Bench, page: VisitPage) -> None:
    assert page.keeper.board is not None
    code = next(e.item.code for e in page.keeper.board.asked if is_typed(e.item))
    of = page.checklist
    of._go(of.model.row_of(code))
    opened.qtbot.keyClicks(of.answering.field, "12")
    opened.qtbot.keyClick(of.answering.field, Qt.Key.Key_Return)
    # Nothing is delivered in between: the answer cannot be saved yet.
    of.answering.write_note()
    opened.qtbot.keyClicks(of.answering.note, "x")
    opened.settle()
    assert (of._code, of.answering.field.text()) == (code, "")
    assert (of.answering.half or HalfAnswer("", "", "")).note == "x"
    of._go(of.model.row_of(code) + 1)
    of._go(of.model.row_of(code))
    assert of.answering.note.text() == "x"


def test_what_is_begun_elsewhere_takes_nothing_from_what_is_being_typed(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    assert page.keeper.board is not None
    typed = [e.item.code for e in page.keeper.board.asked if is_typed(e.item)]
    first, second = typed[-2:]
    of = page.checklist
    of._go(of.model.row_of(first))
    opened.qtbot.keyClicks(of.answering.field, "12")
    of.take_up({office.covert: (HalfAnswer(first, "9", ""), HalfAnswer(second, "3", ""))})
    assert (of._code, of.answering.field.text()) == (first, "12")
    of._go(of.model.row_of(second))
    assert of.answering.field.text() == "3"


@pytest.mark.parametrize("changed", CHANGES)
def test_a_wait_that_is_begun_goes_along_with_the_new_look(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office, changed: dict[str, object]
) -> None:
    del restyling
    page.waits.begin()
    for field, text in zip(page.waits.form.fields, ("A032", "25", "4"), strict=True):
        field.clear()
        opened.qtbot.keyClicks(field, text)
    again = renewed(opened, office, page, changed)
    assert again.waits.form.texts == ("A032", "25", "4")
    assert again.waits.form.isVisible()
    again.waits.form.start()
    opened.settle()
    assert again.keeper.board is not None
    wait = again.keeper.board.waits[-1]
    assert (wait.ticket, wait.promised_minutes, wait.people_ahead) == ("A032", 25, 4)


@pytest.mark.parametrize("changed", CHANGES)
def test_a_time_that_was_typed_for_later_entry_goes_along_with_the_new_look(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office, changed: dict[str, object]
) -> None:
    del restyling
    page._set_later(on=True)
    page.seen.put(Typed("9:12", office.other, TimeSource.HALL_CLOCK))
    again = renewed(opened, office, page, changed)
    assert again.seen.isVisible()
    assert again.heading.later_button.isChecked()
    assert again.seen.typed == Typed("9:12", office.other, TimeSource.HALL_CLOCK)


def test_nothing_that_can_be_typed_on_the_page_is_lost_with_the_old_look(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office
) -> None:
    del restyling
    page._set_later(on=True)
    page.waits.begin()
    page.checklist.answering.write_note()
    page.checklist.answering.field.show()

    def fields(of: VisitPage) -> dict[str, QLineEdit]:
        found = [each for each in of.findChildren(QLineEdit) if each.isVisibleTo(of)]
        return {str(number): each for number, each in enumerate(found)}

    for number, field in fields(page).items():
        field.clear()
        opened.qtbot.keyClicks(field, number + "0")
    texts = {number: field.text() for number, field in fields(page).items()}
    again = renewed(opened, office, page, {"theme": "dark"})
    again.checklist.answering.field.show()
    assert {number: field.text() for number, field in fields(again).items()} == texts
    assert len(texts) >= 7


def test_what_was_begun_waits_at_its_visit_while_another_is_looked_at(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office
) -> None:
    del restyling
    page.waits.begin()
    opened.qtbot.keyClicks(page.waits.form.ticket, "A032")
    page.checklist.answering.write_note()
    opened.qtbot.keyClicks(page.checklist.answering.note, "x")
    prefer(opened, lang="en")
    other = opened.go("visit", office.prepared)
    assert isinstance(other, VisitPage)
    assert (other.waits.form.ticket.text(), other.checklist.answering.note.text()) == ("", "")
    again = opened.go("visit", office.covert)
    assert again is other
    assert other.waits.form.ticket.text() == "A032"
    assert other.checklist.answering.note.text() == "x"
    # Nor is it lost on the page itself, without a new look.
    opened.go("visit", office.prepared)
    assert other.waits.form.ticket.text() == ""
    opened.go("visit", office.covert)
    assert other.waits.form.ticket.text() == "A032"


def test_pages_where_nothing_is_typed_are_made_anew_at_once(
    opened: Bench, restyling: Restyling, page: VisitPage, office: Office
) -> None:
    del restyling
    prefer(opened, lang="en")
    assert opened.go("visit", office.covert) is not page


def test_what_is_typed_in_another_section_of_the_settings_stays(
    opened: Bench, restyling: Restyling
) -> None:
    del restyling
    members = opened.go("settings", section="members")._made["members"]  # type: ignore[attr-defined]
    opened.qtbot.keyClicks(members.name, "Li")
    prefer(opened, lang="en")
    again = opened.go("settings", section="members")._made["members"]  # type: ignore[attr-defined]
    assert (again.name.text(), again.isVisible()) == ("Li", True)
    again.save.click()
    opened.settle()
    opened.go("settings", section="general")
    renewed = opened.go("settings", section="members")._made["members"]  # type: ignore[attr-defined]
    assert renewed is not again
    assert "Li" in [renewed.model.person(n).name for n in range(renewed.model.rowCount())]


def test_a_filter_does_not_keep_the_colours_of_the_system_away(
    opened: Bench, qapp: QApplication, restyling: Restyling
) -> None:
    del restyling
    visits = opened.go("visits")
    opened.qtbot.keyClicks(visits.filter, "B-02")  # type: ignore[attr-defined]
    turn_dark(opened, qapp)
    again = opened.window.page
    assert again is not visits
    assert again.filter.text() == "B-02"  # type: ignore[union-attr]


def test_the_promise_that_stays_for_the_next_wait_is_saved(opened: Bench, page: VisitPage) -> None:
    page.waits.begin()
    form = page.waits.form
    form.promised.clear()
    opened.qtbot.keyClicks(form.promised, "25")
    assert page.is_typed_in()
    form.start()
    opened.settle()
    assert form.promised.text() == "25"
    assert not page.is_typed_in()


def test_a_filter_goes_along_with_its_page(opened: Bench, restyling: Restyling) -> None:
    del restyling
    visits = opened.go("visits")
    opened.qtbot.keyClicks(visits.filter, "B-02")  # type: ignore[attr-defined]
    prefer(opened, theme="dark")
    again = opened.go("visits")
    assert again is not visits
    assert again.filter.text() == "B-02"  # type: ignore[attr-defined]
    assert again.model.rowCount() == 1  # type: ignore[attr-defined]
