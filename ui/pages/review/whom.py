"""To whom a visit is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.whom import asked_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from inspector.domain.entities import Person
    from ui.desk import Desk


def asked_reviewer(desk: Desk, parent: QWidget, people: Sequence[Person]) -> str:
    """Ask who is to decide; return the id, "" if the person changed their mind."""
    tr = desk.tr
    return asked_person(
        desk,
        parent,
        tr("To whom is it passed on?"),
        tr("Somebody who did not take part in the visit."),
        tr("Pass on"),
        people,
    )
