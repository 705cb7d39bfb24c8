"""Chinese output holds no English word: every command is walked on the workspace of the demo."""

from __future__ import annotations

import re

import pytest

from inspector.base.failures.catalogue import CATALOGUE
from inspector.base.i18n import translator
from inspector.domain.names import field_name, noun_name
from inspector.domain.schema import KINDS
from inspector.operations.demo import run_demo
from tests.cli.conftest import AFTERNOON, CommandLine
from tests.support.fixed import CountingEntropy, FixedClock

#: What is no word of a language: names of files and devices, hashes, ids, commands to be typed.
NO_WORDS = re.compile(
    r"“inspector [^”]*”|inspector [a-z-]+( [a-z-]+)* --help"
    r"|--[a-z][a-z-]*|\[-h\]|\{zh,en\}"
    r"|[\w.-]*\w\.(?:jpg|pdf|db|csv)|\S*/\S*|[a-z]+@\d{4}\.\d"
    r"|Mingcha(?: Sample Phone [AB])?|UTC[+-]\d\d:\d\d|SHA-256"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{6,8}\b|[0-9a-f]{64}"
    r"|\b[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+\b|\b[A-Z]\d*\b|\b(?:CZ|DT|KM|RC|FZ|CH|MZ)\b"
)
#: The ledger's word before the Chinese name, as it may be typed: finding（问题）.
CHOICE = re.compile(r"[a-z_]+（[^）]+）|[\u4e00-\u9fff]+ / [a-z_]+")
WORD = re.compile(r"[A-Za-z]{2,}")

OPEN, SEALED = "2", "2026-0001"
#: Commands that read, with what they are about.
READING = (
    *("hall list", "hall show MZ-ZWZX", "hall hours MZ-ZWZX", "unit list", "member list"),
    *("trip list", "visit list", f"visit show {SEALED}", f"visit missing {SEALED}"),
    *(f"visit missing {OPEN}", f"visit show {OPEN}"),
    *(f"finding list {SEALED}", f"finding show {SEALED} 5", f"finding show {SEALED} 4"),
    *(f"photo list {SEALED}", "catalogue list", "catalogue show situations"),
    *("search 空岗", "search 林岚", "search 证据", "search 网速", f"history {SEALED}", "check"),
    *("rebuild", f"history {OPEN}"),
)
#: Commands that record, as they would be typed one after the other.
RECORDING = (
    "visit new --hall MZ-ZWZX --basis government --member 林岚 --member 周启明",
    f"visit rules {OPEN} --accept",
    f"visit phase {OPEN} covert",
    f"visit arrive {OPEN}",
    f"visit note {OPEN} 网速慢",
    f"visit round {OPEN}",
    f"visit window {OPEN} 05 空岗",
    f"visit heads {OPEN} 9 12",
    f"visit wait {OPEN} --joined 10:05 --called 10:20 --ticket 12",
    f"visit answer {OPEN} S01-01 符合",
    f"finding add {OPEN} --text 空岗 --window 05 --severity 3",
    f"finding person {OPEN} 1 --description 短发 --identity 张某 --identity-source roster",
    f"finding amend {OPEN} 1 --severity 2",
    f"visit phase {OPEN} overt",
    f"visit feedback {OPEN} --finding 1 --refusal 拒签 --witness 周某",
    f"visit statement {OPEN} 1 agree --speaker 何某",
    f"finding outcome {OPEN} 1 established",
    "undo",
    f"finding void {OPEN} 1 --reason 重复",
    "undo",
)
#: Commands that are refused, each with the reason.
REFUSED = (
    *(
        "hall show 没有",
        "trip show 没有",
        f"finding show {SEALED} 99",
        f"photo open {SEALED} 无 a.jpg",
    ),
    *(f"visit void {SEALED} finding 无 --reason 错", f"visit note {SEALED} 备注"),
    *(f"visit answer {OPEN} S99-9 符合", f"visit window {OPEN} 99 空岗"),
    *(
        f"visit correct {SEALED} 无 --set text=备注 --why 错",
        f"finding person {OPEN} 1 --identity 张",
    ),
    *(f"visit void {OPEN} 什么 无 --reason 错", f"visit window {OPEN} 05 什么", "hall hours"),
    *(f"finding add {OPEN} --text 空岗 --severity 多", f"finding confirm {OPEN} 1 --by 没有"),
)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """The workspace of the demo, with a visit that is still open."""
    root = tmp_path_factory.mktemp("demo") / "workspace"
    run_demo(root, None, "zh", clock=FixedClock(), entropy=CountingEntropy())
    line = CommandLine(root, FixedClock(AFTERNOON), CountingEntropy("more"))
    for command in RECORDING:
        answer = line.run(*command.split(), lang="zh")
        assert answer.code == 0, (command, answer.err)
        assert english(answer.out) == [], command
        line.clock.advance(minutes=1)
    return line


def english(text: str) -> list[str]:
    """Return the words of a Chinese text that are none of what may stand there."""
    return WORD.findall(NO_WORDS.sub(" ", CHOICE.sub(" ", text)))


def test_english_words_are_found() -> None:
    assert english("窗口状态 finding 01a2178e-7429-74b5-8b8c-1a4ee4513c81") == ["finding"]
    assert (
        english("可用“inspector finding list”查看 finding（问题） 问题 / finding B_0019.jpg") == []
    )


def test_answers_are_chinese_throughout(line: CommandLine) -> None:
    found = {}
    for command in READING:
        answer = line.run(*command.split(), lang="zh")
        assert answer.code == 0, answer.err
        assert answer.out
        found[command] = english(answer.out)
    assert {command: words for command, words in found.items() if words} == {}


def test_refusals_are_chinese_but_for_their_code(line: CommandLine) -> None:
    codes = re.compile(rf"^({'|'.join(CATALOGUE)}): ", re.MULTILINE)
    usage = re.compile(r"^用法：.*\n(?: .*\n)*", re.MULTILINE)
    found = {}
    for command in REFUSED:
        answer = line.run(*command.split(), lang="zh")
        assert answer.code in (2, 3), answer
        found[command] = english(codes.sub("", usage.sub("", answer.err)))
    assert {command: words for command, words in found.items() if words} == {}


def test_every_noun_and_field_has_a_name_in_both_languages() -> None:
    for noun, kind in KINDS.items():
        assert noun_name(noun).zh != noun
        assert not english(noun_name(noun).zh)
        for spec in kind.fields:
            name = field_name(spec.name)
            assert name.zh != spec.name, spec.name
            assert not english(name.zh)
    assert field_name("of_a_newer_version").zh == "of_a_newer_version"


def test_a_name_in_a_message_follows_the_language() -> None:
    text = "There is no {kind} “{name}”. Nothing was changed. Check the name."
    assert "没有问题“9”" in translator("zh")(text, kind=noun_name("finding"), name=9)
    assert "no finding “9”" in translator("en")(text, kind=noun_name("finding"), name=9)
