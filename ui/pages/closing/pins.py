"""Asking for PINs, and who is typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit

from ui.messages import Message
from ui.theme.tokens import Tone, Type
from ui.widgets.choice import ChoiceBox
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.domain.entities import Person
    from ui.desk import Desk

#: The longest PIN (`operations.pins`).
LONGEST = 12


def pin_field(name: str) -> QLineEdit:
    """Return a field in which a PIN is typed unseen."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setMaxLength(LONGEST)
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    made.setProperty("extent", "field")
    return made


def asked_new_pin(desk: Desk, parent: QWidget | None, name: str) -> str | None:
    """Let a member choose a PIN, typed twice; None if they changed their mind."""
    tr = desk.tr
    message = Message(
        desk,
        parent,
        tr("Choose a PIN first"),
        tr(
            "{name} has no PIN on this computer. It confirms findings, and brings this screen back "
            "after it was handed over: 4 to 12 digits. A PIN is not encryption.",
            name=name,
        ),
    )
    first, second = pin_field(tr("New PIN")), pin_field(tr("The same again"))
    wrong = label("", Type.CAPTION, tone=Tone.DANGER, wrap=True)
    for widget in (first, second, wrong):
        message.put(widget)
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(tr("Set the PIN"), QDialog.DialogCode.Accepted, kind="primary")
    done.setEnabled(False)
    done.setDefault(True)

    def check() -> None:
        one, two = first.text(), second.text()
        fits = one.isdecimal() and one.isascii() and 4 <= len(one) <= LONGEST
        done.setEnabled(fits and one == two)
        differs = bool(two) and len(two) >= len(one) and one != two
        wrong.setText(tr("The two are not the same.") if differs else "")

    for field in (first, second):
        field.textChanged.connect(check)
    first.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    typed = first.text()
    message.deleteLater()
    return typed if answer else None


def asked_person(desk: Desk, parent: QWidget | None, people: Sequence[Person]) -> str | None:
    """Ask who is typing on this computer; returns the id."""
    tr = desk.tr
    message = Message(
        desk, parent, tr("Who is typing?"), tr("Only a member of the visit can hand it over.")
    )
    box = ChoiceBox(tr("Who is typing?"))
    for person in people:
        box.addItem(person.name, person.id)
    message.put(box)
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    message.add(tr("That is me"), QDialog.DialogCode.Accepted, kind="primary").setDefault(True)
    answer = message.exec() == QDialog.DialogCode.Accepted
    chosen = str(box.currentData() or "")
    message.deleteLater()
    return chosen if answer and chosen else None
