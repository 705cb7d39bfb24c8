"""Tables, indexes and triggers: what of them differs from what the migrations make, and mending it.

A foreign program needs no permission of ours to drop a table or a guard. What follows from the
record can be made anew; the record itself is never touched, and what others added is theirs.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from inspector.storage.comparing import PROJECTED
from inspector.storage.connection import APPLICATION_ID, in_memory
from inspector.storage.migrations import STEPS
from inspector.storage.presence import INDEX, RECORD, SHADOWS, quoted
from inspector.storage.schema_number import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.connection import Database

#: Where sqlite-utils notes which migrations ran.
_STEPS_RUN = "_sqlite_migrations"
#: Tables that SQLite and sqlite-utils define, each version in its own words.
_HOUSEKEEPING = (*SHADOWS, _STEPS_RUN)
#: Tables that are not dropped like any other, or not at all.
_KEPT = (*RECORD, INDEX)
#: Tables that a rebuild empties before it looks for anything in them.
_MADE_ANEW = frozenset({*PROJECTED, INDEX, *SHADOWS})

# As bytes: also a schema with broken text must be readable, to be reported. Names that begin with
# sqlite_ cannot be given by anybody but SQLite. The index of sqlite-utils is missing when a first
# start was interrupted, and nothing of ours needs it.
_PARTS = """
    SELECT type, CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(coalesce(sql, '') AS BLOB)
    FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND NOT (type = 'index' AND tbl_name = '_sqlite_migrations') ORDER BY rowid"""


class Part(NamedTuple):
    """A table, index, trigger or view; `table` is the one it stands on."""

    type: str
    name: str
    table: str
    sql: bytes


#: The parts of a schema in the order they were made, by type and name as SQLite compares it.
Parts = dict[tuple[str, str], Part]


def _parts(db: Database) -> Parts:
    found = (
        Part(kind, name.decode(errors="replace"), table.decode(errors="replace"), sql)
        for kind, name, table, sql in db.execute(_PARTS).fetchall()
    )
    return {(part.type, part.name.lower()): part for part in found}


@contextmanager
def as_made() -> Iterator[Database]:
    """Give an empty database with the schema that the migrations make, in memory."""
    with in_memory() as db:
        make(db)
        yield db


def make(db: Database) -> None:
    """Give `db`, which holds nothing and is thrown away, the schema that the migrations make."""
    with in_memory() as made:
        made.conn.deserialize(_made_once())
        made.conn.backup(db.conn)


@cache
def _made_once() -> bytes:
    # Step after step takes a hundred times as long as copying what they make.
    with in_memory() as db:
        STEPS.apply(db.whole)
        return db.conn.serialize()


def differences(db: Database, pristine: Database) -> Iterator[tuple[str, str]]:
    """Yield a code and a place for each difference of the schema of `db` from `pristine`.

    `foreign_table` is what others may have added without harm to anything of ours.
    """
    wanted, found = _parts(pristine), _parts(db)
    for key in sorted(wanted.keys() | found.keys()):
        where = f"schema {' '.join(key)}"
        if key not in found:
            yield "row_missing", where
        elif key not in wanted:
            yield "row_added" if _interferes(found[key], wanted) else "foreign_table", where
        elif _differs(found[key], wanted[key]):
            yield "row_changed", where
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield "row_changed", "schema application_id"


def _differs(found: Part, wanted: Part) -> bool:
    return wanted.name not in _HOUSEKEEPING and found != wanted


def _interferes(part: Part, wanted: Parts) -> bool:
    """Tell whether a part that is not ours stands on a table of ours, or holds a name of ours."""
    if part.type in ("index", "trigger") and ("table", part.table.lower()) in wanted:
        return True
    names = {name for kind, name in wanted if kind in ("table", "index")}
    return part.type in ("index", "view") and part.name.lower() in names


def mend(db: Database) -> list[tuple[str, str]]:
    """Bring the schema back, inside the caller's transaction; return what still differs.

    A projected table that differs is made anew and empty. Tables of the record keep their rows and
    columns, tables of others are left; both are among what is returned. A file of an older schema
    becomes one of today's: what the steps between would have changed can all be made anew.
    """
    with as_made() as pristine:
        wanted = _parts(pristine)
        if db.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
            db.execute(f"DROP TABLE IF EXISTS {_STEPS_RUN}")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        for part in _parts(db).values():
            if _must_go(part, wanted):
                db.execute(f"DROP {part.type} IF EXISTS {quoted(part.name)}")
        _mend_search_index(db, pristine, wanted)
        found = _parts(db)
        for key, part in wanted.items():
            if part.type == "table" and key in found and part.name not in _MADE_ANEW:
                mend_indexes(db, part.name)
        taken = {part.name.lower() for part in found.values() if part.type == "table"}
        for key, part in wanted.items():
            if key in found or part.name in SHADOWS or (part.type == "index" and key[1] in taken):
                continue
            db.execute(part.sql.decode())
            if part.name == _STEPS_RUN:
                _copy_rows(db, pristine, part.name)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return list(differences(db, pristine))


def mend_indexes(db: Database, table: str) -> None:
    """Make the indexes of a table anew if they do not hold what it does, inside a transaction.

    An index may be whole and yet hide rows.
    """
    if db.execute(f"PRAGMA integrity_check({quoted(table)})").fetchone()[0] != "ok":
        db.execute(f"REINDEX {quoted(table)}")


def _must_go(part: Part, wanted: Parts) -> bool:
    ours = wanted.get((part.type, part.name.lower()))
    if ours is None:
        return _interferes(part, wanted)
    return _differs(part, ours) and not (part.type == "table" and ours.name in _KEPT)


def _mend_search_index(db: Database, pristine: Database, wanted: Parts) -> None:
    """Make the search index anew if a part of it is missing or differs.

    SQLite drops it only while its own tables can be read, so they are made whole first.
    """
    found = _parts(db)
    keys = [("table", name) for name in (INDEX, *SHADOWS)]
    if all(key in found and not _differs(found[key], wanted[key]) for key in keys):
        return
    for name in SHADOWS:
        db.execute(f"DROP TABLE IF EXISTS {name}")
        db.execute(wanted["table", name].sql.decode())
        _copy_rows(db, pristine, name)
    # With the index go its tables; without one they have to go by themselves.
    for name in (INDEX, *SHADOWS):
        db.execute(f"DROP TABLE IF EXISTS {name}")


def _copy_rows(db: Database, pristine: Database, table: str) -> None:
    rows = pristine.execute(f'SELECT * FROM "{table}"')
    slots = ", ".join("?" * len(rows.description))
    db.conn.executemany(f'INSERT INTO "{table}" VALUES({slots})', rows.fetchall())
