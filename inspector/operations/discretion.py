"""Whether somebody is inside a hall unrecognised at this moment: then screens show codes only.

This is the one place that says so. What the screen of an inspector who has shown identity gives
away is lost for those of the team who have not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector.domain.entities import Hall, Unit, Visit
from inspector.storage.finding_register import covert_visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.operations.session import Session

#: What stands for a name where a place has no code.
NO_CODE = "–"
_NAMED = "name <> '' AND instr(lower(?), lower(name)) > 0"


def covert_now(session: Session) -> bool:
    """Tell whether a covert part is going on for anybody: then places are shown by code only.

    One inspector's reveal does not end it, only the declaration that the whole team is overt: until
    then `domain.board.Standing.covert` may name somebody.
    """
    return bool(covert_visits(session.store.db))


def hidden_names(
    session: Session, halls: Iterable[str] = (), texts: Iterable[str] = ()
) -> dict[str, str]:
    """Return what may not be read now, with the code that stands for it.

    It is the names of the places where a covert part is going on, of `halls` (ids) and of every
    place that one of `texts` names, and of the organisations that run them, up to the highest.
    """
    store = session.store
    visits = (store.get(Visit, each) for each in covert_visits(store.db))
    ids = {visit.hall for visit in visits if visit is not None} | set(halls)
    places = {hall.id: hall for each in ids if (hall := store.get(Hall, each)) is not None}
    places |= {hall.id: hall for hall in store.select(Hall, _NAMED, "\n".join(texts))}
    found: dict[str, str] = {}
    for hall in places.values():
        code = hall.code or NO_CODE
        for name in (hall.name, *_run_by(session, hall)):
            if name:
                # No single code stands for who runs several places.
                found[name] = code if found.get(name, code) == code else NO_CODE
    return found


def _run_by(session: Session, hall: Hall) -> Iterator[str]:
    """Yield the names of the organisation that runs a place and of those above it."""
    met: set[str] = set()
    above = hall.unit
    # Units from other laptops may lie in a circle.
    while above and above not in met:
        met.add(above)
        unit = session.store.get(Unit, above)
        if unit is None:
            return
        yield unit.name
        above = unit.parent


def without_names(text: str, hidden: dict[str, str]) -> str:
    """Return `text` with the codes in place of the names, however they are capitalised.

    Where one name begins with another the longer one is meant; a code is never searched for names.
    """
    if not hidden:
        return text
    codes = {name.casefold(): code for name, code in hidden.items()}
    names = "|".join(re.escape(name) for name in sorted(hidden, key=len, reverse=True))
    return re.sub(
        names, lambda found: codes.get(found[0].casefold(), NO_CODE), text, flags=re.IGNORECASE
    )
