"""Writing the search index: a few entries (see `storage.later`), or a whole record at once.

Rows of the index are cheap to write in ascending order. At each step back SQLite writes out what it
has collected, as a piece of its own that must be merged later.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from inspector.storage.words import all_index_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.connection import Database

#: Number of a row in the index, and its searched text; empty if it is not to be found.
Text = tuple[int, str]
#: The same with the text that stands in the index before.
ChangedText = tuple[int, str, str]

_ADD = "INSERT INTO search_index(rowid, words) VALUES(?, ?)"
#: The order is "delete", or nothing to add.
_ORDER = "INSERT INTO search_index(rowid, search_index, words) VALUES(?, ?, ?)"
_SET = "INSERT INTO search_index(search_index, rank) VALUES(?, ?)"

#: Bytes of words collected in memory before they are sorted into the file: with more of them there
#: are fewer pieces to merge.
_WORDS_IN_BULK = 16 * 1024 * 1024
_WORDS_USUALLY = 1024 * 1024
#: From how many pieces of one size on they are merged while others are written; 0 is never. While
#: many texts come in one transaction after the other, each piece is merged less often.
_MERGED_USUALLY = 4
_MERGED_WITH_MANY = 12
#: Characters of changed texts that are held back at most; bounds memory.
_HELD = 2_000_000


class IndexWriter:
    """Writes the search index at once, as rows come and change."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def write(self, new: list[Text], changed: list[ChangedText]) -> None:
        """Add the texts of `new` rows; `changed` are rows with their text before and after."""
        orders = [(seq, True, text) for seq, text in new]
        for seq, before, after in changed:
            if before:
                orders.append((seq, False, before))
            if after:
                orders.append((seq, True, after))
        orders.sort()
        words = all_index_words([text for _seq, _added, text in orders])
        if not changed:
            added = zip((seq for seq, _added, _text in orders), words, strict=True)
            self._db.conn.executemany(_ADD, added)
            return
        self._db.conn.executemany(
            _ORDER,
            (
                (seq, None if added else "delete", each)
                for (seq, added, _text), each in zip(orders, words, strict=True)
            ),
        )

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Take many texts within: a writer that would write them later writes them at once."""
        yield


class BulkIndexWriter(IndexWriter):
    """Holds changes of older rows back until there are many: each stretch of a record has some."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._held: dict[int, tuple[str, str]] = {}
        self._size = 0

    def write(self, new: list[Text], changed: list[ChangedText]) -> None:
        """Add the texts of `new` rows; the `changed` ones are written by `settle` at the latest."""
        at_once = list(new)
        for seq, before, after in changed:
            if seq in self._held:
                before = self._held[seq][0]
            elif not before:
                at_once.append((seq, after))
                continue
            self._held[seq] = (before, after)
            self._size += len(before) + len(after)
        super().write(at_once, [])
        if self._size > _HELD:
            self.settle()

    def settle(self) -> None:
        """Write what was held back."""
        super().write([], [(seq, *texts) for seq, texts in self._held.items()])
        self._held.clear()
        self._size = 0


@contextmanager
def in_bulk(db: Database) -> Iterator[IndexWriter]:
    """Give what writes a whole record into the index, inside of one transaction."""
    with _large_pieces(db, merged=0):
        writer = BulkIndexWriter(db)
        yield writer
        writer.settle()
        # All pieces come to one level and are merged there little by little. Among the small ones
        # of single entries, one of the next saves would have to merge them all. What is still in
        # memory becomes a piece where a savepoint begins.
        with db.atomic():
            db.execute(_SET, ("merge", -1))


@contextmanager
def with_many(db: Database) -> Iterator[None]:
    """Write many texts within, inside of one transaction; they become one piece at its end."""
    with _large_pieces(db, merged=_MERGED_WITH_MANY):
        yield
        with db.atomic():
            pass  # a savepoint, as in `in_bulk`


@contextmanager
def _large_pieces(db: Database, *, merged: int) -> Iterator[None]:
    """Set how pieces are made within; an error takes it back with the caller's transaction."""
    db.execute(_SET, ("hashsize", _WORDS_IN_BULK))
    db.execute(_SET, ("automerge", merged))
    yield
    db.execute(_SET, ("automerge", _MERGED_USUALLY))
    db.execute(_SET, ("hashsize", _WORDS_USUALLY))
