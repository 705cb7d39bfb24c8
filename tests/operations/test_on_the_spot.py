"""What the page of a visit records while one stands there: looks, waits, entries, findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Event, Evidence, Finding, Remark, Round, Sighting, Wait
from inspector.domain.placing import NEAR_MS
from inspector.domain.quick import QUICK
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import EventKind, Phase, TimeSource, WaitOutcome, WindowState
from inspector.operations import waiting
from inspector.operations.amending import EntryKind, mend, withdraw_entry, write_entry
from inspector.operations.board import board, unplaced
from inspector.operations.observing import (
    count_people,
    look,
    start_round,
    sweep_current,
    watch,
)
from inspector.operations.pasting import noted, preview
from inspector.operations.preparing import choices, listed_visits
from inspector.operations.quick import good_practice, quick_finding, suggested
from inspector.operations.recording import get
from inspector.operations.undo import undo_last
from inspector.operations.visits import begin_overt, events_of, new_visit

if TYPE_CHECKING:
    from tests.operations.conftest import Field


def sightings(field: Field) -> list[Sighting]:
    return field.session.store.select(Sighting, "visit = ?", field.visit)


# -- looking ---------------------------------------------------------------------------------------


def test_the_first_look_begins_the_first_round(field: Field) -> None:
    look(field.session, field.visit, field.window("1"), WindowState.SERVING, field.seen("10:00"))
    look(field.session, field.visit, field.window("2"), WindowState.IDLE, field.seen("10:01"))
    [only] = field.session.store.select(Round, "visit = ?", field.visit)
    assert {each.round for each in sightings(field)} == {only.id}


def test_people_are_added_to_ones_own_look_and_its_time_stays(field: Field) -> None:
    window, at = field.window("1"), field.seen("10:00")
    look(field.session, field.visit, window, WindowState.UNATTENDED, at)
    count_people(field.session, field.visit, window, 4, field.seen("10:05"))
    [only] = sightings(field)
    assert (only.people_waiting, only.observed_from) == (4, at.start)


def test_people_at_a_window_that_was_swept_over_are_a_look_of_their_own(field: Field) -> None:
    start_round(field.session, field.visit, field.seen("10:00"))
    sweep_current(field.session, field.visit, field.seen("10:01"))
    count_people(field.session, field.visit, field.window("1"), 4, field.seen("10:05"))
    [only] = sightings(field)
    assert (only.people_waiting, only.state) == (4, WindowState.SERVING)


def test_watching_is_continuous_and_by_stopwatch(field: Field) -> None:
    between = (field.seen("10:00").start or 0, field.seen("10:14").start or 0)
    state = WindowState.UNATTENDED
    watch(field.session, field.visit, field.window("1"), state, between, field.wang)
    [only] = sightings(field)
    assert only.continuous
    assert (only.observed_from, only.observed_to) == between
    assert (only.observer, only.time_source) == (field.wang, TimeSource.STOPWATCH)


# -- waiting ---------------------------------------------------------------------------------------


def test_a_wait_goes_its_way(field: Field) -> None:
    session, new = field.session, Wait(id="", visit=field.visit, ticket="A1")
    wait = waiting.join_queue(session, new, field.seen("10:00")).id
    waiting.called(session, wait, field.seen("10:20"))
    with pytest.raises(MingchaError, match="wait_order"):
        waiting.done(session, wait, field.seen("10:10"))
    waiting.stopped_watching(session, wait, field.seen("10:30"))
    found = get(session, Wait, wait)
    assert found.outcome is WaitOutcome.DONE
    assert found.observed_to == field.seen("10:30").start
    assert board(session, field.visit).served == ()


def test_nobody_gives_up_after_having_been_called(field: Field) -> None:
    session, new = field.session, Wait(id="", visit=field.visit)
    wait = waiting.join_queue(session, new, field.seen("10:00")).id
    waiting.called(session, wait, field.seen("10:20"))
    with pytest.raises(MingchaError, match="wait_outcome"):
        waiting.gave_up(session, wait, field.seen("10:30"))


# -- entries ---------------------------------------------------------------------------------------


def test_lines_become_what_they_are_said_to_be(field: Field) -> None:
    session, visit, at = field.session, field.visit, field.seen("10:00")
    write_entry(session, visit, EntryKind.HEADS, " 9 / 12 ", at)
    write_entry(session, visit, EntryKind.REQUEST, "能代办吗", at, reply="不能")
    write_entry(session, visit, EntryKind.ARRIVED, "", at)
    shown = board(session, visit)
    assert (shown.head_counts[0].staffed, shown.head_counts[0].total) == (9, 12)
    assert shown.record.remarks[0].reply == "不能"
    assert shown.record.events[0].kind is EventKind.ARRIVED


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (EntryKind.HEADS, "nine", "head_count_unreadable"),
        (EntryKind.HEADS, "13/12", "head_count_impossible"),
        (EntryKind.NOTE, " ", "text_missing"),
        (EntryKind.REMARK, "", "text_missing"),
    ],
)
def test_a_line_that_says_nothing_is_refused(
    field: Field, kind: EntryKind, text: str, code: str
) -> None:
    with pytest.raises(MingchaError, match=code):
        write_entry(field.session, field.visit, kind, text, field.seen("10:00"))


def test_words_and_time_of_an_entry_are_mended(field: Field) -> None:
    session = field.session
    entry = good_practice(session, field.visit, "guides the old", field.seen("10:00"))
    later = field.seen("10:30", who=field.wang)
    mend(session, get(session, Remark, entry.id), text="guides everybody", seen=later)
    found = get(session, Remark, entry.id)
    assert (found.text, found.observer) == ("guides everybody", field.wang)
    assert found.observed_from == later.start


def test_the_time_of_a_phase_is_not_mended(field: Field) -> None:
    field.go_in()
    [phase] = [each for each in board(field.session, field.visit).record.events if each.phase]
    mend(field.session, phase, text="late", seen=field.seen("11:00"))
    found = get(field.session, Event, phase.id)
    assert (found.note, found.observed_from) == ("late", phase.observed_from)


def test_an_entry_of_another_visit_is_not_withdrawn_here(field: Field) -> None:
    entry = good_practice(field.session, field.visit, "kind", field.seen("10:00"))
    other = new_visit(field.session, field.hall, [field.li]).id
    with pytest.raises(MingchaError, match="not_found"):
        withdraw_entry(field.session, other, "remark", entry.id, "slip")
    withdraw_entry(field.session, field.visit, "remark", entry.id, "slip")
    assert get(field.session, Remark, entry.id).void == "slip"


# -- findings --------------------------------------------------------------------------------------


def test_a_quick_finding_says_what_is_usual_unless_somebody_writes_more(field: Field) -> None:
    session, seen = field.session, field.seen("10:00")
    usual = quick_finding(session, field.visit, QUICK[0], seen, lang="en")
    own = quick_finding(session, field.visit, QUICK[3], seen, text="34 minutes")
    assert (usual.text, usual.situations, usual.severity) == (
        QUICK[0].text_en,
        ("FZ-P-Z1",),
        2,
    )
    assert get(session, Finding, own.id).text == "超时：34 minutes"
    again = quick_finding(session, field.visit, QUICK[3], seen, text="超时 34 分钟")
    assert again.text == "超时 34 分钟"
    english = quick_finding(session, field.visit, QUICK[3], seen, text="34 minutes", lang="en")
    assert english.text == "Too long: 34 minutes"


def test_photographs_of_the_moment_are_suggested_the_nearest_first() -> None:
    at = 1_000 * MINUTE_MS
    taken = {"far": NEAR_MS + 1, "near": -MINUTE_MS, "nearer": 10, "never": None}
    found = [
        Evidence(id=name, observed_from=None if off is None else at + off)
        for name, off in taken.items()
    ]
    assert [each.id for each in suggested(found, at)] == ["nearer", "near"]


def test_only_photographs_without_a_place_are_offered(field: Field) -> None:
    files = [
        Evidence(id=f"e{n}", visit=field.visit, sha256=str(n), void="blurred" if n == 1 else None)
        for n in range(3)
    ]
    field.session.store.save(*files, visit=field.visit)
    assert [each.id for each in unplaced(field.session, field.visit, 10)] == ["e2", "e0"]
    assert [each.id for each in unplaced(field.session, field.visit, 1)] == ["e2"]


# -- phases, notes, preparing ----------------------------------------------------------------------


def test_showing_identity_and_the_overt_part_are_one_action(field: Field) -> None:
    field.go_in()
    session, visit, seen = field.session, field.visit, field.seen("10:30")
    documents = {field.li: "card 7", field.wang: "card 8"}
    begin_overt(session, visit, seen, documents, to_whom="Lin")
    shown = [e for e in events_of(session, visit) if e.kind is EventKind.REVEAL]
    assert {e.observer: e.document for e in shown} == documents
    assert {e.to_whom for e in shown} == {"Lin"}
    assert board(session, visit).standing.team is Phase.OVERT
    undo_last(session, visit)
    shown = board(session, visit)
    assert shown.standing.team is Phase.COVERT
    assert shown.standing.of(field.wang) is Phase.COVERT
    for documents, to_whom in (
        ({field.li: "card"}, " "),
        ({field.li: "card", field.wang: " "}, "L"),
    ):
        with pytest.raises(MingchaError, match="reveal_incomplete"):
            begin_overt(session, visit, seen, documents, to_whom=to_whom)


def test_nothing_of_another_visit_is_undone_here(field: Field) -> None:
    other = new_visit(field.session, field.hall, [field.li]).id
    with pytest.raises(MingchaError, match="nothing_to_undo"):
        undo_last(field.session, field.visit)
    assert undo_last(field.session, other).visit == other


def test_notes_are_previewed_as_the_facts_they_become(field: Field) -> None:
    field.go_in()
    seen = noted(field.session, field.visit, field.wang, None)
    found = preview(field.session, field.visit, "1038 05 空岗\nchaos", seen)
    [[sighting], [event]] = [each.facts for each in found]
    assert isinstance(sighting, Sighting)
    assert (sighting.observer, sighting.time_source) == (field.wang, TimeSource.NOTE)
    assert sighting.observed_from == field.seen("10:38").start
    assert isinstance(event, Event)
    assert sightings(field) == []


def test_a_new_visit_is_made_of_what_there_is(field: Field) -> None:
    assert not choices(field.session).covert
    field.go_in()
    found = choices(field.session)
    assert found.covert
    assert [hall.code for hall in found.halls] == ["H1"]
    assert {person.id for person in found.people} == {field.li, field.wang}
    assert any(reference.startswith("hall@") for reference, _zh, _en in found.checklists)


def test_visits_are_listed_with_the_day_they_began(field: Field) -> None:
    newer = new_visit(field.session, field.hall, [field.li])
    field.go_in()
    first, second = listed_visits(field.session)
    assert (first.row.visit.id, first.day, first.code) == (newer.id, "", "H1")
    assert second.day == "2026-03-04"


def test_a_look_keeps_no_people_of_the_one_before(field: Field) -> None:
    window, at = field.window("1"), field.seen("10:00")
    look(field.session, field.visit, window, WindowState.IDLE, at, people_waiting=3)
    later = replace(at, start=(at.start or 0) + MINUTE_MS)
    look(field.session, field.visit, window, WindowState.SERVING, later)
    [only] = sightings(field)
    assert (only.people_waiting, only.state) == (None, WindowState.SERVING)
