"""How the program starts: the command line, the first paint, and where there is no screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Signal

from inspector.base.version import VERSION

if TYPE_CHECKING:
    from tests.support.office import Office

ROOT = Path(__file__).resolve().parents[2]
#: What takes long to load. None of it is needed to paint the frame: neither libraries nor rooms.
HEAVY = (
    *("sqlite_utils", "sqlite3", "PIL", "reportlab", "openpyxl", "psutil"),
    *("locale", "uuid", "platform", "subprocess", "PySide6.QtDBus"),
    *("inspector.domain", "inspector.operations", "inspector.storage", "inspector.base.errors"),
    *("ui.behind", "ui.messages", "ui.frame.cover", "ui.pages", "ui.work.worker"),
)
#: Nor does opening a workspace or what Home shows need these.
WRITING = (
    *("sqlite_utils", "psutil", "subprocess", "inspector.storage.projection", "PIL", "asyncio"),
    *("inspector.domain.limits", "ui.choosing", "ui.fault_report"),
)
PROBE = """
import os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from ui.frame.window import MainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            loaded = [name for name in {heavy} if name in sys.modules]
            # The names of its hundreds of constants take as long to make as the whole frame.
            loaded += [name for name in ["Qt"] if name in vars(sys.modules["PySide6.QtCore"])]
            print(loaded, flush=True)
            os._exit(0)
        return False

watch = Watch()
shown = MainWindow.show
def show(window):
    window.installEventFilter(watch)
    shown(window)
MainWindow.show = show
from ui.app import main
main([])
"""
AT_HOME = """
import os, sys
from ui.frame.window import MainWindow

def retitle(window, page):
    print(page.title, [name for name in {heavy} if name in sys.modules], flush=True)
    os._exit(0)

MainWindow._retitle = retitle
from ui.app import main
main(["--lang", "zh"])
"""
#: `linecache` holds what was read of sources.
READ_SOURCES = """
import linecache, os
from ui.app import windows

windows()
from ui.frame.window import MainWindow

def retitle(window, page):
    print([name for name in linecache.cache if os.sep + "ui" + os.sep in name], flush=True)
    os._exit(0)

MainWindow._retitle = retitle
from ui.app import main
main([])
"""

FITTED = """
import os
from pathlib import Path
from inspector.base.settings import Loaded, Settings
from ui.running import application, build

app = application(lambda _why: 1)
window = build(app, Loaded(Settings()), Path("settings.json"), None)
print(window.width(), window.height(), window.x(), window.y(), flush=True)
os._exit(0)
"""


def python(
    tmp_path: Path, *words: str, **variables: str | None
) -> subprocess.CompletedProcess[str]:
    """Run Python in the source tree with a home folder of its own."""
    places = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"} | places
    for name, value in variables.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def open_last(tmp_path: Path, office: Office) -> None:
    """Let the settings name the office as the workspace that was open last."""
    settings = tmp_path / "mingcha" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"recent": [str(office.root)]}), encoding="utf-8")


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path, office: Office) -> None:
    open_last(tmp_path, office)
    done = python(tmp_path, "-c", PROBE.format(heavy=HEAVY))
    assert done.stdout.strip() == "[]", done.stderr


def test_nothing_that_only_writing_needs_is_loaded_before_home(
    tmp_path: Path, office: Office
) -> None:
    open_last(tmp_path, office)
    done = python(tmp_path, "-c", AT_HOME.format(heavy=WRITING))
    assert done.stdout.strip() == "今日 []", done.stderr


@pytest.mark.parametrize(
    ("screen", "window"),
    [((1920, 1080), (1440, 900)), ((1366, 768), (1366, 728)), ((1280, 720), (1280, 680))],
)
def test_the_window_fits_on_the_screen(
    tmp_path: Path, screen: tuple[int, int], window: tuple[int, int]
) -> None:
    config = tmp_path / "screen.json"
    size = dict(zip(("width", "height"), screen, strict=True))
    whole = {"name": "one", "x": 0, "y": 0, "logicalDpi": 96, "dpr": 1.0} | size
    config.write_text(json.dumps({"screens": [whole]}), encoding="utf-8")
    done = python(tmp_path, "-c", FITTED, QT_QPA_PLATFORM=f"offscreen:configfile={config}")
    assert done.stdout.split() == [*map(str, window), "0", "0"], done.stderr


def test_a_folder_in_place_of_the_settings_does_not_stop_the_start(
    tmp_path: Path, office: Office
) -> None:
    settings = tmp_path / "mingcha" / "settings.json"
    settings.mkdir(parents=True)
    done = python(tmp_path, "-c", AT_HOME.format(heavy=()), MINGCHA_WORKSPACE=str(office.root))
    assert done.stdout.strip() == "今日 []", done.stderr
    assert settings.with_suffix(".damaged.json").is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="only X11 and Wayland can be missing")
@pytest.mark.parametrize("display", [None, ":7733"])
def test_without_a_screen_it_says_so_and_ends(tmp_path: Path, display: str | None) -> None:
    done = python(
        tmp_path,
        *("main.py", "--lang", "en"),
        QT_QPA_PLATFORM=None,
        WAYLAND_DISPLAY=None,
        DISPLAY=display,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("No window can be shown here (")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_the_libraries_of_qt_it_says_so_and_ends(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(
        'raise ImportError("libEGL.so.1: cannot open shared object file")', encoding="utf-8"
    )
    code = "import sys; from ui.app import main; sys.exit(main(['--lang', 'zh']))"
    done = python(tmp_path, "-c", code, PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert "libEGL.so.1" in done.stderr
    assert "无法显示窗口" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help(tmp_path: Path) -> None:
    assert python(tmp_path, "main.py", "--version").stdout.strip() == f"Mingcha {VERSION}"
    told = python(tmp_path, "main.py", "--help", "--lang=zh").stdout
    for word in ("--workspace", "--lang", "--version", "明察暗访"):
        assert word in told


def test_no_source_is_read_to_import_the_windows(tmp_path: Path, office: Office) -> None:
    """PySide reads the source of each module that is imported once its own import is in place."""
    open_last(tmp_path, office)
    done = python(tmp_path, "-c", READ_SOURCES)
    assert done.stdout.strip() == "[]", done.stderr


def test_qt_loses_no_references() -> None:
    """PySide6 6.12.0 loses a reference to None with every call and aborts after some thousands."""

    class Sender(QObject):
        sent = Signal(bool)

    sender = Sender()
    got: list[bool] = []
    sender.sent.connect(got.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(2000):
        sender.setObjectName("x")
        sender.sent.emit(True)
    got.clear()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] > before[0] - 500
    assert after[1] > before[1] - 500
