"""What a workspace must show after a power cut or a failed system call."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.domain.entities import Erasure, Evidence, Seal
from inspector.media.blobs import BlobStore
from inspector.media.cache import Cache
from inspector.media.worker import Workers
from inspector.operations import upkeep
from inspector.operations.session import Session
from inspector.storage.later import INDEXED
from inspector.storage.presence import UNINDEXED
from inspector.storage.store import Store
from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Records that the full check has found sound, with the digest of their projection: the same
# record met again must show the same tables, which is much quicker to see. How far the search index
# has come belongs to it, because that is no operation.
_sound: dict[bytes, str] = {}


def check(root: Path, acks: Sequence[Mapping[str, Any]], *, full: bool = False) -> str | None:
    """Open the workspace below `root` and say what is wrong with it, or None.

    Everything promised is there, the chains verify, the tables are what the record says, no row
    names a missing or damaged file, seals verify, and the next entry can be written; on a disk
    that is `full`, it is refused as such and everything can still be read.
    """
    workspace = Workspace(root / "work" / "space")
    clock, entropy = FixedClock(), CountingEntropy("after")
    try:
        if not workspace.database.exists():
            if acks:
                return "the workspace is gone"
            Store.create(workspace, clock, entropy).close()
            return None
        store = Store.open(workspace, clock, entropy)
    except MingchaError as error:
        return f"the workspace does not open: {error}"
    session = Session(store, BlobStore(workspace.media), Cache(workspace.cache), Workers())
    try:
        if full:
            return _lost(session, acks) or _bad_file(session) or _not_refused(store)
        return _lost(session, acks) or _unsound(session) or _stuck(store)
    finally:
        session.close()


def _lost(session: Session, acks: Sequence[Mapping[str, Any]]) -> str | None:
    there = {stored.id.hex() for stored in session.store.log.rows()}
    for number, ack in enumerate(acks, 1):
        if not there.issuperset(ack["operations"]):
            return f"operations of promise {number} are lost"
    if acks:
        if acks[-1]["user"] not in ("", session.store.user):
            return "the person who types is forgotten"
        for sha256 in acks[-1]["blobs"]:
            if session.blobs.verify(sha256) != "ok":
                return f"a promised file is {session.blobs.verify(sha256)}: {sha256[:12]}"
    return None


def _unsound(session: Session) -> str | None:
    """Verify everything; for a record seen before, compare digest and files only."""
    store = session.store
    record = b"\n".join(stored.raw for stored in store.log.rows())
    behind = store.db.execute(f"SELECT seq, text FROM {UNINDEXED} ORDER BY seq").fetchall()
    key = hashlib.sha256(record + repr((store.local(INDEXED), behind)).encode()).digest()
    if key in _sound:
        if store.digest() != _sound[key]:
            return "the tables differ from the record"
        return _bad_file(session)
    report = upkeep.check(session)
    if not report.ok:
        return "; ".join(f"{p.code} {p.where}" for p in report.problems[:3])
    _sound[key] = store.digest()
    return None


def _bad_file(session: Session) -> str | None:
    store = session.store
    erased = {e.sha256 for e in store.select(Erasure)}
    named = {e.sha256 for e in store.select(Evidence)} - erased
    for seal in store.select(Seal):
        named |= {seal.manifest, seal.record}
    for sha256 in sorted(named):
        if (found := session.blobs.verify(sha256)) != "ok":
            return f"a row names a file that is {found}: {sha256[:12]}"
    return None


def _stuck(store: Store) -> str | None:
    try:
        store.set_local("rig", "works")
    except MingchaError as error:
        return f"nothing can be written any more: {error}"
    return None


def _not_refused(store: Store) -> str | None:
    try:
        for number in range(1000):
            store.set_local(f"rig {number}", "x" * 1000)
    except MingchaError as error:
        return None if error.code == "disk_full" else f"refused as {error.code}"
    return "the disk was not full"
