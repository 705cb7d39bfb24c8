"""Applying operations to the projected tables: one by one as they are made, in bulk on rebuild.

Both ways run this code, so the result is the same by construction; digests prove it.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import FACT_KINDS, KINDS
from inspector.domain.searchable import document
from inspector.ledger import canonical
from inspector.ledger.operation import KNOWN_KINDS, parse
from inspector.ledger.registers import Candidates, EntityState
from inspector.storage.rows import Row, filled, load, names, sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector.domain.schema import KindSpec
    from inspector.ledger.operation import Operation
    from inspector.storage.connection import Database
    from inspector.storage.drafting import Draft, Rows
    from inspector.storage.indexing import ChangedText, IndexWriter, Text
    from inspector.storage.log import OperationLog, Stored


@lru_cache(maxsize=1024)
def _insert_sql(kind: KindSpec, places: tuple[int, ...]) -> str:
    """`places` are those of `names` that the row has a value for."""
    columns = names(kind)
    quoted = [f'"{columns[place]}"' for place in places]
    # OR FAIL: as in `storage.log`.
    values = ", ".join("?" * len(quoted))
    return f'INSERT OR FAIL INTO "{kind.name}"({", ".join(quoted)}) VALUES({values})'


@cache
def _select_sql(kind: KindSpec, where: str) -> str:
    quoted = ", ".join(f'"{name}"' for name in names(kind))
    return f'SELECT {quoted} FROM "{kind.name}" WHERE {where}'


@lru_cache(maxsize=1024)
def _update_sql(kind: KindSpec, places: tuple[int, ...]) -> str:
    """`places` are those of `Row.columns` that are set."""
    quoted = [f'"{name}" = ?' for name in names(kind)[2:]]
    return f'UPDATE OR FAIL "{kind.name}" SET {", ".join(quoted[i] for i in places)} WHERE _seq = ?'


class Projector:
    """Collects the effects of operations and writes them in one go.

    Call `apply` for each operation in order of arrival, then `flush` inside the same transaction;
    after an error call `forget`. `index` writes the search index; without one it is left alone.
    """

    def __init__(self, db: Database, log: OperationLog, index: IndexWriter | None = None) -> None:
        self._index = index
        self._db = db
        self._log = log
        #: Rows loaded or made; None for an entity that does not exist.
        self._rows: dict[tuple[str, str], Row | None] = {}
        self._touched: dict[tuple[str, str], Row] = {}
        self._awaited: dict[str, set[tuple[str, str]]] = {}

    # Asked for when they are needed: tables that were damaged can be opened, to be made anew.

    @cached_property
    def _any_dead(self) -> bool:
        return bool(self._db.execute("SELECT 1 FROM dead LIMIT 1").fetchone())

    @cached_property
    def _any_replaced(self) -> bool:
        return any(
            self._db.execute(f'SELECT 1 FROM "{k}" WHERE replaces IS NOT NULL LIMIT 1').fetchone()
            for k in FACT_KINDS
        )

    def state(self, kind: str, entity: str) -> EntityState:
        """Return the registers of an entity as they stand (empty if it does not exist)."""
        row = self._row(kind, entity)
        return row.state if row else EntityState()

    def apply(self, place: int, operation: Operation) -> None:
        """Apply `operation`, stored at `place`; kinds and nouns of newer versions are left."""
        if operation.header.kind in KNOWN_KINDS:
            self._apply(place, operation, range(len(operation.changes)))
        if self._any_dead:
            self._bury(operation.short)

    def replay(self, stretch: Sequence[Stored], draft: Draft) -> None:
        """Write `draft`, and what it leaves over of `stretch`."""
        self._insert(draft.rows)
        for stored in stretch if draft.rest or self._any_dead else ():
            if stored.place in draft.refused:
                continue
            if stored.place in draft.rest:
                self._apply(stored.place, parse(stored.raw), draft.rest[stored.place])
            if self._any_dead:
                self._bury(stored.id.hex()[:32])
        self._flush(draft.texts)

    @contextmanager
    def many(self) -> Iterator[None]:
        """Expect many entities within, inside of one transaction."""
        if self._index is None:
            yield
            return
        with self._index.at_once():
            yield

    def receive(self, placed: Sequence[tuple[int, Operation]], draft: Draft) -> None:
        """Write `draft`, and what it leaves over of operations that are stored at their places."""
        self._insert(draft.rows)
        for place, operation in placed if draft.rest or self._any_dead else ():
            if place in draft.rest:
                self._apply(place, operation, draft.rest[place])
            if self._any_dead:
                self._bury(operation.short)
        self._flush(draft.texts)

    def known(self, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Return which of these entities are in a table, or replaced by a fact that is."""
        by_kind: dict[str, list[str]] = {}
        for kind, entity in keys:
            by_kind.setdefault(kind, []).append(entity)
        found: set[tuple[str, str]] = set()
        for kind, listed in by_kind.items():
            columns = ["id"]
            if self._any_replaced and kind in FACT_KINDS:
                columns.append("replaces")
            for column in columns:
                rows = self._db.execute(
                    f'SELECT {column} FROM "{kind}" '
                    f"WHERE {column} IN (SELECT value FROM json_each(?))",
                    (json.dumps(listed),),
                )
                found.update((kind, row[0]) for row in rows)
        return found

    def _insert(self, listed: Rows) -> None:
        for (name, places), rows in listed.items():
            self._db.conn.executemany(_insert_sql(KINDS[name], places), rows)

    def _apply(self, place: int, operation: Operation, numbers: Iterable[int]) -> None:
        def arrived(short: str) -> bool:
            found = self._log.place(short)
            return found is not None and found < place

        for index in numbers:
            change = operation.changes[index]
            if change is None or change.entity not in KINDS:
                continue
            key = (change.entity, change.id)
            row = self._row(*key)
            if row is None:
                seq = sequence(place, index, change.entity)
                row = Row(KINDS[change.entity], change.id, seq, EntityState(), stored=False)
                self._rows[key] = row
            self._touched[key] = row
            row.state.apply(operation.header, operation.short, change, arrived)
            if row.state.dead:
                self._any_dead = True
                for short in frozenset().union(*row.state.dead.values()):
                    self._awaited.setdefault(short, set()).add(key)
            if change.fields.get("replaces"):
                self._any_replaced = True

    def _bury(self, short: str) -> None:
        """Forget that the arrived operation `short` was awaited anywhere.

        Where it wrote what it was said to have written, that is done; but the change may have been
        erased, or never have been in it, and then the order of arrival must not matter either.
        """
        awaited = self._db.execute("SELECT DISTINCT e, id FROM dead WHERE op = ?", (short,))
        for key in self._awaited.pop(short, set()).union(awaited.fetchall()):
            row = self._row(*key)
            if row is not None:
                row.state.bury(short)
                self._touched[key] = row

    def flush(self) -> None:
        """Write everything collected: rows, candidates and search index."""
        self._flush([])

    def _flush(self, texts: list[tuple[int, str]]) -> None:
        self._load_replaced()
        self._write_rows()
        for row in self._touched.values():
            self._write_candidates(row)
        if self._index is not None:
            new, changed = self._changed_texts()
            self._index.write(texts + new, changed)
        self.forget()

    @property
    def waiting(self) -> int:
        """How many entities wait to be written."""
        return len(self._touched)

    def forget(self) -> None:
        """Drop what is in memory and not written."""
        self._rows.clear()
        self._touched.clear()
        self._awaited.clear()

    def _row(self, kind: str, entity: str) -> Row | None:
        key = (kind, entity)
        if key not in self._rows:
            rows = self.stored(kind, "id = ?", entity)
            self._rows[key] = self.loaded(kind, rows[0]) if rows else None
        return self._rows[key]

    def stored(self, kind: str, where: str, value: str | int) -> list[tuple[Any, ...]]:
        """Return the rows of a noun that satisfy a condition, as `loaded` takes them."""
        return self._db.execute(_select_sql(KINDS[kind], where), (value,)).fetchall()

    def loaded(self, kind: str, found: tuple[Any, ...]) -> Row:
        """Return the entity that stands in a row, with its searched text as `document_before`."""
        row = load(KINDS[kind], found, self._candidates)
        if self._any_dead:
            row.state.dead = self._dead(kind, row.id)
        shown = row.state.shown()
        row.replaces_before = shown.get("replaces")
        if not self._replaced(row):
            row.document_before = document(kind, shown)
        return row

    def _candidates(self, kind: str, entity: str) -> dict[str, Candidates]:
        found = self._db.execute(
            "SELECT field, lc, op, value FROM candidate WHERE e = ? AND id = ? "
            "ORDER BY field, lc DESC, op DESC",
            (kind, entity),
        )
        result: dict[str, Candidates] = {}
        for name, lc, op, value in found:
            result[name] = (*result.get(name, ()), (lc, op, json.loads(value)))
        return result

    def _dead(self, kind: str, entity: str) -> dict[str, frozenset[str]]:
        found = self._db.execute(
            "SELECT field, op FROM dead WHERE e = ? AND id = ?", (kind, entity)
        )
        result: dict[str, frozenset[str]] = {}
        for name, op in found:
            result[name] = result.get(name, frozenset()) | {op}
        return result

    def _load_replaced(self) -> None:
        """Load the facts that touched rows replace or replaced: their index entry may change."""
        if not self._any_replaced:
            return
        for row in list(self._touched.values()):
            for target in (row.replaces_before, row.state.shown().get("replaces")):
                if isinstance(target, str):
                    self._row(row.kind.name, target)

    def _replaced(self, row: Row) -> bool:
        if not self._any_replaced or row.kind.name not in FACT_KINDS:
            return False
        found = self._db.execute(
            f'SELECT 1 FROM "{row.kind.name}" WHERE replaces = ? AND void IS NULL LIMIT 1',
            (row.id,),
        )
        return found.fetchone() is not None

    def _write_rows(self) -> None:
        inserts: Rows = {}
        for row in self._touched.values():
            columns = row.columns()
            if row.stored:
                self._update(row, columns)
            else:
                places, values = filled([row.seq, row.id, *columns])
                inserts.setdefault((row.kind.name, places), []).append(values)
        self._insert(inserts)

    def _update(self, row: Row, columns: list[Any]) -> None:
        """Set what has changed: to set a column again writes the indexes anew in which it is."""
        places = tuple(
            place
            for place, (before, now) in enumerate(zip(row.columns_before, columns, strict=True))
            if before != now
        )
        if places:
            values = [columns[place] for place in places]
            self._db.execute(_update_sql(row.kind, places), [*values, row.seq])

    def _write_candidates(self, row: Row) -> None:
        key = (row.kind.name, row.id)
        many = [name for name, items in row.state.registers.items() if len(items) > 1]
        if row.many or many:
            self._db.execute("DELETE FROM candidate WHERE e = ? AND id = ?", key)
            self._db.conn.executemany(
                "INSERT INTO candidate(e, id, field, op, lc, value) VALUES(?,?,?,?,?,?)",
                [
                    (*key, name, op, lc, canonical.text_of(value))
                    for name in many
                    for lc, op, value in row.state.registers[name]
                ],
            )
        if self._any_dead:
            self._db.execute("DELETE FROM dead WHERE e = ? AND id = ?", key)
            self._db.conn.executemany(
                "INSERT INTO dead(e, id, field, op) VALUES(?,?,?,?)",
                [(*key, name, op) for name, ops in row.state.dead.items() for op in sorted(ops)],
            )

    def _changed_texts(self) -> tuple[list[Text], list[ChangedText]]:
        """Return what is searched of new rows, and of others what it was and what it is now."""
        new: list[Text] = []
        changed: list[ChangedText] = []
        for row in filter(None, self._rows.values()):
            after = document(row.kind.name, row.state.shown())
            if after and self._replaced(row):
                after = ""
            if after == row.document_before:
                continue
            if row.stored:
                changed.append((row.seq, row.document_before, after))
            else:
                new.append((row.seq, after))
        return new, changed
