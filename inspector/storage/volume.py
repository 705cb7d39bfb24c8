"""Where the live workspace may not lie.

SQLite's guarantees end on network shares, a stick can be pulled at any moment, and programs that
synchronise folders copy a database in the middle of a write (seen to corrupt in public trackers of
Joplin, Trilium and others). Exchange happens through depots and copies instead.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence


class Partition(Protocol):
    """What is asked of a mounted volume, named as psutil names it."""

    @property
    def device(self) -> str:
        """The device, such as /dev/sda1."""
        ...

    @property
    def mountpoint(self) -> str:
        """Where it is mounted."""
        ...

    @property
    def fstype(self) -> str:
        """The kind of its file system."""
        ...

    @property
    def opts(self) -> str:
        """Options, separated by commas."""
        ...


class Mount(NamedTuple):
    """A line of Linux's own list, as a `Partition`."""

    device: str
    mountpoint: str
    fstype: str
    opts: str


#: Where Linux lists what is mounted (proc_pid_mountinfo(5)); blanks are written as “\\040”.
_MOUNTS = Path("/proc/self/mountinfo")
#: Where it describes disks by their number.
_NUMBERED = Path("/sys/dev/block")
_WRITTEN = pattern(r"\\([0-7]{3})")

NETWORK_TYPES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ceph", "lustre"),
        *("glusterfs", "davfs", "webdav", "ncpfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs"),
        *("fuse.s3fs", "fuse.gvfsd-fuse", "fuse.glusterfs"),
    }
)
CLOUD_FOLDER = pattern(
    r"onedrive( ?-.*)?|dropbox( \(.*\))?|google ?drive(-.*)?|cloudstorage|icloud ?drive|"
    r"mobile documents|nextcloud|owncloud|seafile|syncthing|nutstore( files)?|(我的)?坚果云|"
    r"百度网盘|baidunetdisk(workspace)?|baidusyncdisk|wps云盘|wpsdrive|微云同步盘|(腾讯)?微云|"
    r"阿里云盘|天翼云盘|(google ?|我的)云端硬盘|synology ?drive|box sync|"
    r"pcloud ?drive|megasync.*",
    re.IGNORECASE,
)
_USB_PORT = pattern(r"usb\d+")
CLOUD_MARKERS = (
    ".stfolder",
    ".dropbox",
    ".dropbox.cache",
    ".owncloudsync.log",
    ".sync",
    ".seafile-data",
)


def require_local(folder: Path) -> None:
    """Raise MingchaError unless `folder` (which need not exist yet) may hold a live workspace.

    Codes: `workspace_on_network`, `workspace_on_removable`, `workspace_in_cloud_folder`.
    """
    path = Path(os.path.abspath(folder))
    # A link may lead into a synchronised folder, or such a folder may itself be a link.
    for each in (path, path.resolve()):
        _refuse_cloud(each)
        if str(folder).startswith("\\\\") or str(each).startswith("\\\\"):
            raise MingchaError("workspace_on_network", path=path)
    refuse_volume(path, mounted(), Path("/sys/class/block"))


def mounted(mounts: Path = _MOUNTS, numbered: Path = _NUMBERED) -> Sequence[Partition]:
    """Return every volume that is mounted now."""
    if not mounts.exists():
        # It takes longer to load than all else that opening a workspace needs.
        import psutil

        found: Sequence[Partition] = psutil.disk_partitions(all=True)
        return found
    lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    return [each for line in lines if (each := _mount(line, numbered)) is not None]


def _mount(line: str, numbered: Path) -> Mount | None:
    """Read a line, such as “27 1 8:2 / /home rw shared:1 - ext4 /dev/root rw”.

    The disk is named by its number: the name that was given on mounting may be no device at all,
    as “/dev/root” is. None where a line is not written so: it may come from any kernel.
    """
    given = line.split(" ")
    if "-" not in given[6:]:
        return None
    told = given[given.index("-", 6) + 1 :]
    if len(told) < 3:
        return None
    fstype, device = told[:2]
    disk = numbered / given[2]
    if disk.exists():
        device = f"/dev/{disk.resolve().name}"
    return Mount(_name(device), _name(given[4]), fstype, given[5])


def _name(written: str) -> str:
    return _WRITTEN.sub(lambda found: chr(int(found[1], 8)), written)


def _refuse_cloud(path: Path) -> None:
    for parent in (path, *path.parents):
        marked = any((parent / marker).exists() for marker in CLOUD_MARKERS)
        if marked or CLOUD_FOLDER.fullmatch(parent.name):
            raise MingchaError("workspace_in_cloud_folder", path=path, folder=parent)


def refuse_volume(path: Path, partitions: Sequence[Partition], devices: Path) -> None:
    """Raise MingchaError if `path` lies on a network or removable volume.

    `partitions` as psutil lists them; `devices` is the folder where Linux describes disks.
    """
    existing = next(p for p in (path, *path.parents) if p.exists()).resolve()
    best = None
    for part in partitions:
        inside = existing.is_relative_to(part.mountpoint)
        if inside and (best is None or len(part.mountpoint) >= len(best.mountpoint)):
            best = part
    if best is None:
        return
    options = best.opts.lower().split(",")
    if best.fstype.lower() in NETWORK_TYPES or "remote" in options:
        raise MingchaError("workspace_on_network", path=path)
    if is_removable(best, partitions, devices):
        raise MingchaError("workspace_on_removable", path=path)


def is_removable(part: Partition, partitions: Sequence[Partition], devices: Path) -> bool:
    """Tell whether a volume can be pulled out. Arguments as for `refuse_volume`."""
    options = part.opts.lower().split(",")
    if "removable" in options or "cdrom" in options:
        return True
    system = next((each for each in partitions if each.mountpoint == "/"), None)
    # What the system itself runs from stays where it is, whatever it hangs on.
    disks = _disks(devices, part) - (_disks(devices, system) if system else set())
    return any(map(_can_be_pulled_out, disks))


def _disks(devices: Path, part: Partition) -> set[Path]:
    """Return the disks below a volume as Linux's sysfs describes them; elsewhere there are none."""
    return _below(devices / Path(os.path.realpath(part.device)).name)


def _below(node: Path) -> set[Path]:
    """Return the disk of a partition; for an encrypted or joined volume all disks it lies on."""
    if not node.exists():
        return set()
    device = node.resolve()
    parts = device / "slaves"
    lower = [_below(each) for each in parts.iterdir()] if parts.is_dir() else []
    if lower:
        return set().union(*lower)
    return {device.parent if (device / "partition").exists() else device}


def _can_be_pulled_out(disk: Path) -> bool:
    """Sticks say so; disks in a USB case do not, but hang on a USB port."""
    if any(_USB_PORT.fullmatch(part) for part in disk.parts):
        return True
    flag = disk / "removable"
    return flag.exists() and flag.read_text(encoding="ascii").strip() == "1"
