"""Building the command line in the user's language: one small layer over argparse.

Command modules declare their commands with `Commands.add` and their arguments with
`Arguments.add`; every text they hand in is an English message id. Kept apart from argparse are only
three things: the language of help and complaints, the options that every command takes before or
after its name, and the words of the trade as arguments.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from inspector.base.errors import MingchaError
from inspector.base.i18n import LANGUAGES, N_, Translator
from inspector.cli.context import UsageError
from inspector.cli.output import width, wrapped
from inspector.domain.names import noun_name
from inspector.domain.terms import TERMS, parse_term, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    from inspector.cli.context import Context
    from inspector.cli.output import Output

    Run = Callable[[Context, argparse.Namespace], Output]

#: The largest number that can be typed.
_MOST = 1_000_000_000
#: How wide descriptions are printed. Examples stay on one line, to be copied.
_COLUMNS = 90
#: What argparse says in English, as message ids. Python translates none of it.
_COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"the following arguments are required: (?P<names>.+)"),
        N_("Still needed: {names}."),
    ),
    (re.compile(r"unrecognized arguments: (?P<names>.+)"), N_("Not understood: {names}.")),
    (
        re.compile(r"argument (?P<name>.+): expected (?:one|at least one) argument"),
        N_("{name} needs a value after it."),
    ),
    (
        re.compile(
            r"argument (?P<name>.+?): invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)"
        ),
        N_("{value} cannot stand for {name}. Use one of: {known}."),
    ),
    (
        re.compile(r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)"),
        N_("{name} and {other} exclude each other."),
    ),
    (re.compile(r"argument (?P<name>.+?): (?P<complaint>.+)"), N_("{name}: {complaint}")),
)


_HEADING = re.compile(r"^([^\s:]+):$", re.MULTILINE)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Wraps by columns of a terminal, of which a Chinese character takes two."""

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if action.help is not argparse.SUPPRESS:
            taken = width(self._format_action_invocation(action)) + self._current_indent
            self._action_max_length = max(self._action_max_length, taken)

    def _format_action(self, action: argparse.Action) -> str:
        """Return the lines of an argument, padded by columns where argparse counts characters."""
        head = self._format_action_invocation(action)
        first, end, rest = super()._format_action(action).partition("\n")
        indent, _, explained = first.partition(head)
        stem = indent + head
        surplus = width(head) - len(head)
        if not surplus or not explained:
            return first + end + rest
        if explained.startswith(" " * (surplus + 2)):
            return stem + explained[surplus:] + end + rest
        position = min(self._action_max_length + 2, self._max_help_position)
        return f"{stem}\n{' ' * position}{explained.lstrip()}{end}{rest}"

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the user's language and never guesses abbreviations."""

    def __init__(self, *, tr: Translator, description: str = "", **options: Any) -> None:
        self.tr = tr
        super().__init__(
            description="\n".join(wrapped(description, _COLUMNS)),
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Help,
            **options,
        )
        self._positionals.title = tr("arguments")
        self._optionals.title = tr("options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help"))

    def format_usage(self) -> str:
        """Return the usage line."""
        return super().format_usage().replace("usage: ", self.tr("usage: "), 1)

    def format_help(self) -> str:
        """Return the help."""
        text = super().format_help().replace("usage: ", self.tr("usage: "), 1)
        return _HEADING.sub("\\1：", text) if self.tr.lang == "zh" else text

    def error(self, message: str) -> NoReturn:
        """Raise UsageError, saying what was not understood and where help is."""
        where = self.tr("Help: {command}", command=f"{self.prog} --help")
        raise UsageError(self.complaint(message), self.format_usage().rstrip(), where)

    def complaint(self, message: str) -> str:
        """Return argparse's complaint in the user's language, as it is if it is not known."""
        for pattern, text in _COMPLAINTS:
            if found := pattern.fullmatch(message):
                return self.tr(text, **found.groupdict())
        return message


