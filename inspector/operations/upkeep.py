"""Checking, rebuilding, backing up and restoring a workspace."""

from __future__ import annotations

import logging
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT, Progress
from inspector.base.values import frozen
from inspector.domain.clocktext import iso_day
from inspector.domain.entities import Catalogue, Evidence, Seal, SealSignature
from inspector.ledger import manifest as manifests
from inspector.media.check import examining
from inspector.operations.erasing import erasures
from inspector.operations.originals import absences
from inspector.operations.sealed import load_sealed, values_of
from inspector.operations.signing import signers_of
from inspector.storage import backup, integrity
from inspector.storage.keyring import damaged_files
from inspector.storage.log_state import forked_logs
from inspector.storage.problems import Problem
from inspector.storage.spaces import damaged_statements, foreign_operations
from inspector.storage.volume import require_local
from inspector.sync.copies import few_copies

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from inspector.media.check import Examination
    from inspector.operations.originals import Absence
    from inspector.operations.session import Session
    from inspector.storage.backup import Restored
    from inspector.storage.store import Store

logger = logging.getLogger(__name__)

#: What a check reports and what no seal or paper has to wait for: tables that others added.
HARMLESS = frozenset({"foreign_table"})


@frozen
class CheckReport:
    """What a check looked at and what it found.

    absent: files that are not here and need not be: freed here, or not come yet (SHA-256).
    """

    operations: int
    blobs: int
    problems: tuple[Problem, ...]
    absent: Mapping[str, Absence] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@frozen
class Rebuilt:
    """The digest of tables that were made anew, whether anything was different before, and what
    could not be mended: broken operations, and tables that other programs added."""

    digest: str
    changed: bool
    problems: tuple[Problem, ...]


def check(session: Session, progress: Progress = SILENT, against: str = "") -> CheckReport:
    """Verify everything: operations, chains, projection, every file, every seal.

    What a workspace cannot show by itself – all hashes recomputed, or the whole rolled back to an
    earlier state – shows `against` something kept outside: the path of a backup, the id of an
    operation, or the hash of a seal manifest printed on a dossier.
    """
    store = session.store
    if store.unreadable:
        problems = integrity.audit_projection(store.db, store.workspace.cache, progress)
        # Which files and seals there must be stands in tables that are gone.
        problems.append(Problem("files_not_checked", ", ".join(store.unreadable)))
        return CheckReport(store.log.count(), 0, tuple(problems))
    # The files are hashed in other threads while the record is replayed in this one.
    with examining(session.blobs) as files:
        problems = integrity.audit_projection(store.db, store.workspace.cache, progress)
        # What cannot be read as text is told by now; what comes must not stop at it.
        with integrity.any_text(store.db):
            return _check_beside(session, files, progress, against, problems)


def _check_beside(
    session: Session,
    files: Examination,
    progress: Progress,
    against: str,
    problems: list[Problem],
) -> CheckReport:
    """Verify what stands beside the projection, after its `problems`: files, seals, signatures."""
    store = session.store
    problems.extend(foreign_operations(store.db))
    problems.extend(damaged_statements(store.db))
    problems.extend(Problem("key_damaged", name) for name in damaged_files(store.workspace))
    expected = _expected(session)
    absent = absences(session, expected)
    expected = {each: size for each, size in expected.items() if each not in absent}
    lost = few_copies(store, session.blobs, absent)
    problems.extend(Problem("freed_few_copies", each) for each in lost)
    problems.extend(
        Problem(found.code, found.where)
        for found in files.problems(expected, progress, N_("Checking every file"))
    )
    problems.extend(_check_seals(session))
    problems.extend(_check_signatures(session))
    problems.extend(_erased_but_present(session))
    if against:
        problems.extend(_against(session, against))
    if not problems:
        store.audited = True
    return CheckReport(store.log.count(), len(expected), tuple(problems), absent)


def require_sound(session: Session, progress: Progress = SILENT) -> None:
    """Finish the drift check unless it is finished; once while the workspace is open is enough.

    No other program can write meanwhile. Raises MingchaError `record_unsound`.
    """
    store = session.store
    if store.audited:
        return
    store.drift.finish(progress)
    problems = _settle(store)
    if problems:
        first = problems[0]
        raise MingchaError(
            "record_unsound", count=len(problems), first=f"{first.code} {first.where}"
        )


def drift_steps(session: Session) -> Generator[None, None, tuple[Problem, ...]]:
    """Do the drift check in steps of a few milliseconds, between other work on the same thread.

    For a front end that stays open: begin it when the first page is shown and go on whenever
    nothing else waits; facts may be recorded and the visit sealed between two steps. Sealing and
    export finish what is left, whatever that is. Returns the problems that keep them from it, none
    if all is well: show the rows and offer to rebuild. Close the generator before the session.
    """
    store = session.store
    while not store.audited and store.drift.step():
        yield
    return tuple(_settle(store)) if store.drift.finished else ()


def _settle(store: Store) -> list[Problem]:
    """Mark the store as audited if its finished drift check found nothing that matters."""
    # Both branches of a chain count; that there are two is shown where devices are.
    known = set(forked_logs(store.db))
    problems = [
        each
        for each in store.drift.problems
        if each.code not in HARMLESS
        and not (each.code == "chain_fork" and each.where.rpartition(":")[0] in known)
    ]
    store.audited = store.audited or not problems
    return problems


def rebuild(session: Session, progress: Progress = SILENT) -> Rebuilt:
    """Make all tables anew from the record, with their guards and indexes."""
    store = session.store
    before = "" if store.unreadable else store.digest()
    schema_before = integrity.schema_problems(store.db)
    problems = tuple(store.rebuild(progress))
    digest = store.digest()
    changed = digest != before or schema_before != integrity.schema_problems(store.db)
    return Rebuilt(digest, changed, problems)


