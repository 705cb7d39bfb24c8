"""A command or option without documentation fails here."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector.cli.main import build_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def leaves(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command a person can type ("hall add") with its parser."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield name, parser
    for group in groups:
        for word, child in group.choices.items():
            yield from leaves(child, f"{name} {word}".strip())


COMMANDS = dict(leaves(build_parser()))


def documented(command: str, text: str) -> bool:
    """Say whether `text` shows the command as typed: `inspector hall add` or `` `hall add` ``."""
    return re.search(rf"(\binspector |`){re.escape(command)}(?![\w-])", text) is not None


def test_what_counts_as_documented() -> None:
    assert documented("hall add", "inspector hall add NAME")
    assert documented("hall add", "| `hall add` | adds |")
    assert not documented("hall add", "a hall address, inspector hall address")
    assert not documented("check", "please check, inspector check-all")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_shows_the_command(command: str) -> None:
    assert documented(command, README), f"README.md does not show: inspector {command}"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_the_command_and_each_option(command: str) -> None:
    parser = COMMANDS[command]
    assert parser.description
    assert [action.dest for action in parser._actions if not action.help] == []
    assert parser.format_help()
