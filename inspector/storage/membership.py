"""What a workspace knows of its organisation: statements, keys of epochs, envelopes, spaces.

A workspace of one person who never exchanges anything has none of it. Nothing here is projected
from operations and nothing is ever removed: what follows from the statements says `roster`.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from inspector.ledger.epochs import fits
from inspector.ledger.roster import Roster
from inspector.ledger.statements import InvalidStatement, parse
from inspector.storage.identity import ORGANISATION, former_chains
from inspector.storage.preparing import put_local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.ledger.statements import Statement
    from inspector.storage.connection import Database

#: Local settings: the organisation, the one that was asked to be let in, and what was before.
ASKED = "organisation_asked"
EARLIER, EARLIER_CHAINS = "earlier_spaces", "earlier_chains"

_STATEMENTS = "SELECT bytes FROM organisation_statement ORDER BY id"


class Envelope(NamedTuple):
    """A key of an epoch, wrapped for one age recipient."""

    epoch: str
    recipient: str
    wrapped: bytes


@lru_cache(maxsize=10_000)
def _parsed(raw: bytes) -> Statement:
    """Return the statement in these bytes, which never change; a visit to a depot asks often."""
    return parse(raw)


class Membership:
    """The organisation of one workspace. What writes does so within the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: tuple[object, Roster] | None = None

    # -- statements ------------------------------------------------------------------------

    @property
    def org(self) -> str:
        """The name of the organisation this workspace belongs to, "" for none."""
        return self._local(ORGANISATION)

    @property
    def asked(self) -> str:
        """The organisation that was asked for admission and has not answered yet, "" for none."""
        return self._local(ASKED)

    def statements(self) -> list[Statement]:
        """Return all statements whose signature holds, in the order of their ids."""
        found = []
        for (raw,) in self._db.execute(_STATEMENTS).fetchall():
            try:
                found.append(_parsed(raw))
            except InvalidStatement:
                # Somebody wrote into the file: what is not signed says nothing. `check` tells.
                continue
        return found

    def count(self) -> int:
        """Return how many statements there are."""
        found = self._db.execute("SELECT count(*) FROM organisation_statement").fetchone()
        return int(found[0])

    def damaged(self) -> list[str]:
        """Return the ids of rows that hold no such statement."""
        wrong = []
        for name, raw in self._db.execute("SELECT id, bytes FROM organisation_statement"):
            try:
                sound = parse(raw).id == name
            except InvalidStatement:
                sound = False
            if not sound:
                wrong.append(str(name))
        return wrong

    def add(self, statements: Iterable[Statement]) -> list[Statement]:
        """Keep statements that are not known yet and return those.

        What its signer may not state is not kept: anybody could fill the disk with it.
        """
        fresh = {each.id: each for each in statements}
        added = []
        for org in sorted({each.org for each in fresh.values()}):
            valid = self.roster_of(org).joined(fresh.values()).valid
            added += [each for name, each in fresh.items() if name in valid and self._insert(each)]
        return added

    def _insert(self, statement: Statement) -> bool:
        done = self._db.execute(
            "INSERT INTO organisation_statement(id, kind, bytes) VALUES(?, ?, ?) "
            "ON CONFLICT(id) DO NOTHING",
            (statement.id, statement.kind, statement.raw),
        )
        return done.rowcount > 0

    def roster(self) -> Roster:
        """Return what follows from the statements; an empty one outside of any organisation."""
        return self.roster_of(self.org)

    def roster_of(self, org: str) -> Roster:
        """Return what follows from the statements about `org`."""
        # The id is that of the last row: another may have its place after a failed transaction.
        stand = (
            org,
            *self._db.execute(
                "SELECT count(*), max(rowid), id FROM organisation_statement"
            ).fetchone(),
        )
        if self._known is None or self._known[0] != stand:
            self._known = stand, Roster.of(org, self.statements() if org else ())
        return self._known[1]

    # -- keys of epochs --------------------------------------------------------------------

    def epoch_keys(self) -> dict[str, bytes]:
        """Return the keys of epochs that this workspace holds."""
        return {name: bytes(key) for name, key in
                self._db.execute("SELECT epoch, key FROM epoch_key ORDER BY epoch")}  # fmt: skip

    def keep_key(self, epoch: str, key: bytes) -> bool:
        """Keep the key of an epoch if it is the one that was committed to; tell whether it is."""
        stated = self.roster().epochs.get(epoch)
        if stated is None or not fits(key, stated.commitment):
            return False
        self._db.execute(
            "INSERT INTO epoch_key(epoch, key) VALUES(?, ?) ON CONFLICT(epoch) DO NOTHING",
            (epoch, key),
        )
        return True

    def envelopes(self, recipient: str = "") -> list[Envelope]:
        """Return the envelopes for `recipient`, or all there are."""
        found = self._db.execute(
            "SELECT epoch, recipient, bytes FROM envelope WHERE ? IN ('', recipient) "
            "ORDER BY epoch, recipient",
            (recipient,),
        )
        return [Envelope(*row) for row in found.fetchall()]

    def wrapped(self) -> set[tuple[str, str]]:
        """Return for which epochs and recipients there are envelopes."""
        return set(self._db.execute("SELECT epoch, recipient FROM envelope").fetchall())

    def keep_envelope(self, envelope: Envelope) -> None:
        """Keep an envelope; the first that came for an epoch and a recipient stays."""
        self._db.execute(
            "INSERT INTO envelope(epoch, recipient, bytes) VALUES(?, ?, ?) "
            "ON CONFLICT(epoch, recipient) DO NOTHING",
            envelope,
        )

    def drop_envelope(self, epoch: str, recipient: str) -> None:
        """Keep an envelope no more."""
        self._db.execute(
            "DELETE FROM envelope WHERE epoch = ? AND recipient = ?", (epoch, recipient)
        )

    # -- spaces ----------------------------------------------------------------------------

    @property
    def earlier(self) -> tuple[str, ...]:
        """The spaces of this workspace before it joined, in order."""
        return earlier_spaces(self._db)

    def enter(self, org: str, space: str, chains: Iterable[str]) -> None:
        """Belong to an organisation from now on; `chains` were written here before.

        What was recorded stays in the space it was recorded in.
        """
        former = self._local("space")
        earlier = {*self.earlier, former} - {space, ""}
        put_local(self._db, EARLIER, json.dumps(sorted(earlier)))
        known = {*earlier_chains(self._db), *chains}
        put_local(self._db, EARLIER_CHAINS, json.dumps(sorted(known)))
        put_local(self._db, ORGANISATION, org)
        put_local(self._db, ASKED, "")
        put_local(self._db, "space", space)

    def former_chains(self) -> tuple[str, ...]:
        """Return the chains that were written here before this one, the oldest first."""
        return former_chains(self._db)

    def ask(self, org: str) -> None:
        """Note whose invitation was accepted."""
        put_local(self._db, ASKED, org)

    def spaces_of(self, log: str) -> frozenset[str]:
        """Return the spaces in which operations of a chain count."""
        own = {self._local("space")}
        if log in earlier_chains(self._db):
            own |= set(self.earlier)
        device = self.roster().device(log) if self.org else None
        return frozenset(own | (device.earlier if device else frozenset()))

    def all_spaces(self) -> tuple[str, ...]:
        """Return every space that any operation here may stand in, the present one first."""
        present = self._local("space")
        earlier = set(self.earlier)
        if self.org:
            earlier.update(*(device.earlier for device in self.roster().devices()))
        return (present, *sorted(earlier - {present}))

    def _local(self, key: str) -> str:
        row = self._db.execute("SELECT v FROM local_kv WHERE k = ?", (key,)).fetchone()
        return str(row[0]) if row else ""


def earlier_spaces(db: Database) -> tuple[str, ...]:
    """Return the spaces of a workspace before it joined an organisation, in order."""
    return _texts(db, EARLIER)


def earlier_chains(db: Database) -> tuple[str, ...]:
    """Return the chains that were written here before it joined, in order."""
    return _texts(db, EARLIER_CHAINS)


def _texts(db: Database, key: str) -> tuple[str, ...]:
    row = db.execute("SELECT v FROM local_kv WHERE k = ?", (key,)).fetchone()
    return tuple(map(str, json.loads(row[0]))) if row and row[0] else ()
