"""What keys and buttons of the page mean for the photograph one stands on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from inspector.operations.album import Item, Placed, State
from inspector.operations.placing import Target, targets
from ui.choosing import new_file
from ui.pages.evidence.canvas import MOVE
from ui.pages.evidence.clock import ClockCard, ClockDialog
from ui.pages.evidence.facts import CHECKING
from ui.pages.evidence.keys import PageKeys
from ui.pages.evidence.place import PlaceDialog
from ui.pages.evidence.timing import TimeDialog
from ui.widgets.keys import bind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from inspector.operations.seeing import Typed
    from ui.desk import Desk
    from ui.pages.evidence.doing import Doing
    from ui.pages.evidence.facts import Facts
    from ui.pages.evidence.foot import Foot
    from ui.pages.evidence.strip import Strip
    from ui.pages.evidence.viewer import Viewer


class Acting(QObject):
    """Stands between what is pressed and what is done."""

    #: Once it is saved, one stands on this photograph: its id.
    goes = Signal(str)

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        doing: Doing,
        strip: Strip,
        viewer: Viewer,
        facts: Facts,
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._doing = desk, page, doing
        self._strip, self._viewer, self._facts = strip, viewer, facts
        #: What is asked now, and the card while it is shown.
        self.dialog: QDialog | None = None
        self.card: ClockCard | None = None

    def bind(self, foot: Foot) -> None:
        """Hear the keys and buttons."""
        facts, places = self._facts, self._facts.places
        foot.culled.connect(self._cull_or_use)
        foot.saved.connect(self.save_and_next)
        self._viewer.original_wanted.connect(self.look_at_original)
        self._viewer.copy_wanted.connect(self.save_copy)
        self._viewer.found_wrong.connect(self._found_wrong)
        places.picked.connect(self.place)
        places.removed.connect(self._unplace)
        places.listed.connect(self.list_places)
        facts.captioned.connect(self._caption)
        facts.freed.connect(self._free)
        facts.check_wanted.connect(self.check)
        facts.time_wanted.connect(self.give_time)
        facts.clock_wanted.connect(self.measure)
        self._doing.found.connect(self._show_condition)
        self._doing.may_look.connect(self._may_look)
        self._bind_keys()

    def _bind_keys(self) -> None:
        canvas, viewer = self._viewer.canvas, self._viewer
        typed: dict[str, Callable[[], object]] = {
            **{str(n): lambda n=n: self._place_number(n) for n in range(1, 6)},  # type: ignore[misc]
            **dict.fromkeys("gG", self.list_places),
            **dict.fromkeys("xX", lambda: self.cull(use=False)),
            **dict.fromkeys("pP", lambda: self.cull(use=True)),
            **dict.fromkeys("zZ", viewer.toggle),
            "0": viewer.own_size,
            **dict.fromkeys("+=", viewer.closer),
            **dict.fromkeys("-−", canvas.zoom_out),
            "r": lambda: canvas.turn(90),
            "R": lambda: canvas.turn(-90),
            **dict.fromkeys("oO", self.look_at_original),
            **dict.fromkeys("iI", viewer.tools["facts"].toggle),
            **dict.fromkeys("kK", self.show_card),
        }
        named = {
            Qt.Key.Key_Left: lambda: self._arrow(-1, 0),
            Qt.Key.Key_Right: lambda: self._arrow(1, 0),
            Qt.Key.Key_Up: lambda: self._arrow(0, -1),
            Qt.Key.Key_Down: lambda: self._arrow(0, 1),
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
        }
        PageKeys(self._desk, named, typed, self._strip.view, canvas)
        bind(self._page, "F11", self.show_card)

    @property
    def _item(self) -> Item | None:
        return self._strip.current

    @property
    def _mine(self) -> Item | None:
        """The photograph one stands on, unless it is sealed in what this visit corrects."""
        item = self._strip.current
        return None if item is None or item.sealed else item

    # -- keys ------------------------------------------------------------------------------

    def _arrow(self, right: int, down: int) -> bool:
        """Move what is zoomed while the large view has the focus; else go through the strip."""
        canvas = self._viewer.canvas
        if canvas.hasFocus() and not canvas.is_fitted:
            canvas.move_by(right * MOVE, down * MOVE)
        else:
            self._strip.step(right or down)
        return True

    def _enter(self) -> bool:
        self.save_and_next()
        return True

    # -- placing ---------------------------------------------------------------------------

    def save_and_next(self) -> None:
        """Place at the first suggestion what has no place; else go to the next without one."""
        item, suggested = self._item, self._facts.places.suggested
        if item is not None and item.state is State.UNPLACED and suggested:
            self.place(suggested[0].target)
        elif item is not None:
            self._strip.stand_on(self._strip.next_unplaced() or item.id)

    def _place_number(self, number: int) -> None:
        suggested = self._facts.places.suggested
        if number <= len(suggested):
            self.place(suggested[number - 1].target)

    def place(self, target: Target) -> None:
        """Place the photograph and go on to the next without a place."""
        item = self._mine
        if item is not None and self._doing.board is not None:
            self.goes.emit(self._strip.next_unplaced() or item.id)
            self._doing.place(item, target)

    def list_places(self) -> None:
        """Let one choose from everything that was seen."""
        board, item = self._doing.board, self._mine
        if board is None or item is None or item.state is State.SET_ASIDE:
            return
        taken = {(each.kind, each.target) for each in item.places}
        choices = [each for each in targets(board.record) if (each.kind, each.id) not in taken]
        dialog = PlaceDialog(self._desk, self._page.window(), board.record, choices)
        dialog.picked.connect(self.place)
        self._ask(dialog)

    def _unplace(self, placed: Placed) -> None:
        if self._mine is not None:
            self.goes.emit(self._mine.id)
            self._doing.unplace(self._mine, placed)

    def _cull_or_use(self) -> None:
        item = self._item
        self.cull(use=item is not None and item.state is State.SET_ASIDE)

    def cull(self, *, use: bool) -> None:
        """Say that it is not used and go on, or that it is used after all."""
        item = self._mine
        if item is None or use != (item.state is State.SET_ASIDE):
            return
        row = self._strip.view.currentIndex().row() + 1
        after = [each.id for each in self._strip.items[row : row + 1]]
        self.goes.emit(item.id if use or not after else after[0])
        self._doing.cull(item, use=use)

    # -- facts -----------------------------------------------------------------------------

    def _caption(self, text: str) -> None:
        if self._mine is not None:
            self._doing.caption(self._mine, text)

    def _free(self, free: bool) -> None:
        if self._mine is not None:
            self._doing.free(self._mine, free=free)

    def give_time(self) -> None:
        """Ask when a file was taken that does not say so itself."""
        board, item, shown = self._doing.board, self._mine, self._facts.shown
        if board is None or item is None or shown is None or shown.evidence.id != item.id:
            return
        dialog = TimeDialog(self._desk, self._page.window(), shown.evidence, board)

        def save(typed: Typed) -> None:
            self.goes.emit(item.id)
            self._doing.time(item, typed, dialog.kept.saved)

        dialog.timed.connect(save)
        self._ask(dialog)

    def measure(self) -> None:
        """Ask what the clock card shows on this photograph."""
        board, item, shown = self._doing.board, self._mine, self._facts.shown
        if board is None or item is None or shown is None or shown.evidence.id != item.id:
            return
        dialog = ClockDialog(self._desk, self._page.window(), shown.evidence, board.zone)
        dialog.measured.connect(lambda measured: self._doing.measure(item, measured))
        self._ask(dialog)

    # -- the file itself -------------------------------------------------------------------

    def look_at_original(self) -> None:
        """Show the original in its own grain; the record says so first."""
        has_image = self._viewer.canvas.image is not None
        if self._item is not None and has_image and not self._viewer.elsewhere:
            self._doing.look(self._item)

    def _may_look(self, id: str) -> None:
        if self._item is not None and self._item.id == id:
            self._viewer.show_original()

    def save_copy(self) -> None:
        """Write a copy of the file where the person wants it."""
        item, shown = self._item, self._facts.shown
        if item is None or shown is None or shown.evidence.id != item.id:
            return
        name = shown.evidence.original_name or item.name
        file = new_file(self._page, self._desk.tr("Save a copy"), Path.home() / name)
        if file is not None:
            self._doing.copy(item, file)

    def check(self) -> None:
        """Hash the file again."""
        if self._item is not None:
            self._facts.show_condition(CHECKING)
            self._doing.check(self._item)

    def _found_wrong(self, code: str) -> None:
        if self._item is not None:
            self._doing.found_wrong(self._item, code.removeprefix("blob_"))

    def _show_condition(self, id: str, condition: str) -> None:
        if self._item is not None and self._item.id == id:
            self._facts.show_condition(condition)

    # -- dialogs ---------------------------------------------------------------------------

    def show_card(self) -> None:
        """Show the clock card over the whole screen."""
        self.card = ClockCard(self._desk, self._page.window())
        self.card.finished.connect(self._card_closed)
        self.card.showFullScreen()

    def _card_closed(self) -> None:
        self.card = None
        self._strip.view.setFocus()

    def _ask(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._asked)
        dialog.open()

    def _asked(self) -> None:
        self.dialog = None
        self._strip.view.setFocus()
