"""The steps from an empty file to today's schema. Applied steps are never edited."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from inspector.storage.migrations import (
    m0001_initial,
    m0002_persons_as_seen,
    m0003_search_index_later,
    m0004_exchange,
    m0005_lighter_writes,
    m0006_claims,
)
from inspector.storage.schema_number import SCHEMA_VERSION

__all__ = ["SCHEMA_VERSION", "STEPS"]

STEPS = Migrations("mingcha")


@STEPS(name="0001_initial")
def _initial(db: Database) -> None:
    m0001_initial.apply(db.conn)


@STEPS(name="0002_persons_as_seen")
def _persons_as_seen(db: Database) -> None:
    m0002_persons_as_seen.apply(db.conn)


@STEPS(name="0003_search_index_later")
def _search_index_later(db: Database) -> None:
    m0003_search_index_later.apply(db.conn)


@STEPS(name="0004_exchange")
def _exchange(db: Database) -> None:
    m0004_exchange.apply(db.conn)


@STEPS(name="0005_lighter_writes")
def _lighter_writes(db: Database) -> None:
    m0005_lighter_writes.apply(db.conn)


@STEPS(name="0006_claims")
def _claims(db: Database) -> None:
    m0006_claims.apply(db.conn)
