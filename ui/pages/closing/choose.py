"""The first step: what is told to the unit, and whether each finding is ready for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from inspector.domain.codes import lettered
from ui.models.findings_to_tell import FindingsToTell
from ui.pages.closing.finding import FindingPanel
from ui.pages.closing.rows import FindingDelegate
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Banner, Nothing, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.closing import Closing
    from ui.desk import Desk


class Choose(QWidget):
    """The findings at the left, the chosen one at the right, what comes next at the foot."""

    #: The unit is to be shown what is chosen: ids of findings, names of people present.
    told = Signal(tuple, tuple)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        look, tr = desk.look, desk.tr
        self.model = FindingsToTell(tr)
        self.model.chose.connect(self._count)
        self.list = QListView()
        self.list.setAccessibleName(tr("Findings"))
        self.list.setModel(self.model)
        self._delegate = FindingDelegate(desk)
        self.list.setItemDelegate(self._delegate)
        self.list.setMinimumWidth(360)
        self.list.selectionModel().currentChanged.connect(self._open)
        self.panel = FindingPanel(desk)
        self._covert = Banner(
            look,
            "",
            Tone.WARN,
            "warning",
            tr("To the visit"),
            lambda: desk.go("visit", self._visit),
        )
        self._visit = ""
        self._hidden = False
        self._nothing = Nothing(
            look,
            "finding",
            tr("No findings in this visit"),
            tr("There is nothing to tell the unit. The visit can be sealed as it is."),
        )
        self._both = QWidget()
        both = row(self.list, spacing=0)
        both.setStretch(0, 4)
        both.addWidget(scrolled(self.panel), 6)
        self._both.setLayout(both)
        outer = column(self._covert, self._nothing, self._both, self._foot(), spacing=0)
        outer.setStretch(1, 1)
        outer.setStretch(2, 1)
        self.setLayout(outer)

    def _foot(self) -> QFrame:
        look, tr = self._desk.look, self._desk.tr
        bar = QFrame()
        bar.setObjectName("footer")
        self.count = label("", Type.STRONG)
        self.present = QLineEdit()
        self.present.setAccessibleName(tr("People of the unit who are present"))
        self.present.setPlaceholderText(tr("People of the unit who are present"))
        self.present.setProperty("extent", "field")
        self.show_unit = button(
            look, tr("Show to the unit"), self._tell, kind="primary", icon="show", extent="field"
        )
        self.present.returnPressed.connect(self.show_unit.click)
        layout = row(self.count, self.present, self.show_unit, spacing=tokens.L, stretch=1)
        layout.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        bar.setLayout(layout)
        return bar

    def show_closing(self, found: Closing) -> None:
        """Show the findings as they stand."""
        self._visit = found.visit.id
        going_on = found.feedback is not None and not found.is_signed
        current = self.list.currentIndex().row()
        self.model.show_rows(found.findings, told=going_on)
        self._nothing.setVisible(not found.findings)
        self._both.setVisible(bool(found.findings))
        self._show_hidden(found)
        if found.findings:
            at = max(0, current)
            if at != current:
                self.list.setCurrentIndex(self.model.index(at))
            self.panel.show_row(self.model.row(at), found)
        if going_on and found.feedback and not self.present.text():
            self.present.setText("、".join(found.feedback.people_present))
        self._count()

    def _show_hidden(self, found: Closing) -> None:
        """Say who has not shown identity; where others have, do not let them be given away."""
        tr, lang = self._desk.tr, self._desk.lang
        names = [lettered(place, lang) for place in found.hidden]
        self._covert.setVisible(found.is_covert or bool(names))
        words = tr("Identity has not been shown yet. Show it before the unit is told.")
        if names:
            words = tr(
                "Not everybody has shown identity yet: {names}. Begin the overt part for the whole "
                "team before the unit is told.",
                names=tr(", ").join(names),
            )
        self._covert.words.setText(words)
        self._hidden = found.is_covert or bool(names)

    def open_finding(self, finding: str) -> None:
        """Point at one finding."""
        at = self.model.place(finding)
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at))
            # The keys are where one was led, not at what shows everything to the unit.
            self.list.setFocus()

    def _open(self) -> None:
        self.panel.show_row(self.model.row(self.list.currentIndex().row()))

    def _count(self) -> None:
        chosen, total = len(self.model.chosen), self.model.rowCount()
        self.count.setText(self._desk.tr("{chosen} of {total} chosen", chosen=chosen, total=total))
        self.show_unit.setEnabled(chosen > 0 and not self._hidden)

    def _tell(self) -> None:
        text = self.present.text()
        for sign in ("，", ",", "；", ";"):
            text = text.replace(sign, "、")
        people = tuple(part.strip() for part in text.split("、") if part.strip())
        self.told.emit(self.model.chosen, people)
