"""What another laptop wrote into a sealed visit: kept, shown, and no part of it until adopted."""

from __future__ import annotations

from contextlib import closing

import pypdfium2
import pytest

from inspector.base.ids import system_entropy
from inspector.base.progress import SILENT
from inspector.domain.entities import Finding, Seal
from inspector.domain.facts import effective
from inspector.domain.vocabulary import FindingOutcome
from inspector.operations.adopting import adopt
from inspector.operations.dossiers import DossierOptions, export_dossier
from inspector.operations.exports import findings_csv
from inspector.operations.hall_history import hall_history
from inspector.operations.late import late_additions, late_told
from inspector.operations.overview import visit_rows
from inspector.operations.recording import get
from inspector.operations.records import load_edition, load_record
from inspector.operations.registers import FindingFilter, finding_rows, findings_in_order
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.upkeep import back_up, check, rebuild
from inspector.report.late import CHANGED, SET_BACK
from inspector.storage.backup import restore
from inspector.storage.connection import open_read_only
from tests.support.elsewhere import Laptop
from tests.support.refusing import refused


@pytest.fixture
def sealed(field):
    """A sealed visit with one finding; the other laptop had it before the seal."""
    field.go_in()
    finding = field.finding("空岗", severity=1)
    laptop = Laptop(field.session, field.wang)
    known = laptop.knows("finding", finding.id, "text", "severity", "void")
    seal(field.session, field.visit)
    return field, finding, laptop, known


def counted(field):
    """What registers, lists and tables say of the visit."""
    session = field.session
    [row] = [each for each in visit_rows(session) if each.visit.id == field.visit]
    places = findings_in_order(session, FindingFilter())
    history = hall_history(session, field.hall)
    texts = [each.finding.text for each in finding_rows(session, places).values()]
    return row.findings, row.phase, texts, findings_csv(session, [], "zh"), history.findings


def test_nothing_is_late_where_only_this_laptop_wrote(sealed):
    field, *_ = sealed
    assert late_additions(field.session, field.visit) == ()
    [found] = field.session.store.select(Seal)
    [covered] = found.frontier
    assert covered.startswith(field.session.store.chain)


def test_what_came_before_the_seal_is_not_late(field):
    field.go_in()
    laptop = Laptop(field.session, field.wang)
    laptop.write("finding", "f-there", {"visit": field.visit, "text": "甲"}, visit=field.visit)
    laptop.arrive()
    seal(field.session, field.visit)
    assert late_additions(field.session, field.visit) == ()
    assert [each.text for each in load_record(field.session, field.visit).findings] == ["甲"]


def test_an_added_fact_is_kept_and_counts_nowhere(sealed):
    field, _finding, laptop, _known = sealed
    before, record = counted(field), load_record(field.session, field.visit)

    laptop.write(
        "finding", "f-late", {"visit": field.visit, "text": "晚到的"}, visit=field.visit, minute=5
    )
    laptop.arrive()

    assert counted(field) == before
    after = load_record(field.session, field.visit)
    assert after.findings == record.findings
    [late] = after.late
    assert (late.entity.text, late.before, late.by, late.edition) == ("晚到的", None, field.wang, 0)
    assert get(field.session, Finding, "f-late").text == "晚到的"
    assert check(field.session).ok


@pytest.mark.parametrize(
    "change", [{"text": "改了", "severity": 4}, {"void": "不要了"}], ids=["changed", "withdrawn"]
)
@pytest.mark.parametrize("knew", [True, False])
def test_a_changed_fact_stays_as_it_was_sealed(sealed, change, knew):
    field, finding, laptop, known = sealed
    before = counted(field)
    over = {name: known[name] for name in change if name in known} if knew else {}
    laptop.write("finding", finding.id, change, over=over, visit=field.visit)
    laptop.arrive()
    assert counted(field) == before
    [late] = late_additions(field.session, field.visit)
    assert late.before.text == "空岗"
    assert late.before.void is None
    stands = get(field.session, Finding, finding.id)
    assert {name: getattr(stands, name) for name in change} == change
    assert check(field.session).ok


def test_the_order_of_arrival_does_not_matter(field):
    field.go_in()
    finding = field.finding("空岗")
    laptop = Laptop(field.session, field.wang, "c" * 26)
    known = laptop.knows("finding", finding.id, "text")
    # Its seal was set on a laptop that had not heard of the change, and both arrive together.
    session = field.session
    frontier = tuple(f"{log}:{n}:{op}" for log, n, op in session.store.log.frontier(field.visit))
    laptop.write("finding", finding.id, {"text": "改了"}, over=known, visit=field.visit)
    laptop.arrive()
    assert late_additions(session, field.visit) == ()
    fields = {"visit": field.visit, "frontier": list(frontier)}
    other = Laptop(session, field.li, "e" * 26)
    other.write("seal", "s-1", fields, visit=field.visit, kind="seal")
    other.arrive()
    [late] = late_additions(session, field.visit)
    assert (late.before.text, late.entity.text) == ("空岗", "改了")


def test_a_sealed_visit_cannot_be_withdrawn_by_a_laptop_that_did_not_know(sealed):
    field, _finding, laptop, _known = sealed
    before = counted(field)
    laptop.write("visit", field.visit, {"void": "取消"}, visit=field.visit)
    laptop.arrive()
    assert counted(field) == before
    [late] = late_additions(field.session, field.visit)
    assert late.entity.void == "取消"


def test_a_second_seal_does_not_take_the_place_of_the_first(sealed):
    field, *_ = sealed
    [first] = field.session.store.select(Seal)
    other = Laptop(field.session, field.wang, "d" * 26)
    other.write("seal", "s-other", {"visit": field.visit, "manifest": "0" * 64}, visit=field.visit)
    other.arrive()
    assert load_record(field.session, field.visit).seal.id == first.id


