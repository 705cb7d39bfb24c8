"""The devices of an organisation: whose chain is whose, and which chains go which on.

A restored backup and a copied disk go on in a chain of their own. What follows for the chain before
is computed here: who may sign for it, and which chains are one computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True, slots=True)
class Device:
    """A chain and who writes it.

    key: Ed25519, 32 bytes; recipient: for its envelopes; signs: the person's own key (hex, or "");
    earlier: spaces whose operations of this chain count besides; revoked_after: the place of the
    last operation that counts, None while the chain is in force; succeeds: the chain it goes on;
    succeeded: whether another goes this one on; statements: ids it follows from; had: roles it had
    before, each with the place of the last operation that was written with them.
    """

    log: str
    person: str
    name: str
    post: str
    key: bytes
    recipient: str
    signs: str
    roles: frozenset[Role]
    earlier: frozenset[str]
    revoked_after: int | None = None
    succeeds: str = ""
    succeeded: bool = False
    statements: tuple[str, ...] = ()
    had: tuple[tuple[int, frozenset[Role]], ...] = ()

    def acts_as(self, n: int, roles: Collection[Role]) -> bool:
        """Tell whether its operation at place `n` counts as written with one of `roles`.

        Those that it has now count for all that it wrote, those it had for what it wrote with them.
        """
        if self.revoked_after is not None and n > self.revoked_after:
            return False
        known = (self.roles, *(had for last, had in self.had if n <= last))
        return any(each.intersection(roles) for each in known)

    def may_read(self) -> bool:
        """Tell whether it is to be given keys: no hub, no former chain, none that was revoked."""
        left = self.revoked_after is not None or self.succeeded
        return not left and self.roles != {Role.HUB}


def signers(devices: Mapping[str, Device], log: str) -> tuple[Device, ...]:
    """Return who may sign for a chain: its own device, then those in force that go it on.

    A computer whose key was lost with it still has to pass on what it had recorded.
    """
    own = devices.get(log)
    if own is None:
        return ()
    heirs = (each for each in _after(devices, log) if each.revoked_after is None)
    return (own, *heirs)


def computer(devices: Mapping[str, Device], log: str, *, onward: bool) -> tuple[Device, ...]:
    """Return the chains of the computer that writes `log`, in the order of names, `log` last.

    Those it went on before, those that go it on, and all that the same keys write or read. Of two
    copies of one disk, each is a computer of its own. onward: with those that go it on.
    """
    named = devices.get(log)
    if named is None:
        return ()
    line = [named, *_before(devices, named), *(_after(devices, log) if onward else ())]
    keys = {each.key for each in line} | {each.recipient for each in line}
    same = [each for each in devices.values() if {each.key, each.recipient} & keys]
    # One disk may have been given to several people before any of them joined.
    found = {each.log: each for each in (*line, *same) if each.person == named.person}
    del found[log]
    return (*(found[each] for each in sorted(found)), named)


def _before(devices: Mapping[str, Device], device: Device) -> tuple[Device, ...]:
    """Return the chains that a device wrote before this one, the last first."""
    passed: list[Device] = []
    while (former := devices.get(device.succeeds)) and former not in passed:
        passed.append(former)
        device = former
    return tuple(passed)


def _after(devices: Mapping[str, Device], log: str) -> tuple[Device, ...]:
    """Return the chains that go a chain on, in whatever number of steps, in the order of names."""
    return tuple(
        devices[each]
        for each in sorted(devices)
        if log in (one.log for one in _before(devices, devices[each]))
    )
