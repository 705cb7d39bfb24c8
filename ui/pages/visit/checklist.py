"""The checklist: how far one is, the current item, and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt

from inspector.domain.answer_options import is_key
from inspector.operations.observing import record_answer
from ui.pages.visit.answering import AnswerCard, HalfAnswer
from ui.pages.visit.bar import Bar
from ui.pages.visit.begun import Held
from ui.pages.visit.items import ItemModel, ItemPainter
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.choice import Choice
from ui.widgets.lines import Lines
from ui.widgets.surfaces import Card
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent

    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.recording.acting import Acting


class ItemList(Lines):
    """The list of items. Keys answer while it has the focus; Enter goes to the field.

    Where an item asks for a number, its digits begin that number.
    """

    def __init__(self, desk: Desk, card: AnswerCard) -> None:
        super().__init__()
        self._desk = desk
        self._card = card
        self.setAccessibleName(desk.tr("Checklist"))
        self.setMinimumHeight(tokens.CONTROL * 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by digit, write by Enter; arrows move as in every list."""
        # Some keyboards have the sign of what was not seen on a shifted key.
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._card.write()
            return
        if plain and is_key(event.text()) and self._desk.settings.single_keys:
            # A key held down says nothing of the items that follow.
            if not event.isAutoRepeat():
                self._card.take_key(event.text())
            return
        super().keyPressEvent(event)


class ChecklistCard(Card):
    """Answers are saved the moment they are chosen; the next open item becomes the current one."""

    def __init__(self, desk: Desk, acting: Acting) -> None:
        super().__init__(desk.tr("Checklist"), spacing=tokens.S)
        self._desk, self._acting = desk, acting
        self._board: Board | None = None
        tr = desk.tr
        self._count = label(role=Type.CAPTION)
        self.only_open = button(
            desk.look, tr("Only unanswered"), self._restrict, kind="chip", extent="touch"
        )
        self.head.addWidget(self._count)
        self.head.addStretch(1)
        self.head.addWidget(self.only_open)
        self._bar = Bar(desk)
        self.section = Choice(tr("Section"))
        self.section.currentIndexChanged.connect(self._restrict)
        self.answering = AnswerCard(desk)
        self.answering.chosen.connect(self._choose)
        self.answering.answered.connect(self._answer)
        self.answering.left.connect(self.take_focus)
        self.model = ItemModel(desk, self)
        self.list = ItemList(desk, self.answering)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ItemPainter(desk, self.list))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        for part in (self._bar, self.section, self.answering):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self._begun: Held[tuple[HalfAnswer, ...]] = Held(
            lambda: self.answering.halves or None, self._put
        )

    # -- showing -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Show the items of a visit; the current one stays."""
        first = self._board is None or self._board.visit != board.visit
        self._begun.leave(board.visit)
        changed = first or self._board is None or self._board.asked is not board.asked
        self._board = board
        if not changed:
            return
        current = self._code
        self.model.take(board.asked)
        if first:
            self._fill_sections()
        answered = sum(bool(each.answers) for each in board.asked)
        self._count.setText(f"{answered} / {len(board.asked)}")
        share = answered / max(1, len(board.asked))
        self._bar.show_share(share, Tone.ACCENT, self._desk.tr("Answered"))
        row = self.model.row_of(current)
        if row < 0:
            row = max(0, self.model.next_open(-1))
        self._go(row)
        self._show_current()
        self._begun.show(board.visit)

    @property
    def drafts(self) -> dict[str, tuple[HalfAnswer, ...]]:
        """What was typed at items and is not saved, by visit."""
        return self._begun.drafts

    def take_up(self, drafts: Mapping[str, tuple[HalfAnswer, ...]]) -> None:
        """Go on with what was typed on the page before."""
        self._begun.take_up(drafts)

    def _put(self, halves: tuple[HalfAnswer, ...]) -> None:
        """Let what was typed stand there again; what is being typed now stays in sight."""
        going_on = self.answering.half is not None
        for half in halves:
            self.answering.put(half)
        row = self.model.row_of(halves[-1].code)
        if row >= 0 and not going_on:
            self._go(row)
            self._show_current()

    def take_focus(self) -> None:
        """Let the keys work on the list."""
        self.list.setFocus()

    @property
    def _code(self) -> str:
        asked = self.model.asked(self.list.currentIndex().row())
        return asked.item.code if asked else ""

    def _fill_sections(self) -> None:
        self.section.blockSignals(True)
        self.section.clear()
        self.section.addItem(self._desk.tr("All sections"), "")
        for code, name in self.model.sections.items():
            self.section.addItem(name, code)
        self.section.blockSignals(False)

    def _restrict(self) -> None:
        current = self._code
        self.model.restrict(
            section=self.section.currentData() or "", only_open=self.only_open.isChecked()
        )
        self._go(max(0, self.model.row_of(current)))
        self._show_current()

    def _go(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            self.list.selectionModel().setCurrentIndex(
                self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.list.scrollTo(self.model.index(row))

    def _show_current(self) -> None:
        if self._board is None:
            return
        asked = self.model.asked(self.list.currentIndex().row())
        number = self.model.number(asked.item.code) if asked else 0
        self.answering.show_item(asked, number, self._board)
        # Laid out before it is painted: else the list is painted where it was, and then again.
        for each in (self.answering, self):
            settled = each.layout()
            if settled is not None:
                settled.activate()

    # -- answering -----------------------------------------------------------------------------

    def _choose(self, code: str, text: str, note: str) -> None:
        """Save a chosen answer and go on at once: the next key is meant for the next item."""
        self._record(code, text, note)
        self._answered(HalfAnswer(code, "", note))

    def _answer(self, code: str, text: str, note: str) -> None:
        """Save what was typed; it stays in its field until it is saved."""
        sent = HalfAnswer(code, text, note)
        self._record(code, text, note, lambda _done: self._answered(sent))

    def _record(
        self, code: str, text: str, note: str, then: Callable[[object], None] | None = None
    ) -> None:
        self._acting.record(
            lambda session, visit, seen: record_answer(session, visit, code, text, seen, note=note),
            then,
            about=("answer", code),
        )

    def _answered(self, sent: HalfAnswer) -> None:
        """Go on to the next open item, unless the person is elsewhere or types on at this one."""
        self.answering.forget_typed(sent)
        if self._code != sent.code or self.answering.half is not None:
            return
        following = self.model.next_open(self.model.row_of(sent.code))
        if following >= 0:
            self._go(following)
        if not self.answering.note.hasFocus():
            self.take_focus()
