"""The second step: what the unit says to each finding, on its own or typed by the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from ui.models.findings_to_tell import FindingsToTell
from ui.pages.closing.rows import FindingDelegate
from ui.pages.closing.statement import StatementForm
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Card, Nothing, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.closing import Closing
    from ui.desk import Desk


class Said(QWidget):
    """The findings that were told at the left, the statement to one of them at the right."""

    #: The unit is to be shown the findings again.
    again = Signal()
    #: The next or an earlier step is wanted, by its name.
    stepped = Signal(str)

    def __init__(self, desk: Desk, visit: str) -> None:
        super().__init__()
        self._desk = desk
        look, tr = desk.look, desk.tr
        self.model = FindingsToTell(tr, checkable=False)
        self.list = QListView()
        self.list.setAccessibleName(tr("Findings that were told"))
        self.list.setModel(self.model)
        self._delegate = FindingDelegate(desk, said=True)
        self.list.setItemDelegate(self._delegate)
        self.list.setMinimumWidth(360)
        self.list.selectionModel().currentChanged.connect(self._open)
        self.form = StatementForm(desk, visit)
        self._where = label("", Type.CAPTION, wrap=True)
        self._text = label("", Type.SECTION, wrap=True, selectable=True)
        self._both = QWidget()
        self._both.setLayout(self._arranged())
        self._nothing = Nothing(
            look,
            "chat",
            tr("The unit has not been told yet"),
            tr("Choose what is told to it first. What it says is entered here."),
            tr("Choose findings"),
            lambda: self.stepped.emit("choose"),
        )
        self.setLayout(column(self._nothing, self._both, spacing=0))

    def _arranged(self) -> QVBoxLayout:
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("The unit's statement"))
        card.body.addWidget(self.form)
        right = QWidget()
        right.setLayout(
            column(self._where, self._text, card, None, spacing=tokens.M, margins=tokens.L)
        )
        show = button(look, tr("Show to the unit again"), self.again.emit, icon="show")
        on = button(
            look,
            tr("On to the sheet"),
            lambda: self.stepped.emit("sheet"),
            kind="primary",
            icon="next",
        )
        feet = row(show, None, on)
        feet.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.M)
        both = row(self.list, spacing=0)
        both.setStretch(0, 4)
        both.addWidget(scrolled(right), 6)
        whole = column(spacing=0)
        whole.addLayout(both, 1)
        whole.addLayout(feet)
        return whole

    def show_closing(self, found: Closing) -> None:
        """Show what was told, and what was said to it."""
        told = tuple(each for each in found.findings if each.told)
        self._nothing.setVisible(not told)
        self._both.setVisible(bool(told))
        at = self.list.currentIndex().row()
        self.model.show_rows(told, told=True)
        row = self.model.row(at)
        if told and row is None:
            self.list.setCurrentIndex(self.model.index(0))
        elif row is not None:
            # The unit may have said it on the screen that was handed over.
            self.form.follow(row.finding.id, row.statement, self.form.speaker.text())

    def flush(self) -> None:
        """Save what is typed."""
        self.form.flush()

    def _open(self) -> None:
        found = self.model.row(self.list.currentIndex().row())
        if found is not None:
            self._where.setText(" · ".join(part for part in (found.when, found.spot) if part))
            self._text.setText(f"{found.label}  {found.finding.text}")
            speaker = self.form.speaker.text()
            self.form.show_statement(found.finding.id, found.statement, speaker)
