"""Whether this is still the only copy of a workspace that writes its chain.

Where a chain has a key, a random value is kept twice: in the database, and in a file in the user's
profile, outside of everything that is copied with the workspace. Both are renewed with the first
action of every session. A copied folder, a copied disk or a database put back from elsewhere then
shows by values that differ, or by another computer: it begins a chain of its own. Nothing depends
on it but who is answerable: operations are told apart by their hashes.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from inspector.base.files import make_folder, write_private
from inspector.base.machine import machine
from inspector.base.paths import profile
from inspector.base.values import frozen
from inspector.storage.preparing import put_local

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.storage.connection import Database

logger = logging.getLogger(__name__)

#: Local settings: the public key of a chain, and what tells whether its workspace was copied.
KEY_NOTED = "device_key"
_KEPT = "identity"
#: Local setting: the organisation that the workspace belongs to.
ORGANISATION = "organisation"
#: How the value begins that stands in the profile until the first one is durable in the database.
_FIRST = "first-"
#: Local setting: the chains that this workspace wrote before, oldest first, as JSON.
FORMER = "former_chains"
#: Local setting: the chain that was given up and that nobody was told of yet, "" if none.
UNTOLD = "chain_given_up"


@frozen
class _State:
    """What the database keeps. before: what stood in the profile when `pair` was made."""

    pair: str
    before: str
    machine: str


def key_file(workspace: Workspace, log: str) -> Path:
    """Return where the secret key of a chain lies."""
    return workspace.keys / f"device-{log}.json"


class Identity:
    """The two places where the random value of a workspace's chain is kept."""

    def __init__(self, db: Database, workspace: Workspace) -> None:
        self._db = db
        self._workspace = workspace
        self._folder = profile() / "chains"
        self._claimed = ""
        #: A chain of which nothing is kept.
        self._bare = ""
        self._pending: tuple[str, str] | None = None

    def doubt(self, log: str) -> str:
        """Return why the chain must not go on here: `copied`, `machine`, `key`; "" if it may."""
        state, kept = self._state(log), self._kept(log)
        if state is None:
            return "copied" if kept and not kept.startswith(_FIRST) else ""
        if state.machine and machine() and state.machine != machine():
            return "machine"
        if kept not in (state.pair, state.before):
            return "copied"
        noted = local(self._db, f"{KEY_NOTED}:{log}") is not None
        return "key" if noted and not key_file(self._workspace, log).exists() else ""

    def is_due(self, log: str) -> bool:
        """Tell whether the value is to be renewed: it is kept, and was not in this session."""
        if log in (self._claimed, self._bare):
            return False
        due = self._state(log) is not None
        # Asked before every action; only `claim` begins to keep something.
        self._bare = "" if due else log
        return due

    def claim(self, log: str, entropy: Entropy) -> None:
        """Renew the value in the database, inside the caller's transaction; then `settle`."""
        state = {"pair": entropy(16).hex(), "before": self._before(log, entropy),
                 "machine": machine()}  # fmt: skip
        put_local(self._db, f"{_KEPT}:{log}", json.dumps(state))
        self._claimed, self._bare = log, ""
        self._pending = (log, state["pair"])

    def settle(self) -> None:
        """Renew it in the profile, once the transaction is durable."""
        if self._pending is None:
            return
        (log, pair), self._pending = self._pending, None
        self._keep(log, pair)

    def _before(self, log: str, entropy: Entropy) -> str:
        """Return what stands in the profile, after something was put there for the first time.

        A copy made in the very first session knows the value before: if that were nothing, it would
        fit every profile in which nothing is kept.
        """
        first = self._kept(log)
        if not first:
            first = _FIRST + entropy(16).hex()
            self._keep(log, first)
        return self._kept(log)

    def _keep(self, log: str, value: str) -> None:
        try:
            make_folder(self._folder, 0o700)
            write_private(self._folder / log, value.encode())
        except OSError as error:
            # Then a copy is not noticed here; the work goes on.
            logger.info("the profile cannot be written: %s", type(error).__name__)

    def forget(self) -> None:
        """Take nothing for renewed that a failed transaction did not keep."""
        self._claimed, self._bare, self._pending = "", "", None

    def _state(self, log: str) -> _State | None:
        found = local(self._db, f"{_KEPT}:{log}")
        return _State(**json.loads(found)) if found else None

    def _kept(self, log: str) -> str:
        try:
            return (self._folder / log).read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            return ""


def begin_chain(db: Database, name: str, *, told: bool | None = None) -> None:
    """Name another chain as this workspace's, inside the caller's transaction.

    The former one is noted, and named at the next opening if that is to be `told`: by default, if
    it had a key.
    """
    former = local(db, "log")
    note_former(db, former or "")
    put_local(db, "log", name)
    if told is None:
        told = local(db, f"{KEY_NOTED}:{former}") is not None
    if former and told:
        put_local(db, UNTOLD, former)


def former_chains(db: Database) -> tuple[str, ...]:
    """Return the chains that this workspace wrote before the present one, oldest first."""
    return tuple(map(str, json.loads(local(db, FORMER) or "[]")))


def note_former(db: Database, *chains: str) -> None:
    """Note chains that this workspace wrote and does not go on, the last one last."""
    listed = [each for each in former_chains(db) if each not in chains]
    put_local(db, FORMER, json.dumps([*listed, *filter(None, chains)]))


def local(db: Database, key: str) -> str | None:
    """Return a local setting."""
    row = db.execute("SELECT v FROM local_kv WHERE k = ?", (key,)).fetchone()
    return row[0] if row else None
