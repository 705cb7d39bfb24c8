"""Home: what is shown first, and nothing that names a hall while a covert part is going on."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from inspector.domain.vocabulary import EventKind
from inspector.operations.today import today
from inspector.operations.visits import note_event
from ui.desk import Place
from ui.pages.home import HomePage
from ui.pages.visits import VisitsPage
from ui.widgets.surfaces import Bones

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench


def words(bench: Bench) -> str:
    assert bench.window.page is not None
    return "\n".join(each.text() for each in bench.window.page.findChildren(QLabel))


def test_a_running_covert_visit_is_shown_by_its_number_only(opened: Bench) -> None:
    opened.go("home")
    shown = words(opened)
    assert "暗访" in shown
    assert "政务服务中心" not in shown


def test_the_keys_are_at_what_comes_next_and_stay_where_they_are_brought(
    opened: Bench, office: Office
) -> None:
    opened.go("visits")
    page = opened.go("home")

    def held() -> str:
        widget = opened.window.focusWidget()
        assert isinstance(widget, QPushButton)
        assert page.isAncestorOf(widget)
        return widget.text()

    assert held() == "继续走访"
    [every] = [each for each in page.findChildren(QPushButton) if each.text() == "全部走访"]
    every.setFocus()
    # Everything is made anew after any change.
    opened.ask(lambda session: note_event(session, office.covert, EventKind.NOTE, session.now()))
    opened.desk.kept.emit()
    opened.settle()
    assert held() == "全部走访"


def test_what_is_read_late_takes_no_key_from_another_page(
    opened: Bench, qapp: QApplication
) -> None:
    home = opened.go("home")
    visits = opened.go("visits")
    assert isinstance(visits, VisitsPage)
    visits.filter.setFocus()
    held: list[QWidget] = []
    moved = qapp.focusChanged.connect(lambda _old, new: held.append(new))
    # As when somebody goes on before Home was read.
    home.show_place(Place("home"))
    opened.settle()
    qapp.focusChanged.disconnect(moved)
    assert visits.filter.hasFocus()
    assert held == [], "not even for a moment"


def test_a_page_out_of_sight_gets_no_key(opened: Bench) -> None:
    home = opened.go("home")
    visits = opened.go("visits")
    assert isinstance(visits, VisitsPage)
    visits.filter.setFocus()
    home.findChildren(QPushButton)[0].setFocus()
    assert visits.filter.hasFocus()


@pytest.mark.parametrize("running", [0, 1, 3])
@pytest.mark.parametrize("prepared", [True, False])
def test_one_action_comes_first(opened: Bench, running: int, prepared: bool) -> None:
    page = opened.go("home")
    assert isinstance(page, HomePage)
    found = opened.ask(today)
    opened.desk.kept.disconnect()
    shown = replace(
        found,
        running=tuple(replace(found.running[0], answers=n) for n in range(running)),
        prepared=found.prepared if prepared else (),
    )
    page._show(shown)
    expected = "继续走访" if running else "新建走访"

    def first() -> list[str]:
        buttons = [each for each in page.findChildren(QPushButton) if each.isVisibleTo(page)]
        return [each.text() for each in buttons if each.property("kind") == "primary"]

    # What stood there before goes, and what comes in its place is shown, a turn later.
    alone = [expected] if running or not prepared else []
    opened.qtbot.waitUntil(lambda: first() == alone)


def test_continuing_leads_to_the_visit(opened: Bench, office: Office) -> None:
    page = opened.go("home")
    [go] = [each for each in page.findChildren(QPushButton) if each.text() == "继续走访"]
    went = []
    opened.desk.went.disconnect()
    opened.desk.went.connect(went.append)
    opened.qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert [(place.page, place.id) for place in went] == [("visit", office.covert)]


def test_what_has_no_page_is_said_and_one_stays(opened: Bench) -> None:
    page = opened.go("home")
    assert opened.go("statistics") is page
    assert "命令行" in "\n".join(each.text() for each in opened.window.findChildren(QLabel))


def test_no_skeleton_stands_below_lists_that_are_there(opened: Bench) -> None:
    page = opened.go("home")
    assert isinstance(page, HomePage)
    found = opened.ask(today)
    # The patience ends right after the lists were made, before Qt has shown them.
    page._show(found)
    page._show_bones()
    assert page.findChildren(Bones) == []


def test_bones_keep_the_place_of_home_until_there_is_something_to_show(opened: Bench) -> None:
    opened.desk.go("home")
    page = opened.window.page
    assert isinstance(page, HomePage)
    assert page.parentWidget() is None
    assert opened.window.findChildren(Bones) != []
    opened.qtbot.waitUntil(page.isVisible)
    assert page.findChildren(QPushButton) != []


def test_home_comes_with_bones_of_its_own_where_reading_takes_long(opened: Bench) -> None:
    may_go_on = Event()
    opened.desk.read(opened.window, lambda _session: may_go_on.wait(60), lambda _none: None)
    opened.desk.go("home")
    page = opened.window.page
    assert page is not None
    try:
        opened.qtbot.waitUntil(page.isVisible)
        assert page.findChildren(Bones) != []
    finally:
        may_go_on.set()
    opened.qtbot.waitUntil(lambda: page.findChildren(QPushButton) != [])
