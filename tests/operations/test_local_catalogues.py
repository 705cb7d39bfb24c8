import csv
import io
from datetime import date

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Answer
from inspector.domain.vocabulary import CatalogueKind, Conformity, Phase
from inspector.operations.catalogues import shipped
from inspector.operations.exports import findings_csv
from inspector.operations.local_catalogues import (
    checklist_of,
    choose_checklist,
    day_of_validity,
    import_catalogue,
    situations_of,
)
from inspector.operations.observing import record_answer
from inspector.operations.records import load_record
from inspector.operations.sealing import gaps, seal, start_supplement
from inspector.operations.upkeep import check
from inspector.operations.visits import accept_rules, change_phase, new_visit


def own_checklist(limit):
    """Return the shipped rows of section S02 with the office's own limit for empty windows."""
    rows = list(csv.DictReader(io.StringIO(shipped(CatalogueKind.CHECKLIST).data.decode())))
    kept = [row for row in rows if row["section_code"] == "S02"]
    for row in kept:
        if row["code"] == "S02-05":
            row |= {"pass_rule": f"value <= {limit}", "limit_source": "local"}
            row["limit_rule"] = "云溪办〔2025〕3号"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue().encode()


def bring(session, limit, version="1"):
    names = {"code": "yunxi", "version": version, "name": "云溪区检查清单"}
    return import_catalogue(session, CatalogueKind.CHECKLIST, own_checklist(limit), **names)


def test_an_offices_own_checklist_is_used_by_a_visit_and_sealed_with_it(field):
    session = field.session
    bring(session, 10)
    visit = new_visit(session, field.hall, [field.li, field.wang], checklist="yunxi@1")
    assert len(checklist_of(session, "yunxi@1").items) == 11

    recorded = record_answer(session, visit.id, "S02-05", "14", field.seen("10:52"))
    assert session.store.get(Answer, recorded.id).conformity is Conformity.DOES_NOT_CONFORM
    with pytest.raises(MingchaError) as caught:
        record_answer(session, visit.id, "S01-01", "符合", field.seen("10:00"))
    assert caught.value.code == "item_not_found"
    for who in (field.li, field.wang):
        accept_rules(session, visit.id, field.seen("09:00", who=who))
    change_phase(session, visit.id, Phase.COVERT, field.seen("09:30"))
    seal(session, visit.id)
    bring(session, 20, version="2")

    sealed = load_record(session, visit.id).checklist
    assert (sealed.reference, sealed.zh) == ("yunxi@1", "云溪区检查清单")
    assert next(i for i in sealed.items if i.code == "S02-05").pass_rule == "value <= 10"
    assert check(session).ok


def test_an_own_checklist_is_read_and_parsed_once_by_its_content(field):
    session = field.session
    bring(session, "15")
    first = checklist_of(session, "yunxi@1")
    bring(session, "20", version="2")
    assert checklist_of(session, "yunxi@1").items is first.items
    assert checklist_of(session, "yunxi@2").items != first.items
    # The same rows under another name are the same content, each with its own version.
    bring(session, "15", version="3")
    third = checklist_of(session, "yunxi@3")
    assert third.items is first.items
    assert (first.version, third.version) == ("1", "3")


def test_a_version_once_taken_keeps_its_rows(field):
    first = bring(field.session, 10)
    assert bring(field.session, 10).id == first.id
    with pytest.raises(MingchaError) as caught:
        bring(field.session, 12)
    assert caught.value.code == "catalogue_version_taken"


def test_an_offices_own_situations_can_be_named_in_findings(field):
    rows = "code,scheme,parent_code,node,sort_order,subject,zh,en,source,status,"
    rows += "hall_relevance_0_3,computable_trigger\n"
    rows += "YX-1,yunxi2025,,type,1,person,离岗不告知,Leaving without notice,云溪办,listed,3,\n"
    names = {"code": "yunxi", "version": "1", "name": "云溪区情形"}
    import_catalogue(field.session, CatalogueKind.SITUATIONS, rows.encode(), **names)

    finding = field.finding("空岗", situations=("YX-1", "DT-B3"))

    assert situations_of(field.session)["YX-1"].zh == "离岗不告知"
    named = load_record(field.session, field.visit).situations
    assert {"YX-1", "DT-B3", "DT-B"} <= set(named)
    assert finding.situations == ("YX-1", "DT-B3")
    with pytest.raises(MingchaError) as caught:
        field.finding("空岗", situations=("YX-2",))
    assert caught.value.code == "situation_unknown"


HEADER = "code,scheme,parent_code,node,sort_order,subject,zh,en,source,status,"
HEADER += "hall_relevance_0_3,computable_trigger\n"


