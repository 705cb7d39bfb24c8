"""What this computer may do in its organisation. Outside of any, everything.

Roles come from the roster alone: what a member's own record says of itself grants nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import Bilingual
from inspector.domain.entities import VisitMember
from inspector.domain.names import noun_name
from inspector.domain.schema import KINDS
from inspector.domain.terms import TERMS
from inspector.domain.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.ledger.devices import Device
    from inspector.operations.session import Session
    from inspector.storage.store import Edit, Store

#: Who may change what others recorded.
EDITORS = frozenset({Role.OFFICE})
#: What the participants of a visit carry on together, whoever began it.
_SHARED = frozenset({"visit", "visit_member", "placement"})
#: What sealing fixes in the facts of all participants.
_FIXED_BY_SEALING = frozenset({"official_number"})


def in_organisation(session: Session) -> bool:
    """Tell whether this workspace belongs to an organisation."""
    return bool(session.store.local("organisation"))


def own_device(session: Session) -> Device | None:
    """Return how the roster names this computer.

    None outside of any organisation. Raises MingchaError `not_admitted` for a chain that nobody
    admitted, such as that of a restored backup, `membership_revoked`.
    """
    if not in_organisation(session):
        return None
    store = session.store
    found = store.membership.roster().device(store.chain)
    if found is None:
        raise MingchaError("not_admitted")
    if found.revoked_after is not None:
        raise MingchaError("membership_revoked")
    return found


def require_role(session: Session, *roles: Role) -> None:
    """Return if this computer has one of `roles`, or belongs to no organisation.

    Raises MingchaError `role_missing`, and as `own_device`.
    """
    device = own_device(session)
    if device is not None and not device.roles.intersection(roles):
        raise MingchaError("role_missing", role=role_names(roles))


def role_names(roles: Sequence[Role]) -> Bilingual:
    """Return what roles are called where people read it."""
    named = [TERMS[Role][role] for role in roles]
    return Bilingual("、".join(zh for zh, _ in named), ", ".join(en for _, en in named))


def enforce(session: Session) -> None:
    """Let nothing be recorded from now on that the roster does not allow this computer."""
    if in_organisation(session):
        session.store.permit = lambda edits: _require_own(session, edits)


def _require_own(session: Session, edits: Sequence[Edit]) -> None:
    """Raise MingchaError `recorded_by_others` for a change of what others recorded.

    A computer that is not admitted, or no longer, keeps recording: what it writes waits for an
    administrator to judge, and nothing that was seen may be lost for that.
    """
    store = session.store
    roster = store.membership.roster()
    mine = roster.device(store.chain)
    if mine is None or mine.roles & EDITORS:
        return
    for edit in edits:
        log = _written_by(store, edit)
        if log in (None, store.chain) or edit.fields.keys() <= _FIXED_BY_SEALING:
            continue
        other = roster.device(log or "")
        if other is None or other.person == mine.person or _carried_on(session, edit, mine.person):
            continue
        raise MingchaError("recorded_by_others", kind=noun_name(edit.kind), name=other.name)


def _written_by(store: Store, edit: Edit) -> str | None:
    """Return the chain in which an entity was recorded first; None for a new one."""
    if edit.kind not in KINDS:
        return None
    row = store.db.execute(f'SELECT _c FROM "{edit.kind}" WHERE id = ?', (edit.id,)).fetchone()
    if row is None:
        return None
    found = store.db.execute(
        "SELECT log FROM op WHERE seq = ?", (store.log.place(row[0]),)
    ).fetchone()
    return str(found[0]) if found else None


def _carried_on(session: Session, edit: Edit, person: str) -> bool:
    """Tell whether this is about a visit that `person` takes part in."""
    if edit.kind not in _SHARED:
        return False
    store, visit = session.store, edit.id
    if edit.kind != "visit":
        row = store.db.execute(
            f'SELECT visit FROM "{edit.kind}" WHERE id = ?', (edit.id,)
        ).fetchone()
        visit = row[0] if row else ""
    return bool(
        store.select(VisitMember, "visit = ? AND person = ? AND void IS NULL", visit, person)
    )
