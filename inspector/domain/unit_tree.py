"""Organisations and those above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.entities import Unit


def above(parents: Mapping[str, str | None], unit: str) -> tuple[str, ...]:
    """Return the organisations (ids) above one, nearest first, each once.

    parents: the superior organisation of each. Whoever stands in a circle is above itself.
    """
    passed: dict[str, None] = {}
    at = parents.get(unit)
    while at and at not in passed:
        passed[at] = None
        at = parents.get(at)
    return tuple(passed)


def path(units: Mapping[str, Unit], unit: str | None) -> tuple[str, ...]:
    """Return the names of an organisation (id) and of those above it, highest first."""
    if unit is None:
        return ()
    parents = {each.id: each.parent for each in units.values()}
    ways = dict.fromkeys((unit, *above(parents, unit)))
    return tuple(units[each].name for each in reversed(ways) if each in units)
