"""Fonts by role: found on the system, embedded as subsets, honest about every substitution.

Official documents name kinds of type (仿宋, 宋, 黑, 楷, 小标宋), not foundries (GB/T 9704-2012).
Only TrueType outlines can be embedded by reportlab; PostScript outlines (CFF) are skipped with a
note. Loading a face costs up to 0.1 s and the size of its file in memory, so faces load when the
first character needs them.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.report.embedding import embedded_font
from inspector.report.fontfiles import (
    CANDIDATES,
    FALLBACKS,
    FontFile,
    FontIndex,
    FontRole,
    system_index,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from inspector.base.i18n import Lang

__all__ = ["Face", "FontRole", "FontSet", "Run", "Substitution", "font_set"]

#: A font that lacks one of these cannot set Chinese.
_PROBE = "的一是国窗口检查。"
#: The number of a missing character is set at this part of the size, in a frame.
MISSING_SIZE = 0.6
#: Some fonts draw these as nothing, and a direction override may then disguise a name.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
#: They only say how the character before them is painted; drawing nothing loses nothing.
_SILENT = frozenset({0xFE0E, 0xFE0F})


@dataclass(frozen=True, slots=True)
class Substitution:
    """A role whose own kind of type is not installed, and the face that stands in."""

    role: FontRole
    used: str


class Face:
    """One TrueType face, loaded on first use; widths are in 1/1000 em."""

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self._font: Any = None

    @property
    def font(self) -> Any:
        """The reportlab font; its embedded name carries the file's checksum.

        Two files may state one PostScript name, and reportlab would then embed only the first.
        """
        if self._font is None:
            self._font = _load(self.file)
        return self._font

    def has(self, code: int) -> bool:
        """Return whether the face draws the character `code`."""
        return bool(self.font.face.charToGlyph.get(code, 0))

    def width(self, code: int) -> float:
        """Return the advance of `code` in 1/1000 em."""
        return float(self.font.face.getCharWidth(code))


@cache
def _load(file: FontFile) -> Any:
    # reportlab is imported late: it takes 160 ms that a window must not wait for at start.
    from reportlab.pdfbase import pdfmetrics

    font = embedded_font(f"{file.postscript}-{file.checksum:08x}", str(file.path), file.index)
    pdfmetrics.registerFont(font)
    return font


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive characters of one face, `width` in 1/1000 em.

    A `missing` run is the number of a character that no face has, drawn in a frame.
    """

    face: Face
    text: str
    width: float
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Glyph:
    """How one character is drawn: `text` is itself, or its number if no face has it."""

    face: Face
    width: float
    text: str
    missing: bool


class GlyphTable(dict[str, Glyph]):
    """The glyphs of one role, found on first use: text repeats itself."""

    def __init__(self, find: Callable[[str, FontRole], Glyph], role: FontRole) -> None:
        super().__init__()
        self._find = find
        self._role = role

    def __missing__(self, char: str) -> Glyph:
        found = self[char] = self._find(char, self._role)
        return found


class FontSet:
    """The faces of one document: role → face, fallback per character, missing characters.

    `notes` names files that were skipped and why. `missing` fills while text is measured.
    """

    def __init__(
        self,
        roles: dict[FontRole, Face],
        fallbacks: tuple[Face, ...],
        substituted: tuple[Substitution, ...],
        notes: tuple[str, ...],
    ) -> None:
        self.roles = roles
        self.fallbacks = fallbacks
        self.substituted = substituted
        self.notes = notes
        self.missing: dict[str, None] = {}
        self._tables = {role: GlyphTable(self._find, role) for role in FontRole}

    def fresh(self) -> FontSet:
        """Return the same fonts for another document, without its missing characters."""
        return FontSet(self.roles, self.fallbacks, self.substituted, self.notes)

    def table(self, role: FontRole) -> GlyphTable:
        """Return the glyphs of `role` by character."""
        return self._tables[role]

    def width(self, text: str, role: FontRole, size: float) -> float:
        """Return the width of `text` in points at `size` points."""
        table = self._tables[role]
        return sum([table[char].width for char in text]) * size / 1000

    def runs(self, text: str, role: FontRole) -> list[Run]:
        """Return `text` cut where the face changes."""
        table = self._tables[role]
        runs = []
        for (face, missing), group in groupby(map(table.__getitem__, text), key=_same_run):
            glyphs = list(group)
            if missing:
                runs += [Run(face, glyph.text, glyph.width, missing=True) for glyph in glyphs]
                continue
            drawn = "".join([glyph.text for glyph in glyphs])
            runs.append(Run(face, drawn, sum([glyph.width for glyph in glyphs])))
        return runs

    def _find(self, char: str, role: FontRole) -> Glyph:
        code = ord(char)
        own = self.roles[role]
        if code in _SILENT:
            return Glyph(own, 0.0, "", missing=False)
        if unicodedata.category(char) not in _INVISIBLE:
            for face in self._chain(role, code):
                if face.has(code):
                    return Glyph(face, face.width(code), char, missing=False)
        self.missing[char] = None
        label = f"[U+{code:04X}]"
        latin = self.roles[FontRole.LATIN]
        width = sum(latin.width(ord(part)) for part in label) * MISSING_SIZE + 120
        return Glyph(latin, width, label, missing=True)

    def _chain(self, role: FontRole, code: int) -> list[Face]:
        own = self.roles[role]
        if _full_width_quote(code) and role not in LATIN_ROLES:
            return [own, self.roles[FontRole.SONG], self.roles[FontRole.HEI], *self.fallbacks]
        chain = _SERIF_CHAIN if role in _SERIFS else _CHAIN
        others = [self.roles[other] for other in chain if other is not role]
        return [own, *others, *self.fallbacks]


