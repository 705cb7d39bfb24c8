"""Freeing originals in the window, and what the page of photographs says of those that are away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.operations.evidence import evidence_of_visit
from inspector.operations.originals import fetch_again
from tests.scenes.review import _supervise
from tests.support.exchanging import STICK
from tests.support.freeing import each_folder_a_medium, free, proved, two_media, visited
from tests.ui.evidence_steps import bring_photographs
from tests.ui.hands import click
from tests.ui.test_sync_page import PATIENCE_MS, TR, shown
from ui.pages.evidence.page import EvidencePage
from ui.pages.review.photo import Photo
from ui.pages.sync import originals

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.depot_places import Place
    from tests.support.exchanging import Exchanging
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.sync.page import SyncPage


@pytest.fixture
def at(opened: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Exchanging, Place]:
    each_folder_a_medium(monkeypatch)
    return opened.ask(lambda session: two_media(session, tmp_path / "exchange"))


def rows(page: SyncPage) -> list[list[str]]:
    model = page.views.originals.model
    columns = range(model.columnCount())
    return [[model.index(row, n).data() for n in columns] for row in range(model.rowCount())]


def looked(bench: Bench) -> SyncPage:
    page = shown(bench, view="originals")
    bench.qtbot.waitUntil(lambda: bool(page.views.originals.model.plan.visits), timeout=PATIENCE_MS)
    bench.settle()
    return page


def test_nothing_goes_before_it_is_proved_to_be_elsewhere(opened: Bench, at: object) -> None:
    page = looked(opened)
    view = page.views.originals
    assert not view.go.isEnabled()
    assert opened.window.focusWidget() is view.table
    assert {row[3] for row in rows(page)} == {"–"}
    assert any(TR("not proved to be in two other places") in row[4] for row in rows(page))
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_one_button_frees_what_may_go_after_it_was_confirmed(
    opened: Bench, office: Office, at: tuple[Exchanging, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def confirmed(_desk: object, _page: object, _title: str, text: str, _verb: str, **_: bool):
        asked.append(text)
        return len(asked) > 1

    monkeypatch.setattr(originals, "confirmed", confirmed)
    opened.ask(lambda session: proved(session, str(at[0].stick), at[1].place))
    page = looked(opened)
    view = page.views.originals
    count = view.model.plan.free.files
    assert count > 5
    click(opened, view.go)
    assert view.model.plan.free.files == count
    click(opened, view.go)
    opened.qtbot.waitUntil(lambda: not view.said.isHidden(), timeout=PATIENCE_MS)
    assert f"{count}" in asked[0]
    assert f"{count}" in view.said.text()
    opened.qtbot.waitUntil(lambda: view.model.plan.free.files == 0, timeout=PATIENCE_MS)
    gone = opened.ask(
        lambda session: [
            each.sha256
            for each in evidence_of_visit(session, office.sealed)
            if session.blobs.size(each.sha256) is None
        ]
    )
    assert len(set(gone)) == count


def test_the_page_of_photographs_says_where_the_original_is_and_fetches_it(
    opened: Bench, office: Office, at: tuple[Exchanging, Place], tmp_path: Path
) -> None:
    bring_photographs(opened, office, tmp_path / "pictures")  # nobody is covert any more
    stick, share = str(at[0].stick), at[1].place

    def freed(session):
        proved(session, stick, share)
        free(session, office.sealed)

    opened.ask(freed)
    page = opened.go("evidence", office.sealed)
    assert isinstance(page, EvidencePage)
    opened.qtbot.waitUntil(
        lambda: page.is_whole and not page.viewer.away.isHidden(), timeout=PATIENCE_MS
    )
    assert STICK in page.viewer.away.words.text()
    opened.qtbot.waitUntil(lambda: page.viewer.canvas.image is not None, timeout=PATIENCE_MS)
    assert not page.viewer.tools["original"].isEnabled()
    assert not page.viewer.tools["copy"].isEnabled()
    assert page.facts.condition.text == TR("Not on this computer")
    assert not page.facts.check.isEnabled()
    click(opened, page.viewer.away.fetch)
    opened.qtbot.waitUntil(lambda: page.viewer.away.fetch.isHidden(), timeout=PATIENCE_MS)
    item = page.viewer.item
    assert item is not None
    assert opened.ask(lambda session: visited(session, stick)).done.received.blobs == 1
    page.viewer.away._look_again()
    opened.qtbot.waitUntil(page.viewer.away.isHidden, timeout=PATIENCE_MS)
    opened.qtbot.waitUntil(lambda: page.viewer.tools["original"].isEnabled(), timeout=PATIENCE_MS)
    assert opened.ask(lambda session: fetch_again(session, [item.id])) == []


def test_the_page_of_reviewers_marks_pictures_that_stand_in(
    opened: Bench, office: Office, at: tuple[Exchanging, Place], tmp_path: Path
) -> None:
    bring_photographs(opened, office, tmp_path / "pictures")

    def freed(session):
        proved(session, str(at[0].stick), at[1].place)
        _supervise(session, office.sealed)

    def marks() -> set[str]:
        photos = [each for each in page.findChildren(Photo) if each.isVisible()]
        return {each.accessibleDescription() for each in photos}

    opened.ask(freed)
    page = opened.go("review")
    opened.qtbot.waitUntil(lambda: marks() == {""}, timeout=PATIENCE_MS)
    opened.ask(lambda session: free(session, office.sealed))
    page = opened.go("review")
    expected = {TR("Preview, not the original")}
    opened.qtbot.waitUntil(lambda: marks() == expected, timeout=PATIENCE_MS)
    opened.qtbot.waitUntil(lambda: not opened.desk.pictures.waiting, timeout=PATIENCE_MS)
    [first, *_] = [each for each in page.findChildren(Photo) if each.isVisible()]
    drawn = first.grab().toImage()
    middle = {drawn.pixel(x, drawn.height() // 2) for x in range(0, drawn.width(), 3)}
    assert len(middle) > 5  # it is the picture, and no plain ground
