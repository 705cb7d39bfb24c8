"""Progress of long work, and how it is stopped. Knows no window and no terminal."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The user stopped the work. Not an error: what is finished stays, the rest is not begun."""


class Progress(Protocol):
    """Receives how far a piece of work is."""

    def start(self, label: str, total: int) -> None:
        """Begin a stage of `total` steps (0 if unknown), named `label` in the user's language."""
        ...

    def step(self, count: int = 1) -> None:
        """Report `count` more steps done. Raises Cancelled if the user asked to stop."""
        ...


class Silent:
    """Progress that nobody watches."""

    def start(self, label: str, total: int) -> None:
        """Ignore the stage."""

    def step(self, count: int = 1) -> None:
        """Ignore the step."""


SILENT: Progress = Silent()
