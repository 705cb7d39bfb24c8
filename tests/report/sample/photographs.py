"""Drawn photographs, as files of the visit and as what papers get them from."""

from __future__ import annotations

import hashlib
import io
from functools import cache

from inspector.domain.entities import Evidence, Placement
from inspector.domain.vocabulary import Acquisition, TargetKind, TimeSource
from tests.report.sample.moments import at, seen, typed

Files = tuple[tuple[Evidence, ...], dict[str, bytes]]


@cache
def photo_jpeg(number: int, width: int = 1200, height: int = 900) -> bytes:
    """Draw a hall with windows as a JPEG file, different for each `number`."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), (226, 230, 235))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.12, width, height * 0.24), fill=(46, 96, 150))
    for n in range(5):
        left = width * (0.04 + n * 0.19)
        draw.rectangle(
            (left, height * 0.28, left + width * 0.16, height * 0.6),
            fill=(245, 247, 250),
            outline=(120, 136, 150),
            width=4,
        )
        draw.rectangle((left, height * 0.28, left + width * 0.16, height * 0.35), fill=(30, 38, 50))
        if (n + number) % 3:
            x = left + width * 0.08
            draw.ellipse((x - 40, height * 0.42, x + 40, height * 0.42 + 80), fill=(150, 116, 92))
            draw.rectangle((x - 62, height * 0.51, x + 62, height * 0.6), fill=(60, 80, 120))
    draw.rectangle((0, height * 0.6, width, height * 0.68), fill=(170, 128, 84))
    draw.rectangle((0, height * 0.68, width, height), fill=(196, 200, 204))
    for n in range(number % 5 + 2):
        x = width * (0.12 + 0.13 * n)
        draw.rectangle((x, height * 0.66, x + 70, height * 0.92), fill=(70 + 20 * n, 90, 110))
        draw.ellipse((x, height * 0.58, x + 70, height * 0.67), fill=(40, 36, 34))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86)
    return out.getvalue()


class DrawnPhotos:
    """A photo source that scales drawn photographs, as the cache of derived pictures does."""

    def __init__(self, originals: dict[str, bytes]) -> None:
        self.originals = originals

    def jpeg(self, sha256: str, box_width_px: int, box_height_px: int) -> tuple[bytes, int, int]:
        from PIL import Image

        with Image.open(io.BytesIO(self.originals[sha256])) as image:
            image.thumbnail((box_width_px, box_height_px))
            out = io.BytesIO()
            image.save(out, "JPEG", quality=84)
            return out.getvalue(), image.width, image.height

    def stands_in(self, sha256: str) -> bool:
        return False

    def original(self, sha256: str) -> bytes:
        return self.originals[sha256]


CAPTIONS = (
    "05号窗口无人，叫号屏显示A031",
    "05、06号窗口空岗，8名群众等候",
    "14号窗口无去向牌",
    "导办台无人值守",
    "材料清单为2023年旧版",
    "补正告知单（手写，未盖章）",
    "大厅入口公示的办公时间",
    "自助机故障提示",
    "值班长转来的当日排班表",
)
#: Photographs by number that were handed on by a messenger: no camera time, another name.
HANDED_ON = 8
#: Photographs of the visit, and of each the finding it shows.
PLACED = (
    ("e0", "f1"),
    ("e1", "f1"),
    ("e-video", "f1"),
    ("e2", "f2"),
    ("e4", "f3"),
    ("e3", "f4"),
    ("e-heic", "f5"),
    ("e5", "f5"),
)


def photograph(number: int, jpeg: bytes) -> Evidence:
    """Return what is recorded of a drawn photograph."""
    copied = number == HANDED_ON
    return Evidence(
        id=f"e{number}",
        sha256=hashlib.sha256(jpeg).hexdigest(),
        size=len(jpeg),
        mime="image/jpeg",
        original_name=f"IMG_{4021 + number}.jpg" if not copied else "mmexport1763612.jpg",
        caption=CAPTIONS[number % len(CAPTIONS)],
        messenger_copy=copied,
        acquisition=Acquisition.PROVIDED if copied else None,
        offset_ms=0 if copied else 3000,
        camera="HONOR 90",
        visit="v1",
        observer="p2",
        observed_from=None if copied else at(10, 38, 33) + number * 120_000,
        time_source=TimeSource.PHOTOGRAPH,
        time_precision=1,
        entered=typed("p2", 13, 20),
    )


def evidence(count: int = 9) -> Files:
    """Return `count` photographs with their bytes, and two files that no paper can show."""
    drawn = [
        photo_jpeg(number, *((900, 1200) if number % 5 == 3 else (1200, 900)))
        for number in range(count)
    ]
    items = [photograph(number, jpeg) for number, jpeg in enumerate(drawn)]
    heic = Evidence(
        id="e-heic",
        sha256=hashlib.sha256(b"heic").hexdigest(),
        size=2_182_707,
        mime="image/heic",
        original_name="IMG_0301.HEIC",
        caption="二楼33号窗口",
        **seen(11, 26, by="p3", time_source=TimeSource.PHOTOGRAPH),
    )
    video = Evidence(
        id="e-video",
        sha256=hashlib.sha256(b"video").hexdigest(),
        size=48_220_100,
        mime="video/mp4",
        original_name="VID_2026.mp4",
        caption="窗口05连续观察录像",
        **seen(10, 38, to=at(10, 52), by="p2", time_source=TimeSource.PHOTOGRAPH),
    )
    originals = {item.sha256: jpeg for item, jpeg in zip(items, drawn, strict=True)}
    return (*items, heic, video), originals


def placements(files: tuple[Evidence, ...]) -> tuple[Placement, ...]:
    """Return the findings that these files belong to."""
    known = {item.id for item in files}
    return tuple(
        Placement(
            id=f"pl{position}",
            visit="v1",
            evidence=file,
            target_kind=TargetKind.FINDING,
            target=finding,
            position=position,
        )
        for position, (file, finding) in enumerate(PLACED)
        if file in known
    )
