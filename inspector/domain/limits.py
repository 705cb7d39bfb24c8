"""What a text field may hold: one normal form, nothing invisible, nothing endless.

Applied once, where text enters the program, so that what is stored, searched, hashed and printed
is the same text. Nothing is dropped: a character that cannot be kept is replaced by one that can
be seen.
"""

from __future__ import annotations

import unicodedata

from inspector.base.errors import MingchaError
from inspector.domain.names import field_name

#: Characters (code points after normalising) that a long field keeps.
TEXT_LIMIT = 20_000
#: Characters that names, numbers and other one-line fields keep.
NAME_LIMIT = 200

_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = 0x7F, 0x2421
_UNKNOWN_CONTROL = "\u2426"
_REPLACEMENT = "\ufffd"
_KEPT = frozenset("\n\t")


def _table() -> dict[int, str]:
    """Return what replaces each character that may not be stored."""
    table = {code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in _KEPT}
    table[_DELETE] = chr(_DELETE_PICTURE)
    # The second block of controls has no pictures of its own.
    table |= dict.fromkeys(range(0x80, 0xA0), _UNKNOWN_CONTROL)
    # Direction overrides can make "fdp.exe" read as another name; they carry no meaning here.
    table |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), _UNKNOWN_CONTROL)
    table |= dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT)
    table |= dict.fromkeys((0xFEFF, 0xFFFE, 0xFFFF), _REPLACEMENT)
    return table


_REPLACED = _table()


def normal(text: str) -> str:
    """Return `text` in the form that is stored; applying it twice changes nothing.

    NFC; line ends become LF; NUL and other control characters become their pictures
    (U+2400 block, U+2426 where none exists); lone surrogates and non-characters become U+FFFD.
    Tab and line feed stay.
    """
    if not text.isprintable():  # whatever is replaced is not
        text = _replaced(text)
    if text.isascii():  # as ids and most numbers are; nothing in it composes
        return text
    return unicodedata.normalize("NFC", text)


def _replaced(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u0085", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return text.translate(_REPLACED)


def clean(name: str, text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return `text` as it may be stored in a field of at most `limit` characters.

    `name` is the field in the record, or what the person calls it. Raises MingchaError
    `text_too_long`.
    """
    return _within(name, normal(text), limit)


def clean_name(name: str, text: str, *, limit: int = NAME_LIMIT) -> str:
    """Return `text` for a one-line field: as `clean`, without line breaks or outer blanks.

    Raises MingchaError `text_too_long`.
    """
    return _within(name, " ".join(normal(text).split()), limit)


def _within(name: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise MingchaError("text_too_long", field=field_name(name), length=len(text), limit=limit)
    return text
