"""Labels. All of them show plain text: what people type is never read as markup."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme.tokens import Tone, Type


def label(
    text: str = "",
    role: Type = Type.BODY,
    *,
    tone: Tone | None = None,
    wrap: bool = False,
    selectable: bool = False,
) -> QLabel:
    """Return a label in one of the roles that text plays."""
    made = QLabel(text)
    dress(made, role, tone=tone)
    made.setWordWrap(wrap)
    if selectable:
        flags = QtCore.Qt.TextInteractionFlag.TextSelectableByMouse
        made.setTextInteractionFlags(flags | QtCore.Qt.TextInteractionFlag.TextSelectableByKeyboard)
    return made


def dress(made: QLabel, role: Type, *, tone: Tone | None = None) -> None:
    """Give a label a role, and a tone if its words say something good or bad."""
    made.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    made.setProperty("type", role.value)
    if tone is not None:
        made.setProperty("tone", tone.value)


def retone(widget: QWidget, tone: Tone | None) -> None:
    """Change the tone of a widget that is shown already."""
    wanted = tone.value if tone else ""
    if (widget.property("tone") or "") == wanted:
        return
    widget.setProperty("tone", wanted)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Elided(QLabel):
    """One line that ends in “…” where there is no room; the whole stands in its tool tip."""

    def __init__(self, text: str = "", role: Type = Type.BODY, tone: Tone | None = None) -> None:
        super().__init__(text)
        dress(self, role, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        #: What was painted last: the text, its letters and room, and what of it was shown there.
        self._last = ("", self.font(), 0, "")

    def setText(self, text: str) -> None:
        """Show `text` on one line."""
        super().setText(" ".join(text.split()))

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few characters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits, and offer the whole text where it does not."""
        room, text = self.contentsRect(), self.text()
        if not text:  # as in the frame before its first page; nothing is loaded to draw nothing
            if self.toolTip():
                self.setToolTip("")
            return
        wide = room.width()
        if self._last[:3] != (text, self.font(), wide):
            self._last = (text, self.font(), wide, self._fitted(wide))
        shown = self._last[3]
        if shown == text:
            # Dozens of them are painted with each page; Qt paints a whole line in one step.
            super().paintEvent(event)
        else:
            painter = QPainter(self)
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, self.alignment(), shown)
            painter.end()
        # Nobody points at what was not painted; measuring each text when it is set takes longer.
        tip = "" if shown == text else plain_tip(text)
        if tip != self.toolTip():
            self.setToolTip(tip)

    def _fitted(self, room: int) -> str:
        """Return what is painted in so much room."""
        elide = QtCore.Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), elide, room)


class Fitting(Elided):
    """One line that says less where there is less room, before it ends in “…”."""

    def __init__(self, role: Type = Type.BODY) -> None:
        super().__init__(role=role)
        self._shorter: tuple[str, ...] = ()

    def say(self, text: str, *shorter: str) -> None:
        """Show `text`, or the first of the shorter ones that there is room for."""
        self._shorter = shorter
        self._last = ("", self.font(), 0, "")
        self.setText(text)
        self.update()

    def _fitted(self, room: int) -> str:
        wide = self.fontMetrics().horizontalAdvance
        texts = (self.text(), *self._shorter)
        fitting = next((each for each in texts if wide(each) <= room), None)
        if fitting is not None:
            return fitting
        return self.fontMetrics().elidedText(texts[-1], QtCore.Qt.TextElideMode.ElideRight, room)


def plain_tip(text: str) -> str:
    """Return a tool tip that shows `text` literally; Qt would take `<b>` for markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"


class Line(QFrame):
    """A hairline between two parts."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setObjectName("line")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
