"""A folder as a depot: the contract, and what sticks and shares do to it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector.sync import names
from inspector.sync.depots import folder, marker
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.invalid import InvalidObject
from tests.support.fixed import CountingEntropy
from tests.sync.depots.contract import LOG, MOST, ONE, SPACE, TWO, Contract, name_of

if TYPE_CHECKING:
    from inspector.base.ids import Entropy


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def depot(root: Path, entropy: Entropy) -> FolderDepot:
    made = FolderDepot(root, entropy)
    marker.init(made, entropy)
    return made


class TestFolder(Contract):
    """The contract on a folder."""


def failed(call: object) -> str:
    with pytest.raises(DepotError) as caught:
        call()
    return caught.value.trouble


def left_over(root: Path) -> list[Path]:
    return list(root.rglob("*.part"))


def test_taking_an_object_away_leaves_alone_what_another_is_writing(
    depot: FolderDepot, root: Path, monkeypatch: pytest.MonkeyPatch
):
    other, name, replace = FolderDepot(root), name_of(ONE), Path.replace

    def meanwhile(self: Path, target: Path) -> Path:
        other.remove(name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", meanwhile)
    depot.write(name, ONE)
    assert depot.read(name, MOST) == ONE


def test_what_the_power_left_of_an_object_is_swept_and_nothing_else(depot: FolderDepot, root: Path):
    for data in (ONE, TWO):
        depot.write(name_of(data), data)
        (root / f"{name_of(data)}.0123456789ab.part").write_bytes(data[:3])
    depot.sweep(name_of(ONE))
    assert left_over(root) == [root / f"{name_of(TWO)}.0123456789ab.part"]
    assert depot.read(name_of(ONE), MOST) == ONE


def test_a_pulled_stick_is_away_and_nothing_is_written_into_its_empty_place(
    depot: FolderDepot, root: Path
):
    depot.write(name_of(ONE), ONE)
    shutil.rmtree(root)
    for present in (False, True):
        if present:
            root.mkdir()  # the mount point that stays behind
        assert failed(lambda: depot.write(name_of(TWO), TWO)) == "away"
        assert failed(lambda: depot.read(name_of(ONE), MOST)) == "away"
        assert failed(lambda: depot.remove(name_of(ONE))) == "away"
        assert failed(lambda: list(depot.entries("sp", below=True))) == "away"
    assert list(root.iterdir()) == []


def test_a_depot_is_not_made_where_there_is_no_folder(root: Path):
    nowhere = FolderDepot(root / "missing")
    assert failed(lambda: nowhere.write(names.MARKER, b"{}")) == "away"
    assert not (root / "missing").exists()


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EACCES, "denied"),
        (errno.EROFS, "denied"),
        (errno.ESTALE, "away"),
        (errno.EIO, "broken"),
    ],
)
def test_a_failing_write_leaves_nothing_and_says_what_failed(
    depot: FolderDepot,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    trouble: str,
):
    depot.write(name_of(ONE), ONE[:5])

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(folder.os, "fsync", fail)
    assert failed(lambda: depot.write(name_of(ONE), ONE)) == trouble
    monkeypatch.undo()
    assert depot.read(name_of(ONE), MOST) == ONE[:5]
    assert left_over(root) == []


def test_an_input_error_of_a_stick_that_is_gone_is_told_as_that(
    depot: FolderDepot, root: Path, monkeypatch: pytest.MonkeyPatch
):
    def pull(_descriptor: int) -> None:
        shutil.rmtree(root)
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(folder.os, "fsync", pull)
    assert failed(lambda: depot.write(name_of(ONE), ONE)) == "away"


def test_a_medium_that_stores_something_else_is_found_out(
    depot: FolderDepot, monkeypatch: pytest.MonkeyPatch
):
    real = Path.replace

    def tear(self: Path, target: Path) -> Path:
        self.write_bytes(self.read_bytes()[:-1] + b"\0")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", tear)
    assert failed(lambda: depot.write(name_of(ONE), ONE)) == "broken"


def test_a_write_protected_folder_is_told(depot: FolderDepot, root: Path):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    root.chmod(0o500)
    assert failed(lambda: depot.write(name_of(ONE), ONE)) == "denied"
    root.chmod(0o700)


def test_what_is_no_file_is_refused_at_once(depot: FolderDepot, root: Path):
    """A pipe would make a careless reader wait for ever."""
    path = root / name_of(ONE)
    path.parent.mkdir(parents=True)
    for make, remove in (
        (lambda: os.mkfifo(path), path.unlink),
        (path.mkdir, path.rmdir),
        (lambda: path.symlink_to(root / names.MARKER), path.unlink),
    ):
        make()
        with pytest.raises(InvalidObject):
            depot.read(name_of(ONE), MOST)
        assert list(depot.entries(names.segment_folder(SPACE, LOG))) == []
        remove()


def test_a_link_does_not_lead_writing_out_of_the_depot(
    depot: FolderDepot, root: Path, tmp_path: Path
):
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "sp").symlink_to(outside, target_is_directory=True)
    assert failed(lambda: depot.write(name_of(ONE), ONE)) == "broken"
    assert [path for path in outside.rglob("*") if path.is_file()] == []


def test_files_of_others_and_left_overs_are_no_objects(depot: FolderDepot, root: Path):
    depot.write(name_of(ONE), ONE)
    beside = (root / name_of(ONE)).parent
    for name in ("Thumbs.DB", ".DS_Store", "desktop.ini~", f"{'a' * 52}.0011.part", "回收站"):
        (beside / name).write_bytes(b"x")
    assert [entry.name for entry in depot.entries(names.segment_folder(SPACE, LOG))] == [
        name_of(ONE)
    ]


def test_folders_in_folders_without_end_are_passed_by(depot: FolderDepot, root: Path):
    depot.write(name_of(ONE), ONE)
    inner = os.open(root / "sp", os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("a", dir_fd=inner)
        outer, inner = inner, os.open("a", os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(inner)
    try:
        listed = [entry.name for entry in depot.entries("sp", below=True)]
        assert listed == [name_of(ONE)]
        assert depot.requests < 100
    finally:
        subprocess.run(["rm", "-rf", str(root / "sp" / "a")], check=True)


def test_a_folder_that_may_not_be_read_hides_nothing_but_itself(
    depot: FolderDepot, root: Path, monkeypatch: pytest.MonkeyPatch
):
    for data in (ONE, TWO):
        depot.write(name_of(data), data)
    (root / "sp" / "lost").mkdir()
    real = os.scandir

    def scandir(path: Path) -> object:
        if path.name == "lost":
            raise PermissionError(errno.EACCES, "no", str(path))
        return real(path)

    monkeypatch.setattr(folder.os, "scandir", scandir)
    assert len(list(depot.entries("sp", below=True))) == 2
    assert failed(lambda: list(depot.entries("sp/lost"))) == "denied"


def test_what_another_visit_takes_away_meanwhile_is_left_out(depot: FolderDepot, root: Path):
    for data in (ONE, TWO):
        depot.write(name_of(data), data)
    listing = depot.entries(names.segment_folder(SPACE, LOG))
    first = next(listing)
    for data in (ONE, TWO):
        if name_of(data) != first.name:
            depot.remove(name_of(data))
    assert list(listing) == []


def test_an_empty_folder_in_the_place_of_an_object_makes_room(depot: FolderDepot, root: Path):
    path = root / name_of(ONE)
    path.mkdir(parents=True)
    depot.write(name_of(ONE), ONE)
    assert depot.read(name_of(ONE), MOST) == ONE
    full = root / name_of(TWO)
    full.mkdir()
    (full / "kept").write_bytes(b"x")
    assert failed(lambda: depot.write(name_of(TWO), TWO)) == "broken"
    assert (full / "kept").exists()
    assert left_over(root) == []


def test_a_system_that_shows_names_in_capitals_has_the_same_objects(
    depot: FolderDepot, root: Path, monkeypatch: pytest.MonkeyPatch
):
    """FAT without long names; there the lower-case path opens the same file."""
    depot.write(name_of(ONE), ONE)
    real = os.scandir

    class Shouting:
        def __init__(self, path: object) -> None:
            self.inner = real(path)

        def __enter__(self) -> list[Shouted]:
            return [Shouted(entry) for entry in self.inner.__enter__()]

        def __exit__(self, *_: object) -> None:
            self.inner.close()

    class Shouted:
        def __init__(self, entry: os.DirEntry) -> None:
            self.name = entry.name.upper()
            self.is_dir, self.is_file, self.stat = entry.is_dir, entry.is_file, entry.stat

    monkeypatch.setattr(folder.os, "scandir", Shouting)
    listed = [entry.name for entry in depot.entries(names.segment_folder(SPACE, LOG))]
    assert listed == [name_of(ONE)]


def test_another_case_of_a_name_is_another_object_where_case_counts(depot: FolderDepot, root: Path):
    path = root / name_of(ONE)
    path.parent.mkdir(parents=True)
    path.with_name(path.name.upper()).write_bytes(ONE)
    if path.exists():
        pytest.skip("this file system does not tell the two apart")
    assert list(depot.entries(names.segment_folder(SPACE, LOG))) == []


def test_times_do_not_count(depot: FolderDepot, root: Path):
    """FAT keeps every other second, sticks come from machines whose clocks are years off."""
    depot.write(name_of(ONE), ONE[:9])
    for moment in (0, 2, 4_000_000_000):
        os.utime(root / name_of(ONE), (moment, moment))
        depot.write(name_of(ONE), ONE)
        assert depot.read(name_of(ONE), MOST) == ONE


def test_two_programs_may_write_the_same_object(depot: FolderDepot, root: Path):
    other = FolderDepot(root, CountingEntropy("other"))
    for each in (depot, other, depot):
        each.write(name_of(ONE), ONE)
    assert left_over(root) == []
    other.remove(name_of(ONE))
    with pytest.raises(Missing):
        depot.read(name_of(ONE), MOST)


def test_a_folder_that_somebody_removed_is_made_again(depot: FolderDepot, root: Path):
    depot.write(name_of(ONE), ONE)
    shutil.rmtree(root / "sp")
    depot.write(name_of(ONE), ONE)
    assert depot.read(name_of(ONE), MOST) == ONE
