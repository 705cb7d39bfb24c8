"""Files: fetching those that lack here, and sending those that lack there.

Files go after facts, the weightiest first. A file is fetched part by part and takes its place only
when its bytes have the SHA-256 that the record names.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.ledger import canonical
from inspector.storage import exchange
from inspector.storage.exchange import FileRow
from inspector.sync import names, parts
from inspector.sync.depots.protocol import Missing
from inspector.sync.depots.room import room_in
from inspector.sync.invalid import InvalidObject
from inspector.sync.parts import Part, Parts
from inspector.sync.sealed import INDEX, PART, PART_BYTES
from inspector.sync.work import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inspector.sync.work import Work

#: Files, and bytes of them, after which an index is written: that much is sent again at most.
_FILES_PER_INDEX = 500
_BYTES_PER_INDEX = 64 << 20

#: Files that the record names, the weightiest first, with their sizes where they are known.
Wanted = dict[str, int | None]

KILO = 1024


def receive_indexes(work: Work) -> Iterator[None]:
    """Read which files the depot says it holds."""
    listed = work.listing(exchange.INDEX, names.folder(work.space, names.INDEXES))
    known = exchange.held(work.store.db, work.id, exchange.INDEX)
    for name in sorted(listed.keys() - known.keys()):
        yield
        if not work.skipped(name):
            with work.tolerant(name):
                _take_index(work, name)


def miss_parts(work: Work) -> None:
    """Note which files the depot does not hold whole any more, where that can be seen at once.

    They are sent again. Where it would take a request for each folder, `verify` looks.
    """
    known = exchange.files(work.store.db, work.id)
    if not known or not work.depot.lists_at_once:
        return
    folder = names.folder(work.space, names.PARTS)
    there = {each.name: each.size for each in work.depot.entries(folder, below=True)}
    gone = [
        sha256
        for sha256, row in known.items()
        if any(there.get(names.part(work.space, each.name)) != each.size for each in _parts(row))
    ]
    if gone:
        held = exchange.held(work.store.db, work.id, exchange.FILE)
        work.done.rolled_back = work.done.rolled_back or not held.keys().isdisjoint(gone)
        with work.store.transaction():
            _doubt(work, gone, [known[each].named_by for each in gone])


def _doubt(work: Work, sha256s: Sequence[str], indexes: Sequence[str]) -> None:
    """Note that files are not there as indexes say, which are read again in the next visit."""
    exchange.forget_files(work.store.db, work.id, sha256s)
    exchange.forget_held(work.store.db, work.id, exchange.INDEX, indexes)


def _take_index(work: Work, name: str) -> None:
    data, payload = work.read(name, INDEX)
    listed = {sha256: _row(name, file) for sha256, file in parts.parse(payload).items()}
    with work.store.transaction():
        exchange.add_files(work.store.db, work.id, listed)
        work.note(exchange.INDEX, name, "", len(data))


def _row(index: str, file: Parts) -> FileRow:
    listed = [[part.name, part.size] for part in file.parts]
    return FileRow(file.size, index, canonical.encode(listed).decode())


def _parts(row: FileRow) -> list[Part]:
    return [Part(name, size) for name, size in json.loads(row.parts)]


# -- fetching --------------------------------------------------------------------------------


def receive(work: Work, wanted: Wanted) -> Iterator[None]:
    """Fetch the files that are not here and that the depot says it holds."""
    there = exchange.files(work.store.db, work.id)
    lacking = [sha256 for sha256 in wanted if work.blobs.size(sha256) is None]
    found = [
        sha256 for sha256 in lacking if sha256 in there and _fits_record(there, wanted, sha256)
    ]
    if not work.limits.files:
        work.done.files_left += len(found)
        return
    work.progress.start(
        N_("Receiving files, in kilobytes"), sum(there[each].size for each in found) // KILO
    )
    for at, sha256 in enumerate(found):
        yield
        if not _fits(work, there[sha256].size):
            work.done.files_left += len(found) - at
            return
        with work.tolerant(FILE + sha256):
            _fetch(work, sha256, there[sha256])
        work.progress.step(there[sha256].size // KILO)


def _fits_record(there: Mapping[str, FileRow], wanted: Wanted, sha256: str) -> bool:
    """Tell whether an index names a file of the size that the record has of it, if it has one."""
    return wanted[sha256] in (None, there[sha256].size)


def _fits(work: Work, size: int) -> bool:
    most = work.limits.max_bytes
    return most is None or work.done.sent.bytes + work.done.received.bytes + size <= most


def _fetch(work: Work, sha256: str, row: FileRow) -> None:
    try:
        work.blobs.add_stream(_Proved(_pieces(work, row), sha256))
    except (InvalidObject, Missing):
        # The index says what is not so, or its parts have not come yet: it is read again in the
        # next visit, and whoever has the file sends it again.
        with work.store.transaction():
            _doubt(work, [sha256], [row.named_by])
        raise
    with work.store.transaction():
        work.note(exchange.FILE, sha256, row.named_by, row.size)
    work.heal(FILE + sha256)
    work.done.received.blobs += 1
    work.files_arrived.append(sha256)


def _pieces(work: Work, row: FileRow) -> Iterator[bytes]:
    for part in _parts(row):
        _data, payload = work.read(names.part(work.space, part.name), PART)
        yield payload


class _Proved:
    """A stream that ends in an error unless its bytes have the SHA-256 that was named."""

    def __init__(self, pieces: Iterator[bytes], sha256: str) -> None:
        self._pieces = pieces
        self._sha256 = sha256
        self._hash = hashlib.sha256()
        self._rest = b""

    def read(self, count: int, /) -> bytes:
        """Return at most `count` more bytes. Raises InvalidObject at a wrong end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                if self._hash.hexdigest() != self._sha256:
                    raise InvalidObject("root", "the parts are not the file")
                return b""
            self._hash.update(piece)
            self._rest = piece
        given, self._rest = self._rest[:count], self._rest[count:]
        return given


