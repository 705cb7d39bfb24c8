"""The store: the open workspace's record and its projection. One thread owns it."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from inspector.base.ids import derived_id, uuid7
from inspector.base.values import frozen
from inspector.base.version import VERSION
from inspector.domain.changes import Changes
from inspector.domain.entities import Entity
from inspector.domain.numbers import device_prefix
from inspector.domain.schema import KIND_OF, KINDS, to_fields
from inspector.ledger.canonical import same
from inspector.ledger.operation import (
    TX,
    Change,
    Header,
    change_line,
)
from inspector.storage.batches import batches, merged
from inspector.storage.log import OperationLog
from inspector.storage.opening import make_place, opening, require_database
from inspector.storage.own_chain import OwnChain
from inspector.storage.place import Place
from inspector.storage.preparing import Guarded, put_local
from inspector.storage.reading import Reader
from inspector.storage.words import no_meanings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from inspector.base.clock import Clock, Reading
    from inspector.base.i18n import Lang
    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.base.progress import Progress
    from inspector.ledger.registers import EntityState
    from inspector.storage.connection import Database
    from inspector.storage.drift import DriftCheck
    from inspector.storage.lock import Lock
    from inspector.storage.membership import Membership
    from inspector.storage.problems import Problem
    from inspector.storage.projection import Projector
    from inspector.storage.searching import Hits
    from inspector.storage.words import Meanings

#: Not needed to open a workspace and to read what Home shows, so loaded when it is.
_DRIFT = "inspector.storage.drift"
_PROVING, _PROJECTION = "inspector.storage.integrity", "inspector.storage.projection"
_SEARCHING, _LATER = "inspector.storage.searching", "inspector.storage.later"
#: Needed by those who belong to an organisation only.
_MEMBERSHIP, _NATURAL = "inspector.storage.membership", "inspector.storage.natural"

E = TypeVar("E", bound=Entity)
logger = logging.getLogger(__name__)


@frozen
class Edit:
    """New values for some fields of one entity, before they become part of an operation."""

    kind: str
    id: str
    fields: Mapping[str, Any]
    why: str = ""


class Store:
    """The record of one workspace and everything computed from it."""

    def __init__(
        self, workspace: Workspace, db: Database, lock: Lock, clock: Clock, entropy: Entropy
    ) -> None:
        self.workspace = workspace
        self.db = db
        self.log = OperationLog(db)
        self.clock = clock
        self.entropy = entropy
        self.place = Place(workspace)
        #: Whether record and projection were verified since the workspace was opened.
        self.audited = False
        #: Told what each action changed, once it is durable.
        self.listener: Callable[[Changes], object] | None = None
        #: Asked before anything is recorded; raises MingchaError for what may not be.
        self.permit: Callable[[Sequence[Edit]], None] | None = None
        #: Projected tables that another program took away, or columns of them.
        self.unreadable: tuple[str, ...] = ()
        self._lock = lock
        self._guarded = Guarded(workspace)
        self._reader = Reader(db, self._guarded)
        self.space = self.local("space") or ""
        #: The chain that is written here.
        self.own = OwnChain(db, self.log, workspace, self.local("log") or "", entropy)

    # -- opening and closing ---------------------------------------------------------------

    @classmethod
    def open(
        cls, workspace: Workspace, clock: Clock, entropy: Entropy, *, altered: bool = False
    ) -> Store:
        """Open the workspace's database, bringing its schema up to date first.

        `altered` opens it also when tables lack something that another program took away, to be
        checked and rebuilt: `unreadable` then names them. Raises MingchaError:
        `workspace_missing`, `workspace_in_use`, `workspace_newer`, `workspace_damaged`,
        `workspace_not_writable`, `tables_altered`, `disk_error`, `disk_full`.
        """
        require_database(workspace)
        return cls._open(workspace, clock, entropy, altered=altered)

    @classmethod
    def create(cls, workspace: Workspace, clock: Clock, entropy: Entropy) -> Store:
        """Make a new, empty workspace in a folder that holds none.

        Raises MingchaError `workspace_exists`, `workspace_not_writable`, and what `open` raises.
        """
        make_place(workspace)
        return cls._open(workspace, clock, entropy, altered=False)

    @classmethod
    def _open(cls, workspace: Workspace, clock: Clock, entropy: Entropy, *, altered: bool) -> Store:
        with opening(workspace, entropy, altered=altered) as held:
            store = cls(workspace, held.db, held.lock, clock, entropy)
            store.unreadable = held.unreadable
            store.require_own_chain()
        return store

    @cached_property
    def drift(self) -> DriftCheck:
        """The drift check of this store, as far as it has come."""
        made: DriftCheck = import_module(_DRIFT).DriftCheck(self.db, self.workspace.cache)
        return made

    @cached_property
    def membership(self) -> Membership:
        """The organisation of this workspace, if it belongs to one."""
        made: Membership = import_module(_MEMBERSHIP).Membership(self.db)
        return made

    def enter(self, org: str, space: str) -> None:
        """Belong to an organisation from now on: what is recorded next stands in its space.

        What was recorded stays in the space it was recorded in, which counts for these chains.
        """
        with self.transaction():
            self.membership.enter(org, space, self.log.logs() or [self.chain])
            self.space = space

    def _drop_drift(self) -> None:
        if "drift" in vars(self):
            self.drift.close()
            del self.drift

    def close(self) -> None:
        """Close the database and let other programs in."""
        try:
            self._drop_drift()
            self.db.conn.close()
        finally:
            self._lock.release()

    # -- local settings, never synchronised --------------------------------------------------

    def local(self, key: str) -> str | None:
        """Return a local setting."""
        return self._reader.local(key)

    def set_local(self, key: str, value: str) -> None:
        """Write a local setting."""
        with self.transaction():
            put_local(self.db, key, value)

    @property
    def user(self) -> str:
        """The id of the person who is typing, empty until somebody said who they are."""
        return self.local("user") or ""

    @property
    def chain(self) -> str:
        """The name of this device's chain of operations."""
        return self.own.name

    @property
    def device(self) -> str:
        """The prefix that tells this device's provisional numbers from others'."""
        return device_prefix(self.own.name)

    def require_own_chain(self) -> None:
        """Begin another chain if a copy of this workspace may be writing the present one.

        What was recorded stays, the former chain is noted as history.
        """
        if self.own.in_doubt():
            with self.transaction():
                self.own.begin()

    # -- writing ---------------------------------------------------------------------------

    @cached_property
    def projector(self) -> Projector:
        """What applies operations to the tables, inside of a transaction."""
        index = import_module(_LATER).LaterIndex(self.db)
        made: Projector = import_module(_PROJECTION).Projector(self.db, self.log, index)
        return made

    def new_id(self) -> str:
        """Return a fresh id for a fact."""
        return uuid7(self.clock.read().ms, self.entropy)

    def derived_id(self, kind: str, *key: str) -> str:
        """Return the id that every device derives for the same thing in this space.

        A thing that was recorded in a space before this one keeps the id it has.
        """
        if not self.local("organisation"):
            return derived_id(self.space, kind, *key)
        spaces = self.membership.all_spaces()
        known: str = import_module(_NATURAL).known_id(self.db, spaces, kind, key)
        return known

    @contextmanager
    def transaction(self, *, large: bool = False) -> Iterator[None]:
        """Run in one transaction, durable when it ends, or undone; `large` as `Database.large`."""
        before, space = self.own.head, self.space
        try:
            with self._guarded, self.db.large() if large else self.db.atomic():
                self.place.require()
                yield
        except BaseException:
            self.projector.forget()
            self._reader.forget()
            self.own.back_to(before)
            self.space = space
            raise
        if not self.db.conn.in_transaction:
            self.own.settle()

    def commit(
        self,
        edits: Sequence[Edit],
        *,
        visit: str = "",
        kind: str = TX,
        undoes: str = "",
        action: str = "",
    ) -> Changes:
        """Record `edits` as one action and return what changed, durable on disk.

        Fields that already have the given value are left out; if none is left, nothing is written
        and the returned action is empty. One action becomes several operations when it exceeds
        the limits of one.
        """
        self._reader.check()
        if self.permit is not None:
            self.permit(edits)
        with self.transaction():
            changes = [change for edit in merged(edits) if (change := self._change(edit))]
            if not changes:
                self.projector.forget()
                return Changes("")
            self.own.before_writing()
            reading = self.clock.read()
            action = action or uuid7(reading.ms, self.entropy)
            header = self._header(reading, kind, visit, action, undoes)
            ids, rest = [], iter(changes)
            for lines in batches([change_line(c, self.entropy(16)) for c in changes]):
                operation = self.own.extend(header, lines, tuple(islice(rest, len(lines))))
                self.projector.apply(self.log.append(operation), operation)
                ids.append(operation.id)
            self.projector.flush()
        self._reader.wrote({change.entity for change in changes})
        done = Changes(action, tuple(ids), frozenset((c.entity, c.id) for c in changes))
        if self.listener is not None:
            self.listener(done)
        return done

    def save(self, *entities: Entity, visit: str = "", why: str = "") -> Changes:
        """Record entities as one action (see `commit`); one that exists becomes as given."""
        edits = [Edit(KIND_OF[type(e)], e.id, _fields(self.projector, e), why) for e in entities]
        return self.commit(edits, visit=visit)

    def _change(self, edit: Edit) -> Change | None:
        state = self.projector.state(edit.kind, edit.id)
        if state.creator is None:
            return Change(edit.kind, edit.id, edit.fields, why=edit.why)
        shown, open_conflicts = state.shown(), state.conflicts()
        fields = {
            name: value
            for name, value in edit.fields.items()
            if name in open_conflicts or name not in shown or not same(shown[name], value)
        }
        if not fields:
            return None
        return Change(edit.kind, edit.id, fields, state.over(fields), edit.why)

    def _header(self, reading: Reading, kind: str, visit: str, action: str, undoes: str) -> Header:
        """Return the header of an action's operations, but for their places in the chain."""
        return Header(
            space=self.space,
            log="",
            n=0,
            prev="",
            lc=0,
            reading=reading,
            by=self.user,
            app=VERSION,
            kind=kind,
            action=action,
            body="",
            visit=visit,
            undoes=undoes,
        )

    def received(self, counter: int) -> None:
        """Note that operations of other devices were applied, the highest counter among them."""
        self.own.counter = max(self.own.counter, counter)
        self._reader.forget()

    # -- reading ---------------------------------------------------------------------------

    def get(self, cls: type[E], entity: str) -> E | None:
        """Return one entity, or None."""
        found = self.select(cls, "id = ?", entity)
        return found[0] if found else None

    def select(self, cls: type[E], where: str = "1", *values: Any) -> list[E]:
        """Return the entities of a noun that satisfy an SQL condition, in order of entry.

        `where` is written by this program only, `values` fill its question marks. A field that
        was never written is NULL, also where its default is meant.
        """
        return self._reader.select(KINDS[KIND_OF[cls]], where, values)

    def search(
        self,
        text: str,
        limit: int = 50,
        *,
        lang: Lang = "zh",
        meanings: Meanings = no_meanings,
    ) -> Hits:
        """Return the newest entities that hold every word of `text`, or what it may also mean."""
        search: Callable[..., Hits] = import_module(_SEARCHING).search
        with self._guarded:
            return search(self.db, text, limit, lang=lang, meanings=meanings)

    def state(self, kind: str, entity: str) -> EntityState:
        """Return the registers of an entity as they stand, fields of newer versions included."""
        state = self.projector.state(kind, entity)
        self.projector.forget()
        return state

    def digest(self) -> str:
        """Return the digest over the projection."""
        return str(import_module(_PROVING).digest(self.db))

    def rebuild(self, progress: Progress) -> list[Problem]:
        """Make the projection anew from the record; return what is wrong with the record."""
        with self._guarded:
            problems: list[Problem] = import_module(_PROVING).rebuild(self.db, progress)
            vars(self).pop("projector", None)
            self._reader.forget()
        self.unreadable = ()
        self._drop_drift()
        return problems


def _fields(projector: Projector, entity: Entity) -> dict[str, Any]:
    """Return the fields that differ from their default or have been written before."""
    written = projector.state(KIND_OF[type(entity)], entity.id).registers
    return to_fields(entity, also=written)
