"""Canonical bytes: what RFC 8785 writes on our domain, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.ledger.canonical import MAX_DEPTH, MAX_INTEGER, NotCanonical, decode, encode, same

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
KEY = st.text(st.characters(max_codepoint=127), max_size=8)
SCALAR = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXT
VALUE = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=12,
)

#: RFC 8785 section 3.2.2.2: these have short escapes, other control characters \u00xx.
SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def by_the_rules(value: object) -> str:
    """Write `value` following RFC 8785 by hand, without the json module."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escaped = (
            SHORT.get(ord(c), f"\\u{ord(c):04x}") if ord(c) < 32 or c in '"\\' else c for c in value
        )
        return '"' + "".join(escaped) + '"'
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{by_the_rules(k)}:{by_the_rules(value[k])}" for k in ordered) + "}"
    assert isinstance(value, list)
    return "[" + ",".join(map(by_the_rules, value)) + "]"


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


@given(VALUE)
def test_round_trip_follows_the_rules_of_rfc_8785(value):
    data = encode(value)
    assert data == by_the_rules(value).encode()
    assert decode(data) == value
    assert same(decode(data), value)


@given(VALUE, st.integers(0, 200), st.sampled_from([b" ", b"\n", b"\t", b"\xef\xbb\xbf"]))
def test_no_other_spelling_of_a_value_is_accepted(value, place, blank):
    data = encode(value)
    place %= len(data) + 1
    changed = data[:place] + blank + data[place:]
    try:
        accepted = decode(changed)
    except NotCanonical:
        return
    # Inside a text a blank is part of the text: then it must have become another value.
    assert encode(accepted) == changed
    assert not same(accepted, value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"-9007199254740992",
        b"1" * 5000,
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000a"',
        b'"\\u001F"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        '{"é":1}'.encode(),
        '"文"'.encode("utf-16"),
        '"文"'.encode("utf-32"),
        b"\xef\xbb\xbf1",
        b"",
        b"{",
        b"1 2",
        b"[" * 100_000,
        b"[" * (MAX_DEPTH + 1) + b"1" + b"]" * (MAX_DEPTH + 1),
    ],
)
def test_bytes_that_encode_would_not_write_are_refused(data):
    with pytest.raises(NotCanonical):
        decode(data)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        MAX_INTEGER + 1,
        -MAX_INTEGER - 1,
        "\ud800",
        "a\udfff",
        {"é": 1},
        {1: 2},
        {None: 1},
        b"bytes",
        {1, 2},
        object(),
        [[1.5]],
        {"a": {"b": 0.1}},
        nested(MAX_DEPTH + 1),
    ],
)
def test_values_outside_the_domain_are_refused(value):
    with pytest.raises(NotCanonical):
        encode(value)


def test_limits_themselves_are_inside():
    for value in (MAX_INTEGER, -MAX_INTEGER, nested(MAX_DEPTH), "\U0010ffff", "\x00\x7f\u2028"):
        assert decode(encode(value)) == value


def test_text_is_never_normalised():
    composed, decomposed = "\u00e9", "e\u0301"
    assert encode(composed) != encode(decomposed)
    assert decode(encode(decomposed)) == decomposed
    # A compatibility ideograph and the unified one are different values.
    assert encode("\uf900") != encode("\u8c48")


def test_same_tells_types_apart():
    assert not same(1, True)
    assert not same({"a": 0}, {"a": False})
    assert not same("", None)
    assert same((1, "x"), [1, "x"])


@given(VALUE)
def test_any_json_reader_understands_it(value):
    assert json.loads(encode(value)) == value


def by_every_pair(data: bytes) -> object:
    """Decode strictly the slow way: each object, number and text is looked at by itself."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        assert keys == sorted(set(keys))
        assert all(key.isascii() for key in keys)
        return dict(pairs)

    def whole(text: str) -> int:
        assert -MAX_INTEGER <= int(text) <= MAX_INTEGER
        assert str(int(text)) == text
        return int(text)

    def refuse(text: str) -> object:
        raise AssertionError(text)

    value = json.loads(
        data.decode(),
        object_pairs_hook=unique,
        parse_int=whole,
        parse_float=refuse,
        parse_constant=refuse,
    )
    assert depth_of(value) <= MAX_DEPTH
    assert by_the_rules(value).encode() == data
    return value


def depth_of(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((1 + depth_of(each) for each in inner), default=0)


#: What makes another document of a canonical one, or none at all.
PIECES = st.sampled_from(
    [
        *(b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"0", b"1", b"-", b".", b"e9", b" "),
        *(b'"a":1,', b"null", b"NaN", b"1E400", b"\\u0041", b"\\ud800", b"\xc3", b"\xc3\xa9"),
        *(b"9007199254740991", b"9007199254740992", b"-0", b"[[[[[[[[[", b"]]]]]]]]]"),
        *(b'"\xc3\xa9":1', b"\x00", b"\n"),
    ]
)


@settings(max_examples=600)
@given(VALUE, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), PIECES), max_size=3))
def test_the_decoder_refuses_exactly_what_looking_at_every_pair_refuses(value, changes):
    data = encode(value)
    for place, gone, piece in changes:
        place %= len(data) + 1
        data = data[:place] + piece + data[place + gone :]
    try:
        expected = by_every_pair(data)
    except (AssertionError, ValueError, RecursionError):
        with pytest.raises(NotCanonical):
            decode(data)
    else:
        assert same(decode(data), expected)
