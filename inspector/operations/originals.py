"""Originals that are not on this computer, and why that is as it should be.

One was freed here, or it was recorded elsewhere and has not come yet. Everything else that is not
here is missing, and `check` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Evidence
from inspector.operations.discretion import in_sight
from inspector.operations.erasing import require_bytes
from inspector.operations.recording import get
from inspector.storage import exchange
from inspector.storage.keyring import own_chains
from inspector.sync.copies import Elsewhere, freed_here
from inspector.sync.receipts import acknowledged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.operations.session import Session
    from inspector.sync.copies import Copies


class Absence(StrEnum):
    """Why the bytes of a file are not here, though nothing is wrong."""

    FREED = "freed"
    NOT_COME = "not_come"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where an original is that is not here.

    depots: what they are called, that were proved to have it; unread: to which it was written;
    computers: whose people say that they have it; asked: the next sync fetches it.
    """

    absence: Absence
    depots: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    computers: tuple[str, ...] = ()
    asked: bool = False


def absences(session: Session, sha256s: Iterable[str]) -> dict[str, Absence]:
    """Return which of these files are not here and need not be."""
    store = session.store
    if not store.membership.org:
        return {}
    gone = [each for each in sha256s if session.blobs.size(each) is None]
    if not gone:
        return {}
    freed, had = freed_here(store), _had_here(session, gone)
    return {
        each: Absence.FREED if each in freed else Absence.NOT_COME
        for each in gone
        if each in freed or each not in had
    }


def _had_here(session: Session, sha256s: Iterable[str]) -> set[str]:
    """Return which of these files this computer recorded, or once said that it has."""
    store, own = session.store, own_chains(session.store)
    told = acknowledged(store).files
    found = set()
    for sha256 in sha256s:
        rows = store.db.execute("SELECT _c FROM evidence WHERE sha256 = ?", (sha256,)).fetchall()
        recorded = any(store.log.chain_of(short) in own for (short,) in rows)
        if recorded or not rows or own & told.get(sha256, {}).keys():
            found.add(sha256)
    return found


def whereabouts(session: Session, sha256: str) -> Whereabouts | None:
    """Return where an original is that is not here; None if it is here, or should be."""
    absence = absences(session, [sha256]).get(sha256)
    if absence is None:
        return None
    copies = Elsewhere(session.store).of(sha256)
    return Whereabouts(
        absence,
        *places(copies),
        asked=absence is Absence.NOT_COME or sha256 in exchange.asked_for(session.store.db),
    )


def places(copies: Copies) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what people call the places of a file: depots, those not read back, computers."""
    return (
        tuple(each.name for each in copies.depots),
        tuple(each.name for each in copies.unread),
        tuple(dict.fromkeys(each.name for each in copies.computers)),
    )


def whereabouts_in_sight(session: Session, sha256: str) -> Whereabouts | None:
    """Return the same for screens: no depot names a place while somebody is covert."""
    found = whereabouts(session, sha256)
    if found is None:
        return None
    depots, unread = (
        tuple(in_sight(session, each) for each in names) for names in (found.depots, found.unread)
    )
    return replace(found, depots=depots, unread=unread)


def require_original(session: Session, evidence: str) -> Evidence:
    """Return a file of which the bytes are wanted as they are.

    Raises MingchaError `not_found`, `evidence_erased`, `original_elsewhere`. One that is missing is
    left to whoever reads it.
    """
    found = get(session, Evidence, evidence)
    require_bytes(session, found)
    if absences(session, [found.sha256]):
        raise MingchaError("original_elsewhere", name=found.original_name)
    return found


def fetch_again(session: Session, evidence: Iterable[str]) -> list[str]:
    """Let the next sync fetch originals (ids of evidence) that were freed here.

    Returns the hashes of those. Raises MingchaError `not_found`, `evidence_erased`.
    """
    store = session.store
    found = [get(session, Evidence, each) for each in evidence]
    for each in found:
        require_bytes(session, each)
    freed = freed_here(store)
    wanted = [each.sha256 for each in found if each.sha256 in freed]
    wanted = [each for each in dict.fromkeys(wanted) if session.blobs.size(each) is None]
    with store.transaction():
        exchange.ask_for(store.db, wanted)
    return wanted
