"""Segments: the run of operations that its device signed, and nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import canonical, sshsig
from inspector.sync import frames, segment
from inspector.sync.invalid import InvalidObject
from tests.support.erasing import erase_change
from tests.support.exchange import PUBLIC, SIGN, device, run_of
from tests.support.records import LOG, SPACE

RUN = run_of(5)
PAYLOAD = segment.build(SPACE, [each.raw for each in RUN], PUBLIC, SIGN)


def refused(payload: bytes) -> str:
    with pytest.raises(InvalidObject) as caught:
        list(segment.parsed(segment.parse(payload)))
    return caught.value.code


def proved(payload: bytes) -> None:
    found = segment.parse(payload)
    segment.verify(found, PUBLIC)
    list(segment.parsed(found))


def rewritten(raw: list[bytes] | None = None, **fields: object) -> bytes:
    line, signature, *operations = frames.split(PAYLOAD, 99)
    line = canonical.encode(canonical.decode(line) | fields)
    return frames.join([line, signature, *(operations if raw is None else raw)])


def test_a_segment_reads_back_as_it_was_made():
    found = segment.parse(PAYLOAD)
    segment.verify(found, PUBLIC)
    assert (found.space, found.log, found.first, found.last) == (SPACE, LOG, 1, 5)
    assert found.id == hashlib.sha256(found.line).hexdigest()
    assert list(segment.parsed(found)) == RUN


def test_a_segment_may_begin_anywhere_in_a_chain():
    later = run_of(3, first=6, prev=RUN[-1].id)
    found = segment.parse(segment.build(SPACE, [each.raw for each in later], PUBLIC, SIGN))
    assert (found.first, found.last, found.prev) == (6, 8, RUN[-1].id)
    assert list(segment.parsed(found)) == later


def test_another_device_did_not_sign_it():
    found = segment.parse(PAYLOAD)
    with pytest.raises(sshsig.InvalidSignature):
        segment.verify(found, device("another")[0])
    forged = segment.parse(rewritten(sp="elsewhere"))
    with pytest.raises(sshsig.InvalidSignature):
        segment.verify(forged, PUBLIC)


def test_a_flipped_bit_anywhere_is_told():
    """By the form, by the root, by an operation or by the signature, whichever looks first."""
    for at in range(len(PAYLOAD)):
        data = bytearray(PAYLOAD)
        data[at] ^= 1 << (at % 8)
        with pytest.raises((InvalidObject, sshsig.InvalidSignature)):
            proved(bytes(data))


def test_cut_off_anywhere_or_longer_is_refused():
    for end in range(len(PAYLOAD)):
        refused(PAYLOAD[:end])
    refused(PAYLOAD + b"\0")
    refused(PAYLOAD + b"\0\0\0\0")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"v": 2}, "version"),
        ({"v": True}, "version"),
        ({"more": 1}, "form"),
        ({"log": "../.."}, "form"),
        ({"sp": "a/b"}, "form"),
        ({"count": 4}, "form"),
        ({"count": 2**53 - 1, "last": 2**53 - 1}, "form"),
        ({"first": 0, "last": 4}, "form"),
        ({"first": True, "last": 5}, "form"),
        ({"first": 2, "last": 6}, "chain"),
        ({"log": "b" * 26}, "chain"),
        ({"prev": "1" * 64}, "chain"),
        ({"root": "0" * 64}, "root"),
        ({"root": None}, "form"),
    ],
)
def test_a_header_that_says_something_else_is_refused_by_its_code(
    fields: dict[str, object], code: str
):
    assert refused(rewritten(**fields)) == code


def test_operations_missing_doubled_or_in_another_order_are_refused():
    raw = [each.raw for each in RUN]
    assert refused(rewritten(raw[:-1])) == "form"
    assert refused(rewritten([])) == "form"
    assert refused(rewritten([*raw[1:], raw[0]])) == "root"
    assert refused(rewritten([raw[0], *raw[:-1]])) == "root"


def test_an_operation_that_is_none_is_refused():
    raw = [each.raw for each in RUN]
    assert refused(rewritten([raw[0] + b"x", *raw[1:]])) == "form"
    assert (
        refused(rewritten([raw[0], raw[1].replace("窗口2".encode(), "窗口3".encode()), *raw[2:]]))
        == "form"
    )


def test_a_run_with_a_gap_or_of_two_chains_is_not_built():
    other = run_of(1, first=6, prev=RUN[-1].id, log="b" * 26)
    for wrong in ([RUN[0], RUN[2]], [RUN[1], RUN[0]], [*RUN, *other]):
        with pytest.raises(InvalidObject, match="chain"):
            segment.build(SPACE, [each.raw for each in wrong], PUBLIC, SIGN)


def test_an_erased_change_leaves_the_segment_what_it_was():
    raw = [erase_change(RUN[0].raw, 0), *(each.raw for each in RUN[1:])]
    found = segment.parse(segment.build(SPACE, raw, PUBLIC, SIGN))
    assert found.id == segment.parse(PAYLOAD).id
    assert next(iter(segment.parsed(found))).changes == (None,)


def test_too_much_is_refused_before_it_is_looked_into():
    assert refused(frames.join([b""] * (segment.MAX_OPERATIONS + 3))) == "too_large"
    assert refused(rewritten([b"x" * 300_000] * 5)) == "too_large"
    assert refused(rewritten([b"x" * 200_000] * 7)) == "too_large"
    assert refused(frames.join([b"[" * 5000, b"", b"x"])) == "too_large"
    assert refused((2**32 - 1).to_bytes(4) + PAYLOAD) == "form"


@given(st.lists(st.integers(1, 256 * 1024), max_size=60))
def test_a_chain_is_cut_so_that_every_piece_fits(sizes: list[int]):
    pieces = [sizes[each] for each in segment.runs(sizes)]
    assert [size for piece in pieces for size in piece] == sizes
    assert all(piece and sum(piece) <= segment.MAX_RAW for piece in pieces)


def test_a_chain_of_small_operations_is_cut_by_number():
    assert [each.stop - each.start for each in segment.runs([10] * 4100)] == [2000, 2000, 100]


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_by_a_code(payload: bytes):
    refused(payload)
    refused(PAYLOAD[: len(payload)] + payload)
