"""Which language the program begins in, and how it finds its Chinese sentences."""

from __future__ import annotations

import gettext
import sys
from typing import TYPE_CHECKING

import pytest

from inspector.base.i18n import Catalogue, system_language
from inspector.base.paths import resource

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_file_that_is_no_catalogue_is_not_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "mingcha.mo"
    path.write_bytes(b"\0" * 64)
    with pytest.raises(ValueError, match=r"mingcha\.mo"):
        Catalogue(path)
