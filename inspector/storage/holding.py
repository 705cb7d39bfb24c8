"""Which facts hold, as an SQL condition: `domain.facts.effective` for lists and counts in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.schema import KIND_OF

if TYPE_CHECKING:
    from inspector.domain.entities import Fact


def holds(cls: type[Fact]) -> str:
    """Return the condition that a row is neither void, nor withdrawn, nor corrected anywhere.

    Anywhere: a supplement is a visit of its own, and what it corrects no longer counts in the
    visit that was sealed.
    """
    noun = KIND_OF[cls]
    return (
        "void IS NULL AND coalesce(withdrawn, '') = '' AND NOT EXISTS ("
        f'SELECT 1 FROM "{noun}" AS newer WHERE newer.replaces = "{noun}".id '
        "AND newer.void IS NULL)"
    )
