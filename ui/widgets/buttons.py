"""Buttons: whatever can be pressed is one, so that keyboard and assistive tools reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QAbstractButton, QWidget

    from ui.theme.look import Look
    from ui.theme.tokens import Tone

Kind = Literal["secondary", "primary", "text", "quiet", "danger", "chip", "answer", "pill"]
Extent = Literal["default", "dense", "touch", "field"]


def pressed_by_enter(held: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button by Enter as by the space bar, and say whether it was that key.

    A key held down was meant once.
    """
    if event.key() not in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
        return False
    if not event.isAutoRepeat():
        held.click()
    return True


class _Button(QPushButton):
    """Enter presses the button that has the focus, in a dialog no other one in its place."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter as by the space bar."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class _ToolButton(QToolButton):
    """The same of a toolbar."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter as by the space bar."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


def button(
    look: Look,
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    kind: Kind = "secondary",
    icon: str = "",
    extent: Extent = "default",
    tone: Tone | None = None,
    name: str = "",
    hand: bool = True,
) -> QPushButton:
    """Return a button. `name` is what assistive tools say where the text alone is not enough.

    `hand=False` leaves it to `show_hand` to show the pointing hand over it.
    """
    made = _Button(text)
    made.setProperty("kind", kind)
    made.setProperty("extent", extent)
    if tone is not None:
        made.setProperty("tone", tone.value)
    if hand:
        show_hand(made)
    made.setAutoDefault(False)
    made.setCheckable(kind in ("chip", "answer"))
    if icon:
        made.setIcon(look.icon(icon, tone, on_accent=kind == "primary"))
        made.setIconSize(QSize(18, 18))
    if kind == "chip":
        # The chosen one is bold, which is wider; Qt asks for the room of the others.
        bold = QFontMetrics(look.font(Type.STRONG)).horizontalAdvance(text)
        made.setMinimumWidth(bold + 2 * tokens.L + (made.iconSize().width() + 6 if icon else 0))
    if name:
        made.setAccessibleName(name)
    if pressed is not None:
        # `clicked` hands over whether it is checked; what a press does is nobody's argument.
        made.clicked.connect(lambda _checked=False: pressed())
    if kind == "answer":
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def show_hand(made: QWidget) -> None:
    """Show the pointing hand over what can be pressed."""
    made.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)


def icon_button(
    look: Look, icon: str, name: str, pressed: Callable[[], object] | None = None
) -> QToolButton:
    """Return a button of a toolbar: an icon whose word stands in its tool tip and its name."""
    made = _ToolButton()
    made.setIcon(look.icon(icon))
    made.setIconSize(QSize(20, 20))
    made.setToolTip(plain_tip(name))
    made.setAccessibleName(name)
    show_hand(made)
    made.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made
