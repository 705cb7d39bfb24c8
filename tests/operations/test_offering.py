"""Files are offered and not stored; what was taken within the visit is chosen beforehand."""

import shutil

import pytest

from inspector.base.errors import MingchaError
from inspector.base.progress import Cancelled
from inspector.domain.entities import Evidence
from inspector.domain.offering import Fate, Span, span_of
from inspector.domain.vocabulary import EventKind, EvidenceRoute, TimeSource
from inspector.operations.erasing import erase
from inspector.operations.evidence import check_clock, evidence_of_visit
from inspector.operations.incoming import forget, keep_pasted, keep_taken, taken_before
from inspector.operations.offering import (
    MOST_FILES,
    Outcome,
    around,
    judged,
    offer,
    store_offered,
)
from inspector.operations.recording import get
from inspector.operations.visits import new_visit, note_event
from inspector.operations.workspaces import create_workspace, open_workspace
from tests.support.jpegs import write_jpeg


def found(field, *paths, **more):
    steps = list(offer(field.session, field.visit, paths, **more))
    return [each for step in steps for each in step.offered], [
        path for step in steps for path in step.passed_over
    ]


def fates(field, *paths, **more):
    return {each.path.name: each.fate for each in found(field, *paths, **more)[0]}


@pytest.fixture
def card(tmp_path):
    """A card with photographs of the visit and others, and what lies beside them."""
    folder = tmp_path / "card" / "DCIM"
    write_jpeg(folder / "a.jpg", taken="2026:03:04 10:00:00", tint=1)
    write_jpeg(folder / "b.jpg", taken="2026:03:02 10:00:00", tint=2)
    write_jpeg(folder / "c.jpg", taken="2026:03:05 10:00:00", tint=3)
    write_jpeg(folder / "d.jpg", tint=4)
    write_jpeg(folder / "e" / "same.jpg", taken="2026:03:04 10:00:00", tint=1)
    (folder / "empty.jpg").write_bytes(b"")
    (folder / ".hidden.jpg").write_bytes(b"x")
    (folder / "link.jpg").symlink_to(folder / "a.jpg")
    return folder


def test_only_what_was_taken_within_the_visit_is_chosen(field, card):
    field.go_in()
    offered, passed = found(field, card)
    assert {each.path.name: each.fate for each in offered} == {
        "a.jpg": Fate.WITHIN,
        "b.jpg": Fate.BEFORE,
        "c.jpg": Fate.AFTER,
        "d.jpg": Fate.TIMELESS,
        "same.jpg": Fate.REPEATED,
        "empty.jpg": Fate.UNREADABLE,
    }
    assert {path.name for path in passed} == {".hidden.jpg", "link.jpg"}
    assert evidence_of_visit(field.session, field.visit) == []


def test_before_the_visit_began_nothing_is_chosen(field, card):
    assert fates(field, card / "a.jpg") == {"a.jpg": Fate.UNBEGUN}


def test_the_measured_clock_decides_with_the_person_who_holds_the_camera(field, tmp_path):
    field.go_in()
    shot = write_jpeg(tmp_path / "card.jpg", taken="2026:03:04 10:00:00", tint=1)
    offered, _passed = found(field, shot)
    [added] = store_offered(field.session, field.visit, offered, field.li)
    card_shows = get(field.session, Evidence, added.evidence).camera_ms + 2 * 3_600_000
    check_clock(field.session, added.evidence, card_shows, field.seen("12:00"))
    early = write_jpeg(tmp_path / "early.jpg", taken="2026:03:04 08:00:00", tint=2)
    [mine], _passed = found(field, early)
    assert (mine.fate, mine.offset_ms) == (Fate.WITHIN, 7_200_000)
    hers = judged(mine, around(field.session, field.visit), field.wang)
    assert (hers.fate, hers.offset_ms) == (Fate.BEFORE, 0)


def test_what_is_recorded_or_erased_is_not_offered_again(field, tmp_path):
    field.go_in()
    kept = write_jpeg(tmp_path / "kept.jpg", taken="2026:03:04 10:00:00", tint=1)
    gone = write_jpeg(tmp_path / "gone.jpg", taken="2026:03:04 10:01:00", tint=2)
    offered, _passed = found(field, kept, gone)
    added = list(store_offered(field.session, field.visit, offered, field.li))
    erase(field.session, added[1].evidence, "private", field.wang)
    assert fates(field, kept, gone) == {"kept.jpg": Fate.KNOWN, "gone.jpg": Fate.ERASED}


