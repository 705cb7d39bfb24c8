"""Canonical bytes: RFC 8785 (JCS) on a restricted domain.

ASCII keys, strings, booleans, null and integers below 2**53 in magnitude; no floats. On this
domain the standard library's sorted, compact output is the JCS output, so others can verify with
any JCS library. Text is never normalised here (two different values must not collide); input is
normalised once, where people enter it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 8
#: Instead of a length; added to others, it stays below zero.
_UNUSUAL = -(1 << 60)
#: Values of one of these types are the same if type and value are.
_PLAIN = frozenset({str, int, bool, type(None)})
#: Returns a text as canonical JSON has it, in quotes.
quoted: Callable[[str], str] = json.encoder.encode_basestring


class NotCanonical(ValueError):
    """The value or the bytes lie outside the domain of canonical JSON. The text says where."""


def encode(value: Any) -> bytes:
    """Return the canonical bytes of `value`. Raises NotCanonical outside the domain."""
    _require(value, 0)
    return _write(value)


def decode(data: bytes) -> Any:
    """Parse canonical bytes strictly.

    Raises NotCanonical for anything that `encode` would not have written: duplicate keys, floats,
    other spacing or order, too large numbers, too deep nesting, bytes that are not UTF-8.
    """
    try:
        text = data.decode()
        # Whatever follows the value, or stands before it, is told by comparing the texts, and so
        # is half of a surrogate pair: it can only have been escaped.
        value, _end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if "\\" in text or _length(value, 0) != len(text):
        _require(value, 0)
        if text_of(value) != text:
            raise NotCanonical("the bytes are valid JSON but not in canonical form")
    return value


def _length(value: Any, depth: int) -> int:
    """Return how many characters the canonical text of a decoded value has, nothing being escaped.

    Where no escape stands in a text, every other spelling of its value is longer: a blank, a key
    that comes twice, a zero with a sign. So one that has this length is canonical, and need not be
    written again. Negative if the value has keys in another order, or if it may lie outside of the
    domain: both are told by looking closer.
    """
    if depth > MAX_DEPTH:
        return _UNUSUAL
    kind = type(value)
    if kind is str:
        return len(value) + 2
    if kind is int:
        return len(str(value)) if -MAX_INTEGER <= value <= MAX_INTEGER else _UNUSUAL
    if kind is not dict and kind is not list:
        return 5 if value is False else 4
    # The brackets, and the commas between the items.
    length = max(len(value), 1) + 1
    if kind is dict:
        keys = list(value)
        names = "".join(keys)
        if not names.isascii() or keys != sorted(keys):
            return _UNUSUAL
        length += len(names) + 3 * len(keys)
        value = value.values()
    for each in value:
        kind = type(each)
        # Most are texts, and of the rest most are small numbers.
        if kind is str and depth < MAX_DEPTH:
            length += len(each) + 2
        elif kind is int and depth < MAX_DEPTH and -MAX_INTEGER <= each <= MAX_INTEGER:
            length += len(str(each))
        else:
            length += _length(each, depth + 1)
    return length


def text_of(value: Any) -> str:
    """Return the canonical text of a value that has been in canonical bytes already."""
    return "".join(_encode(value, 0))


def as_read(value: Any) -> Any:
    """Return what `decode` makes of the bytes of `value`: a tuple is a list, an enum its text."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, dict):
        return {key: as_read(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [as_read(item) for item in value]
    return decode(encode(value))


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same in the record: 1 is not true, a tuple is a list."""
    if type(one) in _PLAIN and type(other) in _PLAIN:
        return type(one) is type(other) and one == other
    return encode(one) == encode(other)


def _require(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    if isinstance(value, dict):
        _require_keys(value)
        _require_each(value.values(), depth + 1)
    elif isinstance(value, list | tuple):
        _require_each(value, depth + 1)
    elif isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical("an integer of 2**53 or more")
    elif value is not None and not isinstance(value, str):
        raise NotCanonical(f"a value of type {type(value).__name__}")


def _require_each(values: Iterable[Any], depth: int) -> None:
    for value in values:
        kind = type(value)
        if depth > MAX_DEPTH or not (
            # Most are texts, and of the rest most are small numbers.
            kind is str or (kind is int and -MAX_INTEGER <= value <= MAX_INTEGER)
        ):
            _require(value, depth)


def _require_keys(value: dict[Any, Any]) -> None:
    try:
        plain = "".join(value).isascii()
    except TypeError:
        plain = False
    if not plain:
        raise NotCanonical("a key that is not ASCII text")


def _write(value: Any) -> bytes:
    try:
        return text_of(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a string holds half of a surrogate pair") from error


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(f"a number that is not an integer: {text[:40]}")


def _encoder() -> Callable[[Any, int], Iterable[str]]:
    """Return what turns a value into pieces of sorted, compact text.

    Made once: `JSONEncoder.encode` makes the same for every value, which takes longer than most
    values do. Where Python has no such thing in C, that is what is left.
    """
    plain = json.JSONEncoder(
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
        check_circular=False,
    )
    in_c = getattr(json.encoder, "c_make_encoder", None)
    if in_c is None:
        return lambda value, _depth: plain.encode(value)
    encode: Callable[[Any, int], Iterable[str]] = in_c(
        None, plain.default, quoted, None, ":", ",", True, False, False
    )
    return encode


_encode = _encoder()
# A key that appears twice is lost here, and so told by comparing the bytes. No hook for objects
# and whole numbers: without them the decoder stays in C.
_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
