"""Pictures for the windows: loaded off their thread, bounded, and given up when nobody looks."""

from __future__ import annotations

import io
import threading
import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from shiboken6 import isValid

from inspector.base.errors import MingchaError
from inspector.operations.evidence import evidence_of_visit
from inspector.operations.pictures import pictures_of
from ui.work import pictures
from ui.work.pictures import Lane, Shelf, Want, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.office import Office
    from tests.ui.conftest import Bench

PATIENCE_MS = 20_000


@pytest.fixture
def hashes(opened: Bench, office: Office) -> list[str]:
    found = opened.ask(lambda session: evidence_of_visit(session, office.sealed))
    return [each.sha256 for each in found if each.mime == "image/jpeg"]


def loaded(bench: Bench, shelf: Shelf, want: Want) -> None:
    bench.qtbot.waitUntil(lambda: shelf.image(want) is not None, timeout=PATIENCE_MS)


def test_a_picture_arrives_no_larger_than_wanted(opened: Bench, hashes: list[str]) -> None:
    shelf = opened.desk.pictures
    small, large = Want(hashes[0], 200), Want(hashes[0], 900)
    assert shelf.image(small) is None
    loaded(opened, shelf, small)
    loaded(opened, shelf, large)
    sizes = [shelf.image(want).size() for want in (small, large)]  # type: ignore[union-attr]
    assert [max(each.width(), each.height()) for each in sizes] == [200, 900]


def test_known_pictures_arrive_while_the_store_is_busy(opened: Bench, hashes: list[str]) -> None:
    shelf = opened.desk.pictures
    loaded(opened, shelf, Want(hashes[0], 200))  # from here on the shelf knows the workspace
    go_on = threading.Event()

    def busy(_session: object, _progress: object) -> Iterator[bool]:
        yield go_on.wait(PATIENCE_MS / 1000)

    ended: list[bool] = []
    opened.desk.long(opened.window, busy, each=ended.append)
    try:
        for sha256 in hashes[1:4]:
            loaded(opened, shelf, Want(sha256, 200))
        assert not ended
    finally:
        go_on.set()
    opened.settle()
    assert ended == [True]


def test_what_cannot_be_shown_says_why_and_is_not_tried_again_at_once(
    opened: Bench, hashes: list[str]
) -> None:
    shelf, want = opened.desk.pictures, Want("0" * 64, 200)
    with opened.qtbot.waitSignal(shelf.arrived, timeout=PATIENCE_MS) as caught:
        assert shelf.image(want) is None
    [arrived] = caught.args
    assert (arrived.want, arrived.problem.code) == (want, "blob_missing")
    with opened.qtbot.assertNotEmitted(shelf.arrived, wait=50):
        assert shelf.image(want) is None
    problem = shelf.problem(want)
    assert problem is not None
    assert problem.code == "blob_missing"


