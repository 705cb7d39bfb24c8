"""Lets `python -m inspector` do what the `inspector` command does."""

from __future__ import annotations

import sys

from inspector.cli.entry import run

if __name__ == "__main__":
    sys.exit(run())
