"""The organisation in the settings: what is shown, and the way by file through the real dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.domain.vocabulary import Role
from inspector.operations.admitting import admit, invite
from inspector.operations.joining import ask, take_up
from inspector.operations.organisation import members, standing
from tests.support.organisation import (
    PASSPHRASE,
    Office,
    laptop,
    office,
    populate,
)
from tests.ui.hands import click
from ui.pages.settings import acting, membership_acts
from ui.pages.settings.organisation import OrganisationSection

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Bench


PATIENCE_MS = 20_000


def section(bench: Bench) -> OrganisationSection:
    found = bench.go("settings", section="organisation")._made["organisation"]
    assert isinstance(found, OrganisationSection)
    return found


def worked(bench: Bench, found: OrganisationSection) -> str:
    """Wait until a key was opened apart from the windows; return what is told then."""
    busy = bench.window.desk.tr("The key is being worked on …")
    bench.settle()
    bench.qtbot.waitUntil(lambda: found.said.text() not in ("", busy), timeout=PATIENCE_MS)
    bench.settle()
    told = found.said.text()
    found.said.clear()
    return told


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, object]:
    """Answers of the person: files, digits, roles, passphrase."""
    answers: dict[str, object] = {"same": True, "roles": (Role.REPORTER,), "text": PASSPHRASE}
    answers["seen"] = []

    def compare(_desk: object, _parent: object, _whose: str, digits: str, _text: str) -> object:
        answers["seen"].append(digits)  # type: ignore[attr-defined]
        return answers["same"]

    put = monkeypatch.setattr
    put(acting, "chosen_file", lambda *_: answers.get("open"))
    put(acting, "new_file", lambda *_, **__: answers.get("save"))
    put(membership_acts, "same_digits", compare)
    put(membership_acts, "asked_roles", lambda *_: answers["roles"])
    for asking in (acting, membership_acts):
        put(asking, "asked_text", lambda *_, **__: answers["text"])
    return answers


def test_who_works_alone_is_told_that_it_is_not_needed(opened: Bench) -> None:
    found = section(opened)
    assert found.make.isVisible()
    assert found.take_up.isVisible()
    assert not found.computers.isVisible()
    assert not found.accept.isVisible()


def test_the_office_sees_its_computers(opened: Bench, tmp_path: Path) -> None:
    opened.ask(lambda session: populate(session, tmp_path / "w"))
    found = section(opened)
    QAbstractItemModelTester(found.model, found)
    rows = [
        [found.model.index(row, column).data() for column in range(3)]
        for row in range(found.model.rowCount())
    ]
    assert [row[0] for row in rows][-1] == "钱进"
    assert rows[-1][2]
    assert found.invite.isVisible()
    assert not found.make.isVisible()
    for row in range(len(rows)):
        found.table.selectRow(row)
        member = found.model.member(row)
        assert member is not None
        gone = member.me or member.revoked_after is not None
        assert found.revoke.isEnabled() == (not gone)
    assert found.model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_joining_in_the_window(opened: Bench, tmp_path: Path, dialogs: dict[str, object]) -> None:
    at = office(tmp_path / "elsewhere")
    with at.session:
        found = section(opened)
        _invitation(at, tmp_path)
        dialogs |= {"open": tmp_path / "i.mcinvite", "save": tmp_path / "r.mcrequest"}
        dialogs["same"] = False
        click(opened, found.take_up)
        opened.ask(lambda _session: None)
        assert not (tmp_path / "r.mcrequest").exists()
        dialogs["same"] = True
        click(opened, found.take_up)
        opened.settle()
        assert dialogs["seen"] == [standing(at.session).fingerprint] * 2
        assert (tmp_path / "r.mcrequest").exists()
        assert found.accept.isVisible()
        _admission(at, tmp_path)
        dialogs["open"] = tmp_path / "a.mcadmit"
        click(opened, found.accept)
        opened.settle()
        stands = opened.ask(standing)
        assert stands.name == "市政府督查室"
        assert found.computers.isVisible()
        assert not found.invite.isVisible()


def _invitation(at: Office, folder: Path) -> None:
    invite(at.session, at.signer, folder / "i.mcinvite")


def _admission(at: Office, folder: Path) -> None:
    admit(at.session, at.signer, folder / "r.mcrequest", folder / "a.mcadmit", [Role.REPORTER])


def test_admitting_and_ending_in_the_window(
    opened: Bench, tmp_path: Path, dialogs: dict[str, object]
) -> None:
    opened.ask(lambda session: populate(session, tmp_path / "w"))
    found = section(opened)
    dialogs["save"] = tmp_path / "i"
    click(opened, found.invite)
    worked(opened, found)
    with laptop(tmp_path / "li", "李娜") as li:
        take_up(li, tmp_path / "i")
        ask(li, tmp_path / "r")
        dialogs |= {"open": tmp_path / "r", "save": tmp_path / "a"}
        click(opened, found.admit)
        worked(opened, found)
        assert (tmp_path / "a").exists()
    listed = opened.ask(members)
    assert "李娜" in {each.name for each in listed}
    row = [found.model.member(n).name for n in range(found.model.rowCount())].index("李娜")
    found.table.selectRow(row)
    dialogs["text"] = PASSPHRASE
    dialogs["roles"] = (Role.REVIEWER,)
    click(opened, found.roles)
    worked(opened, found)
    assert {each.name: each.roles for each in opened.ask(members)}["李娜"] == (Role.REVIEWER,)
    found.table.selectRow(row)
    click(opened, found.revoke)
    worked(opened, found)
    ended = {each.name: each.revoked_after for each in opened.ask(members)}
    assert ended["李娜"] == 0


def test_a_wrong_passphrase_is_told_and_nothing_is_written(
    opened: Bench, tmp_path: Path, dialogs: dict[str, object]
) -> None:
    opened.ask(lambda session: populate(session, tmp_path / "w"))
    found = section(opened)
    dialogs |= {"save": tmp_path / "i", "text": "完全不对的一个口令"}
    click(opened, found.invite)
    assert "密码" in worked(opened, found)
    assert not (tmp_path / "i").exists()
