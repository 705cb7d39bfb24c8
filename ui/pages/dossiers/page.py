"""卷宗: choose visits, look at real pages, export many at once in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QListView, QProgressBar

from inspector.operations.discretion import covert_now
from inspector.operations.volumes import blocked, choices
from ui.page import Page
from ui.pages.dossiers.choices import ChoiceLine, ChoiceModel, State
from ui.pages.dossiers.options import OptionsPane
from ui.pages.dossiers.preview import PreviewPane
from ui.pages.dossiers.run import ExportRun, Order
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Banner, Nothing, cleared, column, row
from ui.widgets.text import Line, label

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.changes import Changes
    from inspector.operations.session import Session
    from inspector.operations.volumes import Blocked, Choice
    from ui.desk import Desk, Place

#: The preview waits until choosing rests. Milliseconds.
REST_MS = 250


class DossiersPage(Page):
    """Dossiers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, look = self.tr, self.look
        self.title = tr("Dossiers")
        self.model = ChoiceModel(tr, self)
        self.model.ticked.connect(self._count)
        self.options = OptionsPane(desk)
        self.preview = PreviewPane(desk)
        self.run: ExportRun | None = None
        self._wanted: list[str] = []
        self._came = False
        self.go = button(look, "", self.export, kind="primary", icon="export")
        self.tools = [self.go]
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._show_pages)
        self.narrowing.append(self.options.pattern)
        self.options.changed.connect(self._rest.start)
        self.options.changed.connect(self._count)
        panes = row(self._left(), self.preview, self.options, spacing=0, stretch=1)
        self.setLayout(panes)
        self._count()

    def _left(self) -> QFrame:
        tr, look = self.tr, self.look
        self._number = Badge(look, "0")
        every = button(look, tr("All sealed"), self._tick_sealed, kind="text", extent="dense")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceLine(look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Visits to export"))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._rest.start())
        self._none = Nothing(
            look, "dossier", tr("No visits yet"), tr("They stand here once begun.")
        )
        self._said = label("", Type.STRONG)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(tr("Progress"))
        self._stop = button(look, tr("Stop"), self._stop_run, kind="text", extent="dense")
        self._hint = label(tr("You can go on with something else meanwhile."), Type.CAPTION)
        self._running = QFrame()
        self._running.setLayout(
            column(row(self._said, None, self._stop), self._bar, self._hint, spacing=tokens.XS)
        )
        self._running.hide()
        self._notes = column(spacing=tokens.S)
        pane = QFrame()
        pane.setObjectName("panel")
        pane.setFixedWidth(round(300 * look.scale))
        head = row(label(tr("Visits to export"), Type.SECTION), self._number, None, every)
        pane.setLayout(
            column(
                *(head, self._none, self.list, Line(), self._running, self._notes),
                spacing=tokens.S,
                margins=tokens.L,
            )
        )
        return pane

    # -- what there is ---------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Read the visits; tick the one that is named."""
        self._wanted = [place.id] if place.id else []
        self._came = True
        self.desk.read(self, _read, self._show)

    def refresh(self, changes: Changes) -> None:
        """Read again what may have been sealed or begun."""
        if any(noun in ("visit", "seal", "event") for noun, _id in changes.touched):
            self.desk.read(self, _read, self._show)

    def _show(self, found: tuple[list[Choice], bool, str]) -> None:
        rows, covert, office = found
        self.options.office = office
        if self._came or covert == self.model.named:
            # Whoever has pressed goes on looking until the page is left.
            self.preview.cover(covered=covert)
        self._came = False
        self.model.named = not covert
        current = self._current()
        self.model.show(rows)
        self._none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        if self._wanted:
            self.model.tick(self._wanted)
        wanted = self._wanted[0] if self._wanted else current.visit.id if current else ""
        self._wanted = []
        place = max(self.model.place(wanted), 0)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self.model.index(place), flag)
        self._rest.start()

    def _current(self) -> Choice | None:
        return self.model.choice(self.list.currentIndex())

    def _tick_sealed(self) -> None:
        self.model.tick(self.model.all_sealed())

    def _count(self) -> None:
        count = len(self.model.chosen)
        self._number.say(str(count))
        self.go.setText(self.tr("Export {count}", count=count))
        self.go.setEnabled(bool(count) and self.options.is_sound and self.run is None)
        if self.run is None:
            self._tell_drafts()

    def _show_pages(self) -> None:
        current = self._current()
        if current is None:
            self.preview.clear()
        else:
            name = self.model.name(current)
            self.preview.show_visit(current.visit.id, name, self.options.options)

    # -- what keeps visits drafts ----------------------------------------------------------

    def _tell_drafts(self) -> None:
        cleared(self._notes)
        for choice in self.model.chosen:
            if not choice.sealed:
                self.desk.read(
                    self, partial(blocked, visit=choice.visit.id), partial(self._tell, choice)
                )

    def _tell(self, choice: Choice, found: Blocked) -> None:
        if choice not in self.model.chosen or self.run is not None:
            return
        tr = self.tr
        draft = tr(
            "{visit} is not sealed: it is exported as a draft.", visit=self.model.name(choice)
        )
        call = tr("Call: {people}", people=tr(", ").join(found.people))
        words = " ".join((draft, *(gap.text(tr) for gap in found.gaps), call))
        self._notes.addWidget(Banner(self.look, words, Tone.WARN, "warning"))

    # -- exporting -------------------------------------------------------------------------

    def export(self) -> None:
        """Export what is ticked."""
        order = Order(
            choices=self.model.chosen,
            options=self.options.options,
            folder=self.options.folder,
            pattern=self.options.pattern.text(),
            index=self.options.index.isChecked(),
            merged=self.options.merged.isChecked(),
        )
        tr = self.tr
        cleared(self._notes)
        # It outlives the page, which is made anew in another language or theme.
        self.run = run = ExportRun(self.desk, order, self.desk)
        run.began.connect(self._began)
        run.done.connect(self._done)
        run.failed.connect(self._failed)
        run.progressed.connect(self._progressed)
        run.ended.connect(self._ended)
        for choice in order.choices:
            self.model.tell(choice.visit.id, State(tr("waiting"), Tone.NEUTRAL))
        self._running.show()
        if self.go.hasFocus():
            # What is switched off hands the keys to what comes next, which nobody meant.
            self._stop.setFocus()
        self._count()
        run.start()

    def _stop_run(self) -> None:
        if self.run is not None:
            self.run.stop()

    def _progressed(self, finished: int, total: int) -> None:
        self._said.setText(self.tr("Making {done} of {total}", done=finished, total=total))
        self._bar.setRange(0, total)
        self._bar.setValue(finished)

    def _began(self, visit: str) -> None:
        self.model.tell(visit, State(self.tr("being made"), Tone.ACCENT))

    def _done(self, visit: str) -> None:
        self.model.tell(visit, State(self.tr("exported"), Tone.OK))

    def _failed(self, visit: str, error: Exception) -> None:
        if not self.desk.foresaw(error):
            return
        self.model.tell(visit, State(self.tr("not exported"), Tone.DANGER))
        self._notes.addWidget(Banner(self.look, error.text(self.tr), Tone.DANGER, "warning"))

    def _ended(self, files: list[Path], stopped: bool) -> None:
        self.run = None
        waited = self._stop.hasFocus()
        self._count_after_run()
        tr = self.tr
        message = (
            tr("Stopped. {count} files are finished.", count=len(files))
            if stopped
            else tr("{count} files are saved.", count=len(files))
        )
        folder = self.options.folder
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(folder)))
        tone = Tone.INFO if stopped or not files else Tone.OK
        banner = Banner(self.look, message, tone, "folder", tr("Open the folder"), show)
        self._notes.insertWidget(0, banner)
        if waited and banner.action is not None:
            banner.action.setFocus()
        self._running.hide()

    def _count_after_run(self) -> None:
        self.go.setEnabled(bool(self.model.chosen) and self.options.is_sound)

    def may_leave(self) -> bool:
        """Leave at any time: an export goes on while one is elsewhere."""
        return True


def _read(session: Session) -> tuple[list[Choice], bool, str]:
    return choices(session), covert_now(session), session.store.local("office") or ""
