"""The keys of people: made and kept here, sealed by a passphrase that nobody keeps.

The secret key lies in the folder `keys/` of the workspace, the public one is a fact of the record.
Making, opening and sealing a key anew takes some tenths of a second on purpose; what does it needs
no store (`make_key`, `unlock`, `sealed_anew`) and may run on any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.ids import Entropy, system_entropy
from inspector.domain.entities import Person, PersonKey
from inspector.ledger import sealed_key as codec
from inspector.ledger.paper_rows import InvalidRow
from inspector.operations.person_keys import fingerprint_of, keys_of, whose
from inspector.operations.recording import get, stored
from inspector.storage import keyring
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.ledger.sshsig import Sign
    from inspector.operations.session import Session

MIN_PASSPHRASE = codec.MIN_PASSPHRASE


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A fresh key: its public part in 64 hex digits, and the secret one sealed."""

    public: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """The sealed key of a person, ready to be opened on any thread."""

    person: str
    name: str
    public: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and the opened key that does it; kept no longer than the signing takes."""

    person: str
    public: str
    sign: Sign = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyState:
    """The key of a person: None in `key` without one; `here`: the secret part is kept here.

    damaged: its file is here, and cannot be used any more.
    """

    person: Person
    key: PersonKey | None
    here: bool
    damaged: bool = False

    @property
    def fingerprint(self) -> str:
        """How the key is told from others; "" without one."""
        return fingerprint_of(self.key.public) if self.key else ""


# -- on any thread ---------------------------------------------------------------------------------


def require_passphrase(passphrase: str) -> None:
    """Raise MingchaError `passphrase_short` for one that is too quickly guessed."""
    if codec.length(passphrase) < MIN_PASSPHRASE:
        raise MingchaError("passphrase_short", least=MIN_PASSPHRASE)


def make_key(passphrase: str, entropy: Entropy = system_entropy) -> MadeKey:
    """Return a fresh key sealed by `passphrase`. Slow. Raises MingchaError `passphrase_short`."""
    require_passphrase(passphrase)
    seed = entropy(codec.SEED_BYTES)
    public = keyring.public_of(seed)
    sealed = codec.seal(seed, public, passphrase, entropy(codec.SALT_BYTES))
    return MadeKey(public.hex(), sealed)


def unlock(secret: SealedSecret, passphrase: str) -> Signer:
    """Open a key. Slow. Raises MingchaError `passphrase_wrong`, `person_key_damaged`."""
    return Signer(secret.person, secret.public, keyring.signer(_seed(secret, passphrase)))


def sealed_anew(
    secret: SealedSecret, old: str, new: str, entropy: Entropy = system_entropy
) -> MadeKey:
    """Return the same key sealed by another passphrase. Slow. Raises as `unlock`, `make_key`."""
    require_passphrase(new)
    seed = _seed(secret, old)
    public = keyring.public_of(seed)
    return MadeKey(public.hex(), codec.seal(seed, public, new, entropy(codec.SALT_BYTES)))


def from_sheet(text: str, passphrase: str) -> MadeKey:
    """Return the key on a sheet, as typed or scanned. Slow.

    Raises MingchaError `key_sheet_row`, `key_sheet_other`, `sheet_passphrase_wrong`.
    """
    try:
        sealed = codec.from_rows(text)
        public = keyring.public_of(codec.unseal(sealed, passphrase))
    except InvalidRow as error:
        raise MingchaError("key_sheet_row", row=error.row) from error
    except codec.InvalidKey as error:
        raise MingchaError("key_sheet_other") from error
    except codec.WrongPassphrase as error:
        raise MingchaError("sheet_passphrase_wrong") from error
    return MadeKey(public.hex(), sealed)


def _seed(secret: SealedSecret, passphrase: str) -> bytes:
    try:
        seed = codec.unseal(secret.sealed, passphrase)
    except codec.InvalidKey as error:
        raise MingchaError("person_key_damaged", name=secret.name) from error
    except codec.WrongPassphrase as error:
        raise MingchaError("passphrase_wrong", name=secret.name) from error
    if keyring.public_of(seed).hex() != secret.public:
        raise MingchaError("person_key_damaged", name=secret.name)
    return seed


# -- with the store --------------------------------------------------------------------------------


def key_states(session: Session) -> list[KeyState]:
    """Return the key of every member, in the order in which members were entered."""
    return [_state(session, each) for each in session.store.select(Person, "void IS NULL")]


def key_state(session: Session, person: str) -> KeyState:
    """Return the key of one person. Raises MingchaError `not_found`."""
    return _state(session, get(session, Person, person))


def _in_use(session: Session, person: str) -> list[PersonKey]:
    return [key for key in keys_of(session, person).values() if key.void is None]


def _state(session: Session, person: Person) -> KeyState:
    """Of several keys, made on several computers, that counts whose secret is kept here."""
    keys, workspace = _in_use(session, person.id), session.store.workspace
    here = [key for key in keys if keyring.sealed_key(workspace, key.public)]
    damaged = [key for key in keys if keyring.is_damaged(workspace, key.public)]
    newest = (here or damaged or keys)[-1:]
    return KeyState(person, newest[0] if newest else None, bool(here), bool(damaged and not here))


def named_signers(session: Session, persons: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return (person, fingerprint) of those who have a key: what the manifest of a seal names."""
    states = [key_state(session, person) for person in dict.fromkeys(persons)]
    return tuple((each.person.id, each.fingerprint) for each in states if each.key)


