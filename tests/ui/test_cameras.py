"""What every set of cameras promises, whether it is there or not."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import PySide6
import pytest
from PySide6.QtCore import QSize

from inspector.base.errors import MingchaError
from tests.support.cameras import TWO, FakeCameras
from ui.work.cameras import SystemCameras, finest, installing

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.work.cameras import Cameras, Frame, Opened

MODULE = "PySide6.QtMultimedia"
INSTALLED = importlib.util.find_spec(MODULE) is not None
#: How long a real camera may take to light up. Milliseconds.
PATIENCE_MS = 10_000


class Told:
    """What a camera told."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.errors: list[MingchaError] = []

    def open(self, cameras: Cameras, key: str) -> Opened:
        return cameras.open(key, self.frames.append, self.errors.append)


@pytest.fixture(
    params=[
        "fake",
        pytest.param(
            "system", marks=pytest.mark.skipif(not INSTALLED, reason="the addition is left out")
        ),
    ]
)
def cameras(request: pytest.FixtureRequest, qtbot: QtBot) -> Cameras:
    made: Cameras = FakeCameras(*TWO) if request.param == "fake" else SystemCameras()
    made.load()
    return made


def _send(opened: Opened) -> None:
    send = getattr(opened, "send", None)
    if send is not None:
        send()


def test_each_camera_has_a_name_and_a_key_of_its_own(cameras: Cameras) -> None:
    found = cameras.found()
    assert len({each.key for each in found}) == len(found)
    assert all(each.key and each.name for each in found)


def test_one_that_is_not_connected_cannot_be_opened(cameras: Cameras) -> None:
    told = Told()
    with pytest.raises(MingchaError) as caught:
        told.open(cameras, "none of these")
    assert caught.value.code == "camera_absent"
    assert told.errors == []


def test_frames_come_until_it_is_closed_and_none_after(cameras: Cameras, qtbot: QtBot) -> None:
    for each in cameras.found():
        told = Told()
        opened = told.open(cameras, each.key)
        assert (told.frames, told.errors) == ([], [])
        _send(opened)
        qtbot.waitUntil(lambda told=told: bool(told.frames or told.errors), timeout=PATIENCE_MS)
        assert all(error.code == "camera_not_opened" for error in told.errors)
        assert not any(frame().isNull() for frame in told.frames)
        opened.close()
        before = len(told.frames)
        opened.close()
        _send(opened)
        qtbot.wait(1)
        assert len(told.frames) == before


# -- the addition ------------------------------------------------------------------------------


def test_without_the_addition_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)
    with pytest.raises(MingchaError) as caught:
        SystemCameras().load()
    assert caught.value.code == "camera_not_installed"
    assert "PySide6-Addons" in str(caught.value)
    assert sys.executable in str(caught.value)
    assert installing("C:\\My files\\python.exe").startswith('"C:\\My files\\python.exe" -m pip')


def test_an_addition_that_does_not_load_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "QtMultimedia.py"
    broken.write_text('raise ImportError("libpulse.so.0: cannot open shared object file")')
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    monkeypatch.setattr(PySide6, "__path__", [str(tmp_path), *PySide6.__path__])
    with pytest.raises(MingchaError) as caught:
        SystemCameras().load()
    assert caught.value.code == "camera_not_loaded"
    assert caught.value.fields["detail"] == "libpulse.so.0: cannot open shared object file"


@dataclass(frozen=True)
class Format:
    width: int
    height: int
    rate: float

    def resolution(self) -> QSize:
        return QSize(self.width, self.height)

    def maxFrameRate(self) -> float:
        return self.rate


@pytest.mark.parametrize(
    ("formats", "chosen"),
    [
        ([], None),
        ([Format(640, 480, 30), Format(1920, 1080, 30), Format(1280, 720, 60)], (1920, 1080, 30)),
        ([Format(1920, 1080, 30), Format(1920, 1080, 60)], (1920, 1080, 60)),
        ([Format(1920, 1080, 30), Format(3840, 2160, 2)], (1920, 1080, 30)),
        ([Format(3840, 2160, 2)], (3840, 2160, 2)),
        ([Format(1280, 720, 30), Format(8000, 6000, 30)], (1280, 720, 30)),
    ],
)
def test_the_finest_picture_that_still_follows_the_hand(formats: list[Any], chosen: Any) -> None:
    found = finest(formats)
    assert (found and (found.width, found.height, found.rate)) == chosen
