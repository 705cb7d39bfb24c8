"""Signing the seal: by whom, verified here and by stock OpenSSH, and what does not count."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Seal, SealSignature
from inspector.domain.signing import Flaw, SignatureState
from inspector.ledger import manifest, sshsig
from inspector.ledger.operation import SEAL
from inspector.operations.dossiers import DossierOptions, ready_dossier
from inspector.operations.keys import keep_key
from inspector.operations.people import add_person
from inspector.operations.person_keys import fingerprint_of
from inspector.operations.recording import void
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.signing import export_signatures, sign_seal, signers_of
from inspector.operations.undo import undo_last
from inspector.operations.upkeep import check
from tests.support.elsewhere import Laptop
from tests.support.keys import give_key, made, signer
from tests.support.refusing import refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.conftest import Field

stock = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")


@pytest.fixture
def sealed(field: Field) -> Field:
    """A sealed visit of Li, who has a key, and Wang, who has none."""
    field.go_in()
    give_key(field.session, field.li, "li")
    seal(field.session, field.visit)
    return field


def states(field: Field) -> list[tuple[str, SignatureState, Flaw | None]]:
    return [(s.name, s.state, s.flaw) for s in signers_of(field.session, field.visit)]


def problems(field: Field) -> list[str]:
    return [each.code for each in check(field.session).problems]


def forge(field: Field, **changes: str) -> None:
    """Record a signature as it would come from a laptop that lies."""
    session = field.session
    true = session.store.select(SealSignature)[0]
    session.store.save(replace(true, **{"id": session.store.new_id()} | changes), visit=field.visit)


def test_the_manifest_names_the_keys_that_were_known(sealed: Field) -> None:
    (found,) = sealed.session.store.select(Seal)
    named = manifest.parse(sealed.session.blobs.read(found.manifest)).signers
    assert named == ((sealed.li, fingerprint_of(made("li").public)),)


def test_who_has_not_signed_is_named(sealed: Field) -> None:
    assert states(sealed) == [
        ("李娜", SignatureState.MISSING, None),
        ("王强", SignatureState.NO_KEY, None),
    ]
    assert problems(sealed) == []


def test_a_signature_is_recorded_and_verified(sealed: Field) -> None:
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.li))
    assert states(sealed) == [
        ("李娜", SignatureState.VALID, None),
        ("王强", SignatureState.NO_KEY, None),
    ]
    first = signers_of(sealed.session, sealed.visit)[0]
    assert first.fingerprint == fingerprint_of(made("li").public)
    assert first.signed is not None
    assert problems(sealed) == []
    li = signer(sealed.session, sealed.li)
    refused("signed_before", sign_seal, sealed.session, sealed.visit, li)


def test_a_later_seal_of_another_laptop_makes_no_signature_doubtful(sealed: Field) -> None:
    """Of two seals the one with the lower counter counts, here as everywhere."""
    session = sealed.session
    sign_seal(session, sealed.visit, signer(session, sealed.li))
    before = states(sealed)
    [first] = session.store.select(Seal)
    laptop = Laptop(session, sealed.wang)
    another = {"visit": sealed.visit, "manifest": "0" * 64}
    laptop.write("seal", session.store.new_id(), another, visit=sealed.visit, kind=SEAL)
    laptop.arrive()
    assert len(session.store.select(Seal)) == 2
    assert states(sealed) == before
    assert start_supplement(session, sealed.visit, "补充").supplement_of == first.visit


def test_one_who_made_a_key_after_the_seal_signs_later(sealed: Field) -> None:
    give_key(sealed.session, sealed.wang, "wang")
    assert states(sealed)[1] == ("王强", SignatureState.MISSING, None)
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.wang))
    assert states(sealed)[1] == ("王强", SignatureState.VALID, None)
    assert problems(sealed) == []


def test_only_inspectors_of_a_sealed_visit_sign_with_the_key_it_names(field: Field) -> None:
    session = field.session
    give_key(session, field.li, "li")
    field.go_in()
    refused("not_sealed_to_sign", sign_seal, session, field.visit, signer(session, field.li))
    seal(session, field.visit)
    zhao = add_person(session, "赵敏").id
    give_key(session, zhao, "zhao")
    refused("signer_not_member", sign_seal, session, field.visit, signer(session, zhao))
    keep_key(session, field.li, made("new"), "忘记口令")
    refused("signer_key_other", sign_seal, session, field.visit, signer(session, field.li))
    assert session.store.select(SealSignature) == []


def test_a_key_that_is_replaced_later_does_not_spoil_what_it_signed(sealed: Field) -> None:
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.li))
    keep_key(sealed.session, sealed.li, made("new"), "忘记口令")
    first = signers_of(sealed.session, sealed.visit)[0]
    assert (first.state, first.retired) == (SignatureState.VALID, "忘记口令")


def test_a_signature_cannot_be_taken_back_by_undo(sealed: Field) -> None:
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.li))
    refused("visit_sealed", undo_last, sealed.session)


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"signature": "nothing"}, Flaw.ALTERED),
        ({"public": "zz"}, Flaw.OTHER_KEY),
        ({"public": made("new").public}, Flaw.OTHER_KEY),
    ],
)
def test_what_was_altered_does_not_count(
    sealed: Field, changes: dict[str, str], flaw: Flaw
) -> None:
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.li))
    forge(sealed, **changes)
    assert ("李娜", SignatureState.INVALID, flaw) in states(sealed)
    assert problems(sealed) == ["signature_invalid"]


def test_a_signature_over_something_else_does_not_count(sealed: Field) -> None:
    li = signer(sealed.session, sealed.li)
    sign_seal(sealed.session, sealed.visit, li)
    public = bytes.fromhex(li.public)
    for namespace, message in ((sshsig.SEAL, b"{}"), (sshsig.HEAD, b"{}")):
        forge(sealed, signature=sshsig.armored(public, namespace, message, li.sign))
    assert [flaw for _name, _state, flaw in states(sealed)].count(Flaw.ALTERED) == 2


def test_strange_keys_and_strangers_do_not_count(sealed: Field) -> None:
    session = sealed.session
    sign_seal(session, sealed.visit, signer(session, sealed.li))
    forge(sealed, person=sealed.wang)
    assert ("王强", SignatureState.INVALID, Flaw.UNKNOWN_KEY) in states(sealed)
    zhao = add_person(session, "赵敏").id
    give_key(session, zhao, "zhao")
    forge(sealed, person=zhao, public=made("zhao").public)
    flaws = {name: flaw for name, _state, flaw in states(sealed) if flaw}
    assert flaws == {"王强": Flaw.UNKNOWN_KEY, "赵敏": Flaw.ALTERED}


def ssh_verify(folder: Path, command: str) -> bool:
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, check=False)
    return done.returncode == 0


@stock
def test_stock_ssh_keygen_verifies_what_is_exported(sealed: Field, tmp_path: Path) -> None:
    session, folder = sealed.session, tmp_path / "signed"
    refused("signatures_none", export_signatures, session, sealed.visit, folder)
    assert not folder.exists()
    give_key(session, sealed.wang, "wang")
    for person in (sealed.li, sealed.wang):
        sign_seal(session, sealed.visit, signer(session, person))
    forge(sealed, signature="nothing")

    done = export_signatures(session, sealed.visit, folder)

    assert sorted(done.files) == sorted(each.name for each in folder.iterdir())
    assert len(done.commands) == 2
    assert all(ssh_verify(folder, command) for command in done.commands)
    written = folder / "manifest.json"
    written.write_bytes(written.read_bytes().replace(b"checklist", b"checklisT", 1))
    assert not any(ssh_verify(folder, command) for command in done.commands)


def test_a_folder_that_cannot_be_written_is_told(sealed: Field, tmp_path: Path) -> None:
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.li))
    (tmp_path / "file").write_text("x")
    target = tmp_path / "file"
    refused("signatures_not_exported", export_signatures, sealed.session, sealed.visit, target)


def test_a_dossier_is_told_who_signed(sealed: Field) -> None:
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.li))
    ready = ready_dossier(sealed.session, sealed.visit, DossierOptions(lang="zh"))
    assert [each.state for each in ready.record.signers] == [
        SignatureState.VALID,
        SignatureState.NO_KEY,
    ]


def test_a_withdrawn_signature_is_gone(sealed: Field) -> None:
    sign_seal(sealed.session, sealed.visit, signer(sealed.session, sealed.li))
    (found,) = sealed.session.store.select(SealSignature)
    refused("visit_sealed", void, sealed.session, SealSignature, found.id, "不要了")
