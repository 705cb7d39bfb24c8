"""What is known about a photograph, and what follows from it. Pure functions.

Times of cameras are claims: a local clock without a zone stays one until the caller supplies the
zone, and a recompressed copy has no time at all until somebody gives one with its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTE_MS = 60_000
#: Photographs of one camera no further apart than this belong to one burst.
BURST_GAP_MS = 2_000

_MAX_MS = 253_402_300_800_000  # the year 10000
_MAX_TEXT = 400
_MAX_ENTRIES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """Facts of one photograph, read from its content.

    width, height: pixels as stored, before turning by `orientation` (EXIF, 1–8). wall_ms: the
    camera's local clock, in milliseconds since 1970 as though it were UTC. zone: minutes east of
    UTC, None if the file does not tell; zone_source: "exif", "gps" (the zone that explains local
    and satellite time) or "". gps_utc_ms: satellite time. camera: make, model, serial number.
    Coordinates in 1e-7 degrees. decodable: the whole picture can be decoded; else `problem` is
    the code of a catalogued error. burst: the same text for photographs of one burst; every
    photograph with camera and time has one, a burst is two or more. metadata: JSON-safe.
    """

    width: int | None = None
    height: int | None = None
    orientation: int = 1
    wall_ms: int | None = None
    zone: int | None = None
    zone_source: str = ""
    gps_utc_ms: int | None = None
    camera: str = ""
    latitude_e7: int | None = None
    longitude_e7: int | None = None
    messenger_copy: bool = False
    burst: str = ""
    decodable: bool = True
    problem: str = ""
    metadata: dict[str, str | int] = field(default_factory=dict)

    def taken_ms(self, assumed_zone: int) -> int | None:
        """Return when it was taken, in milliseconds since 1970 UTC, as the camera claims.

        assumed_zone: minutes east of UTC, used only if the file does not tell its zone.
        """
        if self.wall_ms is None:
            return None
        return self.wall_ms - (assumed_zone if self.zone is None else self.zone) * MINUTE_MS


class CopyLikelihood(StrEnum):
    """How sure it is that a messenger made this copy."""

    NO = "no"
    LIKELY = "likely"
    CERTAIN = "certain"


# Names that messengers give to what they save: WeChat (mmexport, wx_camera, microMsg), QQ, DingTalk
# (lADP…), WhatsApp, Telegram. From observation; a name alone never outweighs metadata.
_MESSENGER_NAME = pattern(
    r"(mmexport\d{10,13}|wx_camera_\d{10,13}|microMsg\.\d{10,13}|微信图片_?\d{8,14}|QQ图片\d{8,14}"
    r"|lADP[\w-]{8,}|IMG-\d{8}-WA\d{4}|photo_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
_SCREENSHOT_NAME = pattern(r"screen_?shot|截屏|截图", re.IGNORECASE)
# Lengths of sides to which messengers reduce (WeChat 1080 short or 1440 long, WhatsApp 1600 and
# 2048, Telegram 1280 and 2560, DingTalk 1920, others). From observation.
_LONG_SIDES = frozenset({1280, 1440, 1600, 1706, 1920, 2048, 2560})
_SHORT_SIDES = frozenset({1080})
# Cameras write finer tables; messengers recompress with about 70 to 90.
_COPY_QUALITY = range(40, 93)
_NAME_TIME = pattern(r"(?<!\d)(1[0-9]{12}|20\d{6}(?:[-_]?\d{6})?)(?!\d)")
_ORIGIN = ("make", "model", "date_time", "date_time_original", "date_time_digitized", "gps_date")


def copy_likelihood(facts: Mapping[str, Any], mime: str, name: str) -> CopyLikelihood:
    """Say whether a picture is a copy that a messenger recompressed.

    A file that still names its camera or its time is no such copy, whatever its name (messengers
    can send originals). Without either: a messenger's name is certain; a plain JFIF JPEG of a
    messenger's size and quality is likely. Anything else merely lacks metadata.
    """
    metadata = facts.get("metadata") or {}
    described = any(metadata.get(key) for key in _ORIGIN) or facts.get("latitude_e7") is not None
    if described or mime not in ("image/jpeg", "image/webp") or _SCREENSHOT_NAME.search(name):
        return CopyLikelihood.NO
    if _MESSENGER_NAME.match(name):
        return CopyLikelihood.CERTAIN
    sides = sorted((facts.get("width") or 0, facts.get("height") or 0))
    sized = sides[1] in _LONG_SIDES or sides[0] in _SHORT_SIDES
    recompressed = bool(facts.get("jfif")) and facts.get("jpeg_quality") in _COPY_QUALITY
    return CopyLikelihood.LIKELY if sized and recompressed else CopyLikelihood.NO


def photo_facts(reply: Mapping[str, Any], mime: str, name: str) -> PhotoFacts:
    """Return the worker's reply as facts.

    The worker may have been taken over by a hostile file: every value is checked for type and
    range, and what does not fit is left out.
    """
    metadata = _metadata(reply.get("metadata"))
    likelihood = copy_likelihood(dict(reply) | {"metadata": metadata}, mime, name)
    copied = likelihood is not CopyLikelihood.NO
    if copied:
        metadata["messenger_copy"] = likelihood.value
    if copied and (hint := _NAME_TIME.search(name)):
        metadata["name_time_hint"] = hint[0]
    problem = _text(reply.get("problem"))
    if problem == "photo_damaged":
        # Recorded: on paper somebody must learn why a part of the picture is grey.
        metadata["damaged"] = 1
    zone_source = _text(reply.get("zone_source"))
    return PhotoFacts(
        width=_whole(reply.get("width"), 1, 1_000_000),
        height=_whole(reply.get("height"), 1, 1_000_000),
        orientation=_whole(reply.get("orientation"), 1, 8) or 1,
        wall_ms=None if copied else _whole(reply.get("wall_ms"), -_MAX_MS, _MAX_MS),
        zone=_whole(reply.get("zone"), -14 * 60, 14 * 60),
        zone_source=zone_source if zone_source in ("exif", "gps") else "",
        gps_utc_ms=_whole(reply.get("gps_utc_ms"), -_MAX_MS, _MAX_MS),
        camera=_text(reply.get("camera")),
        latitude_e7=_whole(reply.get("latitude_e7"), -900_000_000, 900_000_000),
        longitude_e7=_whole(reply.get("longitude_e7"), -1_800_000_000, 1_800_000_000),
        messenger_copy=copied,
        decodable=not problem,
        problem=problem,
        metadata=metadata,
    )


class Bursts:
    """Groups photographs as they come: same camera, at most `BURST_GAP_MS` from a member.

    Best fed in order of time (folders sorted by name nearly always are). A photograph that
    arrives later and bridges two groups joins the first.
    """

    def __init__(self) -> None:
        self._groups: dict[str, list[tuple[int, int, str]]] = {}

    def join(self, facts: PhotoFacts, sha256: str) -> str:
        """Return the key of the group the photograph belongs to, "" without camera or time.

        The key is the beginning of the hash of the group's first photograph.
        """
        if facts.wall_ms is None or not facts.camera:
            return ""
        groups = self._groups.setdefault(facts.camera, [])
        for index, (first, last, key) in enumerate(groups):
            if first - BURST_GAP_MS <= facts.wall_ms <= last + BURST_GAP_MS:
                groups[index] = (min(first, facts.wall_ms), max(last, facts.wall_ms), key)
                return key
        groups.append((facts.wall_ms, facts.wall_ms, sha256[:16]))
        return sha256[:16]


def _whole(value: Any, least: int, most: int) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    return value if fits else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return value[:_MAX_TEXT].encode("utf-8", "replace").decode("utf-8")


def _metadata(value: Any) -> dict[str, str | int]:
    kept: dict[str, str | int] = {}
    for key, entry in list(value.items())[:_MAX_ENTRIES] if isinstance(value, dict) else []:
        number = _whole(entry, -(2**53) + 1, 2**53 - 1)
        if re.fullmatch(r"[a-z0-9_]{1,40}", str(key)) and (number is not None or _text(entry)):
            kept[key] = _text(entry) if number is None else number
    return kept
