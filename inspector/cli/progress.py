"""Progress on a terminal: shown only where somebody watches, and only for work that takes time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from inspector.base.progress import SILENT, Progress
from inspector.cli.output import width

if TYPE_CHECKING:
    from inspector.base.i18n import Translator

#: Shorter work shows nothing. Seconds.
PATIENCE = 1.0
#: How often the line is renewed at most. Seconds.
EVERY = 0.1


class TerminalProgress:
    """One line on the terminal that is renewed, and removed at the end."""

    def __init__(self, stream: TextIO, tr: Translator) -> None:
        self._stream = stream
        self._tr = tr
        self._label, self._total, self._done = "", 0, 0
        self._began = self._shown = time.monotonic()
        self._columns = 0

    def start(self, label: str, total: int) -> None:
        """Begin a stage. A label that is still a message id is translated here."""
        self._label, self._total, self._done = self._tr(label), total, 0

    def step(self, count: int = 1) -> None:
        """Report `count` more steps done."""
        self._done += count
        now = time.monotonic()
        if now - self._began >= PATIENCE and now - self._shown >= EVERY:
            self._shown = now
            self._draw()

    def clear(self) -> None:
        """Remove the line."""
        if self._columns:
            self._stream.write("\r" + " " * self._columns + "\r")
            self._stream.flush()
            self._columns = 0

    def _draw(self) -> None:
        of = f"{self._done}/{self._total}" if self._total else str(self._done)
        line = f"{self._label} {of}".strip()
        self.clear()
        self._columns = width(line)
        self._stream.write(line)
        self._stream.flush()


def progress_for(stream: TextIO, tr: Translator) -> Progress:
    """Return progress on `stream` if somebody watches it, else silence."""
    return TerminalProgress(stream, tr) if stream.isatty() else SILENT
