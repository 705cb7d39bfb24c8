"""Operations: form, limits, identity and erasing, each refusal by its code."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.base.clock import Reading
from inspector.domain.vocabulary import Phase
from inspector.ledger import canonical, operation
from inspector.ledger.operation import (
    MAX_BYTES,
    MAX_CHANGES,
    Change,
    Header,
    InvalidOperation,
    base32,
    body_hash,
    change_line,
    operation_id,
    parse,
    seal_lines,
)
from tests.support.erasing import erase_change
from tests.support.records import make

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGE = Change(
    "finding", "f1", {"text": "窗口无人", "severity": 3}, {"severity": ["0" * 32]}, "复核"
)
GOOD = make(CHANGE, Change("finding", "f2", {"text": "二"}))


def refused(raw: bytes) -> str:
    with pytest.raises(InvalidOperation) as caught:
        parse(raw)
    return caught.value.code


def rewrite(header: dict | None = None, change: dict | None = None, drop: str = "") -> bytes:
    """Return GOOD with parts of its header and first change replaced, its hash right again."""
    first, *lines = GOOD.raw.split(b"\n")
    content = canonical.decode(lines[0]) | (change or {})
    content.pop(drop, None)
    lines[0] = canonical.encode(content)
    content = canonical.decode(first) | {"bh": body_hash(lines)} | (header or {})
    content.pop(drop, None)
    return b"\n".join([canonical.encode(content), *lines])


def test_an_operation_reads_back_as_it_was_made():
    assert GOOD.changes[0] == CHANGE
    assert GOOD.header.reading.zone == 480
    assert GOOD.id == operation_id(GOOD.raw) == hashlib.sha256(GOOD.raw.split(b"\n")[0]).hexdigest()
    assert parse(rewrite()) == GOOD


def test_unknown_header_fields_kinds_and_nouns_are_kept():
    raw = rewrite({"new": {"of": "a newer version"}, "k": "witness"}, {"e": "drone", "zz": 1})
    operation = parse(raw)
    assert operation.raw == raw
    assert operation.header.kind == "witness"
    assert operation.changes[0].entity == "drone"


@pytest.mark.parametrize(
    "field",
    ["sp", "log", "n", "prev", "lc", "t", "tz", "boot", "mono", "by", "app", "k", "act", "bh"],
)
def test_a_header_without_a_field_is_refused(field):
    expected = {"form", "body_hash"} if field == "bh" else {"form"}
    assert refused(rewrite(drop=field)) in expected


@pytest.mark.parametrize("field", ["e", "id", "f", "s"])
def test_a_change_without_a_field_is_refused(field):
    assert refused(rewrite(drop=field)) == "form"


@pytest.mark.parametrize(
    "header",
    [
        {"n": 0},
        {"n": True},
        {"n": "1"},
        {"lc": 0},
        {"lc": False},
        {"t": "now"},
        {"t": 2**53 - 1},
        {"tz": 1440},
        {"tz": None},
        {"mono": -1},
        {"boot": "x"},
        {"by": 0},
        {"by": None},
        {"by": []},
        {"by": "two words"},
        {"app": {"a": 1}},
        {"app": ""},
        {"k": "TX"},
        {"act": ""},
        {"vis": ""},
        {"un": 5},
        {"log": "A" * 26},
        {"log": "a" * 25},
        {"prev": "0" * 63},
        {"prev": "F" * 64},
        {"sp": "../x"},
    ],
)
def test_a_header_value_of_the_wrong_form_is_refused(header):
    assert refused(rewrite(header)) == "form"


@pytest.mark.parametrize(
    "change",
    [
        {"f": []},
        {"f": {"Bad Name": 1}},
        {"f": {"a" * 65: 1}},
        {"over": []},
        {"over": {"text": "0" * 32}},
        {"over": {"text": ["0" * 31]}},
        {"over": {"text": [5]}},
        {"over": {"other": ["0" * 32]}},
        {"why": 1},
        {"s": 1},
        {"s": "short"},
        {"e": "Finding"},
        {"id": "with space"},
        {"id": ""},
        {"id": "f2", "f": {"text": "the second change writes it too"}, "over": {}},
    ],
)
def test_a_change_of_the_wrong_form_is_refused(change):
    assert refused(rewrite(change=change)) == "form"


@pytest.mark.parametrize(
    "header", [{"v": 2}, {"v": True}, {"v": None}, {"su": "sm3"}, {"su": None}]
)
def test_an_unknown_version_or_suite_fails_closed(header):
    assert refused(rewrite(header)) == "suite"


def test_lines_that_are_no_objects_are_refused():
    assert refused(b"") == "form"
    assert refused(b"[]\n[]") == "form"
    assert refused(b"{}") == "form"
    assert refused(GOOD.raw + b"\n") == "body_hash"
    first, *_ = GOOD.raw.split(b"\n")
    for body in (b"[]", b"#" + b"g" * 64, b"#", b"not json"):
        content = canonical.decode(first) | {"bh": body_hash([body])}
        assert refused(canonical.encode(content) + b"\n" + body) == "form"


def test_limits():
    many = [Change("finding", f"f{i}", {}) for i in range(MAX_CHANGES)]
    assert len(make(*many).changes) == MAX_CHANGES
    with pytest.raises(InvalidOperation, match="too_large"):
        make(*many, Change("finding", "one-more", {}))
    with pytest.raises(InvalidOperation, match="too_large"):
        make()
    with pytest.raises(InvalidOperation, match="too_large"):
        make(Change("finding", "f", {"text": "长" * (MAX_BYTES // 3)}))
    assert refused(b"x" * (MAX_BYTES + 1)) == "too_large"
    first = GOOD.raw.split(b"\n")[0]
    assert refused(b"\n".join([first, *[b"{}"] * (MAX_CHANGES + 1)])) == "form"


@given(st.data())
def test_any_flipped_bit_changes_the_id_or_is_refused(data):
    place = data.draw(st.integers(0, len(GOOD.raw) - 1))
    bit = data.draw(st.integers(0, 7))
    raw = bytearray(GOOD.raw)
    raw[place] ^= 1 << bit
    with contextlib.suppress(InvalidOperation):
        assert parse(bytes(raw)).id != GOOD.id


def test_an_erased_change_leaves_id_and_chain_and_can_not_be_guessed():
    after = make(CHANGE, n=2, prev=GOOD.id)
    erased = parse(erase_change(GOOD.raw, 0))
    assert (erased.id, erased.header) == (GOOD.id, GOOD.header)
    assert erased.changes == (None, GOOD.changes[1])
    assert after.header.prev == erased.id
    assert "窗口无人".encode() not in erased.raw
    assert erase_change(erased.raw, 0) == erased.raw
    # The hash that stays is over a salt as well: the same content has another hash elsewhere.
    assert change_line(CHANGE, bytes(16)) != change_line(CHANGE, bytes(15) + b"\1")
    everything = parse(erase_change(erased.raw, 1))
    assert everything.id == GOOD.id
    assert everything.changes == (None, None)


def test_an_erased_change_cannot_be_replaced():
    first, erased, second = erase_change(GOOD.raw, 0).split(b"\n")
    forged = b"#" + hashlib.sha256(b"other").hexdigest().encode()
    assert refused(b"\n".join([first, forged, second])) == "body_hash"
    assert refused(b"\n".join([first, second, erased])) == "body_hash"


def test_empty_over_and_why_are_absent_from_the_bytes():
    line = change_line(Change("finding", "f", {"text": "x"}, {"text": []}, ""), bytes(16))
    assert sorted(canonical.decode(line)) == ["e", "f", "id", "s"]


def test_salts_are_26_letters():
    assert base32(bytes(16)) == "a" * 26


HEADER = seal_lines(
    Header(
        space="space-1",
        log="a" * 26,
        n=7,
        prev="0" * 64,
        lc=9,
        reading=Reading(1_790_000_000_000, -480, "f" * 32, 12_345),
        by="person-1",
        app="1.0+x",
        kind="tx",
        action="action-7",
        body=body_hash([b"{}"]),
        visit="visit-1",
        undoes="action-6",
    ),
    [b"{}"],
).split(b"\n")[0]
PARTS = [HEADER[start : start + 12] for start in range(0, len(HEADER), 3)]


@settings(max_examples=600)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(HEADER)),
            st.sampled_from([0, 0, 1, 5, 12, 21]),
            st.sampled_from([b"", b"0", b"-", b"9" * 17, b" ", b'"', b"\\u0061", b"\xc3\xa9", b"A"])
            | st.sampled_from(PARTS),
        ),
        max_size=2,
    )
)
def test_a_usual_header_is_read_as_any_other_would_be(changes):
    line = HEADER
    for place, gone, piece in changes:
        line = line[:place] + piece + line[place + gone :]
    assert outcome(operation._parse_header, line) == outcome(operation._any_header, line)


@pytest.mark.parametrize("absent", [(), ("visit",), ("undoes",), ("visit", "undoes", "by")])
def test_what_this_version_writes_is_a_usual_header(absent):
    known = operation._any_header(HEADER)
    line = operation.header_line(replace(known, **dict.fromkeys(absent, "")))
    assert operation._USUAL_HEADER.fullmatch(line.decode())


@given(st.text(), st.text(), st.text(), st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_header_is_canonical_whatever_its_texts_are(by, visit, undoes, moment):
    known = operation._any_header(HEADER)
    reading = replace(known.reading, ms=moment)
    line = operation.header_line(replace(known, by=by, visit=visit, undoes=undoes, reading=reading))
    read = canonical.decode(line)
    assert (read["by"], read.get("vis", ""), read.get("un", "")) == (by, visit, undoes)
    assert read["t"] == moment


def outcome(read: Callable[[bytes], Header], line: bytes) -> Header | str:
    try:
        return read(line)
    except InvalidOperation as error:
        return error.code


@given(
    st.lists(
        st.builds(
            Change,
            st.sampled_from(["finding", "Finding", "x" * 65]),
            st.sampled_from(["f1", "f2", "", "窗"]),
            st.dictionaries(
                st.sampled_from(["text", "many", "Bad"]),
                st.sampled_from(["一", (), ("二", ("三",)), {"b": 1, "a": (None,)}, Phase.COVERT]),
            ),
            st.dictionaries(
                st.sampled_from(["text", "many", "other"]),
                st.lists(st.sampled_from(["ab" * 16, "no"]), max_size=2).map(tuple),
                max_size=2,
            ),
            st.sampled_from(["", "误录"]),
        ),
        max_size=3,
    ),
    st.sampled_from(["visit-1", "", "no visit"]),
)
def test_our_own_lines_become_what_anybody_parses(changes, visit):
    lines = [change_line(change, bytes(16)) for change in changes]
    header = replace(parse(GOOD.raw).header, visit=visit, body=body_hash(lines))

    def outcome(made: Callable[[], object]) -> object:
        try:
            return made()
        except InvalidOperation as error:
            return error.code

    assert outcome(lambda: operation.seal(header, lines, changes)) == outcome(
        lambda: parse(seal_lines(header, lines))
    )


def test_values_of_our_own_become_what_is_read_of_their_bytes():
    fields = {
        "text": "一",
        "many": ("二", ("三",), []),
        "map": {"b": (1, True), "a": None},
        "word": Phase.COVERT,
        "count": -3,
    }
    change = Change("finding", "f", fields, {"word": ("ab" * 16,), "text": ()}, "误录")
    lines = [change_line(change, bytes(16))]
    header = replace(parse(GOOD.raw).header, body=body_hash(lines))
    made, read = operation.seal(header, lines, [change]), parse(seal_lines(header, lines))
    assert made == read
    assert [list(each.fields) for each in made.changes if each] == [sorted(fields)]
    assert repr(made) == repr(read)
