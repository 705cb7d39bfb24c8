"""What can be decided: a remark, usual reasons, and the three verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton

from inspector.base.i18n import N_
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.review_rows import ReviewRow
    from ui.desk import Desk

#: What most returns say.
REASONS = (
    N_("Add the time"),
    N_("Add photographs"),
    N_("The category does not fit"),
    N_("Faces are not covered"),
)


class Foot(QFrame):
    """Stands below what is shown."""

    approved = Signal()
    returned = Signal()
    passed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("footer")
        self._at: tuple[str, str] | None = None
        #: Remarks that were begun below other lines, by their keys.
        self._begun: dict[tuple[str, str], str] = {}
        tr, look = desk.tr, desk.look
        self._and = tr("; ")
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Remark"))
        self.reason.setPlaceholderText(tr("Remark; a return needs it, and the team reads it"))
        self.reason.returnPressed.connect(self.returned)
        self._said = label("", Type.CAPTION, tone=Tone.DANGER, wrap=True)
        self._said.hide()
        quick = column(spacing=tokens.S)
        # Where text is large they do not fit into one line.
        beside = 2 if look.scale > tokens.LARGE else len(REASONS)
        for first in range(0, len(REASONS), beside):
            line = row(spacing=tokens.S)
            if not first:
                line.addWidget(label(tr("Usual reasons"), Type.CAPTION))
            for each in REASONS[first : first + beside]:
                line.addWidget(self._reason(desk, tr(each)))
            line.addStretch(1)
            quick.addLayout(line)
        self.on = button(look, tr("Pass on …"), self.passed.emit, icon="next")
        self.back = button(look, tr("Return (R)"), self.returned.emit, kind="danger", icon="undo")
        self.yes = button(look, tr("Approve (A)"), self.approved.emit, kind="primary", icon="check")
        acts = row(self._said, None, self.on, self.back, self.yes, spacing=tokens.S)
        outer = column(self.reason, quick, acts, spacing=tokens.S)
        outer.setContentsMargins(tokens.XL, tokens.M, tokens.XL, tokens.M)
        self.setLayout(outer)

    def _reason(self, desk: Desk, words: str) -> QPushButton:
        return button(desk.look, words, lambda: self._add(words), extent="dense")

    def _add(self, words: str) -> None:
        before = self.text
        self._put(self._and.join((before, words)) if before else words)
        self.reason.setFocus()

    def _put(self, text: str) -> None:
        """Let a remark stand here that is saved nowhere yet, as if it had been typed."""
        self.reason.setText(text)
        self.reason.setModified(bool(text))

    @property
    def is_begun(self) -> bool:
        """Whether a remark was begun below any line."""
        return bool(self._begun or self.text)

    @property
    def text(self) -> str:
        """The remark as typed."""
        return self.reason.text().strip()

    def begin(self, shown: ReviewRow | None) -> None:
        """Stand below a line of the queue; what was begun below another one waits there."""
        at = shown.key if shown is not None else None
        if at != self._at:
            if self._at is not None and self.text:
                self._begun[self._at] = self.reason.text()
            self._at = at
            self._put(self._begun.pop(at, "") if at is not None else "")
        self.say("")
        may = shown is not None and not shown.item.own
        for each in (self.back, self.yes):
            each.setEnabled(may)
        self.on.setEnabled(may)

    def decided(self, key: tuple[str, str]) -> None:
        """Let go of the remark on a line: it is recorded with the decision."""
        self._begun.pop(key, None)
        if self._at == key:
            self.reason.clear()
            self.say("")

    def say(self, text: str) -> None:
        """Say why something was not done."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def ask_reason(self, words: str) -> None:
        """Ask for the reason of a return."""
        self.say(words)
        self.reason.setFocus()
