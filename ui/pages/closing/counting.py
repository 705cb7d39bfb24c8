"""Photographs that are still elsewhere: each member is asked for telephone and camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from inspector.operations.seeing import Typed, seen_from
from inspector.operations.visits import count_photos
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Card, cleared, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from inspector.operations.closing import MemberRow
    from inspector.operations.session import Session
    from ui.desk import Desk


class Counting(Card):
    """One line for each member."""

    def __init__(self, desk: Desk, visit: str) -> None:
        super().__init__(desk.tr("Photographs still elsewhere"))
        self._desk, self._visit = desk, visit
        words = desk.tr(
            "Ask each of the team: is a photograph of this visit still on telephone or camera? "
            "What turns up after the seal needs a supplement."
        )
        self.body.addWidget(label(words, Type.CAPTION, wrap=True))
        self._lines = column(spacing=tokens.S)
        self.body.addLayout(self._lines)
        self._shown: tuple[MemberRow, ...] = ()
        #: What is typed of what is left, by member: it stays while another one is counted.
        self._left_at: dict[str, QLineEdit] = {}
        #: What says “none left” for each who was not asked yet.
        self.to_ask: list[QPushButton] = []

    def show_members(self, members: tuple[MemberRow, ...]) -> None:
        """Show what each one said."""
        if members == self._shown:
            return
        self._shown = members
        begun = {id: each.text() for id, each in self._left_at.items() if each.isModified()}
        self._left_at.clear()
        cleared(self._lines)
        self.to_ask = []
        metrics = QFontMetrics(self._desk.look.font(Type.STRONG))
        widest = max((metrics.horizontalAdvance(each.person.name) for each in members), default=0)
        for member in members:
            self._lines.addWidget(self._line(member, widest))
            if (text := begun.get(member.person.id)) is not None:
                field = self._left_at[member.person.id]
                field.setText(text)
                field.setModified(True)

    def _line(self, member: MemberRow, widest: int) -> QWidget:
        look, tr = self._desk.look, self._desk.tr
        line = QWidget()
        counted = member.counted
        if counted is None:
            state = Badge(look, tr("not asked yet"), Tone.WARN, "warning")
        elif counted.note:
            state = Badge(look, tr("some are left there"), Tone.INFO, "phone")
        else:
            state = Badge(look, tr("none left"), Tone.OK, "check")
        person = member.person.id
        none = button(look, tr("None left"), lambda: self._count(person, ""), extent="touch")
        none.setAccessibleName(tr("{name}: none left", name=member.person.name))
        if counted is None:
            self.to_ask.append(none)
        left = QLineEdit(counted.note if counted else "")
        left.setAccessibleName(tr("{name}: what is left there, and why", name=member.person.name))
        left.setPlaceholderText(tr("or what is left there, and why (Enter)"))
        left.setProperty("extent", "field")
        left.returnPressed.connect(lambda: self._left(person, left.text()))
        self._left_at[person] = left
        name = label(member.person.name, Type.STRONG)
        # One below the other, so that what is said of each is found at a glance.
        name.setMinimumWidth(widest)
        layout = row(name, state, left, none, spacing=tokens.M, stretch=2)
        layout.setContentsMargins(0, 0, 0, 0)
        line.setLayout(layout)
        return line

    def _left(self, person: str, text: str) -> None:
        if text.strip():
            self._count(person, text.strip())

    def _count(self, person: str, left: str) -> None:
        visit = self._visit
        self._left_at[person].setModified(False)

        def work(session: Session) -> Changes:
            seen = seen_from(session, visit, Typed(observer=person))
            return count_photos(session, visit, seen, left)

        self._desk.act(self, work)
