"""Exchanging with others over a depot: one visit, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.base.progress import SILENT, Progress
from inspector.base.steps import at_once
from inspector.domain.changes import Changes
from inspector.domain.entities import Catalogue, Evidence, Seal
from inspector.domain.vocabulary import Role
from inspector.ledger import manifest as manifests
from inspector.operations.erasing import erasures, finish_erasures
from inspector.operations.roles import require_role
from inspector.operations.small import SmallPictures
from inspector.operations.tasks import returned
from inspector.storage import exchange
from inspector.storage.exchange import DepotRow
from inspector.storage.log_state import forked_logs, waiting_for_newer_version
from inspector.sync import session as visits
from inspector.sync.outcome import Done, Limits

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from inspector.operations.session import Session
    from inspector.storage.aside import Quarantined
    from inspector.sync.depots.protocol import Depot
    from inspector.sync.files import Wanted


@dataclass(slots=True)
class SyncReport:
    """What a visit came to (see `Done`), and what there is to look at afterwards.

    conflicts: entities with differing values that somebody should settle; forked: people whose
    record goes on in two ways, because their disk or their key was copied; differing: people whose
    tables differ from those here though both hold the same entries; returned: visits that reviewers
    returned to whoever works at this laptop; snapshot: whether one was asked for; lacking: files of
    a visit that was handed over which the file does not hold; place: what the depot is called here,
    where it lies if nobody named it (never a user's name); server: whether it is one.
    """

    done: Done = field(default_factory=Done)
    place: str = ""
    server: bool = False
    waiting_for_newer_version: int = 0
    conflicts: int = 0
    forked: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    returned: int = 0
    snapshot: bool = False
    lacking: int = 0

    @property
    def quarantined(self) -> list[Quarantined]:
        """What was put aside in this visit, for a person to judge."""
        return self.done.quarantined


def sync(
    session: Session,
    depot: Depot,
    progress: Progress = SILENT,
    *,
    limits: Limits | None = None,
    expected: str = "",
    report: SyncReport | None = None,
) -> SyncReport:
    """Visit a depot: take in what is new there, send what it does not provably hold.

    May be stopped anywhere; `report` is filled as it goes on. Raises what `sync_steps` raises.
    """
    return at_once(
        sync_steps(session, depot, progress, limits=limits, expected=expected, report=report)
    )


def sync_steps(
    session: Session,
    depot: Depot,
    progress: Progress = SILENT,
    *,
    limits: Limits | None = None,
    expected: str = "",
    known_as: str = "",
    report: SyncReport | None = None,
) -> Generator[None, None, SyncReport]:
    """Do `sync` in steps between which others may work on the same thread.

    Raises MingchaError `organisation_none`, `depot_unmarked`, `depot_other`, `depot_newer`,
    `device_key_gone`, `depot_away`, `depot_full`, `depot_denied`, `depot_broken`, and what
    recording raises. What was finished before stays finished on both sides.
    """
    report = report or SyncReport()
    report.place, report.server = depot.place, "://" in depot.place
    store, before = session.store, session.store.log.count()
    try:
        yield from visits.visit(
            store,
            session.blobs,
            depot,
            lambda: wanted_files(session),
            limits or Limits(),
            progress,
            expected=expected,
            known_as=known_as,
            done=report.done,
            small=SmallPictures(session),
        )
    finally:
        _count(session, report, before)
    return report


def limits(max_bytes: int | None = None, *, files: bool = True, verify: bool = False) -> Limits:
    """Return what a visit may take: see `Limits`."""
    return Limits(max_bytes, files, verify)


def snapshot_steps(
    session: Session,
    depot: Depot,
    progress: Progress = SILENT,
    *,
    expected: str = "",
    report: SyncReport | None = None,
) -> Generator[None, None, SyncReport]:
    """Visit a depot and write a snapshot of what it then holds, from which new computers start.

    Raises MingchaError `role_missing`, and what `sync_steps` raises.
    """
    require_role(session, Role.SNAPSHOTTER)
    report, asked = report or SyncReport(), Limits(snapshot=True)
    report.snapshot = True
    return (
        yield from sync_steps(
            session, depot, progress, limits=asked, expected=expected, report=report
        )
    )


def write_snapshot(
    session: Session,
    depot: Depot,
    progress: Progress = SILENT,
    *,
    expected: str = "",
    report: SyncReport | None = None,
) -> SyncReport:
    """Do `snapshot_steps` in one go. May be stopped anywhere."""
    return at_once(snapshot_steps(session, depot, progress, expected=expected, report=report))


def _count(session: Session, report: SyncReport, before: int) -> None:
    """Note what there is to look at, and tell views what changed."""
    store = session.store
    if report.done.depot:
        named = {row.id: row.name for row in known_depots(session)}
        report.place = named.get(report.done.depot, report.place)
    report.waiting_for_newer_version = waiting_for_newer_version(store.db)
    report.conflicts = count_conflicts(session)
    report.returned = len(returned(session))
    report.forked = _named(session, {*forked_logs(store.db), *report.done.contradicted})
    report.differing = _named(session, report.done.differs)
    touched = frozenset(report.done.touched)
    if any(kind == "erasure" for kind, _entity in touched):
        # What others removed on purpose goes here as well.
        finish_erasures(session)
    if store.listener is not None and (touched or store.log.count() != before):
        store.listener(Changes("", (), touched))


def _named(session: Session, logs: Iterable[str]) -> list[str]:
    """Return whose chains these are, as far as somebody was admitted with them."""
    devices = map(session.store.membership.roster().device, logs)
    return sorted({device.name for device in devices if device is not None})


def count_conflicts(session: Session) -> int:
    """Return how many entities have fields whose values differ."""
    db = session.store.db
    several = db.execute("SELECT DISTINCT e, id FROM candidate").fetchall()
    # Of several candidates that are equal there is nothing to settle.
    differing = (
        db.execute(f'SELECT _conflict FROM "{kind}" WHERE id = ?', (entity,)).fetchone()
        for kind, entity in several
    )
    return sum(bool(row and row[0]) for row in differing)


def note_depot(session: Session, depot: str, name: str, address: str) -> None:
    """Remember a depot under the name that people call it by, and where it is."""
    store = session.store
    with store.transaction():
        exchange.note_depot(store.db, DepotRow(depot, name, address, store.clock.read().ms))


def known_depots(session: Session) -> list[DepotRow]:
    """Return the depots that were visited from here."""
    return exchange.depots(session.store.db)


def wanted_files(session: Session) -> Wanted:
    """Return every file that the record names and that was not erased, the weightiest first.

    Seals come before anything else, then photographs by the severity of what they show.
    """
    store = session.store
    wanted = at_once(_weightiest(session))
    severity = _severities(session)
    listed = store.select(Evidence)
    listed.sort(key=lambda item: -severity.get(item.id, 0))
    for item in listed:
        wanted.setdefault(item.sha256, item.size)
    return _standing(session, wanted)


def named_files(session: Session) -> Generator[None, None, Wanted]:
    """Return the same files in steps, in no order and without sizes: those who count ask for it."""
    wanted = yield from _weightiest(session)
    named = session.store.db.execute("SELECT sha256 FROM evidence WHERE sha256 IS NOT NULL")
    wanted |= dict.fromkeys(row[0] for row in named)
    yield
    return _standing(session, wanted)


def _weightiest(session: Session) -> Generator[None, None, Wanted]:
    """Return what comes before photographs."""
    wanted: Wanted = {}
    for seal in session.store.select(Seal):
        wanted[seal.manifest] = wanted[seal.record] = None
        wanted |= dict.fromkeys(checklists(session, seal))
        yield
    for own in session.store.select(Catalogue):
        wanted.setdefault(own.sha256, None)
    return wanted


def _standing(session: Session, wanted: Wanted) -> Wanted:
    """Return what is left of it once everything that was erased is gone."""
    for erased in erasures(session):
        wanted.pop(erased, None)
    wanted.pop("", None)
    return wanted


def _severities(session: Session) -> dict[str, int]:
    """Return, by evidence, the severity of the gravest finding that it belongs to."""
    # As rows: of a large record it would take seconds to make whole findings of them.
    found = session.store.db.execute(
        "SELECT placement.evidence, max(finding.severity) FROM placement "
        "JOIN finding ON finding.id = placement.target "
        "WHERE placement.void IS NULL AND finding.severity >= 3 GROUP BY placement.evidence"
    )
    return dict(found.fetchall())


def checklists(session: Session, seal: Seal) -> list[str]:
    """Return the rows of the checklist that a sealed manifest names, once it is here."""
    if session.blobs.size(seal.manifest) is None:
        return []
    try:
        rows = manifests.parse(session.blobs.read(seal.manifest)).checklist_sha256
    except (manifests.InvalidManifest, ValueError):
        return []
    return [rows] if rows else []
