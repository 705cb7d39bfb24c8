import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.domain.limits import _REPLACED, NAME_LIMIT, TEXT_LIMIT, clean, clean_name, normal
from inspector.domain.names import field_name

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@given(ANY_TEXT)
def test_what_is_stored_is_stable_visible_and_encodable(text):
    stored = normal(text)
    assert normal(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert json.loads(json.dumps(stored)) == stored
    invisible = [c for c in stored if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert invisible == []


@given(ANY_TEXT)
def test_no_character_disappears(text):
    lines = text.replace("\r\n", "\n")
    assert len(unicodedata.normalize("NFD", normal(text))) >= len(lines)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te"),
        ("nul\0bell\x07", "nul␀bell␇"),
        ("\x7f\x9b", "␡␦"),
        ("a\u202efdp", "a␦fdp"),
        ("\ud800x", "\ufffdx"),
        ("e\u0301", "é"),
        ("𠮷㐀👩‍👩‍👧", "𠮷㐀👩‍👩‍👧"),
    ],
)
def test_examples(text, stored):
    assert clean("text", text) == stored


def test_the_limit_counts_what_is_stored():
    assert len(clean("text", "字" * TEXT_LIMIT)) == TEXT_LIMIT
    assert clean("text", "\r\n" * TEXT_LIMIT) == "\n" * TEXT_LIMIT
    with pytest.raises(MingchaError) as caught:
        clean("description", "字" * (TEXT_LIMIT + 1))
    assert caught.value.code == "text_too_long"
    assert caught.value.fields == {
        "field": field_name("description"),
        "length": TEXT_LIMIT + 1,
        "limit": TEXT_LIMIT,
    }


def test_names_are_one_short_line():
    assert clean_name("name", "  王\n小 明\t") == "王 小 明"
    with pytest.raises(MingchaError):
        clean_name("name", "王" * (NAME_LIMIT + 1))


def test_whatever_is_replaced_is_not_printable():
    """Printable text is not looked at any closer."""
    assert not [
        code for code in (*_REPLACED, *map(ord, "\r\x85\u2028\u2029")) if chr(code).isprintable()
    ]
