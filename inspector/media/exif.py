"""What a photograph says about itself, read tolerantly: broken metadata never raises.

Runs in the guarded worker. Everything returned is text or a whole number.
Tags: CIPA DC-008 (Exif 2.32).
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

Tags = Mapping[int, Any]
Facts = dict[str, Any]

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_TEXT_LIMIT = 200
# No camera means another year; at both ends of the calendar a zone leads out of it.
_YEARS = range(1826, 2200)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = re.compile(r"(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)\Z")
_MAX_ZONE = 14 * 60
# A phone's clock follows the network: local time minus GPS time is its zone, within this much.
_GPS_TOLERANCE_MS = 90_000
_QUARTER_MS = 15 * 60_000

# Name in `metadata`, block (0 main, 1 Exif, 2 GPS) and tag of what is kept as text.
_TEXTS: tuple[tuple[str, int, int], ...] = (
    ("make", 0, 0x010F),
    ("model", 0, 0x0110),
    ("software", 0, 0x0131),
    ("date_time", 0, 0x0132),
    ("date_time_original", 1, 0x9003),
    ("date_time_digitized", 1, 0x9004),
    ("offset_time", 1, 0x9010),
    ("offset_time_original", 1, 0x9011),
    ("offset_time_digitized", 1, 0x9012),
    ("subsec_original", 1, 0x9291),
    ("serial", 1, 0xA431),
    ("lens_model", 1, 0xA434),
    ("gps_date", 2, 0x001D),
)
# Name, block, tag and factor of what is kept as a whole number.
_NUMBERS: tuple[tuple[str, int, int, int], ...] = (
    ("exposure_us", 1, 0x829A, 1_000_000),
    ("f_number_x100", 1, 0x829D, 100),
    ("iso", 1, 0x8827, 1),
    ("focal_length_um", 1, 0x920A, 1_000),
    ("gps_altitude_cm", 2, 0x0006, 100),
    ("gps_direction_x100", 2, 0x0011, 100),
    ("gps_error_cm", 2, 0x001F, 100),
)


def read_exif(exif: Image.Exif) -> Facts:
    """Return the facts of an EXIF block; what is absent or broken is absent or None.

    wall_ms: the camera's local clock read as though it were UTC; zone: minutes east of UTC, None
    if the file does not tell; zone_source: "exif", "gps" (local minus GPS time) or "".
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns about broken blocks; here that is routine
        main = _tags(lambda: dict(exif))
        details = _tags(lambda: dict(exif.get_ifd(_EXIF_IFD)))
        gps = _tags(lambda: dict(exif.get_ifd(_GPS_IFD)))
    return _facts((main, details, gps))


