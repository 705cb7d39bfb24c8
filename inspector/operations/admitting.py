"""What administrators do: invite, admit, give roles, end memberships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.terms import TERMS
from inspector.domain.vocabulary import Role
from inspector.ledger import joining, statements
from inspector.ledger.joining import Admission, Request, Wrapped
from inspector.ledger.operation import NO_OPERATION
from inspector.ledger.roster import Roster
from inspector.ledger.spoken import sounds_like
from inspector.ledger.statements import (
    HadRoles,
    Member,
    Revoked,
    Succeeds,
)
from inspector.operations.epochs import keep_epoch, new_epoch
from inspector.operations.membership_files import read_file, write_file
from inspector.operations.organisation import (
    device_fingerprint,
    find_chains,
    find_member,
    organisation_fingerprint,
    organisation_of,
    require_administrator,
)
from inspector.operations.roles import enforce
from inspector.storage.envelopes import wrap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from inspector.ledger.devices import Device
    from inspector.ledger.statements import Body, Statement
    from inspector.operations.keys import Signer
    from inspector.operations.session import Session
    from inspector.storage.membership import Envelope


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was written, and the digits that whoever takes it up has to see."""

    path: Path
    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """A computer that asks to be let in. known: the roster has its chain already."""

    name: str
    post: str
    person: str
    log: str
    fingerprint: str
    known: bool
    goes_on: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """A member that was let in, and the file that tells its computer."""

    path: Path
    name: str
    log: str
    roles: tuple[Role, ...]
    epochs: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A membership that ended after the entry at place `n`."""

    name: str
    logs: tuple[str, ...]
    n: int


def _stated(roster: Roster, signer: Signer, body: Body, over: Iterable[str] = ()) -> Statement:
    public = bytes.fromhex(signer.public)
    return statements.make(body, roster.org, public, signer.sign, tuple(over))


# -- inviting and admitting ------------------------------------------------------------------------


def invite(session: Session, signer: Signer, target: Path) -> Invited:
    """Write an invitation: what the organisation is, and nothing secret.

    Raises MingchaError `organisation_none`, `not_administrator`, `export_failed`.
    """
    roster = require_administrator(session, signer)
    stated = tuple(roster.valid.values())
    public = bytes.fromhex(signer.public)
    write_file(target, joining.write_invitation(roster.org, stated, public, signer.sign))
    return Invited(target, _name(session), organisation_fingerprint(roster.root or b""))


def read_request(session: Session, path: Path) -> tuple[Request, Applicant]:
    """Return who asks to be let in, as the request says; nothing is changed.

    Raises MingchaError `organisation_none`, `organisation_other`, and as `read_file`.
    """
    roster, _ = organisation_of(session)
    request = read_file(path, joining.read_request, joining.MOST_OF_REQUEST)
    if request.org != roster.org:
        raise MingchaError("organisation_other", path=path)
    before = roster.device(request.of) if request.of else None
    if before is not None and before.revoked_after is not None:
        before = None
    return request, Applicant(
        name=request.name,
        post=request.post,
        person=request.person,
        log=request.log,
        fingerprint=device_fingerprint(request.by),
        known=roster.device(request.log) is not None,
        goes_on=before.name if before else "",
    )


def admit(
    session: Session,
    signer: Signer,
    path: Path,
    target: Path,
    roles: Collection[Role],
    said: str = "",
) -> Admitted:
    """Let the computer in whose request lies at `path`, and write the admission to `target`.

    said: the fingerprint as its owner read it out, "" if it was compared otherwise. It is given
    all keys that are here. Raises MingchaError `fingerprint_differs`, `roles_missing`,
    `chain_of_other`, and as `read_request`, `invite`.
    """
    roster = require_administrator(session, signer)
    request, applicant = read_request(session, path)
    if said and not sounds_like(said, applicant.fingerprint):
        raise MingchaError("fingerprint_differs", path=path, fingerprint=applicant.fingerprint)
    of = roster.device(request.of) if request.of else None
    succeeds = of is not None and of.revoked_after is None
    if not roles and not succeeds:
        raise MingchaError("roles_missing")
    stated = _succession(roster, signer, request) if succeeds else _admissions(
        session, signer, request, roles
    )  # fmt: skip
    device, wrapped = _let_in(session, signer, request, stated, target)
    return Admitted(target, device.name, device.log, tuple(sorted(device.roles)), wrapped)


def _let_in(
    session: Session, signer: Signer, request: Request, stated: list[Statement], target: Path
) -> tuple[Device, int]:
    """Keep what is stated and write the admission; return the member and how many keys it got."""
    store, membership = session.store, session.store.membership
    roster = membership.roster()
    after = Roster.of(roster.org, [*roster.valid.values(), *stated])
    device = after.device(request.log)
    if device is None:
        # Another administrator gave this chain to somebody else.
        raise MingchaError("member_device_unknown", name=request.name)
    renewed = new_epoch(after, signer, store.entropy) if after.epoch_due else None
    keys = membership.epoch_keys() | ({renewed.epoch: renewed.key} if renewed else {})
    readers = [device.recipient] if device.may_read() else []
    wrapped = [each for name, key in keys.items() for each in wrap(name, key, readers)]
    with store.transaction():
        membership.add(stated)
        for envelope in wrapped:
            membership.keep_envelope(envelope)
        if renewed:
            keep_epoch(store, renewed)
        write_file(target, _admission(session, signer, request.log, device.recipient))
    return device, len(wrapped)


def _admissions(
    session: Session, signer: Signer, request: Request, roles: Collection[Role]
) -> list[Statement]:
    """Return the admission of each chain of the workspace; they replace former ones of theirs.

    Whoever asks may name any chain as its own: one that another key was admitted for stays what it
    is. Raises MingchaError `chain_of_other` if the present chain is such a one.
    """
    found, roster = [], session.store.membership.roster()
    for log in sorted({request.log, *request.former}):
        before, key = roster.device(log), request.key_of(log)
        if log in roster.disputed or (before is not None and before.key != key):
            if log == request.log:
                raise MingchaError("chain_of_other", name=request.name)
            continue
        body = Member(
            person=request.person,
            name=request.name,
            post=request.post,
            log=log,
            key=key.hex(),
            recipient=request.recipient,
            signs=request.signs,
            earlier=request.earlier,
            roles=tuple(sorted(roles)),
        )
        found.append(_stated(roster, signer, body, roster.stated_on(log)))
        if before is not None:
            found += _taken(session, signer, before, roles)
    return found


def _succession(roster: Roster, signer: Signer, request: Request) -> list[Statement]:
    """Return that the chain goes on the former one, by way of those that nobody admitted."""
    found, of = [], request.of
    for log in (*(each for each in request.former if _is_nobodys(roster, each)), request.log):
        key = request.key_of(log).hex()
        body = Succeeds(log, of, key, request.recipient, request.earlier)
        found.append(_stated(roster, signer, body))
        of = log
    return found


def _is_nobodys(roster: Roster, log: str) -> bool:
    return roster.device(log) is None and log not in roster.disputed


def _admission(session: Session, signer: Signer, log: str, recipient: str) -> bytes:
    """Return the file: all statements, and the keys for its reader and for recovery."""
    membership = session.store.membership
    roster = membership.roster()
    wanted = {recipient, *roster.recovery}
    envelopes = tuple(map(_wrapped, (e for e in membership.envelopes() if e.recipient in wanted)))
    by = bytes.fromhex(signer.public)
    stated = tuple(roster.valid.values())
    return joining.write_admission(Admission(roster.org, by, log, stated, envelopes), signer.sign)


def _wrapped(envelope: Envelope) -> Wrapped:
    return Wrapped(envelope.epoch, envelope.recipient, envelope.wrapped)


def _name(session: Session) -> str:
    return organisation_of(session)[1].name


# -- roles and ends --------------------------------------------------------------------------------


def _taken(
    session: Session, signer: Signer, device: Device, roles: Collection[Role]
) -> list[Statement]:
    """Return up to where what a chain wrote counts with the roles that are taken from it.

    That is the last entry that is here: what comes later may have been written afterwards.
    """
    taken = device.roles.difference(roles)
    last = session.store.log.head(device.log).n
    if not taken or not last:
        return []
    body = HadRoles(device.log, last, tuple(sorted(taken)))
    return [_stated(session.store.membership.roster(), signer, body)]


def change_roles(
    session: Session, signer: Signer, name: str, roles: Collection[Role]
) -> tuple[Device, ...]:
    """Give a member other roles; this also settles what several administrators stated at once.

    What was decided with a role that is taken away, and has arrived here, stands. Raises
    MingchaError `roles_missing`, `member_device_unknown`, and as `invite`.
    """
    roster = require_administrator(session, signer)
    if not roles:
        raise MingchaError("roles_missing")
    stated: list[Statement] = []
    for each in find_chains(session, name):
        if each.revoked_after is not None:
            continue
        body = Member(
            person=each.person,
            name=each.name,
            post=each.post,
            log=each.log,
            key=each.key.hex(),
            recipient=each.recipient,
            signs=each.signs,
            earlier=tuple(sorted(each.earlier)),
            roles=tuple(sorted(roles)),
        )
        stated += (
            _stated(roster, signer, body, each.statements),
            *_taken(session, signer, each, roles),
        )
    with session.store.transaction():
        session.store.membership.add(stated)
    enforce(session)
    after = session.store.membership.roster()
    changed = (each.body.log for each in stated if isinstance(each.body, Member))
    found = (after.device(log) for log in changed)
    return tuple(each for each in found if each is not None)


def revoke(
    session: Session,
    signer: Signer,
    name: str,
    reason: str,
    last: int | None = None,
    *,
    stays: bool = False,
) -> Ended:
    """End the membership of a computer, and begin an epoch whose key it does not get.

    All chains of that computer end, those that it wrote before as well: it has their keys. stays:
    the chains that go the named one on are another computer, which stays a member, as after a theft
    when the backup goes on elsewhere. last: the place of the last entry of the named chain that
    counts; by default, and in the other chains, the last one that is here. What it wrote after that
    waits for a person to judge. What it could read before it can still read: that cannot be called
    back. Raises MingchaError `reason_missing`, `revoke_self`, `revoked_before`,
    `member_device_unknown`, and as `invite`.
    """
    roster = require_administrator(session, signer)
    device = find_member(session, name)
    chains = roster.computer(device.log, onward=not stays)
    if not reason.strip():
        raise MingchaError("reason_missing")
    if any(each.log == session.store.chain for each in chains):
        raise MingchaError("revoke_self")
    ends = [_end(session, each.log, reason.strip()) for each in chains[:-1]]
    named = _end(session, device.log, reason.strip(), last)
    fresh = [each for each in (*ends, named) if not _ended(roster, each)]
    if not fresh:
        raise MingchaError("revoked_before", name=device.name)
    stated = [_stated(roster, signer, each) for each in fresh]
    after = Roster.of(roster.org, [*roster.valid.values(), *stated])
    epoch = new_epoch(after, signer, session.store.entropy)
    with session.store.transaction():
        session.store.membership.add(stated)
        keep_epoch(session.store, epoch)
    return Ended(device.name, tuple(each.log for each in fresh), named.n)


def _end(session: Session, log: str, reason: str, last: int | None = None) -> Revoked:
    head = session.store.log.head(log)
    if last is None or last >= head.n:
        return Revoked(log, head.n, head.id, reason)
    found = session.store.db.execute(
        "SELECT id FROM op WHERE log = ? AND n = ? ORDER BY seq LIMIT 1", (log, last)
    ).fetchone()
    return Revoked(log, last, found[0].hex() if found else NO_OPERATION, reason)


def _ended(roster: Roster, end: Revoked) -> bool:
    before = roster.revocations.get(end.log)
    return before is not None and before.n <= end.n


def default_roles() -> tuple[Role, ...]:
    """Return what a member may do if nothing else is said."""
    return (Role.REPORTER,)


def known_roles() -> tuple[Role, ...]:
    """Return all roles in the order in which they are offered."""
    return tuple(role for role in TERMS[Role] if isinstance(role, Role))
