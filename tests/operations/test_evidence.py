import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from inspector.base.clock import to_ms
from inspector.base.errors import MingchaError
from inspector.base.progress import Cancelled
from inspector.domain.entities import Erasure, Evidence
from inspector.domain.vocabulary import TargetKind, TimeSource
from inspector.operations.erasing import erase
from inspector.operations.evidence import (
    Taking,
    add_photos,
    check_clock,
    evidence_of_visit,
    find_evidence,
    place,
    set_time,
    void_clock_check,
)
from inspector.operations.people import use_person
from inspector.operations.recording import get, void
from inspector.operations.records import load_record
from inspector.operations.sealing import seal
from inspector.operations.undo import undo_last
from inspector.operations.upkeep import check
from inspector.operations.visits import new_visit
from inspector.operations.workspaces import create_workspace, open_workspace
from tests.support.fixed import START
from tests.support.jpegs import write_jpeg


def add(field, *paths):
    return list(add_photos(field.session, field.visit, paths, Taking(field.seen())))


def ten(minute, second=0):
    return to_ms(START.replace(hour=10, minute=minute, second=second))


def test_a_folder_goes_in_and_broken_or_repeated_files_are_told_apart(field, tmp_path):
    folder = tmp_path / "in"
    write_jpeg(folder / "a.jpg", taken="2026:03:04 10:00:00")
    (folder / "b.jpg").write_bytes((folder / "a.jpg").read_bytes())
    (folder / "c.jpg").write_bytes(b"")
    (folder / "d.pdf").write_bytes(b"%PDF-1.7 minutes of the meeting")

    added = add(field, folder)

    assert [each.taken.status for each in added] == ["stored", "duplicate", "refused", "stored"]
    assert added[0].evidence == added[1].evidence != ""
    assert added[2].taken.reason.code == "file_empty"
    photo, paper = evidence_of_visit(field.session, field.visit)
    assert (photo.observed_from, photo.time_source) == (ten(0), TimeSource.PHOTOGRAPH)
    assert (paper.mime, paper.observed_from) == ("application/pdf", None)
    assert [each.taken.status for each in add(field, folder / "a.jpg")] == ["duplicate"]


def test_the_clock_card_corrects_photographs_of_its_camera_before_and_after(field, tmp_path):
    card = write_jpeg(tmp_path / "card.jpg", taken="2026:03:04 10:00:00", tint=1)
    early = write_jpeg(tmp_path / "early.jpg", taken="2026:03:04 10:05:00", tint=2)
    other = write_jpeg(tmp_path / "other.jpg", taken="2026:03:04 10:05:00", model="B", tint=3)
    late = write_jpeg(tmp_path / "late.jpg", taken="2026:03:04 10:09:00", tint=4)
    first = [each.evidence for each in add(field, card, early, other)]

    shown = ten(2, 30)
    clock_check = check_clock(field.session, first[0], shown, field.seen("10:02"))
    last = add(field, late)[0].evidence

    assert clock_check.offset_ms == 150_000
    times = [get(field.session, Evidence, each).observed_from for each in (*first, last)]
    assert times == [ten(2, 30), ten(7, 30), ten(5), ten(11, 30)]
    assert get(field.session, Evidence, first[1]).camera_ms == ten(5)


def test_a_photograph_without_a_time_cannot_be_a_clock_card(field, tmp_path):
    paper = write_jpeg(tmp_path / "card.jpg")
    [added] = add(field, paper)
    with pytest.raises(MingchaError) as caught:
        check_clock(field.session, added.evidence, ten(0), field.seen("10:00"))
    assert caught.value.code == "camera_time_missing"


def test_a_messengers_copy_has_no_time_until_one_is_given_with_its_source(field, tmp_path):
    [added] = add(field, write_jpeg(tmp_path / "mmexport1772600000000.jpg"))
    copy = get(field.session, Evidence, added.evidence)
    assert (copy.messenger_copy, copy.observed_from, copy.camera_ms) == (True, None, None)

    with pytest.raises(MingchaError):
        set_time(field.session, copy.id, field.seen())
    set_time(field.session, copy.id, field.seen("10:20", source=TimeSource.MEMORY))

    timed = get(field.session, Evidence, copy.id)
    assert (timed.observed_from, timed.time_source) == (ten(20), TimeSource.MEMORY)
    assert (timed.messenger_copy, timed.time_precision) == (True, 300)


