"""Import directions and the shape of the source: the real tree, and planted breaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.architecture import ROOMS, breaches, room_of

ROOT = Path(__file__).resolve().parents[1]


def test_the_house_keeps_its_rules() -> None:
    found = breaches(ROOT)
    assert not found, "\n" + "\n".join(str(breach) for breach in found)


def rules_broken(root: Path, files: dict[str, str]) -> set[str]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return {breach.rule for breach in breaches(root)}


PLANTED = {
    "domain knows the ledger": (
        "direction",
        "inspector/domain/a.py",
        "import inspector.ledger.operation",
    ),
    "ledger knows storage": ("direction", "inspector/ledger/a.py", "from inspector import storage"),
    "base knows a room": ("direction", "inspector/base/a.py", "from inspector.domain import times"),
    "storage knows media": ("direction", "inspector/storage/a.py", "import inspector.media.blobs"),
    "media knows storage": (
        "direction",
        "inspector/media/a.py",
        "from inspector.storage import tables",
    ),
    "forms knows storage": ("direction", "inspector/forms/a.py", "import inspector.storage"),
    "report knows storage": (
        "direction",
        "inspector/report/a.py",
        "import inspector.storage.blobs",
    ),
    "report knows the ledger": (
        "direction",
        "inspector/report/a.py",
        "import inspector.ledger.chain",
    ),
    "bag knows storage": ("direction", "inspector/bag/a.py", "import inspector.storage"),
    "sync knows report": ("direction", "inspector/sync/a.py", "import inspector.report"),
    "operations know the command line": (
        "direction",
        "inspector/operations/a.py",
        "import inspector.cli.main",
    ),
    "command line knows storage": ("direction", "inspector/cli/a.py", "import inspector.storage"),
    "windows know the ledger": ("direction", "ui/a.py", "from inspector.ledger import operation"),
    "windows know media": ("direction", "ui/pages/a.py", "from inspector.media import blobs"),
    "a room knows the windows": ("direction", "inspector/operations/a.py", "import ui.pages"),
    "program knows its tests": (
        "direction",
        "inspector/base/a.py",
        "from tests.support import fixed",
    ),
    "for type checking only": (
        "direction",
        "inspector/report/a.py",
        "if TYPE_CHECKING:\n    from inspector.storage import tables",
    ),
    "by name at run time": (
        "direction",
        "inspector/report/a.py",
        'importlib.import_module("inspector.storage.tables")',
    ),
    "relative": ("relative-import", "inspector/domain/a.py", "from . import times"),
    "new room": ("undeclared-room", "inspector/cloud/a.py", "x = 1"),
    "new module between the rooms": ("undeclared-room", "inspector/helpers.py", "x = 1"),
    "new module beside the rooms": ("undeclared-room", "setup.py", "x = 1"),
    "Qt in a room": ("qt", "inspector/operations/a.py", "from PySide6 import QtCore"),
    "lazy Qt in a room": ("qt", "inspector/base/a.py", "def f():\n    import PySide6.QtCore"),
    "GPL part of Qt": ("gpl-qt", "ui/a.py", "from PySide6 import QtCharts"),
    "GPL part of Qt by module": ("gpl-qt", "ui/a.py", "from PySide6.QtVirtualKeyboard import X"),
    "inline import": (
        "inline-import",
        "inspector/operations/a.py",
        "def f():\n    from inspector.storage import tables",
    ),
    "migration with our code": (
        "frozen-migration",
        "inspector/storage/migrations/m0001_first.py",
        "from inspector.storage import tables",
    ),
    "clock": ("impure", "inspector/domain/a.py", "from datetime import date\nx = date.today()"),
    "clock through the module": (
        "impure",
        "inspector/ledger/a.py",
        "x = datetime.datetime.now(UTC)",
    ),
    "system clock": (
        "impure",
        "inspector/ledger/a.py",
        "from inspector.base.clock import SystemClock",
    ),
    "time": ("impure", "inspector/domain/a.py", "import time"),
    "files": ("impure", "inspector/domain/a.py", "from pathlib import Path"),
    "operating system": ("impure", "inspector/ledger/a.py", "import os.path"),
    "open": ("impure", "inspector/domain/a.py", "x = open('a')"),
    "randomness": ("impure", "inspector/ledger/a.py", "from uuid import uuid4"),
    "randomness through the module": (
        "impure",
        "inspector/ledger/a.py",
        "import uuid\nx = uuid.uuid4()",
    ),
    "secrets": ("impure", "inspector/ledger/a.py", "def f():\n    import secrets"),
    "SQL": ("impure", "inspector/domain/a.py", "import sqlite3"),
    "own connection": ("connect", "inspector/storage/a.py", "x = sqlite3.connect('a')"),
    "hidden connection": ("connect", "inspector/media/a.py", "from sqlite3 import connect as c"),
    "paragraph": ("paragraph", "inspector/report/a.py", "x = Paragraph(text, style)"),
    "paragraph through the module": (
        "paragraph",
        "inspector/report/a.py",
        "x = platypus.Paragraph(text)",
    ),
    "hidden paragraph": (
        "paragraph",
        "inspector/report/a.py",
        "from reportlab.platypus import Paragraph as P",
    ),
    "database read": ("database-file", "inspector/storage/a.py", "x = space.database.read_bytes()"),
    "database opened": ("database-file", "inspector/operations/a.py", "x = open(space.database)"),
    "database copied": (
        "database-file",
        "inspector/storage/a.py",
        "shutil.copyfile(workspace.database, target)",
    ),
    "database by name": ("database-file", "inspector/storage/a.py", "x = root / 'mingcha.db'"),
    "long file": ("long-file", "inspector/domain/a.py", "x = 1\n" * 401),
    "long test file": ("long-file", "tests/domain/test_a.py", "x = 1\n" * 401),
    "long function": ("long-function", "ui/a.py", "def f():\n" + "    x = 1\n" * 40),
    "long class": ("long-class", "ui/a.py", "class A:\n" + "    x = 1\n" * 300),
    "long without a reason": (
        "long-function",
        "ui/a.py",
        "def f():  # long:\n" + "    x = 1\n" * 40,
    ),
}


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED.values(), ids=PLANTED)
def test_a_planted_breach_is_found(rule: str, path: str, text: str, tmp_path: Path) -> None:
    assert rules_broken(tmp_path, {path: text}) == {rule}


LAWFUL = {
    "downwards": (
        "inspector/ledger/a.py",
        "from inspector.domain import times\nimport inspector.base.ids",
    ),
    "within the room": ("inspector/storage/a.py", "from inspector.storage import tables"),
    "report uses media": ("inspector/report/a.py", "from inspector.media import previews"),
    "operations use everything": (
        "inspector/operations/a.py",
        "import inspector.storage, inspector.report",
    ),
    "windows use operations": (
        "ui/a.py",
        "from PySide6 import QtWidgets\nimport inspector.operations",
    ),
    "entry point": ("main.py", "from inspector.cli.main import main"),
    "module entry point": ("inspector/__main__.py", "from inspector.cli.main import main"),
    "lazy heavy library": ("inspector/media/a.py", "def f():\n    from PIL import Image"),
    "datetime as a value": (
        "inspector/domain/a.py",
        "from datetime import date, time\nx = date(2026, 1, 1)",
    ),
    "the one factory": (
        "inspector/storage/connection.py",
        "import sqlite3\nx = sqlite3.connect('a')",
    ),
    "socket, not SQL": ("inspector/sync/a.py", "stream.connect(address)"),
    "the one text module": ("inspector/report/text.py", "x = Paragraph(text, style)"),
    "database path handed on": ("inspector/storage/a.py", "x = connect(space.database)"),
    "just short enough": ("ui/a.py", "def f():\n" + "    x = 1\n" * 39 + "x = 1\n" * 360),
    "long with a reason": (
        "inspector/domain/a.py",
        "# long: one table that is read from top to bottom\n"
        "def f():  # long: one table that is read from top to bottom\n" + "    x = 1\n" * 400,
    ),
}


@pytest.mark.parametrize(("path", "text"), LAWFUL.values(), ids=LAWFUL)
def test_what_is_allowed_passes(path: str, text: str, tmp_path: Path) -> None:
    assert rules_broken(tmp_path, {path: text}) == set()


def test_directions_have_no_cycle() -> None:
    for room, below in ROOMS.items():
        for lower in below:
            assert room not in ROOMS[lower], f"{room} and {lower} import each other"


def test_rooms_are_told_by_path_and_by_module_name() -> None:
    assert room_of(("inspector", "domain", "times.py")) == "domain"
    assert room_of(("inspector", "__main__.py")) == "__main__"
    assert room_of(("inspector", "storage", "tables")) == "storage"
    assert room_of(("ui", "pages")) == "ui"
    assert room_of(("main.py",)) == "main"
