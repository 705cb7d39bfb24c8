"""走访: one visit, from its preparation to the overt part, on one page."""

from __future__ import annotations

import importlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QWidget

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.domain.vocabulary import Phase
from inspector.operations.board import Photos, undo_text, unplaced
from inspector.operations.sealing import start_supplement
from inspector.operations.undo import undo_last
from ui.messages import asked_text
from ui.models.board import BoardKeeper
from ui.page import Chrome, Key, Page
from ui.pages.visit.acting import Acting
from ui.pages.visit.checklist import ChecklistCard
from ui.pages.visit.entering import CovertDialog, RevealDialog
from ui.pages.visit.finding import FindingCard
from ui.pages.visit.heading import Heading
from ui.pages.visit.hints import Hints
from ui.pages.visit.notes import NotesDialog
from ui.pages.visit.shrinking import Shrinking
from ui.pages.visit.timeline import TimelineCard
from ui.pages.visit.tray import TrayCard
from ui.pages.visit.waits import WaitsCard
from ui.pages.visit.windows import WindowsCard
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.seen import SeenRow
from ui.widgets.surfaces import Banner, Bones, Nothing, cleared, column, row, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from inspector.domain.entities import Evidence
    from inspector.operations.board import Board
    from inspector.operations.session import Session
    from ui.desk import Desk, Place, Said
    from ui.pages.visit.acting import Trouble

#: Imported by the worker when a paper is asked for: the libraries behind it load slowly.
_PAPERS = "inspector.operations.dossiers"
#: Longer than this, bones stand where the visit comes. Milliseconds.
PATIENCE_MS = 150
#: So many photographs without a place are looked through for those of the moment.
MOST_PHOTOS = 200

#: Its keys, as the settings list them.
KEYS = (
    Key("Ctrl+L", N_("Go to the checklist")),
    Key("1–4", N_("Answer the item; Enter writes a remark"), single=True),
    Key("F2", N_("Note a problem: then a digit, then Enter")),
    Key("F3", N_("Note good practice")),
    Key("F4", N_("Go to the windows; arrows move, PgUp and PgDn turn the floor")),
    Key("S I U N B P C", N_("State of the window; digits before it: people waiting"), True),
    Key("R", N_("The rest of this floor or zone is serving"), single=True),
    Key("W", N_("Watch the window without a break, or stop"), single=True),
    Key("F5", N_("Begin a round of the windows")),
    Key("F6", N_("Enter what was seen earlier")),
    Key("F7", N_("Begin to time a wait")),
    Key("F8", N_("Add an entry to the timeline")),
    Key("F10", N_("Go on in the mini window")),
)


