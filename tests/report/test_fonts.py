"""Fonts by role, fallback, missing characters, and what cannot be used."""

from __future__ import annotations

import io
import shutil
import struct
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.report.embedding import unicode_map
from inspector.report.fontfiles import FontRole, system_index
from inspector.report.fonts import font_set
from inspector.report.page import Style, text_styles
from inspector.report.pen import Pen, reportlab_settings
from inspector.report.writer import Spool

if TYPE_CHECKING:
    from pathlib import Path


def song() -> Path:
    return font_set("zh").roles[FontRole.SONG].file.path


def latin() -> Path:
    return font_set("en").roles[FontRole.LATIN].file.path


def postscript_outlines(path: Path) -> None:
    """Write the head of a font file that has CFF instead of TrueType outlines."""
    tables = b"".join(struct.pack(">4sIII", tag, 0, 60, 4) for tag in (b"CFF ", b"head", b"name"))
    path.write_bytes(b"OTTO" + struct.pack(">HHHH", 3, 0, 0, 0) + tables + bytes(64))


def test_every_role_sets_chinese_or_latin() -> None:
    roles = font_set("zh").roles
    assert set(roles) == set(FontRole)
    assert all(roles[role].has(ord("国")) for role in (FontRole.SONG, FontRole.HEI, FontRole.KAI))
    assert roles[FontRole.LATIN].has(ord("A"))


def test_postscript_outlines_are_skipped_with_a_note(tmp_path: Path) -> None:
    postscript_outlines(tmp_path / "simfang.ttf")
    shutil.copy(song(), tmp_path / "simsun.ttf")
    fonts = font_set("zh", (tmp_path,))
    assert fonts.roles[FontRole.FANGSONG].file.path.name == "simsun.ttf"
    assert "simfang.ttf: no TrueType outlines" in system_index((tmp_path,)).notes
    assert FontRole.FANGSONG in {item.role for item in fonts.substituted}


def test_damaged_files_are_not_used(tmp_path: Path) -> None:
    (tmp_path / "simfang.ttf").write_bytes(b"\x00\x01\x00\x00 not a font")
    (tmp_path / "simkai.ttf").write_bytes(song().read_bytes()[:20_000])
    shutil.copy(song(), tmp_path / "simsun.ttf")
    roles = font_set("zh", (tmp_path,)).roles
    assert {role.file.path.name for role in roles.values()} == {"simsun.ttf"}


def test_a_font_of_the_role_itself_is_no_substitute(tmp_path: Path) -> None:
    shutil.copy(song(), tmp_path / "simfang.ttf")
    substituted = font_set("zh", (tmp_path,)).substituted
    assert FontRole.FANGSONG not in {item.role for item in substituted}


def test_any_font_that_sets_chinese_will_do(tmp_path: Path) -> None:
    shutil.copy(song(), tmp_path / "office-font.ttf")
    roles = font_set("zh", (tmp_path,)).roles
    assert roles[FontRole.FANGSONG].file.path.name == "office-font.ttf"


def test_without_a_chinese_font_there_is_no_paper(tmp_path: Path) -> None:
    shutil.copy(latin(), tmp_path / "dejavuserif.ttf")
    with pytest.raises(MingchaError) as caught:
        font_set("zh", (tmp_path,))
    assert caught.value.code == "no_chinese_font"
    assert "fonts-" in str(caught.value)


def drawn(folder: Path | None, *texts: tuple[FontRole, str]) -> bytes:
    fonts = font_set("zh", (folder,) if folder else None).fresh()
    style = text_styles("zh", heavy_title=True)[Style.TABLE]
    out = io.BytesIO()
    with reportlab_settings(), Spool() as spool:
        pen = Pen(fonts, style, spool, "zh")
        for number, (role, text) in enumerate(texts):
            pen.line(50, 700 - 30 * number, text, type(style)(role, 12, 15))
        pen.new_page()
        pen.save(out)
    return out.getvalue()


def test_two_files_with_one_name_are_both_embedded(tmp_path: Path) -> None:
    shutil.copy(song(), tmp_path / "simsun.ttf")
    other = bytearray(song().read_bytes())
    count = struct.unpack_from(">H", other, 4)[0]
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", other, 12 + 16 * number)
        if tag == b"head":
            other[offset + 8 : offset + 12] = b"\x12\x34\x56\x78"
    (tmp_path / "simhei.ttf").write_bytes(other)
    data = drawn(tmp_path, (FontRole.SONG, "国"), (FontRole.HEI, "家"))
    assert b"-12345678" in data
    assert data.count(b"/FontFile2") == 2


def test_subsets_are_the_same_every_time() -> None:
    texts = ((FontRole.SONG, "窗口05空岗"), (FontRole.HEI, "明察"), (FontRole.LATIN, "Window"))
    assert drawn(None, *texts) == drawn(None, *texts)


def test_only_characters_that_are_used_are_embedded() -> None:
    assert len(drawn(None, (FontRole.SONG, "国"))) < 20_000


def test_missing_characters_are_named_and_collected() -> None:
    fonts = font_set("zh").fresh()
    char = "\U000e0041"
    runs = fonts.runs(f"甲{char}乙", FontRole.SONG)
    assert [run.text for run in runs] == ["甲", "[U+E0041]", "乙"]
    assert runs[1].missing
    assert list(fonts.missing) == [char]
    assert not font_set("zh").fresh().missing


def test_characters_beyond_the_basic_plane_are_mapped_as_utf16() -> None:
    assert "<01> <D83DDE00>" in unicode_map("F", [0, 0x1F600])


def test_variation_selectors_draw_nothing() -> None:
    fonts = font_set("zh").fresh()
    assert fonts.width("\ufe0f", FontRole.SONG, 10) == 0
    assert not fonts.missing
