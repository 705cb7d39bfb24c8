"""The last step: what is missing, what changed, photographs elsewhere, and the seal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from inspector.operations.keys import unlock_each
from inspector.operations.sealing import seal
from inspector.operations.signing import sign_seal
from inspector.operations.since_feedback import How
from inspector.operations.upkeep import require_sound
from ui.messages import confirmed
from ui.pages.closing.counting import Counting
from ui.pages.closing.gaps import HERE, mend
from ui.pages.closing.signing import Signing
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.drafts import brief, unsaved
from ui.widgets.surfaces import Badge, Card, cleared, column, row, scrolled
from ui.widgets.text import Line, label, retone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.errors import MingchaError
    from inspector.domain.completeness import Gap
    from inspector.operations.closing import Closing
    from inspector.operations.keys import Signer
    from inspector.operations.session import Session
    from inspector.operations.since_feedback import Later
    from ui.desk import Desk
    from ui.work.worker import Job, JobProgress

_HOW = {
    How.ADDED: ("plus", Tone.INFO),
    How.AMENDED: ("pencil", Tone.WARN),
    How.WITHDRAWN: ("minus", Tone.DANGER),
}


def check_record(session: Session, progress: JobProgress) -> Iterator[None]:
    """Check once that the tables say what the record says; a step of its own, told as it goes."""
    require_sound(session, progress)
    yield


class SealStep(QWidget):
    """Everything that is asked before the seal, on one page."""

    #: Another step is wanted: its name, and what to point at there.
    stepped = Signal(str, str)

    def __init__(self, desk: Desk, visit: str) -> None:
        super().__init__()
        self._desk, self._visit = desk, visit
        self._found: Closing | None = None
        self._sound: bool | None = None
        self._job: Job | None = None
        self._seen: tuple[Later, ...] | None = None
        self._gaps = QVBoxLayout()
        self._gaps.setSpacing(tokens.L)
        self.counting = Counting(desk, visit)
        self.signing = Signing(desk)
        self._checks = Card(desk.tr("Checks"))
        inside = QWidget()
        inside.setLayout(
            column(
                *(self._gaps, self.counting, self.signing, self._checks, None),
                spacing=tokens.L,
                margins=tokens.L,
            )
        )
        self.setLayout(column(scrolled(inside), self._foot(), spacing=0))
        self.layout().setStretch(0, 1)  # type: ignore[union-attr]

    def _foot(self) -> QFrame:
        look, tr = self._desk.look, self._desk.tr
        bar = QFrame()
        bar.setObjectName("footer")
        self.state = label("", Type.STRONG, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop = button(look, tr("Stop"), self._stop, kind="text", icon="stop")
        self.seal = button(
            look, tr("Seal the visit"), self._ask, kind="primary", icon="lock", extent="field"
        )
        for widget in (self.bar, self.stop):
            widget.hide()
        layout = row(self.state, self.bar, self.stop, self.seal, spacing=tokens.L)
        layout.setStretch(0, 1)
        layout.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        bar.setLayout(layout)
        return bar

    # -- what is shown ---------------------------------------------------------------------

    def show_closing(self, found: Closing) -> None:
        """Show what is missing as it stands."""
        self._found = found
        cleared(self._gaps)
        tr = self._desk.tr
        if found.blockers:
            title = tr("Missing: without it there is no seal")
            self._gaps.addWidget(self._listed(title, found.blockers, "warning", Tone.DANGER))
        warned = tuple(gap for gap in found.warnings if gap.code not in HERE)
        if warned:
            title = tr("Worth knowing: it can be sealed all the same")
            self._gaps.addWidget(self._listed(title, warned, "info", Tone.WARN))
        if typed := unsaved(self._desk, self._visit):
            self._gaps.addWidget(self._typed(typed))
        if found.later:
            self._gaps.addWidget(self._changed(found.later))
        self.counting.setVisible(not found.visit.supplement_of)
        self.counting.show_members(found.members)
        self.signing.show_members(found.members)
        self._show_checks()

    def next_to_do(self) -> QWidget:
        """Return what is pressed next: somebody is asked, or the visit is sealed."""
        return next(iter(self.counting.to_ask), self.seal)

    def begin(self) -> None:
        """Check the record, once."""
        if self._sound is None and self._job is None:
            self._job = self._desk.long(
                self,
                check_record,
                then=lambda _none: self._checked(sound=True),
                failed=self._unsound,
                told=self._told,
                ended=self._ended,
            )

    def _listed(self, title: str, gaps: tuple[Gap, ...], icon: str, tone: Tone) -> Card:
        look, tr = self._desk.look, self._desk.tr
        card = Card(title)
        card.head.addWidget(Badge(look, str(len(gaps)), tone))
        card.head.addStretch(1)
        for number, gap in enumerate(gaps):
            if number:
                card.body.addWidget(Line())
            picture = QLabel()
            picture.setPixmap(look.pixmap(icon, 18, tone))
            words = label(gap.text(tr), wrap=True)
            go = button(look, tr("Go there"), partial(self._mend, gap), kind="text", extent="dense")
            go.setAccessibleName(f"{tr('Go there')}: {gap.text(tr)}")
            card.body.addLayout(row(picture, words, go, stretch=1))
        return card

    def _typed(self, texts: tuple[str, ...]) -> Card:
        """Name what was typed in the visit and stands there unsaved: the seal leaves it out."""
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("Typed and not saved: the seal leaves it out"))
        card.head.addWidget(Badge(look, str(len(texts)), Tone.WARN))
        card.head.addStretch(1)
        go = button(look, tr("Go there to save it"), partial(self._desk.go, "visit", self._visit))
        for text in texts:
            picture = QLabel()
            picture.setPixmap(look.pixmap("pencil", 18, Tone.WARN))
            card.body.addLayout(row(picture, label(brief(text), wrap=True), stretch=1))
        card.body.addLayout(row(go, None))
        return card

    def _mend(self, gap: Gap) -> None:
        mend(self._desk, self, self._visit, gap, self.stepped.emit)

    def _changed(self, later: tuple[Later, ...]) -> Card:
        look, tr = self._desk.look, self._desk.tr
        card = Card(tr("Changed since the unit was told"))
        card.head.addWidget(Badge(look, str(len(later)), Tone.WARN))
        card.head.addStretch(1)
        names = {
            How.ADDED: tr("added"),
            How.AMENDED: tr("amended"),
            How.WITHDRAWN: tr("withdrawn"),
        }
        for each in later:
            icon, tone = _HOW[each.how]
            words = column(label(each.line, wrap=True), spacing=2)
            for change in each.fields:
                text = f"{change.name}: {change.before} → {change.now}"
                words.addWidget(label(text, Type.CAPTION, wrap=True))
            line = row(Badge(look, names[each.how], tone, icon))
            line.addLayout(words, 1)
            card.body.addLayout(line)
        self.known = CheckBox(tr("I know of these changes; the unit was not told of them"))
        self.known.setChecked(self._seen == later)
        self.known.toggled.connect(lambda on: self._know(later if on else None))
        card.body.addWidget(self.known)
        return card

    def _know(self, later: tuple[Later, ...] | None) -> None:
        self._seen = later
        self._show_state()

    def _show_checks(self) -> None:
        look, tr, found = self._desk.look, self._desk.tr, self._found
        cleared(self._checks.body)
        if found is None:
            return
        lines = [self._check_line()]
        if found.numbers:
            listed = tr(", ").join(f"{old} → {new}" for old, new in found.numbers)
            lines.append(("hash", Tone.NEUTRAL, tr("Numbers become official: {list}", list=listed)))
        lines.append(
            ("shield", Tone.NEUTRAL, tr("Every file is compared with its hash while sealing."))
        )
        for icon, tone, text in lines:
            picture = QLabel()
            picture.setPixmap(look.pixmap(icon, 18, tone))
            self._checks.body.addLayout(row(picture, label(text, wrap=True), stretch=1))
        self._show_state()

    def _check_line(self) -> tuple[str, Tone, str]:
        tr = self._desk.tr
        if self._sound:
            return "check", Tone.OK, tr("The tables say what the record says.")
        if self._sound is False:
            return "warning", Tone.DANGER, tr("The record could not be checked; see the message.")
        return "clock", Tone.NEUTRAL, tr("The record is being checked …")

    def _reason(self) -> str:
        """Return why it cannot be sealed yet; "" if it can."""
        tr, found = self._desk.tr, self._found
        if found is None:
            return " "
        if found.blockers:
            return tr("{count} things are missing.", count=len(found.blockers))
        if found.later and self._seen != found.later:
            return tr("Look at what changed since the unit was told.")
        if any(gap.code in HERE for gap in found.warnings):
            return tr("Ask everybody for photographs that are elsewhere.")
        if not self._sound:
            return self._check_line()[2]
        return ""

    def _show_state(self) -> None:
        reason = self._reason()
        ready = not reason and self._job is None
        self.seal.setEnabled(ready)
        self.state.setText(reason or self._desk.tr("Ready to be sealed."))
        retone(self.state, None if reason else Tone.OK)

    # -- doing it --------------------------------------------------------------------------

    def _ask(self) -> None:
        tr = self._desk.tr
        text = tr(
            "After this nothing in the visit can be changed. What turns out to be wrong is "
            "corrected in a supplement that is linked to it."
        )
        if begun := unsaved(self._desk, self._visit):
            left = tr("{count} texts typed in it are not saved and stay out.", count=len(begun))
            text = f"{text}\n\n{left}"
        if not confirmed(self._desk, self, tr("Seal the visit for good?"), text, tr("Seal")):
            return
        typed = self.signing.typed()
        if not typed:
            self._seal([])
            return
        # Opening a key takes long on purpose, so it is done before, and apart from the store.
        self._job = self._desk.papers.run(
            self,
            lambda _progress: unlock_each(typed),
            lambda found: self._opened(*found),
            failed=self._not_opened,
        )
        self._show_state()
        self.state.setText(tr("The keys are being opened …"))

    def _opened(self, signers: list[Signer], closed: dict[str, MingchaError]) -> None:
        self._job = None
        self.signing.refuse(closed)
        if closed:
            self._show_state()
        else:
            self._seal(signers)

    def _not_opened(self, error: Exception) -> None:
        self._ended()
        self._desk.worker.refused.emit(error)

    def _seal(self, signers: list[Signer]) -> None:
        visit = self._visit
        self.signing.clear()

        def work(session: Session, progress: JobProgress) -> Iterator[None]:
            seal(session, visit, progress)
            for signer in signers:
                sign_seal(session, visit, signer)
            yield

        self._job = self._desk.long(self, work, told=self._told, ended=self._ended)
        self._show_state()

    def _told(self, words: str, done: int, total: int) -> None:
        self.bar.setVisible(True)
        self.stop.setVisible(True)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(self._desk.tr(words))

    def _ended(self) -> None:
        self._job = None
        self.bar.hide()
        self.stop.hide()
        self._show_state()

    def _checked(self, *, sound: bool) -> None:
        self._sound = sound
        self._show_checks()

    def _unsound(self, error: Exception) -> None:
        self._checked(sound=False)
        self._desk.worker.refused.emit(error)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
