"""What “the rest of this zone” allows one to say of single windows."""

from inspector.base.i18n import translator
from inspector.domain.absence_text import sentence
from inspector.domain.absences import absences
from inspector.domain.entities import Round, Sweep
from inspector.domain.vocabulary import WindowState
from tests.support.visits import at, record, sighting

S = WindowState
ROUND = Round(id="r1", number=1)


def said(visit):
    names = {window.id: window for window in visit.windows}
    return [sentence(found, names[found.window], translator("en")) for found in absences(visit)]


def swept(ident, time, *windows, state=S.SERVING):
    """Return a sweep of the round r1 over `windows`."""
    return Sweep(id=ident, round="r1", windows=windows, state=state, observed_from=at(time))


def test_looks_divided_by_a_sweep_that_saw_service_stay_apart():
    seen = (sighting("a", "10:38"), sighting("b", "10:52"))
    visit = record(rounds=(ROUND,), sightings=seen, sweeps=(swept("s", "10:45", "w5"),))
    assert [len(found.moments) for found in absences(visit)] == [1, 1]


def test_a_sweep_that_saw_nobody_is_a_look_at_each_window():
    visit = record(rounds=(ROUND,), sweeps=(swept("s", "08:59", "w1", state=S.UNATTENDED),))
    assert absences(visit) == ()
    visit = record(rounds=(ROUND,), sweeps=(swept("s", "09:05", "w1", "w2", state=S.UNATTENDED),))
    assert said(visit) == [
        "09:05: window 01 was seen unattended",
        "09:05: window 02 was seen unattended",
    ]


def test_a_sighting_of_the_window_itself_stands_above_a_sweep():
    own = sighting("a", "10:40", round_id="r1")
    watched = sighting("w", "10:38", "10:52", window="w6")
    sweep = swept("s", "10:45", "w5", "w6")
    visit = record(rounds=(ROUND,), sightings=(own, watched), sweeps=(sweep,))
    assert said(visit) == [
        "Window 06 was unattended for 14 minutes (10:38–10:52)",
        "10:40: window 05 was seen unattended",
    ]
