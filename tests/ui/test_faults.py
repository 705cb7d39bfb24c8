"""Faults of the program, and closing in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from inspector.operations.workspaces import open_workspace
from tests.support.fixed import FixedClock
from ui.fault_report import Report
from ui.faults import Faults, end_when_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.support.office import Office
    from tests.ui.conftest import Bench

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def faults(bench: Bench, tmp_path: Path) -> Iterator[Faults]:
    made = Faults(bench.desk, bench.window, FixedClock(), tmp_path / "config")
    made.install()
    yield made
    made.uninstall()


def reports() -> list[Report]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, Report)]


def fail() -> None:
    raise ValueError("李娜 typed this")


@pytest.mark.logs_warnings
def test_a_fault_is_told_without_names_and_the_window_goes_on(
    bench: Bench, faults: Faults, tmp_path: Path
) -> None:
    for _ in range(3):
        QTimer.singleShot(0, fail)
    bench.qtbot.waitUntil(lambda: bool(reports()))
    bench.settle()
    [report] = reports()
    text = report.report.toPlainText()
    assert "ValueError, test_faults.py" in text
    assert "李娜" not in text
    report.copy.click()
    assert QGuiApplication.clipboard().text() == text
    kept = (tmp_path / "config" / "faults.log").read_text(encoding="utf-8")
    assert kept.count("ValueError") == 3
    assert "李娜" not in kept
    report.accept()
    bench.go("start")
    assert bench.window.place.page == "start"


@pytest.mark.logs_warnings
def test_a_fault_is_told_also_where_it_cannot_be_kept(
    bench: Bench, faults: Faults, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text("in the way", encoding="utf-8")
    QTimer.singleShot(0, fail)
    bench.qtbot.waitUntil(lambda: bool(reports()))
    bench.settle()
    [report] = reports()
    report.accept()


@pytest.mark.logs_warnings
def test_a_fault_on_the_worker_is_kept_in_the_workspace(
    bench: Bench, faults: Faults, office: Office
) -> None:
    bench.open(office.root)
    bench.desk.read(bench.window, lambda _session: fail(), lambda _none: None)
    bench.qtbot.waitUntil(lambda: bool(reports()))
    [report] = reports()
    assert "fail" in report.report.toPlainText()
    assert "ValueError" in (office.root / "faults.log").read_text(encoding="utf-8")
    report.accept()
    assert bench.ask(lambda session: session.store.log.count()) > 0


def test_closing_stops_what_is_being_done_and_lets_the_next_program_in(
    bench: Bench, office: Office
) -> None:
    bench.open(office.root)
    began = threading.Event()

    def endless(_session, progress):
        while True:
            began.set()
            time.sleep(0.001)
            progress.step()
            yield 1

    def endless_step(session, progress):
        yield sum(endless(session, progress))

    bench.desk.long(bench.window, endless_step)
    assert began.wait(10)
    bench.window.close()
    bench.desk.worker.shutdown()
    with open_workspace(office.root) as session:
        assert not session.recovered.unclean


@pytest.mark.skipif(sys.platform == "win32", reason="signals end programs there at once")
def test_being_told_to_end_closes_in_order(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    running = subprocess.Popen(
        [sys.executable, "main.py", str(office.root)],
        cwd=ROOT,
        env=os.environ | home | {"QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    )
    settings = tmp_path / "mingcha" / "settings.json"
    try:
        qtbot.waitUntil(settings.exists, timeout=60_000)
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0
    finally:
        running.kill()
        running.wait()
    with open_workspace(office.root) as session:
        assert not session.recovered.unclean


def test_being_told_to_end_lets_what_is_being_done_be_done(
    bench: Bench,
) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    end_when_told(app)
    try:
        signal.raise_signal(signal.SIGTERM)
        assert bench.window.isVisible(), "it came in the middle of this"
        bench.qtbot.waitUntil(lambda: not bench.window.isVisible(), timeout=5000)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="it cannot be killed in the same way there")
def test_the_next_start_says_that_the_last_one_was_cut(office: Office) -> None:
    code = (
        "import os, sys; from pathlib import Path;"
        "from inspector.operations.workspaces import open_workspace;"
        "from inspector.operations.people import add_person;"
        "session = open_workspace(Path(sys.argv[1])); add_person(session, 'x'); os._exit(9)"
    )
    words = [sys.executable, "-c", code, str(office.root)]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == 9
    with open_workspace(office.root) as session:
        assert session.recovered.unclean
    with open_workspace(office.root) as session:
        assert not session.recovered.unclean