def test_what_another_visit_holds_is_said_and_not_chosen(field, tmp_path):
    field.go_in()
    shot = write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00")
    other = new_visit(field.session, field.hall, [field.li]).id
    steps = list(offer(field.session, other, [shot]))
    offered = [each for step in steps for each in step.offered]
    list(store_offered(field.session, other, offered, field.li))
    [again], _passed = found(field, shot)
    assert (again.fate, again.meant, again.storable) == (Fate.ELSEWHERE, False, True)


def test_a_messengers_copy_has_no_time_and_says_so(field, tmp_path):
    field.go_in()
    [copy], _passed = found(field, write_jpeg(tmp_path / "mmexport1772600000000.jpg"))
    assert (copy.fate, copy.copied) == (Fate.TIMELESS, True)


def test_files_of_the_workspace_are_passed_over_unless_they_wait_there(field):
    workspace = field.session.store.workspace
    waiting = write_jpeg(workspace.incoming / "1" / "a.jpg", taken="2026:03:04 10:00:00")
    offered, passed = found(field, workspace.root)
    assert [each.path for each in offered] == [waiting]
    assert workspace.database in passed


def test_each_file_is_stored_with_its_route_and_without_a_time_of_entry(field, tmp_path):
    field.go_in()
    one = write_jpeg(tmp_path / "one.jpg", taken="2026:03:04 10:00:00", tint=1)
    two = write_jpeg(tmp_path / "two.jpg", tint=2)
    offered = (
        found(field, one, route=EvidenceRoute.CARD)[0]
        + found(field, two, route=EvidenceRoute.PASTE)[0]
    )
    before = [path.read_bytes() for path in (one, two)]
    list(store_offered(field.session, field.visit, offered, field.wang, provided=True))
    card, paste = evidence_of_visit(field.session, field.visit)
    assert (card.route, paste.route) == (EvidenceRoute.CARD, EvidenceRoute.PASTE)
    assert (card.observer, card.acquisition.value) == (field.wang, "provided")
    assert paste.observed_from is None
    assert [path.read_bytes() for path in (one, two)] == before


def test_what_this_computer_took_has_its_clock_as_source_and_is_chosen(field, tmp_path):
    field.go_in()
    one = write_jpeg(tmp_path / "one.jpg", tint=1)
    ms = field.session.now().start
    [offered], _passed = found(field, one, route=EvidenceRoute.CAMERA, live={one: ms})
    assert (offered.fate, offered.taken_ms, offered.offset_ms) == (Fate.WITHIN, ms, 0)
    facts = around(field.session, field.visit)
    facts.offsets[("", field.wang)] = 60_000
    # Whoever holds it: no camera's clock was measured against this one.
    assert judged(offered, facts, field.wang).taken_ms == ms
    field.session.store.clock.advance(minutes=5)
    list(store_offered(field.session, field.visit, [offered], field.wang))
    [kept] = evidence_of_visit(field.session, field.visit)
    assert (kept.route, kept.observer) == (EvidenceRoute.CAMERA, field.wang)
    assert (kept.observed_from, kept.time_source) == (ms, TimeSource.LIVE)
    assert (kept.camera_ms, kept.offset_ms, kept.time_precision) == (None, 0, 1)


def test_what_this_computer_took_before_the_visit_is_not_chosen(field, tmp_path):
    field.go_in()
    one = write_jpeg(tmp_path / "one.jpg", tint=1)
    ms = field.session.now().start - 48 * 3_600_000
    [offered], _passed = found(field, one, route=EvidenceRoute.CAMERA, live={one: ms})
    assert offered.fate is Fate.BEFORE


