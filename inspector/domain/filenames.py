"""Names of exported files: made from a pattern, and fit for every system a stick is put into.

Fields: {number} of the visit, {code} of the hall, {hall} its name, {day} of the visit, {edition},
{lang}; each has a Chinese name as well, and both are read whatever the language. The usual pattern
names no hall: a file name is read by whoever sees the stick.
"""

from __future__ import annotations

import re
import string
from dataclasses import fields
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.base.values import frozen

if TYPE_CHECKING:
    from inspector.base.i18n import Lang

#: The fields as a Chinese pattern names them.
_CHINESE = {
    "number": "编号",
    "code": "编码",
    "hall": "场所",
    "day": "日期",
    "edition": "版次",
    "lang": "语言",
}
#: How patterns named the code of a hall before; they are still read.
_FORMER_CODE = "代码"
_USUAL = ("number", "code", "day")
#: Bytes of UTF-8 that every file system takes, with room for a number and an ending.
LONGEST = 180
_LONGEST_ENDING = 12

#: What Windows refuses in a name, control characters and the bidirectional signs that deceive.
_FORBIDDEN = pattern(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = pattern(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


@frozen
class NameFields:
    """What a pattern may name."""

    number: str
    code: str
    hall: str
    day: str
    edition: str
    lang: str

    def values(self) -> dict[str, str]:
        """Return the fields by their names in both languages."""
        named = {each.name: getattr(self, each.name) for each in fields(self)}
        chinese = {_CHINESE[name]: value for name, value in named.items()}
        return named | chinese | {_FORMER_CODE: self.code}


def usual_pattern(lang: Lang) -> str:
    """Return the pattern that is used if nothing else is said."""
    return "-".join(_braced(each, lang) for each in _USUAL)


def pattern_fields(lang: Lang) -> tuple[str, ...]:
    """Return all fields as they are written into a pattern."""
    return tuple(_braced(each.name, lang) for each in fields(NameFields))


def _braced(name: str, lang: Lang) -> str:
    return f"{{{_CHINESE[name] if lang == 'zh' else name}}}"


def check_pattern(pattern: str) -> None:
    """Raise MingchaError `pattern_unreadable` unless a name can be made from `pattern`."""
    file_name(pattern, NameFields("1", "A", "A", "2026-01-01", "1", "zh"), "pdf")


def file_name(
    pattern: str, fields: NameFields, ending: str, taken: frozenset[str] = frozenset()
) -> str:
    """Return the file name for `fields`; one that is `taken` already (in lower case) is numbered.

    Raises MingchaError `pattern_unreadable`.
    """
    known = fields.values()
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise MingchaError("pattern_unreadable", pattern=pattern) from error
    unknown = [name for _text, name, _form, _as in parts if name is not None and name not in known]
    if unknown or any(form or as_ for _text, _name, form, as_ in parts):
        raise MingchaError("pattern_unreadable", pattern=pattern)
    made = "".join(text + known.get(name or "", "") for text, name, _form, _as in parts)
    stem = _fit(made)
    if not stem:
        raise MingchaError("pattern_unreadable", pattern=pattern)
    number, name = 1, f"{stem}.{ending}"
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}).{ending}"
    return name


def _fit(text: str) -> str:
    """Return `text` as every system takes it; fields that are empty leave no double hyphens."""
    stem = re.sub(r"-{2,}", "-", _FORBIDDEN.sub("_", text)).strip(" .-")
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    while len(stem.encode()) > LONGEST:
        stem = stem[:-1]
    return stem.strip(" .")


def received_name(name: str) -> str:
    """Return the name of a file that another device sent as every system takes it.

    Only its last part counts, whichever way its folders are written; its ending is kept.
    """
    last = _FORBIDDEN.sub("_", re.split(r"[/\\]", name)[-1]).lstrip(" .").rstrip(" .")
    if _RESERVED.match(last):
        last = f"_{last}"
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = last, "", ""
    stem = stem[:LONGEST]
    while len(stem.encode()) > LONGEST:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}" if stem else "file"
