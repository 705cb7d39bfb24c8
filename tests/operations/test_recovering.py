"""The way back: a restored backup, the printed sheet, the root key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyrage

from inspector.base.progress import SILENT
from inspector.domain.entities import Person, Remark
from inspector.domain.vocabulary import Role
from inspector.operations import upkeep
from inspector.operations.admitting import (
    admit,
    change_roles,
    read_request,
    revoke,
)
from inspector.operations.founding import (
    open_root,
    recovery_rows,
    write_recovery_sheet,
)
from inspector.operations.joining import accept, ask
from inspector.operations.organisation import members
from inspector.operations.people import add_person
from inspector.operations.recording import amend
from inspector.operations.recovering import (
    RootInHand,
    bring,
    read_recovery_key,
    recover,
    share_keys,
    take_back,
    take_office,
)
from inspector.operations.roles import require_role
from inspector.operations.workspaces import open_workspace
from inspector.storage.keyring import device_key
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.organisation import (
    ROOT_PASSPHRASE,
    Office,
    join,
    laptop,
    refused,
    signer_of,
    take,
    write_remark,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    from inspector.ledger.devices import Device
    from inspector.operations.session import Session


def test_a_restored_backup_is_known_again_as_the_same_member(
    at: Office, new: Callable[..., Session], tmp_path: Path, stack: ExitStack
) -> None:
    li = laptop(tmp_path / "li", "李娜")
    with li:
        join(at, li, name="li")
        write_remark(li, "one")
        chain = li.store.chain
        backup = upkeep.back_up(li, tmp_path / "li.db")
    upkeep.restore(tmp_path / "li", backup, CountingEntropy("again"), SILENT)
    again = stack.enter_context(open_workspace(tmp_path / "li", FixedClock()))
    assert again.store.chain != chain
    with refused("not_admitted"):
        require_role(again, Role.REPORTER)
    write_remark(again, "two")
    ask(again, tmp_path / "r2")
    _, applicant = read_request(at.session, tmp_path / "r2")
    assert applicant.goes_on == "李娜"
    admit(at.session, at.signer, tmp_path / "r2", tmp_path / "a2", [])
    accept(again, tmp_path / "a2")
    require_role(again, Role.REPORTER)
    roster = again.store.membership.roster()
    device = roster.device(again.store.chain)
    assert device is not None
    assert (device.succeeds, device.person) == (chain, _person(at.session, chain))
    # What the lost key cannot sign any more the new one may.
    assert roster.signers(chain)[-1].key == device.key
    amend(again, Remark, "one", {"text": "二"})
    # It is one computer, with the chain that it wrote before.
    [one] = [each for each in members(again) if each.name == "李娜"]
    assert (one.log, one.former) == (again.store.chain, (chain,))
    # By its name both chains are meant.
    assert revoke(at.session, at.signer, "李娜", "遗失").logs == (chain, again.store.chain)


def test_a_computer_that_went_on_anew_is_revoked_with_all_its_chains_and_keys(
    at: Office, new: Callable[..., Session], tmp_path: Path, stack: ExitStack
) -> None:
    old, again = _restored(at, tmp_path, stack)
    wang = new("王强")
    join(at, wang, name="wang")
    revoke(at.session, at.signer, "李娜", "遗失")
    roster = at.session.store.membership.roster()
    newest = roster.newest_epoch
    assert newest is not None
    assert set(newest.without) == {old.log, again.store.chain}
    given = {
        e.recipient for e in at.session.store.membership.envelopes() if e.epoch == newest.epoch
    }
    assert device_key(wang.store).recipient in given
    assert not {old.recipient, device_key(again.store).recipient} & given


def test_a_stolen_computer_is_revoked_while_the_one_that_goes_it_on_stays(
    at: Office, tmp_path: Path, stack: ExitStack
) -> None:
    old, again = _restored(at, tmp_path, stack)
    assert revoke(at.session, at.signer, old.log, "失窃", stays=True).logs == (old.log,)
    roster = at.session.store.membership.roster()
    heir = roster.device(again.store.chain)
    assert heir is not None
    assert heir.may_read()
    assert heir in roster.signers(old.log)
    newest = roster.newest_epoch
    given = {
        e.recipient for e in at.session.store.membership.envelopes() if e.epoch == newest.epoch
    }  # type: ignore[union-attr]
    assert heir.recipient in given
    assert old.recipient not in given
    # The letters of the former chain alone mean all that came of it.
    assert revoke(at.session, at.signer, old.log, "也失窃").logs == (heir.log,)


def test_roles_of_a_computer_that_went_on_anew_change_and_it_stays_the_same_computer(
    at: Office, tmp_path: Path, stack: ExitStack
) -> None:
    old, again = _restored(at, tmp_path, stack)
    change_roles(at.session, at.signer, "李娜", [Role.OFFICE])
    roster = at.session.store.membership.roster()
    heir = roster.device(again.store.chain)
    assert heir is not None
    assert (heir.roles, heir.succeeds) == ({Role.OFFICE}, old.log)
    assert heir in roster.signers(old.log)
    assert not roster.device(old.log).may_read()  # type: ignore[union-attr]


def _given(session: Session) -> set[str]:
    """Return the recipients that have the key of the newest epoch."""
    membership = session.store.membership
    newest = membership.roster().newest_epoch
    assert newest is not None
    return {each.recipient for each in membership.envelopes() if each.epoch == newest.epoch}


def _restored(at: Office, tmp_path: Path, stack: ExitStack) -> tuple[Device, Session]:
    """Return the former chain of a member whose backup was restored, and the session after it."""
    li = laptop(tmp_path / "li", "李娜")
    with li:
        join(at, li, name="li")
        write_remark(li, "one")
        old = li.store.membership.roster().device(li.store.chain)
        backup = upkeep.back_up(li, tmp_path / "li.db")
    assert old is not None
    upkeep.restore(tmp_path / "li", backup, CountingEntropy("again"), SILENT)
    again = stack.enter_context(open_workspace(tmp_path / "li", FixedClock()))
    ask(again, tmp_path / "r2")
    admit(at.session, at.signer, tmp_path / "r2", tmp_path / "a2", [])
    accept(again, tmp_path / "a2")
    return old, again


def _person(session: Session, chain: str) -> str:
    found = session.store.membership.roster().device(chain)
    assert found is not None
    return found.person


def test_the_sheet_opens_every_key(at: Office, tmp_path: Path) -> None:
    """The office machine is lost; there is a backup from elsewhere, and one sheet of paper."""
    keys = at.session.store.membership.epoch_keys()
    with at.session.store.transaction():
        at.session.store.db.execute("DELETE FROM epoch_key")
    typed = "\n".join(
        f"{number}. {row.lower()}"
        for number, row in enumerate(recovery_rows(at.root.recovery[1]), start=1)
    )
    done = recover(at.session, read_recovery_key(typed))
    assert (done.opened, done.keys, done.epochs) == (1, 1, 1)
    assert at.session.store.membership.epoch_keys() == keys
    again = recover(at.session, read_recovery_key(at.root.recovery[0]))
    assert again.opened == 0


def test_a_slip_of_the_pen_and_a_strange_key_are_told(at: Office) -> None:
    good = at.root.recovery[0]
    wrong = good[:30] + ("Q" if good[30] != "Q" else "P") + good[31:]
    for text in (wrong, "", good[:-1], "AGE-SECRET-KEY-1", "x" * 100_000):
        with refused("recovery_key_bad"):
            read_recovery_key(text)
    strange = str(pyrage.x25519.Identity.generate())
    with refused("recovery_key_bad"):
        recover(at.session, strange)


def test_everything_can_be_taken_up_again_from_an_admission_the_sheet_and_the_root(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    """All machines of administrators are lost. A member's admission file, paper and root remain."""
    li = new("李娜")
    join(at, li, name="li")
    keys = at.session.store.membership.epoch_keys()
    at.session.close()
    fresh = new("孙主任", key=True)
    root = open_root(at.root_file, ROOT_PASSPHRASE)
    with refused("invitation_first"):
        take_office(fresh, root, at.root_file, signer_of(fresh))
    bring(fresh, tmp_path / "li.admission", root)
    take_office(fresh, root, at.root_file, signer_of(fresh))
    recover(fresh, read_recovery_key(at.root.recovery[0]))
    assert fresh.store.membership.epoch_keys() == keys
    # A backup of this computer could open them again.
    assert device_key(fresh.store).recipient in _given(fresh)
    # For that of the office, of which nobody knows yet that it is lost.
    assert share_keys(fresh) == 1
    second = Office(fresh, signer_of(fresh), at.root, at.root_file, tmp_path)
    wang = new("王强")
    join(second, wang, name="wang")
    assert wang.store.membership.epoch_keys() == keys
    take(li, fresh)
    assert {each.name for each in members(li)} == {"赵主任", "李娜", "孙主任", "王强"}


