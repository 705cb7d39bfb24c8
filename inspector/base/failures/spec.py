"""What a catalogued failure is."""

from __future__ import annotations

from typing import Literal

from inspector.base.values import frozen

#: Whose job it is: the user can mend it, the environment (disk, stick, lock), our bug.
Kind = Literal["user", "environment", "bug"]


@frozen
class ErrorSpec:
    """Whose job it is (`kind`) and what is said (`message`, an English message id).

    The message suits windows and papers as well; `command` is what the command line adds to it,
    the words after `inspector` that help on.
    """

    kind: Kind
    message: str
    command: str = ""
