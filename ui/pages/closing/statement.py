"""What the unit says to one finding: saved at every press, and a moment after the last key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from inspector.domain.entities import Statement
from inspector.domain.terms import title_of
from inspector.domain.vocabulary import Position
from inspector.operations.feedback import take_statement
from inspector.operations.seeing import Typed, seen_from
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from ui.desk import Desk

#: How long after the last key a text is saved. Milliseconds.
PAUSE_MS = 900

#: Icon and tone of what the unit says to a finding.
LOOKS = {
    Position.AGREE: ("conforms", Tone.OK),
    Position.DISAGREE: ("deviates", Tone.DANGER),
    Position.EXPLAIN: ("chat", Tone.INFO),
    Position.NO_STATEMENT: ("minus", Tone.ACCENT),
}


@dataclass(frozen=True, slots=True)
class _Said:
    finding: str
    position: Position
    text: str
    speaker: str


def record_statement(session: Session, visit: str, said: _Said) -> Statement:
    """Record what was said as seen now by whoever is typing."""
    statement = Statement(
        id="",
        visit=visit,
        finding=said.finding,
        position=said.position,
        text=said.text,
        speaker=said.speaker,
    )
    return take_statement(session, statement, seen_from(session, visit, Typed()))


class StatementForm(QWidget):
    """Four answers, the words, and who speaks."""

    #: Something was saved: `Statement`.
    saved = Signal(object)

    def __init__(self, desk: Desk, visit: str) -> None:
        super().__init__()
        self._desk, self._visit, self._finding = desk, visit, ""
        self._known: _Said | None = None
        look, tr = desk.look, desk.tr
        self.answers: dict[Position, QPushButton] = {}
        for position, (icon, tone) in LOOKS.items():
            made = button(
                look,
                title_of(position, desk.lang),
                partial(self._choose, position),
                kind="answer",
                icon=icon,
                extent="field",
                tone=tone,
            )
            self.answers[position] = made
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("In the unit's own words"))
        self.text.setPlaceholderText(tr("In the unit's own words"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(64)
        self.text.setMaximumHeight(140)
        self.speaker = QLineEdit()
        self.speaker.setAccessibleName(tr("Who speaks: name and post"))
        self.speaker.setPlaceholderText(tr("Who speaks: name and post"))
        self.speaker.setProperty("extent", "field")
        self.state = label("", Type.CAPTION, wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.text.textChanged.connect(self._typed)
        self.speaker.textEdited.connect(self._typed)
        first, second, third, fourth = self.answers.values()
        answers = column(row(first, second), row(third, fourth))
        self.setLayout(column(answers, self.text, self.speaker, self.state, spacing=tokens.S))

    def show_statement(self, finding: str, said: Statement | None, speaker: str) -> None:
        """Show what was said to `finding`; `speaker` is who spoke before. Saves what is open."""
        self.flush()
        self._finding = finding
        self._known = None
        if said is not None:
            self._known = _Said(finding, said.position, said.text, said.speaker)
        for position, made in self.answers.items():
            made.setChecked(said is not None and said.position is position)
        for field, text in ((self.text, said.text if said else ""),):
            field.blockSignals(True)
            field.setPlainText(text)
            field.blockSignals(False)
        self.speaker.setText(said.speaker if said and said.speaker else speaker)
        self._tell(self._desk.tr("Saved.") if said else "", None)

    def follow(self, finding: str, said: Statement | None, speaker: str) -> None:
        """Show what was said elsewhere meanwhile, unless something here is not saved yet."""
        told = _Said(finding, said.position, said.text, said.speaker) if said else None
        if finding == self._finding and told != self._known and not self._is_unsaved:
            self.show_statement(finding, said, speaker)

    @property
    def _is_unsaved(self) -> bool:
        return self._pause.isActive() or self._said() not in (None, self._known)

    @property
    def position(self) -> Position | None:
        """What was chosen."""
        return next((p for p, made in self.answers.items() if made.isChecked()), None)

    def flush(self) -> None:
        """Save what was typed and is not saved yet."""
        self._pause.stop()
        said = self._said()
        if said is None or not self._finding or said == self._known:
            return
        self._known = said
        self._mark(unsaved=False)
        visit = self._visit
        self._desk.act(
            self,
            lambda session: record_statement(session, visit, said),
            self._done,
            self._refused,
        )

    def _said(self) -> _Said | None:
        """Return what stands here, None without an answer."""
        if (position := self.position) is None:
            return None
        text, speaker = self.text.toPlainText().strip(), self.speaker.text().strip()
        return _Said(self._finding, position, text, speaker)

    def _choose(self, position: Position) -> None:
        for each, made in self.answers.items():
            made.setChecked(each is position)
        self.flush()

    def _typed(self) -> None:
        if self.position is None and self.text.toPlainText().strip():
            # Whoever says something without agreeing or objecting explains.
            self.answers[Position.EXPLAIN].setChecked(True)
        self._tell("", None)
        self._pause.start()

    def _done(self, statement: Statement) -> None:
        if statement.finding == self._finding:
            self._tell(self._desk.tr("Saved."), Tone.OK)
        self.saved.emit(statement)

    def _refused(self, error: Exception) -> None:
        if not self._desk.foresaw(error):
            return
        self._known = None
        self._mark(unsaved=True)
        self._tell(error.text(self._desk.tr), Tone.DANGER)

    def _mark(self, *, unsaved: bool) -> None:
        """Say to whoever looks for what is typed whether it is saved."""
        self.text.document().setModified(unsaved)
        self.speaker.setModified(unsaved)

    def _tell(self, text: str, tone: Tone | None) -> None:
        self.state.setText(text)
        retone(self.state, tone)
