"""Making and opening workspaces."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from inspector.base.clock import Clock, SystemClock
from inspector.base.errors import MingchaError
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import Workspace
from inspector.domain.entities import Erasure, Visit
from inspector.domain.schema import KIND_OF
from inspector.media.blobs import BlobStore
from inspector.media.cache import Cache
from inspector.media.worker import Workers
from inspector.operations.session import HANDED_OVER, Recovered, Session
from inspector.storage.connection import guarded
from inspector.storage.identity import UNTOLD
from inspector.storage.store import Store
from inspector.storage.volume import require_local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

#: Loaded where there is something to do for it: opening must not wait for what it does not need.
_ERASING, _UPKEEP = "inspector.operations.erasing", "inspector.operations.upkeep"
_ROLES = "inspector.operations.roles"


def create_workspace(
    root: Path, clock: Clock | None = None, entropy: Entropy = system_entropy
) -> Session:
    """Make a new workspace in `root` and open it.

    Raises MingchaError `workspace_exists`, `workspace_not_writable`, what opening raises, or why
    the folder is not fit (see `storage.volume`).
    """
    with guarded():
        require_local(root)
        workspace = Workspace(root)
        return _session(workspace, Store.create(workspace, clock or SystemClock(), entropy))


def open_workspace(
    root: Path,
    clock: Clock | None = None,
    entropy: Entropy = system_entropy,
    *,
    altered: bool = False,
    back_up: bool = True,
) -> Session:
    """Open the workspace in `root`. Raises MingchaError (see `storage.store.Store.open`).

    `altered` opens it also when another program took tables away: for `check` and `rebuild` only.
    `back_up=False` leaves the backup of the day to `upkeep.backup_steps`, for a front end that
    stays open.
    """
    with guarded():
        require_local(root)
        workspace = Workspace(root)
        found = _left_open(workspace)
        store = Store.open(workspace, clock or SystemClock(), entropy, altered=altered)
        session = _session(workspace, store)
        return _made_ready(session, found, back_up=back_up)


def get_ready(session: Session) -> None:
    """Load what the first action would have to load, in a transaction that changes nothing."""
    with session.store.transaction():
        session.store.state(KIND_OF[Visit], "")


def _made_ready(session: Session, found: Recovered, *, back_up: bool) -> Session:
    """Tidy up after the last run, and make the backup of the day; close the session if it fails."""
    try:
        found = replace(
            found,
            files=session.blobs.sweep_incoming(),
            handed_over=bool(session.store.local(HANDED_OVER)),
        )
        session = replace(session, recovered=found)
        workspace = session.store.workspace
        for passing in _passing(workspace):
            shutil.rmtree(passing, ignore_errors=True)
        if session.store.local(UNTOLD):
            session.notices.append(MingchaError("chain_begun_anew"))
            session.store.set_local(UNTOLD, "")
        if not session.store.unreadable:
            _finish_erasures(session)
        if session.store.local("organisation"):
            import_module(_ROLES).enforce(session)
        if back_up:
            for _ in import_module(_UPKEEP).backup_steps(session):
                continue
    except BaseException:
        session.close()
        raise
    return session


def _passing(workspace: Workspace) -> Iterator[Path]:
    """Yield what the last run left and can be had again; what the camera took cannot."""
    yield workspace.previews
    if workspace.incoming.is_dir():
        yield from (each for each in workspace.incoming.iterdir() if each != workspace.taken)


def _left_open(workspace: Workspace) -> Recovered:
    """Say in what state the last run left the files. They are only looked at, never opened."""
    log = workspace.database.with_name(f"{workspace.database.name}-wal")
    # An orderly end folds the write-ahead log into the database and removes it.
    unclean = log.exists() and log.stat().st_size > 0
    return Recovered(unclean=unclean, restored=workspace.restored.exists())


def _finish_erasures(session: Session) -> None:
    """Go on with what a power cut interrupted; a file that is stuck must not lock people out."""
    if not session.store.select(Erasure, "void IS NULL"):
        return
    try:
        import_module(_ERASING).finish_erasures(session)
    except (MingchaError, OSError) as error:
        session.notices.append(MingchaError("erased_file_stuck"))
        logger.info("the bytes of an erased file are still there: %s", type(error).__name__)


def _session(workspace: Workspace, store: Store) -> Session:
    cache = Cache(workspace.cache, lasting=workspace.small)
    return Session(store, BlobStore(workspace.media), cache, Workers())
