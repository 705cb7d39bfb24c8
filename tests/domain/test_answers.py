from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.domain.answer_text import answer_text, limit_text
from inspector.domain.answers import MAX_COUNT, MAX_MINUTES, judge, order_text, parse_answer
from inspector.domain.catalogues import (
    Choice,
    Item,
    printable_source,
)
from inspector.domain.pass_rules import parse_rule
from inspector.domain.vocabulary import AnswerType, Conformity, LimitSource

GOOD, BAD = Conformity.CONFORMS, Conformity.DOES_NOT_CONFORM
CHOICES = (Choice("好", "good"), Choice("一般", "fair"), Choice("差", "poor"))


def item(answer_type, pass_rule, **more):
    fields = {
        "code": "X-01",
        "section": "X",
        "section_zh": "节",
        "section_en": "section",
        "zh": "项",
        "en": "item",
        "phase": "B",
        "method": "observe",
        "unit": "件",
        "unit_en": "cases",
        "evidence": "none",
        "severity": 1,
        "situation_hint": "",
        "source": "",
        "confidence": "A",
        "applies_to": "HTV",
        "numerator_zh": "按时办结",
        "numerator_en": "on time",
        "denominator_zh": "抽查办件",
        "denominator_en": "sampled",
    }
    return Item(answer_type=answer_type, pass_rule=pass_rule, **(fields | more))


def code_of(checked, text, **more):
    with pytest.raises(MingchaError) as caught:
        parse_answer(checked, text, **more)
    return caught.value.code


@pytest.mark.parametrize("rule", ["yes", "no"])
def test_choosing_conformity_can_never_be_flipped_by_the_rule(rule):
    checked = item(AnswerType.YES_NO, rule)
    assert parse_answer(checked, "符合") == ({"yes": rule == "yes"}, GOOD)
    assert parse_answer(checked, "does not conform") == ({"yes": rule == "no"}, BAD)
    assert parse_answer(checked, "是")[1] is (GOOD if rule == "yes" else BAD)
    assert parse_answer(checked, "No")[1] is (GOOD if rule == "no" else BAD)


@given(st.sampled_from(["yes", "no"]), st.sampled_from(["符合", "不符合", "是", "否", "yes", "n"]))
def test_the_stored_fact_and_the_conformity_always_agree(rule, text):
    checked = item(AnswerType.YES_NO, rule)
    value, conformity = parse_answer(checked, text)
    assert judge(checked, value) is conformity


@pytest.mark.parametrize("answer_type", list(AnswerType))
def test_every_item_takes_not_applicable_and_not_seen(answer_type):
    checked = item(answer_type, "record", choices=CHOICES)
    assert parse_answer(checked, "N/A") == ({}, Conformity.NOT_APPLICABLE)
    assert parse_answer(checked, "未查看") == ({}, Conformity.NOT_SEEN)
    assert answer_text(checked, {}, "zh", Conformity.NOT_SEEN) == "未查看"


def test_counts_minutes_and_numbers():
    assert parse_answer(item(AnswerType.COUNT, "value = 0"), "0") == ({"count": 0}, GOOD)
    assert parse_answer(item(AnswerType.COUNT, "value = 0"), "3") == ({"count": 3}, BAD)
    assert parse_answer(item(AnswerType.MINUTES, "value <= 15"), "15") == ({"minutes": 15}, GOOD)
    assert parse_answer(item(AnswerType.MINUTES, "value <= 15"), "16") == ({"minutes": 16}, BAD)
    assert parse_answer(item(AnswerType.NUMBER, "value <= 5"), "5.50") == ({"number": "5.5"}, BAD)
    assert parse_answer(item(AnswerType.NUMBER, "record"), "-0.0")[0] == {"number": "0"}


@pytest.mark.parametrize(
    ("answer_type", "form", "text", "value"),
    [
        (AnswerType.COUNT, "", "１２", {"count": 12}),
        (AnswerType.MINUTES, "", "　１５", {"minutes": 15}),
        (AnswerType.NUMBER, "", "－２．５", {"number": "-2.5"}),
        (AnswerType.NUMBER, "", "−5", {"number": "-5"}),
        (AnswerType.PAIR, "", "３３／３６", {"numerator": 33, "denominator": 36}),
        (AnswerType.TEXT, "date", "２０２６－０３－０１", {"text": "2026-03-01"}),
        (AnswerType.TEXT, "time", "９：０５", {"text": "09:05"}),
        (AnswerType.TEXT, "", "１楼　Ａ区", {"text": "１楼　Ａ区"}),
    ],
)
def test_what_an_input_method_makes_full_width_is_read_and_words_are_let_be(
    answer_type, form, text, value
):
    assert parse_answer(item(answer_type, "record", format=form), text)[0] == value


