"""The container: what is sealed opens for its epoch only, and anything altered does not open."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import canonical
from inspector.sync import sealed
from inspector.sync.invalid import InvalidObject
from tests.support.exchange import EPOCH, KEY, sealed_as
from tests.support.fixed import CountingEntropy
from tests.support.records import SPACE

PAYLOAD = "窗口无人".encode() * 20
GOOD = sealed_as("segment", PAYLOAD)


def refused(data: bytes, kind: sealed.Kind = "segment", space: str = SPACE) -> str:
    with pytest.raises(InvalidObject) as caught:
        sealed.open_(data, KEY, kind, space)
    return caught.value.code


def rewritten(**fields: object) -> bytes:
    """Return GOOD with other fields in its header; a field of None is left out."""
    start = len(sealed.MAGIC) + 4
    length = int.from_bytes(GOOD[start - 4 : start])
    content = canonical.decode(GOOD[start : start + length]) | fields
    line = canonical.encode({name: value for name, value in content.items() if value is not None})
    return sealed.MAGIC + len(line).to_bytes(4) + line + GOOD[start + length :]


@pytest.mark.parametrize("kind", sorted(sealed.KINDS))
def test_what_is_sealed_opens(kind: sealed.Kind):
    data = sealed_as(kind, PAYLOAD)
    assert sealed.open_(data, KEY, kind, SPACE) == PAYLOAD
    found = sealed.header(data)
    assert (found.kind, found.space, found.epoch) == (kind, SPACE, EPOCH)


@given(st.binary(max_size=5000))
def test_any_payload_comes_back(payload: bytes):
    for kind in ("part", "index"):
        assert sealed.open_(sealed_as(kind, payload), KEY, kind, SPACE) == payload


def test_nothing_of_the_payload_is_to_be_seen():
    for kind in ("part", "segment"):
        assert "窗口".encode() not in sealed_as(kind, PAYLOAD)


def test_the_same_payload_is_another_object_each_time():
    entropy = CountingEntropy()
    made = {sealed.seal("part", SPACE, EPOCH, KEY, PAYLOAD, entropy) for _ in range(20)}
    assert len(made) == 20


def test_a_flipped_bit_anywhere_is_refused():
    for at in range(len(GOOD)):
        for bit in range(8):
            data = bytearray(GOOD)
            data[at] ^= 1 << bit
            refused(bytes(data))


def test_cut_off_anywhere_or_longer_is_refused():
    for end in range(len(GOOD)):
        refused(GOOD[:end])
    assert refused(GOOD + b"\0") == "cipher"
    assert refused(b"") == "form"


def test_another_key_epoch_kind_or_space_does_not_open():
    with pytest.raises(InvalidObject, match="cipher"):
        sealed.open_(GOOD, bytes(32), "segment", SPACE)
    assert refused(GOOD, kind="head") == "kind"
    assert refused(GOOD, space="elsewhere") == "space"
    # What the header says is proved too: nobody can pass an object for one of another kind.
    assert refused(rewritten(k="head"), kind="head") == "cipher"
    assert refused(rewritten(sp="elsewhere"), space="elsewhere") == "cipher"
    assert refused(rewritten(ep="epoch-2")) == "cipher"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"su": "sm4-gcm"}, "suite"),
        ({"su": None}, "form"),
        ({"su": 1}, "suite"),
        ({"c": "zstd"}, "codec"),
        ({"c": "none"}, "codec"),
        ({"k": "thumbnails"}, "kind"),
        ({"k": 7}, "form"),
        ({"ep": "../../x"}, "form"),
        ({"sp": ""}, "form"),
        ({"salt": "a"}, "form"),
        ({"salt": None}, "form"),
        ({"more": 1}, "form"),
        ({"sp": {"a": [1]}}, "form"),
    ],
)
def test_what_this_version_does_not_know_is_refused_by_its_code(
    fields: dict[str, object], code: str
):
    assert refused(rewritten(**fields)) == code


def test_other_versions_and_other_files_are_told_apart():
    assert refused(GOOD.replace(b"MCOBJ1", b"MCOBJ2")) == "version"
    assert refused(b"\x89PNG" + GOOD) == "form"


def test_a_header_must_be_canonical():
    start = len(sealed.MAGIC)
    length = int.from_bytes(GOOD[start : start + 4])
    line = GOOD[start + 4 : start + 4 + length]
    rest = GOOD[start + 4 + length :]
    for other in (
        line.replace(b'"c":"zlib"', b'"c":"none","c":"zlib"'),
        line.replace(b":", b": ", 1),
        line.replace(b'"zlib"', b"1" * 400),
        line.replace(b'"zlib"', b"1e9"),
        b"[" * 500,
        b"\xff" * 50,
    ):
        assert refused(sealed.MAGIC + len(other).to_bytes(4) + other + rest) == "form"
    huge = sealed.MAGIC + (2**32 - 1).to_bytes(4) + GOOD
    assert refused(huge) == "too_large"


def packed_as_is(packed: bytes) -> bytes:
    """Return an object of somebody with the key who packed the payload differently."""
    compress = zlib.compress
    try:
        zlib.compress = lambda *_: packed
        return sealed_as("index", b"")
    finally:
        zlib.compress = compress


def test_a_bomb_is_not_unpacked():
    bomb = zlib.compress(bytes(512 << 20), 9)
    assert refused(packed_as_is(bomb), kind="index") == "too_large"


def test_packed_bytes_must_be_whole_and_alone():
    packed = zlib.compress(PAYLOAD)
    assert sealed.open_(packed_as_is(packed), KEY, "index", SPACE) == PAYLOAD
    for other in (packed[:-1], packed + b"x", b"", b"not packed"):
        assert refused(packed_as_is(other), kind="index") == "form"


def test_what_would_not_open_is_not_sealed():
    for kind, most in (("part", sealed.PART_BYTES), ("index", sealed.MAX_UNPACKED)):
        sealed_as(kind, bytes(most))
        with pytest.raises(InvalidObject, match="too_large"):
            sealed_as(kind, bytes(most + 1))
    with pytest.raises(InvalidObject, match="form"):
        sealed.seal("index", "a space", EPOCH, KEY, b"", CountingEntropy())
    with pytest.raises(ValueError, match="31 bytes"):
        sealed.seal("index", SPACE, EPOCH, KEY[1:], b"", CountingEntropy())


def test_a_whole_part_fits_and_a_larger_object_is_refused_unread():
    data = sealed_as("part", bytes(sealed.PART_BYTES))
    assert len(data) <= sealed.most_bytes("part")
    assert refused(data + bytes(2 << 20), kind="part") == "too_large"
    assert refused(data, kind="segment") == "too_large"
