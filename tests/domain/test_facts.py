"""What holds after voiding and replacing."""

from dataclasses import replace

from inspector.domain.entities import Placement, Remark
from inspector.domain.facts import effective


def test_void_and_replaced_facts_do_not_hold():
    facts = (Remark(id="a"), Remark(id="b", void="typed twice"), Remark(id="c", replaces="a"))
    assert [fact.id for fact in effective(facts)] == ["c"]


def test_withdrawing_a_correction_brings_the_corrected_fact_back():
    facts = (Remark(id="a"), Remark(id="c", replaces="a", void="wrong"))
    assert [fact.id for fact in effective(facts)] == ["a"]


def test_a_chain_of_corrections_leaves_the_last():
    facts = (Remark(id="c", replaces="b"), Remark(id="b", replaces="a"), Remark(id="a"))
    assert [fact.id for fact in effective(facts)] == ["c"]


def test_things_that_cannot_be_replaced_only_need_not_be_void():
    assert [p.id for p in effective([Placement(id="a"), Placement(id="b", void="x")])] == ["a"]


def test_a_correction_that_withdraws_leaves_neither_until_it_is_void_itself():
    old, gone = Remark(id="a"), Remark(id="c", replaces="a", withdrawn="another hall")
    assert effective([old, gone]) == ()
    assert effective([old, replace(gone, void="it was this hall")]) == (old,)
    assert [f.id for f in effective([old, gone, Remark(id="d", replaces="c")])] == ["d"]
