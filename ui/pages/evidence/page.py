"""证据: the photographs and files of one visit, from the first look to their place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from inspector.domain.clocktext import clock, iso_day
from inspector.domain.numbers import bare_number
from inspector.operations.album import Album, Item, State
from inspector.operations.custody import Details, details
from inspector.operations.placing import place_name, suggested_for
from inspector.operations.today import Today, today
from ui.models.album import AlbumKeeper
from ui.models.board import BoardKeeper
from ui.page import Chrome, Page
from ui.pages.evidence.acting import Acting
from ui.pages.evidence.bringing import Bringing
from ui.pages.evidence.choose import Choose
from ui.pages.evidence.doing import Doing
from ui.pages.evidence.edition import Edition
from ui.pages.evidence.facts import UNCHECKED, Facts
from ui.pages.evidence.foot import Foot
from ui.pages.evidence.fresh import fresh_button
from ui.pages.evidence.heading import Heading
from ui.pages.evidence.keys import KEYS
from ui.pages.evidence.strip import TIMELESS, Strip
from ui.pages.evidence.viewer import Viewer
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.absent import absent_visit
from ui.widgets.surfaces import Banner, Bones, Nothing, cleared, column, row
from ui.work.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.base.errors import MingchaError
    from inspector.base.i18n import Translator
    from inspector.domain.changes import Changes
    from inspector.operations.board import Board
    from ui.desk import Desk, Place

#: Longer than this, bones stand where the photographs come. Milliseconds.
PATIENCE_MS = 150
#: Facts are read once one rests on a photograph this long. Milliseconds.
REST_MS = 60
#: Nouns whose changes change what the strip shows.
_SHOWN = frozenset(
    {"evidence", "placement", "clock_check", "feedback", "confirmation", "erasure", "seal"}
)
#: What the strip shows for what a visit lacks.
_GAPS = {"evidence_unplaced": State.UNPLACED.value, "evidence_without_time": TIMELESS}
_BLANK, _BONES, _SPLIT, _NONE, _CHOOSE = range(5)


class EvidencePage(Page):
    """The photographs of a visit."""

    chrome = Chrome.BARE
    keys = KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Evidence")
        self._visit, self._goal, self._filter = "", "", ""
        self.keeper = BoardKeeper(desk, self)
        self.albums = AlbumKeeper(desk, self)
        self.albums.shown.connect(self._show)
        self.albums.failed.connect(self._fail)
        self.keeper.shown.connect(self._show_board)
        self.keeper.failed.connect(self._fail)
        self._edition = Edition(desk, self)
        self._edition.read.connect(lambda: self._show_item(self.strip.current))
        self.doing = Doing(desk, self.keeper)
        self.heading = Heading(desk, self._back, self._show_card)
        self.choose = Choose(desk)
        self.bringing = Bringing(desk, self, self._open_visit)
        self.bring = self.bringing.new_button()
        self.fresh = fresh_button(desk, self, self._open_visit)
        for each in (self.fresh, self.bring):
            self.heading.tools.addWidget(each)
        self._banners = column(spacing=tokens.S)
        self._banners.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        layout = column(self.heading, self._banners, self._stack, spacing=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._parts = row(spacing=0)
        split = QWidget()
        split.setLayout(self._parts)
        for part in (QWidget(), Bones(8), split, _nothing(desk, self.bringing), self.choose):
            self._stack.addWidget(part)
        self._place: Place | None = None
        self._stages = Stages(
            (self._make_strip, self._make_viewer, self._make_facts, self._make_acting), self
        )
        self._stages.ended.connect(self._go)
        self._make_timers()

    def _make_timers(self) -> None:
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._stack.setCurrentIndex(_BONES))
        #: Laying out what shows photographs is a turn of its own, once it holds them.
        self._opening = QTimer(self, singleShot=True, interval=0)
        self._opening.timeout.connect(self._open)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._read_details)

    # -- its parts -------------------------------------------------------------------------

    @property
    def is_whole(self) -> bool:
        """Whether what shows photographs was made, and is shown where there are some."""
        return self._stages.is_done and not self._opening.isActive()

    def _make_strip(self) -> None:
        self.strip = Strip(self.desk)
        self._parts.addWidget(self.strip)

    def _make_viewer(self) -> None:
        middle = QWidget()
        self._parts.addWidget(middle, 1)
        self.viewer, self.foot = Viewer(self.desk), Foot(self.desk)
        inside = column(self.viewer, self.foot, spacing=0)
        inside.setStretch(0, 1)
        middle.setLayout(inside)

    def _make_facts(self) -> None:
        self.facts = Facts(self.desk)
        self._parts.addWidget(self.facts)

    def _make_acting(self) -> None:
        self.acting = Acting(self.desk, self, self.doing, self.strip, self.viewer, self.facts)
        self.acting.bind(self.foot)
        self._connect()

    def _show_card(self) -> None:
        self._stages.finish()
        self.acting.show_card()

    def _open_visit(self) -> str:
        """Return the visit that photographs can be brought into now, "" if there is none."""
        return self._visit if self.board is not None and not self.board.sealed else ""

    def _connect(self) -> None:
        self.strip.chosen.connect(self._show_item)
        self.viewer.facts_wanted.connect(self.facts.setVisible)
        self.foot.stepped.connect(self.strip.step)
        self.doing.refused.connect(self._refused)
        self.doing.saved.connect(self._show_banners)
        self.doing.found.connect(self._warn)
        self.doing.failed.connect(lambda: self._go_to(""))
        self.acting.goes.connect(self._go_to)
        self.viewer.away.changed.connect(lambda: self._show_item(self.strip.current))

    def _go_to(self, id: str) -> None:
        """Stand on a photograph once what is being saved is shown."""
        self._goal = id

    # -- where one is ----------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show a visit; `photo` or `of` names one, `finding` or `gap` what of it is shown."""
        self._place = place
        if self._stages.is_done:
            self._go()
        self._stages.begin()

    def _go(self) -> None:
        place = self._place
        if place is None:
            return
        self._goal = place.more.get("photo", "") or place.more.get("evidence", "")
        gap = place.more.get("gap", "")
        if gap:
            self._goal = place.more.get("of", "")
        self._filter = _GAPS.get(gap, "") or place.more.get("finding", "")
        self.desk.read(self, today, lambda found: self._show_today(found, place.id))

    def _show_today(self, found: Today, visit: str) -> None:
        if not visit and len(found.running) == 1:
            visit = found.running[0].visit.id
        if not visit:
            self._show_choice(found)
            return
        if visit != self._visit:
            self._visit = visit
            self._stack.setCurrentIndex(_BLANK)
            self._patience.start()
        self.strip.set_covert(found.covert)
        self.keeper.show(visit)
        self.albums.show(visit)

    def show_choice(self) -> None:
        """Let one choose a visit, also while exactly one goes on."""
        self.desk.read(self, today, self._show_choice)

    def _show_choice(self, found: Today) -> None:
        self._visit = ""
        self._patience.stop()
        self._show_banners()
        self.heading.say(self.tr("Evidence"), "")
        self.choose.show_today(found)
        self._stack.setCurrentIndex(_CHOOSE)

    def refresh(self, changes: Changes) -> None:
        """Read again what an action touched."""
        if not self._visit:
            return
        self.keeper.tell(changes)
        nouns = {noun for noun, _id in changes.touched}
        if nouns & _SHOWN:
            self.albums.tell(changes)
        elif "audit_entry" in nouns:
            self._rest.start()
        if nouns & {"event", "visit"}:
            self.desk.read(self, today, lambda found: self.strip.set_covert(found.covert))

    def undo(self) -> None:
        """Take back the last action and stand on the photograph it was about."""
        self._goal = self.doing.last
        self.doing.undo()

    def _back(self) -> None:
        self.desk.go("visit", self._visit) if self._visit else self.desk.go("home")

    # -- showing ---------------------------------------------------------------------------

    @property
    def board(self) -> Board | None:
        """The visit that is shown."""
        board = self.keeper.board
        return board if board is not None and board.visit == self._visit else None

    @property
    def album(self) -> Album | None:
        """Its photographs."""
        found = self.albums.album
        return found if found is not None and found.visit == self._visit else None

    def _show_board(self, board: Board) -> None:
        self._show_banners()
        self._show()
        self._edition.show_board(board)

    def _show(self, _read: object = None) -> None:
        """Show what was read, once the visit and its photographs are both there."""
        board, found = self.board, self.album
        if board is None or found is None:
            return
        self._patience.stop()
        self.strip.show_album(found, board, "" if self._filter else self._goal)
        if self._filter:
            self.strip.restrict(self._filter)
            if self._goal:
                self.strip.stand_on(self._goal)
        self._goal, self._filter = "", ""
        if not found.items:
            self.heading.say(_code(board, self.tr), "")
        self._opening.start()

    def _open(self) -> None:
        """Bring into sight what was shown last: the photographs, or that there are none."""
        if self.board is None or self.album is None:
            return
        before, now = self._stack.currentIndex(), _SPLIT if self.album.items else _NONE
        if now == before:
            return
        self._stack.setCurrentIndex(now)
        shown = self.strip.view if self.album.items else self._stack.currentWidget()
        if shown is not None:
            shown.setFocus()

    def _show_item(self, item: Item | None) -> None:
        board = self.board
        if board is None:
            return
        self._rest.stop()
        changeable = not board.sealed and not (item is not None and item.sealed)
        covered = self.tr("Covered during the covert part") if self.strip.is_covered else ""
        self.viewer.show_item(item, _near(self.strip, item), covered)
        self._name(board, item)
        self.heading.warn(self.doing.conditions.get(item.id, "") if item else "")
        self.facts.setEnabled(item is not None)
        if item is None:
            self.foot.show_item(None, changeable=changeable)
            return
        at = item.at
        suggested = suggested_for(board.record, at) if changeable else ()
        places = self.facts.places
        record = self._edition.record_of(board, item)
        places.show_item(record, item, suggested, changeable=changeable)
        more = bool(self.strip.next_unplaced())
        suggested_one = bool(places.suggested)
        self.foot.show_item(item, changeable=changeable, suggested=suggested_one, more=more)
        self._rest.start()

    def _warn(self, id: str, condition: str) -> None:
        """Say above everything that a file is not what was stored."""
        if self.strip.current is not None and self.strip.current.id == id:
            self.heading.warn(condition)

    def _name(self, board: Board, item: Item | None) -> None:
        if item is None:
            self.heading.say(_code(board, self.tr), self.tr("Nothing is shown by this filter."))
            return
        record = self._edition.record_of(board, item)
        names = [place_name(record, p.kind, p.target, self.tr) for p in item.places]
        row, count = self.strip.view.currentIndex().row() + 1, len(self.strip.items)
        code = board.record.hall.code or bare_number(board.record.visit)
        position = self.tr("{number} of {count}", number=row, count=count)
        self.heading.say(
            item.name, " · ".join(p for p in (code, *names, _taken(board, item), position) if p)
        )

    def _read_details(self) -> None:
        item = self.strip.current
        if item is not None:
            self.desk.read(self, partial(details, evidence=item.id), self._show_details)

    def _show_details(self, found: Details) -> None:
        item, board = self.strip.current, self.board
        if item is None or board is None or item.id != found.evidence.id:
            return
        changeable = not (board.sealed or item.sealed or item.state is State.SET_ASIDE)
        record = self._edition.record_of(board, item)
        self.facts.show_details(found, record, board, changeable=changeable)
        self.viewer.show_details(found)
        self.facts.show_condition(self.doing.conditions.get(item.id, UNCHECKED))

    def _show_banners(self) -> None:
        cleared(self._banners)
        self.bring.setEnabled(bool(self._open_visit()))
        if self.board is not None and self.board.sealed:
            words = self.tr("Sealed, read-only. Add a supplement to correct it.")
            self._banners.addWidget(Banner(self.look, words, Tone.INFO, "lock"))

    def _fail(self, error: Exception) -> None:
        """Say why a visit cannot be shown, where it would have stood."""
        self._patience.stop()
        self._opening.stop()
        if not self.desk.foresaw(error):
            return
        old = self._stack.widget(_CHOOSE + 1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(absent_visit(self.desk, error)))

    def _refused(self, error: MingchaError, again: Callable[[], None]) -> None:
        """Say what the disk refused, and offer it again."""
        cleared(self._banners)
        words = error.text(self.tr)
        banner = Banner(self.look, words, Tone.DANGER, "warning", self.tr("Save again"), again)
        self._banners.addWidget(banner)


