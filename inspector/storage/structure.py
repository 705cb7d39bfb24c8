"""Tables, indexes and triggers: what of them differs from what the migrations make, and mending it.

A foreign program needs no permission of ours to drop a table or a guard. What follows from the
record can be made anew; the record itself is never touched, and what others added is theirs.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from inspector.domain.schema import KINDS
from inspector.storage.connection import APPLICATION_ID, in_memory
from inspector.storage.migrations import STEPS
from inspector.storage.rows import META

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

#: What cannot be made anew: the operations, and the names of space and chain.
RECORD = ("op", "local_kv")

_INDEX = "search_index"
#: Tables in which SQLite keeps the search index.
_SHADOWS = (f"{_INDEX}_config", f"{_INDEX}_data", f"{_INDEX}_idx")
#: Where sqlite-utils notes which migrations ran.
_STEPS_RUN = "_sqlite_migrations"
#: Tables that SQLite and sqlite-utils define, each version in its own words.
_HOUSEKEEPING = (*_SHADOWS, _STEPS_RUN)
#: Tables that are not dropped like any other, or not at all.
_KEPT = (*RECORD, _INDEX)

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
        STEPS.apply(db)
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


def unreadable(db: Database) -> tuple[str, ...]:
    """Return the tables that lack something without which this program cannot work with them."""
    listed = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    columns: dict[str, set[str]] = {}
    for name, sql in listed:
        # A virtual table cannot be asked while a part of it is missing: it only has to be there.
        virtual = sql.upper().startswith("CREATE VIRTUAL")
        info = () if virtual else db.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
        columns[name] = {row[1] for row in info}
    needed = {name: {"id", *kind.names, *META} for name, kind in KINDS.items()}
    needed |= {
        "op": {"seq", "id", "log", "n", "lc", "t", "by", "k", "act", "vis", "raw"},
        "local_kv": {"k", "v"},
        "candidate": {"e", "id", "field", "op", "lc", "value"},
        "dead": {"e", "id", "field", "op"},
        **{name: set() for name in (_INDEX, *_SHADOWS)},
    }
    return tuple(
        name for name, wanted in needed.items() if name not in columns or wanted - columns[name]
    )


def mend(db: Database) -> list[tuple[str, str]]:
    """Bring the schema back, inside the caller's transaction; return what still differs.

    A projected table that differs is made anew and empty. Tables of the record keep their rows and
    columns, tables of others are left; both are among what is returned.
    """
    with as_made() as pristine:
        wanted = _parts(pristine)
        for part in _parts(db).values():
            if _must_go(part, wanted):
                db.execute(f"DROP {part.type} IF EXISTS {_quoted(part.name)}")
        _mend_search_index(db, pristine, wanted)
        if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            # An index may be whole and yet hide rows; SQLite makes it anew from its table.
            db.execute("REINDEX")
        found = _parts(db)
        taken = {part.name.lower() for part in found.values() if part.type == "table"}
        for key, part in wanted.items():
            if key in found or part.name in _SHADOWS or (part.type == "index" and key[1] in taken):
                continue
            db.execute(part.sql.decode())
            if part.name == _STEPS_RUN:
                _copy_rows(db, pristine, part.name)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return list(differences(db, pristine))


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
    keys = [("table", name) for name in (_INDEX, *_SHADOWS)]
    if all(key in found and not _differs(found[key], wanted[key]) for key in keys):
        return
    for name in _SHADOWS:
        db.execute(f"DROP TABLE IF EXISTS {name}")
        db.execute(wanted["table", name].sql.decode())
        _copy_rows(db, pristine, name)
    # With the index go its tables; without one they have to go by themselves.
    for name in (_INDEX, *_SHADOWS):
        db.execute(f"DROP TABLE IF EXISTS {name}")


def _copy_rows(db: Database, pristine: Database, table: str) -> None:
    rows = pristine.execute(f'SELECT * FROM "{table}"')
    slots = ", ".join("?" * len(rows.description))
    db.conn.executemany(f'INSERT INTO "{table}" VALUES({slots})', rows.fetchall())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
