"""The page of exchange with a real depot in a folder: by keys and by mouse."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton

from inspector.base.i18n import translator
from inspector.domain.vocabulary import Role
from inspector.operations import standing
from inspector.operations.admitting import change_roles
from inspector.operations.founding import FOUNDER
from inspector.operations.people import add_person
from inspector.operations.visits import new_visit
from tests.support.exchanging import COLLEAGUE, STICK, Exchanging, begin, further, visit
from tests.ui.hands import click, press, words
from ui.exchange import Kind
from ui.pages.settings.page import SettingsPage
from ui.pages.sync import adding, mending
from ui.pages.sync.page import SyncPage

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench

PATIENCE_MS = 20_000
TR = translator("zh")


@pytest.fixture
def at(opened: Bench, tmp_path: Path) -> Exchanging:
    """An organisation, a colleague, and a stick that is known here."""
    made = opened.ask(lambda session: begin(session, tmp_path / "exchange"))
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    return made


@pytest.fixture
def page(opened: Bench, at: Exchanging) -> SyncPage:
    return shown(opened, id=at.depot)


def shown(bench: Bench, **more: str) -> SyncPage:
    page = bench.go("sync", **more)
    assert isinstance(page, SyncPage)
    settled(bench, page)
    return page


def settled(bench: Bench, page: SyncPage) -> None:
    """Wait until nothing is being done and every stick was looked at."""
    exchange = bench.desk.exchange

    def is_settled() -> bool:
        return (
            exchange.running is None
            and all(each.waiting is not None for each in page.model.lines)
            and all(
                each.reached is not None for each in page.model.lines if each.depot.kind == "folder"
            )
        )

    bench.qtbot.waitUntil(is_settled, timeout=PATIENCE_MS)
    bench.settle()


def done(bench: Bench, page: SyncPage) -> str:
    """Wait until what was begun has ended; return what is told of it."""
    bench.qtbot.waitUntil(lambda: bench.desk.exchange.running is None, timeout=PATIENCE_MS)
    settled(bench, page)
    return words(page.one.result)


def only_here(bench: Bench) -> standing.Lacking:
    return bench.ask(standing.waiting)


def found_again(bench: Bench, page: SyncPage, code: str) -> None:
    """Wait until sticks were looked at again and the one that is shown was found so."""
    page.reaching._look_for_sticks()
    bench.qtbot.waitUntil(
        lambda: (
            page.one._line is not None
            and page.one._line.reached is not None
            and page.one._line.reached.code == code
        ),
        timeout=PATIENCE_MS,
    )


# -- alone -------------------------------------------------------------------------------------


def test_who_works_alone_is_asked_nothing(opened: Bench) -> None:
    page = opened.go("sync")
    assert isinstance(page, SyncPage)
    visible = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert visible == []
    assert not any(each.isVisible() for each in page.tools)
    assert "这台电脑独立工作" in words(page)
    opened.desk.exchange.count()
    opened.qtbot.waitUntil(lambda: not opened.desk.exchange._counting, timeout=PATIENCE_MS)
    assert opened.desk.exchange.lacking is None


# -- a visit -----------------------------------------------------------------------------------


def test_one_press_brings_everything_to_the_stick(
    opened: Bench, at: Exchanging, page: SyncPage
) -> None:
    before = only_here(opened)
    assert before.operations
    assert page.one.badge.text == "可以同步"
    assert str(before.operations) in page.one.waits.text()
    click(opened, page.one.go)
    said = done(opened, page)
    assert f"“{STICK}”" in said or STICK in said
    assert "可以拔出" in said
    assert str(before.operations) in said
    assert only_here(opened) == (0, 0, 0)
    assert page.one.waits.text() == "本机的内容那里都有了。"
    assert list((at.stick / "sp").rglob("*"))
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_by_keys_alone(opened: Bench, page: SyncPage) -> None:
    opened.qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "可以拔出" in done(opened, page)
    opened.ask(lambda session: add_person(session, "新来的"))
    settled(opened, page)
    press(opened, Qt.Key.Key_Return, at=page.list)
    assert "1 条" in done(opened, page)


def test_it_is_not_said_to_be_safe_once_something_more_was_recorded(
    opened: Bench, page: SyncPage
) -> None:
    click(opened, page.one.go)
    assert "可以拔出" in done(opened, page)
    opened.ask(lambda session: add_person(session, "新来的"))
    settled(opened, page)
    said = words(page.one.result)
    assert "可以拔出" not in said
    assert "请再同步一次" in said


def test_entries_alone_leave_files_for_another_visit(opened: Bench, page: SyncPage) -> None:
    page.one.entries.setChecked(True)
    click(opened, page.one.go)
    said = done(opened, page)
    assert "可以拔出" not in said
    assert TR("Not everything recorded here is on {place} yet.", place=STICK) in said
    assert only_here(opened).operations == 0
    assert only_here(opened).blobs > 0


def test_what_a_colleague_received_is_told_from_the_receipt(
    opened: Bench, at: Exchanging, office: Office
) -> None:
    def work(session: Session) -> str:
        made = new_visit(session, office.hall, [office.me, office.other])
        visit(session, at)
        at.colleague_visits()
        return made.id

    made = opened.ask(work)
    page = shown(opened, view="visits")
    model = page.views.visits.model
    opened.qtbot.waitUntil(lambda: model.index(0, 5).data() is not None, timeout=PATIENCE_MS)
    cells = [model.index(0, column).data() for column in range(6)]
    assert cells[3:] == ["已存本机", STICK, "–"]
    page.show_view("depots")
    click(opened, page.one.go)
    assert "1 份回执" in done(opened, page)
    page.show_view("visits")
    opened.qtbot.waitUntil(lambda: model.index(0, 5).data() == "孙敏", timeout=PATIENCE_MS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.views.visits.table.hasFocus()
    press(opened, Qt.Key.Key_Return)
    assert opened.window.place is not None
    assert (opened.window.place.page, opened.window.place.id) == ("visit", made)


def test_a_visit_can_be_stopped_and_the_next_one_goes_on(opened: Bench, page: SyncPage) -> None:
    exchange = opened.desk.exchange
    # Asked for before the worker has begun it: as soon as a press can be.
    page.one.sync()
    page.one.working.stop.click()
    said = done(opened, page)
    assert "已停止" in said
    assert exchange.last[page.one.depot.id].stopped
    click(opened, page.one.go)
    assert "可以拔出" in done(opened, page)


def test_nothing_is_begun_twice(opened: Bench, page: SyncPage) -> None:
    exchange = opened.desk.exchange
    page.one.sync()
    first = exchange.running
    assert first is not None
    assert not page.one.go.isEnabled()
    page.one.sync()
    exchange.check(first.depot, everything=True)
    assert exchange.running is first
    done(opened, page)


# -- sticks that are not there, or others --------------------------------------------------------


def test_a_pulled_stick_is_told_with_what_is_safe(
    opened: Bench, at: Exchanging, page: SyncPage
) -> None:
    away = at.stick.with_name("pulled")
    at.stick.rename(away)
    click(opened, page.one.go)
    said = done(opened, page)
    assert STICK in said
    assert str(at.stick) not in said
    assert only_here(opened).operations
    found_again(opened, page, "depot_away")
    assert page.one.badge.text == "未连接"
    away.rename(at.stick)
    found_again(opened, page, "")
    assert page.one.badge.text == "可以同步"
    click(opened, page.one.go)
    assert "可以拔出" in done(opened, page)


def test_another_depot_in_its_place_is_refused(
    opened: Bench, at: Exchanging, page: SyncPage
) -> None:
    opened.ask(lambda session: further(session, at, "other", "另一个"))
    shutil.rmtree(at.stick)
    (at.stick.parent / "other").rename(at.stick)
    before = sorted(at.stick.rglob("*"))
    found_again(opened, page, "depot_other")
    assert page.one.badge.text == "不是原来的交换站"
    click(opened, page.one.go)
    assert "可以拔出" not in done(opened, page)
    assert sorted(at.stick.rglob("*")) == before


def test_sticks_are_looked_at_only_while_the_page_is_shown(opened: Bench, page: SyncPage) -> None:
    assert page.reaching._again.isActive()
    click(opened, page.one.go)
    opened.go("home")
    opened.qtbot.waitUntil(lambda: opened.desk.exchange.running is None, timeout=PATIENCE_MS)
    opened.settle()
    # What ends elsewhere, and what is read once the page was left, begins nothing there.
    page._read(look=True)
    opened.settle()
    assert not page.isVisible()
    assert not page.reaching._again.isActive()
    opened.go("sync")
    assert page.reaching._again.isActive()


# -- adding --------------------------------------------------------------------------------------


def test_a_folder_is_set_up_and_added(
    opened: Bench, at: Exchanging, page: SyncPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "新U盘"
    new.mkdir()
    asked: list[bool] = []

    def named(_desk: object, _parent: object, place: adding.Place) -> str:
        asked.append(bool(place.depot))
        assert place.suggested == "新U盘"
        return "新的"

    monkeypatch.setattr(adding, "chosen_folder", lambda *_: new)
    monkeypatch.setattr(adding, "asked_name", named)
    opened.qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    opened.qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=PATIENCE_MS)
    settled(opened, page)
    assert asked == [False]
    assert (new / "depot.json").exists()
    assert page.one.depot is not None
    assert page.one.depot.name == "新的"
    click(opened, page.one.go)
    assert "可以拔出" in done(opened, page)
    # The same folder again is known already, and only its name changes.
    click(opened, page.add_folder)
    opened.qtbot.waitUntil(lambda: asked == [False, True], timeout=PATIENCE_MS)
    settled(opened, page)
    assert page.model.rowCount() == 2


def test_a_folder_that_is_gone_is_told(
    opened: Bench, page: SyncPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "chosen_folder", lambda *_: tmp_path / "nowhere")
    click(opened, page.add_folder)
    opened.qtbot.waitUntil(page.said.isVisible, timeout=PATIENCE_MS)
    assert "nowhere" in page.said.words.text()
    assert page.model.rowCount() == 1


# -- looking after it ----------------------------------------------------------------------------


def test_damage_is_found_and_mended(
    opened: Bench, at: Exchanging, page: SyncPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(opened, page.one.go)
    done(opened, page)
    click(opened, page.one.whole)
    assert "完好" in done(opened, page) or "无损" in words(page.one.result)
    damaged = next(each for each in sorted((at.stick / "sp").rglob("*/s/*/*")) if each.is_file())
    damaged.write_bytes(b"x" + damaged.read_bytes()[1:])
    click(opened, page.one.whole)
    said = done(opened, page)
    assert "1" in said
    assert "depot repair" not in said
    assert damaged.name in said
    monkeypatch.setattr(mending.Message, "exec", lambda _self: 1)
    click(opened, page.one.mend)
    said = done(opened, page)
    assert opened.desk.exchange.last[at.depot].kind is Kind.REPAIR
    assert STICK in said
    click(opened, page.one.whole)
    done(opened, page)
    checked = opened.desk.exchange.last[at.depot].checked
    assert checked is not None
    assert checked.problems == []


# -- around --------------------------------------------------------------------------------------


def test_the_top_bar_says_what_is_only_here_on_every_page(opened: Bench, page: SyncPage) -> None:
    exchange = opened.desk.exchange
    exchange.count()
    opened.qtbot.waitUntil(lambda: exchange.lacking is not None, timeout=PATIENCE_MS)
    pill = opened.window._topbar.findChild(QPushButton, "only-here")
    assert pill is not None
    # A layout shows what was put into it one turn of the event loop later.
    opened.qtbot.waitUntil(pill.isVisible, timeout=PATIENCE_MS)
    assert str(only_here(opened).operations) in pill.text()
    click(opened, page.one.go)
    done(opened, page)
    opened.qtbot.waitUntil(lambda: exchange.lacking == (0, 0, 0), timeout=PATIENCE_MS)
    opened.go("home")
    pill = opened.window._topbar.findChild(QPushButton, "only-here")
    assert pill.text() == "别处都已存"
    click(opened, pill)
    assert opened.window.place is not None
    assert opened.window.place.page == "sync"


def test_the_page_begins_with_the_keys_where_one_goes_on(opened: Bench, page: SyncPage) -> None:
    assert QApplication.focusWidget() is page.list


def test_a_snapshot_is_offered_to_whoever_has_the_role(
    opened: Bench, page: SyncPage, at: Exchanging
) -> None:
    assert page.one.snap.isVisible()  # the founder's computer has it
    click(opened, page.one.snap)
    assert "新加入的电脑将由此起步" in done(opened, page)
    assert len(list(at.stick.glob("sp/*/n/*"))) == 1
    roles = [each for each in FOUNDER if each is not Role.SNAPSHOTTER]
    opened.ask(lambda s: change_roles(s, at.office.signer, s.store.chain, roles))
    assert not shown(opened, id=at.depot).one.snap.isVisible()


def test_tables_that_differ_lead_to_where_they_are_made_anew(
    opened: Bench, page: SyncPage, at: Exchanging
) -> None:
    click(opened, page.one.go)
    done(opened, page)
    at.colleague_visits()
    click(opened, page.one.go)
    done(opened, page)
    at.colleague_visits()
    with at.elsewhere() as session, session.store.transaction():
        session.store.db.execute("UPDATE person SET name = 'verfälscht'")
    at.colleague_visits()
    click(opened, page.one.go)
    assert f"{COLLEAGUE}与本机的记录相同，但数据表不一致" in done(opened, page)
    offer = page.one.result.offers["rebuild"]
    assert isinstance(offer, QPushButton)
    click(opened, offer)
    opened.settle()
    assert isinstance(opened.window.page, SettingsPage)
