"""Sealing a visit, and correcting a sealed one by a linked supplement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT, Progress
from inspector.domain.completeness import Gap, blockers, warnings
from inspector.domain.entities import Event, Seal, Visit, VisitMember
from inspector.domain.facts import effective
from inspector.domain.numbers import official_numbers
from inspector.domain.schema import to_fields
from inspector.domain.vocabulary import EventKind
from inspector.ledger.manifest import Manifest, MediaLeaf, leaves
from inspector.ledger.operation import SEAL
from inspector.operations.catalogues import DEFAULT_CHECKLIST
from inspector.operations.doubts import clock_gap
from inspector.operations.keys import named_signers
from inspector.operations.local_catalogues import checklist_data
from inspector.operations.recording import get, later_editions, require_open
from inspector.operations.records import load_edition, load_record
from inspector.operations.sealed import sealed_values, to_bytes
from inspector.operations.seeing import zone_of
from inspector.operations.upkeep import require_sound, try_back_up
from inspector.operations.visits import members_for
from inspector.storage.holding import COUNTS
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.domain.changes import Changes
    from inspector.domain.record import VisitRecord
    from inspector.operations.session import Session


def gaps(session: Session, visit: str) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """Return what keeps a visit from being sealed, and what it should not lack."""
    record = load_record(session, visit)
    return blockers(record), (*warnings(record), *clock_gap(session, visit))


def fix_numbers(session: Session, visit: str) -> Changes:
    """Give every finding, and the visit, its official number. Numbers once given stay.

    A finding of a supplement keeps the number of the one it corrects; new ones go on counting.
    """
    record = load_edition(session, visit)
    known = {each.id: each.official_number for each in record.findings}
    findings = [
        replace(each, official_number=each.official_number or known.get(each.replaces or "", ""))
        for each in record.findings
    ]
    own = {each.id for each in findings if each.visit == visit}
    edits = [
        Edit("finding", finding, {"official_number": number})
        for finding, number in official_numbers(findings).items()
        if finding in own
    ]
    if not record.visit.official_number:
        number = _visit_number(session, record)
        edits.append(Edit("visit", visit, {"official_number": number}))
    return session.store.commit(edits, visit=visit)


def _visit_number(session: Session, record: VisitRecord) -> str:
    """Return the next number of the year of the visit; a supplement keeps its original's."""
    original = record.visit
    while original.supplement_of:
        original = get(session, Visit, original.supplement_of)
    if original is not record.visit:
        return f"{original.official_number}-{record.visit.edition}"
    observed = [e.observed_from for e in record.events if e.observed_from is not None]
    reading = session.store.clock.read()
    zone = record.hall.zone_minutes
    year = to_datetime(min(observed, default=reading.ms), zone).year
    highest = session.store.db.execute(
        "SELECT coalesce(max(CAST(substr(official_number, 6) AS INTEGER)), 0) FROM visit "
        "WHERE official_number LIKE ? AND supplement_of IS NULL",
        (f"{year}-%",),
    ).fetchone()[0]
    return f"{year}-{highest + 1:04d}"


def seal(session: Session, visit: str, progress: Progress = SILENT) -> Seal:
    """Fix a visit for good and return its seal.

    Checks first that nothing is missing (`domain.completeness`), that the whole record verifies
    and that every file of the visit is what its hash says. Raises MingchaError `visit_incomplete`,
    `record_unsound`, `evidence_damaged`, `visit_sealed`. A backup follows the seal if it can.
    """
    require_open(session, visit)
    missing = blockers(load_record(session, visit))
    if missing:
        codes = ", ".join(gap.code for gap in missing)
        raise MingchaError("visit_incomplete", missing=codes)
    require_sound(session, progress)
    _require_files(session, visit)
    with session.store.transaction():
        fix_numbers(session, visit)
        sealed = _set_seal(session, visit)
    try_back_up(session)
    return sealed


