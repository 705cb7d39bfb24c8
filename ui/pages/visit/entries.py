"""Forms of the timeline: a new entry, and mending one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from inspector.base.i18n import N_
from inspector.base.values import frozen
from inspector.domain.clocktext import clock, iso_day
from inspector.operations.amending import EntryKind, may_be_retimed, text_field
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.choice import ChoiceBox
from ui.widgets.seen import WIDTH, SeenRow
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.entities import Fact
    from inspector.operations.board import Board
    from inspector.operations.seeing import Typed
    from ui.desk import Desk

#: What can be written down.
KINDS: dict[EntryKind, str] = {
    EntryKind.NOTE: N_("Note on the timeline"),
    EntryKind.REMARK: N_("Observation for the dossier"),
    EntryKind.HEADS: N_("Windows staffed, like 9/12"),
    EntryKind.REQUEST: N_("Scripted request"),
    EntryKind.ARRIVED: N_("Arrived"),
    EntryKind.LEFT: N_("Left"),
}


@frozen
class Written:
    """What stands in a form of the timeline. kind: an `EntryKind`, "" where one is mended."""

    kind: str
    text: str
    reply: str
    typed: Typed


class EntryForm(QDialog):
    """Asks and returns; it changes nothing and stays open until what it asked for is saved."""

    #: The form is to be saved: `Written`.
    written = Signal(object)

    def __init__(
        self, desk: Desk, people: Sequence[tuple[str, str]], board: Board, title: str
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumWidth(round(WIDTH * desk.look.scale))
        tr = desk.tr
        self._desk = desk
        self.kind = ChoiceBox(tr("What"))
        for kind, name in KINDS.items():
            self.kind.addItem(tr(name), kind)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Text"))
        self.text.setMinimumHeight(96)
        self.reply = QLineEdit()
        self.reply.setPlaceholderText(tr("What was replied"))
        self.reply.setAccessibleName(tr("What was replied"))
        self.reply.hide()
        self.seen = SeenRow(desk, named=True)
        self.seen.set_people(people, board.me, board.visit)
        save = button(desk.look, tr("Save"), self._send, kind="primary", icon="check")
        save.setAutoDefault(True)
        cancel = button(desk.look, tr("Cancel"), self.reject)
        self.setLayout(
            column(
                label(title, Type.SECTION),
                self.kind,
                self.text,
                self.reply,
                self.seen,
                row(None, cancel, save),
                spacing=tokens.M,
                margins=tokens.XL,
            )
        )
        self.text.setFocus()

    def show_fact(self, fact: Fact) -> None:
        """Fill in an entry that is to be mended."""
        self.kind.hide()
        self.kind.setCurrentIndex(-1)
        name = text_field(fact)
        self.text.setVisible(bool(name))
        self.text.setPlainText(getattr(fact, name) if name else "")
        self.seen.setEnabled(may_be_retimed(fact))
        zone = fact.observed_zone
        if fact.observed_from is not None:
            day = iso_day(fact.observed_from, zone)
            at = f"{day} {clock(fact.observed_from, zone, seconds=True)}"
            if fact.observed_to is not None:
                at += f"-{clock(fact.observed_to, zone, seconds=True)}"
            self.seen.at.setText(at)
            self.seen.source.setCurrentIndex(self.seen.source.findData(fact.time_source))
        self.seen.observer.setCurrentIndex(self.seen.observer.findData(fact.observer))
        self._before = self.seen.typed

    @property
    def retimed(self) -> bool:
        """Whether time, observer or source were changed since the entry was filled in."""
        return self.seen.isEnabled() and self.seen.typed != self._before

    def _kind_chosen(self) -> None:
        self.reply.setVisible(self.kind.currentData() == EntryKind.REQUEST)

    def _send(self) -> None:
        self.written.emit(
            Written(
                kind=self.kind.currentData() or "",
                text=self.text.toPlainText(),
                reply=self.reply.text(),
                typed=self.seen.typed,
            )
        )
