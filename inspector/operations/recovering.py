"""The way back when computers were lost: keys from the printed sheet, the office from the root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyrage

from inspector.base.errors import MingchaError
from inspector.domain.limits import normal
from inspector.ledger import joining, statements
from inspector.ledger.roster import Roster
from inspector.ledger.statements import Administrator, Member
from inspector.operations.founding import FOUNDER
from inspector.operations.membership_files import read_file
from inspector.operations.organisation import organisation_of, require_user
from inspector.operations.roles import enforce
from inspector.storage.envelopes import wrap_missing
from inspector.storage.keyring import device_key
from inspector.storage.membership import Envelope

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.founding import Root
    from inspector.operations.keys import Signer
    from inspector.operations.session import Session

_PREFIX = "AGE-SECRET-KEY-1"


@dataclass(frozen=True, slots=True)
class Recovered:
    """Keys of epochs that were opened: new ones, and how many there are in all."""

    opened: int
    keys: int
    epochs: int


def read_recovery_key(text: str) -> str:
    """Return the recovery key that was typed or scanned from its sheet.

    Blanks, line ends, numbers before rows and small letters do not matter: the key's own check
    letters tell a slip of the pen. Raises MingchaError `recovery_key_bad`.
    """
    rows = [line.strip().upper() for line in normal(text[:4000]).splitlines()]
    joined = "".join("".join(_unnumbered(row).split()) for row in rows)
    at = joined.find(_PREFIX)
    found = joined[at:] if at >= 0 else joined
    try:
        return str(pyrage.x25519.Identity.from_str(found))
    except pyrage.IdentityError as error:
        raise MingchaError("recovery_key_bad") from error


def _unnumbered(row: str) -> str:
    """Return a row without the number that is printed before it."""
    first, _, rest = row.partition(" ")
    return rest if first.rstrip(".:、)").isdecimal() and len(first) <= 3 else row


def bring(session: Session, path: Path, root: Root) -> None:
    """Take statements and wrapped keys from an admission file into a workspace that has none.

    The root proves whose they are. Raises MingchaError `root_file_bad`, and as `read_file`.
    """
    admission = read_file(path, joining.read_admission)
    membership = session.store.membership
    roster = Roster.of(root.org, admission.statements)
    if admission.org != root.org or roster.organisation is None:
        raise MingchaError("root_file_bad", path=path)
    if membership.org not in ("", root.org):
        raise MingchaError("organisation_other", path=path)
    with session.store.transaction():
        membership.add(admission.statements)
        for each in admission.envelopes:
            membership.keep_envelope(Envelope(each.epoch, each.recipient, each.data))
        membership.ask(root.org)


def recover(session: Session, key: str) -> Recovered:
    """Open the keys of epochs with a recovery key (see `read_recovery_key`).

    Raises MingchaError `organisation_none`, `recovery_key_bad` for the key of another
    organisation, `recovery_nothing`.
    """
    roster, _ = organisation_of(session)
    identity = pyrage.x25519.Identity.from_str(key)
    recipient = str(identity.to_public())
    if recipient not in roster.recovery:
        raise MingchaError("recovery_key_bad")
    store, membership = session.store, session.store.membership
    before = len(membership.epoch_keys())
    found = membership.envelopes(recipient)
    if not found:
        raise MingchaError("recovery_nothing")
    with store.transaction():
        for each in found:
            try:
                plain = pyrage.decrypt(each.wrapped, [identity])
            except pyrage.DecryptError:
                # Somebody else's, or damaged: the other epochs are opened nevertheless.
                continue
            membership.keep_key(each.epoch, plain)
        # A backup holds no keys: it is opened again by what is wrapped for this computer.
        wrap_missing(membership, [device_key(store).recipient])
    after = len(membership.epoch_keys())
    return Recovered(after - before, after, len(roster.epochs))


def take_office(session: Session, root: Root, path: Path, signer: Signer) -> None:
    """Let the root admit this computer and appoint who types on it, when no administrator is left.

    Raises MingchaError `invitation_first` where the organisation's statements are not here,
    `root_file_bad`, `organisation_person_missing`.
    """
    store, membership = session.store, session.store.membership
    org = membership.org or membership.asked
    if not org:
        raise MingchaError("invitation_first")
    roster = membership.roster_of(org)
    stated = roster.organisation
    if root.org != org or stated is None:
        raise MingchaError("root_file_bad", path=path)
    person, device = require_user(session), device_key(store)
    appointed = Administrator(person.id, person.name, signer.public)
    earlier = {store.space, *membership.earlier} - {stated.space}
    member = Member(
        person=person.id,
        name=person.name,
        post=person.post,
        log=store.chain,
        key=device.public.hex(),
        recipient=device.recipient,
        signs=signer.public,
        earlier=tuple(sorted(earlier)),
        roles=tuple(sorted(FOUNDER)),
    )
    before = roster.device(store.chain)
    over = before.statements if before else ()
    made = [
        statements.make(appointed, org, root.public, root.sign),
        statements.make(member, org, root.public, root.sign, over),
    ]
    with store.transaction():
        membership.add(made)
        store.enter(org, stated.space)
    enforce(session)


@dataclass(frozen=True, slots=True)
class RootInHand:
    """What takes the office back: the opened root key, its file, who takes it.

    source: an admission of any member, for a workspace that knows nothing yet.
    """

    root: Root
    path: Path
    signer: Signer
    source: Path | None = None


def take_back(session: Session, key: str, by: RootInHand | None = None) -> tuple[Recovered, int]:
    """Open the keys with a recovery key, with the root key also take the office.

    Return what was opened, and how many keys were wrapped for other members. Raises MingchaError as
    `bring`, `take_office`, `recover`; what was done before that stays done, and doing it again
    goes on.
    """
    if by is not None:
        if by.source is not None:
            bring(session, by.source, by.root)
        take_office(session, by.root, by.path, by.signer)
    done = recover(session, key)
    return done, share_keys(session) if by is not None else 0


def share_keys(session: Session) -> int:
    """Wrap the keys that are here for every member that may read; return how many are new.

    After a recovery nobody else may be left who could.
    """
    roster, _ = organisation_of(session)
    with session.store.transaction():
        return wrap_missing(session.store.membership, roster.readers)
