"""What a command has to say, and the one place that prints it."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.limits import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inspector.base.i18n import Translator
    from inspector.cli.context import UsageError, Warned

_WIDE = frozenset("WF")
#: What a line is broken between: words with the blank after them, and single wide characters with
#: the punctuation that must not begin a line.
_PARTS = re.compile(r"[（《“]*[\u2e80-\uffef][，。；：、）”》？]*\s*|[^\s\u2e80-\uffef]+\s*|\S\s*")


@dataclass(frozen=True, slots=True)
class Output:
    """The answer of a command.

    data: what `--json` prints; lines: the same for people; refusals: what was refused while the
    rest was done; code: the exit code (a refusal makes it 3).
    """

    data: Mapping[str, Any]
    lines: Sequence[str] = ()
    refusals: Sequence[MingchaError] = field(default_factory=tuple)
    code: int = 0


def prepare_streams() -> None:
    """Let any text be printed on any terminal: UTF-8, and nothing that stops halfway.

    A lone surrogate, as odd file names hold, comes out as an escape that JSON reads back.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def show(output: Output, *, as_json: bool) -> None:
    """Print an answer on standard output: the document, or the lines."""
    if as_json:
        print(json.dumps(output.data, ensure_ascii=False, indent=2))
    else:
        for line in output.lines:
            print(normal(line))
    sys.stdout.flush()


def complain(error: Warned, tr: Translator) -> None:
    """Print a refusal or a warning on standard error: its code, then the sentence.

    The sentence suits the windows as well; where a command helps on, it is named here.
    """
    parts = [f"{error.code}: {error.text(tr)}"]
    if isinstance(error, MingchaError) and error.spec.command:
        parts.append(tr("Command: “inspector {command}”", command=error.spec.command))
    print(normal(" ".join(parts)), file=sys.stderr)


def with_warnings(output: Output, warnings: Sequence[Warned], tr: Translator) -> Output:
    """Return the answer with what is warned of under `warnings`; what it names itself stays."""
    named = list(output.data.get("warnings", ()))
    codes = {each["code"] for each in named}
    more = [{"code": each.code, "text": each.text(tr)} for each in warnings]
    named += [each for each in more if each["code"] not in codes]
    return replace(output, data={**output.data, "warnings": named}) if more else output


def refused(error: MingchaError, tr: Translator) -> Output:
    """Return the answer of a command that was refused as a whole."""
    return Output({"error": {"code": error.code, "message": error.text(tr)}}, (), (error,), 3)


def misunderstood(error: UsageError, *, as_json: bool) -> int:
    """Say what is wrong with a command line: on standard error, and as a document if wanted.

    Return the exit code.
    """
    for line in (error.before, str(error), error.after):
        if line:
            print(normal(line), file=sys.stderr)
    if as_json:
        show(Output({"error": {"code": "usage", "message": str(error)}}), as_json=True)
    return 2


def nobody_listens() -> None:
    """Go on quietly after the reader of a pipe has left (`| head`)."""
    # Python flushes standard output once more at its end, which may complain again ("Note on
    # SIGPIPE" in the documentation of the module signal).
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, sys.stdout.fileno())
    finally:
        os.close(sink)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table with aligned columns; Chinese characters are two columns wide."""
    cells = [[one_line(str(cell)) for cell in row] for row in (headers, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in cells]
    return lines if len(lines) > 1 else []


def one_line(text: str) -> str:
    """Return `text` on one line."""
    return " ".join(normal(text).split())


def wrapped(text: str, columns: int) -> list[str]:
    """Return `text` in lines of at most `columns`: at blanks, and between Chinese characters."""
    lines, line = [], ""
    for part in _PARTS.findall(one_line(text)):
        if line and width(line + part.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += part
    return [*lines, line.rstrip()] if line.strip() else lines


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
