"""Drawn photographs for the demonstration: a service hall as nobody ever took it.

No real place and no real people: silhouettes, made-up signs, invented cameras. They carry the
metadata that telephones write, so that everything that reads metadata has something to read.
"""

from __future__ import annotations

import io
from datetime import UTC
from fractions import Fraction
from typing import TYPE_CHECKING

from PIL import Image

from inspector.media.sample_drawing import Brush
from inspector.media.sample_scenes import SCENES, SamplePhoto, Scene

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SamplePhoto", "Scene", "draw_photo"]

SIZE = (2000, 1500)
#: A recompressed copy has the longer side that messengers reduce to.
COPY_SIZE = (1280, 960)


def draw_photo(photo: SamplePhoto, font: Path | None = None) -> bytes:
    """Return the photograph as JPEG. `font`: a TrueType file for Chinese words; None: none."""
    brush = Brush(SIZE, font, photo.name)
    SCENES[photo.scene](brush, photo)
    image = brush.finished(1.03)
    out = io.BytesIO()
    if not photo.camera:
        image.resize(COPY_SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=72)
        return out.getvalue()
    image.save(out, "JPEG", quality=88, exif=_exif(photo))
    return out.getvalue()


def _exif(photo: SamplePhoto) -> Image.Exif:
    """Return the metadata a telephone writes (tag numbers: Exif 2.32)."""
    exif = Image.Exif()
    moment = photo.taken.strftime("%Y:%m:%d %H:%M:%S")
    zone = photo.taken.strftime("%z")
    exif[0x010F], exif[0x0110], exif[0x0131] = "Mingcha", photo.camera, "drawn sample"
    exif[0x0112], exif[0x0132] = 1, moment
    details = exif.get_ifd(0x8769)
    details[0x9003] = details[0x9004] = moment
    details[0x9011] = details[0x9010] = f"{zone[:3]}:{zone[3:]}"
    if photo.place:
        satellite = photo.taken.astimezone(UTC)
        latitude, longitude = photo.place
        exif.get_ifd(0x8825).update(
            {
                1: "N" if latitude >= 0 else "S",
                2: _degrees(latitude),
                3: "E" if longitude >= 0 else "W",
                4: _degrees(longitude),
                7: tuple(
                    float(part) for part in (satellite.hour, satellite.minute, satellite.second)
                ),
                29: satellite.strftime("%Y:%m:%d"),
            }
        )
    return exif


def _degrees(e7: int) -> tuple[float, float, float]:
    whole, rest = divmod(Fraction(abs(e7), 10**7), 1)
    minutes, seconds = divmod(rest * 60, 1)
    return float(whole), float(minutes), float(seconds * 60)
