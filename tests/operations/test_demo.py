from datetime import datetime

import pypdfium2
import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.domain.absences import absences
from inspector.domain.phases import acquisition_of
from inspector.domain.vocabulary import Acquisition, Conformity, TargetKind, WaitOutcome
from inspector.media.sample_photos import draw_photo
from inspector.operations.demo import day_of_visit, free_root, run_demo
from inspector.operations.demo_photos import SHOTS, sample
from inspector.operations.evidence import find_evidence
from inspector.operations.records import load_record
from inspector.operations.sealing import gaps
from inspector.operations.undo import undo_last
from inspector.operations.upkeep import check, rebuild
from inspector.operations.workspaces import open_workspace
from tests.support.fixed import SHANGHAI, CountingEntropy, FixedClock
from tests.support.jpegs import write_jpeg


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    root = tmp_path_factory.mktemp("demo") / "workspace"
    return run_demo(root, None, "zh", clock=FixedClock(), entropy=CountingEntropy())


@pytest.fixture(scope="module")
def record(demo):
    with open_workspace(demo.workspace, FixedClock(), CountingEntropy("again")) as session:
        return load_record(session, demo.visit)


def test_the_result_says_what_was_made_and_that_it_is_sound(demo):
    assert demo.check.ok
    assert (demo.number, demo.windows) == ("2026-0001", 36)
    assert demo.dossier.is_relative_to(demo.workspace)
    assert demo.dossier.stat().st_size == demo.paper.bytes
    assert demo.paper.missing_glyphs == ()
    assert demo.counts["findings"] == 5
    assert demo.counts["answers"] >= 40
    assert demo.counts["stored"] == len(demo.files) == 14
    assert all(sheet.read_bytes().startswith(b"%PDF") for sheet in demo.sheets)


def test_the_visit_holds_what_a_visit_is_made_of(record):
    assert record.seal is not None
    assert {each.conformity for each in record.answers} == set(Conformity)
    assert {each.severity for each in record.findings} == {1, 2, 3}
    assert {each.outcome for each in record.waits} == {WaitOutcome.DONE, WaitOutcome.GAVE_UP}
    assert {each.target_kind for each in record.placements} >= {
        *(TargetKind.FINDING, TargetKind.WINDOW, TargetKind.ANSWER, TargetKind.FEEDBACK),
    }
    assert {each.floor for each in record.windows} == {"一层", "二层"}
    assert record.trip.opinions
    assert record.trip.people_present
    assert [each.official_number for each in record.findings] == ["1", "2", "3", "4", "5"]


def test_window_05_was_watched_and_others_were_only_seen(record):
    minutes = {each.window: each.minutes for each in absences(record)}
    numbers = {each.id: each.number for each in record.windows}
    assert {numbers[window]: found for window, found in minutes.items()} == {
        "05": 14,
        "12": None,
        "27": None,
    }


def test_phase_follows_the_observer(record):
    names = {record.persons[each.person].name: each.person for each in record.members}
    shown = {each.original_name: acquisition_of(record.events, each) for each in record.evidence}
    assert shown["IMG_1051.jpg"] is Acquisition.COVERT
    assert shown["IMG_1061.jpg"] is Acquisition.OVERT
    assert len(names) == 3


def test_the_clock_card_put_the_slow_camera_right(record):
    times = {each.original_name: each for each in record.evidence}
    watched = times["IMG_1042.jpg"]
    assert watched.offset_ms == 160_000
    moment = datetime.fromtimestamp(watched.observed_from / 1000, SHANGHAI)
    assert f"{moment:%H:%M:%S}" == "10:38:20"
    assert times["B_0023.jpg"].offset_ms == 0
    assert times["mmexport1763000000000.jpg"].messenger_copy


def test_the_dossier_says_it(demo):
    text = text_of(demo.dossier).replace("\r\n", "")
    assert "明州市政务服务中心" in text
    assert "空岗 14 分钟" in text
    assert "2026-0001" in text


def test_the_workspace_stays_sound_and_closed_to_changes(demo):
    with open_workspace(demo.workspace, FixedClock(), CountingEntropy("later")) as session:
        before = session.store.digest()
        assert gaps(session, demo.visit)[0] == ()
        rebuilt = rebuild(session)
        assert (rebuilt.problems, rebuilt.digest, rebuilt.changed) == ((), before, False)
        assert check(session).ok
        with pytest.raises(MingchaError) as caught:
            undo_last(session)
        assert caught.value.code == "visit_sealed"


def test_photographs_of_a_folder_are_used_and_broken_ones_reported(demo, tmp_path):
    folder = tmp_path / "mine"
    for number in range(3):
        name = f"my{number}.jpg"
        write_jpeg(folder / name, taken=f"2026:03:03 10:0{number}:00", tint=number)
    (folder / "empty.jpg").write_bytes(b"")
    root = demo.workspace

    second = run_demo(root, folder, "en", clock=FixedClock(), entropy=CountingEntropy())

    assert second.workspace == root.with_name(f"{root.name}-2")
    assert second.check.ok
    assert second.visit == demo.visit, "the same clock and entropy make the same record"
    statuses = {each.taken.name: each.taken.status for each in second.files}
    assert statuses["empty.jpg"] == "refused"
    assert statuses["my0.jpg"] == "stored"
    assert "Mingzhou Government Service Centre" in text_of(second.dossier)
    with open_workspace(second.workspace, FixedClock(), CountingEntropy("x")) as session:
        placed = {each.evidence for each in load_record(session, second.visit).placements}
        mine = find_evidence(session, second.visit, "my0.jpg")
        assert mine.id in placed


@pytest.mark.parametrize(
    ("today", "visit"),
    [
        ("2026-03-04T00:30", "2026-03-03"),
        ("2026-03-02T09:00", "2026-02-27"),
        ("2026-03-01T23:59", "2026-02-27"),
    ],
)
def test_the_visit_takes_place_on_the_last_working_day(today, visit):
    clock = FixedClock(datetime.fromisoformat(today).replace(tzinfo=SHANGHAI))
    assert day_of_visit(clock).date().isoformat() == visit


def test_no_workspace_is_ever_written_over(demo, tmp_path):
    assert free_root(tmp_path / "new") == tmp_path / "new"
    assert not Workspace(free_root(demo.workspace)).database.exists()


def test_a_folder_that_is_not_there_is_refused_before_anything_is_made(tmp_path):
    with pytest.raises(MingchaError) as caught:
        run_demo(tmp_path / "new", tmp_path / "photos", "en")
    assert caught.value.code == "file_missing"
    assert list(tmp_path.iterdir()) == []


def test_a_photograph_is_drawn_the_same_each_time():
    photo = sample(SHOTS[2], datetime(2026, 3, 3, tzinfo=SHANGHAI), "zh")
    assert draw_photo(photo) == draw_photo(photo)
