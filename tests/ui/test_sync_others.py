"""What others bring: put aside, in conflict; servers; and what is shown outside of the page."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton

from inspector.base.paths import Workspace
from inspector.domain.entities import Hall
from inspector.operations import standing
from inspector.operations.depot_places import Reached
from inspector.operations.exchange_desk import waiting_for
from inspector.operations.people import add_person
from inspector.operations.recording import amend, get
from inspector.operations.syncing import note_depot
from inspector.operations.teams import state_expected
from inspector.storage import depot_keys
from inspector.sync import standing as counting
from tests.scenes.conflicts import differ
from tests.support import servers
from tests.support.exchanging import COLLEAGUE, STICK, Exchanging, aside, begin, visit
from tests.ui.hands import click, words
from tests.ui.test_codes_only import words as told
from tests.ui.test_sync_page import PATIENCE_MS, TR, done, settled, shown
from ui.models.depots import DepotLine
from ui.models.visits import WHERE
from ui.pages.home_storage import StorageCard
from ui.pages.sync import adding
from ui.pages.sync import aside as putting
from ui.pages.sync.server import ServerDialog
from ui.pages.visits import VisitsPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.sync.page import SyncPage


@pytest.fixture
def at(opened: Bench, tmp_path: Path) -> Exchanging:
    return opened.ask(lambda session: begin(session, tmp_path / "exchange"))


# -- put aside -----------------------------------------------------------------------------------


@pytest.fixture
def judging(opened: Bench, at: Exchanging, monkeypatch: pytest.MonkeyPatch) -> SyncPage:
    """Entries of a computer whose membership ended, and something damaged; the person agrees."""
    opened.ask(lambda session: aside(session, at))
    monkeypatch.setattr(putting, "confirmed", lambda *_, **__: True)
    return shown(opened, view="aside")


def rows(page: SyncPage) -> list[list[str]]:
    model = page.views.aside.model
    columns = range(model.columnCount())
    return [[model.index(row, n).data() for n in columns] for row in range(model.rowCount())]


def test_it_is_listed_with_from_whom_why_and_when(opened: Bench, judging: SyncPage) -> None:
    found = rows(judging)
    assert {(row[2], row[3], row[5]) for row in found} == {(COLLEAGUE, STICK, "待判断")}
    assert found[0][4] == TR("{count} entries made after their computer was revoked", count=1)
    assert found[-1][4] == TR("damaged on the medium")
    assert all(row[1].startswith("2026-03-") for row in found)
    assert judging.chips["aside"].text().endswith(f" {len(found)}")
    assert opened.window.focusWidget() is judging.views.aside.table
    judging.views.aside.table.selectRow(0)
    opened.settle()
    assert "后来的人" in judging.views.aside.contents.text()
    assert judging.views.aside._says.isVisible()
    judging.views.aside.table.selectRow(len(found) - 1)
    opened.settle()
    assert judging.views.aside._says.isHidden()
    QAbstractItemModelTester(
        judging.views.aside.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )


def test_entries_of_an_ended_membership_are_let_count(opened: Bench, judging: SyncPage) -> None:
    before = rows(judging)
    judging.views.aside.table.selectRow(0)
    assert judging.views.aside.accept.isEnabled()
    click(opened, judging.views.aside.accept)
    settled(opened, judging)
    assert rows(judging) == before[1:]
    assert "后来的人" in opened.ask(
        lambda session: [row[0] for row in session.store.db.execute("SELECT name FROM person")]
    )
    judging.views.aside.every.click()
    opened.settle()
    assert [row[5] for row in rows(judging)] == ["已采用"] + ["待判断"] * (len(before) - 1)


def test_what_is_damaged_can_only_be_left_out(opened: Bench, judging: SyncPage) -> None:
    before = opened.ask(standing.quarantine)
    judging.views.aside.table.selectRow(len(before) - 1)
    assert not judging.views.aside.accept.isEnabled()
    assert "自动修复" in judging.views.aside.why.text()
    click(opened, judging.views.aside.dismiss)
    settled(opened, judging)
    assert opened.ask(standing.quarantine) == before[:-1]
    assert judging.chips["aside"].text().endswith(f" {len(before) - 1}")


# -- conflicts, teams ------------------------------------------------------------------------------


def test_a_visit_leads_to_what_is_in_conflict(
    opened: Bench, at: Exchanging, office: Office
) -> None:
    opened.ask(lambda session: differ(session, office.covert, office.hall, office.other))
    page = shown(opened, id=at.depot)
    click(opened, page.one.go)
    done(opened, page)
    offered = page.one.result.offers["conflicts"]
    assert "2" in offered.text()  # type: ignore[attr-defined]
    click(opened, offered)
    assert opened.window.place is not None
    assert opened.window.place.page == "conflicts"


def test_of_silent_teams_nothing_is_known(opened: Bench, at: Exchanging) -> None:
    opened.ask(lambda session: state_expected(session, "周明", 6))
    page = shown(opened, view="teams")
    model = page.views.teams.model
    opened.qtbot.waitUntil(lambda: model.rowCount() > 1, timeout=PATIENCE_MS)
    cells = [[model.index(row, n).data() for n in range(7)] for row in range(model.rowCount())]
    assert ["周明", "–", "6", "–", "–", "–", "–"] in cells


# -- servers ---------------------------------------------------------------------------------------


@pytest.fixture
def dav(tmp_path: Path) -> Iterator[servers.Serving]:
    (tmp_path / "dav" / "mingcha").mkdir(parents=True)
    with servers.webdav(tmp_path / "dav") as serving, servers.reachable():
        yield serving


def test_a_server_is_tried_kept_set_up_and_visited(
    opened: Bench, at: Exchanging, dav: servers.Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "asked_name", lambda *_: "市里的服务器")
    page = shown(opened)
    click(opened, page.add_server)
    [form] = page.findChildren(ServerDialog)
    address = f"http://127.0.0.1:{dav.port}/mingcha"
    form.place.setText(address)
    form.user.setText(servers.USER)
    form.password.setText("not the password")
    click(opened, form.try_it)
    opened.qtbot.waitUntil(form.try_it.isEnabled, timeout=PATIENCE_MS)
    assert "口令" in form.said.text()
    root = opened.desk.root
    assert root is not None
    kept = f"webdav+{address}"
    assert not depot_keys.kept(Workspace(root), kept)
    form.password.setText(servers.PASSWORD)
    click(opened, form.try_it)
    opened.qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=PATIENCE_MS)
    assert depot_keys.kept(Workspace(root), kept)["user"] == servers.USER
    settled(opened, page)
    assert page.one.depot is not None
    assert (page.one.depot.name, page.one.depot.kind) == ("市里的服务器", "webdav")
    click(opened, page.one.go)
    said = done(opened, page)
    assert "校验无误" in said
    # Nobody pulls out a server.
    assert "拔出" not in said
    assert (dav.folder / "mingcha" / "depot.json").exists()


def test_an_address_with_a_password_in_it_is_refused_in_the_form(
    opened: Bench, at: Exchanging
) -> None:
    page = shown(opened)
    click(opened, page.add_server)
    [form] = page.findChildren(ServerDialog)
    form.place.setText("https://li:geheim@dav.example/mingcha")
    click(opened, form.try_it)
    assert "口令" in form.said.text()
    assert form.try_it.isEnabled()
    form.reject()


# -- while somebody is covert ----------------------------------------------------------------------


def test_no_name_of_a_place_is_shown_while_somebody_is_covert(
    opened: Bench, at: Exchanging, office: Office
) -> None:
    hall = opened.ask(lambda session: get(session, Hall, office.hall))

    def work(session: Session) -> None:
        visit(session, at, files=False)
        note_depot(session, at.depot, f"{hall.name}的U盘", str(at.stick))
        amend(session, Hall, office.hall, {"address": "人民路 1 号"})

    opened.ask(work)
    page = shown(opened, id=at.depot)
    opened.qtbot.waitUntil(lambda: page.views.visits.model.index(0, 5).data() is not None)
    click(opened, page.one.go)
    done(opened, page)
    assert [each for each in told(page) if "的U盘" in each]
    assert not [each for each in told(page) if hall.name in each]
    listed = opened.go("visits")
    assert isinstance(listed, VisitsPage)
    model = listed.model
    opened.qtbot.waitUntil(lambda: model.index(0, WHERE).data() is not None, timeout=PATIENCE_MS)
    assert not [each for each in told(listed) if hall.name in each]
    opened.desk.exchange.count()
    opened.qtbot.waitUntil(lambda: opened.desk.exchange.stand is not None, timeout=PATIENCE_MS)
    home = opened.go("home")
    assert not [each for each in told(home) if hall.name in each or "U盘" in each]


# -- outside of the page ---------------------------------------------------------------------------


def test_the_list_of_visits_says_where_each_is(opened: Bench, at: Exchanging) -> None:
    opened.ask(lambda session: visit(session, at))
    listed = opened.go("visits")
    assert isinstance(listed, VisitsPage)
    assert not listed.table.isColumnHidden(WHERE)
    model = listed.model
    opened.qtbot.waitUntil(lambda: model.index(0, WHERE).data() is not None, timeout=PATIENCE_MS)
    assert STICK in model.index(0, WHERE).data()


def test_who_works_alone_sees_neither_column_nor_count(opened: Bench) -> None:
    listed = opened.go("visits")
    assert isinstance(listed, VisitsPage)
    assert listed.table.isColumnHidden(WHERE)
    home = opened.go("home")
    [card] = home.findChildren(StorageCard)
    assert card.sync.isHidden()
    assert "同步" not in words(card)
    assert opened.window._topbar.findChild(QPushButton, "only-here") is None


def test_home_says_what_is_only_here_and_leads_to_the_page(opened: Bench, at: Exchanging) -> None:
    home = opened.go("home")
    exchange = opened.desk.exchange
    opened.qtbot.waitUntil(lambda: exchange.stand is not None, timeout=PATIENCE_MS)
    opened.settle()
    card = home.findChildren(StorageCard)[-1]
    count = opened.ask(standing.waiting).operations
    assert str(count) in words(card)
    card.sync.setFocus()
    exchange.counted.emit()
    opened.settle()
    assert card.sync.hasFocus()
    click(opened, card.sync)
    assert opened.window.place is not None
    assert opened.window.place.page == "sync"


def counted(bench: Bench) -> standing.Lacking:
    """Wait until what is only here was counted anew; return it."""
    told: list[None] = []
    exchange = bench.desk.exchange
    exchange.counted.connect(lambda: told.append(None))
    exchange.count()
    bench.qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert exchange.lacking is not None
    return exchange.lacking


def test_the_pill_keeps_the_keys_when_it_says_something_else(opened: Bench, at: Exchanging) -> None:
    opened.go("home")
    counted(opened)
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    topbar = opened.window._topbar
    opened.qtbot.waitUntil(lambda: bool(topbar.findChildren(QPushButton, "only-here")))
    pill = topbar.findChild(QPushButton, "only-here")
    pill.setFocus()
    before = pill.accessibleName()
    opened.ask(lambda session: add_person(session, "新来的"))
    counted(opened)
    opened.settle()
    assert pill.accessibleName() != before
    assert pill.hasFocus()
    assert topbar.findChildren(QPushButton, "only-here") == [pill]


def test_counting_leaves_others_room_and_is_not_done_twice(
    opened: Bench, at: Exchanging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_AT_ONCE", 1)
    first = counted(opened)
    assert first.blobs > 10
    assert opened.ask(lambda session: len(list(standing.waiting_steps(session)))) > first.blobs
    assert opened.ask(lambda session: len(list(waiting_for(session)))) > first.blobs
    # Nobody looks whether files are there as long as nothing was recorded.
    blobs = opened.ask(lambda session: session.store.workspace.media)
    blobs.rename(blobs.with_name("away"))
    try:
        assert counted(opened) == first
        opened.ask(lambda session: add_person(session, "新来的"))
        assert counted(opened) == (first.operations + 1, 0, 0)
    finally:
        blobs.with_name("away").rename(blobs)


def test_what_waits_is_counted_once_at_a_time(opened: Bench, at: Exchanging) -> None:
    page = shown(opened, id=at.depot)
    done_already = page._counting
    page._read()
    opened.settle()
    assert page._counting is done_already
    opened.ask(lambda session: add_person(session, "新来的"))
    settled(opened, page)
    assert page._counting is not done_already
    assert done_already is not None
    assert done_already.stopped.is_set()


# -- states ----------------------------------------------------------------------------------------


def test_a_full_medium_is_named_before_anything_is_begun(opened: Bench, at: Exchanging) -> None:
    page = shown(opened, id=at.depot)
    [line] = page.model.lines
    full = DepotLine(line.depot, Reached(room=0), line.waiting)
    page.one.show_line(full, 0)
    assert page.one.badge.text == "没有空间了"
    assert line.reached is not None
    assert line.reached.room


@pytest.mark.skipif(os.geteuid() == 0, reason="who may do anything is refused nothing")
def test_a_medium_that_may_not_be_written_is_told(opened: Bench, at: Exchanging) -> None:
    at.stick.chmod(0o555)
    try:
        page = shown(opened, id=at.depot)
        click(opened, page.one.go)
        said = done(opened, page)
    finally:
        at.stick.chmod(0o755)
    assert "写保护" in said
    assert opened.ask(standing.waiting).operations


def test_everything_can_be_reached_by_tab(opened: Bench, at: Exchanging) -> None:
    page = shown(opened, id=at.depot)
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    page.list.setFocus()
    met = []
    for _ in range(30):
        page.focusNextChild()
        met.append(QApplication.focusWidget())
    one = page.one
    for each in (one.go, one.entries, one.part, one.whole, one.mend, page.add_folder):
        assert each in met
