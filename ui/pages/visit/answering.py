"""The card of the current item: its words, and the answers one can give."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from inspector.base.i18n import N_
from inspector.domain.answer_options import Option, is_key, is_typed, meant, options_of
from inspector.domain.answer_text import answer_text, limit_text
from inspector.domain.catalogues import printable_source
from inspector.domain.terms import term
from inspector.domain.vocabulary import AnswerType
from ui.pages.visit.items import SIGNS, wording
from ui.pages.visit.naming import named_in_sight
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import column, row
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.domain.board import Asked
    from inspector.operations.board import Board
    from ui.desk import Desk

#: By type and form of an answer, how it is typed. A text without a form needs no such words.
_HOW_TYPED = {
    (AnswerType.COUNT, ""): N_("type the digits"),
    (AnswerType.MINUTES, ""): N_("type the digits"),
    (AnswerType.NUMBER, ""): N_("type the digits"),
    (AnswerType.PAIR, ""): N_("like 33/36"),
    (AnswerType.PAIR, "decimal"): N_("like 3.5/5"),
    (AnswerType.PAIR, "date"): N_("like 2026-03-01/2026-03-31, - if nothing was sent"),
    (AnswerType.TEXT, "date"): N_("like 2026-03-01"),
    (AnswerType.TEXT, "time"): N_("like 09:05"),
}


class AnswerKeys(QWidget):
    """The answers that items of one kind can be given, and the way to the note."""

    #: An answer was pressed: its digit.
    pressed = Signal(int)
    #: A note is wanted.
    noted = Signal()

    def __init__(self, desk: Desk, options: tuple[Option, ...]) -> None:
        super().__init__()
        self._desk = desk
        #: By digit, each with its key.
        self.options: dict[int, tuple[Option, QPushButton]] = {}
        large, others = QGridLayout(), row(spacing=tokens.S)
        for place, option in enumerate(each for each in options if each.main):
            large.addWidget(self._key(option, large=True), place // 2, place % 2)
        for option in options:
            if not option.main:
                others.addWidget(self._key(option, large=False))
        others.addStretch(1)
        others.addWidget(icon_button(desk.look, "pencil", desk.tr("Note"), self.noted.emit))
        self.setLayout(column(large, others, spacing=tokens.S))

    def _key(self, option: Option, *, large: bool) -> QPushButton:
        desk = self._desk
        tone, icon = SIGNS[option.conformity]
        made = button(
            desk.look,
            f"{option.key} {option.name(desk.lang)}".lstrip(),
            lambda: self.pressed.emit(option.digit),
            kind="answer" if large else "chip",
            icon=icon if large else "",
            # Large text leaves no room beside each other for letters that are larger still.
            extent="field" if large and desk.look.scale <= tokens.LARGE else "touch",
            tone=tone,
            name=option.name(desk.lang),
        )
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.options[option.digit] = (option, made)
        return made


class HalfAnswer(NamedTuple):
    """What was typed at an item and is not saved: its answer, if that is typed, and its note."""

    code: str
    typed: str
    note: str

    @property
    def words(self) -> str:
        """What a person typed, with the item it was meant for."""
        return " ".join(part for part in (self.code, self.typed, self.note) if part)


class AnswerCard(QFrame):
    """Shows one item; says what was chosen and what was typed.

    What was typed at items of the visit that one went away from waits here, by item.
    """

    #: One of its answers was chosen: the code of the item, the text of the answer, the note.
    chosen = Signal(str, str, str)
    #: The same of an answer or a note that was typed, which may be refused.
    answered = Signal(str, str, str)
    #: The person is through with the field and wants to be in the list again.
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("answering")
        self._desk = desk
        self._asked: Asked | None = None
        self._visit = ""
        self._left: dict[str, HalfAnswer] = {}
        #: The keys of each kind of item that was shown: made once, as items of a kind come again.
        self._made: dict[tuple[Option, ...], AnswerKeys] = {}
        self._keys: AnswerKeys | None = None
        self._place = Elided(role=Type.CAPTION)
        self._source = Elided(role=Type.CAPTION)
        self._source.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words = label(role=Type.SECTION, wrap=True)
        self._limit = label(role=Type.CAPTION, wrap=True)
        self._others = label(role=Type.CAPTION, wrap=True)
        self.field = QLineEdit()
        self.field.setProperty("extent", "field")
        self.field.returnPressed.connect(self._send_typed)
        self.note = QLineEdit()
        self.note.setPlaceholderText(desk.tr("Note"))
        self.note.setAccessibleName(desk.tr("Note"))
        self.note.returnPressed.connect(self._send_note)
        for each in self._fields:
            each.installEventFilter(self)
        self._places = column(spacing=0)
        head = row(spacing=tokens.S)
        head.addWidget(self._place, 2)
        head.addWidget(self._source, 3)
        layout = column(spacing=tokens.S, margins=tokens.M)
        for part in (self._words, self._limit):
            part.setMinimumWidth(1)
        layout.addLayout(head)
        layout.addWidget(self._words)
        layout.addWidget(self._limit)
        layout.addWidget(self.field)
        layout.addLayout(self._places)
        layout.addWidget(self.note)
        layout.addWidget(self._others)
        self.setLayout(layout)

    # -- showing -------------------------------------------------------------------------------

    def show_item(self, asked: Asked | None, number: int, board: Board) -> None:
        """Show an item with the answers that were given; None shows that there is none."""
        self.setVisible(asked is not None)
        same = asked and self._asked and asked.item == self._asked.item
        same = same and self._visit == board.visit
        if self._visit != board.visit:
            self._left.clear()
        elif not same and self.half is not None:
            self._left[self.half.code] = self.half
        self._asked, self._visit = asked, board.visit
        if asked is None:
            return
        desk, item = self._desk, asked.item
        mine = asked.by(board.me) if board.me else asked.latest
        if not same:
            self._dress(asked, number)
            self.field.clear()
            self.note.setVisible(bool(mine and mine.note))
            self.note.setText(mine.note if mine else "")
            if left := self._left.pop(item.code, None):
                self._fill(left)
        for option, made in self._options.values():
            made.setChecked(option.is_chosen(mine))
        if is_typed(item) and mine is not None and not self.field.hasFocus():
            self.field.setPlaceholderText(answer_text(item, mine.value, desk.lang, mine.conformity))
        others = [each for each in asked.answers if each is not mine]
        self._others.setVisible(bool(others))
        self._others.setText(
            "\n".join(
                desk.tr(
                    "{name}: {answer}",
                    name=named_in_sight(board, each.observer, desk.lang),
                    answer=answer_text(item, each.value, desk.lang, each.conformity),
                )
                for each in others
            )
        )
        self.setEnabled(not board.sealed)

    def _dress(self, asked: Asked, number: int) -> None:
        desk, item = self._desk, asked.item
        section = item.section_zh if desk.lang == "zh" else item.section_en
        self._place.setText(desk.tr("Item {number} · {section}", number=number, section=section))
        source = printable_source(item)
        # The sources are Chinese laws and papers, and are named as they are.
        if desk.lang == "zh" or source.isascii():
            self._source.setText(desk.tr("Basis: {source}", source=source))
        else:
            self._source.setText(desk.tr("Basis (in Chinese): {source}", source=source))
        self._words.setText(wording(item, desk))
        limit = limit_text(item, desk.lang)
        self._limit.setText(limit)
        self._limit.setVisible(bool(limit))
        self.field.setVisible(is_typed(item))
        unit = item.unit if desk.lang == "zh" else item.unit_en
        hint = unit or term(item.answer_type, desk.lang)
        how = _HOW_TYPED.get((item.answer_type, item.format))
        self.field.setPlaceholderText(f"{hint} · {desk.tr(how)}" if how else hint)
        self.field.setAccessibleName(hint)
        self._offer(options_of(item))

    def _offer(self, options: tuple[Option, ...]) -> None:
        """Offer these answers; the keys of an item that is answered alike stay where they are."""
        keys = self._made.get(options)
        if keys is not None and keys is self._keys:
            return
        if self._keys is not None:
            self._keys.hide()
        if keys is None:
            keys = self._made[options] = AnswerKeys(self._desk, options)
            keys.pressed.connect(self.choose)
            keys.noted.connect(self.write_note)
            self._places.addWidget(keys)
        self._keys = keys
        keys.show()

    @property
    def _options(self) -> dict[int, tuple[Option, QPushButton]]:
        """The answers that are offered, by digit, each with its key."""
        return self._keys.options if self._keys is not None else {}

    # -- answering -----------------------------------------------------------------------------

    def take_key(self, typed: str) -> bool:
        """Answer by a key; where the answer is typed the key begins it. False: it means nothing."""
        option = meant((each for each, _made in self._options.values()), typed)
        if option is not None:
            return self.choose(option.digit)
        if not (is_key(typed) and self.field.isVisibleTo(self) and self.isEnabled()):
            return False
        self.field.setFocus()
        self.field.insert(typed)
        return True

    def choose(self, digit: int) -> bool:
        """Choose an answer by its place; False if the item has no such answer."""
        if self._asked is None or digit not in self._options or not self.isEnabled():
            return False
        option, made = self._options[digit]
        made.setChecked(True)
        self.field.clear()
        self.chosen.emit(self._asked.item.code, option.text, self.note.text().strip())
        return True

    def write(self) -> None:
        """Go to the field of an item whose answer is typed, else to the first answer."""
        if self._asked is not None and is_typed(self._asked.item):
            self.field.setFocus()
        elif self._options:
            next(iter(self._options.values()))[1].setFocus()

    def write_note(self) -> None:
        """Go to the note."""
        self.note.show()
        self.note.setFocus()

    @property
    def half(self) -> HalfAnswer | None:
        """What was typed here and is not saved."""
        if self._asked is None or not any(e.isModified() and e.text() for e in self._fields):
            return None
        return HalfAnswer(self._asked.item.code, self.field.text(), self.note.text())

    @property
    def halves(self) -> tuple[HalfAnswer, ...]:
        """What was typed at all items of the visit and is not saved, the shown one last."""
        return (*self._left.values(), *([self.half] if self.half is not None else ()))

    def put(self, half: HalfAnswer) -> None:
        """Let what was typed at an item stand there again, unless something newer does."""
        if self._asked is None or self._asked.item.code != half.code:
            self._left.setdefault(half.code, half)
        elif self.half is None:
            self._fill(half)

    def _fill(self, half: HalfAnswer) -> None:
        for field, text in zip(self._fields, (half.typed, half.note), strict=True):
            field.setText(text)
            field.setModified(bool(text))
        self.note.setVisible(bool(half.note) or self.note.isVisibleTo(self))

    @property
    def _fields(self) -> tuple[QLineEdit, QLineEdit]:
        return self.field, self.note

    def forget_typed(self, sent: HalfAnswer) -> None:
        """Let go of what was sent to be saved; what was typed since stays.

        The note stays where it is shown.
        """
        left = self._left.get(sent.code)
        if left is not None and left._replace(note=left.note.strip()) == sent:
            del self._left[sent.code]
        if self._asked is None or self._asked.item.code != sent.code:
            return
        if self.field.text() == sent.typed:
            self.field.clear()
        if self.note.text().strip() == sent.note:
            self.note.setModified(False)

    def _send_typed(self) -> None:
        if self._asked is not None and self.field.text().strip():
            self.answered.emit(self._asked.item.code, self.field.text(), self.note.text().strip())

    def _send_note(self) -> None:
        """Save the note with the answer that stands; without one it waits for the answer."""
        if self._asked is None:
            return
        chosen = [option for option, made in self._options.values() if made.isChecked()]
        if chosen:
            self.answered.emit(self._asked.item.code, chosen[0].text, self.note.text().strip())
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Esc lead back to the list; what is typed stays."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
            if key.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
