import pytest

from inspector.domain.entities import Confirmation, FindingPerson
from inspector.domain.findings import identification, is_confirmed
from inspector.domain.vocabulary import ConfirmationMethod, FindingOutcome, IdentitySource
from inspector.operations.findings import (
    amend_finding,
    confirm,
    describe_person,
    identify_person,
    persons_of,
    set_outcome,
)
from inspector.operations.pins import PAUSE_MS, TRIES, has_pin, pin_matches, set_pin
from inspector.operations.recording import void
from inspector.operations.records import load_record
from inspector.operations.workspaces import open_workspace
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.refusing import refused


@pytest.fixture
def grave(field):
    field.go_in()
    return field.finding("空岗", severity=3)


def by_pin(field, finding, pin):
    second = field.seen("10:05", who=field.wang)
    return confirm(field.session, finding.id, ConfirmationMethod.PIN, second, pin=pin)


def test_a_pin_confirms_only_if_it_is_right(field, grave):
    refused("pin_not_set", by_pin, field, grave, "2468")
    set_pin(field.session, field.wang, "2468")
    refused("pin_wrong", by_pin, field, grave, "2469")
    refused("pin_wrong", by_pin, field, grave, "")
    assert field.session.store.select(Confirmation) == []

    by_pin(field, grave, "2468")

    assert is_confirmed(load_record(field.session, field.visit), grave)


def test_the_pin_of_another_member_is_no_use(field, grave):
    set_pin(field.session, field.li, "1111")
    set_pin(field.session, field.wang, "2222")
    refused("pin_wrong", by_pin, field, grave, "1111")


def test_a_pin_stays_out_of_the_record_and_is_not_kept_in_clear(field):
    before = field.session.store.log.count()
    set_pin(field.session, field.wang, "73519406")
    assert field.session.store.log.count() == before
    kept = field.session.store.local(f"pin:{field.wang}")
    assert "73519406" not in kept
    set_pin(field.session, field.li, "73519406")
    assert field.session.store.local(f"pin:{field.li}") != kept


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", " 1234", "１２３４", "1234\n"])
def test_a_pin_is_four_to_twelve_digits(field, pin):
    refused("pin_form", set_pin, field.session, field.wang, pin)
    assert not has_pin(field.session, field.wang)


def test_only_who_knows_a_pin_changes_it(field):
    set_pin(field.session, field.wang, "2468")
    refused("pin_wrong", set_pin, field.session, field.wang, "1357")
    refused("pin_wrong", set_pin, field.session, field.wang, "1357", old="1357")
    set_pin(field.session, field.wang, "1357", old="2468")
    assert pin_matches(field.session, field.wang, "1357")
    assert not pin_matches(field.session, field.wang, "2468")


def test_five_wrong_tries_have_to_wait(field, clock):
    set_pin(field.session, field.wang, "2468")
    for _ in range(TRIES - 1):
        assert not pin_matches(field.session, field.wang, "0000")
    assert pin_matches(field.session, field.wang, "2468")
    for _ in range(TRIES):
        assert not pin_matches(field.session, field.wang, "0000")
    refused("pin_blocked", pin_matches, field.session, field.wang, "2468")
    clock.advance(ms=PAUSE_MS - 1)
    refused("pin_blocked", pin_matches, field.session, field.wang, "2468")
    clock.advance(ms=1)
    assert pin_matches(field.session, field.wang, "2468")


def test_the_count_of_wrong_tries_survives_closing(field, clock):
    set_pin(field.session, field.wang, "2468")
    for _ in range(TRIES):
        pin_matches(field.session, field.wang, "0000")
    root = field.session.store.workspace.root
    field.session.close()
    again = FixedClock(clock.start, elapsed_ms=clock.elapsed_ms)
    with open_workspace(root, again, CountingEntropy("later")) as session:
        refused("pin_blocked", pin_matches, session, field.wang, "2468")


