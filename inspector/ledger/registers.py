"""Registers: each field of each entity holds the values that nothing has replaced yet.

A write names the writes it replaces (`over`). Whatever order operations arrive in, the candidates
left are exactly the causally newest writes; more than one distinct value is a conflict, kept until
somebody writes over all of them. The Lamport counter, never a clock, chooses which candidate is
shown first. The caller knows which operations have been applied: it applies none twice, and
answers `arrived(short id)` for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inspector.ledger.operation import Change, Header

#: Lamport counter, short id of the operation, value.
Candidate = tuple[int, str, Any]
Candidates = tuple[Candidate, ...]


def _rank(candidate: Candidate) -> tuple[int, str]:
    return candidate[0], candidate[1]


@dataclass(slots=True)
class EntityState:
    """All registers of one entity.

    `creator` is the causally first known operation that wrote the entity (lowest Lamport counter,
    then id), so that it does not depend on the order of arrival. `registers` maps field names to
    their candidates, the shown one first; `dead` holds replaced operations that have not arrived.
    """

    creator: tuple[int, str] | None = None
    entered: tuple[str, int, int] = ("", 0, 0)
    registers: dict[str, Candidates] = field(default_factory=dict)
    dead: dict[str, frozenset[str]] = field(default_factory=dict)

    def apply(
        self, header: Header, short: str, change: Change, arrived: Callable[[str], bool]
    ) -> None:
        """Apply one change of the operation `short`."""
        rank = (header.lc, short)
        if self.creator is None or rank < self.creator:
            self.creator = rank
            self.entered = (header.by, header.reading.ms, header.reading.zone)
        lc, over, registers = header.lc, change.over, self.registers
        for name, value in change.fields.items():
            if name in over or name in registers or self.dead:
                self._write(name, (lc, short, value), over.get(name, ()), arrived)
            else:  # the usual case: the first value there is
                registers[name] = ((lc, short, value),)

    def _write(
        self, name: str, new: Candidate, over: Sequence[str], arrived: Callable[[str], bool]
    ) -> None:
        current = self.registers.get(name, ())
        dead = self.dead.get(name)
        if (
            dead is None
            and len(current) == len(over) <= 1
            and (not over or current[0][1] == over[0])
        ):
            self.registers[name] = (new,)
            return
        replaced, dead = set(over), dead or frozenset()
        kept = [item for item in current if item[1] not in replaced]
        absent = replaced - {item[1] for item in current}
        pending = (dead | {short for short in absent if not arrived(short)}) - {new[1]}
        if new[1] not in dead:
            kept.append(new)
        self.registers[name] = tuple(sorted(kept, key=_rank, reverse=True))
        if pending:
            self.dead[name] = pending
        else:
            self.dead.pop(name, None)

    def bury(self, short: str) -> None:
        """Await the operation `short` no longer: it has arrived."""
        for name, awaited in list(self.dead.items()):
            if awaited == {short}:
                del self.dead[name]
            else:
                self.dead[name] = awaited - {short}

    def shown(self) -> dict[str, Any]:
        """Return the value shown for each field that has one."""
        return {name: items[0][2] for name, items in self.registers.items() if items}

    def open(self) -> bool:
        """Tell whether a field has several candidates, whether they differ or not."""
        return any(len(items) > 1 for items in self.registers.values())

    def conflicts(self) -> dict[str, Candidates]:
        """Return the candidates of the fields whose values differ."""
        return {
            name: items
            for name, items in self.registers.items()
            if len(items) > 1 and len({canonical.encode(item[2]) for item in items}) > 1
        }

    def over(self, names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Return what a new write of these fields replaces: every candidate there is."""
        return {
            name: tuple(item[1] for item in self.registers[name])
            for name in names
            if self.registers.get(name)
        }
