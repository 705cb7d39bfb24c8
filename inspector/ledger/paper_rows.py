"""Bytes as rows of letters on paper: base32 (RFC 4648) in groups of four, two letters check a row.

The letters 0, 1 and 8, which base32 does not have, are read as O, I and B. What the bytes are for
(`purpose`) goes into the check letters: rows of one kind of sheet are not taken for another's.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32decode, b32encode

ROW_BYTES = 10

_GROUP = 4
_CHECK_LETTERS = 2
_ROW_LETTERS = ROW_BYTES * 8 // 5
_WHOLE = _ROW_LETTERS + _CHECK_LETTERS
_LABEL = re.compile(r"^\s*[0-9]{1,2}\s*[.:．：、)）\s]\s*")
_MISTAKEN = str.maketrans("018", "OIB")


class InvalidRow(ValueError):
    """A row on the sheet was not read as it was printed; `row` is its number, from 1."""

    def __init__(self, row: int) -> None:
        self.row = row
        super().__init__(f"row {row}")


def rows(data: bytes, purpose: bytes) -> tuple[str, ...]:
    """Return the rows that stand for `data`, whole rows of ten bytes: the last group checks."""
    pieces = [data[start : start + ROW_BYTES] for start in range(0, len(data), ROW_BYTES)]
    return tuple(_row(number, piece, purpose) for number, piece in enumerate(pieces, start=1))


def from_rows(text: str, purpose: bytes, count: int = 0) -> bytes:
    """Return the bytes that were typed or scanned from their rows; `count`: how many there must be.

    Blanks, hyphens, case, empty lines and the numbers before the rows do not matter. Raises
    InvalidRow for the first row that does not agree with its check letters, that is missing, or
    that is one too many.
    """
    typed = [letters for line in text.splitlines() if (letters := _letters(line))]
    if len(typed) == 1 and len(typed[0]) % _WHOLE == 0:
        # Scanned by something that joins lines.
        typed = [typed[0][start : start + _WHOLE] for start in range(0, len(typed[0]), _WHOLE)]
    found = b""
    for number in range(1, (count or max(1, len(typed))) + 1):
        if number > len(typed):
            raise InvalidRow(number)
        found += _piece(number, typed[number - 1], purpose)
    if count and len(typed) > count:
        raise InvalidRow(count + 1)
    return found


def _row(number: int, piece: bytes, purpose: bytes) -> str:
    letters = b32encode(piece).decode()
    groups = [letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP)]
    return " ".join((*groups, _check(number, piece, purpose)))


def _check(number: int, piece: bytes, purpose: bytes) -> str:
    digest = hashlib.sha256(purpose + bytes((number,)) + piece).digest()
    return b32encode(digest).decode()[:_CHECK_LETTERS]


def _letters(line: str) -> str:
    """Return the letters of a row as it was typed, without number, blanks and hyphens."""
    bare = _LABEL.sub("", unicodedata.normalize("NFKC", line))
    return re.sub(r"[\s\-–—]", "", bare).upper().translate(_MISTAKEN)


def _piece(number: int, letters: str, purpose: bytes) -> bytes:
    body, check = letters[:_ROW_LETTERS], letters[_ROW_LETTERS:]
    try:
        piece = b32decode(body)
    except ValueError as error:
        raise InvalidRow(number) from error
    if len(piece) != ROW_BYTES or check != _check(number, piece, purpose):
        raise InvalidRow(number)
    return piece
