"""Names: where things lie, and what is refused as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.sync import names
from inspector.sync.invalid import InvalidObject

HASH = names.hash_of(b"object")
LOG = "a" * 26
LONGEST_SPACE = "0190f3a4-7c1e-7d3a-9b0e-4d5c6b7a8f90"
EVERY = {
    "envelope": names.envelope("s", "age1recipient", "e" * 40),
    "statement": names.statement("s", HASH),
    "head": names.head("s", LOG, 12),
    "segment": names.segment(LONGEST_SPACE, LOG, HASH),
    "index": names.index("s", HASH),
    "part": names.part("s", HASH),
    "snapshot": names.snapshot("s", HASH),
    "pack": names.pack("s", HASH),
}


@pytest.mark.parametrize("name", EVERY.values(), ids=EVERY)
def test_every_kind_of_object_has_a_short_name_of_its_own(name: str):
    assert names.require(name) == name
    assert names.is_known(name)
    assert name == name.lower()
    assert len(name) < 120


def test_spaces_and_recipients_are_apart_and_cannot_be_read_from_a_name():
    assert names.space_folder("县一") != names.space_folder("县二")
    assert names.recipient_folder("s", "age1a") != names.recipient_folder("s", "age1b")
    assert LONGEST_SPACE not in names.segment(LONGEST_SPACE, LOG, HASH)


def test_the_name_of_a_head_tells_whose_and_the_how_many_th():
    assert names.head_name(EVERY["head"]) == names.HeadName(LOG, 12)
    assert EVERY["head"].endswith(".0000000012")
    assert names.head_name(EVERY["segment"]) is None
    assert names.head_name("sp/x/h/what.1") is None


def test_heads_sort_as_they_were_written():
    written = [names.head("s", LOG, each) for each in (1, 9, 10, 99, 100, names.MAX_GENERATION)]
    assert sorted(written) == written


@pytest.mark.parametrize("generation", [0, -1, 10**10])
def test_no_generation_leads_out_of_its_ten_digits(generation: int):
    with pytest.raises(ValueError, match="generation"):
        names.head("s", LOG, generation)


@pytest.mark.parametrize(
    "name",
    [
        "", "/", "..", "a/..", "../a", "a/../b", "/a", "a/", "a//b", "a\\b", "A", "a b", "c:",
        "a:b", "con", "a/nul", "com1.x", "lpt9", ".a", "a.", "a.b.c", "-a", "名", "a\n", "a\0",
        "~", "a" * 70, "/".join("a" * 61),
    ],
)  # fmt: skip
def test_what_is_no_path_downwards_that_every_medium_holds_is_refused(name: str):
    with pytest.raises(ValueError, match="not the name"):
        names.require(name)


@given(st.text(alphabet="ab/.\\:\0 Z~-%", max_size=30))
def test_no_accepted_name_leaves_its_folder(name: str):
    try:
        names.require(name)
    except ValueError:
        return
    assert not name.startswith("/")
    assert all(part and not part.startswith(".") for part in name.split("/"))


@pytest.mark.parametrize("bad", ["..", "a/b", "A" * 26, "", "a" * 53])
def test_parts_of_names_are_held_to_their_form(bad: str):
    for make in (names.statement, names.index, names.part, names.snapshot, names.pack):
        with pytest.raises(ValueError, match="part of a name"):
            make("s", bad)
    with pytest.raises(ValueError, match="part of a name"):
        names.segment("s", bad, HASH)
    with pytest.raises(ValueError, match="part of a name"):
        names.envelope("s", "age1a", f"{bad}/")


def test_whoever_has_no_keys_tells_other_bytes_by_the_name():
    for kind in ("statement", "segment", "index", "part", "snapshot", "pack"):
        assert names.hash_in(EVERY[kind]) == HASH
        names.require_bytes(EVERY[kind], b"object")
        with pytest.raises(InvalidObject) as caught:
            names.require_bytes(EVERY[kind], b"objecT")
        assert caught.value.code == "name"
    for kind in ("envelope", "head"):
        assert names.hash_in(EVERY[kind]) is None
        names.require_bytes(EVERY[kind], b"anything")


def test_names_of_a_newer_version_are_told_from_ours():
    assert names.is_known(names.MARKER)
    for name in ("sp/x", f"sp/{LOG}/z/{HASH}", f"sp/{LOG}/b/zz/{HASH}", "desktop.ini"):
        assert not names.is_known(name)
