"""Evidence: taking in files, saying when and where they belong, erasing what must not be kept."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.progress import SILENT, Cancelled, Progress
from inspector.base.values import frozen
from inspector.domain.entities import ClockCheck, Evidence, Hall, Placement
from inspector.domain.facts import effective
from inspector.domain.schema import to_fields
from inspector.domain.terms import NOT_USED_REASON
from inspector.domain.times import DEFAULT_PRECISION
from inspector.domain.vocabulary import Acquisition, EvidenceRoute, TargetKind, TimeSource
from inspector.media.clock_card import offset_from
from inspector.media.intake import Intake, TakenFile
from inspector.operations.erasing import erasures
from inspector.operations.meant import Meant, meant_files
from inspector.operations.recording import (
    amend,
    editions,
    fit,
    get,
    record,
    require_observer,
    require_open,
    stored,
)
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Container, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from inspector.domain.changes import Changes
    from inspector.domain.times import Seen
    from inspector.media.photo_facts import PhotoFacts
    from inspector.operations.session import Session

#: A camera as it names itself, and who holds it: two people may have telephones of one model.
Source = tuple[str, str]

#: Files recorded in one transaction: each is durable before its result is handed out.
BATCH = 10


@frozen
class AddedFile:
    """What became of one file; `evidence` is its id if it is recorded in the visit."""

    taken: TakenFile
    evidence: str = ""


@frozen
class Taking:
    """How files are taken in.

    seen: who took them, and a time for files that have none (its `start` may be None).
    provided: they were handed over by the unit, not taken by the team.
    offsets: milliseconds to add by source, which is a camera in the hands of one person.
    live: when files were taken by this device's own clock, in milliseconds since 1970 UTC.
    """

    seen: Seen
    route: EvidenceRoute = EvidenceRoute.IMPORT
    provided: bool = False
    offsets: dict[Source, int] = field(default_factory=dict)
    live: Mapping[Path, int] = field(default_factory=dict)

    def seen_of(self, path: Path) -> Seen:
        """Return who took a file, and when unless the file itself states it."""
        taken_ms = self.live.get(path)
        if taken_ms is None:
            return self.seen
        source = TimeSource.LIVE
        precision = DEFAULT_PRECISION[source]
        return replace(self.seen, start=taken_ms, end=None, source=source, precision=precision)


def add_photos(
    session: Session,
    visit: str,
    paths: Sequence[Path] | Meant,
    taking: Taking,
    progress: Progress = SILENT,
) -> Iterator[AddedFile]:
    """Take files and folders into an open visit, yielding each result once it is durable.

    A file that cannot be taken is refused with a reason and the others go on. Raises MingchaError
    if the visit is not open or the store fails, Cancelled when stopped – by `progress` or where it
    yields –, after recording and yielding what was finished; what was yielded stays.
    """
    hall = get(session, Hall, require_open(session, visit).hall)
    require_observer(session, visit, taking.seen)
    erased = erasures(session)
    recorded = [*_set_aside(session, visit), *evidence_of_visit(session, visit)]
    known = {item.sha256: item.id for item in recorded if item.sha256 not in erased}
    taking = replace(taking, offsets=clock_offsets(session, visit))
    keeping = _Keeping(session, visit, taking, hall.zone_minutes, known, erased)
    meant = paths if isinstance(paths, Meant) else meant_files(session, paths)
    yield from (AddedFile(each) for each in meant.refused)
    intake = Intake(session.blobs, session.cache, session.workers)
    files = intake.take(meant.found, progress, known, N_("Taking in files"))
    stopped: Cancelled | None = None
    try:
        for taken in files:
            keeping.add(taken)
            while keeping.recorded:
                yield keeping.recorded.popleft()
    except Cancelled as stop:
        stopped = stop
        for taken in _finished(files, stop):
            keeping.add(taken)
    keeping.record()
    yield from keeping.recorded
    if stopped is not None:
        raise stopped


def _finished(files: Generator[TakenFile, None, None], stop: Cancelled) -> Iterator[TakenFile]:
    """Yield the files that were finished when the work was stopped."""
    try:
        yield files.throw(stop)
        yield from files
    except Cancelled:
        return


@dataclass
class _Keeping:
    """Records what was taken in, some files at a time.

    known: the id of what is recorded, by hash. erased: hashes that must not come in again.
    recorded: what became of files that were recorded and not handed out yet.
    """

    session: Session
    visit: str
    taking: Taking
    zone: int
    known: dict[str, str]
    erased: Container[str]
    recorded: deque[AddedFile] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._action = self.session.store.new_id()
        self._waiting: list[TakenFile] = []
        self._edits: list[Edit] = []

    def add(self, taken: TakenFile) -> None:
        """Take one file; with every so many they are recorded."""
        if taken.sha256 in self.erased:
            taken = _turned_away(self.session, taken)
        elif taken.status == "stored":
            new = _evidence(self.session, self.visit, taken, self.taking, self.zone)
            self.known[taken.sha256] = new.id
            self._edits.append(Edit("evidence", new.id, to_fields(fit(new))))
        self._waiting.append(taken)
        if len(self._waiting) == BATCH:
            self.record()

    def record(self) -> None:
        """Record what waits."""
        waiting, self._waiting = self._waiting, []
        edits, self._edits = self._edits, []
        if edits:
            # Whoever takes the results may have sealed it meanwhile.
            require_open(self.session, self.visit)
            self.session.store.commit(edits, visit=self.visit, action=self._action)
        self.recorded.extend(AddedFile(each, self.known.get(each.sha256, "")) for each in waiting)


def _turned_away(session: Session, taken: TakenFile) -> TakenFile:
    """Remove what was erased on purpose before it comes in again."""
    if session.blobs.size(taken.sha256) is not None:
        session.blobs.remove(taken.sha256)
    session.cache.forget(taken.sha256)
    reason = MingchaError("file_erased", name=taken.name)
    return replace(taken, status="refused", sha256="", photo=None, reason=reason)


def clock_offsets(session: Session, visit: str, without: str = "") -> dict[Source, int]:
    """Return the offset of each source by its newest clock check that holds."""
    checks = effective(session.store.select(ClockCheck, "visit = ?", visit))
    return {_source(session, each): each.offset_ms for each in checks if each.id != without}


def _source(session: Session, check: ClockCheck) -> Source:
    """Return whose camera was checked: who took the card, which another may have read."""
    card = session.store.get(Evidence, check.evidence)
    return check.camera, card.observer if card else check.observer


def _corrections(session: Session, visit: str, source: Source, offset: int) -> list[Edit]:
    """Return the edits by which all times that a source's files state become right."""
    return [
        Edit("evidence", item.id, {"offset_ms": offset, "observed_from": item.camera_ms + offset})
        for item in evidence_of_visit(session, visit)
        if (item.camera, item.observer) == source
        and item.camera_ms is not None
        and item.time_source is TimeSource.PHOTOGRAPH
    ]


