"""The photographs of a visit: where links land, placed and culled by key and by mouse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragLeaveEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from inspector.domain.entities import Evidence, Placement
from inspector.domain.vocabulary import TargetKind
from inspector.operations.album import State
from inspector.operations.recording import get
from tests.support.jpegs import write_jpeg
from tests.ui.evidence_steps import current, keys, opened_at, stored, until
from tests.ui.hands import carry, click, files_of, let_go, press, words
from ui.frame.cover import Cover
from ui.pages.evidence.bring import BringDialog
from ui.pages.evidence.page import EvidencePage
from ui.pages.evidence.place import PlaceDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office
    from tests.ui.conftest import Bench


# -- coming here -----------------------------------------------------------------------------------


def test_unplaced_ones_come_first_and_the_first_is_stood_on(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    assert [each.id for each in page.strip.items] == [
        *(ids[0], ids[1], ids[4], ids[5]),
        *(ids[2], ids[3]),
    ]
    assert current(page).id == ids[0]
    until(opened, lambda: page.viewer.canvas.image is not None)
    assert page.strip.view.hasFocus()


def test_links_land_on_the_right_photograph(
    opened: Bench, office: Office, ids: tuple[str, ...]
) -> None:
    page = opened_at(opened, office.covert, photo=ids[2])
    assert current(page).id == ids[2]
    opened_at(opened, office.covert, evidence=ids[1])
    assert current(page).id == ids[1]
    opened_at(opened, office.covert, gap="evidence_without_time", of=ids[4])
    assert {each.id for each in page.strip.items} == {ids[4], ids[5]}
    opened_at(opened, office.covert, gap="evidence_unplaced", of=ids[1])
    assert (current(page).id, len(page.strip.items)) == (ids[1], 4)
    found = opened.ask(lambda session: session.store.select(Placement, "evidence = ?", ids[2]))[0]
    opened_at(opened, office.covert, finding=found.target)
    assert [each.id for each in page.strip.items] == [ids[2]]
    opened_at(opened, office.covert, photo=ids[0])  # what the filter hides is shown all the same
    assert current(page).id == ids[0]


def test_without_a_visit_the_one_that_goes_on_is_shown(opened: Bench, office: Office) -> None:
    page = opened_at(opened, "")
    assert page.keeper.board is not None
    assert page.keeper.board.visit == office.covert
    page.show_choice()
    opened.settle()
    assert "看哪次走访的照片" in words(page.choose)


def test_home_leads_to_the_photographs_without_a_place(
    opened: Bench, office: Office, ids: tuple[str, ...]
) -> None:
    del ids
    home = opened.go("home")
    [go] = [each for each in home.findChildren(QPushButton) if "未归类" in each.text()]
    click(opened, go)
    assert isinstance(opened.window.page, EvidencePage)
    assert opened.window.page.keeper.board.visit == office.covert  # type: ignore[union-attr]


# -- placing ---------------------------------------------------------------------------------------


def test_enter_confirms_the_first_suggestion_and_goes_on(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    first = page.facts.places.suggested[0].target
    keys(opened, page, Qt.Key.Key_Return)
    item = stored(opened, page, ids[0])
    assert (item.state, [each.target for each in item.places]) == (State.PLACED, [first.id])
    assert current(page).id == ids[1]
    assert page.strip.view.hasFocus()


def test_it_says_when_no_photograph_waits_for_a_place_any_more(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    while page.strip.next_unplaced() or current(page).state is State.UNPLACED:
        assert page.foot.save.text() != "都已归类"
        keys(opened, page, "x")
    assert page.foot.save.text() == "都已归类"
    assert not page.foot.save.isEnabled()


def test_a_digit_confirms_that_suggestion(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    second = page.facts.places.suggested[1].target
    keys(opened, page, "2")
    assert [each.target for each in stored(opened, page, ids[0]).places] == [second.id]
    assert current(page).id == ids[1]


def test_a_press_on_a_suggestion_confirms_it(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    target = page.facts.places.suggested[1].target
    click(opened, page.facts.places.offers[1])
    assert [each.target for each in stored(opened, page, ids[0]).places] == [target.id]


def test_enter_at_what_has_no_suggestion_places_nothing(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    page.strip.stand_on(ids[4])  # it states no time
    assert page.facts.places.suggested == ()
    keys(opened, page, Qt.Key.Key_Return)
    assert stored(opened, page, ids[4]).state is State.UNPLACED
    assert current(page).id == ids[5]


def test_a_window_is_chosen_from_the_list_by_typing(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    keys(opened, page, "g")
    dialog = page.acting.dialog
    assert isinstance(dialog, PlaceDialog)
    press(opened, "07", at=dialog.field)
    press(opened, Qt.Key.Key_Return, at=dialog.field)
    [place] = stored(opened, page, ids[0]).places
    assert place.kind is TargetKind.WINDOW
    assert page.acting.dialog is None
    assert current(page).id == ids[1]


def test_a_number_that_is_typed_is_of_the_window_before_the_words_of_a_finding(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    keys(opened, page, "g")
    dialog = page.acting.dialog
    assert isinstance(dialog, PlaceDialog)
    press(opened, "05", at=dialog.field)
    assert "问题" in dialog.model.index(0, 0).data()  # its words hold the digits too
    press(opened, Qt.Key.Key_Return, at=dialog.field)
    [place] = stored(opened, page, ids[0]).places
    assert place.kind is TargetKind.WINDOW


def test_one_is_taken_out_and_taking_back_puts_it_in_again(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    page.strip.stand_on(ids[2])
    until(opened, lambda: page.viewer.canvas.image is not None)
    page.viewer.canvas.zoom_to(1.0)
    [out] = page.facts.places.outs
    click(opened, out)
    assert stored(opened, page, ids[2]).state is State.UNPLACED
    assert page.viewer.canvas.zoom == 1.0  # what is looked at stays as it is looked at
    opened.qtbot.keyClick(opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert stored(opened, page, ids[2]).state is State.PLACED
    assert current(page).id == ids[2]


def test_one_photograph_may_belong_to_several(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    page.strip.stand_on(ids[2])
    keys(opened, page, "1")
    assert len(stored(opened, page, ids[2]).places) == 2


# -- culling ---------------------------------------------------------------------------------------


def test_x_sets_aside_and_p_takes_back(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    keys(opened, page, "x")
    assert stored(opened, page, ids[0]).state is State.SET_ASIDE
    assert current(page).id == ids[1]
    page.strip.stand_on(ids[0])
    keys(opened, page, "x")  # a second time means nothing
    assert stored(opened, page, ids[0]).state is State.SET_ASIDE
    keys(opened, page, "p")
    assert stored(opened, page, ids[0]).state is State.UNPLACED
    assert current(page).id == ids[0]


def test_the_button_sets_aside_and_takes_back(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    click(opened, page.foot.cull)
    assert stored(opened, page, ids[0]).state is State.SET_ASIDE
    page.strip.stand_on(ids[0])
    click(opened, page.foot.cull)
    assert stored(opened, page, ids[0]).state is State.UNPLACED


def test_single_keys_can_be_switched_off(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    opened.desk.settings = replace(opened.desk.settings, single_keys=False)
    keys(opened, page, "x", "2", "p")
    assert stored(opened, page, ids[0]).state is State.UNPLACED
    keys(opened, page, Qt.Key.Key_Return)  # no single letter: it stays
    assert stored(opened, page, ids[0]).state is State.PLACED


def test_letters_are_text_where_text_is_typed(
    opened: Bench, page: EvidencePage, ids: tuple[str, ...]
) -> None:
    until(opened, lambda: page.facts.shown is not None)
    press(opened, "x1z", at=page.facts.caption)
    press(opened, Qt.Key.Key_Return, at=page.facts.caption)
    assert opened.ask(lambda session: get(session, Evidence, ids[0])).caption == "x1z"
    assert stored(opened, page, ids[0]).state is State.UNPLACED


# -- bringing in -----------------------------------------------------------------------------------


def bringing(bench: Bench) -> BringDialog | None:
    shown = [each for each in bench.window.findChildren(BringDialog) if each.isVisible()]
    return shown[0] if shown else None


def offered(bench: Bench, dialog: BringDialog) -> list[str]:
    until(bench, lambda: dialog.model.rowCount() > 0)
    return [each.name for each in dialog.model.paths.values()]


def dropped(page: EvidencePage, data: QMimeData) -> bool:
    """Drop something on the page as a file manager does; say whether it is taken."""
    taken = carry(page, data).isAccepted()
    if taken:
        let_go(page, data)
    return taken


def test_the_button_opens_the_window_that_offers(opened: Bench, page: EvidencePage) -> None:
    click(opened, page.bring)
    dialog = bringing(opened)
    assert dialog is not None
    assert page.keeper.board is not None
    assert dialog.visit == page.keeper.board.visit
    dialog.close()


def test_files_dropped_on_the_page_are_offered(
    opened: Bench, page: EvidencePage, tmp_path: Path
) -> None:
    file = write_jpeg(tmp_path / "DCIM" / "IMG_9001.jpg", tint=7)
    assert not dropped(page, QMimeData())
    assert dropped(page, files_of(file))
    dialog = bringing(opened)
    assert dialog is not None
    assert offered(opened, dialog) == ["IMG_9001.jpg"]
    dialog.close()


def test_the_page_is_marked_while_files_are_carried_over_it(
    opened: Bench, page: EvidencePage, office: Office, tmp_path: Path
) -> None:
    target, file = page.bringing.dropping.target, tmp_path / "IMG_9003.jpg"
    assert not carry(page, QMimeData()).isAccepted()
    assert not target.isVisible()
    carry(page, files_of(file))
    assert target.isVisible()
    assert target.geometry() == page.rect()
    assert "暂不入库" in target.words
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not target.isVisible()
    # Hidden and shown again, nothing is carried over it any more.
    carry(page, files_of(file))
    cover = Cover(opened.desk, opened.window)
    cover.hide_view()
    cover.ask_back()
    assert not target.isVisible()
    sealed = opened_at(opened, office.sealed)
    carry(sealed, files_of(file))
    assert not sealed.bringing.dropping.target.isVisible()


def test_files_and_pictures_are_pasted(opened: Bench, page: EvidencePage, tmp_path: Path) -> None:
    file = write_jpeg(tmp_path / "DCIM" / "IMG_9002.jpg", tint=8)
    QGuiApplication.clipboard().setMimeData(files_of(file))
    opened.qtbot.keyClick(page.strip.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = bringing(opened)
    assert dialog is not None
    assert offered(opened, dialog) == ["IMG_9002.jpg"]
    dialog.close()
    QGuiApplication.clipboard().setText("no picture")
    page.bringing.paste()
    assert bringing(opened) is None


def test_nothing_is_brought_into_a_sealed_visit(
    opened: Bench, office: Office, tmp_path: Path
) -> None:
    page = opened_at(opened, office.sealed)
    assert not page.bring.isEnabled()
    assert not dropped(page, files_of(write_jpeg(tmp_path / "IMG_1.jpg")))


def test_a_visit_without_photographs_offers_to_bring_them_in(opened: Bench, office: Office) -> None:
    page = opened_at(opened, office.prepared)
    [go] = [
        each
        for each in page.findChildren(QPushButton)
        if each.isVisible() and each is not page.bring and each.text() == page.bring.text()
    ]
    click(opened, go)
    dialog = bringing(opened)
    assert dialog is not None
    dialog.close()
