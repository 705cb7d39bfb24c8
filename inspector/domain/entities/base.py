"""What all nouns have in common."""

from __future__ import annotations

from dataclasses import field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

from inspector.base.values import frozen, made_later
from inspector.domain.vocabulary import TimeSource

Json = dict[str, Any]


@frozen
class Entered:
    """The automatic side of a fact: who typed it, and when by this device's clock."""

    by: str
    ms: int
    zone: int


NOT_ENTERED = Entered("", 0, 0)


T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def noun(cls: type[T]) -> type[T]:
    """Make a noun of a class: a frozen value that compares and shows itself as `Entity` says."""
    return made_later(cls, kw_only=True, eq=False, repr=False)


@noun
class Entity:
    """What every stored thing has. `entered` and `conflicts` are computed, never written.

    Two are equal if all their fields are.
    """

    id: str
    void: str | None = None
    entered: Entered = NOT_ENTERED
    conflicts: int = 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entity) or type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
        return f"{type(self).__name__}({', '.join(told)})"


#: By noun: what reads the values of all its fields.
_READERS: dict[type[Entity], attrgetter[tuple[Any, ...]]] = {}


def _values(entity: Entity) -> tuple[Any, ...]:
    cls = type(entity)
    if cls not in _READERS:
        _READERS[cls] = attrgetter(*(each.name for each in fields(cls)))
    return _READERS[cls](entity)


@noun
class Fact(Entity):
    """Something somebody observed during a visit.

    `observer` saw it (not the typist). `observed_from`/`observed_to` bound it by the source in
    `time_source`; `time_precision` is in seconds. `replaces` names the fact of a sealed visit
    that this one corrects; with `withdrawn`, the reason, neither of the two holds any more.
    """

    visit: str = ""
    observer: str = ""
    observed_from: int | None = None
    observed_to: int | None = None
    observed_zone: int = 480
    time_source: TimeSource = TimeSource.LIVE
    time_precision: int = 60
    replaces: str | None = None
    withdrawn: str = ""
