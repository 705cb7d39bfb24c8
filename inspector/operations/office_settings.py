"""What the office states for everybody; in an organisation only its office may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Setting
from inspector.domain.vocabulary import Role
from inspector.operations.roles import require_role
from inspector.operations.writers import Writers

if TYPE_CHECKING:
    from inspector.operations.session import Session

#: Who may state something.
OFFICE = (Role.OFFICE, Role.ADMINISTRATOR)
#: Two persons must approve what is reviewed: “yes” or nothing.
TWO_REVIEWERS = "two_reviewers"
#: How many visits are expected of a team, by the name of the team behind it.
EXPECTED = "expected:"


def state_setting(session: Session, name: str, value: str) -> None:
    """State something. Raises MingchaError `role_missing` and as `operations.roles`."""
    require_role(session, *OFFICE)
    store = session.store
    store.save(Setting(id=store.derived_id("setting", name), name=name, value=value))


def stated(session: Session, name: str) -> str:
    """Return what was stated last by whoever may, "" if nothing was."""
    store, writers = session.store, Writers(session, *OFFICE)
    setting = store.derived_id("setting", name)
    if writers.free:
        value = store.state("setting", setting).shown().get("value")
    else:
        value = writers.said("setting", setting).get("value")
    return value if isinstance(value, str) else ""


def stated_under(session: Session, prefix: str) -> dict[str, str]:
    """Return all that was stated under names that begin so, by the rest of the name."""
    found = session.store.select(Setting, "substr(name, 1, ?) = ?", len(prefix), prefix)
    values = {each.name: stated(session, each.name) for each in found}
    return {name[len(prefix) :]: value for name, value in values.items() if value}


def two_reviewers(session: Session) -> bool:
    """Tell whether two persons must approve what is reviewed."""
    return stated(session, TWO_REVIEWERS) == "yes"
