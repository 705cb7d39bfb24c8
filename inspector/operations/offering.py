"""Offering files to a visit: they are looked at, judged by the visit's time span, and not stored.

Files are read on threads of their own, so that the thread of the record is never held by a slow
card; what was found is handed out as it comes.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.base.progress import SILENT, Progress
from inspector.domain.entities import Erasure, Event, Evidence, Hall
from inspector.domain.offering import CANNOT, Fate, Span, fate_of, span_of
from inspector.domain.phases import current_phase, still_covert
from inspector.domain.times import DEFAULT_PRECISION, Seen
from inspector.domain.vocabulary import EvidenceRoute, Phase, TimeSource
from inspector.media.looking import LookedAt, look_at
from inspector.media.source import shown_name
from inspector.media.survey import walk
from inspector.operations.discretion import covert_now
from inspector.operations.evidence import (
    AddedFile,
    Source,
    Taking,
    add_photos,
    clock_offsets,
    evidence_of_visit,
)
from inspector.operations.meant import is_kept
from inspector.operations.overview import members_of
from inspector.operations.recording import editions, get, require_open
from inspector.operations.seeing import usual_observer
from inspector.operations.storage_state import KEPT_FREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from inspector.base.errors import MingchaError
    from inspector.media.survey import Why
    from inspector.operations.session import Session

#: More than a card of a year holds; whoever names the root of a disk is told, not made to wait.
MOST_FILES = 20_000
#: How long one step may hold the thread of the record. Seconds.
STEP_SECONDS = 0.015
_WALKED_AT_ONCE = 100
#: How a file fails whose card or stick was pulled out.
_GONE = frozenset({"file_missing", "file_unreadable"})


@dataclass(frozen=True, slots=True)
class Around:
    """What files offered to a visit are judged by.

    known: hashes recorded in it; erased: hashes that were erased on purpose. offsets: milliseconds
    to add by camera and the person whose it is. members: (id, name) of who may have taken them;
    hidden: those of them (ids) who are covert while others are not, so that no name may be read;
    me: who is typing, or the first of them. zone: minutes east of UTC at the place. free: bytes
    that can be stored without taking the last of the disk. editions: the visit and those that it
    corrects, newest first. watched: somebody who looks at the
    screen may learn nothing, as in this visit or another one a covert part is going on.
    """

    visit: str
    phase: Phase
    span: Span | None
    zone: int
    known: frozenset[str]
    erased: frozenset[str]
    offsets: dict[Source, int]
    members: tuple[tuple[str, str], ...]
    me: str
    editions: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    free: int = 0
    watched: bool = False

    def judges_like(self, other: Around) -> bool:
        """Tell whether all files stand the same by both."""
        mine, others = ((each.span, each.zone, each.offsets) for each in (self, other))
        return mine == others

    @property
    def covert(self) -> bool:
        """Whether the team is inside and has not shown who it is."""
        return self.phase is Phase.COVERT


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that can be stored, or why it cannot.

    taken_ms: when it was taken, with the measured offset of its camera; None if it does not say.
    distance_ms: how far before (negative) or after the visit that is. offset_ms: what was added.
    live_ms: when it was taken by this device's own clock, if it was taken by it.
    """

    file: LookedAt
    route: EvidenceRoute
    fate: Fate
    taken_ms: int | None = None
    offset_ms: int = 0
    distance_ms: int = 0
    live_ms: int | None = None

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.file.path

    @property
    def storable(self) -> bool:
        """Whether it can be stored in this visit."""
        return self.fate not in CANNOT

    @property
    def meant(self) -> bool:
        """Whether it is chosen beforehand."""
        return self.fate is Fate.WITHIN

    @property
    def is_image(self) -> bool:
        """Whether it may have a thumbnail."""
        return self.file.photo is not None

    @property
    def reason(self) -> MingchaError | None:
        """Why it cannot be read."""
        return self.file.reason

    @property
    def copied(self) -> bool:
        """Whether a messenger made it, which took its time and place away."""
        return self.file.photo is not None and self.file.photo.messenger_copy


