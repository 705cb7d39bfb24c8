"""The items of a checklist as a list: what is shown of them, and how a line is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QStyledItemDelegate

from inspector.domain.answer_text import answer_text
from inspector.domain.terms import term
from inspector.domain.vocabulary import Conformity
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.lines import ONE_LINE

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
    """Paints an item on one line: sign, number, words, and what was answered."""

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        look = self._look = desk.look
        self._body, self._small = look.font(Type.BODY), look.font(Type.CAPTION)
        self._height = max(tokens.CONTROL, round(tokens.CONTROL * look.scale))
        self._measures = {True: QFontMetrics(self._body), False: QFontMetrics(self._small)}
        colours = look.colours
        self._chosen, self._line = QColor(colours.accent_soft), QColor(colours.border)
        self._text, self._number = QColor(colours.text), QColor(colours.text3)
        #: Picture and ink of each sign that was painted.
        self._signs: dict[tuple[Tone, str], tuple[QPixmap, QColor]] = {}
        self._sign_size = round(18 * look.scale)
        self._number_room = self._measures[True].horizontalAdvance("000") + tokens.XS
        #: Shortened texts by text, room and font: all lines are painted anew at every answer.
        self._short: dict[tuple[str, int, bool], str] = {}

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
        short = self._fitted(said(asked, self._desk), inside.width() // 3, body=False)
        painter.setFont(self._small)
        painter.setPen(ink)
        painter.drawText(inside, _RIGHT, short)
        inside.setRight(inside.right() - self._measures[False].horizontalAdvance(short) - tokens.S)
        painter.setFont(self._body)
        painter.setPen(self._number)
        painter.drawText(inside, _LEFT, str(model.number(asked.item.code)))
        inside.setLeft(inside.left() + self._number_room)
        painter.setPen(self._text)
        words = self._fitted(wording(asked.item, self._desk), inside.width(), body=True)
        painter.drawText(inside, _LEFT, words)

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