@pytest.mark.parametrize(
    ("answer_type", "text", "code"),
    [
        (AnswerType.YES_NO, "√", "answer_not_conformity"),
        (AnswerType.COUNT, "2.5", "answer_not_whole"),
        (AnswerType.COUNT, "-1", "answer_not_whole"),
        (AnswerType.COUNT, "٣", "answer_not_whole"),
        (AnswerType.COUNT, str(MAX_COUNT + 1), "answer_out_of_range"),
        (AnswerType.MINUTES, str(MAX_MINUTES + 1), "answer_out_of_range"),
        (AnswerType.NUMBER, "1e5", "answer_not_decimal"),
        (AnswerType.NUMBER, "NaN", "answer_not_decimal"),
        (AnswerType.TEXT, "  ", "answer_empty"),
        (AnswerType.TEXT, "字" * 2001, "text_too_long"),
        (AnswerType.CHOICE, "很好", "answer_not_choice"),
        (AnswerType.PAIR, "33", "answer_not_pair"),
        (AnswerType.PAIR, "1/2/3", "answer_not_pair"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_own_sentence(answer_type, text, code):
    assert code_of(item(answer_type, "record", choices=CHOICES), text) == code


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_numbers_keep_their_value_exactly(number):
    value, _ = parse_answer(item(AnswerType.NUMBER, "record"), f"{number:f}")
    assert Decimal(value["number"]) == number


def test_choices_are_ordered_best_first():
    checked = item(AnswerType.CHOICE, "choice >= 一般", choices=CHOICES)
    assert parse_answer(checked, "Good") == ({"choice": "好"}, GOOD)
    assert parse_answer(checked, "一般")[1] is GOOD
    assert parse_answer(checked, "差") == ({"choice": "差"}, BAD)
    assert answer_text(checked, {"choice": "差"}, "en", BAD) == "poor (does not conform)"


def test_times_and_dates():
    clock = item(AnswerType.TEXT, "record", format="time")
    assert parse_answer(clock, "9:05")[0] == parse_answer(clock, "09：05")[0] == {"text": "09:05"}
    assert code_of(clock, "24:00") == "answer_not_time"
    day = item(AnswerType.TEXT, "age <= 12 months", format="date")
    assert parse_answer(day, "2025年11月23日", seen_on="2026-11-23") == (
        {"text": "2025-11-23"},
        GOOD,
    )
    assert parse_answer(day, "2025-11-22", seen_on="2026-11-23")[1] is BAD
    assert parse_answer(day, "2025-11-22")[1] is Conformity.RECORDED
    assert code_of(day, "2026-02-30") == "answer_not_date"


def test_pairs_are_part_and_whole():
    share = item(AnswerType.PAIR, "rate >= 99%", bounded=True)
    assert parse_answer(share, "99/100") == ({"numerator": 99, "denominator": 100}, GOOD)
    assert parse_answer(share, "98 of 100")[1] is BAD
    assert code_of(share, "101/100") == "answer_part_of_whole"
    assert code_of(share, "0/0") == "answer_zero_whole"
    moment = item(AnswerType.PAIR, "record")
    assert parse_answer(moment, "12/0")[0] == {"numerator": 12, "denominator": 0}


@given(st.integers(0, 10**6), st.integers(1, 10**6))
@example(9946, 10_000)
@example(9950, 10_000)
def test_a_rate_is_compared_without_rounding(part, whole):
    part = min(part, whole)
    share = item(AnswerType.PAIR, "rate >= 99.5%", bounded=True)
    expected = GOOD if part * 1000 >= whole * 995 else BAD
    assert parse_answer(share, f"{part}/{whole}")[1] is expected


@pytest.mark.parametrize("text", ["36", "36/0", "36/33"])
def test_a_pair_that_does_not_fit_is_refused_with_the_order_of_its_quantities(text):
    share = item(AnswerType.PAIR, "rate >= 99%", bounded=True)
    with pytest.raises(MingchaError) as refused:
        parse_answer(share, text)
    assert order_text(share) in refused.value.text(translator("zh"))
    assert order_text(share).startswith("按时办结 ")
    assert refused.value.fields.get("text", text) == text


def test_pairs_of_decimals_and_dates():
    days = item(AnswerType.PAIR, "n <= d", format="decimal")
    assert parse_answer(days, "2.50；3") == ({"numerator": "2.5", "denominator": "3"}, GOOD)
    assert code_of(days, "-1/3") == "answer_not_pair"
    report = item(AnswerType.PAIR, "n <= d", format="date", unit="", unit_en="")
    late = {"numerator": "2026-03-05", "denominator": "2026-03-01"}
    for text in ("2026-03-05/2026-03-01", "2026/3/5, 2026/3/1", "2026年3月5日，2026-03-01"):
        assert parse_answer(report, text) == (late, BAD)
    value, conformity = parse_answer(report, "未报送，2026-03-01")
    assert (value["numerator"], conformity) == ("", BAD)
    assert code_of(report, "2026-03-05") == "answer_not_date_pair"
    assert answer_text(report, value, "zh", BAD) == "按时办结 无，抽查办件 2026-03-01（不符合）"


def test_answers_read_in_both_languages():
    share = item(AnswerType.PAIR, "record", bounded=True)
    value = {"numerator": 33, "denominator": 36}
    assert answer_text(share, value, "zh", Conformity.RECORDED) == "按时办结 33 件，抽查办件 36 件"
    assert (
        answer_text(share, value, "en", GOOD) == "on time: 33 cases; sampled: 36 cases (conforms)"
    )
    assert answer_text(item(AnswerType.YES_NO, "no"), {"yes": False}, "zh", GOOD) == "符合"


def test_a_limit_says_where_it_comes_from():
    own = item(AnswerType.MINUTES, "value <= 30", unit="分钟", limit_source=LimitSource.SUGGESTED)
    assert limit_text(own, "zh") == "不超过 30 分钟（建议值）"
    rule = "某市窗口管理办法第8条"
    local = replace(own, pass_rule="value <= 20", limit_source=LimitSource.LOCAL, limit_rule=rule)
    assert limit_text(local, "zh") == "不超过 20 分钟（当地规定：某市窗口管理办法第8条）"
    assert parse_answer(local, "25")[1] is BAD
    assert limit_text(item(AnswerType.COUNT, "value = 0"), "en") == "none"
    assert limit_text(item(AnswerType.COUNT, "value = 2"), "zh") == "应为 2 件"
    assert limit_text(item(AnswerType.PAIR, "n = d"), "en") == "on time: as many as “sampled”"
    dates = item(AnswerType.PAIR, "n <= d", format="date")
    assert limit_text(dates, "zh") == "按时办结不晚于抽查办件"
    assert limit_text(item(AnswerType.PAIR, "n <= d"), "zh") == "按时办结不超过抽查办件"
    assert limit_text(item(AnswerType.YES_NO, "yes"), "zh") == ""


@pytest.mark.parametrize(
    ("rule", "answer_type"),
    [
        ("yes", AnswerType.COUNT),
        ("<=15或当地规定", AnswerType.MINUTES),
        ("maybe", AnswerType.YES_NO),
        ("n = 0", AnswerType.COUNT),
        ("value <= 5", AnswerType.PAIR),
        ("= 0", AnswerType.COUNT),
        ("choice >= 很好", AnswerType.CHOICE),
        ("rate >= 99", AnswerType.PAIR),
        ("", AnswerType.TEXT),
    ],
)
def test_no_rule_is_guessed(rule, answer_type):
    with pytest.raises(MingchaError) as caught:
        parse_rule(rule, answer_type, [choice.zh for choice in CHOICES])
    assert caught.value.code == "rule_unreadable"


@pytest.mark.parametrize(
    ("source", "confidence", "printed"),
    [
        ("行政许可法第72条（四）", "A", "行政许可法第72条（四）"),
        ("GB/T 36112-2018 5/7章", "B", "GB/T 36112-2018"),
        (
            "GB/T 36112-2018 8章；附录B（物品数量表）",
            "B",
            "GB/T 36112-2018",
        ),
        ("优化营商环境条例第19条（告知承诺）", "B", "优化营商环境条例（告知承诺）"),
        ("GB 50763；无障碍环境建设法第21条", "B", "GB 50763；无障碍环境建设法"),
        (
            "优化营商环境条例第36条；GB/T 32169.4-2015 6.1",
            "A",
            "优化营商环境条例第36条；GB/T 32169.4-2015",
        ),
    ],
)
def test_clauses_that_were_not_read_are_not_printed(source, confidence, printed):
    checked = item(AnswerType.YES_NO, "yes", source=source, confidence=confidence)
    assert printable_source(checked) == printed
