"""A whole visit by keyboard alone: from the first start to the sealed visit and its dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QCheckBox, QSpinBox

from inspector.base.settings import Settings
from inspector.domain.entities import Answer, Finding, Hall, Sighting, Wait, Window
from inspector.domain.vocabulary import Phase, WindowState

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.endtoend.journey import Program
    from tests.endtoend.screen import Hands
    from ui.pages.visit.page import VisitPage


def test_a_visit_is_carried_through_by_keyboard_alone(
    hands: Hands, start: Callable[[Settings], Program], tmp_path: Path
) -> None:
    program = start(Settings(lang="en", theme="light"))
    begin(hands, program, tmp_path)
    make_the_place(hands, program)
    prepare(hands, program)
    watch(hands, program)
    show_identity(hands, program)


def begin(hands: Hands, program: Program, folder: Path) -> None:
    """First start: language, name, folder, PIN."""
    program.at_step(1)
    hands.push("Understood, continue")
    program.at_step(2)
    hands.enter("Your name", "Li Na")
    hands.enter("Your office", "Inspection Office")
    hands.keys("Return")
    program.at_step(3)
    hands.enter("Folder", "")
    hands.keys("ctrl+a")
    hands.type(str(folder / "records"))
    hands.until(program.step.on.isEnabled)
    hands.keys("Return")
    program.at_step(4)
    hands.enter("PIN", "135790")
    hands.enter("The same PIN once more", "135790")
    hands.keys("Return")
    program.at("home")


def make_the_place(hands: Hands, program: Program) -> None:
    """Make a hall with 36 windows on two floors."""
    hands.keys("ctrl+5")
    program.at("halls")
    hands.push("New place")
    hands.enter("Name", "North Hall")
    hands.enter("Code", "A-03")
    hands.reach(hands.find(QSpinBox, lambda each: each.isVisible()))
    hands.keys("ctrl+a")
    hands.type("36")
    hands.enter("Floors", "")
    hands.keys("ctrl+a")
    hands.type("1, 2")
    hands.push("Save")
    program.rest()
    [hall] = program.ask(lambda session: session.store.select(Hall))
    windows = program.ask(lambda session: session.store.select(Window))
    assert (hall.name, len(windows)) == ("North Hall", 36)
    assert {window.floor for window in windows} == {"1", "2"}


def prepare(hands: Hands, program: Program) -> None:
    """Prepare the visit and accept the rules."""
    hands.keys("ctrl+n")
    program.at("new_visit")
    hands.push("Prepare the visit")
    page = cast("VisitPage", program.at("visit"))
    hands.until(lambda: page.keeper.board is not None)
    hands.reach(page.heading.steps[Phase.COVERT])
    hands.keys("space")
    hands.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    hands.until(dialog.isActiveWindow)
    hands.reach(hands.find(QCheckBox, lambda each: each.text() == "Li Na", dialog))
    hands.keys("space")
    hands.push("All accept, begin", dialog)
    hands.until(lambda: page.keeper.board.standing.team is Phase.COVERT)


def watch(hands: Hands, program: Program) -> None:
    """Answer, look at windows, time a wait, note a finding."""
    page = cast("VisitPage", program.at("visit"))
    hands.keys("ctrl+l", "1", "1", "2")
    program.rest()
    hands.keys("F4", "s", "Right", "3", "u")
    program.rest()
    hands.keys("F7")
    hands.until(page.waits.ticket.isVisible)
    hands.enter("Ticket", "A032")
    hands.push("Start")
    program.rest()
    hands.push("Called")
    program.rest()
    hands.keys("F2", "1", "Return")
    program.rest()
    assert len(program.ask(lambda session: session.store.select(Answer))) == 3
    looked = program.ask(lambda session: session.store.select(Sighting))
    assert [each.state for each in looked] == [WindowState.SERVING, WindowState.UNATTENDED]
    assert looked[1].people_waiting == 3
    [wait] = program.ask(lambda session: session.store.select(Wait))
    assert (wait.ticket, wait.called is None) == ("A032", False)
    assert len(program.ask(lambda session: session.store.select(Finding))) == 1


def show_identity(hands: Hands, program: Program) -> None:
    """Show identity and go on openly."""
    page = cast("VisitPage", program.at("visit"))
    hands.reach(page.heading.steps[Phase.OVERT])
    hands.keys("space")
    hands.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    hands.until(dialog.isActiveWindow)
    hands.reach(hands.find(QCheckBox, lambda each: each.text() == "Li Na", dialog))
    hands.keys("space")
    hands.enter("To whom", "Wang, head of the hall", dialog)
    hands.enter("Document", "Inspection card 031", dialog)
    hands.push("Identity was shown", dialog)
    hands.until(lambda: page.keeper.board.standing.team is Phase.OVERT)
