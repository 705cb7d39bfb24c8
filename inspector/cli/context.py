"""What every command is handed: where the records lie, the language, the clock."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.domain.limits import normal

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from inspector.base.clock import Clock
    from inspector.base.i18n import Lang, Translator
    from inspector.base.ids import Entropy
    from inspector.base.progress import Progress


class Warned(Protocol):
    """Something that is told and stops nothing."""

    @property
    def code(self) -> str:
        """What it is, for scripts."""
        ...

    def text(self, tr: Translator, /) -> str:
        """Return the sentence for people."""
        ...


class UsageError(Exception):
    """The command line makes no sense; the text is in the user's language.

    before, after: lines to print around it, such as where help is.
    """

    def __init__(self, text: str, before: str = "", after: str = "") -> None:
        super().__init__(text)
        self.before = before
        self.after = after


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one command."""

    root: Path
    tr: Translator
    progress: Progress
    clock: Clock
    entropy: Entropy
    #: What is told beside the answer: on standard error, and under `warnings` with --json.
    warnings: list[Warned] = field(default_factory=list)
    #: What `--json` prints of a command that is stopped with Ctrl-C; long commands fill it.
    so_far: dict[str, Any] = field(default_factory=dict)

    @property
    def lang(self) -> Lang:
        """The language of texts and papers."""
        return self.tr.lang

    def say(self, text: str) -> None:
        """Tell a person something beside the answer, on standard error."""
        print(normal(text), file=sys.stderr)


#: No list or table that people bring along is larger.
_MOST_BYTES = 64 << 20


def read_input(path: Path) -> bytes:
    """Return the bytes of a file the user named.

    Raises MingchaError `file_missing`, `file_unreadable`; a file without end is cut off in time.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise MingchaError("file_missing", name=path.name) from None
    except OSError as error:
        raise MingchaError("file_unreadable", name=path.name, reason=reason_of(error)) from error
    if len(data) > _MOST_BYTES:
        raise MingchaError("file_unreadable", name=path.name, reason=f"> {_MOST_BYTES >> 20} MB")
    return data


def named(tr: Translator, args: argparse.Namespace) -> str:
    """Return the name given as an argument or as `--name`. Raises UsageError unless once."""
    if args.name is None and args.name_option is None:
        raise UsageError(tr("Give a name."))
    if args.name is not None and args.name_option is not None:
        raise UsageError(tr("Give the name once."))
    name: str = args.name if args.name is not None else args.name_option
    return name
