"""Taking up a depot: a folder that is chosen, or a server whose address is typed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QLineEdit

from inspector.base.ids import system_entropy
from inspector.base.paths import Workspace
from inspector.operations.depot_places import Place, look, note, set_up
from ui.choosing import chosen_folder
from ui.messages import Message
from ui.pages.sync.server import ServerDialog
from ui.widgets.labelled import Labelled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk

#: Where systems mount sticks.
_MOUNTS = ("/media", "/run/media", "/Volumes")


class Adding(QObject):
    """The ways to a further depot. `added` has its id; `refused` an error nobody expected here."""

    added = Signal(str)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    def add_folder(self) -> None:
        """Choose a folder, on a stick or anywhere; it is set up where it is no depot yet."""
        title = self._desk.tr("Folder for the exchange, on a stick or a share")
        folder = chosen_folder(self._parent, title, _sticks())
        root = self._desk.root
        if folder is not None and root is not None:
            self._apart(partial(look, Workspace(root), str(folder)))

    def add_server(self) -> None:
        """Type the address of a server; it is tried before anything is kept."""
        dialog = ServerDialog(self._desk, self._parent)
        dialog.entered.connect(self.take)
        dialog.open()

    def _apart(self, work: partial[Place]) -> None:
        self._desk.papers.run(self, lambda _progress: work(), self.take, failed=self.refused.emit)

    def take(self, place: Place) -> None:
        """Ask what it is to be called; set it up if it is no depot yet."""
        root = self._desk.root
        name = asked_name(self._desk, self._parent, place)
        if name is None or root is None:
            return
        if place.depot:
            self._keep(name, place)
            return
        self._desk.papers.run(
            self,
            lambda _progress: set_up(Workspace(root), place, system_entropy),
            partial(self._keep, name),
            failed=self.refused.emit,
        )

    def _keep(self, name: str, place: Place) -> None:
        self._desk.act(
            self, lambda session: note(session, place, name), self.added.emit, self.refused.emit
        )


def asked_name(desk: Desk, parent: QWidget, place: Place) -> str | None:
    """Ask what a depot is to be called here; None if the person changed their mind."""
    tr = desk.tr
    if place.depot:
        title, verb = tr("Add this depot"), tr("Add it")
        text = tr(
            "{place} is set up for exchange. Nothing is written there now.", place=place.place
        )
    else:
        title, verb = tr("Set this place up"), tr("Set it up")
        text = tr(
            "{place} is not set up for exchange yet. A small file is written there; what lies "
            "there already is left alone. Whoever finds it can read nothing of what is exchanged.",
            place=place.place,
        )
    message = Message(desk, parent, title, text)
    field = QLineEdit(place.suggested)
    message.put(Labelled(tr("What it is called here"), field))
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(verb, QDialog.DialogCode.Accepted, kind="primary")
    done.setDefault(True)
    field.textChanged.connect(lambda typed: done.setEnabled(bool(typed.strip())))
    field.selectAll()
    field.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    name = field.text().strip()
    message.deleteLater()
    return name if answer and name else None


def _sticks() -> Path:
    """Return where to begin to look for a stick."""
    return next((each for each in map(Path, _MOUNTS) if each.is_dir()), Path.home())
