"""Which of several members is meant."""

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


def asked_person(
    desk: Desk, parent: QWidget, title: str, text: str, verb: str, people: Sequence[Person]
) -> str:
    """Ask for one of `people`; return the id, "" if the person changed their mind."""
    message = Message(desk, parent, title, text)
    box = ChoiceBox(title)
    for person in people:
        box.addItem(person.name, person.id)
    message.put(box)
    message.add(desk.tr("Cancel"), QDialog.DialogCode.Rejected)
    message.add(verb, QDialog.DialogCode.Accepted, kind="primary").setDefault(True)
    answer = message.exec() == QDialog.DialogCode.Accepted
    chosen = str(box.currentData() or "")
    message.deleteLater()
    return chosen if answer else ""
