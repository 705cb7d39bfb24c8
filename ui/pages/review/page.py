"""复核: what came in and waits for a decision, one thing after the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QVBoxLayout, QWidget

from inspector.base.i18n import N_
from inspector.domain.terms import title_of
from inspector.domain.vocabulary import ReviewDecision, ReviewState
from inspector.operations.people import people
from inspector.operations.review_detail import detail_of, earlier_of_kind
from inspector.operations.review_rows import review_desk, undo_decision
from inspector.operations.reviews import approve, reassign, return_visit
from ui.models.review import QueueModel
from ui.page import Key, Page
from ui.pages.review import inbox, teams
from ui.pages.review.detail import Detail
from ui.pages.review.foot import Foot
from ui.pages.review.inbox import InboxModel
from ui.pages.review.queue import QueueList
from ui.pages.review.teams import TeamsModel
from ui.pages.review.whom import asked_reviewer
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.fields import filter_field
from ui.widgets.keys import bind
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Bones, Card, Nothing, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from inspector.domain.changes import Changes
    from inspector.domain.entities import Person, Review
    from inspector.operations.review_detail import ReviewDetail
    from inspector.operations.review_rows import ReviewDesk, ReviewRow
    from inspector.operations.session import Session
    from ui.desk import Desk, Place
    from ui.pages.review.detail import Earlier
    from ui.theme.look import Look

#: Nouns that the queue counts or names.
_SHOWN = frozenset(
    {"visit", "hall", "finding", "seal", "visit_member", "review", "setting", "person", "trip"}
)
#: The chosen line is read once choosing rests. Milliseconds.
REST_MS = 40
#: What the page shows beside the states of the queue.
_INBOX, _BOARD = "inbox", "board"


class ReviewPage(Page):
    """The queue at the left, what is decided on at the right, what can be decided below it."""

    keys: ClassVar[tuple[Key, ...]] = (
        Key("J", N_("Next in the queue"), single=True),
        Key("K", N_("The one before in the queue"), single=True),
        Key("A", N_("Approve and go on"), single=True),
        Key("R", N_("Return with the reason"), single=True),
        Key("Ctrl+F", N_("Go to the filter")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = self.tr
        self.title = tr("Review")
        self.found: ReviewDesk | None = None
        self.shown: ReviewRow | None = None
        #: What stands on the screen: nothing else is decided on.
        self._seen: ReviewRow | None = None
        self._state = ReviewState.WAITING
        self.filter = filter_field(tr("Filter"), tr("Place, category, person, number"))
        self.filter.textChanged.connect(self._restrict)
        self.narrowing.append(self.filter)
        self.model = QueueModel()
        self.queue = QueueList(desk, self.model)
        self.place = label("", Type.CAPTION)
        self.detail = Detail(desk)
        self.foot = Foot(desk)
        self.inbox = InboxModel(desk, self)
        self.arrived = RegisterTable(desk, tr("What came in"), self.inbox)
        self.arrived.set_widths(inbox.WIDTHS, inbox.PLACE)
        self.teams = TeamsModel(desk, self)
        self.board = RegisterTable(desk, tr("Teams"), self.teams)
        self.board.set_widths(teams.WIDTHS, teams.COUNTY)
        self.chips: dict[str, QPushButton] = {}
        chips = self._chips()
        # Where text is large the top bar has no room for them.
        large = self.look.scale > tokens.LARGE
        self.tools = [] if large else chips
        self._views = QStackedWidget()
        self._right = QStackedWidget()
        self.setLayout(self._parts(chips if large else []))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._read_detail)
        self._connect()

    # -- parts -----------------------------------------------------------------------------

    def _chips(self) -> list[QWidget]:
        group = QButtonGroup(self)
        names = {state.value: title_of(state, self.desk.lang) for state in ReviewState}
        more = {_INBOX: self.tr("Came in"), _BOARD: self.tr("Teams")}
        for name, words in {**names, **more}.items():
            chip = button(self.look, words, partial(self.show_view, name), kind="chip")
            group.addButton(chip)
            self.chips[name] = chip
        self.chips[ReviewState.WAITING].setChecked(True)
        return list(self.chips.values())

    def _parts(self, chips: list[QWidget]) -> QVBoxLayout:
        tr, look = self.tr, self.look
        side = QFrame()
        side.setObjectName("panel")
        head = column(self.filter, self.place, spacing=tokens.S)
        head.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.S)
        listed = column(head, spacing=0)
        listed.addWidget(self.queue, 1)
        side.setLayout(listed)
        side.setFixedWidth(round(340 * look.scale))
        right = QWidget()
        right.setLayout(column(self.detail, self.foot, spacing=0))
        done = Nothing(look, "conforms", tr("All reviewed"), "", tone=Tone.OK)
        self._right.addWidget(Bones())
        self._right.addWidget(right)
        self._right.addWidget(done)
        queue = QWidget()
        both = row(side, spacing=0)
        both.addWidget(self._right, 1)
        queue.setLayout(both)
        self._views.addWidget(queue)
        self._views.addWidget(_sheet(tr("What came in"), self.arrived))
        self._views.addWidget(_sheet(tr("Teams"), self.board))
        whole = column(spacing=0)
        if chips:
            above = row(*chips, None)
            above.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
            whole.addLayout(above)
        whole.addWidget(self._views, 1)
        return whole

    def _connect(self) -> None:
        self.queue.moved.connect(self._moved)
        self.queue.approved.connect(self.approve)
        self.queue.returned.connect(self.return_shown)
        self.foot.approved.connect(self.approve)
        self.foot.returned.connect(self.return_shown)
        self.foot.passed.connect(self.pass_on)
        self.arrived.opened.connect(self._open_arrival)
        bind(self, "Ctrl+F", self.filter.setFocus)

    # -- what there is ---------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Read the queue; `id` names a visit to stand on, `view` a state or “inbox”."""
        view = place.more.get("view", "")
        if view in self.chips:
            self.show_view(view)
        self._read(wanted=place.id)

    def refresh(self, changes: Changes) -> None:
        """Read again what the queue counts."""
        if {noun for noun, _id in changes.touched} & _SHOWN:
            self._read()

    def is_typed_in(self) -> bool:
        """Whether a remark was begun, at whatever line it waits."""
        return self.foot.is_begun or super().is_typed_in()

    def undo(self) -> None:
        """Take back the last decision."""
        said = partial(self.desk.say, self.tr("Taken back."))
        self.desk.act(self, undo_decision, lambda _none: said())

    def _read(self, wanted: str = "") -> None:
        lang = self.desk.lang
        self.desk.read(
            self, lambda session: review_desk(session, lang), partial(self._show, wanted)
        )

    def _show(self, wanted: str, found: ReviewDesk) -> None:
        before, at = self.shown, max(0, self.queue.currentIndex().row())
        self.found = found
        for state in ReviewState:
            words = f"{title_of(state, self.desk.lang)} {found.counts[state]}"
            _say(self.chips[state], words, self.look)
        self.inbox.take(found.came_in)
        self.teams.take(found.teams)
        self.subtitle = self.tr("{count} visits brought something lately", count=len(found.came_in))
        self.retitled.emit()
        self.model.take(found.rows)
        if wanted:
            at = next((n for n in range(self.model.rowCount()) if self._is_of(n, wanted)), at)
        elif before is not None and self.model.at(before.key) >= 0:
            at = self.model.at(before.key)
        self._stand_on(at)

    def _is_of(self, at: int, visit: str) -> bool:
        found = self.model.row(at)
        return found is not None and found.item.visit.id == visit

    def show_view(self, view: str) -> None:
        """Show the visits of a state, or what came in."""
        self.chips[view].setChecked(True)
        tables = {_INBOX: self.arrived, _BOARD: self.board}
        self._views.setCurrentIndex(1 + list(tables).index(view) if view in tables else 0)
        if view in tables:
            tables[view].setFocus()
            return
        self._state = ReviewState(view)
        self._restrict()
        self.queue.setFocus()

    def _restrict(self) -> None:
        self.model.restrict(self._state, self.filter.text())
        self._stand_on(0)

    def _stand_on(self, at: int) -> None:
        """Stand on a line; on the last one where there are fewer."""
        self.model.restrict(self._state, self.filter.text())
        count = self.model.rowCount()
        if not count:
            self.shown = None
            self._right.setCurrentIndex(2 if self.found is not None else 0)
            self.place.setText("")
            return
        self.queue.setCurrentIndex(self.model.index(min(at, count - 1), 0))
        if not self.filter.hasFocus() and not self.foot.isAncestorOf(self.focusWidget() or self):
            self.queue.setFocus()
        self._moved()

    def _moved(self) -> None:
        at = self.queue.currentIndex().row()
        found = self.model.row(at)
        if found is None:
            return
        count = self.model.rowCount()
        self.place.setText(
            self.tr("{number} of {count} · J K go through them", number=at + 1, count=count)
        )
        before = self.shown
        if before is None or (found.key, found.item.own) != (before.key, before.item.own):
            self.foot.begin(found)
        self.shown = found
        self._rest.start()

    def _read_detail(self) -> None:
        shown, lang = self.shown, self.desk.lang
        if shown is None:
            return

        def work(session: Session) -> tuple[ReviewDetail, Earlier]:
            earlier = earlier_of_kind(session, shown.finding) if shown.finding else ((), 0)
            return detail_of(session, shown.item, lang), earlier

        self.desk.read(self, work, partial(self._show_detail, shown))

    def _show_detail(self, shown: ReviewRow, found: tuple[ReviewDetail, Earlier]) -> None:
        if self.shown is None or shown.key != self.shown.key:
            return
        self.detail.show_row(shown, *found)
        self._seen = shown
        self._right.setCurrentIndex(1)

    def _open_arrival(self) -> None:
        found = self.inbox.row(self.arrived.currentIndex().row())
        if found is not None:
            self.desk.go("visit", found.visit)

    # -- deciding --------------------------------------------------------------------------

    def _in_sight(self) -> ReviewRow | None:
        """Return the line one stands on, once its detail is on the screen as well."""
        shown, seen = self.shown, self._seen
        return shown if shown is not None and seen is not None and shown.key == seen.key else None

    def approve(self) -> None:
        """Approve what is shown and go on to the next."""
        shown, reason = self._in_sight(), self.foot.text
        if shown is not None and not shown.item.own:
            self._decide(
                shown,
                lambda session: approve(
                    session, shown.item.visit.id, finding=shown.finding, reason=reason
                ),
            )

    def return_shown(self) -> None:
        """Return what is shown; asks for the reason first."""
        shown, reason = self._in_sight(), self.foot.text
        if shown is None or shown.item.own:
            return
        if not reason:
            self.foot.ask_reason(self.tr("Say why it is returned, then press Enter."))
            return
        self._decide(
            shown,
            lambda session: return_visit(
                session, shown.item.visit.id, reason, finding=shown.finding
            ),
        )

    def pass_on(self) -> None:
        """Pass the visit on to somebody else."""
        self.desk.read(self, people, self._ask_whom)

    def _ask_whom(self, known: list[Person]) -> None:
        shown, reason = self.shown, self.foot.text
        person = asked_reviewer(self.desk, self, known) if shown is not None else ""
        if shown is not None and person:
            self._decide(
                shown,
                lambda session: reassign(session, shown.item.visit.id, person, reason=reason),
            )

    def _decide(self, shown: ReviewRow, work: Callable[[Session], Review]) -> None:
        self.desk.act(self, work, partial(self._decided, shown), self._refused, same="decide")

    def _decided(self, shown: ReviewRow, made: Review) -> None:
        words = {
            ReviewDecision.APPROVED: self.tr("Approved. Undo Ctrl+Z"),
            ReviewDecision.RETURNED: self.tr("Returned. Undo Ctrl+Z"),
            ReviewDecision.REASSIGNED: self.tr("Passed on. Undo Ctrl+Z"),
        }
        self.foot.decided(shown.key)
        if not self.foot.text:  # else the next remark is being written already
            self.queue.setFocus()
        self.desk.say(words[made.decision], undo=True)

    def _refused(self, error: Exception) -> None:
        if self.desk.foresaw(error):
            self.foot.say(error.text(self.tr))


def _sheet(title: str, table: QWidget) -> QWidget:
    card = Card(title)
    card.body.addWidget(table)
    made = QWidget()
    made.setLayout(column(card, margins=tokens.XL))
    return made


def _say(chip: QPushButton, words: str, look: Look) -> None:
    """Change the words of a chip; the chosen one is bold, which is wider."""
    chip.setText(words)
    bold = QFontMetrics(look.font(Type.STRONG)).horizontalAdvance(words)
    chip.setMinimumWidth(bold + 2 * tokens.L)
