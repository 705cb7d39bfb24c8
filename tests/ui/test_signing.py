"""Keys and signatures in the windows: made, printed, changed, and signing before and after."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from inspector.domain.entities import Seal, SealSignature
from inspector.domain.signing import SignatureState
from inspector.ledger.sealed_key import rows
from inspector.operations.keys import key_state, secret_of, unlock
from inspector.operations.sealing import start_supplement
from inspector.operations.signing import signers_of
from tests.support.keys import PASSPHRASE, give_key
from tests.ui.closing_steps import named, page_of, press, settle, words
from ui.pages.closing import seal as seal_module
from ui.pages.settings import signing_key as key_module
from ui.pages.settings.members import MembersSection
from ui.pages.settings.passphrases import NewPassphrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.messages import Message
    from ui.pages.closing.page import ClosingPage
    from ui.pages.closing.seal import SealStep
    from ui.pages.closing.sealed import Sealed
    from ui.pages.settings.signing_key import SigningKey

PATIENCE_MS = 20_000


@pytest.fixture
def card(opened: Bench, office: Office) -> SigningKey:
    """The card of the key of who is typing, who has none."""
    section = opened.go("settings", section="members")._made["members"]
    assert isinstance(section, MembersSection)
    section.table.selectRow(section.model.place(office.me))
    settle(opened)
    return section.key


def slowly(bench: Bench, card: SigningKey, pressed: QPushButton) -> None:
    press(bench, pressed)
    bench.qtbot.waitUntil(lambda: not card._busy, timeout=PATIENCE_MS)
    settle(bench)


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Type these into the next dialog for a passphrase."""

    def typed(first: str, passphrase: str) -> None:
        found = NewPassphrase(first, passphrase)
        monkeypatch.setattr(key_module, "asked_passphrase", lambda *_a, **_k: found)

    return typed


