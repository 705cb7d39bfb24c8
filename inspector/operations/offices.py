"""What the holder of the root key does: appoint administrators and take the office from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.errors import MingchaError
from inspector.ledger import statements
from inspector.ledger.statements import (
    Administrator,
    Epoch,
    Forked,
    HadRoles,
    Member,
    Revoked,
    StoodDown,
    Succeeds,
    Vouched,
)
from inspector.operations.organisation import find_member, organisation_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from inspector.ledger.roster import Roster
    from inspector.ledger.statements import Body
    from inspector.operations.founding import Root
    from inspector.operations.session import Session


def require_root(session: Session, root: Root, path: Path) -> Roster:
    """Return the roster. Raises MingchaError `root_file_bad` for the root of another one."""
    roster, _ = organisation_of(session)
    if root.org != roster.org:
        raise MingchaError("root_file_bad", path=path)
    return roster


def appoint(session: Session, root: Root, path: Path, name: str) -> Administrator:
    """Make the owner of a member's computer an administrator.

    Raises MingchaError `member_device_unknown`, `member_without_key`, `root_file_bad`.
    """
    roster = require_root(session, root, path)
    device = find_member(session, name)
    if not device.signs:
        raise MingchaError("member_without_key", name=device.name)
    body = Administrator(device.person, device.name, device.signs)
    with session.store.transaction():
        session.store.membership.add([statements.make(body, roster.org, root.public, root.sign)])
    return body


def stand_down(
    session: Session,
    root: Root,
    path: Path,
    name: str,
    drop: Collection[str] | None = (),
) -> Administrator:
    """Take the office from an administrator; what they stated until now stays valid but for `drop`.

    drop: the first letters of statements that shall not stay (see `stated_by`), None for all.
    Epochs stay in any case: what was sealed must stay readable. Only statements that are known here
    stay: exchange with the others first. Whoever was stood down before may be named by their key,
    to drop more. Raises MingchaError `administrator_unknown`, `root_file_bad`, `statement_unknown`,
    `statements_too_many`.
    """
    roster = require_root(session, root, path)
    found, before = _in_office(roster, name)
    said = roster.said_by(found.key)
    for start in drop or ():
        # Every statement begins with nothing: that is no choice.
        if not start or not any(each.id.startswith(start) for each in said):
            raise MingchaError("statement_unknown", text=start)
    kept = sorted(
        each.id
        for each in said
        if isinstance(each.body, Epoch)
        or (drop is not None and not any(each.id.startswith(start) for start in drop))
    )
    if len(kept) > statements.MAX_LIST:
        raise MingchaError("statements_too_many", name=found.name, count=len(kept))
    body = StoodDown(found.key, tuple(kept))
    stated = statements.make(body, roster.org, root.public, root.sign, before)
    with session.store.transaction():
        session.store.membership.add([stated])
    return found


def _in_office(roster: Roster, name: str) -> tuple[Administrator, tuple[str, ...]]:
    """Return the administrator of that name, and the statements by which they were stood down."""
    wanted = name.strip()
    present = roster.administrators.values()
    found = [each for each in present if wanted in (each.name, each.person, each.key)]
    if not found:
        found = [each for each in roster.former_administrators if each.key == wanted]
    if len(found) != 1:
        raise MingchaError("administrator_unknown", name=wanted)
    down = (
        each.id
        for each in roster.valid.values()
        if isinstance(each.body, StoodDown) and each.body.key == found[0].key
    )
    return found[0], tuple(sorted(down))


@dataclass(frozen=True, slots=True)
class InOffice:
    """Somebody whom the root appointed. present: still in office; said: statements that count."""

    person: str
    name: str
    key: str
    present: bool
    said: int


def in_office(session: Session) -> tuple[InOffice, ...]:
    """Return who was ever appointed, those in office first, then by name.

    Raises MingchaError `organisation_none`.
    """
    roster, _ = organisation_of(session)
    present = roster.administrators.values()
    found = [
        InOffice(each.person, each.name, each.key, each in present, len(roster.said_by(each.key)))
        for each in (*present, *roster.former_administrators)
    ]
    return tuple(sorted(found, key=lambda each: (not each.present, each.name, each.key)))


class Candidate(NamedTuple):
    """Who could become an administrator: a computer of theirs, name and post."""

    log: str
    name: str
    post: str


def can_be_appointed(session: Session) -> tuple[Candidate, ...]:
    """Return who could become an administrator, in the order of names.

    Raises MingchaError `organisation_none`.
    """
    roster, _ = organisation_of(session)
    members = (each for each in roster.devices() if each.revoked_after is None and each.signs)
    free = {each.person: each for each in members if each.signs not in roster.administrators}
    found = (Candidate(each.log, each.name, each.post) for each in free.values())
    return tuple(sorted(found, key=lambda each: (each.name, each.log)))


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that an administrator made: its id, its kind, and about whom."""

    id: str
    kind: str
    about: str


def stated_by(session: Session, name: str) -> tuple[Said, ...]:
    """Return what an administrator stated that counts.

    Raises MingchaError `organisation_none`, `administrator_unknown`.
    """
    roster, _ = organisation_of(session)
    found, _ = _in_office(roster, name)
    return tuple(
        Said(each.id, each.kind, _about(roster, each.body)) for each in roster.said_by(found.key)
    )


def _about(roster: Roster, body: Body) -> str:
    match body:
        case Member(name=name, log=log) | Vouched(name=name, key=log):
            return f"{name} {log[:8]}"
        case Revoked(log=log) | Succeeds(log=log) | Forked(log=log) | HadRoles(log=log):
            device = roster.device(log)
            return f"{device.name if device else ''} {log[:8]}".strip()
        case Epoch(number=number):
            return str(number)
        case _:
            return ""
