"""What the page of a visit asks for in dialogs, before something is done that rests on it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from inspector.domain.vocabulary import Phase
from inspector.operations.sealing import start_supplement
from ui.messages import asked_file_to_write, asked_text
from ui.pages.visit.entering import CovertDialog, RevealDialog
from ui.pages.visit.notes import NotesDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.recording.acting import Acting

#: Imported by the worker when a paper is asked for: the libraries behind it load slowly.
_PAPERS = "inspector.operations.dossiers"


class Asking(QObject):
    """Phases, pasted notes, the sheet for notes by hand, the reason of a supplement."""

    #: The covert part has begun.
    covert_began = Signal()
    #: What was asked is answered: one goes on where one was.
    answered = Signal()

    def __init__(self, desk: Desk, acting: Acting, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._acting, self._page = desk, acting, page

    @property
    def _board(self) -> Board | None:
        return self._acting.keeper.board

    # -- phases --------------------------------------------------------------------------------

    def enter(self, phase: Phase) -> None:
        """Enter a phase, or go to where one is worked on."""
        board = self._board
        if board is None:
            return
        if phase is Phase.SEALED and not board.sealed:
            self._desk.go("closing", board.visit, step="seal")
        elif phase in (Phase.FEEDBACK, Phase.SEALED):
            self._desk.go("closing", board.visit)
        elif phase is Phase.COVERT and board.standing.team is Phase.PREPARED:
            rules = CovertDialog(self._desk, self._acting, board)
            rules.accepted.connect(self.covert_began)
            self._ask(rules)
        elif phase is Phase.OVERT and board.standing.team in (Phase.PREPARED, Phase.COVERT):
            self._ask(RevealDialog(self._desk, self._acting, board))

    def _ask(self, dialog: QDialog) -> None:
        dialog.accepted.connect(self.answered)
        dialog.setParent(self._page.window(), dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- notes ---------------------------------------------------------------------------------

    def paste(self) -> None:
        """Ask for notes that were typed elsewhere."""
        board = self._board
        if board is not None and not board.sealed:
            self._ask(NotesDialog(self._desk, self._acting, board))

    def print_sheet(self) -> None:
        """Write the sheet for notes by hand where the person wants it, and open it."""
        board, tr = self._board, self._desk.tr
        if board is None:
            return
        name = tr("notes")
        suggested = Path.home() / f"{name}.pdf"
        target = asked_file_to_write(self._page, tr("Pocket sheet"), suggested, "PDF (*.pdf)")
        if target is None:
            return
        hall, lang = board.record.hall.id, self._desk.lang

        def show(_made: object) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
                self._desk.say(tr("Written to {path}. No program opened it.", path=target))

        def write(session: Session) -> None:
            importlib.import_module(_PAPERS).pocket_sheet(session, hall, target, lang)

        self._desk.read(self, write, show)

    # -- correcting ----------------------------------------------------------------------------

    def supplement(self) -> None:
        """Open a linked visit that corrects a sealed one, with the reason."""
        board, tr = self._board, self._desk.tr
        if board is None:
            return
        reason = asked_text(
            self._desk,
            self._page,
            tr("Add a supplement"),
            tr("The sealed visit stays as it is; the supplement has a seal of its own."),
            tr("Add a supplement"),
            about=board.visit,
        )
        if reason:
            visit = board.visit
            self._acting.run(
                lambda session: start_supplement(session, visit, reason).id,
                lambda made: self._desk.go("visit", made),
                same=("supplement", visit),
            )
