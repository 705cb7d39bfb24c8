"""What a visit to a depot may take, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.ledger.statements import Revoked
    from inspector.storage.aside import Quarantined
    from inspector.sync.receipt_file import Receipt


@dataclass(slots=True)
class Amounts:
    """Operations, whole files, bytes as they lie in the depot, and thumbnails."""

    operations: int = 0
    blobs: int = 0
    bytes: int = 0
    thumbs: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a visit may take.

    max_bytes: no file is begun beyond so many bytes in both directions, None for no limit; facts
    always go. files: whether files go at all; thumbnails go all the same. verify: read everything
    held there anew. readers: age recipients for whom keys are put there, None for everybody who may
    read. snapshot: write one in the end.
    """

    max_bytes: int | None = None
    files: bool = True
    verify: bool = False
    readers: frozenset[str] | None = None
    snapshot: bool = False


@dataclass(slots=True)
class Done:
    """What a visit came to.

    quarantined: put aside in this visit; waiting: why objects were left for later, with how many;
    read_back: bytes read only to prove that they are there; unpacked: segments that snapshots gave;
    packed: segments in the snapshot that was asked for; receipts: written for what arrived;
    touched: entities that operations of others wrote; new_chain: others go on with this computer's
    chain, so it began another; rolled_back: the depot lost what it held; lost: how many things
    that were, still_lost: of them not sent again; differs: devices whose tables differ from ours
    at the same record; contradicted: chains of which somebody has seen another history than the
    one that is here; ended: how an administrator ended the membership of this computer, None while
    it is a member; read_only: the place let nothing be written, so that receipts have to go another
    way: by_hand is one for what lies there; not_permitted: so for want of a right; safe:
    whether everything recorded here is held there, proved; few_copies: files that were freed here
    and are not proved any more to be in as many other places as they must.
    """

    depot: str = ""
    sent: Amounts = field(default_factory=Amounts)
    received: Amounts = field(default_factory=Amounts)
    read_back: int = 0
    unpacked: int = 0
    packed: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)
    receipts: int = 0
    touched: set[tuple[str, str]] = field(default_factory=set)
    new_chain: bool = False
    rolled_back: bool = False
    lost: int = 0
    still_lost: int = 0
    differs: list[str] = field(default_factory=list)
    contradicted: set[str] = field(default_factory=set)
    files_left: int = 0
    ended: Revoked | None = None
    read_only: bool = False
    not_permitted: bool = False
    by_hand: Receipt | None = None
    safe: bool = False
    few_copies: int = 0
