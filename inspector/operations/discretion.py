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
_NAMES = "SELECT id, name FROM hall WHERE name <> ''"


def covert_now(session: Session) -> bool:
    """Tell whether a covert part is going on for anybody: then places are shown by code only.

    One inspector's reveal does not end it, only the declaration that the whole team is overt: until
    then `domain.board.Standing.covert` may name somebody.
    """
    return bool(covert_visits(session.store.db))


def in_sight(session: Session, text: str) -> str:
    """Return a text that somebody wrote as it may be read now: it names no place while covert."""
    if not text or not covert_now(session):
        return text
    return without_names(text, hidden_names(session, (), [text]))


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
    ids |= _named(session, "\n".join(texts))
    places = [hall for each in sorted(ids) if (hall := store.get(Hall, each)) is not None]
    found: dict[str, str] = {}
    for hall in places:
        code = hall.code or NO_CODE
        for name in (hall.name, *_run_by(session, hall)):
            if name:
                # No single code stands for who runs several places.
                found[name] = code if found.get(name, code) == code else NO_CODE
    return found


def _named(session: Session, text: str) -> set[str]:
    """Return the ids of the places that a text names, however they are capitalised."""
    if not text:
        return set()
    # Compared here: SQL would fold the text anew for each place, and knows Latin letters only.
    folded = text.casefold()
    return {id for id, name in session.store.db.execute(_NAMES) if name.casefold() in folded}


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
    codes: dict[str, str] = {}
    for name, code in hidden.items():
        folded = name.casefold()
        codes[folded] = code if codes.get(folded, code) == code else NO_CODE
    names = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    # Folding may make one letter two, as “ß” is, so each folded letter knows where it comes from.
    letters = [each.casefold() for each in text]
    origin = [place for place, each in enumerate(letters) for _ in each]
    parts: list[str] = []
    done = 0
    for found in re.finditer(names, "".join(letters)):
        parts += text[done : origin[found.start()]], codes[found[0]]
        done = origin[found.end() - 1] + 1
    return "".join((*parts, text[done:]))
