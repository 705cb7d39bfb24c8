"""Search against Python's own `in`."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.domain.entities import Finding, Remark
from inspector.storage import words as taking_apart
from inspector.storage.words import all_index_words, index_words, query_phrases
from tests.support.records import edit, opened

#: Few characters, so that words meet; two of them are rare and one lies beyond the first plane.
CHARACTERS = "窗口无人岗𠮷㐀厅"
RUN = st.text(CHARACTERS, min_size=1, max_size=8)
TEXTS = st.lists(
    st.lists(RUN | st.sampled_from(["05", "12", "VIP", "，", " ", "-", "\n"]), max_size=6).map(
        "".join
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("search") / "w") as store:
        yield store


def found(store, text: str) -> set[str]:
    return {hit.id for hit in store.search(text, 1000).hits}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=TEXTS, query=RUN)
def test_a_chinese_run_is_found_exactly_where_python_finds_it(store, texts, query):
    # The same entities again and again: each example also tests that changed text is re-indexed.
    texts = [*texts, *[""] * (6 - len(texts))]
    store.commit([edit("remark", f"r{n}", text=text) for n, text in enumerate(texts)])
    assert found(store, query) == {f"r{n}" for n, text in enumerate(texts) if query in text}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=TEXTS, before=st.text("窗口人", max_size=3), after=st.text("窗口人", max_size=3))
def test_runs_and_numbers_together(store, texts, before, after):
    query = f"{before}05{after}"
    store.commit([edit("remark", f"r{n}", text=text) for n, text in enumerate((texts * 6)[:6])])
    expected = {f"r{n}" for n, text in enumerate((texts * 6)[:6]) if query in text}
    # Words of Latin letters and digits are found from their beginning: 1205 and VIP05 are others.
    if not before:
        begins = re.compile(r"(?<![0-9A-Za-z])05", re.ASCII)
        expected = {
            each for each in expected if begins.search((texts * 6)[:6][int(each.removeprefix("r"))])
        }
    assert expected <= found(store, query)
    if before and after:
        assert found(store, query) <= expected


def test_words_numbers_and_operators(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(
            Finding(id="a", text="窗口05空岗14分钟，群众等候"),
            Finding(id="b", text="Window 5 unattended (VIP) NEAR the door"),
            Finding(id="c", text='他说"马上" * AND OR NOT'),
            Finding(id="d", text="窗口105 STRASSE straße"),
        )
        for query, expected in {
            "窗口05": "a",
            "05": "a",
            "口05空": "a",
            "05空岗14": "a",
            "等候 空岗": "a",
            "等候 空闲": "",
            "unatt": "b",
            "UNATTENDED window": "b",
            "near the": "b",
            "NEAR(": "b",
            '"马上"': "c",
            "马上 *": "c",
            'text:"马上"': "",
            "AND": "c",
            "* OR NOT": "c",
            "strasse": "d",
            "窗口": "ad",
            "attended": "",
            "105": "d",
            "": "",
            "  ": "",
            '"': "",
            "*": "",
            "()": "",
            "，": "",
            "'; DROP TABLE finding; --": "",
            "\x00": "",
        }.items():
            assert "".join(sorted(found(store, query))) == expected, query


@given(st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_nothing_that_can_be_typed_is_an_error(store, text):
    store.search(text)


@given(st.text(max_size=30))
def test_words_hold_no_blank_and_no_ascii_operator(text):
    for word in index_words(text).split(" "):
        assert word == "" or all(c.isalnum() for c in word)
    assert query_phrases(text).count('"') % 2 == 0


@given(st.lists(st.text(st.characters() | st.sampled_from("窗口é_09a\0\1\n，"), max_size=12)))
def test_many_texts_have_the_words_of_each(texts):
    assert all_index_words(texts) == [" ".join(words(text)) for text in texts]


def words(text: str) -> list[str]:
    """The words of a text, character by character."""
    found = []
    for wide, run in groupby(text.casefold(), kind_of):
        characters = "".join(run)
        if wide:
            found += [characters[at : at + 2] for at in range(len(characters))]
        elif wide is not None:
            found.append(characters)
    return found


def kind_of(character: str) -> bool | None:
    """Whether a character stands in a run of pairs; None for one that stands in no word."""
    if not character.isalnum():
        return None
    return not character.isascii()


def test_the_newest_come_first_and_totals_are_exact_up_to_a_thousand(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(*(Remark(id=f"r{n:04d}", text="等候") for n in range(999)))
        hits = store.search("等候", 50)
        assert (hits.total, hits.more) == (999, False)
        assert [hit.id for hit in hits.hits[:2]] == ["r0998", "r0997"]
        assert len(hits.hits) == 50
        store.save(Remark(id="last", text="等候"))
        hits = store.search("等候")
        assert (hits.total, hits.more, hits.hits[0].id) == (1000, False, "last")
        store.save(Remark(id="more", text="等候"))
        hits = store.search("等候")
        assert (hits.total, hits.more) == (1000, True)
        store.commit([edit("remark", "more", void="误")])
        assert (store.search("等候").total, store.search("等候").more) == (1000, False)


def test_void_and_replaced_facts_are_not_found_but_come_back(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        store.commit([edit("remark", "a", void="误录")])
        assert found(store, "空岗") == set()
        store.commit([edit("remark", "a", void=None)])
        assert found(store, "空岗") == {"a"}
        store.save(Remark(id="b", text="离岗", replaces="a"))
        assert found(store, "空岗") == set()
        store.commit([edit("remark", "b", replaces=None)])
        assert found(store, "空岗") == {"a"}
        store.commit([edit("remark", "a", text="在岗")])
        assert (found(store, "空岗"), found(store, "在岗")) == (set(), {"a"})


def test_a_failed_save_leaves_the_index_as_it_was(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))

        def fail() -> None:
            with store.transaction():
                store.commit([edit("remark", "a", text="在岗")])
                store.save(Remark(id="b", text="离岗", replaces="a"))
                raise KeyError

        with pytest.raises(KeyError):
            fail()
        assert (found(store, "空岗"), found(store, "在岗"), found(store, "离岗")) == (
            {"a"},
            set(),
            set(),
        )
        store.commit([edit("remark", "a", text="在岗")])
        assert (found(store, "空岗"), found(store, "在岗")) == (set(), {"a"})


def test_a_hit_says_where_it_is(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Finding(id="f", visit="v", text="空岗", basis="规定", outcome_reason=""))
        hit = store.search("规定").hits[0]
        assert (hit.kind, hit.id, hit.visit, hit.text) == ("finding", "f", "v", "空岗 · 规定")


def test_a_withdrawn_fact_of_a_sealed_visit_is_not_found_in_either_version(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="空岗"))
        store.save(Remark(id="b", text="空岗", replaces="a", withdrawn="看错"))
        assert found(store, "空岗") == set()
        store.commit([edit("remark", "b", void="没看错")])
        assert found(store, "空岗") == {"a"}


def test_only_a_word_that_may_go_on_is_looked_up_by_its_beginning() -> None:
    # Looked up by its beginning, a pair that a million texts hold is gathered in full first.
    assert query_phrases("窗口") == '"窗口"'
    assert query_phrases("窗口无人") == '"窗口 口无 无人"'
    assert query_phrases("人") == '"人"*'
    assert query_phrases("A05窗 无人 b1") == '"a05 窗"* AND "无人" AND "b1"*'


def test_what_is_no_word_is_named_as_not_looked_for(store):
    store.commit([edit("remark", "r0", text="窗口无人 😀 ★")])
    hits = store.search("窗口 😀")
    assert ("r0" in {hit.id for hit in hits.hits}, hits.ignored) == (True, ("😀",))
    assert store.search("😀 ★ —").ignored == ("😀", "★", "—")
    assert store.search("😀").hits == ()
    assert store.search("窗口 A-1").ignored == ()


def test_of_texts_in_ascii_nothing_long_is_remembered():
    taking_apart._known_plain_words.cache_clear()
    all_index_words([f"Window {number} is closed; the notice says why." for number in range(2000)])
    assert taking_apart._known_plain_words.cache_info().currsize == 0
    # The signs between Chinese words still are.
    all_index_words(["窗口,无人", "窗口,有人"])
    assert taking_apart._known_plain_words.cache_info().currsize > 0
