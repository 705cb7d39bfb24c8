"""Looks outside the opening hours, and absences of several days."""

from dataclasses import replace

from inspector.base.i18n import translator
from inspector.domain.absence_text import sentence
from inspector.domain.absences import absences, looks_when_closed, was_closed
from inspector.domain.entities import Sweep
from inspector.domain.vocabulary import WindowState
from tests.support.visits import HALL, WINDOWS, at, record, sighting


def test_a_look_at_a_closed_window_is_known_as_one():
    noon, watched = sighting("n", "12:30"), sighting("w", "12:10", "13:20")
    across, open_ = sighting("a", "11:50", "13:20"), sighting("o", "10:38")
    visit = record(sightings=(noon, watched, across, open_))
    outside = [each.id for each in visit.sightings if was_closed(visit, each)]
    assert outside == ["n", "w"]
    swept = Sweep(id="s", windows=("w4",), observed_from=at("12:30"), state=WindowState.UNATTENDED)
    assert looks_when_closed(replace(visit, sweeps=(swept,))) == 3
    untimed, unknown = sighting("u", None), replace(HALL, hours={})
    assert not was_closed(visit, untimed)
    assert not was_closed(replace(visit, hall=unknown), noon)


def test_an_absence_of_another_day_says_its_day():
    looks = (sighting("a", "10:38"), sighting("b", "10:52"))
    watched = sighting("w", "14:00", "14:20", window="w4")
    visit = record(sightings=(*looks, watched))
    names = {window.id: window for window in visit.windows}
    for lang, told in (
        ("en", ["11-20 10:38, 10:52: window 05", "for 20 minutes (11-20 14:00–14:20)"]),
        ("zh", ["窗口 05：11-20 10:38、10:52 两次见空岗", "20 分钟（11-20 14:00–14:20）"]),
    ):
        found = absences(visit)
        said_ = [sentence(x, names[x.window], translator(lang), day="11-20") for x in found]
        assert all(part in line for part, line in zip(told, said_, strict=True)), said_


def test_an_absence_that_passes_midnight_names_each_day_once():
    late = replace(sighting("w", "23:50"), observed_to=at("00:10", "2026-11-21"), continuous=True)
    visit = record(hall=replace(HALL, hours={}), sightings=(late,))
    [found] = absences(visit)
    text = sentence(found, WINDOWS[4], translator("en"), day="11-20")
    assert "(2026-11-20 23:50–2026-11-21 00:10)" in text
