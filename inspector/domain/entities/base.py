"""What all nouns have in common."""

from __future__ import annotations

from dataclasses import field
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
    """Make a noun of a class: a frozen value all of whose fields are named."""
    return made_later(cls, kw_only=True)


@noun
class Entity:
    """What every stored thing has. `entered` and `conflicts` are computed, never written."""

    id: str
    void: str | None = None
    entered: Entered = NOT_ENTERED
    conflicts: int = 0


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
