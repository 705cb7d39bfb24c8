"""What a visit says above everything: how it begins, and that it is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from inspector.domain.vocabulary import Phase
from ui.theme.tokens import Tone
from ui.widgets.drafts import brief, forget
from ui.widgets.surfaces import Banner, cleared, column

if TYPE_CHECKING:
    from inspector.operations.board import Board
    from ui.desk import Desk


class TopBanner(QWidget):
    """A sentence with what comes next, where nothing else on the page says it."""

    #: The covert part is to begin.
    began = Signal()
    #: A supplement is wanted.
    supplemented = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines = column(spacing=0)
        self.setLayout(self._lines)
        self.hide()
        #: The phase of which it speaks, and what was typed too late.
        self._told: tuple[Phase, tuple[str, ...]] | None = None
        #: What of it was copied, with its visit: it is named no more.
        self._copied: set[tuple[str, str]] = set()

    def show_board(self, board: Board, unsaved: tuple[str, ...] = ()) -> None:
        """Speak of a visit before it begins, and once it is sealed.

        unsaved: what was typed in it and was not saved before it was sealed.
        """
        phase = Phase.SEALED if board.sealed else board.standing.team
        unsaved = tuple(each for each in unsaved if (board.visit, each) not in self._copied)
        if (phase, unsaved) == self._told:
            return
        self._told = (phase, unsaved)
        cleared(self._lines)
        if phase is Phase.SEALED:
            self._lines.addWidget(self._sealed())
            if unsaved:
                self._lines.addWidget(self._too_late(board, unsaved))
        elif phase is Phase.PREPARED:
            self._lines.addWidget(self._prepared())
        self.setVisible(bool(self._lines.count()))

    def _prepared(self) -> Banner:
        tr = self._desk.tr
        return Banner(
            self._desk.look,
            tr("Prepared. Begin the covert part once you are at the place."),
            Tone.INFO,
            "play",
            tr("Begin the covert part"),
            self.began.emit,
            primary=True,
        )

    def _sealed(self) -> Banner:
        tr = self._desk.tr
        return Banner(
            self._desk.look,
            tr("Sealed, read-only. Add a supplement to correct it."),
            Tone.INFO,
            "lock",
            tr("Add a supplement"),
            self.supplemented.emit,
        )

    def _too_late(self, board: Board, unsaved: tuple[str, ...]) -> Banner:
        tr = self._desk.tr

        def copy() -> None:
            QGuiApplication.clipboard().setText("\n".join(unsaved))
            self._desk.say(tr("Copied. It can be pasted into a supplement."))
            forget(self._desk, board.visit)
            self._copied |= {(board.visit, each) for each in unsaved}
            self.show_board(board)

        return Banner(
            self._desk.look,
            tr(
                "Typed here and not saved before the seal, so not in the record: {texts}",
                texts=("；" if self._desk.lang == "zh" else "; ").join(map(brief, unsaved)),
            ),
            Tone.WARN,
            "warning",
            tr("Copy it"),
            copy,
        )
