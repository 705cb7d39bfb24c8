"""One thing is told in the singular, in every English sentence that counts."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from inspector.base.english import singular
from inspector.base.i18n import translator
from inspector.base.paths import resource

#: Fields that count things.
COUNTS = frozenset(
    {
        *("count", "total", "minutes", "pages", "bytes", "rounds", "windows", "answers", "lines"),
        *("findings", "photos", "operations", "blobs", "added", "files", "days", "hours"),
    }
)
#: What may stand behind “1” although it ends in s.
FITTING = re.compile(r"\b1 (?:is|was|has|\w+ (?:is|was|has|holds|names|falls|lacks)|PIN was)\b")


def messages() -> list[str]:
    path = resource("locale", "zh_CN", "LC_MESSAGES", "mingcha.po")
    with path.open("rb") as file:
        return [str(each.id) for each in read_po(file) if each.id]


def test_no_sentence_counts_one_thing_in_the_plural() -> None:
    wrong = []
    for message in messages():
        names = set(re.findall(r"\{(\w+)\}", message))
        fields = {name: 1 if name in COUNTS else "x" for name in names}
        told = singular(message, fields).format(**fields) if names & COUNTS else ""
        if re.search(r"\b1 (?:\w+ )?(?:\w+s|entries|people)\b", FITTING.sub("", told)):
            wrong.append(told)
    assert wrong == []


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 photographs"), (1, "1 photograph"), (2, "2 photographs")]
)
def test_only_one_is_singular(count: int, told: str) -> None:
    assert translator("en")("{count} photographs", count=count) == told


def test_the_verb_goes_with_its_noun() -> None:
    tr = translator("en")
    assert tr("{count} waits have no end.", count=1) == "1 wait has no end."
    lacking = "{count} findings have no outcome yet; they are not counted."
    assert tr(lacking, count=1) == "1 finding has no outcome yet; it is not counted."
    seen = "{count} of {total} windows looked at were seen unattended: {list}"
    assert tr(seen, count=1, total=9, list="05").startswith("1 of 9 windows looked at was seen")
    assert translator("zh")("{count} photographs", count=1) != "1 photograph"
