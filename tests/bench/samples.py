"""What the benchmarks work on: photographs, texts, and a visit as teams record it."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from PIL import Image

from inspector.domain.entities import Evidence, Finding, Hall, Wait
from inspector.domain.vocabulary import (
    AnswerType,
    EventKind,
    Phase,
    TargetKind,
    WaitOutcome,
    WindowState,
)
from inspector.operations import evidence, findings, observing, people, places, visits
from inspector.operations.catalogues import checklist

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from inspector.domain.catalogues import Item
    from inspector.operations.session import Session

#: A phone camera's usual 12 megapixels.
CAMERA_SIZE = (4000, 3000)
#: Large enough to be resampled for paper, small enough to make hundreds of.
PAPER_SIZE = (2048, 1536)

_WHERE = ("一楼", "二楼", "三楼", "大厅东侧", "大厅西侧", "综合服务区", "税务专区", "自助区")
_WHO = (
    "社保",
    "医保",
    "不动产登记",
    "公积金",
    "户籍",
    "企业开办",
    "税务",
    "婚姻登记",
    "残联",
    "民政",
)
_WHAT = (
    "窗口无人在岗，未摆放去向牌",
    "工作人员玩手机，群众等候超过二十分钟",
    "叫号机故障，无人引导，群众自行排队",
    "一次性告知单缺少材料清单，群众往返三次",
    "要求提供法律依据之外的村委会证明",
    "办事指南为旧版，与网上公布的不一致",
    "午休时间提前十二分钟关闭窗口",
    "投诉意见簿被锁在柜内，电话无人接听",
    "窗口灯亮但暂停服务，未说明原因",
    "承诺即办件第三日仍未办结",
)
_AND = (
    "现场八名群众等候",
    "值班长称临时去盖章",
    "十点五十二分恢复办理",
    "当日已要求整改",
    "询问两次均未答复",
    "现场照片三张为证",
    "该窗口本月第二次出现",
    "导办员不知由谁顶岗",
)


#: Common characters; in two and three of them names of people, streets and firms are never done.
_CHARACTERS = (
    "安白北宝昌长朝成春大丹德东恩方芳丰福高光广贵国海汉和恒红宏华怀辉惠吉佳家建江金京晶景静军俊"
    "凯康兰乐黎立丽连良林灵龙隆茂美梅明宁盘平其千清庆秋仁荣瑞三山胜盛石世寿树水顺思松泰天田同万伟"
    "文西祥小晓新信兴雄秀雪雅阳耀一义艺益英永友裕元远月云泽正志中忠子祖"
)


def finding_text(random: Random) -> str:
    """Return a problem as an inspector writes it, with names of its own: 50 to 100 characters."""
    seen = f"{random.randrange(8, 18)}时{random.randrange(60):02d}分"
    window = f"{random.choice(_WHO)}{random.randrange(1, 37):02d}号窗口"
    more = "，".join(random.sample(_AND, random.randrange(1, 4)))
    asked = f"前来办事的{_name(random, 3)}（{_name(random, 4)}商贸公司，{_name(random, 2)}路）"
    return f"{seen}{random.choice(_WHERE)}{window}{random.choice(_WHAT)}，{asked}称{more}。"


def _name(random: Random, length: int) -> str:
    return "".join(random.choices(_CHARACTERS, k=length))


# -- photographs -------------------------------------------------------------------------------


@cache
def _picture(size: tuple[int, int], number: int) -> bytes:
    """Return a JPEG with edges, gradients and grain, about 0.3 bytes per pixel like a phone's."""
    slope = Image.linear_gradient("L").resize(size)
    round_ = Image.radial_gradient("L").resize(size).rotate(90 * number)
    grain = Image.effect_noise(size, 26)
    tiles = Image.effect_noise((size[0] // 40, size[1] // 40), 90).resize(
        size, Image.Resampling.NEAREST
    )
    scene = Image.blend(Image.blend(slope, tiles, 0.5), grain, 0.25)
    picture = Image.merge("RGB", (scene, Image.blend(scene, round_, 0.3), scene))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def photo(number: int, size: tuple[int, int]) -> bytes:
    """Return photograph `number`: one of a few pictures with an EXIF block of its own."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "HONOR", "HONOR 90", 6 if number % 3 == 2 else 1
    details = exif.get_ifd(0x8769)
    details[0x9003] = f"2026:11:20 {9 + number // 60 % 8:02d}:{number % 60:02d}:{number % 47:02d}"
    details[0x9011] = "+08:00"
    details[0xA420] = f"{number:032x}"
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (34.0, 16.0, 12.5), 3: "E", 4: (108.0, 57.0, number % 60)})
    block = exif.tobytes()
    marker = b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
    jpeg = _picture(size, number % 4)
    return jpeg[:2] + marker + jpeg[2:]


def write_photos(folder: Path, count: int, size: tuple[int, int]) -> list[Path]:
    """Write photographs into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        path = folder / f"IMG_{4000 + number}.jpg"
        path.write_bytes(photo(number, size))
        paths.append(path)
    return paths


# -- a visit -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """An open visit: its id, its members' ids, its findings' ids."""

    visit: str
    members: tuple[str, ...]
    findings: tuple[str, ...] = ()


def prepared(session: Session) -> Sample:
    """Prepare a visit of three inspectors to a hall of 36 windows, gone in covertly."""
    names = ("王建国", "李敏", "陈晓明")
    members = [people.add_person(session, name, post="主任科员").id for name in names]
    people.use_person(session, members[0])
    windows = places.numbered_windows(36, ["一楼", "二楼"])
    hall = places.add_hall(session, Hall(id="", code="HD-01", name="河东市市民服务中心"), windows)
    visit = visits.new_visit(session, hall.id, members).id
    for person in members:
        visits.accept_rules(session, visit, session.now(person))
    visits.note_event(session, visit, EventKind.ARRIVED, session.now(), "三人分两路进入")
    visits.change_phase(session, visit, Phase.COVERT, session.now())
    return Sample(visit, tuple(members))


def observed(session: Session, sample: Sample, problems: int = 12) -> Sample:
    """Fill the visit: two rounds, waits, every item of the checklist, some problems."""
    random = Random(1)
    visit, members = sample.visit, sample.members
    hall = places.halls(session)[0]
    windows = places.windows_of(session, hall.id)
    states = (WindowState.SERVING, WindowState.UNATTENDED, WindowState.IDLE, WindowState.PAUSED)
    for _ in range(2):
        walk = observing.start_round(session, visit, session.now())
        for window in windows:
            state = random.choice(states)
            observing.sight(session, visit, window, state, session.now(), in_round=walk.id)
    for number in range(6):
        joined = session.now().start or 0
        wait = Wait(id="", visit=visit, ticket=f"A{number:03d}", joined=joined)
        wait = replace(wait, outcome=WaitOutcome.WAITING, note="取号后在一楼等候")
        observing.record_wait(session, wait, session.now(members[1]))
    for item, text in answers():
        observing.record_answer(session, visit, item.code, text, session.now(members[2]))
    made = [
        findings.add_finding(
            session,
            Finding(
                id="",
                visit=visit,
                severity=1 + number % 4,
                window=windows[number % len(windows)].id,
                text=finding_text(random),
            ),
            session.now(members[number % 3]),
        ).id
        for number in range(problems)
    ]
    return Sample(visit, members, tuple(made))


def answers(turn: int = 0) -> Iterator[tuple[Item, str]]:
    """Yield each item that can be answered with a word, and an answer, another each `turn`."""
    words = {AnswerType.YES_NO: ("yes", "no"), AnswerType.MINUTES: ("9", "25")}
    for number, item in enumerate(checklist().items):
        if item.answer_type in words:
            yield item, words[item.answer_type][(number + turn) % 2]


def illustrate(session: Session, sample: Sample, paths: Sequence[Path]) -> list[Evidence]:
    """Take photographs into the visit; every second belongs to one of its problems."""
    taking = evidence.Taking(session.now())
    added = [each.evidence for each in evidence.add_photos(session, sample.visit, paths, taking)]
    for number, each in enumerate(added):
        evidence.caption(session, each, f"{number + 1}号照片：窗口无人，未摆放去向牌")
        if number % 2 and sample.findings:
            target = sample.findings[number // 2 % len(sample.findings)]
            evidence.place(session, each, TargetKind.FINDING, target, number)
    return evidence.evidence_of_visit(session, sample.visit)
