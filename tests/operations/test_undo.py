from dataclasses import replace

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Answer, Finding, Hall, Remark, Visit, Window
from inspector.domain.vocabulary import RemarkKind
from inspector.operations import undo
from inspector.operations.importing import import_places, plan_places
from inspector.operations.observing import record_answer, remark
from inspector.operations.places import (
    add_hall,
    add_windows,
    find_hall,
    numbered_windows,
    windows_of,
)
from inspector.operations.recording import amend, get, void
from inspector.operations.sealing import fix_numbers
from inspector.operations.undo import last_action, undo_last
from inspector.operations.upkeep import check
from inspector.storage.store import Edit


def test_undoing_a_new_fact_withdraws_it(field):
    finding = field.finding("空岗")
    undo_last(field.session)
    assert get(field.session, Finding, finding.id).void == "undo"


def test_undoing_a_change_brings_the_former_value_back(field):
    finding = field.finding("空岗", severity=2)
    amend(field.session, Finding, finding.id, {"severity": 4, "basis": "计时"})

    undo_last(field.session)

    found = get(field.session, Finding, finding.id)
    assert (found.severity, found.basis, found.void) == (2, "", None)


def test_undoing_a_withdrawal_brings_the_fact_back(field):
    finding = field.finding("空岗")
    void(field.session, Finding, finding.id, "看错")
    undo_last(field.session)
    assert get(field.session, Finding, finding.id).void is None


def test_an_action_of_many_operations_is_undone_whole(field):
    changes = add_windows(field.session, field.hall, numbered_windows(700, [""])[6:])
    assert len(changes.operations) > 1

    last = undo_last(field.session)

    assert len(last.operations) == len(changes.operations)
    assert [window.number for window in windows_of(field.session, field.hall)] == [
        f"{number:02}" for number in range(1, 7)
    ]
    voided = field.session.store.select(Window, "void IS NOT NULL")
    assert len(voided) == 694


def test_an_action_with_others_between_its_operations_is_undone_whole(field):
    """As an import, which records its files in batches while answers are saved."""
    store, visit = field.session.store, field.visit
    texts = [Edit("remark", store.new_id(), {"visit": visit, "text": text}) for text in "ab"]
    action = store.commit([texts[0]], visit=visit).action
    between = remark(
        field.session,
        Remark(id="", visit=visit, kind=RemarkKind.GOOD_PRACTICE, text="c"),
        field.session.now(field.li),
    )
    store.commit([texts[1]], visit=visit, action=action)

    assert undo_last(field.session).touched == tuple(("remark", each.id) for each in texts)
    assert get(field.session, Remark, between.id).void is None
    assert undo_last(field.session).touched == (("remark", between.id),)


def test_each_undo_goes_one_action_further_back(field):
    first, second = field.finding("一"), field.finding("二")
    undo_last(field.session)
    assert get(field.session, Finding, first.id).void is None
    undo_last(field.session)
    assert get(field.session, Finding, first.id).void
    assert get(field.session, Finding, second.id).void
    assert check(field.session).ok


def test_a_value_changed_since_is_not_overwritten(field):
    entry = Remark(id="", visit=field.visit, kind=RemarkKind.REMARK, text="一")
    recorded = remark(field.session, entry, field.seen("10:00"))
    amend(field.session, Remark, recorded.id, {"text": "二"})
    undone = last_action(field.session)
    # Another device's value for the same field arrives between looking and taking back.
    store = field.session.store
    others = [Edit("remark", recorded.id, {"text": "三"})]
    store.commit(others, visit=field.visit, undoes="elsewhere")

    with pytest.raises(MingchaError) as caught:
        undo_last(field.session)

    assert caught.value.code == "undo_overtaken"
    assert undone is not None
    assert get(field.session, Remark, recorded.id).text == "三"


def test_answering_again_after_an_undo_counts(field):
    seen = field.seen("10:00")
    recorded = record_answer(field.session, field.visit, "S01-01", "符合", seen)
    undo_last(field.session)
    assert get(field.session, Answer, recorded.id).void == "undo"

    again = record_answer(field.session, field.visit, "S01-01", "不符合", seen)

    assert again.id == recorded.id
    answer = get(field.session, Answer, recorded.id)
    assert (answer.void, answer.value) == (None, {"yes": False})


def test_numbers_that_may_stand_on_paper_are_not_taken_back(field):
    finding = field.finding("空岗")
    fix_numbers(field.session, field.visit)

    undo_last(field.session)

    assert get(field.session, Visit, field.visit).official_number == "2026-0001"
    undone = get(field.session, Finding, finding.id)
    assert (undone.void, undone.official_number) == ("undo", "1")


def test_withdrawing_a_visit_can_be_undone(field):
    void(field.session, Visit, field.visit, "去错了")
    undo_last(field.session)
    assert get(field.session, Visit, field.visit).void is None
    field.finding("空岗")


def test_a_place_whose_entry_was_undone_can_be_entered_again(field):
    hall = Hall(id="", code="H9", name="青石镇便民服务中心")
    added = add_hall(field.session, hall)
    undo_last(field.session)

    assert add_hall(field.session, hall).id == added.id

    assert find_hall(field.session, "H9").void is None
    with pytest.raises(MingchaError) as caught:
        add_hall(field.session, hall)
    assert caught.value.code == "hall_code_taken"


def test_a_list_whose_import_was_undone_can_be_imported_again(field):
    rows = "hall_code,hall_name,window_number\nZ1,新厅,01\nZ1,新厅,02\n".encode()
    import_places(field.session, plan_places(field.session, rows))
    undo_last(field.session)

    import_places(field.session, plan_places(field.session, rows))

    hall = find_hall(field.session, "Z1")
    assert [window.number for window in windows_of(field.session, hall.id)] == ["01", "02"]


def test_a_change_of_many_windows_is_undone_by_reading_each_operation_once(field, monkeypatch):
    changed = [replace(w, label="综合窗口") for w in numbered_windows(600, ["1"])]
    add_windows(field.session, field.hall, numbered_windows(600, ["1"]))
    add_windows(field.session, field.hall, changed)
    read = []
    real = undo.parse
    monkeypatch.setattr(undo, "parse", lambda raw: read.append(raw) or real(raw))

    undo_last(field.session)

    assert {window.label for window in windows_of(field.session, field.hall)} == {""}
    assert len(read) < 10
