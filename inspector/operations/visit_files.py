"""A visit handed over in one file, and taken in from it: a depot like any other, only in a file.

Writing it is a visit to an empty depot, taking it in one to a depot that can only be read. So it is
proved, put aside and acknowledged by the very code that does so everywhere, and whatever comes
later by stick or server is the same record: nothing can become double. A chain cannot be cut, so
the file holds what everybody recorded of the space, and of files those of the one visit.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT, Progress
from inspector.base.steps import at_once
from inspector.domain.entities import Catalogue, Evidence, Seal
from inspector.operations.organisation import find_member, organisation_of
from inspector.operations.recording import find_visit
from inspector.operations.syncing import SyncReport, checklists, sync_steps, wanted_files
from inspector.storage import exchange
from inspector.sync import names
from inspector.sync import session as visits
from inspector.sync.depots import marker
from inspector.sync.depots.file import FileDepot
from inspector.sync.outcome import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Generator
    from pathlib import Path

    from inspector.operations.session import Session
    from inspector.sync.files import Wanted


def hand_over(
    session: Session,
    visit: str,
    target: Path,
    to: Collection[str] = (),
    progress: Progress = SILENT,
) -> SyncReport:
    """Write a visit to a file. Raises what `hand_over_steps` raises."""
    return at_once(hand_over_steps(session, visit, target, to, progress))


def hand_over_steps(
    session: Session, visit: str, target: Path, to: Collection[str], progress: Progress
) -> Generator[None, None, SyncReport]:
    """Do `hand_over` in steps between which others may work on the same thread.

    to: members for whom keys are put with it, by name or computer; nobody named is everybody of the
    space. Whoever has the keys of the space already can read it in any case, as everything that is
    exchanged. An existing file is replaced once the new one is whole. Raises MingchaError
    `not_found`, `organisation_none`, `member_device_unknown`, `epoch_key_missing`, DepotError, and
    what recording raises.
    """
    found = find_visit(session, visit)
    organisation_of(session)
    readers = _readers(session, to)
    report = SyncReport(place=str(target))
    store = session.store
    with closing(FileDepot.begin(target, store.entropy)) as depot:
        made = marker.init(depot, store.entropy).depot
        try:
            yield from visits.visit(
                *(store, session.blobs, depot),
                lambda: files_of(session, found.id),
                Limits(readers=readers),
                progress,
                expected=made,
                done=report.done,
            )
        finally:
            # What becomes of a file nobody knows: it is no place that holds anything for us.
            _forget(session, made)
        if "no_key_to_send" in report.done.waiting:
            raise MingchaError("epoch_key_missing")
        depot.finish()
    return report


def _readers(session: Session, to: Collection[str]) -> frozenset[str] | None:
    """Return for whom keys are put with it: the computers of these members, None for all."""
    return frozenset(find_member(session, name).recipient for name in to) if to else None


def files_of(session: Session, visit: str) -> Wanted:
    """Return the files of a visit, the weightiest first: seals, checklists, photographs."""
    store = session.store
    named = {each.sha256 for each in store.select(Evidence, "visit = ?", visit)}
    named |= {each.sha256 for each in store.select(Catalogue)}
    for seal in store.select(Seal, "visit = ?", visit):
        named |= {seal.manifest, seal.record, *checklists(session, seal)}
    return {sha256: size for sha256, size in wanted_files(session).items() if sha256 in named}


def take_in(session: Session, path: Path, progress: Progress = SILENT) -> SyncReport:
    """Take in what a file hands over. Raises what `take_in_steps` raises."""
    return at_once(take_in_steps(session, path, progress))


def take_in_steps(
    session: Session, path: Path, progress: Progress, report: SyncReport | None = None
) -> Generator[None, None, SyncReport]:
    """Do `take_in` in steps between which others may work on the same thread.

    What it came to, with a receipt to send back (`done.by_hand`). Doing it again changes nothing.
    Raises MingchaError `file_missing`, `hand_over_bad` for what is no such file or was cut off,
    `hand_over_of_other` for one of another team, and what `syncing.sync_steps` raises.
    """
    organisation_of(session)
    with closing(FileDepot(path)) as depot:
        known = marker.read(depot).depot
        if next(depot.entries(names.space_folder(session.store.space), below=True), None) is None:
            raise MingchaError("hand_over_of_other", path=path)
        try:
            return (yield from sync_steps(session, depot, progress, expected=known, report=report))
        finally:
            _forget(session, known)


def _forget(session: Session, depot: str) -> None:
    with session.store.transaction():
        exchange.forget_depot(session.store.db, depot)
