"""How the program ends: exit codes, refusals, Ctrl-C, pipes, faults of its own."""

from __future__ import annotations

import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inspector.base.i18n import translator
from inspector.base.progress import Cancelled
from inspector.base.version import VERSION
from inspector.cli import photos
from inspector.cli.main import build_parser, main
from inspector.cli.output import width
from inspector.cli.progress import TerminalProgress
from tests.cli.test_contract import photo
from tests.test_documentation import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.operations.evidence import AddedFile
    from tests.cli.conftest import CommandLine

ROOT = Path(__file__).resolve().parents[2]


class Breaking:
    """Random bytes that fail at the n-th draw, in the middle of recording."""

    def __init__(self, error: BaseException, after: int = 0) -> None:
        self._error = error
        self._left = after

    def __call__(self, count: int, /) -> bytes:
        if not self._left:
            raise self._error
        self._left -= 1
        return os.urandom(count)


def test_refusals_are_told_in_both_languages(empty: CommandLine) -> None:
    english, chinese = (empty.run("visit", "list", lang=lang) for lang in ("en", "zh"))
    assert (english.code, chinese.code) == (3, 3)
    assert (english.out, chinese.out) == ("", "")
    assert english.err.startswith("workspace_missing: There is no workspace in ")
    assert chinese.err.startswith("workspace_missing: ")
    assert re.search("[一-鿿]{4}", chinese.err)
    assert not empty.root.exists()


def test_a_refusal_as_json_is_one_document(empty: CommandLine) -> None:
    answer = empty.run("visit", "list", "--json")
    assert answer.code == 3
    assert set(answer.data["error"]) == {"code", "message"}


@pytest.mark.parametrize(
    "words",
    [["visit", "nonsense"], ["visit", "show"], ["visit", "note", "1", "x", "--to", "10:00"]],
)
def test_a_command_line_not_understood_is_one_document_too(
    line: CommandLine, words: list[str]
) -> None:
    answer = line.run(*words, "--json")
    assert answer.code == 2
    assert answer.data["error"]["code"] == "usage"
    assert answer.data["error"]["message"] in answer.err


def test_a_name_is_given_once(line: CommandLine) -> None:
    assert line.run("hall", "add").err == "Give a name.\n"
    assert line.run("hall", "add", "x", "--name", "y").err == "Give the name once.\n"


def test_terms_follow_the_language(line: CommandLine) -> None:
    assert "准备" in line.run("visit", "list", lang="zh").out
    assert "prepared" in line.run("visit", "list", lang="en").out


@pytest.mark.parametrize("place", [0, 2])
def test_options_of_every_command_stand_before_or_after_it(
    line: CommandLine, capsys: pytest.CaptureFixture[str], place: int
) -> None:
    words = ["member", "list"]
    words[place:place] = ["--json", "--workspace", str(line.root), "--lang", "en"]
    assert main(words) == 0
    assert len(json.loads(capsys.readouterr().out)["members"]) == 2


def test_the_workspace_and_the_language_may_come_from_the_environment(
    line: CommandLine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGCHA_WORKSPACE", str(line.root))
    monkeypatch.setenv("MINGCHA_LANG", "zh")
    assert main(["visit", "list"]) == 0
    assert "准备" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["visit"],
        ["visit", "nonsense"],
        ["visit", "show"],
        ["visit", "show", "1", "2"],
        ["visit", "phase", "1", "nonsense"],
        ["finding", "add", "1"],
        ["finding", "add", "1", "--text", "x", "--severity", "high"],
        ["--lang", "fr", "member", "list"],
        ["--works", "x", "member", "list"],
    ],
)
def test_usage(line: CommandLine, words: list[str]) -> None:
    answer = line.run(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert "--help" in answer.err


@pytest.mark.parametrize("words", [["--help"], ["visit", "--help"], ["visit", "wait", "-h"]])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help(line: CommandLine, words: list[str], lang: str) -> None:
    answer = line.run(*words, lang=lang)
    assert answer.code == 0
    assert "inspector" in answer.out


@pytest.mark.parametrize("words", [("visit", "note"), ("photo", "clock-card"), ("member", "add")])
def test_chinese_help_stands_in_one_column(line: CommandLine, words: tuple[str, ...]) -> None:
    text = line.run(*words, "--help", lang="zh").out
    assert "\n选项：\n" in text
    rows = re.findall(r"^(  -\S+(?:,? \S+)*  +)\S", text, re.MULTILINE)
    assert len(rows) > 5
    assert len({width(row) for row in rows}) == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled()])