@dataclass(frozen=True, slots=True)
class Found:
    """What one step of looking found. passed_over: hidden and system files, links, deep folders.

    more: there are more files than are looked at in one go.
    """

    offered: tuple[Offered, ...] = ()
    passed_over: tuple[Path, ...] = ()
    more: bool = False


def around(session: Session, visit: str) -> Around:
    """Return what files offered to an open visit are judged by. Raises as `require_open`."""
    found = require_open(session, visit)
    zone = get(session, Hall, found.hall).zone_minutes
    events = [
        event
        for edition in editions(session, visit)
        for event in session.store.select(Event, "visit = ?", edition)
    ]
    erased = frozenset(item.sha256 for item in session.store.select(Erasure, "void IS NULL"))
    known = {item.sha256 for item in evidence_of_visit(session, visit)}
    named = {each.id: each.name for each in members_of(session, visit)}
    return Around(
        visit=visit,
        phase=current_phase(events, sealed=False),
        span=span_of(events, session.store.clock.read().ms, zone),
        zone=zone,
        known=frozenset(known - erased),
        erased=erased,
        offsets=clock_offsets(session, visit),
        members=tuple(named.items()),
        hidden=still_covert(events, named, session.store.clock.read().ms),
        me=usual_observer(session, found),
        editions=tuple(editions(session, visit)),
        free=session.store.place.free() - KEPT_FREE,
        watched=covert_now(session),
    )


def judged(offered: Offered, around: Around, observer: str) -> Offered:
    """Return a file as it stands if `observer` took it: the offset belongs to camera and person."""
    if offered.fate in CANNOT or offered.fate is Fate.ELSEWHERE:
        return offered
    moment, offset = _moment(offered, around, observer)
    if moment is None:
        return replace(offered, fate=Fate.TIMELESS, taken_ms=None, offset_ms=0, distance_ms=0)
    distance = around.span.distance(moment) if around.span else 0
    fate = fate_of(moment, around.span)
    return replace(offered, fate=fate, taken_ms=moment, offset_ms=offset, distance_ms=distance)


def _moment(offered: Offered, around: Around, observer: str) -> tuple[int | None, int]:
    """Return when a file was taken, None if nothing states it, and what was added to its clock."""
    if offered.live_ms is not None:
        return offered.live_ms, 0
    facts = offered.file.photo
    taken = None if facts is None or facts.messenger_copy else facts.taken_ms(around.zone)
    if facts is None or taken is None:
        return None, 0
    offset = around.offsets.get((facts.camera, observer), 0)
    return taken + offset, offset


def offer(
    session: Session,
    visit: str,
    paths: Sequence[Path],
    route: EvidenceRoute = EvidenceRoute.IMPORT,
    progress: Progress = SILENT,
    *,
    observer: str = "",
    already: frozenset[str] = frozenset(),
    live: Mapping[Path, int] = MappingProxyType({}),
) -> Iterator[Found]:
    """Look at files and folders in short steps, yielding what was found. Nothing is stored.

    observer: who took them, who is typing if empty. already: hashes that are offered before.
    live: when files were taken by this device's own clock, in milliseconds since 1970 UTC.
    Raises MingchaError if the visit is not open, Cancelled when stopped.
    """
    facts = around(session, visit)
    looker = _Looker(session, facts, route, observer or facts.me, set(already), live)
    files: list[Path] = []
    yield from _gather(session, paths, files, progress)
    yield from looker.look(files, progress)


def _gather(
    session: Session, paths: Sequence[Path], files: list[Path], progress: Progress
) -> Iterator[Found]:
    """Fill `files` with those that are meant, in steps; the workspace's own are passed over."""
    progress.start(N_("Looking for files"), 0)
    workspace = session.store.workspace
    walked = (each for path in paths for each in _meant(path))
    while part := list(islice(walked, _WALKED_AT_ONCE)):
        passed: list[Path] = []
        for path, why in part:
            wanted = why is None and not is_kept(workspace, path)
            (files if wanted else passed).append(path)
        more = len(files) > MOST_FILES
        del files[MOST_FILES:]
        yield Found(passed_over=tuple(passed), more=more)
        progress.step(len(part))
        if more:
            return


