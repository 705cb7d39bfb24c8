"""Quick search: what is typed is found, Enter leads there, nothing typed is an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.domain.entities import Hall
from inspector.operations.recording import get
from inspector.operations.searching import Hit, search, search_in_sight
from ui.desk import Place
from ui.frame.palette import Palette
from ui.models.hits import HitModel, place_of

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench


@pytest.fixture
def palette(opened: Bench) -> Palette:
    opened.go("home")
    opened.qtbot.keyClick(opened.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    [found] = opened.window.findChildren(Palette)
    return found


def typed(bench: Bench, palette: Palette, text: str) -> None:
    palette.field.setText(text)
    palette.search_now()
    bench.settle()


def test_two_characters_lead_to_the_visit_they_stand_in(
    opened: Bench, office: Office, palette: Palette
) -> None:
    went = []
    opened.desk.went.disconnect()
    opened.desk.went.connect(went.append)
    palette.field.insert("空岗")  # as an input method does
    opened.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: bool(went))
    [place] = went
    assert (place.page, place.id in (office.sealed, office.covert)) == ("visit", True)
    opened.qtbot.waitUntil(lambda: not opened.window.findChildren(Palette))


def test_arrows_move_while_one_types(opened: Bench, palette: Palette) -> None:
    typed(opened, palette, "空岗")
    assert palette.model.rowCount() > 1
    opened.qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    opened.qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 0


def test_places_are_named_by_code_while_a_covert_part_goes_on(
    opened: Bench, office: Office, palette: Palette
) -> None:
    hall = opened.ask(lambda session: get(session, Hall, office.hall))
    typed(opened, palette, hall.name)
    rows = [palette.model.index(row) for row in range(palette.model.rowCount())]
    places = [row.data() for row in rows if row.data(HitModel.KIND) == "hall"]
    assert hall.code in places
    assert not any(hall.name in place for place in places)
    assert "unit" not in [row.data(HitModel.KIND) for row in rows]


@pytest.mark.parametrize("text", ["=1+1", "𠮷", "无此词语甲乙", "★ 𠮷"])
def test_words_that_stand_nowhere_find_nothing(opened: Bench, palette: Palette, text: str) -> None:
    typed(opened, palette, text)
    assert palette.model.rowCount() == 0
    assert palette.said.text() == "0 条"


@pytest.mark.parametrize("text", ['"', "<>", "(*)", "😀", "★ —"])
def test_what_is_no_word_is_said_not_to_be_searched(
    opened: Bench, palette: Palette, text: str
) -> None:
    typed(opened, palette, text)
    assert palette.model.rowCount() == 0
    assert palette.said.text() == "只能搜索文字和数字。"


def test_the_list_keeps_the_rules_of_models(qtbot: object) -> None:
    model = HitModel("zh")
    tester = QAbstractItemModelTester(model)
    model.show([Hit("finding", "f", "v", "一\n二"), Hit("hall", "h", "", "大厅")])
    assert model.data(model.index(0)) == "一 二"
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "场所: 大厅"
    model.show(())
    assert tester.model() is model


def test_each_hit_leads_to_the_page_that_shows_it() -> None:
    assert place_of(Hit("visit", "v", "", "")).id == "v"
    assert place_of(Hit("finding", "f", "v", "")).more == {"finding": "f"}
    assert place_of(Hit("answer", "a", "v", "")).page == "visit"
    assert place_of(Hit("evidence", "e", "v", "")) == Place("evidence", "v", {"evidence": "e"})
    assert place_of(Hit("hall", "h", "", "")).page == "halls"


def test_no_hit_names_the_place_while_a_covert_part_goes_on(opened: Bench, office: Office) -> None:
    hall = opened.ask(lambda session: get(session, Hall, office.hall))
    asked = hall.name[:2]
    plain = opened.ask(lambda session: search(session, asked, lang="zh"))
    shown = opened.ask(lambda session: search_in_sight(session, asked, lang="zh"))
    named = {hit.kind for hit in plain.hits if hall.name in hit.text}
    assert {"hall", "visit"} <= named
    of_places = [hit for hit in shown.hits if hit.kind in ("hall", "visit", "unit")]
    assert [hit.text for hit in of_places if hall.name in hit.text] == []
    assert {hit.kind for hit in shown.hits if hall.code in hit.text} >= {"hall", "visit"}
