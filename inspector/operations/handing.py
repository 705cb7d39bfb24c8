"""Handing the screen over to somebody who is no member, and getting it back.

That it is in other hands is kept in the workspace before the view for them opens. A program that
ends meanwhile, however it ends, shows nothing at its next start before the PIN is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.pins import has_pin, pin_matches, require_pin
from inspector.operations.session import HANDED_OVER

if TYPE_CHECKING:
    from inspector.operations.session import Session


def hand_over(session: Session, person: str) -> None:
    """Keep, durably, that `person` gave the screen out of hand."""
    session.store.set_local(HANDED_OVER, person)


def take_back(session: Session, person: str, pin: str) -> None:
    """Take the screen back. Raises as `pins.require_pin`; then it stays in other hands."""
    require_pin(session, person, pin)
    session.store.set_local(HANDED_OVER, "")


def cover_asks_pin(session: Session) -> bool:
    """Say whether the view is shown again only after a PIN: there may be none."""
    person = _person(session)
    return bool(person) and has_pin(session, person)


def cover_pin_matches(session: Session, pin: str) -> bool:
    """Return whether `pin` is that of who handed the screen over, else of who is typing.

    Raises MingchaError `pin_blocked` after too many wrong tries.
    """
    return pin_matches(session, _person(session), pin)


def found_again(session: Session) -> None:
    """Note that the screen is back, after a start that asked for the PIN."""
    if session.store.local(HANDED_OVER):
        session.store.set_local(HANDED_OVER, "")


def _person(session: Session) -> str:
    return session.store.local(HANDED_OVER) or session.store.user
