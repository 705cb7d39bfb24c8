"""Schema 2: a person in a finding is a fact, with observer and observed times. Frozen.

Beside them stands when the identity was confirmed. It imports nothing of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

COLUMNS = (
    "observer TEXT",
    "observed_from INTEGER",
    "observed_to INTEGER",
    "observed_zone INTEGER",
    "time_source TEXT",
    "time_precision INTEGER",
    "replaces TEXT",
    "withdrawn TEXT",
    "identity_from INTEGER",
    "identity_to INTEGER",
    "identity_zone INTEGER",
    "identity_time_source TEXT",
    "identity_precision INTEGER",
)


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns, and the index that finds what an entry corrects."""
    for column in COLUMNS:
        connection.execute(f"ALTER TABLE finding_person ADD COLUMN {column}")
    connection.execute(
        "CREATE INDEX finding_person_replaces ON finding_person(replaces) "
        "WHERE replaces IS NOT NULL"
    )
    connection.execute("PRAGMA user_version = 2")
