"""Photographs made for the tests, and a media room in a temporary folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from inspector.media.blobs import BlobStore
from inspector.media.cache import Cache, Derived
from inspector.media.intake import Intake
from inspector.media.worker import Workers

if TYPE_CHECKING:
    from pathlib import Path

Photograph = Callable[..., bytes]


@dataclass
class Room:
    """All parts of the media room over one folder."""

    root: Path
    blobs: BlobStore
    cache: Cache
    intake: Intake
    derived: Derived


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    with Workers(2) as started:
        started.start()
        yield started


@pytest.fixture
def room(tmp_path: Path, workers: Workers) -> Room:
    root = tmp_path / "workspace"
    blobs, cache = BlobStore(root / "media"), Cache(root / "cache")
    return Room(root, blobs, cache, Intake(blobs, cache, workers), Derived(blobs, cache, workers))


@pytest.fixture(scope="session")
def photograph() -> Photograph:
    """Return a maker of photographs: red above, blue below, with EXIF as asked for."""

    def make(
        size: tuple[int, int] = (640, 480),
        format_: str = "JPEG",
        main: dict | None = None,
        exif: dict | None = None,
        gps: dict | None = None,
        tint: int = 0,
        **options: object,
    ) -> bytes:
        image = Image.new("RGB", size, (200, tint, 0))
        image.paste((0, tint, 200), (0, size[1] // 2, size[0], size[1]))
        block = Image.Exif()
        block.update(main or {})
        if exif:
            block.get_ifd(0x8769).update(exif)
        if gps:
            block.get_ifd(0x8825).update(gps)
        out = io.BytesIO()
        if main or exif or gps:
            options["exif"] = block.tobytes()
        image.save(out, format_, **options)
        return out.getvalue()

    return make
