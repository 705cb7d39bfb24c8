"""To whom a visit is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from ui.messages import Message
from ui.widgets.choice import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.domain.entities import Person
    from ui.desk import Desk


def asked_reviewer(desk: Desk, parent: QWidget, people: Sequence[Person]) -> str:
    """Ask who is to decide; return the id, "" if the person changed their mind."""
    tr = desk.tr
    title = tr("To whom is it passed on?")
    message = Message(desk, parent, title, tr("Somebody who did not take part in the visit."))
    box = ChoiceBox(title)
    for person in people:
        box.addItem(person.name, person.id)
    message.put(box)
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    message.add(tr("Pass on"), QDialog.DialogCode.Accepted, kind="primary").setDefault(True)
    answer = message.exec() == QDialog.DialogCode.Accepted
    chosen = str(box.currentData() or "")
    message.deleteLater()
    return chosen if answer else ""
