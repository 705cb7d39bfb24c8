"""What follows from the facts of a photograph: copies, bursts, times, offsets."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from inspector.base.clock import Reading
from inspector.media.clock_card import clock_card, offset_from
from inspector.media.photo_facts import (
    Bursts,
    CopyLikelihood,
    PhotoFacts,
    copy_likelihood,
    photo_facts,
)
from inspector.media.sniff import UNKNOWN, sniff

BARE = {"width": 1080, "height": 1440, "jfif": True, "jpeg_quality": 75, "metadata": {}}


@pytest.mark.parametrize(
    ("changes", "name", "likelihood"),
    [
        ({}, "1.jpg", CopyLikelihood.LIKELY),
        ({}, "mmexport1700000000000.jpg", CopyLikelihood.CERTAIN),
        ({"width": 900, "height": 700}, "IMG-20260305-WA0007.jpg", CopyLikelihood.CERTAIN),
        ({"width": 900, "height": 700}, "1.jpg", CopyLikelihood.NO),
        ({"jpeg_quality": 97}, "1.jpg", CopyLikelihood.NO),
        ({"jfif": False}, "1.jpg", CopyLikelihood.NO),
        ({"metadata": {"make": "Apple"}}, "mmexport1700000000000.jpg", CopyLikelihood.NO),
        ({"metadata": {"date_time": "2026:01:01"}}, "1.jpg", CopyLikelihood.NO),
        ({"latitude_e7": 5}, "1.jpg", CopyLikelihood.NO),
        ({}, "Screenshot_20260305.jpg", CopyLikelihood.NO),
    ],
)
def test_messenger_copies(changes: dict, name: str, likelihood: CopyLikelihood) -> None:
    assert copy_likelihood(BARE | changes, "image/jpeg", name) is likelihood
    assert copy_likelihood(BARE | changes, "image/png", name) is CopyLikelihood.NO


def test_a_copy_has_no_time_but_a_hint() -> None:
    claimed = BARE | {"wall_ms": 5, "metadata": {}}
    facts = photo_facts(claimed, "image/jpeg", "mmexport1700000000000.jpg")
    assert facts.messenger_copy
    assert facts.wall_ms is None
    assert facts.taken_ms(480) is None
    assert facts.metadata["name_time_hint"] == "1700000000000"


def test_that_a_file_is_damaged_is_recorded() -> None:
    """Unlike a missing decoder, which is a matter of the computer."""
    found = {
        problem: photo_facts({"problem": problem}, "image/jpeg", "a.jpg").metadata
        for problem in ("photo_damaged", "photo_no_decoder", "photo_too_large", "")
    }
    assert found.pop("photo_damaged") == {"damaged": 1}
    assert not any(found.values())


def test_replies_are_not_trusted() -> None:
    hostile = {
        "width": -1,
        "height": 10**30,
        "orientation": True,
        "wall_ms": "now",
        "zone": 100_000,
        "zone_source": "me",
        "camera": "x" * 10_000,
        "latitude_e7": 1.5,
        "problem": ["?"],
        "metadata": {
            "ok": 1,
            "BAD KEY": 1,
            "big": 2**60,
            "float": 0.5,
            "lone": "\ud800",
        },
    }
    facts = photo_facts(hostile, "image/jpeg", "a.jpg")
    assert facts == PhotoFacts(camera="x" * 400, metadata={"ok": 1, "lone": "?"})
    assert photo_facts({"metadata": [1]}, "image/jpeg", "a.jpg") == PhotoFacts()


def test_bursts() -> None:
    bursts = Bursts()

    def join(camera: str, ms: int | None, sha256: str) -> str:
        return bursts.join(PhotoFacts(camera=camera, wall_ms=ms), sha256 * 64)

    assert join("A", 10_000, "1") == "1" * 16
    assert join("A", 12_000, "2") == "1" * 16
    assert join("A", 14_000, "3") == "1" * 16, "each within two seconds of the one before"
    assert join("A", 16_001, "4") == "4" * 16
    assert join("B", 12_000, "5") == "5" * 16, "another camera"
    assert join("A", 8_500, "6") == "1" * 16, "order of arrival does not matter"
    assert join("A", None, "7") == ""
    assert join("", 10_000, "8") == ""


def test_the_clock_card_can_be_read() -> None:
    reading = Reading(1_772_678_287_000, 480, "", 0)  # 2026-03-05 10:38:07 +08:00
    image = Image.open(io.BytesIO(clock_card(reading)))
    assert (image.format, image.size) == ("PNG", (1920, 1080))
    dark = image.point(lambda value: 255 if value < 128 else 0)
    left, top, right, bottom = dark.crop((0, 0, 1920, 480)).getbbox()
    assert right - left > 1400, "large digits"
    assert bottom - top > 200
    assert dark.crop((0, 650, 1920, 1060)).getbbox() is not None, "the square code"
    assert clock_card(reading) == clock_card(reading)
    later = Reading(reading.ms + 1000, 480, "", 0)
    assert clock_card(later) != clock_card(reading)


def test_a_clock_that_is_behind_is_moved_forward() -> None:
    shown, camera = 1_772_678_287_000, 1_772_678_200_000
    assert camera + offset_from(shown, camera) == shown


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "image/avif"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"PK\x03\x04....OFD.xml", "application/ofd"),
        (b"PK\x03\x04....readme", "application/zip"),
        ("窗口无人".encode(), "text/plain"),
        (b"\0\x01\x02", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_content_tells_the_type(head: bytes, mime: str) -> None:
    assert sniff(head) == mime
