from dataclasses import replace

from inspector.domain.covert_rules import RULES


def test_every_rule_has_both_languages_and_a_source():
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        for lang in ("zh", "en"):
            assert rule.text(lang).strip()
            assert rule.source(lang).strip()
        assert rule.text("zh").endswith("。")


def test_the_rules_that_may_not_be_missing():
    text = "".join(rule.zh for rule in RULES)
    for words in ("虚假证件", "诱导", "卫生间", "母婴室", "不影响窗口正常工作", "合法权益"):
        assert words in text


def test_articles_are_printed_only_where_they_were_read():
    for rule in RULES:
        printed = rule.article != "" and rule.article in rule.source("zh")
        assert printed is (rule.confidence == "A")
        assert replace(rule, confidence="B", article="99").source("zh") == rule.source_zh
