"""What photographs say about themselves: exact, and tolerant to anything."""

from __future__ import annotations

import io
import json
import struct
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from inspector.media.decode import inspect
from inspector.media.exif import clean_text, wall_clock, zone_from_gps, zone_minutes
from inspector.media.heif import read_heif
from inspector.media.photo_facts import photo_facts

if TYPE_CHECKING:
    from tests.media.conftest import Photograph

# Warnings of decoders about broken files are routine; the worker process ignores them.
pytestmark = pytest.mark.filterwarnings("ignore")

LIMIT = 120_000_000


def ms(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)


def rationals(*pairs: tuple[int, int]) -> tuple[IFDRational, ...]:
    return tuple(IFDRational(*pair) for pair in pairs)


ZERO = rationals((0, 1), (0, 1), (0, 1))
FIVE = rationals((5, 1), (0, 1), (0, 1))


def test_a_complete_block(photograph: Photograph) -> None:
    data = photograph(
        main={0x010F: "HUAWEI\0", 0x0110: "P60  Pro", 0x0131: "P60 1.0", 0x0112: 1},
        exif={
            0x9003: "2026:03:05 10:38:07",
            0x9011: "+08:00",
            0x9291: "25",
            0xA431: "SN77",
            0x829A: IFDRational(1, 250),
        },
        gps={
            1: "S",
            2: rationals((31, 1), (13, 1), (4567, 100)),
            3: "W",
            4: rationals((121, 1), (28, 1), (1, 1)),
            7: rationals((2, 1), (38, 1), (65, 10)),
            0x1D: "2026:03:05",
        },
    )
    facts = photo_facts(inspect(data, LIMIT)[0], "image/jpeg", "a.jpg")
    assert facts.wall_ms == ms(2026, 3, 5, 10, 38, 7) + 250
    assert (facts.zone, facts.zone_source) == (480, "exif")
    assert facts.taken_ms(0) == ms(2026, 3, 5, 2, 38, 7) + 250
    assert facts.gps_utc_ms == ms(2026, 3, 5, 2, 38, 6) + 500
    assert facts.camera == "HUAWEI P60 Pro SN77"
    # 31° 13′ 45.67″ = 31 + 13/60 + 45.67/3600 degrees
    assert (facts.latitude_e7, facts.longitude_e7) == (-312293528, -1214669444)
    assert facts.metadata["exposure_us"] == 4000
    assert not facts.messenger_copy
    json.dumps(facts.metadata, allow_nan=False)


def test_without_a_zone_the_caller_gives_it(photograph: Photograph) -> None:
    data = photograph(exif={0x9003: "2026:03:05 10:38:07"})
    facts = photo_facts(inspect(data, LIMIT)[0], "image/jpeg", "a.jpg")
    assert facts.zone is None
    assert facts.taken_ms(480) == ms(2026, 3, 5, 2, 38, 7)
    assert facts.taken_ms(540) == ms(2026, 3, 5, 1, 38, 7)


@pytest.mark.parametrize(
    ("local", "satellite", "zone"),
    [
        (ms(2015, 4, 10, 20, 12, 23), ms(2015, 4, 10, 18, 12, 22), 120),
        (ms(2026, 1, 1, 1, 0, 0), ms(2025, 12, 31, 17, 0, 40), 480),
        (ms(2026, 1, 1, 5, 45, 0), ms(2026, 1, 1, 0, 0, 0), 345),
        (ms(2026, 1, 1, 1, 5, 0), ms(2026, 1, 1, 0, 0, 0), None),  # a clock that is wrong
        (ms(2008, 10, 22, 16, 28, 39), ms(2008, 10, 23, 14, 27, 7), None),  # a day apart
    ],
)
def test_satellites_may_tell_the_zone(local: int, satellite: int, zone: int | None) -> None:
    assert zone_from_gps(local, satellite) == zone


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+08:00", 480), ("-03:30", -210), ("Z", 0), ("+0530", 330), ("+99:00", None), ("8", None)],
)
def test_zones(text: str, minutes: int | None) -> None:
    assert zone_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:02:30 10:00:00", "", "yesterday"]
)
def test_no_moments(text: str) -> None:
    assert wall_clock(text) is None


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: ZERO, 3: "E", 4: ZERO},
        {1: "N", 2: rationals((91, 1), (0, 1), (0, 1)), 3: "E", 4: FIVE},
        {1: "N", 2: rationals((1, 0), (0, 0), (0, 1)), 3: "E", 4: FIVE},
        {1: "N", 2: FIVE},
    ],
)
def test_places_that_are_none(photograph: Photograph, gps: dict) -> None:
    facts = inspect(photograph(gps=gps), LIMIT)[0]
    assert (facts["latitude_e7"], facts["longitude_e7"]) == (None, None)


