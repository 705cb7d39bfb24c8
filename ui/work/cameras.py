"""The cameras of this computer: silent, lit only between opening and closing.

They come with an addition that most installations leave out, so it is imported when it is first
asked for. Whoever shows pictures knows only `Cameras`; what stands behind may be another thing.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QLibraryInfo, QObject, QPluginLoader, Qt, QTimer

from inspector.base.errors import MingchaError

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

#: What the addition is called.
_ADDITION = '"PySide6-Addons>=6.8,<6.12"'
#: Finer frames take longer than anybody wants to wait for. Pixels.
MOST_PIXELS = 3840 * 2160
#: Below this a picture follows the hand too late. Frames a second.
LEAST_RATE = 5

#: Makes the picture of one frame; takes a while, so it is called off the windows' thread.
Frame = Callable[[], "QImage"]


class Named(NamedTuple):
    """A camera that is connected: what it is known by, and its name for people."""

    key: str
    name: str


class Opened(Protocol):
    """A camera that gives frames until it is closed."""

    def close(self) -> None:
        """Let it go; its light goes out and nothing comes any more. Closing again does nothing."""


class Cameras(Protocol):
    """What can be asked of the cameras of a computer. All but `load` is for the windows' thread."""

    def load(self) -> None:
        """Load what they need, off the windows' thread.

        Raises MingchaError `camera_not_installed`, `camera_not_loaded`.
        """

    def found(self) -> tuple[Named, ...]:
        """Return which are connected now, the usual one first; none is lit by it."""

    def open(
        self, key: str, came: Callable[[Frame], None], failed: Callable[[MingchaError], None]
    ) -> Opened:
        """Light a camera: `came` gets its frames, `failed` why there are none (any more).

        Both are called later, never while it is being opened, and never once it is closed.
        Raises MingchaError `camera_absent`; fails with `camera_not_opened`, and is closed then.
        """


class SystemCameras:
    """The cameras as Qt finds them."""

    def load(self) -> None:
        """Load the module and the plugin behind it, which is slow where the windows would do it.

        Only the shared object: what it makes must belong to the thread of the windows.
        """
        try:
            _multimedia()
        except ModuleNotFoundError as error:
            raise MingchaError("camera_not_installed", command=installing()) from error
        except ImportError as error:
            raise MingchaError("camera_not_loaded", detail=str(error)) from error
        plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "multimedia"
        for each in sorted(plugins.glob("*ffmpeg*")):
            QPluginLoader(str(each)).load()

    def found(self) -> tuple[Named, ...]:
        """Return which are connected now, the usual one first."""
        devices = sorted(_multimedia().QMediaDevices.videoInputs(), key=lambda e: not e.isDefault())
        return tuple(Named(_key(each), each.description()) for each in devices)

    def open(
        self, key: str, came: Callable[[Frame], None], failed: Callable[[MingchaError], None]
    ) -> Opened:
        """Light a camera at its finest picture."""
        devices = _multimedia().QMediaDevices.videoInputs()
        device = next((each for each in devices if _key(each) == key), None)
        if device is None:
            raise MingchaError("camera_absent")
        return _Lit(device, came, failed)


class _Lit(QObject):
    """A camera that is on. It makes no sound: frames are taken, no shutter is released."""

    def __init__(
        self, device: Any, came: Callable[[Frame], None], failed: Callable[[MingchaError], None]
    ) -> None:
        super().__init__()
        qt = _multimedia()
        self._came: Callable[[Frame], None] | None = came
        self._failed = failed
        self._session = qt.QMediaCaptureSession(self)
        self._sink = qt.QVideoSink(self)
        self._camera = qt.QCamera(device, self)
        # Frames come from a thread of the camera's, failures while it is only being started.
        later = Qt.ConnectionType.QueuedConnection
        self._sink.videoFrameChanged.connect(self.take_frame, later)
        self._camera.errorOccurred.connect(self.take_error, later)
        chosen = finest(device.videoFormats())
        if chosen is not None:
            self._camera.setCameraFormat(chosen)
        self._session.setVideoSink(self._sink)
        self._session.setCamera(self._camera)
        self._camera.start()
        if self._camera.error() != qt.QCamera.Error.NoError:
            # It failed while it was made, before anybody could hear of it.
            words = self._camera.errorString()
            QTimer.singleShot(0, self, lambda: self.take_error(None, words))

    def take_frame(self, frame: Any) -> None:
        """Hand a frame on."""
        if self._came is not None and frame.isValid():
            self._came(frame.toImage)

    def take_error(self, _error: object, words: str) -> None:
        """Close, and say why."""
        if self._came is not None:
            self.close()
            self._failed(MingchaError("camera_not_opened", detail=words))

    def close(self) -> None:
        """Let it go."""
        if self._came is not None:
            self._came = None
            self._camera.stop()
            self._session.setCamera(None)
            self.deleteLater()


def installing(python: str = sys.executable) -> str:
    """Return the command that installs the addition for the Python that runs now."""
    quoted = f'"{python}"' if " " in python else python
    return f"{quoted} -m pip install {_ADDITION}"


def finest(formats: Any) -> Any:
    """Return the format with most pixels of those that move smoothly enough, None without any."""
    fit = [each for each in formats if _pixels(each) <= MOST_PIXELS]
    smooth = [each for each in fit if each.maxFrameRate() >= LEAST_RATE]
    rated = [(_pixels(each), each.maxFrameRate(), each) for each in smooth or fit]
    return max(rated, key=lambda each: each[:2])[2] if rated else None


def _pixels(format_: Any) -> int:
    size = format_.resolution()
    return int(size.width()) * int(size.height())


def _key(device: Any) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _multimedia() -> Any:
    return importlib.import_module("PySide6.QtMultimedia")
