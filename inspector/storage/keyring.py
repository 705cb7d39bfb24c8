"""The secret keys of a workspace: of this computer for each chain it writes, and of its people.

They lie in the folder `keys/`, one file each that only its owner may read. They are in no backup
and in no depot: a computer that lost its key begins a new chain with a new one, and a person has
the sheet on paper. The key of a person is sealed by a passphrase that is kept nowhere.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.files import make_folder, write_private
from inspector.ledger import canonical
from inspector.storage.connection import guarded
from inspector.storage.identity import KEY_NOTED, former_chains, key_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.ledger.sshsig import Sign
    from inspector.storage.store import Store

VERSION = 1
_SEED_BYTES = 32
#: Bytes of what is wrapped for a few readers; opening one for thousands takes half a minute.
MAX_WRAPPED = 16 * 1024


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """The key of this computer for its chain `log`.

    public: the Ed25519 key, 32 bytes. sign: makes raw signatures with it. recipient: the age
    recipient ("age1…") for which others wrap what this computer may read; unwrap: returns what
    they wrapped, and raises MingchaError `not_for_this_computer` for anything else.
    """

    log: str
    public: bytes
    recipient: str
    sign: Sign = field(repr=False)
    unwrap: Callable[[bytes], bytes] = field(repr=False)


def device_key(store: Store) -> DeviceKey:
    """Return the key of this computer for the chain it writes, made when it is first needed.

    Raises MingchaError `device_key_gone` if it was made before and is no longer there or damaged.
    """
    if not has_key(store):
        _begin(store)
    path = key_file(store.workspace, store.chain)
    with guarded():
        key = _load(path, store.chain)
    if store.local(f"{KEY_NOTED}:{store.chain}") != key.public.hex():
        raise MingchaError("device_key_gone")
    return key


def device_key_of(store: Store, log: str) -> DeviceKey | None:
    """Return the key of a chain that this workspace writes or wrote, None if it has none.

    A chain that was left before anybody asked for its key is given one now: what was recorded in
    it could not be signed by anybody otherwise.
    """
    if log == store.chain:
        return device_key(store)
    path, noted = key_file(store.workspace, log), f"{KEY_NOTED}:{log}"
    try:
        with guarded():
            if store.local(noted) is None and not path.exists():
                if log not in former_chains(store.db):
                    return None
                _make(path, log, store.entropy)
            key = _load(path, log)
    except MingchaError as error:
        if error.code != "device_key_gone":
            raise
        return None
    if store.local(noted) is None:
        store.set_local(noted, key.public.hex())
    return key


def kept_devices(workspace: Workspace) -> list[DeviceKey]:
    """Return the keys of all chains of this workspace that are here and sound.

    What is not opens nothing, and hides nothing that others open; `damaged_files` tells of it.
    """
    found = []
    for path in sorted(workspace.keys.glob("device-*.json")):
        with suppress(MingchaError):
            found.append(_load(path, path.stem.removeprefix("device-")))
    return found


def damaged_files(workspace: Workspace) -> list[str]:
    """Return the names of files of keys that are there and hold none that can be used."""
    found = []
    for path in sorted(workspace.keys.glob("device-*.json")):
        try:
            _load(path, path.stem.removeprefix("device-"))
        except (MingchaError, OSError):
            found.append(path.name)
    for path in sorted(workspace.keys.glob("person-*.json")):
        public = _public_in(path)
        if not public or sealed_key(workspace, public) is None:
            found.append(path.name)
    return found


def is_damaged(workspace: Workspace, public: str) -> bool:
    """Tell whether the file of a person's key is here and cannot be used."""
    return _person_file(workspace, public).exists() and sealed_key(workspace, public) is None


def make_key(workspace: Workspace, log: str, entropy: Entropy) -> None:
    """Make the key of a chain that begins, so that whoever copies the one copies the other.

    Two copies that each made a key for one chain later could not both be believed.
    """
    _make(key_file(workspace, log), log, entropy)


def own_chains(store: Store) -> set[str]:
    """Return the chains that this workspace writes or wrote."""
    return {store.chain, *former_chains(store.db)}


