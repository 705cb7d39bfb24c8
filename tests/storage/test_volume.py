"""Where a live workspace may not lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector.base.errors import MingchaError
from inspector.storage.volume import (
    CLOUD_MARKERS,
    NETWORK_TYPES,
    mounted,
    refuse_volume,
    require_local,
)


@dataclass(frozen=True)
class Disk:
    device: str
    mountpoint: str
    fstype: str = "ext4"
    opts: str = "rw"


def refusal(act, *args) -> str:
    with pytest.raises(MingchaError) as caught:
        act(*args)
    return caught.value.code


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - 某某市政府",
        "onedrive-personal",
        "Dropbox",
        "Dropbox (Team)",
        "Google Drive",
        "GoogleDrive-someone@example.org",
        "CloudStorage",
        "iCloudDrive",
        "Mobile Documents",
        "Nextcloud",
        "SynologyDrive",
        "BaiduNetdiskWorkspace",
        "Google 云端硬盘",
        "我的云端硬盘",
        "腾讯微云",
        "天翼云盘",
        "Syncthing",
        "坚果云",
        "我的坚果云",
        "百度网盘",
        "BaiduSyncdisk",
        "WPS云盘",
    ],
)
def test_synchronised_folders_are_known_by_name(tmp_path, name):
    assert (
        refusal(require_local, tmp_path / name / "a" / "workspace") == "workspace_in_cloud_folder"
    )


@pytest.mark.parametrize("name", ["OneDriver", "my dropbox notes", "nextcloudy", "坚果", "sync"])
def test_similar_names_are_left_alone(tmp_path, name):
    require_local(tmp_path / name)


@pytest.mark.parametrize("marker", CLOUD_MARKERS)
def test_synchronised_folders_are_known_by_what_is_in_them(tmp_path, marker):
    (tmp_path / "shared" / marker).mkdir(parents=True)
    assert refusal(require_local, tmp_path / "shared" / "w") == "workspace_in_cloud_folder"
    require_local(tmp_path / "beside")


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox" / "w").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox" / "w", target_is_directory=True)
    assert refusal(require_local, tmp_path / "link") == "workspace_in_cloud_folder"
    assert refusal(require_local, tmp_path / "link" / "deeper") == "workspace_in_cloud_folder"


def test_network_names_of_windows_are_refused():
    assert refusal(require_local, Path("\\\\server\\share\\w")) == "workspace_on_network"


@pytest.mark.parametrize("fstype", sorted(NETWORK_TYPES))
def test_network_file_systems_are_refused(tmp_path, fstype):
    disks = [Disk("/dev/sda1", "/"), Disk("server:/x", str(tmp_path), fstype.upper())]
    code = refusal(refuse_volume, tmp_path / "not" / "yet" / "there", disks, tmp_path)
    assert code == "workspace_on_network"


def test_mapped_drives_of_windows_are_refused(tmp_path):
    for opts, code in (
        ("rw,remote", "workspace_on_network"),
        ("rw,removable", "workspace_on_removable"),
        ("ro,cdrom", "workspace_on_removable"),
    ):
        disks = [Disk("Z:", str(tmp_path), "NTFS", opts)]
        assert refusal(refuse_volume, tmp_path, disks, tmp_path) == code


def plant(folder: Path, flag: str) -> Path:
    """Describe a disk with one partition as Linux does in /sys."""
    disk = folder / "devices" / "block" / "sdb"
    (disk / "sdb1").mkdir(parents=True)
    (disk / "sdb1" / "partition").write_text("1\n", encoding="ascii")
    (disk / "removable").write_text(f"{flag}\n", encoding="ascii")
    devices = folder / "class"
    devices.mkdir()
    (devices / "sdb").symlink_to(disk, target_is_directory=True)
    (devices / "sdb1").symlink_to(disk / "sdb1", target_is_directory=True)
    return devices


@pytest.mark.parametrize("device", ["/dev/sdb", "/dev/sdb1"])
def test_sticks_are_refused(tmp_path, device):
    devices = plant(tmp_path, "1")
    disks = [Disk(device, str(tmp_path))]
    assert refusal(refuse_volume, tmp_path, disks, devices) == "workspace_on_removable"


def test_disks_in_a_usb_case_are_refused_though_they_do_not_call_themselves_removable(tmp_path):
    port = tmp_path / "usb2"
    devices = plant(port, "0")
    for device in ("/dev/sdb", "/dev/sdb1"):
        disks = [Disk(device, str(tmp_path))]
        assert refusal(refuse_volume, tmp_path, disks, devices) == "workspace_on_removable"


def test_the_disk_that_the_system_runs_from_is_accepted(tmp_path):
    devices = plant(tmp_path / "usb2", "1")
    home = Disk("/dev/sdb", str(tmp_path))
    refuse_volume(tmp_path, [Disk("/dev/sdb1", "/"), home], devices)
    code = refusal(refuse_volume, tmp_path, [Disk("/dev/sda1", "/"), home], devices)
    assert code == "workspace_on_removable"


def listed(tmp_path: Path, *lines: str) -> list[Disk]:
    """Return what is read from a list as Linux writes it; disk 8:17 is that of `plant`."""
    numbered, mounts = tmp_path / "numbered", tmp_path / "mountinfo"
    numbered.mkdir()
    for number, name in (("8:16", "sdb"), ("8:17", "sdb/sdb1")):
        target = next(tmp_path.rglob("devices/block")) / name
        (numbered / number).symlink_to(target, target_is_directory=True)
    mounts.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [Disk(*each) for each in mounted(mounts, numbered)]


def test_the_disk_that_the_system_runs_from_is_known_by_its_number(tmp_path):
    # A kernel that mounts the system itself names it “/dev/root”, which is no device.
    devices = plant(tmp_path / "usb2", "0")
    home = tmp_path / "my home"
    home.mkdir()
    written = str(home).replace(" ", "\\040")
    disks = listed(
        tmp_path,
        "25 1 8:17 / / rw,relatime shared:1 - ext4 /dev/root rw",
        "26 25 0:21 / /proc rw - proc proc rw",
        f"27 25 8:16 / {written} rw,noatime - ext4 /dev/sdb rw",
    )
    assert [disk.device for disk in disks] == ["/dev/sdb1", "proc", "/dev/sdb"]
    refuse_volume(home / "w", disks, devices)
    assert refusal(refuse_volume, home / "w", disks[1:], devices) == "workspace_on_removable"


def test_a_stick_is_known_by_its_number_whatever_it_was_mounted_as(tmp_path):
    devices = plant(tmp_path, "1")
    disks = listed(tmp_path, f"27 1 8:17 /w {tmp_path} rw shared:1 master:2 - vfat none rw")
    assert refusal(refuse_volume, tmp_path, disks, devices) == "workspace_on_removable"


def test_a_line_that_is_written_otherwise_is_left_out(tmp_path):
    plant(tmp_path, "0")
    disks = listed(
        tmp_path,
        "",
        "25 1 0:20 / / rw",
        "26 1 0:21 / /cut rw - ext4",
        "27 1 0:22 / /nothing rw - fuse none",
        f"28 1 0:23 / {tmp_path} rw - nfs4 server:/x rw",
    )
    assert [disk.mountpoint for disk in disks] == [str(tmp_path)]
    assert refusal(refuse_volume, tmp_path, disks, tmp_path) == "workspace_on_network"


def test_what_is_mounted_here_can_be_read():
    assert any(disk.mountpoint == "/" for disk in mounted())


def test_an_encrypted_stick_is_refused(tmp_path):
    devices = plant(tmp_path, "1")
    mapped = tmp_path / "devices" / "virtual" / "dm-0"
    (mapped / "slaves").mkdir(parents=True)
    (mapped / "slaves" / "sdb1").symlink_to(devices / "sdb1", target_is_directory=True)
    (devices / "dm-0").symlink_to(mapped, target_is_directory=True)
    (tmp_path / "mapper").mkdir()
    (tmp_path / "mapper" / "luks-1").symlink_to(tmp_path / "dm-0")
    disks = [Disk(str(tmp_path / "mapper" / "luks-1"), str(tmp_path))]
    assert refusal(refuse_volume, tmp_path, disks, devices) == "workspace_on_removable"


def test_fixed_disks_and_unknown_devices_are_accepted(tmp_path):
    devices = plant(tmp_path, "0")
    for device in ("/dev/sdb", "/dev/sdb1", "overlay", "tmpfs"):
        refuse_volume(tmp_path, [Disk(device, str(tmp_path))], devices)
    refuse_volume(tmp_path, [], devices)


def test_the_innermost_volume_counts(tmp_path):
    local = Disk("/dev/sda1", str(tmp_path / "net" / "local"))
    net = Disk("server:/x", str(tmp_path / "net"), "nfs4")
    (tmp_path / "net" / "local").mkdir(parents=True)
    for disks in ([local, net], [net, local]):
        refuse_volume(tmp_path / "net" / "local" / "w", disks, tmp_path)
        assert refusal(refuse_volume, tmp_path / "net" / "w", disks, tmp_path)
        refuse_volume(tmp_path / "network", disks, tmp_path)
