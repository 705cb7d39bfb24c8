"""今日: the running visit first, then what is prepared and due, unfinished, and the storage."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from inspector.domain.clocktext import clock, day, iso_day
from inspector.domain.numbers import bare_number, named_number
from inspector.domain.terms import title_of
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import Phase
from inspector.operations.today import NOTHING, Stop, Today, today
from ui.page import Page
from ui.pages.home_storage import StorageCard, state_line
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Bones, Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import Elided, Line, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.domain.changes import Changes
    from ui.desk import Desk, Place

#: Characters of a task.
_LONGEST = 24
#: Longer than this, bones stand where the visits come. Milliseconds.
PATIENCE_MS = 150
#: Lines that are made at once, as many as fill a window, and in each step after that: all that
#: stands is laid out anew each time. How long a step leaves to painting. Milliseconds.
_AT_ONCE, _IN_A_STEP, _AFTER_MS = 10, 5, 30


class HomePage(Page):
    """Home."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Today")
        self._left = column(spacing=tokens.L)
        self._right = column(spacing=tokens.L)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.XL)
        columns.setSpacing(tokens.XL)
        columns.addLayout(self._left, 7)
        columns.addLayout(self._right, 3)
        self.setLayout(column(scrolled(inside)))
        self._is_awaited = True
        desk.kept.connect(self._read)
        # Hardly ever seen, and made at the moment when everybody waits for this page.
        QTimer.singleShot(PATIENCE_MS, self, self._show_bones)

    @property
    def is_awaited(self) -> bool:
        """Until the first time it was read, or for as long as anybody waits patiently."""
        return self._is_awaited

    def show_place(self, place: Place) -> None:
        """Read what is next."""
        del place
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Read again after any change: everything here counts facts."""
        del changes
        self._read()

    def _show_bones(self) -> None:
        # Not `isEmpty`: what was added to a page in sight counts as hidden until Qt shows it.
        if self._left.count() == 0:
            self._left.addWidget(Bones())
        self._tell_filled()

    def _tell_filled(self) -> None:
        if self._is_awaited:
            self._is_awaited = False
            self.filled.emit()

    def _read(self) -> None:
        self.desk.read(self, today, self._show)

    # -- what was read ---------------------------------------------------------------------

    def _show(self, found: Today) -> None:
        self.subtitle = " · ".join(
            each for each in (day(found.now, found.zone, self.desk.lang), found.user) if each
        )
        self.retitled.emit()
        held, before = self.window().focusWidget(), self.findChildren(QPushButton)
        cleared(self._left)
        cleared(self._right)
        for stop in found.running:
            # One action comes first on a page: the newest visit that goes on.
            first = stop is found.running[0]
            self._left.addWidget(self._running(stop, found, first=first))
        prepared = self._prepared(found)
        self._left.addWidget(prepared)
        self._left.addWidget(self._finished(found))
        self._left.addStretch(1)
        self._right.addWidget(self._unfinished(found))
        self._right.addWidget(StorageCard(self.desk, found.storage, covert=found.covert))
        self._right.addStretch(1)
        # What is read before the page stands in the window has its keys where they will be; one
        # that was left has none.
        if held is self or held in before or self.isWindow():
            made = [each for each in self.findChildren(QPushButton) if each not in before]
            self._hold(held.text() if isinstance(held, QPushButton) else "", made)
        self._tell_filled()
        # From now on: what stands already is laid out and painted before that.
        self._go_on(prepared, found, _AT_ONCE)

    def _hold(self, text: str, buttons: list[QPushButton]) -> None:
        """Keep the keys at the button of this text, or give them to what comes next."""
        same = [each for each in buttons if text and each.text() == text]
        first = [each for each in buttons if each.property("kind") == "primary"]
        for each in (same or first)[:1]:
            each.setFocus()

    def _name(self, stop: Stop, found: Today) -> str:
        """Name a visit; by code only while somebody is inside a hall unrecognised."""
        number = bare_number(stop.visit)
        place = stop.hall.code if found.covert else stop.hall.name
        return f"{number} · {place}" if place else number

    def _running(self, stop: Stop, found: Today, *, first: bool) -> Card:
        tr = self.tr
        card = Card()
        phase = Badge(self.look, title_of(stop.phase, self.desk.lang), Tone.ACCENT, "play")
        since = label(self._since(stop, found), Type.CAPTION)
        words = column(row(phase, since, None), spacing=tokens.S)
        words.addWidget(Elided(self._name(stop, found), Type.TITLE))
        words.addWidget(label(self._counts(stop), Type.CAPTION))
        go = button(
            self.look,
            tr("Continue the visit"),
            lambda: self.desk.go("visit", stop.visit.id),
            kind="primary" if first else "secondary",
            icon="play",
            extent="field",
        )
        line = QHBoxLayout()
        line.setSpacing(tokens.L)
        line.addLayout(words, 1)
        if stop.phase is Phase.COVERT:
            line.addWidget(self._mini(stop))
        line.addWidget(go)
        card.body.addLayout(line)
        return card

    def _mini(self, stop: Stop) -> QPushButton:
        return button(
            self.look,
            self.tr("Mini window"),
            lambda: self.desk.shrunk.emit(stop.visit.id),
            icon="mini",
            extent="field",
        )

    def _since(self, stop: Stop, found: Today) -> str:
        if stop.began is None:
            return ""
        minutes = max(0, found.now - stop.began) // MINUTE_MS
        if minutes < 24 * 60:
            return self.tr("for {minutes} minutes", minutes=minutes)
        zone = stop.hall.zone_minutes
        began = f"{iso_day(stop.began, zone)} {clock(stop.began, zone)}"
        return self.tr("since {moment}", moment=began)

    def _counts(self, stop: Stop) -> str:
        return self.tr(
            "{answers} answers · {findings} findings · {photos} photographs",
            answers=stop.answers,
            findings=stop.findings,
            photos=stop.files,
        )

    def _prepared(self, found: Today) -> Card:
        tr = self.tr
        card = Card(tr("Prepared visits"))
        card.head.addWidget(Badge(self.look, str(len(found.prepared))))
        card.head.addStretch(1)
        new = button(self.look, tr("New visit"), self._new_visit, kind="text", icon="plus")
        card.head.addWidget(new)
        self._add_prepared(card, found, 0, _AT_ONCE)
        if not found.prepared:
            empty = tr("Start one yourself.")
            title = tr("No visit is prepared")
            words = (title, empty, tr("New visit"))
            primary = not found.running
            card.body.addWidget(
                Nothing(self.look, "inbox", *words, self._new_visit, primary=primary)
            )
        return card

    def _add_prepared(self, card: Card, found: Today, first: int, end: int) -> None:
        for stop in found.prepared[first:end]:
            card.body.addLayout(self._line(stop, found, self.tr("Prepare"), self._due(stop)))
            card.body.addWidget(Line())

    def _go_on(self, card: Card, found: Today, first: int) -> None:
        """Add the lines from `first` on, a few at a time, once those before them stand."""

        def add() -> None:
            self._add_prepared(card, found, first, first + _IN_A_STEP)
            self._go_on(card, found, first + _IN_A_STEP)

        if first < len(found.prepared):
            QTimer.singleShot(_AFTER_MS, card, add)

    def _due(self, stop: Stop) -> Badge | None:
        """Say until when the authority holds, if that is near or past."""
        if stop.overdue:
            words = self.tr("authority ended on {day}", day=stop.due)
            return Badge(self.look, words, Tone.DANGER, "warning")
        if stop.due:
            words = self.tr("authority until {day}", day=stop.due)
            return Badge(self.look, words, Tone.WARN, "clock")
        return None

    def _finished(self, found: Today) -> Card:
        tr = self.tr
        card = Card(tr("Finished lately"))
        card.head.addStretch(1)
        every = button(self.look, tr("All visits"), lambda: self.desk.go("visits"), kind="text")
        card.head.addWidget(every)
        for stop in found.finished:
            card.body.addLayout(self._line(stop, found, tr("Open"), None))
            card.body.addWidget(Line())
        if not found.finished:
            card.body.addWidget(label(tr("Sealed visits stand here."), Type.CAPTION))
        return card

    def _line(self, stop: Stop, found: Today, verb: str, badge: Badge | None) -> QHBoxLayout:
        sealed = iso_day(stop.began, stop.hall.zone_minutes) if stop.began is not None else ""
        about = " · ".join(each for each in (sealed, self._counts(stop)) if each)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Elided(self._name(stop, found), Type.STRONG))
        words.addWidget(Elided(about, Type.CAPTION))
        go = button(
            self.look,
            verb,
            lambda: self.desk.go("visit", stop.visit.id),
            name=f"{verb} {bare_number(stop.visit)}",
        )
        line = QHBoxLayout()
        line.addLayout(words, 1)
        if badge is not None:
            line.addWidget(badge)
        line.addWidget(go)
        return line

    def _unfinished(self, found: Today) -> Card:
        tr = self.tr
        card = Card(tr("To complete"))
        for number, go in self._expected(found):
            if number:
                card.body.addWidget(label(number, Type.CAPTION))
            card.body.addLayout(row(go, None))
        for stop in found.unfinished:
            for page, icon, words in self._tasks(stop):
                go = button(
                    self.look,
                    words,
                    partial(self.desk.go, page, stop.visit.id),
                    kind="quiet",
                    icon=icon,
                    tone=Tone.WARN,
                    name=f"{bare_number(stop.visit)}: {words}",
                )
                number = named_number(stop.visit, self.desk.lang)
                card.body.addWidget(label(number, Type.CAPTION))
                card.body.addLayout(row(go, None))
        if not found.unfinished and found.tasks == NOTHING:
            card.body.addLayout(
                state_line(self.look, "conforms", Tone.OK, tr("Nothing is left open."))
            )
        return card

    def _expected(self, found: Today) -> Iterator[tuple[str, QPushButton]]:
        """Yield what others expect here: the visit it is about, and where it is done."""
        tr = self.tr
        for each in found.tasks.returned:
            reasons = ("；" if self.desk.lang == "zh" else "; ").join(each.reasons)
            words = tr("Returned: {reason}", reason=" ".join(reasons.split()))
            number = named_number(each.visit, self.desk.lang)
            place = each.supplement or each.visit.id
            yield number, self._task(words, "undo", Tone.DANGER, "closing", place, number)
        if found.tasks.conflicts:
            words = tr("{count} conflicts to settle", count=found.tasks.conflicts)
            yield "", self._task(words, "warning", Tone.WARN, "conflicts")
        if found.tasks.to_review:
            words = tr("{count} visits to review", count=found.tasks.to_review)
            yield "", self._task(words, "review", Tone.ACCENT, "review")

    def _task(
        self, words: str, icon: str, tone: Tone, page: str, id: str = "", number: str = ""
    ) -> QPushButton:
        shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        name = f"{number}: {words}" if number else words
        go = partial(self.desk.go, page, id)
        return button(self.look, shown, go, kind="quiet", icon=icon, tone=tone, name=name)

    def _tasks(self, stop: Stop) -> Iterator[tuple[str, str, str]]:
        """Yield what a visit lacks: the page where it is mended, an icon, the words."""
        tr = self.tr
        if stop.loose_findings:
            yield (
                "visit",
                "finding",
                tr("{count} findings without a window", count=stop.loose_findings),
            )
        if stop.loose_files:
            yield "evidence", "evidence", tr("{count} files not placed yet", count=stop.loose_files)

    def _new_visit(self) -> None:
        self.desk.go("new_visit")
