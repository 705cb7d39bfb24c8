"""Which language the program begins in, and how it finds its Chinese sentences."""

from __future__ import annotations

import ast
import gettext
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector.base.i18n import Catalogue, system_language
from inspector.base.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such variables")


@on_posix
@pytest.mark.parametrize(
    ("set_to", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_GB"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_only_a_system_that_clearly_speaks_english_begins_in_english(
    monkeypatch: pytest.MonkeyPatch, set_to: dict[str, str], language: str
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


def test_every_sentence_is_found_as_the_standard_library_finds_it() -> None:
    path = resource("locale", "zh_CN", "LC_MESSAGES", "mingcha.mo")
    with path.open("rb") as file:
        whole = gettext.GNUTranslations(file)
    sentences = [each for each in vars(whole)["_catalog"] if each]
    catalogue = Catalogue(path)
    assert len(sentences) > 1000
    assert [each for each in sentences if catalogue.text(each) != whole.gettext(each)] == []
    for other in ("", "~", "\0", sentences[0] + "?", "没有这句话"):
        assert catalogue.text(other) == whole.gettext(other)


def sentences_in(code: str) -> Iterator[str]:
    """Yield the sentences that code translates, by its syntax."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("tr", "N_") and isinstance(node.args[0].value, str):
                yield node.args[0].value


def test_every_sentence_of_the_program_is_in_the_catalogue() -> None:
    """Babel overlooks some of those inside f-strings, which then stay English."""
    with resource("locale", "zh_CN", "LC_MESSAGES", "mingcha.mo").open("rb") as file:
        catalogue = vars(gettext.GNUTranslations(file))["_catalog"]
    files = [file for room in ("inspector", "ui") for file in (ROOT / room).rglob("*.py")]
    found = {each for file in files for each in sentences_in(file.read_text("utf-8"))} - {""}
    assert len(found) > 1000
    assert sorted(found - catalogue.keys()) == []


def test_a_file_that_is_no_catalogue_is_not_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "mingcha.mo"
    path.write_bytes(b"\0" * 64)
    with pytest.raises(ValueError, match=r"mingcha\.mo"):
        Catalogue(path)
