"""The roster: what follows from a set of statements, and what must never follow."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.vocabulary import Role
from inspector.ledger.roster import Roster
from inspector.ledger.statements import Forked, HadRoles, Organisation, Vouched, organisation_id
from tests.support.statements import (
    ORG,
    RECOVERY,
    ROOT,
    SPACE,
    administrator,
    chain,
    epoch,
    member,
    organisation,
    recipient,
    revoked,
    signer,
    stated,
    stood_down,
    succession,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.ledger.statements import Statement
    from tests.support.statements import Signer

A, B, STRANGER = signer("A"), signer("B"), signer("stranger")
DEVICE = signer("device 李娜")
OFFICE = [organisation(), administrator("A"), administrator("B")]


def _roster(*statements: Statement) -> Roster:
    return Roster.of(ORG, [*OFFICE, *statements])


def _seen(roster: Roster) -> tuple[Any, ...]:
    """Return everything that anybody may ask of a roster."""
    return (
        roster.root,
        roster.organisation,
        roster.recovery,
        roster.administrators,
        roster.devices(),
        roster.disputed,
        roster.forks,
        roster.epochs,
        roster.newest_epoch,
        roster.epoch_due,
        [roster.keys_of(f"person-{chain(word)}") for word in (*WORDS, "A", "B")],
    )


# -- statements by anybody about anything ---------------------------------------------------

WORDS = ("李娜", "王强", "赵敏")
ROLES = ((), ("reporter",), ("reporter", "office"), ("office", "reviewer"), ("hub",))


def _about(*by: Signer) -> list[Statement]:
    """Return what an administrator may state, signed by each of `by`."""
    found = [member(who, one, *roles) for who in WORDS for one in by for roles in ROLES]
    for one in by:
        found += [member(who, one, "reporter", key=B.hex) for who in WORDS]
        found += [revoked(who, one, n) for who in WORDS for n in (0, 2, 5)]
        found += [epoch(n, one, *WORDS[:left]) for n in (1, 2, 3) for left in (0, 1, 3)]
        found += [succession(who, of, one) for who in WORDS for of in WORDS]
        found += [stated(Forked(chain(who), n, ""), one) for who in WORDS for n in (1, 4)]
        found += [stated(Vouched(f"person-{chain(who)}", who, A.hex), one) for who in WORDS]
        found += [stated(HadRoles(chain(who), 2, ("reviewer",)), one) for who in WORDS]
    return found


def _replacing(listed: list[Statement], signers: list[Signer]) -> list[Statement]:
    """Return statements that replace one or two of `listed`, whoever those are from."""
    chance = Random(4)
    return [
        stated(chance.choice(listed).body, chance.choice(signers), (one.id, other.id))
        for one, other in (chance.sample(listed, 2) for _ in range(120))
    ]


ANYBODY = [ROOT, A, B, STRANGER, DEVICE]
FIRST = _about(*ANYBODY)
STATED = [*FIRST, *_replacing(FIRST, ANYBODY)]
FORGED = _about(STRANGER, DEVICE)
BY_A = _about(A)


@st.composite
def histories(draw: st.DrawFn) -> list[Statement]:
    """Some statements of everybody; perhaps an administrator was stood down."""
    found = [*OFFICE, *draw(st.lists(st.sampled_from(STATED), max_size=12))]
    who = draw(st.sampled_from(["", "A", "B"]))
    return [*found, stood_down(who, *{each.id for each in found[::2]})] if who else found


def _some(listed: list[Statement]) -> st.SearchStrategy[list[Statement]]:
    return st.lists(st.sampled_from(listed), min_size=1, max_size=4)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(history: list[Statement], random: Any) -> None:
    before = _seen(Roster.of(ORG, history))
    again = [*history, *random.sample(history, len(history) // 2)]
    random.shuffle(again)
    assert _seen(Roster.of(ORG, again)) == before


@given(histories(), _some(FORGED))
def test_what_somebody_else_states_changes_nothing(
    history: list[Statement], forged: list[Statement]
) -> None:
    assert _seen(Roster.of(ORG, [*history, *forged])) == _seen(Roster.of(ORG, history))


@given(histories(), st.data())
def test_what_only_the_root_may_state_nobody_else_can(
    history: list[Statement], data: st.DataObject
) -> None:
    by = data.draw(st.sampled_from([A, B, STRANGER, DEVICE]))
    forged = stated(replace(data.draw(st.sampled_from(OFFICE)).body), by)
    down = stated(stood_down("A").body, by)
    assert _seen(Roster.of(ORG, [*history, forged, down])) == _seen(Roster.of(ORG, history))


@given(histories(), _some(BY_A))
def test_whoever_was_stood_down_changes_nothing_any_more(
    history: list[Statement], later: list[Statement]
) -> None:
    known = {each.id for each in history}
    base = [*history, stood_down("A", *sorted(known))]
    fresh = [each for each in later if each.id not in known]
    assert _seen(Roster.of(ORG, [*base, *fresh])) == _seen(Roster.of(ORG, base))


@given(histories(), _some(STATED))
def test_a_revocation_is_never_taken_back(history: list[Statement], more: list[Statement]) -> None:
    before = Roster.of(ORG, history).revocations
    after = Roster.of(ORG, [*history, *more]).revocations
    for log, end in before.items():
        assert after[log].n <= end.n


@given(histories(), st.sampled_from(STATED))
def test_another_organisations_statements_are_not_ours(
    history: list[Statement], foreign: Statement
) -> None:
    other = organisation_id(STRANGER.public)
    theirs = stated(replace(foreign.body), STRANGER, org=other)
    assert _seen(Roster.of(ORG, [*history, theirs])) == _seen(Roster.of(ORG, history))


# -- one by one -----------------------------------------------------------------------------


def test_without_the_roots_word_there_is_no_organisation() -> None:
    empty = Roster.of(ORG, [])
    assert (empty.root, empty.organisation, empty.recovery, empty.devices()) == (None, None, (), ())
    assert empty.newest_epoch is None
    assert empty.epoch_due
    assert Roster.of(ORG, [member("李娜", A, "reporter")]).device(chain("李娜")) is None


def test_the_root_names_the_organisation() -> None:
    roster = _roster()
    assert roster.root == ROOT.public
    assert roster.organisation == Organisation("市政府督查室", RECOVERY, SPACE, "2026 暗访")
    assert roster.recovery == tuple(sorted(RECOVERY))
    assert roster.is_administrator(A.public)
    assert not roster.is_administrator(ROOT.public)
    assert not roster.is_administrator(DEVICE.public)


def test_the_organisation_can_be_named_anew() -> None:
    renamed = stated(Organisation("省政府督查室", RECOVERY, SPACE, "2026"), ROOT, (OFFICE[0].id,))
    found = _roster(renamed).organisation
    assert found is not None
    assert found.name == "省政府督查室"


def test_a_member_is_who_an_administrator_admitted() -> None:
    found = _roster(member("李娜", A, "reporter", earlier=("space-a",))).device(chain("李娜"))
    assert found is not None
    assert (found.name, found.key, found.recipient) == ("李娜", DEVICE.public, recipient("李娜"))
    assert (found.roles, found.earlier) == ({Role.REPORTER}, {"space-a"})
    assert found.revoked_after is None
    assert found.may_read()


def test_two_admissions_leave_the_roles_they_share_until_one_replaces_both() -> None:
    one = member("李娜", A, "reporter", "reviewer", earlier=("space-a", "space-b"))
    two = member("李娜", B, "reporter", "office", earlier=("space-b",))
    both = _roster(one, two).device(chain("李娜"))
    assert both is not None
    assert (both.roles, both.earlier) == ({Role.REPORTER}, {"space-b"})
    settled = member("李娜", A, "office", over=(one.id, two.id))
    after = _roster(one, two, settled).device(chain("李娜"))
    assert after is not None
    assert after.roles == {Role.OFFICE}


def test_a_chain_that_two_keys_are_given_is_nobodys_until_it_is_settled() -> None:
    one, two = member("李娜", A, "reporter"), member("李娜", B, "reporter", key=B.hex)
    roster = _roster(one, two)
    assert roster.device(chain("李娜")) is None
    assert roster.disputed == (chain("李娜"),)
    settled = _roster(one, two, member("李娜", A, "office", over=(two.id,)))
    assert settled.disputed == ()


def test_a_statement_replaces_only_its_like_on_the_same_subject() -> None:
    li, wang = member("李娜", A, "reporter"), member("王强", A, "reporter", over=())
    over = member("王强", B, "office", over=(li.id, OFFICE[0].id, wang.id))
    roster = _roster(li, wang, over)
    assert roster.organisation is not None
    assert roster.device(chain("李娜")) is not None
    assert roster.device(chain("王强")) is not None


def test_a_word_for_a_role_that_is_not_known_grants_nothing() -> None:
    found = _roster(member("李娜", A, "reporter", "seer")).device(chain("李娜"))
    assert found is not None
    assert found.roles == {Role.REPORTER}


@pytest.mark.parametrize("order", [(3, 5), (5, 3)])
def test_of_several_revocations_the_one_that_accepts_least_counts(order: Sequence[int]) -> None:
    said = [revoked("李娜", by, n) for by, n in zip((A, B), order, strict=True)]
    found = _roster(member("李娜", A, "reporter"), *said).device(chain("李娜"))
    assert found is not None
    assert found.revoked_after == 3
    assert not found.may_read()


def test_being_admitted_again_does_not_bring_a_revoked_chain_back() -> None:
    first = member("李娜", A, "reporter")
    again = member("李娜", A, "reporter", "office", over=(first.id,))
    found = _roster(first, revoked("李娜", A, 2), again).device(chain("李娜"))
    assert found is not None
    assert found.revoked_after == 2


def test_what_an_administrator_said_stays_valid_as_far_as_the_root_keeps_it() -> None:
    kept, dropped = member("李娜", A, "reporter"), member("王强", A, "reporter")
    roster = _roster(kept, dropped, stood_down("A", kept.id))
    assert roster.device(chain("李娜")) is not None
    assert roster.device(chain("王强")) is None
    assert not roster.is_administrator(A.public)
    assert roster.said_by(A.hex) == (kept,)


def test_of_two_lists_of_what_stays_valid_both_must_name_it_until_one_replaces_the_other() -> None:
    one, two = member("李娜", A, "reporter"), member("王强", A, "reporter")
    first, second = stood_down("A", one.id, two.id), stood_down("A", two.id)
    assert _roster(one, two, first, second).device(chain("李娜")) is None
    third = stated(stood_down("A", one.id).body, ROOT, (first.id, second.id))
    roster = _roster(one, two, first, second, third)
    assert roster.device(chain("李娜")) is not None
    assert roster.device(chain("王强")) is None


def test_appointing_somebody_again_who_was_stood_down_changes_nothing() -> None:
    again = stated(replace(administrator("A").body), ROOT, (OFFICE[1].id,))
    assert not _roster(stood_down("A"), again).is_administrator(A.public)


def test_a_new_chain_of_a_device_is_its_owners() -> None:
    listed = [member("李娜", A, "reporter"), succession("李娜二", "李娜", B),
              succession("李娜三", "李娜二", A)]  # fmt: skip
    found = _roster(*listed).device(chain("李娜三"))
    assert found is not None
    assert (found.name, found.roles, found.succeeds) == ("李娜", {Role.REPORTER}, chain("李娜二"))
    assert found.key == signer("device 李娜三").public


def test_a_chain_that_succeeds_goes_on_after_the_former_was_revoked() -> None:
    listed = [member("李娜", A, "reporter"), succession("李娜二", "李娜", A), revoked("李娜", A, 4)]
    roster = _roster(*listed)
    former, after = roster.device(chain("李娜")), roster.device(chain("李娜二"))
    assert former is not None
    assert after is not None
    assert (former.revoked_after, after.revoked_after) == (4, None)


def test_a_circle_of_successions_leads_to_nobody() -> None:
    roster = _roster(succession("李娜", "王强", A), succession("王强", "李娜", A))
    assert roster.devices() == ()


def test_things_are_sealed_under_the_newest_epoch_that_nobody_revoked_holds() -> None:
    first, second = epoch(1, A), epoch(2, B)
    li = member("李娜", A, "reporter")
    roster = _roster(first, second)
    assert roster.newest_epoch == second.body
    assert not roster.epoch_due
    # B did not know of the revocation yet when it made the third.
    left = [epoch(2, A, "李娜"), epoch(3, B), revoked("李娜", A, 1)]
    roster = _roster(li, first, *left)
    assert roster.newest_epoch == left[0].body
    assert not roster.epoch_due
    roster = _roster(li, first, second, revoked("李娜", A, 1))
    assert roster.newest_epoch == second.body
    assert roster.epoch_due
    # Of a chain that nobody admitted a revocation says nothing yet.
    roster = _roster(first, second, revoked("李娜", A, 1))
    assert not roster.epoch_due
    assert roster.revocations == {}


def test_epochs_come_in_the_order_of_their_numbers() -> None:
    listed = [epoch(number, A) for number in (3, 1, 2)]
    assert [each.number for each in _roster(*listed).epochs.values()] == [1, 2, 3]


def test_a_hub_is_given_no_keys() -> None:
    found = _roster(member("县中转", A, "hub")).device(chain("县中转"))
    assert found is not None
    assert not found.may_read()


def test_the_keys_of_a_person_are_those_that_were_ever_stated() -> None:
    who = f"person-{chain('李娜')}"
    first = stated(replace(member("李娜", A, "reporter").body, signs=A.hex), A)  # type: ignore[type-var]
    second = stated(replace(first.body, signs=B.hex), A, (first.id,))  # type: ignore[type-var]
    third = stated(Vouched(who, "李娜", DEVICE.hex), B)
    assert _roster(first, second, third).keys_of(who) == {A.hex, B.hex, DEVICE.hex}
    forged = stated(Vouched(who, "李娜", STRANGER.hex), STRANGER)
    assert _roster(forged).keys_of(who) == frozenset()
    assert _roster().keys_of(f"person-{chain('A')}") == {A.hex}
