"""Heads: read back as written, refused by a code otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import canonical, sshsig
from inspector.storage.state import State
from inspector.sync import fields, frames, head, names
from inspector.sync.head import Head, Run
from inspector.sync.invalid import InvalidObject
from tests.support.exchange import PUBLIC, SIGN, device
from tests.support.records import LOG, SPACE

NAME = names.hash_of(b"segment")
OTHER = "b" * 26
HEAD = Head(
    space=SPACE,
    log=LOG,
    generation=7,
    n=2500,
    op="1" * 64,
    ms=1_790_000_000_000,
    app="1.3.0",
    runs=(Run(1, 2000, NAME), Run(2001, 2500, names.hash_of(b"more"))),
    carried={OTHER: (Run(1, 3, NAME),)},
    indexes=(names.hash_of(b"index"),),
    statements=(names.hash_of(b"statement"),),
    seen={OTHER: (3, "2" * 64)},
    digest=State("3" * 64, "4" * 64),
)
PAYLOAD = head.build(HEAD, PUBLIC, SIGN)


def refused(payload: bytes) -> str:
    with pytest.raises(InvalidObject) as caught:
        head.parse(payload)
    return caught.value.code


def rewritten(**fields: object) -> bytes:
    line, signature = frames.split(PAYLOAD, 2)
    return frames.join([canonical.encode(canonical.decode(line) | fields), signature])


def test_a_head_reads_back_as_it_was_made():
    found = head.parse(PAYLOAD)
    head.verify(found, PUBLIC)
    assert found.head == HEAD


def test_the_first_head_of_a_device_names_nothing():
    empty = Head(SPACE, LOG, 1, 0, "0" * 64, -1, "1.3.0")
    assert head.parse(head.build(empty, PUBLIC, SIGN)).head == empty


def test_a_flipped_bit_anywhere_is_told():
    for at in range(len(PAYLOAD)):
        data = bytearray(PAYLOAD)
        data[at] ^= 1 << (at % 8)
        with pytest.raises((InvalidObject, sshsig.InvalidSignature)):
            head.verify(head.parse(bytes(data)), PUBLIC)


def test_cut_off_anywhere_or_longer_is_refused():
    for end in range(len(PAYLOAD)):
        refused(PAYLOAD[:end])
    refused(PAYLOAD + bytes(4))


def test_another_device_did_not_sign_it():
    with pytest.raises(sshsig.InvalidSignature):
        head.verify(head.parse(PAYLOAD), device("another")[0])
    with pytest.raises(sshsig.InvalidSignature):
        head.verify(head.parse(rewritten(n=2501)), PUBLIC)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"v": 2}, "version"),
        ({"v": True}, "version"),
        ({"more": []}, "form"),
        ({"gen": 0}, "form"),
        ({"gen": 10**10}, "form"),
        ({"n": -1}, "form"),
        ({"n": True}, "form"),
        ({"n": "1"}, "form"),
        ({"op": "1"}, "form"),
        ({"app": "1.0/../.."}, "form"),
        ({"log": "x"}, "form"),
        ({"segments": {}}, "form"),
        ({"segments": [[1, 2]]}, "form"),
        ({"segments": [[2, 1, NAME]]}, "form"),
        ({"segments": [[1, 2, "../../../etc/passwd"]]}, "form"),
        ({"indexes": ["x"]}, "form"),
        ({"indexes": [1]}, "form"),
        ({"indexes": [NAME] * (fields.MOST + 1)}, "too_large"),
        ({"carried": {"x": []}}, "form"),
        ({"carried": []}, "form"),
        ({"seen": {OTHER: [1]}}, "form"),
        ({"seen": {OTHER: {"n": 1}}}, "form"),
        ({"digest": {}}, "form"),
        ({"digest": "x"}, "form"),
    ],
)
def test_a_head_that_is_none_is_refused_by_its_code(fields: dict[str, object], code: str):
    assert refused(rewritten(**fields)) == code


def test_what_would_not_be_read_is_not_built():
    for wrong in (replace(HEAD, generation=0), replace(HEAD, runs=(Run(0, 1, NAME),))):
        with pytest.raises(InvalidObject):
            head.build(wrong, PUBLIC, SIGN)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_a_code(payload: bytes):
    refused(payload)
    refused(PAYLOAD[: len(payload)] + payload)
