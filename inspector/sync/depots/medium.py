"""On which medium a depot lies: two depots that are lost together are one copy."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

#: Where Linux names the file systems of disks and sticks by an id that goes with them, and where it
#: tells which disk a file system lies on.
_BY_ID = Path("/dev/disk/by-uuid")
_DEVICES = Path("/sys/dev/block")
_ENDPOINT = re.compile(r"\(([^()]+)\)\Z")


def medium_of(place: str) -> str:
    """Return a name that all places on one medium share: a disk or stick, or a server.

    place: as a depot names itself, or a folder of this computer. On Linux the partitions of a disk
    are one medium; elsewhere each volume is one. A file system that has no id of its own is named
    by where it is mounted. Raises OSError for a folder that is not there.
    """
    if "://" in place:
        endpoint = _ENDPOINT.search(place)
        split = urlsplit(place)
        return endpoint[1] if endpoint else f"{split.scheme}://{split.netloc}"
    path = Path(place).resolve()
    device = path.stat().st_dev
    if os.name == "nt":
        return f"volume {device}"  # the serial number that formatting gave it
    with suppress(OSError):
        ids = {Path(os.readlink(link)).name: link.name for link in sorted(_BY_ID.iterdir())}
        for name in _of_one_disk(device):
            if name in ids:
                return f"volume {ids[name]}"
    while not path.is_mount():
        path = path.parent
    return str(path)


def _of_one_disk(device: int) -> list[str]:
    """Return the names of a disk and its partitions, the first one first: any names them all.

    Letters change from one plugging in to the next, the id of a disk's first file system does not,
    also when others are added behind it. Raises OSError for what is no block device.
    """
    file_system = (_DEVICES / f"{os.major(device)}:{os.minor(device)}").resolve(strict=True)
    node = file_system
    # What is encrypted or a logical volume lies on another device.
    while (node / "slaves").is_dir() and (below := sorted((node / "slaves").iterdir())):
        node = below[0].resolve(strict=True)
    disk = node.parent if (node / "partition").exists() else node
    parts = sorted(
        (int((each / "partition").read_text()), each.name)
        for each in disk.iterdir()
        if (each / "partition").is_file()
    )
    return [disk.name, *(name for _number, name in parts), file_system.name]
