"""Days of a visit are those of its place, as on the papers, wherever the computer is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.domain.clocktext import clock, iso_day
from inspector.domain.entities import Hall, Seal
from inspector.operations.closing import closing
from inspector.operations.recording import amend
from inspector.operations.volumes import choices
from tests.ui.hands import words
from ui.pages.closing.sealed import Sealed

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


def test_the_sealed_card_tells_the_time_of_the_place(opened: Bench, office: Office) -> None:
    found = opened.ask(lambda session: closing(session, office.sealed, "zh"))
    assert found.seal is not None
    elsewhere = replace(found.seal, entered=replace(found.seal.entered, zone=WEST))
    card = Sealed(opened.desk)
    opened.qtbot.addWidget(card)
    card.show_closing(replace(found, seal=elsewhere))
    assert clock(found.seal.entered.ms, found.zone) in words(card)


def test_the_file_name_has_the_day_of_the_place(opened: Bench, office: Office) -> None:
    [before] = [c for c in opened.ask(choices) if c.visit.id == office.sealed]
    moved(opened, office)
    [after] = [c for c in opened.ask(choices) if c.visit.id == office.sealed]
    assert after.day < before.day
