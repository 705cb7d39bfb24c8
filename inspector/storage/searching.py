"""What is searched, and searching it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import KINDS
from inspector.storage.words import query_phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

#: The fields whose words are found, by kind.
SEARCHED: dict[str, tuple[str, ...]] = {
    "finding": ("text", "basis", "rule", "outcome_reason", "official_number"),
    "finding_person": ("description", "identity", "identity_post"),
    "remark": ("text", "reply"),
    "statement": ("text", "speaker"),
    "answer": ("note",),
    "sighting": ("note",),
    "wait": ("note", "ticket"),
    "head_count": ("note",),
    "event": ("note", "to_whom", "document"),
    "evidence": ("caption", "original_name"),
    "hall": ("name", "code", "address"),
    "window": ("label",),
    "unit": ("name", "code"),
    "person": ("name", "post", "unit"),
    "trip": ("name", "scope", "document_title", "document_number", "report_heard", "praise"),
    "visit": ("official_number",),
}

#: Room for kinds in `_seq`, and their fixed numbers: the order of `domain.schema.KINDS` never
#: changes, kinds are only added at its end.
KIND_SLOTS = 64
KIND_NUMBER = {name: number for number, name in enumerate(KINDS)}
KIND_NAME = tuple(KINDS)

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
    """The newest hits; `total` is exact unless `more`: then there are more than that."""

    total: int
    more: bool
    hits: tuple[Hit, ...]


def document(kind: str, values: Mapping[str, Any]) -> str:
    """Return the searched text of an entity, empty if it is void, withdrawn or has none."""
    if kind not in SEARCHED or isinstance(values.get("void"), str) or values.get("withdrawn"):
        return ""
    texts = (values.get(name) for name in SEARCHED[kind])
    return "\n".join(text for text in texts if isinstance(text, str) and text)


def search(db: Database, text: str, limit: int = 50) -> Hits:
    """Return the newest entities that hold every word of `text`."""
    query = query_phrases(text)
    if not query:
        return Hits(0, False, ())
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
    hits = tuple(hit for row in found if (hit := _hit(db, row[0])))
    return Hits(min(total, COUNT_LIMIT), total > COUNT_LIMIT, hits)


def _hit(db: Database, seq: int) -> Hit | None:
    """Return what stands at `seq`; None only if the row was taken away behind our back."""
    kind = KIND_NAME[seq % KIND_SLOTS]
    visit = "visit" if "visit" in KINDS[kind].names else "''"
    names = ", ".join(SEARCHED[kind])
    row = db.execute(f'SELECT id, {visit}, {names} FROM "{kind}" WHERE _seq = ?', (seq,)).fetchone()
    if row is None:
        return None
    return Hit(kind, row[0], row[1] or "", " · ".join(text for text in row[2:] if text))
