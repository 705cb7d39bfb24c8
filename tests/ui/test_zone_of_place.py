"""Days of a visit are those of its place, as on the papers, wherever the computer is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from inspector.domain.clocktext import clock, iso_day
from inspector.domain.entities import Finding, Hall, Seal
from inspector.operations.closing import closing
from inspector.operations.conflicts import conflicts
from inspector.operations.findings import add_finding
from inspector.operations.recording import amend
from inspector.operations.registers import FindingColumn
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.volumes import choices
from tests.scenes.conflicts import differ
from tests.ui.hands import words
from ui.models.findings import COLUMNS
from ui.pages.closing.sealed import Sealed
from ui.pages.findings.page import FindingsPage
from ui.pages.visit.happened import HappenedModel
from ui.pages.visit.page import VisitPage

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench

#: The place lies so far west that its day is the one before.
WEST = -11 * 60


def moved(bench: Bench, office: Office) -> int:
    """Let the place lie elsewhere; return when its visit was sealed."""

    def work(session: Session) -> int:
        amend(session, Hall, office.hall, {"zone_minutes": WEST})
        [seal] = session.store.select(Seal, "visit = ?", office.sealed)
        return seal.entered.ms

    return bench.ask(work)


def test_the_list_tells_the_day_of_the_place(opened: Bench, office: Office) -> None:
    sealed = moved(opened, office)
    assert iso_day(sealed, WEST) != iso_day(sealed, 480)
    assert iso_day(sealed, WEST) in words(opened.go("home"))


def test_what_stands_against_each_other_is_told_by_the_clock_of_the_place(
    opened: Bench, office: Office
) -> None:
    moved(opened, office)
    opened.ask(lambda session: differ(session, office.covert, office.hall, office.other))
    found = opened.ask(lambda session: conflicts(session, "zh", office.covert))
    assert found
    assert {side.zone for each in found for side in each.sides} == {WEST}


def test_the_sealed_card_tells_the_time_of_the_place(opened: Bench, office: Office) -> None:
    found = opened.ask(lambda session: closing(session, office.sealed, "zh"))
    assert found.seal is not None
    elsewhere = replace(found.seal, entered=replace(found.seal.entered, zone=WEST))
    card = Sealed(opened.desk)
    opened.qtbot.addWidget(card)
    card.show_closing(replace(found, seal=elsewhere))
    assert clock(found.seal.entered.ms, found.zone) in words(card)


def test_both_times_of_a_finding_are_told_by_the_clock_of_the_place(
    opened: Bench, office: Office
) -> None:
    opened.clock.start = opened.clock.start.astimezone(timezone(timedelta(minutes=WEST)))

    def work(session: Session) -> Finding:
        said = Finding(id="", visit=office.covert, text="空岗")
        add_finding(session, said, seen_from(session, office.covert, Typed()))
        return session.store.select(Finding)[-1]

    made = opened.ask(work)
    assert made.entered.zone == WEST
    page = opened.go("findings", made.id)
    assert isinstance(page, FindingsPage)
    opened.qtbot.waitUntil(
        lambda: page.detail.shown is not None and page.detail.shown.row.finding.id == made.id
    )
    at = f"{iso_day(made.entered.ms, 480)} {clock(made.entered.ms, 480)}"
    seen, entered = (
        next(each.cell for each in COLUMNS if each.by is by)
        for by in (FindingColumn.SEEN, FindingColumn.ENTERED)
    )
    row = page.detail.shown.row  # type: ignore[union-attr]
    assert (seen(row, "zh"), entered(row, "zh")) == (at, at)
    assert words(page.detail).count(at) == 2


def test_what_happened_is_told_by_the_clock_it_was_recorded_with(
    opened: Bench, office: Office
) -> None:
    page = opened.go("visit", office.covert)
    assert isinstance(page, VisitPage)
    board, model = page.keeper.board, HappenedModel(opened.desk, page)
    assert board is not None
    times = [model.time(row) for row in board.timeline]
    elsewhere = replace(board.record.hall, zone_minutes=WEST)
    model.take(replace(board, record=replace(board.record, hall=elsewhere)))
    assert [model.time(model.index(n).data(model.ROW)) for n in range(len(times))] == times


def test_the_file_name_has_the_day_of_the_place(opened: Bench, office: Office) -> None:
    [before] = [c for c in opened.ask(choices) if c.visit.id == office.sealed]
    moved(opened, office)
    [after] = [c for c in opened.ask(choices) if c.visit.id == office.sealed]
    assert after.day < before.day
