"""Links: two visits or two places, entered apart, that are the same; nothing is rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from inspector.base.errors import MingchaError
from inspector.domain.entities import Hall, Link, Visit
from inspector.domain.schema import KIND_OF
from inspector.operations.recording import fit, get, stored, void

if TYPE_CHECKING:
    from inspector.operations.session import Session

E = TypeVar("E", bound=Hall | Visit)


def link(session: Session, cls: type[E], one: str, other: str, reason: str = "") -> Link:
    """Say that two visits or two places are the same.

    Two laptops that say so make one link. Raises MingchaError `not_found`, `link_to_itself`.
    """
    if one == other:
        raise MingchaError("link_to_itself")
    noun = KIND_OF[cls]
    first, second = sorted((get(session, cls, one).id, get(session, cls, other).id))
    made = fit(
        Link(
            id=_id(session, noun, first, second),
            noun=noun,
            one=first,
            other=second,
            reason=reason,
        )
    )
    session.store.save(made)
    return stored(session, made)


def unlink(session: Session, cls: type[E], one: str, other: str, reason: str) -> None:
    """Withdraw a link. Raises MingchaError `not_found`, `reason_missing`, `withdrawn_before`."""
    first, second = sorted((one, other))
    void(session, Link, _id(session, KIND_OF[cls], first, second), reason)


def linked(session: Session, cls: type[E], entity: str) -> tuple[E, ...]:
    """Return what is said to be the same as a visit or place, also by way of others, in order."""
    pairs: dict[str, list[str]] = {}
    for each in session.store.select(Link, "noun = ? AND void IS NULL", KIND_OF[cls]):
        pairs.setdefault(each.one, []).append(each.other)
        pairs.setdefault(each.other, []).append(each.one)
    if entity not in pairs:
        return ()
    met, waiting = {entity: None}, [entity]
    while waiting:
        new = [each for each in pairs.get(waiting.pop(), ()) if each not in met]
        met |= dict.fromkeys(new)
        waiting += new
    found = (session.store.get(cls, each) for each in met if each != entity)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.id))


def _id(session: Session, noun: str, first: str, second: str) -> str:
    return session.store.derived_id("link", noun, first, second)
