"""Schema 1. Frozen: it imports nothing of ours and is never edited.

`op` is the truth; the tables of nouns are its projection. Each projected row carries, beside its
fields: `_seq` (place in the order of arrival), `_c`/`_lc` (operation that created it and its
counter), `_t`/`_tz`/`_by` (when and by whom it was entered), `_fc` (per changed field the operation
that set it), `_x` (fields of a newer version), `_conflict` (fields with differing candidates).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

FACT = (
    "visit observer observed_from# observed_to# observed_zone# time_source time_precision# "
    "replaces withdrawn "
)

# Fields by noun; "#" marks whole numbers, everything else is text (lists and objects as JSON).
NOUNS = {
    "person": "name post unit credential",
    "unit": "code name parent kind",
    "hall": "code name kind level unit address zone_minutes# hours",
    "window": "hall number label floor zone matters covered_by hours position#",
    "day_calendar": "name year# days source",
    "trip": "name kind clue_number basis legal_basis document_title document_number issuer "
    "scope valid_from valid_to leader report_heard people_present opinions praise",
    "visit": "trip hall number# device official_number checklist supplement_of edition#",
    "visit_member": "visit person",
    "event": FACT + "kind phase to_whom document note",
    "round": FACT + "number# floor zone",
    "sighting": FACT + "round window state continuous# people_waiting# note",
    "sweep": FACT + "round floor zone state windows",
    "wait": FACT + "window ticket joined# called# ended# outcome promised_minutes# rule "
    "people_ahead# note",
    "head_count": FACT + "floor zone staffed# total# note",
    "remark": FACT + "kind window text reply before after measure_unit",
    "answer": FACT + "item value conformity note",
    "finding": FACT
    + "number# device official_number situations severity# window people_waiting# basis "
    "rule text outcome outcome_reason",
    "finding_person": "visit finding description described_by identity identity_post identity_by "
    "identity_source",
    "confirmation": FACT + "finding confirmed method evidence",
    "evidence": FACT + "sha256 size# mime original_name route acquisition messenger_copy# camera "
    "camera_ms# offset_ms# width# height# orientation# latitude_e7# longitude_e7# "
    "burst metadata caption free_of_people#",
    "placement": "visit evidence target_kind target position#",
    "clock_check": FACT + "camera evidence shown_ms# camera_ms# offset_ms#",
    "feedback": FACT + "findings people_present sheet refusal witness",
    "statement": FACT + "finding speaker position text",
    "catalogue": "kind code version name valid_from valid_to sha256",
    "seal": "visit manifest record secret edition# previous",
    "erasure": "visit sha256 reason second_person",
    "audit_entry": "visit kind sha256 detail",
}

BASE = (
    """CREATE TABLE op(
        seq INTEGER PRIMARY KEY, id BLOB NOT NULL, log TEXT NOT NULL, n INTEGER NOT NULL,
        lc INTEGER NOT NULL, t INTEGER NOT NULL, by TEXT NOT NULL, k TEXT NOT NULL,
        act TEXT NOT NULL, vis TEXT NOT NULL, raw BLOB NOT NULL) STRICT""",
    "CREATE INDEX op_id ON op(id)",
    "CREATE INDEX op_log ON op(log, n)",
    "CREATE INDEX op_act ON op(act)",
    "CREATE INDEX op_vis ON op(vis) WHERE vis <> ''",
    """CREATE TABLE candidate(
        e TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, op TEXT NOT NULL,
        lc INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY(e, id, field, op)) STRICT""",
    """CREATE TABLE dead(
        e TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, op TEXT NOT NULL,
        PRIMARY KEY(e, id, field, op)) STRICT""",
    "CREATE INDEX dead_op ON dead(op)",
    "CREATE TABLE local_kv(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT",
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, content='', tokenize='ascii', prefix='1', columnsize=0)""",
)

INDEXES = {
    "finding": ("window",),
    "window": ("hall",),
    "visit": ("hall", "trip"),
    "hall": ("code",),
    "evidence": ("sha256",),
    "placement": ("evidence", "target"),
}


def apply(connection: sqlite3.Connection) -> None:
    """Create everything."""
    for statement in BASE:
        connection.execute(statement)
    for noun, listed in NOUNS.items():
        _noun(connection, noun, listed.split())
    for table in ("op", "candidate", "dead", "local_kv", *NOUNS):
        _guard(connection, table)
    connection.execute("PRAGMA application_id = 1296255041")
    connection.execute("PRAGMA user_version = 1")


def _noun(connection: sqlite3.Connection, noun: str, listed: list[str]) -> None:
    columns = ", ".join(
        f'"{name.rstrip("#")}" {"INTEGER" if name.endswith("#") else "TEXT"}' for name in listed
    )
    connection.execute(
        f'CREATE TABLE "{noun}"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, '
        f"{columns}, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, "
        "_tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, "
        "_conflict INTEGER NOT NULL) STRICT"
    )
    names = [name.rstrip("#") for name in listed]
    indexed = [*(["visit"] if "visit" in names else []), *INDEXES.get(noun, ())]
    for name in indexed:
        connection.execute(f'CREATE INDEX "{noun}_{name}" ON "{noun}"("{name}")')
    if "replaces" in names:
        connection.execute(
            f'CREATE INDEX "{noun}_replaces" ON "{noun}"(replaces) WHERE replaces IS NOT NULL'
        )


def _guard(connection: sqlite3.Connection, table: str) -> None:
    """Refuse writes by any program that does not keep the record (it lacks the function)."""
    for act in ("INSERT", "UPDATE", "DELETE"):
        connection.execute(
            f'CREATE TRIGGER "guard_{table}_{act.lower()}" BEFORE {act} ON "{table}" '
            "WHEN inspector_core() IS NOT 1 BEGIN "
            "SELECT RAISE(ABORT, 'only Mingcha may write here'); END"
        )
