"""The page of a visit where there is little room: nothing of a card is cut off at its side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QScrollArea

from inspector.base.settings import Settings
from tests.ui.conftest import bench_of
from ui.pages.visit.items import ItemPainter
from ui.pages.visit.page import VisitPage
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import Aside, Card, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.support.fixed import FixedClock
    from tests.support.office import Office
    from tests.ui.conftest import Bench


@pytest.fixture
def large(qtbot: QtBot, qapp: QApplication, clock: FixedClock, office: Office) -> Iterator[Bench]:
    """The windows in English at 130 % and 1280 × 720."""
    clock.advance(minutes=50 * 60)
    for bench in bench_of(qtbot, qapp, Settings(lang="en", theme="dark", scale=130), clock):
        bench.open(office.root)
        yield bench


def test_the_columns_are_as_wide_as_what_they_hold(large: Bench, office: Office) -> None:
    page = large.go("visit", office.covert)
    assert isinstance(page, VisitPage)
    assert large.window.minimumSizeHint().width() <= 1280
    # As where letters are wider: a card asks for more than its share.
    page.finding.setMinimumWidth(380)
    large.qtbot.waitUntil(lambda: page.finding.width() >= 380)
    large.settle()
    for area in page.findChildren(QScrollArea):
        inside = area.widget()
        assert inside.width() <= area.viewport().width()


def test_a_page_that_is_not_shown_takes_no_room(large: Bench, office: Office) -> None:
    for page in ("visit", "evidence", "dossiers", "halls", "home"):
        large.go(page, office.covert if page in ("visit", "evidence") else "")
        assert large.window.minimumSizeHint().width() <= 1280, page
    assert large.window.width() == 1280


def test_to_come_back_to_a_page_without_the_rail_widens_nothing(
    large: Bench, office: Office
) -> None:
    large.window.resize(1280, 680)
    large.go("visit", office.covert)
    # Beside the rail the page of a visit would have less room than it needs.
    assert large.window.minimumSizeHint().width() > 1280 - tokens.RAIL_WIDTH
    for page, visit in (("home", ""), ("visit", office.covert), ("visits", "")) * 2:
        large.go(page, visit)
        assert large.window.size().toTuple() == (1280, 680), page


def test_a_list_and_what_is_said_below_it_fit_on_the_screen(large: Bench) -> None:
    large.go("visits")
    large.desk.say("Saved.", undo=True)
    large.settle()
    assert large.window.minimumSizeHint().height() <= 680


def test_many_sheets_of_windows_widen_nothing(bench: Bench) -> None:
    look = bench.desk.look
    chips = [button(look, f"1 层 {number} · 20", kind="chip") for number in range(40)]
    aside = Aside(row(*chips))
    card = Card("窗口")
    card.body.addLayout(row(aside, None))
    bench.qtbot.addWidget(card)
    card.resize(600, 200)
    with bench.qtbot.waitExposed(card):
        card.show()
    assert card.minimumSizeHint().width() < 200
    assert chips[0].isVisible()
    assert chips[0].visibleRegion().boundingRect().height() == chips[0].height()
    assert chips[-1].visibleRegion().isEmpty()
    aside.ensureWidgetVisible(chips[-1])
    assert not chips[-1].visibleRegion().isEmpty()


def test_most_items_of_the_checklist_are_read_in_full(large: Bench, office: Office) -> None:
    page = large.go("visit", office.covert)
    assert isinstance(page, VisitPage)
    view, model = page.checklist.list, page.checklist.model
    # Two lines stand in the height of one item.
    letters = QFontMetrics(large.desk.look.font(Type.BODY))
    assert view.sizeHintForRow(0) >= 2 * letters.height()
    large.desk.settings = replace(large.desk.settings, scale=100)
    small = QFontMetrics(large.desk.look.font(Type.CAPTION))
    painter = ItemPainter(large.desk, view)
    texts = [model.index(row).data() for row in range(model.rowCount())]
    full = 0
    for text in texts:
        first, second = painter._lines(text, 250, small.horizontalAdvance("does not conform"))
        if "…" not in second:
            assert "".join((first + second).split()) == "".join(text.split())
            full += 1
    assert full > len(texts) * 3 // 4
