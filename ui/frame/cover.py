"""The cover page: hides the view and nothing else. Data, timers and running work go on.

It is a layer over every window of the application, whatever opens meanwhile included. Where a
dialog waits for an answer, the notes lie over the dialog, which takes the room of the window: a
dialog keeps all input to itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from ui.frame.notes import Notes, Sheet
from ui.opening import operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.desk import Desk

#: Dialogs that choose files, by the name of their class: whoever opens one loads it.
_CHOOSER = "QFileDialog"
#: Two presses of Esc within this time hide the view. Seconds.
TWICE = 0.5
_COVERED = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Tool)
_BY_HAND = frozenset(
    {
        *(QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonPress),
        *(QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop),
    }
)
_FOLLOWED = (QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.ChildPolished)


class _Hidden:
    """A window under its sheet, and how it looked before."""

    def __init__(self, window: QWidget, sheet: Sheet) -> None:
        self.window, self.sheet = window, sheet
        self.title: str = window.windowTitle()
        self.icon: QIcon = window.windowIcon()
        self.geometry = QRect(window.geometry())


def _release() -> QMouseEvent:
    """Return that the left button was let go far away from everything."""
    away = QPointF(-10_000, -10_000)
    nothing, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    return QMouseEvent(
        QEvent.Type.MouseButtonRelease, away, away, Qt.MouseButton.LeftButton, nothing, plain
    )


class Cover(QObject):
    """Hides all windows at once and brings them back, after a PIN if one is asked for."""

    #: The view was hidden (True) or is shown again (False).
    changed = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._notes = Notes(desk)
        self._notes.setParent(window)
        self._notes.hide()
        self._notes.tried.connect(self._try_pin)
        self._notes.cornered.connect(self.ask_back)
        self._hidden: list[_Hidden] = []
        self._focus: QWidget | None = None
        self._last_escape = 0.0
        self._letting_go = False
        #: Hidden since the workspace was opened: nobody wants notes, the PIN is asked for.
        self._locked = False
        desk.hidden.connect(self.hide_view)
        self.changed.connect(desk.covered)
        desk.opened.connect(self._lock)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.focusWindowChanged.connect(self._listen)
        self._listen(QGuiApplication.focusWindow())

    @property
    def is_hidden(self) -> bool:
        """Whether the view is hidden now."""
        return bool(self._hidden)

    # -- hiding and showing --------------------------------------------------------------------

    def hide_view(self) -> None:
        """Hide everything now."""
        if self._hidden:
            return
        self._focus = QApplication.focusWidget()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            # What it asks for can be asked for again; the folders that it lists say too much.
            if isinstance(window, QDialog) and window.isVisible() and window.inherits(_CHOOSER):
                window.reject()
        self._notes.dress()
        self._app.installEventFilter(self)
        self._cover_all()
        self._app.focusChanged.connect(self._keep_focus)
        self.changed.emit(True)

    def ask_back(self) -> None:
        """Show everything again, or ask for the PIN of the person who is typing."""
        if not self._asks_pin() or self._desk.root is None:
            self._show_view()
        elif not self._notes.pin.isHidden() and not self._locked:
            # Whoever wrote a note meanwhile means to type the PIN now, not to read it in the notes.
            writing = self._notes.text.hasFocus()
            self._notes.ask_pin(asked=writing)
        else:
            self._ask_whether_pin()

    def _ask_whether_pin(self) -> None:
        self._desk.read(
            self,
            lambda session: operation("handing").cover_asks_pin(session),
            lambda has: self._notes.ask_pin(asked=True) if has else self._show_view(),
        )

    def _asks_pin(self) -> bool:
        return self._desk.settings.cover_pin or self._desk.handed_over

    def _lock(self) -> None:
        """Begin hidden where a PIN is asked for: else ending and opening would go round it."""
        if self._asks_pin():
            self.hide_view()
            self._locked = True
            self._ask_whether_pin()

    def _try_pin(self, typed: str) -> None:
        self._notes.pin.clear()
        self._desk.act(
            self,
            lambda session: operation("handing").cover_pin_matches(session, typed),
            self._tried,
            failed=self._pin_refused,
        )

    def _tried(self, right: bool) -> None:
        if right:
            self._show_view()
        else:
            self._notes.say(self._desk.tr("Not right"))

    def _pin_refused(self, error: Exception) -> None:
        if not self._desk.foresaw(error):
            return
        minutes = error.fields.get("minutes")
        if minutes is None:
            raise error
        self._notes.say(self._desk.tr("Wait {minutes} min", minutes=minutes))

    def _show_view(self) -> None:
        if not self._hidden:
            return
        self._locked = False
        if self._desk.handed_over:
            self._desk.handed_over = False
            self._desk.act(self, lambda session: operation("handing").found_again(session))
        self._app.removeEventFilter(self)
        self._app.focusChanged.disconnect(self._keep_focus)
        self._notes.save()
        self._notes.ask_pin(asked=False)
        self._notes.hide()
        self._notes.setParent(self._window)
        hidden, self._hidden = self._hidden, []
        for each in hidden:
            if isValid(each.window):
                self._uncover(each)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self.changed.emit(False)

    # -- sheets --------------------------------------------------------------------------------

    def _cover_all(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.windowType() in _COVERED:
                self._cover(window)
        if not self._hidden:
            return
        host = QApplication.activeModalWidget() or QApplication.activeWindow() or self._window
        found = next((each for each in self._hidden if each.window is host), self._hidden[0])
        if found.window.isModal():
            found.window.setGeometry(self._window.geometry())
        found.sheet.hold(self._notes)
        self._notes.show()
        (self._notes.text if self._notes.pin.isHidden() else self._notes.pin).setFocus()

    def _cover_again(self) -> None:
        for each in self._hidden:
            if isValid(each.window) and each.window.geometry() != self._window.geometry():
                # A dialog finds its place only while it is shown.
                each.geometry = QRect(each.window.geometry())
        if self._hidden:
            self._cover_all()

    def _cover(self, window: QWidget) -> None:
        if any(each.window is window for each in self._hidden):
            return
        sheet = Sheet(window)
        self._hidden.append(_Hidden(window, sheet))
        window.setWindowTitle(self._desk.tr("Notes"))
        window.setWindowIcon(self._desk.look.icon("note"))
        sheet.show()
        sheet.fit()

    def _uncover(self, hidden: _Hidden) -> None:
        hidden.sheet.hide()
        hidden.sheet.deleteLater()
        hidden.window.setWindowTitle(hidden.title)
        hidden.window.setWindowIcon(hidden.icon)
        if hidden.window.isModal():
            hidden.window.setGeometry(hidden.geometry)

    # -- watching ------------------------------------------------------------------------------

    def _listen(self, window: QWindow | None) -> None:
        """Hear the keys of the window that has them now; a filter on everything would be slow."""
        if window is not None:
            # Once only, however often the window is come back to.
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear F9 and Esc Esc; while hidden, keep keys and windows under the cover."""
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride and isinstance(watched, QWindow):
            return isinstance(event, QKeyEvent) and self._key(event)
        if self._hidden and isinstance(watched, QWidget):
            if watched.isWindow():
                self._follow(watched, kind)
            return kind in _BY_HAND and self._keep_out(watched, event)
        return False

    def _keep_out(self, watched: QWidget, event: QEvent) -> bool:
        """Say whether a hand that reaches under the cover is kept out.

        A button that is held down when the view is hidden goes on to hold what is under the mouse:
        it lets go there, outside of it, so that nothing is pressed.
        """
        if any(each.isAncestorOf(watched) or each is watched for each in self._above()):
            return False
        # Those that were open were closed with the view: this one is the menu of the notes.
        if watched.window().windowType() is Qt.WindowType.Popup:
            return False
        if self._letting_go:
            return False
        if isinstance(event, QMouseEvent):
            self._letting_go = True
            QApplication.sendEvent(watched, _release())
            self._letting_go = False
        event.ignore()
        return True

    def _above(self) -> Iterator[QWidget]:
        yield self._notes
        for each in self._hidden:
            if isValid(each.sheet):
                yield each.sheet

    def _key(self, event: QKeyEvent) -> bool:
        """Say whether the key ends here. Pages have shortcuts of their own, which must not act."""
        plain = not event.isAutoRepeat() and not event.modifiers()
        if plain and (event.key() == Qt.Key.Key_F9 or self._is_second_escape(event)):
            QTimer.singleShot(0, self, self._toggle)
            event.accept()
            return True
        if self._hidden:
            event.accept()
            return True
        return False

    def _is_second_escape(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            self._last_escape = 0.0
            return False
        now = time.monotonic()
        twice = now - self._last_escape < TWICE
        self._last_escape = 0.0 if twice else now
        return twice

    def _toggle(self) -> None:
        if self._hidden:
            self.ask_back()
        else:
            self.hide_view()

    def _follow(self, window: QWidget, kind: QEvent.Type) -> None:
        if kind is QEvent.Type.Show and window.windowType() in _COVERED:
            self._cover_all()
            # Only after this does a dialog take the keys; the notes and the PIN go where they are.
            QTimer.singleShot(0, self, self._cover_again)
            return
        hidden = next((each for each in self._hidden if each.window is window), None)
        if hidden is None:
            return
        if kind in _FOLLOWED:
            hidden.sheet.fit()
        elif kind is QEvent.Type.WindowTitleChange:
            self._keep_title(hidden)
        elif kind is QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._after_closing)

    def _keep_title(self, hidden: _Hidden) -> None:
        neutral = self._desk.tr("Notes")
        if hidden.window.windowTitle() != neutral:
            hidden.title = hidden.window.windowTitle()
            hidden.window.setWindowTitle(neutral)

    def _after_closing(self) -> None:
        """A window closed by itself while hidden; the notes may have lain over it."""
        known = [each for each in self._hidden if isValid(each.window)]
        self._hidden = [each for each in known if each.window.isVisible()]
        if self._hidden:
            self._cover_all()
        for each in known:
            # It may be shown again later, when nothing is to be hidden any more.
            if each not in self._hidden and not each.sheet.isAncestorOf(self._notes):
                self._uncover(each)

    def _keep_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._hidden or self._notes.isAncestorOf(now):
            return
        if any(now.window() is each.window for each in self._hidden):
            (self._notes.text if self._notes.pin.isHidden() else self._notes.pin).setFocus()
