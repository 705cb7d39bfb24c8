"""Tables of what is exchanged: segments and what depots hold.

They are local: neither projected from operations nor exchanged as they are. Writing is left to the
caller's transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector.storage.connection import Database


# -- segments --------------------------------------------------------------------------------


class SegmentRow(NamedTuple):
    """A segment as it lies in a depot: id, chain, places, hash in its name, epoch, size."""

    id: str
    log: str
    first: int
    last: int
    name: str
    epoch: str
    size: int


_SEGMENT = "SELECT id, log, first, last, name, epoch, length(bytes) FROM segment"


def segments(db: Database, log: str = "") -> list[SegmentRow]:
    """Return the segments kept here, of all chains or of one, in order of their places."""
    where, values = ("WHERE log = ?", (log,)) if log else ("", ())
    found = db.execute(f"{_SEGMENT} {where} ORDER BY log, first, last, id", values)
    return list(map(SegmentRow._make, found))


def first_counters(db: Database) -> dict[tuple[str, int], int]:
    """Return, by chain and first place, the Lamport counters with which segments begin."""
    found = db.execute(
        "SELECT segment.log, segment.first, min(op.lc) FROM segment JOIN op "
        "ON op.log = segment.log AND op.n = segment.first GROUP BY segment.log, segment.first"
    )
    return {(log, first): counter for log, first, counter in found}


def segment_bytes(db: Database, segment: str) -> bytes:
    """Return a kept segment as it lies in a depot."""
    found = db.execute("SELECT bytes FROM segment WHERE id = ?", (segment,)).fetchone()
    return bytes(found[0])


def add_segment(db: Database, row: SegmentRow, data: bytes) -> None:
    """Keep a verified segment, to hand it on byte for byte; one that is known is left."""
    db.execute(
        "INSERT INTO segment(id, log, first, last, name, epoch, bytes) VALUES(?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO NOTHING",
        (row.id, row.log, row.first, row.last, row.name, row.epoch, data),
    )


def replace_segment(db: Database, row: SegmentRow, data: bytes) -> None:
    """Keep a segment as it was sealed anew, under another name, in place of what it was."""
    db.execute(
        "UPDATE segment SET name = ?, epoch = ?, bytes = ? WHERE id = ?",
        (row.name, row.epoch, data, row.id),
    )


def segment_names(db: Database) -> dict[str, str]:
    """Return the ids of the segments kept here by the hash in their names."""
    return dict(db.execute("SELECT name, id FROM segment").fetchall())


# -- depots ----------------------------------------------------------------------------------


class DepotRow(NamedTuple):
    """A depot that was visited: its id, what people call it, where it is, when it was seen."""

    id: str
    name: str
    address: str
    seen: int


#: How what is noted of depots in one file is told apart, while one is written or read.
_IN_A_FILE = "file "


def id_of_file(depot: str) -> str:
    """Return under what a depot in one file is noted: never as a place, whatever it calls itself.

    What becomes of a file nobody knows, and the id in it is signed by nobody.
    """
    return f"{_IN_A_FILE}{depot}"


def depots(db: Database) -> list[DepotRow]:
    """Return the depots visited, in order of their names; those in one file are none."""
    found = db.execute("SELECT id, name, address, seen FROM depot ORDER BY name, id")
    listed = map(DepotRow._make, found)
    return [row for row in listed if not row.id.startswith(_IN_A_FILE)]


def saw_depot(db: Database, depot: str, place: str, now: int) -> None:
    """Note that a depot was visited; what people call it is kept if they call it anything."""
    db.execute(
        "INSERT INTO depot(id, name, address, seen) VALUES(?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET seen = excluded.seen",
        (depot, place, place, now),
    )


def note_depot(db: Database, row: DepotRow) -> None:
    """Note what a depot is called and where it is."""
    db.execute(
        "INSERT INTO depot(id, name, address, seen) VALUES(?, ?, ?, ?) ON CONFLICT(id) DO UPDATE "
        "SET name = excluded.name, address = excluded.address, seen = excluded.seen",
        row,
    )


def forget_files(db: Database) -> None:
    """Forget all that was noted of depots in one file, also what a power cut left."""
    for table, column in (("held", "depot"), ("depot_file", "depot"), ("depot", "id")):
        db.execute(f"DELETE FROM {table} WHERE {column} LIKE ?", (f"{_IN_A_FILE}%",))
    # What is noted of how far a visit came, such as “head:<depot>”.
    db.execute("DELETE FROM local_kv WHERE k LIKE ?", (f"%:{_IN_A_FILE}%",))


class Held(NamedTuple):
    """An object that a depot was proved to hold: what it is, its size, when that was proved.

    what: the id of the thing in it (of a segment, a statement), which other objects may hold too;
    of a statement also the epoch that it is sealed under, after a blank.
    """

    what: str
    size: int
    verified: int

    @property
    def id(self) -> str:
        """The id of the thing in it."""
        return self.what.partition(" ")[0]


def held(db: Database, depot: str, kind: str) -> dict[str, Held]:
    """Return, by name, the objects of a kind that a depot provably held when it was last seen."""
    found = db.execute(
        "SELECT name, what, size, verified FROM held WHERE depot = ? AND kind = ?", (depot, kind)
    )
    return {name: Held(*rest) for name, *rest in found}


def held_state(db: Database) -> tuple[int, int]:
    """Return how many objects depots were proved to hold, and when the last one was (ms)."""
    count, newest = db.execute(
        "SELECT count(*), coalesce(max(verified), 0) FROM held WHERE kind <> ?", (_LAYING,)
    ).fetchone()
    return int(count), int(newest)


def note_held(db: Database, depot: str, kind: str, name: str, held: Held) -> None:
    """Note that an object was read back from a depot, or read there."""
    db.execute(
        "INSERT INTO held(depot, kind, name, what, size, verified) VALUES(?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(depot, kind, name) DO UPDATE SET what = excluded.what, size = excluded.size, "
        "verified = excluded.verified",
        (depot, kind, name, *held),
    )


def forget_held(db: Database, depot: str, kind: str, names: Iterable[str]) -> None:
    """Note that a depot does not hold these objects, or not as they were."""
    kinds = (FILE, READ_BACK) if kind == FILE else (kind,)
    listed = list(names)
    db.conn.executemany(
        "DELETE FROM held WHERE depot = ? AND kind = ? AND name = ?",
        [(depot, each, name) for each in kinds for name in listed],
    )


def forget_packs(db: Database, depot: str, packs: Iterable[str]) -> None:
    """Note that packs of thumbnails are gone from a depot, and with them what was in them."""
    listed = list(packs)
    forget_held(db, depot, THUMBS, listed)
    db.conn.executemany(
        "DELETE FROM held WHERE depot = ? AND kind = ? AND what = ?",
        [(depot, THUMB, each) for each in listed],
    )


class FileRow(NamedTuple):
    """A file that an index in a depot names: its size, that index, its parts (canonical JSON)."""

    size: int
    named_by: str
    parts: str


def files(db: Database, depot: str) -> dict[str, list[FileRow]]:
    """Return what the indexes in a depot say of files, by SHA-256: each claim for itself."""
    found = db.execute(
        "SELECT sha256, size, file_index, parts FROM depot_file WHERE depot = ? "
        "ORDER BY sha256, file_index",
        (depot,),
    )
    claims: dict[str, list[FileRow]] = {}
    for sha256, *row in found:
        claims.setdefault(sha256, []).append(FileRow(*row))
    return claims


def add_files(db: Database, depot: str, listed: Mapping[str, FileRow]) -> None:
    """Note the files of an index; what other indexes say of them stays."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO depot_file(depot, sha256, size, file_index, parts) "
        "VALUES(?, ?, ?, ?, ?)",
        [(depot, sha256, *row) for sha256, row in listed.items()],
    )


