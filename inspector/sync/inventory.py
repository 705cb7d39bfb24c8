"""What a depot should hold and does not: told by a member's computer, which can read what names it.

Without keys nobody can know of an object that is gone. A member knows what was once proved to be
there, what the heads of all devices name, which parts make the files of the indexes, which packs
those of a snapshot and which thumbnails lay there. What is there once more under another name –
sealed anew after damage – is not missing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import exchange
from inspector.sync import head as heads
from inspector.sync import names, parts, sealed, snapshot
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import HEAD, INDEX, SNAPSHOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector.ledger.roster import Roster
    from inspector.storage.store import Store
    from inspector.sync.depots.protocol import Depot
    from inspector.sync.head import Head
    from inspector.sync.parts import Parts
    from inspector.sync.sealed import Kind

#: A run of operations: chain, first and last place.
_Run = tuple[str, int, int]


class Inventory:
    """One look at a depot with the keys of a member.

    missing: what the listing did not show, by name; broken: the manifests of snapshots of which
    packs lack, and which. A listing may leave out what lies there: nothing goes for it alone.
    """

    def __init__(self, store: Store, depot: Depot, depot_id: str) -> None:
        self._store = store
        self._depot = depot
        self._id = depot_id
        self._secrets: Mapping[str, bytes] = store.membership.epoch_keys()
        self._roster: Roster = store.membership.roster()
        self._there: dict[str, int] = {}
        self.missing: set[str] = set()
        self.broken: dict[str, set[str]] = {}

    def take(self) -> Iterator[None]:
        """Read what names objects, in steps. Raises DepotError when the place goes away."""
        folder = names.space_folder(self._store.space)
        self._there = {e.name: e.size for e in self._depot.entries(folder, below=True)}
        said: list[Head] = []
        for name in self._newest_heads():
            yield
            found = self._head(name)
            said += [found] if found else []
        self._miss_segments(said)
        self._miss_statements()
        self._miss_thumbnails()
        yield from self._miss_packs()
        yield from self._miss_files()

    def _newest_heads(self) -> list[str]:
        newest: dict[str, str] = {}
        for name in sorted(self._there):
            named = names.head_name(name)
            if named is not None:
                newest[named.log] = name
        return list(newest.values())

    def _head(self, name: str) -> Head | None:
        """Return a head whose device signed it; any other says nothing."""
        payload = self._read(name, HEAD)
        if payload is None:
            return None
        try:
            signed = heads.parse(payload)
            device = self._roster.device(signed.head.log)
            if device is None:
                return None
            heads.verify(signed, device.key)
        except (InvalidObject, InvalidSignature):
            return None
        return signed.head

    def _read(self, name: str, kind: Kind) -> bytes | None:
        """Return a payload, None where damage or a missing key keep it from being read."""
        try:
            data = self._depot.read(name, sealed.most_bytes(kind))
            names.require_bytes(name, data)
            key = self._secrets.get(sealed.header(data).epoch)
            return sealed.open_(data, key, kind, self._store.space) if key else None
        except (Missing, InvalidObject):
            return None
        except DepotError as error:
            if error.trouble == "away":
                raise
            return None

    def _miss_segments(self, said: list[Head]) -> None:
        runs: defaultdict[_Run, set[str]] = defaultdict(set)
        space = self._store.space
        for head in said:
            for log, listed in {**head.carried, head.log: head.runs}.items():
                for run in listed:
                    runs[log, run.first, run.last].add(names.segment(space, log, run.name))
        kept = {row.id: row for row in exchange.segments(self._store.db)}
        for name, each in self._held(exchange.SEGMENT).items():
            if each.what in kept:
                row = kept[each.what]
                runs[row.log, row.first, row.last].add(name)
        self._miss(runs.values())

    def _miss_statements(self) -> None:
        stated: defaultdict[str, set[str]] = defaultdict(set)
        for name, each in self._held(exchange.STATEMENT).items():
            stated[each.id].add(name)
        self._miss(stated.values())
        self._miss({name} for name in self._held(exchange.ENVELOPE))

    def _miss_thumbnails(self) -> None:
        """A pack is missed as long as no other one has the pictures that were in it."""
        packs = {each.what for each in self._held(exchange.THUMB).values()}
        self._miss({name} for name in packs & self._held(exchange.THUMBS).keys())

    def _miss_packs(self) -> Iterator[None]:
        """What a snapshot names that its device signed; any other says nothing."""
        folder = names.folder(self._store.space, names.SNAPSHOTS)
        for name in sorted(each for each in self._there if each.startswith(f"{folder}/")):
            yield
            packs = {names.pack(self._store.space, each) for each in self._packs(name)}
            gone = packs - self._there.keys()
            self.missing |= gone
            if gone:
                self.broken[name] = gone

    def _packs(self, name: str) -> list[str]:
        payload = self._read(name, SNAPSHOT)
        if payload is None:
            return []
        try:
            signed = snapshot.parse(payload)
            device = self._roster.device(signed.snapshot.log)
            if device is None:
                return []
            snapshot.verify(signed, device.key)
        except (InvalidObject, InvalidSignature):
            return []
        return [each.name for each in signed.snapshot.packs]

    def _miss(self, alternatives: Iterable[set[str]]) -> None:
        """Note as missing where none of the names by which something may lie there does."""
        for listed in alternatives:
            if listed.isdisjoint(self._there):
                self.missing.add(min(listed))

    def _miss_files(self) -> Iterator[None]:
        """Each file must lie there whole as one of the indexes says."""
        folder = names.folder(self._store.space, names.INDEXES)
        lacking: dict[str, set[str]] = {}
        sound: set[str] = set()
        for name in sorted(each for each in self._there if each.startswith(f"{folder}/")):
            yield
            for sha256, file in self._files(name).items():
                gone = self._gone(file)
                if gone:
                    lacking.setdefault(sha256, gone)
                else:
                    sound.add(sha256)
        for sha256, gone in lacking.items():
            if sha256 not in sound:
                self.missing |= gone
        # What an index named that is gone is known for those that were read before.
        claims = exchange.files(self._store.db, self._id)
        for name in self._held(exchange.INDEX).keys() - self._there.keys():
            named = {each for each, rows in claims.items() for row in rows if row.named_by == name}
            if not named <= sound:
                self.missing.add(name)

    def _files(self, name: str) -> dict[str, Parts]:
        payload = self._read(name, INDEX)
        try:
            return parts.parse(payload) if payload is not None else {}
        except InvalidObject:
            return {}

    def _gone(self, file: Parts) -> set[str]:
        listed = {names.part(self._store.space, each.name): each.size for each in file.parts}
        return {name for name in listed if name not in self._there}

    def _held(self, kind: str) -> dict[str, exchange.Held]:
        return exchange.held(self._store.db, self._id, kind)
