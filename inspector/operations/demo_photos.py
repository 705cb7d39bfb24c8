"""The photographs of the demonstration: drawn into a folder, then taken in like anybody's files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from inspector.domain.vocabulary import TargetKind
from inspector.media.sample_photos import SamplePhoto, Scene, draw_photo
from inspector.operations.demo_script import LIN, ZHOU, Say
from inspector.report.fontfiles import CANDIDATES, FontRole, system_index

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.progress import Progress

#: Cameras; the first one's clock is slow by this much, which its clock card shows.
CAMERAS = {LIN: "Sample Phone A", ZHOU: "Sample Phone B"}
SLOW = timedelta(minutes=2, seconds=40)
#: A round position near a hall that does not exist (1e-7 degrees).
PLACE = (300_000_000, 1_200_000_000)
CARD, COPY, SHEET, CONFIRMED = (
    "IMG_1001.jpg",
    "mmexport1763000000000.jpg",
    "IMG_1077.jpg",
    "B_0046.jpg",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A photograph of the story: who took it at which true time, and where it belongs.

    target: what it is placed at besides the findings that name it, with the window number or
    item code.
    """

    name: str
    scene: Scene
    who: str
    at: str
    caption: Say
    numbers: tuple[str, ...] = ()
    words: tuple[Say, ...] = ()
    people: int = 0
    target: tuple[TargetKind, str] | None = None
    camera: bool = True


SHOTS: tuple[Shot, ...] = (
    Shot(CARD, Scene.CLOCK_CARD, LIN, "09:12:30", ("对时照片", "Photograph of the clock card")),
    Shot(
        *("IMG_1012.jpg", Scene.HALL, LIN, "09:36:10"),
        ("一层 B 区，12 号窗口无人", "Floor 1, zone B; window 12 is empty"),
        tuple(f"{number:02}" for number in range(10, 18)),
        (("不动产登记", "Real estate"), ("医疗保障", "Medical insurance")),
        *(6, (TargetKind.WINDOW, "12")),
    ),
    Shot(
        *("IMG_1042.jpg", Scene.EMPTY_WINDOW, LIN, "10:38:20"),
        ("05 号窗口无人，6 人等候，无去向牌", "Window 05 empty, six waiting, no sign"),
        *(("04", "05", "06"), (), 6),
    ),
    Shot(
        *("IMG_1051.jpg", Scene.EMPTY_WINDOW, LIN, "10:51:30"),
        ("05 号窗口仍无人", "Window 05 is still empty"),
        *(("04", "05", "06"), (), 5),
    ),
    Shot(
        *("IMG_1033.jpg", Scene.TERMINALS, LIN, "10:18:05"),
        ("自助终端 4 台，故障 1 台", "Four terminals, one out of order"),
        (),
        (("故障", "Fault"),),
        *(1, (TargetKind.ANSWER, "S13-01")),
    ),
    Shot(
        *("IMG_1061.jpg", Scene.BLOCKED_EXIT, LIN, "11:08:15"),
        ("东侧安全出口堆放纸箱，当场清理", "Boxes before the east exit, cleared on the spot"),
        words=(("安全出口", "EXIT"),),
        target=(TargetKind.ANSWER, "S16-01"),
    ),
    Shot(
        *("B_0019.jpg", Scene.TICKET, ZHOU, "09:50:40"),
        ("A031 号排队票", "Ticket A031"),
        ("A031",),
        (
            ("明州市政务服务中心", "Mingzhou Service Centre"),
            ("社会保障", "Social security"),
            ("09:50", "09:50"),
            ("前面等候 11 人", "11 people ahead"),
        ),
    ),
    Shot(
        *("B_0021.jpg", Scene.NOTICE_BOARD, ZHOU, "09:58:20"),
        ("不动产登记办事指南已过有效期", "The guide to real estate registration has expired"),
        words=(
            ("办事指南", "Service guides"),
            ("不动产登记", "Real estate"),
            ("有效期至", "valid until"),
            ("2024-12-31", "2024-12-31"),
        ),
    ),
    Shot(
        *("B_0023.jpg", Scene.LIT_SCREEN, ZHOU, "10:07:05"),
        ("12 号窗口无人，屏幕未锁", "Window 12 empty, its screen unlocked"),
        ("12",),
    ),
    Shot(
        *("B_0031.jpg", Scene.PAUSED_WINDOW, ZHOU, "10:43:50"),
        ("22 号窗口“暂停服务”", "Window 22: “service paused”"),
        ("21", "22", "23"),
        (("暂停服务", "PAUSED"), ("请到 24 号窗口办理", "please go to window 24")),
        target=(TargetKind.WINDOW, "22"),
    ),
    Shot(
        *("B_0041.jpg", Scene.LEDGER, ZHOU, "11:10:30"),
        ("投诉登记台账，6 件无回访记录", "Complaint ledger; six entries without call-back"),
        words=(("投诉登记台账", "Complaints"), ("处理与回访", "Handling, call-back")),
        target=(TargetKind.ANSWER, "S11-07"),
    ),
    Shot(
        *(CONFIRMED, Scene.SIGNED_SHEET, ZHOU, "11:22:10"),
        ("第二检查人签字确认", "The second inspector's signed confirmation"),
        words=(
            ("第二检查人确认", "Confirmation"),
            ("检查人员：", "Inspector:"),
            ("第二人：", "Second:"),
        ),
    ),
    Shot(
        *(SHEET, Scene.SIGNED_SHEET, LIN, "11:36:20"),
        ("现场检查事实确认单", "The signed sheet"),
        words=(
            ("现场检查事实确认单", "Confirmation of facts"),
            ("被检查单位：", "For the unit:"),
            ("检查人员：", "Inspectors:"),
            ("见证人：", "Witness:"),
        ),
    ),
    Shot(
        *(COPY, Scene.EMPTY_WINDOW, LIN, "10:45:00"),
        ("群众通过微信提供的 05 号窗口照片", "Window 05, sent by a client over a messenger"),
        *(("04", "05", "06"), (), 5),
        camera=False,
    ),
)
#: Papers of the visit, which no photograph of somebody else's can stand for.
PAPERS = (CONFIRMED, SHEET)


def draw_into(
    folder: Path, midnight: datetime, lang: str, names: set[str], progress: Progress
) -> None:
    """Draw the photographs `names` into one folder for each person below `folder`.

    `midnight`: the beginning of the day of the visit at the place.
    """
    font = chinese_font()
    for shot in SHOTS:
        if shot.name not in names:
            continue
        own = folder / shot.who
        own.mkdir(exist_ok=True)
        (own / shot.name).write_bytes(draw_photo(sample(shot, midnight, lang), font))
        progress.step()


def sample(shot: Shot, midnight: datetime, lang: str) -> SamplePhoto:
    """Return what is to be drawn, with what the camera's own clock said."""
    hour, minute, second = (int(part) for part in shot.at.split(":"))
    true = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    language = 0 if lang == "zh" else 1
    photo = SamplePhoto(
        name=shot.name,
        scene=shot.scene,
        taken=true - SLOW if shot.who == LIN else true,
        shown=true,
        numbers=shot.numbers,
        words=tuple(words[language] for words in shot.words),
        people=shot.people,
    )
    return replace(photo, camera=CAMERAS[shot.who], place=PLACE) if shot.camera else photo


def chinese_font() -> Path | None:
    """Return a font of this machine that has Chinese, None if there is none."""
    index = system_index()
    for candidate in CANDIDATES[FontRole.HEI]:
        found = index.named(candidate.name)
        if found:
            return found[0].path
    return None
