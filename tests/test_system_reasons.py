"""What the system refuses is told in the person's language."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from inspector.base.errors import MingchaError
from inspector.base.i18n import Bilingual, translator
from inspector.base.paths import Workspace
from inspector.base.system_reasons import reason_of
from inspector.storage.opening import make_place
from inspector.sync.depots import protocol

ROOT = Path(__file__).resolve().parents[1]
USUAL = (
    *(errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOENT, errno.EBUSY),
    *(errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EMFILE, errno.ETIMEDOUT),
)


@pytest.mark.parametrize("number", USUAL)
def test_the_usual_reasons_are_chinese_in_chinese(number: int) -> None:
    told = reason_of(OSError(number, os.strerror(number)))
    assert re.fullmatch(rf"[^a-zA-Z]*[\u4e00-\u9fff][^a-zA-Z]* \[{number}\]", told.zh)
    assert re.fullmatch(rf"[a-z -]+ \[{number}\]", told.en)


def test_a_real_refusal_is_told_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "1"
    file.touch()
    with pytest.raises(MingchaError) as refused:
        make_place(Workspace(file / "2"))
    number = errno.ENOTDIR
    assert f"路径中有一段不是文件夹 [{number}]" in refused.value.text(translator("zh"))
    assert f"a part of the path is not a folder [{number}]" in refused.value.text(translator("en"))


def test_what_depots_say_of_themselves_is_chinese_in_chinese() -> None:
    words = {name: each for name, each in vars(protocol).items() if isinstance(each, Bilingual)}
    assert len(words) > 5
    for each in words.values():
        assert re.fullmatch(r"[^a-zA-Z]+", each.zh)
        refused = protocol.DepotError("broken", "U 盘", each).text(translator("zh"))
        assert each.zh in refused
        assert each.en not in refused


def test_time_that_ran_out_has_a_number_even_where_python_gives_none() -> None:
    assert reason_of(TimeoutError()) == reason_of(OSError(errno.ETIMEDOUT, "x"))


def test_what_is_not_listed_keeps_the_words_of_the_system() -> None:
    assert reason_of(OSError(9999, "Something rare")).zh == "Something rare [9999]"
    assert reason_of(OSError("The stick answers no more")).en == "The stick answers no more"
    assert reason_of(OSError()).zh == "OSError"


def test_the_file_is_named_where_that_is_asked_for() -> None:
    error = OSError(errno.EIO, "x", "a.bin")
    assert reason_of(error, named=True).en.endswith(": a.bin")
    assert "a.bin" not in reason_of(error).en


def test_nothing_else_takes_the_words_of_the_system() -> None:
    taking = {
        str(path.relative_to(ROOT))
        for room in ("inspector", "ui")
        for path in (ROOT / room).rglob("*.py")
        if "strerror" in path.read_text("utf-8")
    }
    assert taking == {str(Path("inspector", "base", "system_reasons.py"))}
