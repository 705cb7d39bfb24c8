"""What administrators do: memberships end, chains stay whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.vocabulary import Role
from inspector.ledger.joining import Request, write_request
from inspector.operations.admitting import (
    admit,
    invite,
    revoke,
)
from inspector.operations.joining import take_up
from inspector.operations.organisation import find_member, members
from inspector.operations.roles import require_role
from inspector.storage.keyring import device_key
from tests.support.organisation import (
    Office,
    carry,
    join,
    refused,
    take,
    write_remark,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.operations.session import Session


def test_whoever_is_revoked_does_not_get_the_next_key(
    at: Office, new: Callable[..., Session]
) -> None:
    li, wang = new("李娜"), new("王强")
    join(at, li, name="li")
    join(at, wang, name="wang")
    write_remark(li, "lis")
    carry(li, at.session)
    ended = revoke(at.session, at.signer, "李娜", "电脑遗失")
    assert ended.n == at.session.store.log.head(li.store.chain).n
    office_keys = at.session.store.membership.epoch_keys()
    assert len(office_keys) == 2
    for each in (li, wang):
        take(each, at.session)
    newest = wang.store.membership.roster().newest_epoch
    assert newest is not None
    recipients = {e.recipient for e in wang.store.membership.envelopes() if e.epoch == newest.epoch}
    assert device_key(wang.store).recipient in recipients
    assert device_key(li.store).recipient not in recipients
    assert set(wang.store.membership.roster().recovery) <= recipients
    with refused("membership_revoked"):
        require_role(li, Role.REPORTER)
    # What is seen is recorded nevertheless; an administrator judges it later.
    write_remark(li, "later")
    with refused("revoked_before"):
        revoke(at.session, at.signer, li.store.chain, "再次")
    assert [each.revoked_after for each in members(wang)][-1] == ended.n


def test_a_revocation_may_accept_less_than_is_here(at: Office, new: Callable[..., Session]) -> None:
    li = new("李娜")
    join(at, li)
    for number in range(3):
        write_remark(li, f"r{number}")
    carry(li, at.session)
    chain = li.store.chain
    revoke(at.session, at.signer, chain, "遗失", last=3)
    assert revoke(at.session, at.signer, chain, "更早遗失", last=2).n == 2
    roster = at.session.store.membership.roster()
    row = at.session.store.db.execute(
        "SELECT id FROM op WHERE log = ? AND n = 2", (chain,)
    ).fetchone()
    assert roster.revocations[chain].op == row[0].hex()


def test_a_revocation_accepts_nothing_that_nobody_has_seen(
    at: Office, new: Callable[..., Session]
) -> None:
    li = new("李娜")
    join(at, li)
    for number in range(3):
        write_remark(li, f"r{number}")
    carry(li, at.session)
    chain = li.store.chain
    head = at.session.store.log.head(chain)
    assert revoke(at.session, at.signer, chain, "遗失", last=head.n + 5).n == head.n
    assert at.session.store.membership.roster().revocations[chain].op == head.id


def test_nobody_revokes_the_computer_they_work_on_or_without_a_reason(
    at: Office, new: Callable[..., Session]
) -> None:
    with refused("revoke_self"):
        revoke(at.session, at.signer, "赵主任", "x")
    join(at, new("李娜"))
    with refused("reason_missing"):
        revoke(at.session, at.signer, "李娜", " ")
    with refused("member_device_unknown"):
        revoke(at.session, at.signer, "张三", "x")
    assert find_member(at.session, "李娜").name == "李娜"


def test_who_was_admitted_by_an_administrator_that_did_not_know_gets_a_new_epoch(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    """An epoch that somebody revoked holds is not sealed under, whoever made it."""
    li, wang = new("李娜"), new("王强")
    join(at, li, name="li")
    revoke(at.session, at.signer, "李娜", "遗失")
    before = at.session.store.membership.roster().newest_epoch
    join(at, wang, name="wang")
    assert wang.store.membership.roster().newest_epoch == before
    assert len(wang.store.membership.epoch_keys()) == 2


def test_nobody_takes_over_the_chain_of_another_by_naming_it(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    li, eve = new("李娜"), new("伊芙")
    join(at, li, name="li")
    invite(at.session, at.signer, tmp_path / "i")
    take_up(eve, tmp_path / "i")
    key, own = device_key(eve.store), eve.store.chain

    def asked(log: str, *former: str) -> Path:
        request = Request(
            org=eve.store.membership.asked, by=key.public, person=eve.store.user, name="伊芙",
            post="", log=log, recipient=key.recipient, former=tuple(sorted(former)),
        )  # fmt: skip
        (tmp_path / "r").write_bytes(write_request(request, key.sign))
        return tmp_path / "r"

    others = (li.store.chain, at.session.store.chain)
    admit(at.session, at.signer, asked(own, *others), tmp_path / "a", [Role.REPORTER])
    roster = at.session.store.membership.roster()
    assert [roster.device(log).name for log in (own, others[0])] == ["伊芙", "李娜"]  # type: ignore[union-attr]
    assert roster.device(others[1]).key != key.public  # type: ignore[union-attr]
    with refused("chain_of_other"):
        admit(at.session, at.signer, asked(others[0]), tmp_path / "b", [Role.REPORTER])