def test_an_own_device_is_another_one(field, grave, clock):
    second = field.seen("10:05", who=field.wang)
    refused(
        *("confirmation_same_device", confirm, field.session, grave.id),
        *(ConfirmationMethod.DEVICE, second),
    )
    root = field.session.store.workspace.root
    field.session.store.set_local("log", "b" * 26)  # as the same space on a second computer
    field.session.close()
    again = FixedClock(clock.start, elapsed_ms=clock.elapsed_ms)
    with open_workspace(root, again, CountingEntropy("second")) as session:
        confirm(session, grave.id, ConfirmationMethod.DEVICE, second)
        assert is_confirmed(load_record(session, field.visit), grave)


def test_a_withdrawn_finding_is_neither_confirmed_nor_changed(field, grave):
    set_pin(field.session, field.wang, "2468")
    person = FindingPerson(id="", finding=grave.id, description="短发女性")
    seen = field.seen("09:40")
    known = describe_person(field.session, person, seen)
    void(field.session, type(grave), grave.id, "重复录入")
    refused("finding_withdrawn", describe_person, field.session, person, seen)
    refused(
        *("finding_withdrawn", identify_person, field.session, known.id),
        **{"identity": "张某", "seen": seen, "source": IdentitySource.ROSTER},
    )
    refused("finding_withdrawn", set_outcome, field.session, grave.id, FindingOutcome.ESTABLISHED)
    refused("finding_withdrawn", by_pin, field, grave, "2468")
    refused("finding_withdrawn", amend_finding, field.session, grave.id, {"severity": 2})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, "text_missing"),
        ({"severity": 9}, "severity_unknown"),
        ({"situations": ("XX-9",)}, "situation_unknown"),
        ({"situations": ("DT-M1", "CZ")}, "situation_is_list"),
    ],
)
def test_a_change_is_checked_like_a_new_finding(field, grave, fields, code):
    refused(code, amend_finding, field.session, grave.id, fields)
    changed = amend_finding(field.session, grave.id, {"severity": 2, "situations": ("DT-M1",)})
    assert (changed.severity, changed.situations, changed.text) == (2, ("DT-M1",), "空岗")


def test_who_a_person_was_is_added_to_the_person_seen(field, grave):
    session = field.session
    person = FindingPerson(id="", finding=grave.id, description="短发女性")
    person = describe_person(session, person, field.seen("09:40"))
    manager = IdentitySource.DUTY_MANAGER
    confirmed = field.seen("11:10", who=field.wang)
    refused(
        *("identity_without_source", identify_person, session, person.id),
        **{"identity": "张某", "seen": confirmed, "source": None},
    )
    refused(
        *("identity_empty", identify_person, session, person.id),
        **{"identity": " ", "seen": confirmed, "source": manager},
    )

    identify_person(session, person.id, identity="张某", seen=confirmed, source=manager)

    [found] = persons_of(session, grave.id)
    seen = field.seen("09:40")
    assert (found.description, found.observer, found.observed_from) == (
        *("短发女性", field.li),
        seen.start,
    )
    assert (found.identity, found.identity_source) == ("张某", manager)
    fact = identification(found)
    assert (fact.observer, fact.observed_from, fact.time_source) == (
        *(field.wang, confirmed.start),
        confirmed.source,
    )


def test_only_members_see_persons_and_confirm_who_they_are(field, grave):
    """A description needs the one who saw, whoever typed it."""
    session, stranger = field.session, field.seen("09:40", who="somebody")
    person = FindingPerson(id="", finding=grave.id, description="短发女性")
    refused("observer_not_member", describe_person, session, person, stranger)
    refused("description_without_observer", describe_person, session, person, None)
    named = FindingPerson(
        id="", finding=grave.id, identity="张某", identity_source=IdentitySource.ROSTER
    )
    refused("observer_not_member", describe_person, session, named, None, stranger)
    describe_person(session, named, None, field.seen("11:10"))
    assert [each.observer for each in persons_of(session, grave.id)] == [""]


def test_the_outcome_does_not_undo_a_confirmation(field, grave):
    set_pin(field.session, field.wang, "2468")
    by_pin(field, grave, "2468")
    set_outcome(field.session, grave.id, type(grave.outcome).ESTABLISHED)
    found = field.session.store.get(type(grave), grave.id)
    assert is_confirmed(load_record(field.session, field.visit), found)
