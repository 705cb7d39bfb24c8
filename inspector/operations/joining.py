"""What a computer does that wants in: take up an invitation, ask, and accept the admission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger import joining
from inspector.ledger.epochs import fits
from inspector.ledger.joining import Request
from inspector.ledger.roster import Roster
from inspector.ledger.spoken import sounds_like
from inspector.operations.keys import key_state
from inspector.operations.membership_files import read_file, write_file
from inspector.operations.organisation import (
    device_fingerprint,
    organisation_fingerprint,
    require_user,
)
from inspector.operations.roles import enforce
from inspector.storage.identity import KEY_NOTED
from inspector.storage.keyring import device_key, device_key_of
from inspector.storage.membership import Envelope

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.vocabulary import Role
    from inspector.ledger.devices import Device
    from inspector.ledger.joining import Admission, Invitation
    from inspector.operations.session import Session
    from inspector.storage.keyring import DeviceKey


@dataclass(frozen=True, slots=True)
class Offer:
    """An organisation that invites; the digits are compared by voice before it is taken up."""

    org: str
    name: str
    space: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was written, and the digits that the administrator has to see."""

    path: Path
    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The organisation this computer belongs to now, and as what."""

    name: str
    space: str
    roles: tuple[Role, ...]
    keys: int
    before: int


def is_invitation(path: Path) -> bool:
    """Tell an invitation from an admission, which both come from the office, by its first line."""
    try:
        with path.open("rb") as file:
            return file.read(len(joining.INVITATION_MAGIC)) == joining.INVITATION_MAGIC
    except OSError:
        return False


def read_invitation(session: Session, path: Path) -> tuple[Invitation, Offer]:
    """Return what an invitation says; nothing is changed.

    Raises MingchaError `organisation_exists`, `membership_file_bad` if whoever signed it may not
    invite, and as `read_file`.
    """
    invitation = read_file(path, joining.read_invitation)
    membership = session.store.membership
    if membership.org not in ("", invitation.org):
        found = membership.roster().organisation
        raise MingchaError("organisation_exists", name=found.name if found else "?")
    roster = Roster.of(invitation.org, invitation.statements)
    stated = roster.organisation
    if stated is None or roster.root is None or not roster.is_administrator(invitation.by):
        raise MingchaError("membership_file_bad", path=path, detail="signer")
    fingerprint = organisation_fingerprint(roster.root)
    return invitation, Offer(invitation.org, stated.name, stated.space_name, fingerprint)


def take_up(session: Session, path: Path, said: str = "") -> Offer:
    """Take up an invitation: from now on only this organisation's admission is accepted.

    said: the fingerprint as the office read it out, "" if it was compared otherwise. Raises
    MingchaError `fingerprint_differs`, and as `read_invitation`.
    """
    invitation, offer = read_invitation(session, path)
    if said and not sounds_like(said, offer.fingerprint):
        raise MingchaError("fingerprint_differs", path=path, fingerprint=offer.fingerprint)
    store = session.store
    with store.transaction():
        store.membership.add(invitation.statements)
        if not store.membership.org:
            store.membership.ask(invitation.org)
    return offer


def ask(session: Session, target: Path) -> Asked:
    """Write the request of this computer to be let in, or to be known by its new chain.

    Raises MingchaError `invitation_first`, `organisation_person_missing`, `device_key_gone`,
    `export_failed`.
    """
    store, membership = session.store, session.store.membership
    org = membership.org or membership.asked
    if not org:
        raise MingchaError("invitation_first")
    person = require_user(session)
    _begin_anew(session, org)
    device = device_key(store)
    own = key_state(session, person.id)
    before = _before(session, org)
    former = _former(session, org)
    keys = (device_key_of(store, log) for log in former)
    request = Request(
        org=org,
        by=device.public,
        person=before.person if before else person.id,
        name=before.name if before else person.name,
        post=person.post,
        log=store.chain,
        recipient=device.recipient,
        signs=own.key.public if own.key and own.here else "",
        of=before.log if before else "",
        former=former,
        keys=tuple(
            joining.chain_key(org, device.public, each.log, each.public, each.sign)
            for each in keys
            if each is not None
        ),
        earlier=_earlier(session, org),
    )
    write_file(target, joining.write_request(request, device.sign))
    return Asked(target, person.name, device_fingerprint(device.public))


def _begin_anew(session: Session, org: str) -> None:
    """Begin another chain if nobody could admit the present one as this computer's.

    It ended, or goes on elsewhere; or another computer was admitted with it, because both were set
    up from one disk image.
    """
    store = session.store
    roster = store.membership.roster_of(org)
    device = roster.device(store.chain)
    if device is None and store.chain not in roster.disputed:
        return
    ours = device is not None and device.key == device_key(store).public
    if ours and device and device.revoked_after is None and not device.succeeded:
        return
    with store.transaction():
        store.own.begin(told=False)


def _former(session: Session, org: str) -> tuple[str, ...]:
    """Return the chains that this workspace wrote and that nobody admitted, the oldest first."""
    store, roster = session.store, session.store.membership.roster_of(org)
    written = [*store.membership.former_chains()]
    if not store.membership.org:
        written += [log for log in store.log.logs() if log not in written]
    return tuple(
        log
        for log in written
        if log != store.chain and log not in roster.disputed and roster.device(log) is None
    )[-joining.MOST_LIST :]


def _earlier(session: Session, org: str) -> tuple[str, ...]:
    """Return the spaces that were recorded in here and are not the organisation's."""
    store = session.store
    stated = store.membership.roster_of(org).organisation
    spaces = {store.space, *store.membership.earlier}
    return tuple(sorted(spaces - {stated.space if stated else ""}))