class VisitPage(Page):
    """A visit."""

    chrome = Chrome.BARE
    keys = KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Visit")
        self.keeper = BoardKeeper(desk, self)
        self.keeper.shown.connect(self._show)
        self.keeper.failed.connect(self._fail)
        self.seen = SeenRow(desk)
        self.acting = Acting(desk, self.keeper, self.seen)
        self.acting.refused.connect(self._trouble)
        self.acting.saved.connect(self._calm)
        self._photos: Photos | None = None
        self._make_parts(desk)
        self._sealed = self._sealed_banner()
        self._banners = column(spacing=tokens.S)
        self._stack = QStackedWidget()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._stack.setCurrentIndex(1))
        for part in (QWidget(), Bones(8), self._columns()):
            self._stack.addWidget(part)
        self._later = self._later_bar()
        inside = column(self._sealed, self._banners, self._stack, spacing=tokens.S)
        inside.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        inside.setStretch(2, 1)
        layout = column(self.heading, self._later, inside, self.hints, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._keys()

    def _make_parts(self, desk: Desk) -> None:
        self.heading = Heading(desk, self.keeper)
        self.heading.phased.connect(self._enter)
        self.heading.later.connect(self._set_later)
        self.shrinking = Shrinking(desk, self.keeper)
        self.heading.shrunk.connect(self.shrinking.shrink)
        self.hints = Hints(desk, self.undo)
        self.checklist = ChecklistCard(desk, self.acting)
        self.windows = WindowsCard(desk, self.acting)
        self.waits = WaitsCard(desk, self.acting)
        self.timeline = TimelineCard(desk, self.acting)
        self.timeline.pasted.connect(self._paste)
        self.timeline.printed.connect(self._print_sheet)
        self.finding = FindingCard(desk, self.acting)
        self.finding.detailed.connect(lambda finding: desk.go("findings", finding))
        self.tray = TrayCard(desk)
        self.windows.chosen.connect(self.finding.choose_window)

    def _sealed_banner(self) -> Banner:
        banner = Banner(
            self.look,
            self.tr("Sealed, read-only. Add a supplement to correct it."),
            Tone.INFO,
            "lock",
            self.tr("Add a supplement"),
            self._supplement,
        )
        banner.hide()
        return banner

    def _columns(self) -> QWidget:
        middle = QWidget()
        middle.setLayout(column(self.windows, self.waits, self.timeline, spacing=tokens.M))
        right = QWidget()
        right.setLayout(column(self.finding, self.tray, None, spacing=tokens.M))
        made = QWidget()
        columns = QHBoxLayout(made)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(tokens.M)
        columns.addWidget(self.checklist, 30)
        self._middle = scrolled(middle)
        columns.addWidget(self._middle, 44)
        columns.addWidget(scrolled(right), 26)
        return made

    def _later_bar(self) -> QFrame:
        tr = self.tr
        bar = QFrame()
        bar.setObjectName("banner")
        bar.setProperty("tone", Tone.WARN.value)
        words = label(tr("Seen earlier:"), Type.STRONG)
        now = button(self.look, tr("Back to now"), lambda: self._set_later(on=False), kind="text")
        layout = row(words, self.seen, now, spacing=tokens.M, stretch=1)
        layout.setContentsMargins(tokens.L, tokens.XS, tokens.L, tokens.XS)
        bar.setLayout(layout)
        bar.hide()
        return bar

    def _keys(self) -> None:
        for key, pressed in (
            ("F2", self.finding.begin),
            ("F3", self.finding.praise),
            ("F4", self.windows.take_focus),
            ("F5", self.windows.new_round),
            ("F6", lambda: self._set_later(on=True)),
            ("F7", self._begin_wait),
            ("F8", self.timeline.add),
            ("F10", self.shrinking.shrink),
            ("Ctrl+L", self.checklist.take_focus),
        ):
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # A key held down was meant once: each round would hide the one before it.
            short.setAutoRepeat(False)
            short.activated.connect(pressed)

    def _begin_wait(self) -> None:
        self.waits.begin()
        # Its line is laid out first.
        QTimer.singleShot(0, self, lambda: self._middle.ensureWidgetVisible(self.waits))

    # -- showing -------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show a visit; without one, go to the list of all."""
        if not place.id:
            QTimer.singleShot(0, self, lambda: self.desk.go("visits"))
            return
        shown = self.keeper.board
        if shown is None or shown.visit != place.id:
            # What is said of a time belongs to the visit for which it was said.
            self._set_later(on=False)
            self._stack.setCurrentIndex(0)
            self._patience.start()
        self.keeper.show(place.id)

    def refresh(self, changes: Changes) -> None:
        """Read again what an action touched."""
        self.keeper.tell(changes)

    def _show(self, board: Board) -> None:
        self._patience.stop()
        first = self._stack.currentIndex() != 2
        members = board.standing.members
        people = [(person, board.record.person_name(person)) for person in members]
        self.seen.set_people(people, board.me)
        photos_changed = self._photos is None or self._photos != board.photos
        self._photos = board.photos
        for part in (
            *(self.heading, self.checklist, self.windows, self.waits, self.timeline),
            *(self.finding, self.tray, self.hints),
        ):
            part.show_board(board)
        self._sealed.setVisible(board.sealed)
        if photos_changed:
            self._read_photos(board.visit)
        self._stack.setCurrentIndex(2)
        if first:
            self.checklist.take_focus()

    def _read_photos(self, visit: str) -> None:
        """Read which photographs have no place yet, once the page is shown."""

        def show(found: list[Evidence]) -> None:
            self.finding.show_photos(found)
            self.tray.show_photos(found)

        self.desk.read(self, lambda session: unplaced(session, visit, MOST_PHOTOS), show)

    def _fail(self, error: Exception) -> None:
        """Say why a visit cannot be shown, where it would have stood."""
        self._patience.stop()
        if not isinstance(error, MingchaError):
            self.desk.worker.refused.emit(error)
            return
        old = self._stack.widget(3)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(_not_shown(self.desk, error)))

    # -- phases --------------------------------------------------------------------------------

    def _enter(self, phase: Phase) -> None:
        """Enter a phase, or go to where one is worked on."""
        board = self.keeper.board
        if board is None:
            return
        if phase in (Phase.FEEDBACK, Phase.SEALED):
            self.desk.go("closing", board.visit)
        elif phase is Phase.COVERT and board.standing.team is Phase.PREPARED:
            rules = CovertDialog(self.desk, self.acting, board)
            rules.accepted.connect(lambda: self._banners.addWidget(self.shrinking.offer()))
            self._ask(rules)
        elif phase is Phase.OVERT and board.standing.team in (Phase.PREPARED, Phase.COVERT):
            self._ask(RevealDialog(self.desk, self.acting, board))

    def _ask(self, dialog: QDialog) -> None:
        dialog.accepted.connect(self.checklist.take_focus)
        dialog.setParent(self.window(), dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.checklist.take_focus)
        dialog.open()

    # -- later entry ---------------------------------------------------------------------------

    def _set_later(self, on: bool) -> None:
        self._later.setVisible(on)
        self.heading.later_button.blockSignals(True)
        self.heading.later_button.setChecked(on)
        self.heading.later_button.blockSignals(False)
        if on:
            self.seen.at.setFocus()
            self.seen.at.selectAll()
        else:
            self.seen.clear()
            self.checklist.take_focus()

    # -- notes ---------------------------------------------------------------------------------

    def _paste(self) -> None:
        board = self.keeper.board
        if board is not None and not board.sealed:
            self._ask(NotesDialog(self.desk, self.acting, board))

    def _print_sheet(self) -> None:
        """Write the sheet for notes by hand where the person wants it, and open it."""
        board = self.keeper.board
        if board is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Pocket sheet"), f"{self.tr('notes')}.pdf", "PDF (*.pdf)"
        )
        if not name:
            return
        hall, lang, target = board.record.hall.id, self.desk.lang, Path(name)

        def show(_made: object) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(name))

        def write(session: Session) -> None:
            importlib.import_module(_PAPERS).pocket_sheet(session, hall, target, lang)

        self.desk.read(self, write, show)

    # -- correcting ----------------------------------------------------------------------------

    def _supplement(self) -> None:
        """Open a linked visit that corrects a sealed one, with the reason."""
        board = self.keeper.board
        if board is None:
            return
        reason = asked_text(
            self.desk,
            self,
            self.tr("Add a supplement"),
            self.tr("The sealed visit stays as it is; the supplement has a seal of its own."),
            self.tr("Add a supplement"),
        )
        if reason:
            visit = board.visit
            self.acting.run(
                lambda session: start_supplement(session, visit, reason).id,
                lambda made: self.desk.go("visit", made),
                same=("supplement", visit),
            )

    # -- trouble -------------------------------------------------------------------------------

    def _trouble(self, trouble: Trouble) -> None:
        """Say what the disk refused, and offer it again; what was typed stays where it is."""
        cleared(self._banners)
        words, count = trouble.error.text(self.tr), len(self.acting.waiting)
        if count > 1:
            words += "\n" + self.tr("Not saved so far: {count}", count=count)
        again = partial(self.acting.try_again, trouble)
        self._banners.addWidget(
            Banner(self.look, words, Tone.DANGER, "warning", self.tr("Save again"), again)
        )

    def _calm(self) -> None:
        """Take away what was said, unless something else still waits to be saved."""
        cleared(self._banners)
        if self.acting.waiting:
            self._trouble(self.acting.waiting[-1])

    def tell(self, said: Said) -> bool:
        """Show it beside the undo that is always here: a second foot would move everything."""
        return self.hints.tell(said.text)

    def undo(self) -> None:
        """Take back the last action in this visit."""
        board = self.keeper.board
        if board is None or board.sealed:
            return
        what, visit = undo_text(board, self.tr), board.visit
        self.acting.run(
            lambda session: undo_last(session, visit),
            lambda _done: self.desk.say(self.tr("Taken back: {things}", things=what)),
            same="undo",
        )


def _not_shown(desk: Desk, error: MingchaError) -> Nothing:
    """Return what stands in place of a visit that cannot be shown, with the way on."""
    tr = desk.tr
    return Nothing(
        desk.look,
        "warning",
        tr("This visit cannot be shown"),
        error.text(tr),
        tr("All visits"),
        lambda: desk.go("visits"),
        Tone.WARN,
    )
