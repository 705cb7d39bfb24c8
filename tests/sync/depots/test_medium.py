"""What lies on one disk is lost together, whichever of its partitions it lies on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inspector.sync.depots import medium
from inspector.sync.depots.medium import medium_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows names volumes by their serial")

#: Names of devices with their numbers, as Linux lays them out below /sys.
_DISKS = {
    "sda": (8, 0, {"sda1": 1, "sda2": 2, "sda10": 10}),
    "sdb": (8, 16, {"sdb1": 17}),
    "sdc": (8, 32, {}),
}
#: File systems by id: the disk sdc has one without any partition.
_IDS = {"F1": "sda1", "0A": "sda2", "00": "sda10", "B1": "sdb1", "C0": "sdc", "D0": "dm-0"}


class Machine:
    """Disks below a folder; `on` says on which device the depot lies."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._root = root
        numbers = root / "dev"
        ids = root / "by-uuid"
        numbers.mkdir()
        ids.mkdir()
        for disk, (major, minor, parts) in _DISKS.items():
            self._device(disk, major, minor)
            for part, number in parts.items():
                folder = self._device(f"{disk}/{part}", major, number)
                (folder / "partition").write_text(f"{part.removeprefix(disk)}\n")
        mapped = self._device("dm-0", 253, 0)
        (mapped / "slaves").mkdir()
        (mapped / "slaves/sda2").symlink_to(root / "devices/sda/sda2")
        for each, name in _IDS.items():
            (ids / each).symlink_to(f"../../{name}")
        monkeypatch.setattr(medium, "_DEVICES", numbers)
        monkeypatch.setattr(medium, "_BY_ID", ids)

    def _device(self, name: str, major: int, minor: int) -> Path:
        folder = self._root / "devices" / name
        folder.mkdir(parents=True, exist_ok=True)
        (self._root / "dev" / f"{major}:{minor}").symlink_to(folder)
        return folder

    def on(self, major: int, minor: int) -> str:
        real = Path.stat

        def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
            found = real(path, follow_symlinks=follow_symlinks)
            if path != self._root:
                return found
            values = list(found)
            values[2] = os.makedev(major, minor)
            return os.stat_result(values)

        with self._monkeypatch.context() as patch:
            patch.setattr(Path, "stat", stat)
            return medium_of(str(self._root))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path.resolve(), monkeypatch)


def test_partitions_of_one_disk_are_one_medium(machine: Machine) -> None:
    first, second, tenth = machine.on(8, 1), machine.on(8, 2), machine.on(8, 10)
    # Named by the first partition, so that one more behind it changes nothing.
    assert (first, second, tenth) == ("volume F1",) * 3


def test_an_encrypted_volume_lies_on_the_disk_below_it(machine: Machine) -> None:
    assert machine.on(253, 0) == machine.on(8, 1)


def test_other_disks_are_other_media(machine: Machine) -> None:
    assert machine.on(8, 17) == "volume B1"
    assert machine.on(8, 32) == "volume C0"  # a stick without partitions


def test_a_share_is_named_by_where_it_is_mounted(machine: Machine, tmp_path: Path) -> None:
    assert machine.on(0, 41) == str(tmp_path.resolve())


def test_servers_are_named_by_their_host() -> None:
    assert medium_of("sftp://office:22/a") == medium_of("sftp://office:22/b")
    assert medium_of("s3://bucket/a (minio.example)") == "minio.example"