def _begin(store: Store) -> None:
    """Make the key of this chain, or of a new one if a copy of the workspace has a key for it."""
    store.require_own_chain()
    path = key_file(store.workspace, store.chain)
    with guarded():
        if not path.exists():
            _make(path, store.chain, store.entropy)
        public = _load(path, store.chain).public.hex()
    with store.transaction():
        store.set_local(f"{KEY_NOTED}:{store.chain}", public)
        store.own.claim()


def has_key(store: Store) -> bool:
    """Tell whether a key was ever made for the chain that is written here."""
    return store.local(f"{KEY_NOTED}:{store.chain}") is not None


def key_is_gone(store: Store) -> bool:
    """Tell whether the key of this chain was made once and cannot be used any more."""
    if not has_key(store):
        return False
    try:
        device_key(store)
    except MingchaError as error:
        if error.code != "device_key_gone":
            raise
        return True
    return False


def keep_sealed(workspace: Workspace, public: str, sealed: bytes, person: str) -> None:
    """Keep the sealed key of a person; `public` are its 64 hex digits. One before is replaced."""
    content = {"v": VERSION, "public": public, "sealed": sealed.hex(), "person": person}
    with guarded():
        make_folder(workspace.keys, 0o700)
        write_private(_person_file(workspace, public), canonical.encode(content))


def sealed_key(workspace: Workspace, public: str) -> bytes | None:
    """Return the sealed key of a person, None where it is not kept here or cannot be read."""
    try:
        content = canonical.decode(_person_file(workspace, public).read_bytes())
        fits = content["v"] == VERSION and content["public"] == public
        return bytes.fromhex(content["sealed"]) if fits else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept_keys(workspace: Workspace) -> dict[str, str]:
    """Return the public keys of people whose sealed ones are kept here, with the ids of the people.

    "" for one that was kept by a version that did not note it.
    """
    found = {}
    for path in sorted(workspace.keys.glob("person-*.json")):
        if public := _public_in(path):
            content = canonical.decode(path.read_bytes())
            found[public] = str(content.get("person", ""))
    return found


def _public_in(path: Path) -> str:
    """Return the public key that the file of a person's key is of, "" if it says none."""
    try:
        content = canonical.decode(path.read_bytes())
        fits = content["v"] == VERSION and path.name == _person_file_name(content["public"])
        return str(content["public"]) if fits else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def public_of(seed: bytes) -> bytes:
    """Return the Ed25519 public key of a secret one, both 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def signer(seed: bytes) -> Sign:
    """Return what signs with a secret key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign


def _person_file(workspace: Workspace, public: str) -> Path:
    return workspace.keys / _person_file_name(public)


def _person_file_name(public: str) -> str:
    # Half of the digits are enough to tell keys apart, and short enough for every system.
    return f"person-{public[:32]}.json"


def _make(path: Path, log: str, entropy: Entropy) -> None:
    from pyrage import x25519

    make_folder(path.parent, 0o700)
    content = {
        "v": VERSION,
        "log": log,
        "ed25519": entropy(_SEED_BYTES).hex(),
        "age": str(x25519.Identity.generate()),
    }
    write_private(path, canonical.encode(content))


def _load(path: Path, log: str) -> DeviceKey:
    from pyrage import IdentityError, x25519

    try:
        content = canonical.decode(path.read_bytes())
        if content["v"] != VERSION or content["log"] != log:
            raise MingchaError("device_key_gone")
        seed = bytes.fromhex(content["ed25519"])
        identity = x25519.Identity.from_str(content["age"])
        public = public_of(seed)
    except (FileNotFoundError, ValueError, KeyError, TypeError, IdentityError) as error:
        raise MingchaError("device_key_gone") from error
    return DeviceKey(log, public, str(identity.to_public()), signer(seed), _unwrapping(identity))


def _unwrapping(identity: object) -> Callable[[bytes], bytes]:
    def unwrap(wrapped: bytes) -> bytes:
        import pyrage

        if len(wrapped) > MAX_WRAPPED:
            raise MingchaError("not_for_this_computer")
        try:
            return bytes(pyrage.decrypt(wrapped, [identity]))
        except pyrage.DecryptError as error:
            raise MingchaError("not_for_this_computer") from error

    return unwrap
