"""What is asked of a person before an organisation is made or a computer let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QDialog, QLineEdit

from inspector.domain.terms import title_of
from inspector.domain.vocabulary import Role
from ui.messages import Message
from ui.theme.tokens import Type
from ui.widgets.checkbox import CheckBox
from ui.widgets.drafts import keep_typed
from ui.widgets.labelled import Labelled
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk

#: What a person is offered; the root alone makes administrators.
OFFERED = (Role.REPORTER, Role.REVIEWER, Role.OFFICE, Role.SNAPSHOTTER, Role.HUB)


class Named(NamedTuple):
    """What an organisation is called, and its team or campaign."""

    name: str
    space: str


def asked_name(desk: Desk, parent: QWidget) -> Named | None:
    """Ask what the new organisation is called; None if the person changed their mind."""
    tr = desk.tr
    message = Message(
        desk,
        parent,
        tr("Make an organisation"),
        tr(
            "Do this on the office machine, once. You need a stick for the root key, and a printer "
            "for two recovery sheets; each of the three is locked away in another place."
        ),
    )
    name, space = QLineEdit(), QLineEdit()
    message.put(Labelled(tr("Name of the organisation"), name))
    message.put(Labelled(tr("Team or campaign (may stay empty)"), space))
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(tr("Go on"), QDialog.DialogCode.Accepted, kind="primary")
    done.setEnabled(False)
    done.setDefault(True)
    name.textChanged.connect(lambda typed: done.setEnabled(bool(typed.strip())))
    keep_typed(desk, message, "organisation")
    name.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    named = Named(name.text().strip(), space.text().strip())
    message.deleteLater()
    return named if answer else None


def same_digits(desk: Desk, parent: QWidget, whose: str, fingerprint: str, text: str) -> bool:
    """Let a person compare a fingerprint by voice; nothing goes on before they are the same."""
    tr = desk.tr
    message = Message(desk, parent, whose, text)
    message.put(label(fingerprint, Type.SECTION, selectable=True))
    stay = message.add(tr("They differ"), QDialog.DialogCode.Rejected)
    message.add(tr("The same digits"), QDialog.DialogCode.Accepted, kind="primary")
    stay.setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    message.deleteLater()
    return answer


def asked_roles(
    desk: Desk, parent: QWidget, name: str, verb: str, present: Collection[Role] = (Role.REPORTER,)
) -> tuple[Role, ...] | None:
    """Ask what a computer may do; None if the person changed their mind.

    present: what it may do already. What is not offered of that stays.
    """
    tr = desk.tr
    text = tr(
        "A reporter adds, and changes only what was recorded on that computer. The office may "
        "change what others recorded, a reviewer decides on visits. A hub gets no keys."
    )
    message = Message(desk, parent, tr("What may the computer of {name} do?", name=name), text)
    boxes = {role: CheckBox(title_of(role, tr.lang)) for role in OFFERED}
    for role, box in boxes.items():
        box.setChecked(role in present)
        message.put(box)
    message.add(tr("Cancel"), QDialog.DialogCode.Rejected)
    done = message.add(verb, QDialog.DialogCode.Accepted, kind="primary")

    def check() -> None:
        done.setEnabled(any(box.isChecked() for box in boxes.values()))

    for box in boxes.values():
        box.toggled.connect(check)
    boxes[Role.REPORTER].setFocus()
    answer = message.exec() == QDialog.DialogCode.Accepted
    chosen = tuple(role for role, box in boxes.items() if box.isChecked())
    chosen += tuple(role for role in present if role not in boxes)
    message.deleteLater()
    return chosen if answer else None