def test_erasing_takes_the_bytes_and_leaves_hash_reason_and_an_unbroken_record(field, tmp_path):
    private = write_jpeg(tmp_path / "private.jpg", taken="2026:03:04 10:00:00")
    kept = write_jpeg(tmp_path / "kept.jpg", taken="2026:03:04 10:01:00", tint=9)
    item, _other = (
        get(field.session, Evidence, each.evidence) for each in add(field, private, kept)
    )
    field.go_in()
    seal(field.session, field.visit)

    erase(field.session, item.id, "私人照片", field.wang)

    session = field.session
    assert session.blobs.size(item.sha256) is None
    assert [each.sha256 for each in load_record(session, field.visit).erasures] == [item.sha256]
    assert get(session, Evidence, item.id).sha256 == item.sha256
    report = check(session)
    assert report.ok, report.problems
    assert find_evidence(session, field.visit, "kept.jpg").sha256 != item.sha256


def test_what_was_erased_does_not_come_in_again(field, tmp_path):
    private = write_jpeg(tmp_path / "private.jpg", taken="2026:03:04 10:00:00")
    [added] = add(field, private)
    erase(field.session, added.evidence, "私人照片", field.wang)

    [again] = add(field, private)

    assert (again.taken.status, again.evidence) == ("refused", "")
    assert again.taken.reason.code == "file_erased"
    assert check(field.session).ok


@pytest.mark.parametrize(
    ("reason", "second", "code"),
    [
        ("私人照片", "", "second_person_missing"),
        ("私人照片", "li", "second_person_missing"),
        (" ", "wang", "reason_missing"),
    ],
)
def test_erasing_needs_a_reason_and_another_person(field, tmp_path, reason, second, code):
    [added] = add(field, write_jpeg(tmp_path / "a.jpg"))
    with pytest.raises(MingchaError) as caught:
        erase(field.session, added.evidence, reason, getattr(field, second, ""))
    assert caught.value.code == code
    assert field.session.store.select(Erasure) == []
    assert field.session.blobs.size(added.taken.sha256)


def test_erasing_needs_two_who_are_known(field, tmp_path):
    [added] = add(field, write_jpeg(tmp_path / "a.jpg"))
    field.session.store.set_local("user", "")
    with pytest.raises(MingchaError) as caught:
        erase(field.session, added.evidence, "私人照片", field.wang)
    assert caught.value.code == "typist_unknown"
    use_person(field.session, field.li)
    with pytest.raises(MingchaError) as caught:
        erase(field.session, added.evidence, "私人照片", "nobody")
    assert caught.value.code == "not_found"
    assert field.session.blobs.size(added.taken.sha256)


def test_a_withdrawn_photograph_can_be_brought_again(field, tmp_path):
    path = write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00")
    [first] = add(field, path)
    void(field.session, Evidence, first.evidence, "放错走访")

    [again] = add(field, path)

    assert again.taken.status == "stored"
    assert [each.id for each in evidence_of_visit(field.session, field.visit)] == [again.evidence]
    assert evidence_of_visit(field.session, field.visit)[0].observed_from == ten(0)


def test_a_placement_is_made_once(field, tmp_path):
    [added] = add(field, write_jpeg(tmp_path / "a.jpg"))
    finding = field.finding("空岗")
    for _ in range(2):
        place(field.session, added.evidence, TargetKind.FINDING, finding.id)
    assert len(load_record(field.session, field.visit).placements) == 1


