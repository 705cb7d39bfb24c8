"""An organisation as its statements have it: what it is, who belongs to it, what this computer may.

Nobody is asked for any of this who works alone: it begins with `founding.found` on one computer, or
with an invitation on another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Person
from inspector.ledger.spoken import spoken

if TYPE_CHECKING:
    from inspector.domain.vocabulary import Role
    from inspector.ledger.devices import Device
    from inspector.ledger.roster import Roster
    from inspector.ledger.statements import Organisation, Revoked
    from inspector.operations.keys import Signer
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class Member:
    """A computer of the organisation, as lists show it.

    log: its chain; fingerprint: six groups of digits to compare by voice; me: this computer;
    administrator: whether its owner's key is that of an administrator in office; revoked_after: the
    place of the last entry that counts, None while it is a member; succeeds: the chain it goes on;
    former: the chains that it wrote before and writes no more.
    """

    log: str
    person: str
    name: str
    post: str
    roles: tuple[Role, ...]
    fingerprint: str
    me: bool
    administrator: bool
    revoked_after: int | None
    succeeds: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this computer stands: `org` is "" outside of any organisation.

    asked: an invitation was taken up and the admission is awaited; me: None if nobody admitted this
    chain; epochs, keys: how many keys there are and how many of them are here; epoch_due: an
    administrator has to make a new key, because somebody who left holds the present one; disputed:
    chains that two statements give to different people; ended: how the membership of this computer
    ended, None while it is a member.
    """

    org: str
    name: str
    space: str
    fingerprint: str
    asked: bool
    me: Member | None
    members: int
    epochs: int
    keys: int
    epoch_due: bool
    disputed: tuple[str, ...]
    ended: Revoked | None = None


def organisation_of(session: Session) -> tuple[Roster, Organisation]:
    """Return the roster and what the organisation is. Raises MingchaError `organisation_none`."""
    roster = session.store.membership.roster()
    if roster.organisation is None:
        raise MingchaError("organisation_none")
    return roster, roster.organisation


def require_no_organisation(session: Session) -> None:
    """Raise MingchaError `organisation_exists` where the workspace belongs to one."""
    if session.store.membership.org:
        found = session.store.membership.roster().organisation
        raise MingchaError("organisation_exists", name=found.name if found else "?")


def require_user(session: Session) -> Person:
    """Return who types on this computer. Raises MingchaError `organisation_person_missing`."""
    found = session.store.get(Person, session.store.user) if session.store.user else None
    if found is None:
        raise MingchaError("organisation_person_missing")
    return found


def require_administrator(session: Session, signer: Signer) -> Roster:
    """Return the roster if `signer` may admit and revoke.

    Raises MingchaError `organisation_none`, `not_administrator`.
    """
    roster, _ = organisation_of(session)
    if not roster.is_administrator(bytes.fromhex(signer.public)):
        person = session.store.get(Person, signer.person)
        raise MingchaError("not_administrator", name=person.name if person else "?")
    return roster


def organisation_fingerprint(root: bytes) -> str:
    """Return the digits by which people compare which organisation it is."""
    return spoken(root, "organisation")


def device_fingerprint(key: bytes) -> str:
    """Return the digits by which people compare which computer it is."""
    return spoken(key, "device")


def members(session: Session) -> tuple[Member, ...]:
    """Return all computers, each once, revoked ones last.

    Raises MingchaError `organisation_none`.
    """
    roster, _ = organisation_of(session)
    found, known = [], set[str]()
    for device in roster.devices():
        if device.log in known:
            continue
        # After a theft a chain may have ended that another computer goes on.
        ended = device.revoked_after is not None
        line = [each for each in roster.computer(device.log)
                if (each.revoked_after is not None) == ended]  # fmt: skip
        known |= {each.log for each in line}
        present = max(line, key=lambda each: _how_present(session, each))
        former = tuple(each.log for each in line if each is not present)
        found.append(replace(_member(session, roster, present), former=former))
    return tuple(sorted(found, key=lambda m: (m.revoked_after is not None, m.name, m.log)))


def _how_present(session: Session, device: Device) -> tuple[bool, bool, int, str]:
    """Return what tells the chain that a computer writes now from those that it wrote before."""
    store = session.store
    last = store.db.execute(
        "SELECT seq FROM op WHERE log = ? ORDER BY n DESC LIMIT 1", (device.log,)
    ).fetchone()
    return device.log == store.chain, not device.succeeded, last[0] if last else 0, device.log


def _member(session: Session, roster: Roster, device: Device) -> Member:
    return Member(
        log=device.log,
        person=device.person,
        name=device.name,
        post=device.post,
        roles=tuple(sorted(device.roles)),
        fingerprint=device_fingerprint(device.key),
        me=device.log == session.store.chain,
        administrator=device.signs in roster.administrators,
        revoked_after=device.revoked_after,
        succeeds=device.succeeds,
    )


def find_member(session: Session, name: str) -> Device:
    """Return the computer that a chain, the beginning of one, or a name means.

    By name, ended memberships are passed over, and of a computer that began anew its last chain is
    meant. Raises MingchaError `member_device_unknown`.
    """
    return find_chains(session, name)[-1]


def find_chains(session: Session, name: str) -> tuple[Device, ...]:
    """Return the chains that a name means: all of that computer's (see `Roster.computer`).

    The chain that was named by its letters comes last, else the one that is written now. Raises
    MingchaError `member_device_unknown` for nobody, or for several computers of that name.
    """
    roster, _ = organisation_of(session)
    wanted = name.strip()
    devices = roster.devices()
    lettered = [each for each in devices if wanted and each.log.startswith(wanted.lower())]
    if len(lettered) == 1:
        return roster.computer(lettered[0].log)
    named = [each for each in devices if wanted in (each.name, each.person)]
    found = [each for each in named if each.revoked_after is None]
    former = {each.succeeds for each in found}
    present = [each for each in found if each.log not in former]
    computer = roster.computer(present[-1].log) if present else ()
    if not present or not all(each in computer for each in present):
        raise MingchaError("member_device_unknown", name=wanted)
    return computer


def standing(session: Session) -> Standing:
    """Return where this computer stands; nothing is changed and nothing raised."""
    membership = session.store.membership
    roster = membership.roster_of(membership.org or membership.asked)
    device = roster.device(session.store.chain) if membership.org else None
    stated = roster.organisation
    return Standing(
        org=roster.org,
        name=stated.name if stated else "",
        space=stated.space_name if stated else "",
        fingerprint=organisation_fingerprint(roster.root) if roster.root else "",
        asked=bool(membership.asked),
        me=_member(session, roster, device) if device else None,
        members=sum(each.revoked_after is None and not each.succeeded for each in roster.devices()),
        epochs=len(roster.epochs),
        keys=len(membership.epoch_keys()),
        epoch_due=bool(membership.org) and roster.epoch_due,
        disputed=roster.disputed,
        ended=roster.revocations.get(session.store.chain) if device else None,
    )
