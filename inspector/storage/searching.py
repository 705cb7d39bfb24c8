"""Searching the index: which entities hold the words, newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.schema import KINDS
from inspector.domain.searchable import SEARCHED, shown
from inspector.storage.kinds import KIND_NAME, KIND_SLOTS
from inspector.storage.later import caught_up
from inspector.storage.words import no_meanings, query_phrases, unsearchable

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.storage.connection import Database
    from inspector.storage.words import Meanings

#: Totals are exact up to here; beyond, "more than".
COUNT_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity that was found; `text` is what it says."""

    kind: str
    id: str
    visit: str
    text: str


@dataclass(frozen=True, slots=True)
class Hits:
    """The newest hits; `total` is exact unless `more`: then there are more than that.

    ignored: parts of the query that are no words, such as emoji; they were not looked for.
    """

    total: int
    more: bool
    hits: tuple[Hit, ...]
    ignored: tuple[str, ...] = ()


def search(
    db: Database,
    text: str,
    limit: int = 50,
    *,
    lang: Lang = "zh",
    meanings: Meanings = no_meanings,
) -> Hits:
    """Return the newest entities that hold every word of `text`, or what it may also mean."""
    query, ignored = query_phrases(text, meanings), unsearchable(text)
    if not query:
        return Hits(0, False, (), ignored)
    with caught_up(db):
        return _found(db, query, limit, lang, ignored)


def _found(db: Database, query: str, limit: int, lang: Lang, ignored: tuple[str, ...]) -> Hits:
    found = db.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?",
        (query, limit),
    ).fetchall()
    total = len(found)
    if total == limit:
        total = db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)",
            (query, COUNT_LIMIT + 1),
        ).fetchone()[0]
    hits = tuple(hit for row in found if (hit := _hit(db, row[0], lang)))
    return Hits(min(total, COUNT_LIMIT), total > COUNT_LIMIT, hits, ignored)


def _hit(db: Database, seq: int, lang: Lang) -> Hit | None:
    """Return what stands at `seq`; None only if the row was taken away behind our back."""
    kind = KINDS[KIND_NAME[seq % KIND_SLOTS]]
    visit = "visit" if "visit" in kind.names else "''"
    names = SEARCHED[kind.name]
    columns = ", ".join(f'"{name}"' for name in names)
    row = db.execute(
        f'SELECT id, {visit}, {columns} FROM "{kind.name}" WHERE _seq = ?', (seq,)
    ).fetchone()
    if row is None:
        return None
    lists = {spec.name for spec in kind.fields if spec.column == "json"}
    values = {
        name: json.loads(value) if value and name in lists else value
        for name, value in zip(names, row[2:], strict=True)
    }
    return Hit(kind.name, row[0], row[1] or "", shown(kind.name, values, lang))