def with_exif(block: bytes) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=b"Exif\0\0" + block)
    return out.getvalue()


@pytest.fixture(scope="module")
def rich(photograph: Photograph) -> bytes:
    return photograph(
        (8, 8),
        main={0x010F: "Make", 0x0112: 6},
        exif={0x9003: "2026:03:05 10:38:07", 0x829A: IFDRational(1, 250)},
        gps={1: "N", 2: FIVE, 3: "E", 4: FIVE},
    )


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
def test_random_blocks_never_raise(noise: bytes, head: bytes) -> None:
    facts = photo_facts(inspect(with_exif(head + noise), LIMIT)[0], "image/jpeg", "a.jpg")
    assert (facts.width, facts.height) == (8, 8)
    json.dumps(facts.metadata, ensure_ascii=False, allow_nan=False).encode()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damaged_blocks_never_raise(rich: bytes, data: st.DataObject) -> None:
    block = bytearray(rich)
    for _ in range(data.draw(st.integers(1, 6))):
        block[data.draw(st.integers(30, 260))] = data.draw(st.integers(0, 255))
    facts = photo_facts(inspect(bytes(block), LIMIT)[0], "image/jpeg", "a.jpg")
    assert facts.orientation in range(1, 9)
    json.dumps(facts.metadata, ensure_ascii=False, allow_nan=False).encode()


@given(st.text() | st.binary())
def test_text_is_one_clean_bounded_line(value: str | bytes) -> None:
    text = clean_text(value)
    assert len(text) <= 200
    assert text == " ".join(text.split())
    text.encode()


def box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def heic_with(tiff: bytes) -> bytes:
    """Return the skeleton of a HEIC file with an EXIF item, as phones write it."""
    item = (6).to_bytes(4, "big") + b"Exif\0\0" + tiff
    entry = box(b"infe", b"\x02\0\0\0" + (7).to_bytes(2, "big") + b"\0\0Exif\0")
    info = box(b"iinf", b"\0\0\0\0\0\x01" + entry)
    tile, whole = (struct.pack(">II", *size) for size in ((512, 512), (4032, 3024)))
    sizes = box(b"ispe", bytes(4) + tile) + box(b"ispe", bytes(4) + whole)
    properties = box(b"iprp", box(b"ipco", sizes))

    def meta(offset: int) -> bytes:
        extent = offset.to_bytes(4, "big") + len(item).to_bytes(4, "big")
        place = b"\0\0\0\0\x44\0\0\x01" + (7).to_bytes(2, "big") + b"\0\0\0\x01" + extent
        return box(b"meta", bytes(4) + info + properties + box(b"iloc", place))

    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", item)


def test_heic_tells_time_and_size_without_a_decoder() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Apple"
    exif.get_ifd(0x8769).update({0x9003: "2026:03:05 10:38:07", 0x9011: "+08:00"})
    reply, _ = inspect(heic_with(exif.tobytes().removeprefix(b"Exif\0\0")), LIMIT)
    facts = photo_facts(reply, "image/heic", "a.heic")
    assert (facts.width, facts.height) == (4032, 3024)
    assert facts.taken_ms(0) == ms(2026, 3, 5, 2, 38, 7)
    assert facts.camera == "Apple"
    assert not facts.decodable


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400), st.binary(max_size=8))
def test_random_heic_never_raises(noise: bytes, at: int, change: bytes) -> None:
    read_heif(noise)
    whole = heic_with(b"II*\0")
    read_heif(whole[:at] + change + whole[at + len(change) :])
    read_heif(whole[:at])


def test_what_a_camera_calls_itself_is_never_longer_than_a_name(photograph: Photograph) -> None:
    """The record keeps names of 200 characters; a longer one would keep the photograph out."""
    data = photograph(main={0x010F: "M" * 9_000, 0x0110: "P" * 9_000}, exif={0xA431: "S" * 9_000})

    facts = photo_facts(inspect(data, LIMIT)[0], "image/jpeg", "a.jpg")

    assert facts.camera.startswith("MMM")
    assert len(facts.camera) <= 200


@pytest.mark.parametrize("date", ["0001:01:01 00:00:00", "9999:12:31 23:59:59"])
def test_no_camera_was_there_at_the_ends_of_the_calendar(date: str) -> None:
    """A zone would lead out of the calendar, and no time of the visit could be shown again."""
    assert wall_clock(date) is None
