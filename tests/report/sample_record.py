# long: the data of one visit, read best in one place
# ruff: noqa: E501 - a table of sample data reads better in long lines
"""A realistic visit for looking at papers: 36 windows on two floors, drawn photographs."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from inspector.domain.catalogues import Checklist, Item, Situation
from inspector.domain.entities import (
    Answer,
    Confirmation,
    Entered,
    Erasure,
    Event,
    Evidence,
    Feedback,
    Finding,
    FindingPerson,
    Hall,
    HeadCount,
    Person,
    Placement,
    Remark,
    Round,
    Seal,
    Sighting,
    Statement,
    Sweep,
    Trip,
    Unit,
    Visit,
    VisitMember,
    Wait,
    Window,
)
from inspector.domain.record import VisitRecord
from inspector.domain.vocabulary import (
    Acquisition,
    AnswerType,
    Basis,
    ConfirmationMethod,
    Conformity,
    EventKind,
    FindingOutcome,
    HallLevel,
    IdentitySource,
    Position,
    RemarkKind,
    TargetKind,
    TimeSource,
    TripKind,
    WaitOutcome,
    WindowState,
)

ZONE = 480
Walks = tuple[tuple[Round, ...], tuple[Sighting, ...], tuple[Sweep, ...]]
Files = tuple[tuple[Evidence, ...], dict[str, bytes]]
Sample = tuple[VisitRecord, dict[str, bytes]]
CHINA = timezone(timedelta(minutes=ZONE))


def at(hour: int, minute: int, second: int = 0, day: int = 20) -> int:
    """Return a moment of the visit's day in milliseconds."""
    moment = datetime(2026, 11, day, hour, minute, second, tzinfo=CHINA)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def typed(by: str, hour: int, minute: int) -> Entered:
    return Entered(by, at(hour, minute), ZONE)


def seen(hour: int, minute: int, *, to: int | None = None, by: str = "p1", **fields) -> dict:
    values = {
        "visit": "v1",
        "observer": by,
        "observed_from": at(hour, minute),
        "observed_to": to,
        "time_source": TimeSource.STOPWATCH,
        "time_precision": 1,
        "entered": typed(by, 13, 5),
    }
    return values | fields


MATTERS = (
    "社保登记", "医保报销", "不动产登记", "企业开办", "税务申报", "公积金提取",
    "户籍办理", "交通运输", "卫生健康", "市场监管", "自然资源", "住房保障",
    "民政事务", "残疾人服务", "退役军人", "法律援助", "综合咨询", "帮办代办",
)  # fmt: skip


def windows() -> tuple[Window, ...]:
    return tuple(
        Window(
            id=f"w{n}",
            hall="h1",
            number=f"{n:02d}",
            floor="一楼" if n <= 18 else "二楼",
            matters=(MATTERS[(n - 1) % 18],),
            position=n,
            covered_by="w8" if n == 7 else None,
        )
        for n in range(1, 37)
    )


def persons() -> dict[str, Person]:
    unit = "河东市人民政府办公室督查室"
    return {
        "p1": Person(id="p1", name="王建国", post="督查室主任", unit=unit, credential="督查字0012"),
        "p2": Person(
            id="p2", name="李 敏", post="一级主任科员", unit=unit, credential="督查字0031"
        ),
        "p3": Person(id="p3", name="陈晓明", post="四级调研员", unit=unit, credential="督查字0044"),
    }


_SECTIONS = (
    ("S01", "到访时段与外部环境", "Arrival and exterior"),
    ("S02", "窗口在岗情况", "Staffing of windows"),
    ("S03", "服务公开与指引", "Information and guidance"),
    ("S05", "一次性告知与办理", "One-time notice and handling"),
)
_REQUIREMENTS = (
    ("公示的上班时间到点后大门是否已开放、群众可以入内", "Doors open to the public at the posted opening time"),
    ("门口是否公示办公时间、地址、联系电话且与网上一致", "Hours, address and phone posted at the entrance and equal to the online entry"),
    ("开放窗口是否有工作人员在岗，离岗窗口是否摆放去向牌", "Open windows staffed; absent officers leave a notice"),
    ("导办台是否有人值守并主动引导", "Guidance desk staffed and active"),
    ("办事指南是否为现行版本并可免费取阅", "Service guides current and free to take"),
    ("是否一次性书面告知所缺材料", "Missing papers named once, in writing"),
    ("叫号到窗口受理的平均等候时间", "Mean time from ticket to service"),
    ("无障碍通道、轮椅、母婴室是否可用", "Barrier-free access, wheelchair and mothers' room usable"),
    ("工作人员是否存在玩手机、聊天等与工作无关行为", "No private phone use or chatting at the window"),
    ("投诉意见簿、好差评装置是否可用", "Complaint book and rating device usable"),
)  # fmt: skip


