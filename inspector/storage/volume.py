"""Where the live workspace may not lie.

SQLite's guarantees end on network shares, a stick can be pulled at any moment, and programs that
synchronise folders copy a database in the middle of a write (seen to corrupt in public trackers of
Joplin, Trilium and others). Exchange happens through depots and copies instead.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from inspector.base.errors import MingchaError

NETWORK_TYPES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "afs", "ceph", "lustre"),
        *("glusterfs", "davfs", "webdav", "ncpfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs"),
        *("fuse.s3fs", "fuse.gvfsd-fuse", "fuse.glusterfs"),
    }
)
CLOUD_FOLDER = re.compile(
    r"onedrive( ?-.*)?|dropbox( \(.*\))?|google ?drive|icloud ?drive|mobile documents|nextcloud|"
    r"owncloud|seafile|syncthing|nutstore( files)?|坚果云|百度网盘|baidunetdisk|baidusyncdisk|"
    r"wps云盘|wpsdrive|微云同步盘|阿里云盘|box sync|pcloud ?drive|megasync.*",
    re.IGNORECASE,
)
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
    _refuse_cloud(path)
    if str(path).startswith("\\\\"):
        raise MingchaError("workspace_on_network", path=path)
    _refuse_volume(path)


def _refuse_cloud(path: Path) -> None:
    for parent in (path, *path.parents):
        marked = any((parent / marker).exists() for marker in CLOUD_MARKERS)
        if marked or CLOUD_FOLDER.fullmatch(parent.name):
            raise MingchaError("workspace_in_cloud_folder", path=path, folder=parent)


def _refuse_volume(path: Path) -> None:
    # psutil takes a while to import; only opening a workspace needs it.
    import psutil

    existing = next(p for p in (path, *path.parents) if p.exists()).resolve()
    best = None
    for part in psutil.disk_partitions(all=True):
        inside = existing.is_relative_to(part.mountpoint)
        if inside and (best is None or len(part.mountpoint) >= len(best.mountpoint)):
            best = part
    if best is None:
        return
    options = best.opts.lower().split(",")
    if best.fstype.lower() in NETWORK_TYPES or "remote" in options:
        raise MingchaError("workspace_on_network", path=path)
    if "removable" in options or "cdrom" in options or _removable_device(best.device):
        raise MingchaError("workspace_on_removable", path=path)


def _removable_device(device: str) -> bool:
    """Ask Linux's sysfs whether the disk below `device` can be pulled out."""
    if not sys.platform.startswith("linux"):
        return False
    node = Path("/sys/class/block") / Path(device).name
    if not node.exists():
        return False
    disk = node.resolve()
    for candidate in (disk, disk.parent):
        flag = candidate / "removable"
        if flag.exists():
            return flag.read_text(encoding="ascii").strip() == "1"
    return False
