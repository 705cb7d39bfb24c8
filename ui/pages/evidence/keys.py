"""The keys of the page: single letters and digits only where no text is typed, and if wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from inspector.base.i18n import N_
from ui.page import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk

#: As the settings list them.
KEYS: tuple[Key, ...] = (
    Key("Left", N_("Previous photograph")),
    Key("Right", N_("Next photograph")),
    Key("Return", N_("Place at the first suggestion, then the next without a place")),
    Key("1–5", N_("Place at this suggestion, then the next without a place"), single=True),
    Key("G", N_("Place at …"), single=True),
    Key("X", N_("Not used"), single=True),
    Key("P", N_("Use it after all"), single=True),
    Key("Z", N_("The whole picture, or its own size"), single=True),
    Key("0", N_("Own size, 100 %"), single=True),
    Key("+ −", N_("Zoom in, zoom out"), single=True),
    Key("R", N_("Turn the view; with Shift the other way"), single=True),
    Key("O", N_("Show the original; the record says so"), single=True),
    Key("I", N_("Show or hide the facts"), single=True),
    Key("K", N_("Clock card"), single=True),
    Key("Ctrl+V", N_("Bring in what was copied: files or a picture")),
    Key("F11", N_("Clock card")),
)
_NEVER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PageKeys(QObject):
    """Hears keys on the widgets it is installed on.

    named: what keys with a name do; typed: what characters do, “R” with Shift. What a key does
    not take (it returns False) goes on to the widget.
    """

    def __init__(
        self,
        desk: Desk,
        named: Mapping[Qt.Key, Callable[[], bool]],
        typed: Mapping[str, Callable[[], object]],
        *widgets: QWidget,
    ) -> None:
        super().__init__(widgets[0])
        self._desk, self._named, self._typed = desk, named, typed
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a key of the page."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.modifiers() & _NEVER:
            return False
        named = self._named.get(Qt.Key(event.key()))
        if named is not None:
            return named()
        act = self._typed.get(event.text())
        if act is None or not self._desk.settings.single_keys:
            return False
        if not event.isAutoRepeat() or event.text() in "+-=":
            act()
        return True