def _evidence(
    session: Session, visit: str, taken: TakenFile, taking: Taking, zone: int
) -> Evidence:
    seen = taking.seen_of(taken.path)
    evidence = Evidence(
        id=session.store.new_id(),
        visit=visit,
        sha256=taken.sha256,
        size=taken.size,
        mime=taken.mime,
        original_name=taken.name,
        route=taking.route,
        acquisition=Acquisition.PROVIDED if taking.provided else None,
        **seen.fields(),
    )
    return _with_facts(evidence, taken.photo, taking, zone) if taken.photo else evidence


def _with_facts(
    evidence: Evidence, facts: PhotoFacts, taking: Taking, assumed_zone: int
) -> Evidence:
    evidence = replace(
        evidence,
        width=facts.width,
        height=facts.height,
        orientation=facts.orientation,
        latitude_e7=facts.latitude_e7,
        longitude_e7=facts.longitude_e7,
        camera=facts.camera,
        burst=facts.burst,
        messenger_copy=facts.messenger_copy,
        metadata=dict(facts.metadata),
    )
    taken_ms = None if facts.messenger_copy else facts.taken_ms(assumed_zone)
    if taken_ms is None:
        return evidence
    offset = taking.offsets.get((facts.camera, evidence.observer), 0)
    return replace(
        evidence,
        camera_ms=taken_ms,
        offset_ms=offset,
        observed_from=taken_ms + offset,
        observed_to=None,
        observed_zone=facts.zone if facts.zone is not None else assumed_zone,
        time_source=TimeSource.PHOTOGRAPH,
        time_precision=1,
    )


def evidence_of_visit(session: Session, visit: str) -> list[Evidence]:
    """Return a visit's evidence in order of entry, withdrawn ones left out."""
    return session.store.select(Evidence, "visit = ? AND void IS NULL", visit)


def _set_aside(session: Session, visit: str) -> list[Evidence]:
    """Return what was looked at and not used: it does not come in anew with each reading."""
    return session.store.select(Evidence, "visit = ? AND void = ?", visit, NOT_USED_REASON)


