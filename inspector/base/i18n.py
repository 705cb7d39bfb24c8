"""One translation catalogue for windows, papers and command line.

Message ids are English sentences with named fields; Chinese comes from
`resources/locale/zh_CN/LC_MESSAGES/mingcha.mo`. Names of the trade's terms do not live here but
in `domain.terms`, because they are data with both languages side by side.
"""

from __future__ import annotations

import gettext
import locale
from dataclasses import dataclass
from functools import cache
from typing import Literal

from inspector.base.english import singular
from inspector.base.paths import resource

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def N_(message: str) -> str:
    """Mark `message` for the catalogue without translating it here."""
    return message


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A name in both languages, for messages whose language is not known yet."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en

    def of(self, lang: Lang) -> str:
        """Return the name in that language."""
        return self.zh if lang == "zh" else self.en


class Translator:
    """Turns English message ids into the user's language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if lang == "zh":
            path = resource("locale", "zh_CN", "LC_MESSAGES", "mingcha.mo")
            with path.open("rb") as file:
                self._catalogue = gettext.GNUTranslations(file)

    def __call__(self, message: str, /, **fields: object) -> str:
        """Return `message` translated, its `{fields}` filled in."""
        text = self._catalogue.gettext(message)
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
    """Return the language of the system if it is one of ours, else Chinese."""
    code = locale.getlocale()[0] or ""
    return "en" if code.lower().startswith("en") else "zh"
