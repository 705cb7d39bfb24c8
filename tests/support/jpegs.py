"""Small photographs with the metadata a test asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def write_jpeg(
    path: Path,
    *,
    taken: str = "",
    model: str = "Test Phone",
    tint: int = 0,
    size: tuple[int, int] = (64, 48),
) -> Path:
    """Write a JPEG; `taken` is the camera's clock like 2026:03:04 10:00:00, zone +08:00."""
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    if taken:
        exif[0x0110] = model
        exif.get_ifd(0x8769).update({0x9003: taken, 0x9011: "+08:00"})
    options = {"exif": exif} if taken else {"quality": 75}
    Image.new("RGB", size, (tint, 90, 160)).save(path, "JPEG", **options)
    return path
