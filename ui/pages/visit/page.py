"""走访: one visit, from its preparation to the overt part, on one page."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector.base.i18n import N_
from inspector.domain.vocabulary import Phase
from inspector.operations.board import Photos, unplaced
from inspector.operations.undo import undo_last
from inspector.operations.undo_text import undo_text
from ui.models.board import BoardKeeper
from ui.page import Chrome, Key, Page
from ui.pages.visit.banner import TopBanner
from ui.pages.visit.begun import Begun
from ui.pages.visit.checklist import ChecklistCard
from ui.pages.visit.heading import Heading
from ui.pages.visit.hints import Hints
from ui.pages.visit.later import LaterBar
from ui.pages.visit.naming import in_sight, members_in_sight
from ui.pages.visit.shrinking import Shrinking
from ui.pages.visit.troubles import Troubles
from ui.recording.acting import Acting
from ui.theme import tokens
from ui.widgets.absent import absent_visit
from ui.widgets.drafts import unsaved
from ui.widgets.keys import bind
from ui.widgets.seen import SeenRow
from ui.widgets.surfaces import Bones, column, scrolled
from ui.work.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.changes import Changes
    from inspector.domain.entities import Evidence
    from inspector.operations.board import Board
    from ui.desk import Desk, Place, Said
    from ui.pages.visit.asking import Asking
    from ui.pages.visit.beside import Beside
    from ui.pages.visit.finding import FindingCard
    from ui.pages.visit.timeline import TimelineCard
    from ui.pages.visit.tray import TrayCard
    from ui.pages.visit.waits import WaitsCard
    from ui.pages.visit.windows import WindowsCard

#: Loaded once the checklist is painted, and when something is asked for.
_BESIDE, _ASKING = "ui.pages.visit.beside", "ui.pages.visit.asking"
#: Longer than this, bones stand where the visit comes. Milliseconds.
PATIENCE_MS = 150
#: So many photographs without a place are looked through for those of the moment.
MOST_PHOTOS = 200

#: Its keys, as the settings list them.
KEYS = (
    Key("Ctrl+L", N_("Go to the checklist")),
    Key("1–4", N_("Answer the item; Enter writes a remark"), single=True),
    Key("0–9", N_("Type the number where the item asks for one; Enter saves it"), single=True),
    Key("- ?", N_("Not applicable, not seen"), single=True),
    Key("F2", N_("Note a finding: then a digit, then Enter")),
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
    """A visit: its heading and checklist first, and then, card by card, what stands beside them."""

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
        self._photos: Photos | None = None
        self._found_checklist: ChecklistCard | None = None
        self._found_beside: Beside | None = None
        self._begun = Begun()
        desk.typed["page"] = self._begun.words
        self._found_asking: Asking | None = None
        self._stages = Stages([self._make_checklist], self)
        self._make_parts(desk)
        self._stack = QStackedWidget()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_bones)
        self._later = LaterBar(desk, self.seen, lambda: self._set_later(on=False))
        self._later.hide()
        self._later.resumed.connect(self._show_later)
        self._begun.add("later", self._later)
        self._banner = TopBanner(desk)
        self._banner.began.connect(lambda: self._asking.enter(Phase.COVERT))
        self._banner.supplemented.connect(lambda: self._asking.supplement())
        self.troubles = Troubles(desk, self.acting, self)
        inside = column(self._banner, self._stack, spacing=tokens.S)
        inside.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        inside.setStretch(1, 1)
        layout = column(
            self.heading, self._later, inside, self.troubles.room, self.hints, spacing=0
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        #: Filled if one has to wait.
        self._bones = QWidget()
        for part in (QWidget(), self._bones, self._columns()):
            self._stack.addWidget(part)
        self._keys()

    def _make_parts(self, desk: Desk) -> None:
        self.heading = Heading(desk, self.keeper)
        self.heading.phased.connect(self._enter)
        self.heading.later.connect(self._set_later)
        self.shrinking = Shrinking(desk, self.keeper)
        self.heading.shrunk.connect(self.shrinking.shrink)
        self.hints = Hints(desk, self.undo)

    def _columns(self) -> QWidget:
        self._centre, self._right = column(spacing=tokens.M), column(spacing=tokens.M)
        made, middle, right = QWidget(), QWidget(), QWidget()
        for part in (middle, right):
            # They paint nothing themselves: a card that is added below leaves those above alone.
            part.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        middle.setLayout(self._centre)
        right.setLayout(self._right)
        self._middle = scrolled(middle, whole=True)
        columns = self._places = QHBoxLayout(made)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(tokens.M)
        columns.addWidget(self._middle, 44)
        columns.addWidget(scrolled(right, whole=True), 26)
        return made

    def _keys(self) -> None:
        for key, pressed in (
            ("F2", lambda: self.finding.begin()),
            ("F3", lambda: self.finding.praise()),
            ("F4", lambda: self.windows.take_focus()),
            ("F5", lambda: self.windows.looking.new_round()),
            ("F6", lambda: self._set_later(on=True)),
            ("F7", self._begin_wait),
            ("F8", lambda: self.timeline.add()),
            ("F10", self.shrinking.shrink),
            ("Ctrl+L", lambda: self.checklist.take_focus()),
        ):
            # A key held down was meant once: each round would hide the one before it.
            bind(self, key, pressed, repeats=False)

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
            self._photos = None
            self._stack.setCurrentIndex(0)
            self._patience.start()
        self.keeper.show(place.id)
        self._stages.begin()

    def _show_bones(self) -> None:
        if self._bones.layout() is None:
            self._bones.setLayout(column(Bones(8)))
        self._stack.setCurrentIndex(1)

    def refresh(self, changes: Changes) -> None:
        """Read again what an action touched."""
        self.keeper.tell(changes)

    def _show(self, board: Board) -> None:
        self._patience.stop()
        first = self._stack.currentIndex() != 2
        people = members_in_sight(board, self.desk.lang)
        self.seen.set_people(people, board.me, board.visit)
        photos_changed = self._photos is None or self._photos != board.photos
        self._photos = board.photos
        for part in (self.heading, self.checklist, self.hints, self._later):
            part.show_board(board)
        self._banner.show_board(board, unsaved(self.desk, board.visit) if board.sealed else ())
        if self._found_beside is not None:
            self._found_beside.show_board(board)
        if photos_changed and self._is_made:
            self._read_photos()
        self._stack.setCurrentIndex(2)
        if self._found_beside is None and self._stages.is_done:
            self._stages.add([self._load_beside])
        self._stages.begin()
        if first:
            self.checklist.take_focus()

    def _read_photos(self) -> None:
        """Read which photographs have no place yet, once the page is shown."""
        board = self.keeper.board
        if board is not None:
            visit = board.visit
            self.desk.read(
                self,
                lambda session: unplaced(session, visit, MOST_PHOTOS),
                lambda found: self._show_photos(visit, found),
            )

    def _show_photos(self, visit: str, found: list[Evidence]) -> None:
        if self.keeper.board is not None and self.keeper.board.visit == visit:
            self._beside.show_photos(found)

    def _fail(self, error: Exception) -> None:
        """Say why a visit cannot be shown, where it would have stood."""
        self._patience.stop()
        if not self.desk.foresaw(error):
            return
        old = self._stack.widget(3)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(absent_visit(self.desk, error)))

    # -- made later ----------------------------------------------------------------------------

    def _load_beside(self) -> None:
        """Load the cards beside the checklist, and make them one after the other."""
        cls: type[Beside] = importlib.import_module(_BESIDE).Beside
        made = self._found_beside = cls(self.desk, self.acting, self._centre, self._right)
        made.pasted.connect(lambda: self._asking.paste())
        made.printed.connect(lambda: self._asking.print_sheet())
        self._stages.add((*made.steps, lambda: made.go_on(self._begun), self._read_photos))

    def would_lose(self) -> bool:
        """What was begun goes along; what is being saved may yet be refused."""
        return self.acting.is_busy or (self._is_made and self.finding.leaves_out)

    def hand_over(self) -> dict[str, Mapping[str, Any]]:
        """Return what was begun, by part and visit."""
        handed = Begun()
        handed.take_over(self._begun.hand_over())
        # Until the page is made anew it is told of what was handed over.
        self.desk.typed["page"] = handed.words
        return self._begun.hand_over()

    def take_over(self, handed: dict[str, Mapping[str, Any]]) -> None:
        """Go on with what was begun, each part once it is made."""
        self._begun.take_over(handed)

    def _make_checklist(self) -> None:
        made = self._found_checklist = ChecklistCard(self.desk, self.acting)
        self._places.insertWidget(0, made, 30)
        self._begun.add("checklist", made)
        # Before it is dressed: the frame of the focus takes its room then.
        made.take_focus()

    @property
    def _is_made(self) -> bool:
        return self._found_beside is not None and self._stages.is_done

    @property
    def is_whole(self) -> bool:
        """Whether the cards beside the checklist of what is shown were made."""
        return self._is_made or self.keeper.board is None

    @property
    def checklist(self) -> ChecklistCard:
        """The checklist."""
        if self._found_checklist is None:
            self._stages.finish()
        assert self._found_checklist is not None
        return self._found_checklist

    @property
    def _beside(self) -> Beside:
        """All cards beside the checklist; what is not made yet is made now."""
        self._stages.finish()
        if self._found_beside is None:
            self._load_beside()
            self._stages.finish()
        assert self._found_beside is not None
        return self._found_beside

    @property
    def windows(self) -> WindowsCard:
        """The windows of the place."""
        return self._beside.windows

    @property
    def waits(self) -> WaitsCard:
        """Who is waiting."""
        return self._beside.waits

    @property
    def timeline(self) -> TimelineCard:
        """What happened."""
        return self._beside.timeline

    @property
    def finding(self) -> FindingCard:
        """A problem, by three keys."""
        return self._beside.finding

    @property
    def tray(self) -> TrayCard:
        """How much evidence there is."""
        return self._beside.tray

    @property
    def _asking(self) -> Asking:
        if self._found_asking is None:
            cls: type[Asking] = importlib.import_module(_ASKING).Asking
            made = self._found_asking = cls(self.desk, self.acting, self)
            made.answered.connect(self.checklist.take_focus)
            made.covert_began.connect(self.shrinking.offer)
        return self._found_asking

    def _enter(self, phase: Phase) -> None:
        self._asking.enter(phase)

    # -- later entry ---------------------------------------------------------------------------

    def _show_later(self, on: bool = True) -> None:
        self._later.setVisible(on)
        self.heading.show_later(on)

    def _set_later(self, on: bool) -> None:
        self._show_later(on)
        if on:
            self.seen.at.setFocus()
            self.seen.at.selectAll()
        else:
            self.seen.clear()
            if self._found_checklist is not None:
                self._found_checklist.take_focus()

    def tell(self, said: Said) -> bool:
        """Show it beside the undo that is always here: a second foot would move everything."""
        return self.hints.tell(said.text)

    def undo(self) -> None:
        """Take back the last action in this visit."""
        board = self.keeper.board
        if board is None or board.sealed:
            return
        what, visit = undo_text(in_sight(board, self.desk.lang), self.tr), board.visit
        self.acting.run(
            lambda session: undo_last(session, visit),
            lambda _done: self.desk.say(self.tr("Taken back: {things}", things=what)),
            same="undo",
        )
