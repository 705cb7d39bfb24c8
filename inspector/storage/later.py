"""The search index, written later than the record: many texts at once, before somebody searches.

Written with each fact, it took as long as all other work on the fact together. What it is behind is
told by what is durable with the facts: no row above the local setting `indexed` is in it, and
the rows up to there whose text has changed stand in `unindexed`, with the text that the index still
has. So it can be brought up to date at any time, also after a power cut.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import KINDS
from inspector.domain.searchable import SEARCHED
from inspector.storage.connection import DATABASE_ERRORS, catalogued
from inspector.storage.indexing import IndexWriter, with_many
from inspector.storage.kinds import KIND_NAME, KIND_SLOTS
from inspector.storage.log import OperationLog
from inspector.storage.preparing import put_local
from inspector.storage.presence import UNINDEXED
from inspector.storage.projection import Projector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.connection import Database
    from inspector.storage.indexing import ChangedText, Text

#: Texts that may wait. Bringing so many into the index takes a few milliseconds (measured: 4).
MOST_WAITING = 50

#: The local setting that says up to which `_seq` the index knows of rows.
INDEXED = "indexed"
_KNOWN = f"SELECT CAST(v AS INTEGER) FROM local_kv WHERE k = '{INDEXED}'"
#: What the index does not know of needs no note.
_NOTE = f"INSERT OR IGNORE INTO {UNINDEXED}(seq, text) SELECT ?1, ?2 WHERE ?1 <= ({_KNOWN})"
_HIGHEST = " UNION ALL ".join(f'SELECT max(_seq) AS seq FROM "{noun}"' for noun in SEARCHED)


class LaterIndex(IndexWriter):
    """Notes what changes, and writes it into the index once much is waiting."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        # What others left waiting is not counted: at most as much again.
        self._waiting = 0
        self._at_once = False

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Write the many texts that come within as they come: all else is in the index then."""
        if self._at_once:
            yield  # within another one, which notes in the end that nothing lacks
            return
        self.catch_up()
        self._at_once = True
        try:
            with with_many(self._db):
                yield
        finally:
            self._at_once = False
        note_complete(self._db)

    def write(self, new: list[Text], changed: list[ChangedText]) -> None:
        """Note texts, inside of the caller's transaction. All rows have been written."""
        if self._at_once:
            super().write(new, changed)
            return
        for seq, before, _after in changed:
            self._db.execute(_NOTE, (seq, before))
        self._waiting += len(new) + len(changed)
        if self._waiting >= MOST_WAITING:
            self.catch_up()

    def catch_up(self) -> None:
        """Write what is waiting, inside of the caller's transaction."""
        known, highest = _known(self._db), _highest(self._db)
        noted = self._db.execute(f"SELECT seq, text FROM {UNINDEXED} ORDER BY seq").fetchall()
        if highest > known or noted:
            texts = _Texts(self._db)
            super().write(
                [text for noun in SEARCHED for text in texts.of(noun, "_seq > ?", known)],
                [(seq, before, texts.at(seq)) for seq, before in noted],
            )
            note_complete(self._db)
        self._waiting = 0


class _Texts:
    """What is searched of rows as they stand in the tables.

    A row that another program made unreadable has no text: nobody's next save may fail because of
    it, and `check` finds it.
    """

    def __init__(self, db: Database) -> None:
        self._projector = Projector(db, OperationLog(db))
        self._connection = db.conn

    def of(self, noun: str, where: str, value: int) -> list[Text]:
        """Return the texts of the rows of a noun that satisfy a condition."""
        usual = self._connection.text_factory
        self._connection.text_factory = _decoded
        try:
            rows = self._projector.stored(noun, where, value)
            return [(row[0], text) for row in rows if (text := self._text(noun, row))]
        finally:
            self._connection.text_factory = usual

    def at(self, seq: int) -> str:
        """Return the text of one row, empty if there is none."""
        number = seq % KIND_SLOTS
        if number >= len(KINDS):
            return ""
        return "".join(text for _seq, text in self.of(KIND_NAME[number], "_seq = ?", seq))

    def _text(self, noun: str, row: tuple[Any, ...]) -> str:
        try:
            return self._projector.loaded(noun, row).document_before
        except (ValueError, TypeError, LookupError, AttributeError):
            return ""


def _decoded(text: bytes) -> str:
    return text.decode(errors="replace")


def note_complete(db: Database) -> None:
    """Note that the index lacks nothing, inside of the caller's transaction."""
    db.execute(f"DELETE FROM {UNINDEXED}")
    put_local(db, INDEXED, str(_highest(db)))


@contextmanager
def caught_up(db: Database) -> Iterator[None]:
    """Bring the index up to date for the reading within, and for good unless the disk is full."""
    done = False
    try:
        with db.atomic():
            LaterIndex(db).catch_up()
            yield
            done = True
    except DATABASE_ERRORS as error:
        if not done or catalogued(error).code != "disk_full":
            raise


def _known(db: Database) -> int:
    """Return the highest `_seq` that the index knows of."""
    found = db.execute(_KNOWN).fetchone()
    return found[0] if found else 0


def _highest(db: Database) -> int:
    return int(db.execute(f"SELECT coalesce(max(seq), 0) FROM ({_HIGHEST})").fetchone()[0])
