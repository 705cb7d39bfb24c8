"""Home: what is shown first, and nothing that names a hall while a covert part is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

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
