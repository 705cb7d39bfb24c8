"""Starts Mingcha from a source tree: `python main.py`."""

from __future__ import annotations

import sys

from inspector.cli.entry import run

if __name__ == "__main__":
    sys.exit(run())
