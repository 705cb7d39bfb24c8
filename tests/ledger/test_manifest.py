"""Seal manifests: leaves, comparison, strict reading, opening one value alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger import canonical
from inspector.ledger.manifest import (
    InvalidManifest,
    Manifest,
    MediaLeaf,
    differences,
    leaf,
    leaves,
    parse,
)

SECRET = bytes(range(32))
VALUES = [
    (("finding", "f1", "text"), "窗口无人"),
    (("finding", "f1", "severity"), 3),
    (("hall", "h1", "name"), "政务服务大厅"),
]
A, B, C = "a" * 64, "b" * 64, "c" * 64


def sealed(**changes: object) -> Manifest:
    manifest = Manifest(
        space="s",
        visit="v",
        edition=1,
        previous="",
        frontier=(("b" * 26, 2, B), ("a" * 26, 7, A)),
        checklist="hall-2024",
        checklist_sha256=C,
        leaves=leaves(SECRET, VALUES),
        media=(MediaLeaf(B, 5, "derived", A), MediaLeaf(A, 10, taken_ms=1)),
        signers=(("p1", "key"),),
    )
    return replace(manifest, **changes)


def test_bytes_do_not_depend_on_the_order_of_anything():
    one = sealed()
    other = sealed(
        frontier=one.frontier[::-1],
        media=one.media[::-1],
        leaves=dict(reversed(one.leaves.items())),
    )
    assert one.to_bytes() == other.to_bytes()
    twice = (MediaLeaf(A, 1, "derived", B), MediaLeaf(A, 1, "derived", C), MediaLeaf(A, 1))
    assert sealed(media=twice).to_bytes() == sealed(media=twice[::-1]).to_bytes()


def test_it_reads_back():
    again = parse(sealed().to_bytes())
    assert again.to_bytes() == sealed().to_bytes()
    assert dict(again.leaves) == dict(sealed().leaves)
    assert again.media[0] == MediaLeaf(A, 10, taken_ms=1)


def changed(**fields: object) -> bytes:
    return canonical.encode(canonical.decode(sealed().to_bytes()) | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"suite": "sm3"},
        {"suite": None},
        {"v": 2},
        {"v": True},
        {"extra": 1},
        {"space": 5},
        {"edition": "1"},
        {"edition": True},
        {"previous": None},
        {"checklist_sha256": "short"},
        {"leaves": [["finding", "f", "text"]]},
        {"leaves": [["finding", "f", "text", "not a hash"]]},
        {"leaves": [["finding", "f", 5, A]]},
        {"leaves": [["b", "f", "x", A], ["a", "f", "x", A]]},
        {"leaves": [["a", "f", "x", A], ["a", "f", "x", B]]},
        {"leaves": {}},
        {"frontier": [["x", 1]]},
        {"frontier": [["x", "1", A]]},
        {"frontier": [["x", 1, "?"]]},
        {"media": [A]},
        {"media": [{"sha256": A, "size": 1}]},
        {"media": [{"sha256": A, "size": "1", "role": "original"}]},
        {"media": [{"sha256": "x", "size": 1, "role": "original"}]},
        {"media": [{"sha256": A, "size": 1, "role": "original", "parent": ""}]},
        {"media": [{"sha256": A, "size": 1, "role": "original", "note": "x"}]},
        {"signers": [["p"]]},
        {"signers": "pk"},
    ],
)
def test_what_this_version_would_not_write_is_refused(fields):
    with pytest.raises(InvalidManifest):
        parse(changed(**fields))


@pytest.mark.parametrize("field", sorted(canonical.decode(sealed().to_bytes())))
def test_every_field_is_needed(field):
    content = canonical.decode(sealed().to_bytes())
    del content[field]
    with pytest.raises(InvalidManifest):
        parse(canonical.encode(content))


@pytest.mark.parametrize("data", [b"", b"[]", b"5", b"null", b"{}", b'{"v":1}', b"\xff"])
def test_other_documents_are_refused(data):
    with pytest.raises(InvalidManifest):
        parse(data)


@given(st.data())
def test_no_flipped_bit_goes_unnoticed(data):
    good = sealed().to_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    flipped = bytearray(good)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        manifest = parse(bytes(flipped))
    except InvalidManifest:
        return
    assert manifest != parse(good)


def test_differences_names_changed_missing_and_added_values():
    manifest = sealed()
    assert differences(manifest, SECRET, VALUES) == []
    assert differences(manifest, SECRET, reversed(VALUES)) == []
    today = [VALUES[0], (VALUES[1][0], 2), (("hall", "h1", "code"), "x")]
    assert differences(manifest, SECRET, today) == [
        ("finding", "f1", "severity"),
        ("hall", "h1", "code"),
        ("hall", "h1", "name"),
    ]
    # Another type is another value.
    assert differences(manifest, SECRET, [*VALUES[:1], (VALUES[1][0], "3"), VALUES[2]])
    assert len(differences(manifest, b"other" * 7, VALUES)) == 3


def test_one_value_can_be_shown_without_the_others():
    manifest = parse(sealed().to_bytes())
    path, value = VALUES[0]
    assert leaf(SECRET, path, value) == manifest.leaves[path]
    assert leaf(SECRET, path, value + "。") != manifest.leaves[path]
    assert leaf(SECRET, ("finding", "f2", "text"), value) != manifest.leaves[path]


def test_leaves_are_salted_by_path_and_secret():
    same = [(("finding", "f1", "text"), "x"), (("finding", "f2", "text"), "x")]
    digests = [*leaves(SECRET, same).values(), *leaves(SECRET[::-1], same).values()]
    assert len(set(digests)) == 4