def find_evidence(session: Session, visit: str, name: str) -> Evidence:
    """Return evidence of a visit by id, by the beginning of its hash, or by file name.

    A file that was withdrawn and brought again is the new one; a supplement also has those of the
    visits it corrects. Raises MingchaError `evidence_not_found`.
    """
    wanted = name.strip()
    for edition in editions(session, visit):
        found = session.store.select(Evidence, "visit = ?", edition)
        for item in sorted(found, key=lambda each: each.void is not None):
            by_hash = len(wanted) >= 8 and item.sha256.startswith(wanted.lower())
            if wanted in (item.id, item.original_name) or by_hash:
                return item
    raise MingchaError("evidence_not_found", name=wanted)


def place(
    session: Session,
    evidence: str,
    target_kind: TargetKind,
    target: str,
    position: int = 0,
    *,
    visit: str = "",
) -> Changes:
    """Say that a piece of evidence belongs to a finding, an answer, a window …

    `visit` is the supplement in which this is said of a photograph of an earlier edition. Raises
    MingchaError `evidence_not_found` if the photograph belongs to another visit.
    """
    made = _placement(session, evidence, target_kind, target, position, visit)
    return record(session, made.visit, made)


def place_all(
    session: Session, visit: str, files: Sequence[str], target_kind: TargetKind, target: str
) -> Changes:
    """Say of several pieces of evidence (ids) of a visit where they belong, as one action."""
    made = [
        _placement(session, each, target_kind, target, position, visit)
        for position, each in enumerate(files)
    ]
    return record(session, visit, *made)


def _placement(
    session: Session, evidence: str, target_kind: TargetKind, target: str, position: int, visit: str
) -> Placement:
    found = get(session, Evidence, evidence)
    visit = visit or found.visit
    if found.visit not in editions(session, visit):
        raise MingchaError("evidence_not_found", name=found.original_name)
    # What a sealed edition says of the same two stays as it is.
    key = () if visit == found.visit else (visit,)
    return Placement(
        id=session.store.derived_id("placement", evidence, target_kind.value, target, *key),
        visit=visit,
        evidence=evidence,
        target_kind=target_kind,
        target=target,
        position=position,
    )


def caption(session: Session, evidence: str, text: str) -> Changes:
    """Say what a photograph shows."""
    return amend(session, Evidence, evidence, {"caption": text})


def set_free_of_people(session: Session, evidence: str, free: bool) -> Changes:
    """Say that a photograph was looked at and shows no people, or take that back.

    Only such a photograph goes to the unit (`domain.handover`).
    """
    return amend(session, Evidence, evidence, {"free_of_people": free})


def set_time(session: Session, evidence: str, seen: Seen) -> Changes:
    """Give a file a time, with what that rests on.

    Raises MingchaError `time_missing`, `observer_not_member`.
    """
    if seen.start is None:
        raise MingchaError("time_missing")
    require_observer(session, get(session, Evidence, evidence).visit, seen)
    return amend(session, Evidence, evidence, seen.fields())


def check_clock(session: Session, evidence: str, shown_ms: int, seen: Seen) -> ClockCheck:
    """Record what the clock card showed on a photograph, and correct that camera's times.

    All photographs in this visit by the same person with this camera whose time comes from the
    file are corrected.
    Raises MingchaError `camera_time_missing` if the photograph states no time of its own.
    """
    card = get(session, Evidence, evidence)
    require_observer(session, card.visit, seen)
    if card.camera_ms is None:
        raise MingchaError("camera_time_missing", name=card.original_name)
    offset = offset_from(shown_ms, card.camera_ms)
    check = ClockCheck(
        id=session.store.new_id(),
        visit=card.visit,
        camera=card.camera,
        evidence=evidence,
        shown_ms=shown_ms,
        camera_ms=card.camera_ms,
        offset_ms=offset,
        **seen.fields(),
    )
    edits = [Edit("clock_check", check.id, to_fields(fit(check)))]
    edits += _corrections(session, card.visit, (card.camera, card.observer), offset)
    require_open(session, card.visit)
    session.store.commit(edits, visit=card.visit)
    return stored(session, check)


def void_clock_check(session: Session, check: str, reason: str) -> Changes:
    """Withdraw a clock check: the times it corrected go by the check before it, or by the camera.

    Raises MingchaError `reason_missing`, `visit_sealed`.
    """
    found = get(session, ClockCheck, check)
    require_open(session, found.visit)
    if not reason.strip():
        raise MingchaError("reason_missing")
    source = _source(session, found)
    offset = clock_offsets(session, found.visit, without=check).get(source, 0)
    withdrawn = Edit("clock_check", check, {"void": reason}, reason)
    edits = [withdrawn, *_corrections(session, found.visit, source, offset)]
    return session.store.commit(edits, visit=found.visit)
