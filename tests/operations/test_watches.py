"""Windows watched without a break: what was begun outlives the program, and ends as a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Hall
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import WindowState
from inspector.operations.recording import amend
from inspector.operations.records import load_record
from inspector.operations.watches import (
    LONGEST_MS,
    Watch,
    begin_watch,
    begun_watches,
    end_watch,
)
from inspector.operations.workspaces import open_workspace

if TYPE_CHECKING:
    from tests.operations.conftest import Field
    from tests.support.fixed import FixedClock


def test_a_watch_is_kept_until_it_ends_as_an_interval(field: Field, clock: FixedClock) -> None:
    session, window = field.session, field.window("05")
    now = clock.read().ms
    begun = Watch(WindowState.UNATTENDED, now)
    begin_watch(session, field.visit, window.id, begun)
    other = Watch(WindowState.PAUSED, now)
    begin_watch(session, field.visit, field.window("06").id, other)
    root = session.store.workspace.root
    session.close()
    with open_workspace(root, clock) as again:
        assert begun_watches(again, "another visit") == {}
        assert begun_watches(again, field.visit)[window.id] == begun
        end_watch(again, field.visit, window, begun, now + 14 * MINUTE_MS, field.li)
        assert list(begun_watches(again, field.visit).values()) == [other]
        [seen] = load_record(again, field.visit).sightings
        assert (seen.continuous, seen.state) == (True, WindowState.UNATTENDED)
        assert (seen.observed_from, seen.observed_to) == (now, now + 14 * MINUTE_MS)


def test_a_watch_goes_by_the_clock_of_the_place(field: Field, clock: FixedClock) -> None:
    session, window, now = field.session, field.window("05"), clock.read().ms
    amend(session, Hall, window.hall, {"zone_minutes": 540})
    begun = Watch(WindowState.UNATTENDED, now)
    begin_watch(session, field.visit, window.id, begun)
    end_watch(session, field.visit, window, begun, now + 14 * MINUTE_MS, field.li)
    [seen] = load_record(session, field.visit).sightings
    assert seen.observed_zone == 540


def test_a_forgotten_watch_claims_nothing(field: Field, clock: FixedClock) -> None:
    begun = Watch(WindowState.UNATTENDED, clock.read().ms)
    begin_watch(field.session, field.visit, field.window("05").id, begun)
    clock.advance(minutes=LONGEST_MS // MINUTE_MS)
    assert begun_watches(field.session, field.visit)
    clock.advance(minutes=1)
    assert begun_watches(field.session, field.visit) == {}
