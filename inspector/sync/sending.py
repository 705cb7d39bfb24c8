"""Sending the files that a depot does not provably hold, and the indexes that name their parts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.storage import exchange
from inspector.storage.exchange import Held
from inspector.sync import names, parts
from inspector.sync.depots.protocol import DepotError, Missing, Sweepable
from inspector.sync.depots.room import room_in
from inspector.sync.files import (
    KILO,
    claims_of,
    fits,
    last_part,
    note_read,
    parts_of,
    pieces,
    row_of,
)
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
#: Bytes of small files that are sent together, and how many of them: each is open meanwhile, and
#: some systems let a program open 256.
_TOGETHER = 2 * PART_BYTES
_LEAST_TOGETHER, _MOST_TOGETHER = 2, 100
_DAMAGED_HERE = frozenset({"blob_damaged", "blob_missing"})

# -- sending ---------------------------------------------------------------------------------


def send(work: Work, wanted: Wanted) -> Iterator[None]:
    """Send the files that are here and that the depot does not provably hold.

    One that does not fit, there or into the limits, is left; smaller ones after it may fit.
    """
    _take_away_cut_off(work)
    lacking = lacking_there(work, wanted)
    if not work.limits.files:
        for sha256, _size in lacking:
            work.leave(sha256)
        return
    work.progress.start(N_("Sending files, in kilobytes"), sum(size for _, size in lacking) // KILO)
    # Facts and the head went or will go: for them a full medium keeps a reserve.
    sending = _Sending(work, wanted, room_in(work.depot) if lacking else None)
    for batch in _batches(lacking):
        yield
        if not sending.together(batch):
            for sha256, size in batch:
                yield
                yield from sending.one(sha256, size)
        yield from sending.index_if_due()
    yield from write_index(work)


def _batches(lacking: Sequence[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Yield the files in order, those that are small together."""
    batch: list[tuple[str, int]] = []
    total = 0
    for sha256, size in lacking:
        if batch and (total + size > _TOGETHER or len(batch) == _MOST_TOGETHER):
            yield batch
            batch, total = [], 0
        batch.append((sha256, size))
        total += size
    if batch:
        yield batch


class _Sending:
    """Sends the files of one visit; `room`: for how many bytes there is room, None if unknown."""

    def __init__(self, work: Work, wanted: Wanted, room: int | None) -> None:
        self._work = work
        self._wanted = wanted
        self._room = room
        self._claims = exchange.files(work.store.db, work.id)
        self._since_index = 0

    def together(self, batch: Sequence[tuple[str, int]]) -> bool:
        """Send small files together; False if each must be sent, or left, for itself."""
        work, total = self._work, sum(size for _, size in batch)
        if (
            len(batch) < _LEAST_TOGETHER
            or max(size for _, size in batch) > PART_BYTES
            or not fits(work, total)
            or (self._room is not None and self._room < total)
            or any(self._claimed(sha256) for sha256, _size in batch)
            or not _send_together(work, batch)
        ):
            return False
        work.progress.step(sum(size // KILO for _, size in batch))
        self._went(total)
        return True

    def one(self, sha256: str, size: int) -> Iterator[None]:
        """Send a file unless it is there or does not fit."""
        work = self._work
        if not fits(work, size):
            work.progress.step(size // KILO)
            work.leave(sha256)
            return
        if any(_is_there(work, sha256, row) for row in self._claimed(sha256)):
            work.progress.step(size // KILO)
            return
        sent = None
        if self._room is None or self._room >= size:
            sent = yield from _send(work, sha256, size)
        work.progress.step(last_part(size) // KILO)
        if sent is None:
            # Only a smaller one can fit from now on.
            self._room = size - 1 if self._room is None else min(self._room, size - 1)
            work.leave(sha256)
            work.later("no_room")
            return
        self._went(sent)

    def index_if_due(self) -> Iterator[None]:
        """Write an index once so much was sent that it should not be sent again."""
        if self._since_index >= _BYTES_PER_INDEX:
            yield from write_index(self._work)
            self._since_index = 0

    def _went(self, size: int) -> None:
        self._room = None if self._room is None else self._room - size
        self._since_index += size

    def _claimed(self, sha256: str) -> list[FileRow]:
        return claims_of(self._work, self._claims, self._wanted, sha256)


def _send_together(work: Work, batch: Sequence[tuple[str, int]]) -> bool:
    """Send files of one part each, durable together; False if that failed and nothing is noted.

    Making every single one durable takes most of the time. Raises DepotError when the place goes
    away.
    """
    objects, rows = [], {}
    for sha256, size in batch:
        try:
            data = work.seal(PART, work.blobs.read(sha256))
        except MingchaError as error:
            if error.code not in _DAMAGED_HERE:
                raise
            return False
        part = Part(names.hash_of(data), len(data))
        objects.append((names.part(work.space, part.name), data))
        rows[sha256] = row_of("", Parts(size, (part,)))
    db, laid = work.store.db, [parts_of(row)[0].name for row in rows.values()]
    with work.store.transaction():
        exchange.note_laying(db, work.id, laid)
    try:
        work.write_all(objects)
    except DepotError as error:
        if error.trouble == "away":
            raise
        for sha256, row in rows.items():
            _take_away(work, sha256, 0, parts_of(row)[0])
        with work.store.transaction():
            exchange.forget_laying(db, work.id, laid)
        return False
    with work.store.transaction():
        exchange.add_files(db, work.id, rows)
        exchange.forget_laying(db, work.id, laid)
    work.done.sent.blobs += len(batch)
    return True


def _take_away_cut_off(work: Work) -> None:
    """Take away what a batch left there that a power cut or a pulled stick ended.

    Only what this computer noted as its own. A part that any index names stays: the disk of this
    computer may have been taken back to before the end of a batch. While something there could
    not be read, an index may be among it. Where nothing may be taken away, nothing is asked twice,
    and what can be written goes all the same.
    """
    db = work.store.db
    laid = exchange.laying(db, work.id)
    if not laid or work.done.waiting:
        return
    claimed = {
        part.name
        for rows in exchange.files(db, work.id).values()
        for row in rows
        for part in parts_of(row)
    }
    gone = laid & claimed
    for name in sorted(laid - claimed):
        place = names.part(work.space, name)
        try:
            work.depot.remove(place)
            if isinstance(work.depot, Sweepable):
                work.depot.sweep(place)
        except DepotError as error:
            if error.trouble == "denied":
                break
            work.not_written(error)
            continue
        gone.add(name)
    with work.store.transaction():
        exchange.forget_laying(db, work.id, gone)


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
            note_read(work, sha256, row)
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
        if error.code not in _DAMAGED_HERE:
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
    """Take away the parts of a file that does not get there whole. Raises DepotError as below."""
    noted = exchange.sent_parts(work.store.db, work.id, sha256)
    there = {number: (part.name, part.size) for number, part in enumerate(listed)} | noted
    for number, (name, size) in there.items():
        _take_away(work, sha256, number, Part(name, size))


def _take_away(work: Work, sha256: str, number: int, part: Part) -> None:
    """Take a part of a file away.

    One that cannot be taken away now stays noted: the next visit uses it or takes it away. Raises
    DepotError when it is the depot that fails.
    """
    try:
        work.depot.remove(names.part(work.space, part.name))
    except DepotError as error:
        _note_part(work, sha256, number, part)
        work.not_written(error)
        return
    with work.store.transaction():
        exchange.forget_sent_part(work.store.db, work.id, part.name)


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
