"""What every test gets: a fixed clock, repeatable bytes, no network, no home, nothing left over."""

from __future__ import annotations

import locale
import logging
import multiprocessing
import os
import socket
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOME_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
)
# How long something that is already ending may take before it counts as left over.
GRACE_SECONDS = 2.0
#: This computer's own address, for tests that ask for `loopback`.
LOOPBACK = "127.0.0.1"
_reachable: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Make every process of the run independent of the machine's settings."""
    config.addinivalue_line("markers", "logs_warnings: the test provokes log warnings on purpose")
    os.environ.update(TZ="Asia/Shanghai", LANG="C.UTF-8", LC_ALL="C.UTF-8")
    os.environ.pop("LANGUAGE", None)
    if sys.platform != "win32":
        time.tzset()
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
    sys.addaudithook(_refuse_network)
    # How fast an example runs says more about the machine's other work than about the program.
    settings.register_profile(
        "shared-cores", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("shared-cores")


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Stop any use of the network in the test's own process; local sockets may be used."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname") and args[0] not in _reachable:
        raise RuntimeError(f"a test used the network: {event}")
    if event in ("socket.connect", "socket.bind", "socket.sendto"):
        family = args[0].family if isinstance(args[0], socket.socket) else None
        inside = isinstance(args[1], tuple) and args[1][0] in _reachable
        if family in (socket.AF_INET, socket.AF_INET6) and not inside:
            raise RuntimeError(f"a test used the network: {event}")


@contextmanager
def reachable() -> Iterator[None]:
    """Allow sockets of this computer to itself meanwhile, also for what serves several tests."""
    before = LOOPBACK in _reachable
    _reachable.add(LOOPBACK)
    yield
    if not before:
        _reachable.discard(LOOPBACK)


@pytest.fixture
def loopback() -> Iterator[str]:
    """Allow sockets of this computer to itself, and return its address."""
    with reachable():
        yield LOOPBACK


@pytest.fixture
def clock() -> FixedClock:
    """A clock at 2026-03-04 09:30 in Shanghai that moves only when told."""
    return FixedClock()


@pytest.fixture
def entropy() -> CountingEntropy:
    """Bytes that are the same in every run."""
    return CountingEntropy()


@pytest.fixture(scope="session")
def _empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _no_home(_empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Point every notion of a home folder to an empty one that must stay empty.

    What the program keeps beside its workspaces goes to another folder, a new one for each test.
    """
    for name in HOME_VARIABLES:
        monkeypatch.setenv(name, str(_empty_home))
    profile = _empty_home.with_name(f"{_empty_home.name}-profile-{time.time_ns()}")
    monkeypatch.setenv("MINGCHA_PROFILE", str(profile))
    yield
    written = sorted(path.name for path in _empty_home.iterdir())
    for name in written:
        (_empty_home / name).rename(_empty_home.with_name(f"{_empty_home.name}-{time.time_ns()}"))
    if written:
        pytest.fail(f"the test wrote into the home folder: {written}")


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process of multiprocessing behind."""
    before = {*threading.enumerate(), *multiprocessing.active_children()}
    yield
    deadline = time.monotonic() + GRACE_SECONDS
    for left in {*threading.enumerate(), *multiprocessing.active_children()} - before:
        left.join(max(0.0, deadline - time.monotonic()))
        if left.is_alive():
            pytest.fail(f"left running: {left!r}")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_log_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which something logged a warning, unless it is marked `logs_warnings`."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if collector.seen and request.node.get_closest_marker("logs_warnings") is None:
        pytest.fail("unexpected log warnings:\n" + "\n".join(collector.seen))
