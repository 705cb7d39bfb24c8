"""Cards, badges, banners and what stands where there is nothing to show yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLayout

    from ui.theme.look import Look
    from ui.widgets.buttons import Kind


def row(*widgets: QWidget | None, spacing: int = tokens.S, stretch: int = -1) -> QHBoxLayout:
    """Return a row of widgets; None is a gap that takes what room is left."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for place, widget in enumerate(widgets):
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget, 1 if place == stretch else 0)
    return layout


def column(
    *parts: QWidget | QLayout | None, spacing: int = tokens.S, margins: int = 0
) -> QVBoxLayout:
    """Return a column of widgets and layouts; None is a gap that takes what room is left."""
    layout = QVBoxLayout()
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


class Card(QFrame):
    """A white sheet with a heading; `body` takes what it holds, `head` what stands beside it."""

    def __init__(self, title: str = "", spacing: int = tokens.S) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title = label(title, Type.SECTION)
        self.head = row(self.title, spacing=tokens.S)
        self.body = QVBoxLayout()
        self.body.setSpacing(spacing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        outer.setSpacing(tokens.M)
        if title:
            outer.addLayout(self.head)
        outer.addLayout(self.body)

    def set_active(self, active: bool) -> None:
        """Frame the card that keys work on."""
        self.setProperty("active", "true" if active else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class Badge(QFrame):
    """A word on a tinted pill, with an icon where there is one."""

    def __init__(self, look: Look, text: str, tone: Tone = Tone.NEUTRAL, icon: str = "") -> None:
        super().__init__()
        self.setObjectName("badge")
        self.setProperty("tone", tone.value)
        self._words = label(text, Type.CAPTION)
        self._picture = QLabel()
        layout = row(self._picture, self._words, spacing=tokens.XS)
        layout.setContentsMargins(10, 2, 10, 2)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._picture.setVisible(bool(icon))
        if icon:
            self._picture.setPixmap(look.pixmap(icon, 14, tone))

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Change the word, and the tone if one is given."""
        self._words.setText(text)
        if tone is not None:
            retone(self, tone)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        """The word on it."""
        return self._words.text()


class Banner(QFrame):
    """A sentence across the page, with at most one thing to do about it."""

    def __init__(
        self,
        look: Look,
        text: str,
        tone: Tone,
        icon: str,
        action: str = "",
        pressed: Callable[[], object] | None = None,
        *,
        primary: bool = False,
    ) -> None:
        """`primary=True` where nothing else on the page comes before what is to be done."""
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", tone.value)
        picture = QLabel()
        picture.setPixmap(look.pixmap(icon, 18, tone))
        self.words = label(text, wrap=True)
        self.action: QPushButton | None = None
        layout = row(picture, self.words, spacing=tokens.S, stretch=1)
        layout.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        if action:
            kind: Kind = "primary" if primary else "text"
            self.action = button(look, action, pressed, kind=kind, extent="dense")
            layout.addWidget(self.action)
        self.setLayout(layout)
        self.setAccessibleName(text)


class Nothing(QWidget):
    """What stands where there is nothing (yet): why, and what to do.

    It is made when it is first shown: most pages have one, and few people ever see it.
    """

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        text: str = "",
        action: str = "",
        pressed: Callable[[], object] | None = None,
        tone: Tone = Tone.NEUTRAL,
        *,
        primary: bool = True,
    ) -> None:
        """`primary=False` where something else on the page comes first."""
        super().__init__()
        self._look, self._icon, self._tone, self._primary = look, icon, tone, primary
        self._title, self._text = title, text
        self._action, self._pressed = action, pressed
        if action:
            # Tab goes in the order in which buttons are made.
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Say it."""
        if self.layout() is None:
            self._make()
        super().showEvent(event)

    def _make(self) -> None:
        picture = QLabel()
        picture.setPixmap(self._look.pixmap(self._icon, 36, self._tone))
        layout = column(None, spacing=tokens.S, margins=tokens.L)
        parts: list[QWidget] = [picture, label(self._title, Type.SECTION, wrap=True)]
        if self._text:
            parts.append(label(self._text, wrap=True))
        if self._action:
            kind: Kind = "primary" if self._primary else "secondary"
            go_on = button(self._look, self._action, self._pressed, kind=kind)
            # Whoever leads the keys here means the one thing that can be done.
            self.setFocusProxy(go_on)
            parts.append(go_on)
        for part in parts:
            if isinstance(part, QLabel):
                part.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
                layout.addWidget(part)
            else:
                layout.addWidget(part, 0, QtCore.Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.setLayout(layout)


class Bones(QWidget):
    """The skeleton of a list that is on its way."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__()
        layout = column(spacing=tokens.L, margins=tokens.S)
        for number in range(rows):
            for height, share in ((14, 9 - number % 3), (10, 5)):
                bone = QFrame()
                bone.setObjectName("bone")
                bone.setFixedHeight(height)
                line = QHBoxLayout()
                line.addWidget(bone, share)
                line.addStretch(10 - share)
                layout.addLayout(line)
        layout.addStretch(1)
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        """Return none: what comes in their place says what room it needs."""
        return QSize(0, 0)


class _Column(QScrollArea):
    """Never narrower than what it holds."""

    def minimumSizeHint(self) -> QSize:
        """Return the room of what it holds and of the bar that scrolls it."""
        hint, inside = super().minimumSizeHint(), self.widget()
        if inside is None:
            return hint
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inside.minimumSizeHint().width() + bar, hint.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the room anew when what it holds needs another."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Aside(QScrollArea):
    """A line in a card: what has no room is scrolled sideways and widens nothing."""

    def __init__(self, line: QLayout) -> None:
        super().__init__()
        self._inside = inside = QWidget()
        inside.setLayout(line)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        inside.setObjectName("panel")
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """Return the room of the whole line."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the height of the line, and no width."""
        return QSize(0, self._inside.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the room anew when the line needs another."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(inside: QWidget, *, whole: bool = False) -> QScrollArea:
    """Return an area that scrolls `inside` up and down and never sideways.

    whole: it takes at least the width that `inside` needs, where others would take it away.
    """
    area = _Column() if whole else QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
    inside.setObjectName("canvas")
    area.setWidget(inside)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll the area that `widget` lies in so that it can be seen."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(widget)


def cleared(layout: QLayout) -> None:
    """Remove everything from a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            cleared(inner)
