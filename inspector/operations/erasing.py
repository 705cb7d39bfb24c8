"""Erasing what must not be kept: the bytes go, hash, reason and both persons stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.changes import Changes
from inspector.domain.entities import Erasure, Evidence, Person
from inspector.domain.schema import to_fields
from inspector.domain.vocabulary import Role
from inspector.ledger.operation import ERASE, parse
from inspector.operations.recording import fit, get
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from inspector.operations.session import Session


def erase(session: Session, evidence: str, reason: str, second_person: str) -> Changes:
    """Remove the bytes of a file for good; its hash, the reason and both persons stay.

    Allowed after the seal too, because private pictures do get in. The bytes may be evidence of
    several visits: they are erased once, for all of them. Raises MingchaError
    `reason_missing`, `typist_unknown` while nobody said who is typing, `second_person_missing` (it
    must be another), `not_found` for somebody who is no member of the office.
    """
    found = get(session, Evidence, evidence)
    if not reason.strip():
        raise MingchaError("reason_missing")
    if not session.store.user:
        raise MingchaError("typist_unknown")
    if not second_person or second_person == session.store.user:
        raise MingchaError("second_person_missing")
    get(session, Person, second_person)
    erasure_id = session.store.derived_id("erasure", found.sha256)
    known = session.store.get(Erasure, erasure_id)
    if known and known.void is None:
        finish_erasures(session)
        return Changes("")
    erasure = Erasure(
        id=erasure_id,
        visit=found.visit,
        sha256=found.sha256,
        reason=reason,
        second_person=second_person,
    )
    edit = Edit("erasure", erasure.id, to_fields(fit(erasure)), reason)
    changes = session.store.commit([edit], visit=found.visit, kind=ERASE)
    finish_erasures(session)
    return changes


def erasures(session: Session) -> dict[str, Erasure]:
    """Return by hash what was erased on purpose, by whoever may.

    In an organisation that is the office, or the computer that recorded every evidence with these
    bytes: nobody removes what others recorded.
    """
    found = session.store.select(Erasure, "void IS NULL")
    return {each.sha256: each for each in found if _may_erase(session, each)}


def _may_erase(session: Session, erasure: Erasure) -> bool:
    store = session.store
    if not store.membership.org:
        return True
    log = _written_by(session, "erasure", erasure.id)
    device = store.membership.roster().device(log)
    if device is not None and device.roles & {Role.OFFICE, Role.ADMINISTRATOR}:
        return True
    same = store.select(Evidence, "sha256 = ?", erasure.sha256)
    return bool(same) and {_written_by(session, "evidence", each.id) for each in same} == {log}


def _written_by(session: Session, noun: str, entity: str) -> str:
    """Return the chain in which a thing was recorded first."""
    db = session.store.db
    [short] = db.execute(f'SELECT _c FROM "{noun}" WHERE id = ?', (entity,)).fetchone()
    raw = session.store.log.get(short)
    return parse(raw).header.log if raw else ""


def require_bytes(session: Session, evidence: Evidence) -> None:
    """Raise MingchaError `evidence_erased` if the bytes of a file were removed on purpose."""
    if evidence.sha256 in erasures(session):
        raise MingchaError("evidence_erased", name=evidence.original_name)


def finish_erasures(session: Session) -> None:
    """Remove the bytes of everything erased that are still there, as after a power cut."""
    for erasure in erasures(session).values():
        if session.blobs.size(erasure.sha256) is not None:
            session.blobs.remove(erasure.sha256)
        session.cache.forget(erasure.sha256)
