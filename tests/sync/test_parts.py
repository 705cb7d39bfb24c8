"""Parts and indexes of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import canonical
from inspector.sync import names, parts
from inspector.sync.invalid import InvalidObject
from inspector.sync.parts import Part, Parts
from inspector.sync.sealed import PART_BYTES

ONE = Part(names.hash_of(b"one"), 3_000_100)
TWO = Part(names.hash_of(b"two"), 200)
FILES = {"1" * 64: Parts(3_000_000, (ONE,)), "2" * 64: Parts(PART_BYTES + 1, (ONE, TWO))}
PAYLOAD = parts.build(FILES)


def refused(payload: bytes) -> str:
    with pytest.raises(InvalidObject) as caught:
        parts.parse(payload)
    return caught.value.code


def test_an_index_reads_back_as_it_was_made():
    assert parts.parse(PAYLOAD) == FILES
    assert parts.parse(parts.build({})) == {}


@given(st.one_of(st.integers(0, 100), st.integers(0, 10 * PART_BYTES)))
def test_a_file_is_cut_without_gap_into_parts_that_fit(size: int):
    at = 0
    for offset, length in parts.cuts(size):
        assert offset == at
        assert 0 <= length <= PART_BYTES
        at += length
    assert at == size


@pytest.mark.parametrize(("size", "count"), [(0, 1), (1, 1), (PART_BYTES, 1), (PART_BYTES + 1, 2)])
def test_the_number_of_parts_is_that_of_the_index(size: int, count: int):
    assert len(list(parts.cuts(size))) == count
    index = parts.build({"1" * 64: Parts(size, (ONE,) * count)})
    assert parts.parse(index)["1" * 64].size == size
    with pytest.raises(InvalidObject, match="number of parts"):
        parts.build({"1" * 64: Parts(size, (ONE,) * (count + 1))})


def one(value: object, sha256: str = "1" * 64, version: object = 1) -> bytes:
    return canonical.encode({"v": version, "files": {sha256: value}})


GOOD = {"size": 1, "parts": [[ONE.name, 9]]}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (one(GOOD, version=2), "version"),
        (one(GOOD, version=True), "version"),
        (one(GOOD, sha256="../x"), "form"),
        (one([]), "form"),
        (one(GOOD | {"more": 1}), "form"),
        (one(GOOD | {"size": -1}), "form"),
        (one(GOOD | {"size": True}), "form"),
        (one(GOOD | {"size": 2**52}), "form"),
        (one(GOOD | {"parts": []}), "form"),
        (one(GOOD | {"parts": {}}), "form"),
        (one(GOOD | {"parts": [["../../x", 9]]}), "form"),
        (one(GOOD | {"parts": [[ONE.name, 2**30]]}), "form"),
        (one(GOOD | {"parts": [[ONE.name]]}), "form"),
        (one(GOOD | {"parts": [[ONE.name, 9]] * (parts.MOST_PARTS + 1)}), "too_large"),
        (b'{"files":{},"files":{},"v":1}', "form"),
        (b'{"files":[],"v":1}', "form"),
        (b'{"files":{},"v":1.0}', "form"),
        (b"[]", "form"),
    ],
)
def test_what_is_no_index_is_refused_by_its_code(payload: bytes, code: str):
    assert refused(payload) == code


def test_cut_off_anywhere_is_refused():
    for end in range(len(PAYLOAD)):
        assert refused(PAYLOAD[:end]) == "form"


def test_too_many_files_are_refused():
    many = {f"{n:064x}": Parts(1, (ONE,)) for n in range(parts.MOST_FILES + 1)}
    with pytest.raises(InvalidObject, match="too_large"):
        parts.build(many)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_a_code(payload: bytes):
    refused(payload)
    refused(PAYLOAD[: len(payload)] + payload)
