"""Sending the files that a depot does not provably hold, and the indexes that name their parts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.storage import exchange
from inspector.storage.exchange import Held
from inspector.sync import names, parts
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.depots.room import room_in
from inspector.sync.files import KILO, claims_of, fits, last_part, parts_of, pieces, row_of
from inspector.sync.invalid import InvalidObject
from inspector.sync.parts import Part, Parts
from inspector.sync.sealed import INDEX, PART, PART_BYTES
from inspector.sync.work import NoKey

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from inspector.storage.exchange import FileRow
    from inspector.sync.files import Wanted
    from inspector.sync.work import Work

#: Files, and bytes of them, after which an index is written: that much is sent again at most.
_FILES_PER_INDEX = 500
_BYTES_PER_INDEX = 64 << 20

# -- sending ---------------------------------------------------------------------------------


def send(work: Work, wanted: Wanted) -> Iterator[None]:
    """Send the files that are here and that the depot does not provably hold.

    One that does not fit, there or into the limits, is left; smaller ones after it may fit.
    """
    lacking = lacking_there(work, wanted)
    if not work.limits.files:
        for sha256, _size in lacking:
            work.leave(sha256)
        return
    work.progress.start(N_("Sending files, in kilobytes"), sum(size for _, size in lacking) // KILO)
    claims = exchange.files(work.store.db, work.id)
    # Facts and the head went or will go: for them a full medium keeps a reserve.
    size_since, room = 0, room_in(work.depot) if lacking else None
    for sha256, size in lacking:
        yield
        if not fits(work, size):
            work.progress.step(size // KILO)
            work.leave(sha256)
            continue
        if any(_is_there(work, sha256, row) for row in claims_of(work, claims, wanted, sha256)):
            work.progress.step(size // KILO)
            continue
        sent = None
        if room is None or room >= size:
            sent = yield from _send(work, sha256, size)
        work.progress.step(last_part(size) // KILO)
        if sent is None:
            # Only a smaller one can fit from now on.
            room = size - 1 if room is None else min(room, size - 1)
            work.leave(sha256)
            work.later("no_room")
            continue
        room = None if room is None else room - size
        size_since += sent
        if size_since >= _BYTES_PER_INDEX:
            yield from write_index(work)
            size_since = 0
    yield from write_index(work)


def lacking_there(work: Work, wanted: Wanted) -> list[tuple[str, int]]:
    """Return the files that are here and not proved to be in the depot, with their sizes."""
    held = exchange.held(work.store.db, work.id, exchange.FILE)
    sizes = ((sha256, work.blobs.size(sha256)) for sha256 in wanted if sha256 not in held)
    return [(sha256, size) for sha256, size in sizes if size is not None]


def _is_there(work: Work, sha256: str, row: FileRow) -> bool:
    """Read back a file that another device says it put there."""
    digest, before = hashlib.sha256(), work.done.received.bytes
    try:
        for piece in pieces(work, row):
            digest.update(piece)
    except (InvalidObject, Missing, NoKey):
        return False
    except DepotError as error:
        if error.trouble not in ("broken", "denied"):
            raise
        # It proves nothing, and stops nothing: the copy that is here is sent.
        work.later("unreadable")
        return False
    finally:
        work.done.read_back += work.done.received.bytes - before
        work.done.received.bytes = before
    sound = digest.hexdigest() == sha256
    with work.store.transaction():
        if sound:
            work.note(exchange.FILE, sha256, row.named_by, row.size)
        else:
            exchange.forget_claim(work.store.db, work.id, sha256, row.named_by)
    return sound


def _send(work: Work, sha256: str, size: int) -> Generator[None, None, int | None]:
    """Send the parts of a file; return its size, 0 if it was left, None if the depot is full.

    Between parts others may work, and a stop is heard: those that are there are not sent again.
    Raises DepotError when it is the depot that fails.
    """
    listed: list[Part] = []
    try:
        yield from _send_parts(work, sha256, size, listed)
    except DepotError as error:
        if error.trouble != "full":
            work.not_written(error)
            work.leave(sha256)
            return 0
        # Half a file helps nobody, and takes the room that a smaller one may need.
        _withdraw(work, sha256, listed)
        return None
    except MingchaError as error:
        # What is damaged here is told by `check`; it must keep no other file back.
        if error.code not in ("blob_damaged", "blob_missing"):
            raise
        work.later("file_damaged_here")
        _withdraw(work, sha256, listed)
        return 0
    file = row_of("", Parts(size, tuple(listed)))
    with work.store.transaction():
        exchange.add_files(work.store.db, work.id, {sha256: file})
        exchange.forget_sent_parts(work.store.db, work.id, sha256)
    work.done.sent.blobs += 1
    return size


def _send_parts(work: Work, sha256: str, size: int, listed: list[Part]) -> Iterator[None]:
    """Send the parts that are not there yet, in order, into `listed`."""
    digest, sent = hashlib.sha256(), _sent_before(work, sha256)
    with work.blobs.open(sha256) as file:
        while (piece := file.read(PART_BYTES)) or not listed:
            if listed:
                work.progress.step(PART_BYTES // KILO)
                yield
            digest.update(piece)
            number = len(listed)
            listed.append(sent.get(number) or _send_part(work, piece))
            if number not in sent and size > PART_BYTES:
                _note_part(work, sha256, number, listed[-1])
    if digest.hexdigest() != sha256:
        raise MingchaError("blob_damaged", sha256=sha256)


def _send_part(work: Work, piece: bytes) -> Part:
    sealed = work.seal(PART, piece)
    name = names.hash_of(sealed)
    work.write(names.part(work.space, name), sealed)
    return Part(name, len(sealed))


def _note_part(work: Work, sha256: str, number: int, part: Part) -> None:
    held = Held("", part.size, work.now())
    with work.store.transaction():
        exchange.note_sent_part(work.store.db, work.id, sha256, number, part.name, held)


def _sent_before(work: Work, sha256: str) -> dict[int, Part]:
    """Return the parts that a visit sent that was stopped, as far as they still lie there."""
    noted = exchange.sent_parts(work.store.db, work.id, sha256)
    places = {number: names.part(work.space, name) for number, (name, _) in noted.items()}
    folders = {place.rpartition("/")[0] for place in places.values()}
    there = {entry.name: entry.size for each in folders for entry in work.depot.entries(each)}
    parts = {number: Part(name, size) for number, (name, size) in noted.items()}
    return {n: part for n, part in parts.items() if there.get(places[n]) == part.size}


def _withdraw(work: Work, sha256: str, listed: Sequence[Part]) -> None:
    """Take away the parts of a file that does not get there whole.

    One that cannot be taken away now stays noted: the next visit uses it or takes it away. Raises
    DepotError when it is the depot that fails.
    """
    db = work.store.db
    noted = exchange.sent_parts(db, work.id, sha256)
    there = {number: (part.name, part.size) for number, part in enumerate(listed)} | noted
    for number, (name, size) in there.items():
        try:
            work.depot.remove(names.part(work.space, name))
        except DepotError as error:
            _note_part(work, sha256, number, Part(name, size))
            work.not_written(error)
            continue
        with work.store.transaction():
            exchange.forget_sent_part(db, work.id, name)


def write_index(work: Work) -> Iterator[None]:
    """Write an index of the files whose parts were sent and that are in none yet."""
    sent = {
        sha256: row
        for sha256, rows in exchange.files(work.store.db, work.id).items()
        for row in rows
        if not row.named_by
    }
    listed = sorted(sent)
    for start in range(0, len(listed), _FILES_PER_INDEX):
        chosen = {sha256: sent[sha256] for sha256 in listed[start : start + _FILES_PER_INDEX]}
        _write_index(work, chosen)
        yield


def _write_index(work: Work, chosen: Mapping[str, FileRow]) -> None:
    payload = parts.build(
        {sha256: Parts(row.size, tuple(parts_of(row))) for sha256, row in chosen.items()}
    )
    data = work.seal(INDEX, payload)
    name = names.index(work.space, names.hash_of(data))
    if not work.try_write(name, data):
        return
    with work.store.transaction():
        for sha256 in chosen:
            exchange.forget_claim(work.store.db, work.id, sha256, "")
        exchange.add_files(
            work.store.db,
            work.id,
            {sha256: row._replace(named_by=name) for sha256, row in chosen.items()},
        )
        work.note(exchange.INDEX, name, "", len(data))
        for sha256, row in chosen.items():
            work.note(exchange.FILE, sha256, name, row.size)


def proved(work: Work, wanted: Sequence[str]) -> bool:
    """Tell whether every one of these files that is here is proved to be in the depot."""
    return not lacking_there(work, dict.fromkeys(wanted))
