"""The foot of the large view: on and back, not used, place and next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from inspector.operations.album import Item, State
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import column, row
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from ui.desk import Desk


class Foot(QFrame):
    """What is pressed most, and a quiet line that says where marks will lie."""

    #: Another photograph is asked for: so many further.
    stepped = Signal(int)
    #: It is not used, or used after all.
    culled = Signal()
    #: Place it at the first suggestion, or go to the next without a place.
    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("footer")
        self._desk = desk
        look, tr = desk.look, desk.tr
        self.back = button(
            look, tr("Previous"), lambda: self.stepped.emit(-1), icon="previous", extent="touch"
        )
        self.on = button(
            look, tr("Next"), lambda: self.stepped.emit(1), icon="next", extent="touch"
        )
        self.cull = button(look, tr("Not used (X)"), self.culled.emit, icon="minus", extent="touch")
        self.save = button(
            look, tr("Place and next ⏎"), self.saved.emit, kind="primary", icon="check",
            extent="touch",
        )  # fmt: skip
        layers = Elided(
            tr(
                "The original stays as it is. Marks and redactions will lie in layers of their "
                "own; this version has none yet."
            ),
            Type.CAPTION,
        )
        self.setLayout(
            column(layers, row(self.back, self.on, self.cull, None, self.save), spacing=tokens.S)
        )
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)

    def show_item(
        self, item: Item | None, *, changeable: bool, suggested: bool = False, more: bool = False
    ) -> None:
        """Say what the buttons do for a photograph. more: others wait for a place too."""
        tr = self._desk.tr
        aside = item is not None and item.state is State.SET_ASIDE
        self.cull.setText(tr("Use after all (P)") if aside else tr("Not used (X)"))
        self.cull.setVisible(changeable)
        self.cull.setEnabled(item is not None)
        waits = item is not None and item.state is State.UNPLACED
        if suggested and waits:
            self.save.setText(tr("Place and next ⏎"))
        else:
            left = more or waits
            self.save.setText(tr("Next without a place ⏎") if left else tr("All have a place"))
        self.save.setEnabled(more or (suggested and waits))
        self.save.setVisible(changeable)
        for each in (self.back, self.on):
            each.setEnabled(item is not None)
