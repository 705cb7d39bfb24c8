"""The guards around every test do bite: each is provoked once in a run of its own."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A star import would leave out the fixtures that begin with an underscore.
GUARDS = """
    import tests.conftest
    globals().update({k: v for k, v in vars(tests.conftest).items() if not k.startswith("__")})
"""

PROVOKING = """
    import logging, socket, threading
    from datetime import datetime
    from pathlib import Path
    import pytest

    def test_thread():
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    def test_warning():
        logging.getLogger("x").warning("something")
    def test_home():
        (Path.home() / "a").write_text("b")
    def test_connect():
        socket.create_connection(("localhost", 9))
    def test_bind():
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))

    @pytest.mark.logs_warnings
    def test_meant_warning():
        logging.getLogger("x").warning("meant")
    def test_joined_thread():
        thread = threading.Thread(target=print)
        thread.start()
        thread.join()
    def test_home_is_empty():
        assert list(Path.home().iterdir()) == []
    def test_zone():
        assert datetime(2026, 1, 1).astimezone().utcoffset().seconds == 8 * 3600
    def test_clock(clock):
        first = clock.read()
        clock.advance(minutes=1)
        assert (clock.read().ms - first.ms, first.zone) == (60_000, 480)
    def test_entropy(entropy):
        assert len(entropy(70)) == 70
        assert entropy(8) != entropy(8)
"""

COMPLAINTS = (
    "Failed: left running: <Thread",
    "Failed: unexpected log warnings:",
    "Failed: the test wrote into the home folder: ['a']",
    "RuntimeError: a test used the network: socket.getaddrinfo",
    "RuntimeError: a test used the network: socket.bind",
)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says about the provoking tests under this project's guards."""
    folder = tmp_path_factory.mktemp("provoking")
    (folder / "conftest.py").write_text(textwrap.dedent(GUARDS), encoding="utf-8")
    (folder / "test_provoking.py").write_text(textwrap.dedent(PROVOKING), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly"]
    options = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), str(folder)]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_each_offence_fails_its_test(complaint: str, outcome: str) -> None:
    assert complaint in outcome


def test_nothing_else_fails(outcome: str) -> None:
    # A complaint after the test itself passed counts as its error: three of those, two failures.
    assert "2 failed, 9 passed, 3 errors" in outcome