def require_no_key(session: Session, person: str, reason: str) -> None:
    """Raise MingchaError `person_key_exists` unless a `reason` says why a new one replaces it."""
    state = key_state(session, person)
    if state.key is not None and not reason.strip():
        raise MingchaError("person_key_exists", name=state.person.name)


def keep_key(session: Session, person: str, made: MadeKey, reason: str = "") -> PersonKey:
    """Keep a key that `make_key` made and record its public part, durable in this order.

    One that the person had is retired, with the `reason`: it signs no more, and what was signed
    with it stays valid. Raises MingchaError `not_found`, `person_key_exists` without a reason.
    """
    require_no_key(session, person, reason)
    store = session.store
    former = [key for key in _in_use(session, person) if key.id]
    keyring.keep_sealed(store.workspace, made.public, made.sealed, person)
    key = PersonKey(id=store.new_id(), person=person, public=made.public)
    with store.transaction():
        store.save(key)
        store.commit([Edit("person_key", old.id, {"void": reason.strip()}) for old in former])
    return stored(session, key)


def secret_of(session: Session, person: str) -> SealedSecret:
    """Return the sealed key of a person that is kept here.

    Raises MingchaError `person_key_none`, `person_key_elsewhere`.
    """
    state = key_state(session, person)
    if state.key is None:
        raise MingchaError("person_key_none", name=state.person.name)
    sealed = keyring.sealed_key(session.store.workspace, state.key.public)
    if sealed is None:
        raise MingchaError("person_key_elsewhere", name=state.person.name)
    return SealedSecret(person, state.person.name, state.key.public, sealed)


def keep_changed(session: Session, made: MadeKey) -> None:
    """Keep a key that was sealed by another passphrase in place of the former file."""
    owner = whose(session, made.public)
    keyring.keep_sealed(session.store.workspace, made.public, made.sealed, owner)


def keep_restored(session: Session, made: MadeKey, person: str = "") -> PersonKey:
    """Keep a key that was read from its sheet, and record it if this workspace does not know it.

    Raises MingchaError `key_sheet_whose` if nobody says whose unknown key it is,
    `person_key_retired`, `person_key_exists` if that person has another one.
    """
    owner = whose(session, made.public) or person
    if not owner:
        raise MingchaError("key_sheet_whose")
    known = keys_of(session, owner).get(made.public)
    if known is None or person not in ("", owner):
        return keep_key(session, person or owner, made)
    if known.void is not None:
        raise MingchaError("person_key_retired")
    keyring.keep_sealed(session.store.workspace, made.public, made.sealed, owner)
    return known


def signing_keys(
    session: Session, persons: Iterable[str]
) -> list[tuple[KeyState, SealedSecret | None]]:
    """Return the key of each person, with the sealed secret where it is kept here."""
    states = [key_state(session, person) for person in persons]
    return [(each, secret_of(session, each.person.id) if each.here else None) for each in states]


def unlock_each(
    typed: Iterable[tuple[SealedSecret, str]],
) -> tuple[list[Signer], dict[str, MingchaError]]:
    """Open several keys; return the opened ones, and why others stayed closed, by person. Slow."""
    opened: list[Signer] = []
    closed: dict[str, MingchaError] = {}
    for secret, passphrase in typed:
        try:
            opened.append(unlock(secret, passphrase))
        except MingchaError as error:
            closed[secret.person] = error
    return opened, closed
