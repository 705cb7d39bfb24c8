"""Observed time and time of entry stand together, both in the zone of the place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from inspector.base.i18n import translator
from inspector.domain.entities import (
    NOT_ENTERED,
    ClockCheck,
    Confirmation,
    Entered,
    Remark,
    Round,
    Sighting,
)
from inspector.domain.findings import allegation_hash
from inspector.domain.vocabulary import EventKind, TimeSource, WindowState
from inspector.report.wording import Words
from tests.report.reading import flat, written
from tests.report.sample.moments import at, seen
from tests.report.sample.record import sample_record
from tests.support.visits import NINE_TO_FIVE

ENTRY = at(17, 43, day=21)


def entered_late(record):
    """Return `record` with every fact typed in the next day, by a laptop that stood on UTC."""
    late = Entered("p1", ENTRY, 0)
    parts = (
        *("events", "rounds", "sightings", "sweeps", "waits", "head_counts", "remarks", "answers"),
        *("findings", "finding_persons", "confirmations", "evidence", "feedbacks", "statements"),
    )
    changed = {
        name: tuple(replace(each, entered=late) for each in getattr(record, name)) for name in parts
    }
    return replace(record, **changed)


def test_a_photograph_of_another_year_was_obtained_in_no_phase():
    record = sample_record()[0]
    [photo] = [each for each in record.evidence if each.observed_from is not None][:1]
    old = replace(photo, acquisition=None, observed_from=photo.observed_from - 3 * 365 * 86_400_000)
    said = {lang: Words(record, translator(lang)).acquisition(old) for lang in ("zh", "en")}
    assert said["zh"] == "取得方式未能确定（不在走访时间内）"
    assert said["en"].startswith("how it was obtained is not determined")
    text = flat(
        written(replace(record, evidence=(*record.evidence, replace(old, id="x"))), lang="zh")[0]
    )
    assert "未能确定" in text


@pytest.fixture(scope="module")
def paper():
    return flat(written(entered_late(sample_record()[0]), lang="zh")[0])


def test_every_answer_shows_when_it_was_entered(paper):
    answers = [each for each in sample_record()[0].answers if each.void is None]
    begin, end = paper.index("检查清单结果"), paper.rindex("窗口与等候")
    chapter = paper[paper.index("检查清单结果", begin + 1) : end]
    assert "以上内容均于2026年11月21日录入" in chapter
    assert chapter.count("17:43") >= len(answers) > 3


@pytest.mark.parametrize(
    "told",
    [
        # A statement of the unit, a second inspector's confirmation, a person as seen and named.
        "（{statement}，11-2117:43录入）",
        "{confirmation}，11-2117:43录入",
        "{person}，11-2117:43录入）",
        "{identity}，11-2117:43录入）",
    ],
)
def test_what_belongs_to_a_finding_shows_both_times(paper, told):
    times = {"statement": "12:05", "confirmation": "11:40", "person": "09:37", "identity": "11:32"}
    assert told.format(**times) in paper


def test_no_time_is_told_by_the_clock_of_the_laptop(paper):
    """09:43 UTC is 17:43 at the place."""
    assert "11-2109:43" not in paper
    assert "录入09:43" not in paper
    assert "UTC+08:00" in paper


def test_photographs_statements_and_remarks_show_both_times(paper):
    assert paper.count("录入11-2117:43") >= 9
    chapter = paper[paper.rindex("被督查单位意见") :]
    assert "11-2117:43" in chapter


def test_a_fact_entered_as_it_was_seen_shows_one_time():
    words = Words(sample_record()[0], translator("en"))
    fact = Remark(id="r", **seen(9, 41))
    for entered, expected in (
        (at(9, 41), "09:41"),
        (at(9, 42), "09:41"),
        (at(9, 42, 1), "09:41, entered 09:42"),
        (at(9, 39), "09:41, entered 09:39"),
    ):
        typed = replace(fact, entered=Entered("p1", entered, 480))
        assert words.times(typed) == expected
    watched = replace(fact, observed_to=at(9, 55), entered=Entered("p1", at(9, 55, 20), 480))
    assert words.times(watched) == "09:41–09:55"
    assert words.times(replace(fact, entered=NOT_ENTERED)) == "09:41"


def test_what_was_mended_shows_when():
    record = sample_record()[0]
    fact = Remark(id="r", **seen(9, 41, entered=Entered("p1", at(9, 41), 480)))
    for mended, expected in (
        (at(9, 41, 50), "09:41"),
        (at(9, 44), "09:41, entered 09:41, changed 09:44"),
        (at(9, 44, day=21), "09:41, entered 09:41, changed 11-21 09:44"),
    ):
        changed = replace(record, mended={"r": Entered("p2", mended, 0)})
        assert Words(changed, translator("en")).times(fact) == expected
    # Also a change at the other end of what was watched is one.
    watched = replace(fact, observed_to=at(9, 55))
    changed = replace(record, mended={"r": Entered("p2", at(9, 55), 0)})
    said = Words(changed, translator("en")).times(watched)
    assert said == "09:41–09:55, entered 09:41, changed 09:55"


@pytest.mark.parametrize(
    ("lang", "day", "told", "on_one_day"),
    [
        ("en", 20, "13:05,changed17:20", True),
        ("zh", 20, "13:05，17:20更改", True),
        ("en", 21, "13:05,changed11-2117:20", False),
    ],
)
def test_a_mended_answer_shows_both_times_of_entry(lang, day, told, on_one_day):
    record = sample_record()[0]
    answer = record.answers[0]
    mended = {answer.id: Entered("p1", at(17, 20, day=day), 480)}
    text = flat(written(replace(record, mended=mended), lang=lang)[0])
    results = text[text.rindex("检查清单结果" if lang == "zh" else "Checklistresults") :]
    assert told in results
    said = "以上内容均于" if lang == "zh" else "Allofitwasentered"
    assert (said in results) == on_one_day


def test_a_correction_shows_when_old_and_new_were_entered():
    record = sample_record()[0]
    old = replace(record.remarks[0], entered=Entered("p1", ENTRY, 0))
    new = replace(
        old,
        id="new",
        text="更正后的内容",
        replaces=old.id,
        entered=Entered("p1", at(9, 5, day=23), 0),
    )
    record = replace(record, remarks=(new,), replaced={old.id: old})
    text = flat(written(record, lang="en")[0])
    assert "entered11-2117:4311-2309:05" in text


def test_a_confirmation_of_what_was_said_before_shows_both_times_too():
    record = sample_record()[0]
    first = record.findings[0]
    given = Confirmation(id="c9", finding=first.id, **seen(11, 41, by="p2"))
    assert given.confirmed != allegation_hash(first)
    text = flat(written(replace(record, confirmations=(given,)), lang="en")[0])
    assert "11:41,entered13:05(givenforwhatwassaidbefore)" in text


@pytest.mark.parametrize(
    ("lang", "rows", "began"),
    [
        ("en", ["Round11,09:12", "Round12"], "andwheneachroundbegan"),
        ("zh", ["第11轮09:12", "第12轮"], "注明开始时刻"),
    ],
)
def test_a_row_of_the_map_says_which_round_it_is_and_when_it_began(lang, rows, began):
    record = sample_record()[0]
    first, second = record.rounds[:2]
    untimed = replace(second, number=12, observed_from=None)
    walks = (replace(first, number=11), untimed, *record.rounds[2:])
    text = re.sub(r"\s", "", flat(written(replace(record, rounds=walks), lang=lang)[0]))
    for each in (*rows, began):
        assert each in text


def test_a_time_by_a_clock_that_nobody_checked_claims_no_precision():
    record = sample_record()[0]
    photo = replace(record.evidence[0], id="x", camera="phone", offset_ms=0, **seen(9, 2))
    photo = replace(photo, time_source=TimeSource.PHOTOGRAPH, time_precision=1)
    check = ClockCheck(id="k", camera="phone", evidence="e", **seen(9, 1))

    def said(evidence, *checks):
        return Words(replace(record, clock_checks=checks), translator("zh")).source(evidence)

    assert said(photo) == "照片，未对时"
    assert said(photo, replace(check, camera="other")) == said(photo)
    assert said(photo, replace(check, void="mistaken")) == said(photo)
    assert said(photo, check) == said(replace(photo, offset_ms=2000)) == "照片，±1秒"
    assert "未对时" in flat(written(replace(record, evidence=(photo,)), lang="zh")[0])


def test_the_evidence_of_a_finding_is_named_in_the_order_of_its_numbers():
    record = sample_record()[0]
    finding = next(each for each in record.findings if each.void is None)
    placed = [each for each in record.placements if each.target == finding.id]
    photos = [
        replace(record.evidence[0], id=f"n{number}", sha256=f"{number:064x}")
        for number in range(12)
    ]
    backwards = [
        replace(placed[0], id=f"pl{n}", evidence=photo.id)
        for n, photo in enumerate(reversed(photos))
    ]
    paper = written(replace(record, evidence=tuple(photos), placements=tuple(backwards)), lang="zh")
    names = "、".join(f"证{number}" for number in range(1, 13))
    assert names in flat(paper[0])


def _looks(record, *moments):
    """Return `record` with nothing seen of windows but one window empty at these moments."""
    [first, *_] = record.windows
    made = tuple(
        Sighting(
            id=f"look{ms}",
            visit=record.visit.id,
            observer="p1",
            observed_from=ms,
            observed_zone=480,
            time_source=TimeSource.NOTE,
            time_precision=60,
            window=first.id,
            state=WindowState.UNATTENDED,
        )
        for ms in moments
    )
    bare = replace(first, covered_by=None, hours={})
    record = replace(record, hall=replace(record.hall, hours=NINE_TO_FIVE))
    windows = (bare, *record.windows[1:])
    return replace(record, windows=windows, rounds=(), sweeps=(), sightings=made)


@pytest.mark.parametrize(
    ("lang", "outside", "none"),
    [
        ("zh", "开放时间以外", "0个窗口曾见空岗"),
        ("en", "outsidetheopeninghours", "0windowsseenunattended"),
    ],
)
def test_a_window_seen_empty_in_the_noon_break_is_no_absence_in_any_figure(lang, outside, none):
    paper = flat(written(_looks(sample_record()[0], at(12, 40)), lang=lang)[0])
    assert none in paper
    assert outside in paper


def test_the_heading_of_the_map_leaves_out_looks_in_the_noon_break():
    record = _looks(sample_record()[0], at(12, 40), at(10, 5))
    walk = Round(id="walk", visit=record.visit.id, observer="p1", observed_from=at(12, 35))
    paper = flat(written(replace(record, rounds=(replace(walk, observed_zone=480),)), lang="zh")[0])
    assert "另有1次为开放时间以外所见空岗，不计入" in paper
    assert "1个窗口曾见空岗" in paper


def test_nothing_is_said_of_attendance_where_windows_were_only_seen_outside_the_hours():
    record = _looks(sample_record()[0], at(12, 40))
    walk = Round(id="walk", visit=record.visit.id, observer="p1", observed_from=at(12, 35))
    paper = flat(written(replace(record, rounds=(replace(walk, observed_zone=480),)), lang="en")[0])
    assert "wasseenunattendedintheopeninghours" in paper


def test_an_absence_of_another_day_says_which():
    paper = flat(written(_looks(sample_record()[0], at(10, 5), at(10, 5, day=23)), lang="zh")[0])
    assert "11-2310:05见窗口" in paper


def test_who_typed_that_another_accepts_the_rules_is_said_in_the_language_of_the_paper():
    record = sample_record()[0]
    typed = replace(
        next(each for each in record.events if each.kind is EventKind.RULES_ACCEPTED),
        observer="p2",
        entered=Entered("p1", at(8, 30), 480),
        note="entered by 王建国",
    )
    paper = flat(written(replace(record, events=(typed,)), lang="zh")[0])
    assert "确认暗访纪律；由王建国代录" in paper
    assert "enteredby" not in paper
