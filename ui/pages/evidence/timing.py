"""Giving a time to a file that states none, with what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from ui.pages.visit.naming import members_in_sight
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.drafts import keep_typed
from ui.widgets.seen import WIDTH, SeenRow
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.domain.entities import Evidence
    from inspector.operations.board import Board
    from ui.desk import Desk


class TimeDialog(QDialog):
    """It stays open until the time is saved: what is typed is not lost."""

    #: What was typed: `Typed`.
    timed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, evidence: Evidence, board: Board) -> None:
        super().__init__(parent)
        tr = desk.tr
        self.setWindowTitle(tr("Give it a time"))
        self.setModal(True)
        self.setMinimumWidth(round(WIDTH * desk.look.scale))
        self.seen = SeenRow(desk, named=True)
        people = members_in_sight(board, desk.lang)
        self.seen.set_people(people, evidence.observer or board.me, board.visit)
        self.seen.at.setPlaceholderText(tr("10:38, or 2026-11-20 10:38"))
        self.seen.edited.connect(self._check)
        self.seen.entered.connect(self._save)
        cancel = button(desk.look, tr("Cancel"), self.reject, extent="touch")
        self.save = button(
            desk.look, tr("Save"), self._save, kind="primary", icon="check", extent="touch"
        )
        self.setLayout(
            column(
                label(tr("When was it taken?"), Type.SECTION),
                label(
                    tr("The file states no time. What the time rests on is kept and printed."),
                    wrap=True,
                ),
                self.seen,
                row(None, cancel, self.save),
                spacing=tokens.M,
                margins=tokens.XL,
            )
        )
        self.kept = keep_typed(desk, self, evidence.id, board.me, visit=board.visit)
        self._check()
        self.seen.at.setFocus()

    def _check(self) -> None:
        self.save.setEnabled(bool(self.seen.typed.at))

    def _save(self) -> None:
        if self.save.isEnabled():
            self.timed.emit(self.seen.typed)
