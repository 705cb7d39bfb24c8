"""A process that makes drafts while this one writes them: a long record takes half the time.

It holds no file of the workspace. What goes to it are rows of the log, what comes back are drafts;
both sides are this program, so they are pickled. They take turns: whoever is sent a stretch gives
its draft back before the next one. Threads that read and wrote meanwhile would have to ask Python
for their turn at every full pipe, and took longer than all the work.
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys
from typing import TYPE_CHECKING

from inspector.base.children import end_child, start_child
from inspector.storage.drafting import Draft, Drafter
from inspector.storage.log import Stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType


class HelperLost(Exception):
    """The helper died, or was ended by somebody."""


class Helper:
    """The helper as its owner sees it. Use as a context manager: it ends with its owner's work."""

    def __init__(self) -> None:
        self._child = start_child("inspector.storage.helper")

    def __enter__(self) -> Helper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        end_child(self._child)

    def send(self, stretch: Sequence[Stored]) -> None:
        """Hand over the next stretch; an empty one says that the record ends. Raises HelperLost.

        The draft of the one before must have been received.
        """
        assert self._child.stdin is not None
        try:
            pickle.dump([tuple(stored) for stored in stretch], self._child.stdin, protocol=5)
            self._child.stdin.flush()
        except OSError as error:
            raise HelperLost from error

    def receive(self) -> Draft:
        """Return the draft of the stretch that was sent. Raises HelperLost."""
        assert self._child.stdout is not None
        try:
            return Draft(*pickle.load(self._child.stdout))
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise HelperLost from error


def main() -> None:
    """Make drafts until the owner closes the pipe."""
    # Whoever presses Ctrl-C means the owner, which ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing here forms circles, and looking for them takes a fifth of the time.
    gc.disable()
    drafter = Drafter()
    while True:
        try:
            listed = [Stored(*stored) for stored in pickle.load(sys.stdin.buffer)]
        except EOFError:
            return
        draft = drafter.draft(listed) if listed else drafter.end()
        try:
            pickle.dump(tuple(draft), sys.stdout.buffer, protocol=5)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            return  # the owner is gone


if __name__ == "__main__":
    main()
