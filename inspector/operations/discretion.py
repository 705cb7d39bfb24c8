"""Whether somebody is inside a hall unrecognised at this moment: then screens show codes only.

This is the one place that says so. What the screen of an inspector who has shown identity gives
away is lost for those of the team who have not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Hall, Unit, Visit
from inspector.storage.finding_register import covert_visits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.operations.session import Session

#: What stands for a name where a place has no code.
NO_CODE = "–"


def covert_now(session: Session) -> bool:
    """Tell whether a covert part is going on for anybody: then places are shown by code only.

    One inspector's reveal does not end it, only the declaration that the whole team is overt: until
    then `domain.board.Standing.covert` may name somebody.
    """
    return bool(covert_visits(session.store.db))


def hidden_names(session: Session, halls: Iterable[str] = ()) -> dict[str, str]:
    """Return what may not be read now, with the code that stands for it.

    It is the names of the places where a covert part is going on and of `halls` (ids), and of the
    organisations that run them.
    """
    store = session.store
    covert = covert_visits(store.db)
    visited = {store.get(Visit, each) for each in covert}
    ids = {visit.hall for visit in visited if visit is not None} | set(halls)
    found: dict[str, str] = {}
    for hall in (store.get(Hall, each) for each in sorted(ids)):
        if hall is None:
            continue
        unit = store.get(Unit, hall.unit) if hall.unit else None
        for name in (hall.name, unit.name if unit else ""):
            if name:
                found.setdefault(name, hall.code or NO_CODE)
    return found


def without_names(text: str, hidden: dict[str, str]) -> str:
    """Return `text` with the codes in place of the names; the longest name is replaced first."""
    for name in sorted(hidden, key=len, reverse=True):
        text = text.replace(name, hidden[name])
    return text
