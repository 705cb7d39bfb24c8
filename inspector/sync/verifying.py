"""Reading everything anew that a depot was once proved to hold: media forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.storage import exchange
from inspector.sync import names, sealed
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.files import note_read, part_names
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.sync.work import Work

_HASHED = (exchange.SEGMENT, exchange.STATEMENT, exchange.INDEX, exchange.THUMBS)


def verify(work: Work) -> Iterator[None]:
    """Compare every object with the hash in its name; what fails is held no more, and sent again.

    Raises DepotError when the place goes away.
    """
    db = work.store.db
    for kind in _HASHED:
        held = exchange.held(db, work.id, kind)
        work.progress.start(N_("Reading everything back"), len(held))
        lost = []
        for name in held:
            yield
            if not _is_sound(work, name):
                lost.append(name)
            work.progress.step()
        if lost:
            work.lost(kind, lost)
    envelopes = exchange.held(db, work.id, exchange.ENVELOPE)
    with work.store.transaction():
        exchange.forget_held(db, work.id, exchange.ENVELOPE, envelopes)


def verify_files(work: Work) -> Iterator[None]:
    """Compare the parts of files, once the indexes were read that name them.

    A file that no index names is not proved to be there, which is no loss. Raises DepotError.
    """
    held = exchange.held(work.store.db, work.id, exchange.FILE)
    claims = exchange.files(work.store.db, work.id)
    lost, unnamed = [], []
    work.progress.start(N_("Reading files back"), len(held))
    for sha256, each in held.items():
        yield
        rows = [row for row in claims.get(sha256, ()) if row.named_by == each.what]
        if not rows:
            unnamed.append(sha256)
        elif not all(_is_sound(work, name) for name in part_names(work, rows[0])):
            lost.append(sha256)
        else:
            with work.store.transaction():
                note_read(work, sha256, rows[0])
        work.progress.step()
    with work.store.transaction():
        exchange.forget_held(work.store.db, work.id, exchange.FILE, unnamed)
    if lost:
        work.lost(exchange.FILE, lost)


def _is_sound(work: Work, name: str) -> bool:
    try:
        names.require_bytes(name, work.depot.read(name, sealed.most_bytes(sealed.PART)))
    except Missing:
        return False
    except InvalidObject:
        # It cannot be what its name stands for, for nobody, and what is sent again gets another.
        try:
            work.depot.remove(name)
        except DepotError as error:
            if error.trouble == "away":
                raise
        return False
    except DepotError as error:
        if error.trouble == "away":
            raise
        return False
    return True
