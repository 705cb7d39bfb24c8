"""Which font files there are, and which of them suit which role.

Only the table directory, `name` and `head` of a file are read here; the faces themselves are
loaded by `report.fonts`.
"""

from __future__ import annotations

import os
import struct
import sys
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import BinaryIO


class FontRole(StrEnum):
    """Kinds of type. SONG comes first: others fall back on it."""

    SONG = "song"
    FANGSONG = "fangsong"
    HEI = "hei"
    KAI = "kai"
    TITLE = "title"
    LATIN = "latin"
    LATIN_BOLD = "latin_bold"
    MONO = "mono"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file name that suits a role; `exact` if it is of the role's own kind."""

    name: str
    exact: bool = True


def _own(*names: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(name) for name in names)


def _instead(*names: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, exact=False) for name in names)


# uming.ttc sets full stops and commas in the middle of their square, as in Taiwan: it comes last.
_SONG = ("simsun.ttc", "simsun.ttf", "songti.ttc", "stsong.ttf", "gbsn00lp.ttf", "uming.ttc")
_HEI = (
    "simhei.ttf",
    "stheiti medium.ttc",
    "msyh.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "droidsansfallbackfull.ttf",
)
#: In order of preference. File names, lower case; the first that exists and is usable wins.
CANDIDATES: dict[FontRole, tuple[Candidate, ...]] = {
    FontRole.SONG: _own(*_SONG) + _instead(*_HEI),
    FontRole.FANGSONG: _own("simfang.ttf", "fzfsk.ttf", "stfangsong.ttf", "stfangso.ttf")
    + _instead(*_SONG, *_HEI),
    FontRole.HEI: _own(*_HEI) + _instead(*_SONG),
    FontRole.KAI: _own("simkai.ttf", "kaiti.ttc", "stkaiti.ttf", "gkai00mp.ttf")
    + _instead(*_SONG, *_HEI),
    FontRole.TITLE: _own("fzxbsk.ttf", "fzxbsjw.ttf", "方正小标宋简体.ttf", "stzhongs.ttf")
    + _instead(*_SONG, *_HEI),
    FontRole.LATIN: _own(
        "times.ttf", "times new roman.ttf", "liberationserif-regular.ttf", "freeserif.ttf"
    )
    + _instead("dejavuserifcondensed.ttf", "dejavuserif.ttf", "dejavusans.ttf", *_SONG),
    FontRole.LATIN_BOLD: _own(
        "timesbd.ttf", "times new roman bold.ttf", "liberationserif-bold.ttf", "freeserifbold.ttf"
    )
    + _instead("dejavuserifcondensed-bold.ttf", "dejavuserif-bold.ttf", *_HEI),
    FontRole.MONO: _own("consola.ttf", "menlo.ttc", "liberationmono-regular.ttf", "cour.ttf")
    + _own("dejavusansmono.ttf")
    + _instead(*_SONG),
}
#: Asked for a character that no role has, in this order.
FALLBACKS: tuple[str, ...] = (
    "uming.ttc",
    "simsunb.ttf",
    "simsunextg.ttf",
    "msyh.ttc",
    "dejavusans.ttf",
    "seguisym.ttf",
    "seguiemj.ttf",
    "apple symbols.ttf",
    "arial unicode.ttf",
    "symbola.ttf",
    "symbola_hint.ttf",
    "hanamina.ttf",
    "hanaminb.ttf",
    "unifont.ttf",
    "unifont_upper.ttf",
)


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face of a font file: `index` counts within a collection."""

    path: Path
    index: int
    postscript: str
    family: str
    checksum: int


@dataclass(slots=True)
class FontIndex:
    """Files by lower-case name. `notes` says which were skipped and why."""

    paths: dict[str, Path]
    notes: list[str] = field(default_factory=list)
    _read: dict[str, tuple[FontFile, ...]] = field(default_factory=dict)

    def named(self, name: str) -> tuple[FontFile, ...]:
        """Return the usable face of the file called `name`: the first of a collection."""
        if name not in self.paths:
            return ()
        if name not in self._read:
            self._read[name] = self._faces(self.paths[name])
        return self._read[name]

    def every(self) -> tuple[FontFile, ...]:
        """Return every usable face, in order of file names."""
        return tuple(file for name in sorted(self.paths) for file in self.named(name))

    def _faces(self, path: Path) -> tuple[FontFile, ...]:
        try:
            with path.open("rb") as file:
                found = _read_face(file, path)
        except (OSError, struct.error):
            self.notes.append(f"{path.name}: unreadable")
            return ()
        if found is None:
            self.notes.append(f"{path.name}: no TrueType outlines")
            return ()
        return (found,)


@cache
def system_index(folders: tuple[Path, ...] | None = None) -> FontIndex:
    """Look once through the font folders of this machine, or through `folders` only."""
    paths: dict[str, Path] = {}
    for folder in folders if folders is not None else font_folders():
        for root, names, files in os.walk(folder):
            names.sort()
            for name in sorted(files):
                if name.lower().endswith((".ttf", ".ttc", ".otf")):
                    paths.setdefault(name.lower(), Path(root, name))
    return FontIndex(paths)


def font_folders() -> tuple[Path, ...]:
    """Return where this system keeps fonts; the user's own folder comes first."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local")))
        system = Path(os.environ.get("WINDIR", "C:/Windows"))
        return (local / "Microsoft" / "Windows" / "Fonts", system / "Fonts")
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    return (
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


def _read_face(file: BinaryIO, path: Path) -> FontFile | None:
    """Return the first face of the file, or None if it has no TrueType outlines."""
    start = 0
    if file.read(4) == b"ttcf":
        file.seek(12)
        (start,) = struct.unpack(">I", file.read(4))
    tables = _tables(file, start)
    if "glyf" not in tables or "head" not in tables or "name" not in tables:
        return None
    file.seek(tables["head"][0] + 8)
    (checksum,) = struct.unpack(">I", file.read(4))
    offset, length = tables["name"]
    file.seek(offset)
    names = _names(file.read(length))
    postscript = names.get(6, path.stem)
    return FontFile(path, 0, postscript, names.get(1, postscript), checksum)


def _tables(file: BinaryIO, start: int) -> dict[str, tuple[int, int]]:
    file.seek(start + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    tables: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        tag, _sum, offset, length = struct.unpack(">4sIII", file.read(16))
        tables[tag.decode("latin-1")] = (offset, length)
    return tables


def _names(table: bytes) -> dict[int, str]:
    """Return the English names of the `name` table by name id (OpenType, `name`)."""
    _format, count, strings = struct.unpack_from(">HHH", table, 0)
    names: dict[int, str] = {}
    for number in range(count):
        platform, _encoding, language, name_id, length, offset = struct.unpack_from(
            ">HHHHHH", table, 6 + 12 * number
        )
        raw = table[strings + offset : strings + offset + length]
        if platform == 3 and language == 0x409:
            names[name_id] = raw.decode("utf-16-be", "replace")
        elif platform == 1 and language == 0:
            names.setdefault(name_id, raw.decode("mac-roman", "replace"))
    return names
