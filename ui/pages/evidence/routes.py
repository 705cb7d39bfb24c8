"""The ways by which photographs come in: a column of buttons, and what some of them unfold."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from inspector.base.i18n import N_
from inspector.operations.cards import cards
from inspector.operations.offering_text import size_text
from ui.choosing import chosen_folder
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import Card, cleared, column, row
from ui.widgets.text import Elided, label

if TYPE_CHECKING:
    from inspector.operations.cards import Card as Volume
    from inspector.operations.watching import Watch
    from ui.desk import Desk
    from ui.pages.evidence.watching import FolderWatch

#: Name, word and icon of each way; the last four unfold a card.
WAYS: tuple[tuple[str, str, str], ...] = (
    ("files", N_("Files"), "copy"),
    ("folder", N_("Folder"), "folder"),
    ("paste", N_("Paste"), "paste"),
    ("card", N_("Card or stick"), "drive"),
    ("watch", N_("Watched folder"), "sync"),
    ("upload", N_("Telephone's hotspot"), "phone"),
    ("camera", N_("Camera"), "camera"),
)
UNFOLDING = ("card", "watch", "upload", "camera")


class Ways(QWidget):
    """The column of buttons; those that unfold something stay pressed while it is there."""

    #: A way was pressed, by its name.
    pressed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.buttons: dict[str, QPushButton] = {}
        layout = column(label(desk.tr("Bring in from"), Type.STRONG), spacing=tokens.S)
        for name, word, icon in WAYS:
            made = button(desk.look, desk.tr(word), icon=icon, extent="touch")
            made.setProperty("align", "left")
            made.setCheckable(name in UNFOLDING)
            made.clicked.connect(lambda _checked=False, name=name: self.pressed.emit(name))
            self.buttons[name] = made
            layout.addWidget(made)
        self.note = label(
            desk.tr(
                "Or drop files and folders here. Nothing on a card or telephone is changed, and "
                "only what is ticked is stored."
            ),
            Type.CAPTION,
            wrap=True,
        )
        layout.addWidget(self.note)
        layout.addStretch(1)
        self.setLayout(layout)

    def unfold(self, name: str) -> None:
        """Show as pressed what is unfolded; "" is nothing."""
        for each in UNFOLDING:
            self.buttons[each].setChecked(each == name)

    def count(self, fresh: int) -> None:
        """Say quietly how many files are new in the watched folder."""
        word = self._desk.tr("Watched folder")
        self.buttons["watch"].setText(f"{word} · {fresh}" if fresh else word)


class CardsPanel(Card):
    """Cards, sticks and telephones that are connected now."""

    #: A folder is to be offered: `Path`.
    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Card or stick"))
        self._desk = desk
        self.again = icon_button(desk.look, "refresh", desk.tr("Look again"), self.look_again)
        self.head.addStretch(1)
        self.head.addWidget(self.again)
        self._lines = column(spacing=tokens.S)
        self.body.addLayout(self._lines)
        self.buttons: list[QPushButton] = []

    def look_again(self) -> None:
        """Look what is connected."""
        self.again.setEnabled(False)
        self._desk.papers.run(self, lambda _progress: cards(), self.show_cards, ended=self._looked)

    def _looked(self) -> None:
        self.again.setEnabled(True)

    def show_cards(self, found: tuple[Volume, ...]) -> None:
        """Offer what is connected."""
        desk, tr = self._desk, self._desk.tr
        cleared(self._lines)
        self.buttons = []
        for each in found:
            about = tr("photographs of a camera") if each.has_dcim else tr("the whole volume")
            if each.size:
                about = f"{about} · {size_text(each.size)}"
            made = button(
                desk.look,
                tr("Offer"),
                partial(self.chosen.emit, each.photographs),
                extent="touch",
                name=tr("Offer {name}", name=each.name),
            )
            self.buttons.append(made)
            words = QWidget()
            words.setLayout(
                column(Elided(each.name, Type.STRONG), Elided(about, Type.CAPTION), spacing=0)
            )
            self._lines.addLayout(row(words, made, spacing=tokens.M, stretch=0))
        if not found:
            text = tr(
                "No card or stick is connected. Put it in, then look again. A telephone on a cable "
                "is set to “file transfer” first."
            )
            self._lines.addWidget(label(text, wrap=True))


class WatchPanel(Card):
    """A folder in which new files are noticed: which it is, and what came."""

    #: Files or folders are to be offered: a tuple of `Path`.
    chosen = Signal(object)
    #: It could not be remembered: the exception.
    failed = Signal(object)

    def __init__(self, desk: Desk, watch: FolderWatch) -> None:
        super().__init__(desk.tr("Watched folder"))
        self._desk, self._watch = desk, watch
        tr, look = desk.tr, desk.look
        self.place = Elided("", Type.STRONG)
        self.said = label("", wrap=True)
        self.choose = button(look, tr("Choose a folder"), self._choose, icon="folder")
        self.off = button(look, tr("Watch it no longer"), lambda: self._set(None), kind="text")
        self.fresh = button(look, "", self._offer_fresh, kind="primary", extent="touch")
        self.all = button(look, tr("Offer all of it"), self._offer_all, extent="touch")
        self.body.addWidget(self.place)
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.fresh, self.all, None, self.off, self.choose))
        watch.looked.connect(self.show_watch)
        self.show_watch(watch.watch)

    def show_watch(self, watch: Watch | None) -> None:
        """Say what was seen at the last look."""
        tr = self._desk.tr
        self.place.setVisible(watch is not None)
        for each in (self.off, self.all):
            each.setVisible(watch is not None and not watch.too_many)
        count = len(watch.fresh) if watch else 0
        self.fresh.setVisible(count > 0)
        if watch is None:
            self.said.setText(
                tr(
                    "Off. Choose the folder in which a telephone's copies land, by cable or by a "
                    "program of the telephone: new files in it are counted and offered here."
                )
            )
            return
        self.place.setText(str(watch.folder))
        self.fresh.setText(tr("Offer {count} new", count=count))
        self.all.setEnabled(watch.there and bool(watch.all))
        self.said.setText(self._words(watch, count))

    def _words(self, watch: Watch, count: int) -> str:
        tr = self._desk.tr
        if not watch.there:
            return tr("The folder is not there now. When it comes back it is watched again.")
        if watch.too_many:
            return tr("There are too many files in it to be watched. Choose a folder in it.")
        if not watch.looked:
            return tr("Looking for files")
        return tr(
            "{count} new since it is watched; {before} lay there before.",
            count=count,
            before=len(watch.before),
        )

    def _choose(self) -> None:
        start = self._watch.folder or Path.home()
        found = chosen_folder(self, self._desk.tr("Watched folder"), start)
        if found is not None:
            self._set(found)

    def _set(self, folder: Path | None) -> None:
        try:
            self._watch.set_folder(folder)
        except OSError as error:
            self.failed.emit(error)

    def _offer_fresh(self) -> None:
        self.chosen.emit(self._watch.take())

    def _offer_all(self) -> None:
        if self._watch.folder is not None:
            self._watch.take()
            self.chosen.emit((self._watch.folder,))
