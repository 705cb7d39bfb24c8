"""Signing the seal of a visit, and saying who has.

A signature is an SSH signature (`ledger.sshsig`) over the bytes of the seal's manifest, which names
the keys of the inspectors that were known when it was sealed. It is an entry of its own: an
inspector may sign at once, later, or on another laptop. One without a key is named as unsigned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.domain.entities import Person, Seal, SealSignature, Visit, VisitMember
from inspector.domain.signing import Flaw, SealSigner, SignatureState
from inspector.ledger import manifest as manifests
from inspector.ledger import sshsig
from inspector.operations.keys import key_state
from inspector.operations.person_keys import fingerprint_of, keys_of
from inspector.operations.recording import get, stored
from inspector.storage.holding import COUNTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from inspector.operations.keys import Signer
    from inspector.operations.session import Session

#: The namespace of signatures on seals.
NAMESPACE = sshsig.SEAL
MANIFEST, ALLOWED = "manifest.json", "allowed_signers"


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A seal with what its manifest says: bytes, and the fingerprint that it names by person."""

    seal: Seal
    data: bytes
    named: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written for outsiders: the folder, the files, and one command for each signature."""

    folder: Path
    files: tuple[str, ...]
    commands: tuple[str, ...]


def sign_seal(session: Session, visit: str, signer: Signer) -> SealSignature:
    """Sign the seal of a visit for an inspector whose key is open, and record it.

    Raises MingchaError `not_sealed_to_sign`, `signer_not_member`, `signer_key_other`,
    `signed_before`, and for a manifest that is gone `blob_missing`, `blob_damaged`.
    """
    sealed = _sealed(session, visit)
    name = get(session, Person, signer.person).name
    if signer.person not in _members(session, visit):
        raise MingchaError("signer_not_member", name=name)
    named = sealed.named.get(signer.person)
    if named and named != fingerprint_of(signer.public):
        raise MingchaError("signer_key_other", name=name, fingerprint=named)
    if any(each.public == signer.public for each in _of_person(session, sealed, signer.person)):
        raise MingchaError("signed_before", name=name)
    public = bytes.fromhex(signer.public)
    signature = SealSignature(
        id=session.store.new_id(),
        visit=visit,
        seal=sealed.seal.id,
        person=signer.person,
        public=signer.public,
        signature=sshsig.armored(public, NAMESPACE, sealed.data, signer.sign),
    )
    session.store.save(signature, visit=visit)
    return stored(session, signature)


def signers_of(session: Session, visit: str) -> list[SealSigner]:
    """Return how every inspector of a sealed visit stands to its seal, signatures verified.

    Each member comes once for each signature, or once without; then what others signed. Raises
    MingchaError `not_sealed_to_sign`, `blob_missing`, `blob_damaged`, `seal_damaged`.
    """
    sealed = _sealed(session, visit)
    members = _members(session, visit)
    found = session.store.select(SealSignature, "seal = ? AND void IS NULL", sealed.seal.id)
    return [
        signer
        for person in dict.fromkeys((*members, *sealed.named, *(each.person for each in found)))
        for signer in _standing(session, sealed, person, is_member=person in members)
    ]


def _standing(
    session: Session, sealed: _Sealed, person: str, *, is_member: bool
) -> Iterator[SealSigner]:
    known = session.store.get(Person, person)
    name = known.name if known else person
    keys = keys_of(session, person)
    judged = _judged(session, sealed, person, keys)
    for each, flaw in judged:
        wrong = flaw or (None if is_member else Flaw.NOT_MEMBER)
        key = keys.get(each.public)
        yield SealSigner(
            person,
            name,
            SignatureState.INVALID if wrong else SignatureState.VALID,
            _fingerprint(each.public),
            each.entered,
            wrong,
            (key.void or "") if key else "",
        )
    if not judged:
        due = sealed.named.get(person) or (key_state(session, person).fingerprint if known else "")
        state = SignatureState.MISSING if due else SignatureState.NO_KEY
        yield SealSigner(person, name, state, due)


def _judged(
    session: Session, sealed: _Sealed, person: str, keys: Collection[str]
) -> list[tuple[SealSignature, Flaw | None]]:
    """Return the signatures of a person on a seal, each with what is wrong with it."""
    return [(each, _flaw(sealed, each, keys)) for each in _of_person(session, sealed, person)]


def _flaw(sealed: _Sealed, signature: SealSignature, keys: Collection[str]) -> Flaw | None:
    """Return why a signature does not count, None if it does.

    That the manifest names a key is not enough: whoever sealed the visit wrote the manifest.
    """
    named = sealed.named.get(signature.person)
    if named and named != _fingerprint(signature.public):
        return Flaw.OTHER_KEY
    if signature.public not in keys:
        return Flaw.UNKNOWN_KEY
    try:
        public = bytes.fromhex(signature.public)
        sshsig.verify(signature.signature, public, NAMESPACE, sealed.data)
    except ValueError:
        return Flaw.ALTERED
    return None


def _fingerprint(public: str) -> str:
    try:
        return fingerprint_of(public)
    except ValueError:
        return ""


def _sealed(session: Session, visit: str) -> _Sealed:
    get(session, Visit, visit)
    seals = session.store.select(Seal, f"visit = ? AND {COUNTS}", visit)
    if not seals:
        raise MingchaError("not_sealed_to_sign")
    data = session.blobs.read(seals[0].manifest)
    try:
        named = dict(manifests.parse(data).signers)
    except manifests.InvalidManifest as error:
        raise MingchaError("seal_damaged", detail=str(error)) from error
    return _Sealed(seals[0], data, named)


def _members(session: Session, visit: str) -> list[str]:
    members = session.store.select(VisitMember, "visit = ? AND void IS NULL", visit)
    return [member.person for member in members]


def _of_person(session: Session, sealed: _Sealed, person: str) -> list[SealSignature]:
    return session.store.select(
        SealSignature, "seal = ? AND person = ? AND void IS NULL", sealed.seal.id, person
    )


# -- for outsiders ---------------------------------------------------------------------------------


def export_signatures(session: Session, visit: str, folder: Path) -> Exported:
    """Write manifest, valid signatures and their keys, so that stock `ssh-keygen` verifies them.

    Raises MingchaError `signatures_none`, `signatures_not_exported`, and as `signers_of`.
    """
    sealed = _sealed(session, visit)
    members = _members(session, visit)
    # One file for each person: it is named by whose signature it is.
    signatures = [valid[0] for person in members if (valid := _valid(session, sealed, person))]
    if not signatures:
        raise MingchaError("signatures_none")
    files = {MANIFEST: sealed.data, ALLOWED: _allowed(session, signatures).encode()}
    files |= {_file_of(each): each.signature.encode() for each in signatures}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        detail = reason_of(error)
        raise MingchaError("signatures_not_exported", path=folder, detail=detail) from error
    return Exported(folder, tuple(files), tuple(map(_command, signatures)))


def _valid(session: Session, sealed: _Sealed, person: str) -> list[SealSignature]:
    judged = _judged(session, sealed, person, keys_of(session, person))
    return [each for each, flaw in judged if not flaw]


def _allowed(session: Session, signatures: list[SealSignature]) -> str:
    """Return who may sign, as OpenSSH reads it: an id, for what, the key, and the name to read."""
    lines = {
        f'{each.person} namespaces="{NAMESPACE}" {sshsig.public_line(bytes.fromhex(each.public))} '
        f"{' '.join(get(session, Person, each.person).name.split())}\n"
        for each in signatures
    }
    return "".join(sorted(lines))


def _file_of(signature: SealSignature) -> str:
    return f"{MANIFEST}.{signature.person}.sig"


def _command(signature: SealSignature) -> str:
    return (
        f"ssh-keygen -Y verify -f {ALLOWED} -I {signature.person} -n {NAMESPACE} "
        f"-s {_file_of(signature)} < {MANIFEST}"
    )
