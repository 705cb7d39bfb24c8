"""`search`, `history` and `undo`: what people read, and in which zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC

import pytest

from tests.cli.conftest import AFTERNOON, CommandLine
from tests.support.fixed import FixedClock

#: The afternoon of the visit, by a laptop that was left on UTC.
ON_UTC = FixedClock(AFTERNOON.astimezone(UTC))


@dataclass(frozen=True)
class Typed:
    """An answer in free words, and a word of it to search for."""

    item: str
    words: tuple[str, ...]
    wanted: str


ANSWERS = (
    Typed("S09-09", ("2026-03-01",), "2026-03-01"),
    Typed("S01-01", ("符合", "--note", "东门迟开"), "迟开"),
    Typed("S04-06", ("一般",), "一般"),
)


@pytest.mark.parametrize("typed", ANSWERS, ids=lambda typed: typed.item)
def test_answers_in_words_are_found(line: CommandLine, typed: Typed) -> None:
    line.do("visit", "answer", 1, typed.item, *typed.words)
    [hit] = line.do("search", typed.wanted)["hits"]
    assert hit["kind"] == "answer"
    assert typed.item in hit["text"]
    found = line.run("search", typed.wanted, lang="zh").out
    assert re.search(rf"^检查项答案 .*{typed.item}", found, re.MULTILINE)
    assert "answer" not in found


def test_hits_are_named_in_the_language_but_not_in_json(line: CommandLine) -> None:
    line.do("finding", "add", 1, "--text", "无人值守")
    assert line.do("search", "值守")["hits"][0]["kind"] == "finding"
    assert "问题  " in line.run("search", "值守", lang="zh").out
    line.do("finding", "person", 1, 1, "--description", "短发")
    assert "person in a finding  短发" in line.run("search", "短发").out


def test_history_tells_entry_times_in_the_zone_of_the_place(line: CommandLine) -> None:
    """A laptop on UTC types what was seen at 10:38 at half past four of the place."""
    line = CommandLine(line.root, ON_UTC)
    said = ("--at", "10:38", "--seen-by", "Wang", "--time-source", "note")
    line.do("visit", "window", 1, "05", "idle", *said)
    shown = line.run("history", 1, lang="zh").out
    assert "录入时间（UTC+08:00）" in shown
    [entry] = [each for each in shown.splitlines() if "窗口状态" in each]
    assert entry.startswith("2026-11-20 16:30:")
    assert "观察时间：2026-11-20 10:38:00" in entry
    assert "观察人：Wang" in entry
    assert "窗口：05号窗口" in entry
    assert "状态：在岗空闲" in entry
    document = line.do("history", 1)["entries"]
    assert document[-1]["at"] == "2026-11-20T08:30:00+00:00"
    assert document[-1]["fields"]["state"] == "idle"


def test_the_history_of_one_entry_has_the_zone_of_its_visit(line: CommandLine) -> None:
    line = CommandLine(line.root, ON_UTC)
    note = line.do("visit", "note", 1, "备注", "--at", "10:38")["id"]
    assert "entered (UTC+08:00)" in line.run("history", note).out
    person = line.do("member", "add", "Zhao")["id"]
    assert "entered (UTC+00:00)" in line.run("history", person).out


def test_lines_about_facts_tell_entry_times_in_the_zone_of_the_place(line: CommandLine) -> None:
    line = CommandLine(line.root, ON_UTC)
    said = line.run("visit", "note", 1, "备注", "--at", "10:38").out
    assert "10:38 (memory, ± 5 min)" in said
    assert "entered 2026-11-20 16:30" in said
    line.do("finding", "add", 1, "--text", "空岗", "--at", "10:38")
    line.do("finding", "person", 1, 1, "--description", "短发", "--at", "10:38")
    for text in (line.run("visit", "show", 1).out, line.run("finding", "show", 1, 1).out):
        assert "08:30" not in text
        assert "16:30" in text


def test_an_undo_names_what_it_took_back(line: CommandLine) -> None:
    line.do("finding", "add", 1, "--text", "空岗")
    assert re.search(r"问题 .*问题 .*1", line.run("undo", lang="zh").out)
    shown = line.run("visit", "show", 1).out
    assert "withdrawn: taken back by an undo" in shown
    assert "操作已撤回" in line.run("visit", "show", 1, lang="zh").out
    assert line.do("visit", "show", 1)["findings"][0]["void"] == "undo"


def test_a_noun_is_typed_by_its_name_too(line: CommandLine) -> None:
    note = line.do("visit", "note", 1, "备注")["id"]
    line.do("visit", "void", 1, "现场记录", note, "--reason", "错")
    assert line.run("visit", "void", 1, "什么", note, "--reason", "错").code == 2


def test_a_search_says_what_it_cannot_look_for(line: CommandLine) -> None:
    line.do("visit", "note", 1, "导办热情 👍")
    assert line.do("search", "热情")["ignored"] == []
    found = line.do("search", "热情", "👍")
    assert (found["total"], found["ignored"]) == (1, ["👍"])
    said = line.run("search", "👍").out
    assert "Not looked for, because only words and numbers are: 👍" in said
