"""冲突: what two laptops wrote differently, side by side; a person says what holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from inspector.base.i18n import N_
from inspector.domain.clocktext import clock, iso_day
from inspector.operations.conflicts import conflicts, resolve_with
from ui.models.conflicts import ROW, ConflictsModel, where
from ui.page import Key, Page
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.lines import Lines
from ui.widgets.surfaces import Banner, Bones, Card, Nothing, cleared, column, row, scrolled
from ui.widgets.text import label
from ui.widgets.twolines import Told, TwoLines

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.domain.changes import Changes
    from inspector.operations.conflicts import Conflict, Side
    from ui.desk import Desk, Place
    from ui.widgets.twolines import Index

#: Values that stand beside each other in one row.
_BESIDE = 2


class ConflictLine(TwoLines):
    """One conflict: of what thing, of which field and visit, between how many values."""

    def __init__(self, desk: Desk, parent: ConflictList) -> None:
        super().__init__(desk.look, parent)
        self._tr = desk.tr

    def told(self, index: Index) -> Told:
        """Return the thing, the field and where it belongs, and how many values there are."""
        found: Conflict = index.data(ROW)
        tr = self._tr
        word = tr("{count} values", count=len(found.sides))
        return Told(found.title, where(found), word, Tone.WARN)


class ConflictList(Lines):
    """Arrows, J and K go through the conflicts; a digit says which value holds."""

    def __init__(self, page: ConflictsPage) -> None:
        super().__init__()
        self._page = page
        self.setModel(page.model)
        self.setItemDelegate(ConflictLine(page.desk, self))
        self.setAccessibleName(page.tr("Conflicts"))
        self.selectionModel().currentChanged.connect(lambda *_: page.show_current())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what single keys mean here, unless they are switched off in the settings."""
        letter = event.text().upper() if self._page.desk.settings.single_keys else ""
        if letter in ("J", "K"):
            at = self.currentIndex().row() + (1 if letter == "J" else -1)
            at = max(0, min(self.model().rowCount() - 1, at))
            self.setCurrentIndex(self.model().index(at, 0))
        elif letter.isdecimal() and letter != "0" and not event.isAutoRepeat():
            self._page.choose(int(letter))
        else:
            super().keyPressEvent(event)


