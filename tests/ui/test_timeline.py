"""The timeline: room beside a running stopwatch, and what its lines name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from inspector.domain.entities import Finding
from inspector.domain.numbers import bare_number, named_number
from inspector.domain.vocabulary import EventKind
from inspector.operations.findings import add_finding
from inspector.operations.places import windows_of
from inspector.operations.visits import note_event
from tests.ui.hands import words
from ui.pages.visit.happened import line_height

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage


def lines(page: VisitPage) -> list[str]:
    model = page.timeline.model
    return [model.index(row).data() for row in range(model.rowCount())]


def find(bench: Bench, office: Office, number: str) -> Finding:
    def work(session: Session) -> Finding:
        window = next(w for w in windows_of(session, office.hall) if w.number == number)
        finding = Finding(id="", visit=office.covert, text="无人值守", window=window.id)
        return add_finding(session, finding, session.now())

    return bench.ask(work)


def test_seven_lines_are_seen_beside_a_running_stopwatch(opened: Bench, page: VisitPage) -> None:
    assert page.keeper.board is not None
    assert page.keeper.board.waits
    opened.window.resize(1280, 720)
    opened.settle()
    page._middle.ensureWidgetVisible(page.timeline)
    seen = page.timeline.list.viewport().visibleRegion().boundingRect().height()
    assert seen >= 6 * line_height(opened.desk.look.scale)


def test_a_line_of_a_finding_names_its_window(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    find(opened, office, "05")
    [line] = [each for each in lines(page) if "无人值守" in each]
    assert line.startswith("05号窗口 · 问题")


def test_a_line_names_who_saw_it_unless_that_is_who_is_typing(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    def work(session: Session) -> None:
        for who, text in ((office.me, "我看到的"), (office.other, "别人看到的")):
            note_event(session, office.covert, EventKind.NOTE, session.now(who), text)

    opened.ask(work)
    board = page.keeper.board
    assert board is not None
    name = board.record.person_name(office.other)
    assert f"{name} · 别人看到的" in lines(page)
    assert "我看到的" in lines(page)
    index = page.timeline.model.index(lines(page).index(f"{name} · 别人看到的"))
    assert name in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_number_of_the_visit_is_not_taken_for_that_of_a_finding(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    found = find(opened, office, "05")
    assert page.keeper.board is not None
    visit = page.keeper.board.record.visit
    assert named_number(visit, "zh") == f"走访 {bare_number(visit)}"
    assert named_number(found, "en") == f"Finding {bare_number(found)}"
    assert f"走访 {bare_number(visit)}" in words(page.heading)