def legible(text: str) -> str:
    """Return a typed text with U+FFFD for each byte that is no UTF-8.

    Python hands such bytes over as lone surrogates, which neither the database nor an id can take.
    Paths keep them: there they name a file.
    """
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def filled(text: str, tr: Translator) -> str:
    """Return the name of a file or folder that was given.

    A script hands over nothing for a variable that is not set. As a path that would be the current
    folder, which nobody meant.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError(tr("the name of a file or folder is empty"))
    return text


class Arguments:
    """One command while its arguments are declared."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._target: Any = parser

    @property
    def tr(self) -> Translator:
        """The language of the help."""
        return self._parser.tr

    def add(self, *names: str, help: str, **options: Any) -> Arguments:
        """Declare an argument; `help` is a message id, everything else goes to argparse."""
        if options.get("type") is int:
            # Only a time zone counts below nought.
            options["type"] = self._whole if "--zone" in names else self._count
        elif options.get("type") is Path:
            options["type"] = self._path
        elif "action" not in options:
            options.setdefault("type", legible)
        self._target.add_argument(*names, help=self.tr(help), **options)
        return self

    def word(
        self,
        *names: str,
        of: type[StrEnum],
        help: str,
        among: Iterable[StrEnum] | None = None,
        **options: Any,
    ) -> Arguments:
        """Declare an argument that is a word of a vocabulary, in either language.

        The help lists the words, or those `among` them that make sense here.
        """
        known = ", ".join(
            member.value if self.tr.lang == "en" else f"{member.value}（{term(member, 'zh')}）"
            for member in among or TERMS[of]
        )
        text = self.tr("{help}: {known}", help=self.tr(help), known=known)
        if names[0].startswith("-"):
            options.setdefault("metavar", self.tr("WORD"))
        self._target.add_argument(*names, type=self._reader(of), help=text, **options)
        return self

    def noun(self, *names: str, of: Iterable[str], help: str, **options: Any) -> Arguments:
        """Declare an argument that is a noun of the record, by its word or name."""
        nouns = {noun: noun_name(noun) for noun in of}
        known = ", ".join(
            noun if self.tr.lang == "en" else f"{noun}（{name.zh}）" for noun, name in nouns.items()
        )

        def read(text: str) -> str:
            for noun, name in nouns.items():
                if text.strip().casefold() in (noun, name.zh, name.en.casefold()):
                    return noun
            raise argparse.ArgumentTypeError(
                self.tr("“{text}” is none of these: {known}.", text=text, known=known)
            )

        described = self.tr("{help}: {known}", help=self.tr(help), known=known)
        self._target.add_argument(*names, type=read, help=described, **options)
        return self

    def either(self) -> Arguments:
        """Return a group of arguments that exclude each other."""
        group = Arguments(self._parser)
        group._target = self._parser.add_mutually_exclusive_group()
        return group

    def _path(self, text: str) -> Path:
        return Path(filled(text, self.tr))

    def _whole(self, text: str) -> int:
        """Return a whole number of a size that people count to and the record can hold."""
        try:
            number = int(text)
        except ValueError:
            number = _MOST + 1
        if abs(number) > _MOST:
            raise argparse.ArgumentTypeError(
                self.tr("{value} is no whole number up to {most}", value=text, most=_MOST)
            )
        return number

    def _count(self, text: str) -> int:
        """Return a number of things, which is never below nought."""
        number = self._whole(text)
        if number < 0:
            raise argparse.ArgumentTypeError(self.tr("{value} is below nought", value=text))
        return number

    def _reader(self, of: type[StrEnum]) -> Callable[[str], StrEnum]:
        def read(text: str) -> StrEnum:
            try:
                return parse_term(of, text)
            except MingchaError as error:
                raise argparse.ArgumentTypeError(error.text(self.tr)) from None

        return read


class Commands:
    """One level of commands: the program's, or those of one noun."""

    def __init__(self, parser: Parser, dest: str) -> None:
        self._parser = parser
        self._level = parser.add_subparsers(
            dest=dest, metavar=parser.tr("COMMAND"), title=parser.tr("commands"), required=True
        )

    def add(self, name: str, run: Run, summary: str, *examples: str) -> Arguments:
        """Declare a command: what it does in a sentence, and how it is typed."""
        parser = self._new(name, summary, examples)
        parser.set_defaults(run=run)
        return Arguments(parser)

    def group(self, name: str, summary: str) -> Commands:
        """Declare a noun that has commands of its own."""
        return Commands(self._new(name, summary), f"{name}_command")

    def mention(self, name: str, summary: str) -> None:
        """List a command whose arguments are not needed now."""
        self._new(name, summary)

    def _new(self, name: str, summary: str, examples: tuple[str, ...] = ()) -> Parser:
        tr = self._parser.tr
        lines = [f"  inspector {example}" for example in examples]
        parser: Parser = self._level.add_parser(
            name,
            tr=tr,
            help=tr(summary),
            description=tr(summary),
            epilog="\n".join([tr("Example:"), *lines]) if lines else None,
        )
        add_global_options(parser, argparse.SUPPRESS)
        return parser


def add_reason(arguments: Arguments) -> Arguments:
    """Declare why something is withdrawn."""
    return arguments.add("--reason", required=True, metavar=arguments.tr("TEXT"), help=N_("why"))


def add_global_options(parser: Parser, default: Any = None) -> None:
    """Add what every command takes; `default` keeps a command from undoing what stood before it."""
    tr = parser.tr
    group = parser.add_argument_group(tr("options of every command"))
    group.add_argument(
        "--workspace",
        metavar=tr("DIR"),
        default=default,
        type=lambda text: filled(text, tr),
        help=tr("where the records lie (otherwise MINGCHA_WORKSPACE, or a folder of the user)"),
    )
    group.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=default,
        help=tr("language of texts and papers (otherwise MINGCHA_LANG, or the system's)"),
    )
    group.add_argument(
        "--json",
        action="store_true",
        default=default or False,
        help=tr("print one JSON document on standard output"),
    )
    group.add_argument(
        "--debug",
        action="store_true",
        default=default or False,
        help=tr("after a fault of the program, show where it happened"),
    )