class _Away:
    """Pictures on a disk that is away, and then there again."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error

    def kept(self, _sha256: str, _px: int) -> None:
        return None

    def made(self, _sha256: str, _px: int) -> bytes:
        if self.error is not None:
            raise self.error
        made = io.BytesIO()
        Image.new("RGB", (40, 30)).save(made, "JPEG")
        return made.getvalue()


@pytest.mark.parametrize("error", [OSError(5, "away"), MingchaError("photo_not_decoded")])
def test_what_failed_is_tried_again_after_a_while(
    opened: Bench, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    source = _Away(error)
    shelf = Shelf(opened.desk.worker, opened.desk, source=lambda _session: source)
    want = Want("1" * 64, 200)
    with opened.qtbot.waitSignal(shelf.arrived, timeout=PATIENCE_MS):
        shelf.image(want)
    assert shelf.problem(want) is not None
    source.error = None
    with opened.qtbot.assertNotEmitted(shelf.arrived, wait=50):
        shelf.image(want)
    monkeypatch.setattr(pictures, "RETRY", 0.0)
    loaded(opened, shelf, want)
    assert shelf.problem(want) is None
    shelf.retire()
    opened.settle()


def test_memory_stays_within_its_bound_and_the_last_seen_stay(
    opened: Bench, hashes: list[str]
) -> None:
    one = 200 * 200 * 4
    shelf = Shelf(opened.desk.worker, opened.desk, memory=3 * one)
    for sha256 in hashes[:6]:
        loaded(opened, shelf, Want(sha256, 200))
        assert 0 < shelf.held <= 3 * one
    assert shelf.image(Want(hashes[5], 200)) is not None
    assert shelf.image(Want(hashes[0], 200)) is None


def test_the_newest_request_is_served_first() -> None:
    wants = [Want(name * 64, 200) for name in "abcd"]
    begun, go_on = threading.Event(), threading.Event()
    served: list[Want] = []

    def work(want: Want) -> None:
        begun.set()
        assert go_on.wait(PATIENCE_MS / 1000)
        served.append(want)

    lane = Lane("test", work, 1)
    lane.put(wants[0])
    assert begun.wait(PATIENCE_MS / 1000)
    for want in wants[1:]:
        lane.put(want)
    lane.put(wants[2])
    assert lane.drop(wants[1])
    assert not lane.drop(wants[0])
    go_on.set()
    waited = time.monotonic() + PATIENCE_MS / 1000
    while len(served) < 3 and time.monotonic() < waited:
        threading.Event().wait(0.005)
    lane.end()
    assert served == [wants[0], wants[2], wants[3]]


def test_what_scrolled_away_is_not_loaded(opened: Bench, hashes: list[str]) -> None:
    shelf = opened.desk.pictures
    wants = [Want(each, 200) for each in hashes[:5]]
    arrived: list[Want] = []
    shelf.arrived.connect(lambda each: arrived.append(each.want))
    # Asked for before the shelf knows the workspace: all wait, whatever the machine's speed.
    for want in wants:
        shelf.image(want)
    shelf.drop(wants[:2])
    opened.qtbot.waitUntil(lambda: len(arrived) == 3, timeout=PATIENCE_MS)
    opened.settle()
    assert set(arrived) == set(wants[2:])


def test_closing_the_workspace_ends_its_use_and_empties_the_shelf(
    opened: Bench, hashes: list[str]
) -> None:
    shelf = opened.desk.pictures
    loaded(opened, shelf, Want(hashes[0], 200))
    closed: list[None] = []
    for sha256 in hashes:
        shelf.image(Want(sha256, 900))
    opened.desk.worker.close_session(opened.window, closed.append)
    opened.qtbot.waitUntil(lambda: bool(closed) and shelf.held == 0, timeout=PATIENCE_MS)
    shelf.image(Want(hashes[1], 200))
    with opened.qtbot.assertNotEmitted(shelf.arrived, wait=100):
        opened.qtbot.wait(50)


def test_a_shelf_that_is_retired_is_gone_and_closing_does_not_miss_it(
    opened: Bench, hashes: list[str], office: Office
) -> None:
    worker = opened.desk.worker
    before = len(worker.before_closing)
    shelf = Shelf(worker, opened.desk)
    loaded(opened, shelf, Want(hashes[0], 200))
    shelf.retire()
    opened.qtbot.waitUntil(lambda: not isValid(shelf), timeout=PATIENCE_MS)
    assert len(worker.before_closing) == before
    closed: list[None] = []
    worker.close_session(opened.window, closed.append)
    opened.qtbot.waitUntil(lambda: bool(closed), timeout=PATIENCE_MS)
    opened.open(office.root)


def test_looking_up_what_is_kept_takes_no_worker(opened: Bench, hashes: list[str]) -> None:
    stored = opened.ask(pictures_of)
    assert stored.kept(hashes[0], 2000) is None
    made = stored.made(hashes[0], 2000)
    workers = opened.ask(lambda session: session.workers)
    workers.close()
    assert stored.kept(hashes[0], 2000) == made
    assert workers.process_ids() == []
    stored.made(hashes[1], 2000)
    assert len(workers.process_ids()) == 1


def test_other_threads_go_on_while_a_picture_is_decoded() -> None:
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 80).convert("RGB").save(out, "JPEG", quality=90)
    jpeg = out.getvalue()
    begin = threading.Event()
    done: list[tuple[int, int]] = []

    def decode() -> None:
        begin.wait()
        image = decoded(jpeg, 4096)
        done.append((image.width(), image.height()))

    thread = threading.Thread(target=decode)
    thread.start()
    turns = 0
    begin.set()
    while not done:
        turns += 1
        time.sleep(0.001)
    thread.join()
    assert done == [(4000, 3000)]
    # Kept waiting it gets a turn before and one or two after the picture is decoded.
    assert turns > 5
