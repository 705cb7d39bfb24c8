"""The workspaces that were opened before, by their folders; nothing of what is in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui import opening
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Badge, Bones, Card, cleared, row
from ui.widgets.text import Elided, Line, label

if TYPE_CHECKING:
    from inspector.operations.starting import Known
    from ui.desk import Desk


class Recent(Card):
    """The list; at most eight, so each is a line of its own."""

    #: The folder of a workspace that is to be opened: `Path`.
    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tr("Opened before"))
        self._desk = desk
        self.body.addWidget(Bones(2))
        roots = [Path(each) for each in desk.settings.recent]
        desk.worker.apart(self, lambda _progress: opening.known(roots), self._show)

    def _show(self, found: tuple[Known, ...]) -> None:
        cleared(self.body)
        # Enter opens the newest that is there.
        usual = next((each for each in found if each.there), None)
        for number, each in enumerate(found):
            if number:
                self.body.addWidget(Line())
            self.body.addWidget(self._line(each, usual=each is usual))

    def _line(self, known: Known, *, usual: bool) -> QWidget:
        tr, look = self._desk.tr, self._desk.look
        name = known.root.name or str(known.root)
        words = QWidget()
        lines = row()
        open_it = button(
            look,
            tr("Open"),
            lambda: self.chosen.emit(known.root),
            kind="primary" if usual else "secondary",
            extent="touch",
            name=f"{tr('Open')} {name}",
        )
        open_it.setEnabled(known.there)
        if usual:
            # It is laid out first.
            QTimer.singleShot(0, open_it, open_it.setFocus)
        folder = Elided(str(known.root.parent), Type.CAPTION)
        title = label(name, Type.STRONG)
        title.setMaximumWidth(240)
        lines.addWidget(title)
        lines.addWidget(folder, 1)
        if not known.there:
            lines.addWidget(Badge(look, tr("Not there at the moment")))
        lines.addWidget(open_it)
        lines.setSpacing(tokens.M)
        words.setLayout(lines)
        return words
