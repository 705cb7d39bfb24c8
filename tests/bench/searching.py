"""Searching a million findings, against instr() over the same rows."""

from __future__ import annotations

import json
import sqlite3
from random import Random
from typing import TYPE_CHECKING, Any

from inspector.domain.entities import Finding
from inspector.domain.searchable import SEARCHED, document
from inspector.operations.searching import search
from inspector.operations.workspaces import create_workspace
from inspector.storage.searching import COUNT_LIMIT
from tests.bench.measuring import Check, Row, percentile, say, seconds
from tests.bench.records import Grower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.bench.measuring import Plan

#: Milliseconds that 95 of 100 searches may take at most.
LIMIT_MS = 30
HITS = 50
LENGTHS = range(1, 9)


def run(plan: Plan) -> list[Row]:
    """Measure searching for words of one to eight characters, common and rare ones."""
    count = 100_000 if plan.quick else 1_000_000
    say(f"search: {count:,} findings")
    with create_workspace(plan.folder / "search") as session:
        Grower(session).grow(count)
        bare = copy_texts(session, plan.folder / "search-bare.db")
        words = sample_words(bare, 50, 5)
        ours, floor, differing = [], [], []
        for word, asked_of_both in words:
            ours.append(seconds(lambda word=word: search(session, word, HITS)))
            if asked_of_both:
                floor.append(seconds(lambda word=word: scan(bare, word)))
                if answers_differ(session, bare, word):
                    differing.append(word)
        bare.close()
    slow = percentile(ours, 0.95)
    return [
        Row(
            name="search",
            work=f"search in {count:,} findings, first {HITS} hits, 95th percentile",
            floor_work="instr() over the same texts, newest first, counting to 1,000",
            ours=slow,
            floor=percentile(floor, 0.95),
            target=0.1,
            checks=(
                Check("95th percentile", slow * 1000, "ms", LIMIT_MS),
                Check("slowest", max(ours) * 1000, "ms"),
                Check("words with another answer than instr()", len(differing), "", 0),
            ),
        )
    ]


def copy_texts(session: Session, path: Path) -> sqlite3.Connection:
    """Return a bare database that holds nothing but the searched texts, in the same order."""
    bare = sqlite3.connect(path)
    bare.execute("CREATE TABLE finding(seq INTEGER PRIMARY KEY, words TEXT)")
    names = SEARCHED["finding"]
    rows = session.store.db.execute(f"SELECT _seq, {', '.join(names)} FROM finding")
    bare.executemany(
        "INSERT INTO finding VALUES(?, ?)", ((row[0], _text(names, row[1:])) for row in rows)
    )
    bare.commit()
    return bare


def _text(names: Sequence[str], row: Sequence[Any]) -> str:
    values = dict(zip(names, row, strict=True))
    return document("finding", values | {"situations": json.loads(values["situations"] or "[]")})


def sample_words(
    bare: sqlite3.Connection, per_length: int, asked_of_both: int
) -> Iterator[tuple[str, bool]]:
    """Yield words cut from texts anywhere in the record; `asked_of_both` of each length."""
    random = Random(3)
    lowest, highest = bare.execute("SELECT min(seq), max(seq) FROM finding").fetchone()
    for length in LENGTHS:
        for number in range(per_length):
            place = random.randrange(lowest, highest + 1)
            row = bare.execute("SELECT words FROM finding WHERE seq >= ? LIMIT 1", (place,))
            text = row.fetchone()[0].partition("\n")[0]
            yield _word(text, length, random), number < asked_of_both


def _word(text: str, length: int, random: Random) -> str:
    """Return `length` characters in a row, without punctuation or digits.

    Numbers are whole words in the index: parts of them are found by their beginning only.
    """
    parts = [text[at : at + length] for at in range(len(text) - length + 1)]
    words = [part for part in parts if part.isalpha()]
    return random.choice(words)


def scan(bare: sqlite3.Connection, word: str) -> list[int]:
    """Ask the floor what the program is asked: the newest, and how many, up to the limit."""
    found = bare.execute(
        "SELECT seq FROM finding WHERE instr(words, ?) > 0 ORDER BY seq DESC LIMIT ?",
        (word, COUNT_LIMIT + 1),
    )
    return [row[0] for row in found]


def answers_differ(session: Session, bare: sqlite3.Connection, word: str) -> bool:
    """Tell whether the program gives other findings, or another total, than the floor."""
    places, hits = scan(bare, word), search(session, word, HITS)
    expected = [
        finding.id
        for place in places[:HITS]
        for finding in session.store.select(Finding, "_seq = ?", place)
    ]
    total = min(len(places), COUNT_LIMIT), len(places) > COUNT_LIMIT
    return expected != [hit.id for hit in hits.hits] or total != (hits.total, hits.more)