def bring_situation(session, version, zh, valid_from="", valid_to=""):
    row = f"YX-1,yunxi,,type,1,person,{zh},x,云溪办,listed,3,\n"
    names = {"code": "yunxi", "version": version, "name": "云溪区情形"}
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    kind = CatalogueKind.SITUATIONS
    return import_catalogue(session, kind, (HEADER + row).encode(), **names, **dates)


def test_a_version_of_the_future_renames_nothing_in_a_visit_of_today(field):
    session = field.session
    bring_situation(session, "1", "离岗", "2026-01-01")
    bring_situation(session, "2", "改名", "2026-06-01")
    field.go_in()
    field.finding("空岗", situations=("YX-1",))

    assert day_of_validity(session, field.visit) == date(2026, 3, 4)
    assert load_record(session, field.visit).situations["YX-1"].zh == "离岗"
    assert "离岗" in findings_csv(session, [], "zh").decode()
    assert situations_of(session, date(2026, 6, 1))["YX-1"].zh == "改名"


def test_only_a_situation_in_force_on_the_day_can_be_chosen_but_a_chosen_one_keeps_its_name(field):
    session = field.session
    bring_situation(session, "1", "离岗", "2026-03-04", "2026-03-04")
    field.finding("空岗", situations=("YX-1",))
    session.store.clock.advance(minutes=24 * 60)
    with pytest.raises(MingchaError) as caught:
        field.finding("空岗", situations=("YX-1",))
    assert caught.value.code == "situation_unknown"
    assert load_record(session, field.visit).situations["YX-1"].zh == "离岗"
    assert "YX-1" not in situations_of(session, date(2026, 3, 3))


def test_a_supplement_uses_the_catalogues_of_the_day_it_corrects(field):
    field.go_in()
    seal(field.session, field.visit)
    field.session.store.clock.advance(minutes=90 * 24 * 60)
    supplement = start_supplement(field.session, field.visit, "看错")
    assert day_of_validity(field.session, supplement.id) == date(2026, 3, 4)


def test_a_code_alone_means_the_checklist_of_the_day(field):
    session, kind = field.session, CatalogueKind.CHECKLIST
    for version, first, last in (
        ("2025.1", "2025-01-01", "2025-12-31"),
        ("2026.3", "2026-03-01", ""),
        ("2027.1", "2027-01-01", ""),
    ):
        names = {"code": "hall", "version": version, "name": "检查表"}
        rows = own_checklist(int(version[-1]))
        import_catalogue(session, kind, rows, **names, valid_from=first, valid_to=last)
    for day, expected in {
        date(2025, 5, 1): "hall@2025.1",
        date(2026, 2, 1): "hall@2026.1",
        date(2026, 3, 4): "hall@2026.3",
        date(2027, 3, 4): "hall@2027.1",
        date(2024, 3, 4): "hall@2027.1",
    }.items():
        assert choose_checklist(session, "hall", day) == expected
    assert new_visit(session, field.hall, [field.li]).checklist == "hall@2026.3"
    named = new_visit(session, field.hall, [field.li], checklist="hall@2025.1")
    assert named.checklist == "hall@2025.1"
    for unknown in ("nowhere", "hall@1"):
        with pytest.raises(MingchaError) as caught:
            choose_checklist(session, unknown, date(2026, 3, 4))
        assert caught.value.code == "catalogue_not_found"


def test_a_checklist_that_is_not_in_force_is_accepted_with_a_warning(field):
    session, kind = field.session, CatalogueKind.CHECKLIST
    names = {"code": "yunxi", "version": "1", "name": "检查表"}
    import_catalogue(session, kind, own_checklist(1), **names, valid_to="2026-03-03")
    visit = new_visit(session, field.hall, [field.li, field.wang], checklist="yunxi")
    assert visit.checklist == "yunxi@1"

    def warned(visit):
        _blockers, warnings = gaps(session, visit)
        return [gap.ids for gap in warnings if gap.code == "checklist_expired"]

    for who in (field.li, field.wang):
        accept_rules(session, visit.id, field.seen("09:00", who=who))
    assert warned(visit.id) == []
    change_phase(session, visit.id, Phase.COVERT, field.seen("09:30"))
    assert warned(visit.id) == [("yunxi@1",)]
    field.go_in()
    assert warned(field.visit) == []


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("1.1.2026", "", "date_unreadable"),
        ("", "2026-02-30", "date_unreadable"),
        ("2026-03-01", "2026-02-01", "validity_order"),
    ],
)
def test_validity_is_two_days_in_order(field, first, last, code):
    with pytest.raises(MingchaError) as caught:
        bring_situation(field.session, "1", "离岗", first, last)
    assert caught.value.code == code
    assert situations_of(field.session).keys().isdisjoint({"YX-1"})