def test_a_key_is_made_and_printed(
    opened: Bench,
    office: Office,
    card: SigningKey,
    answer: Callable[[str, str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert card.make.isVisibleTo(card)
    assert not card.sheet.isVisibleTo(card)
    answer("", "short")
    slowly(opened, card, card.make)
    assert "10" in card.said.text()
    answer("", PASSPHRASE)
    slowly(opened, card, card.make)
    made = opened.ask(lambda s: key_state(s, office.me)).fingerprint
    assert card.print.text() == made != ""
    assert not card.make.isVisibleTo(card)
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(key_module, "asked_file_to_write", lambda *_args: target)
    press(opened, card.sheet)
    opened.qtbot.waitUntil(lambda: str(target) in card.said.text(), timeout=PATIENCE_MS)
    assert target.read_bytes().startswith(b"%PDF")


def test_what_became_of_a_key_is_not_said_beside_that_of_another_member(
    opened: Bench, office: Office, card: SigningKey, answer: Callable[[str, str], None]
) -> None:
    said: list[str] = []
    opened.desk.said.connect(lambda each: said.append(each.text))
    answer("", PASSPHRASE)
    press(opened, card.make)
    card.show_person(office.other)
    opened.qtbot.waitUntil(lambda: not card._busy, timeout=PATIENCE_MS)
    settle(opened)
    assert card.said.text() == ""
    name = opened.ask(lambda s: key_state(s, office.me)).person.name
    assert any(each.startswith(f"{name}：") for each in said)


def test_a_passphrase_is_changed_and_a_key_replaced(
    opened: Bench, office: Office, card: SigningKey, answer: Callable[[str, str], None]
) -> None:
    def opens(passphrase: str) -> str:
        secret = opened.ask(lambda s: secret_of(s, office.me))
        return unlock(secret, passphrase).public

    opened.ask(lambda s: give_key(s, office.me, "me"))
    card.show_person(office.me)
    settle(opened)
    first = card.print.text()
    answer("something else", "another passphrase")
    slowly(opened, card, card.change)
    assert "打不开" in card.said.text()
    answer(PASSPHRASE, "another passphrase")
    press(opened, card.change)
    opened.qtbot.waitUntil(lambda: "已更换" in card.said.text(), timeout=PATIENCE_MS)
    assert opens("another passphrase")

    answer("忘记密码", PASSPHRASE)
    slowly(opened, card, card.replace)
    assert opened.ask(lambda s: key_state(s, office.me)).fingerprint != first
    assert opens(PASSPHRASE)


def test_a_lost_key_comes_back_from_its_sheet(
    opened: Bench, office: Office, card: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(session: Session) -> tuple[str, str]:
        give_key(session, office.me, "me")
        secret = secret_of(session, office.me)
        shutil.rmtree(session.store.workspace.keys)
        return secret.public, "\n".join(rows(secret.sealed))

    public, printed = opened.ask(lost)
    card.show_person(office.me)
    settle(opened)
    assert card.restore.isVisibleTo(card)
    assert not card.sheet.isVisibleTo(card)

    def typed(passphrase: str) -> None:
        message = cast("Message", QApplication.activeModalWidget())
        done = message.findChildren(QPushButton)[-1]
        assert not done.isEnabled()
        message.findChildren(QPlainTextEdit)[0].setPlainText(printed)
        message.findChildren(QLineEdit)[0].setText(passphrase)
        assert done.isEnabled()
        done.click()

    for passphrase, told in (("falsch und lang genug", "打不开"), (PASSPHRASE, "已恢复")):
        QTimer.singleShot(0, lambda passphrase=passphrase: typed(passphrase))
        slowly(opened, card, card.restore)
        assert told in card.said.text()
    assert opened.ask(lambda s: secret_of(s, office.me)).public == public
    assert not card.restore.isVisibleTo(card)


def test_another_member_shows_another_key(opened: Bench, office: Office, card: SigningKey) -> None:
    opened.ask(lambda s: give_key(s, office.other))
    section = cast("MembersSection", card.parentWidget())
    section.table.selectRow(section.model.place(office.other))
    settle(opened)
    assert card.sheet.isVisibleTo(card)
    section.table.selectRow(section.model.place(office.me))
    settle(opened)
    assert not card.sheet.isVisibleTo(card)
    assert card.print.text() == ""
    section.begin()
    assert not card.isVisibleTo(section)


@pytest.fixture
def sealing(opened: Bench, office: Office, monkeypatch: pytest.MonkeyPatch) -> ClosingPage:
    """A supplement about to be sealed by somebody with a key and somebody without."""

    def work(session: Session) -> str:
        give_key(session, office.me, "me")
        return start_supplement(session, office.sealed, "窗口号记错").id

    monkeypatch.setattr(seal_module, "confirmed", lambda *_args, **_more: True)
    page = page_of(opened, opened.ask(work), "seal")
    settle(opened)
    return page


def test_the_seal_is_signed_by_whoever_types_a_passphrase(
    opened: Bench, office: Office, sealing: ClosingPage
) -> None:
    assert sealing.found is not None
    visit = sealing.found.visit.id
    step = cast("SealStep", sealing.steps["seal"])
    lines = step.signing.lines
    assert lines[office.other].field is None
    field = lines[office.me].field
    assert field is not None
    assert field.accessibleName()
    assert step.seal.isEnabled(), step.state.text()

    field.setText("something else")
    press(opened, step.seal)
    wrong = lines[office.me].wrong
    opened.qtbot.waitUntil(lambda: "打不开" in wrong.text(), timeout=PATIENCE_MS)
    settle(opened)
    assert field.text() == ""
    assert opened.ask(lambda s: s.store.select(Seal, "visit = ?", visit)) == []
    assert step.seal.isEnabled()

    field.setText(PASSPHRASE)
    press(opened, step.seal)
    opened.qtbot.waitUntil(lambda: list(sealing.steps) == ["sealed"], timeout=PATIENCE_MS)
    settle(opened)
    states = {s.person: s.state for s in opened.ask(lambda s: signers_of(s, visit))}
    assert states[office.me] is SignatureState.VALID
    assert states[office.other] is SignatureState.NO_KEY
    shown = cast("Sealed", sealing.steps["sealed"]).signatures
    assert "已签名" in words(shown)


def test_a_sealed_visit_is_signed_later(opened: Bench, office: Office) -> None:
    opened.ask(lambda s: give_key(s, office.me, "me"))
    page = page_of(opened, office.sealed)
    settle(opened)
    shown = cast("Sealed", page.steps["sealed"]).signatures
    line = shown.lines[office.me]
    assert line.field is not None
    line.field.setText("something else")
    press(opened, named(shown, "签名"))
    opened.qtbot.waitUntil(lambda: "打不开" in line.wrong.text(), timeout=PATIENCE_MS)
    assert opened.ask(lambda s: s.store.select(SealSignature)) == []
    line.field.setText(PASSPHRASE)
    opened.qtbot.keyClick(line.field, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(
        lambda: len(opened.ask(lambda s: s.store.select(SealSignature))) == 1, timeout=PATIENCE_MS
    )
    settle(opened)
    shown = cast("Sealed", page.steps["sealed"]).signatures
    assert shown.lines[office.me].field is None
    assert "已签名" in words(shown)
