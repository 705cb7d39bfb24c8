"""Telling the unit in the windows: what reaches the record, and what the unit may see."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from inspector.domain.entities import Event, Evidence, Feedback, Finding
from inspector.domain.vocabulary import EventKind, Phase, Position
from inspector.operations.closing import closing
from inspector.operations.evidence import set_free_of_people
from inspector.operations.recording import void
from inspector.operations.session import HANDED_OVER
from inspector.operations.visits import change_phase, events_of, note_event
from tests.support.closing import TEXTS, prepare
from tests.ui.closing_steps import (
    PIN,
    give_back,
    handed_over,
    page_of,
    press,
    settle,
    statements,
    words,
)
from ui.messages import Message, show_note
from ui.pages.closing import page as page_module
from ui.pages.closing.pictures import PictureTile
from ui.pages.evidence.bring import bring_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.closing import Told
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.closing.choose import Choose
    from ui.pages.closing.page import ClosingPage
    from ui.pages.closing.said import Said


def colours(window: QWidget) -> set[int]:
    """Return the colours that can be seen in a window itself, whatever lies over it."""
    image = window.grab().toImage()
    places = itertools.product(range(0, image.width(), 5), range(0, image.height(), 5))
    return {image.pixel(*at) for at in places}


# -- telling the unit -------------------------------------------------------------------------


def test_the_space_bar_takes_a_finding_out_and_the_rest_is_told(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    choose = cast("Choose", page.steps["choose"])
    assert set(choose.model.chosen) == set(told.findings)
    last = choose.model.place(told.findings[2])
    choose.list.setCurrentIndex(choose.model.index(last))
    opened.qtbot.keyClick(choose.list, Qt.Key.Key_Space)
    choose.present.setText("王主任，李科长")
    view = handed_over(opened, page)

    [feedback] = [
        f for f in opened.ask(lambda s: s.store.select(Feedback)) if f.visit == office.covert
    ]
    assert set(feedback.findings) == set(told.findings[:2])
    assert feedback.people_present == ("王主任", "李科长")
    assert opened.ask(lambda s: closing(s, office.covert, "zh")).phase is Phase.FEEDBACK
    assert opened.ask(lambda s: s.store.local(HANDED_OVER)) == office.me
    give_back(opened, view, PIN)
    assert page.handed is None
    assert not opened.ask(lambda s: s.store.local(HANDED_OVER))


def test_the_unit_sees_the_chosen_facts_and_nothing_else(
    opened: Bench, office: Office, told: Told
) -> None:
    opened.ask(lambda s: set_free_of_people(s, told.pictures[0], True))
    view = handed_over(opened, page_of(opened, office.covert))
    shown = words(view)
    assert TEXTS[0] in shown
    for secret in ("较重", "情形", "政务服务中心", "林岚", "周启明", "待认定", "A2-"):
        assert secret not in shown
    assert [tile.item.id for tile in view.findChildren(PictureTile)] == [told.pictures[0]]
    give_back(opened, view, PIN)


def test_no_other_window_and_no_message_is_seen_until_it_is_given_back(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    beside = bring_in(opened.desk, page, office.covert)
    settle(opened)
    view = handed_over(opened, page)
    show_note(opened.desk, opened.window, "another place", "its name")
    opened.window.page.undo()
    opened.qtbot.keyClick(opened.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert set(shown) == {opened.window, view}
    give_back(opened, view, PIN)
    assert beside.isVisible()
    [message] = [each for each in opened.window.findChildren(Message) if each.isVisible()]
    assert "its name" in words(message)
    message.close()
    beside.close()


def test_nothing_comes_out_beside_the_view_where_the_window_is_moved(
    opened: Bench, office: Office, told: Told
) -> None:
    view = handed_over(opened, page_of(opened, office.covert))
    opened.window.move(opened.window.pos() + QPoint(60, 40))
    opened.window.resize(opened.window.size() + QSize(30, 20))
    settle(opened)
    assert view.geometry() == opened.window.geometry()
    assert len(colours(opened.window)) == 1
    give_back(opened, view, PIN)
    assert len(colours(opened.window)) > 1


def test_nothing_but_the_pin_leads_back(opened: Bench, office: Office, told: Told) -> None:
    page = page_of(opened, office.covert)
    view = handed_over(opened, page)
    assert view.isModal()
    assert view.geometry() == opened.window.geometry()
    opened.qtbot.keyClick(view, Qt.Key.Key_Escape)
    view.close()
    view.reject()
    opened.desk.go("home")
    settle(opened)
    assert view.isVisible()
    assert opened.window.page is page
    assert not page.may_leave()

    give_back(opened, view, "1357")
    assert view.isVisible()
    assert "口令" in view.wrong.text()
    assert view.pin.text() == ""
    give_back(opened, view, PIN)
    assert page.handed is None
    assert not opened.desk.locked
    opened.go("home")
    assert opened.window.place is not None
    assert opened.window.place.page == "home"


@pytest.mark.parametrize("said", ["<b>系统升级</b>", "=1+1", "😀 停电"])
def test_what_the_unit_says_is_kept_as_it_was_typed(
    opened: Bench, office: Office, told: Told, said: str
) -> None:
    view = handed_over(opened, page_of(opened, office.covert))
    first = view.form._finding
    view.form.text.setPlainText(said)
    view.form.speaker.setText("王主任")
    press(opened, view.form.answers[Position.DISAGREE])
    kept = statements(opened)[first]
    assert (kept.position, kept.text, kept.speaker) == (Position.DISAGREE, said, "王主任")

    press(opened, view.forward)
    press(opened, view.form.answers[Position.AGREE])
    press(opened, view.back)
    assert view.form.text.toPlainText() == said
    assert len(statements(opened)) >= 2
    give_back(opened, view, PIN)
    # The inspectors see at once what was said while the screen was away.
    step = cast("Said", page_of(opened, office.covert).steps["said"])
    assert step.form.position is Position.DISAGREE
    assert (step.form.text.toPlainText(), step.form.speaker.text()) == (said, "王主任")


def test_too_long_a_statement_is_refused_in_words_and_stays_typed(
    opened: Bench, office: Office, told: Told
) -> None:
    view = handed_over(opened, page_of(opened, office.covert))
    view.form.text.setPlainText("长" * 20_001)
    view.form.flush()
    settle(opened)
    assert "20001" in view.form.state.text().replace(",", "")
    assert len(view.form.text.toPlainText()) == 20_001
    assert view.form._finding not in statements(opened)
    view.form.text.setPlainText("短")
    give_back(opened, view, PIN)


def test_who_has_no_pin_sets_one_before_handing_over(
    opened: Bench, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.ask(lambda s: prepare(s, office.covert, office.hall, tmp_path / "pictures"))
    monkeypatch.setattr(page_module, "asked_new_pin", lambda *_args: None)
    page = page_of(opened, office.covert)
    press(opened, cast("Choose", page.steps["choose"]).show_unit)
    assert page.handed is None
    assert opened.ask(lambda s: closing(s, office.covert, "zh")).feedback is None
    monkeypatch.setattr(page_module, "asked_new_pin", lambda *_args: "97531")
    view = handed_over(opened, page)
    give_back(opened, view, "97531")
    assert page.handed is None


# -- before it is told ------------------------------------------------------------------------


def test_nobody_is_told_before_anybody_has_shown_identity(
    opened: Bench, office: Office, told: Told
) -> None:
    for each in opened.ask(lambda s: events_of(s, office.covert)):
        if each.kind is EventKind.REVEAL or each.phase == Phase.OVERT:
            opened.ask(lambda s, each=each: void(s, Event, each.id, "not so"))
    choose = cast("Choose", page_of(opened, office.covert).steps["choose"])
    settle(opened)
    assert choose._covert.isVisible()
    assert choose.model.chosen
    assert not choose.show_unit.isEnabled()
    # Once the team has left nobody is given away, and what it saw may be told.
    opened.ask(lambda s: note_event(s, office.covert, EventKind.LEFT, s.now()))
    settle(opened)
    assert not choose._covert.isVisible()
    assert choose.show_unit.isEnabled()


def test_each_step_of_the_visit_leads_to_its_own_step_here(
    opened: Bench, office: Office, told: Told
) -> None:
    visit = opened.go("visit", office.covert)
    press(opened, visit.heading.steps[Phase.SEALED])  # type: ignore[attr-defined]
    closing_page = cast("ClosingPage", opened.window.page)
    assert closing_page.stack.currentWidget() is closing_page.steps["seal"]
    # The way back takes what nobody else takes: Enter would lead away again.
    opened.qtbot.waitUntil(lambda: closing_page.stack.isAncestorOf(opened.window.focusWidget()))
    closing_page.go_to("said")
    settle(opened)
    # Nothing was told yet, so there is nothing to say anything to.
    visit = opened.go("visit", office.covert)
    press(opened, visit.heading.steps[Phase.FEEDBACK])  # type: ignore[attr-defined]
    choose = cast("Choose", closing_page.steps["choose"])
    assert closing_page.stack.currentWidget() is choose
    settle(opened)
    opened.qtbot.waitUntil(choose.list.hasFocus)


def test_who_is_led_to_a_finding_has_the_keys_there(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    choose = cast("Choose", page.steps["choose"])
    choose.show_unit.setFocus()
    page._point("choose", told.findings[1])
    settle(opened)
    assert choose.list.hasFocus()
    assert choose.list.currentIndex().row() == choose.model.place(told.findings[1])


def test_nobody_is_told_while_one_inspector_is_still_covert(
    opened: Bench, office: Office, told: Told
) -> None:
    # As it stood before the whole team was declared overt.
    declared = [
        each.id
        for each in opened.ask(lambda s: events_of(s, office.covert))
        if each.phase == Phase.OVERT
    ]
    for each in declared:
        opened.ask(lambda s, each=each: void(s, Event, each, "declared too early"))
    page = page_of(opened, office.covert)
    choose = cast("Choose", page.steps["choose"])
    settle(opened)
    # By letter: a name would give the one away who is still inside.
    assert "周启明" not in words(choose._covert)
    assert any(letter in words(choose._covert) for letter in ("：甲", "：乙", "：丙"))
    assert choose._covert.isVisible()
    assert choose.model.chosen
    assert not choose.show_unit.isEnabled()
    choose.open_finding(told.findings[0])
    second = choose.panel.second
    assert "周启明" not in [second.itemText(row) for row in range(second.count())]
    tiles = choose.panel.findChildren(PictureTile)
    assert tiles
    assert not any(each.isEnabled() or each.has_picture for each in tiles)
    opened.ask(lambda s: change_phase(s, office.covert, Phase.OVERT, s.now()))
    settle(opened)
    assert not choose._covert.isVisible()
    assert choose.show_unit.isEnabled()
    opened.qtbot.waitUntil(
        lambda: all(each.has_picture for each in choose.panel.findChildren(PictureTile))
    )


def test_a_second_inspector_confirms_by_pin_and_pictures_are_confirmed(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    choose = cast("Choose", page.steps["choose"])
    choose.open_finding(told.findings[0])
    settle(opened)
    choose.panel.pin.setText(PIN)
    opened.qtbot.keyClick(choose.panel.pin, Qt.Key.Key_Return)
    settle(opened)
    row = choose.model.row(choose.model.place(told.findings[0]))
    assert row is not None
    assert row.confirmed_by == ("周启明",)
    tile = choose.panel.findChildren(PictureTile)[0]
    press(opened, tile)
    marked = opened.ask(lambda s: s.store.get(Evidence, tile.item.id))
    assert marked is not None
    assert marked.free_of_people
    # Who confirms one after the other goes on from there.
    held = QApplication.focusWidget()
    assert isinstance(held, PictureTile)
    assert held.item.id == tile.item.id


def test_enter_behind_the_people_present_shows_the_unit_what_was_chosen(
    opened: Bench, office: Office, told: Told
) -> None:
    del told
    page = page_of(opened, office.covert)
    choose = cast("Choose", page.steps["choose"])
    choose.present.setFocus()
    opened.qtbot.keyClicks(choose.present, "Wang")
    opened.qtbot.keyClick(choose.present, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: page.handed is not None)


def test_an_outcome_without_its_reason_waits_for_it(
    opened: Bench, office: Office, told: Told
) -> None:
    page = page_of(opened, office.covert)
    panel = cast("Choose", page.steps["choose"]).panel
    shown = panel._row
    assert shown is not None
    outcome = list(panel.outcomes)[2]
    press(opened, panel.outcomes[outcome])
    kept = opened.ask(lambda s: s.store.get(Finding, shown.finding.id))
    assert kept is not None
    assert kept.outcome is not outcome
    panel.reason.setText("<i>系统故障</i>，采纳")
    opened.qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    settle(opened)
    kept = opened.ask(lambda s: s.store.get(Finding, shown.finding.id))
    assert kept is not None
    assert (kept.outcome, kept.outcome_reason) == (outcome, "<i>系统故障</i>，采纳")
