"""A process that makes drafts while this one writes them: a long record takes half the time.

It holds no file of the workspace. What goes to it are rows of the log, what comes back are drafts;
both sides are this program, so they are pickled.
"""

from __future__ import annotations

import gc
import pickle
import queue
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, BinaryIO

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
        """Hand over the next stretch; an empty one says that the record ends. Raises HelperLost."""
        assert self._child.stdin is not None
        try:
            pickle.dump([tuple(stored) for stored in stretch], self._child.stdin, protocol=5)
            self._child.stdin.flush()
        except OSError as error:
            raise HelperLost from error

    def receive(self) -> Draft:
        """Return the draft of the oldest stretch without one. Raises HelperLost."""
        assert self._child.stdout is not None
        try:
            return Draft(*pickle.load(self._child.stdout))
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise HelperLost from error


def main() -> None:
    """Make drafts until the owner closes the pipe.

    One thread takes what comes and one hands out what is done, so that neither side ever waits for
    a full pipe while the other one has work.
    """
    # Whoever presses Ctrl-C means the owner, which ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing here forms circles, and looking for them takes a fifth of the time.
    gc.disable()
    came: queue.SimpleQueue[list[Any] | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[Draft | None] = queue.SimpleQueue()
    threading.Thread(target=_take, args=(sys.stdin.buffer, came), daemon=True).start()
    sender = threading.Thread(target=_hand_out, args=(sys.stdout.buffer, done), daemon=True)
    sender.start()
    drafter = Drafter()
    while (stretch := came.get()) is not None:
        listed = [Stored(*stored) for stored in stretch]
        done.put(drafter.draft(listed) if listed else drafter.end())
    done.put(None)
    sender.join()


def _take(stream: BinaryIO, came: queue.SimpleQueue[list[Any] | None]) -> None:
    try:
        while True:
            came.put(pickle.load(stream))
    except EOFError:
        came.put(None)


def _hand_out(stream: BinaryIO, done: queue.SimpleQueue[Draft | None]) -> None:
    try:
        while (draft := done.get()) is not None:
            pickle.dump(tuple(draft), stream, protocol=5)
            stream.flush()
    except BrokenPipeError:
        return  # the owner is gone; the end of the input says so, too


if __name__ == "__main__":
    main()
