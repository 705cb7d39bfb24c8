"""Notes typed elsewhere: pasted, read line by line before they are saved as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QDialog, QFrame, QListView, QPlainTextEdit

from inspector.domain.clocktext import clock
from inspector.domain.paste_lines import UnreadLine
from inspector.domain.terms import title_of
from inspector.domain.times import lies_ahead
from inspector.domain.vocabulary import TimeSource
from inspector.operations.board import told
from inspector.operations.pasting import Preview, noted, paste, preview
from ui.pages.visit.naming import in_sight, members_in_sight
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.choice import ChoiceBox
from ui.widgets.drafts import keep_typed
from ui.widgets.keys import bind
from ui.widgets.seen import SOURCES
from ui.widgets.surfaces import column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.recording.acting import Acting

#: How long typing rests before it is read. Milliseconds.
REST_MS = 250
#: What the lines look like, in each language of the windows.
EXAMPLES = {
    "zh": "1038 05 空岗 6人\n1040 07 U 3\n10:38-10:52 05 空岗\n"
    "取号 A031 1020 叫号 1047 办结 1102\n1050 在岗 9/12",
    "en": "1038 05 unattended 6 waiting\n1040 07 U 3\n10:38-10:52 05 unattended\n"
    "ticket A031 1020 called 1047 done 1102\n1050 staffed 9/12",
}


class NotesDialog(QDialog):
    """Text at the left, what is read from it at the right. It stays open until it is saved."""

    def __init__(self, desk: Desk, acting: Acting, board: Board) -> None:
        super().__init__()
        tr, look = desk.tr, desk.look
        self.setWindowTitle(tr("Paste notes"))
        self.setMinimumSize(860, 480)
        self._desk, self._acting, self._board = desk, acting, board
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(EXAMPLES[desk.lang])
        self.text.setAccessibleName(tr("Notes"))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._typed)
        self.read = QStringListModel(self)
        self._make_boxes()
        self._count = label(role=Type.CAPTION)
        self.save = button(
            look, tr("Save all (Ctrl+Enter)"), self._save, kind="primary", icon="check"
        )
        self.save.setEnabled(False)
        cancel = button(look, tr("Cancel"), self.reject)
        framed = QFrame()
        framed.setObjectName("card")
        framed.setLayout(column(self._made_list(), margins=tokens.S))
        sheets = row(self.text, framed, spacing=tokens.M)
        sheets.setStretch(0, 1)
        sheets.setStretch(1, 1)
        layout = column(label(tr("Paste notes"), Type.SECTION), spacing=tokens.M, margins=24)
        layout.addWidget(label(tr("One observation a line. Lines that cannot be read are kept.")))
        layout.addLayout(sheets, 1)
        boxes = (label(tr("Seen by")), self.observer, label(tr("Source of the time")), self.source)
        layout.addLayout(row(*boxes, None))
        layout.addLayout(row(None, self._count, cancel, self.save))
        self.setLayout(layout)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.read_now)
        # Enter ends a line.
        bind(self, "Ctrl+Return", self.save.click)
        self._kept = keep_typed(desk, self, board.me, visit=board.visit)
        self.text.setFocus()

    def _made_list(self) -> QListView:
        shown = QListView()
        shown.setModel(self.read)
        shown.setWordWrap(True)
        shown.setResizeMode(QListView.ResizeMode.Adjust)
        shown.setSpacing(tokens.XS)
        shown.setAccessibleName(self._desk.tr("What is read"))
        shown.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        return shown

    def _make_boxes(self) -> None:
        self.observer = ChoiceBox(self._desk.tr("Seen by"))
        for person, name in members_in_sight(self._board, self._desk.lang):
            self.observer.addItem(name, person)
        self.observer.setCurrentIndex(self.observer.findData(self._board.me))
        self.source = ChoiceBox(self._desk.tr("Source of the time"))
        for source in SOURCES:
            self.source.addItem(title_of(source, self._desk.lang), source)
        self.source.setCurrentIndex(self.source.findData(TimeSource.NOTE))

    # -- reading -------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.save.setEnabled(False)
        self._rest.start()

    def read_now(self) -> None:
        """Read what stands there; nothing is saved."""
        text, visit = self.text.toPlainText(), self._board.visit
        observer, source = self._chosen()

        def work(session: Session) -> list[Preview]:
            return preview(session, visit, text, noted(session, visit, observer, source))

        self._desk.read(self, work, lambda found: self._show(text, found))

    def _chosen(self) -> tuple[str, TimeSource]:
        return self.observer.currentData() or "", TimeSource(self.source.currentData())

    def _show(self, text: str, found: list[Preview]) -> None:
        if text != self.text.toPlainText():
            return
        unread = sum(isinstance(each.line, UnreadLine) for each in found)
        # A row for each line: one of two lines would be cut where their fonts differ in height.
        said = (line for each in found for line in self._said(each))
        self.read.setStringList(list(said))
        self._count.setText(
            self._desk.tr("{count} lines, {unread} kept unread", count=len(found), unread=unread)
        )
        self.save.setEnabled(bool(found))

    def _said(self, each: Preview) -> list[str]:
        tr = self._desk.tr
        if isinstance(each.line, UnreadLine):
            return [f"⚠ {each.line.raw}", each.line.explanation(tr)]
        parts = []
        for fact in each.facts:
            begin = fact.observed_from
            at = clock(begin, fact.observed_zone) if begin is not None else "–"
            parts.append(f"{at}  {told(in_sight(self._board, self._desk.lang).record, fact, tr)}")
            if lies_ahead(begin, fact.observed_to, self._acting.keeper.now):
                parts.append(f"⚠ {tr('This time has not come yet. Check the time and the day.')}")
        return parts

    # -- saving --------------------------------------------------------------------------------

    def _save(self) -> None:
        text, visit = self.text.toPlainText(), self._board.visit
        observer, source = self._chosen()

        def work(session: Session) -> int:
            seen = noted(session, visit, observer, source)
            lines = [each.line for each in preview(session, visit, text, seen)]
            paste(session, visit, lines, seen)
            return len(lines)

        self._acting.run(work, self._saved, same=("notes", text))

    def _saved(self, count: int) -> None:
        self._desk.say(self._desk.tr("{count} lines saved", count=count), undo=True)
        self._kept.saved()
