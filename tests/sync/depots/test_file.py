"""A depot in one file: the contract while it is written, and what may become of it on the way."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.sync import names
from inspector.sync.depots import marker
from inspector.sync.depots.file import END, MAGIC, FileDepot
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.invalid import InvalidObject
from tests.support.fixed import CountingEntropy
from tests.sync.depots.contract import MOST, ONE, TWO, Contract, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def depot(tmp_path: Path) -> Iterator[FileDepot]:
    made = FileDepot.begin(tmp_path / "v.mcvisit", CountingEntropy("file"))
    marker.init(made, CountingEntropy("file"))
    yield made
    made.close()


class TestFile(Contract):
    """The contract on a file that is being written."""


def finished(depot: FileDepot) -> FileDepot:
    depot.finish()
    depot.close()
    return FileDepot(depot._path)


def test_what_was_written_is_read_again_and_nothing_can_be_written_any_more(
    depot: FileDepot, tmp_path: Path
):
    for data in (ONE, TWO, b""):
        depot.write(name_of(data), data)
    depot.remove(name_of(b""))
    assert not (tmp_path / "v.mcvisit").exists(), "it takes its place when it is whole"
    read = finished(depot)
    for data in (ONE, TWO):
        assert read.read(name_of(data), MOST) == data
    with pytest.raises(Missing):
        read.read(name_of(b""), MOST)
    with pytest.raises(InvalidObject):
        read.read(name_of(TWO), len(TWO) - 1)
    for forbidden in (lambda: read.write(name_of(b"x"), b"x"), lambda: read.remove(name_of(ONE))):
        with pytest.raises(DepotError) as caught:
            forbidden()
        assert caught.value.trouble == "denied"
    assert marker.read(read).depot
    read.close()
    assert [each.name for each in tmp_path.iterdir()] == ["v.mcvisit"]


def test_what_was_not_finished_leaves_nothing_and_what_was_there_before_stays(tmp_path: Path):
    path = tmp_path / "v.mcvisit"
    path.write_bytes(b"before")
    begun = FileDepot.begin(path, CountingEntropy("file"))
    begun.write(name_of(ONE), ONE)
    begun.close()
    assert path.read_bytes() == b"before"
    assert [*tmp_path.iterdir()] == [path]


def test_every_file_that_was_cut_off_is_refused(depot: FileDepot, tmp_path: Path):
    depot.write(name_of(ONE), ONE)
    finished(depot).close()
    whole = (tmp_path / "v.mcvisit").read_bytes()
    cut = tmp_path / "cut"
    for length in (0, 1, len(MAGIC), 40, len(whole) // 2, len(whole) - len(END), len(whole) - 1):
        cut.write_bytes(whole[:length])
        with pytest.raises(MingchaError) as caught:
            FileDepot(cut)
        assert caught.value.code == "hand_over_bad"
    with pytest.raises(MingchaError) as caught:
        FileDepot(tmp_path / "missing")
    assert caught.value.code == "file_missing"


def hostile(*listed: tuple[bytes, int, int], length: int | None = None) -> bytes:
    index = b"".join(
        bytes((len(name),)) + name + offset.to_bytes(8, "big") + size.to_bytes(8, "big")
        for name, offset, size in listed
    )
    said = len(index) if length is None else length
    return MAGIC + bytes(100) + index + said.to_bytes(8, "big") + END


NAME = name_of(ONE).encode()


@pytest.mark.parametrize(
    "data",
    [
        hostile((NAME, 0, 1)),  # in the mark
        hostile((NAME, 50, 100)),  # beyond the objects
        hostile((NAME, 2**63, 1)),
        hostile((NAME, 20, 2**63)),
        hostile((b"../../etc/passwd", 20, 1)),
        hostile((b"/etc/passwd", 20, 1)),
        hostile((b"sp/CON", 20, 1)),
        hostile((b"\xff\xfe", 20, 1)),
        hostile((NAME, 20, 1), length=2**62),
        hostile((NAME, 20, 1), length=3),
        b"PK\x03\x04" + bytes(200),
    ],
)
def test_a_hostile_index_is_refused(data: bytes, tmp_path: Path):
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(MingchaError) as caught:
        FileDepot(path)
    assert caught.value.code == "hand_over_bad"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_no_changed_byte_does_anything_but_refuse_or_read_otherwise(
    tmp_path: Path, data: st.DataObject
):
    path = tmp_path / "any"
    made = FileDepot.begin(path, CountingEntropy("any"))
    made.write(name_of(ONE), ONE)
    finished(made).close()
    raw = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    try:
        read = FileDepot(path)
    except MingchaError:
        return
    with closing(read):
        for entry in read.entries("", below=True):
            found = read.read(entry.name, MOST)
            if names.hash_in(entry.name) is not None:
                with suppress(InvalidObject):
                    names.require_bytes(entry.name, found)
                    assert found == ONE
