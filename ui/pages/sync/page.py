"""同步: the depots, one button to exchange with one, and what there is to look at afterwards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QWidget

from inspector.base.i18n import N_
from inspector.operations.exchange_desk import ExchangeDesk, exchange_desk, waiting_for
from inspector.operations.exchange_text import waiting_text
from ui.by_hand import ByHand
from ui.models.depots import DepotsModel
from ui.page import Key, Page
from ui.pages.sync.adding import Adding
from ui.pages.sync.listed import DepotList
from ui.pages.sync.mending import asked_source
from ui.pages.sync.one import OneDepot
from ui.pages.sync.reaching import Reaching
from ui.pages.sync.views import DEPOTS, VIEWS, Views
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.keys import bind
from ui.widgets.surfaces import Banner, Bones, Nothing, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QPushButton, QVBoxLayout

    from inspector.domain.changes import Changes
    from inspector.operations.session import Session
    from inspector.operations.standing import Lacking
    from ui.desk import Desk, Place
    from ui.exchange import Ended
    from ui.models.depots import DepotLine
    from ui.work.worker import Job

#: What stands in place of all views: it is read, nothing is exchanged, no depot yet.
_BONES, _ALONE, _NONE, _ONE = range(4)


class SyncPage(Page):
    """Depots at the left, the one that is chosen at the right; the other views beside them."""

    keys: ClassVar[tuple[Key, ...]] = (
        Key("Ctrl+Return", N_("Sync with the depot that is shown")),
        Key("Ctrl+E", N_("Add a folder or stick")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = self.tr
        self.title = tr("Sync")
        self.found: ExchangeDesk | None = None
        self._wanted = ""
        self._counting: Job | None = None
        #: What was counted last, to its end.
        self._counted: object = None
        self.model = DepotsModel(tr)
        self.list = DepotList(desk, self.model)
        self.one = OneDepot(desk)
        self.adding = Adding(desk, self)
        self.hands = ByHand(desk, self)
        self.reaching = Reaching(desk, self)
        self.only_here = label("", Type.CAPTION, wrap=True)
        self.said = Banner(self.look, " ", Tone.DANGER, "warning")
        self.said.hide()
        self.chips: dict[str, QPushButton] = {}
        chips = self._chips()
        large = self.look.scale > tokens.LARGE
        self.tools = [] if large else chips
        self.views, self._whole = Views(desk, self.hands), QStackedWidget()
        self.setLayout(self._parts(chips if large else []))
        self._connect()

    # -- parts -------------------------------------------------------------------------------------

    def _chips(self) -> list[QWidget]:
        group = QButtonGroup(self)
        for name, words in VIEWS.items():
            chip = button(self.look, self.tr(words), partial(self.show_view, name), kind="chip")
            group.addButton(chip)
            self.chips[name] = chip
        self.chips["depots"].setChecked(True)
        return list(self.chips.values())

    def _parts(self, chips: list[QWidget]) -> QVBoxLayout:
        self.views.addWidget(self._exchange())
        there = column(spacing=0)
        if chips:
            above = row(*chips, None)
            above.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
            there.addLayout(above)
        there.addWidget(self.views, 1)
        belonging = QWidget()
        belonging.setLayout(there)
        for part in (Bones(), self._alone(), self._no_depot(), belonging):
            self._whole.addWidget(part)
        return column(self._whole, spacing=0)

    def _exchange(self) -> QWidget:
        tr, look = self.tr, self.look
        side = QFrame()
        side.setObjectName("panel")
        self.add_folder = button(look, tr("Add a stick or folder"), self.adding.add_folder,
                                 icon="plus")  # fmt: skip
        self.add_server = button(look, tr("Add a server"), self.adding.add_server, icon="link")
        self.take_file = button(
            look, tr("Take in a visit or a receipt …"), self.hands.take, icon="import"
        )
        foot = column(self.said, self.only_here, self.add_folder, self.add_server, self.take_file)
        foot.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.M)
        listed = column(spacing=0)
        listed.addWidget(self.list, 1)
        listed.addLayout(foot)
        side.setLayout(listed)
        side.setFixedWidth(round(340 * look.scale))
        both = row(side, spacing=0)
        both.addWidget(self.one, 1)
        made = QWidget()
        made.setLayout(both)
        return made

    def _alone(self) -> Nothing:
        tr = self.tr
        return Nothing(
            self.look,
            "drive",
            tr("This computer works on its own"),
            tr(
                "Everything is saved here, and nothing has to be sent anywhere. Several computers "
                "exchange what they record once they belong to one organisation: Settings, The "
                "organisation."
            ),
        )

    def _no_depot(self) -> QWidget:
        tr = self.tr
        none = Nothing(
            self.look,
            "drive",
            tr("No depot yet"),
            tr(
                "Plug in a stick or open a share, and choose a folder on it. Whatever is put there "
                "is encrypted; a server is entered below."
            ),
            tr("Add a stick or folder"),
            self.adding.add_folder,
        )
        server = button(self.look, tr("Add a server"), self.adding.add_server, kind="text")
        file = button(self.look, tr("Take in a visit or a receipt …"), self.hands.take, kind="text")
        self.told = Banner(self.look, " ", Tone.DANGER, "warning")
        self.told.hide()
        made = QWidget()
        parts = (None, none, row(None, server, file, None), self.told, None)
        made.setLayout(column(*parts, margins=tokens.XL))
        made.setFocusProxy(none)
        return made

    def _connect(self) -> None:
        self.list.moved.connect(self._show_one)
        self.list.entered.connect(self.one.sync)
        self.views.judged.connect(self._read)
        self.one.aside.connect(partial(self.show_view, "aside"))
        self.one.repair_wanted.connect(self._repair)
        self.one.receipt_wanted.connect(self.hands.save_receipt)
        self.hands.taken.connect(self._read)
        self.hands.take_drops(self, lambda: self.found is not None and self.found.belongs)
        self.adding.added.connect(self._added)
        self.adding.refused.connect(self._refused)
        self.reaching.found.connect(self._reached)
        self.desk.exchange.counted.connect(self._show_only_here)
        self.desk.exchange.ended.connect(self._ended)
        bind(self, "Ctrl+Return", self._sync_shown)
        bind(self, "Ctrl+E", self.adding.add_folder)

    # -- what there is -----------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Read the depots; `id` names one to stand on, `view` another view."""
        self._wanted = place.id or self._wanted
        view = place.more.get("view", "")
        if view in self.chips:
            self.show_view(view)
        self._say("")
        self._read(look=True)

    def refresh(self, changes: Changes) -> None:
        """Read again: any change may be one that waits for depots."""
        del changes
        if self.desk.exchange.running is None:
            self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for sticks no more."""
        self.reaching.rest()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks again."""
        super().showEvent(event)
        if self.found is not None:
            self._look_for_depots()

    def _read(self, *, look: bool = False) -> None:
        every, lang = self.views.every, self.desk.lang
        self.desk.read(
            self,
            lambda session: exchange_desk(session, lang, all_aside=every),
            partial(self._show, look=look),
        )

    def _show(self, found: ExchangeDesk, *, look: bool = False) -> None:
        self.found = found
        for each in self.tools:
            each.setVisible(found.belongs)
        self.subtitle = " · ".join(filter(None, (found.name, found.space)))
        self.retitled.emit()
        if not found.belongs:
            self._whole.setCurrentIndex(_ALONE)
            return
        self._name_aside(sum(not each.row.settled for each in found.aside))
        self._whole.setCurrentIndex(_ONE if found.depots else _NONE)
        self.one.allow_snapshots(found.snapshots)
        self._list(found)
        self._show_only_here()
        self._count_waiting(found)
        self.views.take(found)
        if look:
            self._look_for_depots()

    def _list(self, found: ExchangeDesk) -> None:
        line = self._line()
        kept = self._wanted or (line.depot.id if line is not None else "")
        self.model.take(found.depots, found.zone)
        if not found.depots:
            return
        at = max(0, self.model.at(kept))
        self.list.setCurrentIndex(self.model.index(at, 0))
        self._show_one()
        if self.window().focusWidget() is self:
            # Nobody went anywhere yet.
            self.show_view(next(name for name, chip in self.chips.items() if chip.isChecked()))

    def _name_aside(self, count: int) -> None:
        words = self.tr("Put aside")
        chip = self.chips["aside"]
        chip.setText(f"{words} {count}" if count else words)
        bold = QFontMetrics(self.look.font(Type.STRONG)).horizontalAdvance(chip.text())
        chip.setMinimumWidth(bold + 2 * tokens.L)

    def _look_for_depots(self) -> None:
        found = self.found
        # A visit may end, and a reading return, while another page is shown: no stick blinks then.
        seen = self.isVisible() and not self.window().isMinimized()
        if seen and found is not None and found.depots:
            self.reaching.watch(found.depots, servers=not found.covert)

    def _count_waiting(self, found: ExchangeDesk) -> None:
        """Count what waits for each depot unless that is known; what an older one counts ends."""
        asked = found.counted_at, tuple(each.id for each in found.depots)
        if asked == self._counted:
            return
        if self._counting is not None:
            self._counting.stop()
        waiting: dict[str, Lacking] = {}

        def counted(each: tuple[str, Lacking] | None) -> None:
            if each is not None:
                waiting[each[0]] = each[1]
                self.model.waits(waiting)
                self._show_one()

        def whole(_none: None) -> None:
            self._counted = asked

        self._counting = self.desk.long(self, _waiting_for, each=counted, then=whole)

    def _show_only_here(self) -> None:
        lacking = self.desk.exchange.lacking
        self.only_here.setText(waiting_text(lacking, self.tr) if lacking is not None else "")
        self.only_here.setVisible(lacking is not None)

    def _reached(self, reached: object) -> None:
        assert isinstance(reached, dict)
        self.model.found(reached)
        self._show_one()

    def _line(self) -> DepotLine | None:
        return self.model.row(self.list.currentIndex().row())

    def _show_one(self) -> None:
        line = self._line()
        if line is not None:
            self._wanted = line.depot.id
            self.one.show_line(line, self.model.zone)

    def show_view(self, view: str) -> None:
        """Show the depots or one of the other views."""
        self.chips[view].setChecked(True)
        self.views.show_view(view)
        if view == DEPOTS:
            self.list.setFocus()

    # -- doing -------------------------------------------------------------------------------------

    def _sync_shown(self) -> None:
        if self.views.on_depots and self._whole.currentIndex() == _ONE:
            self.one.sync()

    def _repair(self) -> None:
        line, found = self._line(), self.found
        if line is None or found is None:
            return
        others = [each for each in found.depots if each.id != line.depot.id]
        source = asked_source(self.desk, self, line.depot, others)
        if source is not None:
            self.desk.exchange.repair(line.depot, source)

    def _ended(self, ended: Ended) -> None:
        del ended
        self._read(look=True)

    def _added(self, depot: str) -> None:
        self._say("")
        self._wanted = depot
        self.show_view("depots")
        self._read(look=True)

    def _refused(self, error: Exception) -> None:
        if self.desk.foresaw(error):
            self._say(error.text(self.tr))

    def _say(self, text: str) -> None:
        for banner in (self.said, self.told):
            banner.words.setText(text)
            banner.setAccessibleName(text)
            banner.setVisible(bool(text))


def _waiting_for(session: Session, _progress: object) -> Iterator[tuple[str, Lacking] | None]:
    yield from waiting_for(session)
