"""The photographs of a visit: looked at, checked, timed; and what else the page has to say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage

from inspector.domain.clocktext import clock
from inspector.domain.entities import AuditEntry, ClockCheck
from inspector.domain.vocabulary import AuditKind, Phase, TimeSource
from inspector.operations.album import album
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.sealing import start_supplement
from inspector.operations.visits import change_phase, reveal
from tests.scenes.evidence import bring
from tests.support.jpegs import write_jpeg
from tests.ui.evidence_steps import current, keys, opened_at, stored, until
from tests.ui.hands import click, press, words
from ui.pages.evidence.clock import ClockDialog
from ui.pages.evidence.page import EvidencePage
from ui.pages.evidence.strip import ALL, TIMELESS
from ui.pages.evidence.timing import TimeDialog

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench


# -- looking ---------------------------------------------------------------------------------------


def test_arrows_go_through_the_strip_and_move_what_is_zoomed(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    canvas = page.viewer.canvas
    until(opened, lambda: canvas.image is not None)
    keys(opened, page, Qt.Key.Key_Right)
    assert current(page).id == ids[1]
    keys(opened, page, Qt.Key.Key_Left)
    assert current(page).id == ids[0]
    until(opened, lambda: canvas.image is not None)
    fitted = canvas.zoom
    keys(opened, page, "z")
    assert (canvas.zoom, canvas.hasFocus()) == (1.0, True)
    before = canvas.grab().toImage()
    press(opened, Qt.Key.Key_Right, at=canvas)
    assert current(page).id == ids[0]
    assert canvas.grab().toImage() != before
    press(opened, "z", at=canvas)
    assert canvas.is_fitted
    assert canvas.zoom == pytest.approx(fitted)
    press(opened, Qt.Key.Key_Right, at=canvas)
    assert current(page).id == ids[1]


def test_a_photograph_of_another_day_has_its_day_in_the_heading(
    opened: Bench, office: Office, tmp_path: Path
) -> None:
    old = write_jpeg(tmp_path / "IMG_1.jpg", taken="2008:05:30 15:56:01")

    def add(session: Session) -> str:
        reveal(session, office.covert, session.now(), to_whom="值班主任", document="督查证")
        change_phase(session, office.covert, Phase.OVERT, session.now())
        unknown = replace(session.now(), start=None, source=TimeSource.PHOTOGRAPH)
        [done] = add_photos(session, office.covert, [old], Taking(unknown))
        return done.evidence

    photo = opened.ask(add)
    page = opened_at(opened, office.covert)
    assert current(page).id == photo
    assert "2008-05-30 15:56" in words(page.heading)


def test_the_view_is_turned_and_the_file_is_not(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    canvas = page.viewer.canvas
    until(opened, lambda: canvas.image is not None)
    keys(opened, page, "r")
    assert canvas.turned == 90
    keys(opened, page, "R", "R")
    assert canvas.turned == 270
    click(opened, page.viewer.tools["turn"])
    assert canvas.turned == 0
    sha256 = current(page).sha256
    assert opened.ask(lambda session: session.blobs.verify(sha256)) == "ok"
    assert len(opened.ask(lambda s: page.album).items) == 6  # type: ignore[union-attr]


def test_a_small_picture_is_not_blown_up_to_fit(opened: Bench, page: EvidencePage) -> None:
    canvas = page.viewer.canvas
    until(opened, lambda: canvas.image is not None)
    canvas.clear()
    small = QImage(120, 80, QImage.Format.Format_RGB32)
    canvas.show_image(small)
    assert (canvas.zoom, canvas.is_fitted) == (1.0, True)
    canvas.zoom_in()
    assert canvas.zoom == 1.25
    canvas.zoom_out()
    assert (canvas.zoom, canvas.is_fitted) == (1.0, True)


@pytest.mark.parametrize("by_key", [True, False])
def test_a_key_and_the_percentage_lead_to_the_own_size(
    opened: Bench, page: EvidencePage, by_key: bool
) -> None:
    canvas = page.viewer.canvas
    until(opened, lambda: canvas.image is not None)
    canvas.zoom_to(2.0)
    assert page.viewer.percent.text() == "200%"
    if by_key:
        keys(opened, page, "0")
    else:
        click(opened, page.viewer.percent)
    assert (canvas.zoom, page.viewer.percent.text()) == (1.0, "100%")


def test_zooming_by_the_wheel_keeps_the_point_below_it(opened: Bench, page: EvidencePage) -> None:
    canvas = page.viewer.canvas
    until(opened, lambda: canvas.image is not None)
    at = QPoint(canvas.width() // 3, canvas.height() // 3)
    before = canvas.grab().toImage().pixelColor(at).lightness()
    for _step in range(3):
        canvas.zoom_to(canvas.zoom * 1.25, at.toPointF())
    assert not canvas.is_fitted
    after = canvas.grab().toImage().pixelColor(at).lightness()
    assert abs(after - before) < 4


def test_looking_at_an_original_is_recorded_first(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    until(opened, lambda: page.viewer.canvas.image is not None)
    keys(opened, page, "o")

    def looked(session: Session) -> list[AuditEntry]:
        return session.store.select(AuditEntry, "sha256 = ?", current(page).sha256)

    assert [each.kind for each in opened.ask(looked)] == [AuditKind.OPEN_ORIGINAL]
    until(opened, lambda: not page.viewer.canvas.is_fitted)
    until(opened, lambda: "查看或取出原件" in words(page.facts))


def test_only_the_neighbours_are_loaded_beside_the_shown(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    until(opened, lambda: page.viewer.canvas.image is not None)
    keys(opened, page, Qt.Key.Key_Right)
    until(opened, lambda: page.viewer.canvas.image is not None)
    assert len(page.viewer.held) <= 3


def test_what_is_no_picture_says_so(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    page.strip.stand_on(ids[5])
    opened.settle()
    assert page.viewer.notice is not None
    assert "不是照片" in words(page.viewer.notice)
    assert not page.viewer.tools["in"].isEnabled()


# -- facts -----------------------------------------------------------------------------------------


def test_facts_and_history_are_shown_and_the_whole_hash_is_copied(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    page.strip.stand_on(ids[2])
    until(opened, lambda: page.facts.shown is not None and page.facts.shown.evidence.id == ids[2])
    said = words(page.facts)
    for expected in ("IMG_0414.jpg", "1200 × 900", "Pura 70", "未对时", "入库", "归到问题"):
        assert expected in said
    click(opened, page.facts.copy)
    assert QGuiApplication.clipboard().text() == current(page).sha256


def test_a_picture_that_came_in_damaged_is_called_so(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    del ids
    until(opened, lambda: page.facts.shown is not None)
    found, board = page.facts.shown, page.board
    assert found is not None
    assert board is not None
    assert "已损坏" not in words(page.facts)
    broken = replace(found, evidence=replace(found.evidence, metadata={"damaged": 1}))
    page.facts.show_details(broken, board.record, board, changeable=False)
    assert "已损坏" in words(page.facts)


def test_a_file_that_differs_is_said_and_noted_once(
    opened: Bench, page: EvidencePage, office: Office, ids: tuple[str, ...]
) -> None:
    click(opened, page.facts.check)
    until(opened, lambda: page.facts.condition.text == "一致")
    sha256 = current(page).sha256
    [blob] = [each for each in (office.root / "media").rglob(f"*{sha256[4:]}*") if each.is_file()]
    blob.chmod(0o600)
    blob.write_bytes(b"something else")
    for _time in range(2):
        click(opened, page.facts.check)
        until(opened, lambda: page.facts.condition.text == "与入库时不一致")
    opened.settle()
    assert page.heading.wrong.isVisible()
    keys(opened, page, Qt.Key.Key_Right)
    assert not page.heading.wrong.isVisible()
    keys(opened, page, Qt.Key.Key_Left)
    assert page.heading.wrong.text == "与入库时不一致"
    noted = opened.ask(
        lambda session: session.store.select(AuditEntry, "kind = ?", AuditKind.FILE_DIFFERS)
    )
    assert [each.sha256 for each in noted] == [sha256]


def test_a_file_without_a_time_is_given_one(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    page.strip.stand_on(ids[4])
    until(opened, lambda: page.facts.shown is not None and page.facts.shown.evidence.id == ids[4])
    click(opened, page.facts.time)
    dialog = page.acting.dialog
    assert isinstance(dialog, TimeDialog)
    near = stored(opened, page, ids[0])
    press(opened, clock(near.at or 0, near.zone), at=dialog.seen.at)
    click(opened, dialog.save)
    assert stored(opened, page, ids[4]).at is not None
    assert current(page).id == ids[4]
    assert page.facts.places.suggested != ()


def test_the_clock_is_measured_by_a_photograph_of_the_card(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    before = stored(opened, page, ids[1]).at
    assert before is not None
    until(opened, lambda: page.facts.shown is not None)
    click(opened, page.facts.clock)
    dialog = page.acting.dialog
    assert isinstance(dialog, ClockDialog)
    first = stored(opened, page, ids[0])
    shown = clock((first.at or 0) + 20_000, first.zone, seconds=True)
    press(opened, shown[:4], at=dialog.field)
    assert not dialog.save.isEnabled()
    press(opened, shown[4:], at=dialog.field)
    assert "慢 20 秒" in dialog.means.text()
    press(opened, Qt.Key.Key_Return, at=dialog.field)
    [check] = opened.ask(lambda s: s.store.select(ClockCheck, "evidence = ?", ids[0]))
    assert check.offset_ms == 20_000
    assert stored(opened, page, ids[1]).at == before + 20_000
    assert stored(opened, page, ids[0]).used_for == ("clock_check",)


@pytest.mark.parametrize("key", ["k", Qt.Key.Key_F11])
def test_the_card_is_one_key_away_and_closes_by_the_same(
    opened: Bench, page: EvidencePage, key: Qt.Key | str
) -> None:
    keys(opened, page, key)
    card = page.acting.card
    assert card is not None
    until(opened, lambda: card.face.has_code)
    press(opened, key, at=card)
    assert page.acting.card is None


# -- states ----------------------------------------------------------------------------------------


def test_while_a_covert_part_goes_on_pictures_are_shown_by_a_press_only(
    opened: Bench, office: Office, tmp_path: Path
) -> None:
    opened.ask(lambda session: bring(session, office.covert, office.hall, tmp_path, overt=False))
    held = opened.desk.pictures.held
    page = opened_at(opened, office.covert)
    page.grab()
    opened.settle()
    assert page.strip.is_covered
    assert (page.viewer.canvas.image, opened.desk.pictures.held) == (None, held)
    assert "政务服务中心" not in words(page)
    click(opened, page.strip.uncover)
    until(opened, lambda: page.viewer.canvas.image is not None)
    assert not page.strip.uncover.isVisible()
    opened.go("home")
    opened_at(opened, office.covert)
    assert page.strip.is_covered


def test_a_sealed_visit_can_only_be_looked_at(opened: Bench, office: Office) -> None:
    page = opened_at(opened, office.sealed)
    assert "已封存，只能看" in words(page)
    item = current(page)
    keys(opened, page, "x", "1", "g", Qt.Key.Key_Return)
    assert page.acting.dialog is None
    assert not page.foot.save.isVisible()
    found = opened.ask(lambda session: album(session, office.sealed))
    assert next(each for each in found.items if each.id == item.id) == item


def test_a_visit_without_photographs_says_how_they_come_in(opened: Bench, office: Office) -> None:
    page = opened_at(opened, office.prepared)
    assert "还没有照片" in words(page)


def test_an_unknown_visit_says_so(opened: Bench) -> None:
    page = opened_at(opened, "no-such-visit")
    assert "打不开" in words(page)


def test_ten_thousand_are_shown_at_once(opened: Bench, office: Office) -> None:
    page = opened_at(opened, office.sealed)
    found = page.album
    assert found is not None
    many = tuple(
        replace(found.items[n % len(found.items)], id=f"e{n}", sha256=f"{n:064x}")
        for n in range(10_000)
    )
    board = page.keeper.board
    assert board is not None
    page.strip.show_album(replace(found, items=many), board, "e9999")
    assert current(page).id == "e9999"
    page.strip.restrict(TIMELESS)
    page.strip.restrict(ALL)

    # One of them placed: it moves down among the others that have a place.
    placed = replace(many[0], name="placed")
    page.strip.show_album(replace(found, items=(*many[1:7000], placed, *many[7000:])), board, "e1")
    assert current(page).id == "e1"
    assert page.strip.items[6999].name == "placed"
    assert page.strip.view.thumbs.rowCount() == 10_000


def test_the_keys_are_listed_in_the_settings() -> None:
    assert {"X", "P", "Z"} <= {each.key for each in EvidencePage.keys if each.single}


def test_a_supplement_shows_what_the_sealed_visit_holds_and_changes_none_of_it(
    opened: Bench, office: Office
) -> None:
    before = opened.ask(lambda session: album(session, office.sealed))
    supplement = opened.ask(lambda session: start_supplement(session, office.sealed, "看错")).id
    page = opened_at(opened, supplement)
    assert [each.id for each in page.strip.items] == [each.id for each in before.items]
    assert all(each.sealed for each in page.strip.items)
    placed = next(each for each in page.strip.items if each.places)
    page.strip.stand_on(placed.id)
    opened.settle()
    opened.qtbot.wait(100)
    opened.settle()
    assert "已封存" in words(page.facts)
    assert "问题 " in words(page.facts) or "窗口" in words(page.facts)
    assert not page.facts.caption.isEnabled()
    assert page.foot.cull.isHidden()
    assert page.facts.places.outs == []
    log = opened.ask(lambda session: session.store.log.count())
    keys(opened, page, "x", "1", Qt.Key.Key_Return, "g")
    assert page.acting.dialog is None
    assert opened.ask(lambda session: session.store.log.count()) == log
    assert page.bring.isEnabled()
