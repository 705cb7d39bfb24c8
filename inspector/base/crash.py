"""A fault of the program itself, as it may be shown and sent: a trace that holds no names."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.version import VERSION

if TYPE_CHECKING:
    from inspector.base.clock import Clock

#: Beside the records, so that it can be sent; it is no part of them.
FILE = "faults.log"


def trace_of(error: BaseException) -> list[str]:
    """Return the frames and the kind of an error, one a line, the innermost last.

    The trace names files, lines and kinds of errors only: the messages of errors may quote what
    people entered.
    """
    lines = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    place = lines[-1].strip() if lines else ""
    return [*lines, f"{type(error).__name__}, {place}"]


def keep(trace: list[str], root: Path, clock: Clock) -> Path | None:
    """Append a trace to a file of the workspace at `root`, if there is one that can be written."""
    file = root / FILE
    if not root.is_dir():
        return None
    reading = clock.read()
    when = to_datetime(reading.ms, reading.zone).isoformat(timespec="seconds")
    try:
        with file.open("a", encoding="utf-8") as log:
            log.write("\n".join([f"{when} {VERSION}", *trace, ""]))
    except OSError:
        return None
    return file
