"""A small program that keeps its promises, with switches that break one protection each.

It writes like the product – blobs under their hash first, then a row that names them, in one
SQLite file in WAL mode – and proves that the rig finds what it is there to find.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PROTECTIONS = ("blob-sync", "full", "blob-first", "folder-sync", "top-folder-sync")
"""What can be taken away: fsync of blobs, synchronous=FULL, blob before row, fsync of the folders
of blobs, fsync of the folder in which the workspace was made."""
HEED_ERRORS = "heed-errors"
"""Also to be taken away: that a failed fsync of a blob ends the program. Found by failing calls."""
STEPS = 24


class Sample:
    """The program: one numbered row per step, every third with a blob."""

    def __init__(self, root: Path, without: frozenset[str]) -> None:
        self.media = root / "work" / "media"
        self.without = without
        self.media.mkdir(parents=True, exist_ok=True)
        _sync_folder(self.media.parent)
        if "top-folder-sync" not in without:
            _sync_folder(root)
        self.db = _connect(root / "work" / "sample.db", full="full" not in without)
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS row"
            " (n INTEGER PRIMARY KEY, blob TEXT, text TEXT, hash TEXT)"
        )
        # SQLite syncs the folder for the name of its log as well, but hides it when that fails.
        _sync_folder(self.media.parent)
        latest = self.db.execute("SELECT n, hash FROM row ORDER BY n DESC LIMIT 1").fetchone()
        self.done: int = latest[0] if latest else 0
        self.last: str = latest[1] if latest else ""

    def step(self, number: int) -> dict[str, object]:
        """Record one row durably and return what must be there from now on."""
        random = Random(number)
        blob = random.randbytes(random.randrange(500, 9000)) if number % 3 == 0 else None
        sha256 = hashlib.sha256(blob).hexdigest() if blob is not None else None
        if blob is not None and "blob-first" not in self.without:
            self._store(blob, str(sha256))
        text = "窗口无人" * random.randrange(1, 60)
        self.last = _chained(self.last, number, sha256, text)
        self.db.execute("INSERT INTO row VALUES (?, ?, ?, ?)", (number, sha256, text, self.last))
        if blob is not None and "blob-first" in self.without:
            self._store(blob, str(sha256))
        return {"row": number, "hash": self.last}

    def _store(self, data: bytes, sha256: str) -> None:
        folder = self.media / sha256[:2]
        folder.mkdir(exist_ok=True)
        temp = folder / f"{sha256}.part"
        with temp.open("wb") as file:
            file.write(data)
            file.flush()
            if "blob-sync" not in self.without:
                self._sync(file.fileno())
        temp.replace(folder / sha256)
        if "folder-sync" not in self.without:
            _sync_folder(folder)
            _sync_folder(self.media)

    def _sync(self, descriptor: int) -> None:
        try:
            os.fsync(descriptor)
        except OSError:
            if HEED_ERRORS not in self.without:
                raise


def _sync_folder(folder: Path) -> None:
    # On purpose without O_DIRECTORY: only the path tells that this descriptor is a folder.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _connect(path: Path, *, full: bool) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA locking_mode=EXCLUSIVE")
    (mode,) = db.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        # After an I/O error SQLite stays in DELETE mode without an error, and there a commit with
        # FULL is not yet safe: the journal it removed may come back and roll the commit back.
        raise OSError("the write-ahead log could not be switched on")
    db.execute("PRAGMA wal_autocheckpoint=20")
    db.execute(f"PRAGMA synchronous={'FULL' if full else 'NORMAL'}")
    return db


def _chained(last: str, number: int, blob: str | None, text: str) -> str:
    return hashlib.sha256(f"{last}|{number}|{blob}|{text}".encode()).hexdigest()


def command(root: Path, without: Sequence[str] = ()) -> list[str]:
    """Return the command line that runs the program below `root`."""
    return [sys.executable, "-m", "tests.rigs.sample_program", str(root), *without]


def check(root: Path, acks: Sequence[dict[str, object]]) -> str | None:
    """Open what a power cut left and say what is wrong with it, or None.

    Only promises and soundness count: rows that were never acknowledged may be there or not.
    """
    path = root / "work" / "sample.db"
    if not path.exists():
        return "the database is gone" if acks else None
    try:
        db = _connect(path, full=True)
        try:
            return _wrong(db, root / "work" / "media", acks)
        finally:
            db.close()
    except sqlite3.Error as error:
        return f"the database does not open: {error}"


def _wrong(db: sqlite3.Connection, media: Path, acks: Sequence[dict[str, object]]) -> str | None:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'row'").fetchone():
        return "the table is gone" if acks else None
    if db.execute("PRAGMA quick_check").fetchone() != ("ok",):
        return "the database is damaged"
    rows = db.execute("SELECT n, blob, text, hash FROM row ORDER BY n").fetchall()
    last, hashes = "", {}
    for number, blob, text, stored in rows:
        last = _chained(last, number, blob, text)
        if last != stored:
            return f"the chain breaks at row {number}"
        hashes[number] = stored
        if blob is not None and (problem := _blob_problem(media / blob[:2] / blob)):
            return f"row {number} names a blob that is {problem}"
    for ack in acks:
        if hashes.get(ack["row"]) != ack["hash"]:
            return f"acknowledged row {ack['row']} is lost"
    return None


def _blob_problem(path: Path) -> str | None:
    if not path.exists():
        return "missing"
    return None if hashlib.sha256(path.read_bytes()).hexdigest() == path.name else "damaged"


def main(arguments: Sequence[str]) -> int:
    """Add rows below the folder named first, without the protections named after it.

    Returns 3 after saying why when the disk refuses, as the product does.
    """
    try:
        sample = Sample(Path(arguments[0]), frozenset(arguments[1:]))
        for number in range(sample.done + 1, sample.done + STEPS + 1):
            promise = sample.step(number)
            os.write(1, f"ack {number} {json.dumps(promise)}\n".encode())
        sample.db.close()
    except (OSError, sqlite3.Error) as error:
        print(f"disk_failed: {error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
