"""The clock card over the whole screen, and what a photograph of it says about a camera."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.operations.clock_card import ShownTime, clock_now, shown_time
from ui.theme import tokens
from ui.theme.look import families
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.drafts import keep_typed
from ui.widgets.surfaces import column, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector.base.clock import Reading
    from inspector.domain.entities import Evidence
    from inspector.operations.qr_codes import Squares
    from ui.desk import Desk

#: Imported apart from the windows: the libraries behind it load slowly.
_SQUARES = "inspector.operations.clock_square"
#: A card is photographed: it is white and black in every theme.
_PAPER, _INK = tokens.LIGHT.surface, tokens.LIGHT.text
_SECOND = 1000


class Face(QWidget):
    """The present second, the day and the zone, and the same as a square code."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reading: Reading | None = None
        self._since = QElapsedTimer()
        self._squares: dict[int, Squares] = {}
        self._asked = 0
        self.shown_ms = 0
        self._tick = QTimer(self, singleShot=True)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._advance)
        self.setMinimumSize(480, 320)
        self.setAccessibleName(desk.tr("Clock card"))
        desk.read(self, clock_now, self._begin)

    @property
    def has_code(self) -> bool:
        """Whether the square code of the second that is shown is there."""
        return self.shown_ms in self._squares

    def sizeHint(self) -> QSize:
        """Return some room: it takes what there is."""
        return QSize(960, 560)

    def _begin(self, reading: Reading) -> None:
        self._reading = reading
        self._since.start()
        self._advance()

    def _now(self) -> int:
        assert self._reading is not None
        return self._reading.ms + self._since.elapsed()

    def _advance(self) -> None:
        """Show the second that has begun, and have the code of the next one made."""
        now = self._now()
        self.shown_ms = now // _SECOND * _SECOND
        self._squares = {ms: each for ms, each in self._squares.items() if ms >= self.shown_ms}
        self._ask(self.shown_ms + _SECOND)
        self.update()
        self._tick.start(_SECOND - self._now() % _SECOND)

    def _ask(self, ms: int) -> None:
        if ms == self._asked or self._reading is None:
            return
        self._asked = ms
        zone = self._reading.zone
        self._desk.papers.run(
            self,
            lambda _progress: importlib.import_module(_SQUARES).card_square(ms, zone),
            partial(self._take, ms),
        )

    def _take(self, ms: int, square: Squares) -> None:
        self._squares[ms] = square
        if ms == self.shown_ms:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card. A code that is not ready is left out: an old one would lie."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_PAPER))
        if self._reading is not None:
            moment = to_datetime(self.shown_ms, self._reading.zone)
            high, wide = self.height(), self.width()
            painter.setPen(QColor(_INK))
            top = QRect(0, round(high * 0.04), wide, round(high * 0.42))
            _write(painter, top, f"{moment:%H:%M:%S}", self._desk, 600)
            zone, sign = abs(self._reading.zone), "-" if self._reading.zone < 0 else "+"
            day = f"{moment:%Y-%m-%d}   UTC{sign}{zone // 60:02}:{zone % 60:02}"
            below = QRect(0, round(high * 0.47), wide, round(high * 0.11))
            _write(painter, below, day, self._desk, 400)
            if self.has_code:
                self._square(painter, self._squares[self.shown_ms])
        painter.end()

    def _square(self, painter: QPainter, square: Squares) -> None:
        # The paper around it is the margin that the standard asks for.
        module = max(1, round(self.height() * 0.32) // len(square))
        left = (self.width() - module * len(square)) // 2
        top = round(self.height() * 0.63)
        for down, line in enumerate(square):
            for across, dark in enumerate(line):
                if dark:
                    place = QRectF(left + across * module, top + down * module, module, module)
                    painter.fillRect(place, QColor(_INK))


def _write(painter: QPainter, room: QRect, text: str, desk: Desk, weight: int) -> None:
    """Write digits as large as they fit."""
    font = QFont(families(desk.lang))
    font.setWeight(QFont.Weight(weight))
    font.setPixelSize(100)
    wide = QFontMetrics(font).horizontalAdvance(text)
    font.setPixelSize(max(12, min(room.height(), round(100 * room.width() * 0.9 / wide))))
    painter.setFont(font)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


class ClockCard(QDialog):
    """The card over the whole screen. It closes by Esc, F11, K or its button."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        tr = desk.tr
        self.setWindowTitle(tr("Records"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.face = Face(desk)
        self.close_button = button(
            desk.look, tr("Close"), self.accept, kind="primary", icon="close", extent="touch"
        )
        words = label(
            tr(
                "Photograph this card with each telephone and camera. When its photograph is here, "
                "choose “It shows the clock card” beside it and type the time on it."
            ),
            wrap=True,
        )
        foot = row(words, self.close_button, spacing=tokens.L, stretch=0)
        foot.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        layout = column(self.face, foot, spacing=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by the keys that opened it."""
        if event.key() in (Qt.Key.Key_F11, Qt.Key.Key_K):
            self.accept()
        else:
            super().keyPressEvent(event)


class ClockDialog(QDialog):
    """What the card showed on a photograph; says what that means before it is saved."""

    #: What the card showed: `ShownTime`.
    measured = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, evidence: Evidence, zone: int) -> None:
        super().__init__(parent)
        self._desk, self._evidence, self._zone = desk, evidence, zone
        self._shown: ShownTime | None = None
        tr = desk.tr
        self.setWindowTitle(tr("Clock card"))
        self.setModal(True)
        self.setMinimumWidth(480)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Time on the card, with seconds, like 10:41:33"))
        self.field.setAccessibleName(tr("Time on the card"))
        self.field.setProperty("extent", "field")
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._save)
        self.means = label(" ", wrap=True)
        self.save = button(
            desk.look, tr("Correct its times"), self._save, kind="primary", extent="touch"
        )
        self.save.setEnabled(False)
        cancel = button(desk.look, tr("Cancel"), self.reject, extent="touch")
        asked = label(tr("What does the card show on this photograph?"), Type.SECTION, wrap=True)
        feet = row(None, cancel, self.save)
        parts = (asked, label(self._claim(), wrap=True), self.field, self.means, feet)
        self.setLayout(column(*parts, spacing=tokens.M, margins=tokens.XL))
        keep_typed(desk, self, evidence.id, visit=evidence.visit)
        self.field.setFocus()

    def _claim(self) -> str:
        """Return what the camera itself says."""
        taken = to_datetime(self._evidence.camera_ms or 0, self._zone)
        name = self._evidence.camera or self._evidence.original_name
        return self._desk.tr(
            "{camera} says it was taken at {time}.", camera=name, time=f"{taken:%Y-%m-%d %H:%M:%S}"
        )

    def _typed(self, text: str) -> None:
        tr = self._desk.tr
        try:
            self._shown = shown_time(self._evidence, text, self._zone) if text.strip() else None
        except MingchaError:
            self._shown = None
        seconds = self._shown.offset / 1000 if self._shown else 0
        if self._shown is None:
            self.means.setText(tr("Not a time yet.") if text.strip() else " ")
        elif abs(seconds) < 1:
            self.means.setText(tr("Its clock is right."))
        elif seconds > 0:
            self.means.setText(
                tr("Its clock is {seconds} s slow; so much is added.", seconds=round(seconds))
            )
        else:
            self.means.setText(
                tr("Its clock is {seconds} s fast; so much is taken off.", seconds=-round(seconds))
            )
        retone(self.means, Tone.INFO if self._shown else None)
        self.save.setEnabled(self._shown is not None)

    def _save(self) -> None:
        if self._shown is not None:
            self.accept()
            self.measured.emit(self._shown)
