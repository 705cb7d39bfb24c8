"""The board of a visit: what it shows, and that what changed is all that is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.i18n import translator
from inspector.domain.board import PART_NOUNS
from inspector.domain.completeness import warnings
from inspector.domain.entities import (
    ClockCheck,
    Evidence,
    HeadCount,
    Person,
    Remark,
    Sighting,
    Statement,
    Wait,
)
from inspector.domain.facts import effective
from inspector.domain.vocabulary import (
    Conformity,
    EventKind,
    Phase,
    Position,
    TargetKind,
    WindowState,
)
from inspector.operations.board import Board, board, renewed, tells_who, told
from inspector.operations.evidence import Taking, add_photos, place
from inspector.operations.feedback import take_statement, tell_unit
from inspector.operations.observing import (
    count_heads,
    record_answer,
    record_wait,
    remark,
    sight,
    start_round,
    sweep,
)
from inspector.operations.people import add_person
from inspector.operations.recording import amend, void
from inspector.operations.records import load_record
from inspector.operations.undo import undo_last
from inspector.operations.undo_text import undo_text
from inspector.operations.visits import count_photos, join, note_event, reveal
from tests.support.jpegs import write_jpeg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.domain.changes import Changes
    from tests.operations.conftest import Field

TR = translator("en")


def see(field: Field) -> Board:
    return board(field.session, field.visit)


def states(shown: Board) -> dict[str, WindowState]:
    return {tile.window.number: tile.state for tile in shown.tiles}


def test_a_prepared_visit_lacks_the_acceptances(field: Field) -> None:
    shown = see(field)
    assert shown.standing.team is Phase.PREPARED
    assert shown.standing.missing == (field.li, field.wang)
    assert shown.round is None
    assert set(states(shown).values()) == {WindowState.NOT_LOOKED_AT}
    assert shown.asked
    assert all(not each.answers for each in shown.asked)
    assert shown.saved is not None


def test_one_inspector_may_be_overt_while_the_team_is_not(field: Field) -> None:
    field.go_in()
    reveal(field.session, field.visit, field.seen("10:00"), to_whom="Lin", document="card")
    standing = see(field).standing
    assert standing.team is Phase.COVERT
    assert standing.of(field.li) is Phase.OVERT
    assert standing.of(field.wang) is Phase.COVERT
    assert standing.missing == ()


def test_windows_of_a_new_round_are_not_looked_at_and_keep_their_time(field: Field) -> None:
    field.go_in()
    first = start_round(field.session, field.visit, field.seen("10:00"))
    seen = field.seen("10:02")
    sight(
        field.session,
        field.visit,
        field.window("2"),
        WindowState.UNATTENDED,
        seen,
        in_round=first.id,
        people_waiting=6,
    )
    sweep(field.session, field.visit, first, field.seen("10:05"))
    shown = see(field)
    assert shown.round is not None
    assert shown.round.number == 1
    by_number = {tile.window.number: tile for tile in shown.tiles}
    tile = by_number["02"]
    assert (tile.state, tile.since, tile.people_waiting) == (WindowState.UNATTENDED, seen.start, 6)
    assert by_number["05"].state is WindowState.SERVING
    start_round(field.session, field.visit, field.seen("10:30"))
    assert set(states(see(field)).values()) == {WindowState.NOT_LOOKED_AT}


def test_each_inspector_has_an_answer_of_their_own(field: Field) -> None:
    field.go_in()
    code = see(field).asked[0].item.code
    record_answer(field.session, field.visit, code, "yes", field.seen("10:00"))
    record_answer(field.session, field.visit, code, "no", field.seen("10:01", who=field.wang))
    first = see(field).asked[0]
    assert first.disputed
    mine = first.by(field.li)
    assert mine is not None
    assert mine.conformity is Conformity.CONFORMS
    assert first.latest is not None


def test_waits_run_until_called_then_are_served(field: Field) -> None:
    field.go_in()
    seen = field.seen("10:00")
    wait = Wait(id="", visit=field.visit, ticket="A1", joined=seen.start, promised_minutes=30)
    done = record_wait(field.session, wait, seen)
    assert [each.ticket for each in see(field).waits] == ["A1"]
    called = field.seen("10:20").start
    amend(field.session, Wait, done.id, {"called": called, "outcome": "done"})
    shown = see(field)
    assert shown.waits == ()
    assert [each.called for each in shown.served] == [called]


def test_the_timeline_writes_itself_and_keeps_what_was_withdrawn(field: Field) -> None:
    field.go_in()
    entry = remark(
        field.session, Remark(id="", visit=field.visit, text="<b>no chairs"), field.seen("10:10")
    )
    field.finding("nobody there", at="10:20")
    void(field.session, Remark, entry.id, "wrong hall")
    shown = see(field)
    texts = [told(shown.record, row.fact, TR) for row in shown.timeline]
    assert texts[0].endswith("nobody there")
    assert "<b>no chairs" in texts[1]
    assert [row.void for row in shown.timeline[:2]] == [False, True]
    assert "Phase begins: covert" in texts


def test_what_tells_who_saw_it_names_that_person(field: Field) -> None:
    field.go_in()
    field.finding("nobody there", at="10:20")
    remark(field.session, Remark(id="", visit=field.visit, text="no chairs"), field.seen("10:30"))
    count_photos(field.session, field.visit, field.seen("10:40"))
    reveal(field.session, field.visit, field.seen("10:50"), to_whom="director", document="card")
    shown = see(field)
    for row in shown.timeline:
        assert row.fact.observer
        name = shown.record.person_name(row.fact.observer)
        assert tells_who(row.fact) == (name in told(shown.record, row.fact, TR))
    assert {tells_who(row.fact) for row in shown.timeline} == {True, False}


def test_who_made_a_statement_need_not_be_known(field: Field) -> None:
    field.go_in()
    finding = field.finding("nobody there").id
    field.show_identity()
    tell_unit(field.session, field.visit, [finding], field.seen("11:00"))
    said = Statement(id="", finding=finding, position=Position.AGREE)
    take_statement(field.session, said, field.seen("11:10"))
    assert undo_text(see(field), TR) == "Representatives of the unit: agrees"


def test_a_single_look_has_a_line_even_where_service_was_ordinary(field: Field) -> None:
    field.go_in()
    walk = start_round(field.session, field.visit, field.seen("10:00"))
    for at, of in (("10:05", walk.id), ("10:10", None)):
        seen, window = field.seen(at), field.window("03")
        sight(field.session, field.visit, window, WindowState.IDLE, seen, in_round=of)
    lines = [row for row in see(field).timeline if isinstance(row.fact, Sighting)]
    assert [row.at for row in lines] == [field.seen("10:10").start]


def test_photographs_are_counted_as_the_completeness_check_lists_them(
    field: Field, tmp_path: Path
) -> None:
    field.go_in()
    paths = [write_jpeg(tmp_path / f"{n}.jpg", tint=40 * n) for n in range(4)]
    added = list(add_photos(field.session, field.visit, paths, Taking(field.seen("10:00"))))
    assert (see(field).photos.total, see(field).photos.unplaced) == (4, 4)
    finding = field.finding("nobody there")
    place(field.session, added[0].evidence, TargetKind.FINDING, finding.id)
    field.session.store.save(
        ClockCheck(id="c", visit=field.visit, evidence=added[1].evidence), visit=field.visit
    )
    void(field.session, Evidence, added[2].evidence, "blurred")
    record = load_record(field.session, field.visit)
    [listed] = [gap.ids for gap in warnings(record) if gap.code == "evidence_unplaced"]
    photos = see(field).photos
    assert (photos.total, photos.unplaced) == (len(effective(record.evidence)), len(listed))
    assert (photos.total, photos.unplaced) == (3, 1)


def test_undo_says_what_was_done_with_how_many_photographs(field: Field, tmp_path: Path) -> None:
    field.go_in()
    finding = field.finding("nobody there")
    paths = [write_jpeg(tmp_path / f"{n}.jpg", tint=n) for n in range(3)]
    added = list(add_photos(field.session, field.visit, paths, Taking(field.seen("10:00"))))
    assert undo_text(see(field), TR) == "adding 3 photographs"
    place(field.session, added[0].evidence, TargetKind.FINDING, finding.id)
    assert undo_text(see(field), TR) == "placing 1 photograph"
    undo_last(field.session)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.4")
    list(add_photos(field.session, field.visit, [paper], Taking(field.seen("10:00"))))
    assert undo_text(see(field), TR) == "adding 1 file"


def test_undo_calls_files_by_their_kind(field: Field, tmp_path: Path) -> None:
    field.go_in()
    finding = field.finding("nobody there")

    def added(*paths: Path) -> list[str]:
        took = add_photos(field.session, field.visit, paths, Taking(field.seen("10:00")))
        return [each.evidence for each in took]

    sounds = [tmp_path / f"{n}.wav" for n in range(2)]
    for number, path in enumerate(sounds):
        path.write_bytes(b"RIFF" + bytes([number, 0, 0, 0]) + b"WAVEfmt " + bytes(16))
    first, second = added(*sounds)
    assert undo_text(see(field), TR) == "adding 2 sound recordings"
    assert undo_text(see(field), translator("zh")) == "添加 2 段录音"
    void(field.session, Evidence, first, "not ours")
    assert undo_text(see(field), TR) == "withdrawing 1 sound recording"
    place(field.session, second, TargetKind.FINDING, finding.id)
    assert undo_text(see(field), TR) == "placing 1 sound recording"
    void(field.session, Evidence, added(write_jpeg(tmp_path / "1.jpg"))[0], "blurred")
    assert undo_text(see(field), translator("zh")) == "作废 1 张照片"
    more = tmp_path / "3.wav"
    more.write_bytes(b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(17))
    added(write_jpeg(tmp_path / "2.jpg", tint=2), more)
    assert undo_text(see(field), TR) == "adding 2 files"


def test_undo_is_named_before_it_is_done(field: Field) -> None:
    field.go_in()
    field.finding("nobody there")
    assert undo_text(see(field), TR).endswith("nobody there")
    undo_last(field.session)
    assert see(field).findings == ()


def _one_of_each(field: Field) -> list[Callable[[], object]]:
    session, visit, seen = field.session, field.visit, field.seen("10:40")
    first = start_round(session, visit, seen)
    code = see(field).asked[3].item.code
    return [
        lambda: record_answer(session, visit, code, "yes", seen),
        lambda: sight(
            session, visit, field.window("3"), WindowState.PAUSED, seen, in_round=first.id
        ),
        lambda: sweep(session, visit, first, seen),
        lambda: start_round(session, visit, field.seen("10:50")),
        lambda: record_wait(session, Wait(id="", visit=visit, joined=seen.start), seen),
        lambda: count_heads(session, HeadCount(id="", visit=visit, staffed=3, total=6), seen),
        lambda: remark(session, Remark(id="", visit=visit, text="queue"), seen),
        lambda: field.finding("nobody there", situations=("DT-L1",)),
        lambda: note_event(session, visit, EventKind.NOTE, seen, "note"),
        lambda: reveal(session, visit, seen, to_whom="Lin", document="card"),
        lambda: join(session, visit, add_person(session, "赵敏").id),
        lambda: amend(session, Person, field.li, {"name": "李娜娜"}),
        lambda: undo_last(session),
    ]


def test_a_renewed_board_is_the_board_read_anew(field: Field) -> None:
    field.go_in()
    acts = _one_of_each(field)
    told_of: list[Changes] = []
    field.session.store.listener = told_of.append
    for act in acts:
        before = see(field)
        told_of.clear()
        act()
        touched = frozenset().union(*(changes.touched for changes in told_of))
        assert renewed(field.session, before, touched) == see(field)


def test_only_what_depends_on_the_touched_is_computed_again(field: Field) -> None:
    field.go_in()
    start_round(field.session, field.visit, field.seen("10:00"))
    before = see(field)
    code = before.asked[0].item.code
    done = record_answer(field.session, field.visit, code, "yes", field.seen("10:00"))
    after = renewed(field.session, before, done.changes.touched)
    for name, nouns in PART_NOUNS.items():
        same = getattr(before, name) is getattr(after, name)
        assert same == ("answer" not in nouns), name


def test_another_visits_facts_stay_out(field: Field) -> None:
    before = see(field)
    touched = frozenset({("remark", "unknown")})
    assert renewed(field.session, before, touched).record.remarks == ()


def test_a_record_can_be_read_without_its_photographs(field: Field, tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "a.jpg")
    list(add_photos(field.session, field.visit, [path], Taking(field.seen())))
    assert load_record(field.session, field.visit).evidence
    assert not load_record(field.session, field.visit, without={"evidence"}).evidence


def test_an_unknown_visit_is_refused(field: Field) -> None:
    with pytest.raises(Exception, match="not_found"):
        board(field.session, "nothing")
