"""The windows of a place: laid out many at once, put in order, changed, retired."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector.domain.entities import Hall, Window
from inspector.operations.discretion import covert_now
from inspector.operations.places import windows_of
from inspector.operations.recording import get
from inspector.operations.window_plan import add_window, lay_out, move_window, undo_plan
from inspector.operations.withdrawing import edit_window, withdraw_window
from ui.messages import asked_text
from ui.models.windows import MATTERS, WIDTHS, WindowsModel
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.keys import bind
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Banner, Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from inspector.operations.session import Session
    from inspector.operations.window_plan import LaidOut, Span
    from ui.desk import Desk
    from ui.pages.halls.laying import Laying
    from ui.pages.halls.window_form import Draft, WindowForm

#: At 100 % text.
_WIDTH = 380


class PlanView(QWidget):
    """The table at the left; many at once and the single window at the right."""

    #: Nobody wants the plan any more.
    left = Signal()

    def __init__(self, desk: Desk, laying: Laying, form: WindowForm) -> None:
        super().__init__()
        self._desk = desk
        self._hall = self._shown = self._wanted = ""
        #: What was asked for while something typed was not saved.
        self._waiting: Callable[[], None] | None = None
        #: Ranges that were typed for other places and not laid out, by place.
        self._ranges: dict[str, tuple[Span, ...]] = {}
        tr, look = desk.tr, desk.look
        self.model = WindowsModel(tr, self)
        self.table = RegisterTable(desk, tr("Windows"), self.model)
        self.table.set_widths(WIDTHS, MATTERS)
        self.laying, self.form = laying, form
        self.title = label("", Type.SECTION)
        self.new = button(look, tr("New window"), self._begin, icon="plus")
        self.up = button(look, tr("Up (Alt+↑)"), partial(self._move, -1), icon="up")
        self.down = button(look, tr("Down (Alt+↓)"), partial(self._move, 1), icon="down")
        self.retire = button(look, tr("Retire (Delete)"), self._retire, icon="trash")
        self._notes = column(spacing=tokens.S)
        self._stack = QStackedWidget()
        self.setLayout(self._parts())
        self.laying.wanted.connect(self._lay_out)
        self.form.wanted.connect(self._save)
        self.form.discarded.connect(self._go_on)
        self.table.moved.connect(self._choose)
        self.table.opened.connect(self.form.label.setFocus)
        self._keys()

    # -- parts ---------------------------------------------------------------------------------

    def _parts(self) -> QHBoxLayout:
        tr, look = self._desk.tr, self._desk.look
        words = tr("Lay them out at the right: 1–18 on floor 1, 19–36 on floor 2.")
        self._stack.addWidget(self.table)
        self._stack.addWidget(Nothing(look, "window", tr("No windows yet"), words))
        back = button(look, tr("Back to the place"), self._leave, icon="back")
        card = Card()
        card.body.addLayout(row(back, self.title, None, self.new))
        card.body.addWidget(self._stack, 1)
        card.body.addLayout(self._notes)
        card.body.addLayout(row(self.up, self.down, None, self.retire))
        inside = QWidget()
        inside.setLayout(column(self.laying, self.form, None, spacing=tokens.M))
        self._side = scrolled(inside)
        self._side.setFixedWidth(round(_WIDTH * look.scale))
        whole = row(card, self._side, spacing=tokens.L, stretch=0)
        whole.setContentsMargins(*(tokens.L,) * 4)
        return whole

    def _keys(self) -> None:
        bind(self, "Alt+Up", partial(self._move, -1))
        bind(self, "Alt+Down", partial(self._move, 1))
        bind(self, "F4", self._leave)
        # In a field the key deletes a character.
        short = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        short.setContext(Qt.ShortcutContext.WidgetShortcut)
        short.activated.connect(self._retire)

    # -- showing -------------------------------------------------------------------------------

    def show_hall(self, hall: str) -> None:
        """Show the windows of a place."""
        if hall != self._hall:
            if not self._may_go(partial(self.show_hall, hall)):
                return
            if self.laying.is_changed:
                self._ranges[self._shown] = self.laying.spans
            self._hall, self._wanted = hall, ""
            cleared(self._notes)
            self.form.begin()
        self._desk.read(self, partial(_read, hall=hall), self._show)

    def _show(self, found: tuple[Hall, list[Window], bool]) -> None:
        hall, windows, covert = found
        if hall.id != self._hall:
            return  # another place was chosen since
        first, self._shown = self._shown != hall.id, hall.id
        chosen = self._wanted or self._current_id()
        self._wanted = ""
        name = hall.code if covert or not hall.name else hall.name
        self.title.setText(self._desk.tr("Windows of {place}", place=name))
        self.model.take(windows)
        self._stack.setCurrentIndex(0 if windows else 1)
        place = self.model.place(chosen)
        if place < 0 and first and windows:
            place = 0
        if place >= 0:
            self.table.selectRow(place)
        self._enable()
        if first:
            self.laying.begin(windows, self._ranges.pop(hall.id, ()))
            start = self.table if windows else self.laying.lines[0].last
            start.setFocus()

    def hand_over(self) -> dict[str, tuple[Span, ...]]:
        """Return the ranges that were typed and not laid out, by place."""
        shown = {self._shown: self.laying.spans} if self.laying.is_changed else {}
        return {**self._ranges, **shown}

    def take_over(self, ranges: dict[str, tuple[Span, ...]]) -> None:
        """Let ranges that were typed before stand here again, once their place is shown."""
        self._ranges |= ranges

    def _current(self) -> Window | None:
        return self.model.window(self.table.currentIndex().row())

    def _current_id(self) -> str:
        current = self._current()
        return current.id if current else ""

    def _choose(self) -> None:
        current, shown = self._current(), self.form.shown
        if current is None or current == shown:
            pass
        elif shown is not None and current.id == shown.id and self.form.is_changed:
            pass  # what is typed about the same window stays
        elif self._may_go(partial(self._stand_on, current.id)):
            self.form.fill(current, self.model.windows)
        else:
            back = partial(self._stand_on, shown.id if shown is not None else "")
            # The table chooses the row it was told to once this is done.
            QTimer.singleShot(0, self, back)
        self._enable()

    def _stand_on(self, window: str) -> None:
        """Stand on a window, on none where the form is that of a new one."""
        place = self.model.place(window)
        if place >= 0:
            self.table.selectRow(place)
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))

    def _may_go(self, then: Callable[[], None]) -> bool:
        """Say whether the form can be left; else it is asked there, and `then` is done after."""
        if not self.form.is_changed:
            return True
        self._waiting = then
        self.form.ask()
        # What asks is laid out first.
        QTimer.singleShot(0, self, partial(self._side.ensureWidgetVisible, self.form.save))
        return False

    def _go_on(self) -> None:
        """Do what was asked for before, now that nothing is lost."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def _leave(self) -> None:
        if self._may_go(self.left.emit):
            self.left.emit()

    def _enable(self) -> None:
        chosen = self._current() is not None
        for each in (self.up, self.down, self.retire):
            each.setEnabled(chosen)

    def _begin(self) -> None:
        if not self._may_go(self._begin):
            return
        self._stand_on("")
        self.form.begin()
        self.form.number.setFocus()

    # -- acting --------------------------------------------------------------------------------

    def _act(
        self,
        work: Callable[[Session], Any],
        then: Callable[[Any], None] | None = None,
        *,
        same: Hashable = None,
    ) -> None:
        """Do one action; the table is read again whenever the record changed."""
        cleared(self._notes)
        self._desk.act(self, work, then, self._refused, same=same)

    def _lay_out(self, spans: tuple[Span, ...]) -> None:
        hall = self._hall
        self._act(
            lambda session: lay_out(session, hall, spans),
            partial(self._laid_out, hall, spans),
            same=(hall, spans),
        )

    def _laid_out(self, hall: str, spans: tuple[Span, ...], done: LaidOut) -> None:
        tr = self._desk.tr
        if hall == self._shown:
            self.laying.keep(spans)
        elif self._ranges.get(hall) == spans:
            del self._ranges[hall]
        words = tr("{new} windows added, {moved} moved.", new=done.new, moved=done.moved)
        self._desk.say(words, undo=True)
        self.table.setFocus()

    def _save(self, draft: Draft) -> None:
        hall, window, fields = self._hall, draft.window, draft.fields

        def work(session: Session) -> Window:
            if not window:
                return add_window(session, Window(id="", hall=hall, **fields))
            edit_window(session, window, fields)
            return get(session, Window, window)

        # A new window is on its way once, whatever is typed meanwhile.
        same = (hall, window, repr(fields) if window else draft.turn)
        self._act(work, partial(self._saved, draft), same=same)

    def _saved(self, draft: Draft, window: Window) -> None:
        self._desk.say(self._desk.tr("The window is saved."), undo=True)
        if not self.form.keep(window, draft):
            return  # one went on to another window: nothing leads back
        if self._waiting is None:
            self._wanted = window.id
            self.show_hall(self._hall)
        else:
            self._go_on()

    def _move(self, by: int) -> None:
        current = self._current()
        if current is not None:
            self._act(lambda session: move_window(session, current.id, by))

    def _retire(self) -> None:
        """Retire the window one stands on, with the reason."""
        current, tr = self._current(), self._desk.tr
        if current is None:
            return
        name = current.number or current.label
        reason = asked_text(
            self._desk,
            self,
            tr("Retire window {number}", number=name),
            tr("It can no longer be chosen. Visits that name it stay as they are. Why?"),
            tr("Retire"),
            about=current.id,
        )
        if reason:
            said = tr("Window {number} is retired.", number=name)
            self._act(
                lambda session: withdraw_window(session, current.id, reason),
                lambda _done: self._desk.say(said, undo=True),
            )

    def undo(self) -> None:
        """Take back the last change of places and windows."""
        said = self._desk.tr("The last change is taken back.")
        self._act(undo_plan, lambda _done: self._desk.say(said))

    def _refused(self, error: Exception) -> None:
        """Say why it was not done, where it was asked for."""
        if not self._desk.foresaw(error):
            return
        if error.code in ("window_nameless", "window_taken") or error.code.startswith("hours"):
            self.form.say(error)
        else:
            banner = Banner(self._desk.look, error.text(self._desk.tr), Tone.DANGER, "warning")
            self._notes.addWidget(banner)


def _read(session: Session, hall: str) -> tuple[Hall, list[Window], bool]:
    return get(session, Hall, hall), windows_of(session, hall), covert_now(session)
