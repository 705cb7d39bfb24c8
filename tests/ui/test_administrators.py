"""Administrators in the settings: appointed, stood down, vouching, the way back with the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QPushButton

from inspector.domain.entities import PersonKey
from inspector.domain.vocabulary import Role
from inspector.operations.founding import write_root_file
from inspector.operations.keys import keep_key
from inspector.operations.offices import in_office, stated_by
from inspector.operations.organisation import members
from inspector.operations.people import add_person
from inspector.operations.person_keys import fingerprint_of, keys_of
from tests.support.organisation import (
    PASSPHRASE,
    ROOT_PASSPHRASE,
    Office,
    join,
    laptop,
    office,
    populate,
    quick_key,
)
from tests.ui.hands import click
from tests.ui.next_dialog import in_next_dialog
from tests.ui.test_organisation_section import section, worked
from ui.pages.settings import acting, office_acts
from ui.pages.settings.office_asking import Dropped, Sheet, asked_dropped, asked_recovery
from ui.widgets.register import RegisterTable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Bench
    from ui.messages import Message

ROOT_TITLES = ("根密钥的密码：", "Passphrase of the root key:")


@pytest.fixture
def at(opened: Bench, tmp_path: Path) -> Office:
    """The office of an organisation; 周科 has a computer and a key in it."""

    def make(session: object) -> Office:
        made = populate(session, tmp_path / "w")  # type: ignore[arg-type]
        write_root_file(made.root, made.root_file)
        with laptop(tmp_path / "zhou", "周科", key=True) as zhou:
            join(made, zhou, Role.OFFICE, name="zhou")
        return made

    (tmp_path / "w").mkdir()
    return opened.ask(make)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch, at: Office) -> dict[str, object]:
    """Answers of the person: the root file, passphrases, what is chosen and dropped."""
    answers: dict[str, object] = {
        "open": at.root_file, "one": 0, "same": True, "dropped": Dropped((), False),
        "root": ROOT_PASSPHRASE, "offered": [],
    }  # fmt: skip

    def typed(_desk: object, _parent: object, title: str, *_: str, **__: object) -> object:
        return answers["root"] if title in ROOT_TITLES else PASSPHRASE

    def one(*words: object) -> object:
        answers["offered"] = words[-1]
        return answers["one"]

    put = monkeypatch.setattr
    put(acting, "chosen_file", lambda *_: answers["open"])
    put(acting, "asked_text", typed)
    put(office_acts, "asked_one", one)
    put(office_acts, "same_digits", lambda *_: answers["same"])
    put(office_acts, "asked_dropped", lambda *_: answers["dropped"])
    put(office_acts, "asked_recovery", lambda *_, **__: answers["sheet"])
    return answers


def named(bench: Bench) -> dict[str, bool]:
    return {each.name: each.present for each in bench.ask(in_office)}


def test_who_has_a_key_and_a_computer_is_appointed_and_stood_down(
    opened: Bench, at: Office, hands: dict[str, object]
) -> None:
    found = section(opened)
    card = found.administrators
    QAbstractItemModelTester(card.model, card)
    assert card.isVisible()
    click(opened, card.appoint)
    worked(opened, found)
    # Only who could be one is offered; whoever is in office already is not.
    assert hands["offered"] == ["周科"]
    assert named(opened)["周科"] is True
    row = [card.model.row(at_).name for at_ in range(card.model.rowCount())].index("周科")
    card.table.selectRow(row)
    click(opened, card.down)
    worked(opened, found)
    assert named(opened)["周科"] is False
    shown = {card.model.index(n, 0).data(): card.model.index(n, 1).data() for n in range(2)}
    assert shown["周科"] in ("已解任", "stood down")
    click(opened, card.appoint)
    assert worked(opened, found)


def test_a_root_key_that_does_not_open_changes_nothing_and_says_so(
    opened: Bench, at: Office, hands: dict[str, object]
) -> None:
    found = section(opened)
    hands["root"] = "完全不对的一个口令"
    before = named(opened)
    click(opened, found.administrators.appoint)
    assert "根密钥" in worked(opened, found)
    assert named(opened) == before


def test_statements_are_dropped_when_somebody_is_stood_down(
    opened: Bench, at: Office, hands: dict[str, object]
) -> None:
    found = section(opened)
    card = found.administrators
    chief = card.model.row(0)
    assert chief is not None
    said = opened.ask(lambda session: stated_by(session, chief.key))
    admitted = next(each for each in said if each.kind == "member" and "周科" in each.about)
    hands["dropped"] = Dropped((admitted.id,), False)
    card.table.selectRow(0)
    click(opened, card.down)
    worked(opened, found)
    assert "周科" not in {each.name for each in opened.ask(members)}
    assert "孙敏" in {each.name for each in opened.ask(members)}


def test_the_office_vouches_for_a_key_after_comparing_it(
    opened: Bench, at: Office, hands: dict[str, object]
) -> None:
    def record(session: object) -> tuple[str, str]:
        store = session.store  # type: ignore[attr-defined]
        person = add_person(session, "王强")  # type: ignore[arg-type]
        key = quick_key(store.entropy)
        store.save(PersonKey(id=store.new_id(), person=person.id, public=key.public))
        return person.id, key.public

    person, public = opened.ask(record)
    found = section(opened)
    hands["same"] = False
    click(opened, found.administrators.vouch)
    assert hands["offered"] == [f"王强 · {fingerprint_of(public)}"]
    assert public not in opened.ask(lambda session: keys_of(session, person))
    hands["same"] = True
    click(opened, found.administrators.vouch)
    worked(opened, found)
    assert public in opened.ask(lambda session: keys_of(session, person))
    click(opened, found.administrators.vouch)
    assert worked(opened, found), "that nothing is left to vouch for is told"


def test_the_sheet_opens_the_keys_and_a_slip_of_the_pen_is_told(
    opened: Bench, at: Office, hands: dict[str, object]
) -> None:
    found = section(opened)
    hands["sheet"] = Sheet(at.root.recovery[0][:-1] + "Q", office=False)
    click(opened, found.recover)
    assert "恢复密钥" in worked(opened, found)
    hands["sheet"] = Sheet(at.root.recovery[0], office=False)
    click(opened, found.recover)
    assert "2" in worked(opened, found)


def test_the_office_is_taken_on_a_computer_that_knows_nothing(
    opened: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machines of all administrators are gone: sheet, root key and any admission are left."""
    lost = office(tmp_path / "lost")
    with lost.session, laptop(tmp_path / "li", "李娜") as li:
        join(lost, li, name="li")
    opened.ask(
        lambda session: keep_key(
            session, session.store.user, quick_key(session.store.entropy), "again"
        )
    )
    found = section(opened)
    files = iter((lost.root_file, tmp_path / "lost" / "li.admission"))
    put = monkeypatch.setattr
    put(acting, "chosen_file", lambda *_: next(files))
    put(
        acting,
        "asked_text",
        lambda _d, _p, title, *_, **__: ROOT_PASSPHRASE if title in ROOT_TITLES else PASSPHRASE,
    )
    put(office_acts, "asked_recovery", lambda *_, **__: Sheet(lost.root.recovery[1], office=True))
    click(opened, found.recover)
    worked(opened, found)
    assert found.computers.isVisible()
    assert found.invite.isVisible(), "whoever took the office may invite"


