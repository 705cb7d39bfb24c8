"""What is known of a photograph: its facts, its hash, and what was done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from inspector.domain.clocktext import clock, iso_day
from inspector.domain.terms import damaged, term
from inspector.domain.vocabulary import Acquisition, TimeSource
from ui.pages.evidence.places import Places
from ui.pages.visit.naming import letters_for_names
from ui.theme import tokens
from ui.theme.look import MONOSPACE
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.surfaces import Badge, cleared, column, row, scrolled
from ui.widgets.text import Line, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtWidgets import QLayout

    from inspector.domain.entities import Evidence
    from inspector.domain.record import VisitRecord
    from inspector.operations.board import Board
    from inspector.operations.custody import Details, Happened
    from ui.desk import Desk

#: Width of the column at 100 %. Logical pixels.
WIDTH = 300
#: What was found when a file was hashed again.
UNCHECKED, CHECKING, ELSEWHERE = "", "checking", "elsewhere"


class Facts(QFrame):
    """The column at the right, from where it belongs down to its history."""

    #: Another caption was typed.
    captioned = Signal(str)
    #: Somebody looked and saw no people, or takes that back.
    freed = Signal(bool)
    #: The file is to be hashed again.
    check_wanted = Signal()
    #: A time is to be given to it.
    time_wanted = Signal()
    #: It is said to show the clock card.
    clock_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._desk = desk
        self._changeable = False
        self.shown: Details | None = None
        self.places = Places(desk)
        #: What stands for names that may not be read now, by name.
        self._letters: Mapping[str, str] = {}
        self._make_fields()
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(tokens.M)
        self._facts.setVerticalSpacing(tokens.S)
        self._story = column(spacing=tokens.S)
        inside = QWidget()
        parts = column(spacing=tokens.M, margins=tokens.L)
        for number, part in enumerate(self._sections()):
            if number:
                parts.addWidget(Line())
            parts.addLayout(part)
        parts.addStretch(1)
        inside.setLayout(parts)
        area = scrolled(inside)
        inside.setObjectName("panel")
        self.setLayout(column(area))
        self.setFixedWidth(round(WIDTH * desk.look.scale))

    def _make_fields(self) -> None:
        look, tr = self._desk.look, self._desk.tr
        self.caption = QLineEdit()
        self.caption.setPlaceholderText(tr("What it shows"))
        self.caption.setAccessibleName(tr("Caption"))
        self.caption.editingFinished.connect(self._typed)
        self.free = CheckBox(tr("No people to be seen"))
        self.free.toggled.connect(self.freed)
        self.time = button(look, tr("Give it a time"), self.time_wanted.emit, icon="clock")
        self.clock = button(
            look, tr("It shows the clock card"), self.clock_wanted.emit, icon="stopwatch"
        )
        self.condition = Badge(look, "")
        self.hash = label("", Type.CAPTION, selectable=True)
        font = self.hash.font()
        font.setFamilies(list(MONOSPACE))
        self.hash.setFont(font)
        self.copy = button(look, tr("Copy the hash"), self._copy, kind="text", icon="copy")
        self.check = button(
            look, tr("Check against its hash"), self.check_wanted.emit, kind="text", icon="hash"
        )
        self.verdict = label("", Type.CAPTION, wrap=True)

    def _sections(self) -> Iterator[QLayout]:
        tr = self._desk.tr
        yield column(self.places)
        yield column(label(tr("Caption"), Type.SECTION), self.caption, self.free)
        yield column(
            label(tr("How it was taken"), Type.SECTION), self._facts, self.time, self.clock
        )
        yield column(
            row(label(tr("Integrity"), Type.SECTION), None, self.condition),
            *(label("SHA-256", Type.CAPTION), self.hash, row(self.copy, None)),
            *(row(self.check, None), self.verdict),
        )
        yield column(label(tr("What was done with it"), Type.SECTION), self._story)

    # -- what is shown ---------------------------------------------------------------------

    def show_details(
        self,
        found: Details,
        record: VisitRecord,
        board: Board,
        *,
        changeable: bool,
    ) -> None:
        """Show a photograph's facts and history, with people as they may be called now."""
        self._letters = letters_for_names(board, self._desk.lang)
        another = self.shown is None or self.shown.evidence.id != found.evidence.id
        self.shown, self._changeable = found, changeable
        evidence = found.evidence
        if another or not self.caption.hasFocus():
            self.caption.setText(evidence.caption)
        with QSignalBlocker(self.free):
            self.free.setChecked(evidence.free_of_people)
        picture = evidence.mime.startswith("image/")
        self.free.setVisible(picture)
        self.caption.setEnabled(changeable)
        self.free.setEnabled(changeable)
        self.time.setVisible(changeable and evidence.observed_from is None)
        self.clock.setVisible(changeable and evidence.camera_ms is not None)
        cleared(self._facts)
        for number, (name, value) in enumerate(self._rows(found)):
            left = label(name, Type.CAPTION)
            left.setAlignment(Qt.AlignmentFlag.AlignTop)
            right = label(value, wrap=True, selectable=True)
            right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(left, number, 0)
            self._facts.addWidget(right, number, 1)
        digits = evidence.sha256
        quarters = [digits[at : at + 16] for at in range(0, 64, 16)]
        self.hash.setText("\n".join(f"{each[:8]} {each[8:]}" for each in quarters))
        cleared(self._story)
        for each in found.happened:
            self._story.addLayout(self._line(each, record))
        if another:
            self.show_condition(UNCHECKED)

    def show_condition(self, condition: str) -> None:
        """Show what hashing found: “ok”, “damaged”, “missing”, or one of the above."""
        tr = self._desk.tr
        if self.shown is not None and self.shown.elsewhere is not None:
            condition = ELSEWHERE
        says = {
            UNCHECKED: (tr("Not checked now"), Tone.NEUTRAL, ""),
            CHECKING: (tr("Being checked"), Tone.INFO, ""),
            ELSEWHERE: (
                tr("Not on this computer"),
                Tone.NEUTRAL,
                tr("What is seen is a smaller picture; nothing of it is verified."),
            ),
            "ok": (tr("Identical"), Tone.OK, tr("The file is what was stored.")),
            "damaged": (
                tr("Differs from when it was stored"),
                Tone.DANGER,
                tr(
                    "The record is safe; the visit cannot be sealed like this. Bring the same file "
                    "in again, or take it from a backup, and check the disk. This was noted."
                ),
            ),
            "missing": (
                tr("Not there"),
                Tone.DANGER,
                tr(
                    "The record is safe; the visit cannot be sealed like this. Bring the same file "
                    "in again, or take it from a backup. This was noted."
                ),
            ),
        }
        word, tone, text = says[condition]
        self.condition.say(word, tone)
        self.verdict.setText(text)
        self.verdict.setVisible(bool(text))
        self.check.setEnabled(condition not in (CHECKING, ELSEWHERE))

    def _rows(self, found: Details) -> Iterator[tuple[str, str]]:
        tr, lang, evidence = self._desk.tr, self._desk.lang, found.evidence
        yield tr("File"), evidence.original_name or "–"
        yield tr("Taken"), self._taken(found)
        yield tr("Source of the time"), self._source(found)
        if evidence.camera:
            yield tr("Device"), evidence.camera
        yield tr("Taken by"), self._letters.get(found.observer, found.observer) or "–"
        yield tr("Where taken"), _coordinates(evidence) or tr("not recorded")
        yield tr("Size"), self._size(evidence)
        yield tr("Came by"), term(evidence.route, lang)
        if evidence.acquisition is Acquisition.PROVIDED:
            yield tr("Obtained"), term(Acquisition.PROVIDED, lang)
        kind = tr("Forwarded copy, recompressed") if evidence.messenger_copy else tr("Original")
        yield tr("Copy or original"), kind
        if damaged(evidence):
            yield tr("Condition"), tr("Damaged: shown in part or not at all")

    def _taken(self, found: Details) -> str:
        """Return the time of the photograph by the clocks of the place, as all else is told."""
        at, zone = found.evidence.observed_from, found.zone
        if at is None:
            return self._desk.tr("not known")
        return f"{iso_day(at, zone)} {clock(at, zone, seconds=True)}"

    def _source(self, found: Details) -> str:
        tr, evidence = self._desk.tr, found.evidence
        if evidence.observed_from is None:
            return "–"
        source = term(evidence.time_source, self._desk.lang)
        if evidence.time_source is not TimeSource.PHOTOGRAPH:
            return source
        if evidence.offset_ms:
            return tr(
                "{source}, corrected by {seconds} s",
                source=source,
                seconds=f"{evidence.offset_ms / 1000:+.0f}",
            )
        if found.clock_checked:
            return tr("{source}, its clock was right", source=source)
        return tr("{source}, its clock was not checked", source=source)

    def _size(self, evidence: Evidence) -> str:
        size = f"{evidence.size / (1 << 20):.1f} MB"
        if evidence.size < 1 << 20:
            size = f"{max(1, round(evidence.size / 1024))} KB"
        if evidence.width and evidence.height:
            return f"{evidence.width} × {evidence.height} · {size}"
        return size

    def _line(self, each: Happened, record: VisitRecord) -> QLayout:
        zone = record.hall.zone_minutes
        at = f"{iso_day(each.ms, zone)} {clock(each.ms, zone, seconds=True)}"
        text = label(each.text(record, self._desk.tr), wrap=True)
        by = self._letters.get(each.by, each.by)
        about = label(" · ".join(part for part in (at, by) if part), Type.CAPTION, wrap=True)
        return column(text, about, spacing=0)

    # -- what is done ------------------------------------------------------------------------

    def _typed(self) -> None:
        if self.shown is not None and self._changeable:
            text = self.caption.text().strip()
            if text != self.shown.evidence.caption:
                self.captioned.emit(text)

    def _copy(self) -> None:
        if self.shown is not None:
            QGuiApplication.clipboard().setText(self.shown.evidence.sha256)
            self._desk.say(self._desk.tr("The hash was copied."))


def _coordinates(evidence: Evidence) -> str:
    """Return where it says it was taken, in degrees."""
    if evidence.latitude_e7 is None or evidence.longitude_e7 is None:
        return ""
    return f"{evidence.latitude_e7 / 1e7:.5f}, {evidence.longitude_e7 / 1e7:.5f}"
