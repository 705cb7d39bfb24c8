"""How the threads share the interpreter, and when it looks for garbage.

Both hold for the whole program, so both are said here and nowhere else.
"""

from __future__ import annotations

import gc
import sys

#: For how long one thread keeps another waiting for the interpreter. Python's own 5 ms are felt:
#: the windows hand it over at each call of Qt that might take long, dozens of times in one frame,
#: and would get it back so much later each time as long as the worker computes. Seconds.
TURN = 0.001


def take_short_turns() -> None:
    """Let no thread keep the windows waiting for long, from the moment at which people act."""
    sys.setswitchinterval(TURN)


def collect_garbage() -> None:
    """Look for garbage again, if nobody did since the start, among what is made from now on.

    What a start makes stays: modules, classes, the page that is shown. To look through all of it
    takes longer than two frames, and happened in the midst of somebody's work.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
