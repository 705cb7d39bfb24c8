"""What the page of exchange lists: depots and what waits for each, what was put aside and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.vocabulary import Role
from inspector.operations.aside import put_aside
from inspector.operations.conflicts import count_conflicts
from inspector.operations.discretion import covert_now, in_sight
from inspector.operations.organisation import standing
from inspector.operations.standing import belongs, counted_at
from inspector.operations.syncing import known_depots, named_files
from inspector.storage import exchange
from inspector.storage.log_state import waiting_for_newer_version
from inspector.sync.depots import address as addresses
from inspector.sync.standing import Lacking, Standing, sizes_here

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Lang
    from inspector.operations.aside import Aside
    from inspector.operations.session import Session
    from inspector.storage.exchange import DepotRow


@dataclass(frozen=True, slots=True)
class KnownDepot:
    """A depot that was visited from here, or is to be.

    kind: folder, webdav, sftp, s3, or "" for an address that leads nowhere. place: where it is, as
    a person calls it. seen: when it was visited last (ms). visited: whether it ever was: one that
    was only added holds nothing of ours yet.
    """

    id: str
    name: str
    kind: str
    address: str
    place: str
    seen: int
    visited: bool


@dataclass(frozen=True, slots=True)
class ExchangeDesk:
    """How this workspace exchanges: organisation, depots, what to look at.

    belongs: whether it exchanges at all; everything else is empty otherwise. zone: of this device,
    minutes east of UTC. snapshots: whether this computer makes any. covert: a covert part is going
    on, so that nothing names a place. aside: without what its entries say. counted_at: as
    `standing.counted_at`.
    """

    belongs: bool
    name: str = ""
    space: str = ""
    depots: tuple[KnownDepot, ...] = ()
    aside: tuple[Aside, ...] = ()
    conflicts: int = 0
    newer: int = 0
    now: int = 0
    zone: int = 0
    snapshots: bool = False
    covert: bool = False
    counted_at: tuple[int, ...] = ()


def exchange_desk(session: Session, lang: Lang, *, all_aside: bool = False) -> ExchangeDesk:
    """Return how this workspace exchanges; `all_aside`: also what was put aside and judged."""
    if not belongs(session):
        return ExchangeDesk(belongs=False)
    stands, reading, db = standing(session), session.store.clock.read(), session.store.db
    return ExchangeDesk(
        belongs=True,
        name=stands.name,
        space=stands.space,
        depots=depots_in_sight(session),
        aside=tuple(put_aside(session, lang, all_of_them=all_aside, told=False)),
        conflicts=count_conflicts(session),
        newer=waiting_for_newer_version(db),
        now=reading.ms,
        zone=reading.zone,
        snapshots=stands.me is not None and Role.SNAPSHOTTER in stands.me.roles,
        covert=covert_now(session),
        counted_at=counted_at(session),
    )


def depots_in_sight(session: Session) -> tuple[KnownDepot, ...]:
    """Return the depots known here; none names a place while a covert part goes on."""
    return tuple(_known(session, row) for row in known_depots(session))


def _known(session: Session, row: DepotRow) -> KnownDepot:
    try:
        parsed = addresses.parse(row.address)
        kind, place = str(parsed.kind), parsed.place
    except MingchaError:
        kind, place = "", row.address
    return KnownDepot(
        id=row.id,
        name=in_sight(session, row.name),
        kind=kind,
        address=row.address,
        place=in_sight(session, place),
        seen=row.seen,
        visited=bool(exchange.held(session.store.db, row.id, exchange.STATEMENT)),
    )


def waiting_for(session: Session) -> Iterator[tuple[str, Lacking] | None]:
    """Yield, by depot, what it was not yet proved to hold of what is here.

    None is yielded where others may work in between.
    """
    store = session.store
    stands, wanted = Standing(store, session.blobs), (yield from named_files(session))
    here = yield from sizes_here(session.blobs, wanted)
    for row in stands.depots:
        entries = sum(
            max(0, n - stands.covered(row.id, log)) for log, n, _op in store.log.frontier() if n
        )
        held = exchange.held(store.db, row.id, exchange.FILE)
        lacking = [size for sha256, size in here.items() if sha256 not in held]
        yield row.id, Lacking(entries, len(lacking), sum(lacking))
