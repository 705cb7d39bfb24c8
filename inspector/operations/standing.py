"""Where things are: only here, written to a medium and verified, received by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.steps import at_once
from inspector.domain.entities import Evidence, Seal
from inspector.operations.discretion import in_sight
from inspector.operations.syncing import named_files
from inspector.storage import aside as aside_table
from inspector.storage import exchange
from inspector.sync.standing import Lacking, Standing

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from inspector.operations.session import Session
    from inspector.storage.aside import Quarantined

__all__ = ["Lacking"]


@dataclass(frozen=True, slots=True)
class Written:
    """A depot that was proved to hold all entries of a visit, or lacks some of its files."""

    depot: str
    name: str
    files_lacking: int


@dataclass(frozen=True, slots=True)
class Received:
    """Who acknowledged a visit with a receipt that the device signed; files still lacking there."""

    person: str
    name: str
    files_lacking: int


@dataclass(frozen=True, slots=True)
class VisitPlace:
    """Where a visit is besides here. Both are empty for who never exchanged anything."""

    written: tuple[Written, ...] = ()
    received: tuple[Received, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A chain that acknowledged another's entries up to a place; names of their people."""

    by: str
    by_person: str
    by_name: str
    log: str
    log_name: str
    n: int


def belongs(session: Session) -> bool:
    """Tell whether this workspace exchanges anything with anybody."""
    return bool(session.store.membership.org)


def waiting(session: Session) -> Lacking:
    """Return what is only on this computer: in no depot, and acknowledged by nobody."""
    return at_once(waiting_steps(session))


def waiting_steps(session: Session) -> Generator[None, None, Lacking]:
    """Do `waiting` in steps between which others may work on the same thread."""
    wanted = yield from named_files(session)
    return (yield from Standing(session.store, session.blobs).lacking_steps(wanted))


def counted_at(session: Session) -> tuple[int, ...]:
    """Return what stays the same as long as `waiting` does: entries, and what depots hold."""
    return session.store.log.last_place(), *exchange.held_state(session.store.db)


def places_of(session: Session, visits: Iterable[str]) -> dict[str, VisitPlace]:
    """Return where these visits are besides here, from one look at tables and receipts."""
    if not belongs(session):
        return {visit: VisitPlace() for visit in visits}
    return dict(place_steps(session, visits))


def place_steps(session: Session, visits: Iterable[str]) -> Iterator[tuple[str, VisitPlace]]:
    """Yield the same visit by visit, so that others may work in between."""
    standing = Standing(session.store, session.blobs)
    for visit in visits:
        yield visit, _place(session, standing, visit)


def places_in_sight(session: Session, visits: Iterable[str]) -> Iterator[tuple[str, VisitPlace]]:
    """Yield the same as `place_steps` for screens: no medium names a place while one is covert."""
    names = {row.name: in_sight(session, row.name) for row in exchange.depots(session.store.db)}
    for visit, place in place_steps(session, visits):
        written = tuple(replace(each, name=names[each.name]) for each in place.written)
        yield visit, replace(place, written=written)


def _place(session: Session, standing: Standing, visit: str) -> VisitPlace:
    store = session.store
    files = {each.sha256 for each in store.select(Evidence, "visit = ? AND void IS NULL", visit)}
    for seal in store.select(Seal, "visit = ?", visit):
        files |= {seal.manifest, seal.record}
    erased = {row[0] for row in store.db.execute("SELECT sha256 FROM erasure WHERE void IS NULL")}
    found = standing.of_visit(visit, files - erased - {""})
    roster = store.membership.roster()
    received: dict[str, Received] = {}
    for each in found.received:
        device = roster.device(each.log)
        if device is not None:
            known = received.get(device.person)
            if known is None or each.files_lacking < known.files_lacking:
                received[device.person] = Received(device.person, device.name, each.files_lacking)
    written = tuple(
        Written(each.depot.id, each.depot.name, each.files_lacking)
        for each in found.depots
        if each.entries
    )
    return VisitPlace(written, tuple(received.values()))


def receipts(session: Session) -> list[ReceiptRow]:
    """Return who acknowledged whose entries, and how far."""
    roster = session.store.membership.roster()
    rows = []
    for log, places in sorted(Standing(session.store, session.blobs).receipts.chains.items()):
        author = roster.device(log)
        for by, n in sorted(places.items()):
            device = roster.device(by)
            if device is not None:
                name = author.name if author else ""
                rows.append(ReceiptRow(by, device.person, device.name, log, name, n))
    return rows


def quarantine(session: Session, *, all_of_them: bool = False) -> list[Quarantined]:
    """Return what was put aside and waits for a person, or all that ever was."""
    return aside_table.quarantined(session.store.db, all_of_them=all_of_them)