def _require_files(session: Session, visit: str) -> None:
    record = load_record(session, visit)
    erased = {erasure.sha256 for erasure in record.erasures}
    for item in record.evidence:
        if item.sha256 not in erased and session.blobs.verify(item.sha256) != "ok":
            raise MingchaError("evidence_damaged", name=item.original_name)


def _set_seal(session: Session, visit: str) -> Seal:
    """Write record and manifest, durable before the operation that names them."""
    store = session.store
    record = load_record(session, visit)
    secret = store.entropy(32)
    values = sealed_values(session, record)
    previous = _previous(session, record.visit)
    sealed = to_bytes(visit, record.checklist, values)
    if record.checklist:
        session.blobs.add_bytes(checklist_data(session, record.visit.checklist))
    manifest = Manifest(
        space=store.space,
        visit=visit,
        edition=record.visit.edition,
        previous=previous or "",
        frontier=store.log.frontier(),
        checklist=record.visit.checklist,
        checklist_sha256=record.checklist.sha256 if record.checklist else "",
        leaves=leaves(secret, values.items()),
        media=tuple(_media(record)),
        signers=named_signers(session, (each.person for each in effective(record.members))),
    )
    entity = Seal(
        id=store.new_id(),
        visit=visit,
        manifest=session.blobs.add_bytes(manifest.to_bytes()).sha256,
        record=session.blobs.add_bytes(sealed).sha256,
        secret=secret.hex(),
        edition=record.visit.edition,
        previous=previous,
        frontier=tuple(f"{log}:{n}:{op}" for log, n, op in store.log.frontier(visit)),
    )
    store.commit([Edit("seal", entity.id, to_fields(entity))], visit=visit, kind=SEAL)
    return get(session, Seal, entity.id)


def _media(record: VisitRecord) -> Iterable[MediaLeaf]:
    seen = {item.sha256: item for item in record.evidence}
    for item in seen.values():
        yield MediaLeaf(item.sha256, item.size, taken_ms=item.observed_from)


def _previous(session: Session, visit: Visit) -> str | None:
    if not visit.supplement_of:
        return None
    found = session.store.select(Seal, f"visit = ? AND {COUNTS}", visit.supplement_of)
    return found[0].manifest if found else None


def start_supplement(session: Session, visit: str, reason: str) -> Visit:
    """Open a linked visit that corrects the sealed `visit`; its facts name what they replace.

    Corrections go to the newest edition. Raises MingchaError `visit_not_sealed`,
    `reason_missing`, or `supplement_open` while an earlier one is not sealed yet.
    """
    if not reason.strip():
        raise MingchaError("reason_missing")
    newest = _newest_edition(session, visit)
    if not session.store.select(Seal, "visit = ? AND void IS NULL", newest.id):
        code = "supplement_open" if newest.supplement_of else "visit_not_sealed"
        raise MingchaError(code)
    store = session.store
    supplement = Visit(
        id=store.new_id(),
        trip=newest.trip,
        hall=newest.hall,
        number=newest.number,
        device=newest.device,
        checklist=newest.checklist or DEFAULT_CHECKLIST,
        supplement_of=newest.id,
        edition=newest.edition + 1,
    )
    team = store.select(VisitMember, "visit = ? AND void IS NULL", newest.id)
    members = members_for(session, supplement.id, [member.person for member in team])
    now = session.now(members[0].person if members else "")
    note = Event(
        id=store.new_id(),
        visit=supplement.id,
        kind=EventKind.NOTE,
        note=reason,
        **replace(now, zone=zone_of(session, newest)).fields(),
    )
    store.save(supplement, *members, note, visit=supplement.id, why=reason)
    return supplement


def _newest_edition(session: Session, visit: str) -> Visit:
    later = [each for each in later_editions(session, visit) if each.void is None]
    # Of two with one number, which two laptops may have begun, the one that was entered last.
    return max(reversed(later), key=lambda each: each.edition, default=None) or get(
        session, Visit, visit
    )
