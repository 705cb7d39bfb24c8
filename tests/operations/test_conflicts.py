"""Two laptops write one field: both values stay, people see them side by side and decide."""

from __future__ import annotations

from inspector.domain.entities import Finding, Hall
from inspector.domain.terms import severity_name
from inspector.domain.vocabulary import TargetKind
from inspector.ledger.operation import parse
from inspector.operations.conflicts import conflicts, count_conflicts, resolve, resolve_with
from inspector.operations.evidence import Taking, add_photos, evidence_of_visit, place
from inspector.operations.findings import amend_finding
from inspector.operations.history import entity_history
from inspector.operations.recording import amend, get
from inspector.operations.sealing import gaps, seal
from tests.support.elsewhere import Laptop
from tests.support.jpegs import write_jpeg
from tests.support.refusing import refused


def differ(field, noun, entity, name, here, there, **more):
    """Let this laptop and another one write a field without knowing of each other."""
    laptop = Laptop(field.session, field.wang)
    known = laptop.knows(noun, entity, name)
    if noun == "finding":
        amend_finding(field.session, entity, {name: here})
    else:
        amend(field.session, {"hall": Hall}[noun], entity, {name: here})
    visit = field.visit if noun == "finding" else ""
    laptop.write(noun, entity, {name: there}, over=known, visit=visit, **more)
    laptop.arrive()
    return laptop


def test_both_values_are_shown_with_author_time_and_evidence(field, tmp_path):
    field.go_in()
    finding = field.finding("空岗")
    [*_] = add_photos(
        field.session, field.visit, [write_jpeg(tmp_path / "a.jpg")], Taking(field.seen("10:00"))
    )
    [photo] = evidence_of_visit(field.session, field.visit)
    place(field.session, photo.id, TargetKind.FINDING, finding.id)

    differ(field, "finding", finding.id, "text", "空岗9分钟", "空岗12分钟", why="看录像")

    [found] = conflicts(field.session, "zh")
    assert count_conflicts(field.session) == 1
    assert {side.text: (side.name, side.why) for side in found.sides} == {
        "空岗9分钟": ("李娜", ""),
        "空岗12分钟": ("王强", "看录像"),
    }
    assert (found.label, found.place, found.sealed) == ("内容", "H1", False)
    assert "空岗" in found.title
    assert "text" not in found.title + found.label
    assert [each.original_name for each in found.evidence] == ["a.jpg"]
    assert len({side.device for side in found.sides}) == 2


def test_a_decision_is_recorded_and_replaces_all_candidates(field):
    field.go_in()
    finding = field.finding("空岗", severity=1)
    differ(field, "finding", finding.id, "severity", 2, 3)
    [found] = conflicts(field.session, "en")
    [place_of_3] = [n for n, side in enumerate(found.sides, 1) if side.value == 3]
    assert {side.text for side in found.sides} == {severity_name(2, "en"), severity_name(3, "en")}

    done = resolve(field.session, found.code[:4], place_of_3, "两人核对")

    assert count_conflicts(field.session) == 0
    assert get(field.session, Finding, finding.id).severity == 3
    [last] = [e for e in entity_history(field.session, finding.id) if e.action == done.action]
    assert (last.fields, last.why, last.by) == ({"severity": 3}, "两人核对", field.li)
    [operation] = [parse(field.session.store.log.get(op[:32])) for op in done.operations]
    [change] = operation.changes
    assert set(change.over["severity"]) == {side.operation for side in found.sides}
    refused("conflict_not_found", resolve, field.session, found.code, 1)


def test_equal_values_are_no_conflict(field):
    field.go_in()
    finding = field.finding("空岗")
    differ(field, "finding", finding.id, "text", "空岗9分钟", "空岗9分钟")
    assert conflicts(field.session, "zh") == ()
    assert count_conflicts(field.session) == 0
    assert gaps(field.session, field.visit)[0] == ()


def test_it_keeps_only_the_seal_of_its_visit_waiting(field):
    field.go_in()
    finding = field.finding("空岗")
    differ(field, "finding", finding.id, "text", "空岗9分钟", "空岗12分钟")

    field.finding("又一个问题")  # everything else goes on
    assert [gap.code for gap in gaps(field.session, field.visit)[0]] == ["conflict_open"]
    refused("visit_incomplete", seal, field.session, field.visit)
    assert count_conflicts(field.session) == 1

    [found] = conflicts(field.session, "zh", field.visit)
    resolve_with(field.session, found.code, found.sides[0].operation)
    seal(field.session, field.visit)


def test_a_side_that_is_not_there_is_refused(field):
    field.go_in()
    finding = field.finding("空岗")
    differ(field, "finding", finding.id, "text", "空岗9分钟", "空岗12分钟")
    [found] = conflicts(field.session, "zh")
    refused("conflict_side_missing", resolve, field.session, found.code, 3)
    refused("conflict_side_missing", resolve, field.session, found.code, 0)
    refused("conflict_side_missing", resolve_with, field.session, found.code, "0" * 32)
    refused("conflict_not_found", resolve, field.session, "", 1)
    assert count_conflicts(field.session) == 1


def test_what_belongs_to_no_visit_has_conflicts_too(field):
    differ(field, "hall", field.hall, "address", "人民路1号", "人民路11号")
    [found] = conflicts(field.session, "zh")
    assert (found.visit, found.label) == ("", "地址")
    assert found.title == "场所：云溪县政务服务中心"
    assert conflicts(field.session, "zh", field.visit) == ()


def test_places_are_named_by_code_while_a_covert_part_goes_on(field):
    finding = field.finding("空岗")
    differ(field, "finding", finding.id, "text", "空岗9分钟", "空岗12分钟")
    assert [each.place for each in conflicts(field.session, "zh")] == ["云溪县政务服务中心"]
    differ(field, "hall", field.hall, "name", "云溪县政务大厅", "云溪县政务中心")
    assert "云溪县政务中心" in [side.text for side in conflicts(field.session, "zh")[0].sides]
    field.go_in()
    hall, about = conflicts(field.session, "zh")
    assert (about.place, hall.title) == ("H1", "场所 H1")
    assert "云溪" not in str(hall.sides[0].text) + str(hall.sides[1].text)


def test_a_fact_whose_visit_has_not_arrived_is_told_all_the_same(field):
    one, two = Laptop(field.session, field.wang), Laptop(field.session, field.li, "c" * 26)
    one.write("finding", "f-elsewhere", {"visit": "v-elsewhere", "text": "甲"}, visit="v-elsewhere")
    two.write("finding", "f-elsewhere", {"visit": "v-elsewhere", "text": "乙"}, visit="v-elsewhere")
    one.arrive()
    two.arrive()
    [found] = conflicts(field.session, "zh")
    assert {side.text for side in found.sides} == {"甲", "乙"}
    assert (found.visit, found.visit_label) == ("v-elsewhere", "")


def test_times_are_those_of_the_place_not_of_the_computer(field):
    amend(field.session, Hall, field.hall, {"zone_minutes": 360})
    field.go_in()
    finding = field.finding("空岗")
    noon = field.seen("12:00").start
    differ(field, "finding", finding.id, "observed_from", noon, noon + 60_000)
    [found] = conflicts(field.session, "zh")
    assert {side.text[-8:] for side in found.sides} == {"10:00:00", "10:01:00"}
