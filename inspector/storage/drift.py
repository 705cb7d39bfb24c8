"""The drift check: do record and tables still agree? In pieces, between which others may work.

A foreign program can write only while ours is closed, so what was verified once stays verified
until the store is closed. What is recorded between two pieces is applied to both sides by the same
code and cannot make them differ; it is applied to the replay before the next rows are compared.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.ledger.operation import parse
from inspector.storage import integrity, structure
from inspector.storage.comparing import PROJECTED, compare_table
from inspector.storage.connection import guarded
from inspector.storage.log import BEFORE_ALL, OperationLog
from inspector.storage.problems import Problem
from inspector.storage.projection import Projector
from inspector.storage.verifying import as_branches, verified

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from inspector.base.progress import Progress
    from inspector.storage.connection import Database

#: How long one step works, in seconds; the last piece it begins may take a few milliseconds more.
STEP_SECONDS = 0.008

#: Operations read at a time, and entities collected before they are written: small pieces.
_FEW = 20

#: Files up to so many bytes are verified as a whole in one step (measured: 1 ms for 1 MB).
_SMALL_FILE = 8 * 1024 * 1024


class DriftCheck:
    """Verifies the record, replays it beside the tables and compares. One thread, like the store.

    Everything is compared but the search index, which no seal and no paper is made from; `check`
    compares that too. `problems` is complete when `finished`.
    """

    def __init__(self, db: Database, folder: Path) -> None:
        self.finished = False
        self.problems: list[Problem] = []
        self._db = db
        self._log = OperationLog(db)
        self._folder = folder
        self._begin(in_memory=False)

    def _begin(self, *, in_memory: bool) -> None:
        self._in_memory = in_memory
        self._place = BEFORE_ALL
        self._pieces = self._all_pieces()
        self.problems.clear()

    def step(self, seconds: float = STEP_SECONDS) -> bool:
        """Work for about `seconds`; tell whether there is more to do in steps.

        The file of a large record is verified by `finish` only: SQLite does that in one go.
        """
        end = time.monotonic() + seconds
        while self._advance() is not None:
            if time.monotonic() >= end:
                return True
        if not self.finished and self._file_bytes() <= _SMALL_FILE:
            self._verify_file()
        return False

    def finish(self, progress: Progress) -> list[Problem]:
        """Do what is left, in one go, and return all problems."""
        if not self.finished:
            progress.start(N_("Replaying the record"), self._log.count())
        while (done := self._advance()) is not None:
            progress.step(done)
        if not self.finished:
            self._verify_file()
        return self.problems

    def close(self) -> None:
        """Remove the replay."""
        self._pieces.close()

    def _advance(self) -> int | None:
        """Do one piece; return how many operations it replayed, None if none is left.

        After a failure everything begins again, on a full disk in memory: reading must work there.
        """
        try:
            with guarded():
                return next(self._pieces, None)
        except MingchaError as error:
            if error.code == "workspace_damaged":
                self.problems.append(Problem("record_unreadable", str(error.fields["detail"])))
                return None
            was_in_memory = self._in_memory
            self._begin(in_memory=was_in_memory or error.code == "disk_full")
            if error.code == "disk_full" and not was_in_memory:
                return 0
            raise
        except BaseException:
            self._begin(in_memory=self._in_memory)
            raise

    def _all_pieces(self) -> Generator[int, None, None]:
        place = structure.as_made() if self._in_memory else integrity.scratch(self._folder)
        with place as replayed:
            yield 0
            # Nothing is committed: the replay is thrown away, and writing it out would take time.
            projector = Projector(replayed, self._log)
            yield from self._replay(projector)
            yield from self._compare(projector, replayed)

    def _replay(self, projector: Projector) -> Generator[int, None, None]:
        """Verify and replay every operation, also those that come in the meantime."""
        for place, operation, found in verified(self._log, _FEW):
            self.problems.extend(as_branches(found, self._log))
            self._place = max(self._place, place)
            if operation is not None:
                projector.apply(place, operation)
            if projector.waiting >= _FEW:
                projector.flush()
            yield 1
        projector.flush()

    def _compare(self, projector: Projector, replayed: Database) -> Generator[int, None, None]:
        self.problems.extend(Problem(*each) for each in structure.differences(self._db, replayed))
        # What was recorded while the last operation waited for its step is not replayed yet.
        yield from self._catch_up(projector)
        for table in PROJECTED:
            for found in compare_table(table, self._db, replayed):
                self.problems.extend(found)
                yield 0
                yield from self._catch_up(projector)

    def _catch_up(self, projector: Projector) -> Generator[int, None, None]:
        """Replay what this program recorded since the last piece."""
        while stored := list(islice(self._log.rows(self._place, _FEW), _FEW)):
            for each in stored:
                projector.apply(each.place, parse(each.raw))
            projector.flush()
            self._place = stored[-1].place
            if len(stored) < _FEW:
                return
            yield 0

    def _file_bytes(self) -> int:
        pages, size = (
            self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
        return int(pages * size)

    def _verify_file(self) -> None:
        self.problems.extend(integrity.file_problems(self._db))
        self.finished = True
