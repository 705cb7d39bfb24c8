"""Organisations, looked up as people name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Unit
from inspector.domain.names import noun_name
from inspector.domain.unit_tree import path
from inspector.operations.recording import named

if TYPE_CHECKING:
    from inspector.operations.session import Session


def units(session: Session) -> list[Unit]:
    """Return all organisations in order of entry."""
    return session.store.select(Unit, "void IS NULL")


def find_unit(session: Session, name: str) -> Unit:
    """Return an organisation by id, code or name. Raises MingchaError `not_found`."""
    found = named(session, Unit, name)
    if found is None:
        raise MingchaError("not_found", kind=noun_name("unit"), name=name.strip())
    return found


def path_of(session: Session, unit: str | None) -> tuple[str, ...]:
    """Return the names of an organisation (id) and of those above it, highest first."""
    return path({each.id: each for each in units(session)}, unit)
