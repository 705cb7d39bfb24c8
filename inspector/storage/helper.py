"""A process that makes drafts while this one writes them: a long record takes half the time.

It holds no file of the workspace. What goes to it are rows of the log, what comes back are drafts,
each as one message of plain values: both sides are this program. They take turns: whoever is sent
a stretch gives its draft back before the next one. Threads that read and wrote meanwhile would have
to ask Python for their turn at every full pipe, and took longer than all the work.
"""

from __future__ import annotations

import gc
import marshal
import signal
import sys
from typing import IO, TYPE_CHECKING

from inspector.base.children import end_child, start_child
from inspector.storage.drafting import Draft, Drafter, Trouble
from inspector.storage.log import Stored
from inspector.storage.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

#: Bytes before each message that say how many it has.
_LENGTH = 8
#: Of `marshal`: the last one that does not look for values which are the same.
_PLAIN = 2


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

    def send(self, packed: bytes) -> None:
        """Hand over the next stretch as `packed` makes it. Raises HelperLost.

        The draft of the one before must have been received.
        """
        assert self._child.stdin is not None
        try:
            _write(self._child.stdin, packed)
        except OSError as error:
            raise HelperLost from error

    def receive(self) -> bytes:
        """Return the draft of the stretch that was sent, for `unpacked`. Raises HelperLost."""
        assert self._child.stdout is not None
        try:
            return _read(self._child.stdout)
        except (OSError, EOFError) as error:
            raise HelperLost from error


def packed(stretch: Sequence[Stored]) -> bytes:
    """Return a stretch as it is sent; an empty one says that the record ends."""
    return marshal.dumps(list(map(tuple, stretch)), _PLAIN)


def unpacked(answer: bytes) -> Draft:
    """Return the draft that was received."""
    draft = Draft(*marshal.loads(answer))
    troubles = [
        Trouble(place, [Problem(*each) for each in problems], doubtful)
        for place, problems, doubtful in draft.troubles
    ]
    return draft._replace(troubles=troubles)


def _answer(draft: Draft) -> bytes:
    troubles = [
        (each.place, list(map(tuple, each.problems)), each.doubtful) for each in draft.troubles
    ]
    return marshal.dumps((troubles, *draft[1:]), _PLAIN)


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH))
    pipe.write(message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """Return the next message. Raises EOFError where the pipe ends."""
    length = int.from_bytes(_exactly(pipe, _LENGTH))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError
    return found


def main() -> None:
    """Make drafts until the owner closes the pipe."""
    # Whoever presses Ctrl-C means the owner, which ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing here forms circles, and looking for them takes a fifth of the time.
    gc.disable()
    drafter = Drafter()
    while True:
        try:
            listed = list(map(Stored._make, marshal.loads(_read(sys.stdin.buffer))))
        except EOFError:
            return
        draft = drafter.draft(listed) if listed else drafter.end()
        try:
            _write(sys.stdout.buffer, _answer(draft))
        except BrokenPipeError:
            return  # the owner is gone


if __name__ == "__main__":
    main()
