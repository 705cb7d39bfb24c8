"""Asking for a PIN: typed unseen on a terminal, or read from a file."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import UsageError, read_input

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.cli.parsing import Arguments


def add_pin_file(arguments: Arguments, name: str = "--pin-file") -> None:
    """Declare the option that names a file whose first line is the PIN."""
    arguments.add(
        name,
        type=Path,
        metavar=arguments.tr("FILE"),
        help=N_("text file whose first line is the PIN, instead of typing it"),
    )


def pin_of(tr: Translator, file: Path | None, prompt: str) -> str:
    """Return the PIN in `file`, or as it is typed now without being shown.

    A PIN is never taken from the command line, which other programs can see. Raises UsageError
    where nothing can be typed, MingchaError `file_missing`, `file_unreadable`.
    """
    if file is not None:
        lines = read_input(file).decode("utf-8-sig", "replace").splitlines()
        return lines[0].strip() if lines else ""
    if not sys.stdin.isatty():
        raise UsageError(tr("No PIN can be typed here. Give it with --pin-file."))
    return getpass(prompt + " ").strip()


def new_pin_of(tr: Translator, file: Path | None, name: str) -> str:
    """Return a PIN in `file`, or one typed twice alike. Raises UsageError, as `pin_of`."""
    pin = pin_of(tr, file, tr("New PIN of {name}:", name=name))
    if file is None and pin != pin_of(tr, None, tr("The same PIN once more:")):
        raise UsageError(tr("The two PINs differ. Nothing was changed."))
    return pin
