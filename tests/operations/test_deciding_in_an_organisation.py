"""In an organisation decisions count only from reviewers and administrators, whoever is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Hall, Person, Review
from inspector.domain.vocabulary import Phase, ReviewState, Role
from inspector.operations.admitting import change_roles
from inspector.operations.office_settings import TWO_REVIEWERS, state_setting, two_reviewers
from inspector.operations.people import add_person
from inspector.operations.places import add_hall, numbered_windows
from inspector.operations.reviews import approve, reassign, return_visit, review_item
from inspector.operations.sealing import seal
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.tasks import tasks
from inspector.operations.visits import change_phase, new_visit
from inspector.storage.store import Edit
from tests.support.organisation import carry, join, take

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.session import Session
    from tests.support.organisation import Office


def sealed_visit(session: Session, code: str = "H1") -> str:
    """Let whoever types there and a colleague seal a visit."""
    hall = Hall(id="", code=code, name=f"大厅 {code}")
    hall = add_hall(session, hall, numbered_windows(2, ["1"]))
    wang = session.store.select(Person, "name = ?", "王强")
    other = wang[0] if wang else add_person(session, "王强")
    visit = new_visit(session, hall.id, [session.store.user, other.id]).id
    change_phase(session, visit, Phase.OVERT, seen_from(session, visit, Typed()))
    seal(session, visit)
    return visit


@pytest.fixture
def team(at: Office, new: Callable[..., Session]) -> tuple[Session, Session, Session, str]:
    """A reporter with a sealed visit, a reviewer, another reporter; all know the visit."""
    li, zhao, qian = new("李娜"), new("赵敏"), new("钱进")
    join(at, li, name="li")
    join(at, zhao, Role.REVIEWER, name="zhao")
    join(at, qian, name="qian")
    visit = sealed_visit(li)
    for each in (li, zhao, qian):
        take(each, at.session)
    for each in (zhao, qian, at.session):
        carry(li, each)
    return li, zhao, qian, visit


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(MingchaError) as caught:
        act()
    return caught.value.code


def test_a_reviewers_decision_counts_everywhere(
    at: Office, team: tuple[Session, Session, Session, str]
) -> None:
    li, zhao, qian, visit = team
    assert tasks(zhao).to_review == 1
    assert tasks(qian).to_review == 0
    assert code_of(lambda: approve(qian, visit)) == "role_missing"
    return_visit(zhao, visit, "补窗口号")
    for each in (li, qian, at.session):
        carry(zhao, each)
        assert review_item(each, visit).state is ReviewState.RETURNED
    [back] = tasks(li).returned
    assert back.by == ("赵敏",)
    assert tasks(zhao).to_review == 0


def test_what_was_decided_with_a_role_stands_when_it_is_taken_away(
    at: Office, team: tuple[Session, Session, Session, str]
) -> None:
    li, zhao, _qian, visit = team
    approve(zhao, visit)
    carry(zhao, at.session)
    change_roles(at.session, at.signer, "赵敏", [Role.REPORTER])
    for each in (li, zhao):
        take(each, at.session)
    carry(zhao, li)
    for each in (li, zhao, at.session):
        assert review_item(each, visit).state is ReviewState.APPROVED
    assert code_of(lambda: return_visit(zhao, visit, "反悔")) == "role_missing"
    # As a program would that does not keep to the rules: it decides nothing and takes nothing back.
    [made] = zhao.store.select(Review)
    zhao.store.permit = None
    zhao.store.commit([Edit("review", made.id, {"decision": "returned", "reason": "反悔"})])
    carry(zhao, li)
    assert review_item(li, visit).state is ReviewState.APPROVED


def test_what_the_office_had_not_seen_when_it_took_the_role_does_not_count(
    at: Office, team: tuple[Session, Session, Session, str]
) -> None:
    li, zhao, _qian, visit = team
    carry(zhao, at.session)
    change_roles(at.session, at.signer, "赵敏", [Role.REPORTER])
    take(li, at.session)
    approve(zhao, visit)  # its computer has not heard of it
    carry(zhao, li)
    assert review_item(li, visit).state is ReviewState.WAITING


def test_home_counts_what_waits_for_whoever_is_typing(
    at: Office, team: tuple[Session, Session, Session, str]
) -> None:
    _li, zhao, qian, visit = team
    # A member's word does not count, so the visit still waits.
    forged = {"visit": visit, "seal": review_item(qian, visit).seal.id, "decision": "approved"}
    qian.store.permit = None
    qian.store.commit([Edit("review", "forged", {**forged, "reviewer": qian.store.user})])
    carry(qian, zhao)
    assert tasks(zhao).to_review == 1
    # Two persons must approve: who has done so is asked no more, the other one still is.
    state_setting(at.session, TWO_REVIEWERS, "yes")
    carry(at.session, zhao)
    approve(zhao, visit)
    assert tasks(zhao).to_review == 0
    carry(zhao, at.session)
    assert tasks(at.session).to_review == 1
    approve(at.session, visit)
    assert tasks(at.session).to_review == 0


@pytest.mark.parametrize("over", ["returned", "approved"])
def test_home_counts_what_waits_whatever_others_wrote_over_a_decision(
    at: Office, team: tuple[Session, Session, Session, str], over: str
) -> None:
    _li, zhao, qian, visit = team
    if over == "returned":
        state_setting(at.session, TWO_REVIEWERS, "yes")
    carry(at.session, zhao)
    if over == "returned":
        approve(zhao, visit)
    else:
        reassign(zhao, visit, at.session.store.user)
    carry(zhao, qian)
    [made] = qian.store.select(Review)
    qian.store.permit = None
    other = {"reviewer": qian.store.user} if over == "approved" else {"reason": "补窗口号"}
    qian.store.commit([Edit("review", made.id, {"decision": over, **other})])
    for each in (zhao, qian):
        carry(each, at.session)
    # It waits for the second person: the first has approved it, or passed it on.
    assert review_item(at.session, visit).asked
    assert tasks(at.session).to_review == 1


@pytest.mark.parametrize(
    ("decided", "over"),
    [
        ({}, {"seal": "", "visit": ""}),
        ({"finding": "f"}, {"finding": ""}),
        ({"void": "反悔"}, {"void": None}),
    ],
)
def test_home_counts_what_waits_whatever_a_decision_was_moved_to(
    at: Office,
    team: tuple[Session, Session, Session, str],
    decided: dict[str, str],
    over: dict[str, str | None],
) -> None:
    li, zhao, qian, first = team
    second = sealed_visit(li, "H2")
    carry(li, zhao)
    seal_of = {each: review_item(zhao, each).seal.id for each in (first, second)}
    said = {"visit": first, "seal": seal_of[first], "decision": "approved"}
    person = zhao.store.user
    made = zhao.store.derived_id("review", seal_of[first], decided.get("finding", ""), person)
    zhao.store.commit([Edit("review", made, {**said, "reviewer": person, **decided})])
    carry(zhao, qian)
    qian.store.permit = None
    moved = {"seal": seal_of[second], "visit": second} if "seal" in over else over
    qian.store.commit([Edit("review", made, moved)])
    for each in (zhao, qian):
        carry(each, at.session)
    # An approval that was moved to another visit still approves the one that its reviewer named.
    waits = {each: review_item(at.session, each).asked for each in (first, second)}
    assert waits == {first: bool(decided), second: True}
    assert tasks(at.session).to_review == sum(waits.values())


def test_home_asks_nobody_to_review_their_own_visit(
    at: Office, new: Callable[..., Session]
) -> None:
    sun = new("孙敏")
    join(at, sun, Role.REPORTER, Role.REVIEWER, name="sun")
    take(sun, at.session)
    sealed_visit(sun)
    assert tasks(sun).to_review == 0
    carry(sun, at.session)
    assert tasks(at.session).to_review == 1


def test_who_writes_a_decision_in_the_name_of_a_reviewer_decides_nothing(
    team: tuple[Session, Session, Session, str],
) -> None:
    li, zhao, qian, visit = team
    item = review_item(qian, visit)
    forged = {"visit": visit, "seal": item.seal.id, "decision": "approved"}
    qian.store.commit([Edit("review", "forged", {**forged, "reviewer": zhao.store.user})])
    carry(qian, li)
    assert review_item(li, visit).state is ReviewState.WAITING


def test_only_the_office_states_how_many_must_approve(
    at: Office, team: tuple[Session, Session, Session, str]
) -> None:
    li, zhao, _qian, visit = team
    assert code_of(lambda: state_setting(zhao, TWO_REVIEWERS, "yes")) == "role_missing"
    state_setting(at.session, TWO_REVIEWERS, "yes")
    carry(at.session, li)
    assert two_reviewers(li)
    setting = li.store.derived_id("setting", TWO_REVIEWERS)
    zhao.store.commit([Edit("setting", setting, {"name": TWO_REVIEWERS, "value": "no"})])
    approve(zhao, visit)
    carry(zhao, li)
    assert two_reviewers(li)
    assert review_item(li, visit).state is ReviewState.WAITING
    approve(at.session, visit)
    carry(at.session, li)
    assert review_item(li, visit).state is ReviewState.APPROVED


def test_what_others_write_over_a_decision_takes_nothing_away(
    at: Office, team: tuple[Session, Session, Session, str]
) -> None:
    li, zhao, qian, visit = team
    made = return_visit(zhao, visit, "补窗口号")
    state_setting(at.session, TWO_REVIEWERS, "yes")
    setting = li.store.derived_id("setting", TWO_REVIEWERS)
    carry(zhao, qian)
    carry(at.session, qian)
    # As a program would that does not keep to the rules.
    qian.store.permit = None
    wrong = {"decision": "approved", "reviewer": qian.store.user, "reason": "", "void": "x"}
    qian.store.commit([Edit("review", made.id, wrong), Edit("setting", setting, {"value": "no"})])
    carry(qian, li)
    [back] = review_item(li, visit).standing.returned
    assert (back.reviewer, back.reason) == (zhao.store.user, "补窗口号")
    assert two_reviewers(li)
