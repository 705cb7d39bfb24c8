"""By keyboard alone, or by mouse alone: how a hand does what a step of a visit asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLineEdit,
    QMenu,
    QWidget,
)

from inspector.base.i18n import translator
from inspector.domain.paste import LETTERS
from inspector.domain.terms import TERMS, term, title_of
from inspector.domain.vocabulary import Position, WindowState
from ui.frame.notes import Notes
from ui.frame.pages import PAGES
from ui.frame.palette import Palette
from ui.frame.rail import Rail
from ui.mini.window import MiniWindow

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.i18n import Lang
    from tests.endtoend.screen import Hands
    from ui.frame.window import MainWindow
    from ui.pages.evidence.page import EvidencePage
    from ui.pages.visit.page import VisitPage


HIDE = "Hide the view (F9)"


@dataclass
class Manner:
    """Steps name things in English; they are looked for in the language of the windows."""

    hands: Hands
    window: MainWindow
    lang: Lang

    def word(self, text: str, **values: object) -> str:
        """Return what the windows say for `text`."""
        said = translator(self.lang)(text, **values)
        if said == text and self.lang == "zh":
            # A term of the trade stands in the vocabularies, not in the catalogue.
            names = {title_of(each, "en"): title_of(each, "zh") for each in TERMS[Position]}
            return names.get(text, text)
        return said

    def press(self, text: str, within: QWidget | None = None, **values: object) -> None:
        """Press the button that carries a text."""
        wanted = self.word(text, **values)
        found = self.hands.find(
            QAbstractButton, lambda each: wanted in (each.text(), each.accessibleName()), within
        )
        self.turn_to(found, press=True)

    def tick(self, text: str, within: QWidget | None = None) -> None:
        """Tick a box that carries somebody's name."""
        found = self.hands.find(QCheckBox, lambda each: each.text() == text, within)
        if not found.isChecked():
            self.turn_to(found, press=True)
            self.hands.until(found.isChecked)

    def untick(self, text: str, within: QWidget | None = None) -> None:
        """Take the tick out of a box that carries somebody's name."""
        found = self.hands.find(QCheckBox, lambda each: each.text() == text, within)
        self.turn_to(found, press=True)
        self.hands.until(lambda: not found.isChecked())

    def fill(
        self, name: str, text: str, within: QWidget | None = None, /, **values: object
    ) -> None:
        """Type into the field with this accessible name, in place of what it holds.

        values: what stands in the places of the name.
        """
        wanted = self.word(name, **values)
        field = self.hands.find(QLineEdit, lambda each: each.accessibleName() == wanted, within)
        self.turn_to(field)
        self.hands.until(field.hasFocus)
        self.hands.keys("ctrl+a")
        self.hands.type(text)
        self.hands.until(lambda: field.text() == text)

    def turn_to(self, widget: QWidget, *, press: bool = False) -> None:
        """Bring the focus to a widget; `press` it if it is a button."""
        raise NotImplementedError


class ByKeys(Manner):
    """No mouse."""

    def turn_to(self, widget: QWidget, *, press: bool = False) -> None:
        """Reach it by Tab alone."""
        self.hands.reach(widget)
        if press:
            self.hands.keys("space")

    def go(self, page: str) -> None:
        """Go to a page by its shortcut."""
        self.hands.keys(PAGES[page].key.lower().replace(",", "comma"))

    def answer(self, page: VisitPage) -> None:
        """Answer two items, one by digit, one by typing."""
        self.hands.keys("ctrl+l", "1", "Return")
        self.hands.until(page.checklist.answering.field.hasFocus)
        self.hands.type("5")
        self.hands.keys("Return")
        self.hands.until(page.checklist.list.hasFocus)
        self.hands.keys("1", "2")

    def look_at_windows(self, page: VisitPage) -> None:
        """Say of two windows by letters how they are."""
        self.hands.keys("F4", "s", "Right", "3", "u")

    def look_round_in(self, mini: MiniWindow) -> None:
        """Go round both floors: one window with nobody and six people, all others serving."""
        self.hands.keys("F5")
        self.hands.until(lambda: not any(each.tile.people_waiting for each in mini.rounds.tiles))
        self.hands.keys("F4", "6", "u")
        self.hands.until(lambda: mini.rounds.tiles[0].tile.state is WindowState.UNATTENDED)
        self.hands.keys("r", "Next", "r")

    def leave_mini(self) -> None:
        """Go back to the full window."""
        self.hands.keys("F10")

    def shrink(self) -> None:
        """Go on in the mini window."""
        self.hands.keys("F10")

    def bring(self, page: EvidencePage, files: list[Path]) -> None:
        """Paste files that were copied elsewhere."""
        del page
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
        QApplication.clipboard().setMimeData(data)
        self.hands.keys("ctrl+v")

    def open_evidence(self) -> None:
        """Go from the visit to its photographs."""
        self.go("evidence")

    def note_a_problem(self, page: VisitPage) -> None:
        """Note a problem by three keys."""
        self.hands.keys("F2", "1", "Return")

    def hide(self) -> None:
        """Hide the view by two quick presses of Esc."""
        self.hands.keys("Escape", "Escape")

    def show_again(self, pin: str) -> None:
        """Show it again."""
        self.hands.keys("F9")
        self.hands.type(pin)
        self.hands.keys("Return")

    def confirm_next(self, verb: str) -> None:
        """Answer the question that comes next with its verb."""
        del verb
        self.hands.in_next_window(lambda _dialog: ["key", "--delay", "60", "Tab", "space"])

    def search(self, text: str) -> None:
        """Search and go to the first hit."""
        self.hands.keys("ctrl+k")
        palette = _palette(self.hands)
        self.hands.type(text)
        self.hands.until(lambda: palette.model.rowCount() > 0)
        self.hands.keys("Return")


