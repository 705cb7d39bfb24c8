"""Pasted notes: every line is read exactly or handed back with its text and a reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.i18n import translator
from inspector.domain import paste
from inspector.domain.codes import look_code
from inspector.domain.entities import Window
from inspector.domain.paste import LETTERS, parse_notes
from inspector.domain.paste_lines import (
    HeadCountLine,
    RemarkLine,
    SightingLine,
    UnreadLine,
    WaitLine,
)
from inspector.domain.terms import term
from inspector.domain.vocabulary import RemarkKind, WaitOutcome, WindowState
from tests.support.visits import WINDOWS, ZONE, at

DAY = date(2026, 11, 20)
PLACE = (*WINDOWS, Window(id="lab", number="", label="婚姻登记"), Window(id="a1", number="A1"))


def one(text, windows=PLACE):
    [line] = parse_notes(text, windows, DAY, ZONE)
    return line


def sighting(raw, **more):
    values = {
        "number": 1,
        "raw": raw,
        "start": at("10:38"),
        "end": None,
        "windows": ("w5",),
        "state": WindowState.UNATTENDED,
        "people_waiting": None,
        "note": "",
    }
    return SightingLine(**(values | more))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1038 05 空岗 6人", {"people_waiting": 6}),
        ("1038 05空岗6人", {"people_waiting": 6}),
        ("1038、5号窗口、空岗、等候6人", {"people_waiting": 6}),
        ("１０：３８　０５　空岗　６人", {"people_waiting": 6}),
        ("上午10点38分 窗口5 无人", {}),
        ("11-20 10:38 05 空岗", {}),
        ("1038 05 unattended 6 waiting", {"people_waiting": 6}),
        ("1038 window 5 Unattended, 6 people waiting", {"people_waiting": 6}),
        ("1038 05 空岗 6人 屏幕亮着，无告知", {"people_waiting": 6, "note": "屏幕亮着，无告知"}),
        ("10:38-10:52 05 空岗", {"end": at("10:52")}),
        ("1038 03 05 06 空闲", {"windows": ("w3", "w5", "w6"), "state": WindowState.IDLE}),
        ("1038 婚姻登记 暂停服务", {"windows": ("lab",), "state": WindowState.PAUSED}),
        ("1038 A1 serving", {"windows": ("a1",), "state": WindowState.SERVING}),
        ("1038 05 离岗有告知", {"state": WindowState.ABSENT_WITH_NOTICE}),
        ("1038 05 absent with notice", {"state": WindowState.ABSENT_WITH_NOTICE}),
        ("1038 05 not looked at", {"state": WindowState.NOT_LOOKED_AT}),
        ("1038 05 顶岗", {"state": WindowState.COVERED}),
        ("1038 05 关闭", {"state": WindowState.CLOSED}),
        ("1038 05 U 6人", {"people_waiting": 6}),
        ("1038 05 b", {"state": WindowState.COVERED}),
        ("1038 05 U 3", {"people_waiting": 3}),
        ("1038 05 u3", {"people_waiting": 3}),
        ("1038 05U3", {"people_waiting": 3}),
        ("10:38 5u", {}),
        ("1038 05 U 0", {"people_waiting": 0}),
        ("１０３８　０５　Ｕ　３，屏幕亮着", {"people_waiting": 3, "note": "屏幕亮着"}),
        ("1038 05 U 3 people waiting", {"people_waiting": 3}),
        ("1038 05 U 3人 2个窗口", {"people_waiting": 3, "note": "2个窗口"}),
        ("1038 05 U 3rd time", {"note": "3rd time"}),
        ("1038 03 05 06 I", {"windows": ("w3", "w5", "w6"), "state": WindowState.IDLE}),
        ("1038 A1 S 2", {"windows": ("a1",), "state": WindowState.SERVING, "people_waiting": 2}),
        # Only a letter is followed by a count: of a word one cannot know.
        ("1038 05 空岗 3", {"note": "3"}),
    ],
)
def test_reads_window_states(text, expected):
    assert one(text) == sighting(text, **expected)


def test_an_interval_is_watching_and_a_moment_is_a_look():
    assert one("10:38-10:52 05 空岗").continuous
    assert not one("1038 05 空岗").continuous


@pytest.mark.parametrize(
    ("text", "reason", "detail"),
    [
        ("05 空岗", paste.NO_TIME_OF_LOOK, "05 空岗"),
        ("05 U 3", paste.NO_TIME_OF_LOOK, "05 U 3"),
        ("99 U 3", paste.NO_TIME, ""),
        ("1038 99U3", paste.UNKNOWN_WINDOW, "99"),
        ("1038 05 U 3 06 I 2", paste.TWO_STATES, "U, I"),
        ("1038 03 05 U 3", paste.WHOSE_PEOPLE, ""),
        ("1038 05U33333", paste.NO_STATE, ""),
        ("1041 03 5s", paste.LETTER_OR_UNIT, "5s"),
        ("随便写写", paste.NO_TIME, ""),
        ("2575 05 空岗", paste.BAD_TIME, "2575"),
        ("10:52-10:38 05 空岗", paste.BAD_TIME, "10:52-10:38"),
        ("1038 05", paste.NO_STATE, ""),
        ("1038 05 在家", paste.NO_STATE, ""),
        ("1038 05 空岗 06 空闲", paste.TWO_STATES, "空岗, 空闲"),
        ("1038 空岗", paste.NO_WINDOW, ""),
        ("1038 空岗 05", paste.NO_WINDOW, ""),
        ("1038 99 空岗", paste.UNKNOWN_WINDOW, "99"),
        ("1038 05 未空岗", paste.UNKNOWN_WINDOW, "未"),
        ("1038 05 not serving", paste.UNKNOWN_WINDOW, "not"),
        ("1038 03-05 空岗", paste.UNKNOWN_WINDOW, "03-05"),
        ("1038 05 5 空岗", paste.TWICE, "5"),
        ("1038 03 05 空岗 6人", paste.WHOSE_PEOPLE, ""),
        ("1038 05 空岗 6人 7人", paste.TWO_COUNTS, ""),
        ("1038 05 空岗？", paste.DOUBTFUL, ""),
        ("1038 在岗 13/12", paste.BAD_COUNT, ""),
        ("1038 在岗 0/0", paste.BAD_COUNT, ""),
        ("1038-1040 在岗 9/12", paste.BAD_COUNT, ""),
        ("1038 05 在岗", paste.NO_STATE, ""),
        ("1038 备注", paste.NO_TEXT, ""),
        ("取号 A031 1047 叫号 1020", paste.BAD_WAIT, ""),
        ("取号 A031 叫号 1020", paste.BAD_WAIT, ""),
        ("取号 A031", paste.BAD_WAIT, ""),
        ("1020-1030 取号 A031", paste.BAD_WAIT, ""),
        ("取号 A031 1020 叫号 1047 叫号 1048", paste.BAD_WAIT, ""),
        ("取号 A031 1020 叫号 1047 仍在等 1050", paste.BAD_WAIT, ""),
        ("取号 A031 1020 放弃 1047 办结 1050", paste.BAD_WAIT, ""),
        ("取号 A031 1020 仍在等 1010", paste.BAD_WAIT, ""),
        ("取号 A031 1020 叫号 1047 窗口 99", paste.UNKNOWN_WINDOW, "99"),
    ],
)
def test_what_cannot_be_read_keeps_its_text_and_says_why(text, reason, detail):
    line = one(text)
    assert isinstance(line, UnreadLine)
    assert (line.number, line.raw, line.reason, line.detail) == (1, text, reason, detail)
    assert line.explanation(translator("en"))


def test_a_letter_in_the_name_of_a_window_is_no_state():
    place = (*WINDOWS, Window(id="b", number="05B"), Window(id="s", number="", label="S"))
    assert one("1038 05B U 3", place).windows == ("b",)
    assert one("1038 05B", place).reason == paste.NO_STATE
    assert one("1038 05P", place).state is WindowState.PAUSED
    assert one("1038 S 空岗", place).windows == ("s",)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("state", [*LETTERS])
def test_what_the_windows_call_a_state_is_read(state, lang):
    line = one(f"1038 05 {term(state, lang)} 6人")
    assert (line.windows, line.state, line.people_waiting) == (("w5",), state, 6)
    assert line.note == ""


def test_what_people_call_an_empty_seat_is_read_and_a_denied_notice_is_none():
    assert one("1038 05 脱岗").state is WindowState.UNATTENDED
    assert one("1038 05 缺岗").state is WindowState.UNATTENDED
    assert one("1038 05 没有告知离岗").reason == paste.NO_STATE


@pytest.mark.parametrize("nobody", ["无人排队", "无人 等候", "nobody waiting", "Nobody is in line"])
def test_nobody_waiting_is_no_empty_seat(nobody):
    assert one(f"1038 05 {nobody}").reason == paste.NO_STATE
    found = one(f"1038 05 空闲，{nobody}")
    assert (found.state, found.note) == (WindowState.IDLE, nobody)
    assert one("1038 05 无人 等候6人") == sighting("1038 05 无人 等候6人", people_waiting=6)


@pytest.mark.parametrize("state", [*LETTERS])
@pytest.mark.parametrize("people", [None, 0, 3, 120])
def test_what_the_mini_window_shows_of_a_look_is_read_back(state, people):
    line = one(f"1038 05 {look_code(state, people)}")
    assert (line.windows, line.state, line.people_waiting) == (("w5",), state, people)


def test_a_number_that_two_windows_bear_is_not_guessed():
    twins = (
        Window(id="x", number="5", floor="1"),
        Window(id="y", number="05", floor="2"),
        Window(id="z", number="05", floor="3"),
    )
    assert one("1038 05 空岗", twins).reason == paste.AMBIGUOUS_WINDOW
    assert one("1038 005 空岗", twins).reason == paste.AMBIGUOUS_WINDOW
    assert one("1038 5 空岗", twins).windows == ("x",)
    gone = (twins[0], Window(id="y", number="05", void="typed twice"))
    assert one("1038 05 空岗", gone).windows == ("x",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("取号 A031 1020 叫号 1047", {"called": at("10:47")}),
        (
            "取号 A031 1020 叫号 1047 办结 1102 窗口 5",
            {"called": at("10:47"), "ended": at("11:02"), "window": "w5"},
        ),
        ("ticket A031 10:20 called 10:47", {"called": at("10:47")}),
        (
            "取号 A031 1020 放弃 1047",
            {"ended": at("10:47"), "outcome": WaitOutcome.GAVE_UP},
        ),
        (
            "ticket A031 1020, still waiting 1047",
            {"until": at("10:47"), "outcome": WaitOutcome.WAITING},
        ),
        ("取号 A031 1020", {"outcome": WaitOutcome.WAITING}),
        ("1020 取号 A031", {"outcome": WaitOutcome.WAITING}),
        ("10:20 ticket A031 called 1047", {"called": at("10:47")}),
    ],
)
def test_reads_waits(text, expected):
    values = {
        "number": 1,
        "raw": text,
        "ticket": "A031",
        "window": None,
        "joined": at("10:20"),
        "called": None,
        "ended": None,
        "until": None,
        "outcome": WaitOutcome.DONE,
    }
    assert one(text) == WaitLine(**(values | expected))


def test_reads_head_counts():
    line = one("1050 在岗 9/12 二楼")
    assert line == HeadCountLine(
        number=1, raw="1050 在岗 9/12 二楼", start=at("10:50"), staffed=9, total=12, note="二楼"
    )
    assert one("1050 staffed 9/12").staffed == 9


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("1041 好做法 上门办证，“一窗通办”？", RemarkKind.GOOD_PRACTICE, "上门办证，“一窗通办”？"),
        ("1041 备注：厅内 ㎡ 05 空岗", RemarkKind.REMARK, "厅内 ㎡ 05 空岗"),
        ("1041 Note: two queues", RemarkKind.REMARK, "two queues"),
        ("1041 good practice home visits", RemarkKind.GOOD_PRACTICE, "home visits"),
    ],
)
def test_remarks_keep_their_text_to_the_letter(text, kind, said):
    assert one(text) == RemarkLine(
        number=1, raw=text, start=at("10:41"), end=None, kind=kind, text=said
    )


def test_lines_are_numbered_and_blank_ones_carry_nothing():
    lines = parse_notes("\n1038 05 空岗\n  \nx\n", PLACE, DAY, ZONE)
    assert [(line.number, type(line)) for line in lines] == [(2, SightingLine), (4, UnreadLine)]


PIECES = st.sampled_from(
    [
        *("1038", "10:38-10:52", "05", "3", "99", "空岗", "空闲", "unattended", "6人", "6 waiting"),
        *(
            "取号",
            "A031",
            "叫号",
            "1047",
            "窗口",
            "在岗",
            "9/12",
            "备注",
            "好做法",
            "？",
            "，",
            "\n",
        ),
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text())
def test_nothing_is_ever_dropped(text):
    lines = parse_notes(text, PLACE, DAY, ZONE)
    assert [line.raw for line in lines] == [raw for raw in text.splitlines() if raw.strip()]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("1038 饮水机无水", 38, None), ("10:38-10:52 大厅拥挤", 38, 52), ("大厅拥挤", None, None)],
)
def test_a_line_that_is_not_read_keeps_the_time_that_is(text, start, end):
    line = one(text)
    assert isinstance(line, UnreadLine)
    begins = one("1000 备注 开门").start
    expected = tuple(None if m is None else begins + m * 60_000 for m in (start, end))
    assert (line.start, line.end) == expected
