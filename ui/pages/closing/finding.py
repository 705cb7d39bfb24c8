"""One finding before it is told: outcome, second inspector, pictures without people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from inspector.domain.findings import outcome_problem
from inspector.domain.terms import severity_name, title_of
from inspector.domain.vocabulary import ConfirmationMethod, FindingOutcome
from inspector.operations.evidence import set_free_of_people
from inspector.operations.findings import confirm, set_outcome
from inspector.operations.pins import set_pin
from inspector.operations.seeing import Typed, seen_from
from ui.pages.closing.pictures import PictureTile
from ui.pages.closing.pins import asked_new_pin, pin_field
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.choice import Choice
from ui.widgets.surfaces import Badge, Card, cleared, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.domain.changes import Changes
    from inspector.domain.entities import Evidence
    from inspector.operations.closing import Closing, FindingRow
    from inspector.operations.session import Session
    from ui.desk import Desk

#: Pictures side by side.
_ACROSS = 3


class FindingPanel(QWidget):
    """Made anew for each finding: what is open differs from one to the next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: FindingRow | None = None
        self._closing: Closing | None = None
        self._parts = column(spacing=tokens.M, margins=tokens.L)
        self.setLayout(self._parts)
        self.outcomes: dict[FindingOutcome, QPushButton] = {}
        #: The photographs of the finding by their ids.
        self.tiles: dict[str, PictureTile] = {}

    def show_row(self, found: FindingRow | None, closing: Closing | None = None) -> None:
        """Show a finding; what is already shown as it stands is left alone."""
        before = self._closing
        if (
            closing is not None
            and before is not None
            and (closing.members, closing.watched) == (before.members, before.watched)
        ):
            self._closing = closing
            if found == self._row:
                return
        self._closing = closing or self._closing
        self._row = found
        focused = self.isAncestorOf(self.focusWidget() or self)
        on = next((id for id, tile in self.tiles.items() if tile.hasFocus()), "")
        self.tiles = {}
        cleared(self._parts)
        if found is None:
            return
        self._parts.addLayout(self._head(found))
        self._parts.addWidget(self._outcome(found))
        if found.needs_confirmation or found.confirmed_by:
            self._parts.addWidget(self._second(found))
        if found.pictures:
            self._parts.addWidget(self._pictures(found))
        self._parts.addStretch(1)
        if focused:
            # Who confirms one photograph after the other goes on at the last one.
            (self.tiles.get(on) or self.outcomes[found.finding.outcome]).setFocus()

    def _head(self, found: FindingRow) -> QHBoxLayout:
        look, lang = self._desk.look, self._desk.lang
        grade = severity_name(found.finding.severity, lang)
        tone = Tone.DANGER if found.finding.severity > 2 else Tone.NEUTRAL
        where = " · ".join(part for part in (found.when, found.spot) if part)
        badges = row(Badge(look, grade, tone), label(where, Type.CAPTION), None)
        words = column(
            badges,
            label(found.label, Type.SECTION),
            label(found.finding.text, wrap=True, selectable=True),
            spacing=tokens.XS,
        )
        whole = row()
        whole.addLayout(words, 1)
        return whole

    # -- outcome ---------------------------------------------------------------------------

    def _outcome(self, found: FindingRow) -> Card:
        look, tr, lang = self._desk.look, self._desk.tr, self._desk.lang
        card = Card(tr("Outcome"))
        self.outcomes = {
            outcome: button(
                look,
                title_of(outcome, lang),
                partial(self._decide, outcome),
                kind="chip",
                extent="touch",
            )
            for outcome in FindingOutcome
        }
        for outcome, made in self.outcomes.items():
            made.setChecked(outcome is found.finding.outcome)
        self.reason = QLineEdit(found.finding.outcome_reason)
        self.reason.setAccessibleName(tr("Reason of the outcome"))
        self.reason.setPlaceholderText(
            tr("Reason (needed when it is explained, not established, or changed)")
        )
        self.reason.setProperty("extent", "field")
        self.reason.returnPressed.connect(self._reason_given)
        card.body.addLayout(row(*self.outcomes.values(), None))
        card.body.addWidget(self.reason)
        return card

    def _decide(self, outcome: FindingOutcome) -> None:
        found, reason = self._row, self.reason.text().strip()
        if found is None:
            return
        for each, made in self.outcomes.items():
            made.setChecked(each is outcome)
        if outcome_problem(found.finding, outcome, reason):
            self.reason.setProperty("wrong", "true")
            self.reason.style().polish(self.reason)
            self.reason.setFocus()
            return
        finding = found.finding.id
        self._act(lambda session: set_outcome(session, finding, outcome, reason))

    def _reason_given(self) -> None:
        for outcome, made in self.outcomes.items():
            if made.isChecked():
                self._decide(outcome)
                return

    # -- the second inspector --------------------------------------------------------------

    def _second(self, found: FindingRow) -> Card:
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("Second inspector"))
        if found.confirmed_by:
            names = tr(", ").join(found.confirmed_by)
            words = tr("confirmed by {names}", names=names)
            card.head.addWidget(Badge(look, words, Tone.OK, "check"))
        else:
            card.head.addWidget(Badge(look, tr("not confirmed yet"), Tone.WARN, "warning"))
        card.head.addStretch(1)
        if not found.needs_confirmation:
            return card
        card.body.addWidget(
            label(
                tr("A finding of this grade needs a second inspector, by PIN or signed on paper."),
                Type.CAPTION,
                wrap=True,
            )
        )
        card.body.addLayout(self._by_pin(found))
        card.body.addLayout(self._by_paper())
        return card

    def _by_pin(self, found: FindingRow) -> QHBoxLayout:
        look, tr = self._desk.look, self._desk.tr
        self.second = Choice(tr("Second inspector"))
        for member in self._closing.members if self._closing else ():
            if member.person.id != found.finding.observer:
                self.second.addItem(member.person.name, member.person.id)
        self.pin = pin_field(tr("PIN"))
        self.pin.returnPressed.connect(self._confirm_by_pin)
        by_pin = button(
            look, tr("Confirm by PIN"), self._confirm_by_pin, icon="key", extent="touch"
        )
        return row(self.second, self.pin, by_pin, stretch=1)

    def _by_paper(self) -> QHBoxLayout:
        look, tr = self._desk.look, self._desk.tr
        papers = self._closing.papers if self._closing else ()
        self.paper = Choice(tr("Photograph of the signature"))
        self.paper.addItem(tr("Photograph of the signature …"), "")
        for item in papers:
            self.paper.addItem(item.caption or item.original_name, item.id)
        by_paper = button(
            look, tr("Signed on paper"), self._confirm_by_paper, icon="signature", extent="touch"
        )
        return row(self.paper, by_paper, stretch=0)

    def _confirm_by_pin(self) -> None:
        pin, who = self.pin.text(), str(self.second.currentData() or "")
        self.pin.clear()
        members = self._closing.members if self._closing else ()
        member = next((each for each in members if each.person.id == who), None)
        if member is None or member.has_pin:
            self._confirm(ConfirmationMethod.PIN, pin=pin)
            return
        new = asked_new_pin(self._desk, self, member.person.name)
        if new:
            self._desk.act(
                self,
                lambda session: set_pin(session, who, new),
                lambda _none: self._confirm(ConfirmationMethod.PIN, pin=new),
            )

    def _confirm_by_paper(self) -> None:
        self._confirm(ConfirmationMethod.SIGNED_PAPER, evidence=self.paper.currentData() or None)

    def _confirm(
        self, method: ConfirmationMethod, *, pin: str = "", evidence: str | None = None
    ) -> None:
        found, who = self._row, str(self.second.currentData() or "")
        if found is None:
            return
        finding, visit = found.finding.id, found.finding.visit

        def work(session: Session) -> Changes:
            seen = seen_from(session, visit, Typed(observer=who))
            return confirm(session, finding, method, seen, evidence=evidence, pin=pin)

        self._act(work)

    # -- pictures --------------------------------------------------------------------------

    def _pictures(self, found: FindingRow) -> Card:
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("Photographs for the unit"))
        count = tr("{count} of {total}", count=len(found.for_unit), total=len(found.pictures))
        card.head.addWidget(Badge(look, count))
        card.head.addStretch(1)
        words = tr("The unit is shown only those of which you confirm that no people are on them.")
        if self._is_watched:
            words = tr("Covered during the covert part")
        card.body.addWidget(label(words, Type.CAPTION, wrap=True))
        for start in range(0, len(found.pictures), _ACROSS):
            line = row(spacing=tokens.M)
            for item in found.pictures[start : start + _ACROSS]:
                line.addWidget(self._tile(item, found))
            line.addStretch(1)
            card.body.addLayout(line)
        return card

    @property
    def _is_watched(self) -> bool:
        return self._closing is None or self._closing.watched

    def _tile(self, item: Evidence, found: FindingRow) -> PictureTile:
        tr = self._desk.tr
        said = (tr("No people on it"), tr("Not confirmed"))
        tile = PictureTile(self._desk, item, said, covered=self._is_watched)
        self.tiles[item.id] = tile
        tile.setChecked(item.id in found.for_unit)
        # Nobody can say of a picture that is not seen what is on it.
        tile.setEnabled(not self._is_watched)
        tile.toggled.connect(lambda free, item=item: self._free(item, free=free))
        return tile

    def _free(self, item: Evidence, *, free: bool) -> None:
        self._act(lambda session: set_free_of_people(session, item.id, free))

    def _act(self, work: Callable[[Session], object]) -> None:
        self._desk.act(self, work)