def _same_run(glyph: Glyph) -> tuple[Face, bool]:
    return glyph.face, glyph.missing


LATIN_ROLES = frozenset({FontRole.LATIN, FontRole.LATIN_BOLD, FontRole.MONO})
_SERIFS = frozenset({FontRole.SONG, FontRole.FANGSONG, FontRole.KAI, FontRole.TITLE})
#: A dash that a light face lacks must not come from a heavy one.
_SERIF_CHAIN = (FontRole.SONG, FontRole.LATIN, FontRole.KAI, FontRole.HEI)
_CHAIN = (FontRole.HEI, FontRole.SONG, FontRole.KAI, FontRole.LATIN)


def _full_width_quote(code: int) -> bool:
    return code in (0x2018, 0x2019, 0x201C, 0x201D)


#: Roles that a paper in that language does not set: their substitutes concern nobody.
_UNUSED: dict[Lang, frozenset[FontRole]] = {
    "zh": frozenset({FontRole.LATIN, FontRole.LATIN_BOLD}),
    "en": frozenset({FontRole.FANGSONG, FontRole.KAI, FontRole.TITLE}),
}


@cache
def font_set(lang: Lang, folders: tuple[Path, ...] | None = None) -> FontSet:
    """Return the fonts of this machine for `lang`; only those in `folders` if given.

    Raises MingchaError `no_chinese_font` if no font can set Chinese. Ask the result for a
    `fresh()` set per document.
    """
    index = system_index(folders)
    roles: dict[FontRole, Face] = {}
    substituted: list[Substitution] = []
    for role in FontRole:
        choice = _choose(role, index, roles)
        if choice is None:
            raise MingchaError("no_chinese_font")
        face, exact = choice
        roles[role] = face
        if not exact and role not in _UNUSED[lang]:
            substituted.append(Substitution(role, face.file.family))
    fallbacks = tuple(Face(file) for name in FALLBACKS for file in index.named(name))
    return FontSet(roles, fallbacks, tuple(substituted), tuple(index.notes))


def _choose(
    role: FontRole, index: FontIndex, chosen: dict[FontRole, Face]
) -> tuple[Face, bool] | None:
    """Return the first usable face for `role`, and whether it is of the role's own kind."""
    for candidate in CANDIDATES[role]:
        for file in index.named(candidate.name):
            face = Face(file)
            if _usable(face, role):
                return _shared(face, chosen), candidate.exact
    if role in LATIN_ROLES:
        return (chosen[FontRole.SONG], False) if FontRole.SONG in chosen else None
    for file in index.every():
        face = Face(file)
        if _usable(face, role):
            return _shared(face, chosen), False
    return None


def _shared(face: Face, chosen: dict[FontRole, Face]) -> Face:
    """Return the face already chosen for another role if it is the same file."""
    for known in chosen.values():
        if known.file == face.file:
            return known
    return face


def _usable(face: Face, role: FontRole) -> bool:
    # A damaged font file fails in many ways inside reportlab's parser; it is just not used.
    try:
        probe = "Ag019" if role in LATIN_ROLES else _PROBE
        return all(face.has(ord(char)) for char in probe)
    except (ValueError, KeyError, IndexError, OSError, struct.error):
        return False
