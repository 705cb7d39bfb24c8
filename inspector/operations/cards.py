"""Cards, sticks and telephones that are connected now, and the folders of photographs on them."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.storage.volume import NETWORK_TYPES, is_removable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.storage.volume import Partition

#: Where cameras and telephones keep photographs (JEITA CP-3461, “DCF”).
DCIM = "DCIM"
#: Where desktops of Linux show telephones that are connected by cable.
_TELEPHONES = ("mtp:*", "gphoto2:*", "afc:*")


@dataclass(frozen=True, slots=True)
class Card:
    """A volume that can be pulled out. photographs: the folder to offer; size, free: bytes."""

    name: str
    root: Path
    photographs: Path
    has_dcim: bool
    size: int = 0
    free: int = 0


def cards() -> tuple[Card, ...]:
    """Return what is connected now. Takes a moment: not on the thread of the windows."""
    # psutil takes a while to import; only this and opening a workspace need it.
    import psutil

    found = list(cards_of(psutil.disk_partitions(all=False), Path("/sys/class/block")))
    if sys.platform == "linux":
        found.extend(_telephones(Path(f"/run/user/{os.getuid()}/gvfs")))
    return tuple(found)


def cards_of(partitions: Sequence[Partition], devices: Path) -> Iterator[Card]:
    """Yield the volumes that can be pulled out, or that hold a camera's folder.

    `partitions` as psutil lists them; `devices` is the folder where Linux describes disks.
    """
    for part in partitions:
        root = Path(part.mountpoint)
        if part.fstype.lower() in NETWORK_TYPES or "cdrom" in part.opts.lower().split(","):
            continue
        dcim = _dcim(root)
        if dcim is None and not is_removable(part, partitions, devices):
            continue
        try:
            room = shutil.disk_usage(root)
        except OSError:
            continue  # a reader without a card
        name = root.name or part.mountpoint
        yield Card(name, root, dcim or root, dcim is not None, room.total, room.free)


def _telephones(shown_in: Path) -> Iterator[Card]:
    """Yield telephones, each of whose storages may hold a folder of photographs."""
    for kind in _TELEPHONES:
        for root in sorted(shown_in.glob(kind)):
            storages = [dcim for each in (root, *_folders(root)) if (dcim := _dcim(each))]
            for dcim in storages:
                yield Card(_telephone_name(root.name), root, dcim, has_dcim=True)


def _telephone_name(folder: str) -> str:
    return folder.partition("host=")[2].replace("_", " ") or folder


def _dcim(root: Path) -> Path | None:
    """Return the folder of photographs whatever its letters' case, None if there is none."""
    return next((each for each in _folders(root) if each.name.upper() == DCIM), None)


def _folders(root: Path) -> list[Path]:
    try:
        return sorted(each for each in root.iterdir() if each.is_dir())
    except OSError:
        return []
