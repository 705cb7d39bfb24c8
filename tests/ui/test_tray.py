"""The tray of a visit: photographs are seen only once nobody is inside unrecognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from inspector.operations.evidence import Taking, add_photos
from inspector.operations.visits import begin_overt, reveal
from tests.support.jpegs import write_jpeg
from tests.ui.hands import words

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.domain.entities import Evidence
    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    return [write_jpeg(tmp_path / f"IMG_{n}.jpg", tint=60 * n) for n in range(4)]


def add(bench: Bench, office: Office, photos: list[Path]) -> None:
    def work(session: Session) -> None:
        list(add_photos(session, office.covert, photos, Taking(session.now())))

    bench.ask(work)
    bench.settle()


def test_names_only_while_somebody_is_covert(
    opened: Bench, page: VisitPage, office: Office, photos: list[Path]
) -> None:
    add(opened, office, photos)
    opened.ask(
        lambda session: reveal(
            session, office.covert, session.now(), to_whom="Wang", document="card"
        )
    )
    opened.settle()
    assert page.tray.strip.isHidden()
    assert page.tray.strip.thumbs.rowCount() == 0
    assert "IMG_3.jpg" in words(page.tray)
    assert opened.desk.pictures.held == 0


def test_thumbnails_once_the_team_is_overt(
    opened: Bench, page: VisitPage, office: Office, photos: list[Path]
) -> None:
    add(opened, office, photos)
    both = [office.me, office.other]
    opened.ask(
        lambda session: begin_overt(
            session, office.covert, session.now(), dict.fromkeys(both, "card"), to_whom="Wang"
        )
    )
    opened.settle()
    strip = page.tray.strip
    assert strip.isVisible()
    assert [each.name for each in strip.thumbs.thumbs] == [f"IMG_{n}.jpg" for n in (3, 2, 1, 0)]
    assert "IMG_3.jpg" not in words(page.tray)
    opened.qtbot.waitUntil(lambda: opened.desk.pictures.held > 0, timeout=20_000)


def test_enter_on_a_thumbnail_leads_to_the_evidence(
    opened: Bench, page: VisitPage, office: Office, photos: list[Path]
) -> None:
    gone = []
    page.tray.show_photos([])
    opened.desk.went.connect(gone.append)
    test_thumbnails_once_the_team_is_overt(opened, page, office, photos)
    strip = page.tray.strip
    strip.setCurrentIndex(strip.thumbs.index(0))
    strip.setFocus()
    opened.qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert (gone[-1].page, gone[-1].id) == ("evidence", office.covert)


def test_photographs_that_are_read_late_are_not_shown_beside_another_visit(
    opened: Bench, page: VisitPage, office: Office, photos: list[Path]
) -> None:
    add(opened, office, photos)
    assert "IMG_3.jpg" in words(page.tray)
    shown: list[tuple[str, set[str]]] = []
    show = page.tray.show_photos

    def listen(found: list[Evidence]) -> None:
        board = page.keeper.board
        shown.append((board.visit if board else "", {each.visit for each in found}))
        show(found)

    page._beside.show_photos = listen  # type: ignore[method-assign]
    # What is asked of this visit is answered when one has gone on to the other.
    page._read_photos()
    opened.desk.go("visit", office.prepared)
    opened.settle()
    assert page.keeper.board is not None
    assert page.keeper.board.visit == office.prepared
    assert [each for each in shown if each[1] - {each[0]}] == []
    assert "IMG_3.jpg" not in words(page.tray)
