"""The frame around the program: translations, locks, make targets, what lies at the top."""

from __future__ import annotations

import ast
import io
import re
import shutil
import string
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from inspector.base.failures.catalogue import CATALOGUE
from inspector.base.i18n import translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "resources/locale/zh_CN/LC_MESSAGES/mingcha.po"
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-servers.txt")
TOP_LEVEL = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "inspector",
    "main.py",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements-servers.txt",
    "requirements.txt",
    "resources",
    "tests",
    "ui",
}


def read_top(name: str) -> str:
    """Return the text of a file at the top of the tree."""
    return (ROOT / name).read_text(encoding="utf-8")


# -- sentences -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(io.BytesIO(PO.read_bytes()), locale="zh_CN")


@pytest.fixture(scope="module")
def ids_in_code() -> set[str]:
    found: set[str] = set()
    for room in ("inspector", "ui"):
        for _, _, message, _, _ in extract_from_dir(
            str(ROOT / room), method_map=[("**.py", "python")], keywords={"tr": None, "N_": None}
        ):
            assert isinstance(message, str)
            found.add(message)
    return found


def marked_messages(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield the name (`tr` or `N_`) and the first argument of each call that marks a sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            if name in ("tr", "N_"):
                yield name, node.args[0]


def unfindable_messages(text: str) -> list[int]:
    """Return the lines on which a sentence is put together before it is translated."""
    found = []
    for name, argument in marked_messages(ast.parse(text)):
        literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        handed_on = name == "tr" and isinstance(
            argument, ast.Name | ast.Attribute | ast.Subscript | ast.Call
        )
        if not literal and not handed_on:
            found.append(argument.lineno)
    return found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('tr(f"{n} windows")', [1]),
        ('tr("a" if x else "b")', [1]),
        ('x = 1\nself.tr("a" + b)', [2]),
        ("N_(text)", [1]),
        ('tr("a {n}" "b", n=1); tr(spec.message); tr(LABELS[x]); N_("a")', []),
    ],
)
def test_sentences_put_together_are_recognised(text: str, lines: list[int]) -> None:
    assert unfindable_messages(text) == lines


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}"
        for room in ("inspector", "ui")
        for path in (ROOT / room).rglob("*.py")
        for line in unfindable_messages(path.read_text(encoding="utf-8"))
    ]
    assert not found, "mark each sentence by itself with N_ or tr"


def test_the_chinese_catalogue_holds_exactly_the_sentences_of_the_code(
    catalogue: Catalog, ids_in_code: set[str]
) -> None:
    held = {message.id for message in catalogue if message.id}
    assert held == ids_in_code, "run: make messages"


def test_every_sentence_has_chinese(catalogue: Catalog) -> None:
    assert [m.id for m in catalogue if m.id and (not m.string or m.fuzzy)] == []


def test_every_error_has_chinese() -> None:
    tr = translator("zh")
    assert [code for code, spec in CATALOGUE.items() if not has_chinese(tr(spec.message))] == []


def has_chinese(text: str) -> bool:
    """Say whether any character of the common CJK block stands in `text`."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def test_translations_name_the_same_fields(catalogue: Catalog) -> None:
    differing = [
        m.id for m in catalogue if m.id and m.string and fields(m.id) != fields(str(m.string))
    ]
    assert differing == []


def fields(sentence: object) -> set[str]:
    """Return the names in braces of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(str(sentence)) if name}


def test_messages_neither_shout_nor_say_only_that_something_failed(catalogue: Catalog) -> None:
    empty_talk = re.compile(r"[!！]|操作失败|operation failed", re.IGNORECASE)
    texts = [text for m in catalogue if m.id for text in (str(m.id), str(m.string))]
    assert [text for text in texts if empty_talk.search(text)] == []


def test_the_compiled_catalogue_is_current(catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert compiled.getvalue() == PO.with_suffix(".mo").read_bytes(), "run: make messages"


# -- locks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    entries = read_top(name).replace("\\\n", " ").splitlines()
    assert len(entries) > 1
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_index_and_no_path(name: str) -> None:
    text = read_top(name)
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host", text)
    assert "/" not in text


def test_locks_cover_what_the_project_declares() -> None:
    project = tomllib.loads(read_top("pyproject.toml"))
    declared = project["project"]["dependencies"]
    development = project["project"]["optional-dependencies"]["dev"]
    builder = project["build-system"]["requires"]
    assert bare_names([*declared, *builder]) <= locked("requirements.txt").keys()
    assert bare_names([*declared, *builder, *development]) <= locked("requirements-dev.txt").keys()


def test_both_locks_agree() -> None:
    runtime, development = locked("requirements.txt"), locked("requirements-dev.txt")
    assert runtime.items() <= development.items()


def bare_names(requirements: list[str]) -> set[str]:
    """Return the package names of requirement lines, without versions, extras and markers."""
    return {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in requirements}


def locked(name: str) -> dict[str, str]:
    """Return package name → version of a lock file."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", read_top(name), re.MULTILINE))


# -- what a reader finds ---------------------------------------------------------------------


def test_readme_explains_every_make_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", read_top("Makefile"), re.MULTILINE)) - {"help"}
    assert {
        "demo",
        "run",
        "test",
        "lint",
        "bench",
        "powercut",
        "syscalls",
        "test-servers",
    } <= targets
    readme = read_top("README.md")
    assert [target for target in targets if f"`make {target}" not in readme] == []


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", read_top(name))
    assert [
        link for link in links if not link.startswith("https://") and not (ROOT / link).exists()
    ] == []


def test_decisions_are_numbered_without_gaps_and_state_their_status() -> None:
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {record.name[:4]} "), record.name
        assert "\nStatus: " in text, record.name


@pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(),
    reason="asks git which files belong to the project",
)
def test_only_agreed_things_lie_at_the_top() -> None:
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT.as_posix()}", "ls-files"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {line.split("/")[0] for line in listing.stdout.splitlines()} <= TOP_LEVEL
