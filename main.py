"""Starts the windows of Mingcha: `python main.py`, or `mingcha` once it is installed."""

from __future__ import annotations

import sys

from ui.app import main

if __name__ == "__main__":
    sys.exit(main())
