import pytest

from inspector.base.errors import MingchaError
from inspector.domain.absences import absences
from inspector.domain.entities import Answer, Event, HeadCount, Sighting, Wait
from inspector.domain.observations import round_states
from inspector.domain.vocabulary import (
    Conformity,
    EventKind,
    TimeSource,
    WaitOutcome,
    WindowState,
)
from inspector.operations.observing import (
    count_heads,
    record_answer,
    record_wait,
    round_of,
    sight,
    start_round,
    sweep,
)
from inspector.operations.pasting import paste, read_notes
from inspector.operations.recording import get, void
from inspector.operations.records import load_record
from inspector.operations.undo import undo_last
from tests.support.fixed import START


def code_of(act, *args, **kwargs):
    with pytest.raises(MingchaError) as caught:
        act(*args, **kwargs)
    return caught.value.code


def test_answering_again_changes_the_answer_and_clears_what_is_not_said_again(field):
    seen = field.seen("10:00", source=TimeSource.MEMORY)
    first = record_answer(field.session, field.visit, "S02-05", "20", seen, note="05 号窗口")
    assert get(field.session, Answer, first.id).conformity is Conformity.DOES_NOT_CONFORM

    second = record_answer(field.session, field.visit, "s02-05", "10", field.seen("10:30"))

    assert second.id == first.id
    [answer] = field.session.store.select(Answer)
    assert (answer.value, answer.conformity) == ({"minutes": 10}, Conformity.CONFORMS)
    assert (answer.note, answer.time_source) == ("", TimeSource.NOTE)


def test_two_inspectors_answers_stand_beside_each_other(field):
    for who, text in ((field.li, "符合"), (field.wang, "不符合")):
        record_answer(field.session, field.visit, "S01-01", text, field.seen("10:00", who=who))
    answers = field.session.store.select(Answer)
    assert [each.conformity for each in answers] == [
        Conformity.CONFORMS,
        Conformity.DOES_NOT_CONFORM,
    ]
    assert {each.conflicts for each in answers} == {0}


def test_a_withdrawn_answer_can_be_given_again_and_undone_again(field):
    seen = field.seen("10:00")
    recorded = record_answer(field.session, field.visit, "S01-01", "符合", seen)
    void(field.session, Answer, recorded.id, "看错了")
    record_answer(field.session, field.visit, "S01-01", "不适用", seen)
    answer = get(field.session, Answer, recorded.id)
    assert (answer.void, answer.conformity) == (None, Conformity.NOT_APPLICABLE)

    undo_last(field.session)

    assert get(field.session, Answer, recorded.id).void == "看错了"


def test_who_is_not_a_member_saw_nothing(field):
    seen = field.seen("10:00", who="somebody")
    args = (field.session, field.visit, "S01-01", "符合", seen)
    assert code_of(record_answer, *args) == "observer_not_member"
    unseen = field.seen("10:00")
    assert code_of(record_answer, *args[:2], "S99-99", "符合", unseen) == "item_not_found"


def states(field, walk):
    record = load_record(field.session, field.visit)
    return [state.value for state in round_states(record, walk.id).values()]


def test_a_round_starts_unseen_and_a_sweep_covers_only_the_rest_of_its_floor(field):
    session, visit = field.session, field.visit
    walk = start_round(session, visit, field.seen("09:35", "09:45"))
    assert states(field, walk) == ["not_looked_at"] * 6

    sight(
        *(session, visit, field.window("2"), WindowState.UNATTENDED, field.seen("09:36")),
        in_round=walk.id,
    )
    sweep(session, visit, walk, field.seen("09:40"), floor="1")

    rest = ["not_looked_at"] * 3
    assert states(field, walk) == ["serving", "unattended", "serving", *rest]
    second = start_round(session, visit, field.seen("10:35"))
    assert (second.number, states(field, second)) == (2, ["not_looked_at"] * 6)
    assert round_of(session, visit, 1).id == walk.id
    assert code_of(round_of, session, visit, 3) == "round_not_found"


def test_looking_again_in_a_round_changes_what_was_seen_there(field):
    session, visit, window = field.session, field.visit, field.window("2")
    walk = start_round(session, visit, field.seen("09:35"))
    seen = field.seen("09:36")
    sight(session, visit, window, WindowState.UNATTENDED, seen, in_round=walk.id, people_waiting=3)
    sight(session, visit, window, WindowState.IDLE, field.seen("09:37"), in_round=walk.id)
    [sighting] = session.store.select(Sighting)
    assert (sighting.state, sighting.people_waiting) == (WindowState.IDLE, None)


def test_only_continuous_watching_gives_minutes(field):
    session, visit, window = field.session, field.visit, field.window("5")
    state = WindowState.UNATTENDED
    assert (
        code_of(sight, session, visit, window, state, field.seen("10:38"), continuous=True)
        == "interval_missing"
    )
    sight(session, visit, window, state, field.seen("10:38", "10:52"), continuous=True)
    for at in ("09:40", "10:10"):
        sight(session, visit, field.window("3"), state, field.seen(at))

    found = {each.window: each for each in absences(load_record(session, visit))}

    assert found[window.id].minutes == 14
    assert found[field.window("3").id].minutes is None
    assert len(found[field.window("3").id].moments) == 2


def test_pasted_notes_become_facts_in_one_action_and_nothing_is_dropped(field):
    session, visit = field.session, field.visit
    text = (
        "1038 05 空岗 6人\n10:40-10:52 04 空岗\n取号 A031 0950 叫号 1024 办结 1036\n"
        "1050 在岗 5/6\n天气闷热\n1055 饮水机无水"
    )
    lines = read_notes(session, visit, text, START.date(), 480)
    changes = paste(session, visit, lines, field.seen())

    look, watch = session.store.select(Sighting)
    assert (look.window, look.people_waiting, look.continuous) == (field.window("5").id, 6, False)
    assert watch.continuous
    assert (watch.observed_from, watch.observed_to) == (
        field.seen("10:40").start,
        field.seen("10:52").start,
    )
    [wait] = session.store.select(Wait)
    assert (wait.ticket, wait.outcome) == ("A031", WaitOutcome.DONE)
    [count] = session.store.select(HeadCount)
    assert (count.staffed, count.total) == (5, 6)
    note, timed = [each for each in session.store.select(Event) if each.kind is EventKind.NOTE]
    assert (note.note, note.observed_from) == ("天气闷热", None)
    assert (timed.note, timed.observed_from) == ("1055 饮水机无水", field.seen("10:55").start)
    assert len(changes.touched) == 6

    undo_last(session)
    assert all(each.void for each in session.store.select(Sighting))


def test_impossible_counts_and_waits_are_refused(field):
    count = HeadCount(id="", visit=field.visit, staffed=7, total=6)
    assert (
        code_of(count_heads, field.session, count, field.seen("10:00")) == "head_count_impossible"
    )
    joined, called = field.seen("10:20").start, field.seen("10:10").start
    wait = Wait(id="", visit=field.visit, joined=joined, called=called, outcome=WaitOutcome.DONE)
    assert code_of(record_wait, field.session, wait, field.seen("10:20")) == "wait_order"


def test_a_second_sweep_leaves_what_the_first_one_saw(field):
    session, visit = field.session, field.visit
    walk = start_round(session, visit, field.seen("09:35"))
    sweep(session, visit, walk, field.seen("09:40"), floor="1")
    sweep(session, visit, walk, field.seen("09:45"), state=WindowState.CLOSED)
    assert states(field, walk) == ["serving"] * 3 + ["closed"] * 3