class ConflictsPage(Page):
    """The conflicts at the left, the values of one of them beside each other at the right."""

    keys: ClassVar[tuple[Key, ...]] = (
        Key("J", N_("Next conflict"), single=True),
        Key("K", N_("The conflict before"), single=True),
        Key("1 … 9", N_("This value holds"), single=True),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, look = self.tr, self.look
        self.title = tr("Conflicts")
        self.shown: Conflict | None = None
        self.model = ConflictsModel(tr)
        self.list = ConflictList(self)
        self.why = QLineEdit()
        self.why.setAccessibleName(tr("Why"))
        self.why.setPlaceholderText(tr("Why (optional); it is recorded with the decision"))
        self.choices: list[QWidget] = []
        self._sides = column(spacing=tokens.M, margins=tokens.XL)
        inside = QWidget()
        inside.setLayout(self._sides)
        side = QFrame()
        side.setObjectName("panel")
        side.setLayout(column(self.list, spacing=0))
        side.setFixedWidth(round(340 * look.scale))
        found = QWidget()
        both = row(side, spacing=0)
        both.addWidget(scrolled(inside), 1)
        found.setLayout(both)
        self._stack = QStackedWidget()
        words = tr("What two laptops write differently is shown here, side by side.")
        none = Nothing(look, "conforms", tr("Nothing is in conflict"), words, tone=Tone.OK)
        for part in (Bones(), found, none):
            self._stack.addWidget(part)
        self.setLayout(row(self._stack, spacing=0))

    # -- what there is ---------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Read the conflicts; of the visit `id` first, if it is named."""
        self._read(place.id)

    def refresh(self, changes: Changes) -> None:
        """Read again: any change may end a conflict."""
        del changes
        self._read()

    def _read(self, visit: str = "") -> None:
        lang = self.desk.lang
        self.desk.read(self, lambda session: conflicts(session, lang), partial(self._show, visit))

    def _show(self, visit: str, found: tuple[Conflict, ...]) -> None:
        at = max(0, self.list.currentIndex().row())
        kept = self.shown.code if self.shown else ""
        self.model.take(found)
        self.subtitle = self.tr("{count} to settle", count=len(found))
        self.retitled.emit()
        self._stack.setCurrentIndex(1 if found else 2)
        if not found:
            self.shown = None
            return
        if visit:
            at = next((n for n, each in enumerate(found) if each.visit == visit), 0)
        elif self.model.at(kept) >= 0:
            at = self.model.at(kept)
        self.list.setCurrentIndex(self.model.index(min(at, len(found) - 1), 0))
        if not self.why.hasFocus():
            self.list.setFocus()
        self.show_current()

    def show_current(self) -> None:
        """Show the conflict one stands on."""
        found = self.model.row(self.list.currentIndex().row())
        if found is None:
            return
        if found == self.shown:
            return
        if self.shown is None or found.code != self.shown.code:
            self.why.clear()
        self.shown = found
        typing = self.why.hasFocus()
        self.why.setParent(None)
        cleared(self._sides)
        self.choices = []
        about = " · ".join(filter(None, (found.visit_label, found.place)))
        self._sides.addWidget(label(found.title, Type.TITLE, wrap=True))
        self._sides.addWidget(label(" · ".join(filter(None, (found.label, about))), Type.CAPTION))
        if found.sealed:
            words = self.tr("The visit is sealed: its papers stay as they are, whatever is chosen.")
            self._sides.addWidget(Banner(self.look, words, Tone.INFO, "lock"))
        self._add_sides(found)
        self._sides.addWidget(self.why)
        if typing:
            # What is typed must not become a choice because something was saved meanwhile.
            self.why.show()
            self.why.setFocus()
        if found.evidence:
            names = self.tr(", ").join(each.original_name for each in found.evidence)
            words = self.tr("Evidence: {names}", names=names)
            self._sides.addWidget(label(words, Type.CAPTION, wrap=True))
        self._sides.addStretch(1)

    def _add_sides(self, found: Conflict) -> None:
        line = QHBoxLayout()
        for number, side in enumerate(found.sides, 1):
            if number % _BESIDE == 1:
                line = QHBoxLayout()
                line.setSpacing(tokens.M)
                self._sides.addLayout(line)
            line.addWidget(self._side(number, side), 1)

    def _side(self, number: int, side: Side) -> Card:
        tr = self.tr
        card = Card(tr("Value {number}", number=number))
        card.body.addWidget(label(side.text, Type.SECTION, wrap=True, selectable=True))
        when = f"{iso_day(side.ms, side.zone)} {clock(side.ms, side.zone)}"
        said = (side.name or tr("nobody named"), when, tr("laptop {device}", device=side.device))
        card.body.addWidget(label(" · ".join(said), Type.CAPTION, wrap=True))
        if side.why:
            card.body.addWidget(label(side.why, Type.CAPTION, wrap=True))
        card.body.addStretch(1)
        choice = button(
            self.look,
            tr("This holds ({number})", number=number),
            partial(self.choose, number),
            icon="check",
            name=tr("This holds: {value}", value=side.text),
        )
        self.choices.append(choice)
        card.body.addLayout(row(choice, None))
        return card

    # -- deciding --------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Record that the value at `number` holds."""
        shown, why = self.shown, self.why.text()
        if shown is None or not 1 <= number <= len(shown.sides):
            return
        operation = shown.sides[number - 1].operation
        self.desk.act(
            self,
            lambda session: resolve_with(session, shown.code, operation, why),
            lambda _done: self.desk.say(self.tr("Settled. All values stay in the record.")),
            same=shown.code,
        )
