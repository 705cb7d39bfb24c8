"""The foot of the window goes along to the next page; taking back does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QPushButton

from inspector.domain.entities import Trip
from inspector.domain.vocabulary import Basis, TripKind
from inspector.operations.visits import new_visit
from tests.ui.hands import words
from ui.frame.footer import Footer
from ui.pages.visit.page import VisitPage
from ui.work.worker import Job, Urgency

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench


def test_what_another_page_said_is_not_taken_back_here(opened: Bench, office: Office) -> None:
    opened.go("home")
    opened.desk.say("IMG_1.jpg", undo=True)
    page = opened.go("visit", office.covert)
    assert isinstance(page, VisitPage)
    [foot] = opened.window.findChildren(Footer)
    assert not foot.isVisible()
    assert page.hints.said.text() == "IMG_1.jpg"
    opened.go("home")
    opened.desk.say("IMG_2.jpg", undo=True)
    opened.go("halls")
    assert foot.isVisible()
    assert pressable(foot) == []
    assert "IMG_2.jpg" in words(foot)


def pressable(foot: Footer) -> list[str]:
    """Return what can be pressed at the foot."""
    return [each.text() for each in foot.findChildren(QPushButton) if each.isVisible()]


def test_taking_back_is_offered_only_until_something_else_is_saved(
    opened: Bench, office: Office
) -> None:
    opened.go("home")
    opened.desk.say("IMG_1.jpg", undo=True)
    [foot] = opened.window.findChildren(Footer)
    assert len(pressable(foot)) == 1
    opened.ask(lambda session: new_visit(session, office.hall, [office.me]))
    assert pressable(foot) == []
    assert "IMG_1.jpg" in words(foot)


def test_the_foot_stays_where_it_is_until_the_page_is_left(opened: Bench) -> None:
    opened.go("home")
    opened.desk.say("IMG_1.jpg", undo=True)
    [foot] = opened.window.findChildren(Footer)
    height = foot.height()
    foot._forget.timeout.emit()
    assert (words(foot), foot.isVisible()) == ("", True)
    opened.desk.say("IMG_2.jpg")
    opened.settle()
    assert foot.height() == height
    foot._forget.timeout.emit()
    opened.go("halls")
    assert not foot.isVisible()


def test_that_the_workspace_is_being_opened_is_said_until_it_is_open(opened: Bench) -> None:
    opened.go("home")
    opened.desk.say("opening", opening=True)
    [foot] = opened.window.findChildren(Footer)
    opened.go("halls")
    assert "opening" in words(foot)
    opened.desk.opened.emit()
    assert (words(foot), foot.isVisible()) == ("", False)
    opened.desk.say("the settings could not be kept")
    opened.desk.opened.emit()
    assert "settings" in words(foot)


def test_what_takes_long_stays_in_sight_whatever_is_said_and_wherever_one_goes(
    opened: Bench,
) -> None:
    opened.go("home")
    foot, job = opened.window.complete(), Job(opened.window, Urgency.LONG)
    [bar] = foot.findChildren(QProgressBar)
    foot.watch(job)
    foot.tell("Reading", 1, 3)
    opened.qtbot.waitUntil(bar.isVisible)
    assert len(pressable(foot)) == 1
    opened.desk.say("IMG_1.jpg", undo=True)
    foot.tell("Reading", 2, 3)
    assert "IMG_1.jpg" in words(foot)
    assert len(pressable(foot)) == 2
    opened.go("halls")
    assert "IMG_1.jpg" in words(foot)
    assert (bar.isVisible(), len(pressable(foot))) == (True, 1)
    assert foot.take().text == "IMG_1.jpg"
    assert foot.take().text == ""
    assert (bar.isVisible(), len(pressable(foot))) == (True, 1)
    assert "2/3" in words(foot)
    foot.done(job)
    assert not foot.isVisible()


def test_a_sentence_outlasts_what_took_long(opened: Bench) -> None:
    opened.go("home")
    foot, job = opened.window.complete(), Job(opened.window, Urgency.LONG)
    [bar] = foot.findChildren(QProgressBar)
    foot.watch(job)
    opened.qtbot.waitUntil(bar.isVisible)
    opened.desk.say("IMG_1.jpg", undo=True)
    foot.done(job)
    assert "IMG_1.jpg" in words(foot)
    assert (bar.isVisible(), len(pressable(foot))) == (False, 1)


def test_a_new_visit_is_named_by_what_would_be_taken_back(opened: Bench, office: Office) -> None:
    trip = Trip(id="", name="第四季度", kind=TripKind.ROUTINE, basis=Basis.GOVERNMENT)
    visit = opened.ask(lambda session: new_visit(session, office.hall, [office.me], trip=trip)).id
    page = opened.go("visit", visit)
    assert isinstance(page, VisitPage)
    assert page.hints.undo.accessibleName().startswith("撤销：本次走访，")
