"""The register of findings: what it leaves out, its order, and what stands in its rows."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from inspector.base.errors import MingchaError
from inspector.base.progress import Cancelled
from inspector.domain.entities import Finding, Hall, Unit, Visit
from inspector.domain.vocabulary import Phase
from inspector.operations.exports import findings_csv, write_findings
from inspector.operations.findings import add_finding
from inspector.operations.hall_history import hall_history
from inspector.operations.places import add_hall, add_unit
from inspector.operations.recording import void
from inspector.operations.registers import (
    FindingColumn,
    FindingFilter,
    covert_now,
    finding_choices,
    finding_detail,
    finding_rows,
    findings_in_order,
    place_of_finding,
)
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.visits import new_visit
from tests.support.fixed import START


def texts(session, only=FindingFilter(), order=FindingColumn.ENTERED, *, descending=False):  # noqa: B008 - frozen
    places = findings_in_order(session, only, order, descending=descending)
    rows = finding_rows(session, places)
    return [rows[place].finding.text for place in places]


@pytest.fixture
def known(field):
    """Three findings: of different windows, severities, days and categories."""
    field.go_in()
    second = field.window("02").id
    field.finding("空岗", at="10:00", severity=2, window=second, situations=("FZ-P-Z1",))
    field.finding("屏幕未锁", at="09:40", severity=1)
    field.finding("推诿", at="11:00", severity=3, window=field.window("01").id, people_waiting=4)
    return field


@pytest.mark.parametrize(
    ("only", "left"),
    [
        (FindingFilter(), "空岗 屏幕未锁 推诿"),
        (FindingFilter(text="空岗"), "空岗"),
        (FindingFilter(text='" OR 1=1 --'), ""),
        (FindingFilter(severity=1), "屏幕未锁"),
        (FindingFilter(windowless=True), "屏幕未锁"),
        (FindingFilter(situation="FZ-P-Z1"), "空岗"),
        (FindingFilter(situation="FZ"), "空岗"),
        (FindingFilter(unnamed=True), "屏幕未锁 推诿"),
        (FindingFilter(phase=Phase.COVERT), "空岗 屏幕未锁 推诿"),
        (FindingFilter(phase=Phase.SEALED), ""),
        (FindingFilter(since=START.date(), until=START.date()), "空岗 屏幕未锁 推诿"),
        (FindingFilter(until=date(2020, 1, 1)), ""),
        (FindingFilter(hall="another"), ""),
        (FindingFilter(unit="another"), ""),
    ],
)
def test_what_is_wanted_is_left(known, only, left):
    assert texts(known.session, only) == left.split()


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (FindingColumn.ENTERED, "空岗 屏幕未锁 推诿"),
        (FindingColumn.SEEN, "屏幕未锁 空岗 推诿"),
        (FindingColumn.SEVERITY, "屏幕未锁 空岗 推诿"),
        (FindingColumn.WINDOW, "屏幕未锁 推诿 空岗"),
    ],
)
def test_the_order_goes_both_ways(known, order, first):
    assert texts(known.session, order=order) == first.split()
    assert texts(known.session, order=order, descending=True) == first.split()[::-1]


@pytest.mark.parametrize("order", FindingColumn)
def test_every_column_orders(known, order):
    assert len(texts(known.session, order=order)) == 3


def test_a_unit_means_those_below_it_as_well(known):
    session = known.session
    above = add_unit(session, Unit(id="", name="市局"))
    below = add_unit(session, Unit(id="", name="县局", parent=above.id))
    hall = add_hall(session, Hall(id="", code="H9", name="分中心", unit=below.id))
    visit = new_visit(session, hall.id, [known.li, known.wang])
    add_finding(session, Finding(id="", visit=visit.id, text="地面湿滑"), known.seen("12:00"))
    assert texts(session, FindingFilter(unit=above.id)) == ["地面湿滑"]
    assert texts(session, FindingFilter(hall=hall.id)) == ["地面湿滑"]
    assert [unit.name for unit in finding_choices(session).units] == ["市局", "县局"]


def test_rows_name_what_they_rest_on(known):
    session = known.session
    [place] = findings_in_order(session, FindingFilter(text="推诿"))
    row = finding_rows(session, [place])[place]
    assert (row.hall.code, row.observer, row.phase) == ("H1", "李娜", Phase.COVERT)
    assert row.window is not None
    assert row.window.number == "01"
    assert (row.photos, row.persons, row.finding.people_waiting) == (0, 0, 4)
    found = finding_detail(session, row.finding.id)
    assert found.may_amend
    assert (found.entered_by, len(found.windows)) == ("李娜", 6)
    assert "FZ-P-Z1" in {each.code for each in found.choices}
    assert not any(each.is_list for each in found.choices)


def test_the_phase_is_the_one_of_the_visit(field):
    finding = field.finding("空岗")
    assert not covert_now(field.session)
    field.go_in()
    assert covert_now(field.session)
    seal(field.session, field.visit)
    assert not covert_now(field.session)
    found = finding_detail(field.session, finding.id)
    assert found.row.phase is Phase.SEALED
    assert not found.may_amend


def test_a_finding_that_holds_no_more_is_left_out(field):
    field.go_in()
    wrong = field.finding("空岗 41 分钟")
    gone = field.finding("看错")
    void(field.session, Finding, gone.id, "重复")
    seal(field.session, field.visit)
    supplement = start_supplement(field.session, field.visit, "看错")
    right = Finding(id="", visit=supplement.id, text="空岗 14 分钟", replaces=wrong.id)
    add_finding(field.session, right, field.seen("10:00"))
    assert texts(field.session) == ["空岗 14 分钟"]
    for each in (wrong, gone):
        assert place_of_finding(field.session, each.id) is None
        with pytest.raises(MingchaError, match="finding_withdrawn"):
            finding_detail(field.session, each.id)


def test_findings_of_a_withdrawn_visit_are_left_out(known):
    void(known.session, Visit, known.visit, "误建")
    assert texts(known.session) == []
    history = hall_history(known.session, known.hall)
    assert (history.visits, history.categories, history.unnamed) == ((), (), 0)


# -- the table in a file -----------------------------------------------------------------------


def test_what_is_written_are_the_rows_in_their_order(known, tmp_path):
    known.finding("=1+1", at="12:00")
    only = FindingFilter(severity=1)
    places = findings_in_order(known.session, only, FindingColumn.SEEN)
    target = tmp_path / "findings.csv"
    list(write_findings(known.session, places, target, "zh"))
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["内容"] for row in rows] == ["'=1+1", "屏幕未锁"]
    assert rows[1]["起"] == f"{START.date()} 09:40:00"
    everything = findings_in_order(known.session, FindingFilter(), descending=False)
    list(write_findings(known.session, everything, target, "zh"))
    assert target.read_bytes() == findings_csv(known.session, (), "zh")


def test_nothing_is_left_of_a_table_that_was_stopped(known, tmp_path):
    class Stopped:
        def start(self, label, total):
            pass

        def step(self, count=1):
            raise Cancelled

    places = findings_in_order(known.session, FindingFilter())
    with pytest.raises(Cancelled):
        list(write_findings(known.session, places, tmp_path / "a.csv", "zh", Stopped()))
    assert list(tmp_path.glob("*.csv*")) == []


def test_a_place_that_cannot_be_written_to_is_said(known, tmp_path):
    places = findings_in_order(known.session, FindingFilter())
    with pytest.raises(MingchaError, match="export_failed"):
        list(write_findings(known.session, places, tmp_path / "none" / "a.csv", "zh"))
