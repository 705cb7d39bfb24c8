"""Who wrote something, by the chain it stands in: what decides whether a decision counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.roles import in_organisation

if TYPE_CHECKING:
    from collections.abc import Container

    from inspector.domain.vocabulary import Role
    from inspector.operations.session import Session


class Writers:
    """Tells whose operations have a role. Outside of any organisation everybody has every role."""

    def __init__(self, session: Session) -> None:
        self._store = session.store
        self._free = not in_organisation(session)
        self._roster = None if self._free else session.store.membership.roster()

    def may(self, operation: str, roles: Container[Role]) -> bool:
        """Tell whether the operation (short id) was written by a device with one of `roles`."""
        return self._free or self.person(operation, roles) != ""

    def person(self, operation: str, roles: Container[Role]) -> str:
        """Return who wrote the operation with one of `roles`, "" if nobody did."""
        place = self._store.log.place(operation)
        if place is None or self._roster is None:
            return ""
        log, n = self._store.db.execute("SELECT log, n FROM op WHERE seq = ?", (place,)).fetchone()
        device = self._roster.device(log)
        if device is None or not any(role in roles for role in device.roles):
            return ""
        revoked = device.revoked_after is not None and n > device.revoked_after
        return "" if revoked else device.person

    def wrote(self, operation: str, person: str, roles: Container[Role]) -> bool:
        """Tell whether `person` wrote the operation with one of `roles`."""
        return self._free or self.person(operation, roles) == person
