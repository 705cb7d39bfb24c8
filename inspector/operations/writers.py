"""Who wrote something, by the chain it stands in: what decides whether a decision counts.

A register shows what was written last by anybody. Where only some may decide, what others wrote
over it must not take it away either: then the chains of those who may are read themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.ledger.operation import parse
from inspector.operations.roles import in_organisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.domain.vocabulary import Role
    from inspector.ledger.devices import Device
    from inspector.operations.session import Session


class Writers:
    """Tells what was written with one of `roles`. Outside of any organisation all have them.

    What was written with a role stands when it is taken away (`Device.acts_as`).
    """

    def __init__(self, session: Session, *roles: Role) -> None:
        self._store, self._roles = session.store, frozenset(roles)
        self.free = not in_organisation(session)
        devices = () if self.free else session.store.membership.roster().devices()
        # Nothing was written before the first place: who has none of the roles there never had.
        self._devices: dict[str, Device] = {
            each.log: each for each in devices if each.acts_as(1, self._roles)
        }

    @property
    def logs(self) -> tuple[str, ...]:
        """The chains in which something may stand that was written with one of the roles."""
        return tuple(self._devices)

    def persons(self) -> tuple[str, ...]:
        """Return whose devices have one of the roles, or had it."""
        return tuple(dict.fromkeys(each.person for each in self._devices.values()))

    def person(self, operation: str) -> str:
        """Return who wrote the operation (short id) with one of the roles, "" if nobody did."""
        place = self._store.log.place(operation)
        if place is None:
            return ""
        log, n = self._store.db.execute("SELECT log, n FROM op WHERE seq = ?", (place,)).fetchone()
        device = self._devices.get(log)
        return device.person if device is not None and device.acts_as(n, self._roles) else ""

    def only(self, noun: str, entity: str) -> str:
        """Return the one person who wrote all that stands in an entity, "" if there are others."""
        state = self._store.state(noun, entity)
        wrote = {self.person(op) for items in state.registers.values() for _lc, op, _v in items}
        return wrote.pop() if len(wrote) == 1 else ""

    def said(self, noun: str, entity: str, person: str = "") -> dict[str, Any]:
        """Return the last values that were written with the role (by `person`) of an entity."""
        found: dict[str, tuple[int, str, Any]] = {}
        for device in self._devices.values():
            if person and device.person != person:
                continue
            for lc, op, name, value in self._written(device, noun, entity):
                if name not in found or found[name][:2] < (lc, op):
                    found[name] = lc, op, value
        return {name: value for name, (_lc, _op, value) in found.items()}

    def _written(
        self, device: Device, noun: str, entity: str
    ) -> Iterator[tuple[int, str, str, Any]]:
        needle = entity.encode()
        for raw in self._store.log.newest_first(device.log):
            if needle not in raw:
                continue
            operation = parse(raw)
            header = operation.header
            for change in operation.changes if device.acts_as(header.n, self._roles) else ():
                if change is not None and (change.entity, change.id) == (noun, entity):
                    for name, value in change.fields.items():
                        yield header.lc, operation.short, name, value
