# ruff: noqa: E501 - a table of sample data reads better in long lines
"""The checklist of the visit and how its items were answered."""

from __future__ import annotations

from inspector.domain.catalogues import Checklist, Item
from inspector.domain.entities import Answer
from inspector.domain.vocabulary import AnswerType, Conformity
from tests.report.sample.moments import seen

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