def _before(session: Session, org: str) -> Device | None:
    """Return the member that this computer was before it began anew from a backup."""
    store = session.store
    roster = store.membership.roster_of(org)
    if roster.device(store.chain) is not None:
        return None
    former = [roster.device(log) for log in store.membership.former_chains()]
    known = [each for each in former if each is not None and _is_ours(session, each)]
    # Whose membership ended comes back as a new member, if at all.
    return known[-1] if known and known[-1].revoked_after is None else None


def _is_ours(session: Session, device: Device) -> bool:
    """Tell whether a former chain was admitted with the key that this computer had for it.

    Else it is that of another computer, which was set up from the same disk image.
    """
    store = session.store
    key, noted = device_key_of(store, device.log), store.local(f"{KEY_NOTED}:{device.log}")
    return device.key.hex() in (key.public.hex() if key else "", noted)


def accept(session: Session, path: Path) -> Joined:
    """Belong to the organisation that admitted this computer.

    What was recorded before stays as it is, in the space it was recorded in. Raises MingchaError
    `invitation_first`, `organisation_other`, `admission_of_other`, `admission_incomplete`,
    `membership_file_bad`, and as `read_file`; then nothing has changed.
    """
    store, membership = session.store, session.store.membership
    admission = read_file(path, joining.read_admission)
    org = membership.org or membership.asked
    if not org:
        raise MingchaError("invitation_first")
    if admission.org != org:
        raise MingchaError("organisation_other", path=path)
    roster = Roster.of(org, [*membership.statements(), *admission.statements])
    stated = roster.organisation
    if stated is None or not roster.is_administrator(admission.by):
        raise MingchaError("membership_file_bad", path=path, detail="signer")
    device = device_key(store)
    found = roster.device(store.chain)
    if admission.to != store.chain or found is None or found.key != device.public:
        raise MingchaError("admission_of_other", path=path)
    keys = _keys(admission, roster, found, device, path)
    before = store.log.count()
    with store.transaction():
        membership.add(admission.statements)
        for envelope in admission.envelopes:
            membership.keep_envelope(Envelope(envelope.epoch, envelope.recipient, envelope.data))
        store.enter(org, stated.space)
        for epoch, key in keys.items():
            membership.keep_key(epoch, key)
    enforce(session)
    return Joined(stated.name, stated.space_name, tuple(sorted(found.roles)), len(keys), before)


def _keys(
    admission: Admission, roster: Roster, me: Device, device: DeviceKey, path: Path
) -> dict[str, bytes]:
    """Return the keys in the envelopes for this computer, each the one that was committed to."""
    keys = {}
    for each in admission.envelopes:
        if each.recipient != device.recipient or each.epoch not in roster.epochs:
            continue
        try:
            key = device.unwrap(each.data)
        except MingchaError as error:
            raise MingchaError("admission_incomplete", path=path) from error
        if not fits(key, roster.epochs[each.epoch].commitment):
            raise MingchaError("admission_incomplete", path=path)
        keys[each.epoch] = key
    newest = roster.newest_epoch
    if me.may_read() and (newest is None or newest.epoch not in keys):
        raise MingchaError("admission_incomplete", path=path)
    return keys
