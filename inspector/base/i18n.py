"""One translation catalogue for windows, papers and command line.

Message ids are English sentences with named fields; Chinese comes from
`resources/locale/zh_CN/LC_MESSAGES/mingcha.mo`. Names of the trade's terms do not live here but
in `domain.terms`, because they are data with both languages side by side.
"""

from __future__ import annotations

import importlib
import os
import struct
import sys
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Literal

from inspector.base.english import singular
from inspector.base.paths import resource
from inspector.base.values import frozen

if TYPE_CHECKING:
    from pathlib import Path

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def N_(message: str) -> str:
    """Mark `message` for the catalogue without translating it here."""
    return message


@frozen
class Bilingual:
    """A name in both languages, for messages whose language is not known yet."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en

    def of(self, lang: Lang) -> str:
        """Return the name in that language."""
        return self.zh if lang == "zh" else self.en


class Catalogue:
    """A compiled catalogue of gettext (`.mo`), searched sentence by sentence.

    Its sentences are sorted. The standard library would read all of them at once, which takes
    longer than finding the few words that a window begins with.
    """

    _HEADER = struct.Struct("<7I")
    _MAGIC = 0x950412DE

    def __init__(self, path: Path) -> None:
        """Raises OSError, and ValueError for a file that is no catalogue."""
        self._bytes = path.read_bytes()
        magic, _version, count, ids, texts, *_ = self._HEADER.unpack_from(self._bytes)
        if magic != self._MAGIC:
            raise ValueError(f"{path.name} is no compiled catalogue")
        self._ids, self._texts = (
            struct.unpack_from(f"<{2 * count}I", self._bytes, start) for start in (ids, texts)
        )
        self._places = range(count)
        self._found: dict[str, str] = {}

    def text(self, message: str) -> str:
        """Return the translation, or the message itself where there is none."""
        found = self._found.get(message)
        if found is None:
            found = self._found[message] = self._search(message)
        return found

    def _search(self, message: str) -> str:
        wanted = message.encode()
        place = bisect_left(self._places, wanted, key=lambda each: self._at(self._ids, each))
        if place == len(self._places) or self._at(self._ids, place) != wanted:
            return message
        return self._at(self._texts, place).decode()

    def _at(self, table: tuple[int, ...], place: int) -> bytes:
        size, start = table[2 * place : 2 * place + 2]
        return self._bytes[start : start + size]


class Translator:
    """Turns English message ids into the user's language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._catalogue: Catalogue | None = None
        if lang == "zh":
            self._catalogue = Catalogue(resource("locale", "zh_CN", "LC_MESSAGES", "mingcha.mo"))

    def __call__(self, message: str, /, **fields: object) -> str:
        """Return `message` translated, its `{fields}` filled in."""
        text = self._catalogue.text(message) if self._catalogue else message
        if not fields:
            return text
        named = {
            name: value.of(self.lang) if isinstance(value, Bilingual) else value
            for name, value in fields.items()
        }
        if self.lang == "en":
            text = singular(text, named)
        return text.format(**named)


@cache
def translator(lang: Lang) -> Translator:
    """Return the translator for `lang`, loaded once."""
    return Translator(lang)


def system_language() -> Lang:
    """Return English where the system clearly speaks it, else Chinese, our first language.

    What a system says that nobody has set a language on (“C”, “POSIX”, nothing) is not English.
    """
    if sys.platform == "win32":
        # The language of the account; the standard library turns its number into a name.
        locale = importlib.import_module("locale")
        number = importlib.import_module("ctypes").windll.kernel32.GetUserDefaultUILanguage()
        code = str(locale.windows_locale.get(number & 0xFFFF, ""))
    else:
        # In the order of POSIX: the first that is set decides.
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        code = next((value for name in names if (value := os.environ.get(name))), "")
    return "en" if code.lower().startswith("en") else "zh"