def test_the_dossier_names_what_came_late_and_stays_as_it_was_otherwise(sealed, tmp_path):
    field, _finding, laptop, _known = sealed
    laptop.write("finding", "f-late", {"visit": field.visit, "text": "晚到"}, visit=field.visit)
    laptop.arrive()
    export_dossier(field.session, field.visit, tmp_path / "d.pdf", DossierOptions())
    record = load_record(field.session, field.visit)
    assert [each.text for each in effective(record.findings)] == ["空岗"]
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "d.pdf")
    )
    assert "晚到补录" in text
    assert "不属于封存内容" in text


def supplement_of(field):
    made = start_supplement(field.session, field.visit, "另一台电脑有记录")
    return made.id


def told(field):
    return late_told(load_record(field.session, field.visit), "zh")


def test_what_was_set_back_as_it_was_sealed_waits_for_nobody(sealed):
    field, finding, laptop, known = sealed
    changed = laptop.write(
        "finding", finding.id, {"text": "改了"}, over={"text": known["text"]}, visit=field.visit
    )
    laptop.arrive()
    [line] = told(field)
    assert (line.how, line.waits) == (CHANGED, True)
    over = {"text": (changed.short,)}
    laptop.write("finding", finding.id, {"text": "空岗"}, over=over, visit=field.visit)
    laptop.arrive()
    [line] = told(field)
    assert (line.how, line.waits, line.stays) == (SET_BACK, False, "")
    supplement = supplement_of(field)
    refused("late_not_found", adopt, field.session, supplement, why="核对")


def test_what_no_supplement_can_adopt_says_why_it_stays(sealed):
    field, _finding, laptop, _known = sealed
    gone = {"visit": field.visit, "text": "误记", "void": "记错大厅"}
    laptop.write("finding", "f-gone", gone, visit=field.visit)
    laptop.write("visit", field.visit, {"void": "取消"}, visit=field.visit)
    laptop.arrive()
    lines = {each.id: each for each in told(field)}
    assert [each.waits for each in lines.values()] == [False, False]
    assert "已撤回" in lines["f-gone"].stays
    assert "不是" in lines[field.visit].stays
    supplement = supplement_of(field)
    refused("late_not_found", adopt, field.session, supplement, why="核对")


def test_a_supplement_adopts_what_came_late(sealed):
    field, finding, laptop, known = sealed
    session, visit = field.session, field.visit
    text = {"text": known["text"]}
    laptop.write("finding", finding.id, {"text": "空岗 12 分钟"}, over=text, visit=visit)
    photo = {"visit": visit, "sha256": "a" * 64, "original_name": "a.jpg", "mime": "image/jpeg"}
    laptop.write("evidence", "e-late", photo, visit=visit)
    placed = {"visit": visit, "evidence": "e-late", "target_kind": "finding", "target": "f-late"}
    laptop.write("finding", "f-late", {"visit": visit, "text": "另一处"}, visit=visit)
    laptop.write("placement", "p-late", placed, visit=visit)
    laptop.arrive()
    before = counted(field)
    supplement = supplement_of(field)
    refused("reason_missing", adopt, session, supplement, why=" ")

    adopt(session, supplement, why="经核对属实")

    refused("late_not_found", adopt, session, supplement, why="再来一次")
    assert counted(field)[0] == before[0] - 1  # the one that the supplement corrects
    edition = load_edition(session, supplement)
    assert {each.text for each in effective(edition.findings)} == {"空岗 12 分钟", "另一处"}
    [new] = [each for each in edition.findings if each.text == "另一处"]
    [place] = edition.placements
    assert place.target == new.id
    assert place.evidence == edition.evidence[0].id != "e-late"
    assert {each.edition for each in late_additions(session, visit)} == {2}
    assert load_record(session, visit).findings[0].text == "空岗"


def test_a_late_withdrawal_is_adopted_as_not_established(sealed):
    field, finding, laptop, _known = sealed
    laptop.write("finding", finding.id, {"void": "看错了"}, visit=field.visit)
    laptop.arrive()
    supplement = supplement_of(field)
    adopt(field.session, supplement, [finding.id], why="核对")
    [found] = effective(load_edition(field.session, supplement).findings)
    assert (found.outcome, found.outcome_reason) == (FindingOutcome.NOT_ESTABLISHED, "看错了")


def test_the_table_is_the_same_when_the_record_is_made_anew(sealed):
    field, finding, laptop, known = sealed
    over = {"text": known["text"]}
    laptop.write("finding", finding.id, {"text": "改了"}, over=over, visit=field.visit)
    laptop.arrive()
    before = late_additions(field.session, field.visit)
    field.session.store.db.execute("DELETE FROM late")
    assert late_additions(field.session, field.visit) == ()
    rebuild(field.session)
    assert late_additions(field.session, field.visit) == before


def test_the_table_is_the_same_after_a_backup_was_put_back(sealed):
    field, finding, laptop, known = sealed
    over = {"text": known["text"]}
    laptop.write("finding", finding.id, {"text": "改了"}, over=over, visit=field.visit)
    laptop.arrive()
    session = field.session
    before = session.store.db.execute("SELECT * FROM late").fetchall()
    assert before
    workspace = session.store.workspace
    copy = back_up(session)
    session.store.close()
    restore(workspace, copy, system_entropy, SILENT)
    with closing(open_read_only(workspace.database)) as db:
        assert db.execute("SELECT * FROM late").fetchall() == before
