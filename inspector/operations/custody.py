"""经手记录: what is known of one photograph, and what happened to it since it was brought in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.entities import ClockCheck, Evidence, Person, Placement, Visit
from inspector.domain.facts import is_clock_checked
from inspector.domain.terms import NOT_USED_REASON, UNDO_REASON, term
from inspector.domain.vocabulary import AuditKind, EvidenceRoute
from inspector.operations.history import entries_about
from inspector.operations.leaving import record_leaving
from inspector.operations.originals import absences, whereabouts_in_sight
from inspector.operations.placing import place_name
from inspector.operations.recording import get
from inspector.operations.seeing import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.base.i18n import Translator
    from inspector.domain.record import VisitRecord
    from inspector.operations.history import Entry
    from inspector.operations.originals import Whereabouts
    from inspector.operations.session import Session

#: What is told of each thing that happened. `{thing}` is a place, a route …
_TOLD = {
    "brought": N_("Brought in: {thing}"),
    "placed": N_("Placed at {thing}"),
    "removed": N_("Taken out of {thing}"),
    "undone": N_("Placing at {thing} taken back"),
    "not_used": N_("Not used"),
    "withdrawn": N_("Withdrawn"),
    "used_again": N_("Used after all"),
    "captioned": N_("Caption written"),
    "timed": N_("Time changed"),
    "clocked": N_("Time corrected by the clock card"),
    "people": N_("Looked at: no people to be seen"),
    "people_again": N_("People may be seen"),
    "erased": N_("Bytes removed on purpose"),
    AuditKind.FREED.value: N_("Original freed on one computer; it is proved to be elsewhere"),
    AuditKind.OPEN_ORIGINAL.value: N_("Original looked at or copied"),
    AuditKind.FILE_DIFFERS.value: N_("Found to differ from what was stored"),
    AuditKind.EXPORT.value: N_("Exported"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that was done with a photograph: when (ms, zone; the device's claim), by whom.

    kind: a key of `_TOLD`. placement: where it was placed, if it is about that.
    """

    ms: int
    zone: int
    by: str
    kind: str
    placement: Placement | None = None
    route: EvidenceRoute | None = None

    def text(self, record: VisitRecord, tr: Translator) -> str:
        """Return it in words."""
        thing = ""
        if self.placement is not None:
            kind, target = self.placement.target_kind, self.placement.target
            thing = place_name(record, kind, target, tr)
        elif self.route is not None:
            thing = term(self.route, tr.lang)
        return tr(_TOLD[self.kind], thing=thing)


@dataclass(frozen=True, slots=True)
class Details:
    """One photograph: its facts, who took it, whether its camera's clock was checked, its story.

    zone: that of the place, in which its times are told (minutes east of UTC). elsewhere: where its
    original is, None if it is here.
    """

    evidence: Evidence
    observer: str
    clock_checked: bool
    happened: tuple[Happened, ...]
    zone: int
    elsewhere: Whereabouts | None = None


def details(session: Session, evidence: str) -> Details:
    """Return what is known of a photograph. Raises MingchaError `not_found`."""
    found = get(session, Evidence, evidence)
    checks = session.store.select(ClockCheck, "visit = ?", found.visit)
    observer = session.store.get(Person, found.observer) if found.observer else None
    return Details(
        found,
        observer.name if observer else "",
        is_clock_checked(found, checks),
        tuple(_story(session, found)),
        zone_of(session, get(session, Visit, found.visit)),
        whereabouts_in_sight(session, found.sha256),
    )


def note_difference(session: Session, evidence: str) -> None:
    """Record that a file was found to differ from what was stored: whoever looks must know.

    One that was freed here, or has not come yet, does not differ.
    """
    found = get(session, Evidence, evidence)
    if absences(session, [found.sha256]):
        return
    record_leaving(session, found.visit, AuditKind.FILE_DIFFERS, found.sha256, {})


def note_looking(session: Session, evidence: str) -> None:
    """Record that somebody looked at an original as it is, before it is shown."""
    found = get(session, Evidence, evidence)
    record_leaving(session, found.visit, AuditKind.OPEN_ORIGINAL, found.sha256, {})


def _story(session: Session, evidence: Evidence) -> Iterator[Happened]:
    placements = {
        each.id: each for each in session.store.select(Placement, "evidence = ?", evidence.id)
    }
    names: dict[str, str] = {}
    for entry in entries_about(session, evidence.visit, {evidence.id, evidence.sha256}, placements):
        kind, placement = _kind(entry, evidence, placements)
        if not kind:
            continue
        if entry.by and entry.by not in names:
            person = session.store.get(Person, entry.by)
            names[entry.by] = person.name if person else ""
        route = evidence.route if kind == "brought" else None
        by = names.get(entry.by, "")
        yield Happened(entry.ms, entry.zone, by, kind, placement, route)


def _kind(
    entry: Entry, evidence: Evidence, placements: Mapping[str, Placement]
) -> tuple[str, Placement | None]:
    """Return what an entry says of a photograph, "" if nothing; and the placing it is about."""
    fields = entry.fields or {}
    if entry.noun == "evidence" and entry.id == evidence.id:
        return _of_evidence(fields), None
    if entry.noun == "placement" and entry.id in placements:
        return _of_placement(fields), placements[entry.id]
    if entry.noun in ("audit_entry", "erasure") and fields.get("sha256") == evidence.sha256:
        kind = "erased" if entry.noun == "erasure" else str(fields.get("kind", ""))
        return (kind if kind in _TOLD else ""), None
    return "", None


def _of_placement(fields: Mapping[str, object]) -> str:
    reason = fields.get("void")
    if reason is None:
        return "placed" if "void" in fields or "evidence" in fields else ""
    return "undone" if reason == UNDO_REASON else "removed"


def _of_evidence(fields: Mapping[str, object]) -> str:
    if "sha256" in fields:
        return "brought"
    if "void" in fields:
        if fields["void"] is None:
            return "used_again"
        return "not_used" if fields["void"] == NOT_USED_REASON else "withdrawn"
    if "caption" in fields:
        return "captioned"
    if "free_of_people" in fields:
        return "people" if fields["free_of_people"] else "people_again"
    if "offset_ms" in fields:
        return "clocked"
    return "timed" if "observed_from" in fields else ""
