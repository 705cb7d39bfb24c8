"""Files: what the indexes of a depot say of them, and fetching those that lack here.

Files go after facts, the weightiest first. A file is fetched part by part and takes its place only
when its bytes have the SHA-256 that the record names.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.ledger import canonical
from inspector.storage import exchange
from inspector.storage.exchange import FileRow
from inspector.sync import names, parts
from inspector.sync.arriving import Arriving
from inspector.sync.copies import freed_here
from inspector.sync.depots.protocol import Missing
from inspector.sync.depots.room import RESERVE
from inspector.sync.invalid import InvalidObject
from inspector.sync.parts import Part
from inspector.sync.sealed import INDEX, PART, PART_BYTES
from inspector.sync.work import FILE, NoKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inspector.sync.parts import Parts
    from inspector.sync.work import Work

#: Files that the record names, the weightiest first, with their sizes where they are known.
Wanted = dict[str, int | None]

KILO = 1024

#: Folders of parts that one visit lists where each of them takes a request.
_FOLDERS_LISTED = 4
#: The code of parts that are sound and not the file they were named for.
NOT_THE_FILE = "root"
#: Why this computer could not keep a file: it does not fit, whatever else does.
_NOT_STORED = frozenset({"disk_full", "blob_write_failed"})


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
    """Note which files the depot does not hold whole; they are sent again.

    Where it would take a request for each folder, only a few are looked at in each visit, the next
    ones each time. What indexes say is kept: parts that are on their way may come yet.
    """
    claims = exchange.files(work.store.db, work.id)
    if not claims:
        return
    there = _listed_parts(work, claims)
    work.absent = {
        (sha256, row.named_by)
        for sha256, listed in claims.items()
        for row in listed
        if any(_is_absent(work, there, each) for each in parts_of(row))
    }
    held = exchange.held(work.store.db, work.id, exchange.FILE)
    gone = [sha256 for sha256, each in held.items() if (sha256, each.what) in work.absent]
    if gone:
        work.lost(exchange.FILE, gone)


def _listed_parts(work: Work, claims: Mapping[str, Sequence[FileRow]]) -> dict[str, dict[str, int]]:
    """Return the parts that lie in the folders looked at, by folder, with their sizes."""
    folder = names.folder(work.space, names.PARTS)
    named = (part for rows in claims.values() for row in rows for part in parts_of(row))
    wanted = sorted({_folder_of(work, each) for each in named})
    there: dict[str, dict[str, int]] = {each: {} for each in wanted}
    if work.depot.lists_at_once:
        for entry in work.depot.entries(folder, below=True):
            there.setdefault(entry.name.rpartition("/")[0], {})[entry.name] = entry.size
        return there
    setting = f"parts_listed:{work.id}"
    last = work.store.local(setting) or ""
    chosen = [*(each for each in wanted if each > last), *wanted][
        : min(_FOLDERS_LISTED, len(wanted))
    ]
    work.store.set_local(setting, chosen[-1])
    return {each: {entry.name: entry.size for entry in work.depot.entries(each)} for each in chosen}


def _folder_of(work: Work, part: Part) -> str:
    return names.part(work.space, part.name).rpartition("/")[0]


def _is_absent(work: Work, there: Mapping[str, Mapping[str, int]], part: Part) -> bool:
    listed = there.get(_folder_of(work, part))
    return listed is not None and listed.get(names.part(work.space, part.name)) != part.size


def _take_index(work: Work, name: str) -> None:
    data, payload = work.read(name, INDEX)
    listed = {sha256: row_of(name, file) for sha256, file in parts.parse(payload).items()}
    with work.store.transaction():
        exchange.add_files(work.store.db, work.id, listed)
        work.note(exchange.INDEX, name, "", len(data))


def row_of(index: str, file: Parts) -> FileRow:
    """Return what is noted of a file that `index` names."""
    listed = [[part.name, part.size] for part in file.parts]
    return FileRow(file.size, index, canonical.encode(listed).decode())


def parts_of(row: FileRow) -> list[Part]:
    return [Part(name, size) for name, size in json.loads(row.parts)]


# -- fetching --------------------------------------------------------------------------------


def receive(work: Work, wanted: Wanted) -> Iterator[None]:
    """Fetch the files that are not here and that the depot says it holds.

    One that does not fit, here or into the limits, is left; smaller ones after it may fit. What was
    freed here is fetched if somebody asked for it, and then before anything else.
    """
    there = exchange.files(work.store.db, work.id)
    asked = exchange.asked_for(work.store.db)
    resting = freed_here(work.store) - asked
    lacking = [each for each in wanted if each not in resting and work.blobs.size(each) is None]
    lacking.sort(key=lambda each: each not in asked)
    found = {sha256: claims_of(work, there, wanted, sha256) for sha256 in lacking}
    found = {sha256: rows for sha256, rows in found.items() if rows}
    if not work.limits.files:
        for sha256 in found:
            work.leave(sha256)
        return
    work.progress.start(
        N_("Receiving files, in kilobytes"), sum(rows[0].size for rows in found.values()) // KILO
    )
    arriving = Arriving(work.store.workspace.arriving / work.id)
    arriving.sweep({each.name for rows in found.values() for row in rows for each in parts_of(row)})
    with work.on_a_full_disk(), work.store.transaction():
        exchange.note_arriving(work.store.db, work.id, found)
    for sha256, rows in found.items():
        yield
        # What an index says of a size may be false, as everything in it.
        allowed = [row for row in rows if fits(work, row.size)]
        possible = [row for row in allowed if _room_here(work, row.size)]
        if not allowed:
            work.leave(sha256)
        elif not possible:
            _leave(work, sha256, "no_room_here")
        elif sha256 not in work.too_large:
            with work.tolerant(FILE + sha256):
                yield from _fetch_any(work, sha256, possible, arriving)
        work.progress.step(last_part(rows[0].size) // KILO)


def claims_of(
    work: Work, there: Mapping[str, Sequence[FileRow]], wanted: Wanted, sha256: str
) -> list[FileRow]:
    """Return what indexes say of a file, as far as it may be so, the smallest first.

    Its size is the one that the record has of it, if it has one, and its parts are not missing.
    """
    return sorted(
        row
        for row in there.get(sha256, ())
        if wanted[sha256] in (None, row.size)
        and row.named_by
        and (sha256, row.named_by) not in work.absent
    )


def fits(work: Work, size: int) -> bool:
    """Tell whether a file of so many bytes may be begun."""
    most, done = work.limits.max_bytes, work.done
    return most is None or done.sent.bytes + done.received.bytes + done.read_back + size <= most


def last_part(size: int) -> int:
    """Return the bytes of the last part of a file of `size` bytes."""
    return size - max(size - 1, 0) // PART_BYTES * PART_BYTES


def _room_here(work: Work, size: int) -> bool:
    return work.store.place.free() - RESERVE >= size


def _leave(work: Work, sha256: str, why: str) -> None:
    """Note once that a file cannot be kept here."""
    work.leave(sha256)
    if sha256 not in work.too_large:
        work.too_large.add(sha256)
        work.later(why)


def _fetch_any(
    work: Work, sha256: str, rows: Sequence[FileRow], arriving: Arriving
) -> Iterator[None]:
    """Fetch a file as one of the indexes says; those that say it wrongly hide no other."""
    for row in rows[:-1]:
        with suppress(InvalidObject, Missing, NoKey):
            yield from _fetch(work, sha256, row, arriving)
            return
    yield from _fetch(work, sha256, rows[-1], arriving)


def _fetch(work: Work, sha256: str, row: FileRow, arriving: Arriving) -> Iterator[None]:
    """Fetch a file; between its parts others may work, and a stop is heard.

    The next visit goes on with the parts that came until then.
    """
    try:
        yield from work.blobs.add_pieces(_proved(work, row, sha256, arriving))
    except InvalidObject as error:
        if error.code == NOT_THE_FILE:
            arriving.drop(part.name for part in parts_of(row))
            # All its parts are sound, and they are something else: that will never be otherwise.
            with work.store.transaction():
                exchange.forget_claim(work.store.db, work.id, sha256, row.named_by)
        raise
    except MingchaError as error:
        if error.code not in _NOT_STORED:
            raise
        _leave(work, sha256, "no_room_here" if error.code == "disk_full" else "not_stored_here")
        return
    with work.store.transaction():
        note_read(work, sha256, row)
        exchange.forget_asked(work.store.db, [sha256])
    arriving.drop(part.name for part in parts_of(row))
    work.aside.heal(FILE + sha256)
    work.done.received.blobs += 1
    work.files_arrived.append(sha256)


def note_read(work: Work, sha256: str, row: FileRow) -> None:
    """Note, inside of a transaction, that a file was read in the depot and is what it should be."""
    work.note(exchange.FILE, sha256, row.named_by, row.size)
    work.note(exchange.READ_BACK, sha256, row.named_by, row.size)


def pieces(work: Work, row: FileRow) -> Iterator[bytes]:
    """Yield the bytes of a file, part by part. Raises what reading an object raises."""
    for part in parts_of(row):
        _data, payload = work.read(names.part(work.space, part.name), PART)
        yield payload


def _kept_or_read(work: Work, row: FileRow, arriving: Arriving) -> Iterator[bytes]:
    """Yield the bytes of a file, part by part; what came before is not read again.

    Parts are kept of files that have several, where there is room for both them and the file.
    """
    keeps = row.size > PART_BYTES and _room_here(work, 2 * row.size)
    for part in parts_of(row):
        data = arriving.get(part.name)
        if data is not None:
            yield work.opened(data, PART)
            continue
        data, payload = work.read(names.part(work.space, part.name), PART)
        if keeps:
            arriving.keep(part.name, data)
        yield payload


def _proved(work: Work, row: FileRow, sha256: str, arriving: Arriving) -> Iterator[bytes]:
    """Yield the bytes of a file. Raises InvalidObject at the end if they are not those named."""
    digest, begun = hashlib.sha256(), False
    for piece in _kept_or_read(work, row, arriving):
        if begun:
            work.progress.step(PART_BYTES // KILO)
        begun = True
        digest.update(piece)
        yield piece
    if digest.hexdigest() != sha256:
        raise InvalidObject(NOT_THE_FILE, "the parts are not the file")


def part_names(work: Work, row: FileRow) -> list[str]:
    """Return the names of the parts of a file."""
    return [names.part(work.space, part.name) for part in parts_of(row)]
