"""The fixed parts of the window for bringing in: who took the files, the offer, the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from inspector.domain.codes import lettered
from inspector.operations.offering_text import size_text
from ui.pages.evidence.offered_list import OfferedList
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.choice import ChoiceBox
from ui.widgets.surfaces import Nothing, column, row
from ui.widgets.text import label, retone

if TYPE_CHECKING:
    from inspector.operations.offering import Around
    from ui.desk import Desk
    from ui.pages.evidence.offered import OfferedModel
    from ui.work.pictures import Shelf


class Head(QWidget):
    """What this is, and whose files they are."""

    #: Somebody else took them.
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.tr
        self.title = label("", Type.TITLE)
        self.taker = ChoiceBox(tr("Taken by"))
        self.taker.setMinimumContentsLength(7)
        self.taker.currentIndexChanged.connect(self.changed)
        self.provided = CheckBox(tr("Handed over by the unit"))
        self.provided.hide()
        name = label(tr("Taken by"))
        self.setLayout(row(self.title, None, name, self.taker, self.provided, spacing=tokens.M))

    @property
    def observer(self) -> str:
        """The id of who took the files."""
        return str(self.taker.currentData() or "")

    def show_members(self, around: Around) -> None:
        """Offer the members of the team; who is typing is chosen until somebody else is."""
        # The word would tell whoever looks over the shoulder what this is about.
        self.provided.setVisible(not around.covert)
        chosen = self.observer or around.me
        self.taker.blockSignals(True)
        self.taker.clear()
        for place, (person, name) in enumerate(around.members):
            hidden = person in around.hidden
            self.taker.addItem(lettered(place, self._desk.lang) if hidden else name, person)
        self.taker.setCurrentIndex(max(0, self.taker.findData(chosen)))
        self.taker.blockSignals(False)


class OfferCard(QWidget):
    """The files, what is chosen of them at once, and what was left out."""

    def __init__(self, desk: Desk, model: OfferedModel, shelf: Shelf) -> None:
        super().__init__()
        tr, look = desk.tr, desk.look
        self._desk, self._model = desk, model
        self.all = button(
            look, tr("Select all"), lambda: model.choose(lambda _each: True), extent="touch"
        )
        self.none = button(
            look, tr("Select none"), lambda: model.choose(lambda _each: False), extent="touch"
        )
        self.within = button(
            look,
            tr("Within the visit"),
            lambda: model.choose(lambda each: each.meant),
            extent="touch",
        )
        self.pictures = CheckBox(tr("Show pictures"))
        self.list = OfferedList(look, shelf, model, tr("What is offered"))
        self.list.setMinimumHeight(104)
        self.pictures.toggled.connect(lambda on: self.list.show_pictures(shown=on))
        self.nothing = Nothing(
            look,
            "import",
            tr("Nothing is offered yet"),
            tr("Choose at the left where it comes from, or drop files and folders here."),
        )
        self.said = label("", Type.CAPTION, wrap=True)
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(column(self.nothing, self.list, margins=tokens.XS))
        layout = column(spacing=tokens.S)
        layout.addLayout(row(self.all, self.none, self.within, None, self.pictures))
        layout.addWidget(card, 1)
        layout.addWidget(self.said)
        self.setLayout(layout)

    def show_state(self, passed: int, *, more: bool, looked: bool) -> None:
        """Show the list, or why there is none. passed: files that were passed over."""
        tr, any_ = self._desk.tr, self._model.total > 0
        self.list.setVisible(any_)
        self.nothing.setVisible(not any_)
        for each in (self.all, self.none, self.within):
            each.setEnabled(any_)
        parts = []
        if any_:
            counted = {"count": self._model.total, "within": self._model.within}
            parts.append(tr("{count} offered, {within} within the visit", **counted))
        elif looked:
            parts.append(tr("There are no files in it that can be offered."))
        if passed:
            parts.append(tr("passed over: {count} (hidden, system files, links)", count=passed))
        if more:
            parts.append(
                tr("There are more files than are looked at in one go. Name folders in it.")
            )
        self.said.setText(" · ".join(parts))
        self.said.setVisible(bool(parts))


class Foot(QFrame):
    """How much is chosen, whether there is room for it, and the button that stores it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("footer")
        tr, look = desk.tr, desk.look
        self.count = label("", Type.STRONG)
        self.close_button = button(look, tr("Close"), extent="touch")
        self._taking = False
        self.store = button(look, tr("Store"), kind="primary", icon="check", extent="touch")
        layout = row(self.count, None, self.close_button, self.store, spacing=tokens.M)
        layout.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        self.setLayout(layout)

    def show_chosen(self, count: int, size: int, around: Around | None, *, busy: bool) -> None:
        """Say what would be stored. size: bytes."""
        tr = self._desk.tr
        room = around is None or size <= around.free
        if not room and around is not None:
            text = tr(
                "{size} chosen, room for {free}: choose less, or free some room",
                size=size_text(size),
                free=size_text(max(0, around.free)),
            )
        elif count:
            text = tr("{count} chosen, {size}", count=count, size=size_text(size))
        else:
            text = tr("Nothing is chosen")
        self.count.setText(text)
        retone(self.count, None if room else Tone.WARN)
        self.store.setText(self._verb(count, covert=around is None or around.covert))
        self.store.setEnabled(bool(count) and room and around is not None and not busy)
        if self._taking and not busy and not count:
            # All of it is stored: Enter ends it, where the focus would fall on the first way.
            self.close_button.setFocus()
        self._taking = busy and (self._taking or count > 0)

    def _verb(self, count: int, *, covert: bool) -> str:
        tr = self._desk.tr
        if count == 0:
            return tr("Store")
        if covert:
            return tr("Store 1 file") if count == 1 else tr("Store {count} files", count=count)
        if count == 1:
            return tr("Store 1 photograph")
        return tr("Store {count} photographs", count=count)
