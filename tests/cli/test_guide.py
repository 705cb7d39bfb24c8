"""The visit that the README walks through can be typed exactly as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.test_contract import photo

if TYPE_CHECKING:
    import pytest

    from tests.cli.conftest import CommandLine

README = Path(__file__).resolve().parents[2] / "README.md"
CARD = "/media/card/DCIM"


def walk() -> list[list[str]]:
    """Return the commands of the walk as lists of words."""
    text = README.read_text(encoding="utf-8")
    found = re.search(r"### One visit from beginning to end.*?```sh\n(.*?)```", text, re.DOTALL)
    assert found
    script = found[1].replace("\\\n", " ")
    return [
        words[1:] for line in script.splitlines() if (words := shlex.split(line, comments=True))
    ]


def test_the_walk_leads_from_an_empty_folder_to_a_checked_dossier(
    empty: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    card = tmp_path / "card"
    card.mkdir()
    for shade, name in enumerate(("IMG_0042.jpg", "IMG_0050.jpg")):
        photo(card / name, shade * 90)
    Path("notes.txt").write_text("1045 05 空岗 6人\n1050 在岗 9/12\n", encoding="utf-8")
    commands = walk()
    assert len(commands) > 20
    for words in commands:
        answer = empty.run(*(str(card) if word == CARD else word for word in words))
        assert answer.code == 0, (words, answer.err)
        empty.clock.advance(minutes=1)
    assert answer.out.endswith("nothing is wrong.\n")
    [dossier] = tmp_path.glob("dossier-2026-0001-*.pdf")
    assert dossier.read_bytes().startswith(b"%PDF")
