"""Recording what leaves the workspace: papers, copies of originals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from inspector.base.errors import MingchaError
from inspector.domain.entities import AuditEntry
from inspector.domain.schema import to_fields
from inspector.ledger.operation import AUDIT
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspector.domain.vocabulary import AuditKind
    from inspector.operations.session import Session

R = TypeVar("R")


def with_reserve(act: Callable[[], R]) -> R:
    """Do `act`; if the disk is full, once more in the room of the reserve, just given up.

    For what must be noted when something is read on a full disk. Raises what `act` raises.
    """
    try:
        return act()
    except MingchaError as error:
        if error.code != "disk_full":
            raise
    return act()


def record_leaving(
    session: Session, visit: str, kind: AuditKind, sha256: str, detail: Mapping[str, Any]
) -> None:
    """Record what left the workspace: what it is, its hash; never where to."""
    store = session.store
    entry = AuditEntry(
        id=store.new_id(), visit=visit, kind=kind.value, sha256=sha256, detail=dict(detail)
    )
    edit = Edit("audit_entry", entry.id, to_fields(entry))
    with_reserve(lambda: store.commit([edit], visit=visit, kind=AUDIT))
