"""What follows from a set of statements: who belongs to an organisation.

Order of arrival never matters, and a statement that its signer may not make changes nothing:

- the root (the key whose hash is the organisation's name) appoints administrators and stands them
  down; of an administrator who was stood down only the statements count that the root kept;
- a statement takes others of its kind on the same subject out of force by naming them in `over`;
- a revocation cannot be taken back: of several, the one that accepts least counts. Whoever comes
  back does so with a new chain;
- if several `member` statements on one chain are in force, only the roles in all of them count. If
  they disagree about whose chain or key it is, it is nobody's until an administrator settles it;
- roles that were taken away count up to the place that an administrator stated when taking them;
- a chain that another one goes on is written no more: it is given no keys, whatever it was stated.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from inspector.domain.vocabulary import Role
from inspector.ledger import devices
from inspector.ledger.devices import Device
from inspector.ledger.statements import (
    Administrator,
    Epoch,
    Forked,
    HadRoles,
    Member,
    Organisation,
    Revoked,
    StoodDown,
    Succeeds,
    Vouched,
    organisation_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.ledger.statements import Body, Statement

#: What only the root may state; everything else an administrator may as well.
_OF_ROOT = (Organisation, Administrator, StoodDown)

B = TypeVar("B", Organisation, Administrator, Member, Succeeds)


@dataclass(frozen=True)
class Roster:
    """An organisation as its statements have it. `of` makes one."""

    org: str
    _all: dict[str, Statement] = field(repr=False)

    @classmethod
    def of(cls, org: str, statements: Iterable[Statement]) -> Roster:
        """Return what follows from `statements` about the organisation `org`."""
        return cls(org, {each.id: each for each in statements if each.org == org})

    def joined(self, more: Iterable[Statement]) -> Roster:
        """Return what follows from these statements and `more`."""
        return Roster.of(self.org, [*self._all.values(), *more])

    # -- who may state ---------------------------------------------------------------------

    @cached_property
    def root(self) -> bytes | None:
        """The root key, None until something it signed is known."""
        keys = (bytes.fromhex(each.by) for each in self._all.values())
        return next((key for key in keys if organisation_id(key) == self.org), None)

    @cached_property
    def valid(self) -> dict[str, Statement]:
        """The statements whose signer may make them, by id, whether in force or replaced."""
        root = self.root.hex() if self.root else ""
        by_root = [each for each in self._all.values() if root and each.by == root]
        appointed = {b.key for each in by_root if isinstance(b := each.body, Administrator)}
        kept = self._kept(by_root)
        found = {each.id: each for each in by_root}
        for each in self._all.values():
            if each.by not in appointed or isinstance(each.body, _OF_ROOT):
                continue
            if each.by not in kept or each.id in kept[each.by]:
                found[each.id] = each
        return found

    @staticmethod
    def _kept(by_root: list[Statement]) -> dict[str, frozenset[str]]:
        """Return, for keys that were stood down, which of their statements stay valid."""
        listed = [(each, body) for each in by_root if isinstance(body := each.body, StoodDown)]
        replaced = {(name, body.key) for each, body in listed for name in each.over}
        kept: dict[str, frozenset[str]] = {}
        down: set[str] = set()
        for each, body in listed:
            down.add(body.key)
            if (each.id, body.key) not in replaced:
                kept[body.key] = kept.get(body.key, frozenset(body.kept)) & frozenset(body.kept)
        return {key: kept.get(key, frozenset()) for key in down}

    def is_administrator(self, key: bytes) -> bool:
        """Tell whether this is the key of an administrator in office."""
        return key.hex() in self.administrators

    @cached_property
    def administrators(self) -> dict[str, Administrator]:
        """The administrators in office by their keys (hex)."""
        return {body.key: body for body in self._appointed if body.key not in self._down}

    @property
    def former_administrators(self) -> tuple[Administrator, ...]:
        """Who was stood down, in the order of statements."""
        return tuple(body for body in self._appointed if body.key in self._down)

    @cached_property
    def _down(self) -> set[str]:
        return {b.key for each in self.valid.values() if isinstance(b := each.body, StoodDown)}

    @cached_property
    def _appointed(self) -> tuple[Administrator, ...]:
        """Who was ever appointed, the first statement in force for each key."""
        found: dict[str, Administrator] = {}
        for _, body in self._in_force(Administrator):
            found.setdefault(body.key, body)
        return tuple(found.values())

    def said_by(self, key: str) -> tuple[Statement, ...]:
        """Return what counts of what `key` (hex) stated, in the order of ids."""
        return tuple(self.valid[each] for each in sorted(self.valid) if self.valid[each].by == key)

    def _in_force(self, cls: type[B]) -> list[tuple[str, B]]:
        """Return the valid statements of a kind that no other on the same subject replaces."""
        listed = [(each, body) for each in sorted(self.valid.values(), key=lambda one: one.id)
                  if isinstance(body := each.body, cls)]  # fmt: skip
        replaced = {(name, _subject(body)) for each, body in listed for name in each.over}
        return [(one.id, body) for one, body in listed if (one.id, _subject(body)) not in replaced]

    # -- the organisation ------------------------------------------------------------------

    @cached_property
    def organisation(self) -> Organisation | None:
        """Name and space; None until that statement is known."""
        found = self._in_force(Organisation)
        return found[0][1] if found else None

    @cached_property
    def recovery(self) -> tuple[str, ...]:
        """The recipients who can recover every key: all that any statement in force names."""
        named = {each for _, body in self._in_force(Organisation) for each in body.recovery}
        return tuple(sorted(named))

    # -- devices ---------------------------------------------------------------------------

    @cached_property
    def _members(self) -> dict[str, list[tuple[str, Member]]]:
        found: dict[str, list[tuple[str, Member]]] = {}
        for name, body in self._in_force(Member):
            found.setdefault(body.log, []).append((name, body))
        return found

    @cached_property
    def _successions(self) -> dict[str, list[tuple[str, Succeeds]]]:
        found: dict[str, list[tuple[str, Succeeds]]] = {}
        for name, body in self._in_force(Succeeds):
            found.setdefault(body.log, []).append((name, body))
        return found

    @cached_property
    def revocations(self) -> dict[str, Revoked]:
        """By chain ever admitted, the revocation that counts: the one that accepts least."""
        known = self._members.keys() | self._successions.keys()
        found: dict[str, Revoked] = {}
        for name in sorted(self.valid):
            body = self.valid[name].body
            if not isinstance(body, Revoked) or body.log not in known:
                continue
            if body.log not in found or body.n < found[body.log].n:
                found[body.log] = body
        return found

    @cached_property
    def forks(self) -> dict[str, int]:
        """Chains that an administrator noted to be forked, with the first such place."""
        found: dict[str, int] = {}
        for each in self.valid.values():
            if isinstance(body := each.body, Forked):
                found[body.log] = min(body.n, found.get(body.log, body.n))
        return found

    def device(self, log: str) -> Device | None:
        """Return whose chain `log` is, also after it was revoked; None if nobody's."""
        return self._devices.get(log)

    def devices(self) -> tuple[Device, ...]:
        """Return all devices in the order of their chains' names, revoked ones as well."""
        return tuple(self._devices[log] for log in sorted(self._devices))

    @cached_property
    def readers(self) -> frozenset[str]:
        """The recipients for whom every key is wrapped: who may read, and recovery."""
        return frozenset({each.recipient for each in self.devices() if each.may_read()}).union(
            self.recovery
        )

    def stated_on(self, log: str) -> tuple[str, ...]:
        """Return the admissions of a chain that are in force, to be replaced by another one."""
        return tuple(name for name, _ in self._members.get(log, ()))

    def signers(self, log: str) -> tuple[Device, ...]:
        """Return who may sign for a chain: see `devices.signers`."""
        return devices.signers(self._devices, log)

    def computer(self, log: str, *, onward: bool = True) -> tuple[Device, ...]:
        """Return the chains of the computer that writes a chain: see `devices.computer`."""
        return devices.computer(self._devices, log, onward=onward)

    @cached_property
    def _devices(self) -> dict[str, Device]:
        logs = self._members.keys() | self._successions.keys()
        listed = [found for log in logs if (found := self._resolve(log, frozenset()))]
        gone_on = {each.succeeds for each in listed}
        return {each.log: replace(each, succeeded=each.log in gone_on) for each in listed}

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """Chains that statements in force give to different persons or keys."""
        logs = self._members.keys() | self._successions.keys()
        return tuple(sorted(log for log in logs if len(self._claims(log)) > 1))

    def _claims(self, log: str) -> set[tuple[str, ...]]:
        """Return who and which keys the chain is given to: more than one is a dispute."""
        if log in self._members:
            return {(b.person, b.key, b.recipient) for _, b in self._members[log]}
        return {(b.of, b.key, b.recipient) for _, b in self._successions.get(log, ())}

    def _resolve(self, log: str, passed: frozenset[str]) -> Device | None:
        """Follow a chain to the member it belongs to; a circle of successions ends nowhere."""
        if log in passed or len(self._claims(log)) != 1:
            return None
        if log in self._members:
            return self._admitted(log, self._members[log])
        listed = self._successions[log]
        of = self._resolve(listed[0][1].of, passed | {log})
        return self._succeeding(log, listed, of) if of else None

    def _admitted(self, log: str, listed: list[tuple[str, Member]]) -> Device:
        first = listed[0][1]
        return Device(
            log=log,
            person=first.person,
            name=first.name,
            post=first.post,
            key=bytes.fromhex(first.key),
            recipient=first.recipient,
            signs=first.signs if len({body.signs for _, body in listed}) == 1 else "",
            roles=frozenset.intersection(*(_roles(body.roles) for _, body in listed)),
            earlier=frozenset.intersection(*(frozenset(body.earlier) for _, body in listed)),
            revoked_after=self._end(log),
            succeeds=self._goes_on(log, first.key),
            statements=tuple(name for name, _ in listed),
            had=self._had.get(log, ()),
        )

    def _goes_on(self, log: str, key: str) -> str:
        """Return the chain that an admitted one goes on, if it was stated of it and of its key."""
        former = {body.of for _, body in self._successions.get(log, ()) if body.key == key}
        return former.pop() if len(former) == 1 and not self._circles(log) else ""

    def _circles(self, log: str) -> bool:
        """Tell whether successions lead from a chain back to it."""
        passed: set[str] = set()
        ahead = [body.of for _, body in self._successions.get(log, ())]
        while ahead:
            each = ahead.pop()
            if each not in passed:
                passed.add(each)
                ahead += [body.of for _, body in self._successions.get(each, ())]
        return log in passed

    def _succeeding(self, log: str, listed: list[tuple[str, Succeeds]], of: Device) -> Device:
        first = listed[0][1]
        return Device(
            log=log,
            person=of.person,
            name=of.name,
            post=of.post,
            key=bytes.fromhex(first.key),
            recipient=first.recipient,
            signs=of.signs,
            roles=of.roles,
            earlier=frozenset.intersection(*(frozenset(body.earlier) for _, body in listed)),
            revoked_after=self._end(log),
            succeeds=of.log,
            statements=tuple(name for name, _ in listed),
            had=self._had.get(log, ()),
        )

    @cached_property
    def _had(self) -> dict[str, tuple[tuple[int, frozenset[Role]], ...]]:
        return _former_roles(self.valid[name].body for name in sorted(self.valid))

    def _end(self, log: str) -> int | None:
        return self.revocations[log].n if log in self.revocations else None

    @cached_property
    def _keys(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for each in self.valid.values():
            match each.body:
                case Member(person=person, signs=key) if key:
                    found.setdefault(person, set()).add(key)
                case Administrator(person=person, key=key) | Vouched(person=person, key=key):
                    found.setdefault(person, set()).add(key)
        return found

    def keys_of(self, person: str) -> frozenset[str]:
        """Return the keys (hex) that were ever stated to be a person's own.

        Also those that a later statement replaced: what was signed with them stays signed.
        """
        return frozenset(self._keys.get(person, ()))

    # -- epochs ----------------------------------------------------------------------------

    @cached_property
    def epochs(self) -> dict[str, Epoch]:
        """All epochs by their ids, the first of them first."""
        found: dict[str, Epoch] = {}
        for name in sorted(self.valid):
            if isinstance(body := self.valid[name].body, Epoch):
                found.setdefault(body.epoch, body)
        return dict(sorted(found.items(), key=lambda item: (item[1].number, item[0])))

    @cached_property
    def newest_epoch(self) -> Epoch | None:
        """The epoch to seal under: the newest that nobody holds who was revoked.

        If there is none of that sort, the newest there is; `epoch_due` says so.
        """
        listed = list(self.epochs.values())
        fit = [each for each in listed if self.revocations.keys() <= set(each.without)]
        return (fit or listed)[-1] if listed else None

    @cached_property
    def epoch_due(self) -> bool:
        """Whether an administrator has to make a new epoch, because one who left holds this."""
        newest = self.newest_epoch
        return newest is None or not self.revocations.keys() <= set(newest.without)


def _subject(body: Body) -> str:
    """Return what a statement is about: only another on the same can replace it."""
    match body:
        case Member() | Succeeds():
            return body.log
        case Administrator():
            return body.key
        case _:
            return ""


def _former_roles(bodies: Iterable[Body]) -> dict[str, tuple[tuple[int, frozenset[Role]], ...]]:
    """Return, by chain, the roles it had before, each with the last place that counts with them."""
    found: dict[str, tuple[tuple[int, frozenset[Role]], ...]] = {}
    for body in bodies:
        if isinstance(body, HadRoles):
            found[body.log] = (*found.get(body.log, ()), (body.n, _roles(body.roles)))
    return found


def _roles(words: tuple[str, ...]) -> frozenset[Role]:
    """Return the roles this version knows; what another grants beyond them means nothing here."""
    known = {role.value for role in Role}
    return frozenset(Role(word) for word in words if word in known)
