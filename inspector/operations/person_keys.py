"""Which keys are whose: what the signatures of people are measured by.

Any member may record that a key is somebody's, and write over what others recorded. In an
organisation the key of a person is therefore what an administrator or the root stated, or what was
made or restored on this very computer. Outside of any organisation everything was recorded here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Person, PersonKey
from inspector.ledger import statements
from inspector.ledger.sshsig import fingerprint
from inspector.ledger.statements import Vouched
from inspector.operations.organisation import organisation_of, require_administrator
from inspector.operations.roles import in_organisation
from inspector.storage.keyring import kept_keys, own_chains
from inspector.storage.membership import earlier_chains

if TYPE_CHECKING:
    from inspector.operations.keys import Signer
    from inspector.operations.session import Session


def fingerprint_of(public: str) -> str:
    """Return the fingerprint of a public key in hex digits."""
    return fingerprint(bytes.fromhex(public))


def keys_of(session: Session, person: str) -> dict[str, PersonKey]:
    """Return the keys that count for a person by their public part (hex), the newest last.

    Of a key that is not recorded, or no longer as it was, the id is "".
    """
    rows = session.store.select(PersonKey, "person = ?", person)
    recorded = {row.public: row for row in rows}
    if not in_organisation(session):
        return recorded
    # An older version did not note whose the keys here are; then the record says it.
    kept = {
        public
        for public, owner in kept_keys(session.store.workspace).items()
        if owner == person or (not owner and public in recorded)
    }
    counting = kept | session.store.membership.roster().keys_of(person)
    found = [_entry(session, recorded.get(public), person, public) for public in counting]
    # By their ids: those begin with the time.
    return {key.public: key for key in sorted(found, key=lambda key: (key.id, key.public))}


def whose(session: Session, public: str) -> str:
    """Return the person for whom a key counts, "" if for nobody."""
    people = [key.person for key in session.store.select(PersonKey, "public = ?", public)]
    people += [person for person in (kept_keys(session.store.workspace).get(public),) if person]
    return next((each for each in people if public in keys_of(session, each)), "")


def _entry(session: Session, row: PersonKey | None, person: str, public: str) -> PersonKey:
    """Return what is recorded of a key, retired only if its owner or this workspace said so."""
    if row is None:
        return PersonKey(id="", person=person, public=public)
    return replace(row, void=_ended(session, row)) if row.void is not None else row


def _ended(session: Session, row: PersonKey) -> str | None:
    store = session.store
    own = own_chains(store) | {*earlier_chains(store.db)}
    for _lc, short, value in store.state("person_key", row.id).registers.get("void", ()):
        log = store.log.chain_of(short)
        device = store.membership.roster().device(log)
        if value is not None and (log in own or (device and device.person == row.person)):
            return str(value)
    return None


def vouch(session: Session, signer: Signer, person: str, said: str) -> PersonKey:
    """State as an administrator that a recorded key is a person's own.

    said: its fingerprint, as that person shows it. Raises MingchaError `organisation_none`,
    `not_administrator`, `fingerprint_unknown` if no key with it is recorded for that person.
    """
    roster = require_administrator(session, signer)
    known = session.store.get(Person, person)
    recorded = session.store.select(PersonKey, "person = ? AND void IS NULL", person)
    fitting = [each for each in recorded if _is_fingerprint(said, each.public)]
    if known is None or not fitting:
        raise MingchaError("fingerprint_unknown", name=known.name if known else person)
    body = Vouched(person, known.name, fitting[-1].public)
    public = bytes.fromhex(signer.public)
    with session.store.transaction():
        session.store.membership.add([statements.make(body, roster.org, public, signer.sign)])
    return fitting[-1]


def unvouched(session: Session) -> tuple[tuple[Person, str], ...]:
    """Return the keys that are recorded for people and that nobody stated to be theirs.

    Each with its fingerprint, in the order of names. Raises MingchaError `organisation_none`.
    """
    roster, _ = organisation_of(session)
    found = [
        (person, fingerprint_of(each.public))
        for each in session.store.select(PersonKey, "void IS NULL")
        if each.public not in roster.keys_of(each.person)
        and (person := session.store.get(Person, each.person)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each[0].name, each[1])))


def _is_fingerprint(said: str, public: str) -> bool:
    try:
        return "".join(said.split()).removeprefix("SHA256:") == fingerprint_of(public)[7:]
    except ValueError:
        return False
