"""The worker: the most urgent first, long work in steps, and nothing that outlives its session."""

from __future__ import annotations

import itertools
import time
from functools import partial
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import Cancelled
from inspector.operations.workspaces import open_workspace
from ui.work.worker import CALM, Urgency

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench


def test_saving_goes_between_the_steps_of_long_work(opened: Bench) -> None:
    order: list[str] = []

    def long(_session, _progress):
        for number in range(3):
            order.append(f"step {number}")
            if number == 0:
                opened.desk.act(opened.window, lambda _session: order.append("save"))
            yield number

    opened.desk.long(opened.window, long)
    opened.settle()
    opened.settle()
    assert order == ["step 0", "save", "step 1", "step 2"]


def test_long_work_ends_before_its_session(opened: Bench, office: Office) -> None:
    heard: list[str] = []
    log: list[bool] = []

    def endless(session, _progress):
        try:
            while True:
                yield session.store.log.count()
        finally:
            # Closing comes while the store can still be used.
            log.append(session.store.log.count() > 0)

    opened.desk.long(opened.window, endless, ended=lambda: heard.append("long"))
    opened.desk.long(
        opened.window, endless, ended=lambda: heard.append("idle"), urgency=Urgency.IDLE
    )
    again: list[object] = []
    opened.desk.worker.open(opened.window, lambda: open_workspace(office.root), again.append)
    opened.qtbot.waitUntil(lambda: bool(again) and len(heard) == 2)
    opened.settle()
    assert sorted(heard) == ["idle", "long"]
    assert all(log)


def test_stopped_work_still_hands_out_what_it_has_finished(opened: Bench) -> None:
    given: list[int | str] = []

    def thorough(_session, _progress):
        try:
            yield from itertools.count()
        except Cancelled:
            yield "last"
            yield "very last"
            raise

    def told(_session, progress):
        try:
            yield 3
            while True:
                progress.step()
        except Cancelled:
            yield "last"
            yield "very last"
            raise

    for work in (thorough, told):
        given.clear()
        ended: list[bool] = []
        job = opened.desk.long(
            opened.window, work, each=given.append, ended=partial(ended.append, True)
        )
        opened.qtbot.waitUntil(lambda: 3 in given)
        job.stop()
        opened.qtbot.waitUntil(lambda ended=ended: bool(ended))
        assert given[-2:] == ["last", "very last"]


def test_closing_a_workspace_lets_long_work_hand_out_what_it_has_finished(
    opened: Bench, office: Office
) -> None:
    given: list[int | str] = []

    def thorough(session, _progress):
        try:
            while True:
                yield 1
        except Cancelled:
            yield f"{session.store.log.count() > 0}"
            raise

    opened.desk.long(opened.window, thorough, each=given.append)
    again: list[object] = []
    opened.qtbot.waitUntil(lambda: 1 in given)
    opened.desk.worker.open(opened.window, lambda: open_workspace(office.root), again.append)
    opened.qtbot.waitUntil(lambda: bool(again))
    assert given[-1] == "True"


def _forget(_value: object) -> None:
    """Take what nobody needs."""


def test_upkeep_rests_while_somebody_works(opened: Bench) -> None:
    moments: list[float] = []
    asked: list[float] = []

    def upkeep(_session, _progress):
        for number in range(3):
            moments.append(time.monotonic())
            if number == 1:
                opened.desk.read(
                    opened.window, lambda _session: asked.append(time.monotonic()), _forget
                )
            yield

    ended: list[bool] = []
    opened.desk.long(
        opened.window, upkeep, ended=lambda: ended.append(True), urgency=Urgency.UPKEEP
    )
    opened.qtbot.waitUntil(lambda: bool(ended))
    [read] = asked
    assert moments[1] < read
    assert moments[2] - read > CALM / 2, "the step after it waited until nobody works"
    assert moments[1] - moments[0] < CALM / 2, "nobody worked between the first two"


def test_work_without_a_workspace_tells_how_far_it_is(bench: Bench) -> None:
    told: list[tuple[str, int, int]] = []
    done: list[int] = []

    def work(progress):
        progress.start("Copying", 1000)
        for _ in range(1000):
            progress.step()
        return 7

    bench.desk.worker.apart(bench.window, work, done.append, told=lambda *each: told.append(each))
    bench.settle()
    assert done == [7]
    assert told[0] == ("Copying", 0, 1000)
    assert told[-1] == ("Copying", 1000, 1000)
    assert len(told) < 500


def test_stopping_is_silent(bench: Bench) -> None:
    ended: list[bool] = []

    def work(progress):
        progress.start("Copying", 0)
        while True:
            progress.step()

    failed: list[Exception] = []
    job = bench.desk.worker.apart(
        bench.window, work, failed=failed.append, ended=lambda: ended.append(True)
    )
    job.stop()
    bench.settle()
    assert ended == [True]
    assert failed == []


def test_who_asked_tells_a_catalogued_failure_and_passes_on_a_fault(opened: Bench) -> None:
    foreseen: list[bool] = []
    passed: list[Exception] = []
    desk = opened.desk
    desk.worker.refused.disconnect()
    desk.worker.refused.connect(passed.append)
    fault = ZeroDivisionError("ours")
    for error in (MingchaError("disk_full"), fault):
        desk.read(
            opened.window,
            partial(_raise, error),
            lambda _value: None,
            lambda error: foreseen.append(desk.foresaw(error)),
        )
    opened.settle()
    assert (foreseen, passed) == ([True, False], [fault])


def _raise(error: Exception, _session: object) -> None:
    raise error
