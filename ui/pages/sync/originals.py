"""Originals on this computer: what may go because it is elsewhere, and why not more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from inspector.base.i18n import N_
from inspector.operations.discretion import in_sight
from inspector.operations.freeing import Freed, Plan, free_steps, plan_steps
from inspector.operations.freeing_text import amount, freed_text
from ui.messages import confirmed
from ui.models.originals import WHY, WIDTHS, OriginalsModel
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Card, Nothing, column, row
from ui.widgets.text import label
from ui.widgets.working import Working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.progress import Progress
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.work.worker import Job

#: Days since the seal that one may choose, with their words.
_AGES = {
    0: N_("All sealed visits"),
    30: N_("Sealed 30 days ago or more"),
    90: N_("Sealed 90 days ago or more"),
    365: N_("Sealed a year ago or more"),
}


class OriginalsView(QWidget):
    """A table of visits; one button frees what may go, after it was said and confirmed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.tr
        self._desk = desk
        self._planning: Job | None = None
        self._freeing = False
        self.model = OriginalsModel(tr, self)
        self.table = RegisterTable(desk, tr("Originals on this computer"), self.model)
        self.table.set_widths(WIDTHS, WHY)
        self.table.opened.connect(self._open)
        self.age = QComboBox()
        self.age.setAccessibleName(tr("Which visits"))
        for days, words in _AGES.items():
            self.age.addItem(tr(words), days)
        self.age.currentIndexChanged.connect(lambda _index: self.read())
        self.go = button(desk.look, "", self._free, kind="danger", icon="drive")
        self.working, self.said = Working(desk), label("", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(Nothing(desk.look, "drive", tr("No originals of visits here")))
        self._stack.addWidget(self.table)
        card = Card(tr("Originals on this computer"))
        card.body.addWidget(
            label(
                tr(
                    "Originals of sealed visits may go once they are proved to be in two other "
                    "places: a depot in which this computer read them back, and a second depot on "
                    "another medium, or a computer that signed a receipt. Thumbnails and previews "
                    "stay; a sync brings an original back when it is asked for."
                ),
                Type.CAPTION,
                wrap=True,
            )
        )
        card.body.addLayout(row(self.age, self.go, None, spacing=tokens.M))
        card.body.addWidget(self.working)
        card.body.addWidget(self.said)
        card.body.addWidget(self._stack, 1)
        self.said.hide()
        self.setLayout(column(card, margins=tokens.XL))
        self._show(Plan())

    @property
    def older_than(self) -> int:
        """Days since the seal that are chosen."""
        return int(self.age.currentData())

    def read(self) -> None:
        """Look at what is here and where else it is; an older look ends."""
        if self._freeing:
            return  # it is looked at once that has ended
        if self._planning is not None:
            self._planning.stop()
        days = self.older_than
        self._planning = self._desk.long(
            self, lambda session, _progress: _planned(session, days), each=self._take
        )

    def _take(self, plan: Plan | None) -> None:
        if plan is not None and plan.older_than == self.older_than:
            self._show(plan)

    def _show(self, plan: Plan) -> None:
        at = max(0, self.table.currentIndex().row())
        self.model.take(plan)
        self._stack.setCurrentIndex(1 if plan.visits else 0)
        if plan.visits:
            self.table.selectRow(min(at, len(plan.visits) - 1))
        tr, free = self._desk.tr, plan.free
        self.go.setText(tr("Free {amount}", amount=amount(free, tr)) if free.files else tr("Free"))
        self.go.setEnabled(bool(free.files))
        self.go.setToolTip("" if free.files else tr("Nothing may go now."))

    def _free(self) -> None:
        tr, plan = self._desk.tr, self.model.plan
        visits = sum(bool(each.free.files) for each in plan.visits)
        text = tr(
            "{amount} of {visits} visits leave this computer. They are proved to be in two other "
            "places; the record notes it. Thumbnails and previews stay, and a sync brings an "
            "original back when it is asked for.",
            amount=amount(plan.free, tr),
            visits=visits,
        )
        title, verb = tr("Free originals"), tr("Free")
        if not confirmed(self._desk, self, title, text, verb, danger=True):
            return
        self.go.setEnabled(False)
        self._freeing = True
        self._say("")
        job = self._desk.long(
            *(self, lambda session, progress: _freed(session, progress, plan)),
            each=self._ended,
            told=self.working.tell,
            ended=self._rest,
        )
        self.working.follow(job, title)

    def _ended(self, done: Freed | None) -> None:
        if done is not None:
            self._say(freed_text(done, self._desk.tr))

    def _rest(self) -> None:
        self._freeing = False
        self.working.rest()
        if not self.said.text():
            self._say(self._desk.tr("Stopped. What was freed is noted; everything else is here."))
        self.read()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _open(self) -> None:
        found = self.model.row(self.table.currentIndex().row())
        if found is not None:
            self._desk.go("evidence", found.visit.id)


def _planned(session: Session, days: int) -> Iterator[Plan | None]:
    steps = plan_steps(session, older_than=days)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            plan: Plan = end.value
            for each in plan.visits:
                each.unread = {in_sight(session, name) for name in each.unread}
            yield plan
            return
        yield None


def _freed(session: Session, progress: Progress, plan: Plan) -> Iterator[Freed | None]:
    done = Freed()
    for _ in free_steps(session, plan, progress, done):
        yield None
    yield done