def forget_claim(db: Database, depot: str, sha256: str, index: str) -> None:
    """Note that what an index says of a file is not so."""
    db.execute(
        "DELETE FROM depot_file WHERE depot = ? AND sha256 = ? AND file_index = ?",
        (depot, sha256, index),
    )


def forget_index(db: Database, depot: str, index: str) -> None:
    """Note that an index is gone from a depot, and with it what it named."""
    db.execute("DELETE FROM depot_file WHERE depot = ? AND file_index = ?", (depot, index))
    for kind in (FILE, READ_BACK):
        where = "depot = ? AND kind = ? AND what = ?"
        db.execute(f"DELETE FROM held WHERE {where}", (depot, kind, index))
    forget_held(db, depot, INDEX, [index])


#: Kinds of what is held.
SEGMENT, STATEMENT, ENVELOPE = "segment", "statement", "envelope"
INDEX, HEAD, FILE, THUMBS = "index", "head", "file", "thumbs"
#: Noted beside what is held: a pack of a snapshot that this computer wrote.
PACK = "pack"
#: Noted beside what is held: of which file (SHA-256) a pack of thumbnails has one.
THUMB = "thumb"
#: Noted beside a file that is held: it was read there, not only written. A medium may show what it
#: was just given without keeping it.
READ_BACK = "read_back"
#: Noted beside what is held: an object that cannot be read before more is known; see `sync.work`.
UNREAD = "unread"
#: Noted beside what is held: a file that is being fetched and gets a receipt once it is here.
_ARRIVING = "arriving"


def note_arriving(db: Database, depot: str, names: Iterable[str]) -> None:
    """Note that files are about to be fetched, so that receipts outlive a stopped visit."""
    for sha256 in names:
        note_held(db, depot, _ARRIVING, sha256, Held("", 0, 0))


