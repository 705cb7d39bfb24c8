import csv
import io

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Answer
from inspector.domain.vocabulary import CatalogueKind, Conformity, Phase
from inspector.operations.catalogues import shipped
from inspector.operations.local_catalogues import checklist_of, import_catalogue, situations_of
from inspector.operations.observing import record_answer
from inspector.operations.records import load_record
from inspector.operations.sealing import seal
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