def test_a_card_that_is_pulled_out_loses_nothing(field, tmp_path):
    field.go_in()
    folder = tmp_path / "card"
    for number in range(30):
        write_jpeg(folder / f"{number:02}.jpg", taken=f"2026:03:04 10:{number:02}:00", tint=number)
    offered, _passed = found(field, folder)
    storing = store_offered(field.session, field.visit, offered, field.li)
    outcome = Outcome()
    outcome.add(next(storing))
    shutil.rmtree(folder)
    for added in storing:
        outcome.add(added)
    assert outcome.stored + len(outcome.failed) == 30
    assert 0 < outcome.stored < 30
    assert outcome.lost == len(outcome.failed)
    assert len(evidence_of_visit(field.session, field.visit)) == outcome.stored


def test_looking_can_be_stopped_at_each_step(field, card):
    class Stopping:
        def start(self, label, total):
            self.label = label

        def step(self, count=1):
            if "at the" in self.label:
                raise Cancelled

    looking = offer(field.session, field.visit, [card], progress=Stopping())
    with pytest.raises(Cancelled):
        list(looking)


def test_a_walk_without_end_is_bounded(field, tmp_path, monkeypatch):
    monkeypatch.setattr("inspector.operations.offering.MOST_FILES", 3)
    for number in range(5):
        (tmp_path / "many").mkdir(exist_ok=True)
        (tmp_path / "many" / f"{number}.txt").write_text(str(number))
    steps = list(offer(field.session, field.visit, [tmp_path / "many"]))
    assert any(step.more for step in steps)
    assert sum(len(step.offered) for step in steps) == 3
    assert MOST_FILES > 10_000


def test_a_sealed_or_unknown_visit_takes_no_offer(field, card):
    with pytest.raises(MingchaError):
        list(offer(field.session, "nothing", [card]))


def test_the_span_ends_with_leaving_or_with_the_last_day(field):
    assert around(field.session, field.visit).span is None
    field.go_in()
    now = field.session.store.clock.read().ms
    begun = around(field.session, field.visit).span
    assert begun.end == now
    note_event(field.session, field.visit, EventKind.LEFT, field.seen("11:00"))
    left = around(field.session, field.visit).span
    assert left.end == field.seen("11:00").start
    assert span_of([], now, 480) is None
    assert Span(600_000, 700_000).distance(550_000) == 0


def test_what_waited_is_gone_when_the_workspace_is_opened_again(tmp_path, clock, entropy):
    root = tmp_path / "office"
    create_workspace(root, clock, entropy).close()
    waiting = keep_pasted(root, b"\x89PNG", "CON.png", entropy)
    assert (waiting.name, waiting.read_bytes()) == ("_CON.png", b"\x89PNG")
    other = keep_pasted(root, b"\x89PNG", "a.png", entropy)
    forget(root, other)
    assert not other.exists()
    outside = write_jpeg(tmp_path / "card" / "a.jpg")
    forget(root, outside)
    assert outside.exists()
    open_workspace(root, clock, entropy).close()
    assert not waiting.exists()


def test_what_the_camera_took_waits_for_its_visit_until_it_is_stored(tmp_path, clock, entropy):
    root = tmp_path / "office"
    create_workspace(root, clock, entropy).close()
    later = keep_taken(root, "v1", 1_772_700_000_500, b"\xff\xd8b", "b.jpg")
    first = keep_taken(root, "v1", 1_772_700_000_000, b"\xff\xd8a", "a.jpg")
    keep_taken(root, "v2", 1_772_700_000_000, b"\xff\xd8c", "c.jpg")
    pasted = keep_pasted(root, b"\x89PNG", "a.png")
    open_workspace(root, clock, entropy).close()
    assert not pasted.exists()
    assert taken_before(root, "v1") == (first, later)
    assert [each.path.read_bytes() for each in taken_before(root, "v1")] == [
        b"\xff\xd8a",
        b"\xff\xd8b",
    ]
    forget(root, first.path)
    assert taken_before(root, "v1") == (later,)
    assert taken_before(root, "nothing") == ()


def test_a_paste_that_cannot_be_kept_says_what_to_do(tmp_path):
    (tmp_path / "incoming").write_bytes(b"no folder")
    with pytest.raises(MingchaError) as caught:
        keep_pasted(tmp_path, b"x", "a.png")
    assert caught.value.code == "paste_not_kept"
    with pytest.raises(MingchaError) as caught:
        keep_taken(tmp_path, "v", 1, b"x", "a.jpg")
    assert caught.value.code == "picture_not_kept"
