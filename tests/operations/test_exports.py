"""Tables for spreadsheet programs."""

import csv
import io

from inspector.domain.entities import Finding
from inspector.operations.exports import findings_csv
from inspector.operations.findings import add_finding
from inspector.operations.recording import void
from inspector.operations.sealing import seal, start_supplement


def texts(field):
    data = findings_csv(field.session, (), "zh").decode("utf-8-sig")
    return [row["内容"] for row in csv.DictReader(io.StringIO(data))]


def test_a_corrected_finding_is_counted_once(field):
    field.go_in()
    wrong = field.finding("空岗 41 分钟")
    field.finding("屏幕未锁", at="10:30")
    seal(field.session, field.visit)
    supplement = start_supplement(field.session, field.visit, "看错")
    right = Finding(id="", visit=supplement.id, text="空岗 14 分钟", replaces=wrong.id)
    right = add_finding(field.session, right, field.seen("10:00"))
    assert texts(field) == ["屏幕未锁", "空岗 14 分钟"]

    void(field.session, Finding, right.id, "原来没错")
    assert texts(field) == ["空岗 41 分钟", "屏幕未锁"]


def test_a_cell_that_would_be_run_as_a_formula_is_text(field):
    field.finding(" =HYPERLINK(1)")
    assert texts(field) == ["' =HYPERLINK(1)"]
