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


def unreadable(db: Database) -> tuple[str, ...]:
    """Return the tables that lack something without which this program cannot work with them."""
    listed = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    columns: dict[str, set[str]] = {}
    for name, sql in listed:
        # A virtual table cannot be asked while a part of it is missing: it only has to be there.
        virtual = sql.upper().startswith("CREATE VIRTUAL")
        info = () if virtual else db.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
        columns[name] = {row[1] for row in info}
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
