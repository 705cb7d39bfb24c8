"""Projecting a whole record: drafts, and what they leave over, stretch by stretch."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.garbage import no_circles
from inspector.domain.schema import KINDS
from inspector.storage.comparing import PROJECTED
from inspector.storage.drafting import Draft, Drafter
from inspector.storage.helper import Helper, HelperLost, packed, unpacked
from inspector.storage.indexing import in_bulk
from inspector.storage.problems import Problem
from inspector.storage.projection import Projector
from inspector.storage.structure import mend_indexes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector.base.progress import Progress
    from inspector.storage.connection import Database
    from inspector.storage.drafting import Trouble
    from inspector.storage.log import OperationLog, Stored

_LOG = logging.getLogger(__name__)

#: Operations and bytes of a stretch: bounds memory.
STRETCH = 2000
_STRETCH_BYTES = 4 << 20

#: Operations from which on a helper pays, and taking guards off.
MANY = 10_000


class Replayed(NamedTuple):
    """What replaying a record came to.

    newer: by chain, how many operations hold something that only a newer version knows.
    """

    problems: list[Problem]
    newer: dict[str, int]


@contextmanager
def reader(log: OperationLog) -> Iterator[Helper | None]:
    """Start what reads a long record while it is written; None where that does not pay.

    It is ready some tenths of a second later: there may be something else to do until then.
    """
    # Not counted: an index of the table may be damaged, and not be mended yet.
    if log.last_place() < MANY or _cores() == 1:
        yield None
        return
    with Helper() as helper:
        yield helper


def project_all(
    source: OperationLog, target: Database, helper: Helper | None, progress: Progress, label: str
) -> Replayed:
    """Apply every operation of `source` to the empty tables of `target`; broken ones are left.

    `target` may be the database of `source`. `helper` is a `reader` that has not read yet.
    """
    progress.start(label, source.count())
    if helper is not None:
        try:
            return _project(_helped(helper, stretches(source.rows())), source, target, progress)
        except HelperLost:
            # Whatever ended it, the work can be done without it, from the beginning.
            _LOG.warning("the helper is gone; the record is projected without one")
            clear(target)
            progress.start(label, source.count())
    return _project(_drafts(stretches(source.rows())), source, target, progress)


def _cores() -> int:
    """Return how many processor cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only some systems tell
        return os.cpu_count() or 1


def _project(
    drafts: Iterator[tuple[Sequence[Stored], Draft]],
    source: OperationLog,
    target: Database,
    progress: Progress,
) -> Replayed:
    problems: list[Problem] = []
    newer: dict[str, int] = {}
    with in_bulk(target) as index, no_circles():
        projector = Projector(target, source, index)
        for stretch, draft in drafts:
            twice = {each.place for each in draft.troubles if _is_twice(each, stretch, source)}
            for trouble in draft.troubles:
                again = [Problem("operation_twice", f"op {trouble.place}")]
                problems.extend(again if trouble.place in twice else trouble.problems)
            draft.refused.update(twice)
            projector.replay(stretch, draft)
            for log, count in draft.newer.items():
                newer[log] = newer.get(log, 0) + count
            progress.step(len(stretch))
    return Replayed(problems, newer)


def stretches(rows: Iterable[Stored]) -> Iterator[list[Stored]]:
    """Cut the rows of the log into stretches of bounded size."""
    stretch: list[Stored] = []
    size = 0
    for stored in rows:
        stretch.append(stored)
        size += len(stored.raw)
        if len(stretch) >= STRETCH or size > _STRETCH_BYTES:
            yield stretch
            stretch, size = [], 0
    if stretch:
        yield stretch


def _drafts(listed: Iterable[Sequence[Stored]]) -> Iterator[tuple[Sequence[Stored], Draft]]:
    drafter = Drafter()
    for stretch in listed:
        yield stretch, drafter.draft(stretch)
    yield (), drafter.end()


def _helped(
    helper: Helper, listed: Iterable[Sequence[Stored]]
) -> Iterator[tuple[Sequence[Stored], Draft]]:
    """Let the helper read the next stretch while the last one is written."""
    sent: Sequence[Stored] | None = None
    for stretch in chain(listed, [()]):
        message = packed(stretch)
        if sent is None:
            helper.send(message)
        else:
            answer = helper.receive()
            # It goes on before anything is done with what it gave.
            helper.send(message)
            yield sent, unpacked(answer)
        sent = stretch
    yield (), unpacked(helper.receive())


def _is_twice(trouble: Trouble, stretch: Sequence[Stored], log: OperationLog) -> bool:
    """Tell whether the operation is stored a second time, which is then left."""
    if not trouble.doubtful:
        return False
    [stored] = [each for each in stretch if each.place == trouble.place]
    return log.place(stored.id.hex()[:32]) != trouble.place


def clear(db: Database) -> None:
    """Empty the projected tables and the search index."""
    guarded = {
        table
        for (table,) in db.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")
    }
    for table in PROJECTED:
        if table not in guarded:
            db.execute(f'DELETE FROM "{table}"')  # SQLite need not look at the rows
            continue
        # In pieces, because SQLite holds all pages that one statement changes in memory. A row that
        # an index hides could not be taken out of it.
        mend_indexes(db, table)
        piece = (
            f'DELETE FROM "{table}" WHERE rowid IN (SELECT rowid FROM "{table}" LIMIT {STRETCH})'
        )
        while db.execute(piece).rowcount:
            continue
    db.execute("INSERT INTO search_index(search_index) VALUES('delete-all')")


@contextmanager
def unguarded(db: Database, log: OperationLog) -> Iterator[None]:
    """Take the guards off the projected tables while a long record is projected.

    They would ask for every row whether it is us. This happens inside of a transaction: nobody
    else can write meanwhile, and an error brings them back with everything else.
    """
    if log.count() < MANY:
        yield
        return
    marks = ", ".join("?" * len(KINDS))
    guards = db.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",
        tuple(KINDS),
    ).fetchall()
    for name, _sql in guards:
        db.execute(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in guards:
        db.execute(sql)
