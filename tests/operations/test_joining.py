"""An organisation is made and joined by file. Machines are real workspaces."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyrage

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.domain.entities import Remark
from inspector.domain.vocabulary import Role
from inspector.ledger import joining
from inspector.operations import upkeep
from inspector.operations.admitting import (
    admit,
    invite,
    read_request,
    revoke,
)
from inspector.operations.founding import (
    found,
)
from inspector.operations.joining import accept, ask, is_invitation, read_invitation, take_up
from inspector.operations.membership_text import ended_text
from inspector.operations.organisation import members, standing
from inspector.operations.roles import require_role
from inspector.operations.workspaces import open_workspace
from inspector.storage.keyring import device_key, device_key_of
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.organisation import (
    Office,
    join,
    laptop,
    office,
    refused,
    signer_of,
    take,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    import pytest

    from inspector.operations.session import Session


def test_who_works_alone_belongs_to_nothing_and_is_asked_nothing(
    new: Callable[..., Session],
) -> None:
    alone = new("李娜")
    assert standing(alone).org == ""
    require_role(alone, Role.REVIEWER)
    with refused("organisation_none"):
        members(alone)
    assert not (alone.store.workspace.root / "keys").exists()


def test_the_office_is_the_first_member_and_keeps_its_space(at: Office) -> None:
    stands = standing(at.session)
    assert (stands.name, stands.members, stands.epochs, stands.keys) == ("市政府督查室", 1, 1, 1)
    assert not stands.epoch_due
    [one] = members(at.session)
    assert (one.name, one.me, one.administrator) == ("赵主任", True, True)
    assert set(one.roles) == {Role.ADMINISTRATOR, Role.OFFICE, Role.REVIEWER, Role.SNAPSHOTTER}
    assert at.session.store.membership.earlier == ()
    with refused("organisation_exists"):
        found(at.session, at.root, at.signer, "另一个")


def test_joining_by_file(at: Office, new: Callable[..., Session], tmp_path: Path) -> None:
    li = new("李娜")
    li.store.save(Remark(id="before", text="一"))
    former = li.store.space
    invited = invite(at.session, at.signer, tmp_path / "i")
    assert is_invitation(tmp_path / "i")
    _, offer = read_invitation(li, tmp_path / "i")
    assert (offer.name, offer.fingerprint) == ("市政府督查室", invited.fingerprint)
    take_up(li, tmp_path / "i", said=invited.fingerprint.replace(" ", ""))
    asked = ask(li, tmp_path / "r")
    _, applicant = read_request(at.session, tmp_path / "r")
    assert (applicant.name, applicant.fingerprint) == ("李娜", asked.fingerprint)
    done = admit(at.session, at.signer, tmp_path / "r", tmp_path / "a", [Role.REPORTER])
    assert (done.name, done.epochs) == ("李娜", 1)
    assert not is_invitation(tmp_path / "a")
    joined = accept(li, tmp_path / "a")
    assert (joined.name, joined.roles, joined.keys) == ("市政府督查室", (Role.REPORTER,), 1)
    assert li.store.space == at.session.store.space
    assert li.store.membership.earlier == (former,)
    assert li.store.membership.epoch_keys() == at.session.store.membership.epoch_keys()
    li.store.save(Remark(id="after", text="二"))
    assert upkeep.check(li, SILENT).problems == ()
    assert [each.me for each in members(li)].count(True) == 1
    # What it recorded before counts for its chain only.
    roster = at.session.store.membership.roster()
    device = roster.device(li.store.chain)
    assert device is not None
    assert device.earlier == {former}


def test_an_operation_in_a_space_that_does_not_count_is_found_by_the_check(
    at: Office, new: Callable[..., Session]
) -> None:
    li, other = new("李娜"), new("王强")
    join(at, li)
    other.store.save(Remark(id="foreign", text="外"))
    raw = next(other.store.log.rows())
    with li.store.transaction():
        columns = "id, raw, log, n, lc, t, by, k, act, vis"
        row = other.store.db.execute(f"SELECT {columns} FROM op LIMIT 1").fetchone()
        li.store.db.execute(f"INSERT INTO op({columns}) VALUES({', '.join('?' * 10)})", row)
    assert raw.raw == row[1]
    codes = {each.code for each in upkeep.check(li, SILENT).problems}
    assert "operation_space" in codes


def test_another_laptop_reads_what_the_first_one_may_read(
    at: Office, new: Callable[..., Session]
) -> None:
    li, wang = new("李娜"), new("王强")
    join(at, li, name="li")
    join(at, wang, Role.REVIEWER, name="wang")
    assert li.store.membership.epoch_keys() == wang.store.membership.epoch_keys()
    assert {each.name for each in members(wang)} == {"赵主任", "李娜", "王强"}
    assert {each.name for each in members(li)} == {"赵主任", "李娜"}


def test_fingerprints_that_differ_stop_everything(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    li = new("李娜")
    invite(at.session, at.signer, tmp_path / "i")
    with refused("fingerprint_differs"):
        take_up(li, tmp_path / "i", said="12345 12345 12345 12345 12345 12345")
    assert not li.store.membership.asked
    assert li.store.membership.statements() == []
    take_up(li, tmp_path / "i")
    ask(li, tmp_path / "r")
    with refused("fingerprint_differs"):
        admit(at.session, at.signer, tmp_path / "r", tmp_path / "a", [Role.REPORTER], said="1")
    assert not (tmp_path / "a").exists()
    assert len(members(at.session)) == 1


def test_files_in_the_wrong_order_or_of_others_change_nothing(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    li, wang = new("李娜"), new("王强")
    with refused("invitation_first"):
        ask(li, tmp_path / "r")
    invite(at.session, at.signer, tmp_path / "i")
    for each in (li, wang):
        take_up(each, tmp_path / "i")
    ask(li, tmp_path / "r")
    admit(at.session, at.signer, tmp_path / "r", tmp_path / "a", [Role.REPORTER])
    with refused("admission_of_other"):
        accept(wang, tmp_path / "a")
    with refused("membership_file_bad"):
        accept(li, tmp_path / "i")
    with refused("membership_file_bad"):
        take_up(li, tmp_path / "a")
    with refused("file_missing"):
        accept(li, tmp_path / "no")
    assert not wang.store.membership.org
    other = office(tmp_path / "other", "邻县")
    with other.session:
        with refused("organisation_other"):
            read_request(other.session, tmp_path / "r")
        with refused("not_administrator"):
            invite(at.session, other.signer, tmp_path / "i2")
        invite(other.session, other.signer, tmp_path / "i2")
        accept(li, tmp_path / "a")
        with refused("organisation_exists"):
            take_up(li, tmp_path / "i2")


def test_an_invitation_by_somebody_who_may_not_is_refused(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    """A member knows all statements, and signs an invitation with a key of its own."""
    from inspector.ledger.joining import write_invitation

    li = new("李娜", key=True)
    join(at, li)
    own = signer_of(li)
    data = write_invitation(
        standing(li).org, li.store.membership.statements(), bytes.fromhex(own.public), own.sign
    )
    (tmp_path / "forged").write_bytes(data)
    with refused("membership_file_bad"):
        take_up(new("王强"), tmp_path / "forged")
    with refused("not_administrator"):
        admit(li, own, tmp_path / "x.request", tmp_path / "a2", [Role.OFFICE])


def test_an_admission_with_another_key_is_refused(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    """Somebody between the office and the laptop puts a key that they know into the envelope."""
    from dataclasses import replace

    li = new("李娜")
    invite(at.session, at.signer, tmp_path / "i")
    take_up(li, tmp_path / "i")
    ask(li, tmp_path / "r")
    admit(at.session, at.signer, tmp_path / "r", tmp_path / "a", [Role.REPORTER])
    good = joining.read_admission((tmp_path / "a").read_bytes())
    device = device_key(li.store)
    recipient = pyrage.x25519.Recipient.from_str(device.recipient)
    for wrapped in (
        [replace(each, data=pyrage.encrypt(bytes(32), [recipient])) for each in good.envelopes],
        [replace(each, data=b"nonsense") for each in good.envelopes],
        [],
    ):
        forged = replace(good, envelopes=tuple(wrapped))
        (tmp_path / "forged").write_bytes(joining.write_admission(forged, at.signer.sign))
        with refused("admission_incomplete"):
            accept(li, tmp_path / "forged")
    assert not li.store.membership.org
    accept(li, tmp_path / "a")


def test_whose_membership_ended_is_told_so_and_comes_back_with_a_record_of_its_own(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    li = new("李娜")
    join(at, li, name="li")
    li.store.save(Remark(id="one", text="一"))
    former = li.store.chain
    revoke(at.session, at.signer, "李娜", "以为遗失")
    take(li, at.session)
    ended = standing(li).ended
    assert ended is not None
    assert (ended.n, ended.reason) == (0, "以为遗失")
    told = ended_text(ended, translator("en"))
    assert "以为遗失" in told
    ask(li, tmp_path / "r")
    assert li.store.chain != former
    request, applicant = read_request(at.session, tmp_path / "r")
    # It does not slip back in as who it was: somebody has to say what it may do.
    assert (request.of, applicant.goes_on, applicant.known) == ("", "", False)
    with refused("roles_missing"):
        admit(at.session, at.signer, tmp_path / "r", tmp_path / "a", [])
    admit(at.session, at.signer, tmp_path / "r", tmp_path / "a", [Role.REPORTER])
    accept(li, tmp_path / "a")
    require_role(li, Role.REPORTER)
    assert standing(li).ended is None
    # The former chain stays ended, and its key opens nothing new.
    roster = at.session.store.membership.roster()
    assert roster.revocations.keys() == {former}
    assert [each.log for each in roster.signers(former)] == [former]


def test_a_request_lists_every_chain_that_nobody_admitted_with_its_own_key(
    at: Office, tmp_path: Path, stack: ExitStack
) -> None:
    """Twice a backup was restored, and something recorded each time, before anybody asked again."""
    chains = []
    with laptop(tmp_path / "li", "李娜") as li:
        join(at, li, name="li")
        chains.append(li.store.chain)
        backup = upkeep.back_up(li, tmp_path / "li.db")
    for number in range(2):
        upkeep.restore(tmp_path / "li", backup, CountingEntropy(f"again {number}"), SILENT)
        with open_workspace(tmp_path / "li", FixedClock()) as again:
            again.store.save(Remark(id=f"r{number}", text="二"))
            chains.append(again.store.chain)
    again = stack.enter_context(open_workspace(tmp_path / "li", FixedClock()))
    assert len(set(chains)) == 3
    ask(again, tmp_path / "r")
    request, _ = read_request(at.session, tmp_path / "r")
    assert (request.of, request.former, request.log) == (chains[0], (chains[1],), chains[2])
    admit(at.session, at.signer, tmp_path / "r", tmp_path / "a", [])
    roster = at.session.store.membership.roster()
    found = {each.log: each for each in roster.computer(chains[2])}
    assert found.keys() == set(chains)
    assert found[chains[1]].succeeds == chains[0]
    assert found[chains[2]].succeeds == chains[1]
    own = device_key_of(again.store, chains[1])
    assert own is not None
    assert found[chains[1]].key == own.public
    assert [each.may_read() for each in map(roster.device, chains)] == [False, False, True]  # type: ignore[union-attr]


def test_chains_from_before_joining_are_admitted_with_the_key_that_signs_for_them(
    at: Office, tmp_path: Path, stack: ExitStack
) -> None:
    with laptop(tmp_path / "li", "李娜") as li:
        former = li.store.chain
        backup = upkeep.back_up(li, tmp_path / "li.db")
    upkeep.restore(tmp_path / "li", backup, CountingEntropy("again"), SILENT)
    again = stack.enter_context(open_workspace(tmp_path / "li", FixedClock()))
    join(at, again, name="li")
    roster = at.session.store.membership.roster()
    device, own = roster.device(former), device_key_of(again.store, former)
    assert device is not None
    assert own is not None
    assert device.key == own.public
    assert {each.log for each in roster.computer(again.store.chain)} == {former, again.store.chain}


def test_a_key_of_a_chain_that_is_not_proved_makes_the_request_void(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    li, eve = new("李娜"), new("伊芙")
    invite(at.session, at.signer, tmp_path / "i")
    take_up(eve, tmp_path / "i")
    key, other = device_key(eve.store), device_key(li.store)
    proved = joining.chain_key(at.root.root.org, other.public, li.store.chain, other.public,
                               other.sign)  # fmt: skip
    request = joining.Request(
        org=at.root.root.org, by=key.public, person=eve.store.user, name="伊芙", post="",
        log=eve.store.chain, recipient=key.recipient, former=(li.store.chain,), keys=(proved,),
    )  # fmt: skip
    (tmp_path / "r").write_bytes(joining.write_request(request, key.sign))
    with refused("membership_file_bad"):
        read_request(at.session, tmp_path / "r")


def test_laptops_from_one_disk_image_join_with_a_record_of_their_own_each(
    at: Office, tmp_path: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptop(tmp_path / "image", "模板") as image:
        image.store.save(Remark(id="one", text="一"))
        shared = image.store.chain
    sessions = []
    invite(at.session, at.signer, tmp_path / "early")
    for seed in ("li", "wang"):
        shutil.copytree(tmp_path / "image", tmp_path / seed)
        clock, entropy = FixedClock(), CountingEntropy(seed)
        with monkeypatch.context() as patch:
            patch.setenv("MINGCHA_PROFILE", str(tmp_path / f"profile of {seed}"))
            session = stack.enter_context(open_workspace(tmp_path / seed, clock, entropy))
        session.store.save(Remark(id=seed, text="二"))
        take_up(session, tmp_path / "early")
        ask(session, tmp_path / f"{seed}.r")
        sessions.append(session)
    li, wang = sessions
    admit(at.session, at.signer, tmp_path / "li.r", tmp_path / "li.a", [Role.REPORTER])
    accept(li, tmp_path / "li.a")
    # The second knew nothing of the first yet. A fresh invitation tells it.
    with refused("chain_of_other"):
        admit(at.session, at.signer, tmp_path / "wang.r", tmp_path / "a", [Role.REPORTER])
    join(at, wang, name="wang")
    assert li.store.chain == shared != wang.store.chain
    roster = at.session.store.membership.roster()
    assert roster.disputed == ()
    for session in sessions:
        require_role(session, Role.REPORTER)
        device = roster.device(session.store.chain)
        assert device is not None
        assert device.key == device_key(session.store).public
        assert device.may_read()
    # What was recorded before stays on both.
    assert [each.id for each in wang.store.select(Remark)] == ["one", "wang"]
