"""Asking for a passphrase: typed unseen on a terminal, or read from a file."""

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


def add_passphrase_file(arguments: Arguments, name: str = "--passphrase-file") -> None:
    """Declare the option that names a file whose first line is the passphrase."""
    arguments.add(
        name,
        type=Path,
        metavar=arguments.tr("FILE"),
        help=N_("text file whose first line is the passphrase, instead of typing it"),
    )


def passphrase_of(tr: Translator, file: Path | None, prompt: str) -> str:
    """Return the passphrase in `file`, or as it is typed now without being shown.

    It is never taken from the command line, which other programs can see. Raises UsageError where
    nothing can be typed, MingchaError `file_missing`, `file_unreadable`.
    """
    if file is not None:
        lines = read_input(file).decode("utf-8-sig", "replace").splitlines()
        return lines[0] if lines else ""
    if not sys.stdin.isatty():
        raise UsageError(tr("No passphrase can be typed here. Give it with --passphrase-file."))
    return getpass(prompt + " ")


def new_passphrase_of(tr: Translator, file: Path | None, name: str) -> str:
    """Return a passphrase in `file`, or one typed twice alike. Raises UsageError, as above."""
    found = passphrase_of(tr, file, tr("New passphrase of {name}:", name=name))
    if file is None and found != passphrase_of(tr, None, tr("The same passphrase once more:")):
        raise UsageError(tr("The two passphrases differ. Nothing was changed."))
    return found
