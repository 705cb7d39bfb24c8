"""What the root does: offices are given and taken, and what was stated in them stays or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.vocabulary import Role
from inspector.ledger import statements
from inspector.ledger.statements import Forked
from inspector.operations.admitting import invite
from inspector.operations.founding import make_root, open_root, write_root_file
from inspector.operations.offices import (
    appoint,
    can_be_appointed,
    in_office,
    stand_down,
    stated_by,
)
from inspector.operations.organisation import members
from tests.support.organisation import (
    ROOT_PASSPHRASE,
    Office,
    join,
    refused,
    signer_of,
    take,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from inspector.operations.session import Session


def test_the_root_appoints_and_stands_down(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    qian, li, wang = new("钱主任", key=True), new("李娜"), new("王强")
    join(at, qian, Role.OFFICE, name="qian")
    root = open_root(at.root_file, ROOT_PASSPHRASE)
    with refused("not_administrator"):
        invite(qian, signer_of(qian), tmp_path / "i")
    assert [each.name for each in can_be_appointed(at.session)] == ["钱主任"]
    appoint(at.session, root, at.root_file, "钱主任")
    assert can_be_appointed(at.session) == ()
    take(qian, at.session)
    second = Office(qian, signer_of(qian), at.root, at.root_file, tmp_path)
    join(second, li, name="li")
    take(at.session, qian)
    stand_down(at.session, root, at.root_file, "钱主任")
    assert [(each.name, each.present) for each in in_office(at.session)] == [
        ("赵主任", True),
        ("钱主任", False),
    ]
    assert {each.name for each in members(at.session)} == {"赵主任", "钱主任", "李娜"}
    take(wang, at.session)
    # What the former administrator says from now on changes nothing for those who know.
    with refused("membership_file_bad"):
        join(second, wang, name="wang")
    take(at.session, qian)
    assert {each.name for each in members(at.session)} == {"赵主任", "钱主任", "李娜"}
    with refused("administrator_unknown"):
        stand_down(at.session, root, at.root_file, "钱主任")


def test_only_who_has_a_key_can_be_appointed_and_only_by_this_root(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    join(at, new("李娜"))
    root = open_root(at.root_file, ROOT_PASSPHRASE)
    with refused("member_without_key"):
        appoint(at.session, root, at.root_file, "李娜")
    foreign = make_root(ROOT_PASSPHRASE)
    write_root_file(foreign, tmp_path / "other.key")
    with refused("root_file_bad"):
        appoint(at.session, foreign.root, tmp_path / "other.key", "李娜")
    with refused("secret_file_exists"):
        write_root_file(foreign, tmp_path / "other.key")
    with refused("root_passphrase_wrong"):
        open_root(at.root_file, "另一个口令另一个口令")
    (tmp_path / "bad.key").write_bytes(at.root_file.read_bytes()[:-20])
    with refused("membership_file_bad"):
        open_root(tmp_path / "bad.key", ROOT_PASSPHRASE)
    with refused("passphrase_short"):
        make_root("短")


def _second(at: Office, new: Callable[..., Session], tmp_path: Path) -> Office:
    """Return a second administrator, who admitted two people, at the office of the first."""
    qian = new("钱主任", key=True)
    join(at, qian, Role.OFFICE, name="qian")
    appoint(at.session, open_root(at.root_file, ROOT_PASSPHRASE), at.root_file, "钱主任")
    take(qian, at.session)
    second = Office(qian, signer_of(qian), at.root, at.root_file, tmp_path)
    for name in ("李娜", "王强"):
        join(second, new(name), name=name)
    take(at.session, qian)
    return second


def _names(session: Session) -> set[str]:
    return {each.name for each in members(session)}


def test_the_root_says_which_statements_of_a_former_administrator_do_not_stay(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    second = _second(at, new, tmp_path)
    root = open_root(at.root_file, ROOT_PASSPHRASE)
    said = {each.about.split()[0]: each for each in stated_by(at.session, "钱主任")}
    assert {each.kind for each in said.values()} == {"member"}
    assert said.keys() == {"李娜", "王强"}
    with refused("statement_unknown"):
        stand_down(at.session, root, at.root_file, "钱主任", ["zz"])
    assert second.signer.public in at.session.store.membership.roster().administrators
    stand_down(at.session, root, at.root_file, "钱主任", [said["王强"].id[:12]])
    assert _names(at.session) == {"赵主任", "钱主任", "李娜"}
    # Later it shows that more was wrong; the person is named by the key then.
    key = second.signer.public
    assert [each.about.split()[0] for each in stated_by(at.session, key)] == ["李娜"]
    stand_down(at.session, root, at.root_file, key, None)
    assert _names(at.session) == {"赵主任", "钱主任"}
    # Whoever comes anew is told no more than that.
    fresh = new("孙敏")
    join(at, fresh, name="fresh")
    assert _names(fresh) == {"赵主任", "钱主任", "孙敏"}


def test_an_administrator_who_stated_thousands_of_things_can_be_stood_down(
    at: Office, new: Callable[..., Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = _second(at, new, tmp_path)
    root = open_root(at.root_file, ROOT_PASSPHRASE)
    own, chain = bytes.fromhex(second.signer.public), at.session.store.chain
    org = at.root.root.org
    many = [statements.make(Forked(chain, n, ""), org, own, second.signer.sign)
            for n in range(2100)]  # fmt: skip
    with at.session.store.transaction():
        at.session.store.membership.add(many)
    with monkeypatch.context() as patch, refused("statements_too_many"):
        patch.setattr(statements, "MAX_LIST", 2000)
        stand_down(at.session, root, at.root_file, "钱主任")
    stand_down(at.session, root, at.root_file, "钱主任")
    roster = at.session.store.membership.roster()
    assert len(roster.said_by(second.signer.public)) == 2102
    stand_down(at.session, root, at.root_file, second.signer.public, None)
    assert at.session.store.membership.roster().said_by(second.signer.public) == ()
