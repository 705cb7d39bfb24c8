"""A finding by three keys: F2, the digit of what is usual, Enter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from inspector.domain.clocktext import clock
from inspector.domain.quick import QUICK, Quick
from inspector.operations.board import photo_named
from inspector.operations.quick import good_practice, suggested
from ui.pages.visit.hints import keycap
from ui.recording.quick import place_photographs, save_finding
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.surfaces import Card, cleared, column, row
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from inspector.domain.entities import Evidence, Finding
    from inspector.operations.board import Board
    from ui.desk import Desk
    from ui.recording.acting import Acting


class Draft(NamedTuple):
    """A finding that is not saved yet. `chosen`: the place of its key, -1 for none."""

    text: str = ""
    chosen: int = -1
    good: bool = False
    window: str = ""

    @property
    def words(self) -> str:
        """What a person typed."""
        return self.text

    @property
    def is_begun(self) -> bool:
        """Whether there is more than a window."""
        return bool(self.text) or self.chosen >= 0 or self.good

    def before(self, since: Draft) -> Draft:
        """Return it with what was begun since behind it; no word of either is lost."""
        text = " ".join(part for part in (self.text, since.text) if part)
        kept = since if since.chosen >= 0 or since.good else self
        return kept._replace(text=text)

    def without(self, saved: Draft) -> Draft:
        """Return what is left once `saved` is recorded."""
        rest = self.text.removeprefix(saved.text).lstrip()
        return self._replace(text=rest) if rest else Draft(window=self.window)


class _Sent(NamedTuple):
    """What is to be saved and in which visit; `wanted`: which of the photographs go with it."""

    visit: str
    draft: Draft
    photos: list[Evidence]
    wanted: list[str]


class FindingCard(Card):
    """Window and time are filled in already; the sentence may be added or left to the situation.

    The finding is saved before any photograph is touched: what fails afterwards loses nothing.
    """

    #: A finding is to be written out on its own page: its id.
    detailed = Signal(str)

    def __init__(self, desk: Desk, acting: Acting) -> None:
        super().__init__(desk.tr("A finding"), spacing=tokens.S)
        self._desk, self._acting = desk, acting
        self._board: Board | None = None
        self._window = ""
        self._photos: list[Evidence] = []
        #: What was begun in other visits, by visit.
        self._held: dict[str, Draft] = {}
        #: What was refused and stands here, or is held, again.
        self._returned: list[_Sent] = []
        self._place = Elided(role=Type.CAPTION)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(keycap("F2"))
        self.head.addWidget(self._place, 1)
        self._group = QButtonGroup(self)
        self.keys: list[QPushButton] = []
        grid = QGridLayout()
        grid.setSpacing(tokens.S)
        for number, quick in enumerate(QUICK):
            grid.addWidget(self._key(number, quick), number // 2, number % 2)
        self.text = QLineEdit()
        self.text.setPlaceholderText(desk.tr("Add a sentence (optional)"))
        self.text.setAccessibleName(desk.tr("Sentence"))
        self.text.returnPressed.connect(self.save)
        self._photo_line, self._photo_boxes = self._photo_parts()
        tr, look = desk.tr, desk.look
        self.put = button(
            look, tr("Save ↵"), self.save, kind="primary", icon="check", extent="touch"
        )
        self.more = button(look, tr("Save and edit"), self._save_and_detail, extent="touch")
        self.good = button(look, tr("Good practice (F3)"), self.praise, icon="star", extent="touch")
        self.good.setCheckable(True)
        self.body.addLayout(grid)
        for part in (self.good, self.text, self._photo_line, self._photo_boxes):
            self.body.addWidget(part)
        feet = row(self.put, self.more, spacing=tokens.S)
        feet.setStretch(0, 1)
        self.body.addLayout(feet)
        self._show_ready()
        acting.retimed.connect(self.show_time)

    def _key(self, number: int, quick: Quick) -> QPushButton:
        look, name = self._desk.look, quick.name(self._desk.lang)
        words = f"{number + 1} {name}"
        made = button(look, words, self._show_ready, kind="chip", extent="touch", name=name)
        made.installEventFilter(self)
        self._group.addButton(made, number)
        self.keys.append(made)
        return made

    def _photo_parts(self) -> tuple[QWidget, QWidget]:
        self._photo_words = Elided(role=Type.CAPTION)
        change = button(self._desk.look, self._desk.tr("Change"), self._change, kind="text")
        change.setProperty("extent", "dense")
        line, boxes = QWidget(), QWidget()
        layout = row(self._photo_words, change, stretch=0)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        boxes.setLayout(column(spacing=0))
        line.hide()
        boxes.hide()
        return line, boxes

    # -- showing -------------------------------------------------------------------------------

    def show_board(self, board: Board) -> None:
        """Take the visit as it stands; what was begun belongs to one visit and waits there."""
        if self._board is not None and self._board.visit != board.visit:
            if self._draft.is_begun:
                self._held[self._visit] = self._draft
            self._put(Draft())
            self._offer([])
        self._board = board
        self.setEnabled(not board.sealed)
        self._fetch()
        self.show_time()

    def show_photos(self, found: list[Evidence]) -> None:
        """Take the photographs that have no place yet; those of this moment are suggested."""
        self._offer(suggested(found, self._acting.keeper.now))

    def _offer(self, photos: list[Evidence]) -> None:
        """Suggest these photographs."""
        self._photos = photos
        self._photo_line.setVisible(bool(photos))
        self._photo_words.setText(
            self._desk.tr("{count} new photographs will be attached", count=len(photos))
        )
        self._photo_boxes.hide()

    def choose_window(self, window: str) -> None:
        """Fill in the window that is worked on."""
        self._window = window
        self.show_time()

    def show_time(self) -> None:
        """Show when and where the next finding is seen: the time that is typed, or now."""
        if self._board is None:
            return
        known = {each.id: each for each in self._board.record.windows}
        window = known.get(self._window)
        now = self._acting.typed_time or clock(self._acting.keeper.now, self._board.zone)
        name = self._desk.tr("window {number}", number=window.number) if window else ""
        self._place.setText(" · ".join(part for part in (now, name) if part))

    @property
    def _visit(self) -> str:
        return self._board.visit if self._board is not None else ""

    @property
    def _draft(self) -> Draft:
        """What stands here unsaved."""
        chosen, good = self._group.checkedId(), self.good.isChecked()
        return Draft(self.text.text(), chosen, good, self._window)

    @property
    def drafts(self) -> dict[str, Draft]:
        """What stands here unsaved and what was begun in other visits, by visit."""
        return {**self._held, self._visit: self._draft}

    def take_up(self, drafts: Mapping[str, Draft]) -> None:
        """Go on with what stood on another card, each in its own visit."""
        self._held |= drafts
        self._fetch()

    def _fetch(self) -> None:
        """Let what was begun in this visit before stand here again."""
        held = self._held.pop(self._visit, None)
        if held is not None:
            self._put(held)

    def _put(self, draft: Draft) -> None:
        """Let a finding stand here unsaved, or with an empty draft none."""
        self.text.setText(draft.text)
        self.text.setModified(bool(draft.text))
        self._group.setExclusive(False)
        for place, key in enumerate(self.keys):
            key.setChecked(place == draft.chosen)
        self._group.setExclusive(True)
        self.good.setChecked(draft.good)
        self.choose_window(draft.window)
        self._show_ready()

    def _change(self) -> None:
        """Show the suggested photographs, each of which can be left out."""
        self._show_boxes([photo.id for photo in self._photos])

    def _show_boxes(self, wanted: list[str]) -> None:
        layout = self._photo_boxes.layout()
        assert layout is not None
        cleared(layout)
        for photo in self._photos:
            box = CheckBox(photo_named(photo))
            box.setChecked(photo.id in wanted)
            box.setProperty("photo", photo.id)
            layout.addWidget(box)
        self._photo_boxes.show()

    @property
    def leaves_out(self) -> bool:
        """Whether a suggested photograph is to stay where it is."""
        return len(self._wanted()) < len(self._photos)

    def _wanted(self) -> list[str]:
        if self._photo_boxes.isHidden():
            return [photo.id for photo in self._photos]
        boxes = self._photo_boxes.findChildren(QCheckBox)
        return [box.property("photo") for box in boxes if box.isChecked()]

    # -- keys ----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Let the digits choose what was seen (F2)."""
        self.set_active(active=True)
        self.good.setChecked(False)
        self.keys[max(0, self._group.checkedId())].setFocus()
        self.show_time()
        self._show_ready()

    def praise(self) -> None:
        """Write down good practice instead (F3)."""
        checked = self._group.checkedButton()
        self._group.setExclusive(False)
        if checked is not None:
            checked.setChecked(False)
        self._group.setExclusive(True)
        self.good.setChecked(True)
        self.set_active(active=True)
        self.text.setFocus()
        self._show_ready()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits choose a situation, and Enter save, while one of the keys has the focus."""
        if event.type() == QEvent.Type.KeyPress and watched in self.keys:
            key: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
            if key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.save()
                return True
            digit = key.text()
            usable = digit.isdecimal() and 1 <= int(digit) <= len(self.keys)
            if usable and self._desk.settings.single_keys:
                self.keys[int(digit) - 1].setChecked(True)
                # What is typed next is the sentence, or Enter; F2 leads back to the digits.
                self.text.setFocus()
                self._show_ready()
                return True
        return super().eventFilter(watched, event)

    def _show_ready(self) -> None:
        chosen = self._group.checkedId() >= 0
        if chosen:
            self.good.setChecked(False)
        self.put.setEnabled(chosen or self.good.isChecked())
        self.more.setEnabled(chosen)

    # -- saving --------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the finding, or the good practice."""
        if self.good.isChecked():
            self._save_practice()
        elif self._group.checkedId() >= 0:
            self._save_finding(detailed=False)

    def _save_and_detail(self) -> None:
        self._save_finding(detailed=True)

    def _save_practice(self) -> None:
        text, window = self.text.text(), self._window or None
        if not text.strip():
            return
        sent = self._send([], [])
        self._acting.record(
            lambda session, visit, seen: good_practice(session, visit, text, seen, window=window),
            lambda _done: self._saved(sent, self._desk.tr("Good practice saved")),
            failed=lambda: self._put_back(sent),
            same=("practice", text, window),
        )

    def _save_finding(self, *, detailed: bool) -> None:
        quick = QUICK[self._group.checkedId()]
        text, window, wanted = self.text.text(), self._window or None, self._wanted()
        sent = self._send(self._photos, wanted)

        def saved(finding: Finding) -> None:
            self._saved(sent, self._desk.tr("Finding {number} saved", number=finding.number))
            if wanted:
                place_photographs(self._acting, finding, wanted)
            if detailed:
                self.detailed.emit(finding.id)

        failed = partial(self._put_back, sent)
        save_finding(self._acting, self._board, quick, text, window, saved, failed)

    def _send(self, photos: list[Evidence], wanted: list[str]) -> _Sent:
        """Empty the card: the next finding may begin before this one is saved."""
        sent = _Sent(self._visit, self._draft, photos, wanted)
        if any(each.hasFocus() for each in (self.text, self.put, self.more)):
            # The next one begins with a digit; and Ctrl+Z takes back the finding, not the typing.
            # A button that can be pressed no more would hand the keys to whatever comes next.
            self.keys[0].setFocus()
        self._put(Draft(window=self._window))
        if photos:
            self._offer([photo for photo in photos if photo.id not in wanted])
        self.set_active(active=False)
        return sent

    def _put_back(self, sent: _Sent) -> None:
        """Let what was refused stand here again, before what was typed since."""
        self._returned.append(sent)
        if sent.visit != self._visit:
            self._held[sent.visit] = sent.draft.before(self._held.get(sent.visit, Draft()))
            return
        self._put(sent.draft.before(self._draft))
        if sent.photos:
            self._offer(sent.photos)
        if len(sent.wanted) < len(sent.photos):
            self._show_boxes(sent.wanted)

    def _saved(self, sent: _Sent, said: str) -> None:
        """Say it; what had been refused before stands here no more."""
        if sent in self._returned:
            self._returned.remove(sent)
            if sent.visit == self._visit:
                self._put(self._draft.without(sent.draft))
            elif sent.visit in self._held:
                self._held[sent.visit] = self._held[sent.visit].without(sent.draft)
        self._desk.say(said, undo=True)