def clean_text(value: object) -> str:
    """Return a tag's value as one line of valid text of bounded length."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    text = text.split("\0", 1)[0][: 4 * _TEXT_LIMIT]
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs", "Cn", "Co"))
    return " ".join(kept.split())[:_TEXT_LIMIT]


def wall_clock(date: object, fraction: object = "") -> int | None:
    """Return an EXIF date and its sub-seconds as milliseconds, as though it were UTC."""
    found = _MOMENT.match(clean_text(date))
    if not found:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in found.groups())
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    if year not in _YEARS:
        return None
    digits = clean_text(fraction)
    thousandths = int((digits + "000")[:3]) if re.fullmatch(r"[0-9]+", digits) else 0
    return (moment - _EPOCH) // timedelta(milliseconds=1) + thousandths


def zone_minutes(offset: object) -> int | None:
    """Return an EXIF offset such as `+08:00` in minutes east of UTC."""
    text = clean_text(offset)
    if text == "Z":
        return 0
    found = _OFFSET.match(text)
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return (minutes if found[1] == "+" else -minutes) if minutes <= _MAX_ZONE else None


def zone_from_gps(wall_ms: int, gps_utc_ms: int) -> int | None:
    """Return the zone that explains local and satellite time, None if none does."""
    difference = wall_ms - gps_utc_ms
    quarters = (difference + _QUARTER_MS // 2) // _QUARTER_MS
    near = abs(difference - quarters * _QUARTER_MS) <= _GPS_TOLERANCE_MS
    minutes = quarters * 15
    return minutes if near and -12 * 60 <= minutes <= _MAX_ZONE else None


def _facts(blocks: tuple[Tags, Tags, Tags]) -> Facts:
    main, exif, gps = blocks
    metadata = _metadata(blocks)
    wall = wall_clock(exif.get(0x9003, ""), exif.get(0x9291, ""))
    if wall is None:
        wall = wall_clock(exif.get(0x9004, ""), exif.get(0x9292, ""))
    gps_ms = _gps_moment(gps)
    zones = (zone_minutes(exif.get(tag, "")) for tag in (0x9011, 0x9012, 0x9010))
    zone = next((zone for zone in zones if zone is not None), None)
    source = "exif" if zone is not None else ""
    if zone is None and wall is not None and gps_ms is not None:
        zone = zone_from_gps(wall, gps_ms)
        source = "gps" if zone is not None else ""
    orientation = _whole(main.get(0x0112), 1)
    latitude, longitude = _place(gps)
    return {
        "orientation": orientation if orientation in range(1, 9) else 1,
        "wall_ms": wall,
        "zone": zone,
        "zone_source": source,
        "gps_utc_ms": gps_ms,
        "latitude_e7": latitude,
        "longitude_e7": longitude,
        "camera": _camera(metadata),
        "metadata": metadata,
    }


def _camera(metadata: Mapping[str, str | int]) -> str:
    """Return what tells one camera from another: make, model and, if written, serial number.

    Never longer than a name may be: a file must not be refused for what its maker wrote into it.
    """
    make, model, serial = (str(metadata.get(name, "")) for name in ("make", "model", "serial"))
    if model.lower().startswith(make.lower()):
        make = ""  # "Canon", "Canon EOS 40D"
    return " ".join(part for part in (make, model, serial) if part)[:_TEXT_LIMIT].rstrip()


def _metadata(blocks: tuple[Tags, Tags, Tags]) -> dict[str, str | int]:
    kept: dict[str, str | int] = {}
    for name, block, tag in _TEXTS:
        if tag in blocks[block] and (text := clean_text(blocks[block][tag])):
            kept[name] = text
    for name, block, tag, factor in _NUMBERS:
        number = _whole(blocks[block].get(tag), factor)
        if number is not None:
            kept[name] = number
    return kept


def _place(gps: Tags) -> tuple[int | None, int | None]:
    """Return latitude and longitude in 1e-7 degrees, both or neither.

    Exactly 0°, 0° is what receivers write before they have a fix.
    """
    latitude = _degrees_e7(gps.get(2), gps.get(1), "S", 90)
    longitude = _degrees_e7(gps.get(4), gps.get(3), "W", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None, None
    return latitude, longitude


def _degrees_e7(value: Any, side: Any, negative: str, limit: int) -> int | None:
    parts = [_fraction(part) for part in value] if isinstance(value, (tuple, list)) else []
    if len(parts) != 3 or parts[0] is None:
        return None
    sixtieths = (Fraction(1), Fraction(1, 60), Fraction(1, 3600))
    exact = ((part or Fraction(0)) * unit for part, unit in zip(parts, sixtieths, strict=True))
    degrees = sum(exact, Fraction(0))
    if not 0 <= degrees <= limit:
        return None
    e7 = round(degrees * 10**7)
    return -e7 if clean_text(side).upper().startswith(negative) else e7


def _gps_moment(gps: Tags) -> int | None:
    """Return GPSDateStamp and GPSTimeStamp as milliseconds since 1970 UTC."""
    value = gps.get(7)
    parts = [_fraction(part) for part in value] if isinstance(value, (tuple, list)) else []
    day = wall_clock(clean_text(gps.get(0x1D, "")) + " 00:00:00")
    if day is None or len(parts) != 3 or any(part is None for part in parts):
        return None
    seconds = sum((part or Fraction(0)) * 60 ** (2 - n) for n, part in enumerate(parts))
    return day + round(seconds * 1000) if 0 <= seconds < 86_400 else None


def _fraction(value: Any) -> Fraction | None:
    """Return a number of any of Pillow's kinds exactly, None for 0/0, NaN and the like."""
    try:
        if hasattr(value, "numerator") and hasattr(value, "denominator"):
            return Fraction(value.numerator, value.denominator)
        return Fraction(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None


def _whole(value: Any, factor: int) -> int | None:
    """Return a number times `factor`, rounded; None if it is none or beyond canonical JSON."""
    number = _fraction(value[0] if isinstance(value, (tuple, list)) and value else value)
    if number is None or isinstance(value, str):
        return None
    whole = round(number * factor)
    return whole if abs(whole) < 2**53 else None


def _tags(read: Callable[[], dict[int, Any]]) -> Tags:
    try:
        return read()
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on hostile EXIF blocks
        return {}
