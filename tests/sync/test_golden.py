"""Objects sealed with fixed keys: they must open and verify for ever, in every later version.

`python -m tests.sync.golden_objects` wrote them once; a released file there is never changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.sync import head, parts, sealed, segment, snapshot
from tests.support.exchange import EPOCH, KEY, PUBLIC
from tests.support.records import SPACE
from tests.sync.golden_objects import payloads

GOLDEN = Path(__file__).parent / "golden"
PAYLOADS = payloads()


def opened(kind: sealed.Kind) -> bytes:
    data = (GOLDEN / f"{kind}.v1").read_bytes()
    assert sealed.header(data).epoch == EPOCH
    return sealed.open_(data, KEY, kind, SPACE)


@pytest.mark.parametrize("kind", sorted(PAYLOADS))
def test_a_golden_object_opens_to_what_it_held(kind: sealed.Kind):
    assert opened(kind) == PAYLOADS[kind]


@pytest.mark.parametrize("kind", ["part", "pack"])
def test_what_is_not_packed_is_the_same_to_the_byte(kind: sealed.Kind):
    """What zlib makes of the others may differ between its versions."""
    from_now = sealed.seal(kind, SPACE, EPOCH, KEY, PAYLOADS[kind], lambda count: b"s" * count)
    assert from_now == (GOLDEN / f"{kind}.v1").read_bytes()


def test_a_golden_segment_verifies():
    found = segment.parse(opened("segment"))
    segment.verify(found, PUBLIC)
    assert found.id == "df6fe32243aee91a529fedf6c6a16bfbaeaf7c0672f97f68dc0badc5da32e3fc"
    assert [operation.header.n for operation in segment.parsed(found)] == [1, 2, 3]


def test_a_golden_head_verifies():
    found = head.parse(opened("head"))
    head.verify(found, PUBLIC)
    assert (found.head.generation, found.head.n) == (7, 3)


def test_a_golden_index_names_its_file():
    assert [file.size for file in parts.parse(opened("index")).values()] == [3_000_000]


def test_a_golden_snapshot_verifies_and_names_its_packs():
    found = snapshot.parse(opened("snapshot"))
    snapshot.verify(found, PUBLIC)
    [pack] = found.snapshot.packs
    assert (pack.size, len(pack.segments)) == (3_000_200, 1)
    assert snapshot.unpack(opened("pack")) == [b"a segment", b"another"]
