"""Whose signature it is, where any member could record whatever key for whomever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import PersonKey, Seal, SealSignature
from inspector.domain.signing import Flaw, SignatureState
from inspector.ledger import sshsig
from inspector.operations.dossiers import DossierOptions, ready_dossier
from inspector.operations.founding import found, write_root_file
from inspector.operations.keys import key_state, named_signers
from inspector.operations.person_keys import fingerprint_of, unvouched, vouch
from inspector.operations.sealing import seal
from inspector.operations.signing import sign_seal, signers_of
from inspector.storage.store import Edit
from tests.support.keys import give_key, made, signer
from tests.support.organisation import (
    Office,
    carry,
    join,
    laptop,
    quick_root,
    refused,
    take,
)

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.operations.conftest import Field


@dataclass(frozen=True)
class Two:
    """Li's computer, the office of an organisation with a sealed visit, and Eve's, a member."""

    li: Field
    eve: Session
    at: Office

    def states(self, session: Session) -> dict[str, tuple[SignatureState, Flaw | None]]:
        """Return how Li and Wang stand to the seal as one of the computers shows it."""
        return {s.name: (s.state, s.flaw) for s in signers_of(session, self.li.visit)}

    def forge(self, person: str) -> None:
        """Let Eve record a key of hers as somebody's, and sign the seal with it in that name."""
        store = self.li.session.store
        [sealed] = store.select(Seal)
        eve = signer(self.eve, self.eve.store.user)
        self.eve.store.permit = None
        self.eve.store.save(PersonKey(id=self.eve.store.new_id(), person=person, public=eve.public))
        data = self.li.session.blobs.read(sealed.manifest)
        armoured = sshsig.armored(bytes.fromhex(eve.public), sshsig.SEAL, data, eve.sign)
        self.eve.store.save(
            SealSignature(
                id=self.eve.store.new_id(), visit=self.li.visit, seal=sealed.id, person=person,
                public=eve.public, signature=armoured,
            ),
            visit=self.li.visit,
        )  # fmt: skip
        carry(self.eve, self.li.session)


@pytest.fixture
def two(field: Field, tmp_path: Path, stack: ExitStack) -> Two:
    session = field.session
    give_key(session, field.li, "li")
    field.go_in()
    own, root = signer(session, field.li), quick_root(session.store.entropy)
    write_root_file(root, tmp_path / "root.key")
    found(session, root, own, "市政府督查室", "2026 暗访")
    seal(session, field.visit)
    sign_seal(session, field.visit, own)
    at = Office(session, own, root, tmp_path / "root.key", tmp_path)
    eve = stack.enter_context(laptop(tmp_path / "eve", "伊芙"))
    give_key(eve, eve.store.user, "eve")
    join(at, eve, name="eve")
    carry(session, eve)
    return Two(field, eve, at)


def test_a_key_that_a_member_recorded_for_somebody_else_is_unknown(two: Two) -> None:
    two.forge(two.li.wang)
    unknown = (SignatureState.INVALID, Flaw.UNKNOWN_KEY)
    assert two.states(two.li.session)["王强"] == unknown
    ready = ready_dossier(two.li.session, two.li.visit, DossierOptions(lang="zh"))
    assert [each.flaw for each in ready.record.signers] == [None, Flaw.UNKNOWN_KEY]
    assert key_state(two.li.session, two.li.wang).key is None


def test_a_seal_names_no_key_that_nobody_vouches_for(two: Two) -> None:
    two.forge(two.li.wang)
    listed = named_signers(two.li.session, [two.li.li, two.li.wang])
    assert listed == ((two.li.li, fingerprint_of(made("li").public)),)


def test_what_others_write_over_a_key_changes_nothing(two: Two) -> None:
    [key] = two.eve.store.select(PersonKey, "person = ?", two.li.li)
    two.eve.store.permit = None
    two.eve.store.commit([Edit("person_key", key.id, {"public": made("eve").public})])
    two.eve.store.commit([Edit("person_key", key.id, {"void": "geklaut"})])
    two.eve.store.commit([Edit("person_key", key.id, {"person": two.eve.store.user})])
    carry(two.eve, two.li.session)
    row = two.li.session.store.get(PersonKey, key.id)
    assert row is not None
    assert (row.public, row.void) == (made("eve").public, "geklaut")
    [first, *_] = signers_of(two.li.session, two.li.visit)
    assert (first.state, first.retired) == (SignatureState.VALID, "")
    assert signer(two.li.session, two.li.li).public == made("li").public


def test_a_key_of_the_second_inspector_counts_elsewhere_once_the_office_vouched_for_it(
    two: Two, tmp_path: Path
) -> None:
    session = two.li.session
    give_key(session, two.li.wang, "wang")
    sign_seal(session, two.li.visit, signer(session, two.li.wang))
    carry(session, two.eve)
    # It was made on that computer; another one has only its word.
    valid, unknown = (SignatureState.VALID, None), (SignatureState.INVALID, Flaw.UNKNOWN_KEY)
    for each in session.store.select(Seal):
        two.eve.blobs.add_bytes(session.blobs.read(each.manifest))
    assert (two.states(session)["王强"], two.states(two.eve)["王强"]) == (valid, unknown)
    with refused("not_administrator"):
        vouch(
            two.eve,
            signer(two.eve, two.eve.store.user),
            two.li.wang,
            fingerprint_of(made("wang").public),
        )
    with refused("fingerprint_unknown"):
        vouch(session, two.at.signer, two.li.wang, fingerprint_of(made("eve").public))
    waiting = [(person.id, digits) for person, digits in unvouched(session)]
    assert waiting == [(two.li.wang, fingerprint_of(made("wang").public))]
    vouch(session, two.at.signer, two.li.wang, fingerprint_of(made("wang").public))
    assert unvouched(session) == ()
    take(two.eve, session)
    assert two.states(two.eve)["王强"] == valid


def signer_of_eve(two: Two):
    return signer(two.eve, two.eve.store.user)
