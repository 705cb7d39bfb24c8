"""Strips and grids of thumbnails: an honest model, and loading only of what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.operations.evidence import evidence_of_visit
from ui.theme.tokens import Tone
from ui.widgets.thumbs import THUMB_ROLE, Thumb, ThumbDelegate, ThumbModel, ThumbView

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench

MANY = 10_000
PATIENCE_MS = 20_000


def many(count: int, badge: str = "") -> list[Thumb]:
    return [Thumb(f"e{n}", f"{n:064x}", f"IMG_{n:05}.jpg", badge) for n in range(count)]


def shown(bench: Bench, *, grid: bool) -> ThumbView:
    view = ThumbView(bench.desk.look, bench.desk.pictures, "照片", grid=grid)
    bench.qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    return view


def test_the_model_keeps_the_rules_of_models(bench: Bench) -> None:
    model = ThumbModel(bench.window)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, model
    )
    model.show(many(3))
    model.show(many(3, "已归类"))
    assert model.index_of("e2").data() == "IMG_00002.jpg 已归类"
    model.show(many(2))
    assert not model.index_of("e2").isValid()
    model.show([])
    assert model.rowCount() == 0
    del tester


def test_a_changed_state_keeps_place_and_selection(bench: Bench) -> None:
    view = shown(bench, grid=False)
    view.thumbs.show(many(50))
    view.setCurrentIndex(view.thumbs.index_of("e30"))
    view.thumbs.show(many(50, "已归类"))
    assert view.currentIndex().data(THUMB_ROLE).id == "e30"
    assert view.currentIndex().data(THUMB_ROLE).badge == "已归类"


def test_keys_go_from_one_to_the_next(bench: Bench) -> None:
    view = shown(bench, grid=False)
    view.thumbs.show(many(50))
    view.setCurrentIndex(view.thumbs.index_of("e0"))
    bench.qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data(THUMB_ROLE).id == "e1"


@pytest.mark.parametrize("grid", [False, True])
def test_only_what_is_seen_is_asked_for(opened: Bench, grid: bool) -> None:
    view = shown(opened, grid=grid)
    view.thumbs.show(many(MANY))
    opened.qtbot.waitUntil(lambda: bool(view.asked), timeout=PATIENCE_MS)
    assert len(view.asked) < 60
    view.scrollToBottom()
    view.grab()
    assert f"{0:064x}" not in {want.sha256 for want in view.asked}


@pytest.mark.parametrize("grid", [False, True])
def test_scrolling_ten_thousand_photographs_looks_at_what_is_seen_only(
    opened: Bench, grid: bool
) -> None:
    looked_at: list[int] = []

    class Noting(ThumbDelegate):
        def paint(self, painter: Any, option: Any, index: Any) -> None:
            looked_at.append(index.row())
            super().paint(painter, option, index)

    view = shown(opened, grid=grid)
    view.setItemDelegate(Noting(opened.desk.look, opened.desk.pictures, view))
    view.thumbs.show(many(MANY, "未归类"))
    opened.qtbot.waitUntil(lambda: bool(looked_at))
    bar = view.verticalScrollBar()
    for step in range(1, 60):
        looked_at.clear()
        bar.setValue(bar.maximum() * step // 60)
        view.viewport().repaint()
        assert 0 < len(set(looked_at)) < 60


def test_a_thumbnail_is_painted_once_it_arrived(opened: Bench, office: Office) -> None:
    found = opened.ask(lambda session: evidence_of_visit(session, office.sealed))
    view = shown(opened, grid=False)
    photo = next(each for each in found if each.mime == "image/jpeg")
    view.thumbs.show([Thumb(photo.id, photo.sha256, "<b>=1+1</b>", "未归类", Tone.WARN, "warning")])
    before = view.grab().toImage()
    opened.qtbot.waitUntil(
        lambda: opened.desk.pictures.held > 0 and not view.asked, timeout=PATIENCE_MS
    )
    assert view.grab().toImage() != before
