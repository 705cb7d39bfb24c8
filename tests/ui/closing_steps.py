"""What tests of feedback and seal do in the windows, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from inspector.domain.entities import Statement
from inspector.domain.vocabulary import Position
from inspector.operations.pins import set_pin
from tests.support.closing import TEXTS, Told, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.closing.choose import Choose
    from ui.pages.closing.handover import HandOver
    from ui.pages.closing.page import ClosingPage

PIN = "2468"
LEFT = Qt.MouseButton.LeftButton


def make_told(bench: Bench, office: Office, folder: Path) -> Told:
    """Make the covert visit of the office ready to be told; both inspectors get a PIN."""

    def work(session: Session) -> Told:
        for person in (office.me, office.other):
            set_pin(session, person, PIN)
        return prepare(session, office.covert, office.hall, folder)

    return bench.ask(work)


def page_of(bench: Bench, visit: str, step: str = "") -> ClosingPage:
    return cast("ClosingPage", bench.go("closing", visit, step=step))


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def settle(bench: Bench) -> None:
    """Wait for an action, for what is read again because of it, and for what follows from that."""
    for _each in range(3):
        bench.settle()


def press(bench: Bench, button: QWidget) -> None:
    bench.qtbot.mouseClick(button, LEFT)
    settle(bench)


def named(widget: QWidget, name: str) -> QPushButton:
    found = [each for each in widget.findChildren(QPushButton) if each.text() == name]
    assert found, name
    return found[0]


def handed_over(bench: Bench, page: ClosingPage) -> HandOver:
    choose = cast("Choose", page.steps["choose"])
    press(bench, choose.show_unit)
    assert page.handed is not None
    settle(bench)
    return page.handed


def give_back(bench: Bench, view: HandOver, pin: str) -> None:
    if not view.pin.isVisible():
        press(bench, view.give_back)
    bench.qtbot.keyClicks(view.pin, pin)
    bench.qtbot.keyClick(view.pin, Qt.Key.Key_Return)
    settle(bench)


def statements(bench: Bench) -> dict[str, Statement]:
    return {each.finding: each for each in bench.ask(lambda s: s.store.select(Statement))}


def carry_to_the_sheet(bench: Bench, office: Office) -> ClosingPage:
    page = page_of(bench, office.covert)
    view = handed_over(bench, page)
    for _each in TEXTS:
        press(bench, view.form.answers[Position.AGREE])
        press(bench, view.forward)
    give_back(bench, view, PIN)
    page.go_to("sheet")
    settle(bench)
    return page


def confirm_the_grave_one(bench: Bench, page: ClosingPage, told: Told) -> None:
    page.go_to("choose")
    settle(bench)
    choose = cast("Choose", page.steps["choose"])
    choose.open_finding(told.findings[0])
    choose.panel.pin.setText(PIN)
    bench.qtbot.keyClick(choose.panel.pin, Qt.Key.Key_Return)
    settle(bench)
