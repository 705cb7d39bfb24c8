"""Objects of a depot that are not what they should be: put aside for a person to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.storage import aside as aside_table
from inspector.storage.aside import Quarantined

if TYPE_CHECKING:
    from collections.abc import Container

    from inspector.storage.store import Store

#: Entries beyond a revocation: everything about them is proved but whether they should count.
REVOKED = "revoked"
#: Why entries that are in the record already wait for a person.
HERE_ALREADY = "revoked_here"
#: Entries of a revoked computer are judged by a person, wherever they went.
_FOR_A_PERSON = frozenset({REVOKED, HERE_ALREADY})
#: How rows are settled that say nothing of an object any more.
_OVER = frozenset({"healed", "gone"})
#: What waits for a person at most: rows, and bytes of the objects in them.
MOST_ASIDE = 5000
MOST_BYTES_ASIDE = 64 << 20


class Quarantine:
    """What of one depot was put aside, and what a person let count."""

    def __init__(self, store: Store, source: str) -> None:
        self._store = store
        self._source = source
        rows = aside_table.quarantined(store.db, all_of_them=True)
        self._rows = {row.name: row for row in rows if row.settled not in _OVER}
        #: Entries of revoked computers that a person let count: taken in where they are met.
        self.accepted = {row.name for row in rows if row.settled == "accepted"}
        #: What was put aside in this visit.
        self.new: list[Quarantined] = []

    def reason(self, name: str) -> str:
        """Return why an object was put aside, "" if it was not."""
        return self._rows[name].reason if name in self._rows else ""

    def is_held_back(self, name: str) -> bool:
        """Tell whether entries in an object came after a revocation and nobody judged them yet."""
        return self.reason(name) == REVOKED and not self._rows[name].settled

    def holds(self, folder: str) -> bool:
        """Tell whether something of a folder waits for a person."""
        return any(n.startswith(f"{folder}/") and not r.settled for n, r in self._rows.items())

    def count(self, reason: str) -> int:
        """Return how many objects wait for a reason."""
        return sum(row.reason == reason for row in self._rows.values())

    def put(self, name: str, log: str, reason: str, detail: str, data: bytes | None) -> bool:
        """Put an object aside, once; tell whether it is, which it is not when too many are.

        Entries of a revoked computer always are: what came before them counts, and they would be
        looked for by nobody. Bytes are kept as long as there are not too many; what waits in the
        depot can be read there.
        """
        if name in self._rows:
            if not self._is_otherwise(name, reason, detail):
                return True
            self.heal(name)
        count, size = aside_table.waiting_aside(self._store.db)
        if count >= MOST_ASIDE and reason != REVOKED:
            return False
        if data is not None and size + len(data) > MOST_BYTES_ASIDE:
            data = None
        now = self._store.clock.read().ms
        row = Quarantined(0, now, self._source, name, log, reason, detail[:200], "")
        with self._store.transaction():
            number = aside_table.put_aside(self._store.db, row, data)
        self._rows[name] = row._replace(number=number)
        self.new.append(self._rows[name])
        return True

    def _is_otherwise(self, name: str, reason: str, detail: str) -> bool:
        """Tell whether, by what is known now, other entries wait for a person than before."""
        row = self._rows[name]
        return (
            reason == REVOKED and not row.settled and (row.reason, row.detail) != (reason, detail)
        )

    def heal(self, name: str, how: str = "healed") -> None:
        """Note that an object that was put aside is sound after all, or `gone`."""
        if name not in self._rows:
            return
        with self._store.transaction():
            for row in aside_table.quarantined(self._store.db):
                if row.name == name:
                    aside_table.settle(self._store.db, row.number, how)
        del self._rows[name]

    def miss(self, folder: str, listed: Container[str]) -> None:
        """Note what was taken away from a folder again by whoever had put it there."""
        for name, row in list(self._rows.items()):
            here = row.source == self._source and name.startswith(f"{folder}/")
            if here and name not in listed and not row.settled and row.reason not in _FOR_A_PERSON:
                self.heal(name, "gone")
