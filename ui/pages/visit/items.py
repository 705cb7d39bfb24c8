"""The items of a checklist as a list: what is shown of them, and how a line is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate

from inspector.domain.answer_text import answer_text
from inspector.domain.terms import term
from inspector.domain.vocabulary import Conformity
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.lines import ONE_LINE
from ui.widgets.text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtWidgets import QListView, QStyleOptionViewItem

    from inspector.domain.board import Asked
    from inspector.domain.catalogues import Item
    from ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex

#: Tone and icon of what an answer says.
SIGNS: dict[Conformity, tuple[Tone, str]] = {
    Conformity.CONFORMS: (Tone.OK, "conforms"),
    Conformity.DOES_NOT_CONFORM: (Tone.DANGER, "deviates"),
    Conformity.NOT_APPLICABLE: (Tone.NEUTRAL, "not-applicable"),
    Conformity.NOT_SEEN: (Tone.NEUTRAL, "not-seen"),
    Conformity.RECORDED: (Tone.INFO, "check"),
}
_OPEN = (Tone.NEUTRAL, "unanswered")
#: Shortened texts that are remembered: those of a checklist at a few widths.
_MOST_FITTED = 2000


class ItemModel(QAbstractListModel):
    """The items that are shown, out of all of a visit."""

    #: The `Asked` of a row.
    ASKED = Qt.ItemDataRole.UserRole

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._all: tuple[Asked, ...] = ()
        self._numbers: dict[str, int] = {}
        self._shown: list[int] = []
        self._section = ""
        self._only_open = False
        self._kept = ""

    # -- what is shown -------------------------------------------------------------------------

    def take(self, asked: tuple[Asked, ...]) -> None:
        """Show the items as they are now; where none comes or goes, only changed lines change."""
        same = [each.item.code for each in self._all] == [each.item.code for each in asked]
        before, self._all = self._all, asked
        if not same:
            self._numbers = {each.item.code: number for number, each in enumerate(asked, 1)}
        wanted = self._wanted()
        if not same or wanted != self._shown:
            self.beginResetModel()
            self._shown = wanted
            self.endResetModel()
            return
        for row, place in enumerate(self._shown):
            if before[place] != asked[place]:
                self.dataChanged.emit(self.index(row), self.index(row))

    def restrict(self, *, section: str, only_open: bool, kept: str = "") -> None:
        """Show one section ("" for all), and only what nobody answered, if so wanted.

        `kept` is the code of an item that stays whatever was answered: one is working on it.
        """
        self._section, self._only_open, self._kept = section, only_open, kept
        self.beginResetModel()
        self._shown = self._wanted()
        self.endResetModel()

    def _wanted(self) -> list[int]:
        return [
            place
            for place, asked in enumerate(self._all)
            if self._section in ("", asked.item.section)
            and (not self._only_open or not asked.answers or asked.item.code == self._kept)
        ]

    @property
    def sections(self) -> dict[str, str]:
        """The names of the sections by their codes, in order."""
        zh = self._desk.lang == "zh"
        return {
            each.item.section: each.item.section_zh if zh else each.item.section_en
            for each in self._all
        }

    def asked(self, row: int) -> Asked | None:
        """Return what stands in a row."""
        return self._all[self._shown[row]] if 0 <= row < len(self._shown) else None

    def number(self, code: str) -> int:
        """Return the number that an item has among all, from 1; 0 for an unknown one."""
        return self._numbers.get(code, 0)

    def row_of(self, code: str) -> int:
        """Return the row of an item, -1 if it is not shown."""
        rows = (n for n, place in enumerate(self._shown) if self._all[place].item.code == code)
        return next(rows, -1)

    def next_open(self, row: int) -> int:
        """Return the row after `row` of an item that nobody answered; -1 if there is none."""
        count = len(self._shown)
        for step in range(1, count + 1):
            place = (row + step) % count
            if not self._all[self._shown[place]].answers:
                return place
        return -1

    # -- for the view --------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many items are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows, and what assistive tools say of it."""
        found = self.asked(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == self.ASKED:
            return found
        words = wording(found.item, self._desk)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.number(found.item.code)} {words} {said(found, self._desk)}"
        return None


def wording(item: Item, desk: Desk) -> str:
    """Return the words of an item."""
    return item.zh if desk.lang == "zh" else item.en


def said(asked: Asked, desk: Desk) -> str:
    """Return in short what was answered last."""
    if asked.latest is None:
        return desk.tr("unanswered")
    if asked.disputed:
        return desk.tr("answered differently")
    latest = asked.latest
    if latest.conformity is Conformity.RECORDED:
        return answer_text(asked.item, latest.value, desk.lang, latest.conformity)
    return term(latest.conformity, desk.lang)


