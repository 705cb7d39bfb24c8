"""The marker: known, unknown, newer, torn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.sync.depots import marker
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.marker import Marker

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.fixed import CountingEntropy

ID = "0b9f6c1e-6d0f-4c1a-9d55-0a4b3c2d1e0f"


def told(folder: Path, data: bytes | None) -> str:
    if data is not None:
        (folder / "depot.json").write_bytes(data)
    with pytest.raises(MingchaError) as caught:
        marker.read(FolderDepot(folder))
    return caught.value.code


def test_a_marker_is_as_it_ever_was():
    data = b'{"depot":"%s","layout":1,"needs":[],"v":1}\n' % ID.encode()
    assert Marker(ID).to_bytes() == data
    assert marker.parse(data) == Marker(ID)
    # Somebody's editor may have changed the end of the line.
    assert marker.parse(data.replace(b"\n", b"\r\n")) == Marker(ID)


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"{}",
        b"[]",
        b"\0" * 100,
        b"x" * 100_000,
        Marker(ID).to_bytes()[:20],
        Marker("not-an-id").to_bytes(),
        b'{"depot":1,"layout":1,"needs":[],"v":1}',
        b'{"depot":"%s","layout":1,"needs":{},"v":1}' % ID.encode(),
        b'{"depot":"%s","layout":1,"needs":[],"v":true}' % ID.encode(),
        b'{"depot":"%s","depot":"%s","layout":1,"needs":[],"v":1}' % (ID.encode(), ID.encode()),
    ],
)
def test_what_has_no_sound_marker_is_no_depot(data: bytes | None, tmp_path: Path):
    assert told(tmp_path, data) == "depot_unmarked"


@pytest.mark.parametrize(
    "data",
    [
        b'{"depot":"%s","layout":2,"needs":[],"v":1}' % ID.encode(),
        b'{"depot":"%s","layout":1,"needs":[],"v":2}' % ID.encode(),
        Marker(ID, needs=("packs",)).to_bytes(),
    ],
)
def test_a_depot_of_a_newer_version_is_left_alone(data: bytes, tmp_path: Path):
    assert told(tmp_path, data) == "depot_newer"
    with pytest.raises(MingchaError, match="depot_newer"):
        marker.init(FolderDepot(tmp_path), lambda count: bytes(count))
    assert (tmp_path / "depot.json").read_bytes() == data


def test_a_torn_marker_is_replaced_when_asked(tmp_path: Path, entropy: CountingEntropy):
    (tmp_path / "depot.json").write_bytes(b"")
    made = marker.init(FolderDepot(tmp_path), entropy)
    assert marker.read(FolderDepot(tmp_path)) == made


def test_another_depot_is_not_taken_for_it(tmp_path: Path, entropy: CountingEntropy):
    depots = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        depots.append(FolderDepot(tmp_path / name))
    known = [marker.init(depot, entropy) for depot in depots]
    marker.require(depots[0], known[0].depot)
    with pytest.raises(MingchaError) as caught:
        marker.require(depots[0], known[1].depot)
    assert caught.value.code == "depot_other"
