"""Read the text that `strace -f -y -xx` writes: one completed system call after another.

All strings arrive as `\\xNN` escapes (option `-xx`), so quotes, commas and brackets in the text
always belong to the notation and never to the data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE = re.compile(r"^(\d+)\s+(.*)$", re.DOTALL)
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (0x[0-9a-f]+|-?\d+|\?)(.*)$", re.DOTALL)
_RESUMED = re.compile(r"^<\.\.\. (\w+|\?+) resumed>(.*)$", re.DOTALL)
#: How strace ends the call of a process that ended within it, when it lost the call's name.
_LOST = re.compile(r"^\s*\)?\s*= \?")
_TOKEN = re.compile(r'"[^"]*"(?:\.\.\.)?|[^",\[\]{}()]+|[\[\]{}()]|,')
_FD = re.compile(r"^(-?\d+|AT_FDCWD)(?:<([^>]*)>)?(\(deleted\))?$")
_STRING = re.compile(r'"([^"]*)"(\.\.\.)?')
_UNFINISHED = " <unfinished ...>"


class UnsoundError(Exception):
    """The trace holds something that the model cannot follow: no verdict is possible."""


@dataclass(frozen=True, slots=True)
class Call:
    """One completed system call; `begin` and `end` are the trace lines of entry and return."""

    pid: int
    name: str
    args: tuple[str, ...]
    result: int | None
    begin: int
    end: int
    injected: bool = False


def read_calls(lines: Iterable[str]) -> Iterator[Call]:
    """Yield the calls in the order of their return, joining interrupted lines.

    A call in which its process ended has no result. Raises UnsoundError for a line that is none of
    call, continuation, signal or exit.
    """
    open_calls: dict[int, tuple[str, int]] = {}
    for number, line in enumerate(lines):
        match = _LINE.match(line.rstrip("\n"))
        if match is None:
            raise UnsoundError(f"unreadable trace line {number}: {line[:120]!r}")
        pid, text = int(match[1]), match[2]
        if text.startswith(("+++", "---")):
            continue
        if text.endswith(_UNFINISHED):
            open_calls[pid] = (text[: -len(_UNFINISHED)], number)
            continue
        begin = number
        resumed = _RESUMED.match(text)
        if resumed is not None:
            lost = resumed[1].startswith("?") and _LOST.match(resumed[2])
            if lost and pid not in open_calls:
                continue  # it never returned; what it may have written shows in the real folder
            head, begin = open_calls.pop(pid, (f"{resumed[1]}(", number))
            text = f"{head}) = ?" if lost else head + resumed[2]
        call = _CALL.match(text)
        if call is None:
            shown = f"{text[:120]!r} … {text[-120:]!r}"
            raise UnsoundError(f"unreadable call in trace line {number}: {shown}")
        result = None if call[3] == "?" else int(call[3], 0)
        made_to_fail = call[4].endswith("(INJECTED)")
        yield Call(pid, call[1], split_arguments(call[2]), result, begin, number, made_to_fail)


def split_arguments(text: str) -> tuple[str, ...]:
    """Split the text between the brackets of a call at its outermost commas."""
    parts: list[str] = []
    current: list[str] = []
    depth = 0
    for token in _TOKEN.findall(text):
        if token == "," and depth == 0:
            parts.append("".join(current).strip())
            current = []
            continue
        if token in "[{(":
            depth += 1
        elif token in "]})":
            depth -= 1
        current.append(token)
    parts.append("".join(current).strip())
    return tuple(parts)


def unhex(text: str) -> bytes:
    """Turn the inside of a `\\xNN` string into its bytes."""
    return bytes.fromhex(text.replace("\\x", ""))


def text_argument(argument: str) -> bytes:
    """Return the bytes of a string argument; a string cut short by strace is unsound."""
    match = _STRING.match(argument)
    if match is None:
        raise UnsoundError(f"a string was expected: {argument[:80]!r}")
    if match[2]:
        raise UnsoundError("strace cut a string short: raise its limit (-s)")
    return unhex(match[1])


def vector_argument(argument: str) -> bytes:
    """Return the joined bytes of an iovec argument `[{iov_base="…", iov_len=N}, …]`."""
    parts = []
    for match in _STRING.finditer(argument):
        if match[2]:
            raise UnsoundError("strace cut a vector short: raise its limit (-s)")
        parts.append(unhex(match[1]))
    if argument.rstrip().endswith("...]"):
        raise UnsoundError("strace cut a vector short")
    return b"".join(parts)


def descriptor(argument: str) -> tuple[int | None, str | None]:
    """Return (number, path) of a descriptor argument; number is None for AT_FDCWD."""
    match = _FD.match(argument)
    if match is None:
        try:
            return int(argument, 0), None
        except ValueError:
            raise UnsoundError(f"a descriptor was expected: {argument[:80]!r}") from None
    number = None if match[1] == "AT_FDCWD" else int(match[1])
    path = None
    if match[2] is not None:
        path = unhex(match[2]).decode("utf-8", "surrogateescape") if "\\x" in match[2] else match[2]
    return number, path