def arriving(db: Database) -> set[str]:
    """Return the files (SHA-256) that were to be fetched and have no receipt yet."""
    found = db.execute("SELECT DISTINCT name FROM held WHERE kind = ?", (_ARRIVING,))
    return {row[0] for row in found}


def forget_arriving(db: Database, names: Iterable[str]) -> None:
    """Note that these files got their receipt, or did not come."""
    db.conn.executemany(
        "DELETE FROM held WHERE kind = ? AND name = ?", [(_ARRIVING, name) for name in names]
    )


#: Noted beside what is held: a part that is being written with others and not proved to be there.
_LAYING = "laying"


def note_laying(db: Database, depot: str, names: Iterable[str]) -> None:
    """Note that parts are about to be written together, so that none stays unnamed there."""
    for name in names:
        note_held(db, depot, _LAYING, name, Held("", 0, 0))


def laying(db: Database, depot: str) -> set[str]:
    """Return the parts that were about to be written together."""
    return set(held(db, depot, _LAYING))


def forget_laying(db: Database, depot: str, names: Iterable[str]) -> None:
    """Note that parts are proved to be there and named, or were taken away."""
    forget_held(db, depot, _LAYING, names)


#: Noted beside what is held, of no single depot: a file that was freed here and is wanted again.
_ASKED = "asked"


def ask_for(db: Database, names: Iterable[str]) -> None:
    """Note that files (SHA-256) which were freed here are to be fetched again."""
    for sha256 in names:
        note_held(db, "", _ASKED, sha256, Held("", 0, 0))


def asked_for(db: Database) -> set[str]:
    """Return the files (SHA-256) that are to be fetched although they were freed here."""
    return set(held(db, "", _ASKED))


def forget_asked(db: Database, names: Iterable[str]) -> None:
    """Note that these files came, or are not wanted any more."""
    forget_held(db, "", _ASKED, names)


#: Noted beside what is held: parts of a file of which not all were sent yet.
_SENDING = "sending"


def note_sent_part(
    db: Database, depot: str, sha256: str, number: int, name: str, held: Held
) -> None:
    """Note that a part of a file was read back from a depot, while others of it are still here."""
    note_held(db, depot, _SENDING, name, held._replace(what=f"{sha256} {number}"))


def sent_parts(db: Database, depot: str, sha256: str) -> dict[int, tuple[str, int]]:
    """Return, by their numbers, names and sizes of the parts of a file that was sent in part."""
    found = db.execute(
        "SELECT what, name, size FROM held WHERE depot = ? AND kind = ? AND what LIKE ?",
        (depot, _SENDING, f"{sha256} %"),
    )
    return {int(what.partition(" ")[2]): (name, size) for what, name, size in found}


def forget_sent_part(db: Database, depot: str, name: str) -> None:
    """Note that a part of a file that was sent in part was taken away again."""
    forget_held(db, depot, _SENDING, [name])


def forget_sent_parts(db: Database, depot: str, sha256: str) -> None:
    """Note that a file was sent whole."""
    names = [name for name, _size in sent_parts(db, depot, sha256).values()]
    forget_held(db, depot, _SENDING, names)


#: Noted beside what is held, of no single depot: an envelope that was taken along and not opened.
_RELAYED = "relayed"


def note_relayed(db: Database, epoch: str, recipient: str) -> None:
    """Note that an envelope came from a depot: whether it is sound, says nobody."""
    note_held(db, "", _RELAYED, f"{epoch} {recipient}", Held("", 0, 0))


def relayed(db: Database) -> list[tuple[str, str]]:
    """Return for which epochs and recipients an envelope is here that was only taken along."""
    pairs = (name.partition(" ") for name in sorted(held(db, "", _RELAYED)))
    return [(epoch, recipient) for epoch, _, recipient in pairs]


def forget_relayed(db: Database, epoch: str, recipient: str) -> None:
    """Note that an envelope is not taken along any more."""
    forget_held(db, "", _RELAYED, [f"{epoch} {recipient}"])


#: Noted beside what is held, of no single depot: a receipt that came as a file, a code or on paper.
_BROUGHT = "brought"


def note_brought(db: Database, name: str, text: str, now: int) -> None:
    """Keep a receipt that was verified, under a name that stands for its text."""
    note_held(db, "", _BROUGHT, name, Held(text, len(text), now))


def brought(db: Database) -> list[str]:
    """Return the receipts that were brought by hand."""
    return [each.what for _name, each in sorted(held(db, "", _BROUGHT).items())]


# -- receipts --------------------------------------------------------------------------------


def receipts(db: Database, after: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield place and bytes of the operations that are receipts, in order of arrival."""
    yield from db.execute(
        "SELECT seq, raw FROM op WHERE k = 'receipt' AND seq > ? ORDER BY seq", (after,)
    )
