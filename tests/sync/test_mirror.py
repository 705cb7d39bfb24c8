"""Mirrors: the union of two depots, without keys, whatever happens meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT
from inspector.sync import names
from inspector.sync.depots import marker, room
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError
from inspector.sync.mirror import Mirrored, mirror
from inspector.sync.scrub import Problem
from tests.support.exchange import sealed_as
from tests.support.faulty_depot import Crashed, Fault, FaultyDepot
from tests.support.records import LOG, SPACE
from tests.sync.test_scrub import HEAD, OBJECTS, PART, PART_NAME, SEGMENT_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.ids import Entropy
    from inspector.sync.depots.protocol import Depot


@pytest.fixture
def source(tmp_path: Path, entropy: Entropy) -> FolderDepot:
    made = new(tmp_path / "stick", entropy)
    for name, data in OBJECTS.items():
        made.write(name, data)
    return made


@pytest.fixture
def target(tmp_path: Path, entropy: Entropy) -> FolderDepot:
    return new(tmp_path / "office", entropy)


def new(root: Path, entropy: Entropy) -> FolderDepot:
    root.mkdir()
    made = FolderDepot(root, entropy)
    marker.init(made, entropy)
    return made


def mirrored(source: Depot, target: Depot, *, verify: bool = False) -> Mirrored:
    done = Mirrored()
    for _ in mirror(source, target, SILENT, done, verify=verify):
        pass
    return done


def content(depot: Depot) -> dict[str, bytes]:
    return {each.name: depot.read(each.name, 9 << 20) for each in depot.entries("sp", below=True)}


def test_a_copy_has_everything_and_keeps_what_it_had(source: FolderDepot, target: FolderDepot):
    own = {names.part("other", names.hash_of(PART)): PART}
    for name, data in own.items():
        target.write(name, data)
    done = mirrored(source, target)
    assert content(target) == OBJECTS | own
    assert (done.objects, done.copied) == (4, 4)
    assert done.bytes == sum(map(len, OBJECTS.values()))
    assert marker.read(target).depot != marker.read(source).depot


def test_a_second_copy_copies_nothing_and_reads_nothing(source: FolderDepot, target: FolderDepot):
    mirrored(source, target)
    before = source.requests
    assert mirrored(source, target).copied == 0
    # The marker, and one listing for each folder.
    assert source.requests - before <= 1 + 12


def test_heads_are_written_last(source: FolderDepot, target: FolderDepot):
    steps = mirror(source, target, SILENT, Mirrored())
    seen = []
    for _ in steps:
        seen.append(set(content(target)))
    assert not any(HEAD in each for each in seen)
    assert HEAD in content(target)


def test_a_broken_copy_goes_on_where_it_stopped(source: FolderDepot, target: FolderDepot):
    for fault in (Fault.CRASH_BEFORE, Fault.TORN, Fault.EMPTY, Fault.LOST_ANSWER, Fault.FULL):
        faulty = FaultyDepot(target)
        faulty.next_fault(fault)
        with pytest.raises((DepotError, Crashed)):
            mirrored(source, faulty)
    mirrored(source, target)
    assert content(target) == OBJECTS


def test_what_is_damaged_at_the_source_is_not_handed_on(source: FolderDepot, target: FolderDepot):
    source.write(PART_NAME, PART[:-1] + b"!")
    done = mirrored(source, target)
    assert done.problems == [Problem("name", PART_NAME)]
    assert content(target).keys() == OBJECTS.keys() - {PART_NAME}


def test_what_is_damaged_at_the_target_is_mended_when_asked(
    source: FolderDepot, target: FolderDepot
):
    mirrored(source, target)
    target.write(PART_NAME, PART[:-1] + b"!")
    assert mirrored(source, target).copied == 0
    assert mirrored(source, target, verify=True).copied == 1
    assert content(target) == OBJECTS


def test_what_a_newer_version_wrote_is_handed_on(source: FolderDepot, target: FolderDepot):
    newer = OBJECTS[SEGMENT_NAME].replace(b"MCOBJ1", b"MCOBJ9")
    written = {
        names.segment(SPACE, LOG, names.hash_of(newer)): newer,
        f"sp/{'a' * 26}/u/{'b' * 52}": b"?",
    }
    for name, data in written.items():
        source.write(name, data)
    done = mirrored(source, target)
    assert done.problems == []
    assert content(target) == OBJECTS | written


def test_old_heads_do_not_pile_up_in_a_copy(source: FolderDepot, target: FolderDepot):
    heads = [names.head(SPACE, LOG, each) for each in range(2, 7)]
    for name in heads:
        source.write(name, sealed_as("head", name.encode()))
        mirrored(source, target)
        source.remove(names.head(SPACE, LOG, int(name[-1]) - 1))
    kept = [name for name in content(target) if names.head_name(name)]
    assert sorted(kept) == heads[-2:]


def test_a_copy_that_would_not_fit_is_not_begun(
    source: FolderDepot, target: FolderDepot, monkeypatch: pytest.MonkeyPatch
):
    size = sum(map(len, OBJECTS.values()))
    monkeypatch.setattr(target, "free", lambda: size + room.RESERVE - 1)
    with pytest.raises(DepotError, match="depot_full"):
        mirrored(source, target)
    assert content(target) == {}
    monkeypatch.setattr(target, "free", lambda: None)
    mirrored(source, target)
    assert content(target) == OBJECTS


def test_a_depot_is_not_copied_into_itself_nor_into_what_is_none(
    source: FolderDepot, tmp_path: Path
):
    with pytest.raises(MingchaError, match="depot_same"):
        mirrored(source, FolderDepot(tmp_path / "stick"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(MingchaError, match="depot_unmarked"):
        mirrored(source, FolderDepot(tmp_path / "empty"))
    assert list((tmp_path / "empty").iterdir()) == []
