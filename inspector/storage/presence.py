"""Whether the tables are there that this program cannot work without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.schema import KINDS
from inspector.storage.kinds import META

if TYPE_CHECKING:
    from inspector.storage.connection import Database

#: What cannot be made anew: the operations, the names of space and chain, and the organisation's
#: statements and keys. The last three are empty where nobody joined one.
RECORD = ("op", "local_kv", "organisation_statement", "epoch_key", "envelope")
#: What no backup holds, see `storage.envelopes`: it is empty there.
SECRET = ("epoch_key",)

INDEX = "search_index"
#: Tables in which SQLite keeps the search index.
SHADOWS = (f"{INDEX}_config", f"{INDEX}_data", f"{INDEX}_idx")
#: What the search index lacks, see `storage.later`.
UNINDEXED = "unindexed"


#: A virtual table cannot be asked while a part of it is missing: it only has to be there.
_COLUMNS = (
    "SELECT listed.name, info.name FROM sqlite_master AS listed, "
    "pragma_table_info(listed.name) AS info "
    "WHERE listed.type = 'table' AND listed.sql NOT LIKE 'CREATE VIRTUAL%'"
)


def unreadable(db: Database) -> tuple[str, ...]:
    """Return the tables that lack something without which this program cannot work with them."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns: dict[str, set[str]] = {name: set() for name in names}
    for name, column in db.execute(_COLUMNS):
        columns[name].add(column)
    needed = {name: {"id", *kind.names, *META} for name, kind in KINDS.items()}
    needed |= {
        "op": {"seq", "id", "log", "n", "lc", "t", "by", "k", "act", "vis", "raw"},
        "local_kv": {"k", "v"},
        "candidate": {"e", "id", "field", "op", "lc", "value"},
        "dead": {"e", "id", "field", "op"},
        UNINDEXED: {"seq", "text"},
        **{name: set() for name in (INDEX, *SHADOWS)},
    }
    return tuple(
        name for name, wanted in needed.items() if name not in columns or wanted - columns[name]
    )


def quoted(name: str) -> str:
    """Return the name of a table as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
