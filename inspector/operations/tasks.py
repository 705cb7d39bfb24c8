"""What others expect of the team at this laptop: returned visits, conflicts, things to review.

The cost depends on what is returned and waits, not on how many visits there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Person, Review
from inspector.domain.vocabulary import ReviewDecision, ReviewState
from inspector.operations.conflicts import count_conflicts
from inspector.operations.discretion import in_sight
from inspector.operations.reviews import DECIDES, count_to_review, review_item
from inspector.operations.roles import in_organisation, own_device
from inspector.operations.today import Returned, Tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.operations.reviews import ReviewItem
    from inspector.operations.session import Session

#: Decisions that are looked at, the newest.
_MOST = 50


def tasks(session: Session) -> Tasks:
    """Return what others expect of whoever works at this laptop."""
    return Tasks(
        returned=returned(session),
        conflicts=count_conflicts(session),
        to_review=count_to_review(session) if _reviews_here(session) else 0,
    )


def _reviews_here(session: Session) -> bool:
    """Tell whether this computer reviews; without an organisation nobody is asked to."""
    if not in_organisation(session):
        return False
    try:
        device = own_device(session)
    except MingchaError:
        return False
    return device is not None and bool(device.roles.intersection(DECIDES))


def returned(session: Session) -> tuple[Returned, ...]:
    """Return the visits that reviewers returned to whoever works at this laptop."""
    return tuple(_returned(session))


def _returned(session: Session) -> Iterator[Returned]:
    store = session.store
    # Others' visits are left out before the newest are counted, or they would crowd out one's own.
    mine = "SELECT visit FROM visit_member WHERE person = ? AND void IS NULL"
    newest = (
        "_seq IN (SELECT _seq FROM review WHERE void IS NULL AND decision = ? "
        f"AND (? = '' OR visit IN ({mine})) ORDER BY _seq DESC LIMIT ?)"
    )
    user = store.user
    found = store.select(Review, newest, ReviewDecision.RETURNED.value, user, user, _MOST)
    for visit in dict.fromkeys(each.visit for each in reversed(found)):
        try:
            item = review_item(session, visit)
        except MingchaError:  # its seal has not arrived yet
            continue
        if item.state is ReviewState.RETURNED and item.visit.id == visit:
            yield _told(session, item)


def _told(session: Session, item: ReviewItem) -> Returned:
    persons = (session.store.get(Person, each.reviewer) for each in item.standing.returned)
    return Returned(
        visit=item.visit,
        reasons=tuple(in_sight(session, each.reason) for each in item.standing.returned),
        by=tuple(dict.fromkeys(each.name for each in persons if each)),
        supplement=item.supplement,
    )