def _nothing(desk: Desk, bringing: Bringing) -> Nothing:
    """Return what stands in place of photographs while there are none."""
    tr = desk.tr
    return Nothing(
        desk.look,
        "evidence",
        tr("No photographs yet"),
        tr(
            "Bring them in from a telephone, a card or a folder. They are stored unchanged "
            "under their hash."
        ),
        tr("Bring in photographs"),
        bringing.bring,
    )


def _near(strip: Strip, item: Item | None) -> tuple[Item, ...]:
    """Return the photographs before and after one."""
    items = strip.items
    row = strip.view.currentIndex().row()
    if item is None or row < 0:
        return ()
    return (*items[row + 1 : row + 2], *items[max(0, row - 1) : row])


def _taken(board: Board, item: Item) -> str:
    """Return when a photograph was taken, with its day unless that is the day of the visit."""
    if item.at is None:
        return ""
    at, day = clock(item.at, item.zone), iso_day(item.at, item.zone)
    # That of another day is far from the visit, however near its hour.
    return at if day == iso_day(board.begun or board.now, board.zone) else f"{day} {at}"


def _code(board: Board, tr: Translator) -> str:
    """Return how the page is called while no photograph is shown."""
    code = board.record.hall.code or bare_number(board.record.visit)
    return tr("{code} evidence", code=code)
