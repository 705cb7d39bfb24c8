"""Where the program is entered: Ctrl-C ends it quietly even while its modules are being loaded."""

from __future__ import annotations

import importlib

#: As shells report a program that was stopped with Ctrl-C.
STOPPED = 130


def run() -> int:
    """Run the command line that was typed and return its exit code."""
    try:
        # Loading takes most of the time of a short command, so it stands inside.
        code: int = importlib.import_module(f"{__package__}.main").main()
    except KeyboardInterrupt:
        return STOPPED
    return code
