"""Windows as a plan, and the history of a place."""

from __future__ import annotations

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Hall, Window
from inspector.domain.vocabulary import Phase
from inspector.operations.hall_history import hall_history
from inspector.operations.places import add_hall, windows_of
from inspector.operations.recording import find_window
from inspector.operations.sealing import seal
from inspector.operations.window_plan import (
    Span,
    add_window,
    lay_out,
    move_window,
    spans_of,
    undo_plan,
)
from inspector.operations.withdrawing import withdraw_window


@pytest.fixture
def empty(field):
    """A place without windows."""
    return add_hall(field.session, Hall(id="", code="N1", name="新大厅")).id


def test_many_windows_are_laid_out_as_one_action(field, empty):
    session = field.session
    before = session.store.log.count()
    done = lay_out(session, empty, [Span(19, 36, "2"), Span(1, 18, "1", "A区")])
    assert (done.new, done.moved) == (36, 0)
    windows = windows_of(session, empty)
    assert [each.number for each in windows] == [f"{n:02d}" for n in range(1, 37)]
    assert [(each.floor, each.zone) for each in windows[17:19]] == [("1", "A区"), ("2", "")]
    assert session.store.log.count() == before + 1

    moved = lay_out(session, empty, [Span(17, 20, "3")])
    assert (moved.new, moved.moved) == (0, 4)
    assert [each.floor for each in windows_of(session, empty)[15:21]] == list("133332")
    undo_plan(session)
    undo_plan(session)
    assert windows_of(session, empty) == []


def test_what_is_laid_out_again_changes_nothing(field, empty):
    lay_out(field.session, empty, [Span(1, 4, "1")])
    before = field.session.store.log.count()
    assert lay_out(field.session, empty, [Span(1, 4, "1")]).moved == 0
    assert field.session.store.log.count() == before


def test_a_retired_window_comes_back_where_it_is_laid_out(field, empty):
    session = field.session
    lay_out(session, empty, [Span(1, 2, "1", "A")])
    withdraw_window(session, find_window(session, empty, "02").id, "撤并")
    assert len(windows_of(session, empty)) == 1
    lay_out(session, empty, [Span(1, 2, "2")])
    assert [(each.floor, each.zone) for each in windows_of(session, empty)] == [("2", "")] * 2
    withdraw_window(session, find_window(session, empty, "02").id, "撤并")
    add_window(session, Window(id="", hall=empty, number="02", label="综合"))
    assert [each.label for each in windows_of(session, empty)] == ["", "综合"]


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ([], "window_range_wrong"),
        ([Span(0, 3)], "window_range_wrong"),
        ([Span(5, 3)], "window_range_wrong"),
        ([Span(1, 100_000)], "window_range_wrong"),
        ([Span(1, 5), Span(5, 9)], "window_ranges_overlap"),
    ],
)
def test_ranges_that_make_no_sense_are_refused(field, empty, spans, code):
    with pytest.raises(MingchaError, match=code):
        lay_out(field.session, empty, spans)
    assert windows_of(field.session, empty) == []


def test_windows_are_put_in_order(field):
    session, order = field.session, lambda: [w.number for w in windows_of(session, field.hall)]
    move_window(session, find_window(session, field.hall, "05").id, -2)
    assert order() == ["01", "02", "05", "03", "04", "06"]
    move_window(session, find_window(session, field.hall, "01").id, 99)
    assert order() == ["02", "05", "03", "04", "06", "01"]
    undo_plan(session)
    assert order() == ["01", "02", "05", "03", "04", "06"]


@pytest.mark.parametrize("number", ["05", "5"])
def test_a_number_stands_once(field, number):
    with pytest.raises(MingchaError, match="window_taken"):
        add_window(field.session, Window(id="", hall=field.hall, number=number))


def test_a_label_stands_for_a_window_without_a_number(field):
    session = field.session
    add_window(session, Window(id="", hall=field.hall, label="咨询台"))
    assert windows_of(session, field.hall)[-1].label == "咨询台"
    with pytest.raises(MingchaError, match="window_taken"):
        add_window(session, Window(id="", hall=field.hall, label="咨询台"))
    with pytest.raises(MingchaError, match="window_nameless"):
        add_window(session, Window(id="", hall=field.hall))


def test_what_happened_in_a_visit_is_not_taken_back_here(field):
    field.go_in()
    with pytest.raises(MingchaError, match="nothing_to_undo"):
        undo_plan(field.session)


# -- history -----------------------------------------------------------------------------------


def test_a_place_has_its_history(field):
    history = hall_history(field.session, field.hall)
    assert (history.this_year, history.last, history.findings) == (0, "", 0)
    assert [(each.phase, each.day) for each in history.visits] == [(Phase.PREPARED, "")]
    field.go_in()
    field.finding("空岗", situations=("FZ-P-Z1", "CZ-2"))
    field.finding("又空岗", situations=("FZ-P-Z1",))
    field.finding("屏幕未锁")
    history = hall_history(field.session, field.hall)
    assert history.covert
    assert [(each.code, count) for each, count in history.categories] == [
        ("FZ-P-Z1", 2),
        ("CZ-2", 1),
    ]
    assert (history.unnamed, history.findings, history.this_year) == (1, 3, 1)
    assert history.today is not None
    seal(field.session, field.visit)
    [visit] = hall_history(field.session, field.hall).visits
    assert (visit.phase, visit.findings, visit.day) == (Phase.SEALED, 3, history.last)


def test_how_windows_stand_is_told_as_it_was_laid_out(field, empty):
    spans = (Span(1, 18, "1", "A区"), Span(19, 36, "2"), Span(40, 40, "2"))
    lay_out(field.session, empty, spans)
    assert spans_of(windows_of(field.session, empty)) == spans
