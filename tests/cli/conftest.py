"""The command line in this process, on a real workspace with a clock that stands still."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from inspector.cli.main import main
from tests.support.fixed import SHANGHAI, CountingEntropy, FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.ids import Entropy

#: A Friday afternoon, inside the opening hours of the hall: the morning is entered.
AFTERNOON = datetime(2026, 11, 20, 16, 30, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command returned and printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass
class CommandLine:
    """Runs commands on one workspace."""

    root: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(AFTERNOON))
    entropy: Entropy = field(default_factory=CountingEntropy)

    def run(self, *words: object, lang: str = "en") -> Answer:
        """Run a command and return all it did."""
        out, err = StringIO(), StringIO()
        line = ["--workspace", str(self.root), "--lang", lang, *map(str, words)]
        with redirect_stdout(out), redirect_stderr(err):
            code = main(line, clock=self.clock, entropy=self.entropy)
        return Answer(code, out.getvalue(), err.getvalue())

    def do(self, *words: object) -> Any:
        """Run a command that must succeed, with --json, and return its document."""
        answer = self.run(*words, "--json")
        assert answer.code == 0, answer.err
        return answer.data

    def refuse(self, *words: object) -> str:
        """Run a command that must be refused and return the code of the reason."""
        answer = self.run(*words, "--json")
        assert answer.code == 3, answer
        code: str = answer.data["error"]["code"]
        assert f"{code}: " in answer.err
        return code


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MINGCHA_WORKSPACE", "MINGCHA_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a hall of six windows, two members, and visit 1."""
    root = tmp_path_factory.mktemp("prepared") / "workspace"
    os.environ.pop("MINGCHA_LANG", None)
    line = CommandLine(root, FixedClock(AFTERNOON), CountingEntropy("prepared"))
    line.do("init")
    hours = "Mon-Fri 9:00-12:00,13:30-17:00"
    line.do(
        *("hall", "add", "Hall", "--code", "H1", "--windows", 6),
        *("--floors", "1,2", "--hours", hours),
    )
    for name in ("Li", "Wang"):
        line.do("member", "add", name)
    line.do(
        "visit",
        "new",
        "--hall",
        "H1",
        "--basis",
        "government",
        "--member",
        "Li",
        "--member",
        "Wang",
    )
    return root


@pytest.fixture
def line(_prepared: Path, tmp_path: Path) -> CommandLine:
    """A command line on a workspace of its own with a hall, two members and visit 1."""
    root = tmp_path / "workspace"
    shutil.copytree(_prepared, root)
    return CommandLine(root)


@pytest.fixture
def empty(tmp_path: Path) -> CommandLine:
    """A command line on a folder that holds nothing yet."""
    return CommandLine(tmp_path / "new")
