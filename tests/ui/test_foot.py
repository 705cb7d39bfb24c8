"""The foot of the window goes along to the next page; taking back does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from inspector.domain.entities import Trip
from inspector.domain.vocabulary import Basis, TripKind
from inspector.operations.visits import new_visit
from tests.ui.hands import words
from ui.frame.footer import Footer
from ui.pages.visit.page import VisitPage

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
    shown = [each.text() for each in foot.findChildren(QPushButton) if each.isVisible()]
    assert shown == []
    assert "IMG_2.jpg" in words(foot)


def test_a_new_visit_is_named_by_what_would_be_taken_back(opened: Bench, office: Office) -> None:
    trip = Trip(id="", name="第四季度", kind=TripKind.ROUTINE, basis=Basis.GOVERNMENT)
    visit = opened.ask(lambda session: new_visit(session, office.hall, [office.me], trip=trip)).id
    page = opened.go("visit", visit)
    assert isinstance(page, VisitPage)
    assert page.hints.undo.accessibleName().startswith("撤销：本次走访，")