# -- the dialogs themselves ------------------------------------------------------------------------


def test_statements_are_dropped_with_the_keyboard_and_keys_never(opened: Bench, at: Office) -> None:
    chief = opened.ask(in_office)[0]
    said = opened.ask(lambda session: stated_by(session, chief.key))
    epoch = [each.kind for each in said].index("epoch")
    other = next(n for n, each in enumerate(said) if each.kind == "member")

    def drop(dialog: Message) -> None:
        table = dialog.findChild(RegisterTable)
        for row in (epoch, other):
            table.selectRow(row)
            opened.qtbot.keyClick(table, Qt.Key.Key_Return)
        assert table.accessibleName()
        [turn] = [each for each in dialog.findChildren(QPushButton) if each.text() in _LET_STAY]
        assert turn.isEnabled()
        dialog.done(QDialog.DialogCode.Accepted)

    in_next_dialog(drop)
    desk, parent = opened.desk, opened.window
    answer = asked_dropped(desk, parent, "t", "x", "v", said)
    assert answer == Dropped((said[other].id,), False)

    def none(dialog: Message) -> None:
        dialog.findChild(QCheckBox).click()
        assert not dialog.findChild(RegisterTable).isEnabled()
        dialog.done(QDialog.DialogCode.Accepted)

    in_next_dialog(none)
    assert asked_dropped(desk, parent, "t", "x", "v", said) == Dropped((), True)
    in_next_dialog(lambda dialog: dialog.reject())
    assert asked_dropped(desk, parent, "t", "x", "v", said) is None


_LET_STAY = ("保留这项声明", "Let this statement stay")


def test_the_rows_of_a_sheet_are_asked_for_and_the_root_key_where_nothing_is_known(
    opened: Bench,
) -> None:
    def type_rows(dialog: Message) -> None:
        assert dialog.findChild(QCheckBox).isChecked()
        assert not dialog.findChild(QCheckBox).isEnabled()
        dialog.findChild(QPlainTextEdit).setPlainText("1 ABCD")
        dialog.done(QDialog.DialogCode.Accepted)

    in_next_dialog(type_rows)
    assert asked_recovery(opened.desk, opened.window, belongs=False) == Sheet("1 ABCD", True)
