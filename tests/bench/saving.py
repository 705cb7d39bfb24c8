"""Saving one answer, against one bare SQLite commit of the same bytes."""

from __future__ import annotations

import gc
import itertools
import sqlite3
from typing import TYPE_CHECKING

from inspector.operations.observing import record_answer
from inspector.operations.workspaces import create_workspace
from tests.bench import samples
from tests.bench.measuring import Check, Row, alternate, median, percentile, say, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.bench.measuring import Plan


class BareRow:
    """The floor: a database of two tables without indexes, one commit per answer."""

    def __init__(self, path: Path) -> None:
        # The floor is not part of the program: it opens its own database.
        self._db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE op(seq INTEGER PRIMARY KEY, raw BLOB)")
        self._columns = 0

    def commit(self, raw: bytes, row: tuple[object, ...]) -> float:
        """Write an operation's bytes and a row in one durable commit; return the seconds."""
        if not self._columns:
            self._columns = len(row)
            names = ", ".join(f"c{number}" for number in range(self._columns))
            self._db.execute(f"CREATE TABLE answer(seq INTEGER PRIMARY KEY, {names})")
        values = ", ".join("?" * self._columns)

        def write() -> None:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("INSERT INTO op(raw) VALUES(?)", (raw,))
            self._db.execute(f"INSERT INTO answer VALUES(NULL, {values})", row)
            self._db.execute("COMMIT")

        return seconds(write, tidy=False)

    def close(self) -> None:
        """Close the database."""
        self._db.close()


def run(plan: Plan) -> list[Row]:
    """Measure saving an answer in a visit that is well under way."""
    count = 60 if plan.quick else 300
    say(f"save: {count} answers")
    bare = BareRow(plan.folder / "save-bare.db")
    with create_workspace(plan.folder / "save") as session:
        sample = samples.observed(session, samples.prepared(session))
        saving = Saving(session, sample)
        # As the windows do (`ui.work.sharing`): what a start has made is left alone by the look for
        # garbage, which comes when Python thinks so.
        gc.collect()
        gc.freeze()
        timings = alternate(lambda _: saving.next(), lambda _: bare.commit(*saving.last()), count)
        gc.unfreeze()
    bare.close()
    return [
        Row(
            name="saving",
            work=f"save one answer, durable (median of {count})",
            floor_work="one SQLite commit with FULL of the same bytes",
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=2.0,
            checks=(
                Check("95th percentile", percentile(timings.ours, 0.95) * 1000, "ms"),
                # One save in fifty also brings the search index up to date.
                Check("99th percentile", percentile(timings.ours, 0.99) * 1000, "ms"),
            ),
        )
    ]


class Saving:
    """Records one answer after the other: new ones first, then changes of mind."""

    def __init__(self, session: Session, sample: samples.Sample) -> None:
        self._session = session
        self._sample = sample
        self._todo = self._answers()

    def _answers(self) -> Iterator[tuple[str, str, str]]:
        for turn in itertools.count():
            for person in self._sample.members:
                for item, text in samples.answers(turn):
                    yield item.code, text, person

    def next(self) -> float:
        """Record the next answer and return the seconds it took."""
        code, text, person = next(self._todo)
        session, visit = self._session, self._sample.visit
        note = "自查时未见公示，询问导办员后补充"
        return seconds(
            lambda: record_answer(session, visit, code, text, session.now(person), note=note),
            tidy=False,
        )

    def last(self) -> tuple[bytes, tuple[object, ...]]:
        """Return the bytes and the row that the last answer wrote."""
        db = self._session.store.db
        raw = db.execute("SELECT raw FROM op ORDER BY seq DESC LIMIT 1").fetchone()[0]
        row = db.execute("SELECT * FROM answer ORDER BY _t DESC, _seq DESC LIMIT 1").fetchone()
        return bytes(raw), tuple(row[1:])