class ItemPainter(QStyledItemDelegate):
    """Paints an item: sign, number, words on up to two lines, and at their end what was answered.

    Few items fit on one line in a window of 1280; what two lines are too short for ends in “…”.
    """

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        look = self._look = desk.look
        self._body, self._small = look.font(Type.BODY), look.font(Type.CAPTION)
        self._measures = {True: QFontMetrics(self._body), False: QFontMetrics(self._small)}
        two = 2 * self._measures[True].lineSpacing() + tokens.M
        self._height = max(two, round(tokens.CONTROL * look.scale))
        colours = look.colours
        self._chosen, self._line = QColor(colours.accent_soft), QColor(colours.border)
        self._text, self._number = QColor(colours.text), QColor(colours.text3)
        #: Picture and ink of each sign that was painted.
        self._signs: dict[tuple[Tone, str], tuple[QPixmap, QColor]] = {}
        self._sign_size = round(18 * look.scale)
        self._number_room = self._measures[True].horizontalAdvance("000") + tokens.XS
        #: Shortened texts by text, room and font, and texts on two lines by the room of both: all
        #: lines are painted anew at every answer.
        self._short: dict[tuple[str, int, bool], str] = {}
        self._broken: dict[tuple[str, int, int], tuple[str, str]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a line."""
        del index
        return QSize(option.rect.width(), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        model = index.model()
        assert isinstance(model, ItemModel)
        asked = model.asked(index.row())
        if asked is None:
            return
        box = QRect(option.rect)
        if index.row() == self._view.currentIndex().row():
            painter.fillRect(box, self._chosen)
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, self._line)
        picture, ink = self._sign(asked)
        size = self._sign_size
        painter.drawPixmap(box.x() + tokens.M, box.y() + (box.height() - size) // 2, picture)
        inside = box.adjusted(tokens.M + size + tokens.S, 0, -tokens.M, 0)
        painter.setFont(self._body)
        painter.setPen(self._number)
        painter.drawText(inside, _LEFT, str(model.number(asked.item.code)))
        inside.setLeft(inside.left() + self._number_room)
        answer = self._fitted(said(asked, self._desk), inside.width() // 2, body=False)
        taken = self._measures[False].horizontalAdvance(answer) + tokens.S
        lines = self._lines(wording(asked.item, self._desk), inside.width(), taken)
        painter.setPen(self._text)
        if lines[1]:
            half = (box.height() - tokens.M) // 2
            upper = QRect(inside.x(), box.y() + tokens.M // 2, inside.width(), half)
            inside = upper.translated(0, half)
            painter.drawText(upper, _LEFT, lines[0])
        painter.drawText(inside, _LEFT, lines[1] or lines[0])
        painter.setFont(self._small)
        painter.setPen(ink)
        painter.drawText(inside, _RIGHT, answer)

    def _lines(self, text: str, width: int, taken: int) -> tuple[str, str]:
        """Return a text on one line ("" the other) or two; the last leaves room for the answer."""
        key = (text, width, taken)
        found = self._broken.get(key)
        if found is None:
            if len(self._broken) >= _MOST_FITTED:
                self._broken.clear()
            found = text, ""
            if self._measures[True].horizontalAdvance(text) > width - taken:
                first = self._first_line(text, width)
                rest = self._fitted(text[first:].lstrip(), width - taken, body=True)
                found = text[:first].rstrip(), rest or " "
            self._broken[key] = found
        return found

    def _first_line(self, text: str, width: int) -> int:
        """Return how many characters of a text stand on its first line, broken between words."""
        layout = QTextLayout(text, self._body)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width)
        layout.endLayout()
        return line.textLength()

    def _sign(self, asked: Asked) -> tuple[QPixmap, QColor]:
        """Return the picture of what was answered last, and the ink in which it is told."""
        tone, icon = SIGNS[asked.latest.conformity] if asked.latest else _OPEN
        key = (Tone.WARN if asked.disputed else tone, icon)
        made = self._signs.get(key)
        if made is None:
            look = self._look
            picture = look.pixmap(icon, self._sign_size, key[0])
            made = self._signs[key] = (picture, QColor(look.colours.of(key[0])[0]))
        return made

    def _fitted(self, text: str, width: int, *, body: bool) -> str:
        key = (text, width, body)
        fitted = self._short.get(key)
        if fitted is None:
            if len(self._short) >= _MOST_FITTED:
                self._short.clear()
            fitted = self._measures[body].elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._short[key] = fitted
        return fitted


_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value | ONE_LINE
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value | ONE_LINE