def test_stopping_a_command_with_json_prints_what_is_finished(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    for number in range(25):
        (card / f"{number:02}.txt").write_text(f"note {number}", encoding="utf-8")
    (card / ".hidden").write_text("", encoding="utf-8")
    taken = photos.add_photos

    def stopped(*words: Any) -> Iterator[AddedFile]:
        yield from itertools.islice(taken(*words), 10)
        raise error

    monkeypatch.setattr(photos, "add_photos", stopped)
    answer = line.run("photo", "add", 1, card, "--json")
    assert answer.code == 130
    assert answer.data["stopped"] is True
    assert [each["status"] for each in answer.data["results"]] == ["stored"] * 10
    assert answer.data["skipped"] == [{"path": str(card / ".hidden"), "why": "hidden"}]
    recorded = [each["id"] for each in line.do("photo", "list", 1)["photos"]]
    assert [each["id"] for each in answer.data["results"]] == recorded
    line.entropy = Breaking(error)
    stopped_at_once = line.run("visit", "note", 1, "text", "--json")
    assert (stopped_at_once.code, stopped_at_once.data) == (130, {"stopped": True})


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled()])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_stopping_in_the_middle_leaves_nothing_half_done(
    line: CommandLine, error: BaseException, after: int
) -> None:
    before = line.do("check")["operations"]
    line.entropy = Breaking(error, after)
    answer = line.run("visit", "new", "--hall", "H1", "--member", "Li")
    assert answer.code == 130
    assert answer.out == ""
    line.entropy = os.urandom
    checked = line.do("check")
    assert checked["ok"] is True
    assert len(line.do("visit", "list")["visits"]) == 1
    assert checked["operations"] == before
    assert len(line.do("trip", "list")["trips"]) == 1


def test_a_fault_of_ours_is_told_without_names(line: CommandLine) -> None:
    line.entropy = Breaking(RuntimeError("李娜 13800000000"))
    answer = line.run("visit", "note", 1, "李娜")
    assert answer.code == 70
    assert answer.err.startswith("internal_error: ")
    report = (line.root / "faults.log").read_text(encoding="utf-8")
    assert "RuntimeError" in report
    assert "test_endings.py" in report
    assert "李娜" not in report + answer.err
    as_json = line.run("visit", "note", 1, "李娜", "--json", "--debug")
    assert as_json.data["error"]["code"] == "internal_error"
    assert "__call__" in as_json.err
    line.entropy = os.urandom
    assert line.do("check")["ok"] is True


def python(*words: str, cwd: Path = ROOT) -> list[str]:
    return [sys.executable, "-X", "utf8=0", "-m", "inspector", *words]


def test_as_a_program(line: CommandLine) -> None:
    words = python("--workspace", str(line.root), "hall", "list", "--json")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=environment, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["halls"][0]["windows"] == 6
    version = subprocess.run(
        python("version"), env=environment, capture_output=True, check=False, timeout=60
    )
    assert version.stdout.decode().strip() == f"Mingcha {VERSION}"


@pytest.mark.skipif(sys.platform != "linux", reason="only here a file name need not be text")
def test_file_names_that_are_no_text_are_printed(line: CommandLine, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\x1b[31m.png")
    folder = tmp_path / "card"
    folder.mkdir()
    photo(folder / "a.png").rename(folder / name)
    words = python("--workspace", str(line.root), "--lang", "en", "photo", "add", "1", str(folder))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for more, ending in (["--json"], b"}\n"), ([], b".png  (time not known)\n"):
        done = subprocess.run(
            [*words, *more], env=environment, capture_output=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.endswith(ending)
        assert b"\x1b" not in done.stdout
        if more:
            [result] = json.loads(done.stdout)["results"]
            assert result["path"] == str(folder / name)


def test_help_comes_without_the_heavy_libraries() -> None:
    script = (
        "import sys; from inspector.cli.main import main; main(['--help']); "
        "print(sorted({'sqlite_utils', 'PIL', 'reportlab', 'openpyxl'} & set(sys.modules)))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_a_reader_that_leaves_is_no_failure(line: CommandLine) -> None:
    words = python("--workspace", str(line.root), "--lang", "en", "catalogue", "show", "checklist")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_example_can_be_typed(command: str) -> None:
    epilog = COMMANDS[command].epilog
    assert epilog, "a command shows how it is typed"
    examples = [text for text in epilog.splitlines() if text.startswith("  inspector ")]
    assert examples
    for example in examples:
        words = shlex.split(example)[1:]
        assert " ".join(words).startswith(command)
        assert build_parser(None, words[0]).parse_args(words).run


class Terminal:
    """Keeps what is written to a terminal."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        """Nothing is buffered."""


def test_progress_is_shown_only_for_work_that_takes_time(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    progress = TerminalProgress(terminal, translator("en"))  # type: ignore[arg-type]
    progress.start("Reading", 3)
    progress.step()
    assert terminal.written == ""
    monkeypatch.setattr("inspector.cli.progress.PATIENCE", 0.0)
    monkeypatch.setattr("inspector.cli.progress.EVERY", 0.0)
    progress.step()
    assert terminal.written == "Reading 2/3"
    progress.clear()
    assert terminal.written.endswith("\r" + " " * 11 + "\r")


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX does")
def test_stopping_while_the_program_loads_is_quiet(tmp_path: Path) -> None:
    slow = tmp_path / "argparse.py"  # the first thing that the command line loads
    # A shell has programs in its background ignore the signal, and so whatever these start.
    slow.write_text(
        "import os, signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "os.kill(os.getpid(), signal.SIGINT)\n",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))}
    done = subprocess.run(
        python("hall", "list"), env=environment, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
