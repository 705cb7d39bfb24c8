"""Freeing originals of sealed visits that are proved to be in two other places.

The record says first that they are freed, durably; then the bytes go. A power cut in between
leaves files that are here and said to be freed: what is here is here, and the next freeing proves
anew that they may go. Thumbnails and previews stay.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.progress import SILENT, Progress
from inspector.domain.entities import AuditEntry, Hall, Seal, Visit
from inspector.domain.schema import to_fields
from inspector.domain.vocabulary import AuditKind
from inspector.ledger.operation import AUDIT
from inspector.media.durable import failure
from inspector.operations.erasing import erasures
from inspector.operations.leaving import with_reserve
from inspector.operations.standing import counted_at
from inspector.storage.holding import COUNTS
from inspector.storage.store import Edit
from inspector.sync.copies import Copies, Elsewhere, elsewhere_steps

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Sequence

    from inspector.media.cache import Picture
    from inspector.operations.session import Session

DAY_MS = 24 * 60 * 60 * 1000
#: Files that one entry of the record frees together, and that are looked at in one step.
BATCH = 50


class Why(StrEnum):
    """Why an original stays."""

    UNSEALED = "unsealed"
    RECENT = "recent"
    NOT_READ_BACK = "not_read_back"
    NO_DEPOT = "no_depot"
    TOO_FEW = "too_few"


@dataclass(slots=True)
class Amount:
    """Files and their bytes."""

    files: int = 0
    bytes: int = 0

    def add(self, size: int) -> None:
        """Count one more file."""
        self.files += 1
        self.bytes += size


@dataclass(slots=True)
class OfVisit:
    """The originals of one visit that are here: what may go, and what stays for which reason.

    code: of its place. unread: depots, by name, that would count once they were read back.
    """

    visit: Visit
    code: str
    free: Amount = field(default_factory=Amount)
    stay: dict[Why, Amount] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    sha256s: list[str] = field(default_factory=list)

    @property
    def here(self) -> Amount:
        """All of them."""
        parts = (self.free, *self.stay.values())
        return Amount(sum(each.files for each in parts), sum(each.bytes for each in parts))


@dataclass(slots=True)
class Plan:
    """What may be freed, visit by visit, before anything is.

    older_than: days since the seal that were asked for.
    """

    visits: list[OfVisit] = field(default_factory=list)
    older_than: int = 0

    @property
    def free(self) -> Amount:
        """What may go in all."""
        parts = [each.free for each in self.visits]
        return Amount(sum(each.files for each in parts), sum(each.bytes for each in parts))


@dataclass(slots=True)
class Freed:
    """What was freed."""

    files: int = 0
    bytes: int = 0


def plan_steps(
    session: Session, visits: Collection[str] = (), older_than: int = 0
) -> Generator[None, None, Plan]:
    """Return which originals may be freed and why the others stay, in steps; nothing is changed.

    visits: their ids, none for all; older_than: only of visits sealed so many days ago.
    """
    elsewhere = yield from elsewhere_steps(session.store)
    erased, seals = erasures(session), _sealed(session)
    unsettled = _unsettled(session, seals)
    now = session.store.clock.read().ms
    plan, seen = Plan(older_than=older_than), set(erased)
    for visit, code, files in _files(session, visits):
        found = OfVisit(visit, code)
        sealed = seals.get(visit.id)
        recent = bool(older_than) and sealed is not None and now - sealed < older_than * DAY_MS
        for number, (sha256, owners) in enumerate(files, 1):
            if number % BATCH == 0:
                yield
            size = None if sha256 in seen else session.blobs.size(sha256)
            if size is None:
                continue
            seen.add(sha256)
            why = Why.UNSEALED if unsettled & owners else Why.RECENT if recent else None
            _judge(found, sha256, size, why, elsewhere)
        if found.here.files:
            plan.visits.append(found)
        yield
    return plan


def _judge(found: OfVisit, sha256: str, size: int, why: Why | None, elsewhere: Elsewhere) -> None:
    copies = elsewhere.of(sha256)
    why = why or _lacking(copies)
    if why is None:
        found.free.add(size)
        found.sha256s.append(sha256)
        return
    found.stay.setdefault(why, Amount()).add(size)
    if why is Why.NOT_READ_BACK:
        found.unread.update(each.name for each in copies.unread)


def _lacking(copies: Copies) -> Why | None:
    """Return what keeps a file from being freed, None if it may go."""
    if copies.enough:
        return None
    once_read = Copies((*copies.depots, *copies.unread), (), copies.computers)
    if copies.unread and once_read.enough:
        return Why.NOT_READ_BACK
    return Why.NO_DEPOT if copies.computers and not once_read.depots else Why.TOO_FEW


def _sealed(session: Session) -> dict[str, int]:
    """Return when each sealed visit was sealed (ms)."""
    return {each.visit: each.entered.ms for each in session.store.select(Seal, COUNTS)}


def _unsettled(session: Session, sealed: Collection[str]) -> set[str]:
    """Return the visits without a seal, and those that one of them supplements."""
    above = {each.id: each.supplement_of or "" for each in session.store.select(Visit)}
    found = set()
    for visit in above.keys() - set(sealed):
        while visit and visit not in found:
            found.add(visit)
            visit = above.get(visit, "")
    return found


def _files(
    session: Session, visits: Collection[str]
) -> Iterator[tuple[Visit, str, list[tuple[str, set[str]]]]]:
    """Yield visits with the code of their place, and their files with all visits that have them."""
    store = session.store
    owners: dict[str, set[str]] = {}
    of_visit: dict[str, list[str]] = {}
    rows = store.db.execute("SELECT sha256, visit FROM evidence WHERE sha256 <> '' ORDER BY _seq")
    for sha256, visit in rows.fetchall():
        owners.setdefault(sha256, set()).add(visit)
        of_visit.setdefault(visit, []).append(sha256)
    codes = {each.id: each.code for each in store.select(Hall)}
    for visit in store.select(Visit):
        if not visits or visit.id in visits:
            listed = dict.fromkeys(of_visit.get(visit.id, ()))
            yield visit, codes.get(visit.hall, ""), [(each, owners[each]) for each in listed]


# -- doing -------------------------------------------------------------------------------------


def free_steps(
    session: Session, plan: Plan, progress: Progress = SILENT, done: Freed | None = None
) -> Generator[None, None, Freed]:
    """Free what a plan says, as far as that still holds, in steps; what was freed stays freed.

    `done` is filled as it goes on. Raises MingchaError `blob_write_failed`, `disk_full`, what
    recording raises.
    """
    done = done or Freed()
    progress.start(N_("Freeing originals"), plan.free.files)
    elsewhere, stand = (yield from elsewhere_steps(session.store)), counted_at(session)
    for found in plan.visits:
        for start in range(0, len(found.sha256s), BATCH):
            small: dict[str, dict[str, Picture]] = {}
            for sha256 in found.sha256s[start : start + BATCH]:
                progress.step()
                yield
                pictures = _small(session, sha256)
                if pictures is not None:
                    small[sha256] = pictures
            if stand != counted_at(session):
                # Somebody synced meanwhile.
                elsewhere, stand = (yield from elsewhere_steps(session.store)), counted_at(session)
            sound = {each: copies for each in small if (copies := elsewhere.of(each)).enough}
            if sound and not _is_open(session, found.visit.id):
                _free(session, found.visit.id, sound, small, done)
                stand = counted_at(session)
    return done


def _is_open(session: Session, visit: str) -> bool:
    return visit in _unsettled(session, _sealed(session))


def _small(session: Session, sha256: str) -> dict[str, Picture] | None:
    """Return the pictures that stay, none of what is no picture; None for what is damaged here."""
    try:
        return session.derived.small(sha256)
    except MingchaError as error:
        # What is wrong here is told by `check`, and nothing is freed that may be the last.
        return None if error.code in ("blob_damaged", "blob_missing") else {}


def _free(
    session: Session,
    visit: str,
    sound: dict[str, Copies],
    small: dict[str, dict[str, Picture]],
    done: Freed,
) -> None:
    """Free files of one visit: record it, then remove their bytes."""
    # On a full disk they are kept once there is room for them.
    waiting = [each for each in sound if not _kept(session, each, small[each])]
    sizes = {each: session.blobs.size(each) or 0 for each in sound}
    edits = [
        _entry(session, visit, sha256, sizes[sha256], copies) for sha256, copies in sound.items()
    ]
    with_reserve(lambda: session.store.commit(edits, visit=visit, kind=AUDIT))
    for sha256, size in sizes.items():
        session.blobs.remove(sha256)
        done.files += 1
        done.bytes += size
    for sha256 in waiting:
        if not _kept(session, sha256, small[sha256]):
            raise MingchaError("disk_full")


def _kept(session: Session, sha256: str, pictures: dict[str, Picture]) -> bool:
    """Keep pictures for good; tell whether there was room. Raises MingchaError as writing does."""
    try:
        for recipe, picture in pictures.items():
            session.cache.keep(sha256, recipe, picture)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return False
        raise failure(error) from error
    return True


def _entry(session: Session, visit: str, sha256: str, size: int, copies: Copies) -> Edit:
    """Return the entry of one file: which depots and chains were proved to have it."""
    detail = {
        "bytes": size,
        "depots": [each.id for each in copies.depots],
        "computers": [each.log for each in copies.computers],
    }
    entry = AuditEntry(
        id=session.store.new_id(),
        visit=visit,
        kind=AuditKind.FREED.value,
        sha256=sha256,
        detail=detail,
    )
    return Edit("audit_entry", entry.id, to_fields(entry))


def chosen(plan: Plan, visits: Sequence[str]) -> Plan:
    """Return what a plan says of some visits (ids) only."""
    wanted = [each for each in plan.visits if each.visit.id in visits]
    return Plan(wanted, plan.older_than)
