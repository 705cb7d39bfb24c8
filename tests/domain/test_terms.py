import enum
import inspect

import pytest

from inspector.base.errors import MingchaError
from inspector.domain import terms, vocabulary
from inspector.domain.vocabulary import Acquisition, Conformity, Phase, WindowState

ENUMS = [
    member
    for _, member in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(member, enum.StrEnum) and member is not enum.StrEnum
]


@pytest.mark.parametrize("kind", [*ENUMS, terms.LimitSource], ids=lambda kind: kind.__name__)
def test_every_member_has_two_names_and_none_twice(kind):
    names = terms.TERMS[kind]
    assert set(names) == set(kind)
    for lang in ("zh", "en"):
        said = [terms.term(member, lang) for member in kind]
        assert all(name.strip() for name in said)
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_name_is_read_back_as_its_member(kind):
    for member in kind:
        for text in (terms.term(member, "zh"), terms.term(member, "en"), member.value):
            assert terms.parse_term(kind, text) is member


def test_equal_values_of_different_vocabularies_keep_their_own_names():
    assert terms.term(Phase.COVERT, "zh") == "暗访"
    assert terms.term(Acquisition.COVERT, "zh") == "暗访取得"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("空岗", WindowState.UNATTENDED),
        (" 脱岗 ", WindowState.UNATTENDED),
        ("Unattended", WindowState.UNATTENDED),
        ("暂停服务", WindowState.PAUSED),
        ("有告知离岗", WindowState.ABSENT_WITH_NOTICE),
        ("absent-with-notice", WindowState.ABSENT_WITH_NOTICE),
        ("NOT_LOOKED_AT", WindowState.NOT_LOOKED_AT),
        ("顶岗", WindowState.COVERED),
    ],
)
def test_states_are_read_from_what_people_write(text, state):
    assert terms.parse_term(WindowState, text) is state


def test_synonyms_never_shadow_a_name():
    for kind, words in terms.SYNONYMS.items():
        for word, member in words.items():
            assert terms.parse_term(kind, word) is member


def test_an_unknown_word_names_the_known_ones():
    with pytest.raises(MingchaError) as caught:
        terms.parse_term(Conformity, "maybe")
    assert caught.value.code == "word_unknown"
    assert "不符合" in str(caught.value.fields["known"])


def test_severities():
    assert [terms.severity_name(n, "zh") for n in range(1, 5)] == ["轻微", "一般", "较重", "严重"]
    assert terms.severity_name(4, "en") == "grave"
    assert terms.severity_name(9, "en") == "9"
    assert terms.messenger_copy("zh") == "转存件"


def test_a_title_begins_large_in_english() -> None:
    assert terms.title_of(Phase.FEEDBACK, "en") == "Feedback"
    assert terms.title_of(Phase.FEEDBACK, "zh") == "反馈"
