"""An office that made an organisation, and laptops that join it by file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyrage
import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Remark
from inspector.domain.vocabulary import Role
from inspector.ledger import joining, sealed_key
from inspector.ledger.operation import parse
from inspector.operations.admitting import admit, invite, revoke
from inspector.operations.founding import NewRoot, Root, found, write_root_file
from inspector.operations.joining import accept, ask, take_up
from inspector.operations.keys import MadeKey, Signer, keep_key, secret_of, unlock
from inspector.operations.people import add_person, use_person
from inspector.operations.workspaces import create_workspace
from inspector.storage.keyring import public_of, signer
from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.ids import Entropy
    from inspector.operations.session import Session

PASSPHRASE = "青山绿水长流不息"
ROOT_PASSPHRASE = "根密钥的口令很长很长"


@dataclass
class Office:
    """The office machine: its session, the administrator's opened key, the root key."""

    session: Session
    signer: Signer
    root: NewRoot
    root_file: Path
    folder: Path


def _sealed(entropy: Entropy, passphrase: str) -> tuple[bytes, bytes, bytes]:
    """Return a seed, its public key, and it sealed so that opening takes no time."""
    seed = entropy(32)
    public = public_of(seed)
    return seed, public, sealed_key.seal(seed, public, passphrase, entropy(16), cost=1)


def quick_key(entropy: Entropy, passphrase: str = PASSPHRASE) -> MadeKey:
    """Return the key of a person as `make_key` does."""
    _, public, sealed = _sealed(entropy, passphrase)
    return MadeKey(public.hex(), sealed)


def quick_root(entropy: Entropy, passphrase: str = ROOT_PASSPHRASE) -> NewRoot:
    """Return a root key as `make_root` does."""
    seed, public, sealed = _sealed(entropy, passphrase)
    file = joining.write_root(joining.RootFile(public, sealed))
    recovery = tuple(str(pyrage.x25519.Identity.generate()) for _ in range(2))
    return NewRoot(Root(public, signer(seed)), file, recovery)


def laptop(folder: Path, name: str, *, key: bool = False) -> Session:
    """Return a workspace in which `name` types; `key`: who also has a signing key."""
    session = create_workspace(folder, FixedClock(), CountingEntropy(str(folder)))
    person = add_person(session, name)
    use_person(session, person.id)
    if key:
        keep_key(session, person.id, quick_key(session.store.entropy))
    return session


def signer_of(session: Session) -> Signer:
    """Return the opened key of who types there."""
    return unlock(secret_of(session, session.store.user), PASSPHRASE)


def office(folder: Path, name: str = "市政府督查室") -> Office:
    """Return the machine on which the organisation was just made."""
    session = laptop(folder / "office", "赵主任", key=True)
    own = signer_of(session)
    root = quick_root(session.store.entropy)
    write_root_file(root, folder / "root.key")
    found(session, root, own, name, "2026 暗访")
    return Office(session, own, root, folder / "root.key", folder)


def join(at: Office, session: Session, *roles: Role, name: str = "x") -> None:
    """Carry the three files between the office and a laptop."""
    files = [at.folder / f"{name}.{kind}" for kind in ("invitation", "request", "admission")]
    invite(at.session, at.signer, files[0])
    take_up(session, files[0])
    ask(session, files[1])
    admit(at.session, at.signer, files[1], files[2], roles or (Role.REPORTER,))
    accept(session, files[2])


def refused(code: str) -> pytest.RaisesExc[MingchaError]:
    return pytest.RaisesExc(MingchaError, check=lambda error: error.code == code)


def take(session: Session, other: Session) -> None:
    """Let a workspace know all that another one knows of the organisation, as a depot does."""
    with session.store.transaction():
        session.store.membership.add(other.store.membership.statements())
        for envelope in other.store.membership.envelopes():
            session.store.membership.keep_envelope(envelope)


def write_remark(session: Session, remark: str) -> None:
    session.store.save(Remark(id=remark, text="一"))


def carry(source: Session, target: Session) -> None:
    """Bring operations over, as the exchange does."""
    store = target.store
    with store.transaction():
        for row in source.store.log.rows():
            operation = parse(row.raw)
            if not store.log.contains(operation.id):
                store.projector.apply(store.log.append(operation), operation)
        store.projector.flush()


def populate(session: Session, folder: Path) -> Office:
    """Make an organisation in an open workspace, with two more computers, one of them lost."""
    store = session.store
    keep_key(session, store.user, quick_key(store.entropy), "x")
    own, root = signer_of(session), quick_root(store.entropy)
    found(session, root, own, "市政府督查室", "2026 暗访")
    made = Office(session, own, root, folder / "root.key", folder.parent)
    for name, roles in (("钱进", (Role.REPORTER,)), ("孙敏", (Role.REPORTER, Role.REVIEWER))):
        with laptop(folder.parent / f"laptop-{name}", name) as other:
            join(made, other, *roles, name=name)
    revoke(session, own, "钱进", "电脑遗失")
    return made
