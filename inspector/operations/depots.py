"""Depots themselves: setting up, checking, copying and mending them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.base.progress import SILENT, Progress
from inspector.base.steps import at_once
from inspector.operations.syncing import SyncReport, limits, sync_steps
from inspector.storage import exchange
from inspector.sync import mirror as mirroring
from inspector.sync import names, scrub
from inspector.sync.depots import marker
from inspector.sync.depots.protocol import Depot
from inspector.sync.inventory import Inventory
from inspector.sync.mirror import Mirrored
from inspector.sync.scrub import Problem, Scrubbed

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from inspector.base.clock import Clock
    from inspector.base.ids import Entropy
    from inspector.operations.session import Session

__all__ = ["Depot", "Mirrored", "Problem", "Scrubbed"]

#: What a scrub says of an object that the depot says it does not have, or does not give.
_GONE, _UNREADABLE = "missing", "unreadable"


@dataclass(slots=True)
class Repaired:
    """What mending came to.

    damaged: what was found wrong; restored: names whose very bytes were put back, from this
    workspace or another depot; sync: the visit that sent again what is here; left: what is still
    wrong, for another member to mend.
    """

    damaged: list[Problem] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    sync: SyncReport = field(default_factory=SyncReport)
    left: list[Problem] = field(default_factory=list)


def init_depot(depot: Depot, entropy: Entropy) -> str:
    """Set a place up for exchange and return its new id.

    Raises MingchaError: depot_exists, depot_newer, DepotError.
    """
    return marker.init(depot, entropy).depot


def check_depot(
    depot: Depot,
    clock: Clock,
    progress: Progress = SILENT,
    *,
    everything: bool = False,
    done: Scrubbed | None = None,
    session: Session | None = None,
) -> Scrubbed:
    """Read today's hundredth of a depot, or everything, and return what is wrong; no key needed.

    With the `session` of a member also what should be there and is not. May be stopped anywhere,
    `done` then holds how far it came. Raises MingchaError: depot_unmarked, depot_newer, DepotError.
    """
    done = done or Scrubbed()
    for _ in check_steps(depot, clock, progress, everything, done, session):
        pass
    return done


def check_steps(
    depot: Depot,
    clock: Clock,
    progress: Progress,
    everything: bool,
    done: Scrubbed,
    session: Session | None,
) -> Iterator[None]:
    """Do `check_depot` in steps between which others may work on the same thread."""
    chosen = scrub.everything if everything else scrub.of_day(clock.read().ms)
    yield from scrub.scrub(depot, chosen, progress, done)
    if session is not None and session.store.membership.org:
        yield from _miss(session, depot, done)


def _miss(session: Session, depot: Depot, done: Scrubbed) -> Generator[None, None, Inventory]:
    inventory = Inventory(session.store, depot, done.depot)
    yield from inventory.take()
    told = {problem.where for problem in done.problems}
    done.problems += [Problem(_GONE, name) for name in sorted(inventory.missing - told)]
    done.compared = True
    return inventory


def mirror_depots(
    source: Depot,
    target: Depot,
    progress: Progress = SILENT,
    *,
    verify: bool = False,
    done: Mirrored | None = None,
) -> Mirrored:
    """Copy what a depot lacks of another, verified; no key needed. May be stopped anywhere.

    Raises MingchaError: depot_same, depot_unmarked, depot_newer, DepotError.
    """
    done = done or Mirrored()
    for _ in mirroring.mirror(source, target, progress, done, verify=verify):
        pass
    return done


def repair_depot(
    session: Session, depot: Depot, other: Depot | None = None, progress: Progress = SILENT
) -> Repaired:
    """Mend a depot from what this workspace holds and, if given, from another depot.

    Objects whose bytes are here or there are put back as they were. Files and the rest are sealed
    anew and sent again under other names by a visit that reads everything back. Raises what
    `sync` and `check_depot` raise.
    """
    return at_once(repair_steps(session, depot, other, progress))


def repair_steps(
    session: Session, depot: Depot, other: Depot | None = None, progress: Progress = SILENT
) -> Generator[None, None, Repaired]:
    """Do `repair_depot` in steps between which others may work on the same thread."""
    done, found = Repaired(), Scrubbed()
    yield from scrub.scrub(depot, scrub.everything, progress, found)
    before = yield from _miss(session, depot, found)
    done.damaged = list(found.problems)
    damaged = {problem.where for problem in found.problems}
    yield from _put_back(session, depot, damaged, done)
    if other is not None:
        yield from _copy_back(other, depot, damaged - {*done.restored}, progress, done)
    held = _held_here(session, found.depot)
    if done.restored:
        _read_indexes_again(session, found.depot)
    yield from sync_steps(
        session, depot, progress, limits=limits(verify=True), expected=found.depot, report=done.sync
    )
    again = Scrubbed()
    yield from scrub.scrub(depot, damaged.__contains__, progress, again)
    after = yield from _miss(session, depot, again)
    # What was in it is there once more, under another name, and was read back.
    in_vain = held if done.sync.done.safe else set()
    wanted = yield from _take_away_broken(depot, before, after)
    yield from _take_away_useless(depot, again.problems, in_vain, wanted, done)
    return done


def _take_away_broken(
    depot: Depot, before: Inventory, after: Inventory
) -> Generator[None, None, set[str]]:
    """Take away the snapshots that lack packs; return the packs that those lack which stay.

    Who begins with such a snapshot reads the rest in segments, which lie there. It must have lacked
    them before the visit too – somebody may be writing it – and each must be gone by name: a
    listing leaves out what may not be listed.
    """
    wanted: set[str] = set()
    for name, packs in sorted(after.broken.items()):
        yield
        if name in before.broken and all(_wrong_with(depot, pack) == _GONE for pack in packs):
            depot.remove(name)
        else:
            wanted |= packs
    return wanted


def _take_away_useless(
    depot: Depot, problems: Iterable[Problem], in_vain: set[str], wanted: set[str], done: Repaired
) -> Iterator[None]:
    """Take away what is of no use to anybody, as it is found now, and note what is left."""
    for problem in problems:
        yield
        wrong = _wrong_with(depot, problem.where)
        if wrong is None:
            # Not listed to us, or mended by somebody meanwhile.
            continue
        useless = problem.where in in_vain
        if names.is_of_snapshot(problem.where) and problem.where not in wanted:
            # What snapshots hold lies there anyhow. One that may only not be read serves others.
            useless = useless or wrong != _UNREADABLE
        if not useless or (problem.code == _GONE and wrong != _GONE):
            done.left.append(problem)
        elif wrong != _GONE:
            depot.remove(problem.where)


def _wrong_with(depot: Depot, name: str) -> str | None:
    """Return what is wrong with an object that is read by its name, None if nothing is."""
    found = Scrubbed()
    scrub.look_at(depot, name, found)
    return next((problem.code for problem in found.problems), None)


def _held_here(session: Session, depot: str) -> set[str]:
    """Return the names of the objects in a depot whose contents are here as well."""
    store = session.store
    found: set[str] = set()
    for kind in (exchange.SEGMENT, exchange.STATEMENT, exchange.INDEX, exchange.THUMBS):
        found |= exchange.held(store.db, depot, kind).keys()
    for sha256, rows in exchange.files(store.db, depot).items():
        for row in rows if session.blobs.size(sha256) is not None else ():
            found |= {names.part(store.space, name) for name, _size in json.loads(row.parts)}
    return found


def _read_indexes_again(session: Session, depot: str) -> None:
    """Files that could not be had before are looked for anew where something was put back."""
    db = session.store.db
    with session.store.transaction():
        exchange.forget_held(db, depot, exchange.INDEX, exchange.held(db, depot, exchange.INDEX))


def _put_back(session: Session, depot: Depot, damaged: set[str], done: Repaired) -> Iterator[None]:
    """Segments are kept here byte for byte as they were received or written."""
    store = session.store
    for row in exchange.segments(store.db):
        name = names.segment(store.space, row.log, row.name)
        if name in damaged:
            yield
            depot.write(name, exchange.segment_bytes(store.db, row.id))
            done.restored.append(name)


def _copy_back(
    other: Depot, depot: Depot, lacking: set[str], progress: Progress, done: Repaired
) -> Iterator[None]:
    wanted = {
        entry.name: entry.size for entry in other.entries("sp", below=True) if entry.name in lacking
    }
    copied = Mirrored()
    yield from mirroring.copy(other, depot, wanted, progress, copied)
    refused = {problem.where for problem in copied.problems}
    done.restored += sorted(wanted.keys() - refused)
