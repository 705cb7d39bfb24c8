import os
from dataclasses import replace

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Hall, Unit, Window
from inspector.domain.places_import import Action, PlaceSort
from inspector.operations.exports import halls_csv
from inspector.operations.importing import import_places, plan_places, read_places
from inspector.operations.places import (
    add_hall,
    add_unit,
    add_windows,
    find_hall,
    numbered_windows,
    set_calendar,
    windows_of,
)
from inspector.operations.recording import find_window

FIRST = (
    "单位编码,单位名称,大厅编码,大厅名称,办公时间,窗口号,楼层,事项,顶岗窗口\n"
    "U1,行政审批局,,,,,,,\n"
    "U1,,H9,云溪区政务服务中心,周一至周五 9:00-12:00 13:30-17:00,,,,\n"
    ",,H9,,,01,一层,社保卡；医保,\n"
    ",,H9,,,02,一层,不动产,01\n"
)
SECOND = "大厅编码,大厅名称,窗口号,楼层\nH9,云溪区政务服务大厅,,\nH9,,02,二层\nH9,,03,二层\n"


def bring(session, text):
    plan = plan_places(session, text.encode())
    assert plan.problems == ()
    return plan, import_places(session, plan)


def test_units_halls_and_windows_come_in_as_one_action(field):
    plan, changes = bring(field.session, FIRST)

    hall = find_hall(field.session, "H9")
    first, second = windows_of(field.session, hall.id)
    [unit] = field.session.store.select(Unit)
    assert (hall.unit, unit.name) == (unit.id, "行政审批局")
    assert first.matters == ("社保卡", "医保")
    assert second.covered_by == first.id
    assert len(changes.operations) == 1
    assert plan.count(PlaceSort.WINDOW, Action.NEW) == 2


def test_coming_again_updates_by_code_and_leaves_what_is_not_said(field):
    bring(field.session, FIRST)
    before = find_hall(field.session, "H9")
    plan, _changes = bring(field.session, SECOND)

    hall = find_hall(field.session, "H9")
    windows = windows_of(field.session, hall.id)
    assert (hall.id, hall.name, hall.hours) == (before.id, "云溪区政务服务大厅", before.hours)
    assert [(each.number, each.floor) for each in windows] == [
        ("01", "一层"),
        ("02", "二层"),
        ("03", "二层"),
    ]
    assert windows[1].covered_by == windows[0].id
    assert plan.count(PlaceSort.WINDOW, Action.NEW) == 1
    third, nothing = bring(field.session, SECOND)
    assert nothing.operations == ()
    assert third.count(PlaceSort.WINDOW, Action.UNCHANGED) == 2


def test_nothing_is_imported_while_a_row_cannot_be_read(field):
    plan = plan_places(field.session, "大厅编码,大厅名称,办公时间\nH8,大厅,随缘\n".encode())
    assert len(plan.problems) == 1
    with pytest.raises(MingchaError) as caught:
        import_places(field.session, plan)
    assert caught.value.code == "import_has_problems"
    assert not field.session.store.select(Hall, "code = ?", "H8")


def test_a_code_names_one_hall(field):
    with pytest.raises(MingchaError) as caught:
        add_hall(field.session, Hall(id="", code="H1", name="另一个"))
    assert caught.value.code == "hall_code_taken"


def test_windows_and_units_become_as_given_when_they_are_added_again(field):
    [window] = numbered_windows(1, ["1"])
    add_windows(field.session, field.hall, [replace(window, label="综合", covered_by="x")])
    add_windows(field.session, field.hall, [window])
    found = find_window(field.session, field.hall, "1")
    assert (found.label, found.covered_by) == ("", None)

    unit = add_unit(field.session, Unit(id="", code="U5", name="局", kind="机关", parent="y"))
    add_unit(field.session, Unit(id="", code="U5", name="局"))
    again = field.session.store.get(Unit, unit.id)
    assert (again.kind, again.parent) == ("", None)


def test_a_window_is_found_with_or_without_its_leading_zero(field):
    assert field.window("5").id == field.window("05").id
    with pytest.raises(MingchaError):
        field.window("0")


def test_what_a_command_line_may_pass_is_kept_readable_and_found_again(field):
    """A byte that is no UTF-8 comes in as a lone surrogate, which no id can be derived from."""
    unit = add_unit(field.session, Unit(id="", name="科\udcff室"))
    assert unit.name == "科\ufffd室"
    assert add_unit(field.session, Unit(id="", name=" 科\ufffd室 ")).id == unit.id

    hall = add_hall(
        field.session, Hall(id="", name="厅", code="H\udcff\x01"), numbered_windows(1, ())
    )
    assert find_hall(field.session, "H\ufffd\u2401").id == hall.id
    with pytest.raises(MingchaError) as refused:
        add_hall(field.session, Hall(id="", name="厅", code="H\ufffd\u2401"))
    assert refused.value.code == "hall_code_taken"

    days = {"2026-10-01": "rest"}
    assert set_calendar(field.session, "国\udcff庆", 2026, days, "").name == "国\ufffd庆"


def test_a_window_may_have_a_label_instead_of_a_number(field):
    desks = [Window(id="", label="咨询台"), Window(id="", label="导办台")]
    add_windows(field.session, field.hall, desks)
    add_windows(field.session, field.hall, [Window(id="", label="咨询台", floor="3")])
    found = {w.label: w.floor for w in windows_of(field.session, field.hall) if w.label}
    assert found == {"咨询台": "3", "导办台": ""}
    assert field.window("导办台").label == "导办台"
    with pytest.raises(MingchaError) as caught:
        add_windows(field.session, field.hall, [Window(id="", floor="3")])
    assert caught.value.code == "window_nameless"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_exported_comes_back_as_it_was(field, lang):
    session = field.session
    add_unit(session, Unit(id="", code="U1", name="@审批局"))
    unit = session.store.select(Unit)[0].id
    hours = {"week": {"1": ["09:00-12:00"]}}
    windows = [
        Window(id="", number="01", floor="-1", label="=医保", zone="'+A", hours=hours),
        Window(id="", label="-咨询台", matters=("-1 类", "社保卡")),
    ]
    hall = Hall(id="", code="-H2", name="=SUM(1) 中心", unit=unit, address="'引号街")
    hall = add_hall(session, hall, windows)
    desk = windows_of(session, hall.id)[0]
    add_windows(session, hall.id, [replace(windows[0], covered_by=desk.id)])
    before = [*session.store.select(Hall), *session.store.select(Window)]

    plan = plan_places(session, halls_csv(session, lang))

    assert plan.problems == ()
    assert {place.action for place in plan.places} == {Action.UNCHANGED}
    assert import_places(session, plan).operations == ()
    assert [*session.store.select(Hall), *session.store.select(Window)] == before


@pytest.mark.skipif(os.name != "posix", reason="named pipes are made on POSIX")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "places.csv")
    with pytest.raises(MingchaError) as refused:
        read_places(tmp_path / "places.csv")
    assert refused.value.code == "file_not_regular"
