"""What became of a taking in: one sentence, and each file that could not be stored with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector.operations.offering import name_of
from inspector.operations.offering_text import outcome_text
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.surfaces import Banner, cleared, column, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.base.errors import MingchaError
    from inspector.operations.offering import Outcome
    from ui.desk import Desk

#: Failures that are listed one by one; more are counted.
MOST_LISTED = 50


class Results(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._banner = column(spacing=0)
        self._lines = column(spacing=tokens.S, margins=tokens.S)
        inside = QWidget()
        inside.setLayout(self._lines)
        self._area = scrolled(inside)
        self._area.setAccessibleName(desk.tr("What could not be stored"))
        self._area.setFixedHeight(round(104 * desk.look.scale))
        self.setLayout(column(self._banner, self._area, spacing=tokens.XS))
        self.hide()

    def show_outcome(self, outcome: Outcome, *, stopped: bool) -> None:
        """Say how a taking in ended."""
        tr = self._desk.tr
        text = outcome_text(outcome, tr)
        if stopped:
            text = tr("Stopped; what was not stored is still here. {rest}", rest=text)
        failed = bool(outcome.failed)
        self._say(
            text, Tone.WARN if failed or stopped else Tone.OK, "warning" if failed else "check"
        )
        self._list(outcome)

    def show_error(self, error: MingchaError, more: str = "") -> None:
        """Say why nothing more could be done, and `more`."""
        words = " ".join(filter(None, (error.text(self._desk.tr), more)))
        self._say(words, Tone.DANGER, "warning")

    def show_note(self, text: str) -> None:
        """Say something that one should know."""
        self._say(text, Tone.INFO, "info")

    def clear(self) -> None:
        """Say nothing any more."""
        cleared(self._banner)
        self.hide()

    def _say(self, text: str, tone: Tone, icon: str) -> None:
        cleared(self._banner)
        self._banner.addWidget(Banner(self._desk.look, text, tone, icon))
        cleared(self._lines)
        self._area.hide()
        self.show()

    def _list(self, outcome: Outcome) -> None:
        tr = self._desk.tr
        for path, reason in outcome.failed[:MOST_LISTED]:
            self._lines.addWidget(label(name_of(path), Type.STRONG, wrap=True))
            self._lines.addWidget(label(reason.text(tr), Type.CAPTION, wrap=True))
        more = len(outcome.failed) - MOST_LISTED
        if more > 0:
            self._lines.addWidget(label(tr("… and {count} more", count=more)))
        self._lines.addStretch(1)
        self._area.setVisible(bool(outcome.failed))