def back_up(session: Session, target: Path | None = None) -> Path:
    """Copy the database to `target`, or to the workspace's own backups."""
    return backup.back_up(session.store.db, session.store.workspace, target)


def try_back_up(session: Session) -> None:
    """Make an automatic backup, unless the newest holds everything; a notice says if it failed."""
    for _ in _tried(session):
        continue


def backup_steps(session: Session) -> Generator[None, None, None]:
    """Make the automatic backup of the day, if it is due, in steps of a few milliseconds.

    For a front end that stays open, between other work on the same thread, once the drift check is
    through; what is recorded meanwhile comes into the next one. A notice of the session says if it
    failed. Close the generator before the session.
    """
    store = session.store
    reading = store.clock.read()
    today = iso_day(reading.ms, reading.zone)
    if store.log.count() == 0 or store.local("backup_day") == today:
        return
    if (yield from _tried(session)):
        try:
            store.set_local("backup_day", today)
        except MingchaError as error:
            # Without this note the next start only looks once more whether a backup is due.
            logger.info("the day of the backup was not noted: %s", error.code)


def _tried(session: Session) -> Generator[None, None, bool]:
    """Make an automatic backup and tell whether one was made.

    What it would protect is saved already: a full disk must neither keep people from their work
    nor make an act look failed that is done.
    """
    try:
        return (yield from backup.in_pieces(session.store.db, session.store.workspace))
    except MingchaError as error:
        full = error.code == "disk_full"
        code = "automatic_backup_no_room" if full else "automatic_backup_failed"
        session.notices.append(MingchaError(code, reason=error.code))
        logger.info("the automatic backup was not made: %s", error.code)
        return False


def restore(
    root: Path,
    source: Path | None = None,
    entropy: Entropy = system_entropy,
    progress: Progress = SILENT,
) -> Restored:
    """Take a backup back (the newest if none is named) without losing what came after it."""
    require_local(root)
    workspace = Workspace(root)
    return backup.restore(workspace, source or backup.newest(workspace), entropy, progress)


def missing_files(session: Session) -> int:
    """Return how many files that the record names are not in the workspace and should be.

    A backup holds the record only: restored into an empty folder, it lacks every file.
    """
    expected = _expected(session)
    gone = sum(session.blobs.size(sha256) is None for sha256 in expected)
    return gone - len(absences(session, expected))


def _expected(session: Session) -> dict[str, int | None]:
    """Return every blob that the record names and that was not erased, with its size."""
    store = session.store
    expected: dict[str, int | None] = {}
    for own in store.select(Catalogue):
        expected[own.sha256] = None
    for seal in store.select(Seal):
        expected[seal.manifest] = expected[seal.record] = None
    for item in store.select(Evidence):
        expected[item.sha256] = item.size
    for erased in erasures(session):
        expected.pop(erased, None)
    expected.pop("", None)
    return expected


def _check_seals(session: Session) -> Iterator[Problem]:
    for seal in session.store.select(Seal):
        try:
            manifest = manifests.parse(session.blobs.read(seal.manifest))
            values = values_of(session.blobs.read(seal.record))
        except (manifests.InvalidManifest, MingchaError, OSError) as error:
            yield Problem("seal_unreadable", f"{seal.visit} {error}")
            continue
        rows = manifest.checklist_sha256
        if rows and session.blobs.size(rows) is None:
            yield Problem("blob_missing", rows)
        yield from _check_names(session, seal, manifest)
        secret = bytes.fromhex(seal.secret)
        for path in manifests.differences(manifest, secret, values.items()):
            yield Problem("seal_differs", "/".join(path))


def _check_signatures(session: Session) -> Iterator[Problem]:
    """Verify every signature on every seal; seals that cannot be read are told already."""
    signed = {each.seal for each in session.store.select(SealSignature, "void IS NULL")}
    for seal in session.store.select(Seal, "void IS NULL"):
        if seal.id not in signed:
            continue
        try:
            signers = signers_of(session, seal.visit)
        except (MingchaError, OSError) as error:
            logger.info("the signatures of a seal cannot be verified: %s", type(error).__name__)
            continue
        for each in signers:
            if each.flaw:
                yield Problem("signature_invalid", f"{seal.visit} {each.person} {each.flaw.value}")


def _check_names(session: Session, seal: Seal, manifest: manifests.Manifest) -> Iterator[Problem]:
    """Compare what the manifest names in the clear with the seal and the evidence it covers."""
    if (manifest.visit, manifest.edition) != (seal.visit, seal.edition):
        yield Problem("seal_of_other_visit", seal.visit)
    if manifest.previous != (seal.previous or ""):
        yield Problem("seal_previous", seal.visit)
    record = load_sealed(session, seal)
    if {item.sha256 for item in manifest.media} != {item.sha256 for item in record.evidence}:
        yield Problem("seal_media", seal.visit)


def _erased_but_present(session: Session) -> Iterator[Problem]:
    for erased in erasures(session):
        if session.blobs.size(erased) is not None:
            yield Problem("erased_but_present", erased)


def _against(session: Session, against: str) -> Iterator[Problem]:
    wanted = against.strip()
    if Path(wanted).is_file():
        missing = backup.missing_operations(session.store.log, Path(wanted))
        yield from (Problem("operation_lost", operation) for operation in missing)
        return
    known = wanted.lower()
    is_hash = len(known) == 64 and all(digit in "0123456789abcdef" for digit in known)
    if not is_hash:
        raise MingchaError("outside_head_unreadable", text=wanted)
    sealed = session.store.select(Seal, "manifest = ?", known)
    if not sealed and not session.store.log.contains(known):
        yield Problem("outside_head_unknown", known)