def checklist() -> Checklist:
    items = []
    for number in range(40):
        code, zh, en = _SECTIONS[number // 10]
        text_zh, text_en = _REQUIREMENTS[number % 10]
        minutes = number % 10 == 6
        items.append(
            Item(
                code=f"{code}-{number % 10 + 1:02d}",
                section=code,
                section_zh=zh,
                section_en=en,
                zh=text_zh,
                en=text_en,
                phase="B",
                method="observe",
                answer_type=AnswerType.MINUTES if minutes else AnswerType.YES_NO,
                unit="分钟" if minutes else "",
                unit_en="min" if minutes else "",
                pass_rule="value <= 15" if minutes else "yes",
                evidence="photo",
                severity=2,
                situation_hint="DT-M1",
                source="政府信息公开条例第20条",
                confidence="A",
                applies_to="HTV",
            )
        )
    return Checklist("hall", "2026.1", "政务服务大厅检查清单", "Service hall checklist",
                     "2026-01-01", "", "0" * 64, tuple(items))  # fmt: skip


def answers(items: tuple[Item, ...]) -> tuple[Answer, ...]:
    made = []
    for number, item in enumerate(items):
        if number % 13 == 11:
            continue
        conformity = Conformity.CONFORMS
        if number in (2, 12, 18, 25, 33):
            conformity = Conformity.DOES_NOT_CONFORM
        elif number % 11 == 8:
            conformity = Conformity.NOT_SEEN
        elif number % 17 == 7:
            conformity = Conformity.NOT_APPLICABLE
        value: dict = {"yes": conformity is Conformity.CONFORMS}
        if item.answer_type is AnswerType.MINUTES:
            value = {"minutes": 9 + number // 10 * 4}
            conformity = (
                Conformity.CONFORMS if value["minutes"] <= 15 else Conformity.DOES_NOT_CONFORM
            )
        if conformity in (Conformity.NOT_SEEN, Conformity.NOT_APPLICABLE):
            value = {}
        note = "05、14号窗口多次无人，未摆放去向牌。" if number == 12 else ""
        made.append(
            Answer(
                id=f"a{number}",
                item=item.code,
                value=value,
                conformity=conformity,
                note=note,
                **seen(10, number % 60, by="p1" if number % 2 else "p2"),
            )
        )
    return tuple(made)


def rounds_and_states() -> Walks:  # long: data of one visit
    walks, sightings, sweeps = [], [], []
    empty = {1: (5, 14, 22), 2: (5, 6, 14, 30), 3: (5,), 4: (14, 22, 33)}
    other = {
        1: {3: WindowState.IDLE, 9: WindowState.PAUSED, 7: WindowState.UNATTENDED},
        2: {3: WindowState.IDLE, 11: WindowState.ABSENT_WITH_NOTICE, 36: WindowState.CLOSED},
        3: {4: WindowState.IDLE, 18: WindowState.PAUSED},
        4: {20: WindowState.ABSENT_WITH_NOTICE, 36: WindowState.CLOSED},
    }
    for number, (hour, minute) in enumerate(((9, 12), (10, 5), (10, 48), (11, 20)), 1):
        floor = "一楼" if number == 3 else ""
        walks.append(
            Round(
                id=f"r{number}",
                number=number,
                floor=floor,
                **seen(hour, minute, to=at(hour, minute + 9)),
            )
        )
        known = dict.fromkeys(empty[number], WindowState.UNATTENDED) | other[number]
        for window, state in known.items():
            sightings.append(
                Sighting(
                    id=f"s{number}-{window}",
                    round=f"r{number}",
                    window=f"w{window}",
                    state=state,
                    people_waiting=6 if window == 5 else None,
                    **seen(hour, minute + 1 + window % 8, by="p2"),
                )
            )
        last = 18 if floor else 36
        rest = tuple(f"w{n}" for n in range(1, last + 1) if n not in known and n not in (15, 29))
        sweeps.append(
            Sweep(
                id=f"sw{number}",
                round=f"r{number}",
                floor=floor,
                windows=rest,
                **seen(hour, minute + 9),
            )
        )
    sightings.append(
        Sighting(
            id="s-long",
            window="w5",
            state=WindowState.UNATTENDED,
            continuous=True,
            people_waiting=8,
            note="叫号屏仍在叫号",
            **seen(10, 38, to=at(10, 52)),
        )
    )
    return tuple(walks), tuple(sightings), tuple(sweeps)


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

    def original(self, sha256: str) -> bytes:
        return self.originals[sha256]


def evidence(count: int = 9) -> Files:  # long: data of one visit
    items, originals = [], {}
    captions = (
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
    for number in range(count):
        tall = number % 5 == 3
        jpeg = photo_jpeg(number, *((900, 1200) if tall else (1200, 900)))
        sha256 = hashlib.sha256(jpeg).hexdigest()
        copied = number == 8
        moment = None if copied else at(10, 38, 33) + number * 120_000
        items.append(
            Evidence(
                id=f"e{number}",
                sha256=sha256,
                size=len(jpeg),
                mime="image/jpeg",
                original_name=f"IMG_{4021 + number}.jpg" if not copied else "mmexport1763612.jpg",
                caption=captions[number % len(captions)],
                messenger_copy=copied,
                acquisition=Acquisition.PROVIDED if copied else None,
                offset_ms=0 if copied else 3000,
                camera="HONOR 90",
                visit="v1",
                observer="p2",
                observed_from=moment,
                time_source=TimeSource.PHOTOGRAPH,
                time_precision=1,
                entered=typed("p2", 13, 20),
            )
        )
        originals[sha256] = jpeg
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
    return (*items, heic, video), originals


def findings() -> tuple[Finding, ...]:
    base = {"device": "K7", "visit": "v1"}
    return (
        Finding(
            id="f1", number=1, situations=("DT-M1", "FZ-U-M2"), severity=3, window="w5",
            people_waiting=8, basis="《河东市政务服务窗口管理办法》第十二条",
            rule="窗口离岗应摆放去向牌并由同组人员顶岗",
            text="上述时段05号窗口无人在岗，未摆放去向牌，叫号屏仍在叫号，现场8名群众等候。值班长称“去盖章了”，10:52工作人员返回后恢复办理。",
            outcome=FindingOutcome.ESTABLISHED, outcome_reason="单位当场确认，排班表与录像相符",
            **(seen(10, 38, to=at(10, 52)) | base),
        ),
        Finding(
            id="f2", number=2, situations=("DT-M2",), severity=2, window="w14",
            basis="《河东市政务服务窗口管理办法》第十二条",
            text="09:16、10:09、11:23三次见14号窗口空岗，窗口灯亮，未设暂停服务牌。",
            outcome=FindingOutcome.EXPLAINED, outcome_reason="当日该窗口人员参加培训，通知未张贴",
            **(seen(9, 16, to=at(11, 23), by="p2", time_source=TimeSource.NOTE, time_precision=60) | base),
        ),
        Finding(
            id="f3", number=3, situations=("FZ-U-M2",), severity=2, window="w22",
            basis="国办发〔2018〕45号", text="社保登记材料清单为2023年旧版，多列“单位介绍信”一项；<b>现行指南</b>已取消该项 &amp; 网上已更新。",
            outcome=FindingOutcome.ESTABLISHED, outcome_reason="",
            **(seen(10, 55, by="p3", time_source=TimeSource.PHOTOGRAPH) | base),
        ),
        Finding(
            id="f4", number=4, situations=("DT-M3",), severity=1,
            basis="", text="一楼导办台9:12至9:21无人值守。",
            outcome=FindingOutcome.NOT_ESTABLISHED, outcome_reason="导办员在自助区协助老人办理，监控可证",
            **(seen(9, 12, to=at(9, 21), by="p2", time_source=TimeSource.MEMORY, time_precision=300) | base),
        ),
        Finding(
            id="f5", number=5, situations=("KM-4",), severity=4, window="w33", people_waiting=3,
            basis="《优化营商环境条例》第三十七条",
            text="33号窗口要求申请人另行提供无法律依据的“村委会证明”，申请人第三次到场仍未受理。",
            **(seen(11, 26, by="p3") | base),
        ),
    )  # fmt: skip


def situations() -> dict[str, Situation]:
    names = {
        "DT-M1": ("空岗离岗", "Window left unattended"),
        "DT-M2": ("擅离岗位", "Absent from post"),
        "DT-M3": ("导办缺位", "No guidance"),
        "FZ-U-M2": ("办事指南不准确", "Outdated service guide"),
        "KM-4": ("违规索要证明", "Unlawful demand for certificates"),
    }
    return {
        code: Situation(code, "x", "", "type", 1, "both", zh, en, "", "listed")
        for code, (zh, en) in names.items()
    }


def waits() -> tuple[Wait, ...]:
    return (
        Wait(id="q1", window="w5", ticket="A031", joined=at(10, 20), called=at(10, 58), ended=at(11, 6),
             outcome=WaitOutcome.DONE, promised_minutes=15, rule="大厅公示承诺", **seen(10, 20, to=at(11, 6), time_source=TimeSource.TICKET, time_precision=60)),
        Wait(id="q2", window="w12", ticket="B007", joined=at(9, 30), called=at(9, 41), ended=at(9, 52),
             outcome=WaitOutcome.DONE, promised_minutes=15, rule="大厅公示承诺", **seen(9, 30, to=at(9, 52), by="p2")),
        Wait(id="q3", window="w22", ticket="C112", joined=at(9, 50), ended=at(10, 21),
             outcome=WaitOutcome.GAVE_UP, promised_minutes=20, rule="大厅公示承诺", **seen(9, 50, to=at(10, 21), by="p3")),
        Wait(id="q4", window="w33", joined=at(11, 10), outcome=WaitOutcome.WAITING,
             promised_minutes=15, rule="大厅公示承诺", **seen(11, 10, to=at(11, 34), by="p3")),
    )  # fmt: skip


def sample_record(*, sealed: bool = False, photos: int = 9) -> Sample:  # long: data of one visit
    """Return a rich visit and the bytes of its drawn photographs."""
    files, originals = evidence(photos)
    walks, sightings, sweeps = rounds_and_states()
    items = checklist()
    placed = (
        ("e0", "f1"),
        ("e1", "f1"),
        ("e-video", "f1"),
        ("e2", "f2"),
        ("e4", "f3"),
        ("e3", "f4"),
        ("e-heic", "f5"),
        ("e5", "f5"),
    )
    placements = tuple(
        Placement(
            id=f"pl{n}",
            visit="v1",
            evidence=e,
            target_kind=TargetKind.FINDING,
            target=f,
            position=n,
        )
        for n, (e, f) in enumerate(placed)
        if e in {item.id for item in files}
    )
    record = VisitRecord(
        visit=Visit(
            id="019a9f00-5b1e-7c42-9d31-2f6f5f0c8a11",
            trip="t1",
            hall="h1",
            number=12,
            device="K7",
            checklist="hall@2026.1",
        ),
        hall=Hall(
            id="h1",
            code="HD-01",
            name="河东市市民服务中心",
            level=HallLevel.COUNTY,
            unit="u2",
            address="河东市滨河大道88号",
        ),
        trip=Trip(
            id="t1",
            name="11月窗口作风督查",
            kind=TripKind.DIRECTED,
            clue_number="线索2026-117",
            basis=Basis.GOVERNMENT,
            legal_basis="《政府督查工作条例》（国务院令第733号）第九条、第十一条",
            document_title="关于开展政务服务窗口作风专项督查的通知",
            document_number="河政办〔2026〕48号",
            issuer="河东市人民政府办公室",
            scope="全市县级以上政务服务大厅窗口在岗、一次性告知与承诺时限",
            valid_from="2026-11-01",
            valid_to="2026-12-31",
            leader="p1",
            report_heard="听取中心副主任赵某关于窗口排班与顶岗制度的汇报。",
            people_present=("赵某（中心副主任）", "孙某（大厅值班长）"),
            opinions=("当日补齐去向牌并落实顶岗。", "三日内更换旧版材料清单。"),
            praise="",
        ),
        units={
            "u1": Unit(id="u1", name="河东市人民政府"),
            "u2": Unit(id="u2", name="河东市行政审批服务局", parent="u1"),
        },
        windows=windows(),
        persons=persons(),
        checklist=items,
        situations=situations(),
        members=tuple(VisitMember(id=f"m{n}", visit="v1", person=f"p{n}") for n in (1, 2, 3)),
        events=(
            Event(
                id="ev0",
                kind=EventKind.RULES_ACCEPTED,
                **seen(8, 40, time_source=TimeSource.LIVE, entered=typed("p1", 8, 40)),
            ),
            Event(
                id="ev1",
                kind=EventKind.ARRIVED,
                note="三人分两路进入大厅",
                **seen(9, 2, time_source=TimeSource.HALL_CLOCK, time_precision=60),
            ),
            Event(id="ev2", kind=EventKind.PHASE, phase="covert", **seen(9, 2)),
            Event(
                id="ev3",
                kind=EventKind.REVEAL,
                to_whom="大厅值班长孙某",
                document="督查证 督查字0012",
                **seen(10, 53),
            ),
            Event(id="ev4", kind=EventKind.PHASE, phase="overt", **seen(10, 54)),
            Event(id="ev5", kind=EventKind.PHASE, phase="feedback", **seen(11, 50)),
            Event(
                id="ev6",
                kind=EventKind.LEFT,
                **seen(12, 30, time_source=TimeSource.MEMORY, time_precision=300),
            ),
        ),
        rounds=walks,
        sightings=sightings,
        sweeps=sweeps,
        waits=waits(),
        head_counts=(
            HeadCount(id="hc1", floor="一楼", staffed=15, total=18, **seen(9, 12)),
            HeadCount(
                id="hc2",
                floor="二楼",
                staffed=16,
                total=18,
                note="33号灯亮无人",
                **seen(11, 21, by="p3"),
            ),
        ),
        remarks=(
            Remark(
                id="rm1",
                kind=RemarkKind.GOOD_PRACTICE,
                window="w18",
                text="帮办代办窗口为老年人提供全程陪同，材料预审当场完成。",
                before="3",
                after="1",
                measure_unit="次跑动",
                **seen(9, 40, by="p2"),
            ),
            Remark(
                id="rm2",
                kind=RemarkKind.SCRIPTED_REQUEST,
                window="w12",
                text="询问：外地户口能否办理公积金提取？",
                reply="可以，带身份证和离职证明，其他材料系统能查到。",
                **seen(9, 41, by="p2"),
            ),
        ),
        answers=answers(items.items),
        findings=findings(),
        finding_persons=(
            FindingPerson(
                id="fp1",
                finding="f1",
                description="女，约30岁，深色工装，胸牌号057",
                **seen(9, 37, by="p2"),
                identity="周某",
                identity_post="社保窗口工作人员",
                identity_by="p1",
                identity_from=at(11, 32),
                identity_time_source=TimeSource.NOTE,
                identity_source=IdentitySource.DUTY_MANAGER,
            ),
        ),
        confirmations=(
            Confirmation(
                id="c1", finding="f1", method=ConfirmationMethod.PIN, **seen(11, 40, by="p2")
            ),
        ),
        evidence=files,
        placements=placements,
        feedbacks=(
            Feedback(
                id="fb1",
                findings=("f1", "f2", "f3", "f4"),
                people_present=("赵某（中心副主任）",),
                refusal="",
                witness="",
                sheet="e5",
                **seen(11, 52),
            ),
        ),
        statements=(
            Statement(
                id="st1",
                finding="f1",
                speaker="赵某（中心副主任）",
                position=Position.AGREE,
                text="情况属实，已责成当事人书面检查，今后一律先顶岗后离岗。",
                **seen(12, 5),
            ),
            Statement(
                id="st2",
                finding="f2",
                speaker="赵某（中心副主任）",
                position=Position.EXPLAIN,
                text="当日参加医保系统升级培训，通知未及时张贴。",
                **seen(12, 7),
            ),
            Statement(
                id="st4",
                finding="f4",
                speaker="孙某（值班长）",
                position=Position.DISAGREE,
                text="导办员在自助区协助老人，有监控。",
                **seen(12, 9),
            ),
        ),
        erasures=(
            Erasure(
                id="er1",
                visit="v1",
                sha256="ab" * 32,
                reason="误拍私人照片",
                second_person="p3",
                entered=typed("p1", 13, 30),
            ),
        ),
    )
    if sealed:
        seal = Seal(
            id="seal1",
            visit="v1",
            manifest=hashlib.sha256(b"manifest").hexdigest(),
            entered=typed("p1", 14, 2),
        )
        record = replace(record, seals=(seal,), visit=replace(record.visit, official_number="2026-0012"),
                         findings=tuple(replace(f, official_number=str(f.number)) for f in record.findings))  # fmt: skip
    return record, originals
