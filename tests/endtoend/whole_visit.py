"""A whole visit, step by step: what is the same whichever hand carries it through."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from inspector.domain.clocktext import clock
from inspector.domain.codes import lettered
from inspector.domain.entities import (
    Answer,
    Evidence,
    Finding,
    Hall,
    Placement,
    Seal,
    Sighting,
    Wait,
    Window,
)
from inspector.domain.terms import title_of
from inspector.domain.vocabulary import Phase, Position, TimeSource, WindowState
from tests.report.reading import page_texts
from tests.support.jpegs import write_jpeg
from tests.support.windows import visible_text
from ui.frame.notes import Notes
from ui.mini.window import MiniWindow
from ui.pages.evidence.bring import BringDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.endtoend.journey import Program
    from tests.endtoend.manners import Manner
    from ui.pages.closing.page import ClosingPage
    from ui.pages.closing.seal import SealStep
    from ui.pages.dossiers.page import DossiersPage
    from ui.pages.evidence.page import EvidencePage
    from ui.pages.visit.page import VisitPage

PIN = "135790"
PEOPLE = ("Li Na", "Sun")
#: The zone that photographs of `write_jpeg` state.
CAMERA_ZONE = timezone(timedelta(hours=8))


def carry_through(program: Program, by: Manner, folder: Path) -> None:
    """From the first start to the sealed visit, its dossier, and finding it again."""
    pictures = folder / "pictures"
    pictures.mkdir()
    steps: tuple[Callable[[], None], ...] = (
        lambda: begin(program, by, folder),
        lambda: make_the_place(program, by),
        lambda: prepare(program, by),
        lambda: watch(program, by),
        lambda: hide_and_show(program, by),
        lambda: look_round_in_the_mini_window(program, by, pictures),
        lambda: enter_afterwards(program, by, pictures),
        lambda: show_identity(program, by, alone=True),
        lambda: bring_photographs(program, by, folder / "DCIM", pictures),
        lambda: show_identity(program, by, alone=False),
        lambda: tell_the_unit(program, by),
        lambda: sign_and_seal(program, by),
        lambda: export(program, by, pictures),
        lambda: find_again(program, by),
    )
    for number, step in enumerate(steps, 1):
        step()
        by.hands.shot(pictures / f"{number:02}.png")


def begin(program: Program, by: Manner, folder: Path) -> None:
    """First start: language, name, folder, PIN."""
    program.at_step(1)
    by.press("Understood, continue")
    program.at_step(2)
    by.fill("Your name", PEOPLE[0])
    by.fill("Your office", "Inspection Office")
    by.press("Continue")
    program.at_step(3)
    by.fill("Folder", str(folder / "records"))
    by.press("Continue")
    program.at_step(4)
    by.fill("PIN", PIN)
    by.fill("The same PIN once more", PIN)
    by.press("Make the workspace")
    program.at("home")


def make_the_place(program: Program, by: Manner) -> None:
    """Make a hall with 36 windows on two floors."""
    by.go("halls")
    program.at("halls")
    by.press("New place")
    by.fill("Name", "North Hall")
    by.fill("Code", "A-03")
    count = by.hands.find(QSpinBox, lambda each: each.isVisible())
    by.turn_to(count)
    by.hands.until(count.hasFocus)
    by.hands.keys("ctrl+a")
    by.hands.type("36")
    by.hands.until(lambda: count.value() == 36)
    by.fill("Floors", "1, 2")
    by.press("Save")
    program.rest()
    [hall] = program.ask(lambda session: session.store.select(Hall))
    windows = program.ask(lambda session: session.store.select(Window))
    assert (hall.name, len(windows)) == ("North Hall", 36)
    assert {window.floor for window in windows} == {"1", "2"}


def prepare(program: Program, by: Manner) -> None:
    """Prepare the visit with two inspectors, who accept the rules."""
    by.go("settings")
    program.at("settings")
    by.press("Members")
    program.rest()
    by.press("New member")
    by.fill("Full name", PEOPLE[1])
    by.press("Save")
    program.rest()
    by.go("new_visit")
    program.at("new_visit")
    by.tick(PEOPLE[1])
    by.press("Prepare the visit")
    page = cast("VisitPage", program.at("visit"))
    by.hands.until(lambda: page.keeper.board is not None)
    dialog = _asked_by(by, page.heading.steps[Phase.COVERT])
    for name in PEOPLE:
        by.tick(name, dialog)
    by.press("All accept, begin", dialog)
    by.hands.until(lambda: page.keeper.board.standing.team is Phase.COVERT)


def watch(program: Program, by: Manner) -> None:
    """Answer, look at windows, time a wait, note a problem."""
    page = cast("VisitPage", program.at("visit"))
    by.answer(page)
    program.rest()
    by.look_at_windows(page)
    program.rest()
    by.press("Start one (F7)")
    by.hands.until(page.waits.form.ticket.isVisible)
    by.fill("Ticket", "A032")
    by.press("Start")
    program.rest()
    by.press("Called")
    program.rest()
    by.note_a_problem(page)
    program.rest()
    answers = program.ask(lambda session: session.store.select(Answer))
    assert sorted((each.item, each.value) for each in answers)[:2] == [
        ("S01-01", {"yes": True}),
        ("S01-02", {"minutes": 5}),
    ]
    looked = program.ask(lambda session: session.store.select(Sighting))
    assert [each.state for each in looked] == [WindowState.SERVING, WindowState.UNATTENDED]
    [wait] = program.ask(lambda session: session.store.select(Wait))
    assert wait.ticket == "A032"
    assert wait.called is not None
    [finding] = program.ask(lambda session: session.store.select(Finding))
    assert finding.window is not None


def hide_and_show(program: Program, by: Manner) -> None:
    """Somebody comes by; afterwards one is where one was."""
    by.hide()
    by.hands.until(lambda: "A-03" not in visible_text(program.window))
    title = program.window.windowTitle()
    assert title in ("Notes", "便笺")
    by.hands.until(lambda: QApplication.focusWidget() is not None)
    by.show_again(PIN)
    by.hands.until(lambda: "A-03" in visible_text(program.window))
    assert program.window.windowTitle() != title
    program.at("visit")


def look_round_in_the_mini_window(program: Program, by: Manner, pictures: Path) -> None:
    """Go round all 36 windows in the mini window, hide it and come back to it."""
    page = cast("VisitPage", program.at("visit"))
    by.shrink()
    by.hands.until(lambda: isinstance(QApplication.activeWindow(), MiniWindow))
    mini = cast("MiniWindow", QApplication.activeWindow())
    by.hands.until(lambda: any(tile.tile is not None for tile in mini.rounds.tiles))
    program.rest()
    by.look_round_in(mini)
    program.rest()
    by.hands.shot(pictures / "mini.png")
    assert not {"North Hall", "A-03", *PEOPLE} & set(visible_text(mini).split("\n"))
    by.hide()
    notes = by.hands.find(Notes, lambda _each: True)
    by.hands.until(notes.text.hasFocus)
    by.show_again(PIN)
    by.hands.until(lambda: not notes.isVisible())
    by.leave_mini()
    by.hands.until(program.window.isActiveWindow)
    program.at("visit")
    assert len(page.keeper.board.tiles) == 36
    states = Counter(tile.state for tile in page.keeper.board.tiles)
    assert states == {WindowState.SERVING: 35, WindowState.UNATTENDED: 1}


def enter_afterwards(program: Program, by: Manner, pictures: Path) -> None:
    """Type ten facts from notes, with their times."""
    page = cast("VisitPage", program.at("visit"))
    before = len(program.ask(lambda session: session.store.select(Sighting)))
    at = clock(page.keeper.board.now, page.keeper.board.zone)
    by.press("Paste notes")
    by.hands.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    text = by.hands.find(QPlainTextEdit, lambda _each: True, dialog)
    by.turn_to(text)
    by.hands.until(text.hasFocus)
    by.hands.type("\n".join(f"{at} {window:02} U {window} waiting" for window in range(20, 30)))
    by.hands.find(QPushButton, lambda each: each.text() == by.word("Save all (Ctrl+Enter)"), dialog)
    by.hands.shot(pictures / "notes.png")
    by.press("Save all (Ctrl+Enter)", dialog)
    by.hands.until(lambda: QApplication.activeModalWidget() is None)
    program.rest()
    looked = program.ask(lambda session: session.store.select(Sighting))
    later = [each for each in looked if each.time_source is TimeSource.NOTE]
    assert (len(later), len(looked) - before) == (10, 10)
    assert sorted(each.people_waiting or 0 for each in later) == list(range(20, 30))


def show_identity(program: Program, by: Manner, *, alone: bool) -> None:
    """Show identity: one inspector alone, while the other goes on covertly, or all who are left."""
    page = cast("VisitPage", program.at("visit"))
    dialog = _asked_by(by, page.heading.steps[Phase.OVERT])
    if alone:
        by.untick(PEOPLE[1], dialog)
    by.fill("To whom", "Wang, head of the hall", dialog)
    # Who is left is called by letter.
    shows = PEOPLE[0] if alone else lettered(1, by.lang)
    by.fill("Document that {name} showed", "Inspection card 031", dialog, name=shows)
    by.press("Identity was shown", dialog)
    program.rest()
    standing = page.keeper.board.standing
    assert standing.of(page.keeper.board.me) is Phase.OVERT
    assert (standing.team is Phase.COVERT) is alone


def bring_photographs(program: Program, by: Manner, folder: Path, pictures: Path) -> None:
    """Bring ten photographs in and place them as the program proposes."""
    files = [_photograph(folder, number) for number in range(10)]
    by.open_evidence()
    page = cast("EvidencePage", program.at("evidence"))
    by.bring(page, files)
    by.hands.until(lambda: isinstance(QApplication.activeWindow(), BringDialog))
    dialog = cast("BringDialog", QApplication.activeWindow())
    by.hands.until(lambda: dialog.model.rowCount() == 10 and not dialog.is_busy)
    by.hands.shot(pictures / "offered.png")
    by.hands.until(dialog.foot.store.isEnabled)
    # While anybody watches covertly they are called files.
    assert dialog.foot.store.text() == by.word("Store {count} files", count=10)
    by.turn_to(dialog.foot.store, press=True)
    by.hands.until(lambda: not dialog.is_busy and not dialog.foot.store.isEnabled())
    by.press("Close", dialog)
    by.hands.until(program.window.isActiveWindow)
    program.rest()
    assert len(program.ask(lambda session: session.store.select(Evidence))) == 10
    for placed in range(1, 11):
        by.press("Place and next ⏎")
        program.rest()
        assert len(program.ask(lambda session: session.store.select(Placement))) == placed
    by.press("Back to the visit")
    program.at("visit")


def _photograph(folder: Path, number: int) -> Path:
    """Write a photograph that a telephone took just now."""
    taken = datetime.now(CAMERA_ZONE)
    return write_jpeg(
        folder / f"IMG_{number:04}.jpg", taken=f"{taken:%Y:%m:%d %H:%M:%S}", tint=20 * number
    )


def tell_the_unit(program: Program, by: Manner) -> None:
    """Hand the screen over, take what the unit says, and get the screen back."""
    page = cast("VisitPage", program.at("visit"))
    by.turn_to(page.heading.steps[Phase.FEEDBACK], press=True)
    closing = cast("ClosingPage", program.at("closing"))
    by.fill("People of the unit who are present", "Wang")
    by.press("Show to the unit")
    by.hands.until(lambda: closing.handed is not None and closing.handed.isActiveWindow())
    view = closing.handed
    assert view is not None
    program.rest()
    # Nothing leads out of here but the PIN.
    by.hands.keys("Escape", "ctrl+1", "ctrl+k", "alt+F4")
    program.rest()
    assert program.window.place is not None
    assert program.window.place.page == "closing"
    assert view.isVisible()
    by.press(title_of(Position.AGREE, "en"), view)
    program.rest()
    by.press("Give back to the inspectors", view)
    by.hands.until(view.pin.hasFocus)
    by.hands.type(PIN)
    by.press("Unlock", view)
    by.hands.until(lambda: not program.window.desk.locked)
    program.rest()


def sign_and_seal(program: Program, by: Manner) -> None:
    """Record that the signature was refused, and seal."""
    closing = cast("ClosingPage", program.at("closing"))
    assert closing.heading is not None
    by.turn_to(closing.heading.steps["sheet"], press=True)
    program.rest()
    by.fill("Reason that was given, or that none was given", "no reason was given")
    by.fill("Witness: who saw it", "Zhao, guard")
    by.press("Record the refusal")
    program.rest()
    by.press("On to the seal")
    program.rest()
    for name in PEOPLE:
        by.press("{name}: none left", name=name)
        program.rest()
    by.hands.until(cast("SealStep", closing.steps["seal"]).seal.isEnabled)
    by.confirm_next("Seal")
    by.press("Seal the visit")
    by.hands.until(lambda: list(closing.steps) == ["sealed"])
    [sealed] = program.ask(lambda session: session.store.select(Seal))
    by.hands.until(lambda: sealed.manifest[:8] in visible_text(program.window))


def export(program: Program, by: Manner, pictures: Path) -> None:
    """Look at the dossier before, make it, and find in it what was recorded."""
    by.press("Export the dossier")
    page = cast("DossiersPage", program.at("dossiers"))
    by.hands.until(lambda: page.preview.is_shown)
    by.hands.shot(pictures / "preview.png")
    by.hands.until(page.go.isEnabled)
    by.turn_to(page.go, press=True)
    by.hands.until(lambda: page.run is None and bool(list(page.options.folder.glob("*.pdf"))))
    [made] = page.options.folder.glob("*.pdf")
    text = "".join(page_texts(made.read_bytes()))
    for recorded in ("A032", "Wang", "Inspection card 031", "no reason was given"):
        assert recorded in text


def find_again(program: Program, by: Manner) -> None:
    """Find the visit by two characters."""
    by.go("home")
    program.at("home")
    by.search("No")
    by.hands.until(lambda: program.window.place is not None and program.window.place.page != "home")


def _asked_by(by: Manner, step: QWidget) -> QWidget:
    """Press what opens a dialog, and return the dialog."""
    by.turn_to(step, press=True)
    by.hands.until(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    by.hands.until(dialog.isActiveWindow)
    by.hands.find(QCheckBox, lambda each: each.text() == PEOPLE[0], dialog)
    return dialog
