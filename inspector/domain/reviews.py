"""How decisions on a sealed visit come together: a return stands, grave findings one by one.

A decision is made once by each reviewer on each thing (the visit, or one finding of it) and may be
changed by the same reviewer; of several reviewers nobody overrules another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.vocabulary import ReviewDecision, ReviewState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector.domain.entities import Review

#: From this severity on each finding is decided on by itself.
ONE_BY_ONE_FROM = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the review of one sealed edition stands.

    approvals: who approved the visit; open: the findings that must still be approved one by one;
    returned: the decisions that return it or a finding of it; assignee: to whom it was passed on.
    """

    state: ReviewState
    approvals: tuple[str, ...]
    open: tuple[str, ...]
    returned: tuple[Review, ...]
    assignee: str


def standing(decisions: Iterable[Review], exceptions: Sequence[str], needed: int) -> Standing:
    """Return what follows from the decisions that count.

    exceptions: ids of the findings that are decided on one by one; needed: reviewers who must
    approve each thing, two where the office wants two persons.
    """
    listed = list(decisions)
    returned = tuple(each for each in listed if each.decision is ReviewDecision.RETURNED)
    approved: dict[str, dict[str, None]] = {}
    assignee = ""
    for each in listed:
        if each.decision is ReviewDecision.APPROVED:
            approved.setdefault(each.finding or "", {})[each.reviewer] = None
        elif each.decision is ReviewDecision.REASSIGNED:
            assignee = each.assignee or ""
    open_ones = tuple(each for each in exceptions if len(approved.get(each, {})) < needed)
    whole = tuple(approved.get("", {}))
    state = ReviewState.WAITING
    if returned:
        state = ReviewState.RETURNED
    elif len(whole) >= needed and not open_ones:
        state = ReviewState.APPROVED
    return Standing(state, whole, open_ones, returned, "" if assignee in whole else assignee)
