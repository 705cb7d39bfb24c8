"""What a reviewer looks at: one grave finding, or a visit as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from inspector.domain.clocktext import clock, iso_day
from inspector.domain.numbers import bare_number, visit_label
from inspector.domain.terms import title_of
from inspector.domain.vocabulary import ReviewDecision
from ui.pages.review.photo import Photo
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Banner, Card, cleared, column, row, scrolled
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.operations.registers import FindingRow
    from inspector.operations.review_detail import ReviewDetail, ReviewedFinding
    from inspector.operations.review_rows import ReviewRow
    from ui.desk import Desk

#: Photographs beside each other, and findings of a visit that are listed.
_PHOTOS, _MOST = 3, 20
#: How many characters of a fact get a share of the width more, and the most shares of one.
_CHARACTERS, _SHARES = 20, 4
_TONES = {ReviewDecision.APPROVED: Tone.OK, ReviewDecision.RETURNED: Tone.DANGER}

Earlier = tuple[tuple["FindingRow", ...], int]


class Detail(QWidget):
    """Made anew for each line of the queue."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._parts = column(spacing=tokens.M, margins=tokens.XL)
        inside = QWidget()
        inside.setLayout(self._parts)
        self.setLayout(column(scrolled(inside), spacing=0))

    def show_nothing(self) -> None:
        """Show nothing while something else is read."""
        cleared(self._parts)

    def show_row(self, shown: ReviewRow, found: ReviewDetail, earlier: Earlier) -> None:
        """Show a line of the queue in full."""
        cleared(self._parts)
        finding = next((each for each in found.findings if each.id == shown.finding), None)
        if finding is not None:
            self._finding(found, finding)
        else:
            self._visit(found)
        self._notes(found)
        cards = QHBoxLayout()
        cards.setSpacing(tokens.M)
        if finding is not None:
            cards.addWidget(self._history(earlier), 3)
        cards.addWidget(self._checks(found), 2)
        self._parts.addLayout(cards)
        if found.decisions:
            self._parts.addWidget(self._decisions(found))
        self._parts.addStretch(1)

    # -- one finding -----------------------------------------------------------------------

    def _finding(self, found: ReviewDetail, finding: ReviewedFinding) -> None:
        look, tr, item = self._desk.look, self._desk.tr, found.item
        grave = Badge(look, finding.grade, Tone.DANGER if finding.one_by_one else Tone.NEUTRAL)
        head = row(grave, spacing=tokens.S)
        if finding.categories:
            head.addWidget(Badge(look, finding.categories))
        head.addWidget(label(finding.label, Type.CAPTION))
        if finding.decision is not None:
            tone = _TONES.get(finding.decision, Tone.NEUTRAL)
            head.addWidget(Badge(look, title_of(finding.decision, self._desk.lang), tone))
        head.addStretch(1)
        self._parts.addLayout(head)
        self._parts.addWidget(label(finding.text, Type.TITLE, wrap=True, selectable=True))
        about = (item.place, "、".join(item.team), self._sealed(found))
        self._parts.addWidget(label(" · ".join(filter(None, about)), Type.CAPTION, wrap=True))
        facts = (
            (tr("Time"), finding.when),
            (tr("Window"), finding.spot),
            (tr("People waiting"), "" if finding.waiting is None else str(finding.waiting)),
            (tr("Outcome"), finding.outcome),
            (tr("Rests on"), finding.rests_on),
        )
        self._parts.addWidget(_facts(facts))
        self._photos(found, finding)

    def _photos(self, found: ReviewDetail, finding: ReviewedFinding) -> None:
        tr = self._desk.tr
        if not finding.pictures:
            self._parts.addWidget(label(tr("No photograph belongs to it."), Type.CAPTION))
            return
        line = QHBoxLayout()
        line.setSpacing(tokens.S)
        for file in finding.pictures[:_PHOTOS]:
            away = file.sha256 in found.away
            line.addWidget(Photo(self._desk, file, found.item.visit.id, away=away), 1)
        self._parts.addLayout(line)
        more = len(finding.pictures) - _PHOTOS
        words = tr("Looking at an original is recorded.")
        if more > 0:
            words = " ".join((tr("{count} more photographs.", count=more), words))
        self._parts.addWidget(label(words, Type.CAPTION))

    def _history(self, earlier: Earlier) -> Card:
        tr, lang = self._desk.tr, self._desk.lang
        rows, count = earlier
        card = Card(tr("Findings of this kind at this place"))
        times = tr("{count} others within 12 months", count=count)
        card.head.addWidget(Badge(self._desk.look, times, Tone.DANGER if count else Tone.NEUTRAL))
        card.head.addStretch(1)
        for each in rows:
            found = each.finding
            day = iso_day(found.observed_from or found.entered.ms, found.observed_zone)
            state = Badge(self._desk.look, title_of(found.outcome, lang))
            line = row(label(day, Type.CAPTION), Elided(found.text), state, stretch=1)
            card.body.addLayout(line)
        if not rows:
            card.body.addWidget(label(tr("None before."), Type.CAPTION))
        card.body.addStretch(1)
        return card

    # -- a visit as a whole ----------------------------------------------------------------

    def _visit(self, found: ReviewDetail) -> None:
        look, tr, item, lang = self._desk.look, self._desk.tr, found.item, self._desk.lang
        go = button(
            look,
            tr("Open visit"),
            lambda: self._desk.go("visit", item.visit.id),
            icon="visit",
        )
        title = label(f"{visit_label(item.visit, lang)} · {item.place}", Type.TITLE, wrap=True)
        self._parts.addLayout(row(title, go, stretch=0))
        state = Badge(look, title_of(item.state, lang), Tone.ACCENT)
        edition = Badge(look, tr("edition {number}", number=item.visit.edition))
        self._parts.addLayout(row(state, edition, label(self._sealed(found), Type.CAPTION), None))
        facts = (
            (tr("Day"), found.date),
            (tr("Team"), "、".join(item.team)),
            (tr("County"), item.county),
            (tr("The same visit as"), "、".join(bare_number(each) for each in found.same)),
            (tr("Findings"), str(item.findings)),
            (tr("Decided one by one"), self._one_by_one(found)),
        )
        self._parts.addWidget(_facts(facts))
        self._parts.addWidget(self._listed(found.findings))

    def _one_by_one(self, found: ReviewDetail) -> str:
        whole = len(found.item.exceptions)
        done = whole - len(found.item.standing.open)
        return self._desk.tr("{done} of {count}", done=done, count=whole) if whole else ""

    def _listed(self, findings: Sequence[ReviewedFinding]) -> Card:
        look, tr, lang = self._desk.look, self._desk.tr, self._desk.lang
        card = Card(tr("Findings"))
        for each in findings[:_MOST]:
            grade = Badge(look, each.grade, Tone.DANGER if each.one_by_one else Tone.NEUTRAL)
            line = row(grade, label(each.label, Type.CAPTION), Elided(each.text), stretch=2)
            if each.decision is not None:
                tone = _TONES.get(each.decision, Tone.NEUTRAL)
                line.addWidget(Badge(look, title_of(each.decision, lang), tone))
            card.body.addLayout(line)
        if len(findings) > _MOST:
            more = tr("{count} more findings.", count=len(findings) - _MOST)
            card.body.addWidget(label(more, Type.CAPTION))
        if not findings:
            card.body.addWidget(label(tr("No finding was recorded."), Type.CAPTION))
        return card

    # -- for both --------------------------------------------------------------------------

    def _sealed(self, found: ReviewDetail) -> str:
        at = found.item.seal.entered
        when = f"{iso_day(at.ms, at.zone)} {clock(at.ms, at.zone)}"
        return self._desk.tr("sealed {when}", when=when)

    def _notes(self, found: ReviewDetail) -> None:
        look, tr = self._desk.look, self._desk.tr
        if found.item.own:
            words = tr("You took part in this visit: somebody else decides on it.")
            self._parts.addWidget(Banner(look, words, Tone.INFO, "info"))
        if found.late:
            count = len(found.late)
            words = tr("Late, and no part of the seal: {count} entries.", count=count)
            self._parts.addWidget(Banner(look, words, Tone.WARN, "clock"))

    def _checks(self, found: ReviewDetail) -> Card:
        card = Card(self._desk.tr("Completeness"))
        for check in found.checks:
            picture = QLabel()
            tone = Tone.OK if check.ok else Tone.WARN
            icon = "conforms" if check.ok else "warning"
            picture.setPixmap(self._desk.look.pixmap(icon, 16, tone))
            card.body.addLayout(row(picture, label(check.text, wrap=True), stretch=1))
        card.body.addStretch(1)
        return card

    def _decisions(self, found: ReviewDetail) -> Card:
        look, lang = self._desk.look, self._desk.lang
        card = Card(self._desk.tr("Decisions"))
        for each in found.decisions:
            tone = _TONES.get(each.decision, Tone.NEUTRAL)
            when = f"{iso_day(each.ms, each.zone)} {clock(each.ms, each.zone)}"
            head = row(Badge(look, title_of(each.decision, lang), tone), spacing=tokens.S)
            about = " · ".join(filter(None, (each.about, each.by, when)))
            head.addWidget(label(about, Type.CAPTION))
            head.addStretch(1)
            card.body.addLayout(head)
            if each.reason:
                card.body.addWidget(label(each.reason, wrap=True))
        return card


def _facts(facts: Sequence[tuple[str, str]]) -> QFrame:
    """Return what is known in a sunken strip; what says nothing is left out."""
    strip = QFrame()
    strip.setObjectName("strip")
    line = row(spacing=tokens.XL)
    for name, text in facts:
        if text:
            words = label(text, Type.STRONG, wrap=True)
            # In an equal share a long one would stand in many short lines.
            share = min(1 + len(text) // _CHARACTERS, _SHARES)
            line.addLayout(column(label(name, Type.CAPTION), words, None, spacing=2), share)
    line.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
    strip.setLayout(line)
    return strip
