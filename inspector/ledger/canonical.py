"""Canonical bytes: RFC 8785 (JCS) on a restricted domain.

ASCII keys, strings, booleans, null and integers below 2**53 in magnitude; no floats. On this
domain the standard library's sorted, compact output is the JCS output, so others can verify with
any JCS library. Text is never normalised here (two different values must not collide); input is
normalised once, where people enter it.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 8


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
        # Whatever follows the value, or stands before it, is told by comparing the bytes.
        value, _end = _DECODER.raw_decode(data.decode())
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    # The decoder's hooks saw every number and key; only depth is left, and most bytes are flat.
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH:
        _require(value, 0)
    if _write(value) != data:
        raise NotCanonical("the bytes are valid JSON but not in canonical form")
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same in the record: 1 is not true, a tuple is a list."""
    return encode(one) == encode(other)


def _require(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotCanonical("an integer of 2**53 or more")
    elif isinstance(value, list | tuple):
        for item in value:
            _require(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonical("a key that is not ASCII text")
            _require(item, depth + 1)
    else:
        raise NotCanonical(f"a value of type {type(value).__name__}")


def _write(value: Any) -> bytes:
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a string holds half of a surrogate pair") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotCanonical("a key appears twice")
    if not "".join(result).isascii():
        raise NotCanonical("a key that is not ASCII text")
    return result


def _integer(text: str) -> int:
    number = int(text)
    if abs(number) > MAX_INTEGER:
        raise NotCanonical("an integer of 2**53 or more")
    return number


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(f"a number that is not an integer: {text[:40]}")


# Made once: the functions of the module `json` make new ones for each call with options.
_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
)
_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_integer, parse_float=_no_float, parse_constant=_no_float
)