def test_the_workspace_itself_is_no_evidence(field):
    workspace = field.session.store.workspace
    assert add(field, workspace.root) == [], "files of the workspace were read as evidence"
    [named] = add(field, workspace.database)
    assert named.taken.status == "refused"
    assert named.taken.reason.code == "file_of_workspace"
    # Nothing else opened the database file: SQLite still holds its locks against others.
    with (
        closing(sqlite3.connect(workspace.database, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("SELECT count(*) FROM op")


def test_what_another_workspace_keeps_is_no_evidence(field, tmp_path):
    other, card = tmp_path / "other", tmp_path / "card"
    card.mkdir()
    with create_workspace(other) as session:
        blob = session.blobs.add_bytes(write_jpeg(tmp_path / "b.jpg").read_bytes()).sha256
        original = session.store.workspace.media / blob[:2] / blob
        before = original.stat()
        (card / "link").symlink_to(other / "media", target_is_directory=True)
        for named in (original, original.parent, other / "media", other / "mingcha.db"):
            [refused] = add(field, named)
            assert refused.taken.reason.code == "file_of_store", named
        [refused] = add(field, card / "link")
        assert refused.taken.reason.code == "file_of_store"
        write_jpeg(other / "loose.jpg")
        [beside] = add(field, other)
        assert (beside.taken.name, beside.taken.status) == ("loose.jpg", "stored")
        assert original.stat() == before
        assert session.blobs.verify(blob) == "ok"
    assert [each.original_name for each in evidence_of_visit(field.session, field.visit)] == [
        "loose.jpg"
    ]


def test_a_name_means_the_file_that_was_brought_again(field, tmp_path):
    path = write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00")
    [first] = add(field, path)
    void(field.session, Evidence, first.evidence, "放错走访")
    assert find_evidence(field.session, field.visit, "a.jpg").id == first.evidence
    [again] = add(field, path)
    assert find_evidence(field.session, field.visit, "a.jpg").id == again.evidence


def test_what_is_evidence_of_two_visits_is_erased_for_both(field, tmp_path):
    path = write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00")
    [here] = add(field, path)
    other = new_visit(field.session, field.hall, [field.li, field.wang])
    [there] = add_photos(field.session, other.id, [path], Taking(field.seen()))

    erase(field.session, there.evidence, "私人照片", field.wang)
    again = erase(field.session, here.evidence, "还是私人照片", field.wang)

    assert again.operations == ()
    for visit in (field.visit, other.id):
        [erasure] = load_record(field.session, visit).erasures
        assert (erasure.visit, erasure.reason) == (other.id, "私人照片")
    field.go_in()
    seal(field.session, field.visit)
    assert len(load_record(field.session, field.visit).erasures) == 1
    assert check(field.session).ok


def test_a_very_long_name_is_kept_whole(field, tmp_path):
    path = write_jpeg(tmp_path / f"{'b' * 230}.jpg", taken="2026:03:04 10:00:00")
    [added] = add(field, path)
    assert get(field.session, Evidence, added.evidence).original_name == path.name


def test_only_a_member_can_say_when_a_file_was_made(field, tmp_path):
    [added] = add(field, write_jpeg(tmp_path / "a.jpg"))
    with pytest.raises(MingchaError) as caught:
        set_time(field.session, added.evidence, field.seen("10:00", who="somebody"))
    assert caught.value.code == "observer_not_member"


def test_a_visit_sealed_while_files_come_in_takes_no_more(field, tmp_path):
    paths = [write_jpeg(tmp_path / f"{n}.jpg", taken=f"2026:03:04 10:{n:02}:00") for n in range(12)]
    field.go_in()
    results = add_photos(field.session, field.visit, paths, Taking(field.seen()))
    next(results)
    seal(field.session, field.visit)
    with pytest.raises(MingchaError) as caught:
        list(results)
    assert caught.value.code == "visit_sealed"
    assert len(evidence_of_visit(field.session, field.visit)) == 10


def test_an_erased_file_that_cannot_be_removed_locks_nobody_out(field, tmp_path):
    [added] = add(field, write_jpeg(tmp_path / "a.jpg"))
    sha256 = added.taken.sha256
    erase(field.session, added.evidence, "私人照片", field.wang)
    root = field.session.store.workspace.root
    field.session.close()
    stuck = root / "media" / sha256[:2] / sha256
    stuck.mkdir()  # what lies there cannot be removed as a file

    with open_workspace(root) as session:
        assert [notice.code for notice in session.notices] == ["erased_file_stuck"]
        assert [each.code for each in check(session).problems] != []


class StopAt:
    """Stops the work when so many steps are done."""

    def __init__(self, count):
        self.left = count

    def start(self, label, total):
        pass

    def step(self, count=1):
        self.left -= count
        if self.left == 0:
            raise Cancelled


@pytest.mark.parametrize("by_progress", [True, False])
def test_what_was_finished_before_a_stop_is_recorded_and_told(field, tmp_path, by_progress):
    paths = [write_jpeg(tmp_path / f"{n}.jpg", taken=f"2026:03:04 10:{n:02}:00") for n in range(40)]
    progress = StopAt(26) if by_progress else StopAt(0)
    results = add_photos(field.session, field.visit, paths, Taking(field.seen()), progress)
    told = [next(results).evidence for _ in range(13)]
    if not by_progress:
        # As the worker does between two steps.
        told.append(results.throw(Cancelled()).evidence)
    with pytest.raises(Cancelled):
        told.extend(each.evidence for each in results)
    recorded = evidence_of_visit(field.session, field.visit)
    assert told == [each.id for each in recorded]
    assert len(told) >= (26 if by_progress else 13)
    assert len(told) < 40, "what was not begun is left"
    kept = set(field.session.blobs.iter_hashes())
    assert kept == {each.sha256 for each in recorded}, "no file is kept that nobody knows of"
    assert check(field.session).ok
    assert len(add(field, *paths)) == 40
    assert len(evidence_of_visit(field.session, field.visit)) == 40


def test_two_telephones_of_one_model_have_offsets_of_their_own(field, tmp_path):
    card = write_jpeg(tmp_path / "card.jpg", taken="2026:03:04 10:00:00", tint=1)
    hers = write_jpeg(tmp_path / "hers.jpg", taken="2026:03:04 10:05:00", tint=2)
    his = write_jpeg(tmp_path / "his.jpg", taken="2026:03:04 10:05:00", tint=90)
    later = write_jpeg(tmp_path / "later.jpg", taken="2026:03:04 10:06:00", tint=4)
    session, wang = field.session, Taking(field.seen(who=field.wang))
    shown, own = (each.evidence for each in add(field, card, hers))
    [his_own] = add_photos(session, field.visit, [his], wang)

    # He reads the card that she photographed: it is her telephone that is checked.
    check_clock(session, shown, ten(2), field.seen("10:02", who=field.wang))
    [his_later] = add_photos(session, field.visit, [later], wang)

    found = [his_own.evidence, own, his_later.evidence]
    assert [get(session, Evidence, each).observed_from for each in found] == [
        ten(5),
        ten(7),
        ten(6),
    ]


def test_a_clock_check_that_was_wrong_gives_the_times_back(field, tmp_path):
    card = write_jpeg(tmp_path / "card.jpg", taken="2026:03:04 10:00:00", tint=1)
    photo = write_jpeg(tmp_path / "photo.jpg", taken="2026:03:04 10:05:00", tint=2)
    noted = write_jpeg(tmp_path / "z.jpg", taken="2026:03:04 10:05:00", tint=90)
    shown, item, by_hand = (each.evidence for each in add(field, card, photo, noted))
    session = field.session
    set_time(session, by_hand, field.seen("10:20"))
    first = check_clock(session, shown, ten(1), field.seen("10:02"))
    wrong = check_clock(session, shown, ten(9), field.seen("10:02"))
    assert get(session, Evidence, item).observed_from == ten(14)

    void_clock_check(session, wrong.id, "读错")
    assert get(session, Evidence, item).observed_from == ten(6)
    void_clock_check(session, first.id, "不是这台相机")

    found = get(session, Evidence, item)
    assert (found.observed_from, found.offset_ms) == (ten(5), 0)
    assert get(session, Evidence, by_hand).observed_from == ten(20)
    undo_last(session)
    assert get(session, Evidence, item).observed_from == ten(6)
    with pytest.raises(MingchaError) as caught:
        void_clock_check(session, first.id, " ")
    assert caught.value.code == "reason_missing"


def test_both_visits_of_an_erased_file_are_sealed_read_and_checked(field, tmp_path):
    path = write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00")
    session = field.session
    [here] = add(field, path)
    other = new_visit(session, field.hall, [field.li, field.wang])
    [there] = add_photos(session, other.id, [path], Taking(field.seen()))
    assert there.evidence != here.evidence
    field.go_in()
    seal(session, field.visit)

    erase(session, here.evidence, "私人照片", field.wang)
    replace(field, visit=other.id).go_in()
    seal(session, other.id)

    for visit in (field.visit, other.id):
        record = load_record(session, visit)
        assert [each.sha256 for each in record.evidence] == [here.taken.sha256]
        assert [each.reason for each in record.erasures] == ["私人照片"]
    assert check(session).problems == ()
