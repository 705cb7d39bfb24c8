"""When something was seen, by whom, and what the time rests on: one row on every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector.domain.terms import title_of
from inspector.domain.vocabulary import TimeSource
from inspector.operations.seeing import Typed, is_ahead
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.choice import Choice
from ui.widgets.surfaces import column, row
from ui.widgets.text import label, plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.desk import Desk

#: Sources that a person can name for a time that they type.
SOURCES = tuple(source for source in TimeSource if source is not TimeSource.LIVE)
#: A form that holds the row is at least this wide. Logical pixels at 100 %.
WIDTH = 620
#: A time is looked at once one rests in typing it. Milliseconds.
REST_MS = 250


class SeenRow(QWidget):
    """Empty, it means: seen now, by whoever is typing."""

    #: Something was typed or chosen.
    edited = Signal()
    #: Enter was pressed in the field of the time.
    entered = Signal()

    def __init__(self, desk: Desk, *, named: bool = False) -> None:
        """`named`: each field carries its name above it, where a form has the room."""
        super().__init__()
        tr = desk.tr
        self._desk = desk
        self._me = self._visit = ""
        self._people: tuple[tuple[str, str], ...] = ()
        self.at = QLineEdit()
        self.at.setPlaceholderText(tr("Now, or 10:38-10:52"))
        self.at.setAccessibleName(tr("Time seen"))
        self.at.setClearButtonEnabled(True)
        self.observer = Choice(tr("Seen by"))
        self.source = Choice(tr("Source of the time"), tr("What the time rests on"))
        self.source.addItem(tr("memory (unless said)"), None)
        for source in SOURCES:
            self.source.addItem(title_of(source, desk.lang), source)
        for box in (self.observer, self.source):
            box.currentIndexChanged.connect(self.edited)
        self.source.setEnabled(False)
        self.at.textChanged.connect(self._typed)
        self.at.returnPressed.connect(self.entered)
        self.ahead = label(tr("not come yet"), Type.CAPTION, tone=Tone.WARN)
        words = tr("This time has not come yet. Check the time and the day.")
        self.ahead.setToolTip(plain_tip(words))
        self.ahead.setAccessibleName(words)
        self.ahead.hide()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look_ahead)
        layout = row(spacing=tokens.S)
        for field, share in ((self.at, 3), (self.observer, 2), (self.source, 2)):
            if named:
                above = label(field.accessibleName(), Type.CAPTION)
                layout.addLayout(column(above, field, spacing=tokens.XS), share)
            else:
                layout.addWidget(field, share)
        # Beside the fields, wherever their names stand.
        beside = Qt.AlignmentFlag.AlignBottom if named else Qt.AlignmentFlag.AlignVCenter
        layout.addWidget(self.ahead, 0, beside)
        self.setLayout(layout)

    def set_people(self, people: Sequence[tuple[str, str]], me: str, visit: str) -> None:
        """Offer people (id, name) as observers; `me` is chosen until somebody else is.

        Somebody who is not among them is not taken for one of them: nobody is chosen then. visit:
        the one on whose day a time without a day is meant.
        """
        self._visit = visit
        if (tuple(people), me) == (self._people, self._me):
            return
        chosen = self.observer.currentData()
        if chosen in (None, self._me):
            chosen = me  # nobody was chosen: whoever was at the keys before does not stay
        self._people, self._me = tuple(people), me
        self.observer.blockSignals(True)
        self.observer.clear()
        for person, name in people:
            self.observer.addItem(name, person)
        self.observer.setCurrentIndex(self.observer.findData(chosen))
        self.observer.blockSignals(False)

    @property
    def typed(self) -> Typed:
        """What stands in the row."""
        source = self.source.currentData() if self.source.isEnabled() else None
        return Typed(
            at=self.at.text().strip(),
            observer=self.observer.currentData() or "",
            source=TimeSource(source) if source else None,
        )

    def put(self, typed: Typed) -> None:
        """Let a time, an observer and a source stand here as though they were typed."""
        self.at.setText(typed.at)
        self.at.setModified(bool(typed.at))
        self.observer.setCurrentIndex(self.observer.findData(typed.observer or self._me))
        self.source.setCurrentIndex(max(0, self.source.findData(typed.source)))

    def clear(self) -> None:
        """Mean “now, seen by whoever is typing” again."""
        self.at.clear()
        self.source.setCurrentIndex(0)
        self.observer.setCurrentIndex(self.observer.findData(self._me))

    def _typed(self, text: str) -> None:
        self.source.setEnabled(bool(text.strip()))
        self.ahead.hide()
        self._rest.start()
        self.edited.emit()

    def _look_ahead(self) -> None:
        """Say at once of a time that has not come yet; it is not refused."""
        visit, typed = self._visit, self.typed
        if visit and typed.at:
            self._desk.read(
                self,
                lambda session: is_ahead(session, visit, Typed(typed.at)),
                lambda ahead: self.ahead.setVisible(ahead and self.typed.at == typed.at),
                failed=self._keep_quiet,
            )

    def _keep_quiet(self, error: Exception) -> None:
        """Leave it to the saving to say what is wrong with the visit; a fault of ours goes on."""
        self._desk.foresaw(error)