def _meant(path: Path) -> Iterator[tuple[Path, Why | None]]:
    return walk(path) if path.is_dir() else iter([(path, None)])


@dataclass
class _Looker:
    """Reads files ahead of those who wait for them."""

    session: Session
    around: Around
    route: EvidenceRoute
    observer: str
    seen: set[str]
    live: Mapping[Path, int]
    stop: threading.Event = field(default_factory=threading.Event)

    def look(self, files: Sequence[Path], progress: Progress) -> Iterator[Found]:
        """Yield the files judged, in order, as many together as are ready."""
        progress.start(N_("Looking at the files"), len(files))
        workers = self.session.workers
        workers.start()
        pool = ThreadPoolExecutor(workers.count + 1, thread_name_prefix="looking")
        upcoming, running = iter(files), deque[Future[LookedAt]]()
        try:
            while True:
                for path in islice(upcoming, 4 * workers.count - len(running)):
                    running.append(pool.submit(look_at, path, workers, self.stop))
                if not running:
                    return
                wait_for([running[0]], timeout=STEP_SECONDS)
                ready = []
                while running and running[0].done():
                    ready.append(self._offered(running.popleft().result()))
                yield Found(tuple(ready))
                progress.step(len(ready))
        finally:
            self.stop.set()
            pool.shutdown(wait=True, cancel_futures=True)

    def _offered(self, file: LookedAt) -> Offered:
        fate = self._fate(file)
        self.seen.add(file.sha256)
        found = Offered(file, self.route, fate, live_ms=self.live.get(file.path))
        return judged(found, self.around, self.observer)

    def _fate(self, file: LookedAt) -> Fate:
        if file.reason is not None:
            return Fate.UNREADABLE
        for fate, hashes in (
            (Fate.ERASED, self.around.erased),
            (Fate.KNOWN, self.around.known),
            (Fate.REPEATED, self.seen),
        ):
            if file.sha256 in hashes:
                return fate
        where = "sha256 = ? AND void IS NULL"
        elsewhere = self.session.store.select(Evidence, where, file.sha256)
        return Fate.ELSEWHERE if elsewhere else Fate.TIMELESS


# -- storing what was chosen -------------------------------------------------------------------


def store_offered(
    session: Session,
    visit: str,
    chosen: Sequence[Offered],
    observer: str,
    progress: Progress = SILENT,
    *,
    provided: bool = False,
) -> Iterator[AddedFile]:
    """Store what was chosen, each with its route; yields and raises as `add_photos`.

    observer: id of who took the files. provided: handed over by the unit.
    """
    routes = dict.fromkeys(each.route for each in chosen)
    for route in routes:
        those = [each for each in chosen if each.route is route]
        live = {each.path: each.live_ms for each in those if each.live_ms is not None}
        taking = Taking(untimed(session, visit, observer), route, provided, live=live)
        yield from add_photos(session, visit, [each.path for each in those], taking, progress)


def untimed(session: Session, visit: str, observer: str) -> Seen:
    """Return “taken by `observer`” without a time: files that state none stay without one."""
    zone = get(session, Hall, require_open(session, visit).hall).zone_minutes
    source = TimeSource.PHOTOGRAPH
    return Seen(observer, None, None, zone, source, DEFAULT_PRECISION[source])


@dataclass(slots=True)
class Outcome:
    """What became of the files that were to be stored, counted as it comes.

    failed: what could not be stored, with the reason. lost: those of them that are not there any
    more, as when a card is pulled out.
    """

    stored: int = 0
    known: int = 0
    failed: list[tuple[Path, MingchaError]] = field(default_factory=list)
    lost: int = 0

    def add(self, added: AddedFile) -> None:
        """Count one file."""
        taken = added.taken
        if taken.status == "stored":
            self.stored += 1
        elif taken.status == "duplicate":
            self.known += 1
        elif taken.reason is not None:
            self.failed.append((taken.path, taken.reason))
            self.lost += taken.reason.code in _GONE


def name_of(path: Path) -> str:
    """Return a file's name as text that can be shown."""
    return shown_name(path)
