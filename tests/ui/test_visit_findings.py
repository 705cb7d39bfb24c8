"""A finding on the page of a visit: by few keys, by mouse, one after another, with photographs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from inspector.domain.clocktext import clock
from inspector.domain.entities import Placement
from inspector.domain.facts import effective
from inspector.domain.quick import QUICK
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import TimeSource
from inspector.operations.evidence import Taking, add_photos, set_time
from tests.support.jpegs import write_jpeg
from tests.ui.hands import click, press, record, words
from ui.models.board import BoardKeeper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage

Key = Qt.Key


def test_a_finding_takes_three_keys(opened: Bench, page: VisitPage) -> None:
    page.windows.tiles[3].setFocus()
    press(opened, Key.Key_F2, Key.Key_1, Key.Key_Return)
    [finding] = record(opened, page).findings
    assert (finding.situations, finding.severity, finding.people_waiting) == (("FZ-P-Z1",), 2, 4)
    assert finding.window == page.windows.tiles[3].tile.window.id
    assert "空岗" in finding.text


def test_a_finding_is_about_the_window_of_the_sheet_that_was_turned_to(
    opened: Bench, page: VisitPage
) -> None:
    made = page.windows.tiles[3]
    made.setFocus()
    before = made.tile.window.id
    press(opened, Key.Key_PageDown, Key.Key_F2, Key.Key_1, Key.Key_Return)
    [finding] = record(opened, page).findings
    assert finding.window == made.tile.window.id != before


def test_the_time_of_the_next_finding_goes_on(
    page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page.finding._place.text()
    later = page.keeper.now + 2 * MINUTE_MS
    monkeypatch.setattr(BoardKeeper, "now", property(lambda _keeper: later))
    page._beside._tick.timeout.emit()
    assert page.finding._place.text() == clock(later, page.keeper.board.zone) != shown


def test_what_is_typed_after_the_digit_is_the_sentence(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F2, Key.Key_1, "桌上没有暂停牌", Key.Key_Return)
    # The next one begins with its digit at once.
    press(opened, Key.Key_2, Key.Key_Return)
    first, second = record(opened, page).findings
    assert first.text == "空岗离岗：桌上没有暂停牌"
    assert second.text == QUICK[1].text_zh
    press(opened, Key.Key_1, "x", Key.Key_Return)
    opened.qtbot.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert len(effective(record(opened, page).findings)) == 2


def test_the_next_finding_begins_before_the_first_is_saved(opened: Bench, page: VisitPage) -> None:
    # Nothing is delivered in between: the first cannot be told as saved yet.
    for key in (Key.Key_F2, Key.Key_1, "abc", Key.Key_Return, Key.Key_2, "d", Key.Key_Return):
        at = opened.window.focusWidget()
        if isinstance(key, str):
            opened.qtbot.keyClicks(at, key)
        else:
            opened.qtbot.keyClick(at, key)
    opened.settle()
    found = record(opened, page).findings
    assert [(each.text, each.situations) for each in found] == [
        ("空岗离岗：abc", (QUICK[0].situation,)),
        ("玩手机：d", (QUICK[1].situation,)),
    ]
    assert page.finding.text.text() == ""


def test_what_is_refused_stands_before_what_was_typed_since(
    opened: Bench, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector.base.errors import MingchaError
    from inspector.storage.store import Store

    def full(*_args: object, **_more: object) -> None:
        raise MingchaError("disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "save", full)
        page.finding.keys[0].click()
        page.finding.text.setText("无人")
        page.finding.save()
        page.finding.keys[1].click()
        page.finding.text.setText("吵闹")
        opened.settle()
    assert page.finding.text.text() == "无人 吵闹"
    banner = page.troubles.banners.itemAt(0).widget()
    click(opened, banner.action)
    [finding] = record(opened, page).findings
    assert (finding.text, finding.situations) == ("空岗离岗：无人", (QUICK[0].situation,))
    assert page.finding.text.text() == "吵闹"
    click(opened, page.finding.put)
    texts = [each.text for each in record(opened, page).findings]
    assert texts == ["空岗离岗：无人", "玩手机：吵闹"]


def test_what_was_begun_in_one_visit_waits_there(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    page.windows.tiles[3].setFocus()
    click(opened, page.finding.keys[1])
    opened.qtbot.keyClicks(page.finding.text, "A032")
    assert opened.go("visit", office.prepared) is page
    assert page.finding.text.text() == ""
    assert not page.finding.put.isEnabled()
    opened.go("visit", office.covert)
    assert page.finding.text.text() == "A032"
    click(opened, page.finding.put)
    [finding] = record(opened, page).findings
    assert finding.situations == (QUICK[1].situation,)
    assert finding.window == page.windows.tiles[3].tile.window.id


def test_a_finding_by_mouse_with_words_that_look_like_markup(
    opened: Bench, page: VisitPage
) -> None:
    click(opened, page.finding.keys[3])
    page.finding.text.setText("<b>等了</b> =1+1 🙂")
    click(opened, page.finding.put)
    [finding] = record(opened, page).findings
    assert finding.text == "超时：<b>等了</b> =1+1 🙂"
    assert page.finding.text.text() == ""
    assert not page.finding.put.isEnabled()
    # The next one begins there; the keys do not go on to what stands below.
    assert page.finding.keys[0].hasFocus()


def test_a_text_that_is_too_long_is_told_and_stays(opened: Bench, page: VisitPage) -> None:
    refused = []
    opened.desk.worker.refused.disconnect()
    opened.desk.worker.refused.connect(refused.append)
    click(opened, page.finding.keys[0])
    page.finding.text.setText("长" * 20_001)
    click(opened, page.finding.put)
    assert [error.code for error in refused] == ["text_too_long"]
    assert len(page.finding.text.text()) == 20_001
    assert record(opened, page).findings == ()


def test_good_practice_has_a_key_of_its_own(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F3)
    press(opened, "主动引导老人", Key.Key_Return)
    [remark] = record(opened, page).record.remarks
    assert (remark.kind.value, remark.text) == ("good_practice", "主动引导老人")


def test_photographs_of_the_moment_go_with_the_finding_and_can_be_left_out(
    opened: Bench, page: VisitPage, office: Office, tmp_path: Path
) -> None:
    paths = [write_jpeg(tmp_path / f"{n}.jpg", tint=80 * n) for n in range(3)]
    taken = opened.ask(lambda session: session.now())

    def add(session: Session) -> list[str]:
        done = list(add_photos(session, office.covert, paths, Taking(taken)))
        for each, before in zip(done, (0, 60_000, 3_600_000), strict=True):
            at = replace(taken, start=taken.start - before, source=TimeSource.PHOTOGRAPH)
            set_time(session, each.evidence, at)
        return [each.evidence for each in done]

    near, left_out, _long_ago = opened.ask(add)
    opened.settle()
    assert "自动附上 2 张新照片" in words(page.finding)
    click(opened, page.finding.keys[0])
    page.finding._change()
    [box] = [
        each for each in page.finding.findChildren(QCheckBox) if each.property("photo") == left_out
    ]
    assert not page.would_lose()
    box.setChecked(False)
    assert page.would_lose(), "made anew, the card would suggest it again"
    click(opened, page.finding.put)
    assert not page.would_lose()
    [finding] = record(opened, page).findings
    placed = opened.ask(lambda session: session.store.select(Placement))
    mine = [each.evidence for each in placed if each.target == finding.id]
    assert mine == [near]
    assert record(opened, page).photos.unplaced == 2