def test_doing_it_all_at_once_and_again(
    at: Office, new: Callable[..., Session], tmp_path: Path
) -> None:
    join(at, new("李娜"), name="li")
    at.session.close()
    fresh = new("孙主任", key=True)
    root = open_root(at.root_file, ROOT_PASSPHRASE)
    key = read_recovery_key(at.root.recovery[0])
    by = RootInHand(root, at.root_file, signer_of(fresh), tmp_path / "li.admission")
    done, wrapped = take_back(fresh, key, by)
    assert (done.opened, done.keys, done.epochs, wrapped) == (1, 1, 1, 1)
    done, wrapped = take_back(fresh, key, by)
    assert (done.opened, done.keys, wrapped) == (0, 1, 0)
    assert take_back(fresh, key)[1] == 0


def test_the_sheets_are_papers_that_hold_the_key_and_nothing_of_the_other(
    at: Office, tmp_path: Path
) -> None:
    import pypdfium2

    for number in (1, 2):
        target = tmp_path / f"sheet-{number}.pdf"
        now = FixedClock().read()
        write_recovery_sheet(at.root, number, "市政府督查室", target, "zh", now)
        with refused("secret_file_exists"):
            write_recovery_sheet(at.root, number, "市政府督查室", target, "zh", now)
        paper = pypdfium2.PdfDocument(target)
        assert len(paper) == 1
        text = paper[0].get_textpage().get_text_range()
        rows = [recovery_rows(each) for each in at.root.recovery]
        assert all(row in text for row in rows[number - 1])
        assert not any(row in text for row in rows[2 - number][1:-1])
        assert "市政府督查室" in text
        paper.close()


def test_no_secret_of_it_stays_in_the_workspace(at: Office) -> None:
    at.session.close()
    root = at.session.store.workspace.root
    secrets = [each.encode() for each in at.root.recovery]
    for path in root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(secret in data or secret.lower() in data for secret in secrets), path


def test_several_people_of_one_laptop_are_its_member(
    at: Office, new: Callable[..., Session]
) -> None:
    li = new("李娜")
    add_person(li, "王强")
    join(at, li)
    assert {each.name for each in li.store.select(Person)} == {"李娜", "王强"}
    assert {each.name for each in members(li)} == {"赵主任", "李娜"}
