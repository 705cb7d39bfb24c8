"""Without one of its protections the exchange must fail its trials, or they prove nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

#: Name of the mutant: what it takes away, as a patch made before the trials run.
MUTANTS = {
    "the last writer wins": """
from inspector.ledger.registers import EntityState
before = EntityState._write
def lww(self, name, new, over, arrived):
    before(self, name, new, over, arrived)
    self.registers[name] = self.registers[name][:1]
EntityState._write = lww
""",
    "what was sent once is never looked for again": """
from inspector.sync.work import Work
Work.lost = lambda self, kind, gone: None
""",
    "what is listed is there": """
from inspector.storage import exchange
from inspector.sync.work import Work
before = Work.listing
def trusting(self, kind, folder, *, below=False):
    listed = before(self, kind, folder, below=below)
    names = exchange.segment_names(self.store.db)
    with self.store.transaction():
        for name, size in listed.items():
            known = names.get(name.rpartition("/")[2])
            if kind == exchange.SEGMENT and known:
                self.note(kind, name, known, size)
    return listed
Work.listing = trusting
""",
    "bytes are not compared with their name": """
from inspector.sync import names
names.require_bytes = lambda name, data: None
""",
    "only own entries are sent": """
from inspector.storage import exchange
from inspector.sync import session
before = session._send_segments
def own(work):
    kept = exchange.segments
    exchange.segments = lambda db, log="": [r for r in kept(db, log) if r.log == work.store.chain]
    try:
        yield from before(work)
    finally:
        exchange.segments = kept
session._send_segments = own
""",
    "a place in a chain names an entry": """
from inspector.storage import receiving
before = receiving.take
def by_place(store, operations):
    head = store.log.head(operations[0].header.log)
    later = [each for each in operations if each.header.n > head.n]
    return before(store, later) if later else receiving.Taken()
receiving.take = by_place
from inspector.sync import fetching
fetching.take = by_place
""",
}
_LOSS = (
    "something is lacking",
    "something is lost",
    "a file is lacking",
    "called safe, and",
)
#: What the trials must say of a mutant: that they fail for another reason proves nothing.
REASONS = {name: _LOSS for name in MUTANTS} | {
    "the last writer wins": ("other values than were written last",),
}
RUNS = os.environ.get("MINGCHA_MUTANT_RUNS", "3000")


@pytest.mark.rig
@pytest.mark.parametrize("name", MUTANTS)
def test_the_trials_notice_what_is_taken_away(tmp_path, name):
    plugin = tmp_path / "mutant.py"
    plugin.write_text(MUTANTS[name], encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "mutant"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "tests/sync/test_model.py"],
        env={**os.environ, "MINGCHA_MODEL_RUNS": RUNS, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout[-2000:]
    told = [each for each in REASONS[name] if each in done.stdout]
    assert told, done.stdout[-2000:]
