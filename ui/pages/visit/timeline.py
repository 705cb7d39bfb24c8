"""经过: what happened, written by itself; it can be added to, mended and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from inspector.domain.schema import KIND_OF
from inspector.operations.amending import EntryKind, mend, withdraw_entry, write_entry
from inspector.operations.seeing import seen_from
from ui.messages import asked_text
from ui.pages.visit.entries import EntryForm, Written
from ui.pages.visit.happened import HappenedModel, HappenedPainter, line_height
from ui.pages.visit.naming import members_in_sight
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.drafts import keep_typed
from ui.widgets.lines import Lines
from ui.widgets.surfaces import Card
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent

    from inspector.domain.board import Row
    from inspector.domain.entities import Fact
    from inspector.operations.board import Board
    from inspector.operations.seeing import Typed
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.recording.acting import Acting
    from ui.widgets.drafts import Kept


#: Lines that are seen at once, however much stands above them: the column scrolls.
_LINES = 7


class Happened(Lines):
    """The list. Enter mends an entry, Delete withdraws it."""

    def __init__(self, card: TimelineCard) -> None:
        super().__init__()
        self._card = card
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(card.offer)
        self.doubleClicked.connect(lambda _index: card.mend())
        self.setMinimumHeight(_LINES * line_height(card.look.scale))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mend, withdraw, or move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._card.mend()
        elif event.key() == Qt.Key.Key_Delete:
            self._card.withdraw()
        else:
            super().keyPressEvent(event)


class TimelineCard(Card):
    """The timeline of a visit."""

    #: Notes are to be pasted.
    pasted = Signal()
    #: The sheet for notes by hand is to be written.
    printed = Signal()

    def __init__(self, desk: Desk, acting: Acting) -> None:
        super().__init__(desk.tr("Timeline"), spacing=tokens.S)
        self._desk, self._acting, self.look = desk, acting, desk.look
        self._board: Board | None = None
        self.form: EntryForm | None = None
        look, tr = desk.look, desk.tr
        self.head.addWidget(
            Elided(tr("Fills itself from what is recorded; Enter mends a line"), Type.CAPTION), 1
        )
        self.more = button(look, tr("Add (F8)"), self.add, kind="text", icon="plus")
        self.paste = button(look, tr("Paste notes"), self.pasted.emit, kind="text", icon="paste")
        self.sheet = icon_button(look, "print", tr("Pocket sheet"), self.printed.emit)
        for each in (self.sheet, self.paste, self.more):
            self.head.addWidget(each)
        self.model = HappenedModel(desk, self)
        self.list = Happened(self)
        self.list.setAccessibleName(tr("Timeline"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(HappenedPainter(desk, self.list))
        self.body.addWidget(self.list, 1)

    def show_board(self, board: Board) -> None:
        """Show what happened; the entry one stands on stays."""
        changed = self._board is None or self._board.timeline is not board.timeline
        self._board = board
        for each in (self.more, self.paste):
            each.setEnabled(not board.sealed)
        if changed:
            current = self._row()
            self.model.take(board)
            place = self.model.row_of(current.fact.id) if current else -1
            if place >= 0:
                self.list.setCurrentIndex(self.model.index(place))

    def _row(self) -> Row | None:
        row: Row | None = self.list.currentIndex().data(HappenedModel.ROW)
        return row

    def _people(self) -> Sequence[tuple[str, str]]:
        assert self._board is not None
        return members_in_sight(self._board, self._desk.lang)

    def offer(self, at: QPoint) -> None:
        """Offer what can be done to an entry."""
        row = self._row()
        if row is None or row.void or self._board is None or self._board.sealed:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tr, look = self._desk.tr, self._desk.look
        mending = menu.addAction(look.icon("pencil"), tr("Mend…\tEnter"))
        mending.triggered.connect(self.mend)
        taking = menu.addAction(look.icon("trash"), tr("Withdraw…\tDel"))
        taking.triggered.connect(self.withdraw)
        menu.popup(self.list.viewport().mapToGlobal(at))

    # -- adding --------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new entry."""
        board = self._board
        if board is not None and not board.sealed:
            form = self._open(self._desk.tr("New entry"))
            # What comes was seen when the bar for later entry says.
            form.seen.put(self._acting.typed)
            kept = keep_typed(self._desk, form, board.me, visit=board.visit)
            form.written.connect(lambda written: self._save_new(kept, written))

    def _open(self, title: str) -> EntryForm:
        assert self._board is not None
        form = EntryForm(self._desk, self._people(), self._board, title)
        form.setParent(self.window(), form.windowFlags())
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.open()
        self.form = form
        return form

    def _save_new(self, kept: Kept, written: Written) -> None:
        self._acting.record(
            lambda session, visit, seen: write_entry(
                session, visit, EntryKind(written.kind), written.text, seen, reply=written.reply
            ),
            lambda _done: kept.saved(),
            written.typed,
            same=written,
        )

    # -- mending -------------------------------------------------------------------------------

    def mend(self) -> None:
        """Ask how an entry should read."""
        row = self._row()
        if row is None or row.void or self._board is None or self._board.sealed:
            return
        form = self._open(self._desk.tr("Mend an entry"))
        form.show_fact(row.fact)
        kept = keep_typed(self._desk, form, row.fact.id, self._board.me, visit=row.fact.visit)

        def save(written: Written) -> None:
            typed = written.typed if form.retimed else None
            self._save_mended(kept, row.fact, written, typed)

        form.written.connect(save)

    def _save_mended(self, kept: Kept, fact: Fact, written: Written, typed: Typed | None) -> None:

        def work(session: Session) -> None:
            seen = seen_from(session, fact.visit, typed) if typed else None
            mend(session, fact, text=written.text, seen=seen)

        self._acting.run(work, lambda _done: kept.saved(), same=(fact.id, written))

    def withdraw(self) -> None:
        """Withdraw an entry, with the reason."""
        row = self._row()
        if row is None or row.void or self._board is None or self._board.sealed:
            return
        tr, visit, fact = self._desk.tr, self._board.visit, row.fact
        reason = asked_text(
            self._desk,
            self,
            tr("Withdraw this entry"),
            tr("It stays in the record, struck out, with the reason."),
            tr("Withdraw"),
            about=fact.id,
            visit=visit,
        )
        if reason:
            noun = KIND_OF[type(fact)]
            self._acting.run(lambda session: withdraw_entry(session, visit, noun, fact.id, reason))
