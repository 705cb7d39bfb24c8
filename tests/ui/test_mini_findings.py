"""Findings and notes in the mini window."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from inspector.base.errors import MingchaError
from inspector.domain.entities import Placement
from inspector.domain.quick import QUICK
from inspector.domain.vocabulary import (
    Conformity,
    RemarkKind,
    TimeSource,
)
from inspector.operations.evidence import Taking, add_photos, set_time
from inspector.storage.store import Store
from tests.support.jpegs import write_jpeg
from tests.ui.hands import asked, click, press
from tests.ui.mini_steps import stored
from ui.messages import Message
from ui.recording.tile import TileButton

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from inspector.operations.session import Session
    from tests.ui.conftest import Bench
    from ui.mini.window import MiniWindow

Key = Qt.Key


def test_a_finding_is_about_the_window_of_the_sheet_that_was_turned_to(
    opened: Bench, mini: MiniWindow
) -> None:
    press(opened, Key.Key_F4, at=mini)
    press(opened, Key.Key_PageDown)
    here = QApplication.focusWidget()
    assert isinstance(here, TileButton)
    assert here.tile is not None
    press(opened, Key.Key_F2, "1", Key.Key_Return)
    # The newest one; a visit has others.
    assert here.tile.window.id in {each.window for each in stored(opened, mini).findings}


def test_a_note_is_kept_with_the_answer_and_survives_another(
    opened: Bench, mini: MiniWindow
) -> None:
    mini.answers.go_to("S02-06")
    press(opened, "n")
    assert mini.finding.target.text() == f"#{mini.answers.number}"
    press(opened, "door locked", Key.Key_Return)
    assert mini.answers.item.hasFocus()
    press(opened, "1")
    mini.answers.go_to("S02-06")
    press(opened, "2")
    latest = asked(stored(opened, mini), "S02-06").latest
    assert latest is not None
    assert (latest.conformity, latest.note) == (Conformity.DOES_NOT_CONFORM, "door locked")
    mini.answers.go_to("S02-06")
    click(opened, mini.answers.item)
    press(opened, "mended", Key.Key_Return)
    latest = asked(stored(opened, mini), "S02-06").latest
    assert latest is not None
    assert (latest.conformity, latest.note) == (Conformity.DOES_NOT_CONFORM, "mended")
    assert stored(opened, mini).record.remarks == ()


def test_a_note_given_up_is_on_nothing(opened: Bench, mini: MiniWindow) -> None:
    mini.answers.take_focus()
    press(opened, "n", "half", Key.Key_Escape)
    press(opened, Key.Key_F8, at=mini)
    assert not mini.finding.target.text().startswith("#")
    press(opened, Key.Key_Return)
    assert [each.text for each in stored(opened, mini).record.remarks] == ["half"]


def test_a_finding_by_letter_and_one_by_digit(opened: Bench, mini: MiniWindow) -> None:
    before = len(stored(opened, mini).findings)
    mini.rounds.tiles[3].setFocus()
    press(opened, Key.Key_F2, at=mini)
    press(opened, "G", Key.Key_Return)
    press(opened, Key.Key_F2, at=mini)
    press(opened, "0", "2")
    press(opened, "玩手机十分钟", Key.Key_Return, at=mini.finding.text)
    first, second = stored(opened, mini).findings[before:]
    assert first.situations == (QUICK[4].situation,)
    assert first.text == QUICK[4].text_zh
    windows = {each.id: each.number for each in mini.keeper.board.record.windows}
    assert windows[first.window] == "04"
    assert (second.situations, second.window) == ((QUICK[1].situation,), None)
    assert second.text == "玩手机十分钟"


def test_a_note_and_good_practice(opened: Bench, mini: MiniWindow) -> None:
    press(opened, Key.Key_F8, at=mini)
    press(opened, "=1 <b>", Key.Key_Return)
    press(opened, Key.Key_F3, at=mini)
    press(opened, "ok", Key.Key_Return)
    note, praise = stored(opened, mini).record.remarks[-2:]
    assert (note.kind, note.text) == (RemarkKind.REMARK, "=1 <b>")
    assert (praise.kind, praise.text) == (RemarkKind.GOOD_PRACTICE, "ok")


def test_a_second_press_while_it_is_saved_records_nothing_twice(
    opened: Bench, mini: MiniWindow
) -> None:
    before = stored(opened, mini)
    go_on = threading.Event()
    opened.desk.act(opened.window, lambda _session: go_on.wait(20))
    mini.finding.begin()
    opened.qtbot.keyClicks(QApplication.focusWidget(), "K")
    mini.finding.text.setText("无人")
    mini.finding.save()
    mini.finding.save()
    mini.finding.text.setText("无人，第二句")
    mini.waits.begin()
    mini.waits.form.ticket.setText("A01")
    for _press in range(2):
        opened.qtbot.keyClick(mini.waits.form.ticket, Key.Key_Return)
    go_on.set()
    opened.settle()
    after = stored(opened, mini)
    [finding] = after.findings[len(before.findings) :]
    assert finding.text == "空岗离岗：无人"
    assert mini.finding.text.text() == "无人，第二句", "what was typed meanwhile is not lost"
    assert len(after.record.waits) == len(before.record.waits) + 1
    mini.finding.text.clear()


def test_a_full_disk_keeps_the_text_and_offers_again(
    opened: Bench, mini: MiniWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise MingchaError("disk_full")

    before = len(stored(opened, mini).findings)
    mini.finding.text.setText("无人")
    mini.finding.begin()
    with monkeypatch.context() as patched:
        patched.setattr(Store, "save", full)
        press(opened, "K", Key.Key_Return)
    assert mini.finding.text.text() == "无人"
    assert mini.again_button.text() == "未保存"
    press(opened, Key.Key_F10, at=mini)
    [message] = [each for each in opened.window.findChildren(Message) if each.isVisible()]
    assert message.says[1] == MingchaError("disk_full").text(opened.desk.tr)
    message.close()
    opened.desk.shrunk.emit(mini.keeper.board.visit)
    opened.clock.advance(minutes=5)
    click(opened, mini.again_button)
    [finding] = stored(opened, mini).findings[before:]
    assert finding.text == "空岗离岗：无人"
    assert finding.entered.ms - finding.observed_from >= 5 * 60_000
    assert mini.again_button.isHidden()
    assert mini.finding.text.text() == ""


def test_photographs_of_the_moment_go_with_a_finding_and_are_never_shown(
    opened: Bench, mini: MiniWindow, tmp_path: Path
) -> None:
    path = write_jpeg(tmp_path / "a.jpg")
    visit = mini.keeper.board.visit

    def add(session: Session) -> str:
        taken = session.now()
        [done] = add_photos(session, visit, [path], Taking(taken))
        set_time(session, done.evidence, replace(taken, source=TimeSource.PHOTOGRAPH))
        return done.evidence

    photo = opened.ask(add)
    opened.settle()
    assert mini.finding.photos.text() == "+1"
    assert all(each.pixmap().isNull() for each in mini.findChildren(QLabel))
    press(opened, Key.Key_F2, at=mini)
    press(opened, "C", Key.Key_Return)
    finding = stored(opened, mini).findings[-1]
    placed = opened.ask(lambda session: session.store.select(Placement))
    assert [each.evidence for each in placed if each.target == finding.id] == [photo]
    assert mini.finding.photos.isHidden()
