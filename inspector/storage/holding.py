"""Which facts hold, as an SQL condition: `domain.facts.effective` for lists and counts in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.schema import KIND_OF

if TYPE_CHECKING:
    from inspector.domain.entities import Fact

#: The condition that a visit is not void. A sealed one cannot be withdrawn any more, also by a
#: laptop that did not know of the seal.
VISIT_STANDS = (
    "(visit.void IS NULL OR EXISTS "
    "(SELECT 1 FROM seal WHERE seal.visit = visit.id AND seal.void IS NULL))"
)
#: The condition that a seal is the one that counts for its visit: where two laptops sealed one
#: visit without knowing of each other, the same one on every laptop.
COUNTS = (
    "void IS NULL AND NOT EXISTS (SELECT 1 FROM seal AS other WHERE other.visit = seal.visit "
    "AND other.void IS NULL AND (other._lc, other._c) < (seal._lc, seal._c))"
)


def holds(cls: type[Fact]) -> str:
    """Return the condition that a row is neither void, nor withdrawn, nor corrected anywhere.

    Anywhere: a supplement is a visit of its own, and what it corrects no longer counts in the
    visit that was sealed.
    """
    noun = KIND_OF[cls]
    return (
        f"{stands(noun)} AND coalesce(withdrawn, '') = '' AND NOT EXISTS ("
        f'SELECT 1 FROM "{noun}" AS newer WHERE newer.replaces = "{noun}".id '
        f"AND {stands('newer')})"
    )


def stands(noun: str) -> str:
    """Return the condition that a row is not void: one of a sealed visit as it was sealed.

    What was added to a sealed visit without its seal knowing of it stands nowhere.
    """
    return (
        f'("{noun}".void IS NULL AND "{noun}".id NOT IN (SELECT id FROM late WHERE held = 0) '
        f'OR "{noun}".id IN (SELECT id FROM late WHERE held = 1))'
    )
