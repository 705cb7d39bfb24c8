"""The people of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Person
from inspector.operations.recording import fit, stored

if TYPE_CHECKING:
    from inspector.operations.session import Session


def add_person(
    session: Session, name: str, *, post: str = "", unit: str = "", credential: str = ""
) -> Person:
    """Add a member of the office. Raises MingchaError `name_missing`."""
    if not name.strip():
        raise MingchaError("name_missing")
    person = fit(
        Person(id=session.store.new_id(), name=name, post=post, unit=unit, credential=credential)
    )
    session.store.save(person)
    return stored(session, person)


def people(session: Session) -> list[Person]:
    """Return the members of the office in order of entry."""
    return session.store.select(Person, "void IS NULL")


def find_person(session: Session, name: str) -> Person:
    """Return a member by id or by name.

    Raises MingchaError `person_not_found`, or `person_ambiguous` when several have that name.
    """
    wanted = name.strip()
    found = [p for p in people(session) if wanted in (p.id, p.name)]
    if not found:
        raise MingchaError("person_not_found", name=wanted)
    if len(found) > 1:
        raise MingchaError("person_ambiguous", name=wanted)
    return found[0]


def use_person(session: Session, person: str) -> None:
    """Say who is typing on this device from now on."""
    session.store.set_local("user", person)