# -- sending ---------------------------------------------------------------------------------


def send(work: Work, wanted: Wanted) -> Iterator[None]:
    """Send the files that are here and that the depot does not provably hold."""
    lacking = lacking_there(work, wanted)
    if not work.limits.files:
        work.done.files_left += len(lacking)
        return
    work.progress.start(N_("Sending files, in kilobytes"), sum(size for _, size in lacking) // KILO)
    claimed = exchange.files(work.store.db, work.id)
    # Facts and the head went or will go: for them a full medium keeps a reserve.
    size_since, room = 0, room_in(work.depot) if lacking else None
    for at, (sha256, size) in enumerate(lacking):
        yield
        if not _fits(work, size):
            work.done.files_left += len(lacking) - at
            break
        row = claimed.get(sha256)
        if row is None or not row.named_by or not _is_there(work, sha256, row):
            if room is not None and room < size:
                work.done.files_left += len(lacking) - at
                work.later("no_room", len(lacking) - at)
                break
            room = None if room is None else room - size
            size_since += _send(work, sha256)
            if size_since >= _BYTES_PER_INDEX:
                yield from write_index(work)
                size_since = 0
        work.progress.step(size // KILO)
    yield from write_index(work)


def lacking_there(work: Work, wanted: Wanted) -> list[tuple[str, int]]:
    """Return the files that are here and not proved to be in the depot, with their sizes."""
    held = exchange.held(work.store.db, work.id, exchange.FILE)
    sizes = ((sha256, work.blobs.size(sha256)) for sha256 in wanted if sha256 not in held)
    return [(sha256, size) for sha256, size in sizes if size is not None]


def _is_there(work: Work, sha256: str, row: FileRow) -> bool:
    """Read back a file that another device says it put there."""
    digest = hashlib.sha256()
    try:
        for piece in _pieces(work, row):
            digest.update(piece)
    except (InvalidObject, Missing):
        digest = hashlib.sha256()
    sound = digest.hexdigest() == sha256
    with work.store.transaction():
        if sound:
            work.note(exchange.FILE, sha256, row.named_by, row.size)
        else:
            exchange.forget_files(work.store.db, work.id, [sha256])
    return sound


def _send(work: Work, sha256: str) -> int:
    """Send the parts of a file; return its size, 0 if it cannot be read here."""
    try:
        file = _sent_parts(work, sha256)
    except MingchaError as error:
        # What is damaged here is told by `check`; it must keep no other file back.
        if error.code not in ("blob_damaged", "blob_missing"):
            raise
        work.later("file_damaged_here")
        return 0
    with work.store.transaction():
        exchange.forget_files(work.store.db, work.id, [sha256])
        exchange.add_files(work.store.db, work.id, {sha256: _row("", file)})
    work.done.sent.blobs += 1
    return file.size


def _sent_parts(work: Work, sha256: str) -> Parts:
    digest, size = hashlib.sha256(), 0
    listed: list[Part] = []
    with work.blobs.open(sha256) as file:
        while (piece := file.read(PART_BYTES)) or not listed:
            digest.update(piece)
            size += len(piece)
            sealed = work.seal(PART, piece)
            name = names.hash_of(sealed)
            work.write(names.part(work.space, name), sealed)
            listed.append(Part(name, len(sealed)))
    if digest.hexdigest() != sha256:
        raise MingchaError("blob_damaged", sha256=sha256)
    return Parts(size, tuple(listed))


def write_index(work: Work) -> Iterator[None]:
    """Write an index of the files whose parts were sent and that are in none yet."""
    sent = {
        sha256: row
        for sha256, row in exchange.files(work.store.db, work.id).items()
        if not row.named_by
    }
    listed = sorted(sent)
    for start in range(0, len(listed), _FILES_PER_INDEX):
        chosen = {sha256: sent[sha256] for sha256 in listed[start : start + _FILES_PER_INDEX]}
        _write_index(work, chosen)
        yield


def _write_index(work: Work, chosen: Mapping[str, FileRow]) -> None:
    payload = parts.build(
        {sha256: Parts(row.size, tuple(_parts(row))) for sha256, row in chosen.items()}
    )
    data = work.seal(INDEX, payload)
    name = names.index(work.space, names.hash_of(data))
    work.write(name, data)
    with work.store.transaction():
        exchange.forget_files(work.store.db, work.id, chosen)
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


def part_names(work: Work, row: FileRow) -> list[str]:
    """Return the names of the parts of a file."""
    return [names.part(work.space, part.name) for part in _parts(row)]
