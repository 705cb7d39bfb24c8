"""On which medium a depot lies: two depots that are lost together are one copy."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

#: Where Linux names the file systems of disks and sticks by an id that goes with them.
_BY_ID = Path("/dev/disk/by-uuid")
_ENDPOINT = re.compile(r"\(([^()]+)\)\Z")


def medium_of(place: str) -> str:
    """Return a name that all places on one medium share: a file system, or a server.

    place: as a depot names itself, or a folder of this computer. A file system that has no id of
    its own is named by where it is mounted. Raises OSError for a folder that is not there.
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
        for link in sorted(_BY_ID.iterdir()):
            if link.stat().st_rdev == device:
                return f"volume {link.name}"
    while not path.is_mount():
        path = path.parent
    return str(path)