class ByMouse(Manner):
    """No key but those of letters and digits in fields."""

    def turn_to(self, widget: QWidget, *, press: bool = False) -> None:
        """Click it; a box where its sign is, for the rest of its line does nothing."""
        del press
        at = QPoint(12, widget.height() // 2) if isinstance(widget, QCheckBox) else None
        self.hands.click(widget, at)

    def go(self, page: str) -> None:
        """Go to a page by the rail, or by the button that leads there."""
        spec = PAGES[page]
        if not spec.icon:
            self.go("visits")
            self.press("New visit")
            return
        self.press(spec.name, self.hands.find(Rail, lambda _each: True))

    def answer(self, page: VisitPage) -> None:
        """Answer two items, one by its button, one by typing."""
        card = page.checklist.answering
        self.hands.click(card._options[1][1])
        self.hands.until(card.field.isVisible)
        self.hands.click(card.field)
        self.hands.until(card.field.hasFocus)
        self.hands.type("5")
        self.hands.keys("Return")

    def look_at_windows(self, page: VisitPage) -> None:
        """Choose the state of two windows from their menus."""
        for tile, state in zip(
            page.windows.tiles, (WindowState.SERVING, WindowState.UNATTENDED), strict=False
        ):
            self.hands.click(tile)
            menu = self.hands.find(QMenu, lambda each: each.isVisible(), tile)
            wanted = term(state, self.lang)
            action = next(each for each in menu.actions() if each.text().startswith(wanted))
            self.hands.click(menu, menu.actionGeometry(action).center())
            self.hands.until(lambda tile=tile, state=state: tile.tile.state is state)

    def look_round_in(self, mini: MiniWindow) -> None:
        """Go round both floors: one window with nobody, all others serving."""
        rounds = mini.rounds
        self.hands.click(rounds.again)
        self.hands.until(
            lambda: rounds.tiles[0].tile.state is WindowState.NOT_LOOKED_AT and rounds.isEnabled()
        )
        self.hands.click(rounds.tiles[0])
        menu = self.hands.find(QMenu, lambda each: each.isVisible(), rounds.tiles[0])
        letter = LETTERS[WindowState.UNATTENDED]
        action = next(each for each in menu.actions() if each.text() == letter)
        self.hands.click(menu, menu.actionGeometry(action).center())
        self.hands.until(lambda: rounds.tiles[0].tile.state is WindowState.UNATTENDED)
        self.hands.click(rounds.rest)
        self.hands.until(lambda: rounds.tiles[1].tile.state is WindowState.SERVING)
        self.hands.click(rounds.chips[1])
        self.hands.until(lambda: rounds.round.at == 1)
        self.hands.click(rounds.rest)

    def leave_mini(self) -> None:
        """Go back to the full window."""
        self.press("F10")

    def shrink(self) -> None:
        """Go on in the mini window."""
        self.press("Mini window (F10)")

    def bring(self, page: EvidencePage, files: list[Path]) -> None:
        """Drag files in from another program."""
        self.hands.drag_files(files, page)

    def open_evidence(self) -> None:
        """Go from the visit to its photographs."""
        self.press("Open evidence")

    def note_a_problem(self, page: VisitPage) -> None:
        """Note a problem by two clicks."""
        self.hands.click(page.finding.keys[0])
        self.hands.click(page.finding.put)

    def hide(self) -> None:
        """Hide the view from the corner."""
        self.press("F9" if isinstance(QApplication.activeWindow(), MiniWindow) else HIDE)

    def show_again(self, pin: str) -> None:
        """Show it again: the corner of the notes asks for the PIN."""
        notes = self.hands.find(Notes, lambda _each: True)
        self.hands.click(notes.count)
        self.hands.until(notes.pin.isVisible)
        self.hands.click(notes.pin)
        self.hands.type(pin)
        self.hands.keys("Return")

    def confirm_next(self, verb: str) -> None:
        """Answer the question that comes next with its verb."""
        wanted = self.word(verb)

        def words(dialog: QWidget) -> list[str]:
            buttons = dialog.findChildren(QAbstractButton)
            found = next(each for each in buttons if each.text() == wanted)
            where = found.mapToGlobal(found.rect().center())
            return ["mousemove", str(where.x()), str(where.y()), "click", "1"]

        self.hands.in_next_window(words)

    def search(self, text: str) -> None:
        """Search and click the first hit."""
        self.press("Search")
        palette = _palette(self.hands)
        self.hands.type(text)
        self.hands.until(lambda: palette.model.rowCount() > 0)
        first = palette.list.visualRect(palette.model.index(0)).center()
        self.hands.click(palette.list.viewport(), first)


def _palette(hands: Hands) -> Palette:
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), Palette))
    palette = QApplication.activeModalWidget()
    assert isinstance(palette, Palette)
    hands.until(palette.isActiveWindow)
    return palette
